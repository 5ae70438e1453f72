"""Who repeats whom: sources that agree too well, and sources that repeat whatever stands there already.

Two kinds of dependence are told apart from corroboration, after X. L. Dong, L. Berti-Equille and D. Srivastava,
"Integrating Conflicting Data: The Role of Source Dependence" (VLDB 2009): shared errors betray copying, shared truths
do not.

*Circles* are sources that say the same, errors included. They are proposed by average linkage on how often two sources
agree, cut where the agreement drops most; which cut explains the claims best is decided by likelihood in
``reliability.py``. *Echoes* are sources of very many claims (a bot, an aggregator) that repeat now this, now that
voice; how often they do is learnt there too.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from pledgewatch.weigh.ballot import Ballot, Bools, Floats, Ints

LEAST_CLAIMS = 4
"""A source with fewer contested claims is never said to copy: there is too little to tell by."""

LEAST_SHARED = 3
MOST_COMPARED = 400
"""Only so many sources, those of most claims, are compared pair by pair."""

MOST_CUTS = 8
ECHO_CLAIMS = 10
ECHO_TIMES = 20
"""A source may be an echo when it makes this many times as many claims as the middle source."""


def may_echo(ballot: Ballot) -> Bools:
    """The voices that make so many claims that what they repeat can be told from what they know."""
    claims = np.bincount(ballot.source, minlength=ballot.voices)
    if not claims.any():
        return np.zeros(ballot.voices, dtype=np.bool_)
    middle = float(np.median(claims[claims > 0]))
    return np.asarray((claims >= ECHO_CLAIMS) & (claims >= ECHO_TIMES * middle), dtype=np.bool_)


def propose_circles(ballot: Ballot) -> list[Ints]:
    """Ways to sort the voices into circles: for each voice the number of its circle, one voice for most.

    The first has no circle at all. Near-copies of one source agree more with each other than with anybody else, so they
    come together first, whatever their number and whether they are right.
    """
    alone = np.arange(ballot.voices, dtype=np.int64)
    compared, same, shared = _count_agreement(ballot)
    merges = _merge_most_alike(same, shared)
    ways = [alone]
    for step in _largest_drops([height for height, _ in merges]):
        circles = alone.copy()
        for _, members in merges[: step + 1]:
            voices = compared[members]
            circles[voices] = voices.min()
        ways.append(circles)
    return ways


def _count_agreement(ballot: Ballot) -> tuple[Ints, Floats, Floats]:
    claims = np.bincount(ballot.source, minlength=ballot.voices)
    compared = np.flatnonzero((claims >= LEAST_CLAIMS) & ~may_echo(ballot))
    compared = np.sort(compared[np.argsort(-claims[compared], kind="stable")][:MOST_COMPARED])
    place = np.full(ballot.voices, -1, dtype=np.int64)
    place[compared] = np.arange(len(compared))
    rows = np.flatnonzero(place[ballot.source] >= 0)
    rows = rows[np.argsort(ballot.item[rows], kind="stable")]
    items = ballot.item[rows]
    edges = np.flatnonzero(np.r_[True, items[1:] != items[:-1], True]) if len(items) else np.zeros(1, np.int64)
    same = np.zeros((len(compared), len(compared)))
    shared = np.zeros_like(same)
    for start, end in itertools.pairwise(edges.tolist()):
        if end - start < 2:
            continue
        who, fact = place[ballot.source[rows[start:end]]], ballot.fact[rows[start:end]]
        grid = np.ix_(who, who)
        shared[grid] += 1.0
        same[grid] += fact[:, None] == fact[None, :]
    np.fill_diagonal(same, 0.0)
    np.fill_diagonal(shared, 0.0)
    return compared, same, shared


def _merge_most_alike(same: Floats, shared: Floats) -> list[tuple[float, list[int]]]:
    """Average linkage: the agreement at which each circle came together, and its members."""
    if not shared.any():
        return []
    usual = float(same.sum() / shared.sum())

    def agreement(equal: Floats, both: Floats) -> Floats:
        likeness = (equal + LEAST_CLAIMS * usual) / (both + LEAST_CLAIMS)
        return np.where(both >= LEAST_SHARED, likeness, -1.0)

    same, shared = same.copy(), shared.copy()
    members = {index: [index] for index in range(len(same))}
    alike = agreement(same, shared)
    merges: list[tuple[float, list[int]]] = []
    while True:
        one, two = sorted(divmod(int(alike.argmax()), len(alike)))
        height = float(alike[one, two])
        if one == two or height <= usual:
            return merges
        members[one] = members[one] + members.pop(two)
        merges.append((height, members[one]))
        for table in (same, shared):
            table[one] += table[two]
            table[:, one] += table[:, two]
            table[one, one] = 0.0
            table[two] = table[:, two] = 0.0
        alike[one] = alike[:, one] = agreement(same[one], shared[one])
        alike[two] = alike[:, two] = -1.0


def _largest_drops(heights: Sequence[float]) -> list[int]:
    if not heights:
        return []
    drops = [height - (heights[step + 1] if step + 1 < len(heights) else height) for step, height in enumerate(heights)]
    return sorted(sorted(range(len(heights)), key=lambda step: (-drops[step], step))[:MOST_CUTS])
