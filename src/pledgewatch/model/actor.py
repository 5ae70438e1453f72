"""Who and where: actors behind mentions, listings, places. Three things stay apart: mention, actor, listing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.document import Unread
from pledgewatch.model.reading import MentionType
from pledgewatch.model.span import Span

Decision = Literal["listed", "known", "ambiguous", "not listed"]


ListingType = Literal["person", "group", "vessel", "aircraft", "other"]
TieType = Literal[
    "part of",
    "member of",
    "leads",
    "deputy of",
    "holds",
    "splinter of",
    "successor of",
    "merged into",
    "affiliate of",
    "allied with",
    "supports",
    "opposes",
    "family of",
    "associate of",
]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an actor.

    Attributes:
        script: ISO 15924 code.
        weak: never identifies alone.
        acronym: compared with its capitals, and only where a text or the registry introduces it.
    """

    name: str
    script: str = "Latn"
    weak: bool = False
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class ActorTie:
    """A relation of one actor to another as the registry knows it.

    Attributes:
        to: id of the other actor.
        since, until: ISO dates, as coarse as known, on which it began and ended; ``None`` for not known, or not ended.
    """

    type: TieType
    to: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ListedAs:
    """An actor's entry on a list, and when it stood there (``until`` ``None``: it stands there still)."""

    list: str
    listing: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody the case or the registry knows, with every name found or declared for them.

    Attributes:
        id: stable id: the registry's word for it (``taliban``), else ``a_…`` from the declared or first full name.
        name: the fullest name.
        party: name of the agreement's party that this actor is or belongs to; ``None`` for others.
        kind: what it is in a few words of the field ("armed movement", "UN body", "foreign ministry").
        countries: ISO 3166-1 alpha-2 codes of the states it acts in or belongs to.
        ties: its dated relations to other actors.
        not_same: ids or names of those it is easily taken for and is not.
        listings: its entries on lists.
        wikidata: id there (``Q…``); ``None`` where none was looked up.
        since, until: ISO dates of its life, as coarse as known.
    """

    id: str
    name: str
    type: MentionType
    aliases: tuple[Alias, ...] = ()
    party: str | None = None
    kind: str = ""
    countries: tuple[str, ...] = ()
    ties: tuple[ActorTie, ...] = ()
    not_same: tuple[str, ...] = ()
    listings: tuple[ListedAs, ...] = ()
    wikidata: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of a list in one of its versions, as the publisher states it.

    Attributes:
        id: the publisher's own reference (``QDe.004``).
        list: short name of the list (``un_sc``).
        aliases: every other name, packed fields taken apart; names of low quality are weak.
        listed_on: ISO day.
        updated_on: ISO days of amendment.
        regime: the sanctions programme.
        nationalities, countries: ISO 3166-1 alpha-2 codes where the name is known, else the words; ``countries`` are
            those of addresses and registration.
        born: ISO dates as coarse as stated, a range as ``from/to``.
        roles: titles and designations ("Minister of Finance under the Taliban regime").
        identifiers: ``(kind, value)`` of passports, registrations and the like.
        ties: ``(words for the relation, words for the other)`` that the entry states.
        remarks: its free text.
    """

    id: str
    list: str
    name: str
    aliases: tuple[Alias, ...] = ()
    listed_on: str | None = None
    type: ListingType = "other"
    updated_on: tuple[str, ...] = ()
    regime: str | None = None
    nationalities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    birthplaces: tuple[str, ...] = ()
    gender: str | None = None
    roles: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    ties: tuple[tuple[str, str], ...] = ()
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class ListVersion:
    """One version of a list as a user handed it in.

    Attributes:
        list: short name (``un_sc``).
        as_of: ISO day on which the publisher made this version.
        sha256: of the file's bytes.
        listings: its entries, in the file's order.
        repairs: what was put right on the way in, one line each, with its place.
        unread: what was not understood, with its place; nothing is left out without a record here.
    """

    list: str
    as_of: str
    sha256: str
    listings: tuple[Listing, ...]
    repairs: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class ListChange:
    """What became of one entry between two versions of a list; ``fields`` names what an amendment touched."""

    listing: str
    name: str
    what: Literal["listed", "amended", "delisted"]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place behind a mention, no more precise than the words.

    Attributes:
        id: ISO 3166-1 or 3166-2 code where there is one, else a stable id.
        precision: how much of the map the words mean.
        country: ISO 3166-1 alpha-2 code; ``None`` where it is contested or not known.
        within: ids of the larger places around it, the nearest first.
        latitude, longitude: degrees (WGS 84) of a point inside; ``None`` where none is known.
    """

    id: str
    name: str
    precision: Literal["country", "province", "district", "town", "point"]
    country: str | None = None
    within: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


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
