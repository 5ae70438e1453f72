"""How evidence fades."""

from __future__ import annotations

from datetime import date


def share_left(day: str, as_of: str, half_life_days: int) -> float:
    """The share of evidence left after its age: one half for every half-life; all of it where there is none.

    >>> share_left("2021-01-01", "2022-01-01", 365), share_left("2021-01-01", "2022-01-01", 0)
    (0.5, 1.0)
    """
    if half_life_days <= 0:
        return 1.0
    age = (date.fromisoformat(as_of) - date.fromisoformat(day)).days
    return float(0.5 ** (max(age, 0) / half_life_days))
