"""When, and where, a sentence sets what it speaks of."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pledgewatch.errors import InputError
from pledgewatch.text.folding import fold_name
from pledgewatch.weigh.as_of import last_day
from pledgewatch.weigh.documentindex import DocumentIndex, Place

_COARSE = re.compile(r"\d{4}(?:-\d\d){0,2}$")


def read_days(index: DocumentIndex, bounds: Place) -> tuple[str, str]:
    """The first and last ISO day of what stands in ``bounds``: of the times named there, else the day of publication.

    Times that lie after the document are plans, and do not count.
    """
    spans = []
    for time in index.reading.times:
        inside = bounds[0] <= time.span.start and time.span.end <= bounds[1]
        if inside and time.value and time.type in ("date", "period"):
            parts = [part[:10] for part in time.value.split("/")]
            if all(_COARSE.match(part) for part in parts):
                days = _to_days(parts[0], parts[-1])
                if days is not None and days[0] <= index.available:
                    spans.append((days[0], min(days[1], index.available)))
    if not spans:
        return index.available, index.available
    return min(first for first, _ in spans), max(last for _, last in spans)


def _to_days(first: str, last: str) -> tuple[str, str] | None:
    try:
        return f"{first}-01-01"[:10] if len(first) == 4 else f"{first}-01"[:10], last_day(last)
    except InputError:
        return None


def days_apart(one: tuple[str, str], two: tuple[str, str]) -> int:
    """How many days lie between two times; 0 where they overlap.

    >>> days_apart(("2021-02-01", "2021-02-28"), ("2021-03-03", "2021-03-03"))
    3
    """
    first, second = sorted((one, two))
    gap = date.fromisoformat(second[0]) - date.fromisoformat(first[1])
    return max(gap, timedelta(0)).days


def read_places(index: DocumentIndex, bounds: Place) -> frozenset[str]:
    """The places named within bounds, folded."""
    return frozenset(
        fold_name(mention.span.text)
        for mention in index.reading.mentions
        if mention.type in ("place", "facility") and bounds[0] <= mention.span.start and mention.span.end <= bounds[1]
    )
