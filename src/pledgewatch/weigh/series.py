"""Estimates of one thing over time: best, low, high, as of, by whom; and whether they differ, follow or conflict."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import resources
from typing import Any, Literal

import yaml

from pledgewatch.model.assessment import EstimatePoint, EstimateSeries
from pledgewatch.model.reading import Estimate
from pledgewatch.model.span import Span
from pledgewatch.text.wordforms import fold_word
from pledgewatch.weigh.documentindex import DocumentIndex
from pledgewatch.weigh.evidence import Case, identify_speaker
from pledgewatch.weigh.passages import Passage
from pledgewatch.weigh.when import days_apart, read_days, read_places

SAME_TIME = 31
"""Most days between two figures that are taken to be for one time."""

ROUGH = 0.2
"""Share by which an approximate figure may be off on either side."""


Thing = tuple[str, str, frozenset[str]]
"""What is counted: the folded last word, the unit, the names before it ("Ashen Banner")."""


def build_series(case: Case, estimates: Iterable[tuple[str, str]]) -> tuple[EstimateSeries, ...]:
    """The series among some estimates, by what is counted; figures for a rise or a fall are no level and left out.

    Figures are of one thing when the last of the counted words is one word (``counted.yml``), the unit is the same, and
    the names before it are the same, as far as both have any. Words as general as "people" count no one thing. Within
    an origin a figure told again counts once, as first told.

    Args:
        estimates: ``(document id, estimate id)``.
    """
    indexes = {
        index.document.id: (index, passages) for index, passages in zip(case.indexes, case.passages, strict=True)
    }
    groups: dict[Thing, list[tuple[str, EstimatePoint, str]]] = {}
    for document, wanted in estimates:
        index, passages = indexes[document]
        estimate = next(one for one in index.reading.estimates if one.id == wanted)
        thing = _name_thing(estimate)
        if thing is not None:
            voice, point = _make_point(case, index, passages, estimate)
            groups.setdefault(thing, []).append((voice, point, " ".join((estimate.counted or "").split())))
    series = []
    for things in _join_things(groups):
        members = [member for thing in things for member in groups[thing]]
        points = _count_origins_once([(voice, point) for voice, point, _ in members])
        if len(points) > 1:
            _, _, name = min(members, key=lambda member: (-len(member[2]), _order(member[1])))
            series.append(_judge(name, things[0][1] or None, points))
    return tuple(series)


def _name_thing(estimate: Estimate) -> Thing | None:
    if not estimate.counted or estimate.change != "none" or not _numbers(estimate):
        return None
    *before, last = estimate.counted.split()
    head = _same_things().get(fold_word(last), fold_word(last))
    # "5,000 Americans": a people is no more one thing than "people" is.
    if last[:1].isupper() or not head or head in _general_things():
        return None
    return head, estimate.unit or "", frozenset(fold_word(word) for word in before if word[:1].isupper())


def _join_things(things: Iterable[Thing]) -> list[list[Thing]]:
    """Things of one word and unit joined where one's names are among the other's; the nameless where it is clear."""
    joined: list[list[Thing]] = []
    for thing in sorted(things, key=lambda one: (one[0], one[1], -len(one[2]), sorted(one[2]))):
        fits = [group for group in joined if group[0][:2] == thing[:2] and any(thing[2] <= other[2] for other in group)]
        if len(fits) == 1:
            fits[0].append(thing)
        else:
            joined.append([thing])
    return joined


def _make_point(
    case: Case, index: DocumentIndex, passages: Sequence[Passage], estimate: Estimate
) -> tuple[str, EstimatePoint]:
    place = (estimate.span.start, estimate.span.end)
    holders = [
        (b - a, passage.statement, passage)
        for passage in passages
        for a, b in passage.content
        if a <= place[0] and place[1] <= b
    ]
    speaker = identify_speaker(case, index, min(holders, key=lambda one: one[:2])[2]) if holders else None
    origin = case.origins.get(index.document.id)
    origin_id = origin.id if origin else index.document.id
    known = speaker.known_as if speaker else None
    voice = known or f"{origin_id} {speaker.key if speaker else 'narrator'}"
    return voice, EstimatePoint(
        index.document.id,
        estimate.id,
        Span.cut(index.text, *place),
        estimate.low,
        estimate.best,
        estimate.high,
        estimate.approximate,
        read_days(index, index.sentence_of(place))[1],
        index.available,
        speaker.name if speaker else None,
        origin_id,
        tuple(sorted(read_places(index, index.sentence_of(place)))),
        "stands",
    )


def _count_origins_once(points: Sequence[tuple[str, EstimatePoint]]) -> list[tuple[str, EstimatePoint]]:
    """Within an origin the same figure counts once, as the earliest document tells it."""
    first: dict[tuple[str, float, float], tuple[str, EstimatePoint]] = {}
    for voice, point in sorted(points, key=lambda one: _order(one[1])):
        first.setdefault((point.origin, *_bounds(point)), (voice, point))
    return sorted(first.values(), key=lambda one: _order(one[1]))


def _judge(counted: str, unit: str | None, points: Sequence[tuple[str, EstimatePoint]]) -> EstimateSeries:
    judged = [
        replace(point, state="superseded")
        if any(other == voice and _follows(point, later) for other, later in points)
        else point
        for voice, point in points
    ]
    standing = [point for point in judged if point.state == "stands"]
    at_odds = {
        point.estimate for point in standing if any(are_at_odds(point, two) for two in standing if two is not point)
    }
    judged = [
        replace(point, state="in conflict") if point.state == "stands" and point.estimate in at_odds else point
        for point in judged
    ]
    ranges = {_bounds(point) for point in standing}
    state: Literal["agreed", "spread", "superseded", "in conflict"] = "agreed"
    if at_odds:
        state = "in conflict"
    elif len(ranges) > 1:
        state = "spread"
    elif any(point.state == "superseded" and _bounds(point) not in ranges for point in judged):
        state = "superseded"
    return EstimateSeries(counted, unit, state, tuple(judged))


def _follows(one: EstimatePoint, two: EstimatePoint) -> bool:
    """Whether the second of one voice's figures takes the place of the first."""
    return one.as_of < two.as_of and _is_one_place(one, two)


