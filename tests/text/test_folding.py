"""Names folded and found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.text.folding import find_names, fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Varna", "al Varna"),
        ("the Varna Front’s", "Varna Front"),
        ("Łódź", "Lodz"),
        ("U.O.R.", "UOR"),
        ("O’Brien", "O'Brien"),
        ("Sana'a", "Sanaa"),
        ("VARNA  FRONT", "Varna Front"),
        ("Val\u0065\u0301e", "Valée"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("Varna Front", "Varna Fronts"), ("Ostrava", "Ostravan"), ("Ruk", "Ruka")])
def test_different_names_fold_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("The Varna Front's men and the VARNA FRONT", ["Varna Front"], ["Varna Front", "VARNA FRONT"]),
        ("in front of the Front", ["Front"], ["Front"]),
        ("tell us what the US and the U.S. want", ["US"], ["US", "U.S."]),
        ("US-led forces; the U.S.-Ostrava talks", ["US", "Ostrava"], ["US", "U.S.", "Ostrava"]),
        ("Ostravans love Ostrava", ["Ostrava"], ["Ostrava"]),
        ("Al- Varna and al-Varna", ["Al-Varna"], ["Al- Varna", "al-Varna"]),
        ("the Varna Front Council", ["Varna Front", "Varna Front Council"], ["Varna Front Council"]),
        ("Varna. Front doors shut.", ["Varna Front"], []),
        ("Varna, Front", ["Varna Front"], []),
        ("I. Ruk and I Ruk", ["I. Ruk"], ["I. Ruk", "I Ruk"]),
        ("anything", [], []),
        ("anything", ["", "—"], []),
    ],
)
def test_names_are_found_as_whole_words_with_their_case(text: str, names: list[str], found: list[str]) -> None:
    assert [text[start:end] for start, end in find_names(text, names)] == found


@given(st.text(), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_what_is_found_folds_like_a_name_and_does_not_overlap(text: str, names: list[str]) -> None:
    folded = {fold_name(name) for name in names}
    last = 0
    for start, end in find_names(text, names):
        assert last <= start < end <= len(text)
        assert fold_name(text[start:end]) in folded
        last = end


@given(st.text())
def test_folding_twice_changes_nothing_more_than_a_second_the(name: str) -> None:
    folded = fold_name(name)
    if not folded.startswith("the "):
        assert fold_name(folded) == folded
