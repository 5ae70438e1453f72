"""From what agrees and disagrees in two names to the probability that they name one: a logistic scorer of ours."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from importlib import resources

import yaml

FEATURES: tuple[str, ...] = (
    "covered_ours",
    "covered_theirs",
    "covered_both",
    "extra_ours",
    "extra_theirs",
    "conflict",
    "conflicts",
    "slips",
    "worst",
    "heaviest",
    "matched",
    "sounds",
    "exact",
    "swaps",
    "last",
    "first",
    "joined",
    "one_word",
    "longer",
    "numbers",
    "legal",
    "same",
    "short_form",
)
"""What two names are compared by. Shares of the weight of all words that have a counterpart (``covered_…``), the
heaviest word without one (``extra_…``, ``conflict`` where both have one), how unlike the pairs are (``slips``,
``worst``), how much matches at all (``heaviest``, ``matched``), how (``sounds``, ``exact``, ``swaps`` of order,
``last`` and ``first`` words, ``joined`` letters), and what sets names apart (``numbers``, ``legal`` forms)."""


@functools.cache
def _coefficients() -> dict[str, dict[str, float]]:
    table = yaml.safe_load(resources.files(__package__).joinpath("tables", "score.yml").read_text("utf-8"))
    return {kind: {name: float(value) for name, value in row.items()} for kind, row in table.items()}


def score_features(features: Mapping[str, float], kind: str) -> float:
    """The probability, 0..1; ``kind`` is ``person``, ``group`` or ``crossed`` (two scripts)."""
    row = _coefficients()[kind]
    total = row["constant"] + sum(row.get(name, 0.0) * value for name, value in features.items())
    total += sum(value * features[a] * features[b] for (a, b), value in _products(kind))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@functools.cache
def _products(kind: str) -> tuple[tuple[tuple[str, str], float], ...]:
    found = []
    for name, value in _coefficients()[kind].items():
        if "*" in name:
            a, b = name.split("*")
            found.append(((a, b), value))
    return tuple(found)
