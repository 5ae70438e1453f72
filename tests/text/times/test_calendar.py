"""Facts about calendar arithmetic."""

from __future__ import annotations

import pytest

from pledgewatch.errors import InputError
from pledgewatch.text.times import add_duration
from pledgewatch.text.times.calendar import Moment, shift_days, write_duration


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2019-02-28", "P135D", "2019-07-13"),
        ("2020-02-28", "P2D", "2020-03-01"),
        ("2019-01-31", "P1M", "2019-02-28"),
        ("2020-01-31", "P1M", "2020-02-29"),
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2020-05-15", "P9M15D", "2021-03-02"),
        ("2020-05-15", "P1Y6M", "2021-11-15"),
        ("2020-05-15", "P2W", "2020-05-29"),
        ("2020-05-15", "PT24H", "2020-05-16"),
        ("2020-05", "P3M", "2020-08"),
        ("2020", "P10Y", "2030"),
        ("2020-12-31", "P0D", "2020-12-31"),
        ("-0479-12-31", "P1D", "-0478-01-01"),
    ],
)
def test_a_duration_after_a_date(start: str, duration: str, end: str) -> None:
    assert add_duration(start, duration) == end


@pytest.mark.parametrize(
    ("start", "duration"),
    [
        ("2020-13-01", "P1D"),
        ("2020-02-30", "P1D"),
        ("soon", "P1D"),
        ("2020-01-01", "PXD"),
        ("2020-01-01", "P"),
        ("2020-01-01", "P0.3M"),
        ("2020-01", "P10D"),
        ("2020", "P1M"),
        ("9999-12-31", "P1D"),
        ("2020-01-01", "P999999999999Y"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_remedy(start: str, duration: str) -> None:
    with pytest.raises(InputError) as refused:
        add_duration(start, duration)
    assert refused.value.remedy


def test_half_units_become_the_next_smaller_ones() -> None:
    assert [write_duration(0.5, unit) for unit in ("H", "Y", "De", "Ce")] == ["PT30M", "P6M", "P5Y", "P50Y"]


def test_days_are_shifted_across_the_year_nought() -> None:
    assert shift_days(Moment(0, 12, 31), 1) == Moment(1, 1, 1)
    assert shift_days(Moment(1, 1, 1), -1) == Moment(0, 12, 31)
