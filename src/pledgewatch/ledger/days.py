"""Days and periods as agreements write them, and hours with the zone in which they count."""

from __future__ import annotations

import calendar
import functools
import re
from dataclasses import dataclass
from datetime import date, timedelta

from pledgewatch.text.times.calendar import Moment, parse_moment, shift_days, shift_months

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_ORDINAL_TENS = ("twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth")

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sep(?:te(?:m|rn)ber|t\.|\.)?|Oct(?:ober|\.)?|Nov(?:e(?:m|rn)ber|\.)?|Dec(?:e(?:m|rn)ber|\.)?|"
    r"JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b"
)
_TENS_WORD = "|".join(_TENS)
CARDINAL = (
    rf"(?:(?:(?:{'|'.join(_ONES)}|an?)\s+hundred(?:\s+and)?\s+)?(?:(?:{_TENS_WORD})(?:[-\s](?:{'|'.join(_ONES[:9])}))?"
    rf"|(?:{'|'.join(sorted(_ONES, key=len, reverse=True))}))|(?:{'|'.join(_ONES)}|an?)\s+hundred)"
)
ORDINAL = (
    rf"(?:\d{{1,3}}(?:st|nd|rd|th)|(?:{_TENS_WORD})[-\s](?:{'|'.join(_ORDINALS[:9])})"
    rf"|{'|'.join(_ORDINAL_TENS)}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|hundredth)"
)
_DAY = rf"(?:{ORDINAL}|\d{{1,2}})"
_YEAR = (
    r"(?:\s*,)?\s+(?:in\s+the\s+year\s+(?:of\s+(?:our\s+[Ll]ord\s+|grace\s+)?)?"
    r"|of\s+the\s+year\s+)?(?:(?P<year>\d{4})\b"
    rf"|(?P<century>(?:one|two)\s+thousand(?:,?\s+(?:{'|'.join(_ONES[:9])})\s+hundred)?(?:\s+and)?(?:\s+{CARDINAL})?))"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?"
_SEQUEL = r"(?:\s+(?P<sequel>next\s+following|next|of\s+(?:this|the\s+(?:same|current|present))\s+year))?"
_UNIT = (
    r"(?P<unit>(?:working|business|calendar|clear|full|consecutive)?[\s-]*(?:hour|day|week|fortnight|month|year)s?)\b"
)

_PLAIN_DAYS = (
    re.compile(
        rf"{_WEEKDAY}(?:the\s+)?(?P<day>{_DAY})(?:\s+day)?(?:\s+of)?\s+(?P<month>{MONTH})(?:{_YEAR}|{_SEQUEL})",
    ),
    re.compile(rf"{_WEEKDAY}(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{_DAY})\b(?:{_YEAR}|{_SEQUEL})"),
    re.compile(r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})[./-](?P<number>\d{1,2})[./-](?P<year>\d{4})\b"),
)
_ENDS = (
    re.compile(
        rf"(?:the\s+)?(?:end|last\s+day|close)\s+of\s+(?:the\s+month\s+of\s+)?(?P<month>{MONTH})(?:{_YEAR}|{_SEQUEL})"
    ),
    re.compile(r"(?:the\s+)?(?:end|last\s+day|close)\s+of\s+(?:the\s+year\s+)?(?P<year>\d{4})\b"),
    re.compile(
        rf"(?:the\s+)?(?P<instant>{_DAY})\s+(?:day\s+)?(?:(?P<this>instant\b|inst\.|of\s+(?:this"
        rf"|the\s+(?:current|present))\s+month)|proximo\b|prox\.|of\s+next\s+month)"
    ),
    re.compile(
        r"(?:the|this|the\s+(?:current|present))\s+(?P<span>year|month)\s+(?:is\s+(?:out|over|up)|ends|has\s+ended"
        r"|closes|comes\s+to\s+an\s+end)\b"
    ),
    re.compile(
        r"(?:next\s+)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:\s+next)?\b(?!,?\s+(?:the\s+)?\d)"
    ),
    re.compile(
        r"(?:the\s+)?end\s+of\s+(?P<when>the|this|next|the\s+following|the\s+coming)\s+(?P<stretch>week"
        r"|month|quarter|year)\b(?!\s+(?:of|after|following))"
    ),
    re.compile(
        r"(?:the\s+)?(?:end|last\s+day|close)\s+of\s+(?:the\s+|this\s+)(?:current\s+|calendar\s+|present\s+|same\s+)?"
        r"(?P<span>year|quarter|month)\b(?!\s+(?:of|after|following))"
    ),
    re.compile(
        r"(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?(?P<quarter>first|second|third"
        r"|fourth)\s+quarter(?:\s+of\s+(?P<year>\d{4}))?\b(?!\s+of\b)"
    ),
    re.compile(
        rf"(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+(?P<on>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
        rf"\s+(?:of|in)\s+(?P<month>{MONTH})\s+(?P<year>\d{{4}})\b"
    ),
    re.compile(rf"(?:mid[-\s]|the\s+middle\s+of\s+)(?P<mid>{MONTH})(?:{_YEAR}|{_SEQUEL})"),
    re.compile(rf"(?P<coarse>{MONTH})\s+(?P<year>\d{{4}})\b"),
)
_PERIOD = re.compile(
    rf"(?:(?P<half>half\s+an?|half\s+a)\s+(?P<halfunit>hour|day|week|month|year)\b"
    r"|(?<=\bnext\s)(?P<next>hour|day|week|fortnight|month|year)\b|(?<=\bcoming\s)(?P<coming>hour|day|week"
    r"|fortnight|month|year)\b"
    r"|(?<=\bfollowing\s)(?P<following>hour|day|week|fortnight|month|year)\b|(?<=\bsame\s)(?P<same>week"
    r"|fortnight|month)\b"
    rf"|(?P<number>\d{{1,4}}(?:\.5)?|{CARDINAL}|an?\b)(?:\s*\(\s*(?:\d{{1,4}}"
    rf"|{CARDINAL})\s*\))?(?P<andhalf>\s+and\s+a\s+half)?"
    rf"(?:[\s-]+(?:further|more|additional))?[\s-]+{_UNIT}(?P<tail>\s+and\s+a\s+half)?)",
    re.IGNORECASE,
)
_TIME = (
    r"(?P<clock>\d{1,2}(?:[:.h]\d{2})(?:\s*(?:hours|hrs|h)\b)?(?:\s*[ap]\.?m\b\.?)?|\d{4}\s*(?:hours|hrs)\b"
    r"|\d{1,2}\s*[ap]\.?m\b\.?"
    r"|(?:twelve\s+o['’]clock\s+)?(?:noon|midnight)|midday"
    r"|\w+\s+o['’]clock(?:\s+in\s+the\s+(?P<half>morning|afternoon|evening))?"
    r"|(?P<vague>sunset|sunrise|dawn|dusk|first\s+light|nightfall|daybreak))"
)
_ZONE = (
    r"(?:,?\s+\(?(?P<zone>local\s+time|UTC(?:\s*[+−-]\s*\d{1,2}(?::\d\d)?)?|GMT(?:\s*[+−-]\s*\d{1,2}(?::\d\d)?)?"
    r"|(?:[A-Z][\w’'-]+\s+){1,3}(?:standard\s+)?time|Z)\b\)?)?"
    r"(?:,?\s+\(?(?P<offset>(?:UTC|GMT)\s*(?:[+−-]\s*\d{1,2}(?::\d\d)?)?)\)?)?"
)
_HOUR_BEFORE = re.compile(
    rf"(?:\b(?:at|by|from|before|until)\s+)?(?:the\s+hour\s+of\s+)?{_TIME}{_ZONE},?(?:\s+(?:on|of))?\s+$"
)
_ZONE_AFTER = re.compile(
    r",?\s+\(?(?P<zone>local\s+time|(?:[A-Z][\w’'-]+\s+){1,3}(?:standard\s+)?time|UTC(?:[+−-]\d{1,2})?"
    r"|GMT(?:[+−-]\d{1,2})?)\b\)?"
)
_HOUR_AFTER = re.compile(rf",?\s+at\s+{_TIME}{_ZONE}")


