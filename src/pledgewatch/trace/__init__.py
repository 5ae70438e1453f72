"""Trace: which documents tell the same original, what each changed, who is quoted via whom (circular reporting)."""

from __future__ import annotations

from pledgewatch.trace.origins import trace_documents

VERSION = "trace 1"

__all__ = ["VERSION", "trace_documents"]
