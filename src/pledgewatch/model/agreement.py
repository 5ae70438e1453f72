"""What was promised: agreements, their clauses, the commitments in them, and what would show them kept or broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.span import Span

Modality = Literal["must", "must not", "may"]
Shows = Literal["kept", "broken"]


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
class Deadline:
    """By when: the words, the date they come to, and what they count from.

    Attributes:
        date: ISO date; ``None`` when the anchor's date is not known.
        relative_to: words or commitment id the deadline counts from; ``None`` for an absolute date.
    """

    span: Span
    date: str | None = None
    relative_to: str | None = None


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


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement behind a case; ``document`` is the id of the Document that holds its canonical text."""

    document: str
    title: str
    date: str | None
    parties: tuple[Party, ...]
    provisions: tuple[Provision, ...] = ()
    commitments: tuple[Commitment, ...] = ()
