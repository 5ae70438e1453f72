"""Two tellings of one story side by side, sentence by sentence and word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import SideBySide
from pledgewatch.model.reading import Reading
from pledgewatch.model.span import Span
from pledgewatch.text.diff import Aligned, word_changes
from pledgewatch.text.shingles import ShingleWord, comparison_words
from pledgewatch.trace.changes import align_sentences
from pledgewatch.trace.compare import compare_sentences
from pledgewatch.trace.profile import Profile, make_profile

SHINGLE = TracePolicy().shingle


def lay_side_by_side(copy: Document, of: Document, readings: Mapping[str, Reading]) -> tuple[SideBySide, ...]:
    """All sentences of both texts, in the order of the copy; what it left out stands where it was left out.

    Args:
        readings: by document id; a document without one is split into sentences here.
    """
    one, other = (make_profile(document, readings.get(document.id), SHINGLE) for document in (copy, of))
    return _lay(one, other, align_sentences(compare_sentences(one.sentences, other.sentences)))


def _lay(copy: Profile, of: Profile, pairs: Sequence[Aligned]) -> tuple[SideBySide, ...]:
    by_ours = {pair.ours: pair.theirs for pair in pairs}
    used = set(by_ours.values())
    rows: list[SideBySide] = []
    following = 0
    for index, sentence in enumerate(copy.sentences):
        place = by_ours.get(index)
        if place is not None and place >= following:
            rows += _left_out(of, range(following, place), used)
            following = place + 1
        ours = Span.cut(copy.document.text, sentence.start, sentence.end)
        if place is None:
            rows.append(SideBySide(ours, None))
            continue
        theirs = Span.cut(of.document.text, of.sentences[place].start, of.sentences[place].end)
        rows.append(SideBySide(ours, theirs, _changed(copy.document.text, ours, of.document.text, theirs)))
    return (*rows, *_left_out(of, range(following, len(of.sentences)), used))


def _left_out(of: Profile, places: range, used: set[int]) -> list[SideBySide]:
    return [
        SideBySide(None, Span.cut(of.document.text, of.sentences[place].start, of.sentences[place].end))
        for place in places
        if place not in used
    ]


def _changed(text: str, ours: Span, other: str, theirs: Span) -> tuple[tuple[Span | None, Span | None], ...]:
    one, two = comparison_words(ours.text), comparison_words(theirs.text)
    changes = word_changes([word.key for word in one], [word.key for word in two])
    return tuple(
        (_cut(text, ours.start, one[start:end]), _cut(other, theirs.start, two[their_start:their_end]))
        for (start, end), (their_start, their_end) in changes
    )


def _cut(text: str, offset: int, words: Sequence[ShingleWord]) -> Span | None:
    return Span.cut(text, offset + words[0].start, offset + words[-1].end) if words else None
