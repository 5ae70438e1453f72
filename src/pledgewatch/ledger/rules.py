"""The rules by which deadlines are counted: written for machines, and computed again when an anchor moves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from pledgewatch.ledger.days import add_units
from pledgewatch.model.agreement import Agreement
from pledgewatch.text.times.calendar import days_in_month, parse_moment

SIGNING = "signing"
ENTRY = "entry into force"

_OFFSET = re.compile(r"\s([+-])\s(\d+)\s(working days|days|weeks|months|years|hours)")
_NEXT = re.compile(r"next (\d\d)-(\d\d) after (.+)")
_WEEKDAY = re.compile(r"next (Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday) after (.+)")
_DAY_OF_MONTH = re.compile(r"day (\d{1,2}) of month of (.+)")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_END = re.compile(r"end of (week|month|quarter|year) of (.+)")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def write_rule(anchor: str, units: tuple[tuple[str, int], ...], sign: int = 1) -> str:
    """A rule in words that :func:`compute_rule` reads.

    >>> write_rule("signing", (("months", 9), ("days", 15)))
    'signing + 9 months + 15 days'
    """
    mark = "+" if sign > 0 else "-"
    return anchor + "".join(f" {mark} {number} {unit}" for unit, number in units)


def find_anchor_of_rule(rule: str) -> str:
    """What a rule counts from: the name of an anchor, a commitment's id, or a day.

    >>> find_anchor_of_rule("end of month of entry into force + 3 months"), find_anchor_of_rule("c_1.1 + 9 months")
    ('entry into force', 'c_1.1')
    """
    for pattern, group in ((_NEXT, 3), (_END, 2), (_WEEKDAY, 2), (_DAY_OF_MONTH, 2)):
        match = pattern.fullmatch(rule)
        if match:
            return find_anchor_of_rule(match[group])
    offset = _OFFSET.search(rule)
    return rule[: offset.start()] if offset else rule


def compute_rule(rule: str, anchors: Mapping[str, str]) -> str | None:
    """The ISO day that a rule comes to; ``None`` when the day of its anchor is not known.

    >>> compute_rule("end of month of signing + 3 months", {"signing": "2032-06-01"})
    '2032-09-30'
    >>> compute_rule("next 03-01 after signing", {"signing": "2033-10-30"}), compute_rule("the vote - 30 days", {})
    ('2034-03-01', None)
    """
    following = _NEXT.fullmatch(rule)
    if following:
        return _next_day(compute_rule(following[3], anchors), int(following[1]), int(following[2]))
    weekday = _WEEKDAY.fullmatch(rule)
    if weekday:
        return _next_weekday(compute_rule(weekday[2], anchors), _WEEKDAYS.index(weekday[1]))
    numbered = _DAY_OF_MONTH.fullmatch(rule)
    if numbered:
        return _day_in(compute_rule(numbered[2], anchors), int(numbered[1]))
    end = _END.fullmatch(rule)
    if end:
        return _end_of(end[1], compute_rule(end[2], anchors))
    anchor = find_anchor_of_rule(rule)
    day: str | None = anchor if _ISO_DAY.fullmatch(anchor) else anchors.get(anchor)
    for mark, number, unit in _OFFSET.findall(rule[len(anchor) :]):
        day = add_units(day, ((unit, int(number)),), 1 if mark == "+" else -1) if day else None
    return day if day and parse_moment(day) else None


def _day_in(inside: str | None, number: int) -> str | None:
    """The day of that number in the month of another day; the last one where the month is shorter."""
    moment = parse_moment(inside)
    if moment is None or moment.month is None:
        return None
    return f"{moment.year:04d}-{moment.month:02d}-{min(number, days_in_month(moment.year, moment.month)):02d}"


def _end_of(stretch: str, inside: str | None) -> str | None:
    """The last day of the week, month, quarter or year of another day; a week ends on Sunday."""
    moment = parse_moment(inside)
    if moment is None or moment.month is None or not 1 <= moment.year <= 9998:
        return None
    if stretch == "week":
        first = date(moment.year, moment.month, moment.day or 1)
        return (first + timedelta(days=6 - first.weekday())).isoformat()
    month = {"year": 12, "quarter": -(-moment.month // 3) * 3}.get(stretch, moment.month)
    return _day_in(f"{moment.year:04d}-{month:02d}-01", 31)


def _next_weekday(after: str | None, weekday: int) -> str | None:
    moment = parse_moment(after)
    if moment is None or moment.day is None or moment.month is None or not 1 <= moment.year <= 9998:
        return None
    day = date(moment.year, moment.month, moment.day)
    return (day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)).isoformat()


def _next_day(after: str | None, month: int, day: int) -> str | None:
    moment = parse_moment(after)
    if moment is None or moment.day is None:
        return None
    for year in range(moment.year, moment.year + 9):
        candidate = f"{year:04d}-{month:02d}-{min(day, days_in_month(year, month)):02d}"
        if candidate >= str(after):
            return candidate
    return None


def recompute_deadlines(agreement: Agreement, anchors: Mapping[str, str]) -> Agreement:
    """The agreement with every deadline counted again from other days of its anchors.

    A deadline that counts from another commitment's follows it; a chain that runs in a circle, or whose anchor is not
    known, has no date. What a later instrument moved stays where it was moved to, and dates that rest on no rule stay.

    Args:
        anchors: ISO days by name ("signing", "entry into force", "elections"); those not given stay as they are.

    Returns:
        The same agreement when nothing moved.
    """
    merged = {**dict(agreement.anchors), **anchors}
    deadlines = {one.id: one.deadline for one in agreement.commitments if one.deadline}
    known: dict[str, str | None] = {}

    def date_of(key: str, seen: frozenset[str]) -> str | None:
        if key in known:
            return known[key]
        deadline = deadlines.get(key)
        if deadline is None or key in seen:
            return None
        if deadline.rule is None:
            known[key] = deadline.date
            return deadline.date
        anchor = find_anchor_of_rule(deadline.rule)
        given = dict(merged)
        if anchor in deadlines:
            day = date_of(anchor, seen | {key})
            given.pop(anchor, None)
            if day:
                given[anchor] = day
        known[key] = compute_rule(deadline.rule, given)
        return known[key]

    commitments = tuple(
        replace(one, deadline=replace(one.deadline, date=date_of(one.id, frozenset()))) if one.deadline else one
        for one in agreement.commitments
    )
    signed = merged.get(SIGNING, agreement.date)
    return replace(agreement, commitments=commitments, anchors=tuple(sorted(merged.items())), date=signed)
