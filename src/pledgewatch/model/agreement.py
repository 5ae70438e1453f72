"""What was promised: agreements, their clauses, the commitments in them, and what would show them kept or broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.span import Span

Modality = Literal["must", "must not", "may"]
Shows = Literal["kept", "broken"]
Force = Literal["binding", "call", "demand"]
AmendmentKind = Literal["replaces words", "moves deadline", "extends", "repeals"]


@dataclass(frozen=True, slots=True)
class Party:
    """A party to the agreement, with the other names the agreement or the case gives it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered clause of the text (``number`` as written: ``2.3``, ``II(b)``)."""

    number: str
    span: Span
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that a deadline had before a later instrument moved it; it stays on record.

    Attributes:
        date: the old ISO date; ``None`` when it could not be told.
        rule: how the old date was counted.
        document: id of the document of the later instrument.
        span: the words there that moved it.
        on: ISO day of the later instrument, from which the new date holds; ``None`` when unknown.
    """

    date: str | None
    rule: str | None
    document: str
    span: Span
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: the words, the date they come to, and what they count from.

    Attributes:
        date: ISO date; ``None`` when the anchor's date is not known.
        relative_to: words or commitment id the deadline counts from; ``None`` for an absolute date.
        rule: how the date is counted, for machines ("signing + 135 days", "c_1.1 + 9 months + 15 days",
            "elections - 60 days", "end of year of signing", "next 03-31 after signing", or a day); ``None`` when each
            occasion has a date of its own.
        time: hour and minute ("06:00") where the words give an exact hour.
        zone: whose hour that is: an offset ("UTC+3") where the words give one, else as written ("Damascus time").
        history: earlier dates, oldest first.
    """

    span: Span
    date: str | None = None
    relative_to: str | None = None
    rule: str | None = None
    time: str | None = None
    zone: str | None = None
    history: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """On what: the words, and the commitment that they make this one wait for (``None``: something else)."""

    span: Span
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An observable thing that would show a commitment kept or broken, as the case's ``indicators.yml`` states it.

    Attributes:
        text: one sentence a person can check.
        shows: the direction.
        telling: 0..1, how much the thing, if so, says about the commitment.
        acts: words or phrases for the act; a passage must hold one of them (word forms are folded).
        actors: names of who acts; a passage must mention one of them, under any alias.
        objects: names or words for whom or what it is done to; empty when the act needs none.
    """

    id: str
    commitment: str
    text: str
    shows: Shows
    telling: float = 0.7
    acts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who must, must not or may do what, to whom, by when, on what condition.

    Attributes:
        id: stable id; readable (``c_2.3`` or ``c_2.3-2`` for the second commitment of a clause).
        clause: number of the provision.
        span: the words of the commitment in the agreement's canonical text.
        obligor, to: names of parties.
        act: the words for what is to be done.
        force: whether it binds ("shall", "decides"), is demanded ("demands") or only called for ("calls upon").
    """

    id: str
    clause: str
    span: Span
    obligor: tuple[str, ...]
    to: tuple[str, ...]
    modality: Modality
    act: Span
    deadline: Deadline | None = None
    conditions: tuple[Condition, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    force: Force = "binding"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Words that take something out of what was promised ("does not apply to"), and the clause that they limit.

    Attributes:
        of: number of the clause; ``None`` where the words limit the agreement as a whole.
    """

    span: Span
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an instrument changes in an earlier one.

    Attributes:
        clause: number of the earlier instrument's clause ("III.3"); ``None`` for the whole of it.
        old, new: the words replaced and their replacement; ``None`` where it quotes none.
        date: ISO day of the new deadline; ``None`` for none.
        period: by how much it extends, for machines ("120 days"); ``None`` for none.
    """

    span: Span
    kind: AmendmentKind
    clause: str | None = None
    old: str | None = None
    new: str | None = None
    date: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement behind a case; ``document`` is the id of the Document that holds its canonical text.

    Attributes:
        anchors: ISO dates from which deadlines count, by name ("signing", "entry into force", "elections").
        exclusions: what the agreement takes out of its own duties.
        amendments: what it changes in an earlier one.
    """

    document: str
    title: str
    date: str | None
    parties: tuple[Party, ...]
    provisions: tuple[Provision, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    amendments: tuple[Amendment, ...] = ()
