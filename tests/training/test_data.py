"""Examples to learn from: labels stay on their words, whatever is done to the text."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest

from evals.attribution import Attribution
from pledgewatch.read.readers.encoder.labels import ATTRIBUTION_TAGS, HEDGES, STANCES
from training.data import cue_key, damage, label_attributions, read_cue_labels, windows_of
from training.fiction import write_stories
from training.texts import labelled_texts

LABELS = Path(__file__).parents[2] / "training" / "labels"
TEXT = "“The depot is open,” said Anna Vess.\n\nThe Front denied it. But he said “we left”, and nobody saw them go."
GOLD = (
    Attribution(((26, 35),), ((21, 25),), ((0, 20),)),
    Attribution(((38, 47),), ((48, 54),), ((55, 57),)),
)


@pytest.mark.parametrize("seed", range(40))
def test_damage_keeps_labels_on_their_words(seed: int) -> None:
    text, gold = damage(TEXT, GOLD, random.Random(seed))
    for before, after in zip(GOLD, gold, strict=True):
        for role in ("source", "cue"):
            ((start, end),) = getattr(before, role)
            ((low, high),) = getattr(after, role)
            # Slips of the scanner change letters; lengths and the first letters stay near.
            assert text[low:high][:1].lower() == TEXT[start:end][:1].lower()
            assert abs((high - low) - (end - start)) <= 3


def test_tags_and_pointers_say_who_said_what() -> None:
    example = label_attributions(TEXT, GOLD, {"said": ("asserts", "none"), "denied": ("denies", "none")})
    tags = [ATTRIBUTION_TAGS[tag] for tag in example.arrays["attribution"]]
    cue = tags.index("B-cue")
    assert tags[example.arrays["to_source"][cue]] == "B-source"
    assert example.arrays["to_cue"][tags.index("B-content")] == cue
    assert STANCES[example.arrays["stance"][tags.index("B-cue", cue + 1)]] == "denies"


def test_windows_point_within_themselves() -> None:
    for example in write_stories(random.Random(2), 20):
        for window in windows_of(example, random.Random(1), 48):
            for name in ("to_source", "to_cue"):
                assert window[name].max() <= len(window["tokens"].ids)


def test_invented_stories_are_the_same_for_the_same_seed_and_label_what_they_say() -> None:
    one, two = (list(write_stories(random.Random(5), 30)) for _ in range(2))
    assert [example.text for example in one] == [example.text for example in two]
    for example in one:
        assert not re.search(r"[\[\]<>{}]", example.text)
        tags = example.arrays["attribution"]
        cues = int((tags == ATTRIBUTION_TAGS.index("B-cue")).sum())
        assert cues == int((example.arrays["to_source"] != -100).sum())


def test_a_cue_is_known_without_its_auxiliaries() -> None:
    assert cue_key("has not yet said") == "yet said"
    assert cue_key("was") == "was"


def test_every_cue_has_one_label_of_those_there_are() -> None:
    labels = read_cue_labels(LABELS / "cues.tsv")
    assert len(labels) == 1_000
    assert {stance for stance, _ in labels.values()} <= {*STANCES, "x"}
    assert {hedge for _, hedge in labels.values()} <= {*HEDGES, "x"}


@pytest.mark.shared
def test_every_labelled_statement_stands_on_words(shared: Path) -> None:
    texts = dict(labelled_texts(shared))
    with (LABELS / "statements.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) > 400
    for row in rows:
        cue = texts[row["document"]][int(row["cue_start"]) : int(row["cue_end"])]
        assert cue
        assert cue == cue.strip()
