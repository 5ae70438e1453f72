"""Exact words at an exact place: spans and the W3C selectors that find them again."""

from __future__ import annotations

from dataclasses import dataclass

from pledgewatch.errors import AnchorError

CONTEXT = 32
"""Code points of prefix and suffix kept in a quote selector."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words and their half-open place ``[start, end)`` in a canonical text, counted in Unicode code points.

    >>> Span.cut("The movement denied it.", 4, 12)
    Span(start=4, end=12, text='movement')
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end < self.start or len(self.text) != self.end - self.start:
            raise AnchorError(f"a span of {self.start}-{self.end} can't hold {len(self.text)} code points")

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text[start:end]``; raises ``AnchorError`` outside the text."""
        if end > len(text):
            raise AnchorError(f"a span ends at {end} in a text of {len(text)} code points")
        return cls(start, end, text[start:end])

    def holds_in(self, text: str) -> bool:
        """Whether the words stand at this place in ``text``."""
        return text[self.start : self.end] == self.text and self.end <= len(text)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span with enough around it to be found again: W3C TextPosition, TextQuote and (PDF) page selectors.

    Attributes:
        document: id of the document.
        span: the exact words and their place.
        prefix: up to 32 code points before them.
        suffix: up to 32 code points after them.
        page: page number from 1 where the document has pages.
    """

    document: str
    span: Span
    prefix: str = ""
    suffix: str = ""
    page: int | None = None


def find_anchor(anchor: Anchor, text: str) -> Span | None:
    """Finds an anchor's words again in a changed text, or says that they are an orphan.

    The words must stand with the whole prefix and the whole suffix, and in one place only; a lookalike elsewhere is not
    taken (rule 1).

    Returns:
        The span in ``text``, or ``None`` for an orphan.

    >>> find_anchor(Anchor("d", Span(0, 2, "We"), "", " deny"), "Yes. We deny it.")
    >>> find_anchor(Anchor("d", Span(3, 7, "deny"), "We ", " it"), "Yes. We deny it.")
    Span(start=8, end=12, text='deny')
    """
    if not anchor.span.text:
        return None
    if not anchor.prefix and anchor.span.start == 0:
        # Words at the very start of a text have no prefix to be known by, so they hold only at the very start.
        return anchor.span if text.startswith(anchor.span.text + anchor.suffix) else None
    whole = anchor.prefix + anchor.span.text + anchor.suffix
    first = text.find(whole)
    if first < 0 or text.find(whole, first + 1) >= 0:
        return None
    start = first + len(anchor.prefix)
    return Span(start, start + len(anchor.span.text), anchor.span.text)


def make_anchor(document: str, text: str, span: Span, page: int | None = None) -> Anchor:
    """The anchor of ``span`` in ``text``; raises ``AnchorError`` if the words are not there."""
    if not span.holds_in(text):
        raise AnchorError(f"the words {span.text[:40]!r} are not at {span.start}-{span.end}", where=document)
    return Anchor(
        document, span, text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT], page
    )
