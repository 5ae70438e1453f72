"""Makes the value of each kind of time expression that grammar.yml names under ``build``."""

from __future__ import annotations

import re
from collections.abc import Callable

from pledgewatch.model.reading import TimeAnchor, TimeType
from pledgewatch.text.numbers.parse import parse_number
from pledgewatch.text.times.calendar import (
    Moment, days_in_month, iso_week, shift_days, shift_months, write_duration, write_year,
)  # fmt: skip
from pledgewatch.text.times.context import Context, resolve_day, resolve_weekday
from pledgewatch.text.times.found import FoundTime
from pledgewatch.text.times.grammar import Hit

Builder = Callable[[Hit, Context], FoundTime | None]
_DIGITS = re.compile(r"\d+")
_FAR_YEAR = 30


def _made(
    hit: Hit, type_: TimeType, value: str | None, anchored_to: TimeAnchor = "none", duration: str | None = None,
    reference: str | None = None,
) -> FoundTime:  # fmt: skip
    return FoundTime(hit.start, hit.end, type_, value, anchored_to, duration, reference)


def _int(words: str | None) -> int | None:
    match = _DIGITS.search(words or "")
    return int(match[0]) if match else None


def _payload_int(hit: Hit, name: str) -> int:
    payload = hit.payload(name)
    return payload if isinstance(payload, int) else 0


def _payload_str(hit: Hit, name: str) -> str:
    payload = hit.payload(name)
    return payload if isinstance(payload, str) else ""


def _year(hit: Hit) -> int | None:
    """The year that the words give, astronomical; two digits follow :func:`_whole_year`."""
    words = hit.words("year")
    year = _int(words)
    if year is None:
        return None
    if hit.has("bc"):
        return 1 - year
    return year if year >= 100 or hit.has("ad") else None


def _short_year(digits: int, context: Context) -> int:
    """A year of two digits: the century of the last year told, else the one that comes no later than the document's date."""
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
    return _made(hit, "date", words)


def build_numeric(hit: Hit, context: Context) -> FoundTime | None:
    """``29/02/2020``, ``10.03.2020``. Where both numbers could be the month, only the year is known, unless they are equal."""
    first, second, year = (int(part) for part in _DIGITS.findall(hit.words_all()))
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
    return _made(hit, "date", moment.iso)


def _date(hit: Hit, context: Context, month: int, day: int | None) -> FoundTime | None:
    year = _year(hit)
    short = _int(hit.words("year"))
    if year is None and short is not None:
        year = _short_year(short, context)
    if day is not None and not 1 <= day <= days_in_month(year if year is not None else 2000, month):
        return None
    if year is not None:
        moment = Moment(year, month, day)
        context.note(moment, hit.end, explicit=True)
        return _made(hit, "date", moment.iso)
    ahead = _year_ahead(hit, month)
    if ahead is not None:
        moment = Moment(ahead, month, day)
        context.note(moment, hit.end, explicit=False)
        return _made(hit, "date", moment.iso, "text")
    found, anchor = resolve_day(context, month, day, hit.start, hit.end)
    if found is None:
        return _made(hit, "date", f"XXXX-{month:02d}" + ("" if day is None else f"-{day:02d}"))
    context.note(found, hit.end, explicit=False)
    return _made(hit, "date", found.iso, anchor)


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
    day = _int(words) if words[:1].isdigit() else _payload_int(hit, "day")
    month = _payload_int(hit, "month")
    if not month:
        return _listed_day(hit, context, day or 0)
    return _date(hit, context, month, day)


_DAY_LIST = re.compile(
    r"(?:\s*(?:,|and|or|to|[-–—])\s*(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?){1,6}\s+(?:of\s+)?(?P<month>[A-Z][a-z]+)\b,?\s*(?P<year>[12]\d{3})?"
)


def _listed_day(hit: Hit, context: Context, day: int) -> FoundTime | None:
    ahead = _DAY_LIST.match(hit.tokens.text, hit.end)
    if ahead and ahead["month"][:3].lower() in _MONTHS:
        month = _MONTHS.index(ahead["month"][:3].lower()) + 1
        if ahead["year"]:
            moment: Moment | None = Moment(int(ahead["year"]), month, day)
            anchor: TimeAnchor = "text"
        else:
            moment, anchor = resolve_day(context, month, day, hit.start, hit.end)
    elif context.last and context.last.month:
        moment, anchor = Moment(context.last.year, context.last.month, day), "text"
    else:
        return None
    if moment is None or moment.month is None or not 1 <= day <= days_in_month(moment.year, moment.month):
        return None
    context.note(moment, hit.end, explicit=False)
    return _made(hit, "date", moment.iso, anchor)


