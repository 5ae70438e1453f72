"""Trace: which documents tell the same original, what each changed, who is quoted via whom (circular reporting)."""

from __future__ import annotations

from pledgewatch.trace.index import TraceIndex
from pledgewatch.trace.origins import trace_documents
from pledgewatch.trace.sides import lay_side_by_side
from pledgewatch.trace.tellings import follow_tellings

VERSION = "trace 2"

__all__ = ["VERSION", "TraceIndex", "follow_tellings", "lay_side_by_side", "trace_documents"]
