"""What stands in quotation marks."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.text.quotes import find_quotations, quotation_at


def inner(text: str, level: int | None = 0) -> list[str]:
    return [
        text[found.inner_start : found.inner_end]
        for found in find_quotations(text)
        if level is None or found.level == level
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He said “we go now” today.",
        'He said "we go now" today.',
        "He said «we go now» today.",
        "He said « we go now » today.",
        "He said „we go now“ today.",
        "He said ”we go now” today.",
        "He said »we go now« today.",
        "He said ‘we go now’ today.",
        "He said 'we go now' today.",
        "He said ``we go now'' today.",
        "He said ‹we go now› today.",
        "He said 「we go now」 today.",
    ],
)
def test_every_style_of_marks_is_read(text: str) -> None:
    assert [words.strip() for words in inner(text)] == ["we go now"]
    assert all(found.closed for found in find_quotations(text))


def test_apostrophes_are_no_marks() -> None:
    assert inner("The fighters’ camp isn’t Vess's, it's the '90s depot of the Fronts'.") == []


def test_an_apostrophe_inside_single_marks_does_not_close() -> None:
    assert inner("‘The fighters’ camp isn’t open,’ he said.") == ["The fighters’ camp isn’t open,"]


def test_quotations_nest() -> None:
    text = "“He said ‘no’ to “us” twice,” she said."
    assert inner(text, None) == ["He said ‘no’ to “us” twice,", "no", "us"]
    assert [found.level for found in find_quotations(text)] == [0, 1, 1]


def test_a_lost_closing_mark_ends_with_the_paragraph() -> None:
    (found,) = find_quotations("They broke “with the others.\n\nNext day.")
    assert not found.closed
    assert found.end == len("They broke “with the others.")


def test_a_lost_closing_mark_ends_where_the_next_quotation_opens() -> None:
    text = "They broke “with the others. He said “we go” today."
    assert [(text[q.inner_start : q.inner_end], q.closed) for q in find_quotations(text)] == [
        ("with the others. He said", False),
        ("we go", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“They hold together, “he said.",
        "“They hold together,“ he said.",
        "“They hold together, ”Vess said.",
        '"They hold together, "he said.',
        "“They hold together. “",
        "“They hold together, “said Anna Vess.",
        "“They hold together, “Anna Vess said.",
    ],
)
def test_a_mark_turned_the_wrong_way_closes(text: str) -> None:
    (found,) = find_quotations(text)
    assert found.closed
    assert text[found.inner_start : found.inner_end].strip(" ,.") == "They hold together"


def test_a_second_quotation_after_a_lost_mark_is_kept() -> None:
    assert inner("“We go now, he said. “We stay,” she said.")[-1] == "We stay,"


def test_the_outermost_quotation_at_a_place_is_found() -> None:
    text = "He said “no ‘never’ again” today."
    found = find_quotations(text)
    assert quotation_at(found, text.index("never")) == found[0]
    assert quotation_at(found, text.index("today")) is None


@given(st.text(alphabet="ab .,\n“”\"'‘’«»`„", max_size=60))
def test_quotations_hold_their_marks_and_never_cross_a_paragraph(text: str) -> None:
    for found in find_quotations(text):
        assert 0 <= found.start < found.inner_start <= found.inner_end <= found.end <= len(text)
        assert "\n\n" not in text[found.start : found.end]
        assert found.closed == (found.inner_end < found.end)


@given(st.text(alphabet="ab .,“”\"'‘’", max_size=60))
def test_quotations_of_one_level_do_not_overlap(text: str) -> None:
    outer = [found for found in find_quotations(text) if found.level == 0]
    for left, right in itertools.pairwise(outer):
        assert left.end <= right.start


@pytest.mark.parametrize("unit", ['"', "“a ", "“a ”b ‘c ’ ", " '", '." ', "''", "``", "s’ a "])
def test_two_megabytes_of_marks_take_seconds(unit: str) -> None:
    text = (unit * (2_000_000 // len(unit) + 1))[:2_000_000]
    started = time.perf_counter()
    find_quotations(text)
    assert time.perf_counter() - started < 60