LOOK_BACK = 160
"""Characters before a day or a length in which its hour or its limit is looked for."""


@dataclass(frozen=True, slots=True)
class Hour:
    """An exact hour in place.

    Attributes:
        clock: ``HH:MM``; ``None`` for sunset and the like.
        zone: ``UTC+3`` where an offset is given, else the words; ``None`` where there are none.
    """

    start: int
    end: int
    clock: str | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day in place.

    Attributes:
        rule: an ISO day, or how it follows from the signing ("next 03-31 after signing", "end of year of signing").
        is_coarse: only a month or a year was named: the last day of it stands.
    """

    start: int
    end: int
    rule: str
    is_coarse: bool = False
    hour: Hour | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A length in place: units such as ``(("months", 9), ("days", 15))``."""

    start: int
    end: int
    units: tuple[tuple[str, int], ...]


@functools.cache
def _numbers() -> dict[str, int]:
    table = {word: number for number, word in enumerate(_ONES, start=1)}
    table |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
    return table | {"a": 1, "an": 1}


def read_cardinal(words: str) -> int:
    """A number in digits or words.

    >>> read_cardinal("forty-five"), read_cardinal("one hundred and twenty"), read_cardinal("135")
    (45, 120, 135)
    """
    if words[0].isdigit():
        return int(float(words))
    total = 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word == "hundred":
            total *= 100
        elif word != "and":
            total += _numbers()[word]
    return total


