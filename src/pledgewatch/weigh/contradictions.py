"""Pairs of claims that can't both hold, with both passages. They are shown; nothing here decides between them."""

from __future__ import annotations

from collections.abc import Sequence

from pledgewatch.model.assessment import CitedClaim, Contradiction, EstimatePoint, EstimateSeries
from pledgewatch.model.span import Span
from pledgewatch.weigh.evidence import Weighed, place_of_bearing
from pledgewatch.weigh.reckoning import SPECIFIC, Reckoner
from pledgewatch.weigh.series import are_at_odds
from pledgewatch.weigh.when import days_apart, read_days, read_places

FIRM = 0.3
"""Least bearing of a claim that contradicts another: "no evidence of it" and "must do more" contradict nothing."""

SAME_TIME = 62
"""Most days between two states of things that are taken to be of one time."""

SHOWN = 12
"""Most pairs of statements of one commitment; the strongest are kept."""


def find_contradictions(
    commitment: str, reckoner: Reckoner, series: Sequence[EstimateSeries]
) -> tuple[Contradiction, ...]:
    """The pairs of claims on one commitment that can't both hold, the strongest first.

    Two voices contradict each other, in one pair, when they speak for contrary directions of one time, of places that
    overlap where both name any, and of the whole. On one indicator that is enough; on two, both must be telling. Two
    estimates contradict each other when neither is superseded and their ranges and dates conflict.
    """
    claims = [
        (claim[0][2], [one for key in claim for one in reckoner.voices[key].said]) for claim in reckoner.list_claims()
    ]
    kept = [said for direction, said in claims if direction == "kept"]
    broken = [said for direction, said in claims if direction == "broken"]
    found: list[tuple[tuple[bool, float, tuple[str, ...]], Contradiction]] = []
    for one in kept:
        for two in broken:
            pair = _choose_pair(one, two)
            if pair is not None:
                first, second, days = pair
                is_same = first.indicator.id == second.indicator.id
                strength = min(first.bearing.bears, second.bearing.bears)
                order = (str(first.order), str(second.order))
                found.append(((not is_same, -strength, order), _show(commitment, first, second, days)))
    found.sort(key=lambda item: item[0])
    return (*(one for _, one in found[:SHOWN]), *_find_conflicts(commitment, series))


def _choose_pair(one: Sequence[Weighed], two: Sequence[Weighed]) -> tuple[Weighed, Weighed, int] | None:
    """The pieces by which two voices contradict each other most plainly, and the days between them."""
    pairs = []
    for first in one:
        for second in two:
            is_same = first.indicator.id == second.indicator.id
            if not (is_same or min(first.indicator.telling, second.indicator.telling) >= SPECIFIC):
                continue
            if min(first.bearing.bears, second.bearing.bears) < FIRM or not _is_whole(first) or not _is_whole(second):
                continue
            days = _days_between(first, second)
            if days is not None:
                strength = min(first.bearing.bears, second.bearing.bears)
                pairs.append(((not is_same, -strength, days, first.order, second.order), first, second, days))
    if not pairs:
        return None
    _, first, second, days = min(pairs, key=lambda pair: pair[0])
    return first, second, days


def _is_whole(one: Weighed) -> bool:
    return not one.bearing.partial and not one.falls_short


def _days_between(one: Weighed, two: Weighed) -> int | None:
    """The days between two pieces of one time and place; ``None`` where they are of different ones."""
    first, second = one.index.sentence_of(one.bearing.place), two.index.sentence_of(two.bearing.place)
    days = days_apart(read_days(one.index, first), read_days(two.index, second))
    here, there = read_places(one.index, first), read_places(two.index, second)
    if days > SAME_TIME or (here and there and not here & there):
        return None
    return days


def _show(commitment: str, kept: Weighed, broken: Weighed, days: int) -> Contradiction:
    is_same = kept.indicator.id == broken.indicator.id
    what = "contrary words on one indicator" if is_same else "contrary words on one commitment"
    when = "at one time" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"
    return Contradiction(
        "statements",
        commitment,
        kept.indicator.id if is_same else None,
        _cite(broken),
        _cite(kept),
        f"{what}, {when}",
    )


def _cite(one: Weighed) -> CitedClaim:
    return CitedClaim(
        one.passage.statement,
        one.index.document.id,
        Span.cut(one.index.text, *place_of_bearing(one)),
        one.origin,
        one.voice.name,
        one.index.available,
        one.direction,
    )


def _find_conflicts(commitment: str, series: Sequence[EstimateSeries]) -> list[Contradiction]:
    found = []
    for one in series:
        standing = [point for point in one.points if point.state == "in conflict"]
        for position, first in enumerate(standing):
            for second in standing[position + 1 :]:
                if are_at_odds(first, second):
                    days = days_apart((first.as_of, first.as_of), (second.as_of, second.as_of))
                    why = f"figures for {one.counted} that do not overlap, {days} days apart"
                    found.append(
                        Contradiction("estimates", commitment, None, _cite_point(first), _cite_point(second), why)
                    )
    return found


def _cite_point(point: EstimatePoint) -> CitedClaim:
    numbers = [number for number in (point.low, point.best, point.high) if number is not None]
    figure = "-".join(f"{number:g}" for number in (dict.fromkeys((min(numbers), max(numbers))) if numbers else ()))
    return CitedClaim(point.estimate, point.document, point.span, point.origin, point.said_by, point.published, figure)
