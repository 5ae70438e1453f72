from __future__ import annotations

import pytest

from pledgewatch.collect import parse_sources
from pledgewatch.collect.sources import find_source, parse_moment_iso
from pledgewatch.errors import InputError

WHOLE = """
sources:
  gazette:
    name: The Almas Gazette
    reliability: B
    kind: newspaper
    interested_in: [Varna Front]
    match: ["gazette.example/*", "clips/gazette/*"]
    tlp: GREEN
    protected_source: true
    embargo_until: 2031-05-01
  wire:
    name: Almas Wire
"""


def test_a_source_is_read_with_all_its_keys_and_one_without_them_states_nothing() -> None:
    gazette, wire = parse_sources(WHOLE, "sources.yml")
    assert (gazette.id, gazette.name, gazette.reliability, gazette.kind) == (
        "gazette",
        "The Almas Gazette",
        "B",
        "newspaper",
    )
    assert gazette.interested_in == ("Varna Front",)
    assert gazette.handling is not None
    handling = gazette.handling
    assert (handling.tlp, handling.embargo_until, handling.protected_source) == ("GREEN", "2031-05-01", True)
    assert (wire.reliability, wire.kind, wire.match, wire.handling) == ("F", "unknown", (), None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source: {}", "'source' is not known"),
        ("sources:\n  a: {name: A, colour: red}", "'colour' is not known"),
        ("sources:\n  a: {reliability: B}", "'name' is missing"),
        ("sources:\n  a: {name: A, reliability: Z}", "'Z' is not one of A"),
        ("sources:\n  a: {name: A, kind: blog}", "'blog' is not one of"),
        ("sources:\n  a: {name: A, tlp: PINK}", "'PINK' is not one of"),
        ("sources:\n  a: {name: A, match: {b: c}}", "a list of texts"),
        ("sources:\n  a: {name: A, protected_source: maybe}", "neither true nor false"),
        ("sources:\n  a: {name: A, embargo_until: soon}", "no date"),
        ("sources:\n  a: {name: A, history: B}", "a list of earlier letters"),
        ("sources:\n  a: {name: A, history: [{until: 2031, reliability: B}]}", "the last day and the letter"),
        ("sources:\n  a: {name: A, history: [{until: 2031-01-01}]}", "the last day and the letter"),
        ("sources:\n  a: {name: A, history: [{until: 2031-01-01, reliability: Z}]}", "'Z' is not one of A"),
        ("sources: [a, b]", "a mapping"),
        ("sources:\n  a: {name: A}\n  a: {name: B}", "second time"),
        ("sources: &x {}\nmore: *x", "alias"),
        ("sources: [", "not YAML"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_sources(text, "sources.yml")
    assert words in str(caught.value)
    assert "sources.yml" in str(caught.value)


def test_an_empty_file_has_no_sources() -> None:
    assert parse_sources("", "sources.yml") == parse_sources("sources:\n", "sources.yml") == ()


@pytest.mark.parametrize(
    ("address", "path", "publisher", "found"),
    [
        ("https://www.GAZETTE.example/guns", "a.html", None, "gazette"),
        (None, "clips/gazette/a.eml#list.txt", None, "gazette"),
        (None, "a.txt", "almas wire", "wire"),
        ("https://other.example/gazette.example/x", "a.txt", None, None),
        (None, "a.txt", None, None),
    ],
)
def test_a_document_belongs_to_the_first_source_that_matches(
    address: str | None, path: str, publisher: str | None, found: str | None
) -> None:
    source = find_source(parse_sources(WHOLE, "s.yml"), address, path, publisher)
    assert (source.id if source else None) == found


def test_moments_are_normalised_and_impossible_ones_refused() -> None:
    assert parse_moment_iso("2031-05-02 06:00:00") == "2031-05-02T06:00"
    assert parse_moment_iso("2031-05-02T06:00Z") == "2031-05-02T06:00Z"
    assert [parse_moment_iso(text) for text in ("2031-05-02T25:00", "2031-02-30", "2031-05", "soon")] == [None] * 4


def test_the_letters_of_a_source_before_stand_in_the_order_of_their_days() -> None:
    text = """
sources:
  a:
    name: A
    reliability: B
    history:
      - {until: 2031-03-31, reliability: C, why: two reports were withdrawn}
      - {until: 2030-12-31, reliability: D}
"""
    (source,) = parse_sources(text, "sources.yml")
    assert [(change.until, change.reliability, change.why) for change in source.history] == [
        ("2030-12-31", "D", ""),
        ("2031-03-31", "C", "two reports were withdrawn"),
    ]
    days = ("2030-12-31", "2031-01-01", "2031-04-01")
    assert [source.reliability_on(day) for day in days] == ["D", "C", "B"]
