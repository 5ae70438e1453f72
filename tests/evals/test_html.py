from __future__ import annotations

from pathlib import Path

import pytest

from evals.html import SETS, compare_shingles, measure, score_bodies

GOLD = "the front denied that any gun had been moved"


def test_the_same_words_score_one_whatever_their_marks_and_spaces() -> None:
    assert score_bodies({"a": GOLD}, {"a": "the front denied -- that any\n\ngun had been moved."}) == (1.0, 1.0, 1.0)


def test_nothing_found_scores_zero_and_nothing_wanted_and_found_scores_one() -> None:
    assert score_bodies({"a": GOLD}, {}) == (0.0, 0.0, 0.0)
    assert score_bodies({"a": ""}, {"a": " "}) == (1.0, 1.0, 1.0)


def test_half_a_text_has_full_precision_and_part_recall() -> None:
    # Nine words have six shingles; their first six words have three of them.
    assert compare_shingles(GOLD, "the front denied that any gun") == (3, 0, 3)
    assert score_bodies({"a": GOLD}, {"a": "the front denied that any gun"})[:2] == (1.0, 0.5)


def test_a_shingle_told_twice_counts_as_extra() -> None:
    assert compare_shingles("one two three four", "one two three four one two three four") == (1, 4, 0)


def test_pages_count_alike_whatever_their_length() -> None:
    long = " ".join(f"word{number}" for number in range(400))
    precision, recall, _ = score_bodies({"a": long, "b": GOLD}, {"a": long, "b": "something else than was wanted here"})
    assert (precision, recall) == (0.5, 0.5)


def test_words_in_capitals_are_other_words() -> None:
    assert compare_shingles("one two three four", "One two three four") == (0, 1, 1)


@pytest.mark.shared
def test_our_bodies_beat_the_defaults_of_the_library_behind_them(shared: Path) -> None:
    rows = {row.figure: row for row in measure(shared, quick=True)}
    assert {row.set for row in rows.values()} == set(SETS)
    body = rows["body F1"]
    assert body.n == 92
    assert body.beat is not None
    assert body.ours > body.beat
