"""Which of several claimed values is true, and how reliable each source is: learnt from each other, copies apart.

Nobody's reliability is known beforehand. It is found together with the truth: a source is as reliable as what it says
is probable, and a value is as probable as those who say it are reliable (expectation maximisation over source accuracy,
as in A. P. Dawid and A. M. Skene 1979 and in the ACCU family of X. L. Dong and others 2009). What is particular here:

- A claim is judged by what its source is worth *without* it (collapsed variational updates), so that a source of one
  claim can't vouch for itself; the prior for such sources is learnt from all of them.
- Falsehoods are not taken as all different: how often two wrong sources hit on the same wrong value is learnt (Ewens's
  sampling formula), so that agreement means much among numbers of six digits and little where there are two answers.
- One more candidate always stands: none of the values is true.
- Whoever repeats others adds nothing. Circles and echoes (``copying.py``) are learnt; what they repeat is not counted.
- Among numbers, how near falsehoods lie to the truth and how round they are is learnt as well.

The order of the claims and the names of the sources change nothing.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from pledgewatch.model.assessment import Opinion
from pledgewatch.model.claim import Claim, FusedValue, ValueOpinion, Voice
from pledgewatch.weigh.ballot import Ballot, Bools, Floats, Ints, add_up, read_ballot, thin_out
from pledgewatch.weigh.copying import may_echo, propose_circles
from pledgewatch.weigh.layout import NEAR, Layout
from pledgewatch.weigh.opinion import PRIOR_WEIGHT

ROUNDS = 100
TRIAL_ROUNDS = 40
TRIAL_CLAIMS = 15_000
"""Rounds after which, and claims from which, it is decided who repeats whom."""

FIRST_RELIABILITY = 0.7
"""What every source is worth in the first rounds, until there is something to judge it by."""

PRIOR = (3.2, 0.8)
MOST_PRIOR = 40.0
SHARED_VALUE = 5.0
"""A value that a source gives for many items is judged apart from the source, with this many claims of the source's own
reliability beforehand: a stuck figure, a default, a copied column."""

CIRCLE_COST = 2.0
LINK_COST = 1.0
"""How much more probable (natural logarithm) a circle, and each further member, must make the claims."""

_TINY = 1e-300


def fuse_claims(claims: Iterable[Claim], copies: Mapping[str, str] | None = None) -> dict[Hashable, FusedValue]:
    """The most probable value of each item, with its probability, the opinion on every value, and who is behind it.

    Args:
        claims: in any order; the order changes nothing.
        copies: for sources known to copy (from tracing), the copy's name to its original's. What a copy repeats, or
            changes, counts nothing.

    Returns:
        By item. A single claim is as probable as its source is reliable.

    Raises:
        InputError: a claim without a source or value; copies that run in a circle.

    >>> said = [Claim(who, "strength", "640") for who in ("Courier", "Herald")] + [Claim("Gazette", "strength", "900")]
    >>> fused = fuse_claims(said)["strength"]
    >>> fused.value, [one.value for one in fused.values]
    ('640', ['640', '900'])

    The Herald turns out to copy the Courier; then it is word against word:

    >>> fused = fuse_claims(said, copies={"Herald": "Courier"})["strength"]
    >>> [one.probability for one in fused.values][0] == [one.probability for one in fused.values][1]
    True
    """
    ballot = read_ballot(claims, copies)
    return _report(ballot, learn(ballot))


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the claims of a ballot come to.

    Attributes:
        probability: of each fact; 0 for facts of items that only one voice speaks of.
        reliability: of each voice.
        echoed: share of each claim of the ballot that repeats others.
        collision: probability that two wrong voices hit on the same wrong value.
        likelihood: natural logarithm of the probability of the claims, less the cost of dependences.
        circles: number of the circle of each voice.
    """

    probability: Floats
    reliability: Floats
    echoed: Floats
    collision: float
    likelihood: float
    circles: Ints


def learn(ballot: Ballot) -> Learnt:
    """Truth, reliability and dependence, by that way of sorting voices into circles that explains the claims best."""
    echoes = may_echo(ballot)
    best: Learnt | None = None
    ways = propose_circles(ballot)
    trial = thin_out(ballot, TRIAL_CLAIMS)
    for circles in ways if len(ways) > 1 else ():
        learnt = _learn_with(trial, circles, echoes, TRIAL_ROUNDS)
        if best is None or learnt.likelihood > best.likelihood + 1e-6:
            best = learnt
    return _learn_with(ballot, best.circles if best else ways[0], echoes, ROUNDS)


@dataclass(slots=True)
class _State:
    """What is learnt, round by round."""

    probability: Floats
    echo: Floats
    chance: Floats
    repeated: Floats
    priors: dict[int, tuple[float, float]]
    variety: float = 10.0
    near: Floats = field(default_factory=lambda: np.zeros(len(NEAR) + 1))
    round: Floats = field(default_factory=lambda: np.zeros(3))


