"""The operators of subjective logic: worked examples by hand, and what must hold for all opinions."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.model.assessment import Opinion
from pledgewatch.weigh.opinion import (
    average,
    average_equally,
    cumulate,
    discount,
    discount_along,
    fade,
    fuse_dependent,
    make_opinion,
    make_vacuous,
    negate,
)


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


# --- corrected multi-source operators, chains of tellers, partial dependence ---


def test_averaging_equals_the_published_formula_for_averaging_fusion() -> None:
    # van der Heijden, Kopp, Kargl 2018: b = sum b_i prod_{j!=i} u_j / sum prod_{j!=i} u_j, u = n prod u_j / the same.
    known = [make_opinion(0.5, 0.1), make_opinion(0.2, 0.6), make_opinion(0.3, 0.3)]
    product = math.prod(one.uncertainty for one in known)
    below = sum(product / one.uncertainty for one in known)
    fused = average_equally(known)
    assert fused.belief == pytest.approx(sum(one.belief * product / one.uncertainty for one in known) / below)
    assert fused.uncertainty == pytest.approx(len(known) * product / below)


def test_cumulating_equals_the_published_formula_for_three_sources() -> None:
    # b = sum b_i prod_{j!=i} u_j / (sum prod_{j!=i} u_j - (n - 1) prod u_j).
    known = [make_opinion(0.5, 0.1), make_opinion(0.2, 0.6), make_opinion(0.3, 0.3)]
    product = math.prod(one.uncertainty for one in known)
    below = sum(product / one.uncertainty for one in known) - (len(known) - 1) * product
    fused = cumulate(known)
    assert fused.belief == pytest.approx(sum(one.belief * product / one.uncertainty for one in known) / below)
    assert fused.uncertainty == pytest.approx(product / below)


def test_published_example_of_three_sources_averages_to_what_it_says() -> None:
    # The same paper's point: fusing two at a time is not associative; fusing all at once is what is right.
    one, two, three = make_opinion(0.1, 0.3), make_opinion(0.4, 0.2), make_opinion(0.7, 0.1)
    pairwise = average_equally([average_equally([one, two]), three])
    assert masses(pairwise) != pytest.approx(masses(average_equally([one, two, three])), abs=1e-3)


@pytest.mark.parametrize("fuse", [cumulate, average, average_equally, lambda known: fuse_dependent(known, 0.5)])
def test_dogmatic_opinions_alone_decide_each_alike(fuse: object) -> None:
    assert callable(fuse)
    fused = fuse([Opinion(1.0, 0.0, 0.0), Opinion(0.0, 1.0, 0.0), make_opinion(0.9, 0.0)])
    assert masses(fused) == pytest.approx((0.5, 0.5, 0.0), abs=1e-4)


def test_equal_mean_is_diluted_by_who_knows_nothing_and_the_weighted_mean_is_not() -> None:
    known = [make_opinion(0.5, 0.0), make_vacuous()]
    assert average_equally(known).belief == pytest.approx(1 / 3)
    assert average(known).belief == pytest.approx(0.5)
    assert average_equally([]) == make_vacuous()


@given(st.lists(opinions(), max_size=4), opinions())
def test_no_chain_of_tellers_is_stronger_than_its_weakest(chain: list[Opinion], said: Opinion) -> None:
    heard = discount_along(chain, said)
    assert heard.belief <= min([1.0, *(teller.belief for teller in chain)]) * said.belief + 1e-9
    assert discount_along(reversed(chain), said) == heard
    assert masses(discount_along([*chain, make_vacuous()], said)) == (0.0, 0.0, 1.0)
    assert math.fsum(masses(heard)) == pytest.approx(1.0)


def test_chain_of_one_teller_is_plain_discounting() -> None:
    teller, said = make_opinion(0.7, 0.2), make_opinion(0.1, 0.6)
    assert discount_along([teller], said) == discount(teller, said)


@given(st.lists(opinions(), max_size=5))
def test_dependence_zero_cumulates_and_one_leaves_the_strongest_in_each_direction(known: list[Opinion]) -> None:
    assert masses(fuse_dependent(known, 0.0)) == pytest.approx(masses(cumulate(known)), abs=1e-9)
    alone = fuse_dependent(known, 1.0)
    for one in known:
        assert alone.belief / alone.uncertainty >= one.belief / one.uncertainty * (1 - 1e-9)


@given(st.lists(opinions(), min_size=1, max_size=5), st.floats(0, 1), st.floats(0, 1))
def test_the_more_dependent_the_less_certain(known: list[Opinion], one: float, two: float) -> None:
    less, more = sorted((one, two))
    assert fuse_dependent(known, more).uncertainty >= fuse_dependent(known, less).uncertainty - 1e-9


@given(st.lists(supports(), min_size=1, max_size=5), st.floats(0, 1), st.floats(0, 1))
def test_the_more_dependent_the_less_belief_in_what_all_support(known: list[Opinion], one: float, two: float) -> None:
    less, more = sorted((one, two))
    assert fuse_dependent(known, more).belief <= fuse_dependent(known, less).belief + 1e-9


@given(st.lists(opinions(), max_size=5), st.floats(0, 1), st.randoms(use_true_random=False))
def test_order_of_dependent_opinions_changes_nothing(known: list[Opinion], degree: float, chance: object) -> None:
    mixed = list(known)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert fuse_dependent(mixed, degree) == fuse_dependent(known, degree)


@given(st.lists(opinions(), max_size=5), supports(), st.floats(0, 1))
def test_more_support_never_lowers_belief_at_any_dependence(
    known: list[Opinion], support: Opinion, degree: float
) -> None:
    assert fuse_dependent([*known, support], degree).belief >= fuse_dependent(known, degree).belief - 1e-9


@given(st.lists(opinions(), max_size=5), st.floats(0, 1))
def test_who_says_nothing_changes_nothing_among_dependent_ones(known: list[Opinion], degree: float) -> None:
    assert masses(fuse_dependent([*known, make_vacuous()], degree)) == pytest.approx(
        masses(fuse_dependent(known, degree)), abs=1e-9
    )


@given(st.lists(opinions(), max_size=5), st.floats(0, 1))
def test_dependent_fusion_sums_to_one(known: list[Opinion], degree: float) -> None:
    fused = fuse_dependent(known, degree)
    assert math.fsum(masses(fused)) == pytest.approx(1.0)
    assert all(-1e-12 <= mass <= 1.0 for mass in masses(fused))


@given(st.lists(opinions(), min_size=1, max_size=5), st.data())
def test_removing_an_opinion_and_adding_it_again_is_the_identity(known: list[Opinion], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(known) - 1))
    again = [*known[:at], *known[at + 1 :], known[at]]
    for fuse in (cumulate, average, average_equally, lambda them: fuse_dependent(them, 0.3)):
        assert fuse(again) == fuse(known)


@pytest.mark.parametrize("degree", [-0.1, 1.5])
def test_degree_that_is_none_is_refused(degree: float) -> None:
    with pytest.raises(ValueError, match="depend"):
        fuse_dependent([make_vacuous(), make_vacuous()], degree)
