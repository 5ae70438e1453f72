"""Finds the numbers of a text, in digits and in words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pledgewatch.text.numbers.parse import number_words, parse_digits, read_number
from pledgewatch.text.numbers.units import unit_after, unit_before

_GAP = re.compile(r"[ \t\u00a0\u202f]{1,3}|")
_PIECE = re.compile(r"(?<!\d)\.\d+|\d+(?:[.,]\d+)*(?:e[+-]?\d{1,3}(?![\w]))?|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[^\W\d_]+|/|[-‐‑–−]")
_SPACED = re.compile(
    r"\d{1,3}(?:[\u202f\u00a0]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3}){2,}(?!\d)(?:\.\d+)?|\d{2,3} 000(?!\d)"
)
_LONGEST = 240
_PRONOUN_BEFORE = re.compile(
    r"\b(?:the|this|that|which|each|every|any|no|some|another|such|loved)[\s-]+$", re.IGNORECASE
)


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
    scales = "|".join(word for word in (*tables.magnitudes, *tables.dozens) if not word.endswith("s"))
    glyphs = "".join(tables.glyphs)
    return re.compile(
        rf"(?<![\w.])\.\d|\d|[{glyphs}]|\b(?:minus|negative)\s+(?=\d)|\b(?:(?:minus|negative)\s+)?(?:{words})\b|\ban?\s+(?:{scales})\b|\bhalf\b|\b(?:an?|one)[\s-]+(?:{parts})\b"
        rf"|\bquarter\s+(?:million|billion)\b",
        re.IGNORECASE,
    )


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Finds the numbers of a text, in order and without overlap; not "one" as a pronoun, nor numerals inside words.

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
        if (before.isalpha() or before == "_") and not unit_before(text, start):
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
    tables = number_words()
    while len(tokens) < 24 and (piece := _PIECE.match(text, position, limit)):
        if not tables.joins(piece.group()):
            break
        if len(tokens) > 1 and tokens[-1][0].isdigit() and tokens[-2][0].isdigit() and piece.group() != "/":
            break
        tokens.append(piece.group())
        ends.append(piece.end())
        gap = _GAP.match(text, piece.end(), limit)
        position = gap.end() if gap else piece.end()
    if not tokens:
        return []
    if tokens[0][0].isdigit() and parse_digits(tokens[0].lower()) is None:
        # "192.168.1.2" and "22,24,26" are several numbers.
        return [
            FoundNumber(start + m.start(), start + m.end(), float(m.group()), True)
            for m in re.finditer(r"\d{1,30}", tokens[0])
        ]
    result = read_number(tokens, 0)
    if result is None or result[1] == 0:
        return []
    value, used = result
    digits = tokens[0][0].isdigit() or tokens[0][0] == "."
    end = ends[used - 1]
    if (
        tokens[0].lower() == "one"
        and used == 1
        and _PRONOUN_BEFORE.search(text[max(0, start - 12) : start])
        and not unit_after(text, end)
    ):
        return []
    if digits:
        return [FoundNumber(_signed(text, start), end, _sign(text, start) * value, True)]
    return [FoundNumber(start, end, value, False)]


def _signed(text: str, start: int) -> int:
    """Where a number begins with its minus sign, which stands free of a word or number before it."""
    before = text[max(0, start - 3) : start]
    if (
        before[-1:] in ("-", "−")
        and (len(before) == 1 or before[-2] in " \t\n(=:,")
        and not re.match(r"\d\s-$", before)
    ):
        return start - 1
    return start - 2 if before.strip() in ("-", "−") and start == 2 else start


def _sign(text: str, start: int) -> int:
    return -1 if _signed(text, start) != start else 1
