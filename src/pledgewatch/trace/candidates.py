"""Which pairs of documents are worth comparing, without comparing all with all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pledgewatch.text.shingles import Keys

Pair = tuple[int, int]

LONGEST_POSTING = 48
"""A key held by more documents pairs each with the next one only: copies stay connected, the cost linear."""

_AT_ONCE = 1 << 22


class Postings:
    """Which documents hold which keys, sorted by key.

    Args:
        keys: the keys of each document, each once.
        sampling: one key in so many is there.
    """

    def __init__(self, keys: Sequence[Keys], sampling: int = 1) -> None:
        self.sampling = sampling
        self.sizes = np.array([len(own) for own in keys], dtype=np.int64)
        held = np.concatenate(keys) if keys else np.zeros(0, dtype=np.uint64)
        holders = np.repeat(np.arange(len(keys), dtype=np.int32), self.sizes)
        order = np.argsort(held, kind="stable")
        self.keys: Keys = held[order]
        self.holders = holders[order]

    def common(self, groups: Sequence[int], cap: int) -> Keys:
        """The keys that more than ``cap`` groups of documents hold, sorted."""
        if not len(self.keys):
            return self.keys
        of = np.asarray(groups, dtype=np.int32)[self.holders]
        first = np.flatnonzero(np.concatenate([[True], self.keys[1:] != self.keys[:-1]]))
        many = np.flatnonzero(np.diff(np.append(first, len(self.keys))) > cap)
        found = [
            self.keys[start]
            for start, end in zip(first[many], np.append(first, len(self.keys))[many + 1], strict=True)
            if len(np.unique(of[start:end])) > cap
        ]
        return np.array(found, dtype=np.uint64)

    def shared(self, without: Keys | None = None) -> dict[Pair, int]:
        """How many keys each pair of documents shares, for pairs that share any; by ``(smaller, larger index)``."""
        keys, holders = self.keys, self.holders
        if without is not None and len(without):
            kept = ~np.isin(keys, without)
            keys, holders = keys[kept], holders[kept]
        codes, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        for start, end in _blocks(keys):
            code = self._pairs(keys[start:end], holders[start:end])
            found, times = np.unique(code, return_counts=True)
            both = np.concatenate([codes, found])
            codes, place = np.unique(both, return_inverse=True)
            counts = np.bincount(place, np.concatenate([counts, times]), len(codes)).astype(np.int64)
        size = max(1, len(self.sizes))
        return {divmod(code, size): count for code, count in zip(codes.tolist(), counts.tolist(), strict=True)}

    def holders_of(self, keys: Keys) -> npt.NDArray[np.int32]:
        """The documents that hold any of ``keys``, as often as they hold one; of very many holders only the first."""
        starts = np.searchsorted(self.keys, keys, side="left")
        ends = np.searchsorted(self.keys, keys, side="right")
        runs = [
            self.holders[start : end if end - start <= LONGEST_POSTING else start + 1]
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        return np.concatenate(runs) if runs else np.zeros(0, dtype=np.int32)

    def _pairs(self, keys: Keys, holders: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """A code for each pair of holders of one key, as often as they share one."""
        border = np.concatenate([[True], keys[1:] != keys[:-1]])
        run = np.cumsum(border) - 1
        short = np.bincount(run)[run] <= LONGEST_POSTING
        found = []
        for gap in range(1, LONGEST_POSTING):
            same = keys[gap:] == keys[:-gap]
            if gap > 1:
                same &= short[gap:]
            if not same.any():
                break
            one, other = holders[:-gap][same].astype(np.int64), holders[gap:][same].astype(np.int64)
            found.append(np.minimum(one, other) * len(self.sizes) + np.maximum(one, other))
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _blocks(keys: Keys) -> list[tuple[int, int]]:
    """Parts of the sorted keys that cut no run of one key, each small enough for memory."""
    borders = [0]
    while borders[-1] < len(keys):
        end = min(len(keys), borders[-1] + _AT_ONCE)
        if end < len(keys):
            end = int(np.searchsorted(keys, keys[end - 1], side="right"))
        borders.append(end)
    return list(pairwise(borders))


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
