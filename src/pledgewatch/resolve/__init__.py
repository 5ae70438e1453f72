"""Resolve: the actors behind the mentions of a case, the lists they stand on, the party each belongs to (attribution).

Three things stay apart: a mention (words in a document), an actor (ours), a listing (an entry of a list in one of its
versions). People are never merged by machine; what a person judged of identity wins, and can be undone.
"""

from __future__ import annotations

from pledgewatch.resolve.actors_file import parse_actors
from pledgewatch.resolve.identity import about_identity, apply_judgements, key_of
from pledgewatch.resolve.lookup import Known
from pledgewatch.resolve.mentions import resolve_mentions
from pledgewatch.resolve.names import names_of
from pledgewatch.resolve.network import build_network
from pledgewatch.resolve.registry import load_registry
from pledgewatch.resolve.screening import screen_names

VERSION = "resolve 2"

__all__ = [
    "VERSION",
    "Known",
    "about_identity",
    "apply_judgements",
    "build_network",
    "key_of",
    "load_registry",
    "names_of",
    "parse_actors",
    "resolve_mentions",
    "screen_names",
]
