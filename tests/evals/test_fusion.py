"""The peers and the made-up sets that fusion is measured against."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import fusion, fusion_sets, likelihood
from evals.fusion import calibration_curve, calibration_error, find_truth, read_population, share_right, vote
from pledgewatch.model.claim import Claim


def test_vote_takes_the_most_frequent_and_of_equals_the_greater_spelling() -> None:
    said = [
        Claim("a", "x", "1"),
        Claim("b", "x", "2"),
        Claim("c", "x", "2"),
        Claim("a", "y", "1"),
        Claim("b", "y", "3"),
    ]
    assert vote(said) == {"x": "2", "y": "3"}


def test_truthfinder_trusts_whoever_is_confirmed_elsewhere() -> None:
    said = [Claim("good", item, "1") for item in range(5)] + [Claim("peer", item, "1") for item in range(5)]
    said += [Claim("bad", item, "2") for item in range(5)] + [Claim("bad", "x", "2"), Claim("good", "x", "1")]
    assert find_truth(said, likeness=False)["x"] == "1"
    assert find_truth(said, likeness=True)["x"] == "1"


@pytest.mark.parametrize("name", fusion_sets.SETS)
def test_made_up_set_is_the_same_each_time_and_has_a_truth_for_every_item(name: str) -> None:
    claims, truths = fusion_sets.make_set(name, 1)
    assert (claims, truths) == fusion_sets.make_set(name, 1)
    assert claims != fusion_sets.make_set(name, 2)[0]
    assert {claim.item for claim in claims} == set(truths)


def test_calibration_error_is_nothing_for_the_perfectly_calibrated() -> None:
    assert calibration_error([0.5] * 10, [True, False] * 5, 1) == 0.0
    assert calibration_error([1.0] * 4, [False] * 4) == 1.0
    assert [size for size, _, _ in calibration_curve([0.1] * 25, [True] * 25, 10)] == [3] * 5 + [2] * 5


@pytest.mark.shared
def test_vote_on_population_is_the_stated_one(shared: Path) -> None:
    claims, truths = read_population(shared)
    assert len(truths) == 301
    assert share_right(vote(claims), truths) == pytest.approx(0.671, abs=0.001)
    assert share_right(find_truth(claims, likeness=False), truths) == pytest.approx(0.837, abs=0.001)


@pytest.mark.shared
def test_our_table_is_nearer_to_people_than_every_official_scale(shared: Path) -> None:
    rows = likelihood.measure(shared, quick=True)
    assert all(row.ours > row.beat for row in rows if row.beat is not None)
    assert {row.set for row in rows} <= set(likelihood.SETS)
    assert next(row.ours for row in rows if row.figure.startswith("shipped")) == 1.0


def test_names_of_sets_are_declared() -> None:
    assert set(fusion.SETS) == {fusion.POPULATION, fusion.MADE, *(f"fusion: {name}" for name in fusion_sets.SETS)}
