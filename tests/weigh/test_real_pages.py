"""Two duties of the founding case over a year and a half, from four of its pages and the founding story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pledgewatch.collect import collect_file
from pledgewatch.ledger import attach_indicators, draw_ledger, propose_indicators
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.case import CollectPolicy, ReadPolicy, TracePolicy, WeighPolicy
from pledgewatch.model.document import Document, Source
from pledgewatch.model.reading import Reading
from pledgewatch.read import read_document
from pledgewatch.resolve import Known, load_registry, resolve_mentions
from pledgewatch.trace import trace_documents
from pledgewatch.weigh import published_by, weigh_case

pytestmark = pytest.mark.shared

PAGES = (
    "2021-04/2021-04-13-background-press-call*",
    "2021-06/2021-06-25-press-briefing*",
    "2022-08/2022-08-01-background-press-call*",
    "2022-08/2022-08-02-press-briefing*",
)
SOURCES = (
    Source("party", "The government's own pages", "B", kind="government", interested_in=("United States",)),
    Source("copyist", "A site that copies", "C", kind="newspaper"),
)


@pytest.fixture(scope="module")
def case(shared: Path) -> tuple[Agreement, list[Document], dict[str, Reading]]:
    """The agreement with its indicators, the documents, and their readings."""
    folder = shared / "cases" / "doha"
    (sheet,) = collect_file((folder / "agreement.md").read_bytes(), "agreement.md", CollectPolicy()).documents
    agreement = draw_ledger(sheet)
    agreement = attach_indicators(agreement, propose_indicators(agreement, sheet.text))
    found = [(next((folder / "founding").iterdir()), "copyist")]
    for pattern in PAGES:
        (page,) = (folder / "reporting" / "press-briefings").glob(pattern)
        found.append((page, "party"))
    documents = []
    for path, source in found:
        (document,) = collect_file(path.read_bytes(), path.name, CollectPolicy()).documents
        documents.append(replace(document, source=source))
    return agreement, documents, {document.id: read_document(document, ReadPolicy()) for document in documents}


def status_on(case: tuple[Agreement, list[Document], dict[str, Reading]], day: str, commitment: str) -> str:
    """The status of a commitment as of a day, from what was published by then."""
    agreement, documents, readings = case
    used = list(published_by(documents, day))
    known = {document.id: readings[document.id] for document in used}
    trace = trace_documents(used, known, TracePolicy())
    resolution = resolve_mentions(used, known, agreement, (), Known(load_registry()))
    assessment = weigh_case(agreement, used, known, trace, resolution, SOURCES, day, WeighPolicy())
    return next(one.status for one in assessment.findings if one.commitment == commitment)


@pytest.mark.parametrize(
    ("day", "status"), [("2021-02-17", "not yet due"), ("2021-04-27", "not yet due"), ("2021-05-02", "broken")]
)
def test_a_missed_deadline_turns_when_it_passes_and_not_before(
    case: tuple[Agreement, list[Document], dict[str, Reading]], day: str, status: str
) -> None:
    assert status_on(case, day, "c_1.3") == status


@pytest.mark.parametrize(
    ("day", "status"), [("2021-02-17", "contested"), ("2021-08-31", "contested"), ("2022-08-02", "broken")]
)
def test_hosting_is_decided_only_by_what_was_found_in_the_second_summer(
    case: tuple[Agreement, list[Document], dict[str, Reading]], day: str, status: str
) -> None:
    assert status_on(case, day, "c_2.3-2") == status
