"""Names: their words, types and fullest forms."""

from __future__ import annotations

import pytest

from pledgewatch.model.case import ReadPolicy
from pledgewatch.read import read_document
from tests.read.documents import make_document


def names(text: str) -> list[tuple[str, str, str | None]]:
    reading = read_document(make_document(text), ReadPolicy())
    found = []
    for mention in reading.mentions:
        head = reading.mention(mention.head)
        found.append((bare(mention.span.text), mention.type, bare(head.span.text) if head else None))
    return found


def bare(words: str) -> str:
    """Without the article, which corpora count differently."""
    return words[4:] if words.lower().startswith("the ") else words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministers met in Kenya.", [("Kenya", "state", None)]),
        ("The Kenyan minister left.", [("Kenyan", "nationality", None)]),
        ("It is near Nairobi.", [("Nairobi", "place", None)]),
        ("He joined the Varna Front.", [("Varna Front", "group", None)]),
        ("The Ministry of Health closed.", [("Ministry of Health", "body", None)]),
        ("They signed the Varna Agreement.", [("Varna Agreement", "document", None)]),
        ("They met Secretary of State Anna Vess.", [("Anna Vess", "person", None)]),
        ("It was President Petr Havel’s idea.", [("Petr Havel", "person", None)]),
        ("They left Varna Airport.", [("Varna Airport", "facility", None)]),
        ("The US-led mission ended.", [("US", "state", None)]),
        ("The Vess administration fell.", [("Vess administration", "body", None)]),
        ("He went there on Monday, and they did too.", []),
        ("The minister said she would go.", []),
        ("Give it to us now.", []),
        ("Turkey and Georgia agreed.", [("Turkey", "state", None), ("Georgia", "state", None)]),
    ],
)
def test_names_have_the_type_of_what_they_name(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert names(text) == expected


def test_a_surname_alone_stands_for_the_full_name() -> None:
    assert names("The envoy Anna Vess left. Vess was tired.") == [
        ("Anna Vess", "person", None),
        ("Vess", "person", "Anna Vess"),
    ]


def test_initials_in_brackets_stand_for_the_long_name() -> None:
    found = names("The Varna Relief Council (VRC) met. The VRC agreed.")
    assert found[0] == ("Varna Relief Council", "body", None)
    assert [head for words, _, head in found if words == "VRC"] == ["Varna Relief Council"] * 2


def test_two_names_of_a_state_have_one_head() -> None:
    assert names("The U.S. agreed. The United States left.")[0] == ("U.S.", "state", "United States")


def test_a_surname_that_is_a_town_too_is_a_person_where_it_speaks() -> None:
    found = names("The envoy Anna Paris left. “It was late,” said Paris.")
    assert found[-1] == ("Paris", "person", "Anna Paris")


def test_a_name_followed_by_fighters_is_a_group_everywhere() -> None:
    found = names("Zorvan fighters left. Later they saw Zorvan again.")
    assert [kind for words, kind, _ in found if words == "Zorvan"] == ["group", "group"]
