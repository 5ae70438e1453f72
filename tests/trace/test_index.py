"""A document that is added to an archive finds what it would have found if the archive had been traced with it."""

from __future__ import annotations

import pytest

from pledgewatch.model.case import TracePolicy
from pledgewatch.trace import TraceIndex, trace_documents
from tests.trace.case_files import load_families

DOCUMENTS = [document for family in load_families() for document in family.documents]
WHOLE = {(link.copy, link.of) for link in trace_documents(DOCUMENTS, {}, TracePolicy()).links if link.kind != "cites"}


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
    missed = {pair for pair in map(frozenset, WHOLE) if pair not in found}
    assert len(missed) <= len(WHOLE) // 5
