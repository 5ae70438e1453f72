"""The exact pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.resolve.spotting import KnownName, Spotter
from pledgewatch.text.folding import fold_name, prepare_text

NAMES = (
    KnownName("front", "Orvane Front"),
    KnownName("youth", "Orvane Front Youth Wing"),
    KnownName("banner", "Ashen Banner"),
    KnownName("valleys", "Ashen Banner in the Lower Valleys"),
    KnownName("front", "ORVF", acronym=True),
    KnownName("us", "US", acronym=True),
    KnownName("brothers", "the Brothers", weak=True),
    KnownName("rukhan", "Ilko al-Rukhan"),
    KnownName("fund", "Relief Fund (Ostrava)"),
    KnownName("shout", "COUNCIL OF THE HOLLOW"),
    KnownName("arab", "اوروان"),
)
SPOTTER = Spotter(NAMES)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[spot.start : spot.end], spot.names[0].of) for spot in SPOTTER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Men of the Orvane Front Youth Wing.", [("Orvane Front Youth Wing", "youth")]),
        ("The Orvane Front Youth.", [("Orvane Front", "front")]),
        ("Ashen Banner in the lower town", [("Ashen Banner", "banner")]),
        ("Ashen Banner in the Lower Valleys", [("Ashen Banner in the Lower Valleys", "valleys")]),
        ("Orvane Front. Front of all", [("Orvane Front", "front")]),
        ("ORVANE FRONT’S men", [("ORVANE FRONT", "front")]),
        ("an orvane front of rain", []),
        ("Orvane front", []),
        ("Orvane. Front", []),
        ("Orvane, Front", []),
        ("Orvane\nFront", [("Orvane\nFront", "front")]),
        ("Orvane-Front", [("Orvane-Front", "front")]),
        ("ORVF said", [("ORVF", "front")]),
        ("Orvf and orvf said", []),
        ("they told us; the US said", [("US", "us")]),
        ("U.S. troops", [("U.S.", "us")]),
        ("Ilko Al-Rukhan and Ilko al Rukhan", [("Ilko Al-Rukhan", "rukhan"), ("Ilko al Rukhan", "rukhan")]),
        ("Relief Fund: Ostrava", [("Relief Fund: Ostrava", "fund")]),
        ("Relief Fund (Ostrava)", [("Relief Fund (Ostrava", "fund")]),
        ("the Council of the Hollow", [("Council of the Hollow", "shout")]),
        ("حركة اوروان قالت", [("اوروان", "arab")]),
        ("", []),
    ],
)
def test_names_stand_where_they_are_written_as_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_all_who_bear_a_name_are_given_strong_names_first() -> None:
    spotter = Spotter(
        [KnownName("b", "Red Guard", weak=True), KnownName("c", "Red Guard"), KnownName("a", "Red-Guard")]
    )
    (spot,) = spotter.find("the Red Guard")
    assert [(name.of, name.weak) for name in spot.names] == [("a", False), ("c", False), ("b", True)]


def test_names_of_one_letter_and_of_none_are_not_looked_for() -> None:
    spotter = Spotter([KnownName("x", "X"), KnownName("none", "…"), KnownName("digit", "7")])
    assert spotter.find("X marks 7 …") == ()


def test_who_bears_a_folded_name_may_be_asked() -> None:
    assert [name.of for name in SPOTTER.names_of(fold_name("The Orvane-Front"))] == ["front"]
    assert SPOTTER.names_of("nobody") == ()


def test_a_prepared_text_gives_the_same() -> None:
    text = "Men of the Orvane Front met ORVF men."
    assert SPOTTER.find(prepare_text(text)) == SPOTTER.find(text)


@given(st.permutations(NAMES))
def test_the_order_of_the_names_never_matters(names: list[KnownName]) -> None:
    text = "The Orvane Front Youth Wing, the Brothers and the US met Ashen Banner, Orvane Front and اوروان."
    assert Spotter(names).find(text) == SPOTTER.find(text)


PIECES = st.sampled_from(
    [
        *(known.name for known in NAMES),
        " ",
        ", ",
        ". ",
        "\n",
        "’s ",
        "(",
        ")",
        "Orvane",
        "front",
        "the ",
        "é",
        "İ",
        "ﬁ",
        "x",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join))
def test_a_spot_is_exact_words_of_the_text_that_fold_to_its_names(text: str) -> None:
    last = 0
    for spot in SPOTTER.find(text):
        assert last <= spot.start < spot.end <= len(text)
        last = spot.end
        words = fold_name(text[spot.start : spot.end])
        assert all(fold_name(name.name) == words for name in spot.names)
