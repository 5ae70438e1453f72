"""Subjective logic: how opinions are discounted, averaged within an origin and cumulated between origins.

Source of the operators: A. Jøsang, *Subjective Logic* (Springer 2016), chapters 3, 12 and 14; for more than two sources
R. W. van der Heijden, H. Kopp, F. Kargl, "Multi-Source Fusion Operations in Subjective Logic" (FUSION 2018).

An opinion is at the same time an amount of evidence: with the non-informative prior weight 2, ``r`` observations for
and ``s`` against give belief ``r / (r + s + 2)``, disbelief ``s / (r + s + 2)`` and uncertainty ``2 / (r + s + 2)``.
Fusion is done in that form, for any number of opinions at once:

| operator | when | evidence of n opinions |
|---|---|---|
| ``cumulate`` (cumulative, CBF) | independent | the sum |
| ``average_equally`` (averaging, ABF) | dependent, all must count alike | the mean |
| ``average`` (weighted, WBF) | dependent; who knows nothing counts nothing | the mean, weighted by ``1 - u`` |
| ``fuse_dependent`` | partly dependent | in each direction the most of any one, and a share of all others |

Opinions without uncertainty (dogmatic ones) are the limit of very certain ones, as in the published operators: those
alone decide, each alike. All sums are ``math.fsum``, so that the order of the opinions never changes even the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from pledgewatch.model.assessment import Opinion

PRIOR_WEIGHT = 2.0
"""Non-informative prior weight W: the uncertainty is 1 when there is no evidence, and two observations halve it."""

LEAST_UNCERTAINTY = 1e-6
"""No opinion is taken as wholly certain: a dogmatic opinion would silence every other one."""


def make_vacuous(base_rate: float = 0.5) -> Opinion:
    """The opinion of somebody who knows nothing.

    >>> make_vacuous().projected
    0.5
    """
    return Opinion(0.0, 0.0, 1.0, base_rate)


def make_opinion(belief: float, disbelief: float, base_rate: float = 0.5) -> Opinion:
    """An opinion from its belief and disbelief; what they leave is uncertainty, never less than one in a million.

    Raises:
        ValueError: a mass is negative, or the two sum to more than one.
    """
    if belief < 0 or disbelief < 0 or belief + disbelief > 1 + 1e-9:
        raise ValueError(f"belief {belief} and disbelief {disbelief} are no opinion")
    total = belief + disbelief
    most = 1.0 - LEAST_UNCERTAINTY
    if total > most:
        belief, disbelief = belief * most / total, disbelief * most / total
    return Opinion(belief, disbelief, 1.0 - belief - disbelief, base_rate)


def negate(opinion: Opinion) -> Opinion:
    """The opinion on the contrary.

    >>> negate(Opinion(0.6, 0.1, 0.3))
    Opinion(belief=0.1, disbelief=0.6, uncertainty=0.3, base_rate=0.5)
    """
    return Opinion(opinion.disbelief, opinion.belief, opinion.uncertainty, 1.0 - opinion.base_rate)


def discount(trust: Opinion, opinion: Opinion) -> Opinion:
    """An opinion as it reaches us through a source that we trust so far (uncertainty-favouring discounting).

    Only the belief in the source passes on: distrust and ignorance of the source both become uncertainty. A source of
    unknown reliability thus leads to uncertainty; it is never read as one that is right half of the time.

    >>> discount(Opinion(0.5, 0.0, 0.5), Opinion(0.0, 0.8, 0.2))
    Opinion(belief=0.0, disbelief=0.4, uncertainty=0.6, base_rate=0.5)
    """
    return make_opinion(trust.belief * opinion.belief, trust.belief * opinion.disbelief, opinion.base_rate)


def discount_along(chain: Iterable[Opinion], opinion: Opinion) -> Opinion:
    """An opinion as it reaches us through a chain of tellers: the paper that quotes the agency that quotes the panel.

    Every teller passes on only as much as it is believed; one unknown teller and nothing arrives. The order of the
    tellers changes nothing, and no chain is stronger than its weakest teller.

    By hand: 0.8 x 0.5 = 0.4 of the disbelief 0.9 arrives, that is 0.36.

    >>> round(discount_along([Opinion(0.8, 0.0, 0.2), Opinion(0.5, 0.3, 0.2)], Opinion(0.0, 0.9, 0.1)).disbelief, 9)
    0.36
    """
    passed = math.prod(sorted(teller.belief for teller in chain))
    return make_opinion(passed * opinion.belief, passed * opinion.disbelief, opinion.base_rate)


def fade(opinion: Opinion, share: float) -> Opinion:
    """An opinion of which only a ``share`` (0..1) of the evidence still counts.

    >>> fade(Opinion(0.5, 0.0, 0.5), 0.5)
    Opinion(belief=0.3333333333333333, disbelief=0.0, uncertainty=0.6666666666666667, base_rate=0.5)
    """
    support, contrary = _evidence(opinion)
    return _from_evidence(support * share, contrary * share, opinion.base_rate)


def cumulate(opinions: Iterable[Opinion], base_rate: float = 0.5) -> Opinion:
    """What independent opinions come to together: their evidence is added (cumulative fusion).

    No opinions give the vacuous one; a vacuous opinion changes nothing.

    >>> cumulate([Opinion(0.5, 0.0, 0.5), Opinion(0.5, 0.0, 0.5)]).belief
    0.6666666666666666
    """
    pairs = [_evidence(opinion) for opinion in opinions]
    return _from_evidence(math.fsum(pair[0] for pair in pairs), math.fsum(pair[1] for pair in pairs), base_rate)


def average(opinions: Iterable[Opinion], base_rate: float = 0.5) -> Opinion:
    """What dependent opinions come to together: the mean of their evidence, weighted by certainty (weighted fusion).

    Saying a thing twice changes nothing, and neither does a vacuous opinion.

    >>> average([Opinion(0.5, 0.0, 0.5), Opinion(0.5, 0.0, 0.5), Opinion(0.0, 0.0, 1.0)]).belief
    0.5
    """
    known = list(opinions)
    certainty = math.fsum(1.0 - opinion.uncertainty for opinion in known)
    if certainty <= 0.0:
        return make_vacuous(base_rate)
    pairs = [(1.0 - opinion.uncertainty, *_evidence(opinion)) for opinion in known]
    support = math.fsum(weight * r for weight, r, _ in pairs) / certainty
    contrary = math.fsum(weight * s for weight, _, s in pairs) / certainty
    return _from_evidence(support, contrary, base_rate)


def average_equally(opinions: Iterable[Opinion], base_rate: float = 0.5) -> Opinion:
    """What dependent opinions come to when each must count alike: the mean of their evidence (averaging fusion).

    Here one who knows nothing does count, and dilutes what the others know; ``average`` leaves it out.

    By hand: (0.5, 0, 0.5) is r = 2, one who knows nothing r = 0; the mean r = 1 is belief 1 / 3.

    >>> average_equally([Opinion(0.5, 0.0, 0.5), Opinion(0.0, 0.0, 1.0)]).belief
    0.3333333333333333
    """
    pairs = [_evidence(opinion) for opinion in opinions]
    if not pairs:
        return make_vacuous(base_rate)
    support = math.fsum(pair[0] for pair in pairs) / len(pairs)
    contrary = math.fsum(pair[1] for pair in pairs) / len(pairs)
    return _from_evidence(support, contrary, base_rate)


def fuse_dependent(opinions: Iterable[Opinion], dependence: float, base_rate: float = 0.5) -> Opinion:
    """What opinions come to together that rest partly on one basis, such as one publisher's choice of what to print.

    In each direction the opinion with the most evidence counts whole, and of every other one the share
    ``1 - dependence``. Where nobody depends on anybody (0) that is ``cumulate``; where all depend wholly (1) the
    strongest in each direction stands alone. More support never lowers belief, at any degree. (Jøsang's way for two
    opinions, to average their dependent parts and cumulate the rest, keeps as much of two equal ones, but in it a weak
    supporter lowers what a strong one gave.)

    Args:
        dependence: how far they rest on the same basis, 0..1.

    Raises:
        ValueError: a degree outside 0..1.

    By hand: twice r = 2 at dependence 0.5 is 2 + 0.5 x 2 = 3, belief 3 / 5.

    >>> fuse_dependent([Opinion(0.5, 0.0, 0.5)] * 2, 0.5).belief
    0.6
    """
    pairs = [_evidence(opinion) for opinion in opinions]
    support = join_amounts((pair[0] for pair in pairs), dependence)
    return _from_evidence(support, join_amounts((pair[1] for pair in pairs), dependence), base_rate)


def join_amounts(amounts: Iterable[float], dependence: float) -> float:
    """Evidence in one direction on one basis: the greatest amount whole, of each other one the share left.

    >>> join_amounts([2.0, 6.0, 1.0], 0.5), join_amounts([], 0.5)
    (7.5, 0.0)
    """
    if not 0.0 <= dependence <= 1.0:
        raise ValueError(f"a degree of dependence lies between 0 and 1, and {dependence} does not")
    known = sorted(amounts, reverse=True)
    return math.fsum([*known[:1], *((1.0 - dependence) * amount for amount in known[1:])])


def _evidence(opinion: Opinion) -> tuple[float, float]:
    uncertainty = max(opinion.uncertainty, LEAST_UNCERTAINTY)
    return PRIOR_WEIGHT * opinion.belief / uncertainty, PRIOR_WEIGHT * opinion.disbelief / uncertainty


def _from_evidence(support: float, contrary: float, base_rate: float) -> Opinion:
    total = support + contrary + PRIOR_WEIGHT
    return make_opinion(support / total, contrary / total, base_rate)
