"""The operators of subjective logic: worked examples by hand, and what must hold for all opinions."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.model.assessment import Opinion
from pledgewatch.weigh.opinion import average, cumulate, discount, fade, make_opinion, make_vacuous, negate


@st.composite
def opinions(draw: st.DrawFn) -> Opinion:
    uncertainty = draw(st.floats(0.01, 1.0))
    share = draw(st.floats(0.0, 1.0))
    return make_opinion((1 - uncertainty) * share, (1 - uncertainty) * (1 - share))


def supports() -> st.SearchStrategy[Opinion]:
    return st.floats(0.0, 0.99).map(lambda belief: make_opinion(belief, 0.0))


def masses(opinion: Opinion) -> tuple[float, float, float]:
    return (opinion.belief, opinion.disbelief, opinion.uncertainty)


def test_discount_by_hand() -> None:
    # Trust 0.55: 0.55 x 0.8 = 0.44 of the disbelief arrives, the rest is uncertainty.
    heard = discount(make_opinion(0.55, 0.0), make_opinion(0.0, 0.8))
    assert masses(heard) == pytest.approx((0.0, 0.44, 0.56))
    assert heard.projected == pytest.approx(0.28)


def test_cumulate_by_hand() -> None:
    # (0.5, 0, 0.5) is r = 2; (0, 0.6, 0.4) is s = 3; together r/(r+s+2) = 2/7, s/(r+s+2) = 3/7, 2/7 uncertain.
    fused = cumulate([make_opinion(0.5, 0.0), make_opinion(0.0, 0.6)])
    assert masses(fused) == pytest.approx((2 / 7, 3 / 7, 2 / 7))


def test_average_by_hand() -> None:
    # r = 2 at certainty 0.5, s = 3 at certainty 0.6: r' = 2 x 0.5 / 1.1 = 10/11, s' = 3 x 0.6 / 1.1 = 18/11.
    fused = average([make_opinion(0.5, 0.0), make_opinion(0.0, 0.6)])
    assert masses(fused) == pytest.approx((10 / 50, 18 / 50, 22 / 50))


def test_average_equals_the_published_formula_for_weighted_fusion() -> None:
    # van der Heijden, Kopp, Kargl 2018: b = sum b_i (1-u_i) prod_{j!=i} u_j / (sum prod_{j!=i} u_j - n prod u_j).
    known = [make_opinion(0.5, 0.1), make_opinion(0.2, 0.6), make_opinion(0.3, 0.3)]
    product = math.prod(one.uncertainty for one in known)
    others = [product / one.uncertainty for one in known]
    below = sum(others) - len(known) * product
    belief = sum(one.belief * (1 - one.uncertainty) * part for one, part in zip(known, others, strict=True)) / below
    uncertainty = (len(known) - sum(one.uncertainty for one in known)) * product / below
    fused = average(known)
    assert fused.belief == pytest.approx(belief)
    assert fused.uncertainty == pytest.approx(uncertainty)


def test_negate_turns_the_projected_probability() -> None:
    opinion = Opinion(0.6, 0.1, 0.3, 0.4)
    assert negate(opinion).projected == pytest.approx(1 - opinion.projected)


@pytest.mark.parametrize(("belief", "disbelief"), [(-0.1, 0.0), (0.0, -0.1), (0.7, 0.4)])
def test_masses_that_are_no_opinion_are_refused(belief: float, disbelief: float) -> None:
    with pytest.raises(ValueError, match="no opinion"):
        make_opinion(belief, disbelief)


@given(st.lists(opinions(), max_size=6), opinions())
def test_every_result_sums_to_one(known: list[Opinion], trust: Opinion) -> None:
    for opinion in (cumulate(known), average(known), *(discount(trust, one) for one in known), fade(trust, 0.3)):
        assert math.fsum(masses(opinion)) == pytest.approx(1.0)
        assert min(masses(opinion)) >= 0.0


@given(st.lists(opinions(), max_size=6), supports())
def test_more_independent_support_never_lowers_belief(known: list[Opinion], support: Opinion) -> None:
    assert cumulate([*known, support]).belief >= cumulate(known).belief - 1e-12


@given(st.lists(opinions(), min_size=1, max_size=6))
def test_saying_all_twice_within_an_origin_changes_nothing(known: list[Opinion]) -> None:
    assert masses(average([*known, *known])) == pytest.approx(masses(average(known)))


@given(st.lists(opinions(), min_size=2, max_size=4))
def test_order_changes_not_even_the_last_bit(known: list[Opinion]) -> None:
    for other in itertools.permutations(known):
        assert cumulate(other) == cumulate(known)
        assert average(other) == average(known)


@given(st.lists(opinions(), max_size=5))
def test_who_says_nothing_changes_nothing(known: list[Opinion]) -> None:
    assert cumulate([*known, make_vacuous()]) == cumulate(known)
    assert average([*known, make_vacuous()]) == average(known)


@given(opinions())
def test_unknown_source_leads_to_uncertainty_and_not_to_one_half_belief(opinion: Opinion) -> None:
    heard = discount(make_vacuous(), opinion)
    assert masses(heard) == (0.0, 0.0, 1.0)


@given(opinions(), st.floats(0.0, 1.0))
def test_fading_only_moves_mass_to_uncertainty(opinion: Opinion, share: float) -> None:
    faded = fade(opinion, share)
    assert faded.uncertainty >= opinion.uncertainty - 1e-9
    assert faded.belief <= opinion.belief + 1e-9
