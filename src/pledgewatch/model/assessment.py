"""How the evidence weighs: grades as codes, opinions, findings. Likelihood and confidence are two things (rule 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.agreement import Shows
from pledgewatch.model.document import GradeChange, Reliability, SourceKind
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
SourceRole = Literal["speaker", "publisher"]


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
class WithoutSource:
    """What a finding would be had one speaker said nothing, or one publisher printed nothing.

    Attributes:
        source: the name as shown.
        kind: whether everything that this speaker said is left out, or every document of this publisher.
        origins: in how many origins it bears.
    """

    source: str
    kind: SourceRole
    origins: int
    status: Status
    likelihood: Likelihood | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One claim that would turn the status if it were false: what one voice says in one direction.

    Attributes:
        statement, document, span: the words by which the claim counts.
        origins: in how many origins the voice says it.
        said_by: name of the speaker; ``None`` for the narrator.
        removed: what the status would be had nobody said it; reversed: had the voice said the contrary.
        removed_likelihood, reversed_likelihood: likewise.
    """

    statement: str
    document: str
    span: Span
    origin: str
    origins: int
    said_by: str | None
    direction: Shows
    removed: Status
    removed_likelihood: Likelihood | None
    reversed: Status
    reversed_likelihood: Likelihood | None


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """What one voice says at one place, as one side of a contradiction.

    Attributes:
        published: ISO day from which it was to be read.
        says: the direction it speaks for, or the figure it gives.
    """

    statement: str
    document: str
    span: Span
    origin: str
    said_by: str | None
    published: str
    says: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that can't both hold. The machine shows both and never resolves it (rule 4).

    Attributes:
        indicator: id of the indicator that both speak of; ``None`` where they speak of two of one commitment, or for
            estimates.
        why: what makes them contrary, in words.
    """

    kind: Literal["statements", "estimates"]
    commitment: str
    indicator: str | None
    one: CitedClaim
    other: CitedClaim
    why: str


@dataclass(frozen=True, slots=True)
class EstimatePoint:
    """One figure of a series: who gave it, where, as of when.

    Attributes:
        as_of: ISO day that the figure is for: as the sentence says, else the day of publication.
        said_by: the speaker; ``None`` for the narrator.
        places: named in the sentence, folded; figures for two places that do not overlap neither follow nor contradict.
        state: superseded by a later figure of the same voice; in conflict with another that stands; or it stands.
    """

    document: str
    estimate: str
    span: Span
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    as_of: str
    published: str
    said_by: str | None
    origin: str
    places: tuple[str, ...]
    state: Literal["stands", "superseded", "in conflict"]


@dataclass(frozen=True, slots=True)
class EstimateSeries:
    """Estimates of one counted thing over time, oldest first.

    Attributes:
        counted: the words for what is counted, as the first of the points has them.
        state: figures for one time that can't both be right are in conflict; others that differ are a spread; where
            only a voice's older figures differ from its newest they are superseded; else they agree.
    """

    counted: str
    unit: str | None
    state: Literal["agreed", "spread", "superseded", "in conflict"]
    points: tuple[EstimatePoint, ...]


@dataclass(frozen=True, slots=True)
class SideShare:
    """How much of what a finding rests on comes from one side.

    Attributes:
        side: name of the party; ``None`` for those without an interest.
        origins: in which it speaks.
        share: of the certain mass of all voices that count, 0..1.
    """

    side: str | None
    origins: int
    share: float


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Months of the agreement's life for which nothing was collected on something.

    Attributes:
        what: any document at all; documents that name who acts and to whom; documents that name the place.
        place: the place's name, for ``what`` "place".
        covered: number of months with at least one such document.
        gaps: ``(first month, last month)`` of each run without one (``2021-05``).
    """

    what: Literal["documents", "matter", "place"]
    place: str | None
    covered: int
    gaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """For which months and places nothing was collected: there, silence says nothing of compliance.

    Attributes:
        since, until: first and last month of the agreement's life so far.
    """

    since: str
    until: str
    months: int
    rows: tuple[CoverageRow, ...]


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
        rests_on, rests_on_sources: what it would be without each origin, each speaker and each publisher.
        turned_by: every claim whose falsehood alone would turn the status.
        contradictions: the strongest pairs of claims that can't both hold.
        series: estimates of one thing by several voices or over time.
        sides: how much comes from each side, what comes from most first.
        coverage: for which months and places nothing was collected; ``None`` where the agreement's day is not known.
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
    rests_on_sources: tuple[WithoutSource, ...] = ()
    turned_by: tuple[Turn, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    series: tuple[EstimateSeries, ...] = ()
    sides: tuple[SideShare, ...] = ()
    coverage: Coverage | None = None


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


@dataclass(frozen=True, slots=True)
class Factor:
    """One number of the arithmetic: what it is, how much, and where it comes from."""

    name: str
    value: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedEvidence:
    """One piece of evidence with the factors that its opinion is the product of.

    Attributes:
        number: from 1, in the order shown; voices refer to it.
        outlet: who published it, as shown.
        published: ISO day from which it was to be read.
        factors: in the order of multiplication; their product is ``mass``.
        counted_part: a count falls short of a whole that was due, so half of the mass speaks against.
        opinion: of this piece alone, before it fades.
    """

    number: int
    evidence: Evidence
    outlet: str
    published: str
    factors: tuple[Factor, ...]
    mass: float
    counted_part: bool
    opinion: Opinion


@dataclass(frozen=True, slots=True)
class ExplainedVoice:
    """One voice of an origin in one direction: which of its words count, how old they are, and what is left of them.

    Attributes:
        name: of the speaker; "narrator" where nobody is quoted.
        numbers: of all its pieces of evidence in this origin; ``counted`` is the one by which it counts.
        age_days: from publication to the day of the assessment.
        lasting: the word that says that the fact is done for good; ``None`` for a state of things, which fades.
        left: share of the evidence left, 0..1.
        faded: its opinion after fading.
        counts_in: id of the origin in which the same voice is counted instead; ``None`` where it counts here.
    """

    name: str
    direction: Shows
    numbers: tuple[int, ...]
    counted: int
    age_days: int
    lasting: str | None
    left: float
    faded: Opinion
    counts_in: str | None = None


@dataclass(frozen=True, slots=True)
class ExplainedOrigin:
    """The voices of one origin, averaged.

    Attributes:
        documents: ids of the documents with the evidence.
        support, contrary: observations for and against that the opinion stands for.
        publisher: whose choice it was to tell it, as folded; ``None`` where that is not known.
        counted_for, counted_against: share of them that counts, as other origins of the same publisher say more.
    """

    origin: str
    documents: tuple[str, ...]
    voices: tuple[ExplainedVoice, ...]
    opinion: Opinion
    support: float
    contrary: float
    publisher: str | None = None
    counted_for: float = 1.0
    counted_against: float = 1.0


@dataclass(frozen=True, slots=True)
class RuleAsked:
    """A written rule that was asked, what it says, and its answer (``None``: it does not apply)."""

    name: str
    text: str
    answer: Status | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole arithmetic of one finding, as it was done; a person can do it again with a pencil.

    Attributes:
        origins: averaged within, then cumulated to ``opinion``.
        band: percent from and to of the likelihood's term; ``None`` where there is none.
        rules: asked in this order; the last one gave the status.
        numbers: what the rules looked at.
    """

    commitment: str
    as_of: str
    half_life_days: int
    evidence: tuple[ExplainedEvidence, ...]
    origins: tuple[ExplainedOrigin, ...]
    opinion: Opinion
    projected: float
    likelihood: Likelihood | None
    band: tuple[int, int] | None
    status: Status
    rules: tuple[RuleAsked, ...]
    numbers: tuple[Factor, ...]
    confidence: Confidence
    confidence_why: str


@dataclass(frozen=True, slots=True)
class State:
    """What a finding says, without what it rests on."""

    status: Status
    likelihood: Likelihood | None
    confidence: Confidence
    scale: int | None = None


@dataclass(frozen=True, slots=True)
class AddedEvidence:
    """A piece of evidence that came between two days, and what the later finding would be without its claim."""

    evidence: Evidence
    published: str
    without_it: State


@dataclass(frozen=True, slots=True)
class Change:
    """How one finding changed between two days, and what did it.

    Attributes:
        by_time: what the finding would be on the later day had nothing new been published: what the calendar alone did
            (a deadline passed, a condition was met or failed, evidence grew old).
        added: evidence that is new, what turns the finding first.
        gone: evidence that no longer counts, because its document was replaced by a newer version.
    """

    commitment: str
    before: State
    after: State
    by_time: State
    added: tuple[AddedEvidence, ...] = ()
    gone: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Every finding that differs between two days."""

    since: str
    as_of: str
    changes: tuple[Change, ...] = ()


TurnOfTime = Literal["start", "evidence", "deadline", "condition", "age", "grade", "copies or names"]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A day on which a finding became another.

    Attributes:
        why: new evidence, a deadline that passed, a commitment that it waits for, evidence grown old, a source graded
            anew, or other documents that show two stories to be one or complete a name; "start" for the first day.
        documents: ids of those of the day that bear on the commitment.
    """

    day: str
    commitment: str
    state: State
    why: tuple[TurnOfTime, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The findings over the life of the agreement, each day seen with what was published by then and nothing later.

    Attributes:
        entries: by day, then in the agreement's order; the first of each commitment is of ``since``.
    """

    since: str
    until: str
    entries: tuple[TimelineEntry, ...] = ()

    def state_on(self, commitment: str, day: str) -> State | None:
        """What was found of a commitment on a day; ``None`` before the first."""
        found = [entry.state for entry in self.entries if entry.commitment == commitment and entry.day <= day]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class LetterQuestion:
    """How reliable is this source? The first of two blind steps: nothing here says what it reports in this case.

    Attributes:
        proposed: as the case's file has it on the day; ``F`` where nobody has graded it.
        history: letters before.
        documents: how many of its documents bear.
    """

    source: str
    kind: SourceKind
    interested_in: tuple[str, ...]
    proposed: Reliability
    history: tuple[GradeChange, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class DigitQuestion:
    """How credible is this information? The second blind step: nothing here says who published it, or their letter.

    Attributes:
        id: of the question, made of what is asked; it tells nothing of the source.
        words: the words that bear.
        corroborated_by, contradicted_by: words of others without an interest, one of each independent origin.
        proposed: digit 1-6, from corroboration alone.
    """

    id: str
    commitment: str
    indicator: str
    direction: Shows
    words: str
    corroborated_by: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    proposed: str


@dataclass(frozen=True, slots=True)
class GradingHabit:
    """Whether letters and digits go together more than they would by chance: a habit to beware of.

    Attributes:
        codes: how often each code was given (``("B2", 4)``), sorted.
        judged: how many codes have both a letter and a digit that judge (no F, no 6).
        diagonal: share of those that are A1, B2, C3, D4 or E5; ``None`` where none is judged.
        expected: the share there would be if letters and digits had nothing to do with each other.
    """

    codes: tuple[tuple[str, int], ...]
    judged: int
    diagonal: float | None
    expected: float | None
