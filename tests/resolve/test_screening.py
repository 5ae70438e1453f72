"""Bare names against the lists."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.resolve import Known, screen_names
from pledgewatch.resolve.screening import SHOW_AT, Screened
from tests.resolve.fiction import KNOWN, NEWER, OLDER, REGISTRY


def screen(name: str, as_of: str | None = None, kind: str | None = None) -> Screened:
    (screened,) = screen_names([name], Known(REGISTRY, (OLDER, NEWER), as_of), kind)
    return screened


def best(name: str, as_of: str | None = None, kind: str | None = None) -> str | None:
    matches = screen(name, as_of, kind).matches
    if not matches:
        return None
    return matches[0].listing.id if matches[0].listing else matches[0].actor.id if matches[0].actor else None


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Ardan Velmish", "OSi.001"),
        ("Velmish, Ardaan", "OSi.001"),
        ("Khorab, Ardan Velmish", "OSi.001"),
        ("ашен баннер", "OSe.001"),
        ("Ардан Велмиш", "OSi.001"),
        ("اوسي ولميش", "OSi.002"),
        ("اردان ولميش", "OSi.001"),
        ("Mirelda Tolken", "mirelda-tolkan"),
        ("ORVF", "orvane-front"),
    ],
)
def test_a_name_in_any_spelling_or_script_finds_its_entry_or_actor_first(name: str, who: str) -> None:
    assert best(name) == who


@pytest.mark.parametrize("name", ["Ilko Ruk", "Zsombor Quint", "The Weather", "", "…"])
def test_no_match_is_a_normal_answer(name: str) -> None:
    assert screen(name).matches == ()


def test_an_exact_name_is_nearly_certain_and_says_so() -> None:
    match = screen("Ardan Velmish").matches[0]
    assert match.score >= 0.98
    assert (match.alias, match.agreed, match.disagreed) == ("Ardan Velmish", ("ardan", "velmish"), ())


def test_weak_names_and_acronyms_of_a_list_identify_nobody_alone() -> None:
    weak = screen("Abu Hask").matches[0]
    assert (weak.listing is not None and weak.listing.id, weak.score < 0.7) == ("OSi.001", True)
    acronym = screen("avk").matches[0]
    assert (acronym.score, acronym.could_not_compare) == (
        0.5,
        ("full name: the name given identifies nobody alone",),
    )


def test_an_actor_of_the_registry_shows_its_entry_where_it_has_one() -> None:
    match = screen("Banner of Ash").matches[0]
    assert match.listing is not None
    assert (match.listing.id, match.actor and match.actor.id) == ("OSe.001", "ashen-banner")
    front = screen("Orvane Front").matches[0]
    assert (front.listing, front.actor and front.actor.id) == (None, "orvane-front")


def test_the_day_decides_which_version_and_which_entries_count() -> None:
    assert best("Ossei Velmish", "2031-06-01") == "OSi.002"
    assert best("Ossei Velmish", "2031-04-19") != "OSi.002"
    assert best("Haskan Relief Fund", "2030-06-01") == "OSe.002"
    assert best("Haskan Relief Fund", "2031-06-01") is None


def test_a_kind_leaves_the_others_out() -> None:
    assert best("Ashen Banners", kind="group") == "OSe.001"
    assert best("Ashen Banners", kind="person") is None


def test_matches_come_by_score_each_entry_once() -> None:
    matches = screen("Velmish Ardan Ossei").matches
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    ids = [(match.listing.list, match.listing.id) for match in matches if match.listing]
    assert len(ids) == len(set(ids)) == 2


def test_names_are_answered_in_their_order_and_one_by_one() -> None:
    answers = screen_names(iter(["Ilko Ruk", "Ardan Velmish"]), KNOWN)
    assert next(answers).name == "Ilko Ruk"
    assert [one.name for one in answers] == ["Ardan Velmish"]


@settings(max_examples=50)
@given(st.text(max_size=30))
def test_any_text_may_be_screened(name: str) -> None:
    for match in screen(name).matches:
        assert SHOW_AT <= match.score <= 1.0
        assert match.listing or match.actor
