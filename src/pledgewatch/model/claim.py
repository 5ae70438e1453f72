"""Claims about values by many sources, and what they come to together."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from pledgewatch.model.assessment import Opinion


@dataclass(frozen=True, slots=True)
class Claim:
    """One source says that an item has a value.

    Attributes:
        source: who says it.
        item: what it is said of; anything that can be a key ("strength of the garrison", or a pair of place and year).
        value: as written. Two ways to write one number ("1,200" and "1200") are one value.
        day: when it was said, ISO date; ``None`` when not known.
    """

    source: str
    item: Hashable
    value: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A source behind a value.

    Attributes:
        reliability: probability that what this source says of its own knowledge is true.
        counts: share (0..1) of this claim that counts as its own; the rest repeats others. A copy counts 0.
    """

    source: str
    reliability: float
    counts: float


@dataclass(frozen=True, slots=True)
class ValueOpinion:
    """One of the values claimed of an item.

    Attributes:
        value: in its most frequent spelling.
        probability: that it is the true one, and none of the others.
        opinion: the same as an opinion; its projected probability is ``probability``.
        voices: who claims it, by name.
    """

    value: str
    probability: float
    opinion: Opinion
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class FusedValue:
    """What all claims about one item come to.

    Attributes:
        value: the most probable value.
        probability: that it is the true one. What the probabilities of all values leave to one is the probability
            that nobody has it right.
        values: every value claimed, most probable first.
    """

    item: Hashable
    value: str
    probability: float
    values: tuple[ValueOpinion, ...]
