"""Words of likelihood: how far from what people mean by them is our table, and how far are the official scales?

Half of the people (by number) make the table, the other half are asked. The error is in shares of one.
"""

from __future__ import annotations

import csv
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import get_args

from evals.table import Row
from pledgewatch.model.likelihood import Yardstick
from pledgewatch.weigh.likelihood_words import read_likelihood, readers_table, yardstick_table

SETS = ("likelihood words",)

SAME: Mapping[str, str] = {
    "very likely": "highly likely",
    "even chance": "about even",
    "roughly even chance": "about even",
    "about as likely as not": "about even",
    "very unlikely": "highly unlikely",
}
"""Phrases of the scales that nobody was asked about, and the phrase asked about that stands for them."""


def measure(shared: Path, quick: bool) -> list[Row]:
    """One minus the mean absolute error on people who did not make the table, beside each official scale."""
    del quick
    known, held = read_people(shared)
    ours = {phrase: median(figures) for phrase, figures in known.items()}
    name = SETS[0]
    rows = [Row(name, "1 - mean error, all 19 phrases", 1 - _error(ours, held), sum(map(len, held.values())))]
    for yardstick in get_args(Yardstick):
        scale = {SAME.get(phrase, phrase): band[1] for phrase, band in yardstick_table(yardstick).items()}
        asked = {phrase: held[phrase] for phrase in sorted(scale) if phrase in held}
        beat = 1 - _error(scale, asked)
        number = sum(map(len, asked.values()))
        rows.append(
            Row(name, f"1 - mean error, phrases of {yardstick}", 1 - _error(ours, asked), number, beat, yardstick)
        )
    whole = {phrase: sorted(known[phrase] + held[phrase]) for phrase in known}
    shipped = readers_table()
    right = sum(abs(shipped[phrase][1] - median(figures)) < 0.0051 for phrase, figures in whole.items())
    rows.append(Row(name, "shipped medians that are the people's", right / len(whole), len(whole)))
    read = sum(read_likelihood(phrase) is not None for phrase in whole)
    rows.append(Row(name, "phrases asked about that are read", read / len(whole), len(whole)))
    return rows


def read_people(shared: Path) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """What each person takes each phrase to mean, by phrase: one half of the people, and the other."""
    known: dict[str, list[float]] = defaultdict(list)
    held: dict[str, list[float]] = defaultdict(list)
    path = shared / "corpora/likelihood_words/absolute_judgements.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            half = known if zlib.crc32(row["response_id"].encode()) % 2 else held
            half[row["term"].lower()].append(float(row["probability"]) / 100)
    return known, held


def _error(table: Mapping[str, float], asked: Mapping[str, Sequence[float]]) -> float:
    errors = [abs(table[phrase] - figure) for phrase, figures in asked.items() for figure in figures]
    return sum(errors) / len(errors)
