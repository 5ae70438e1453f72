"""What a copy did to the words it copies: sentences left out or put in, quotations that read otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from pledgewatch.model.origin import ChangedQuote
from pledgewatch.model.span import Span
from pledgewatch.text.diff import align_bags
from pledgewatch.text.quotes import find_quotations
from pledgewatch.text.shingles import comparison_words
from pledgewatch.trace.profile import Profile, Sentence

COUNTERPART = 0.3
"""A sentence has a counterpart when Dice's coefficient of the weighted stems is at least this."""

SAME_QUOTE = 55.0
"""Two quotations are versions of one from this likeness of their words on (rapidfuzz, 0..100)."""

SHORTEST_QUOTE = 3
"""Quotations of fewer words are terms, not somebody's words."""


def find_dropped_and_added(copy: Profile, of: Profile) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Sentences of ``of`` that the copy leaves out, and sentences of the copy that ``of`` does not have."""
    pairs = align_bags(
        [sentence.bag for sentence in copy.sentences], [sentence.bag for sentence in of.sentences], COUNTERPART
    )
    in_copy, in_of = {pair.ours for pair in pairs}, {pair.theirs for pair in pairs}
    return (
        _spans(of.document.text, [item for index, item in enumerate(of.sentences) if index not in in_of]),
        _spans(copy.document.text, [item for index, item in enumerate(copy.sentences) if index not in in_copy]),
    )


def _spans(text: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    return tuple(Span.cut(text, sentence.start, sentence.end) for sentence in sentences)


def find_changed_quotes(copy: str, of: str) -> tuple[ChangedQuote, ...]:
    """Quotations of the copy that stand in ``of`` too, in other words. Spelling and punctuation do not count.

    >>> changes = find_changed_quotes('"We will go far away," he said.', '"We will go home," he said.')
    >>> [change.ours.text for change in changes]
    ['We will go far away,']
    """
    theirs = _quotes(of)
    known = {words for _, words in theirs}
    # A quotation that ``of`` splits or runs on stands there word for word all the same.
    whole = " " + " ".join(word.key for word in comparison_words(of)) + " "
    changes = []
    for ours, words in _quotes(copy):
        if words in known or f" {words} " in whole:
            continue
        best = max(
            ((fuzz.token_sort_ratio(words, other), -index) for index, (_, other) in enumerate(theirs)), default=(0.0, 0)
        )
        if best[0] >= SAME_QUOTE:
            changes.append(ChangedQuote(ours, theirs[-best[1]][0]))
    return tuple(changes)


def _quotes(text: str) -> list[tuple[Span, str]]:
    quotes = []
    for found in find_quotations(text):
        words = comparison_words(text[found.inner_start : found.inner_end])
        if found.level == 0 and len(words) >= SHORTEST_QUOTE:
            span = Span.cut(text, found.inner_start, found.inner_end)
            quotes.append((span, " ".join(word.key for word in words)))
    return quotes
