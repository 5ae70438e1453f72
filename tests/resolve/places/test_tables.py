"""Our own tables: complete where we say so, sound everywhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pledgewatch.resolve.places import load_gazetteer
from pledgewatch.resolve.places.folding import fold_place
from pledgewatch.resolve.places.own_tables import contested_places, own_rows, split_names

DIVISIONS = own_rows("divisions")
CONTESTED = own_rows("contested")


@pytest.mark.parametrize(
    ("country", "count"),
    [("AF", 34), ("SY", 14), ("LY", 22), ("LB", 8), ("UA", 27), ("IR", 31), ("CD", 26), ("US", 52)],
)
def test_the_divisions_of_a_country_are_all_there(country: str, count: int) -> None:
    assert sum(row["country"] == country for row in DIVISIONS) == count


def test_there_are_enough_rows() -> None:
    assert len(DIVISIONS) >= 400
    assert len(CONTESTED) >= 150


def test_codes_are_of_their_country_and_stand_once() -> None:
    codes = [row["iso"] for row in DIVISIONS if row["iso"]]
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    assert [
        row for row in DIVISIONS if row["iso"] and not re.fullmatch(row["country"] + r"-[A-Z0-9]{1,3}", row["iso"])
    ] == []


def test_no_two_divisions_of_a_country_claim_one_geonames_code() -> None:
    codes = Counter((row["country"], row["geonames"]) for row in DIVISIONS if row["geonames"])
    assert [code for code, count in codes.items() if count > 1] == []


def test_no_name_means_two_divisions_of_one_country() -> None:
    names: dict[tuple[str, str], set[str]] = {}
    for row in DIVISIONS:
        for name in (row["name"], *split_names(row["aliases"])):
            names.setdefault((row["country"], fold_place(name)), set()).add(row["name"])
    assert {key: sorted(found) for key, found in names.items() if len(found) > 1} == {}


def test_every_afghan_province_and_syrian_governorate_has_a_name_in_its_own_script() -> None:
    bare = [
        row["name"]
        for row in DIVISIONS
        if row["country"] in ("AF", "SY") and not re.search(r"[\u0600-\u06ff]", row["aliases"])
    ]
    assert bare == []


def test_what_lies_around_a_contested_place_is_in_the_tables() -> None:
    known = (
        {row["iso"] for row in DIVISIONS}
        | {row["id"] for row in CONTESTED}
        | {row["iso"] for row in own_rows("countries")}
    )
    assert [row["id"] for row in CONTESTED if not set(split_names(row["within"])) <= known] == []


def test_contested_places_have_ids_of_their_own_kinds_and_real_coordinates() -> None:
    ids = [row["id"] for row in CONTESTED]
    assert len(ids) == len(set(ids))
    assert {row["kind"] for row in CONTESTED} <= {"wide", "region", "district", "town", "point"}
    for entry, names, _ in contested_places():
        assert names
        place = entry.place
        assert (place.latitude is None) == (place.longitude is None)
        assert place.latitude is None or (-90 <= place.latitude <= 90 and -180 <= (place.longitude or 0) <= 180)


@pytest.mark.parametrize(
    "place_id", ["golan-heights", "kashmir", "abyei", "western-sahara", "south-ossetia", "jerusalem"]
)
def test_where_sovereignty_is_disputed_there_is_a_note(place_id: str) -> None:
    assert next(row for row in CONTESTED if row["id"] == place_id)["note"]


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Hilmand", "AF-HEL"),
        ("Nangrahar", "AF-NAN"),
        ("Paktya", "AF-PIA"),
        ("Sar-i-Pul", "AF-SAR"),
        ("ننګرهار", "AF-NAN"),
        ("Dayr az-Zawr", "SY-DY"),
        ("Rural Damascus", "SY-RD"),
        ("Idleb", "SY-ID"),
        ("As-Suwayda", "SY-SU"),
        ("Khyber Pukhtunkhwa", "PK-KP"),
        ("Lugansk", "UA-09"),
        ("Kunduz", "AF-KDZ"),
    ],
)
def test_every_spelling_leads_to_the_division(name: str, place_id: str) -> None:
    assert place_id in [place.id for place in load_gazetteer().look_up(name)]
