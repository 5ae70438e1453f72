"""Ours is written by ICD 203 with the number beside it; others' words are read as readers read them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.model.assessment import Likelihood
from pledgewatch.model.likelihood import Yardstick
from pledgewatch.weigh.likelihood import TERMS, name_likelihood, write_likelihood
from pledgewatch.weigh.likelihood_words import (
    find_likelihoods,
    find_yardstick,
    read_likelihood,
    readers_table,
    yardstick_table,
)


def test_terms_are_icd_203_and_a_realistic_possibility_is_never_written() -> None:
    assert tuple(term for term, _, _ in TERMS) == get_args(Likelihood)
    assert all("realistic" not in write_likelihood(step / 100) for step in range(101))
    bands = yardstick_table("ICD 203")
    for term, low, high in TERMS:
        assert bands[term.replace("certainly", "certain")][::2] == (low / 100, high / 100)


@given(st.floats(0, 1))
def test_number_beside_the_term_lies_in_its_band(probability: float) -> None:
    words, number = write_likelihood(probability).removesuffix(" %)").split(" (")
    low, high = next((low, high) for term, low, high in TERMS if term == words)
    assert low <= int(number) <= high


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_probable_is_never_worded_as_less(one: float, two: float) -> None:
    order = [term for term, _, _ in TERMS]
    low, high = sorted((one, two))
    assert order.index(name_likelihood(low)) <= order.index(name_likelihood(high))


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("likely", 0.75),
        ("not likely", 0.2),
        ("isn't likely", 0.2),
        ("unlikely", 0.2),
        ("highly unlikely", 0.05),
        ("very unlikely", 0.05),
        ("very likely", 0.9),
        ("almost certainly", 0.95),
        ("may", 0.4),
        ("it may happen", 0.4),
        ("may not happen", 0.6),
        ("could fall", 0.4),
        ("possible", 0.4),
        ("impossible", 0.02),
        ("not impossible", 0.2),
        ("probably", 0.75),
        ("cannot be ruled out", 0.2),
        ("couldn’t be ruled out", 0.2),
        ("more likely than not", 0.6),
        ("less likely than not", 0.4),
        ("as likely as not", 0.5),
        ("a remote chance", 0.05),
        ("no chance", 0.02),
        ("perhaps", 0.4),
    ],
)
def test_words_mean_what_readers_take_them_to_mean(words: str, best: float | None) -> None:
    read = read_likelihood(words)
    assert (read[1] if read else None) == best


@pytest.mark.parametrize(
    "words",
    [
        "more likely than last year",
        "as soon as possible",
        "In May 2021",
        "their military might",
        "could not be reached",
        "not certain",
        "how likely is it",
        "unlike the others",
        "if possible",
        "no longer possible",
        "",
    ],
)
def test_other_uses_of_the_words_state_no_likelihood(words: str) -> None:
    assert find_likelihoods(words) == ()


def test_every_phrase_of_the_table_is_read_as_itself() -> None:
    for phrase, figures in readers_table().items():
        assert read_likelihood(phrase) == figures


def test_figures_are_ordered_probabilities() -> None:
    tables = [readers_table(), *(yardstick_table(name) for name in get_args(Yardstick))]
    for low, best, high in (figures for table in tables for figures in table.values()):
        assert 0.0 <= low <= best <= high <= 1.0


def test_spans_hold_and_come_in_order() -> None:
    text = "It’s not very likely — but it could well be, and it almost certainly was."
    found = find_likelihoods(text)
    assert [one.span.text for one in found] == ["not very likely", "could well", "almost certainly"]
    assert all(one.span.holds_in(text) for one in found)


def test_official_scale_counts_only_where_the_text_names_it() -> None:
    sentence = "The panel finds it unlikely."
    plain, scaled = find_likelihoods(sentence), find_likelihoods(sentence, near="Terms follow ICD 203. " + sentence)
    assert (plain[0].best, plain[0].yardstick) == (0.2, None)
    assert (scaled[0].low, scaled[0].high, scaled[0].yardstick) == (0.2, 0.45, "ICD 203")


def test_words_that_a_scale_lacks_are_read_as_readers_read_them() -> None:
    (found,) = find_likelihoods("Under the PHIA yardstick it may well rain.")
    assert found.yardstick is None
    assert read_likelihood("probably", "UK") == (0.55, 0.65, 0.75)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("as set out in Intelligence Community Directive 203", "ICD 203"),
        ("the PHIA probability yardstick", "UK"),
        ("in NATO terms, under AJP-2.1", "NATO"),
        ("IPCC calibrated language", "IPCC"),
        ("EFSA approximate probability scale", "EFSA"),
        ("The IPCC said, and NATO said, and the UK said", None),
        ("ICD 203 and the PHIA yardstick differ", None),
    ],
)
def test_scale_is_known_by_its_name_and_two_names_are_none(text: str, name: str | None) -> None:
    assert find_yardstick(text) == name