def build_month_day_number(hit: Hit, context: Context) -> FoundTime | None:
    """"the 13th", in the month last told."""
    base = context.text_base(hit.start)
    follower = hit.neighbour(1)
    if base is None or base.month is None or (follower[:1].isalpha() and follower not in ("and", "of", "to", "the", "at", "when")):
        return None
    return _listed_day(hit, context, _int(hit.words("day")) or 0)


def build_month(hit: Hit, context: Context) -> FoundTime | None:
    """A month, with or without its year; "mid-", "late" and "the end of" stay in the span and leave the value as it is."""
    return _date(hit, context, _payload_int(hit, "month"), None)


def build_relative_month(hit: Hit, context: Context) -> FoundTime | None:
    """"last January", "the previous April", "this May"."""
    month, which = _payload_int(hit, "month"), _payload_int(hit, "which")
    base, anchor = _relative_base(hit, context)
    if base is None:
        return _made(hit, "date", f"XXXX-{month:02d}")
    own = base.month or 12
    year = base.year + (1 if which > 0 and month <= own else -1 if which < 0 and month >= own else 0)
    moment = Moment(year, month)
    context.note(moment, hit.end, explicit=False)
    return _made(hit, "date", moment.iso, anchor)


def build_year(hit: Hit, context: Context) -> FoundTime | None:
    """A year."""
    year = _year(hit)
    if year is None:
        year = _int(hit.words("year"))
    if year is None:
        return None
    context.note(Moment(year), hit.end, explicit=True)
    return _made(hit, "date", write_year(year))


def build_short_year(hit: Hit, context: Context) -> FoundTime | None:
    """"'89", and the end of "1939-45"."""
    digits = _int(hit.words("year"))
    if digits is None or digits > 99:
        return None
    moment = Moment(_short_year(digits, context))
    context.note(moment, hit.end, explicit=True)
    return _made(hit, "date", moment.iso, "text" if context.last else "none")


def build_decade(hit: Hit, context: Context) -> FoundTime | None:
    """"the 1930s", "'90s", "the 470s BC"; the value has three digits."""
    digits = _int(hit.words("decade"))
    if digits is None:
        return None
    if hit.has("bc"):
        return _made(hit, "period", f"-{digits // 10:03d}")
    if digits < 100:
        century = 2000 if digits <= 20 else 1900
        digits += century
    decade = digits // 10
    if digits % 100 == 0 and not hit.neighbour(-1).startswith("earl"):
        return _made(hit, "period", f"{digits // 100:02d}")
    return _made(hit, "period", f"{decade:03d}")


def build_century(hit: Hit, context: Context) -> FoundTime | None:
    """"the nineteenth century"; the value has two digits, ISO's count of full centuries."""
    words = hit.words("day") or ""
    number = (_int(words) if words[:1].isdigit() else _payload_int(hit, "day")) or 0
    match = re.search(r"twenty[- ]", hit.words_all().lower())
    number += 20 if match and number < 10 else 0
    if not 1 <= number <= 30:
        return None
    return _made(hit, "period", f"-{number - 1:02d}" if hit.has("bc") else f"{number - 1:02d}")


def build_half(hit: Hit, context: Context) -> FoundTime | None:
    """"the second half of 2008", "the first quarter of the year"."""
    which = hit.words("which") or ""
    number = _int(which) or _payload_int(hit, "which")
    half = (hit.words("part") or "").lower() == "half"
    if which.lower() in ("latter", "last", "final"):
        number = 2 if half else 4
    year = _int(hit.words("year"))
    anchor: TimeAnchor = "none"
    if year is None:
        base, anchor = context.document_base()
        year = base.year if base else None
    if not 1 <= number <= (2 if half else 4):
        return None
    if year is None:
        return _made(hit, "period", None)
    context.note(Moment(year), hit.end, explicit=anchor == "none")
    return _made(hit, "period", f"{write_year(year)}-{(39 if half else 32) + number}", anchor)


