"""What stands in quotation marks.

Marks found on the web are often damaged: a closing mark is lost, or the left one stands where the right one should.
So a mark's shape and its surroundings vote together, and no quotation crosses a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal, NamedTuple

from pledgewatch.text.sentences import speech_verbs, split_paragraphs

DEEPEST = 4
"""Quotations nest no deeper than this; what opens beyond it is taken for a damaged mark."""

Lean = Literal["opens", "closes", "either"]

_MARK = re.compile(r"``|''|[\"“”„‟«»「」『』'‘’‚‹›`]")
_DOUBLE_OPEN = frozenset(("``", "“", "„", "‟", "«", "「", "『"))
_DOUBLE_CLOSE = frozenset(("''", "”", "»", "」", "』"))
_SINGLE = frozenset("'‘’‚‹›`")
_NEXT_WORDS = re.compile(r"[\w’'-]+(?:\.(?=\w))?")
_SPEAKING_PRONOUNS = frozenset(("he", "she", "they", "it"))


class Quotation(NamedTuple):
    """Words in quotation marks: ``[start, end)`` with the marks, ``[inner_start, inner_end)`` without.

    ``level`` is 0 for the outermost. ``closed`` is false when the closing mark is missing: then ``end`` is the end of
    the paragraph, or the place where the next quotation opens.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    level: int
    closed: bool


class _Mark(NamedTuple):
    start: int
    end: int
    single: bool
    shape: Lean
    lean: Lean
    """What the characters around it say."""


