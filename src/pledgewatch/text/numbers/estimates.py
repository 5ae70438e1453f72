"""Finds quantities that somebody gives: ranges, bounds, approximations, changes, units, and what is counted."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pledgewatch.model.reading import Change
from pledgewatch.text.numbers.counted import counted_after, read_cues
from pledgewatch.text.numbers.find import FoundNumber, find_numbers
from pledgewatch.text.numbers.named import is_name
from pledgewatch.text.numbers.units import unit_after, unit_before


class Placed(Protocol):
    """Something with a place in the text; a ``FoundTime`` is one."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset after the last character."""


@dataclass(frozen=True, slots=True)
class FoundEstimate:
    """A quantity at ``text[start:end]``: the words for how it is meant, the number or numbers, and the unit.

    Attributes:
        low, best, high: the bounds and the figure that the words give; ``None`` where they give none. "More than 30"
            has a low bound only, "between 200 and 500" both, "nearly 500" a best figure that is also its high bound.
        approximate: the words say that the figure is rough, or are rough themselves ("dozens of").
        change: the quantity is said to have grown or shrunk by or to this.
        unit: code of the unit ("percent", "USD", "km"); ``None`` for plain counts.
        counted_start, counted_end: place of the words for what is counted; ``None`` when they don't follow the number.
    """

    start: int
    end: int
    low: float | None = None
    best: float | None = None
    high: float | None = None
    approximate: bool = False
    change: Change = "none"
    unit: str | None = None
    counted_start: int | None = None
    counted_end: int | None = None


@dataclass(frozen=True, slots=True)
class _Cues:
    before: re.Pattern[str]
    before_role: dict[str, str]
    after: re.Pattern[str]
    after_role: dict[str, str]
    vague: re.Pattern[str]
    vague_low: dict[str, float]
    change: re.Pattern[str]
    change_way: dict[str, Change]


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word))
    )


@functools.cache
def _cues() -> _Cues:
    raw = read_cues()
    before = {word: role for role, words in raw["before"].items() for word in words}
    signs: dict[str, str] = raw["before_signs"]
    after = {word: role for role, words in raw["after"].items() for word in words}
    ways: dict[str, Change] = {}
    for word in raw["change"]["up"]:
        ways[word] = "up"
    for word in raw["change"]["down"]:
        ways[word] = "down"
    verbs = _alternatives(list(ways))
    return _Cues(
        before=re.compile(
            rf"((?<!\w)(?:{_alternatives(list(before))})(?=\s)|(?<![<>=])(?:{_alternatives(list(signs))}))\s*(?:an?\s+|the\s+)?$",
            re.IGNORECASE,
        ),
        before_role={**before, **signs},
        after=re.compile(rf"\s{{0,2}}({_alternatives(list(after))})(?!\w|\s+than\s+\d)", re.IGNORECASE),
        after_role=after,
        vague=re.compile(rf"(?<![\w-])({_alternatives(list(raw['vague']))})(?![\w-])", re.IGNORECASE),
        vague_low={word: float(low) for word, low in raw["vague"].items()},
        change=re.compile(
            rf"\b({verbs})(?:(?:\s+[^\s.;:!?,]+){{0,5}}?\s+(?:by|to|from|of)|(?:\s+an?\s+(?:further|additional))?)\s*$",
            re.IGNORECASE,
        ),
        change_way=ways,
    )


_RANGE_GLUE = re.compile(
    r"\s{0,2}(?:-|–|—|‐|‑|~)\s{0,2}|\s{1,3}(?:to|and|or|through)\s{1,3}(?:about\s{1,3}|some\s{1,3}|nearly\s{1,3})?|\s*-?to-\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(from|between)\s+(?:about\s+|some\s+|around\s+|roughly\s+|approximately\s+)?$", re.IGNORECASE)
_FIRST_OF_TWO = re.compile(r"\bfrom\s+(?:[^\s.;:!?]+\s+){0,2}$", re.IGNORECASE)