def read_ordinal(words: str) -> int:
    """A place in a row.

    >>> read_ordinal("twenty-first"), read_ordinal("3rd"), read_ordinal("thirtieth")
    (21, 3, 30)
    """
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits.group())
    total = 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word in _ORDINALS:
            total += _ORDINALS.index(word) + 1
        elif word in _ORDINAL_TENS:
            total += 10 * (_ORDINAL_TENS.index(word) + 2)
        else:
            total += 100 if word == "hundredth" else _numbers()[word]
    return total


def find_days(text: str) -> tuple[Day, ...]:
    """The days that ``text`` names, in order; of two that overlap the one that begins first, then the longer one.

    >>> [day.rule for day in find_days("by 31 March, on May 3, 2032 and before the end of the year")]
    ['next 03-31 after signing', '2032-05-03', 'end of year of signing']
    """
    found: list[Day] = []
    for pattern in (*_PLAIN_DAYS, *_ENDS):
        for match in pattern.finditer(text):
            day = _read_day(match)
            if day is not None:
                found.append(day)
    found.sort(key=lambda day: (day.start, -day.end))
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(_with_hour(text, day))
    return tuple(kept)


def _read_day(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    year = parts.get("year")
    if year is None and parts.get("century"):
        year = str(_read_year(parts["century"]))
    if parts.get("instant"):
        number = int(parts["instant"]) if parts["instant"].isdigit() else read_ordinal(parts["instant"])
        month_of = "signing" if parts["this"] else "signing + 1 months"
        return Day(match.start(), match.end(), f"day {number} of month of {month_of}")
    if parts.get("which"):
        return Day(match.start(), match.end(), _weekday_of_month(match))
    if parts.get("weekday"):
        return Day(match.start(), match.end(), f"next {parts['weekday']} after signing")
    if parts.get("stretch"):
        is_next = parts["when"] in ("next", "the following", "the coming")
        ahead = f" + 1 {parts['stretch']}s" if is_next else ""
        return Day(match.start(), match.end(), f"end of {parts['stretch']} of signing{ahead}")
    if parts.get("span"):
        return Day(match.start(), match.end(), f"end of {parts['span']} of signing")
    if parts.get("quarter"):
        month = 3 * read_ordinal(parts["quarter"])
        if year is None:
            if "end of" not in match.group():
                return None
            return Day(
                match.start(), match.end(), f"next {month:02d}-{calendar.monthrange(2001, month)[1]} after signing"
            )
        is_coarse = "end of" not in match.group()
        return Day(match.start(), match.end(), _iso(int(year or 0), month, 31), is_coarse)
    name = parts.get("month") or parts.get("mid") or parts.get("coarse")
    if name is None and "number" not in parts:
        return Day(match.start(), match.end(), f"{year}-12-31")
    month = int(parts["number"]) if parts.get("number") else _month_number(str(name))
    is_coarse = bool(parts.get("coarse"))
    day = 15 if parts.get("mid") else 31
    if parts.get("day"):
        day = int(parts["day"]) if parts["day"].isdigit() else read_ordinal(parts["day"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year is None:
        return Day(match.start(), match.end(), f"next {month:02d}-{day:02d} after signing", is_coarse)
    if parts.get("day") and day > calendar.monthrange(int(year), month)[1]:
        return None
    return Day(match.start(), match.end(), _iso(int(year), month, day), is_coarse)


def _weekday_of_month(match: re.Match[str]) -> str:
    """ "The last Friday of September 2035", ISO."""
    year, month = int(match["year"]), _month_number(match["month"])
    weekday = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun").index(match["on"].removesuffix("day"))
    weeks = [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]
    place = -1 if match["which"] == "last" else read_ordinal(match["which"]) - 1
    return _iso(year, month, weeks[place])


def _read_year(words: str) -> int:
    """A year in words.

    >>> _read_year("one thousand seven hundred and sixty-one"), _read_year("two thousand and six")
    (1761, 2006)
    """
    thousands, _, rest = re.sub(r"[\s,]+", " ", words).partition(" thousand")
    hundreds = re.match(r"\s+(\w+)\s+hundred", rest)
    total = 1000 * read_cardinal(thousands) + (100 * read_cardinal(hundreds[1]) if hundreds else 0)
    left = re.sub(r"^\s*(?:and\s+)?", "", rest[hundreds.end() :] if hundreds else rest)
    return total + (read_cardinal(left) if left else 0)


def _month_number(name: str) -> int:
    return next(
        number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower().strip(".")[:3])
    )


def _iso(year: int, month: int, day: int) -> str:
    last = calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 28
    return f"{year:04d}-{month:02d}-{min(day, last):02d}"


def _with_hour(text: str, day: Day) -> Day:
    before = _HOUR_BEFORE.search(text, max(0, day.start - LOOK_BACK), day.start)
    match = before or _HOUR_AFTER.match(text, day.end)
    if match is None:
        return day
    zone_after = _ZONE_AFTER.match(text, day.end)
    zone = read_zone(match) or (zone_after["zone"] if zone_after else None)
    # The words before the clock ("at") belong to the deadline's own words.
    start = match.start("clock") if before else day.start
    end = day.end if before else match.end()
    if zone_after and read_zone(match) is None:
        end = zone_after.end()
    hour = Hour(match.start("clock"), match.end(), read_clock(match), zone)
    return Day(start, end, day.rule, day.is_coarse, hour)


def read_clock(match: re.Match[str]) -> str | None:
    """``HH:MM`` of a match of the clock; ``None`` for sunset and the like."""
    words = match["clock"].lower()
    if match["vague"]:
        return None
    if "noon" in words or "midday" in words:
        return "12:00"
    if "midnight" in words:
        return "00:00"
    numbers = re.match(r"(\d{1,2})(?:[:.h](\d{2}))?", words)
    if re.match(r"\d{4}\s*h", words):
        hour, minute = int(words[:2]), int(words[2:4])
    elif numbers:
        hour, minute = int(numbers[1]), int(numbers[2] or 0)
    else:
        word = words.split()[0]
        if word not in _ONES:
            return None
        hour, minute = _ONES.index(word) + 1, 0
        if match["half"] in ("afternoon", "evening") and hour < 12:
            hour += 12
    if re.search(r"p\.?m", words) and hour < 12:
        hour += 12
    if re.search(r"a\.?m", words) and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None


def read_zone(match: re.Match[str]) -> str | None:
    """The zone of a match of the clock, an offset before a name."""
    zone = match["offset"] or match["zone"]
    if zone is None:
        return None
    return re.sub(r"\s*[−-]\s*", "-", re.sub(r"\s*\+\s*", "+", zone)) if zone[:3] in ("UTC", "GMT") else str(zone)


def find_periods(text: str) -> tuple[Period, ...]:
    """The lengths that ``text`` names, in order.

    >>> [period.units for period in find_periods("nine and a half months, 72 hours, a fortnight")]
    [(('months', 9), ('days', 15)), (('hours', 72),), (('days', 14),)]
    """
    return tuple(_read_period(match) for match in _PERIOD.finditer(text))


def _read_period(match: re.Match[str]) -> Period:
    if match["half"]:
        units = {"year": (("months", 6),), "month": (("days", 15),), "hour": (("hours", 0),)}
        return Period(match.start(), match.end(), units.get(match["halfunit"].lower(), (("days", 0),)))
    single = match["next"] or match["coming"] or match["following"] or match["same"]
    if single:
        unit = single.lower()
        return Period(match.start(), match.end(), (("days", 14),) if unit == "fortnight" else ((f"{unit}s", 1),))
    number = read_cardinal(match["number"])
    words = match["unit"].lower()
    half = bool(match["andhalf"] or match["tail"] or match["number"].endswith(".5"))
    unit = re.sub(r"s?$", "", words.split()[-1].split("-")[-1]) + "s"
    if unit == "fortnights":
        return Period(match.start(), match.end(), (("days", 14 * number),))
    if unit == "twelvemonths":
        return Period(match.start(), match.end(), (("months", 12 * number),))
    if unit == "days" and re.match(r"(?:working|business)", words):
        unit = "working days"
    made = [(unit, number)] if number else []
    if half:
        made.append({"years": ("months", 6), "months": ("days", 15), "weeks": ("days", 3)}.get(unit, ("days", 0)))
    return Period(match.start(), match.end(), tuple(made))


def add_units(day: str, units: tuple[tuple[str, int], ...], sign: int = 1) -> str | None:
    """The ISO day so many units on, or back; months by the calendar, the day clipped; hours in whole days.

    ``None`` for what is no day or leaves the calendar.

    >>> add_units("2031-01-31", (("months", 1),)), add_units("2033-10-17", (("days", 30),), -1)
    ('2031-02-28', '2033-09-17')
    """
    moment: Moment | None = parse_moment(day)
    if moment is None or moment.day is None:
        return None
    for unit, number in units:
        if moment is None:
            return None
        if unit in ("months", "years"):
            moment = shift_months(moment, sign * number * (12 if unit == "years" else 1))
        elif unit == "working days":
            moment = _shift_working(moment, sign * number)
        else:
            days = {"weeks": 7 * number, "days": number, "hours": number // 24}[unit]
            moment = shift_days(moment, sign * days)
    return moment.iso if moment is not None and 1 <= moment.year <= 9999 else None


def _shift_working(moment: Moment, number: int) -> Moment | None:
    """So many days on that are not Saturday or Sunday; holidays are not known."""
    if not 1 <= moment.year <= 9990 or abs(number) > 2000:
        return None
    day, step = date(moment.year, moment.month or 1, moment.day or 1), 1 if number > 0 else -1
    left = abs(number)
    while left:
        day += timedelta(days=step)
        left -= day.weekday() < 5
    return Moment(day.year, day.month, day.day)
