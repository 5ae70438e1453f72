"""Resolve: the actors behind the mentions of a case, and the party each belongs to (attribution)."""

from __future__ import annotations

from pledgewatch.resolve.actors_file import parse_actors
from pledgewatch.resolve.lookup import Known
from pledgewatch.resolve.mentions import resolve_mentions
from pledgewatch.resolve.names import names_of
from pledgewatch.resolve.registry import load_registry

VERSION = "resolve 2"

__all__ = ["VERSION", "Known", "load_registry", "names_of", "parse_actors", "resolve_mentions"]
