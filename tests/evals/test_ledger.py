"""The measure of the ledger: what matches, what counts against, and that dev holds its targets."""

from __future__ import annotations

from pathlib import Path

import yaml

from evals.agreements import load
from evals.ledger import measure_folder, pair_up

TEXT = (
    "Signed in Lume, 2 March 2031, by the Republic of Lesna and the Varna Front.\n\n"
    "1. Lesna shall open the road by 1 May 2031.\n2. The Front hopes for rain.\n"
)


def measure(folder: Path, **fields: object) -> dict[str, float]:
    row = {
        "clause": "1", "words": "Lesna shall open the road by 1 May 2031", "obligor": ["Republic of Lesna"], "to": [],
        "modality": "must", "force": "binding", "act": "open the road", "conditions": [],
        "deadline": {"words": "by 1 May 2031", "date": "2031-05-01", "relative_to": None},
    }  # fmt: skip
    data = {
        "signed": "2031-03-02", "parties": ["Republic of Lesna", "Varna Front"], "title": "One",
        "commitments": [row | fields], "not_commitments": ["The Front hopes for rain."],
    }  # fmt: skip
    (folder / "one.md").write_text(TEXT, "utf-8")
    (folder / "one.yml").write_text(yaml.safe_dump(data), "utf-8")
    return {one.figure: one.ours for one in measure_folder("x", [pair_up(one) for one in load(folder)])}


def test_what_is_annotated_as_found_is_right_throughout(tmp_path: Path) -> None:
    figures = measure(tmp_path)
    assert figures["span F1"] == figures["span F1, start and end exact"] == figures["deadline date right"] == 1.0
    assert figures["modality right"] == figures["obligor exact"] == figures["sentences of none left alone"] == 1.0


def test_a_wrong_date_a_wrong_modality_and_a_missed_span_count_against(tmp_path: Path) -> None:
    wrong = {"words": "by 1 May 2031", "date": "2031-05-02", "relative_to": None}
    assert measure(tmp_path, deadline=wrong)["deadline date right"] == 0.0
    assert measure(tmp_path, modality="may")["modality right"] == 0.0
    missed = measure(tmp_path, words="The Front hopes for rain", act="hopes for rain", deadline=None)
    assert missed["span F1"] == 0.0


def test_a_date_where_the_gold_has_none_is_wrong(tmp_path: Path) -> None:
    assert measure(tmp_path, deadline=None)["deadline date right"] == 0.0
