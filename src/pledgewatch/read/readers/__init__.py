"""The readers that are built in."""

from __future__ import annotations

from pledgewatch.read.contract import Reader
from pledgewatch.read.readers.rules import RulesReader

READERS: tuple[Reader, ...] = (RulesReader(),)
"""Every reader, by the order of preference; ``ReadPolicy.reader`` names one."""

__all__ = ["READERS", "RulesReader"]
