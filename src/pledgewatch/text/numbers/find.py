"""Finds the numbers of a text, in digits and in words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pledgewatch.text.numbers.parse import number_words, parse_digits, read_number

_GAP = re.compile(r"[ \t\u00a0\u202f]{1,3}|")
_PIECE = re.compile(r"\d+(?:[.,]\d+)*(?:e[+-]?\d{1,3}(?![\w]))?|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[^\W\d_]+|/|[-‐‑–−]")
_SPACED = re.compile(r"\d{1,3}(?:[\u202f\u00a0]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3}){2,}(?!\d)(?:\.\d+)?|\d{2,3} 000(?!\d)")
_LONGEST = 240
_PRONOUN_BEFORE = re.compile(r"\b(?:the|this|that|which|each|every|any|no|some|another|such|loved)[\s-]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number at ``text[start:end]``; ``digits`` says that it is written with digits."""

    start: int
    end: int
    value: float
    digits: bool


@functools.cache
def _starts() -> re.Pattern[str]:
    tables = number_words()
    words = "|".join(sorted((*tables.cardinals, *tables.dozens), key=lambda word: (-len(word), word)))
    parts = "|".join(word for word in tables.denominators if not word.endswith("s"))
    glyphs = "".join(tables.glyphs)
    return re.compile(
        rf"\d|[{glyphs}]|\b(?:(?:minus|negative)\s+)?(?:an?\s+)?(?:{words})\b|\bhalf\b|\b(?:an?|one)[\s-]+(?:{parts})\b"
        rf"|\bquarter\s+(?:million|billion)\b",
        re.IGNORECASE,
    )


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Finds the numbers of a text in order and without overlap; "one" as a pronoun and numerals inside words are left out.

    >>> [(n.value, n.digits) for n in find_numbers("Two and a half million people, 1,200 trucks, half a dozen camps.")]
    [(2500000.0, False), (1200.0, True), (6.0, False)]
    """
    found: list[FoundNumber] = []
    at = 0
    starts = _starts()
    while match := starts.search(text, at):
        start = match.start()
        at = max(match.end(), start + 1)
        before = text[start - 1 : start]
        if before.isalpha() or before == "_":
            # Digits that go on from letters ("MH17") are part of a name.
            at = _past_word(text, start)
            continue
        made = _read(text, start)
        found.extend(made)
        if made:
            at = max(at, made[-1].end)
    return tuple(found)


def _past_word(text: str, at: int) -> int:
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] == "_") and end - at < 40:
        end += 1
    return max(end, at + 1)


def _read(text: str, start: int) -> list[FoundNumber]:
    spaced = _SPACED.match(text, start)
    if spaced and (value := parse_digits(spaced.group())) is not None:
        return [FoundNumber(_signed(text, start), spaced.end(), _sign(text, start) * value, True)]
    tokens: list[str] = []
    ends: list[int] = []
    position, limit = start, min(len(text), start + _LONGEST)
    while len(tokens) < 24 and (piece := _PIECE.match(text, position, limit)):
        tokens.append(piece.group())
        ends.append(piece.end())
        gap = _GAP.match(text, piece.end(), limit)
        position = gap.end() if gap else piece.end()
    if not tokens:
        return []
    if tokens[0][0].isdigit() and parse_digits(tokens[0].lower()) is None:
        # "192.168.1.2" and "22,24,26" are several numbers.
        return [FoundNumber(start + m.start(), start + m.end(), float(m.group()), True) for m in re.finditer(r"\d{1,30}", tokens[0])]
    result = read_number(tokens, 0)
    if result is None or result[1] == 0:
        return []
    value, used = result
    digits = tokens[0][0].isdigit()
    end = ends[used - 1]
    if digits and used == 1 and text[end : end + 1].isalpha() and text[end : end + 1].lower() not in _unit_initials():
        return []
    if tokens[0].lower() == "one" and used == 1 and (_PRONOUN_BEFORE.search(text[max(0, start - 12) : start])):
        return []
    if digits:
        return [FoundNumber(_signed(text, start), end, _sign(text, start) * value, True)]
    return [FoundNumber(start, end, value, False)]


@functools.cache
def _unit_initials() -> str:
    return "abcdefghijklmnopqrstuvwxyz"


def _signed(text: str, start: int) -> int:
    """Where a number begins with its minus sign, which stands free of a word or number before it."""
    before = text[max(0, start - 3) : start]
    match = re.search(r"(?:^|[\s(=:,])([-−])\s?$", before)
    if match and not (start - len(before) > 0 and match.start(1) == 0):
        return start - len(before) + match.start(1)
    return start


def _sign(text: str, start: int) -> int:
    return -1 if _signed(text, start) != start else 1
