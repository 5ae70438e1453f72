"""By when: the words of deadlines, what they count from, and what is none."""

from __future__ import annotations

import pytest

from pledgewatch.ledger.deadlines import find_deadlines


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Within 135 days of the signing of this agreement it shall go", "signing + 135 days"),
        ("within thirty (30) days from the entry into force", "entry into force + 30 days"),
        ("within 120 days of 3 May 2019", "2019-05-03 + 120 days"),
        ("within the next six months", "signing + 6 months"),
        (
            "no later than the last day of the third month after entry into force",
            "end of month of entry into force + 3 months",
        ),
        ("not later than 30 days before the vote of 17 October 2033", "2033-10-17 - 30 days"),
        ("on the tenth day after signature", "signing + 10 days"),
        ("within 10 working days of signing", "signing + 10 working days"),
        ("by 31 March", "next 03-31 after signing"),
        ("by the end of the year", "end of year of signing"),
        ("before May 2031", "2031-05-01"),
        ("by May 2031", "2031-05-31"),
        ("on the 20th instant", "day 20 of month of signing"),
        ("by Monday", "next Monday after signing"),
        ("by the end of the second quarter", "next 06-30 after signing"),
        ("before the end of the first quarter of 2040", "2040-03-31"),
        ("before the end of the current quarter", "end of quarter of signing"),
        ("on the last Friday of September 2035", "2035-09-28"),
        ("by the end of the month in which this Treaty enters into force", "end of month of entry into force"),
        ("upon signature of this Accord", "signing"),
        ("By Day 95", "D-Day + 95 days"),
        ("not later than D+30", "D-Day + 30 days"),
        ("on the date of entry into force", "entry into force"),
        ("by the 4th day of July, one thousand eight hundred and nine", "1809-07-04"),
    ],
)
def test_words_become_a_rule(words: str, rule: str) -> None:
    assert [found.rule for found in find_deadlines(words)] == [rule]


@pytest.mark.parametrize(
    "words",
    [
        "for a period of ten years",
        "until 30 November 2032",
        "from 1 May to 30 September of each year",
        "for acts committed before 2 March 2031",
        "their borders as they stood on 1 January 1998",
        "for more than three hours",
        "with 12 hours' notice",
        "no later than 15 November of each year",
    ],
)
def test_a_length_a_habit_and_a_day_of_something_else_are_no_deadline(words: str) -> None:
    assert find_deadlines(words) == ()


@pytest.mark.parametrize(
    ("words", "counts_from"),
    [
        ("within the same period", "same"),
        ("within 30 days of the same date", "same anchor"),
        ("within the nine and a half months after that", "previous"),
        ("within ten days thereafter", "previous"),
        ("within a further six months", "previous"),
        ("within 48 hours of learning of it", "occasion"),
        ("at least 24 hours before each convoy", "occasion"),
        ("within 14 days after the completion of the withdrawal", "event"),
    ],
)
def test_what_a_length_counts_from(words: str, counts_from: str) -> None:
    (found,) = find_deadlines(words)
    assert found.counts_from == counts_from
    assert (found.start, found.end) == (0, len(words))


def test_the_exact_hour_and_its_zone_are_kept() -> None:
    (found,) = find_deadlines("shall cease at 06:00 local time (UTC+3) on 4 March 2031")
    assert (found.rule, found.clock, found.zone) == ("2031-03-04", "06:00", "UTC+3")
    (named,) = find_deadlines("will end at 00:00 (Ardel time) on February 14, 2034")
    assert (named.clock, named.zone) == ("00:00", "Ardel time")


def test_by_midnight_is_the_end_of_the_day_and_from_midnight_its_start() -> None:
    assert [found.clock for found in find_deadlines("by midnight on 4 March 2031")] == ["24:00"]
    assert [found.clock for found in find_deadlines("from midnight on 4 March 2031")] == ["00:00"]
