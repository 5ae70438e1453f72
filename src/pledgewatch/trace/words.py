"""The word tables of tracing, read once from ``tables/words.yml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class TraceWords:
    """The tables of ``tables/words.yml``; what each one is for stands there."""

    common: frozenset[str]
    numbers: dict[str, str]
    not_names: frozenset[str]
    months: frozenset[str]
    media: frozenset[str]
    credits: tuple[str, ...]


@functools.cache
def trace_words() -> TraceWords:
    """The word tables."""
    text = resources.files("pledgewatch.trace").joinpath("tables/words.yml").read_text("utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return TraceWords(
        common=frozenset(table["common"].split()),
        numbers=dict(table["numbers"]),
        not_names=frozenset(table["not_names"].split()),
        months=frozenset(table["months"].split()),
        media=frozenset(table["media"].split()),
        credits=tuple(table["credits"]),
    )
