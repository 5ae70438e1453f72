"""Shingles and alignment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.text.diff import bag_likeness, word_changes
from pledgewatch.text.shingles import comparison_words, containment, make_shingles

WORDS = st.lists(st.sampled_from("abcde"), max_size=20)


@given(WORDS, st.integers(1, 4))
def test_equal_runs_of_words_and_no_others_give_equal_shingles(words: list[str], size: int) -> None:
    runs = [tuple(words[index : index + size]) for index in range(len(words) - size + 1)]
    assert len(make_shingles(words, size)) == len(runs)
    assert len(set(make_shingles(words, size).tolist())) == len(set(runs))


def test_a_shingle_is_the_same_number_on_every_machine() -> None:
    assert make_shingles(["the", "bridge"], 2).tolist() == [make_shingles(["at", "the", "bridge"], 2)[1]]
    assert make_shingles(["bridge"], 1).tolist() == [SHINGLE_OF_BRIDGE]


SHINGLE_OF_BRIDGE = 0xEE0F8CA517BCC426


def test_word_order_makes_another_shingle() -> None:
    assert make_shingles(["a", "b"], 2)[0] != make_shingles(["b", "a"], 2)[0]


@given(st.text())
def test_words_stand_where_their_places_say(text: str) -> None:
    for word in comparison_words(text):
        assert comparison_words(text[word.start : word.end])[0].key == word.key


def test_nothing_is_contained_in_nothing() -> None:
    nothing, one = make_shingles([], 1), make_shingles(["bridge"], 1)
    assert containment(nothing, one) == containment(one, nothing) == 0.0


def test_likeness_of_bags_without_words_is_zero() -> None:
    assert bag_likeness({}, {}) == 0.0


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_taking_the_changes_back_gives_the_other_text(ours: list[str], theirs: list[str]) -> None:
    back = list(ours)
    for (start, end), (other_start, other_end) in reversed(word_changes(ours, theirs)):
        back[start:end] = theirs[other_start:other_end]
    assert back == theirs
