"""Nouns survive the way to JSON and back, and nothing unknown comes in with them."""

from __future__ import annotations

import json

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.document import Caveat, Document, Handling, Page
from pledgewatch.model.reading import Reading, Statement
from pledgewatch.model.report import Cleared
from pledgewatch.model.span import Span
from pledgewatch.model.wire import from_wire, to_wire

DOCUMENT = Document(
    "d_1", "a/b.md", "00", "text/plain", "Words here.", handling=Handling("AMBER", (Caveat("embargo", "x"),)),
    pages=(Page(1, 0, 11),),
)  # fmt: skip


def test_a_document_survives_json() -> None:
    assert from_wire(Document, json.loads(json.dumps(to_wire(DOCUMENT)))) == DOCUMENT


def test_a_reading_survives_json() -> None:
    span = Span(0, 5, "Words")
    statement = Statement("s_1", span, None, None, (span, span), "direct", "denies")
    reading = Reading("d_1", "rules 1", ((0, 11),), statements=(statement,))
    assert from_wire(Reading, json.loads(json.dumps(to_wire(reading)))) == reading


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"colour": 1}, "colour"),
        ({"text": 7}, "text"),
        ({"pages": {}}, "pages"),
        ({"handling": {"tlp": "PURPLE"}}, "PURPLE"),
    ],
)
def test_a_wrong_field_is_refused_by_name(change: dict[str, object], word: str) -> None:
    with pytest.raises(InputError, match=word):
        from_wire(Document, to_wire(DOCUMENT) | change)


def test_a_missing_field_is_refused_by_name() -> None:
    value = to_wire(DOCUMENT)
    del value["sha256"]
    with pytest.raises(InputError, match="sha256"):
        from_wire(Document, value)


def test_every_noun_of_a_release_can_be_told_apart() -> None:
    with pytest.raises(InputError, match="report"):
        from_wire(Cleared, {"audience": {"name": "x", "tlp": "RED"}})
