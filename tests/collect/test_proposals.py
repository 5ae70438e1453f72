"""Whose side a publisher is on is proposed from names and addresses, and a person decides."""

from __future__ import annotations

from pledgewatch.collect import assign_sources, parse_sources, propose_sources, write_sources
from pledgewatch.model.document import Document, Source


def document(name: str, address: str | None, publisher: str | None = None) -> Document:
    return Document(f"d_{name}", f"{name}.md", "0", "text/markdown", "Words.", publisher=publisher, address=address)


DOCUMENTS = (
    document("a", "https://www.president.gov.ke/news/1", "State House"),
    document("b", "https://gazette.example/1", "The Lume Gazette"),
    document("c", None, "Varna Front"),
    document("d", None),
)


def test_a_states_own_address_speaks_for_that_state_where_it_is_a_party() -> None:
    proposed = {source.name: source for source in propose_sources(DOCUMENTS, ["Kenya", "Varna Front"])}
    assert proposed["State House"].interested_in == ("Kenya",)
    assert proposed["State House"].kind == "government"


def test_a_states_own_address_is_an_observer_where_it_is_no_party() -> None:
    proposed = {source.name: source for source in propose_sources(DOCUMENTS, ["Varna Front"])}
    assert proposed["State House"].interested_in == ()


def test_a_party_that_publishes_speaks_for_itself_and_a_newspaper_for_nobody() -> None:
    proposed = {source.name: source for source in propose_sources(DOCUMENTS, ["Kenya", "Varna Front"])}
    assert proposed["Varna Front"].interested_in == ("Varna Front",)
    assert proposed["Varna Front"].kind == "party"
    assert proposed["The Lume Gazette"].interested_in == ()


def test_reliability_is_never_proposed() -> None:
    assert {source.reliability for source in propose_sources(DOCUMENTS, ["Kenya"])} == {"F"}


def test_a_document_without_publisher_or_address_gets_no_source() -> None:
    sources = propose_sources(DOCUMENTS, [])
    assert [found.source is None for found in assign_sources(DOCUMENTS, sources)] == [False, False, False, True]


def test_a_source_that_the_case_knows_stays() -> None:
    known = Source("mine", "Mine", match=("gazette.example/*",))
    (found,) = assign_sources([document("b", "https://gazette.example/1", "The Lume Gazette")], [known])
    assert found.source == "mine"


def test_what_is_proposed_is_a_sources_file() -> None:
    sources = propose_sources(DOCUMENTS, ["Kenya"])
    assert parse_sources(write_sources(sources), "sources.yml") == sources
