"""What is said to others: sentences with citations, audiences, and what was cleared for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.assessment import Confidence, Likelihood, Opinion, Status
from pledgewatch.model.document import Handling, Tlp
from pledgewatch.model.span import Span

SentenceRole = Literal[
    "summary", "clause", "status", "likelihood", "confidence", "for", "against", "denial", "silence", "estimate",
    "origin", "condition", "deadline", "one-sided", "method", "gap",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words behind a sentence, in their context.

    Attributes:
        id: stable id (``q_…``), the target of the link in every export.
        document: id of the document.
        span: the words.
        before, after: context, cut at paragraph or sentence borders, for showing.
        page: page number, where there are pages.
    """

    id: str
    document: str
    span: Span
    before: str = ""
    after: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ReportSentence:
    """One sentence of a report.

    Attributes:
        citations: what supports it; only ``method`` sentences may do without.
        derived_from: ids of all documents that went into it, also those behind a count or a verdict.
        handling: joined from everything it was derived from.
    """

    id: str
    text: str
    role: SentenceRole
    citations: tuple[Citation, ...] = ()
    derived_from: tuple[str, ...] = ()
    handling: Handling = Handling()


@dataclass(frozen=True, slots=True)
class ReportSection:
    """The part of a report on one commitment (or on none: introduction, method, gaps)."""

    id: str
    title: str
    sentences: tuple[ReportSentence, ...]
    commitment: str | None = None
    status: Status | None = None
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    opinion: Opinion | None = None
    scale: int | None = None


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """What a reader needs to know of a document that is cited, without its text."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    address: str | None
    path: str
    origin: str | None = None
    grade: str = "F6"
    interested: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A periodic monitoring report; ``versions`` names the rules, lists and weights that made it (rule 10)."""

    id: str
    title: str
    case: str
    as_of: str
    period: str
    sections: tuple[ReportSection, ...]
    documents: tuple[CitedDocument, ...]
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a report is for, and the most closed TLP label they may see.

    Attributes:
        protected: whether they may see what comes from protected sources.
        embargoed: whether they may see what is under embargo on the day of release.
    """

    name: str
    tlp: Tlp
    protected: bool = False
    embargoed: bool = False


@dataclass(frozen=True, slots=True)
class RefusedSentence:
    """A sentence that may not go to an audience, by which rule, and what could be done."""

    sentence: str
    rule: str
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """A report that may go to its audience. Only ``release`` makes one; ``export`` accepts nothing else."""

    report: Report
    audience: Audience
    refused: tuple[RefusedSentence, ...] = ()
