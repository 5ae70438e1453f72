"""Two names side by side."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.resolve.matching import compare_names, prepare_name
from pledgewatch.resolve.matching.compare import align_words, compare_words
from pledgewatch.resolve.matching.score import FEATURES
from pledgewatch.resolve.matching.tables import letters

LATIN = ("Ardan", "Ardaan", "Velmish", "Welmish", "Khorab", "Abu", "Hask", "al", "Mirelda", "Tolkan", "Tolken", "A.")
WORDS = st.sampled_from((*LATIN, "محمد", "ولميش", "Ардан", "Велмиш", "12", "Ltd"))
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
ANY = NAMES | st.text(max_size=40) | st.text(alphabet=st.sampled_from(sorted(letters())), max_size=20)
KINDS = st.sampled_from(["person", "group"])


def likely(one: str, other: str, kind: str = "person") -> float:
    return compare_names(prepare_name(one), prepare_name(other), kind).probability


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VELMISH, Ardan", "Ardan Velmish"),
        ("Ardan Velmish", "Ardaan Vellmish"),
        ("Abdul Aziz Nuristani", "Abdulaziz Nooristani"),
        ("Ardan Velmish Khorab", "Ardan Velmish"),
        ("Ардан Велмиш", "Ardan Velmish"),
        ("Colonel Ardan Velmish", "Ardan Velmish"),
    ],
)
def test_spellings_of_one_name_are_likely_one(one: str, other: str) -> None:
    assert likely(one, other) > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ardan Velmish", "Ardan Tolkan"),
        ("Ardan Velmish", "Mirelda Velmish"),
        ("Mohammed Ahmed", "Mohammed Hassan"),
        ("Ardan Velmish", "Petrush Obrenko"),
    ],
)
def test_other_people_are_unlikely_one(one: str, other: str) -> None:
    assert likely(one, other) < 0.5


def test_numbers_set_groups_apart() -> None:
    assert likely("Orvane Brigade 12", "Orvane Brigade 14", "group") < likely(
        "Orvane Brigade 12", "Orvane Brigade 12", "group"
    )
    assert compare_words(*(prepare_name(number).tokens[0] for number in ("12", "14"))) == (0.0, False)


def test_what_agreed_what_did_not_and_what_could_not_be_compared_are_told() -> None:
    slip = compare_names(prepare_name("Ardan Velmish"), prepare_name("Ardan Vellmish Khorab"))
    assert slip.agreed == ("ardan", "velmish = vellmish (sounds alike)")
    assert slip.could_not_compare == ("khorab: not in the name given",)
    other = compare_names(prepare_name("Ardan Velmish"), prepare_name("Ardan Tolkan"))
    assert (other.agreed, other.disagreed) == (("ardan",), ("velmish / tolkan",))


def test_each_word_stands_for_one_word_at_most() -> None:
    pairs = align_words(prepare_name("Hask Hask"), prepare_name("Hask Velmish"))
    assert len(pairs) == 1


def test_two_words_may_stand_for_one() -> None:
    pairs = align_words(prepare_name("Vel Mish Tolkan"), prepare_name("Velmish Tolkan"))
    assert [(pair.ours, pair.theirs) for pair in pairs] == [((0, 2), (0, 1)), ((2, 3), (1, 2))]


def test_words_that_many_bear_weigh_less_where_the_list_says_so() -> None:
    names = prepare_name("Ardan Velmish"), prepare_name("Ardan Tolkan")
    bare = compare_names(*names)
    common = compare_names(*names, weights={"ardan": 0.35})
    assert common.features["matched"] < bare.features["matched"]


@given(ANY, ANY, KINDS)
def test_a_comparison_never_raises_and_its_probability_is_one(one: str, other: str, kind: str) -> None:
    comparison = compare_names(prepare_name(one), prepare_name(other), kind)
    assert 0.0 <= comparison.probability <= 1.0
    assert tuple(comparison.features) == FEATURES
    assert all(math.isfinite(value) for value in comparison.features.values())


@given(NAMES, NAMES)
def test_words_are_laid_side_by_side_the_same_way_whichever_name_comes_first(one: str, other: str) -> None:
    forth = align_words(prepare_name(one), prepare_name(other))
    back = align_words(prepare_name(other), prepare_name(one))
    assert sorted((pair.ours, pair.theirs, pair.alike) for pair in forth) == sorted(
        (pair.theirs, pair.ours, pair.alike) for pair in back
    )


@given(NAMES)
def test_a_name_agrees_with_itself_in_every_word(name: str) -> None:
    comparison = compare_names(prepare_name(name), prepare_name(name))
    assert comparison.features["same"] == 1.0
    assert comparison.disagreed == ()
    assert comparison.could_not_compare == ()
