"""The words of a search, and the passage that shows where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.store.search import PASSAGE, cut_passage, fold_letters, split_words


@given(st.text(max_size=200))
def test_folding_keeps_every_code_point_in_its_place(text: str) -> None:
    folded = fold_letters(text)
    assert len(folded) == len(text)
    assert fold_letters(folded) == folded


@given(st.text(max_size=600), st.text(max_size=8))
def test_a_passage_is_exact_and_bounded(text: str, query: str) -> None:
    passage = cut_passage(text, split_words(query))
    assert passage.holds_in(text)
    assert len(passage.text) <= PASSAGE


@pytest.mark.parametrize("query", ["needle", "NEEDLÉ", "need"])
def test_a_passage_holds_the_match_whole_and_starts_and_ends_between_words(query: str) -> None:
    text = "straw " * 200 + "a needle lies here " + "straw " * 200
    passage = cut_passage(text, split_words(query)).text
    assert "a needle lies here" in passage
    assert passage.startswith("straw ")
    assert passage.endswith(" straw")


def test_a_text_that_does_not_match_shows_its_start() -> None:
    assert cut_passage("one two three", ("four",)).text == "one two three"


def test_words_match_at_their_start_only() -> None:
    text = "unarmed " * 40 + "armed men"
    assert cut_passage(text, ("arm",)).text.endswith("armed men")


def test_a_match_longer_than_a_passage_is_cut_and_not_lost() -> None:
    passage = cut_passage("x " + "a" * 500, ("aaa",))
    assert passage.text.endswith("a" * 50)
