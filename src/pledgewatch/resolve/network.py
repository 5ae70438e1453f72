"""One dated network of ties: the registry's, the lists', and those that statements claim or deny, with passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.actor import Actor, ListVersion, Resolution
from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading, Statement
from pledgewatch.model.span import Span

Standing = Literal["known", "listed", "claimed", "denied"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two, and what it stands on.

    Attributes:
        source, target: ids of actors, ``list:reference`` of entries, or the words where nobody is known.
        type: the relation in the words of whoever states it.
        standing: ``known`` to the registry, ``listed`` by an entry, ``claimed`` or ``denied`` by a statement.
        passages: ``(document, span)`` of every passage that states it; empty for the registry and the lists.
        since, until: ISO dates; of a passage, the day it was published.
    """

    source: str
    target: str
    type: str
    standing: Standing
    passages: tuple[tuple[str, Span], ...] = ()
    since: str | None = None
    until: str | None = None


def build_network(
    registry: Sequence[Actor],
    lists: Sequence[ListVersion],
    documents: Sequence[Document] = (),
    readings: Mapping[str, Reading] | None = None,
    resolution: Resolution | None = None,
) -> tuple[Edge, ...]:
    """All ties there are, in a fixed order; passages that state the same tie in the same way stand on one edge.

    Args:
        readings: by document id.
        resolution: says who the mentions of the readings are.
    """
    edges = [
        Edge(actor.id, tie.to, tie.type, "known", since=tie.since, until=tie.until)
        for actor in registry
        for tie in actor.ties
    ]
    edges += [
        Edge(f"{version.list}:{listing.id}", _listed(version.list, words), relation, "listed", since=listing.listed_on)
        for version in lists
        for listing in version.listings
        for relation, words in listing.ties
    ]
    edges += _stated(documents, readings or {}, resolution or Resolution())
    return tuple(sorted(edges, key=lambda edge: (edge.source, edge.target, edge.type, edge.standing, edge.since or "")))


def _listed(name: str, words: str) -> str:
    return f"{name}:{words}" if " " not in words and "." in words else words


def _stated(documents: Sequence[Document], readings: Mapping[str, Reading], resolution: Resolution) -> list[Edge]:
    passages: dict[tuple[str, str, str, Standing], list[tuple[str, Span]]] = {}
    days: dict[tuple[str, str, str, Standing], list[str]] = {}
    for document in documents:
        reading = readings.get(document.id)
        if reading is None:
            continue
        who = {link.mention: link.actor for link in resolution.links_of(document.id) if link.actor and link.mention}
        statements = {statement.id: statement for statement in reading.statements}
        for tie in reading.ties:
            ends = [
                who.get(mention.id) or mention.span.text
                for mention in map(reading.mention, (tie.source, tie.target))
                if mention
            ]
            if len(ends) < 2 or ends[0] == ends[1]:
                continue
            standing = _standing(statements.get(tie.statement or ""), tie.negated)
            key = (ends[0], ends[1], tie.type, standing)
            passages.setdefault(key, []).append((document.id, tie.span))
            if document.published:
                days.setdefault(key, []).append(document.published[:10])
    return [
        Edge(source, target, kind, standing, tuple(places), since=min(days.get(key, ()), default=None))
        for key, places in passages.items()
        for source, target, kind, standing in [key]
    ]


def _standing(statement: Statement | None, negated: bool) -> Standing:
    """A tie that is said not to be, or that its speaker denies, is denied; a denied denial claims it."""
    denies = statement is not None and statement.stance in ("denies", "rejects")
    return "denied" if denies != negated else "claimed"
