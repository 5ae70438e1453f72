"""Writes the periodic monitoring report of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pledgewatch.model.actor import Resolution
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import Assessment
from pledgewatch.model.document import Document, Source, Unread
from pledgewatch.model.identity import make_id
from pledgewatch.model.origin import Trace
from pledgewatch.model.reading import Reading
from pledgewatch.model.report import CitedDocument, Report, ReportSection
from pledgewatch.report.basis import Basis
from pledgewatch.report.findings import write_findings
from pledgewatch.report.opening import write_method, write_opening


def write_report(
    title: str,
    case: str,
    agreement: Agreement,
    agreement_document: Document,
    assessment: Assessment,
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    trace: Trace,
    resolution: Resolution,  # noqa: ARG001 - part of the agreed signature; names reach us in ``Evidence.said_by``
    sources: Sequence[Source],
    period: str,
    versions: Sequence[tuple[str, str]],
    unread: Sequence[Unread] = (),
) -> Report:
    """Writes the monitoring report: an opening, a section for each commitment, and how to read it.

    Every sentence but those of role ``method`` cites exact words; ``derived_from`` names every document that went into
    it, and its handling is joined from theirs. A document later than the assessment's day is not even counted (rule 6).

    Args:
        documents: the documents of the case; those not named by the assessment are not used.
        period: what the report covers, as shown ("2021-02").
        versions: name and version of the rules, lists and weights behind it (rule 10).
        unread: files that could not be read at all. They have no handling, so their sentence is for the team only.

    Returns:
        The report; the same arguments give the same report.
    """
    basis = Basis(agreement, agreement_document, assessment, documents, readings, trace, sources)
    sections = (write_opening(basis, unread), *write_findings(basis), write_method())
    sentence_ids = [f"{sentence.id} {sentence.text}" for section in sections for sentence in section.sentences]
    return Report(
        make_id("r", case, assessment.as_of, period, *sentence_ids),
        title,
        case,
        assessment.as_of,
        period,
        sections,
        _list_documents(basis, sections),
        tuple((name, version) for name, version in versions),
    )


def _list_documents(basis: Basis, sections: Sequence[ReportSection]) -> tuple[CitedDocument, ...]:
    """The documents that are cited, in the order in which they first are."""
    ids = dict.fromkeys(
        citation.document for section in sections for sentence in section.sentences for citation in sentence.citations
    )
    grades: dict[str, str] = {}
    for finding in basis.assessment.findings:
        for evidence in (*finding.evidence_for, *finding.evidence_against):
            # Of several grades for one document the best digit is shown: the letter is the source's and the same.
            known = grades.get(evidence.document)
            grades[evidence.document] = (
                min(known, evidence.grade, key=lambda grade: grade[1:]) if known else evidence.grade
            )
    cited: list[CitedDocument] = []
    for id in ids:
        document = basis.documents[id]
        origin = basis.origin_of(id)
        source = basis.sources.get(document.source) if document.source else None
        cited.append(
            CitedDocument(
                id,
                document.title,
                basis.publisher(document),
                document.published,
                document.address,
                document.path,
                origin.id if origin else None,
                grades.get(id, f"{basis.reliability(document)}6"),
                bool(source and source.interested_in),
            )
        )
    return tuple(cited)
