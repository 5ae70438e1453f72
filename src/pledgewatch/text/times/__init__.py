"""Time expressions: where they stand in a text and what they come to; for ``read`` and ``ledger``."""

from __future__ import annotations

from pledgewatch.text.times.calendar import add_duration
from pledgewatch.text.times.find import find_times
from pledgewatch.text.times.found import FoundTime

__all__ = ["FoundTime", "add_duration", "find_times"]
