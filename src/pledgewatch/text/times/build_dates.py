"""Values of dates that name their day, month, year, season, decade or century."""

from __future__ import annotations

import re
from dataclasses import replace

from pledgewatch.model.reading import TimeAnchor
from pledgewatch.text.times.calendar import Moment, days_in_month, write_year
from pledgewatch.text.times.context import Context, resolve_day
from pledgewatch.text.times.found import FoundTime
from pledgewatch.text.times.grammar import Hit
from pledgewatch.text.times.made import DIGITS, first_int, make_time, payload_int, payload_str
from pledgewatch.text.times.tokens import word_classes

_BC_AHEAD = re.compile(r"\s?(?:[-–—]|to|and)\s?\d{1,4}\s?B\.?C\b")


def _year(hit: Hit) -> int | None:
    """The year that the words give, astronomical; two digits follow :func:`_whole_year`."""
    words = hit.words("year")
    year = first_int(words)
    if year is None:
        return None
    if hit.has("bc") or _BC_AHEAD.match(hit.tokens.text, hit.end):
        return 1 - year
    return year if year >= 100 or hit.has("ad") else None


def _short_year(digits: int, context: Context) -> int:
    """A year of two digits, in the century last told, else the latest one not after the document's date."""
    if context.last is not None and context.last.year > 0:
        return context.last.year // 100 * 100 + digits
    now = context.published.year if context.published else 2030
    year = now // 100 * 100 + digits
    return year if year <= now + 1 else year - 100


def build_iso(hit: Hit, context: Context) -> FoundTime | None:
    """``2020-02-29``, ``2020-02-29T11:08:00Z``."""
    words = hit.words_all()
    year, month, day = int(words[:4]), int(words[5:7]), int(words[8:10])
    if not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        return None
    context.note(Moment(year, month, day), hit.end, explicit=True)
    return make_time(hit, "date", words)


def build_numeric(hit: Hit, context: Context) -> FoundTime | None:
    """``29/02/2020``, ``10.03.2020``; where either number could be the month, only the year is known."""
    first, second, year = (int(part) for part in DIGITS.findall(hit.words_all()))
    if year < 100:
        year = _short_year(year, context)
    options = [
        (month, day)
        for month, day in ((first, second), (second, first))
        if 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)
    ]
    if not options:
        return None
    moment = Moment(year, *options[0]) if len(set(options)) == 1 else Moment(year)
    if "." in hit.words_all() and 1 <= second <= 12 and 1 <= first <= days_in_month(year, second):
        moment = Moment(year, second, first)  # Full stops are written day first only.
    context.note(moment, hit.end, explicit=True)
    return make_time(hit, "date", moment.iso)


def _date(hit: Hit, context: Context, month: int, day: int | None) -> FoundTime | None:
    year = _year(hit)
    short = first_int(hit.words("year"))
    if year is None and short is not None:
        year = _short_year(short, context)
    if day is not None and not 1 <= day <= days_in_month(year if year is not None else 2000, month):
        return None
    if year is not None:
        moment = Moment(year, month, day)
        context.note(moment, hit.end, explicit=True)
        return make_time(hit, "date", moment.iso)
    ahead = _year_ahead(hit, month)
    if ahead is not None:
        moment = Moment(ahead, month, day)
        context.note(moment, hit.end, explicit=False)
        return make_time(hit, "date", moment.iso, "text")
    found, anchor = resolve_day(context, month, day, hit.start, hit.end)
    if found is None:
        return make_time(hit, "date", f"XXXX-{month:02d}" + ("" if day is None else f"-{day:02d}"))
    context.note(found, hit.end, explicit=False)
    return make_time(hit, "date", found.iso, anchor)


_RANGE_AHEAD = re.compile(
    r"\s*(?:to|and|until|through|or|,|[-–—])\s*(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?P<month>[A-Z][a-z]+)\.?\s+"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?P<year>[12]\d{3})\b"
)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _year_ahead(hit: Hit, month: int) -> int | None:
    """The year that the second half of a range gives the first: "from March to June 2019"."""
    match = _RANGE_AHEAD.match(hit.tokens.text, hit.end)
    if not match or match["month"][:3].lower() not in _MONTHS:
        return None
    other = _MONTHS.index(match["month"][:3].lower()) + 1
    return int(match["year"]) - (1 if month > other else 0)


def build_day(hit: Hit, context: Context) -> FoundTime | None:
    """A day of a month, with or without its year; also the first of several ("9 to 12 June", "11, 12 and 15 March")."""
    words = hit.words("day") or ""
    day = first_int(words) if words[:1].isdigit() else payload_int(hit, "day")
    month = payload_int(hit, "month")
    if not month:
        return _listed_day(hit, context, day or 0)
    made = _date(hit, context, month, day)
    ahead = any(name in hit.slots and hit.slots[name][0] >= hit.last for name in ("month", "year"))
    if made and made.anchored_to == "none" and ahead and "X" not in (made.value or ""):
        # The month and the year stand with a later day.
        return replace(made, anchored_to="text")
    return made


