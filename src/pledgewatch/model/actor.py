"""Who and where: actors behind mentions, listings, places. Three things stay apart: mention, actor, listing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.reading import MentionType
from pledgewatch.model.span import Span

Decision = Literal["listed", "known", "ambiguous", "not listed"]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an actor; a weak one never identifies alone."""

    name: str
    script: str = "Latn"
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody the case knows, with every name found or declared for them.

    Attributes:
        id: stable id (``a_…``), from the declared or first full name.
        name: the fullest name.
        party: name of the agreement's party that this actor is or belongs to; ``None`` for others.
    """

    id: str
    name: str
    type: MentionType
    aliases: tuple[Alias, ...] = ()
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of a list in one of its versions."""

    id: str
    list: str
    name: str
    aliases: tuple[Alias, ...] = ()
    listed_on: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place behind a mention, no more precise than the words."""

    id: str
    name: str
    precision: Literal["country", "province", "district", "town", "point"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a mention may name, with the probability."""

    actor: str | None
    listing: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class ActorLink:
    """A mention's link to the actor or listing behind it, with what agreed and what did not."""

    document: str
    mention: str
    span: Span
    decision: Decision
    actor: str | None = None
    listing: str | None = None
    list: str | None = None
    probability: float = 1.0
    agreed: tuple[str, ...] = ()
    disagreed: tuple[str, ...] = ()
    could_not_compare: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """All actors of a case and the links from its mentions to them."""

    actors: tuple[Actor, ...] = ()
    links: tuple[ActorLink, ...] = ()

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor of that id, or ``None``."""
        return next((actor for actor in self.actors if actor.id == actor_id), None)

    def links_of(self, document: str) -> tuple[ActorLink, ...]:
        """The links of one document's mentions."""
        return tuple(link for link in self.links if link.document == document)