_SEASON_MONTH = {21: 4, 22: 7, 23: 10, 24: 12}


def build_season(hit: Hit, context: Context) -> FoundTime | None:
    """"the spring of 1789", "summer"; winter counts under the year in which it begins."""
    season = _payload_int(hit, "season")
    year = _year(hit)
    anchor: TimeAnchor = "none"
    if year is None:
        moment, anchor = resolve_day(context, _SEASON_MONTH[season], None, hit.start, hit.end)
        if moment is None:
            return _made(hit, "period", f"XXXX-{season}")
        if anchor == "text" and context.last is not None:
            moment = Moment(context.last.year)
        year = moment.year + (_payload_int(hit, "which") if "which" in hit.slots else 0)
    context.note(Moment(year, _SEASON_MONTH[season] if anchor == "document" else None), hit.end, explicit=anchor == "none")
    return _made(hit, "period", f"{write_year(year)}-{season}", anchor)


def build_relative_season(hit: Hit, context: Context) -> FoundTime | None:
    """"last summer", "that autumn", "next spring"."""
    season, which = _payload_int(hit, "season"), _payload_int(hit, "which")
    base, anchor = _relative_base(hit, context)
    if base is None:
        return _made(hit, "period", f"XXXX-{season}")
    own = base.month or 6
    month = _SEASON_MONTH[season]
    year = base.year + (1 if which > 0 and month <= own + 1 else -1 if which < 0 and month >= own else 0)
    return _made(hit, "period", f"{write_year(year)}-{season}", anchor)


def build_weekday(hit: Hit, context: Context) -> FoundTime | None:
    """"on Monday", "Friday night", "last Tuesday"."""
    weekday = _payload_int(hit, "weekday")
    moment, anchor = resolve_weekday(context, weekday, _payload_int(hit, "which"), hit.start, hit.end)
    part = _payload_str(hit, "daypart")
    if hit.has("unit"):
        part = "NI"
    if moment is None:
        return _made(hit, "date", f"XXXX-WXX-{weekday}")
    context.note(moment, hit.end, explicit=False)
    return _made(hit, "date", _with_part(moment.iso, part), anchor)


def _with_part(iso: str, part: str) -> str:
    """ISO 8601 knows clock times only: a part of the day stays in the words, noon and midnight are times."""
    return f"{iso}{part}" if part.startswith("T") else iso


def build_today(hit: Hit, context: Context) -> FoundTime | None:
    """"today", "yesterday evening", "tomorrow"."""
    base, anchor = context.document_base()
    steps = _payload_int(hit, "today")
    if context.history and steps == 0:
        return _made(hit, "date", None, reference="present")
    moment = shift_days(base, steps) if base else None
    if moment is None:
        return _made(hit, "date", None, reference="present" if steps == 0 else None)
    return _made(hit, "date", moment.iso, anchor)


def build_tonight(hit: Hit, context: Context) -> FoundTime | None:
    """"tonight"."""
    base, anchor = context.document_base()
    return _made(hit, "date", base.iso if base and base.day else None, anchor if base and base.day else "none", None, "present")


def _relative_base(hit: Hit, context: Context) -> tuple[Moment | None, TimeAnchor]:
    """What "last", "previous", "that", "the same" count from."""
    words = hit.words_all().lower()
    if re.search(r"\b(?:previous|preceding|prior|following|subsequent|ensuing|succeeding|that|same|the next|later|earlier|very)\b", words):
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
    """"last year", "this month", "the next day", "that same year", "the end of the week", "the following decade"."""
    unit = _payload_str(hit, "unit") or _payload_str(hit, "units") or _payload_str(hit, "unit_of")
    which = _payload_int(hit, "which")
    words = hit.words_all().lower()
    type_: TimeType = "date" if unit in ("D", "N", "M", "Y", "W", "H", "Min") else "period"
    if unit not in ("D", "N", "H", "Min") and "which" in hit.slots and re.match(r"(?:the )?(?:past|coming)\b", words):
        return _made(hit, "duration", write_duration(1, unit))
    base, anchor = _relative_base(hit, context)
    if base is None and anchor == "none" and re.search(r"\bnext\b", words):
        base, anchor = context.document_base()
    moved = _shift(base, which, unit) if base else None
    if moved is None:
        reference = "present" if re.search(r"\bthis\b", words) else None
        return _made(hit, type_, None, anchor if base else "none", None, reference)
    if unit in ("D", "M", "Y", "W"):
        context.note(moved if unit == "D" else Moment(moved.year, moved.month if unit in ("M", "W") else None), hit.end, False)
    return _made(hit, type_, _as_coarse(moved, unit), anchor)


