"""Numbers in digits and words, and the estimates they make. Used by ``read`` (marks) and ``ledger`` (thresholds)."""

from __future__ import annotations

from pledgewatch.text.numbers.estimates import FoundEstimate, Placed, find_estimates
from pledgewatch.text.numbers.find import FoundNumber, find_numbers
from pledgewatch.text.numbers.parse import parse_number

__all__ = ["FoundEstimate", "FoundNumber", "Placed", "find_estimates", "find_numbers", "parse_number"]
