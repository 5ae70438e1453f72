"""What is known outside the case, as of a day."""

from __future__ import annotations

import dataclasses

from pledgewatch.model.actor import Actor, Alias, ListedAs, Listing, ListVersion
from pledgewatch.resolve.lookup import Known, Lookup, look_up, versions_by_list
from tests.resolve.fiction import KNOWN, NEWER, OLDER, REGISTRY

LOOKUP = Lookup(REGISTRY, (NEWER,))


def owners(name: str) -> list[str]:
    return [spot.names[0].of for spot in LOOKUP.spotter.find(name)]


def test_an_entry_leads_to_the_registrys_actor_that_names_it() -> None:
    assert LOOKUP.actor_of["ost:OSe.001"].id == "ashen-banner"
    assert LOOKUP.listed_as == {"ashen-banner": ["ost:OSe.001"]}
    assert owners("Ashen Banner") == ["ashen-banner"]


def test_an_entry_that_bears_an_actors_own_name_is_that_actors_without_being_told() -> None:
    group = Actor("hask-fund", "Hask Fund", "group")
    lookup = Lookup((group,), (ListVersion("ost", "2031-01-01", "x", (Listing("E.1", "ost", "HASK FUND"),)),))
    assert lookup.listed_as == {"hask-fund": ["ost:E.1"]}


def test_a_person_of_the_registry_is_never_an_entry_by_name_alone() -> None:
    person = Actor("ilo", "Ilo Karsandar", "person")
    listing = Listing("E.1", "ost", "ILO KARSANDAR", type="person")
    lookup = Lookup((person,), (ListVersion("ost", "2031-01-01", "x", (listing,)),))
    assert lookup.listed_as == {}
    named = Actor("ilo", "Ilo Karsandar", "person", listings=(ListedAs("ost", "E.1"),))
    assert Lookup((named,), lookup.versions).listed_as == {"ilo": ["ost:E.1"]}


def test_a_name_that_the_registry_gives_to_somebody_is_theirs_on_a_list_too() -> None:
    other = Listing("E.9", "ost", "HASK HOLDING", (Alias("Orvane Front Youth Wing"),), type="group")
    lookup = Lookup(REGISTRY, (ListVersion("ost", "2031-01-01", "x", (other,)),))
    names = lookup.spotter.names_of("orvane front youth wing")
    assert {name.of for name in names} == {"orvane-front-youth-wing"}


def test_one_word_names_of_persons_and_short_ones_of_groups_are_weak() -> None:
    listings = (
        Listing("P.1", "ost", "ARDANOR", type="person"),
        Listing("G.1", "ost", "ORVA", type="group"),
        Listing("G.2", "ost", "ORVANESTAR", type="group"),
    )
    lookup = Lookup((), (ListVersion("ost", "2031-01-01", "x", listings),))
    weak = {folded: lookup.spotter.names_of(folded)[0].weak for folded in ("ardanor", "orva", "orvanestar")}
    assert weak == {"ardanor": True, "orva": True, "orvanestar": False}


def test_a_group_is_also_known_without_brackets_and_a_person_by_first_and_last_name() -> None:
    lookup = Lookup(REGISTRY, (OLDER,))
    assert [name.derived for name in lookup.spotter.names_of("haskan relief fund")] == [True]
    assert [name.derived for name in lookup.spotter.names_of("ardan khorab")] == [True]


def test_entries_are_known_from_the_day_they_were_listed() -> None:
    assert [one.id for one in LOOKUP.listings_of("ost:OSi.002", "2031-04-20")] == ["OSi.002"]
    assert LOOKUP.listings_of("ost:OSi.002", "2031-04-19") == ()
    assert not LOOKUP.is_known("ost:OSi.002", "2031-04-19")
    assert LOOKUP.is_known("ost:OSi.002", None)
    assert LOOKUP.is_known("ashen-banner", "1990-01-01")
    assert LOOKUP.listings_of("nobody", None) == ()


def test_persons_are_found_by_surname_and_offices_by_day() -> None:
    assert LOOKUP.surnames["tolkan"] == ("mirelda-tolkan", "jandrik-tolkan")
    assert [(office.id, holds) for office, holds in LOOKUP.offices_of("mirelda-tolkan", "2030-01-01")] == [
        ("orvane-front", True)
    ]
    assert LOOKUP.offices_of("mirelda-tolkan", "2028-12-31") == ()


def test_acronyms_never_count_as_names_spelled_otherwise() -> None:
    assert [hit for hit in LOOKUP.find_similar("ORVG", "group") if hit.entry.name == "ORVF"] == []


def test_versions_of_a_list_come_oldest_first_in_any_order() -> None:
    expected = {"ost": (OLDER, NEWER)}
    assert versions_by_list((NEWER, OLDER)) == versions_by_list((OLDER, NEWER)) == expected


def test_a_lookup_is_made_once_for_the_same_world() -> None:
    assert look_up(KNOWN, (NEWER,)) is look_up(Known(REGISTRY), (NEWER,))
    assert look_up(KNOWN, (NEWER,)) is not look_up(KNOWN, (OLDER,))


def test_the_same_file_under_another_name_is_another_list() -> None:
    renamed = dataclasses.replace(
        NEWER, list="mine", listings=tuple(dataclasses.replace(one, list="mine") for one in NEWER.listings)
    )
    assert "ost:OSi.001" in look_up(KNOWN, (NEWER,)).listings
    assert "mine:OSi.001" in look_up(KNOWN, (renamed,)).listings
