"""Proposed indicators, and the file that a person edits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pledgewatch.errors import InputError
from pledgewatch.ledger import attach_indicators, draw_ledger, parse_indicators, propose_indicators, write_indicators
from pledgewatch.ledger.indicators import find_named_groups
from pledgewatch.model.document import Document

TEXT = """\
Accord signed on 3 May 2019 by the Varna Front and Portugal

1. The Varna Front will prevent groups, including the Black Heron, from recruiting and training, and will not host them.
2. Portugal will withdraw its forces by 1 December 2019.
3. The Varna Front will send a clear message that those who threaten Portugal have no place in the valley.
4. The Varna Front will not provide passports to those who threaten Portugal.
"""
DOCUMENT = Document("d_agreement", "agreement.md", "0" * 64, "text/markdown", TEXT)
AGREEMENT = draw_ledger(DOCUMENT)
PROPOSED = propose_indicators(AGREEMENT, TEXT)
BY_ID = {one.id: one for one in PROPOSED}


def test_forbidden_acts_show_breaking_when_done_and_keeping_when_undone() -> None:
    for name in ("train", "recruit"):
        assert BY_ID[f"i_1-1-{name}-broken"].shows == "broken"
        assert BY_ID[f"i_1-1-{name}-kept"].shows == "kept"
    for name in ("host", "ties"):
        assert BY_ID[f"i_1-2-{name}-broken"].shows == "broken"
        assert BY_ID[f"i_1-2-{name}-kept"].shows == "kept"
    assert "train" in BY_ID["i_1-1-train-broken"].acts
    assert "expel" in BY_ID["i_1-2-host-kept"].acts


def test_demanded_acts_show_keeping_when_done() -> None:
    assert "withdraw" in BY_ID["i_2-withdraw-kept"].acts
    assert "reinforce" in BY_ID["i_2-withdraw-broken"].acts


def test_group_named_after_including_is_the_object_of_every_such_clause() -> None:
    assert BY_ID["i_1-2-host-broken"].objects[0] == "Black Heron"
    assert BY_ID["i_3-host-broken"].objects[0] == "Black Heron"
    assert "terrorist groups" in BY_ID["i_1-2-host-broken"].objects


def test_words_of_a_relative_clause_make_no_indicator() -> None:
    assert not [key for key in BY_ID if key.startswith(("i_3-threaten", "i_4-threaten"))]
    assert "i_4-documents-broken" in BY_ID


def test_actors_are_the_obligor_under_all_names() -> None:
    assert BY_ID["i_1-2-host-broken"].actors == ("Varna Front",)
    assert BY_ID["i_2-withdraw-kept"].actors[:1] == ("Portugal",)
    assert "Portuguese" in BY_ID["i_2-withdraw-kept"].actors


def test_what_is_written_is_read_back_the_same() -> None:
    written = write_indicators(AGREEMENT, TEXT, PROPOSED)
    assert sorted(parse_indicators(written, "indicators.yml", AGREEMENT), key=lambda one: one.id) == sorted(
        PROPOSED, key=lambda one: one.id
    )
    assert write_indicators(AGREEMENT, TEXT, tuple(reversed(PROPOSED))) == written


def test_written_file_quotes_each_clause_as_a_comment() -> None:
    written = write_indicators(AGREEMENT, TEXT, ())
    assert "# 2: Portugal will withdraw its forces by 1 December 2019" in written
    assert "c_2: []" in written


def test_attached_indicators_stand_on_their_commitments() -> None:
    attached = attach_indicators(AGREEMENT, PROPOSED)
    assert sum(len(one.indicators) for one in attached.commitments) == len(PROPOSED)
    assert all(one.commitment == commitment.id for commitment in attached.commitments for one in commitment.indicators)
    assert attach_indicators(attached, ()) == AGREEMENT


GOOD = "c_1-1:\n  - {id: i_x, text: It hosts them., shows: broken, acts: [host]}\n"


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("c_1-1: [}", "not YAML", 1),
        ("c_9: []", "no commitment 'c_9'", 1),
        (GOOD.replace("acts", "verbs"), "the key 'verbs' is not known", 2),
        (GOOD.replace("broken", "bad"), "not kept or broken", 2),
        (GOOD.replace("shows: broken", "shows: kept, telling: 3"), "telling must be a number", 2),
        (GOOD.replace("shows: broken", "shows: kept, telling: nan"), "telling must be a number", 2),
        (GOOD.replace("[host]", "[]"), "acts is empty", 2),
        (GOOD.replace("[host]", "host"), "acts must be a list", 2),
        (GOOD.replace("id: i_x, ", ""), "'id' is missing", 2),
        (GOOD + GOOD.replace("c_1-1:\n", ""), "'i_x' stands twice", 3),
        ("c_1-1: []\nc_1-1: []", "'c_1-1' stands twice", 2),
        ("- c_1", "keys with values", 1),
        ("c_1-1: {}", "must hold a list", 1),
    ],
)
def test_mistake_in_the_file_is_named_with_its_line(text: str, what: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        parse_indicators(text, "indicators.yml", AGREEMENT)
    assert what in str(caught.value)
    assert caught.value.where is not None
    assert caught.value.where == f"indicators.yml:{line}"


def test_indicator_without_telling_gets_the_default() -> None:
    (indicator,) = parse_indicators(GOOD, "indicators.yml", AGREEMENT)
    assert indicator.telling == 0.7
    assert indicator == replace(indicator, actors=(), objects=())


def test_empty_file_gives_no_indicators() -> None:
    assert parse_indicators("# nothing yet\n", "indicators.yml", AGREEMENT) == ()


def test_a_group_that_the_clause_names_is_the_object_and_a_partys_own_members_are_not() -> None:
    text = (
        "Signed in Lume, 3 March 2031, by the Varna Front and the Republic of Ostrava.\n\n"
        "1. The Varna Front will not host or train members of the Ashen Circle.\n"
        "2. The Republic of Ostrava will release 40 members of the Front.\n"
    )
    agreement = draw_ledger(Document("d_i", "i.txt", "0", "text/plain", text))
    assert find_named_groups(agreement, text) == ("Ashen Circle",)
