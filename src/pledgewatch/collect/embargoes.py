"""When an embargo ends: the words for the moment, worked out against the day of publication."""

from __future__ import annotations

import datetime
import re

from pledgewatch.collect.dates import find_date, month_number
from pledgewatch.collect.plain_yaml import read_table

LONGEST_MOMENT = 80
"""Characters that the table of ground rules takes for the words of a moment; the last word of so many may be cut."""

_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|\b(?P<hour24>\d{1,2})[:.](?P<minute24>\d{2})\b(?!\s*[ap]\.?\s?m)"
    r"|\b(?P<hour4>[01]\d|2[0-3])(?P<minute4>[0-5]\d)\s*(?:hours|hrs|h\b|gmt|utc|z\b)"
    r"|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_UTC = re.compile(r"\b(?:gmt|utc|zulu)\b|\dz\b", re.IGNORECASE)
_OCCASION = re.compile(
    r"\A\W*(?:(?:the|this|its|our|my)\s+)*(?:\w+\s+)?(?:conclusion|end|close|delivery|start|beginning|publication|release)\b"
    r"|\A\W*(?:after|it\s+is|they\s+are|further\s+notice|delivered|delivery)\b",
    re.IGNORECASE,
)
_NEAR_DAY = re.compile(r"\b(today|tonight|tomorrow|this\s+(?:morning|afternoon|evening))\b", re.IGNORECASE)


def is_unspecific(until: str) -> bool:
    """Whether the words name an occasion ("the conclusion of this call") and no moment of a calendar.

    >>> is_unspecific("the conclusion of this call."), is_unspecific("5 p.m. on Monday")
    (True, False)
    """
    return bool(_OCCASION.search(until)) and find_date(until) is None and not _CLOCK.search(until)


def work_out_embargo(until: str, published: str | None) -> str | None:
    """The ISO date or date-time that the words come to, or ``None`` when they can't be worked out.

    A weekday is the first one on or after the day of publication; a day without a year is in that year, or in the next
    when it is long past. Midnight of a day ends that day, the stricter of its two meanings. Times are as stated, with
    ``+00:00`` where the words say so and without an offset where they name another zone or none.

    >>> work_out_embargo("5:00 a.m. Monday morning", "2024-01-28")
    '2024-01-29T05:00'
    >>> work_out_embargo("midnight on 3 March", "2024-02-28"), work_out_embargo("Monday", None)
    ('2024-03-04T00:00', None)
    """
    until = cut_moment(until)
    day = _find_day(until, published)
    clock = _find_clock(until)
    if day is None and clock is not None:
        day = _as_day(published)
    if day is None:
        return None
    if clock is None:
        return day.isoformat()
    if clock == (24, 0):
        day, clock = day + datetime.timedelta(days=1), (0, 0)
    return f"{day.isoformat()}T{clock[0]:02}:{clock[1]:02}{'+00:00' if _UTC.search(until) else ''}"


def cut_moment(until: str) -> str:
    """The part of the words that belongs to their first sentence; a stop in "p.m." or between figures does not end it.

    >>> cut_moment("5 p.m. on Monday. Thank you for")
    '5 p.m. on Monday.'
    """
    end = re.search(r"(?<![ap]\.m)(?<!\b[ap])(?<!\d)[.!?](?=[\s”\"’)]|\Z)", until)
    if end is not None:
        return until[: end.end()]
    return until if len(until) < LONGEST_MOMENT else until.rsplit(" ", 1)[0]


def _as_day(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso is not None and len(iso) == 10 else None


def _find_day(until: str, published: str | None) -> datetime.date | None:
    found = find_date(until)
    if found is not None and len(found[0]) == 10:
        return datetime.date.fromisoformat(found[0])
    today = _as_day(published)
    if today is None:
        return None
    table = read_table("calendar")
    months = "|".join(sorted(table["months"], key=len, reverse=True))
    match = re.search(
        rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{months})\b|\b(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}})\b",
        until,
        re.IGNORECASE,
    )
    if match is not None:
        month = month_number(match["m1"] or match["m2"])
        try:
            day = datetime.date(today.year, month or 1, int(match["d1"] or match["d2"]))
            return day if (today - day).days < 180 else day.replace(year=today.year + 1)
        except ValueError:
            return None
    # A weekday is surer than "tomorrow", which may count from the day on which the words were spoken.
    weekdays = "|".join(sorted(table["weekdays"], key=len, reverse=True))
    if match := re.search(rf"\b({weekdays})\b", until, re.IGNORECASE):
        ahead = (int(table["weekdays"][match.group(1).lower()]) - today.weekday()) % 7
        return today + datetime.timedelta(days=ahead)
    if match := _NEAR_DAY.search(until):
        return today + datetime.timedelta(days=int(match.group(1).lower() == "tomorrow"))
    return None


def _find_clock(until: str) -> tuple[int, int] | None:
    match = _CLOCK.search(until)
    if match is None:
        return None
    if match["word"]:
        return (24, 0) if match["word"].lower() == "midnight" else (12, 0)
    hour = int(match["hour"] or match["hour24"] or match["hour4"])
    minute = int(match["minute"] or match["minute24"] or match["minute4"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None
