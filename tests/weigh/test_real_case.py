"""The founding case, through all stages: what an analyst must be able to read in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pledgewatch.collect import collect_file
from pledgewatch.ledger import attach_indicators, draw_ledger, propose_indicators
from pledgewatch.model.assessment import Finding
from pledgewatch.model.case import CollectPolicy, ReadPolicy, TracePolicy, WeighPolicy
from pledgewatch.model.reading import Reading
from pledgewatch.read import read_document
from pledgewatch.resolve import resolve_mentions
from pledgewatch.trace import trace_documents
from pledgewatch.weigh import weigh_case

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def findings(shared: Path) -> tuple[dict[str, Finding], Reading]:
    """The findings by commitment, and the story's reading."""
    case = shared / "cases" / "doha"
    (sheet,) = collect_file((case / "agreement.md").read_bytes(), "agreement.md", CollectPolicy()).documents
    agreement = draw_ledger(sheet)
    agreement = attach_indicators(agreement, propose_indicators(agreement, sheet.text))
    path = next((case / "founding").iterdir())
    documents = collect_file(path.read_bytes(), f"founding/{path.name}", CollectPolicy()).documents
    readings = {document.id: read_document(document, ReadPolicy()) for document in documents}
    trace = trace_documents(documents, readings, TracePolicy())
    resolution = resolve_mentions(documents, readings, agreement)
    assessment = weigh_case(agreement, documents, readings, trace, resolution, (), "2021-02-17", WeighPolicy())
    return {one.commitment: one for one in assessment.findings}, readings[documents[0].id]


@pytest.fixture(scope="module")
def founding(findings: tuple[dict[str, Finding], Reading]) -> tuple[Finding, Reading]:
    """The finding on the duty not to host, and the story's reading."""
    return findings[0]["c_2.3-2"], findings[1]


def test_evidence_of_breaking_is_shown(founding: tuple[Finding, Reading]) -> None:
    words = " ".join(one.span.text for one in founding[0].evidence_against)
    for piece in ("close relationship", "under the protection", "deploying alongside"):
        assert piece in words


def test_training_bears_on_the_duty_to_prevent_training(findings: tuple[dict[str, Finding], Reading]) -> None:
    words = " ".join(one.span.text for one in findings[0]["c_2.3-1"].evidence_against)
    assert "conducts trainings" in words


def test_denial_stands_beside_it_and_is_marked_as_interested(founding: tuple[Finding, Reading]) -> None:
    interested = [one for one in founding[0].evidence_for if one.interested]
    assert any("honoring the agreement" in one.span.text for one in interested)
    assert any("no foreign fighters" in one.span.text for one in interested)


def test_refusal_to_comment_and_the_estimates_are_listed(founding: tuple[Finding, Reading]) -> None:
    finding, reading = founding
    silent = {one.id: one for one in reading.statements}
    assert [silent[one].stance for one in finding.silent] == ["declines"]
    ranges = {(one.low, one.high) for one in reading.estimates if one.id in {key for _, key in finding.estimates}}
    assert (200.0, 500.0) in ranges


def test_one_story_is_one_origin_and_the_finding_is_not_over_sure(founding: tuple[Finding, Reading]) -> None:
    finding = founding[0]
    assert finding.origins_against == 1
    assert finding.likelihood == "unlikely"
    assert finding.confidence == "low"
    assert [one.status for one in finding.rests_on] == ["cannot be judged"]
