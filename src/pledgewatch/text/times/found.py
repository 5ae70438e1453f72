"""What is found: a time expression with its place and value."""

from __future__ import annotations

from dataclasses import dataclass

from pledgewatch.model.reading import TimeAnchor, TimeType


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time expression at ``text[start:end]``.

    Attributes:
        type: ``date`` up to a year, ``period`` for seasons, quarters, decades, centuries and other stretches,
            ``duration`` for lengths, ``set`` for what recurs.
        value: ISO 8601, as coarse as known: ``2021-02-17``, ``2021-02``, ``2021-W07``, ``2021-02-17T11:08``,
            ``193`` (the 1930s), ``18`` (the 1800s), ``-0479`` (480 BC), ``P135D``; with the signs of ISO 8601-2
            where ISO 8601 has none: ``2021-21`` to ``-24`` (spring to winter), ``2021-33`` to ``-36`` (quarters),
            ``2021-40`` and ``-41`` (halves), and ``X`` for what the words leave open (``XXXX-06-10``, ``PXD`` for
            "several days"). ``None`` when the words name no date.
        anchored_to: what the value was computed from: the document's date, another time in the text, or nothing.
        duration: the length in the words (``P30Y`` in "30 years later", ``P3M`` in "the next three months").
        reference: ``past``, ``present`` or ``future`` for words without a date of their own ("recently", "now").
    """

    start: int
    end: int
    type: TimeType
    value: str | None = None
    anchored_to: TimeAnchor = "none"
    duration: str | None = None
    reference: str | None = None