def _is_one_place(one: EstimatePoint, two: EstimatePoint) -> bool:
    return not one.places or not two.places or bool(set(one.places) & set(two.places))


def are_at_odds(one: EstimatePoint, two: EstimatePoint) -> bool:
    """Whether two figures can't both be right: for one time, their ranges apart even as roughly meant, one place."""
    if (one.origin == two.origin and one.said_by == two.said_by) or not _is_one_place(one, two):
        return False
    (low, high), (from_, to) = _rough(one), _rough(two)
    days = days_apart((one.as_of, one.as_of), (two.as_of, two.as_of))
    return days <= SAME_TIME and (high < from_ or to < low)


def _rough(point: EstimatePoint) -> tuple[float, float]:
    low, high = _bounds(point)
    return (low * (1 - ROUGH), high * (1 + ROUGH)) if point.approximate else (low, high)


def _bounds(point: EstimatePoint) -> tuple[float, float]:
    """Least and most that a figure says; a bound that it leaves open is open."""
    low = point.low if point.low is not None else point.best if point.best is not None else 0.0
    high = point.high if point.high is not None else point.best if point.best is not None else float("inf")
    return low, high


def _numbers(estimate: Estimate) -> list[float]:
    return [number for number in (estimate.low, estimate.best, estimate.high) if number is not None]


def _order(point: EstimatePoint) -> tuple[str, str, str, int]:
    return (point.as_of, point.published, point.document, point.span.start)


@functools.cache
def _table() -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = yaml.safe_load(
        resources.files("pledgewatch.weigh").joinpath("counted.yml").read_text("utf-8")
    )
    return table


@functools.cache
def _same_things() -> dict[str, str]:
    return {fold_word(word): fold_word(row[0]) for row in _table()["same"] for word in row}


@functools.cache
def _general_things() -> frozenset[str]:
    return frozenset(fold_word(word) for word in _table()["general"])
