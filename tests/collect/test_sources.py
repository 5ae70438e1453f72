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
