"""The deadlines of an agreement as a calendar: iCalendar, RFC 5545, one event a deadline with its clause quoted."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from icalendar import Calendar, Event

from pledgewatch.model.agreement import Agreement, Commitment, Deadline
from pledgewatch.model.identity import make_id

_OFFSET = re.compile(r"(?:UTC|GMT|Z)(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::(?P<minutes>\d\d))?)?")
_NAMED = re.compile(r"(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)\s+(?:standard\s+)?time")


def write_calendar(agreement: Agreement) -> bytes:
    """The calendar of an agreement's deadlines: bytes of an ``.ics`` file, the same for the same agreement.

    An agreement's own text is its owner's: this is no release, and a case's documents do not go through here. A
    deadline to the day
    is an event of the whole day; one with an hour starts at that hour, in UTC where the words give an offset or a zone
    that is
    known, else in local time as it stands. Deadlines without a date are left out. A deadline that was moved says from
    when.

    >>> write_calendar(Agreement("d", "Accord", None, ())).split(b"\\r\\n")[0]
    b'BEGIN:VCALENDAR'
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Pledgewatch//Ledger//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", agreement.title)
    for commitment in agreement.commitments:
        if commitment.deadline is not None and commitment.deadline.date:
            calendar.add_component(_make_event(agreement, commitment, commitment.deadline))
    return bytes(calendar.to_ical())


def _make_event(agreement: Agreement, commitment: Commitment, deadline: Deadline) -> Event:
    day = date.fromisoformat(str(deadline.date))
    event = Event()
    event.add("uid", f"{make_id('deadline', agreement.title, commitment.id)}@pledgewatch")
    # No clock is read: the stamp is the day of the agreement, so that the same agreement gives the same bytes.
    event.add("dtstamp", datetime.combine(_day_of(agreement), time(0), UTC))
    begin = read_moment(day, deadline)
    event.add("dtstart", begin if begin is not None else day)
    if begin is None:
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{commitment.clause} {', '.join(commitment.obligor)}: {_shorten(commitment.act.text)}")
    event.add("description", _describe(agreement, commitment, deadline))
    event.add("categories", [commitment.modality, commitment.force])
    event.add("transp", "TRANSPARENT")
    return event


def _day_of(agreement: Agreement) -> date:
    try:
        return date.fromisoformat(agreement.date or "")
    except ValueError:
        return date(1970, 1, 1)


def read_moment(day: date, deadline: Deadline) -> datetime | None:
    """The moment of a deadline with an hour; naive where its zone is not known; ``None`` without an hour.

    >>> from pledgewatch.model.span import Span
    >>> read_moment(date(2031, 3, 4), Deadline(Span(0, 0, ""), "2031-03-04", time="06:00", zone="UTC+3")).isoformat()
    '2031-03-04T03:00:00+00:00'
    """
    if deadline.time is None:
        return None
    hour, minute = (int(part) for part in deadline.time.split(":"))
    moment = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24, minute))
    zone = find_zone(deadline.zone)
    return moment if zone is None else moment.replace(tzinfo=zone).astimezone(UTC)


def find_zone(words: str | None) -> tzinfo | None:
    """The zone that an agreement's words name: an offset, or the time of a city; ``None`` where it can't be told.

    >>> str(find_zone("UTC+3")), str(find_zone("Damascus time")), find_zone("Lume time")
    ('UTC+03:00', 'Asia/Damascus', None)
    """
    offset = _OFFSET.fullmatch(words or "")
    if offset:
        minutes = 60 * int(offset["hours"] or 0) + int(offset["minutes"] or 0)
        return (
            timezone(timedelta(minutes=-minutes if offset["sign"] == "-" else minutes)) if minutes < 24 * 60 else None
        )
    named = _NAMED.fullmatch(words or "")
    if named is None:
        return None
    tail = "/" + named["name"].replace(" ", "_")
    hits = sorted(
        name for name in zoneinfo.available_timezones() if name.endswith(tail) and not name.startswith("posix")
    )
    if named["name"] in ("Greenwich", "Greenwich Mean", "Universal"):
        return UTC
    return zoneinfo.ZoneInfo(hits[0]) if hits else None


def _describe(agreement: Agreement, commitment: Commitment, deadline: Deadline) -> str:
    lines = [f"“{' '.join(commitment.span.text.split())}”", f"{agreement.title}, {commitment.clause}"]
    if deadline.time and deadline.zone:
        lines.append(f"At {deadline.time}, {deadline.zone}.")
    if deadline.rule and deadline.rule != deadline.date:
        lines.append(f"Counted: {deadline.rule}.")
    lines += [
        f"Moved from {moved.date or 'no date'}" + (f" on {moved.on}." if moved.on else ".")
        for moved in deadline.history
    ]
    lines += [f"If: {' '.join(condition.span.text.split())}" for condition in commitment.conditions]
    return "\n".join(dict.fromkeys(lines))


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else f"{words[:87].rstrip()}…"
