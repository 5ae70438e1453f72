"""Which sentences of two texts tell the same, in the same order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
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


def word_changes(ours: Sequence[str], theirs: Sequence[str]) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Half-open runs of ``ours`` and the runs of ``theirs`` in their place, where the two differ, in order.

    >>> word_changes("the top leadership met".split(), "the senior leaders met today".split())
    (((1, 3), (1, 3)), ((4, 4), (4, 5)))
    """
    found = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return tuple(((one, two), (three, four)) for kind, one, two, three, four in found if kind != "equal")
