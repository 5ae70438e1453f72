"""Many names, asked for one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.resolve.matching import NameEntry, NameIndex

ENTRIES = (
    NameEntry("ardan", "ARDAN VELMISH KHORAB", "person"),
    NameEntry("ardan", "Ardan Welmish", "person"),
    NameEntry("mirelda", "Mirelda Tolkan", "person"),
    NameEntry("jandrik", "Jandrik Tolkan", "person"),
    NameEntry("front", "Orvane Front for Liberation", "group"),
    NameEntry("ship", "Orvane Star", "other"),
)
INDEX = NameIndex(ENTRIES)


def first(name: str, kind: str | None = None) -> str | None:
    hits = INDEX.find(name, kind)
    return hits[0].entry.of if hits else None


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Ardan Velmish", "ardan"),
        ("Velmish, Ardaan", "ardan"),
        ("Mirelda Tolcan", "mirelda"),
        ("Orvan Front for the Liberation", "front"),
        ("Миrelda Tolkan", "mirelda"),
        ("Мирелда Толкан", "mirelda"),
        ("جندرك تولكان", "jandrik"),
        ("اردان ولميش", "ardan"),
    ],
)
def test_a_name_in_any_spelling_or_script_finds_its_bearer_first(name: str, who: str) -> None:
    assert first(name) == who


def test_each_bearer_is_given_once_by_the_best_of_their_names() -> None:
    hits = INDEX.find("Ardan Welmish", "person")
    assert [hit.entry.of for hit in hits].count("ardan") == 1
    assert hits[0].entry.name == "Ardan Welmish"


def test_names_of_persons_and_of_groups_are_not_compared() -> None:
    assert first("Orvane Front for Liberation", "person") != "front"
    assert first("Mirelda Tolkan", "group") is None


def test_a_name_of_other_things_is_held_against_both() -> None:
    assert {first("Orvane Star", kind) for kind in ("person", "group", None)} == {"ship"}


def test_bounds_are_kept() -> None:
    assert len(INDEX.find("Tolkan", "person", most=1)) == 1
    assert all(hit.probability >= 0.9 for hit in INDEX.find("Mirelda Tolkan", at=0.9))


def test_an_empty_index_and_an_empty_name_find_nobody() -> None:
    assert NameIndex([]).find("Ardan Velmish") == ()
    assert INDEX.find("") == ()
    assert INDEX.find("...") == ()


def test_what_a_list_knows_of_how_many_bear_a_word_lowers_its_weight() -> None:
    surnames = ("Tolkan", "Obrenko", "Hask", "Velmish")
    many = [NameEntry(f"p{number}", f"Mirelda {name}") for number, name in enumerate(surnames)]
    assert NameIndex(many).weights["mirelda"] < 1.0
    assert "tolkan" not in NameIndex(many).weights


@given(st.permutations(ENTRIES), st.sampled_from(["Ardan Velmish", "Tolkan Mirelda", "Orvane", "Ардан"]))
def test_the_order_of_the_entries_never_matters(entries: list[NameEntry], name: str) -> None:
    def answers(index: NameIndex) -> list[tuple[str, str, float]]:
        return [(hit.entry.of, hit.entry.name, hit.probability) for hit in index.find(name)]

    assert answers(NameIndex(entries)) == answers(INDEX)


def test_the_order_of_thousands_of_entries_never_matters() -> None:
    chance = random.Random(5)
    parts = ("ar", "dan", "vel", "mish", "kho", "rab", "tol", "kan", "obr", "en", "has", "ki", "mir", "el")
    entries = [
        NameEntry(str(number), " ".join("".join(chance.choices(parts, k=2)).title() for _ in range(2)), "person")
        for number in range(3_000)
    ]
    shuffled = chance.sample(entries, len(entries))
    names = [entry.name for entry in entries[::100]]
    one, other = NameIndex(entries), NameIndex(shuffled)
    assert [[(hit.entry.of, hit.probability) for hit in one.find(name, "person", at=0.5)] for name in names] == [
        [(hit.entry.of, hit.probability) for hit in other.find(name, "person", at=0.5)] for name in names
    ]


@given(st.text(max_size=40))
def test_any_text_may_be_asked_for(name: str) -> None:
    hits = INDEX.find(name)
    assert list(hits) == sorted(hits, key=lambda hit: -hit.probability)
    assert all(0.0 <= hit.probability <= 1.0 for hit in hits)
