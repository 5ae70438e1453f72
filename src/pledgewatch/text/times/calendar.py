"""Calendar arithmetic on ISO 8601 dates as coarse as known, with astronomical years (``-0479`` is 480 BC)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pledgewatch.errors import InputError

_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DURATION = re.compile(
    r"P(?=[\dT])(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as coarse as known: ``month`` and ``day`` are ``None`` where it does not go so far."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """ISO 8601."""
        tail = "" if self.month is None else f"-{self.month:02d}" + ("" if self.day is None else f"-{self.day:02d}")
        return write_year(self.year) + tail


def write_year(year: int) -> str:
    """Four digits, with a minus before the year 0.

    >>> write_year(476), write_year(-479)
    ('0476', '-0479')
    """
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def parse_moment(iso: str | None) -> Moment | None:
    """The moment of an ISO date, as coarse as given, whatever time follows; ``None`` when it is none."""
    match = _DATE.match(iso or "")
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0) or None, int(match[3] or 0) or None
    if (month or 1) > 12 or (day or 1) > days_in_month(year, month or 1):
        return None
    return Moment(year, month, day)


def days_in_month(year: int, month: int) -> int:
    """Length of a month of the (proleptic) Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def shift_months(moment: Moment, months: int) -> Moment:
    """The moment so many months on; the day is clipped to the month's length. A coarse moment stays as coarse."""
    if moment.month is None:
        return Moment(moment.year + months // 12)
    count = moment.year * 12 + moment.month - 1 + months
    year, month = count // 12, count % 12 + 1
    day = None if moment.day is None else min(moment.day, days_in_month(year, month))
    return Moment(year, month, day)


def shift_days(moment: Moment, days: int) -> Moment | None:
    """The day so many days on; ``None`` when the moment has no day or leaves the years -9999 to 9999."""
    if moment.month is None or moment.day is None:
        return None
    # Python's calendar starts in year 1; 400 years are a whole number of weeks, so earlier years are shifted into it.
    cycles = 0 if 1000 <= moment.year <= 9000 else (2000 - moment.year) // 400
    try:
        shifted = date(moment.year + 400 * cycles, moment.month, moment.day) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return Moment(shifted.year - 400 * cycles, shifted.month, shifted.day)


def add_duration(date_: str, duration: str) -> str:
    """The date a duration after another: years and months by the calendar, then weeks and days; the day is clipped.

    A coarse date stays as coarse where the duration allows it; a duration in days needs a date with a day.

    Args:
        date_: ISO 8601 date, to the day, month or year.
        duration: ISO 8601 duration (``P135D``, ``P9M15D``, ``P2W``, ``PT24H``); months must be whole.

    Raises:
        InputError: one of them is none, the duration is open (``PXD``), or the date is too coarse for it.

    >>> add_duration("2019-10-31", "P135D"), add_duration("2020-01-31", "P1M"), add_duration("2020-01", "P9M")
    ('2020-03-14', '2020-02-29', '2020-10')
    """
    moment = parse_moment(date_)
    if moment is None or not _DATE.fullmatch(date_):
        raise InputError(f"{date_!r} is not an ISO date", remedy="Give a date like 2020-02-29.")
    match = _DURATION.fullmatch(duration)
    if not match or not any(match.groups()):
        raise InputError(f"{duration!r} is not a closed ISO duration", remedy="Give a duration like P135D or P9M15D.")
    years, months, weeks, days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    whole_months = years * 12 + months
    total_days = weeks * 7 + days + (hours + minutes / 60 + seconds / 3600) / 24
    if whole_months != int(whole_months) or whole_months > 120_000 or total_days > 3_700_000:
        raise InputError(f"{duration!r} can't be counted on a calendar", remedy="Give whole months and days.")
    if moment.month is None and whole_months % 12:
        raise InputError(f"{date_!r} is too coarse for {duration!r}", remedy="Give the date to the month or day.")
    shifted: Moment | None = shift_months(moment, int(whole_months))
    if shifted and total_days:
        if shifted.day is None:
            raise InputError(f"{date_!r} is too coarse for {duration!r}", remedy="Give the date to the day.")
        shifted = shift_days(shifted, int(total_days))
    if shifted is None or not -9999 <= shifted.year <= 9999:
        raise InputError(f"{date_} and {duration} lead out of the calendar", remedy="Give a shorter duration.")
    return shifted.iso


def weekday_of(moment: Moment) -> int | None:
    """1 for Monday to 7 for Sunday; ``None`` without a day."""
    if moment.month is None or moment.day is None:
        return None
    return date(moment.year % 400 + 2000, moment.month, moment.day).isoweekday()


def iso_week(moment: Moment) -> str | None:
    """The ISO week that holds the day (``2021-W07``)."""
    if moment.month is None or moment.day is None or not 1 <= moment.year <= 9998:
        return None
    year, week, _ = date(moment.year, moment.month, moment.day).isocalendar()
    return f"{year:04d}-W{week:02d}"


def write_duration(amount: float | None, unit: str) -> str:
    """An amount of a unit as an ISO 8601 duration; ``None`` is an open amount (``X``).

    Units: ``S Min H D N W F M Y De Ce Mi We`` (nights are counted as days). Half units become the next smaller ones.

    >>> write_duration(9.5, "M"), write_duration(2, "De"), write_duration(None, "H"), write_duration(1.5, "Y")
    ('P9M15D', 'P20Y', 'PTXH', 'P1Y6M')
    """
    letter, factor = {
        "N": ("D", 1),
        "F": ("W", 2),
        "De": ("Y", 10),
        "Ce": ("Y", 100),
        "Mi": ("Y", 1000),
        "We": ("D", 2),
    }.get(unit, (unit, 1))
    if letter in ("H", "Min", "S"):
        letter, prefix = letter[0], "PT"
    else:
        prefix = "P"
    if amount is None:
        return f"{prefix}{'XX' if factor >= 100 else 'X0' if factor == 10 else 'X'}{letter}"
    amount *= factor
    whole = int(amount)
    if amount == whole:
        return f"{prefix}{whole}{letter}"
    smaller = {("P", "Y"): ("M", 12), ("P", "M"): ("D", 30), ("PT", "H"): ("M", 60)}.get((prefix, letter))
    rest = (amount - whole) * smaller[1] if smaller else 0.5
    if smaller is None or rest != int(rest):
        return f"{prefix}{amount:g}{letter}"
    head = f"{whole}{letter}" if whole else ""
    return f"{prefix}{head}{int(rest)}{smaller[0]}"
