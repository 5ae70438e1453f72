"""How likely somebody else says that something is, in their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.span import Span

Yardstick = Literal["ICD 203", "UK", "NATO", "IPCC", "EFSA"]
"""An official scale of likelihood words."""


@dataclass(frozen=True, slots=True)
class StatedLikelihood:
    """Words of likelihood in a text, and what they mean.

    Attributes:
        low, best, high: probabilities 0..1. For readers at large the lower quartile, median and upper quartile of what
            people take the words to mean; by a yardstick its band and the middle of it.
        yardstick: the scale that the text says it uses; ``None`` for readers at large.
    """

    span: Span
    low: float
    best: float
    high: float
    yardstick: Yardstick | None = None
