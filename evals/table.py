"""Rows of the quality table, and the floors they may not fall through."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure.

    Attributes:
        set: data set and split ("polnear dev").
        figure: what was measured ("source exact F1").
        ours: the value, 0..1 unless the figure says otherwise; higher is better.
        beat: the figure to beat, and ``beat_who`` whose it is; ``None`` when there is none.
        n: size of what it was measured on.
    """

    set: str
    figure: str
    ours: float
    n: int
    beat: float | None = None
    beat_who: str = ""

    @property
    def key(self) -> str:
        """Name of the row in ``floors.toml``."""
        return f"{self.set}: {self.figure}"


def read_floors(path: Path = FLOORS) -> dict[str, float]:
    """The floors by row key."""
    return {key: float(value) for key, value in tomllib.loads(path.read_text("utf-8"))["floors"].items()}


def broken_floors(rows: list[Row], floors: dict[str, float], names: set[str]) -> list[str]:
    """One line for each row under its floor, each row without a floor and each floor of ``names`` without a row."""
    lines = []
    for row in rows:
        if row.key not in floors:
            lines.append(f"{row.key}: no floor is pinned in {FLOORS.name}; pin one at or under {row.ours:.3f}")
        elif row.ours < floors[row.key]:
            lines.append(f"{row.key}: {row.ours:.3f} is under the floor {floors[row.key]:.3f}")
    measured = {row.key for row in rows}
    lines.extend(
        f"{key}: a floor is pinned but nothing was measured"
        for key in sorted(floors)
        if key not in measured and key.split(": ")[0] in names
    )
    return lines


def scored(found: set[object], gold: set[object]) -> tuple[float, float, float]:
    """Precision, recall and F1 of one set of things against another; all 1.0 when both are empty.

    >>> scored({1, 2}, {2, 3, 4})
    (0.5, 0.3333333333333333, 0.4)
    """
    return f1_of(len(found & gold), len(found), len(gold))


def f1_of(right: int, found: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1 from counts; all 1.0 when there is nothing to find and nothing was found."""
    if not found and not gold:
        return (1.0, 1.0, 1.0)
    precision = right / found if found else 0.0
    recall = right / gold if gold else 0.0
    return (precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0)
