"""What a copy did to the words it copies: sentences left out or put in, quotations that read otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from pledgewatch.model.origin import ChangedQuote
from pledgewatch.model.span import Span
from pledgewatch.text.diff import Aligned
from pledgewatch.text.quotes import find_quotations
from pledgewatch.text.shingles import comparison_words
from pledgewatch.trace.compare import Compared, Floats, compare_sentences
from pledgewatch.trace.profile import Profile, Sentence, make_sentences

TOLD_IN_PLACE, TOLD_ELSEWHERE = 0.10, 0.40
"""A sentence tells another from this likeness on, where it stands in its place and where it was moved."""

WITHIN = 0.85
"""A sentence went into another one when so much of its words' weight stands there."""

SAME_QUOTE = 0.30
CUT = 0.6
"""Two quotations are versions of one from this likeness of their words on; where the copy holds a part of the other,
the part must stand there to one half."""

SAME_WRITTEN = 55.0
"""The same by their letters, small words too (rapidfuzz, 0..100): a machine that replaces words leaves the frame."""

IN_PLACE = 0.12
"""In its place among the other quotations, so much is enough: every word may have been replaced."""

SHORTEST_QUOTE = 3
"""Quotations of fewer words are terms, not somebody's words."""


def align_sentences(compared: Compared) -> tuple[Aligned, ...]:
    """Which sentence of the copy tells which of the other, each used once, in the order of the copy.

    First the run in one order that tells most, then, among what is left, whatever was moved.
    """
    alike = compared.alike
    pairs = list(_in_order(alike, TOLD_IN_PLACE))
    ours, theirs = {pair.ours for pair in pairs}, {pair.theirs for pair in pairs}
    left = sorted(
        (-float(alike[row, column]), int(row), int(column)) for row, column in np.argwhere(alike >= TOLD_ELSEWHERE)
    )
    for score, row, column in left:
        if row not in ours and column not in theirs:
            ours.add(row)
            theirs.add(column)
            pairs.append(Aligned(row, column, -score))
    return tuple(sorted(pairs))


def find_dropped_and_added(
    copy: Profile, of: Profile, compared: Compared, pairs: Sequence[Aligned]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Sentences of ``of`` that the copy leaves out, and sentences of the copy that ``of`` does not have.

    A sentence that went into another one, or was cut off from it, is neither.
    """
    in_copy = {pair.ours for pair in pairs} | set(np.flatnonzero(compared.held.max(1, initial=0) >= WITHIN).tolist())
    in_of = {pair.theirs for pair in pairs} | set(np.flatnonzero(compared.back.max(0, initial=0) >= WITHIN).tolist())
    return (
        _spans(of.document.text, [item for index, item in enumerate(of.sentences) if index not in in_of]),
        _spans(copy.document.text, [item for index, item in enumerate(copy.sentences) if index not in in_copy]),
    )


def _spans(text: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    return tuple(Span.cut(text, sentence.start, sentence.end) for sentence in sentences)


def find_changed_quotes(copy: Profile, of: Profile) -> tuple[ChangedQuote, ...]:
    """Quotations of the copy that stand in ``of`` too, in other words. Spelling and punctuation do not count.

    Versions of one quotation are known by their words, or words that mean nearly the same, and by their order in the
    text; each of ``of`` has one version in the copy at most, unless the copy cut it in two.
    """
    ours, theirs = _quotes(copy.document.text), _quotes(of.document.text)
    known = {words for _, words in theirs}
    # A quotation that ``of`` splits or runs on stands there word for word all the same.
    whole = f" {of.key} "
    open_ones = [index for index, (_, words) in enumerate(ours) if words not in known and f" {words} " not in whole]
    if not open_ones or not theirs:
        return ()
    held, _, alike = compare_sentences([quote for quote, _ in ours], [quote for quote, _ in theirs])
    written = process.cdist([words for _, words in ours], [words for _, words in theirs], scorer=fuzz.token_sort_ratio)
    score = np.maximum.reduce([alike, CUT * held, written * (SAME_QUOTE / SAME_WRITTEN)])
    # A copy tells in the order of its original: what stands between two known quotations is the one between them there.
    near = {pair.ours: pair.theirs for pair in _in_order(score, IN_PLACE)}
    changes = []
    for index in open_ones:
        place = int(score[index].argmax())
        if score[index, place] < SAME_QUOTE:
            place = near.get(index, -1)
        if place >= 0:
            changes.append(
                ChangedQuote(_span(copy.document.text, ours[index][0]), _span(of.document.text, theirs[place][0]))
            )
    return tuple(changes)


def _in_order(score: Floats, at_least: float) -> tuple[Aligned, ...]:
    """The pairs, each side used once and in one order, whose likeness above ``at_least`` adds up to most."""
    ours, theirs = score.shape
    gain = np.maximum(score - at_least, 0)
    best = np.zeros((ours + 1, theirs + 1))
    for row in range(ours):
        taken = np.maximum(best[row, 1:], best[row, :-1] + gain[row])
        best[row + 1, 1:] = np.maximum.accumulate(taken)
    pairs, row, column = [], ours, theirs
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            pairs.append(Aligned(row, column, float(score[row, column])))
    return tuple(reversed(pairs))


def _span(text: str, quote: Sentence) -> Span:
    return Span.cut(text, quote.start, quote.end)


def _quotes(text: str) -> list[tuple[Sentence, str]]:
    """The quotations as they are compared, and all their words."""
    words = comparison_words(text)
    places = [(found.inner_start, found.inner_end) for found in find_quotations(text) if found.level == 0]
    return [
        (quote, " ".join(word.key for word in comparison_words(text[quote.start : quote.end])))
        for quote in make_sentences(text, words, [False] * len(words), places)
        if quote.words >= SHORTEST_QUOTE
    ]
