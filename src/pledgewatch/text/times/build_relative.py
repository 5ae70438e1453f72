"""Values of dates that count from another: weekdays, "last year", "the next day", "two weeks ago"."""

from __future__ import annotations

import re

from pledgewatch.model.reading import TimeAnchor, TimeType
from pledgewatch.text.times.build_dates import SEASON_MONTH
from pledgewatch.text.times.calendar import (
    Moment,
    days_in_month,
    iso_week,
    shift_days,
    shift_months,
    write_duration,
    write_year,
)
from pledgewatch.text.times.context import Context, resolve_weekday
from pledgewatch.text.times.found import FoundTime
from pledgewatch.text.times.grammar import Hit
from pledgewatch.text.times.made import add_part, first_int, make_time, payload_int, payload_str, read_amount


def build_relative_month(hit: Hit, context: Context) -> FoundTime | None:
    """ "last January", "the previous April", "this May"."""
    month, which = payload_int(hit, "month"), payload_int(hit, "which")
    base, anchor = _relative_base(hit, context)
    if base is None:
        return make_time(hit, "date", f"XXXX-{month:02d}")
    own = base.month or 12
    year = base.year + (1 if which > 0 and month <= own else -1 if which < 0 and month >= own else 0)
    moment = Moment(year, month)
    context.note(moment, hit.end, explicit=False)
    return make_time(hit, "date", moment.iso, anchor)


def build_relative_quarter(hit: Hit, context: Context) -> FoundTime | None:
    """ "last quarter", "this quarter"."""
    base, anchor = _relative_base(hit, context)
    if base is None or base.month is None:
        return make_time(hit, "period", None)
    count = base.year * 4 + (base.month - 1) // 3 + payload_int(hit, "which")
    return make_time(hit, "period", f"{write_year(count // 4)}-{33 + count % 4}", anchor)


def build_weekday_number(hit: Hit, context: Context) -> FoundTime | None:
    """ "Friday the 26th": the nearest such day, a month back or on."""
    day = first_int(hit.words("day")) or 0
    base, anchor = context.document_base()
    if base is None or base.month is None:
        return make_time(hit, "date", None)
    forward = context.looks_forward(hit.start, hit.end) and not context.history
    month = base.month
    year = base.year
    if base.day is not None and (day < base.day if forward else day > base.day):
        month += 1 if forward else -1
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= day <= days_in_month(year, month):
        return None
    context.note(Moment(year, month, day), hit.end, explicit=False)
    return make_time(hit, "date", Moment(year, month, day).iso, anchor)


def build_relative_season(hit: Hit, context: Context) -> FoundTime | None:
    """ "last summer", "that autumn", "next spring"."""
    season, which = payload_int(hit, "season"), payload_int(hit, "which")
    base, anchor = _relative_base(hit, context)
    if base is None:
        return make_time(hit, "period", f"XXXX-{season}")
    own = base.month or 6
    month = SEASON_MONTH[season]
    year = base.year + (1 if which > 0 and month <= own + 1 else -1 if which < 0 and month >= own else 0)
    return make_time(hit, "period", f"{write_year(year)}-{season}", anchor)


def build_weekday(hit: Hit, context: Context) -> FoundTime | None:
    """ "on Monday", "Friday night", "last Tuesday"."""
    weekday = payload_int(hit, "weekday")
    moment, anchor = resolve_weekday(context, weekday, payload_int(hit, "which"), hit.start, hit.end)
    part = payload_str(hit, "daypart")
    if hit.has("unit"):
        part = "NI"
    if moment is None:
        return make_time(hit, "date", f"XXXX-WXX-{weekday}")
    context.note(moment, hit.end, explicit=False)
    return make_time(hit, "date", add_part(moment.iso, part), anchor)


def build_today(hit: Hit, context: Context) -> FoundTime | None:
    """ "today", "yesterday evening", "tomorrow"."""
    base, anchor = context.document_base()
    steps = payload_int(hit, "today")
    if context.history and steps == 0:
        return make_time(hit, "date", None, reference="present")
    moment = shift_days(base, steps) if base else None
    if moment is None:
        return make_time(hit, "date", None, reference="present" if steps == 0 else None)
    return make_time(hit, "date", moment.iso, anchor)


def build_tonight(hit: Hit, context: Context) -> FoundTime | None:
    """ "tonight"."""
    base, anchor = context.document_base()
    return make_time(
        hit, "date", base.iso if base and base.day else None, anchor if base and base.day else "none", None, "present"
    )