def _learn_with(ballot: Ballot, circles: Ints, echoes: Bools, rounds: int) -> Learnt:
    layout = Layout(ballot, circles, echoes)
    echo = np.where(layout.in_circle, 0.8, np.where(layout.echoes, 0.5, 0.0))
    chance = np.where(layout.can_echo, echo[ballot.source], 0.0)
    state = _State(
        probability=np.zeros(len(ballot.facts)),
        echo=echo,
        chance=chance,
        repeated=0.9 * chance * (layout.same_before > 0),
        priors=dict.fromkeys(sorted(set(ballot.group.tolist())), PRIOR),
    )
    likelihood = 0.0
    for round_ in range(rounds):
        known = state.probability
        likelihood = _take_round(layout, state, round_)
        if round_ > 25:
            state.probability = 0.5 * (known + state.probability)
        if round_ > 20 and np.abs(known - state.probability).max(initial=0.0) < 1e-5:
            break
    repeats = (state.echo > 0.05) & layout.in_circle
    cost = LINK_COST * int(repeats.sum()) + CIRCLE_COST * len(set(circles[repeats].tolist()))
    own = 1.0 - state.repeated
    right, said = _count_right(layout, state)
    prior = np.array([state.priors[group] for group in ballot.group.tolist()]).reshape(-1, 2)
    return Learnt(
        probability=state.probability,
        reliability=(prior[:, 0] + right) / (prior.sum(axis=1) + said),
        echoed=state.repeated,
        collision=1.0 / (1.0 + state.variety),
        likelihood=likelihood - cost - (1e6 if _is_upside_down(layout, state, own) else 0.0),
        circles=circles,
    )


def _take_round(layout: Layout, state: _State, round_: int) -> float:
    """One round: every fact's probability from the sources' reliability, then everything else from the facts."""
    ballot = layout.ballot
    own = 1.0 - state.repeated
    right, said = _count_right(layout, state)
    reliable = _judge_claims(layout, state, own, right, said)
    if round_ < 3:
        reliable = np.full(len(reliable), FIRST_RELIABILITY)
    # How probable each claim is under each candidate for the truth.
    alike, all_before = layout.by_fact.before(own), layout.by_item.before(own)
    weight = alike + np.clip(1.0 - alike, 0.0, 1.0) * state.variety
    running = np.r_[0.0, np.cumsum(own[layout.by_fact.order])]
    for_candidate = running[layout.pair_to] - running[layout.pair_from]
    claim = layout.pair_claim
    wrong_before = all_before[claim] - np.where(layout.is_own, 0.0, for_candidate)
    same_falsehood = np.minimum(weight[claim] / np.maximum(wrong_before + state.variety, 1e-12), 1.0)
    first = state.priors.get(0, PRIOR)
    usual = first[0] / sum(first)
    chance, same, unseen = state.chance, layout.same_before, layout.unseen
    if_true = (1.0 - chance) * reliable + chance * (same + unseen * usual)
    if_false = (1.0 - chance) * (1.0 - reliable) + chance * unseen * (1.0 - usual)
    repeats = chance * same
    under = np.where(
        layout.is_own, np.log(if_true + _TINY)[claim], np.log(if_false[claim] * same_falsehood + repeats[claim] + _TINY)
    )
    score = add_up(layout.pair_fact, under, len(ballot.facts))
    falsehood = np.minimum(weight / (all_before + state.variety), 1.0)
    without = if_false * falsehood + repeats
    nobody = add_up(ballot.item, np.log(without + _TINY), len(ballot.items))
    nobody = nobody + np.log(np.maximum(layout.unclaimed, 1e-9))
    counted = add_up(ballot.fact, own, len(ballot.facts))
    score = score + state.round[ballot.zeros]
    score = score + add_up(
        layout.near_fact, state.near[layout.near_class] * counted[layout.near_other], len(ballot.facts)
    )
    score = np.where(layout.is_candidate, score, -1e9)
    total = _log_sum(score, nobody, ballot.item_of)
    state.probability = np.exp(score - total[ballot.item_of])
    if round_ >= 3:
        _learn_priors(layout, state, right, said)
    _learn_variety(layout, state, own)
    if round_ > 3:
        _learn_numbers(layout, state, counted)
    if state.echo.any():
        _learn_echoes(layout, state, reliable, falsehood, if_true, without, usual)
    return float(total[layout.candidates > 0].sum())


def _count_right(layout: Layout, state: _State) -> tuple[Floats, Floats]:
    ballot, own = layout.ballot, 1.0 - state.repeated
    right = add_up(ballot.source, state.probability[ballot.fact] * own, ballot.voices)
    return right, add_up(ballot.source, own, ballot.voices)


