"""Findings and citations as tables that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from pledgewatch.export.view import label_section, number_passages, require_cleared, show_controls
from pledgewatch.model.report import Cleared, Report

NAME = "csv"

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

FINDINGS = (
    "commitment", "clause", "title", "as_of", "status", "scale", "likelihood", "confidence",
    "belief", "disbelief", "uncertainty", "base_rate",
)  # fmt: skip
CITATIONS = (
    "number", "citation", "section", "sentence", "role", "text", "document", "title", "publisher", "published",
    "address", "path", "page", "start", "end", "words", "origin", "grade",
)  # fmt: skip


def export(cleared: Cleared) -> dict[str, bytes]:
    """``findings.csv``, one line a commitment; ``evidence/citations.csv``, one line a citation of a sentence."""
    report = require_cleared(cleared)
    return {
        "findings.csv": _write_table(FINDINGS, _list_findings(report)),
        "evidence/citations.csv": _write_table(CITATIONS, _list_citations(report)),
    }


def _list_findings(report: Report) -> Iterable[Sequence[object]]:
    for section in report.sections:
        if section.commitment is None:
            continue
        opinion = section.opinion
        yield (
            section.commitment, label_section(section), section.title, report.as_of, section.status, section.scale,
            section.likelihood, section.confidence,
            *((opinion.belief, opinion.disbelief, opinion.uncertainty, opinion.base_rate) if opinion else ("",) * 4),
        )  # fmt: skip


def _list_citations(report: Report) -> Iterable[Sequence[object]]:
    numbers = number_passages(report)
    documents = {document.id: document for document in report.documents}
    for section in report.sections:
        for sentence in section.sentences:
            for citation in sentence.citations:
                document, span = documents[citation.document], citation.span
                yield (
                    numbers[citation.id], citation.id, section.id, sentence.id, sentence.role, sentence.text,
                    document.id, document.title, document.publisher, document.published, document.address,
                    document.path, citation.page, span.start, span.end, span.text, document.origin, document.grade,
                )  # fmt: skip


def _write_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([quote_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8")


def quote_cell(untrusted_cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that would start one is led by an apostrophe.

    >>> quote_cell("=HYPERLINK(1)"), quote_cell(" -1+2"), quote_cell("Front"), quote_cell(-1), quote_cell(None)
    ("'=HYPERLINK(1)", "' -1+2", 'Front', -1, '')
    """
    if untrusted_cell is None:
        return ""
    if not isinstance(untrusted_cell, str):
        return untrusted_cell
    text = show_controls(untrusted_cell)
    risky = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if risky else text
