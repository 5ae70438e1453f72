"""What other people's words of likelihood mean: as readers understand them, or by the scale that a text says it uses.

Ours are written by one scale (``likelihood.py``). Others' are read as people at large read them, for writers seldom
keep to a scale, and scales differ: "unlikely" is 20 to 45 per cent in one and 10 to 33 in another. The figures and the
words stand in ``likelihood_words.yml`` with their source.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any, get_args

import yaml

from pledgewatch.model.likelihood import StatedLikelihood, Yardstick
from pledgewatch.model.span import Span

Meaning = tuple[float, float, float]
"""Low, best and high, probabilities 0..1."""


@dataclass(frozen=True, slots=True)
class _Saying:
    pattern: str
    meaning: Meaning | None


def read_likelihood(words: str, yardstick: Yardstick | None = None) -> Meaning | None:
    """What words of likelihood mean: lower quartile, median and upper quartile of what people take them to mean.

    Args:
        words: a phrase such as "highly unlikely" or "may"; the first words of likelihood in it count.
        yardstick: a scale to read them by, when the text says that it uses one; its band and the middle of it. Words
            that the scale lacks are read as people read them.

    Returns:
        Probabilities 0..1; ``None`` when the words state no likelihood ("more likely than last year").

    >>> read_likelihood("likely"), read_likelihood("not likely"), read_likelihood("likely", "ICD 203")
    ((0.67, 0.75, 0.8), (0.1, 0.2, 0.25), (0.55, 0.675, 0.8))
    >>> read_likelihood("blue") is None
    True
    """
    found = _find(words, yardstick)
    return (found[0].low, found[0].best, found[0].high) if found else None


def find_likelihoods(text: str, near: str | None = None) -> tuple[StatedLikelihood, ...]:
    """The words of likelihood in a sentence or text, each with its place and meaning, in order.

    Args:
        near: the whole document, when ``text`` is a part of it: where that names a scale, the scale is used.

    >>> [(one.span.text, one.best) for one in find_likelihoods("It is highly unlikely, but cannot be ruled out.")]
    [('highly unlikely', 0.05), ('cannot be ruled out', 0.2)]
    """
    return _find(text, find_yardstick(text if near is None else near))


def read_stated(text: str, yardstick: Yardstick | None) -> StatedLikelihood | None:
    """The last word of likelihood in a text that is no mere "may" or "could": those state an ability or leave.

    >>> read_stated("It is highly likely that they", None).best, read_stated("They could", None)
    (0.9, None)
    """
    found = [
        one for one in _find(text, yardstick) if not re.match(r"(?:may|might|could|will)\b", one.span.text.lower())
    ]
    return found[-1] if found else None


def find_yardstick(text: str) -> Yardstick | None:
    """The official scale that a text says it uses; ``None`` when it names none, or more than one.

    >>> find_yardstick("Likelihood is stated in the terms of ICD 203."), find_yardstick("NATO said on Monday")
    ('ICD 203', None)
    """
    table = _table()["yardsticks"]
    found: list[Yardstick] = [name for name in get_args(Yardstick) if re.search(table[name]["named"], text)]
    return found[0] if len(found) == 1 else None


def readers_table() -> dict[str, Meaning]:
    """What readers take each phrase of the table to mean, by phrase."""
    return {phrase: _share(figures) for phrase, figures in _table()["readers"].items()}


def yardstick_table(yardstick: Yardstick) -> dict[str, Meaning]:
    """The band of each phrase of a scale, with its middle."""
    bands = {phrase: band for phrase, band in _table()["yardsticks"][yardstick].items() if phrase != "named"}
    return {phrase: _share((low, (low + high) / 2, high)) for phrase, (low, high) in bands.items()}


def _find(text: str, yardstick: Yardstick | None) -> tuple[StatedLikelihood, ...]:
    pattern, sayings = _sayings()
    bands = yardstick_table(yardstick) if yardstick else {}
    found = []
    for match in pattern.finditer(text):
        if match.group() != "Maybe" and match.group().startswith("May"):
            # The month, or a wish.
            continue
        meaning = sayings[int(str(match.lastgroup)[1:])].meaning
        phrase = " ".join(match.group().lower().split())
        official = bands.get(phrase) or bands.get(re.sub(r"ly$", "", phrase).replace("probab", "probable"))
        if meaning is None and official is None:
            continue
        low, best, high = official or meaning or (0.0, 0.0, 0.0)
        span = Span.cut(text, match.start(), match.end())
        found.append(StatedLikelihood(span, low, best, high, yardstick if official else None))
    return tuple(found)


@functools.cache
def _table() -> dict[str, Any]:
    text = resources.files("pledgewatch.weigh").joinpath("likelihood_words.yml").read_text("utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


@functools.cache
def _sayings() -> tuple[re.Pattern[str], tuple[_Saying, ...]]:
    sayings = tuple(_Saying(entry["say"].replace(" ", r"\s+"), _mean(entry)) for entry in _table()["said"])
    alternatives = "|".join(f"(?P<n{number}>{one.pattern})" for number, one in enumerate(sayings))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), sayings


def _mean(entry: dict[str, Any]) -> Meaning | None:
    like = entry.get("like")
    if like is None:
        return None
    readers = readers_table()
    parts = [like] * 3 if isinstance(like, str) else like
    low, best, high = (readers[phrase][place] for place, phrase in enumerate(parts))
    if entry.get("contrary"):
        return round(1 - high, 4), round(1 - best, 4), round(1 - low, 4)
    return low, best, high


def _share(figures: tuple[float, float, float]) -> Meaning:
    low, best, high = (round(figure / 100, 4) for figure in figures)
    return low, best, high
