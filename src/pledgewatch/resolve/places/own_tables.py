"""Our own places: states, their first-level divisions, and contested or small places that gazetteers lack."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib import resources

from pledgewatch.errors import Bug
from pledgewatch.model.actor import Place
from pledgewatch.resolve.places.folding import fold_place
from pledgewatch.resolve.places.gazetteer import Entry, Index
from pledgewatch.resolve.places.words import Precision, place_words
from pledgewatch.text.states import state_rows

# What is wider than a state (a sea, "Central Asia") has the coarsest precision there is, and no country.
_KINDS: dict[str, Precision] = {
    "wide": "country",
    "region": "province",
    "district": "district",
    "town": "town",
    "point": "point",
}


def own_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``tables/<name>.csv``."""
    raw = resources.files(__package__).joinpath("tables", f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(io.StringIO(raw)))


def split_names(joined: str | None) -> tuple[str, ...]:
    """The names in a field that has ``|`` between them."""
    return tuple(name.strip() for name in (joined or "").split("|") if name.strip())


def add_own_tables(index: Index) -> dict[str, str]:
    """Puts states, divisions and contested places into an index; gives the capitals' names by country."""
    nations = {fold_place(row["name"]) for row in own_rows("divisions") if row["country"] == "GB"}
    capitals = {}
    for iso, names, peoples, capital in _states():
        place = Place(iso, names[0], "country", iso)
        index.add(Entry(place, "states"), [name for name in names if fold_place(name) not in nations])
        for people in peoples:
            index.peoples.setdefault(fold_place(people), iso)
        if capital:
            capitals[iso] = capital
    for row in own_rows("divisions"):
        iso, country, name = row["iso"], row["country"], row["name"]
        place_id = iso or f"{country}.{fold_place(name).replace(' ', '-')}"
        index.add(
            Entry(Place(place_id, name, "province", country, (country,)), "divisions"),
            (name, *split_names(row["aliases"])),
        )
        if row["geonames"]:
            index.divisions[country, row["geonames"]] = place_id
    for entry, names, same in contested_places():
        index.add(entry, names)
        if same:
            index.same[same] = entry.place.id
    for name in place_words().whole_names:
        index.add_no_place(name)
    return capitals


def _states() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    """``(code, names, names of its people, capital)`` of each state and territory."""
    rows = {row["name"]: row for row in state_rows()}
    for own in own_rows("countries"):
        row = rows.get(own["state"])
        if row is None and own["state"]:
            raise Bug(f"{own['state']!r} of countries.csv is no state of text/tables/states.csv")
        names = (*((row["name"], *split_names(row["aliases"])) if row else ()), *split_names(own["aliases"]))
        bare = tuple(dict.fromkeys(name.removeprefix("the ").removeprefix("The ") for name in names))
        yield (
            own["iso"],
            bare,
            split_names(row["demonyms"]) if row else (),
            own["capital"] or (row or {}).get("capital") or "",
        )


def contested_places() -> Iterator[tuple[Entry, tuple[str, ...], str]]:
    """``(place, names, GeoNames id or nothing)`` of each row of ``contested.csv``."""
    rows = own_rows("contested")
    parents = {row["id"]: split_names(row["within"]) for row in rows}
    for row in rows:
        precision = _KINDS[row["kind"]]
        within = list(parents[row["id"]])
        for parent in tuple(within):
            within.extend(other for other in parents.get(parent, ()) if other not in within)
        if row["country"] and row["country"] not in within:
            within.append(row["country"])
        latitude, longitude = (float(row[key]) if row[key] else None for key in ("latitude", "longitude"))
        place = Place(
            row["id"],
            row["name"],
            precision,
            row["country"] or None,
            tuple(within),
            latitude,
            longitude,
        )
        names = (row["name"], *split_names(row["aliases"]))
        bare = tuple(dict.fromkeys(name.removeprefix("the ") for name in names))
        yield Entry(place, "contested", note=row["note"]), bare, row["geonames"]
