"""Resolving outside a case: documents and bare names against the registry and the lists that a user hands in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import pledgewatch.resolve
from pledgewatch.model.actor import Actor, ActorLink
from pledgewatch.model.document import Document
from pledgewatch.model.wire import to_wire
from pledgewatch.resolve import Known
from pledgewatch.resolve.network import Edge
from pledgewatch.resolve.places import PlaceLink
from pledgewatch.resolve.screening import Screened


def known_digest(known: Known) -> str:
    """A hash over the registry, the lists and the day, for the address of a resolution."""
    parts = [repr(known.registry), *(f"{version.list} {version.as_of} {version.sha256}" for version in known.lists)]
    return hashlib.sha256("\n".join([*parts, str(known.as_of), pledgewatch.resolve.VERSION]).encode()).hexdigest()


def answer_resolve(
    document: Document, links: Sequence[ActorLink], path: str, actors: Sequence[Actor], places: Sequence[PlaceLink] = ()
) -> dict[str, Any]:
    """One document's line of ``pledgewatch resolve --json``; ``actors`` are those that links lead to."""
    names = {actor.id: actor.name for actor in actors}
    return {
        "document": document.id,
        "path": path,
        "links": [_answer_link(link, names) for link in links],
        "places": [_answer_place(place) for place in places],
    }


def _answer_place(link: PlaceLink) -> dict[str, Any]:
    record: dict[str, Any] = to_wire(link)
    return {**record["span"], **record}


def _answer_link(link: ActorLink, names: dict[str, str]) -> dict[str, Any]:
    span = to_wire(link.span)
    return {
        **span,
        "span": span,
        "decision": link.decision,
        "actor": link.actor,
        "name": names.get(link.actor or ""),
        "listing": link.listing,
        "list": link.list,
        "probability": link.probability,
        "agreed": list(link.agreed),
        "disagreed": list(link.disagreed),
        "could_not_compare": list(link.could_not_compare),
        "candidates": [
            {key: value for key, value in to_wire(candidate).items() if value is not None}
            for candidate in link.candidates
        ],
    }


def answer_screen(screened: Screened) -> dict[str, Any]:
    """One name's line of ``pledgewatch screen --json``."""
    return {
        "name": screened.name,
        "matches": [
            {
                "listing": match.listing.id if match.listing else None,
                "list": match.listing.list if match.listing else None,
                "actor": match.actor.id if match.actor else None,
                "name": match.listing.name if match.listing else match.actor.name if match.actor else None,
                "alias": match.alias,
                "score": round(match.score, 4),
                "agreed": list(match.agreed),
                "disagreed": list(match.disagreed),
                "could_not_compare": list(match.could_not_compare),
            }
            for match in screened.matches
        ],
    }


def answer_edges(edges: Sequence[Edge]) -> list[dict[str, Any]]:
    """The network of ties as plain values."""
    return [
        {
            "source": edge.source,
            "target": edge.target,
            "type": edge.type,
            "standing": edge.standing,
            "since": edge.since,
            "until": edge.until,
            "passages": [{"document": document, "span": to_wire(span)} for document, span in edge.passages],
        }
        for edge in edges
    ]
