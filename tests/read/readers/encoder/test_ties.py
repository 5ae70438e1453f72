"""Ties between two mentions that a sentence states."""

from __future__ import annotations

import pytest

from pledgewatch.model.case import ReadPolicy
from pledgewatch.read import read_document
from tests.read.documents import make_document


def ties(text: str) -> list[tuple[str, str, str, bool]]:
    reading = read_document(make_document(text), ReadPolicy())
    words = {mention.id: mention.span.text.removeprefix("The ").removeprefix("the ") for mention in reading.mentions}
    return [(tie.type, words[tie.source], words[tie.target], tie.negated) for tie in reading.ties]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Varna Front hosts the Sarn Brigade.", ("hosts", "Varna Front", "Sarn Brigade", False)),
        ("The Varna Front does not host the Sarn Brigade.", ("hosts", "Varna Front", "Sarn Brigade", True)),
        ("The Sarn Brigade was trained by the Varna Front.", ("trains", "Varna Front", "Sarn Brigade", False)),
        ("The Varna Front is allied with the Sarn Brigade.", ("allied with", "Varna Front", "Sarn Brigade", False)),
        ("Anna Vess, the leader of the Varna Front, left.", ("leads", "Anna Vess", "Varna Front", False)),
        ("Anna Vess met with Petr Havel.", ("meets or communicates with", "Anna Vess", "Petr Havel", False)),
        ("The Varna Front is based in Kenya.", ("located in", "Varna Front", "Kenya", False)),
        ("Anna Vess is the sister of Petr Havel.", ("related by marriage or blood", "Anna Vess", "Petr Havel", False)),
    ],
)
def test_a_trigger_states_a_tie(text: str, expected: tuple[str, str, str, bool]) -> None:
    assert ties(text) == [expected]


def test_two_names_in_a_sentence_are_no_tie() -> None:
    assert ties("The Varna Front and the Sarn Brigade were named in the report.") == []


def test_a_tie_knows_the_statement_it_stands_in() -> None:
    reading = read_document(make_document("Anna Vess said the Varna Front hosts the Sarn Brigade."), ReadPolicy())
    assert reading.ties[0].statement == reading.statements[0].id
