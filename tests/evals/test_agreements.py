"""The annotated agreements hold in their texts, and the loader refuses what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evals.agreements import FOLDER, load
from evals.agreements.check import describe_counts, find_breaches
from pledgewatch.errors import InputError

TEXT = "1. Lesna shall open the road by 1 May 2031. 2. Once the road is open, Varna shall send food.\n"


def _row(clause: str, words: str, act: str, **more: object) -> dict[str, object]:
    row: dict[str, object] = {"clause": clause, "words": words, "obligor": ["Lesna"], "to": [], "modality": "must"}
    return row | {"force": "binding", "act": act, "deadline": None, "conditions": []} | more


ROAD = _row(
    "1",
    "Lesna shall open the road by 1 May 2031",
    "open the road",
    deadline={"words": "by 1 May 2031", "date": "2031-05-01", "relative_to": None},
)
FOOD = _row(
    "2", "Varna shall send food", "send food", conditions=[{"words": "Once the road is open", "on": "Lesna shall open"}]
)


def _write(folder: Path, *rows: dict[str, object], quiet: tuple[str, ...] = (), **more: object) -> Path:
    (folder / "one.md").write_text(TEXT, "utf-8")
    data = {"signed": "2031-03-02", "parties": ["Lesna", "Varna"], "title": "One", "commitments": list(rows)}
    (folder / "one.yml").write_text(yaml.safe_dump(data | {"not_commitments": list(quiet)} | more), "utf-8")
    return folder


@pytest.mark.parametrize("part", ["dev", "opened", "blind"])
def test_every_annotation_of_ours_holds_in_its_text(part: str) -> None:
    agreements = load(FOLDER / part)
    beside = {each.name: each for each in agreements}
    assert sum(len(each.commitments) for each in agreements) >= 90
    assert [breach for each in agreements for breach in find_breaches(each, beside)] == []


def test_texts_in_the_shared_folder_are_found_by_first_and_last_words(shared: Path) -> None:
    doha = next(each for each in load(FOLDER / "dev", shared) if each.name == "doha")
    rest = next(each for each in doha.commitments if each.clause == "1.3")
    assert rest.deadline is not None
    assert rest.deadline.date == "2021-04-28"
    assert {doha.commitments[place].clause for place in rest.conditions[0].on} == {"2.1", "2.2", "2.3", "2.4", "2.5"}


def test_a_condition_names_the_commitment_by_its_first_words_and_reach_takes_it_in(tmp_path: Path) -> None:
    food = load(_write(tmp_path, ROAD, FOOD))[0].commitments[1]
    assert food.conditions[0].on == (0,)
    assert TEXT[food.reach.start : food.reach.end] == "Once the road is open, Varna shall send food"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (ROAD | {"words": "Lesna shall close the road"}, "found 0 times"),
        (ROAD | {"words": "road"}, "found 2 times"),
        (ROAD | {"act": "send food"}, "found 0 times"),
        (ROAD | {"modality": "shall"}, "modality 'shall'"),
        (ROAD | {"deadline": {"words": "by 1 May 2031", "date": "1 May", "relative_to": None}}, "not an ISO date"),
        (FOOD | {"conditions": [{"words": "Once the road is open", "on": "7"}]}, "waits for '7'"),
        (ROAD | {"actor": "Lesna"}, "unknown key 'actor'"),
    ],
)
def test_what_does_not_hold_is_refused(tmp_path: Path, row: dict[str, object], what: str) -> None:
    with pytest.raises(InputError, match=what):
        load(_write(tmp_path, row))


def test_overlaps_and_silent_words_in_a_commitment_are_breaches(tmp_path: Path) -> None:
    twice = _row("1", "open the road by 1 May 2031", "open the road")
    [agreement] = load(_write(tmp_path, ROAD, twice, quiet=("by 1 May 2031",)))
    breaches = find_breaches(agreement, {})
    assert [breach.split(" ", 1)[0] for breach in breaches] == ["two", "both", "both"]


def test_a_protocol_that_moves_an_unknown_clause_is_a_breach(tmp_path: Path) -> None:
    [agreement] = load(
        _write(tmp_path, ROAD, amends={"agreement": "one", "moves": [{"clause": "9", "to": "2031-09-01"}]})
    )
    assert find_breaches(agreement, {"one": agreement}) == ["moves 9, which is no clause"]


def test_counts_tell_dated_deadlines_and_linked_conditions(tmp_path: Path) -> None:
    counts = describe_counts(load(_write(tmp_path, ROAD, FOOD)))
    assert counts == (
        "1 agreements, 2 commitments (2 must), 1 with a deadline (1 dated), 1 conditions (1 linked), "
        "0 sentences of none"
    )