def build_day_beside(hit: Hit, context: Context) -> FoundTime | None:
    """"the day before", "the year after", "the day following"."""
    unit = _payload_str(hit, "unit")
    base = context.text_base(hit.start)
    moved = _shift(base, _payload_int(hit, "which"), unit) if base else None
    if moved is None:
        return _made(hit, "date", None, "text" if base else "none")
    return _made(hit, "date", _as_coarse(moved, unit), "text")


def build_year_of(hit: Hit, context: Context) -> FoundTime | None:
    """"later in the year": the year last told, or the document's."""
    base = context.text_base(hit.start)
    anchor: TimeAnchor = "text"
    if base is None:
        base, anchor = context.document_base()
    return _made(hit, "date", _as_coarse(base, _payload_str(hit, "unit")) if base else None, anchor if base else "none")


def _amount(hit: Hit) -> float | None:
    """The number of units; ``None`` when the words leave it open ("several")."""
    if "num" in hit.slots:
        return parse_number(hit.words("num") or "")
    few = (hit.words("few") or "").lower()
    if few in ("a", "an"):
        return 1
    if few.startswith(("couple", "a couple")):
        return 2
    return None


def build_shifted(hit: Hit, context: Context) -> FoundTime | None:
    """"two years ago", "a few days later", "three weeks before"."""
    unit, amount = _payload_str(hit, "unit"), _amount(hit)
    word = (hit.words("which") or "").lower()
    direction = -1 if word == "ago" else _payload_int(hit, "which")
    duration = write_duration(amount, unit)
    if word == "ago":
        base, anchor = context.document_base()
    else:
        base, anchor = context.text_base(hit.start), "text"
        if not context.history and base is not None and base == context.published:
            base = None
    if base is None or amount is None:
        return _made(hit, "date", None, anchor, duration, "past" if direction < 0 else "future")
    moved = _shift(base, direction * amount, unit)
    if moved is None:
        return _made(hit, "date", None, anchor, duration)
    context.note(moved, hit.end, explicit=False)
    return _made(hit, "date", _as_coarse(moved, unit), anchor, duration)


def build_duration(hit: Hit, context: Context) -> FoundTime | None:
    """"120 days", "nine and a half months", "several weeks", "the following three months", "a three-day …"."""
    unit = _payload_str(hit, "unit")
    words = hit.words_all().lower()
    amount = _amount(hit)
    if "num" in hit.slots and amount is None:
        return None
    if "num" not in hit.slots and "few" not in hit.slots:
        singular = hit.payload("unit") is not None and unit and not (hit.words("unit") or "").lower().rstrip("'’").endswith("s")
        amount = 1 if singular else None
        if re.search(r"\bcouple\b", words):
            amount = 2
        elif hit.has("half") and "num" not in hit.slots and not re.search(r"and (?:a|an) half", words):
            amount = 0.5
    if amount is not None and re.search(r"\band (?:a|an) half$|\band (?:a|an) half\b", words) and "half" not in (hit.words("num") or ""):
        amount += 0.5
    value = write_duration(amount, unit)
    return _made(hit, "duration", value, "none", value)


def build_clock(hit: Hit, context: Context) -> FoundTime | None:
    """"11:08 A.M. EDT", "5 p.m."; without a day in the words the day is the one last told, if near, else open."""
    clock = _clock(hit)
    if clock is None or (not hit.has("ampm", "zone", "hrs") and not re.search(r"\b(?:at|by|around|about|until|till|from|to|between|and)\s*$", hit.tokens.text[max(0, hit.start - 10) : hit.start])):
        return None
    base = context.text_base(hit.start)
    if base and base.day:
        return _made(hit, "date", base.iso + clock, "text")
    if not context.history and context.published and context.published.day:
        return _made(hit, "date", context.published.iso + clock, "document")
    return _made(hit, "date", clock)


