"""Collect: files of many formats to documents, with publisher, date, handling and the hash of the bytes."""

from __future__ import annotations

from pledgewatch.collect.collecting import collect_file
from pledgewatch.collect.proposals import assign_sources, propose_sources, write_sources
from pledgewatch.collect.sources import parse_sources

VERSION = "collect 1"

__all__ = ["VERSION", "assign_sources", "collect_file", "parse_sources", "propose_sources", "write_sources"]
