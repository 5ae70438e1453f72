"""What ``actors.yml`` may say."""

from __future__ import annotations

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias
from pledgewatch.resolve import names_of, parse_actors

GOOD = """
actors:
  - name: Varna Front
    type: group
    aliases: [the Front, {name: "جبهة", script: Arab}, {name: movement, weak: true}]
  - {name: Ilko Ruk, type: person, party: Varna Front}
"""


def test_a_file_gives_actors_with_aliases_and_party_in_its_order() -> None:
    front, ruk = parse_actors(GOOD, "actors.yml")
    assert front.aliases == (Alias("the Front"), Alias("جبهة", "Arab"), Alias("movement", weak=True))
    assert (ruk.name, ruk.type, ruk.party) == ("Ilko Ruk", "person", "Varna Front")


def test_names_of_an_actor_leave_out_weak_aliases() -> None:
    assert names_of(parse_actors(GOOD, "actors.yml")[0]) == ("Varna Front", "the Front", "جبهة")


@pytest.mark.parametrize("text", ["", "actors:", "actors: []", "# nothing yet\n"])
def test_a_file_without_actors_gives_none(text: str) -> None:
    assert parse_actors(text, "actors.yml") == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("actor: []", "did you mean 'actors'"),
        ("actors: [{nam: X}]", "did you mean 'name'"),
        ("actors: [{name: X, type: persn}]", "did you mean 'person'"),
        ("actors: [{name: X, aliases: [{name: Y, strong: true}]}]", "'strong' is not known"),
        ("actors: [{name: X, aliases: [{name: Y, weak: maybe}]}]", "neither true nor false"),
        ("actors: [{name: X, aliases: [{name: Y, script: latin}]}]", "no script"),
        ("actors: [{type: person}]", "name is missing"),
        ("actors: [{name: 12}]", "not 12"),
        ("actors: [{name: '—'}]", "is no name"),
        ('actors: [{name: "a\\u0007b"}]', "is no name"),
        ("actors: {name: X}", "a list is wanted"),
        ("- X", "a table"),
        ("actors: [X]", "a table"),
        ("actors: [{name: Lesna Guard}, {name: the LESNA Guard}]", "two actors"),
        ("actors: [{name: X, name: Y}]", "twice"),
        ("actors: [}", "not YAML"),
        ("actors: " + "[" * 5_000, "not YAML"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        parse_actors(text, "actors.yml")
    assert str(caught.value.where).startswith("actors.yml")
