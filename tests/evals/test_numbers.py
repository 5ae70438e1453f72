"""Facts about the scoring of numbers, on cases made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.numbers import (
    NumberCase,
    close,
    date_spans,
    measure,
    parse_bounds,
    parse_cases,
    plain_right,
    range_right,
    unit_right,
    value_of,
)


def case(text: str, *expected: tuple[int, int, dict[str, object]]) -> NumberCase:
    return NumberCase(text, expected)


def test_cases_are_read_with_inclusive_ends() -> None:
    raw = [{"Input": "a 7 b", "Results": [{"Text": "7", "Start": 2, "End": 2, "Resolution": {"value": "7"}}]}]
    assert parse_cases("\ufeff" + json.dumps(raw)) == (NumberCase("a 7 b", ((2, 2, {"value": "7"}),)),)


def test_a_result_without_a_place_is_found_by_its_words() -> None:
    raw = [{"Input": "It is Noon", "Results": [{"Text": "noon"}]}]
    assert parse_cases(json.dumps(raw))[0].expected == ((6, 9, {}),)


def test_a_plain_case_is_right_only_when_every_value_is() -> None:
    assert plain_right(case("3 men, 4 carts", (0, 0, {"value": "3"}), (7, 7, {"value": "4"})))
    assert not plain_right(case("3 men, 4 carts", (0, 0, {"value": "3"})))
    assert not plain_right(case("3 men", (0, 0, {"value": "5"})))
    assert plain_right(case("no men"))


def test_a_range_case_is_right_when_both_bounds_are() -> None:
    assert range_right(case("between 20 and 30", (0, 16, {"value": "[20,30)"})))
    assert not range_right(case("between 20 and 30", (0, 16, {"value": "[20,31)"})))
    assert not range_right(case("between 20 and 30"))


def test_a_unit_case_needs_the_figure_and_some_unit() -> None:
    assert unit_right(case("paid $5 million", (5, 14, {"value": "5000000", "unit": "Dollar"})))
    assert not unit_right(case("paid $5 million", (5, 14, {"value": "5", "unit": "Dollar"})))
    assert not unit_right(case("paid 5 men", (5, 9, {"value": "5", "unit": "Dollar"})))
    assert not unit_right(case("paid $5"))


def test_figures_are_read_with_their_exponent_and_without_their_percent_sign() -> None:
    assert value_of({"value": "1E-07"}) == 1e-07
    assert value_of({"value": "20%"}) == 20
    assert value_of({"value": "null"}) is None


def test_open_bounds_are_none() -> None:
    assert parse_bounds("(,100]") == (None, 100.0)
    assert close(None, None)
    assert not close(None, 0.0)


def test_date_spans_count_overlaps() -> None:
    assert date_spans(case("back on 3 May 2019", (8, 17, {}), (0, 3, {}))) == (1, 2)


@pytest.mark.shared
def test_every_row_is_a_share_of_its_cases(shared: Path) -> None:
    rows = measure(shared, True)
    assert len({row.key for row in rows}) == len(rows) == 7
    assert all(0 < row.ours <= 1 and row.n >= 20 for row in rows)
