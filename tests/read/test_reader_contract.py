"""What every reader keeps to, on every reader there is."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.errors import AnchorError, Bug, InputError
from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.reading import Mention, Reading, spans_of
from pledgewatch.model.span import Span
from pledgewatch.model.wire import from_wire, to_wire
from pledgewatch.read import READERS, Reader, check_reading, find_reader, read_document
from tests.read.cases import FOLDER, load_cases
from tests.read.documents import make_document

TEXTS = [case.text for path in sorted(FOLDER.glob("*.case")) for case in load_cases(path)]
WHOLE = "\n\n".join(TEXTS)
NEWS_WORDS = st.sampled_from((FOLDER / "fragments.txt").read_text("utf-8").split("|"))
LINES = (
    'a|word |Anna Vess said |“Go,” he said, |he said that |Front of the |\n|"|Q  |A. '
    "|MS. VESS: a\n\n|U.S.-|the Front’s "
)

readers = pytest.mark.parametrize("reader", READERS, ids=[reader.name for reader in READERS])


@readers
def test_a_reader_is_found_by_its_name(reader: Reader) -> None:
    assert find_reader(reader.name) is reader
    assert reader.version
    assert reader.languages


@readers
def test_readings_hold_on_their_documents(reader: Reader) -> None:
    for text in TEXTS:
        document = make_document(text)
        check_reading(document, reader.read(document, ReadPolicy(reader=reader.name)))


@readers
def test_the_same_document_gives_the_same_reading(reader: Reader) -> None:
    document = make_document(WHOLE)
    policy = ReadPolicy(reader=reader.name)
    assert read_document(document, policy) == read_document(document, policy)


@readers
def test_marks_stand_in_the_order_of_the_text(reader: Reader) -> None:
    reading = read_document(make_document(WHOLE), ReadPolicy(reader=reader.name))
    for marks in (reading.mentions, reading.times, reading.estimates):
        places = [mark.span.start for mark in marks]
        assert places == sorted(places)
    assert reading.statements


@readers
def test_a_reading_survives_the_wire(reader: Reader) -> None:
    reading = read_document(make_document(WHOLE), ReadPolicy(reader=reader.name))
    assert from_wire(Reading, to_wire(reading)) == reading


@readers
def test_an_empty_text_has_nothing_to_read(reader: Reader) -> None:
    for text in ("", " \n\n ", "."):
        assert read_document(make_document(text), ReadPolicy(reader=reader.name)).statements == ()


@readers
@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=120), st.lists(NEWS_WORDS, max_size=30).map("".join)))
def test_the_words_of_every_mark_are_the_texts_words_at_their_place(reader: Reader, text: str) -> None:
    document = make_document(text)
    reading = read_document(document, ReadPolicy(reader=reader.name))
    for mark in reading.marks():
        for span in spans_of(mark):
            assert text[span.start : span.end] == span.text
            assert span.text


@readers
@pytest.mark.parametrize("unit", LINES.split("|"))
def test_a_long_line_is_read_in_bounded_time(reader: Reader, unit: str) -> None:
    text = (unit * (40_000 // len(unit) + 1))[:40_000]
    started = time.perf_counter()
    reader.read(make_document(text), ReadPolicy(reader=reader.name))
    assert time.perf_counter() - started < 60


def test_a_text_without_sentence_ends_is_read() -> None:
    reading = read_document(make_document("and so the words go on " * 500 + "Anna Vess said it was late"), ReadPolicy())
    assert [mention.span.text for mention in reading.mentions] == ["Anna Vess"]


def test_of_a_language_that_is_not_read_only_dates_and_numbers_are_taken() -> None:
    reading = read_document(
        make_document("Anna Vess said that 200 men left on 3 May 2021.", language="fr"), ReadPolicy()
    )
    assert reading.statements == reading.mentions == ()
    assert reading.times
    assert "fr" in reading.unread[0].why


def test_a_language_outside_the_policy_is_not_read() -> None:
    document = make_document("Anna Vess said it was so.")
    assert read_document(document, ReadPolicy(languages=("fr",))).statements == ()


def test_a_reader_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(InputError, match="encoder"):
        read_document(make_document("a"), ReadPolicy(reader="none"))


def test_a_mark_whose_words_are_elsewhere_is_an_anchor_error() -> None:
    document = make_document("The Front left.")
    mention = Mention("m_1", Span(0, 5, "Front"), "group")
    with pytest.raises(AnchorError):
        check_reading(document, Reading(document.id, "x", mentions=(mention,)))


def test_a_reference_to_nothing_is_a_bug() -> None:
    document = make_document("The Front left.")
    mention = Mention("m_1", Span.cut(document.text, 4, 9), "group", head="m_2")
    with pytest.raises(Bug, match="no mention"):
        check_reading(document, Reading(document.id, "x", mentions=(mention,)))
    whole = replace(mention, head=None)
    with pytest.raises(Bug, match="two marks"):
        check_reading(document, Reading(document.id, "x", mentions=(whole, whole)))