class _Open(NamedTuple):
    mark: _Mark
    level: int


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of ``text`` in the order of their opening marks.

    Reads straight, curly, low, angle and corner marks, doubled backticks, and single marks where they are no
    apostrophes. A left mark that stands where only a right one can (``gone, “he said``) closes. An unclosed double mark
    runs to the end of its paragraph or to the next opening mark; an unclosed single mark is taken for an apostrophe.
    No quotation crosses a paragraph.

    >>> [(q.inner_start, q.inner_end, q.closed) for q in find_quotations("“We left,“ he said, “long ago.")]
    [(1, 9, True), (21, 30, False)]
    """
    found: list[Quotation] = []
    for start, end in split_paragraphs(text):
        marks = _marks(text, start, end)
        if marks:
            found.extend(_pair(text, marks, end))
    found.sort(key=lambda quotation: (quotation.start, -quotation.end))
    return tuple(found)


def quotation_at(quotations: tuple[Quotation, ...], offset: int) -> Quotation | None:
    """The outermost quotation that holds the code point at ``offset`` (marks included), or ``None``."""
    place = bisect_right(quotations, offset, key=lambda quotation: quotation.start)
    for quotation in reversed(quotations[max(0, place - 64) : place]):
        if quotation.level == 0:
            return quotation if offset < quotation.end else None
    return None


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    """The quotation marks of a paragraph; apostrophes inside words are none."""
    marks = []
    for found in _MARK.finditer(text, start, end):
        shape = found.group()
        before = text[found.start() - 1] if found.start() > start else " "
        after = text[found.end()] if found.end() < end else " "
        single = shape in _SINGLE
        if single and before.isalnum() and after.isalnum():
            continue
        opens_by_shape = shape in _DOUBLE_OPEN or shape in "‘‚‹`"
        closes_by_shape = shape in _DOUBLE_CLOSE or shape in "’›"
        marks.append(
            _Mark(
                found.start(),
                found.end(),
                single,
                "opens" if opens_by_shape else "closes" if closes_by_shape else "either",
                _lean(before, after),
            )
        )
    return marks


def _lean(before: str, after: str) -> Lean:
    space_before = before.isspace() or before in "([{—–-/\"“‘'«„"
    space_after = after.isspace() or after in ".,;:!?…)]}—–-/\"”’'»"
    if space_before and not space_after:
        return "opens"
    if space_after and not space_before:
        return "closes"
    if before in ".,!?…" and not space_before:
        return "closes"
    return "either"


def _pair(text: str, marks: list[_Mark], end: int) -> list[Quotation]:
    found: list[Quotation] = []
    stack: list[_Open] = []
    closers_left = _closers_left(marks)
    for index, mark in enumerate(marks):
        if mark.single:
            _pair_single(text, marks, index, stack, found)
            continue
        depth = next((place for place in range(len(stack) - 1, -1, -1) if not stack[place].mark.single), None)
        if depth is None:
            if _may_open(mark) and mark.end < end:
                stack.append(_Open(mark, len(stack)))
            continue
        if _closes(text, mark, end):
            found.append(_closed(stack[depth], mark))
            del stack[depth:]
            continue
        doubles_open = sum(1 for opened in stack if not opened.mark.single)
        if closers_left[index] < doubles_open + 1 or len(stack) >= DEEPEST:
            # Too few closing marks are left for a quotation within the quotation: the one before has lost its own.
            found.extend(_unclosed(text, opened, mark.start) for opened in stack if not opened.mark.single)
            stack.clear()
        stack.append(_Open(mark, len(stack)))
    found.extend(_unclosed(text, opened, end) for opened in stack if not opened.mark.single)
    return found


def _may_open(mark: _Mark) -> bool:
    if mark.shape == "opens":
        return mark.lean != "closes"
    if mark.shape == "closes":
        # A right mark that opens: the pairs »so« and ”so” of other languages.
        return mark.lean == "opens"
    return mark.lean != "closes"


def _closes(text: str, mark: _Mark, end: int) -> bool:
    """Whether a double mark closes, given that a double quotation is open."""
    if mark.shape == "closes":
        return True
    if mark.lean == "closes":
        return True
    if mark.shape == "either" and mark.lean == "either":
        return True
    return _stands_before_speech(text, mark, end)


def _stands_before_speech(text: str, mark: _Mark, end: int) -> bool:
    """Whether a mark turned to the left follows a comma or stop and is followed by "he said", or by nothing."""
    before = text[max(0, mark.start - 3) : mark.start].rstrip()
    if not before or before[-1] not in ",.!?…":
        return False
    if not text[mark.end : end].strip():
        return True
    for word in _NEXT_WORDS.findall(text, mark.end, min(end, mark.end + 80))[:4]:
        if word in speech_verbs():
            return True
        if word[0].islower() and word not in _SPEAKING_PRONOUNS:
            return False
    return False


def _closers_left(marks: list[_Mark]) -> list[int]:
    """For each mark, how many double marks from it on can close."""
    counts = [0] * (len(marks) + 1)
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        closes = not mark.single and (mark.shape == "closes" or mark.lean == "closes")
        counts[index] = counts[index + 1] + closes
    return counts


def _pair_single(text: str, marks: list[_Mark], index: int, stack: list[_Open], found: list[Quotation]) -> None:
    mark = marks[index]
    opened = stack[-1] if stack and stack[-1].mark.single else None
    if opened is not None and mark.shape != "opens" and mark.lean != "opens":
        if not _is_possessive(text, marks, index):
            found.append(_closed(opened, mark))
            stack.pop()
        return
    if opened is None and mark.lean == "opens" and mark.shape != "closes" and len(stack) < DEEPEST:
        if not text[mark.end : mark.end + 2].isdigit():
            stack.append(_Open(mark, len(stack)))
    elif opened is not None and mark.lean == "opens" and mark.shape != "closes":
        # The one before was an apostrophe after all.
        stack[-1] = _Open(mark, len(stack) - 1)


def _is_possessive(text: str, marks: list[_Mark], index: int) -> bool:
    """Whether a mark after an s is a plural's apostrophe: another one that closes comes before one that opens."""
    mark = marks[index]
    if text[mark.start - 1 : mark.start] not in ("s", "S") or not text[mark.end : mark.end + 2].strip()[:1].islower():
        return False
    for later in marks[index + 1 : index + 8]:
        if later.single:
            return later.lean == "closes"
    return False


def _closed(opened: _Open, mark: _Mark) -> Quotation:
    return Quotation(opened.mark.start, mark.end, opened.mark.end, mark.start, opened.level, True)


def _unclosed(text: str, opened: _Open, stop: int) -> Quotation:
    while stop > opened.mark.end and text[stop - 1].isspace():
        stop -= 1
    return Quotation(opened.mark.start, stop, opened.mark.end, stop, opened.level, False)
