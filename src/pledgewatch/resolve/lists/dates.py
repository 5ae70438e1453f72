"""Dates as lists write them, to ISO dates as coarse as they are stated."""

from __future__ import annotations

import calendar
import datetime
import re

_MONTHS = {
    **{name.casefold(): number for number, name in enumerate(calendar.month_name) if name},
    **{name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name},
    "sept": 9,
}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*|Z|[+-]\d{2}:\d{2})?")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2})[\s.-]+)?([A-Za-z]{3,9})\.?,?[\s-]*(\d{4})")
_AMERICAN = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_YEAR = re.compile(r"\d{4}")
_ABOUT = re.compile(r"^(?:circa|c\.|ca\.?|approximately|approx\.?|about|around)\s*", re.IGNORECASE)
_RANGE = re.compile(r"^(?:between\s+)?(.+?)\s+(?:and|to|through)\s+(.+)$", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")


def parse_date(words: str, *, day_first: bool = True) -> str | None:
    """The ISO date that words state, a range as ``from/to``; ``None`` when they state none that exists.

    Zeros for a day or month that is not known are left out; "circa" is not kept.

    >>> parse_date("05 Jul 2031"), parse_date("Nov. 2031"), parse_date("00/00/2031"), parse_date("2031-05-02-05:00")
    ('2031-07-05', '2031-11', '2031', '2031-05-02')
    >>> parse_date("between Aug. and Sep. 2031"), parse_date("circa 2029-2031"), parse_date("31/02/2031")
    ('2031-08/2031-09', '2029/2031', None)
    """
    words = _ABOUT.sub("", " ".join(words.split()).strip(" .;,"))
    single = _parse_one(words, day_first)
    if single is not None:
        return single
    years = _YEARS.fullmatch(words)
    if years is not None:
        return _range(years.group(1), years.group(2))
    both = _RANGE.match(words)
    if both is None:
        return None
    until = _parse_one(_ABOUT.sub("", both.group(2)), day_first)
    since = _parse_one(_ABOUT.sub("", both.group(1)), day_first)
    if since is None and until is not None:
        since = _parse_one(f"{both.group(1)} {until[:4]}", day_first)
    return _range(since, until) if since is not None and until is not None else None


def _range(since: str, until: str) -> str | None:
    if since == until:
        return since
    return f"{since}/{until}" if since < until else None


def _parse_one(words: str, day_first: bool) -> str | None:
    if _YEAR.fullmatch(words):
        return _make(words, None, None)
    match = _ISO.fullmatch(words)
    if match is not None:
        return _make(*match.groups())
    match = _ISO_MONTH.fullmatch(words)
    if match is not None:
        return _make(match.group(1), match.group(2), None)
    match = _SLASHED.fullmatch(words)
    if match is not None:
        day, month = match.group(1, 2) if day_first else match.group(2, 1)
        return _make(match.group(3), month, day)
    match = _AMERICAN.fullmatch(words)
    if match is not None and match.group(1).casefold() in _MONTHS:
        return _make(match.group(3), str(_MONTHS[match.group(1).casefold()]), match.group(2))
    match = _WORDED.fullmatch(words)
    if match is not None and match.group(2).casefold() in _MONTHS:
        return _make(match.group(3), str(_MONTHS[match.group(2).casefold()]), match.group(1))
    return None


def _make(year: str, month: str | None, day: str | None) -> str | None:
    numbers = int(year), int(month or 0), int(day or 0)
    if not 1000 <= numbers[0] <= 9999:
        return None
    if not numbers[1]:
        return f"{numbers[0]:04}"
    if not numbers[2]:
        return f"{numbers[0]:04}-{numbers[1]:02}" if numbers[1] <= 12 else None
    try:
        return datetime.date(*numbers).isoformat()
    except ValueError:
        return None


def parse_day(words: str, *, day_first: bool = True) -> str | None:
    """The one day that words state as an ISO date; ``None`` when they state none, or no whole day.

    >>> parse_day("14-Nov-2031"), parse_day("09/18/2031", day_first=False), parse_day("2031")
    ('2031-11-14', '2031-09-18', None)
    """
    date = parse_date(words, day_first=day_first)
    return date if date is not None and len(date) == 10 else None


def day_in_name(path: str) -> str | None:
    """The day that the name of a file states; a month stands for its last day, so that nothing is known too early.

    >>> day_in_name("lists/sdn_2031-05-02.csv"), day_in_name("sdn_2031-02.csv"), day_in_name("sdn.csv")
    ('2031-05-02', '2031-02-28', None)
    """
    name = re.split(r"[/\\]", path)[-1]
    match = re.search(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)", name)
    if match is not None and (day := _make(*match.groups())) is not None:
        return day
    match = re.search(r"(?<!\d)(\d{4})-(\d{2})(?!\d)", name)
    if match is None or _make(match.group(1), match.group(2), None) is None or int(match.group(2)) < 1:
        return None
    year, month = int(match.group(1)), int(match.group(2))
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