_ZONES = {"gmt": "Z", "utc": "Z", "est": "-05", "edt": "-04", "cst": "-06", "cdt": "-05", "mst": "-07", "mdt": "-06", "pst": "-08",
    "pdt": "-07", "bst": "+01", "cet": "+01", "cest": "+02", "eet": "+02", "msk": "+03"}  # fmt: skip


def _clock(hit: Hit) -> str | None:
    parts = [int(part) for part in _DIGITS.findall(hit.words("clock") or hit.words("hour") or "")]
    half = hit.payload("ampm")
    if not parts or parts[0] > 23 or (half is not None and not 1 <= parts[0] <= 12):
        return None
    if half is not None:
        parts[0] = parts[0] % 12 + int(half)
    minutes = parts[1] if len(parts) > 1 else 0
    return f"T{parts[0]:02d}:{minutes:02d}" + _ZONES.get((hit.words("zone") or "").lower(), "")


def build_clock_day(hit: Hit, context: Context) -> FoundTime | None:
    """"5:00 a.m. Monday", "9:34 p.m., March 19 EST", "May 8 1:00am"."""
    clock = _clock(hit)
    if clock is None:
        return None
    day = build_weekday(hit, context) if "weekday" in hit.slots else build_day(hit, context)
    if day is None or day.value is None or "X" in day.value:
        return day
    return _made(hit, "date", day.value + clock, day.anchored_to)


def build_daypart_of(hit: Hit, context: Context) -> FoundTime | None:
    """"the morning of 31 January 1965"."""
    day = build_day(hit, context)
    if day is None or day.value is None:
        return day
    return _made(hit, "date", _with_part(day.value, _payload_str(hit, "daypart")), day.anchored_to)


def build_daypart(hit: Hit, context: Context) -> FoundTime | None:
    """"that afternoon", "the next morning", "at dawn": the day last told (or the next)."""
    base = context.text_base(hit.start)
    anchor: TimeAnchor = "text"
    if base is None:
        base, anchor = context.document_base()
    moved = shift_days(base, _payload_int(hit, "which")) if base else None
    if moved is None:
        return _made(hit, "date", None)
    return _made(hit, "date", _with_part(moved.iso, _payload_str(hit, "daypart")), anchor)


def build_often(hit: Hit, context: Context) -> FoundTime | None:
    """"daily", "every Friday", "each month"; a weekday's value is ``XXXX-WXX-5``, another's the distance (``P1M``)."""
    payload = hit.payload("often")
    if isinstance(payload, str):
        return _made(hit, "set", payload)
    words = hit.words_all().lower().split()
    weekday = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}.get(words[-1][:3])
    if hit.has("weekday", "weekdays") and weekday:
        return _made(hit, "set", f"XXXX-WXX-{weekday}")
    units = {"day": "P1D", "night": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y", "hour": "PT1H", "decade": "P10Y", "minute": "PT1M"}
    return _made(hit, "set", units.get(words[-1]))


def build_present(hit: Hit, context: Context) -> FoundTime | None:
    """"now", "currently", "the present"."""
    return _made(hit, "date", None, reference="present")


def build_past(hit: Hit, context: Context) -> FoundTime | None:
    """"recently", "the past"."""
    return _made(hit, "date", None, reference="past")


def build_future(hit: Hit, context: Context) -> FoundTime | None:
    """"the future"."""
    return _made(hit, "date", None, reference="future")


def build_open(hit: Hit, context: Context) -> FoundTime | None:
    """"at the same time", "a long time", "the monsoon season"."""
    return _made(hit, "date", None)


def build_holiday(hit: Hit, context: Context) -> FoundTime | None:
    """"Christmas 1963"; feasts that move have the year only."""
    monthday = _payload_str(hit, "holiday")
    year = _year(hit)
    if not monthday:
        return _made(hit, "date", write_year(year) if year is not None else None)
    month, day = (int(part) for part in monthday.split("-"))
    return _date(hit, context, month, day - (1 if hit.has("eve") else 0))


BUILDERS: dict[str, Builder] = {
    name.removeprefix("build_"): function for name, function in list(globals().items()) if name.startswith("build_")
}