def _judge_claims(layout: Layout, state: _State, own: Floats, right: Floats, said: Floats) -> Floats:
    """How reliable the source of each claim is, judged by all its other claims."""
    ballot = layout.ballot
    mine = state.probability[ballot.fact] * own
    prior = np.array([state.priors[group] for group in ballot.group.tolist()]).reshape(-1, 2)[ballot.source]
    reliable = (prior[:, 0] + right[ballot.source] - mine) / (prior.sum(axis=1) + said[ballot.source] - own)
    if layout.is_open:
        right_with = add_up(layout.shared_value, mine, layout.shared_values)[layout.shared_value] - mine
        said_with = add_up(layout.shared_value, own, layout.shared_values)[layout.shared_value] - own
        reliable = (SHARED_VALUE * reliable + right_with) / (SHARED_VALUE + said_with)
    return np.asarray(np.clip(reliable, 1e-3, 1.0 - 1e-3))


def _log_sum(score: Floats, nobody: Floats, item_of: Ints) -> Floats:
    most = nobody.copy()
    np.maximum.at(most, item_of, score)
    rest = np.exp(nobody - most) + add_up(item_of, np.exp(score - most[item_of]), len(nobody))
    return np.asarray(most + np.log(rest))


def _learn_priors(layout: Layout, state: _State, right: Floats, said: Floats) -> None:
    """The spread of reliability in each group (Minka's fixed point for the beta-binomial).

    A group as a whole says the truth more often than any one falsehood; without that, "everybody is wrong" would
    explain the claims as well.
    """
    collision = 1.0 / (1.0 + state.variety)
    least = 1.2 * collision / (1.0 + collision)
    for group, (good, bad) in state.priors.items():
        members = (layout.ballot.group == group) & (layout.claims > 0)
        if members.any():
            good, bad = _fit_prior(good, bad, right[members], said[members])
        if good / (good + bad) < least:
            good, bad = least * (good + bad), (1.0 - least) * (good + bad)
        state.priors[group] = (good, bad)


def _fit_prior(good: float, bad: float, right: Floats, said: Floats) -> tuple[float, float]:
    for _ in range(3):
        both = float((_digamma(good + bad + said) - _digamma(np.array(good + bad))).sum()) + 0.05
        more_good = float((_digamma(good + right) - _digamma(np.array(good))).sum()) + 0.05 * 0.8
        more_bad = float((_digamma(bad + said - right) - _digamma(np.array(bad))).sum()) + 0.05 * 0.2
        good, bad = max(good * more_good / both, 0.05), max(bad * more_bad / both, 0.05)
        if good + bad > MOST_PRIOR:
            good, bad = MOST_PRIOR * good / (good + bad), MOST_PRIOR * bad / (good + bad)
    return good, bad


def _digamma(value: Floats) -> Floats:
    """The logarithmic derivative of the gamma function, for positive numbers, to 1e-9."""
    result = np.zeros_like(value)
    for _ in range(6):
        result = result - 1.0 / value
        value = value + 1.0
    square = 1.0 / (value * value)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    return np.asarray(result + np.log(value) - 0.5 / value - series)


def _learn_variety(layout: Layout, state: _State, own: Floats) -> None:
    """How seldom two falsehoods are the same. The leading value of an item isn't counted among its falsehoods."""
    ballot = layout.ballot
    mine = state.probability[ballot.fact]
    leading = np.zeros(len(ballot.items))
    np.maximum.at(leading, ballot.item_of, state.probability)
    wrong = (1.0 - mine) * own * (mine < leading[ballot.item])
    before = layout.by_item.before(wrong)
    fresh = np.clip(1.0 - layout.by_fact.before(wrong), 0.0, 1.0)
    wrong = wrong * (before > 0)
    expected = float((wrong * state.variety / (before + state.variety)).sum())
    expected += state.variety / (1.0 + state.variety) + 0.1
    state.variety = min(max(state.variety * (float((wrong * fresh).sum()) + 1.0) / expected, 0.02), 1e4)


