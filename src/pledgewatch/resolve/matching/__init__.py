"""Names against names: tokens, romanising, alignment one to one, and the probability that two names are one."""

from __future__ import annotations

from pledgewatch.resolve.matching.compare import Comparison, compare_names
from pledgewatch.resolve.matching.index import NameEntry, NameHit, NameIndex
from pledgewatch.resolve.matching.tokens import Name, prepare_name

__all__ = ["Comparison", "Name", "NameEntry", "NameHit", "NameIndex", "compare_names", "prepare_name"]
