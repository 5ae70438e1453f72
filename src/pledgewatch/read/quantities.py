"""Times and estimates as marks, by the rules of ``text.times`` and ``text.numbers``: the same for every reader."""

from __future__ import annotations

from pledgewatch.model.document import Document
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import Estimate, TimeExpression
from pledgewatch.model.span import Span
from pledgewatch.text.numbers import find_estimates
from pledgewatch.text.times import find_times


def read_quantities(document: Document) -> tuple[tuple[TimeExpression, ...], tuple[Estimate, ...]]:
    """The time expressions, resolved against the day of publication, and the estimates of a document."""
    text = document.text
    found_times = find_times(text, document.published)
    times = tuple(
        TimeExpression(
            make_id("x", document.id, found.start, found.end, found.type),
            Span.cut(text, found.start, found.end),
            found.type,
            found.value,
            found.anchored_to,
        )
        for found in found_times
    )
    estimates = tuple(
        Estimate(
            make_id("e", document.id, found.start, found.end),
            Span.cut(text, found.start, found.end),
            found.low,
            found.best,
            found.high,
            found.approximate,
            found.change,
            found.unit,
            _counted(text, found.counted_start, found.counted_end),
        )
        for found in find_estimates(text, found_times)
    )
    return (
        tuple(sorted(times, key=lambda mark: (mark.span.start, mark.span.end))),
        tuple(sorted(estimates, key=lambda mark: (mark.span.start, mark.span.end))),
    )


def _counted(text: str, start: int | None, end: int | None) -> str | None:
    return text[start:end] if start is not None and end is not None else None
