"""The actor registry that we ship: it is consistent, and says nothing by accident."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from pledgewatch.model.actor import Alias
from pledgewatch.resolve import load_registry, parse_actors
from pledgewatch.resolve.registry import FILES
from pledgewatch.text.folding import fold_name

REGISTRY = load_registry()
BY_ID = {actor.id: actor for actor in REGISTRY}
ENGLISH = frozenset({
    "army", "assembly", "authority", "base", "board", "brothers", "cabinet", "caliphate", "coalition", "command",
    "commission", "committee", "congress", "council", "court", "defence", "defense", "democrats", "emirate",
    "federation", "fighters", "forces", "front", "government", "guard", "guards", "house", "intelligence", "islamic",
    "league", "legion", "liberation", "militants", "military", "militia", "militias", "ministry", "mission",
    "movement", "national", "network", "office", "official", "opposition", "order", "parliament", "party",
    "patriots", "peace", "people", "police", "president", "province", "quartet", "rebels", "regime", "republic",
    "resistance", "senate", "security", "shield", "shura", "state", "student", "students", "summit", "team", "union",
    "unity", "victory", "volunteers", "west", "wing", "line", "camp", "dawn", "free", "general",
    "chief", "king", "may", "march", "justice", "hope", "will", "turkey", "chad", "jordan", "georgia",
})  # fmt: skip
"""Words of the language, in lower case, that reports use for many things."""


def strong_names() -> list[tuple[str, str]]:
    """``(folded name, actor)`` of every name that identifies alone."""
    return [
        (fold_name(alias.name), actor.id)
        for actor in REGISTRY
        for alias in (Alias(actor.name), *actor.aliases)
        if not alias.weak
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_file_parses(name: str) -> None:
    text = resources.files("pledgewatch.resolve.registry").joinpath(name).read_text("utf-8")
    assert parse_actors(text, name)


def test_every_yaml_file_of_the_folder_is_read() -> None:
    folder = resources.files("pledgewatch.resolve.registry")
    assert {file.name for file in folder.iterdir() if file.name.endswith(".yml")} == set(FILES)


def test_there_are_at_least_a_hundred_and_fifty_actors_with_ids_of_their_own() -> None:
    assert len(REGISTRY) >= 150
    assert len(BY_ID) == len(REGISTRY)
    assert not [actor.id for actor in REGISTRY if actor.id.startswith("a_")]


def test_every_tie_leads_to_somebody_else() -> None:
    assert [(actor.id, tie.to) for actor in REGISTRY for tie in actor.ties if tie.to not in BY_ID] == []
    assert [actor.id for actor in REGISTRY for tie in actor.ties if tie.to == actor.id] == []


def test_whoever_somebody_is_not_is_in_the_registry() -> None:
    unknown = [
        (actor.id, other)
        for actor in REGISTRY
        for other in actor.not_same
        if other not in BY_ID and not re.search(r"[A-Z ]", other)
    ]
    assert unknown == []
    assert [actor.id for actor in REGISTRY if actor.id in actor.not_same] == []


def test_no_strong_name_belongs_to_two_actors() -> None:
    bearers: dict[str, set[str]] = {}
    for folded, actor in strong_names():
        bearers.setdefault(folded, set()).add(actor)
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}


def test_no_strong_name_is_a_common_word() -> None:
    states = {actor.id for actor in REGISTRY if actor.type == "state"}
    assert [(name, actor) for name, actor in strong_names() if name in ENGLISH and actor not in states] == []


def test_dates_do_not_end_before_they_begin() -> None:
    spans = [(actor.id, actor.since, actor.until) for actor in REGISTRY]
    spans += [(actor.id, tie.since, tie.until) for actor in REGISTRY for tie in actor.ties]
    spans += [(actor.id, one.since, one.until) for actor in REGISTRY for one in actor.listings]
    assert [one for one in spans if one[1] and one[2] and one[2] < one[1][: len(one[2])]] == []


def test_names_say_their_script() -> None:
    marks = {"Arab": "[\u0600-\u06ff]", "Cyrl": "[\u0400-\u04ff]", "Latn": "[A-Za-z]"}
    wrong = [
        (actor.id, alias.name)
        for actor in REGISTRY
        for alias in actor.aliases
        if alias.script in marks and not re.search(marks[alias.script], alias.name)
    ]
    assert wrong == []


def test_persons_have_full_names_and_acronyms_are_capitals() -> None:
    assert [actor.id for actor in REGISTRY if actor.type == "person" and " " not in actor.name] == []
    acronyms = [alias.name for actor in REGISTRY for alias in actor.aliases if alias.acronym and alias.script == "Latn"]
    assert [name for name in acronyms if not re.search("[A-Z]", name)] == []


def test_the_facts_that_the_issue_names() -> None:
    names = dict(strong_names())
    assert names["taliban"] == names["afghan taliban"] == names["islamic emirate of afghanistan"] == "taliban"
    assert names["al qaida"] == "al-qaida"
    assert names["al qaida in the indian subcontinent"] not in ("al-qaida", "taliban")
