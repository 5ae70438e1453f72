"""How statements are meant: hedge, factuality, basis, nesting, speakers behind pronouns and titles."""

from __future__ import annotations

import pytest

from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.reading import Reading, Statement
from pledgewatch.read import read_document
from tests.read.documents import make_document


def read(text: str) -> Reading:
    return read_document(make_document(text), ReadPolicy())


def only(text: str) -> Statement:
    (statement,) = read(text).statements
    return statement


def speaker(reading: Reading, statement: Statement) -> str | None:
    mention = reading.mention(statement.speaker_mention)
    head = reading.mention(mention.head) if mention and mention.head else mention
    return head.span.text if head else None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The ministry said the camp was closed.", 2, 3),
        ("The ministry said the camp was not closed.", -3, -1.5),
        ("The ministry said there are no foreign fighters.", -3, -1.5),
        ("The ministry said the camp might be closed.", 0, 1),
        ("The ministry said the camp will be closed.", 0, 1),
        ("The ministry denied that the camp was open.", -3, -2),
        ("The ministry said the camp would be closed if the Front left.", -0.5, 1),
    ],
)
def test_factuality_follows_cue_negation_and_modality(text: str, low: float, high: float) -> None:
    assert low <= only(text).factuality <= high


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry admitted that the camp was open.", "admits"),
        ("The ministry vowed to close the camp.", "promises"),
        ("The ministry urged the Front to close the camp.", "demands"),
        ("The ministry accused the Front of hiding weapons.", "accuses"),
        ("The ministry refused to comment.", "declines"),
        ("The ministry did not respond to a request for comment.", "declines"),
        ("The ministry has no comment.", "declines"),
        ("Under the deal, the Front has committed to leaving the valley.", "promises"),
        ("The ministry did not deny that the camp was open.", "admits"),
        ("“Where are they?” Anna Vess asked.", "asks"),
    ],
)
def test_the_stance_is_what_the_speaker_does(text: str, stance: str) -> None:
    assert only(text).stance == stance


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("“I saw the trucks leave,” Anna Vess said.", "witnessed"),
        ("“We believe they are hiding,” Anna Vess said.", "assessed"),
        ("According to a report, the camp is closed.", "document"),
        ("The Front appeared ready to talk, Anna Vess said.", "inferred"),
        ("The camp is closed, Anna Vess said.", "unstated"),
    ],
)
def test_the_basis_is_how_the_speaker_knows(text: str, basis: str) -> None:
    assert only(text).basis == basis


def test_a_statement_inside_another_comes_via_it() -> None:
    outer, inner = read("The ministry said the envoy had told reporters that the truce held.").statements
    assert (inner.via, outer.via) == (outer.id, None)


def test_a_title_stands_for_the_person_named_with_it() -> None:
    reading = read("Foreign Minister Petr Havel arrived. The foreign minister said the truce held.")
    assert speaker(reading, reading.statements[0]) == "Petr Havel"


def test_officials_of_a_state_speak_for_it_and_former_ones_do_not() -> None:
    reading = read(
        "Officials said it was so. Former Kenya officials said it was not. Kenya officials said it was known."
    )
    assert [speaker(reading, statement) for statement in reading.statements] == [None, None, "Kenya"]


@pytest.mark.xfail(reason="a promise in the first person within a transcript is not found", strict=True)
def test_i_in_a_turn_is_its_speaker() -> None:
    reading = read("The minister is Anna Vess.\n\nMS. VESS:  I promise to close the camp.\n\nQ    When?")
    assert [speaker(reading, statement) for statement in reading.statements] == ["Anna Vess", "Anna Vess", None]
    assert reading.statements[1].via == reading.statements[0].id


def test_a_narrator_who_attributes_nothing_states_nothing() -> None:
    assert read("Under the deal the Front is to leave the valley. The camp near the river is large.").statements == ()