def _listed_day(hit: Hit, context: Context, day: int) -> FoundTime | None:
    """A day in the month last told."""
    last = context.last
    if last is None or last.month is None or not 1 <= day <= days_in_month(last.year, last.month):
        return None
    year = first_int(hit.words("year"))
    if year is None:
        year = last.year
    elif day > days_in_month(year, last.month):
        return None
    moment = Moment(year, last.month, day)
    context.note(moment, hit.end, explicit=False)
    return make_time(hit, "date", moment.iso, "text")


def build_month_day_number(hit: Hit, context: Context) -> FoundTime | None:
    """ "the 13th", in the month last told."""
    base = context.text_base(hit.start)
    follower = hit.neighbour(1)
    if base is None or base.month is None or (follower[:1].isalpha() and follower not in word_classes().after_day):
        return None
    return _listed_day(hit, context, first_int(hit.words("day")) or 0)


def build_month(hit: Hit, context: Context) -> FoundTime | None:
    """A month, with or without its year; "late" and "the end of" are in the span and don't change the value."""
    return _date(hit, context, payload_int(hit, "month"), None)


def build_year(hit: Hit, context: Context) -> FoundTime | None:
    """A year."""
    year = _year(hit)
    if year is None:
        year = first_int(hit.words("year"))
    if year is None:
        return None
    context.note(Moment(year), hit.end, explicit=True)
    return make_time(hit, "date", write_year(year))


def build_short_year(hit: Hit, context: Context) -> FoundTime | None:
    """ "'89", and the end of "1939-45"."""
    digits = first_int(hit.words("year"))
    if digits is None or digits > 99:
        return None
    moment = Moment(_short_year(digits, context))
    context.note(moment, hit.end, explicit=True)
    return make_time(hit, "date", moment.iso, "text" if context.last else "none")


def build_decade(hit: Hit, _context: Context) -> FoundTime | None:
    """ "the 1930s", "'90s", "the 470s BC"; the value has three digits."""
    digits = first_int(hit.words("decade"))
    if digits is None:
        return None
    if hit.has("bc"):
        return make_time(hit, "period", f"-{digits // 10:03d}")
    if digits < 100:
        century = 2000 if digits <= 20 else 1900
        digits += century
    decade = digits // 10
    if digits % 100 == 0 and not hit.neighbour(-1).startswith("earl"):
        return make_time(hit, "period", f"{digits // 100:02d}")
    return make_time(hit, "period", f"{decade:03d}")


def build_century(hit: Hit, _context: Context) -> FoundTime | None:
    """ "the nineteenth century"; the value has two digits, ISO's count of full centuries."""
    words = hit.words("day") or ""
    number = (first_int(words) if words[:1].isdigit() else payload_int(hit, "day")) or 0
    match = re.search(r"twenty[- ]", hit.words_all().lower())
    number += 20 if match and number < 10 else 0
    if not 1 <= number <= 30:
        return None
    return make_time(hit, "period", f"-{number - 1:02d}" if hit.has("bc") else f"{number - 1:02d}")


def build_half(hit: Hit, context: Context) -> FoundTime | None:
    """ "the second half of 2008", "the first quarter of the year"."""
    which = hit.words("which") or ""
    number = first_int(which) or payload_int(hit, "which")
    half = (hit.words("part") or "").lower() == "half"
    if which.lower() in ("latter", "last", "final"):
        number = 2 if half else 4
    year = first_int(hit.words("year"))
    if year is not None and year < 100:
        year = _short_year(year, context)
    anchor: TimeAnchor = "none"
    if year is None:
        base, anchor = context.document_base()
        year = base.year if base else None
    if not 1 <= number <= (2 if half else 4):
        return None
    if year is None:
        return make_time(hit, "period", None)
    context.note(Moment(year), hit.end, explicit=anchor == "none")
    return make_time(hit, "period", f"{write_year(year)}-{(39 if half else 32) + number}", anchor)


SEASON_MONTH = {21: 4, 22: 7, 23: 10, 24: 12}


def build_season(hit: Hit, context: Context) -> FoundTime | None:
    """ "the spring of 1789", "summer"; winter counts under the year in which it begins."""
    season = payload_int(hit, "season")
    year = _year(hit)
    anchor: TimeAnchor = "none"
    if year is None:
        moment, anchor = resolve_day(context, SEASON_MONTH[season], None, hit.start, hit.end)
        if moment is None:
            return make_time(hit, "period", f"XXXX-{season}")
        if anchor == "text" and context.last is not None:
            moment = Moment(context.last.year)
        year = moment.year + (payload_int(hit, "which") if "which" in hit.slots else 0)
    context.note(
        Moment(year, SEASON_MONTH[season] if anchor == "document" else None), hit.end, explicit=anchor == "none"
    )
    return make_time(hit, "period", f"{write_year(year)}-{season}", anchor)


def build_holiday(hit: Hit, context: Context) -> FoundTime | None:
    """ "Christmas 1963"; feasts that move have the year only."""
    monthday = payload_str(hit, "holiday")
    year = _year(hit)
    if not monthday:
        return make_time(hit, "date", write_year(year) if year is not None else None)
    month, day = (int(part) for part in monthday.split("-"))
    return _date(hit, context, month, day - (1 if hit.has("eve") else 0))
