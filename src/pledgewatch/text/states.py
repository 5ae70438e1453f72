"""States by their names, short names and what their people are called."""

from __future__ import annotations

import csv
import functools
import io
import re
from importlib import resources

from pledgewatch.text.folding import find_names, fold_name


@functools.cache
def state_rows() -> tuple[dict[str, str], ...]:
    """The table of states: ``name``, and ``aliases``, ``demonyms`` (``|`` between them) and ``capital``."""
    raw = resources.files(__package__).joinpath("tables", "states.csv").read_text("utf-8")
    return tuple(csv.DictReader(io.StringIO(raw)))


@functools.cache
def _states() -> dict[str, tuple[str, ...]]:
    """Folded name to all names of a state, the first one first."""
    names: dict[str, tuple[str, ...]] = {}
    for row in state_rows():
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


def find_states(text: str) -> tuple[str, ...]:
    """The states that a text names, by whatever name or by what their people are called, in the order of the text.

    >>> find_states("French and Kenyan troops, and those of France")
    ('France', 'Kenya')
    """
    return tuple(dict.fromkeys(name for _, _, name in find_state_places(text)))


@functools.cache
def _states_by_any_name() -> tuple[dict[str, str], tuple[str, ...]]:
    """Folded name, alias or demonym to a state's first name; and all of them as written."""
    written = {name: names[0] for names in _states().values() for name in names}
    return {fold_name(name): state for name, state in written.items()}, tuple(written)


def find_state_places(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where states and their people are named: half-open place and the state's first name, in text order.

    "French-led" names no state: it says of something else who leads it.

    >>> find_state_places("Kenyan troops; a French-led force")
    ((0, 6, 'Kenya'),)
    """
    by_name, written = _states_by_any_name()
    return tuple(
        (start, end, by_name[fold_name(text[start:end])])
        for start, end in find_names(text, written)
        if fold_name(text[start:end]) in by_name and not re.match(r"[-‐‑–](?:led|backed|made)\b", text[end:])
    )
