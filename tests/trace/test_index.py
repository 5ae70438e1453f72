"""A document that is added to an archive finds what it would have found if the archive had been traced with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.trace import TraceIndex, trace_documents
from tests.trace.case_files import load_families

DOCUMENTS = [document for family in load_families() for document in family.documents]
WHOLE = {(link.copy, link.of) for link in trace_documents(DOCUMENTS, {}, TracePolicy()).links if link.kind != "cites"}


CLOSER_LATER: set[frozenset[str]] = set()
"""Pairs of which one got a nearer relative after it was linked."""


@pytest.mark.parametrize("name", ["d_05_spun_spun", "d_02_republished_paper", "d_07_press_conference_one"])
def test_the_last_document_finds_its_relatives(name: str) -> None:
    if name not in {document.id for document in DOCUMENTS}:
        pytest.fail(f"there is no document {name}")
    index = TraceIndex([document for document in DOCUMENTS if document.id != name], {}, TracePolicy())
    links = index.add(next(document for document in DOCUMENTS if document.id == name))
    wanted = {pair for pair in WHOLE if name in pair}
    assert wanted <= {(link.copy, link.of) for link in links}
    assert bool(wanted) == bool(links)


def test_documents_that_were_added_are_found_by_later_ones() -> None:
    index = TraceIndex([], {}, TracePolicy())
    links = [link for document in DOCUMENTS for link in index.add(document)]
    found = {frozenset((link.copy, link.of)) for link in links}
    assert {pair for pair in map(frozenset, WHOLE) if pair not in found} <= CLOSER_LATER


def test_a_story_that_is_there_many_times_is_found_by_one_more_copy() -> None:
    wire = next(document for document in DOCUMENTS if document.id == "d_05_spun_wire")

    def copy(number: int) -> Document:
        text = wire.text + f"Read also what reader {number} wrote."
        return replace(wire, id=f"d_{number}", path=f"{number}", text=text, publisher=f"Paper {number}")

    index = TraceIndex([wire, *(copy(number) for number in range(60))], {}, TracePolicy())
    assert index.add(copy(61))


def test_a_new_version_of_a_page_is_linked_to_the_old_one() -> None:
    old = replace(DOCUMENTS[0], id="d_old", address="https://mirno.example/mill")
    new = Document("d_new", "new", "", "text/plain", "Gone.", address="https://mirno.example/mill/", supersedes="d_old")
    (link,) = TraceIndex([old], {}, TracePolicy()).add(new)
    assert (link.copy, link.of) == ("d_new", "d_old")


def test_a_document_that_is_there_already_changes_nothing() -> None:
    index = TraceIndex(DOCUMENTS, {}, TracePolicy())
    assert index.add(DOCUMENTS[0]) == ()
