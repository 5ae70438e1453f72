"""How the evidence weighs: grades as codes, opinions, findings. Likelihood and confidence are two things (rule 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.agreement import Shows
from pledgewatch.model.span import Span

Status = Literal["kept", "partly kept", "broken", "contested", "not yet due", "cannot be judged"]
Likelihood = Literal[
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certainly",
]
"""One row of the estimative terms of ICD 203 (ODNI, 2015)."""

Confidence = Literal["low", "moderate", "high", "none"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A binomial opinion of subjective logic (Jøsang 2016). Belief here is belief that the commitment is *kept*.

    ``belief + disbelief + uncertainty == 1``; ``base_rate`` is the prior share of the uncertain mass.
    """

    belief: float
    disbelief: float
    uncertainty: float
    base_rate: float = 0.5

    @property
    def projected(self) -> float:
        """The projected probability: belief plus the base rate's share of the uncertainty."""
        return self.belief + self.base_rate * self.uncertainty


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement that bears on an indicator.

    Attributes:
        statement: statement id; the narrator's own assertion is a statement too.
        span: the words that bear.
        origin: id of the origin it counts under.
        grade: Admiralty code, letter and digit ("B2"); ``F6`` when neither can be judged.
        bears: 0..1, how strongly.
        direction: what it speaks for.
        interested: the speaker or publisher is a party to this commitment (rule 7).
        said_by: name of the speaker as far as resolved; ``None`` for the narrator.
        why: the reasons the bearing rests on, shown to the user.
    """

    statement: str
    indicator: str
    document: str
    span: Span
    origin: str
    grade: str
    bears: float
    direction: Shows
    interested: bool = False
    said_by: str | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithoutIt:
    """What a finding would be without one origin."""

    origin: str
    status: Status
    likelihood: Likelihood | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One commitment as of a day.

    Attributes:
        scale: Kroc implementation scale 0-3 for duties to act; ``None`` for duties to refrain or when not judged.
        likelihood: how likely it is that the commitment is kept; ``None`` when it cannot be judged or is not due.
        confidence_why: the reason for the confidence, a sentence of its own.
        rule: name of the written rule that gave the status.
        evidence_for, evidence_against: for and against its being *kept*.
        silent: ids of statements in which somebody declined to speak on this; shown, weighing nothing.
        estimates: ``(document id, estimate id)`` of quantities in the passages that bear.
        one_sided: all that bears comes from one side of the agreement.
    """

    commitment: str
    status: Status
    scale: int | None
    opinion: Opinion
    likelihood: Likelihood | None
    confidence: Confidence
    confidence_why: str
    rule: str
    evidence_for: tuple[Evidence, ...] = ()
    evidence_against: tuple[Evidence, ...] = ()
    silent: tuple[str, ...] = ()
    estimates: tuple[tuple[str, str], ...] = ()
    origins_for: int = 0
    origins_against: int = 0
    one_sided: bool = False
    rests_on: tuple[WithoutIt, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings of a case as of a day, made only from what was published by then (rule 6).

    Attributes:
        documents: ids of the documents it could use.
        undated: ids of documents left out because their date is not known.
    """

    as_of: str
    findings: tuple[Finding, ...] = ()
    documents: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
