"""Facts about the values of number words and numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.text.numbers import find_numbers, parse_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("0", 0),
        ("12,500", 12_500),
        ("3.5", 3.5),
        (".08", 0.08),
        ("40 000", 40_000),
        ("5,00", 5),
        ("seventeen", 17),
        ("ninety-five", 95),
        ("fifty two", 52),
        ("a hundred", 100),
        ("two hundred and fifty", 250),
        ("two hundred and two thousand", 202_000),
        ("two thousand and five hundred", 2_500),
        ("three hundred thousand", 300_000),
        ("3.2 million", 3_200_000),
        ("1.5bn", 1_500_000_000),
        ("five and a half million", 5_500_000),
        ("one million and a half", 1_500_000),
        ("half a million", 500_000),
        ("nine and a half", 9.5),
        ("three quarters", 0.75),
        ("two-thirds", 2 / 3),
        ("10 1/2", 10.5),
        ("3/4", 0.75),
        ("¾", 0.75),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("minus five point five", -5.5),
        ("two hundred point zero three", 200.03),
        ("13 lakh", 1_300_000),
        ("one hundred and three quarters", 100.75),
        ("one billion and a half million", 1_000_500_000),
    ],
)
def test_words_have_a_value(words: str, value: float) -> None:
    assert [number.value for number in find_numbers(words)] == [pytest.approx(value)]
    if "\u00a0" not in words and words != "40 000":
        assert parse_number(words) == pytest.approx(value)


@pytest.mark.parametrize("words", ["", "two sides", "several", "and", "two and", "1.2.3", "fighters", "hundred of"])
def test_what_is_no_single_number_has_no_value(words: str) -> None:
    assert parse_number(words) is None


@pytest.mark.parametrize("text", ["The one that left", "which one", "every one", "MH17", "file_9", "no one"])
def test_pronouns_and_numerals_in_names_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == ()


def test_addresses_of_machines_are_several_numbers() -> None:
    assert [number.value for number in find_numbers("192.168.1.2")] == [192, 168, 1, 2]


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_come_back(value: int) -> None:
    assert [number.value for number in find_numbers(f"{value:,}")] == [value]


@given(st.text(max_size=120))
def test_numbers_are_in_order_and_apart_on_any_text(text: str) -> None:
    edge = 0
    for number in find_numbers(text):
        assert edge <= number.start < number.end <= len(text)
        edge = number.end
