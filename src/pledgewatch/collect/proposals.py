"""Proposes who the publishers of a case are and whose side they are on, where its ``sources.yml`` does not say."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from importlib import resources
from urllib.parse import urlsplit

import yaml

from pledgewatch.collect.sources import find_source
from pledgewatch.model.document import Document, Source, SourceKind
from pledgewatch.text.folding import fold_name
from pledgewatch.text.states import other_names_of_state


def propose_sources(documents: Sequence[Document], parties: Sequence[str]) -> tuple[Source, ...]:
    """One source for each publisher that the documents name or whose address they carry, ordered by name.

    A state's own addresses (``gov``, ``mil``, ``gouv.fr``, …; ``tables/governments.yml``) make a source of the kind
    ``government``; where that state is a party to the agreement, the source speaks for it. A publisher that bears a
    party's own name speaks for that party. Reliability is never proposed: it stays ``F``, cannot be judged.

    Args:
        documents: those that belong to no source yet.
        parties: names of the agreement's parties.
    """
    places: dict[str, set[str]] = {}
    for document in documents:
        host = _host(document)
        name = document.publisher or host
        if name:
            places.setdefault(name, set()).update([host] if host else [])
    return tuple(_propose(name, sorted(places[name]), parties) for name in sorted(places, key=str.casefold))


def assign_sources(documents: Sequence[Document], sources: Sequence[Source]) -> tuple[Document, ...]:
    """The documents, those without a source given the first that fits (their handling stays what it was)."""
    assigned = []
    for document in documents:
        source = document.source or next(
            (fit.id for fit in [find_source(sources, document.address, document.path, document.publisher)] if fit), None
        )
        assigned.append(dataclasses.replace(document, source=source))
    return tuple(assigned)


def write_sources(sources: Sequence[Source]) -> str:
    """A ``sources.yml`` with these sources, for a person to correct and complete."""
    head = (
        "# Who publishes, as proposed from the documents' names and addresses. A person decides: correct it,\n"
        "# grade the reliability (A to F; F means that it cannot be judged), and save it as sources.yml.\n"
    )
    table = {
        source.id: {
            "name": source.name,
            "reliability": source.reliability,
            "kind": source.kind,
            "interested_in": list(source.interested_in),
            "match": list(source.match),
        }
        for source in sources
    }
    return head + yaml.safe_dump({"sources": table}, allow_unicode=True, sort_keys=False, width=120)


def _propose(name: str, hosts: Sequence[str], parties: Sequence[str]) -> Source:
    states = [state for state in (_state_of(host) for host in hosts) if state]
    kind: SourceKind = "government" if states else "unknown"
    interested = [party for party in parties if any(_is_same_state(party, state) for state in states)]
    if not interested:
        interested = [party for party in parties if fold_name(party) == fold_name(name)]
        kind = "party" if interested and not states else kind
    key = "-".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())
    return Source(
        id=key or "unnamed",
        name=name,
        interested_in=tuple(interested),
        kind=kind,
        match=tuple(glob for host in hosts for glob in (f"{host}/*",)),
    )


def _host(document: Document) -> str:
    try:
        host = urlsplit(document.address or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _is_same_state(party: str, state: str) -> bool:
    names = {fold_name(name) for name in (state, *other_names_of_state(state))}
    return bool(names & {fold_name(name) for name in (party, *other_names_of_state(party))})


@functools.cache
def _governments() -> tuple[frozenset[str], dict[str, str], dict[str, str]]:
    """Reserved labels, state by its own domain, state by country code."""
    table = yaml.safe_load(resources.files(__package__).joinpath("tables/governments.yml").read_text("utf-8"))
    codes = dict(entry.strip().split(" ", 1) for entry in table["codes"].split(";"))
    own = {domain: state for state, domains in table["own"].items() for domain in domains}
    return frozenset(table["reserved"]), own, codes


def _state_of(host: str) -> str | None:
    """The state whose own address this is, or ``None``.

    >>> _state_of("health.gov.au"), _state_of("en.kremlin.ru"), _state_of("archive.gov"), _state_of("gov.example.com")
    ('Australia', 'Russia', 'United States', None)
    """
    reserved, own, codes = _governments()
    labels = host.casefold().split(".")
    for start in range(len(labels)):
        state = own.get(".".join(labels[start:]))
        if state is not None:
            return state
    if len(labels) >= 2 and labels[-2] in reserved:
        return codes.get(labels[-1])
    return None