def find_estimates(text: str, times: Sequence[Placed] = ()) -> tuple[FoundEstimate, ...]:
    """Finds the quantities of a text, in order and without overlap.

    Numbers in time expressions, names and symbols ("Section 9", "F-16", "S/2001/7"), lists, addresses, ages are none.

    Args:
        text: canonical text; the offsets are its code points.
        times: the text's time expressions in order (``find_times``).

    >>> text = "It has between 200 and 500 fighters in about 11 provinces."
    >>> [(e.low, e.best, e.high, e.approximate, text[e.counted_start : e.counted_end]) for e in find_estimates(text)]
    [(200.0, None, 500.0, False, 'fighters'), (None, 11.0, None, True, 'provinces')]
    """
    numbers = _outside(_outside(find_numbers(text), times), [_Address(*m.span()) for m in _ADDRESS.finditer(text)])
    found: list[FoundEstimate] = []
    index, edge = 0, 0
    while index < len(numbers):
        number = numbers[index]
        index += 1
        if number.start < edge or is_name(text, number):
            continue
        following = numbers[index] if index < len(numbers) else None
        made, used = _make(text, number, following, edge)
        if made is None:
            continue
        found.append(made)
        edge = made.end
        index += used
    return _join_bounds(text, _merge(found, _find_vague(text, times)))


@dataclass(frozen=True, slots=True)
class _Address:
    start: int
    end: int


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+\.\S+")


def _outside(numbers: Sequence[FoundNumber], times: Sequence[Placed]) -> list[FoundNumber]:
    """The numbers that overlap no time expression; both are in order."""
    kept = []
    index = 0
    for number in numbers:
        while index < len(times) and times[index].end <= number.start:
            index += 1
        if index >= len(times) or times[index].start >= number.end:
            kept.append(number)
    return kept


def _make(text: str, number: FoundNumber, following: FoundNumber | None, edge: int) -> tuple[FoundEstimate | None, int]:
    """The estimate that begins with ``number``, and how many further numbers it takes in."""
    start, end, unit = number.start, number.end, None
    if money := unit_before(text, start):
        unit, start = money
    if measure := unit_after(text, end):
        unit, end = (unit, end) if unit and measure[0] in ("m", "g") else (unit or measure[0], measure[1])
    low: float | None = None
    best: float | None = number.value
    high: float | None = None
    used = 0
    change = _change_before(text, start, edge)
    partner = _range_partner(text, end, number, following)
    if partner is not None and measure and partner[3] != measure[0]:
        partner = None
    opener = _FROM.search(text, max(0, start - 40), start)
    if partner is not None and following is not None:
        first, second, second_end, second_unit = partner
        joined_by_and = re.match(r"\s+and\b", text[end : end + 6]) is not None
        falling = change != "none" and opener is not None and opener[1].lower() == "from"
        if first < second and not falling and (not joined_by_and or (opener and opener[1].lower() == "between")):
            low, best, high, end, used = first, None, second, second_end, 1
            unit = second_unit or unit
            if opener and opener.start() >= edge:
                start = opener.start()
    estimate = FoundEstimate(start, end, low, best, high, False, change, unit)
    estimate = _qualify(text, estimate, edge)
    estimate = _count(text, estimate, number)
    return (estimate, used) if _worth(text, estimate, number) else (None, 0)


_WITH_PREPOSITION = frozenset(read_cues()["change_with_preposition"])
_GOES = re.compile(r"(?:[,(–—-]|\b(?:is|are|was|were|be|been|go|goes|going|went))\s*$")


