"""The exact words: citations with their context, and words cut for showing without being altered."""

from __future__ import annotations

import re

from pledgewatch.model.document import Document
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import Reading
from pledgewatch.model.report import Citation
from pledgewatch.model.span import Span

CONTEXT = 400
"""Most code points of context on each side of a citation."""
SHOWN = 300
"""Most code points of a quotation in a sentence; the citation holds all of it."""
OPENING = 160
"""Most code points cited where a document is cited as a whole (as one of those counted)."""

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MARKS = {"“": "”", '"': '"', "‘": "’", "«": "»", "„": "“"}


def cite_span(document: Document, start: int, end: int) -> Citation:
    """The citation of ``document.text[start:end]``, with context up to the borders of its paragraph."""
    text = document.text
    span = Span.cut(text, start, end)
    border = _paragraph_border(text)
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    ends = [match.end() for match in border.finditer(before)]
    if ends:
        before = before[ends[-1] :]
    elif start > CONTEXT:
        before = _drop_first_part_word(before)
    ending = border.search(after)
    if ending:
        after = after[: ending.start()]
    elif end + CONTEXT < len(text):
        after = after[: _last_word_border(after)]
    return Citation(
        make_id("q", document.id, start, end),
        document.id,
        span,
        before.lstrip(),
        after.rstrip(),
        document.page_at(start),
    )


def cite_opening(document: Document) -> Citation | None:
    """The citation of a document as a whole: its first words; ``None`` for a document without any."""
    start = len(document.text) - len(document.text.lstrip())
    if start == len(document.text):
        return None
    line = document.text[start : start + OPENING + 1].split("\n", 1)[0]
    length = len(line) if len(line) <= OPENING else _last_word_border(line[:OPENING])
    return cite_span(document, start, start + len(line[:length].rstrip()))


def _paragraph_border(text: str) -> re.Pattern[str]:
    # Texts with blank lines may break lines inside a paragraph; texts without have one line a paragraph.
    return _BLANK_LINE if _BLANK_LINE.search(text) else re.compile(r"\n")


def _drop_first_part_word(words: str) -> str:
    match = re.search(r"\s", words)
    return words[match.end() :] if match else words


def _last_word_border(words: str) -> int:
    stripped = [match.start() for match in re.finditer(r"\s+", words)]
    return stripped[-1] if stripped and stripped[-1] > 0 else len(words)


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without white space at its ends and without one pair of quotation marks around all of it.

    >>> strip_span(' “We do.” ', 0, 10)
    (2, 8)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start > 2 and _MARKS.get(text[start]) == text[end - 1]:
        inner = text[start + 1 : end - 1]
        if text[start] not in inner and text[end - 1] not in inner:
            return start + 1, end - 1
    # Some texts lose one mark of a pair; the one that is left is no word of the speaker's.
    while start < end and text[start] in "“«" and _MARKS[text[start]] not in text[start:end]:
        start += 1
    while end > start and text[end - 1] in "”»" and text[start:end].count("“") + text[start:end].count("«") == 0:
        end -= 1
    return start, end


def sentence_around(document: Document, reading: Reading | None, start: int, end: int) -> tuple[int, int]:
    """The place of the whole sentences that hold ``[start, end)``, as the reader drew them."""
    first = reading.sentence_at(start) if reading else None
    last = reading.sentence_at(max(start, end - 1)) if reading else None
    return strip_span(document.text, min(start, first[0]) if first else start, max(end, last[1]) if last else end)


def show_words(words: str, limit: int = SHOWN, focus: tuple[int, int] | None = None) -> str:
    """Words between quotation marks, unaltered; where they are cut, […] stands outside the marks.

    Cuts fall between words and never reach over the border of a paragraph.

    Args:
        focus: place within ``words`` that must be seen.

    >>> show_words("We keep our word.")
    '“We keep our word.”'
    >>> show_words("We keep our word.", limit=10)
    '“We keep” […]'
    """
    low, high = focus or (0, 0)
    start, end = 0, len(words)
    for match in _BLANK_LINE.finditer(words):
        if match.end() <= low:
            start = match.end()
        elif match.start() >= high and match.start() < end:
            end = match.start()
    if end - start > limit:
        if high > start + limit:
            start = max(start, low - limit // 2)
            while start < low and start > 0 and not words[start - 1].isspace():
                start += 1
        end = min(end, max(start + limit, high))
        while end > max(high, start + 1) and end < len(words) and not words[end].isspace():
            end -= 1
        if end <= max(high, start + 1) and not high:
            end = start + limit  # one word longer than the limit
    while end > start and words[end - 1].isspace():
        end -= 1
    while start < end and words[start].isspace():
        start += 1
    opening = "[…] " if words[:start].strip() else ""
    closing = " […]" if words[end:].strip() else ""
    return f"{opening}“{words[start:end]}”{closing}"


def shorten_words(words: str, limit: int) -> str:
    """Words on one line for a title, cut between words.

    >>> shorten_words("not host,\\ntrain or arm", 12)
    'not host, …'
    """
    flat = " ".join(words.split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut} …"
