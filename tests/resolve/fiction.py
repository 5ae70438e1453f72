"""An invented world for the tests of resolving: movements, people, two versions of a list, and documents with marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pledgewatch.model.actor import Actor, Alias, Listing, ListVersion, Resolution
from pledgewatch.model.document import Document
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import Mention, MentionType, Reading
from pledgewatch.model.span import Span
from pledgewatch.resolve import Known, parse_actors, resolve_mentions

TYPES: dict[str, MentionType] = {
    "p": "person",
    "g": "group",
    "s": "state",
    "b": "body",
    "l": "place",
    "n": "nationality",
    "w": "weapon",
}

REGISTRY: tuple[Actor, ...] = parse_actors(
    """
actors:
  - id: orvane-front
    name: Orvane Front
    kind: armed movement
    aliases: [Front of Orvane, {name: the Brothers, weak: true}, {name: اوروان, script: Arab}]
    acronyms: [ORVF]
    countries: [FJ]
    ties: [{type: allied with, to: ashen-banner, since: "2029"}]
    not: [orvane-front-youth-wing]
  - id: orvane-front-youth-wing
    name: Orvane Front Youth Wing
    ties: [{type: splinter of, to: orvane-front, since: "2030-02"}]
  - id: ashen-banner
    name: Ashen Banner
    aliases: [Banner of Ash]
    listings: [{list: ost, listing: OSe.001, since: "2028-11-30"}]
  - id: ashen-banner-in-the-lower-valleys
    name: Ashen Banner in the Lower Valleys
    not: [ashen-banner]
  - id: mirelda-tolkan
    name: Mirelda Tolkan
    type: person
    ties: [{type: leads, to: orvane-front, since: "2029"}]
  - id: jandrik-tolkan
    name: Jandrik Tolkan
    type: person
  - id: petrush-obrenko
    name: Petrush Obrenko
    type: person
    aliases: [{name: Old Petrush, weak: true}]
""",
    "fiction.yml",
)
"""Who is above the lists. Only the Ashen Banner stands on one."""

ARDAN = Listing(
    "OSi.001",
    "ost",
    "ARDAN VELMISH KHORAB",
    (
        Alias("Ardan Velmish"),
        Alias("Abu Hask", weak=True),
        Alias("اردان ولميش", "Arab"),
        Alias("AVK", acronym=True),
    ),
    "2029-03-14",
    "person",
    regime="Ostrava",
    born=("1987-01-01",),
    roles=("Harbour Master of Hask",),
    ties=(("leader of", "OSe.001"), ("brother of", "Ossei Velmish")),
)
OSSEI = Listing("OSi.002", "ost", "OSSEI VELMISH", (), "2031-04-20", "person", regime="Ostrava")
BANNER = Listing("OSe.001", "ost", "ASHEN BANNER", (Alias("AB", acronym=True),), "2028-11-30", "group")
RELIEF = Listing("OSe.002", "ost", "HASKAN RELIEF FUND (HRF)", (Alias("HRF", acronym=True),), "2029-01-01", "group")
OLDER = ListVersion("ost", "2030-01-01", "older", (ARDAN, BANNER, RELIEF))
NEWER = ListVersion("ost", "2031-06-01", "newer", (ARDAN, OSSEI, BANNER))
"""In the newer version Ossei Velmish is new, and the relief fund is gone."""

KNOWN = Known(REGISTRY, (OLDER, NEWER))


def read_marked(name: str, marked: str, published: str | None = None) -> tuple[Document, Reading]:
    """A document and its reading from text with marks: ``[p:Ilko Ruk]``, or ``[p1:Ruk]`` with mention 1 as its head."""
    text, mentions, last = "", [], 0
    for found in re.finditer(r"\[([a-z])(\d*):([^\]]+)\]", marked):
        text += marked[last : found.start()]
        start = len(text)
        text += found[3]
        head = mentions[int(found[2])].id if found[2] else None
        mentions.append(Mention(make_id("m", name, start), Span(start, len(text), found[3]), TYPES[found[1]], head))
        last = found.end()
    text += marked[last:]
    document = Document(f"d_{name}", name, "", "text/plain", text, published=published)
    return document, Reading(document.id, "test 1", mentions=tuple(mentions))


def resolve_marked(
    *marked: str, day: str | None = "2031-09-01", known: Known | None = KNOWN, declared: tuple[Actor, ...] = ()
) -> Resolution:
    """The resolution of documents with marks, all published on one day."""
    pairs = [read_marked(str(number), text, day) for number, text in enumerate(marked)]
    readings = {reading.document: reading for _, reading in pairs}
    return resolve_mentions([document for document, _ in pairs], readings, None, declared, known)


def decided(resolution: Resolution) -> list[tuple[str, str, str | None, str | None]]:
    """Of each link: the words, the decision, the actor of the registry (``None`` for others), the entry."""
    return [
        (
            link.span.text,
            link.decision,
            None if link.actor is None or link.actor.startswith("a_") else link.actor,
            link.listing,
        )
        for link in resolution.links
    ]


def versions_of(known: Known, order: Sequence[int]) -> Known:
    """The same world with its list versions in another order."""
    return Known(known.registry, tuple(known.lists[place] for place in order), known.as_of)
