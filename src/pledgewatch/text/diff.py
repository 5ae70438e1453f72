"""Which sentences of two texts tell the same, in the same order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Aligned(NamedTuple):
    """Item ``ours`` of one text tells what item ``theirs`` of the other tells, as far as ``score`` (0..1) says."""

    ours: int
    theirs: int
    score: float


def bag_likeness(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """Dice's coefficient of two weighted bags of words, 0..1.

    >>> bag_likeness({"bridge": 1, "40": 2}, {"40": 2, "river": 1})
    0.6666666666666666
    """
    total = sum(ours.values()) + sum(theirs.values())
    if not total:
        return 0.0
    small, large = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    shared = sum(min(weight, large[key]) for key, weight in small.items() if key in large)
    return 2.0 * shared / total


def align_bags(
    ours: Sequence[Mapping[str, float]], theirs: Sequence[Mapping[str, float]], at_least: float
) -> tuple[Aligned, ...]:
    """Pairs each bag of ``ours`` with the likest bag of ``theirs``, where the two are alike enough.

    Each side is used once at most; the likest pairs are taken first. Only bags that share one of their rarer words are
    compared, so that long texts stay cheap.

    Returns:
        The pairs in the order of ``ours``; the order of ``theirs`` is free (see :func:`in_order`).
    """
    where: dict[str, list[int]] = {}
    for index, bag in enumerate(theirs):
        for key in bag:
            where.setdefault(key, []).append(index)
    pairs: list[Aligned] = []
    for index, bag in enumerate(ours):
        known = sorted((key for key in bag if key in where), key=lambda key: (len(where[key]), key))
        candidates = Counter(other for key in known[:6] for other in where[key][:40])
        for other in candidates:
            score = bag_likeness(bag, theirs[other])
            if score >= at_least:
                pairs.append(Aligned(index, other, score))
    pairs.sort(key=lambda pair: (-pair.score, abs(pair.ours - pair.theirs), pair.ours, pair.theirs))
    used_ours: set[int] = set()
    used_theirs: set[int] = set()
    taken = []
    for pair in pairs:
        if pair.ours not in used_ours and pair.theirs not in used_theirs:
            used_ours.add(pair.ours)
            used_theirs.add(pair.theirs)
            taken.append(pair)
    return tuple(sorted(taken))


def in_order(pairs: Sequence[Aligned]) -> tuple[Aligned, ...]:
    """The longest run of pairs that stand in the same order on both sides (longest increasing subsequence).

    >>> [pair.theirs for pair in in_order([Aligned(0, 2, 1), Aligned(1, 0, 1), Aligned(2, 1, 1), Aligned(3, 3, 1)])]
    [0, 1, 3]
    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, pair in enumerate(pairs):
        place = bisect_left(ends, pair.theirs)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(pair.theirs)
            last.append(index)
        else:
            ends[place] = pair.theirs
            last[place] = index
    run = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return tuple(reversed(run))
