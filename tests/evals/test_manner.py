"""The measures of stance, factuality and the founding story, on small things whose answer is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import founding, manner
from evals.factuality import correlation, read_events
from pledgewatch.model.case import ReadPolicy
from pledgewatch.read import read_document
from tests.read.documents import make_document


def test_macro_f1_counts_every_label_of_the_gold_alike() -> None:
    assert manner.macro_f1(["a", "a", "a", "b"], ["a", "a", "a", "c"]) == pytest.approx(0.5)
    assert manner.macro_f1(["x"], ["x"]) == 1.0


def test_events_stand_where_their_words_begin(tmp_path: Path) -> None:
    row = {
        "text": "They left and may return .",
        "targets": [{"span1": [1, 2], "label": 3.0}, {"span1": [4, 5], "label": 1}],
    }
    path = tmp_path / "dev.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    ((text, places, labels),) = read_events(path)
    assert [text[place:].split()[0] for place in places] == ["left", "return"]
    assert labels == [3.0, 1.0]


def test_the_correlation_is_with_what_people_said(tmp_path: Path) -> None:
    rows = [
        {"text": "They left .", "targets": [{"span1": [1, 2], "label": 3.0}]},
        {"text": "They did not leave .", "targets": [{"span1": [3, 4], "label": -3.0}]},
    ]
    path = tmp_path / "dev.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert correlation(path, 1, 0) == (pytest.approx(1.0), 2)


def test_a_speaker_is_known_by_his_fullest_name() -> None:
    reading = read_document(make_document("The envoy Anna Vess left. “It was late,” said Vess."), ReadPolicy())
    assert "Anna Vess" in founding.name_of(reading, reading.statements[0])


@pytest.mark.shared
def test_the_gold_of_the_founding_story_stands_on_words(shared: Path) -> None:
    rows = founding.measure(shared, True)
    assert [row.n > 25 for row in rows] == [True, True]
