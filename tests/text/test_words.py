"""Words with their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.text.words import split_words


def words(text: str) -> list[str]:
    return [word.text for word in split_words(text)]


def test_the_possessive_stands_alone() -> None:
    assert words("the Front’s camp and Vess's") == ["the", "Front", "’s", "camp", "and", "Vess", "'s"]


def test_numbers_and_abbreviations_stay_whole() -> None:
    assert words("U.S. 1,200 3.5 12:30 a.m.") == ["U.S.", "1,200", "3.5", "12:30", "a.m."]


def test_contractions_stay_whole_and_hyphens_stand_alone() -> None:
    assert words("didn’t US-led") == ["didn’t", "US", "-", "led"]


def test_places_count_in_the_whole_text() -> None:
    (word,) = split_words("one two three", 4, 7)
    assert (word.start, word.end, word.text, word.lower) == (4, 7, "two", "two")


@given(st.text(max_size=60))
def test_the_words_are_the_texts_words_and_leave_out_only_white_space(text: str) -> None:
    last = 0
    for word in split_words(text):
        assert text[word.start : word.end] == word.text
        assert not text[last : word.start].strip()
        last = word.end
    assert not text[last:].strip()
