"""Fusion of many claims: is the value found, is the probability right, and does a copy move anything?

``population``: edits of town populations in an encyclopaedia; 301 of the 308 true figures belong to an item that
somebody claims. Peers are measured here and on made-up sets (``fusion_sets.py``): the vote, and TruthFinder (X. Yin,
J. Han and P. S. Yu, "Truth Discovery with Multiple Conflicting Information Providers on the Web", 2008), with and
without its likeness of values, whichever does better. Ties of the vote go to the greater spelling, those of TruthFinder
to the value that was claimed first in the file; ours uses no order.
"""

from __future__ import annotations

import csv
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path

import numpy as np

from evals import fusion_sets
from evals.table import Row
from pledgewatch.model.claim import Claim, FusedValue
from pledgewatch.weigh.ballot import read_number
from pledgewatch.weigh.reliability import fuse_claims

POPULATION = "fusion population"
MADE = "fusion made-up"
SETS = (POPULATION, MADE, *(f"fusion: {name}" for name in fusion_sets.SETS))
FOLDS = 5
BINS = 10

Truths = Mapping[Hashable, str]


def read_population(shared: Path) -> tuple[list[Claim], dict[Hashable, str]]:
    """The claims in the file's order, and the true values."""
    folder = shared / "corpora/fusion/population"
    with (folder / "population_claims.csv").open(encoding="utf-8", newline="") as lines:
        claims = [
            Claim(row["SourceID"], (row["ObjectID"], row["PropertyID"]), row["PropertyValue"])
            for row in csv.DictReader(lines)
        ]
    with (folder / "population_truth.csv").open(encoding="utf-8", newline="") as lines:
        truths = {(row["ObjectID"], row["PropertyID"]): row["PropertyValue"] for row in csv.DictReader(lines)}
    claimed = {claim.item for claim in claims}
    return claims, {item: value for item, value in truths.items() if item in claimed}


def vote(claims: Sequence[Claim]) -> dict[Hashable, str]:
    """The value most sources claim; of several, the greater spelling."""
    counts: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        counts[claim.item][claim.value] += 1
    return {item: max(found, key=lambda value: (found[value], value)) for item, found in counts.items()}


def find_truth(claims: Sequence[Claim], likeness: bool, rounds: int = 20) -> dict[Hashable, str]:
    """TruthFinder with the authors' constants (0.9, gamma 0.3, rho 0.5, base likeness 0.5)."""
    for_fact: dict[tuple[Hashable, str], list[str]] = defaultdict(list)
    by_source: dict[str, list[tuple[Hashable, str]]] = defaultdict(list)
    by_item: dict[Hashable, dict[str, int]] = defaultdict(dict)
    for claim in claims:
        for_fact[claim.item, claim.value].append(claim.source)
        by_source[claim.source].append((claim.item, claim.value))
        by_item[claim.item].setdefault(claim.value, len(by_item[claim.item]))
    trust = dict.fromkeys(by_source, 0.9)
    confidence: dict[tuple[Hashable, str], float] = {}
    for _ in range(rounds):
        score = {
            fact: math.fsum(-math.log(max(1 - trust[who], 1e-12)) for who in said) for fact, said in for_fact.items()
        }
        if likeness:
            score = _lend(score, by_item)
        confidence = {fact: 1 / (1 + math.exp(-0.3 * value)) for fact, value in score.items()}
        trust = {who: sum(confidence[fact] for fact in facts) / len(facts) for who, facts in by_source.items()}
    return {
        item: max(values, key=lambda value: (round(confidence[item, value], 12), -values[value]))
        for item, values in by_item.items()
    }


def _lend(
    score: Mapping[tuple[Hashable, str], float], by_item: Mapping[Hashable, Mapping[str, int]]
) -> dict[tuple[Hashable, str], float]:
    lent = dict(score)
    for item, values in by_item.items():
        for value in values:
            for other in values:
                if other != value:
                    lent[item, value] += 0.5 * score[item, other] * (_likeness(other, value) - 0.5)
    return lent


def _likeness(one: str, two: str) -> float:
    first, second = read_number(one), read_number(two)
    if first is None or second is None:
        return 0.0
    return math.exp(-abs(first - second) / max(abs(first), abs(second), 1e-9))


def share_right(found: Mapping[Hashable, str], truths: Truths) -> float:
    """The share of true values found."""
    return sum(found[item] == value for item, value in truths.items()) / len(truths)


def calibration_error(sure: Sequence[float], right: Sequence[bool], bins: int = BINS) -> float:
    """Expected calibration error over bins of equal mass.

    >>> round(calibration_error([0.9, 0.9, 0.1, 0.1], [True, True, False, False], 2), 3)
    0.1
    """
    return math.fsum(size / len(sure) * abs(said - was) for size, said, was in calibration_curve(sure, right, bins))


