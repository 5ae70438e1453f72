"""The word tables of place finding, read once from ``tables/not_places.yml`` and ``tables/place_words.yml``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

import yaml

Precision = Literal["country", "province", "district", "town", "point"]
PRECISIONS: tuple[Precision, ...] = ("country", "province", "district", "town", "point")
"""From the coarsest to the finest."""


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The word sets of the two tables by name (what each is for stands there), and patterns made of them.

    Attributes:
        accord_after: follows a name that stands for an agreement ("climate accord", "II talks"); ``accord_after_town``
            does where the place is no state.
        accord_before, governments_before, town_before: stand right before a name.
        whole_names: names with a place in them that are none.
        inside: what may stand between a place and what lies around it; ``inside_turned`` the other way ("Y's X").
    """

    sets: dict[str, frozenset[str]]
    accord_after: re.Pattern[str]
    accord_after_town: re.Pattern[str]
    accord_verb: re.Pattern[str]
    accord_parts: re.Pattern[str]
    accord_before: re.Pattern[str]
    accord_before_once_named: re.Pattern[str]
    speaks: re.Pattern[str]
    governments_before: re.Pattern[str]
    town_before: re.Pattern[str]
    kind_before: re.Pattern[str]
    kind_after: re.Pattern[str]
    locative: re.Pattern[str]
    inside: re.Pattern[str]
    inside_turned: re.Pattern[str]
    whole_names: tuple[str, ...]

    def precision_of(self, word: str) -> Precision | None:
        """The precision that a kind word says ("Province"), or ``None``."""
        lower = word.lower()
        for precision in PRECISIONS:
            if lower in self.sets[precision]:
                return precision
        return None


def _table(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath("tables", name).read_text("utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


def _any(words: Any) -> str:
    """An alternative of all words, the longest first."""
    listed = words.split() if isinstance(words, str) else words
    return "(?:" + "|".join(re.escape(str(word)) for word in sorted(listed, key=lambda word: (-len(word), word))) + ")"


@functools.cache
def place_words() -> PlaceWords:
    """The word tables."""
    table = _table("not_places.yml") | _table("place_words.yml")
    sets = {
        name: frozenset(value.split() if isinstance(value, str) else map(str, value)) for name, value in table.items()
    }
    kinds = " ".join(table[name] for name in ("province", "district", "town"))
    compass = rf"(?:\s+{_any(table['compass'])})*"
    gap = r"[\s]+"

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(text, re.IGNORECASE)

    accords = f"{table['accords_after']} {table['accords_after_towns']}"
    fillers = rf"(?:[\s,-]{{1,2}}{_any(table['accord_fillers'])})"
    return PlaceWords(
        sets=sets,
        accord_after=pattern(rf"{fillers}{{0,3}}[\s-]{{1,2}}{_any(table['accords_after'])}\b(?!-)"),
        accord_after_town=pattern(rf"{fillers}{{0,3}}[\s-]{{1,2}}{_any(accords)}\b(?!-)"),
        accord_verb=pattern(
            rf"\s+(?:{_any(table['accord_verbs'])}\b|(?:was|is|had been|has been|were|gets|got|be)\s+(?:\w+ly\s+)?"
            rf"(?:re)?{_any(table['accord_passives'])}\b)"
        ),
        accord_parts=pattern(rf"[’']s?\s+(?:\w+\s+)?{_any(table['accord_parts'])}\b"),
        accord_before=pattern(
            rf"\b(?:{_any(table['accord_before_phrases'])}|{_any(table['accord_before'])}){gap}(?:the\s+)?$"
        ),
        accord_before_once_named=pattern(rf"\b{_any(table['accord_before_once_named'])}[\s-]+$"),
        speaks=pattern(rf"\s+(?:{_any(table['auxiliaries'])}\s+){{0,3}}{_any(table['speaks'])}\b(?!\s+(?:for|by)\b)"),
        governments_before=pattern(rf"\b{_any(table['governments_before'])}{gap}(?:the\s+|both\s+)?$"),
        town_before=pattern(rf"\b{_any(table['town_before'])}{gap}$"),
        kind_before=pattern(rf"(?<![\w-])({_any(kinds + ' ' + table['country'])})\s+of\s+(?:the\s+)?$"),
        kind_after=pattern(rf"[\s-]({_any(kinds)})\b"),
        locative=pattern(rf"\b{_any(table['locative'])}{compass}\s+$"),
        inside=pattern(
            rf"(?:\s+{_any(kinds + ' ' + table['point'])})?"
            rf"(?:,?\s+{_any(table['inside'])}{compass}\s+|,\s*|,?\s+\(|,\s+(?:a|an|the)\s[\w\s-]{{0,40}}?\b"
            rf"{_any(table['inside'])}{compass}\s+)"
        ),
        inside_turned=pattern(rf"[’']s?{compass}\s+"),
        whole_names=tuple(table["whole_names"]),
    )
