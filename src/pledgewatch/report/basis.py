"""What a report is written from, looked up by id, and sentences that know what they were derived from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import Assessment, Evidence, Finding
from pledgewatch.model.document import Document, Handling, Source
from pledgewatch.model.identity import make_id
from pledgewatch.model.origin import Origin, Trace
from pledgewatch.model.reading import Estimate, Reading, Statement
from pledgewatch.model.report import Citation, ReportSentence, SentenceRole
from pledgewatch.report.quoting import cite_opening
from pledgewatch.report.wording import get_phrase, write_day

SHOWN_CITATIONS = 5
"""Most citations of a sentence that counts documents; ``derived_from`` names all of them."""


class Basis:
    """The case as the report's writers see it. Holds no state of its own.

    Attributes:
        agreement_document: the document with the agreement's text.
        used: the documents that the assessment could use, in the order of the assessment.
    """

    def __init__(
        self,
        agreement: Agreement,
        agreement_document: Document,
        assessment: Assessment,
        documents: Sequence[Document],
        readings: Mapping[str, Reading],
        trace: Trace,
        sources: Sequence[Source],
    ) -> None:
        self.agreement = agreement
        self.agreement_document = agreement_document
        self.assessment = assessment
        self.readings = readings
        self.trace = trace
        self.documents = {document.id: document for document in documents}
        self.documents.setdefault(agreement_document.id, agreement_document)
        self.used = tuple(self.documents[id] for id in assessment.documents if id in self.documents)
        self.sources = {source.id: source for source in sources}
        self._origins = {document: origin for origin in trace.origins for document in origin.documents}
        self._origin_ids = {origin.id: origin for origin in trace.origins}
        used = {document.id for document in self.used}
        self._statements = {
            statement.id: (document, statement)
            for document, reading in readings.items()
            if document in used
            for statement in reading.statements
        }

    def statement(self, statement_id: str) -> tuple[Document, Statement] | None:
        """A statement of a document that could be used, with that document; ``None`` for any other id."""
        found = self._statements.get(statement_id)
        return None if found is None else (self.documents[found[0]], found[1])

    def estimate(self, document_id: str, estimate_id: str) -> Estimate | None:
        """An estimate by document and id, or ``None``."""
        reading = self.readings.get(document_id)
        return next((mark for mark in reading.estimates if mark.id == estimate_id), None) if reading else None

    def origin_of(self, document_id: str) -> Origin | None:
        """The origin that a document tells."""
        return self._origins.get(document_id)

    def origin(self, origin_id: str) -> Origin | None:
        """An origin by its id."""
        return self._origin_ids.get(origin_id)

    def tellers(self, origin_id: str) -> tuple[Document, ...]:
        """The documents that tell an origin, as far as the assessment could use them, earliest first."""
        origin = self.origin(origin_id)
        used = {document.id for document in self.used}
        return tuple(self.documents[id] for id in origin.documents if id in used) if origin else ()

    def publisher(self, document: Document) -> str | None:
        """Who published a document: as ``sources.yml`` names them, else as the document does."""
        source = self.sources.get(document.source) if document.source else None
        return source.name if source else document.publisher

    def outlet(self, document: Document) -> str:
        """Publisher and day of a document, for a sentence: "The Example Post of 17 February 2021"."""
        if document.id == self.agreement_document.id:
            return get_phrase("agreement")
        publisher = self.publisher(document) or f"{get_phrase('unknown_outlet')} ({document.path})"
        day = f"of {write_day(document.published)}" if document.published else get_phrase("unknown_date")
        return f"{publisher} {day}"

    def name_parties(self, names: Iterable[str]) -> list[str]:
        """Names of parties with the article that the agreement's own text gives them."""
        text = self.agreement_document.text
        return [
            f"the {name}" if 0 < text.count(name) <= 2 * len(re.findall(rf"\b[Tt]he {re.escape(name)}", text)) else name
            for name in names
        ]

    def reliability(self, document: Document) -> str:
        """The Admiralty letter of a document's source; ``F`` when it cannot be judged."""
        source = self.sources.get(document.source) if document.source else None
        return source.reliability if source else "F"

    def bearing(self, finding: Finding) -> tuple[Document, ...]:
        """Every document behind a finding: those that bear or keep silent, and all that tell the same origins."""
        ids = dict.fromkeys(evidence.document for evidence in (*finding.evidence_for, *finding.evidence_against))
        for statement in finding.silent:
            found = self.statement(statement)
            if found:
                ids.setdefault(found[0].id)
        ids.update(dict.fromkeys(document for document, _ in finding.estimates))
        for id in tuple(ids):
            origin = self.origin_of(id)
            ids.update(dict.fromkeys(document.id for document in self.tellers(origin.id)) if origin else {})
        return tuple(self.documents[id] for id in ids if id in self.documents)

    def cite_all(self, documents: Iterable[Document]) -> tuple[Citation, ...]:
        """Citations of the first few of the documents, each as a whole."""
        citations = (cite_opening(document) for document in documents)
        found: list[Citation] = []
        for citation in citations:
            if citation is not None:
                found.append(citation)
            if len(found) == SHOWN_CITATIONS:
                break
        return tuple(found)

    def write(
        self,
        section: str,
        role: SentenceRole,
        key: str,
        text: str,
        citations: Sequence[Citation] = (),
        derived: Iterable[Document] = (),
    ) -> ReportSentence:
        """A sentence with all that it was derived from, and the handling joined from that (rule 8).

        Args:
            key: what the sentence is about within its section and role. The id is made of it and not of the text, so
                that the same sentence is known again in the report for another audience.
        """
        ids = dict.fromkeys(citation.document for citation in citations)
        ids.update(dict.fromkeys(document.id for document in derived))
        handling = Handling()
        for id in ids:
            handling = handling.join(self.documents[id].handling)
        # One document may be cited twice for the same words.
        unique = tuple({citation.id: citation for citation in citations}.values())
        return ReportSentence(make_id("s", section, role, key), text, role, unique, tuple(ids), handling)


def sort_evidence(evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> list[Evidence]:
    """Evidence in the order in which it is shown: what bears most first, then the better grade, then the earlier."""

    def order(item: Evidence) -> tuple[float, str, str, str, int]:
        document = documents.get(item.document)
        published = document.published if document and document.published else "9999"
        return (-round(item.bears, 3), item.grade[1:] + item.grade[:1], published, item.document, item.span.start)

    return sorted(evidence, key=order)
