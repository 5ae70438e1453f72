"""The word tables of resolving, read once from ``tables/words.yml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class ResolveWords:
    """The tables of ``tables/words.yml``; what each one is for stands there."""

    titles: frozenset[str]
    roles: frozenset[str]
    role_qualifiers: frozenset[str]
    not_members: frozenset[str]
    organs: frozenset[str]
    generic: frozenset[str]
    small: frozenset[str]


@functools.cache
def resolve_words() -> ResolveWords:
    """The word tables."""
    text = resources.files("pledgewatch.resolve").joinpath("tables/words.yml").read_text("utf-8")
    table: dict[str, str] = yaml.safe_load(text)
    return ResolveWords(**{name: frozenset(words.split()) for name, words in table.items()})
