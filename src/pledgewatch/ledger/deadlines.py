"""By when: deadlines in a clause, absolute, counted from signing, from a date, or from another deadline."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pledgewatch.text.times import FoundTime, add_duration, find_times

CountsFrom = Literal["nothing", "signing", "words", "same", "previous"]
_THEREAFTER = re.compile(r"that\b|this\b|then\b|thereafter\b|afterwards\b|later\b", re.IGNORECASE)

_BY = re.compile(
    r"\b(?:by|no later than|not later than|on or before|before|until|on|starting|beginning|from|as of|with effect from)"
    r"(?:\s+the\s+end\s+of)?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:within|in|during|over|not later than|no later than)\s+(?:a\s+(?:period|term)\s+of\s+)?"
    r"(?:(?:the|a|a further|another)\s+)?"
    r"(?:(?P<same>same)|(?P<next>following|next|subsequent|ensuing|further)|first|initial|coming)?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:(?:of|from|after|following|since)\s+|(?P<bare>thereafter\b|later\b|afterwards\b))", re.IGNORECASE
)
_INSIDE = re.compile(r"(?:(?:the|a|same|following|next|subsequent|ensuing|further|first|coming)\s+)+", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:after|following|since)\s+(?P<that>that|this|then)$|\b(?P<bare>thereafter|afterwards)$", re.IGNORECASE
)
_SIGNING = re.compile(
    r"(?:the\s+)?(?:date\s+of\s+)?(?:the\s+|its\s+)?"
    r"(?:signing|signature|conclusion|adoption|entry into force|effective date|announcement)"
    r"(?:\s+of\s+(?:this|the)\s+(?:agreement|accord|deal|memorandum|treaty|protocol))?|(?:the\s+date\s+of\s+)?this\s+agreement",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"(?:that|this|which|the\s+(?:above|same|previous|preceding)\s+\w+)\b(?!\s+(?:the|agreement))", re.IGNORECASE
)
_EVENT = re.compile(
    r"[^,.;:]{3,80}?(?=\s+(?:the\s+)?[A-Z][\w-]+(?:\s+[A-Z]?[\w-]+){0,6}?\s+(?:will|shall|must)\b|[,.;:]|$)"
)
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T[\d:]+)?)?)?")


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline in place, before what it counts from is known.

    Attributes:
        start, end: half-open place of its words.
        date: ISO date where the words alone, or they and the day of signing, give it.
        duration: ISO duration to be counted; ``None`` for an absolute date.
        counts_from: nothing (absolute), the signing, words in place, the same deadline again, or the one before.
        words: what it counts from, as written.
    """

    start: int
    end: int
    date: str | None
    duration: str | None = None
    counts_from: CountsFrom = "nothing"
    words: str | None = None


def find_deadlines(text: str, start: int, end: int, signed: str | None) -> tuple[FoundDeadline, ...]:
    """The deadlines in one sentence of a clause, in order.

    Args:
        signed: ISO day of signing, from which "within 30 days of signature" counts; ``None`` leaves such dates open.

    >>> text = "Within 30 days of signing the Front will leave."
    >>> [(found.date, found.words) for found in find_deadlines(text, 0, len(text), "2019-05-01")]
    [('2019-05-31', 'signing')]
    """
    piece = text[start:end]
    times = find_times(piece, signed)
    found: list[FoundDeadline] = []
    for time in times:
        if any(one.start <= start + time.start < one.end for one in found):
            continue
        period = time.duration or (time.value if time.type == "duration" else None)
        one = _read_period(piece, time, period, times, signed) if period else _read_date(piece, time)
        if one is not None:
            found.append(one)
    return tuple(_shift(one, start) for one in found)


def _shift(found: FoundDeadline, by: int) -> FoundDeadline:
    return FoundDeadline(found.start + by, found.end + by, found.date, found.duration, found.counts_from, found.words)


