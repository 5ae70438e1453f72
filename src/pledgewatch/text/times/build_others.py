"""Values of lengths of time, times of day, what recurs, and words without a date of their own."""

from __future__ import annotations

import re

from pledgewatch.model.reading import TimeAnchor
from pledgewatch.text.times.build_dates import build_day
from pledgewatch.text.times.build_relative import build_weekday
from pledgewatch.text.times.calendar import shift_days, write_duration
from pledgewatch.text.times.context import Context
from pledgewatch.text.times.found import FoundTime
from pledgewatch.text.times.grammar import Hit
from pledgewatch.text.times.made import DIGITS, add_part, make_time, payload_int, payload_str, read_amount


def build_duration(hit: Hit, _context: Context) -> FoundTime | None:
    """ "120 days", "nine and a half months", "several weeks", "the following three months", "a three-day …"."""
    unit = payload_str(hit, "unit")
    words = hit.words_all().lower()
    amount = read_amount(hit)
    if "quarter" in hit.slots:
        unit, amount = "M", None if amount is None else amount * 3
    if "num" in hit.slots and amount is None:
        return None
    if "num" not in hit.slots and "few" not in hit.slots:
        singular = (
            hit.payload("unit") is not None
            and unit
            and not (hit.words("unit") or "").lower().rstrip("'’").endswith("s")
        )
        amount = 1 if singular else None
        if re.search(r"\bcouple\b", words):
            amount = 2
        elif hit.has("half") and "num" not in hit.slots and not re.search(r"and (?:a|an) half", words):
            amount = 0.5
    if (
        amount is not None
        and re.search(r"\band (?:a|an) half$|\band (?:a|an) half\b", words)
        and "half" not in (hit.words("num") or "")
    ):
        amount += 0.5
    value = write_duration(amount, unit)
    return make_time(hit, "duration", value, "none", value)


def build_duration_range(hit: Hit, _context: Context) -> FoundTime | None:
    """ "two to three years": the unit is known and the number open."""
    value = write_duration(None, payload_str(hit, "unit"))
    return make_time(hit, "duration", value, "none", value)


def build_clock(hit: Hit, context: Context) -> FoundTime | None:
    """ "11:08 A.M. EDT", "5 p.m."; without a day in the words the day is the one last told, if near, else open."""
    clock = _clock(hit)
    if clock is None or (
        not hit.has("ampm", "zone", "hrs")
        and not re.search(
            r"\b(?:at|by|around|about|until|till|from|to|between|and)\s*$",
            hit.tokens.text[max(0, hit.start - 10) : hit.start],
        )
    ):
        return None
    base = context.text_base(hit.start)
    if base and base.day:
        return make_time(hit, "date", base.iso + clock, "text")
    if not context.history and context.published and context.published.day:
        return make_time(hit, "date", context.published.iso + clock, "document")
    return make_time(hit, "date", clock)


# fmt: off
_ZONES = {
    "gmt": "Z", "utc": "Z", "est": "-05", "edt": "-04", "cst": "-06", "cdt": "-05", "mst": "-07", "mdt": "-06",
    "pst": "-08", "pdt": "-07", "bst": "+01", "cet": "+01", "cest": "+02", "eet": "+02", "msk": "+03",
}
# fmt: on


def _clock(hit: Hit) -> str | None:
    parts = [int(part) for part in DIGITS.findall(hit.words("clock") or hit.words("hour") or "")]
    half = hit.payload("ampm")
    if not parts or parts[0] > 23 or (half is not None and not 1 <= parts[0] <= 12):
        return None
    if half is not None:
        parts[0] = parts[0] % 12 + int(half)
    minutes = parts[1] if len(parts) > 1 else 0
    return f"T{parts[0]:02d}:{minutes:02d}" + _ZONES.get((hit.words("zone") or "").lower(), "")


def build_clock_day(hit: Hit, context: Context) -> FoundTime | None:
    """ "5:00 a.m. Monday", "9:34 p.m., March 19 EST", "May 8 1:00am"."""
    clock = _clock(hit)
    if clock is None:
        return None
    day = build_weekday(hit, context) if "weekday" in hit.slots else build_day(hit, context)
    if day is None or day.value is None or "X" in day.value:
        return day
    return make_time(hit, "date", day.value + clock, day.anchored_to)


def build_daypart_of(hit: Hit, context: Context) -> FoundTime | None:
    """ "the morning of 31 January 1965"."""
    day = build_day(hit, context)
    if day is None or day.value is None:
        return day
    return make_time(hit, "date", add_part(day.value, payload_str(hit, "daypart")), day.anchored_to)


def build_daypart(hit: Hit, context: Context) -> FoundTime | None:
    """ "that afternoon", "the next morning", "at dawn": the day last told (or the next)."""
    base = context.text_base(hit.start)
    anchor: TimeAnchor = "text"
    if base is None:
        base, anchor = context.document_base()
    moved = shift_days(base, payload_int(hit, "which")) if base else None
    if moved is None:
        return make_time(hit, "date", None)
    return make_time(hit, "date", add_part(moved.iso, payload_str(hit, "daypart")), anchor)


def build_night(hit: Hit, _context: Context) -> FoundTime | None:
    """ "at night"."""
    return make_time(hit, "date", None)


_OFTEN = {
    "minute": "PT1M",
    "hour": "PT1H",
    "day": "P1D",
    "night": "P1D",
    "week": "P1W",
    "month": "P1M",
    "quarter": "P3M",
    "year": "P1Y",
    "decade": "P10Y",
}


def build_often(hit: Hit, _context: Context) -> FoundTime | None:
    """ "daily", "every Friday", "each month"; a weekday's value is ``XXXX-WXX-5``, another's the distance (``P1M``)."""
    payload = hit.payload("often")
    if isinstance(payload, str):
        return make_time(hit, "set", payload)
    words = hit.words_all().lower().split()
    weekday = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}.get(words[-1][:3])
    if hit.has("weekday", "weekdays") and weekday:
        return make_time(hit, "set", f"XXXX-WXX-{weekday}")
    return make_time(hit, "set", _OFTEN.get(words[-1]))


def build_present(hit: Hit, _context: Context) -> FoundTime | None:
    """ "now", "currently", "the present"."""
    return make_time(hit, "date", None, reference="present")


def build_past(hit: Hit, _context: Context) -> FoundTime | None:
    """ "recently", "the past"."""
    return make_time(hit, "date", None, reference="past")


def build_future(hit: Hit, _context: Context) -> FoundTime | None:
    """ "the future"."""
    return make_time(hit, "date", None, reference="future")


def build_open(hit: Hit, _context: Context) -> FoundTime | None:
    """ "at the same time", "a long time", "the monsoon season"."""
    return make_time(hit, "date", None)
