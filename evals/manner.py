"""Stance, hedge and factuality of statements, against our own labels in ``training/labels`` (two passes, one decided).

The encoder learned stance from labelled cue words, on other texts. The tables beside it were written looking at its
errors on the first set; the blind set was drawn and labelled afterwards, and its errors have not been looked at.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np

from evals.table import Row, f1_of
from pledgewatch.read.readers.encoder.reader import judge_statement
from training.texts import labelled_texts

SETS = ("own labels", "own labels, blind")
LABELS = Path(__file__).parents[1] / "training" / "labels"
PEOPLE = "agreement of two passes"
_AROUND = 600
"""Code points of the text on either side that the reader gets to see."""


def macro_f1(ours: list[str], gold: list[str]) -> float:
    """The mean of the F1 of every label that the gold has.

    >>> macro_f1(["a", "b", "b"], ["a", "b", "a"])
    0.6666666666666666
    """
    right = Counter(mine for mine, wanted in zip(ours, gold, strict=True) if mine == wanted)
    found, wanted = Counter(ours), Counter(gold)
    return sum(f1_of(right[label], found[label], wanted[label])[2] for label in wanted) / len(wanted)


def measure(shared: Path, quick: bool) -> list[Row]:
    """Macro F1 of stance and hedge, and the correlation of factuality, on both sets; ``quick`` takes the same."""
    del quick
    texts = dict(labelled_texts(shared))
    return [
        *measure_set("own labels", LABELS / "statements.tsv", texts, 0.857),
        *measure_set("own labels, blind", LABELS / "statements_blind.tsv", texts, None),
    ]


def measure_set(name: str, path: Path, texts: dict[str, str], people: float | None) -> list[Row]:
    """The rows of one file of labels; ``people`` is the correlation of factuality between its two passes."""
    ours: dict[str, list[str]] = {"stance": [], "hedge": []}
    gold: dict[str, list[str]] = {"stance": [], "hedge": []}
    facts: list[tuple[float, float]] = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            text = texts[row["document"]]
            cue = (int(row["cue_start"]), int(row["cue_end"]))
            content = (int(row["content_start"]), int(row["content_end"]))
            places = [place for place in (cue, content) if place[0] >= 0]
            low = max(0, text.rfind("\n", 0, max(0, min(start for start, _ in places) - _AROUND)) + 1)
            high = text.find("\n", max(end for _, end in places) + _AROUND)
            piece = text[low : high if high >= 0 else len(text)]
            found = judge_statement(
                piece, (cue[0] - low, cue[1] - low), [(content[0] - low, content[1] - low)] if content[0] >= 0 else []
            )
            ours["stance"].append(found.stance)
            ours["hedge"].append(found.hedge)
            gold["stance"].append(row["stance"])
            gold["hedge"].append(row["hedge"])
            if content[0] >= 0 and row["stance"] in ("asserts", "admits", "denies", "accuses"):
                facts.append((found.factuality, float(row["factuality"])))
    count = len(gold["stance"])
    return [
        Row(name, "stance macro F1", macro_f1(ours["stance"], gold["stance"]), count),
        Row(name, "hedge macro F1", macro_f1(ours["hedge"], gold["hedge"]), count),
        Row(name, "factuality r", float(np.corrcoef(np.array(facts).T)[0, 1]), len(facts), people, PEOPLE),
    ]
