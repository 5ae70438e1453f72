"""The opening of a report: does the case rest on one side, what could be used, what could not, and the statuses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pledgewatch.model.assessment import Finding
from pledgewatch.model.document import Document, Handling, Unread
from pledgewatch.model.report import Citation, ReportSection, ReportSentence
from pledgewatch.report.basis import Basis
from pledgewatch.report.quoting import cite_opening
from pledgewatch.report.wording import get_phrase, get_terms, list_method_sentences, write_sentence

SECTION = "summary"
SHOWN_OUTLETS = 3
SHOWN_PATHS = 5


def write_opening(basis: Basis, unread: Sequence[Unread]) -> ReportSection:
    """The first section. Its first sentence says whether the case rests on one side (rule 7)."""
    sentences = [
        _write_sides(basis),
        *_write_one_story(basis),
        _write_used(basis),
        *_write_statuses(basis),
        *_write_missing(basis, unread),
    ]
    return ReportSection(SECTION, get_phrase("opening_title"), tuple(sentences))


def write_method() -> ReportSection:
    """The last section: how to read the report. Nothing in it is derived from a document."""
    sentences = tuple(
        ReportSentence(f"s_method_{number}", text, "method")
        for number, text in enumerate(list_method_sentences(), start=1)
    )
    return ReportSection("method", get_phrase("method_title"), sentences)


def list_outlets(basis: Basis, findings: Iterable[Finding]) -> list[str]:
    """The first few publishers of what bears on the findings, most documents first."""
    counts: dict[str, int] = {}
    for finding in findings:
        for evidence in (*finding.evidence_for, *finding.evidence_against):
            publisher = basis.publisher(basis.documents[evidence.document])
            if publisher:
                counts[publisher] = counts.get(publisher, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))[:SHOWN_OUTLETS]


def _write_sides(basis: Basis) -> ReportSentence:
    findings = [finding for finding in basis.assessment.findings if finding.evidence_for or finding.evidence_against]
    one_sided = [finding for finding in findings if finding.one_sided]
    derived = list(dict.fromkeys(document.id for finding in findings for document in basis.bearing(finding)))
    documents = [basis.documents[id] for id in derived]
    if not findings:
        text = write_sentence("nothing-bears", as_of=basis.assessment.as_of)
        return basis.write(
            SECTION, "summary", "sides", text, basis.cite_all(basis.used or (basis.agreement_document,)), basis.used
        )
    if len(one_sided) == len(findings):
        sides = {_sides_of(basis, finding) for finding in one_sided}
        key = "case-one-sided" if len(sides) == 1 else "each-one-sided"
        text = write_sentence(key, outlets=list_outlets(basis, one_sided))
    elif one_sided:
        clauses = {commitment.id: commitment.clause for commitment in basis.agreement.commitments}
        names = list(dict.fromkeys(clauses.get(finding.commitment, finding.commitment) for finding in one_sided))
        text = write_sentence("some-one-sided", clauses=names)
    else:
        text = write_sentence("not-one-sided", findings=len(findings))
    return basis.write(
        SECTION, "one-sided" if one_sided else "summary", "sides", text, basis.cite_all(documents), documents
    )


def _write_one_story(basis: Basis) -> list[ReportSentence]:
    """Where all evidence of the case tells one story, says so at the top (rule 3)."""
    evidence = [
        item for finding in basis.assessment.findings for item in (*finding.evidence_for, *finding.evidence_against)
    ]
    origins = list(dict.fromkeys(item.origin for item in evidence))
    if len(origins) != 1:
        return []
    tellers = basis.tellers(origins[0]) or (basis.documents[evidence[0].document],)
    text = write_sentence("case-one-origin", documents=len(tellers), outlet=basis.outlet(tellers[0]))
    return [basis.write(SECTION, "summary", "one story", text, basis.cite_all(tellers), tellers)]


def _sides_of(basis: Basis, finding: Finding) -> tuple[str, ...]:
    """The parties that the publishers behind a finding speak for."""
    parties: dict[str, None] = {}
    for evidence in (*finding.evidence_for, *finding.evidence_against):
        source = basis.sources.get(basis.documents[evidence.document].source or "")
        parties.update(dict.fromkeys(source.interested_in if source else ()))
    return tuple(sorted(parties))


def _write_used(basis: Basis) -> ReportSentence:
    origins = {
        origin.id if origin else document.id for document in basis.used for origin in [basis.origin_of(document.id)]
    }
    outlets = {publisher for document in basis.used if (publisher := basis.publisher(document))}
    text = write_sentence(
        "used", as_of=basis.assessment.as_of, documents=len(basis.used), origins=len(origins), outlets=len(outlets)
    )
    citations = basis.cite_all(basis.used or (basis.agreement_document,))
    return basis.write(SECTION, "summary", "used", text, citations, basis.used)


def _write_statuses(basis: Basis) -> list[ReportSentence]:
    findings = basis.assessment.findings
    if not findings:
        return []
    counts = [
        (status, number)
        for status in get_terms("statuses")
        if (number := sum(1 for finding in findings if finding.status == status))
    ]
    text = write_sentence("statuses", commitments=len(findings), counts=counts)
    citation = cite_opening(basis.agreement_document)
    bearing = {document.id: document for finding in findings for document in basis.bearing(finding)}
    cited = (*((citation,) if citation else ()), *basis.cite_all(bearing.values()))
    return [basis.write(SECTION, "summary", "statuses", text, cited, bearing.values())]


def _write_missing(basis: Basis, unread: Sequence[Unread]) -> list[ReportSentence]:
    sentences: list[ReportSentence] = []
    undated = [basis.documents[id] for id in basis.assessment.undated if id in basis.documents]
    if undated:
        text = write_sentence("undated", documents=len(undated))
        sentences.append(basis.write(SECTION, "gap", "undated", text, _cite_some(basis, undated), undated))
    partly = [document for document in basis.used if document.unread or _reading_gaps(basis, document)]
    if partly:
        text = write_sentence("partly-unread", documents=len(partly))
        sentences.append(basis.write(SECTION, "gap", "partly-unread", text, _cite_some(basis, partly), partly))
    if unread:
        paths = list(dict.fromkeys(item.path for item in unread))
        text = write_sentence(
            "unread-files", files=len(paths), paths=paths[:SHOWN_PATHS], more=max(0, len(paths) - SHOWN_PATHS)
        )
        sentence = basis.write(SECTION, "gap", "unread-files", text, _cite_some(basis, []))
        # Nobody knows what is in a file that can't be read, so nobody but the team may hear of it (rule 8).
        closed = Handling(tlp="RED", protected_source=True)
        sentences.append(
            ReportSentence(
                sentence.id,
                text,
                sentence.role,
                sentence.citations,
                sentence.derived_from,
                sentence.handling.join(closed),
            )
        )
    return sentences


def _cite_some(basis: Basis, documents: Sequence[Document]) -> tuple[Citation, ...]:
    return basis.cite_all(documents) or basis.cite_all((basis.agreement_document,))


def _reading_gaps(basis: Basis, document: Document) -> bool:
    reading = basis.readings.get(document.id)
    return bool(reading and reading.unread)
