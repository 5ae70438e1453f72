"""Where sentences and paragraphs end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.text.sentences import split_paragraphs, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Gen. Vess met Dr. J. Havel.", "They spoke."],
        ["The U.S. envoy left.", "He did not say why."],
        ["They left the U.S.", "The envoy stayed."],
        ["It began at 5 p.m. on Monday, Jan. 3, near St. Varna."],
        ["See No. 5 and Art. 3.", "No.", "We will not."],
        ["“We go.”", "He went."],
        ["“Who goes?” Anna Vess asked.", "Nobody did."],
        ["“Who goes?” he asked.", "Nobody did."],
        ["He waited … and left.", "It was late…", "Then he slept."],
        ["It cost 3.5 million at varna.example today.", "Next."],
        ["He had the words. “"],
        ["Dynamic, ”Vess said.", "“We agree, “he said."],
        ["It ended (at last).", "[The end.]"],
        ["Stop!", "Why?!", "Because."],
        ["他走了。", "她来了。"],
    ],
)
def test_a_text_joined_of_sentences_comes_apart_again(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_headings_and_paragraphs_always_end_a_sentence() -> None:
    assert sentences("The depot\n\nIt is closed\n\n- one\n- two") == ["The depot", "It is closed", "- one", "- two"]


def test_a_wrapped_line_is_no_end() -> None:
    text = (
        "The panel wrote that the depot near the northern border had been\n"
        "Ostrava’s largest and that it had been closed for months before the\n"
        "truce was signed.\nA line alone."
    )
    assert [text[start:end] for start, end in split_paragraphs(text)] == [text[:-14], "A line alone."]


def test_lines_longer_than_a_page_are_paragraphs() -> None:
    long = "The panel wrote that the depot was closed, " * 4
    text = f"{long.strip()}\nThe Front denied it, " + "and so on " * 12
    assert len(split_paragraphs(text)) == 2


def test_turns_of_a_transcript_start_paragraphs() -> None:
    text = "MS. VESS:  Good morning to you all, and thank you for coming today.\nQ    Is it open?\nMR. HAVEL:  No."
    assert len(split_paragraphs(text)) == 3


@given(st.text(alphabet="aA.?! \n“”\"'…é。-(", max_size=80))
def test_sentences_are_in_order_apart_and_hold_every_word(text: str) -> None:
    last = 0
    kept = ""
    for start, end in split_sentences(text):
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        kept += text[start:end]
        last = end
    assert not text[last:].strip()
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ["a", "a. ", "A. ", "… ", '." ', "\n", "a\n", "A b\n", " ", ".", "e.g. ", "1. ", "? “", "A" * 50 + "\n"]
)
def test_two_megabytes_take_seconds_and_not_hours(unit: str) -> None:
    text = (unit * (2_000_000 // len(unit) + 1))[:2_000_000]
    started = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - started < 30


def test_a_paragraphs_number_is_no_part_of_its_first_sentence() -> None:
    text = "3. The mission counted 40 men. It left.\n\n4) Nobody came in 1990. They stayed."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "The mission counted 40 men.",
        "It left.",
        "Nobody came in 1990.",
        "They stayed.",
    ]