def _change_before(text: str, start: int, edge: int) -> Change:
    """Whether the words before a number say that something grew or shrank by or to it."""
    before = text[max(edge, start - 90, 0) : start]
    cues = _cues()
    trimmed = cues.before.sub("", before)
    match = cues.change.search(trimmed)
    if match:
        word = match[1].lower()
        if (
            word in _WITH_PREPOSITION
            and match[0].lower().strip() == word
            and not _GOES.search(trimmed, 0, match.start())
        ):
            # "picking up four seats", "raised $4 million"
            return "none"
        # "down from 8,600": this is where the quantity began.
        return "none" if trimmed.rstrip().lower().endswith("from") else cues.change_way[match[1].lower()]
    if 0 < edge <= start and re.fullmatch(
        r"(?:\s+[^\s.;:!?,]+){0,3}\s+to\s+", trimmed[-60:] if start - edge <= 60 else "x"
    ):
        # "reduced from 13,000 to 8,600": the verb stands before the first number.
        earlier = cues.change.search(text[max(0, edge - 110) : edge].rsplit("from", 1)[0] + "from ")
        return cues.change_way[earlier[1].lower()] if earlier else "none"
    return "none"


def _range_partner(
    text: str, end: int, number: FoundNumber, following: FoundNumber | None
) -> tuple[float, float, int, str | None] | None:
    """The two values of a range, where the second ends with its unit, and the unit."""
    if following is None or following.start - end > 20 or following.start < end:
        return None
    second_start = following.start
    money = unit_before(text, following.start)
    if money:
        second_start = max(end, money[1])
    glue = text[end:second_start]
    if not _RANGE_GLUE.fullmatch(glue) or _is_name_after(text, following):
        return None
    first, second = number.value, following.value
    if following.value < 0 and glue == "":
        second = -second
    if first < 1000 <= second and number.digits and re.search(r"[^\d.,]", text[following.start : following.end]):
        # "3 to 5 million": the magnitude belongs to both.
        mantissa = re.match(r"[\d.,]+", text[following.start : following.end])
        plain = float(mantissa[0].rstrip(".,").replace(",", "")) if mantissa and mantissa[0].count(".") < 2 else 0.0
        if plain and first < plain and not re.search(r"[a-z]", text[number.start : number.end]):
            first *= second / plain
    measure = unit_after(text, following.end)
    return (
        first,
        second,
        measure[1] if measure else following.end,
        (money[0] if money else measure[0] if measure else None),
    )


def _is_name_after(text: str, number: FoundNumber) -> bool:
    return bool(re.match(r"[/@_]|:\d|[.,]\d|(?:st|nd|rd|th)\b|[-–]\d", text[number.end : number.end + 4]))


_ORDINAL = re.compile(r"an?\s+[a-z]+(?:th|rd|nd|st)", re.IGNORECASE)
_COUNTED_NEXT = re.compile(r"\s+(?!(?:of|and|or|to|through|in|were|was|are|is)\b)[A-Za-z]")
_OVER_OF_VERB = re.compile(rf"\b(?:{_alternatives(read_cues()['over_of_verb'])})\s+over$", re.IGNORECASE)


def _qualify(text: str, estimate: FoundEstimate, edge: int) -> FoundEstimate:
    """Takes the words beside the number in: bounds and approximations."""
    cues = _cues()
    offset = max(edge, estimate.start - 40, 0)
    before = cues.before.search(text[offset : estimate.start])
    start, end = estimate.start, estimate.end
    low, best, high, approximate = estimate.low, estimate.best, estimate.high, estimate.approximate
    roles = []
    if before and not _OVER_OF_VERB.search(text, offset, offset + before.end(1)):
        roles.append(cues.before_role[" ".join(before[1].lower().split())])
        start = offset + before.start()
    after = cues.after.match(text, end, min(len(text), end + 20))
    if after:
        roles.append(cues.after_role[" ".join(after[1].lower().split())])
        end = after.end()
    for role in roles:
        approximate = approximate or role in ("about", "under_best", "over_best")
        if best is None:
            continue
        if role == "low":
            low, best = best, None
        elif role == "high":
            high, best = best, None
        elif role == "under_best":
            high = best
        elif role == "over_best":
            low = best
    return replace(estimate, start=start, end=end, low=low, best=best, high=high, approximate=approximate)