def _read_date(piece: str, time: FoundTime) -> FoundDeadline | None:
    before = _BY.search(piece[: time.start])
    value = _DATE.fullmatch(time.value) if time.value else None
    if before is None or value is None:
        return None
    words = piece[before.start() : time.end].lower()
    return FoundDeadline(before.start(), time.end, _day_of(value, words.startswith("before") and "end of" not in words))


def _day_of(value: re.Match[str], is_before: bool) -> str:
    """The day that a deadline comes to: the last of a month or year, the first where it is to be done before it."""
    month = int(value["month"] or (1 if is_before else 12))
    day = int(value["day"] or (1 if is_before else calendar.monthrange(int(value["year"]), month)[1]))
    return f"{value['year']}-{month:02d}-{day:02d}"


def _read_period(
    piece: str, time: FoundTime, period: str, times: Sequence[FoundTime], signed: str | None
) -> FoundDeadline | None:
    # The finder may hold "the following" as part of the period, so the words before its number are looked at.
    inside = _INSIDE.match(piece, time.start, time.end)
    count_start = inside.end() if inside else time.start
    within = _WITHIN.search(piece[:count_start])
    after = _AFTER.match(piece, time.end)
    if (within is None and after is None) or "X" in period:
        return None
    begin = within.start() if within else time.start
    if within and within["same"]:
        return FoundDeadline(begin, time.end, None, period, "same", within.group().strip())
    # The finder may hold "after that" as part of the period, too.
    back = _BACK.search(piece, time.start, time.end)
    if back is not None:
        return FoundDeadline(begin, time.end, None, period, "previous", back["that"] or back["bare"])
    if after is None:
        if within and within["next"]:
            return FoundDeadline(begin, time.end, None, period, "previous", "the deadline before")
        return FoundDeadline(begin, time.end, _add(signed, period), period, "signing", "signing")
    if after["bare"] or _THAT.match(piece, after.end()):
        that = _THAT.match(piece, after.end())
        stop = that.end() if that else after.end()
        return FoundDeadline(begin, stop, None, period, "previous", piece[after.end() : stop] or after.group().strip())
    anchor = next(
        (other for other in times if after.end() <= other.start <= after.end() + 4 and other.type == "date"), None
    )
    if anchor is not None and anchor.value:
        date = _add(anchor.value, period) if len(anchor.value) == 10 else None
        return FoundDeadline(begin, anchor.end, date, period, "words", piece[anchor.start : anchor.end])
    signing = _SIGNING.match(piece, after.end())
    if signing:
        return FoundDeadline(begin, signing.end(), _add(signed, period), period, "signing", signing.group())
    event = _EVENT.match(piece, after.end())
    if event is None:
        return None
    return FoundDeadline(begin, event.end(), None, period, "words", event.group())


def counts_from_condition(found: FoundDeadline, condition: bool, previous_is_period: bool) -> bool:
    """Whether "90 days after that" counts from the clause's own condition and not from an earlier deadline.

    After "if A keeps its word" the condition is what "that" means, unless the deadline before it was a period too: then
    the two are a chain ("within 135 days … within nine months after that").
    """
    is_that = found.counts_from == "previous" and bool(found.words and _THEREAFTER.match(found.words))
    return is_that and condition and not previous_is_period


def _add(date: str | None, duration: str) -> str | None:
    return add_duration(date, duration) if date and re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None


def resolve_date(
    found: FoundDeadline, same: tuple[str, str] | None, previous: tuple[str, str] | None
) -> tuple[str | None, str | None]:
    """A deadline's date and what it counts from, once the commitments before it are known.

    Args:
        same: id and date of the earlier commitment with the same period; ``None`` for none.
        previous: id and date of the commitment with a date before it; ``None`` for none.

    Returns:
        ISO date or ``None``, and the id or words it counts from (``None`` for an absolute date).
    """
    if found.counts_from == "same":
        return (same[1], same[0]) if same else (None, found.words)
    if found.counts_from == "previous":
        if previous is None:
            return None, found.words
        return (_add(previous[1], found.duration) if found.duration else None), previous[0]
    return found.date, found.words