def _learn_numbers(layout: Layout, state: _State, counted: Floats) -> None:
    """How near falsehoods lie to the truth, against how near they lie to each other; and how round each of them is."""
    ballot = layout.ballot
    if len(layout.near_fact):
        truth, other = state.probability[layout.near_fact], state.probability[layout.near_other]
        said = counted[layout.near_other]
        kinds = len(NEAR) + 1
        off = add_up(layout.near_class, truth * said * (1.0 - other), kinds)
        apart = add_up(layout.near_class, np.maximum(1.0 - truth - other, 0) * counted[layout.near_fact] * said, kinds)
        usual = apart + 0.5 * off + 2.0
        usual = usual / usual.sum()
        off = off + 8.0 * usual
        state.near = np.clip(np.log(off / off.sum() / usual), -2.0, 3.0)
    if not ballot.zeros.any():
        return
    true = add_up(ballot.zeros, state.probability * (ballot.support > 0), 3) + 1e-9
    false = add_up(ballot.zeros, (1.0 - state.probability) * counted, 3) + 1e-9
    usual = true / true.sum() + false / false.sum()
    usual = 10.0 * usual / usual.sum()
    true, false = true + usual, false + usual
    state.round = np.clip(np.log(true / true.sum()) - np.log(false / false.sum()), -3.0, 3.0)


def _learn_echoes(
    layout: Layout, state: _State, reliable: Floats, falsehood: Floats, if_true: Floats, without: Floats, usual: float
) -> None:
    """How often each source that may repeat others does, and the share of each of its claims that is repeated."""
    ballot = layout.ballot
    mine = state.probability[ballot.fact]
    # What the claim's own value would be worth without this claim.
    others = mine * (without + _TINY) / (if_true + _TINY)
    others = others / np.maximum(1.0 - mine + others, 1e-12)
    knows = others * reliable + (1.0 - others) * (1.0 - reliable) * falsehood
    heard = layout.same_before + layout.unseen * (others * usual + (1.0 - others) * (1.0 - usual) * falsehood)
    rate = np.clip(state.echo[ballot.source], 1e-3, 0.999)
    repeated = np.where(layout.can_echo, rate * heard / np.maximum(rate * heard + (1.0 - rate) * knows, 1e-12), 0.0)
    times = add_up(ballot.source, repeated * layout.tells, ballot.voices)
    may = layout.in_circle | layout.echoes
    state.echo = np.where((layout.told >= 3) & may, (0.5 + times) / (2.0 + layout.told), 0.0)
    state.chance = np.where(layout.can_echo, state.echo[ballot.source], 0.0)
    state.repeated = np.where(state.chance > 0, repeated, 0.0)


def _is_upside_down(layout: Layout, state: _State, own: Floats) -> bool:
    """Whether far fewer claims are held true than the most frequent values have: a solution that no one could use."""
    ballot = layout.ballot
    counted = add_up(ballot.fact, own, len(ballot.facts))
    most = np.zeros(len(ballot.items))
    np.maximum.at(most, ballot.item_of, counted)
    return bool((own * state.probability[ballot.fact]).sum() < 0.5 * most.sum())


def _report(ballot: Ballot, learnt: Learnt) -> dict[Hashable, FusedValue]:
    echoed = dict(
        zip(zip(ballot.source.tolist(), ballot.fact.tolist(), strict=True), learnt.echoed.tolist(), strict=True)
    )
    values: list[list[ValueOpinion]] = [[] for _ in ballot.items]
    evidence = add_up(ballot.item, 1.0 - learnt.echoed, len(ballot.items))
    candidates = np.bincount(ballot.item_of, minlength=len(ballot.items))
    for fact, (item, value) in enumerate(ballot.facts):
        voices = tuple(
            Voice(
                name,
                round(float(learnt.reliability[ballot.voice_of[name]]), 9),
                round(1.0 - echoed.get((ballot.voice_of[name], fact), 0.0), 9) if (name, fact) in ballot.own else 0.0,
            )
            for name in ballot.said[fact]
        )
        if ballot.support[fact] > 0:
            probability = float(learnt.probability[fact])
        else:
            probability = max((one.reliability for one in voices if one.counts > 0), default=0.0)
        probability = round(probability, 9)
        opinion = _as_opinion(probability, float(evidence[item]) or 1.0, int(candidates[item]))
        values[item].append(ValueOpinion(value, probability, opinion, voices))
    fused: dict[Hashable, FusedValue] = {}
    for thing, found in zip(ballot.items, values, strict=True):
        ranked = sorted(found, key=lambda one: (-one.probability, one.value))
        fused[thing] = FusedValue(thing, ranked[0].value, ranked[0].probability, tuple(ranked))
    return fused


def _as_opinion(probability: float, evidence: float, candidates: int) -> Opinion:
    """An opinion of a given projected probability; as uncertain as its evidence (in claims of one's own) is little."""
    base_rate = 1.0 / (candidates + 1)
    uncertainty = PRIOR_WEIGHT / (PRIOR_WEIGHT + evidence)
    uncertainty = min(uncertainty, probability / base_rate, (1.0 - probability) / (1.0 - base_rate))
    belief = max(probability - base_rate * uncertainty, 0.0)
    disbelief = max(1.0 - belief - uncertainty, 0.0)
    return Opinion(belief, disbelief, math.fsum((1.0, -belief, -disbelief)), base_rate)
