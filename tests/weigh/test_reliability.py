"""Truth and reliability learnt from each other: order, copies and silence move nothing."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.fusion import calibration_error, name_values, share_right, vote
from evals.fusion_sets import make_set
from pledgewatch.model.claim import Claim
from pledgewatch.weigh.ballot import read_ballot
from pledgewatch.weigh.reliability import fuse_claims, learn

claims = st.lists(
    st.builds(Claim, st.sampled_from("abcdef"), st.integers(0, 5), st.sampled_from(["1", "2", "3", "12"])), max_size=25
)


@given(claims)
@settings(max_examples=40, deadline=None)
def test_probabilities_and_opinions_are_sound(said: list[Claim]) -> None:
    for one in fuse_claims(said).values():
        assert 0.0 <= sum(value.probability for value in one.values) <= 1.0 + 1e-6 or len(one.values[0].voices) == 1
        assert one.probability == max(value.probability for value in one.values)
        for value in one.values:
            opinion = value.opinion
            assert min(opinion.belief, opinion.disbelief, opinion.uncertainty) >= -1e-12
            assert opinion.belief + opinion.disbelief + opinion.uncertainty == pytest.approx(1.0)
            assert opinion.projected == pytest.approx(value.probability, abs=1e-6)


@given(claims, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_order_of_claims_changes_nothing(said: list[Claim], chance: random.Random) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)
    assert fuse_claims(shuffled) == fuse_claims(said)


@given(claims)
@settings(max_examples=30, deadline=None)
def test_saying_it_all_twice_changes_nothing(said: list[Claim]) -> None:
    assert fuse_claims([*said, *said]) == fuse_claims(said)


def test_no_claims_give_no_values() -> None:
    assert fuse_claims([]) == {}


def test_single_claim_is_as_probable_as_its_source_is_reliable() -> None:
    one = fuse_claims([Claim("a", "x", "7")])["x"]
    assert one.probability == one.values[0].voices[0].reliability == 0.8


@pytest.mark.parametrize(
    "name", ["few good sources", "figures, nearly equal", "two or three claims an item", "yes or no"]
)
@pytest.mark.parametrize("copies", [1, 9])
def test_source_copied_k_times_moves_nothing(name: str, copies: int) -> None:
    said, _ = make_set(name, 1)
    counts = {source: sum(one.source == source for one in said) for source in {one.source for one in said}}
    busiest = min(counts, key=lambda source: (-counts[source], source))
    more = [Claim(f"0{at}", one.item, one.value) for at in range(copies) for one in said if one.source == busiest]
    before, after = fuse_claims(said), fuse_claims([*more, *said])
    assert {item: (one.value, one.probability) for item, one in after.items()} == {
        item: (one.value, one.probability) for item, one in before.items()
    }


def test_declared_copies_of_small_sources_move_nothing() -> None:
    said = [Claim("a", "x", "1"), Claim("b", "x", "2"), Claim("c", "x", "2"), Claim("a", "y", "5")]
    copies = {f"copy{at}": "a" for at in range(5)}
    more = [Claim(name, one.item, one.value) for name in copies for one in said if one.source == "a"]
    before, after = fuse_claims(said), fuse_claims([*said, *more], copies)
    for item, one in before.items():
        assert [(value.value, value.probability) for value in after[item].values] == [
            (value.value, value.probability) for value in one.values
        ]


def test_renaming_sources_changes_no_value() -> None:
    said, _ = make_set("bad source copied 3 times, in part", 2)
    renamed = [Claim(one.source[::-1] + "z", one.item, one.value) for one in said]
    before, after = fuse_claims(said), fuse_claims(renamed)
    assert {i: (one.value, one.probability) for i, one in before.items()} == {
        i: (one.value, one.probability) for i, one in after.items()
    }


def test_more_independent_voices_make_a_value_more_probable() -> None:
    rest = [Claim("z", "x", "2")]
    probabilities = []
    for number in range(1, 6):
        said = [Claim(f"s{at}", "x", "1") for at in range(number)] + rest
        probabilities.append(next(v.probability for v in fuse_claims(said)["x"].values if v.value == "1"))
    assert all(more > less for less, more in itertools.pairwise(probabilities))


@pytest.mark.parametrize(
    "name",
    ["bad source copied 5 times", "bad source copied 8 times, in part", "two circles of four", "figures, copied"],
)
def test_where_lies_are_copied_the_vote_is_lost_and_fusion_is_not(name: str) -> None:
    said, truths = make_set(name, 3)
    assert share_right(name_values(fuse_claims(said)), truths) > share_right(vote(said), truths) + 0.15


def test_good_sources_are_told_from_bad_ones() -> None:
    said, _ = make_set("few good sources", 4)
    ballot = read_ballot(said)
    reliability = learn(ballot).reliability
    good = [reliability[ballot.voice_of[f"s{at:03d}"]] for at in range(4)]
    bad = [reliability[ballot.voice_of[f"s{at:03d}"]] for at in range(4, 20)]
    assert min(good) > max(bad) + 0.2


def test_echo_is_found_and_its_claims_count_less() -> None:
    said, _ = make_set("an echo among small sources", 5)
    shares = [
        v.counts for one in fuse_claims(said).values() for x in one.values for v in x.voices if v.source == "echo"
    ]
    assert sum(shares) / len(shares) < 0.6


def test_probabilities_are_calibrated_on_made_up_sets() -> None:
    sure, right = [], []
    for name in ("many weak sources", "sparse, most items with one claim", "figures, copied"):
        said, truths = make_set(name, 6)
        fused = fuse_claims(said)
        sure += [fused[item].probability for item in truths]
        right += [fused[item].value == value for item, value in truths.items()]
    assert calibration_error(sure, right) < 0.08


def echo_counts(said: list[Claim]) -> float:
    shares = [
        v.counts for one in fuse_claims(said).values() for x in one.values for v in x.voices if v.source == "echo"
    ]
    return sum(shares) / len(shares)


def test_where_days_are_known_an_echo_repeats_the_last_voice_before_it() -> None:
    said, _ = make_set("an echo among small sources", 7)
    repeated = {(one.item, one.value) for one in said if one.source == "echo"}

    def date(agreeing: int, differing: int) -> list[Claim]:
        days = [
            30 if one.source == "echo" else agreeing if (one.item, one.value) in repeated else differing for one in said
        ]
        return [Claim(one.source, one.item, one.value, f"2020-01-{day}") for one, day in zip(said, days, strict=True)]

    assert echo_counts(date(20, 10)) < echo_counts(date(10, 20)) - 0.2
