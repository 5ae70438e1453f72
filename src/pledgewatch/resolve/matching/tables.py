"""The tables of matching, read once: letters of other scripts, and words of names that carry little."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class MatchingWords:
    """``tables/words.yml``; what each table is for stands there.

    Attributes:
        legal: class of a form of company by its word.
        phrases: words that become one word, longest first.
        same: the word that stands for all spellings of it.
        short_forms: the sets of given names in which a word stands, by number.
        common: 1 (rare) to 5 (everybody bears it), for words and for their stand-ins.
    """

    particles: frozenset[str]
    titles: frozenset[str]
    legal: Mapping[str, str]
    phrases: tuple[tuple[tuple[str, ...], str], ...]
    same: Mapping[str, str]
    short_forms: Mapping[str, frozenset[int]]
    common: Mapping[str, int]
    patronymic_ends: tuple[str, ...]


def _load(name: str) -> Any:
    return yaml.safe_load(resources.files(__package__).joinpath("tables", name).read_text("utf-8"))


@functools.cache
def matching_words() -> MatchingWords:
    """The word tables."""
    table = _load("words.yml")
    same = {str(word): str(words[0]) for words in table["same"] for word in words}
    short: dict[str, set[int]] = {}
    for number, words in enumerate(table["short_forms"]):
        for word in words:
            short.setdefault(same.get(word, word), set()).add(number)
    phrases = [(tuple(words.split()), str(one)) for words, one in table["phrases"].items()]
    common: dict[str, int] = {}
    for rank, words in sorted(table["common"].items()):
        common.update({same.get(word, word): int(rank) for word in words.split()})
    return MatchingWords(
        particles=frozenset(table["particles"].split()),
        titles=frozenset(table["titles"].split()),
        legal={word: name for name, words in table["legal"].items() for word in words.split()},
        phrases=tuple(sorted(phrases, key=lambda item: (-len(item[0]), item[0]))),
        same=same,
        short_forms={word: frozenset(numbers) for word, numbers in short.items()},
        common=common,
        patronymic_ends=tuple(table["patronymic_ends"]),
    )


@functools.cache
def letters() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Script (ISO 15924) and readings in Latin letters of each letter of another script; digraphs are capitals."""
    return {
        letter: (script, tuple(str(readings).split("|")))
        for script, table in _load("letters.yml").items()
        for letter, readings in table.items()
    }