def calibration_curve(sure: Sequence[float], right: Sequence[bool], bins: int = BINS) -> list[tuple[int, float, float]]:
    """For each bin of equal mass: how many, mean probability, share that was right."""
    order = np.argsort(np.array(sure), kind="stable")
    values, hits = np.array(sure)[order], np.array(right, dtype=float)[order]
    parts = [part for part in np.array_split(np.arange(len(order)), bins) if len(part)]
    return [(len(part), float(values[part].mean()), float(hits[part].mean())) for part in parts]


def name_values(fused: Mapping[Hashable, FusedValue]) -> dict[Hashable, str]:
    """The value of each item."""
    return {item: one.value for item, one in fused.items()}


def judge(fused: Mapping[Hashable, FusedValue], truths: Truths) -> tuple[list[float], list[bool]]:
    """For every item with a known truth, how sure the fusion was and whether it was right."""
    items = sorted(truths, key=repr)
    return [fused[item].probability for item in items], [fused[item].value == truths[item] for item in items]


def measure(shared: Path, quick: bool) -> list[Row]:
    """Population, then the made-up sets: 3 seeds each (12 when full)."""
    return [*_measure_population(shared), *_measure_made(3 if quick else 12)]


def _measure_population(shared: Path) -> list[Row]:
    claims, truths = read_population(shared)
    fused = fuse_claims(claims)
    sure, right = judge(fused, truths)
    found = name_values(fused)
    by_vote = share_right(vote(claims), truths)
    finder = max(share_right(find_truth(claims, likeness), truths) for likeness in (False, True))
    ordered = [Claim(one.source, one.item, one.value, f"{at:06d}") for at, one in enumerate(claims)]
    in_order = fuse_claims(ordered)
    folds = _split_by_town(truths)
    ours, theirs = share_right(found, truths), share_right(name_values(in_order), truths)
    ordered_sure, ordered_right = judge(in_order, truths)
    return [
        Row(POPULATION, "value right, rows in no order", ours, len(truths), 0.85, "the issue"),
        Row(POPULATION, "value right, rows in the file's order as days", theirs, len(truths), 0.85, "the issue"),
        Row(POPULATION, "value right, worst of 5 folds of towns", min(share_right(found, fold) for fold in folds), 60),
        Row(POPULATION, "value right by vote", by_vote, len(truths)),
        Row(POPULATION, "value right by TruthFinder", finder, len(truths)),
        Row(POPULATION, "1 - calibration error", 1 - calibration_error(sure, right), len(truths), 0.92, "the issue"),
        Row(
            POPULATION,
            "1 - calibration error, in order",
            1 - calibration_error(ordered_sure, ordered_right),
            len(truths),
            0.92,
            "the issue",
        ),
    ]


def _split_by_town(truths: Truths) -> list[Truths]:
    folds: list[dict[Hashable, str]] = [{} for _ in range(FOLDS)]
    for item, value in truths.items():
        assert isinstance(item, tuple)
        folds[zlib.crc32(str(item[0]).encode()) % FOLDS][item] = value
    return list(folds)


def _measure_made(seeds: int) -> list[Row]:
    rows = []
    sure: list[float] = []
    right: list[bool] = []
    unmoved = tried = 0
    for name in fusion_sets.SETS:
        ours, votes, finders, number = 0.0, 0.0, 0.0, 0
        for seed in range(seeds):
            claims, truths = fusion_sets.make_set(name, seed)
            fused = fuse_claims(claims)
            found_sure, found_right = judge(fused, truths)
            sure += found_sure
            right += found_right
            ours += sum(found_right)
            votes += share_right(vote(claims), truths) * len(truths)
            finders += max(share_right(find_truth(claims, likeness), truths) for likeness in (False, True)) * len(
                truths
            )
            number += len(truths)
            if seed == 0:
                same, all_ = _copy_busiest(claims, fused)
                unmoved, tried = unmoved + same, tried + all_
        best, who = max((votes, "vote"), (finders, "TruthFinder"))
        rows.append(Row(f"fusion: {name}", "value right", ours / number, number, best / number, who))
    rows.append(Row(MADE, "1 - calibration error", 1 - calibration_error(sure, right), len(sure), 0.92, "the issue"))
    rows.append(Row(MADE, "items unmoved by 7 copies of a source", unmoved / tried, tried, 1.0, "the issue"))
    return rows


def _copy_busiest(claims: Sequence[Claim], fused: Mapping[Hashable, FusedValue]) -> tuple[int, int]:
    """Items of the same value and probability after the busiest source has been copied seven times; all items."""
    busiest = min(Counter(claim.source for claim in claims).items(), key=lambda one: (-one[1], one[0]))[0]
    copies = [
        Claim(f"copy {number}", claim.item, claim.value)
        for number in range(7)
        for claim in claims
        if claim.source == busiest
    ]
    again = fuse_claims([*copies, *claims])
    same = sum(
        (again[item].value, again[item].probability) == (one.value, one.probability) for item, one in fused.items()
    )
    return same, len(fused)
