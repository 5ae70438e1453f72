"""The word tables of the reader, loaded once from ``tables/``."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Any

import yaml

from pledgewatch.model.reading import MentionType, Stance
from pledgewatch.text.states import state_rows


def _load(name: str) -> Any:
    text = resources.files(__package__).joinpath("tables", name).read_text("utf-8")
    # BaseLoader: every scalar is a word; "no" and "on" are words here, not truth values.
    return yaml.load(text, yaml.BaseLoader)


@functools.cache
def _cue_data() -> dict[str, Any]:
    data: dict[str, Any] = _load("cues.yml")
    return data


@functools.cache
def _names_data() -> dict[str, list[str]]:
    data: dict[str, list[str]] = _load("names.yml")
    return data


@functools.cache
def cue_words(key: str) -> frozenset[str]:
    """A word list of ``cues.yml``, in small letters."""
    return frozenset(_cue_data()[key])


@functools.cache
def stance_words() -> dict[str, Stance]:
    """Cues, in small letters, whose words say what the speaker does."""
    return {word: stance for stance, words in _cue_data()["stances"].items() for word in words}


@functools.cache
def name_words(key: str) -> frozenset[str]:
    """A word list of ``names.yml``, in small letters."""
    return frozenset(_names_data()[key])


@functools.cache
def declines_pattern() -> re.Pattern[str]:
    """Matches the ways of declining to speak."""
    return re.compile(r"\b(?:" + "|".join(_cue_data()["declines"]).replace(" ", r"\s+") + r")\b", re.IGNORECASE)


@functools.cache
def state_keys() -> dict[str, str]:
    """Every name of a state, without stops and in small letters, with the one it is listed by."""
    return {
        name.lower().replace(".", ""): row["name"].lower()
        for row in state_rows()
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]
    }


@functools.cache
def gazetteer() -> dict[tuple[str, ...], MentionType]:
    """Names known the world over, as tuples of small-letter words, with their type."""
    found: dict[tuple[str, ...], MentionType] = {}
    kinds: tuple[tuple[str, MentionType], ...] = (("places", "place"), ("bodies", "body"), ("peoples", "nationality"))
    for key, kind in kinds:
        for name in _names_data()[key]:
            found[tuple(str(name).split())] = kind
    for row in state_rows():
        if row["capital"]:
            found.setdefault(tuple(row["capital"].lower().split()), "place")
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            found[tuple(name.lower().split())] = "state"
        for name in filter(None, row["demonyms"].split("|")):
            found[tuple(name.lower().split())] = "nationality"
    return found
