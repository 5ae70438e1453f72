"""One network of ties: what the registry knows, what lists state, what statements claim and deny."""

from __future__ import annotations

import itertools

import pytest

from pledgewatch.model.document import Document
from pledgewatch.model.reading import Mention, Reading, Statement, Tie
from pledgewatch.model.span import Span
from pledgewatch.resolve import build_network
from pledgewatch.resolve.network import Edge
from tests.resolve.fiction import KNOWN, NEWER, REGISTRY, read_marked, resolve_marked

TEXT = "[p:Ilko Ruk] leads the [g:Orvane Front]."


def told(
    name: str = "0", stance: str = "asserts", negated: bool = False, day: str | None = "2031-05-02"
) -> tuple[Document, Reading]:
    """A document in which a statement says that Ilko Ruk leads the Front."""
    document, reading = read_marked(name, TEXT, day)
    one, other = reading.mentions
    statement = Statement("s_1", None, None, None, (), "indirect", stance, "none", 3.0, "unstated")  # type: ignore[arg-type]
    span = Span(9, 14, document.text[9:14])
    tie = Tie("t_1", "leads", one.id, other.id, span, negated, "s_1")
    return document, Reading(document.id, "test 1", mentions=reading.mentions, statements=(statement,), ties=(tie,))


def stated(*pairs: tuple[Document, Reading]) -> list[Edge]:
    documents = [document for document, _ in pairs]
    readings = {reading.document: reading for _, reading in pairs}
    resolution = resolve_marked(*[TEXT] * len(pairs), known=KNOWN)
    return list(build_network((), (), documents, readings, resolution))


def test_ties_of_the_registry_are_known_with_their_dates() -> None:
    edges = build_network(REGISTRY, ())
    assert Edge("orvane-front", "ashen-banner", "allied with", "known", since="2029") in edges
    assert {edge.standing for edge in edges} == {"known"}


def test_ties_of_an_entry_are_listed_and_lead_to_the_entry_or_to_the_words() -> None:
    edges = build_network((), (NEWER,))
    assert [(edge.source, edge.type, edge.target, edge.standing, edge.since) for edge in edges] == [
        ("ost:OSi.001", "brother of", "Ossei Velmish", "listed", "2029-03-14"),
        ("ost:OSi.001", "leader of", "ost:OSe.001", "listed", "2029-03-14"),
    ]


@pytest.mark.parametrize(
    ("stance", "negated", "standing"),
    [
        ("asserts", False, "claimed"),
        ("asserts", True, "denied"),
        ("denies", False, "denied"),
        ("rejects", False, "denied"),
        ("denies", True, "claimed"),
    ],
)
def test_a_tie_is_claimed_or_denied_as_its_statement_has_it(stance: str, negated: bool, standing: str) -> None:
    (edge,) = stated(told(stance=stance, negated=negated))
    assert (edge.target, edge.type, edge.standing, edge.since) == ("orvane-front", "leads", standing, "2031-05-02")


def test_passages_that_state_one_tie_stand_on_one_edge_from_the_first_day() -> None:
    (edge,) = stated(told("0", day="2031-05-02"), told("1", day="2031-04-02T10:00"))
    assert [document for document, _ in edge.passages] == ["d_0", "d_1"]
    assert all(span.text == "leads" for _, span in edge.passages)
    assert edge.since == "2031-04-02"


def test_a_claim_and_its_denial_are_two_edges() -> None:
    edges = stated(told("0"), told("1", stance="denies"))
    assert [edge.standing for edge in edges] == ["claimed", "denied"]


def test_an_edge_without_a_day_has_none() -> None:
    assert stated(told(day=None))[0].since is None


def test_a_tie_to_nobody_known_keeps_the_words_and_a_broken_one_is_left_out() -> None:
    document, reading = told()
    (edge,) = build_network((), (), [document], {document.id: reading})
    assert (edge.source, edge.target) == ("Ilko Ruk", "Orvane Front")
    broken = Tie("t_2", "leads", "m_missing", reading.mentions[0].id, Span(0, 4, "Ilko"))
    assert build_network((), (), [document], {document.id: Reading(document.id, "t", (), ties=(broken,))}) == ()
    assert build_network((), (), [document], {}) == ()


def test_nobody_is_tied_to_themselves() -> None:
    document, reading = told()
    own = Tie("t_1", "leads", reading.mentions[0].id, reading.mentions[0].id, Span(0, 4, "Ilko"))
    mentions: tuple[Mention, ...] = reading.mentions
    assert build_network((), (), [document], {document.id: Reading(document.id, "t", mentions, ties=(own,))}) == ()


def test_the_order_of_actors_and_documents_never_matters() -> None:
    pairs = [told("0"), told("1", stance="denies"), told("2", day="2031-01-01")]
    readings = {reading.document: reading for _, reading in pairs}
    resolution = resolve_marked(TEXT, TEXT, TEXT)
    networks = [
        [
            (edge.source, edge.target, edge.type, edge.standing, frozenset(edge.passages), edge.since)
            for edge in build_network(REGISTRY[::turn], (NEWER,), [one for one, _ in order], readings, resolution)
        ]
        for order in itertools.permutations(pairs)
        for turn in (1, -1)
    ]
    assert all(network == networks[0] for network in networks)
