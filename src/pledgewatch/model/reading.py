"""What was read in one document: mentions, times, estimates, statements, ties. All spans are exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.document import Unread
from pledgewatch.model.span import Span

MentionType = Literal[
    "person", "group", "state", "body", "place", "facility", "weapon", "nationality", "document", "other"
]
TimeType = Literal["date", "period", "duration", "set"]
TimeAnchor = Literal["document", "text", "none"]
Change = Literal["up", "down", "none"]
Form = Literal["direct", "indirect", "mixed", "none"]
Stance = Literal["asserts", "denies", "rejects", "accuses", "demands", "promises", "declines", "admits", "asks"]
Hedge = Literal["none", "weak", "strong"]
Basis = Literal["witnessed", "document", "told", "inferred", "assessed", "unstated"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name somebody or something. ``head`` is the mention that names it most fully (``None``: this one)."""

    id: str
    span: Span
    type: MentionType
    head: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression and its value.

    Attributes:
        value: ISO 8601, as coarse as known (``2021-05``, ``P135D``, ``2021-01/2021-03``); ``None`` when open.
        anchored_to: what the value was computed from: the document's date, another time in the text, or nothing.
    """

    id: str
    span: Span
    type: TimeType
    value: str | None = None
    anchored_to: TimeAnchor = "none"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity somebody gives: UCDP-style low, best, high; ``None`` where the words give no such bound.

    Attributes:
        approximate: the words say "about", "nearly", "some", …
        change: the quantity is said to have grown or shrunk by or to this.
        unit: what it is measured in ("percent", "USD", "km"); ``None`` for plain counts.
        counted: the words for what is counted ("Al Qaeda fighters").
    """

    id: str
    span: Span
    low: float | None
    best: float | None
    high: float | None
    approximate: bool = False
    change: Change = "none"
    unit: str | None = None
    counted: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what, in which words, and how.

    Attributes:
        speaker: the words for the speaker in place ("he", "the minister"); ``None`` when the text gives none.
        speaker_mention: id of the named mention behind them; ``None`` when the text names nobody.
        cue: the words that attribute ("said", "according to").
        content: the pieces of what is said, in text order; empty when somebody declined to speak.
        form: in quotation marks, reported, both, or nothing said.
        stance: what the speaker does with the content.
        hedge: how far the speaker holds back.
        factuality: how far the event in the content is presented as fact, -3 (certainly not) to 3 (certainly).
        basis: how the speaker knows, as far as stated.
        via: id of the statement through which this one reaches us (nested attribution).
    """

    id: str
    speaker: Span | None
    speaker_mention: str | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    stance: Stance
    hedge: Hedge = "none"
    factuality: float = 3.0
    basis: Basis = "unstated"
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two mentions that the span states (``type`` e.g. ``allied with``, ``hosts``, ``leads``)."""

    id: str
    type: str
    source: str
    target: str
    span: Span
    negated: bool = False
    statement: str | None = None


Mark = Mention | TimeExpression | Estimate | Statement | Tie


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one document.

    Attributes:
        document: the document's id.
        reader: name and version of the reader that made it (rule 10).
        sentences: half-open ``(start, end)`` places of the sentences.
    """

    document: str
    reader: str
    sentences: tuple[tuple[int, int], ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    statements: tuple[Statement, ...] = ()
    ties: tuple[Tie, ...] = ()
    unread: tuple[Unread, ...] = ()

    def mention(self, mention_id: str | None) -> Mention | None:
        """The mention of that id, or ``None``."""
        return next((mention for mention in self.mentions if mention.id == mention_id), None)

    def marks(self) -> tuple[Mark, ...]:
        """All marks, in the order of the JSON contract."""
        return (*self.mentions, *self.times, *self.estimates, *self.statements, *self.ties)

    def sentence_at(self, offset: int) -> tuple[int, int] | None:
        """The half-open place of the sentence that holds ``offset``, or ``None``."""
        for start, end in self.sentences:
            if start <= offset < end:
                return (start, end)
        return None


def spans_of(mark: Mark) -> tuple[Span, ...]:
    """Every span that a mark carries."""
    if isinstance(mark, Statement):
        return tuple(span for span in (mark.speaker, mark.cue, *mark.content) if span is not None)
    return (mark.span,)