def _relative_base(hit: Hit, context: Context) -> tuple[Moment | None, TimeAnchor]:
    """What "last", "previous", "that", "the same" count from."""
    words = hit.words_all().lower()
    if re.search(
        r"\b(?:previous|preceding|prior|following|subsequent|ensuing|succeeding|that|same|the next|later|earlier|very)"
        r"\b",
        words,
    ):
        base = context.text_base(hit.start)
        return (base, "text") if base else (None, "none")
    return context.document_base()


def _as_coarse(moment: Moment, unit: str) -> str | None:
    """The value of a moment in a unit: "two years later" names a year and no day."""
    if unit in ("Y", "M", "D", "N"):
        if unit == "Y" or moment.month is None:
            return write_year(moment.year)
        return Moment(moment.year, moment.month).iso if unit == "M" or moment.day is None else moment.iso
    if unit in ("W", "F"):
        return iso_week(moment) or moment.iso
    if unit == "De":
        return f"{moment.year // 10:03d}" if moment.year > 0 else None
    if unit in ("Ce", "Mi"):
        return f"{moment.year // 100:02d}" if moment.year > 0 else None
    return moment.iso


def _shift(base: Moment, amount: float, unit: str) -> Moment | None:
    """The moment so many units on; coarse moments can't be shifted by finer units."""
    factor = {"Y": 12, "M": 1, "De": 120, "Ce": 1200, "Mi": 12000}.get(unit)
    if abs(amount) > 100_000:
        return None
    if factor is not None:
        months = amount * factor
        if base.month is None and months % 12:
            return None
        moved = shift_months(base, int(months))
        return moved if -9999 <= moved.year <= 9999 else None
    if unit in ("D", "N", "W", "F", "We"):
        days = amount * {"W": 7, "F": 14, "We": 7}.get(unit, 1)
        return shift_days(base, int(days))
    return shift_days(base, 0)


def build_relative_unit(hit: Hit, context: Context) -> FoundTime | None:
    """ "last year", "this month", "the next day", "that same year", "the end of the week", "the following decade"."""
    unit = payload_str(hit, "unit") or payload_str(hit, "units") or payload_str(hit, "unit_of")
    which = payload_int(hit, "which")
    words = hit.words_all().lower()
    type_: TimeType = "date" if unit in ("D", "N", "M", "Y", "W", "H", "Min") else "period"
    if unit not in ("D", "N", "H", "Min") and "which" in hit.slots and re.match(r"(?:the )?(?:past|coming)\b", words):
        return make_time(hit, "duration", write_duration(1, unit))
    base, anchor = _relative_base(hit, context)
    if base is None and anchor == "none" and re.search(r"\bnext\b", words):
        base, anchor = context.document_base()
    moved = _shift(base, which, unit) if base else None
    if moved is None:
        reference = "present" if re.search(r"\bthis\b", words) else None
        return make_time(hit, type_, None, anchor if base else "none", None, reference)
    if unit in ("D", "M", "Y", "W"):
        context.note(
            moved if unit == "D" else Moment(moved.year, moved.month if unit in ("M", "W") else None), hit.end, False
        )
    return make_time(hit, type_, _as_coarse(moved, unit), anchor)


def build_day_beside(hit: Hit, context: Context) -> FoundTime | None:
    """ "the day before", "the year after", "the day following"."""
    unit = payload_str(hit, "unit")
    base = context.text_base(hit.start)
    moved = _shift(base, payload_int(hit, "which"), unit) if base else None
    if moved is None:
        return make_time(hit, "date", None, "text" if base else "none")
    return make_time(hit, "date", _as_coarse(moved, unit), "text")


def build_year_of(hit: Hit, context: Context) -> FoundTime | None:
    """ "later in the year": the year last told, or the document's."""
    base, anchor = context.document_base()
    return make_time(
        hit, "date", _as_coarse(base, payload_str(hit, "unit")) if base else None, anchor if base else "none"
    )


def build_shifted(hit: Hit, context: Context) -> FoundTime | None:
    """ "two years ago", "a few days later", "three weeks before"."""
    unit, amount = payload_str(hit, "unit"), read_amount(hit)
    word = (hit.words("which") or "").lower()
    direction = -1 if word == "ago" else payload_int(hit, "which")
    duration = write_duration(amount, unit)
    if word == "ago":
        base, anchor = context.document_base()
    else:
        base, anchor = context.text_base(hit.start), "text"
        if not context.history and base is not None and base == context.published:
            base = None
    if base is None or amount is None:
        return make_time(hit, "date", None, anchor, duration, "past" if direction < 0 else "future")
    moved = _shift(base, direction * amount, unit)
    if moved is None:
        return make_time(hit, "date", None, anchor, duration)
    context.note(moved, hit.end, explicit=False)
    return make_time(hit, "date", _as_coarse(moved, unit), anchor, duration)
