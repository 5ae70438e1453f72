"""States by their names, short names and what their people are called."""

from __future__ import annotations

import csv
import functools
import io
from importlib import resources

from pledgewatch.text.folding import fold_name


@functools.cache
def _states() -> dict[str, tuple[str, ...]]:
    """Folded name to all names of a state, the first one first."""
    raw = resources.files(__package__).joinpath("tables", "states.csv").read_text("utf-8")
    names: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(io.StringIO(raw)):
        other = "|".join((row["aliases"] or "", row["demonyms"] or "")).split("|")
        all_names = tuple(dict.fromkeys(name.strip() for name in (row["name"], *other) if name.strip()))
        for name in (row["name"], *(row["aliases"] or "").split("|")):
            if name.strip():
                names.setdefault(fold_name(name), all_names)
    return names


def other_names_of_state(name: str) -> tuple[str, ...]:
    """The other names of a state and of its people; empty for what is no state.

    >>> "French" in other_names_of_state("France"), other_names_of_state("Varna Front")
    (True, ())
    """
    folded = fold_name(name)
    return tuple(other for other in _states().get(folded, ()) if fold_name(other) != folded)
