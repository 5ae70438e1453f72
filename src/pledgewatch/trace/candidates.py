"""Which pairs of documents are worth comparing, without comparing all with all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise

LONGEST_POSTING = 48
"""A key held by more documents pairs each with the next one only: copies stay connected, the cost linear."""

Pair = tuple[int, int]


def count_shared(keys: Sequence[Iterable[Hashable]], groups: Sequence[int], cap: int) -> Counter[Pair]:
    """How many keys each pair of documents shares, for pairs that share any.

    Args:
        keys: the keys of each document.
        groups: group of each document; documents of one group count once.
        cap: a key of more groups carries no weight (boilerplate).

    Returns:
        Counts by ``(smaller index, larger index)``.
    """
    postings: dict[Hashable, list[int]] = {}
    for index, own in enumerate(keys):
        for key in own:
            postings.setdefault(key, []).append(index)
    shared: Counter[Pair] = Counter()
    # Sets give their items in any order; only counts leave this function, so the order never shows.
    for holders in postings.values():
        if len(holders) < 2 or len({groups[index] for index in holders}) > cap:
            continue
        if len(holders) > LONGEST_POSTING:
            shared.update(pairwise(holders))
        else:
            shared.update((one, other) for place, one in enumerate(holders) for other in holders[place + 1 :])
    return shared


def frequent_keys(keys: Sequence[Iterable[Hashable]], groups: Sequence[int], cap: int) -> frozenset[Hashable]:
    """Keys that more than ``cap`` groups of documents hold."""
    holders: dict[Hashable, set[int]] = {}
    for own, group in zip(keys, groups, strict=True):
        for key in own:
            holders.setdefault(key, set()).add(group)
    return frozenset(key for key, held in holders.items() if len(held) > cap)


class Groups:
    """Sets that grow together (union-find); the smallest index stands for its set."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, index: int) -> int:
        """The index that stands for the set of ``index``."""
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        """Makes one set of the sets of both."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def labels(self) -> list[int]:
        """For each index, the one that stands for its set."""
        return [self.find(index) for index in range(len(self._parent))]