def _count(text: str, estimate: FoundEstimate, number: FoundNumber) -> FoundEstimate:
    """Adds what is counted."""
    end = estimate.end
    if estimate.unit is not None and not re.match(r"\s+(?:of|worth of)\b", text[end : end + 12]):
        return estimate
    place = counted_after(text, end, plural=number.value != 1 or estimate.high is not None)
    return replace(estimate, counted_start=place[0], counted_end=place[1]) if place else estimate


_BARE_AFTER = re.compile(r"\s+(?:of\b|others?\b|more\b|were\b|was\b|are\b|have\b|had\b|dead\b|in\b|on\b|from\b)|\s*$")
_BARE_BEFORE = re.compile(
    r"(?:\b[a-z]+(?:ing|ed)|\bto|\bhave|\bhas|\bhad|\bwere|\bare|\bwas|\bis|\bby|\bleast|\bof|\bat|\bwith)\s+$"
)


def _worth(text: str, estimate: FoundEstimate, number: FoundNumber) -> bool:
    """A number alone is an estimate when its place in the sentence makes it one."""
    is_ordinal = number.value < 1 and _ORDINAL.fullmatch(text, number.start, number.end)
    if is_ordinal and _COUNTED_NEXT.match(text, number.end):
        # "an eighth post" is the one after the seventh, no part of a post.
        return False
    if (
        estimate.unit
        or estimate.approximate
        or estimate.change != "none"
        or estimate.best is None
        or estimate.counted_start is not None
    ):
        return True
    before, after = text[max(0, estimate.start - 24) : estimate.start], text[estimate.end : estimate.end + 12]
    if number.digits:
        return not re.match(r"[A-Za-z]", after)
    return bool(_BARE_AFTER.match(after) or _BARE_BEFORE.search(before)) and number.value != 1


def _find_vague(text: str, times: Sequence[Placed]) -> list[FoundEstimate]:
    """ "Dozens of", "hundreds", "several thousand": a low bound and no more."""
    cues = _cues()
    found = []
    index = 0
    for match in cues.vague.finditer(text):
        while index < len(times) and times[index].end <= match.start():
            index += 1
        if index < len(times) and times[index].start < match.end():
            continue
        words = " ".join(match[1].lower().split())
        place = counted_after(text, match.end())
        if place is None or text[slice(*place)].lower() == "times":
            continue
        change = _change_before(text, match.start(), 0)
        found.append(
            FoundEstimate(match.start(), match.end(), cues.vague_low[words], None, None, True, change, None, *place)
        )
    return found


def _merge(found: list[FoundEstimate], vague: list[FoundEstimate]) -> tuple[FoundEstimate, ...]:
    """Both lists in order; where they overlap the one that begins first stays."""
    merged: list[FoundEstimate] = []
    for estimate in sorted([*found, *vague], key=lambda each: (each.start, -each.end)):
        if merged and estimate.start < merged[-1].end:
            continue
        merged.append(estimate)
    return tuple(merged)


_BOUND_GLUE = re.compile(r"\s*,?\s*(?:and|but)\s+|\s*,\s*")


def _join_bounds(text: str, found: tuple[FoundEstimate, ...]) -> tuple[FoundEstimate, ...]:
    """ "More than 100 but fewer than 300 men" is one estimate with two bounds."""
    joined: list[FoundEstimate] = []
    for estimate in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.best is None
            and estimate.best is None
            and last.counted_start is None
            and last.unit in (None, estimate.unit)
        ):
            low = last.low if estimate.low is None else estimate.low if last.low is None else None
            high = last.high if estimate.high is None else estimate.high if last.high is None else None
            if (
                low is not None
                and high is not None
                and low < high
                and _BOUND_GLUE.fullmatch(text, last.end, estimate.start)
            ):
                approximate = last.approximate or estimate.approximate
                joined[-1] = replace(estimate, start=last.start, low=low, high=high, approximate=approximate)
                continue
        joined.append(estimate)
    return tuple(joined)
