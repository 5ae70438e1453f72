"""From pieces of evidence to one opinion: a named speaker counts once, however many origins quote him."""

from __future__ import annotations

import itertools

import pytest

from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import Source
from pledgewatch.weigh.fusing import share_left
from tests.weigh.casework import Said, Setting, Story, finding, tell, weigh

NAMED = "The Varna Front shelters the Black Heron in the hills, Mira Tolan said."
TOLAN = Said("Mira Tolan", "The Varna Front shelters the Black Heron in the hills")
OFFICIALS = "Officials said the Varna Front shelters the Black Heron in the hills."
SOMEBODY = Said("Officials", "the Varna Front shelters the Black Heron in the hills")


def quote(name: str, source: str = "s_B") -> Story:
    return tell(NAMED, TOLAN, name=name, source=source)


def hear(name: str) -> Story:
    return tell(OFFICIALS, SOMEBODY, name=name)


def test_named_speaker_quoted_by_two_origins_counts_once() -> None:
    one, two = finding(weigh(quote("a"))), finding(weigh(quote("a"), quote("b")))
    assert two.opinion == one.opinion


def test_unnamed_speakers_of_two_origins_may_be_two_and_count_twice() -> None:
    one, two = finding(weigh(hear("a"))), finding(weigh(hear("a"), hear("b")))
    assert two.opinion.disbelief > one.opinion.disbelief


def test_named_speaker_counts_by_the_origin_that_carries_the_words_best() -> None:
    best = finding(weigh(quote("a", "s_A")))
    assert finding(weigh(quote("a", "s_A"), quote("b", "s_D"), quote("c", "s_C"))).opinion == best.opinion


def test_order_of_origins_changes_not_even_the_last_bit() -> None:
    stories = [quote("a", "s_A"), quote("b", "s_D"), hear("c"), hear("d")]
    assert len({finding(weigh(*order)).opinion for order in itertools.permutations(stories)}) == 1


def test_who_else_an_origin_quotes_still_counts() -> None:
    text = f"{NAMED} {OFFICIALS}"
    both = tell(text, TOLAN, SOMEBODY, name="b")
    alone, together = finding(weigh(quote("a", "s_A"))), finding(weigh(quote("a", "s_A"), both))
    assert together.opinion.disbelief > alone.opinion.disbelief


@pytest.mark.parametrize(("days", "share"), [("2022-01-01", 0.5), ("2021-01-01", 1.0), ("2020-01-01", 1.0)])
def test_share_left_halves_each_half_life_and_never_exceeds_one(days: str, share: float) -> None:
    assert share_left("2021-01-01", days, 365) == share


def test_fresh_statement_of_a_speaker_weighs_more_than_his_old_one() -> None:
    setting = Setting(policy=WeighPolicy(half_life_days=20), sources=(Source("s_B", "Courier", "B"),))
    old = tell(NAMED, TOLAN, name="a", published="2019-06-01")
    new = tell(NAMED, TOLAN, name="b", published="2020-01-30")
    both = finding(weigh(old, new, setting=setting))
    assert both.opinion == finding(weigh(new, setting=setting)).opinion
