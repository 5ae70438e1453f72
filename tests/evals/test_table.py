"""Every later claim rests on this arithmetic."""

from __future__ import annotations

import pytest

from evals.table import Row, broken_floors, f1_of, scored


def test_precision_recall_and_f1_are_right_on_a_case_done_by_hand() -> None:
    assert scored({"a", "b", "c", "d"}, {"c", "d", "e"}) == (0.5, pytest.approx(2 / 3), pytest.approx(4 / 7))


def test_finding_nothing_where_something_is_scores_zero() -> None:
    assert f1_of(0, 0, 5) == (0.0, 0.0, 0.0)
    assert f1_of(0, 5, 0) == (0.0, 0.0, 0.0)


def test_finding_nothing_where_nothing_is_scores_one() -> None:
    assert scored(set(), set()) == (1.0, 1.0, 1.0)


def test_a_row_under_its_floor_breaks_it() -> None:
    row = Row("set", "figure", 0.49, 10)
    assert broken_floors([row], {"set: figure": 0.5}, {"set"}) == ["set: figure: 0.490 is under the floor 0.500"]
    assert broken_floors([row], {"set: figure": 0.49}, {"set"}) == []


def test_a_row_without_a_floor_and_a_floor_without_a_row_are_reported() -> None:
    lines = broken_floors([Row("set", "new", 0.9, 1)], {"set: old": 0.1, "other: old": 0.1}, {"set"})
    assert len(lines) == 2
    assert "no floor" in lines[0]
    assert "nothing was measured" in lines[1]
