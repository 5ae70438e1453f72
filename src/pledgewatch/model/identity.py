"""Ids that are the same on every run: made of content, never of counters or clocks."""

from __future__ import annotations

import hashlib


def make_id(prefix: str, *parts: object) -> str:
    """A stable id: ``prefix``, an underscore, and 12 hexadecimal digits of a SHA-256 over the parts.

    >>> make_id("d", "a", 1) == make_id("d", "a", 1) != make_id("d", "a1")
    True
    """
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}_{digest[:12]}"
