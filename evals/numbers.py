"""Scores the number rules on the English cases of Microsoft's Recognizers specifications.

Every case of the named model files is attempted, also those that the spec's own ports mark ``NotSupported``. A case
of plain numbers or of ranges is right when the values (both bounds) found in its input are exactly those expected, in
order. A case of percentages, currencies, dimensions or temperatures is right when each expected figure is found at
its place with some unit; more finds do not count against it, except in cases that expect none. Whether a bound
belongs to the range (``[`` or ``(``) and the names of units are not compared: ours are codes. CQE's figures (.919
value, .855 unit, .880 change) are on another set, NewsQuant, which is not here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.table import Row
from pledgewatch.text.numbers import FoundEstimate, find_estimates, find_numbers
from pledgewatch.text.times import find_times

SETS = ("recognizers numbers", "recognizers dates")


@dataclass(frozen=True, slots=True)
class NumberCase:
    """One input with what is expected in it: ``(first, last, resolution)`` with inclusive ends, as the spec counts."""

    text: str
    expected: tuple[tuple[int, int, dict[str, Any]], ...]
    reference: str | None = None


def parse_cases(untrusted_json: str) -> tuple[NumberCase, ...]:
    """The cases of a model file; results without places are found by their text."""
    cases = []
    for case in json.loads(untrusted_json.lstrip("\ufeff")):
        text = case["Input"]
        expected = []
        for result in case["Results"]:
            words = result.get("Text", "")
            first = result.get("Start", text.lower().find(words.lower()))
            expected.append((first, result.get("End", first + len(words) - 1), result.get("Resolution") or {}))
        reference = (case.get("Context") or {}).get("ReferenceDateTime")
        cases.append(NumberCase(text, tuple(expected), reference))
    return tuple(cases)


def close(ours: float | None, theirs: float | None) -> bool:
    """Whether two figures are the same up to rounding."""
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= 1e-9 * max(1.0, abs(theirs))


def parse_bounds(interval: str) -> tuple[float | None, float | None]:
    """The bounds of an interval as the spec writes it.

    >>> parse_bounds("[20,30)"), parse_bounds("(,100]")
    ((20.0, 30.0), (None, 100.0))
    """
    low, _, high = interval.strip("[]()").partition(",")
    return (float(low) if low else None, float(high) if high else None)


def value_of(resolution: dict[str, Any]) -> float | None:
    """The figure of a resolution; ``None`` when it has none ("null")."""
    match = re.match(r"-?\d+(?:\.\d+)?(?:E[+-]?\d+)?", str(resolution.get("value")))
    return float(match[0]) if match else None


def plain_right(case: NumberCase) -> bool:
    """Whether ``find_numbers`` gives the values of a case, in order."""
    ours = [number.value for number in find_numbers(case.text)]
    theirs = [value_of(resolution) for _, _, resolution in case.expected]
    return len(ours) == len(theirs) and all(close(mine, other) for mine, other in zip(ours, theirs, strict=True))


def _figure(estimate: FoundEstimate) -> float | None:
    figures = (estimate.best, estimate.low, estimate.high)
    return next((figure for figure in figures if figure is not None), None)


def unit_right(case: NumberCase) -> bool:
    """Whether each expected quantity overlaps one of ours with a unit and the same figure (or end of a range)."""
    ours = [estimate for estimate in find_estimates(case.text) if estimate.unit is not None]
    for first, last, resolution in case.expected:
        value = value_of(resolution)
        over = [each for each in ours if each.start <= last and first < each.end]
        if value is None:
            continue
        if not any(
            close(figure, value) for each in over for figure in (each.best, each.low, each.high) if figure is not None
        ):
            return False
    return bool(case.expected) or not ours


def range_right(case: NumberCase) -> bool:
    """Whether the bounds of a case's ranges are ours, in order; a plain figure of ours is no range."""
    ours = [
        (each.low, each.high)
        for each in find_estimates(case.text)
        if (each.low is not None or each.high is not None) and each.unit is None
    ]
    theirs = [parse_bounds(str(resolution.get("value", ""))) for _, _, resolution in case.expected]
    return len(ours) == len(theirs) and all(
        close(mine[0], other[0]) and close(mine[1], other[1]) for mine, other in zip(ours, theirs, strict=True)
    )


def date_spans(case: NumberCase) -> tuple[int, int]:
    """How many expected time spans overlap one of ours, of how many."""
    ours = find_times(case.text, case.reference[:10] if case.reference else None)
    hit = sum(any(each.start <= last and first < each.end for each in ours) for first, last, _ in case.expected)
    return hit, len(case.expected)


def measure(shared: Path, quick: bool) -> list[Row]:
    """One row a model file; ``quick`` is the same: all cases take two seconds."""
    del quick
    root = shared / "corpora/recognizers_en"
    rows = []
    for name, path, right in (
        ("plain numbers, whole case", "Number/English/NumberModel.json", plain_right),
        ("ranges, whole case", "Number/English/NumberRangeModel.json", range_right),
        ("percentages, value", "Number/English/PercentModel.json", unit_right),
        ("currencies, value", "NumberWithUnit/English/CurrencyModel.json", unit_right),
        ("dimensions, value", "NumberWithUnit/English/DimensionModel.json", unit_right),
        ("temperatures, value", "NumberWithUnit/English/TemperatureModel.json", unit_right),
    ):
        cases = parse_cases((root / path).read_text("utf-8"))
        rows.append(Row("recognizers numbers", name, sum(map(right, cases)) / len(cases), len(cases)))
    hits = [date_spans(case) for case in parse_cases((root / "DateTime/English/DateTimeModel.json").read_text("utf-8"))]
    wanted = sum(total for _, total in hits)
    rows.append(Row("recognizers dates", "relaxed span recall", sum(hit for hit, _ in hits) / wanted, wanted))
    return rows
