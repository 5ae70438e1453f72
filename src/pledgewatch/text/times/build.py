"""The builders that grammar.yml names under ``build``, by that name."""

from __future__ import annotations

from collections.abc import Callable

from pledgewatch.text.times import build_dates, build_others, build_relative
from pledgewatch.text.times.context import Context
from pledgewatch.text.times.found import FoundTime
from pledgewatch.text.times.grammar import Hit

Builder = Callable[[Hit, Context], FoundTime | None]

BUILDERS: dict[str, Builder] = {
    name.removeprefix("build_"): function
    for module in (build_dates, build_relative, build_others)
    for name, function in vars(module).items()
    if name.startswith("build_") and getattr(function, "__module__", None) == module.__name__
}
"""Every function called ``build_…`` of the three modules.

A builder takes a match and what was read before it, and gives ``None`` for words that are no time after all.
"""
