"""Many names ready to be asked: which of them may be this one, found by the consonants of their words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pledgewatch.resolve.matching.compare import Comparison, compare_names
from pledgewatch.resolve.matching.tokens import Name, Token, prepare_name

CANDIDATES = 32
"""So many of the likeliest names are laid side by side word for word."""

_LONGEST_POSTING = 4_000
"""Words that more names than this bear find nobody by themselves, where the name has a rarer word."""

_WEIGHTS = {"k": 1.0, "s": 0.8, "d": 0.45, "j": 0.9, "t": 0.12}


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One name of somebody.

    Attributes:
        of: id of who bears it.
        name: the name.
        kind: ``person``, ``group``, or ``other``; names of persons and of groups are not compared.
        weak: it never identifies alone.
    """

    of: str
    name: str
    kind: str = "other"
    weak: bool = False


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name that was found, and how it compares."""

    entry: NameEntry
    comparison: Comparison

    @property
    def probability(self) -> float:
        """That the name asked for and this one name the same."""
        return self.comparison.probability


class NameIndex:
    """Names by the sounds of their words.

    Args:
        entries: the names; their order breaks ties, so the same entries give the same answers.

    >>> index = NameIndex([NameEntry("p1", "Ilko Rukhan", "person"), NameEntry("p2", "Mira Tolk", "person")])
    >>> [hit.entry.of for hit in index.find("Ilko Roukhan", "person")]
    ['p1']
    """

    def __init__(self, entries: Iterable[NameEntry]) -> None:
        self.entries: Sequence[NameEntry] = tuple(entries)
        self._names = [prepare_name.__wrapped__(entry.name) for entry in self.entries]
        postings: dict[str, list[int]] = {}
        bearers: dict[str, set[str]] = {}
        for number, name in enumerate(self._names):
            for key in _keys(name):
                postings.setdefault(key, []).append(number)
            for token in name.words:
                bearers.setdefault(token.key, set()).add(self.entries[number].of)
        total = max(1, len({entry.of for entry in self.entries}))
        self._postings = {key: np.asarray(numbers, dtype=np.int32) for key, numbers in postings.items()}
        self._idf = {key: math.log1p(len(self._names) / len(numbers)) for key, numbers in postings.items()}
        # Borne by one in a hundred counts for half of what a name of one bearer counts.
        self.weights = {
            key: max(0.35, 1.0 - 0.5 * min(1.0, math.log1p(len(ids)) / math.log1p(max(20.0, total / 100))))
            for key, ids in bearers.items()
            if len(ids) > 2
        }

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, raw: str, kind: str | None = None, at: float = 0.0, most: int = 8) -> tuple[NameHit, ...]:
        """The bearers that a name may mean, each by their best name, the likeliest first.

        Args:
            kind: ``person`` or ``group``; ``None`` for names of unknown kind.
            at: least probability; ``most``: so many bearers at most.
        """
        name = prepare_name(raw)
        best: dict[str, NameHit] = {}
        for number in self._candidates(name):
            entry = self.entries[number]
            if kind is not None and entry.kind != "other" and entry.kind != kind:
                continue
            scorer = kind or (entry.kind if entry.kind in ("person", "group") else "person")
            comparison = compare_names(name, self._names[number], scorer, self.weights)
            known = best.get(entry.of)
            if comparison.probability >= at and (known is None or comparison.probability > known.probability):
                best[entry.of] = NameHit(entry, comparison)
        ranked = sorted(best.values(), key=lambda hit: (-hit.probability, hit.entry.of, hit.entry.name))
        return tuple(ranked[:most])

    def _candidates(self, name: Name) -> list[int]:
        found: list[np.ndarray] = []
        weights: list[np.ndarray] = []
        keys = [key for key in _keys(name) if key in self._postings]
        rare = [key for key in keys if len(self._postings[key]) <= _LONGEST_POSTING]
        for key in rare or keys:
            numbers = self._postings[key]
            found.append(numbers)
            weights.append(np.full(len(numbers), _WEIGHTS[key[0]] * self._idf[key], dtype=np.float32))
        if not found:
            return []
        numbers = np.concatenate(found)
        scores = np.bincount(numbers, weights=np.concatenate(weights))
        # A name of few words that are all found comes before one of many of which a few are.
        sizes = self._sizes()[: len(scores)]
        scores = scores / np.sqrt(sizes)
        top = min(CANDIDATES, int(np.count_nonzero(scores)))
        best = np.argpartition(-scores, top - 1)[:top]
        return [int(number) for number in best[np.lexsort((best, -scores[best]))]]

    def _sizes(self) -> np.ndarray:
        cached: np.ndarray | None = self.__dict__.get("_size_cache")
        if cached is None:
            cached = np.asarray([max(1, len(name.words)) + 1 for name in self._names], dtype=np.float32)
            self.__dict__["_size_cache"] = cached
        return cached


def _keys(name: Name) -> list[str]:
    """By what a name is found: its words' spellings, sounds, sounds with one left out, and neighbours as one word."""
    keys: dict[str, None] = {}
    words = name.words
    for token in words:
        keys[f"k{token.key}"] = None
        for sound in token.sounds:
            if len(sound) >= 2:
                keys[f"s{sound}"] = None
            if len(sound) >= 3:
                for left_out in range(len(sound)):
                    keys[f"d{sound[:left_out]}{sound[left_out + 1 :]}"] = None
        if len(token.text) >= 4:
            for start in range(len(token.text) - 2):
                keys[f"t{token.text[start : start + 3]}"] = None
    for one, other in pairwise(name.tokens):
        keys[f"j{_joint(one, other)}"] = None
    for token in words:
        if len(token.text) >= 6:
            keys[f"j{token.sound}"] = None
    return list(keys)


def _joint(one: Token, other: Token) -> str:
    return one.sound + other.sound if one.sound[-1:] != other.sound[:1] else one.sound + other.sound[1:]
