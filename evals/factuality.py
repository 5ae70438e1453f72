"""Factuality: how far an event is presented as fact, -3 to 3, against what people said (Pearson's r)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from evals.table import Row
from pledgewatch.read.readers.encoder.reader import judge_events

SETS = ("meantime dev", "uds-ih2 dev")
BEAT = {"meantime": (0.516, "published"), "uds_ih2": (0.912, "published (doubtful)")}


def read_events(path: Path) -> list[tuple[str, list[int], list[float]]]:
    """Text, places and factuality of the events of each sentence."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        words = row["text"].split()
        starts = [len(" ".join(words[:index])) + bool(index) for index in range(len(words))]
        targets = [target for target in row["targets"] if target["span1"][0] < len(words)]
        found.append((" ".join(words), [starts[t["span1"][0]] for t in targets], [float(t["label"]) for t in targets]))
    return found


def correlation(path: Path, every: int, question: int) -> tuple[float, int]:
    """Pearson's r over the events of every so many sentences, and how many events there are."""
    ours: list[float] = []
    theirs: list[float] = []
    for text, places, labels in read_events(path)[::every]:
        if places:
            ours.extend(judge_events(text, places, question))
            theirs.extend(labels)
    return float(np.corrcoef(ours, theirs)[0, 1]), len(ours)


def measure(shared: Path, quick: bool) -> list[Row]:
    """Both sets; ``quick`` takes every third sentence of UDS-IH2."""
    rows = []
    for name, title, every, question in (
        ("meantime", "meantime dev", 1, 1),
        ("uds_ih2", "uds-ih2 dev", 3 if quick else 1, 0),
    ):
        value, count = correlation(shared / "corpora/factuality" / name / "dev.jsonl", every, question)
        rows.append(Row(title, "Pearson r", value, count, *BEAT[name]))
    return rows
