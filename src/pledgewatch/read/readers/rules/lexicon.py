"""The word tables of the rule-based reader, loaded once from ``tables/``."""

from __future__ import annotations

import csv
import functools
import io
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from pledgewatch.model.reading import Basis, Hedge, MentionType, Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """How a cue verb attributes: what the speaker does, how firmly, and what may follow the verb."""

    lemma: tuple[str, ...]
    stance: Stance
    takes: frozenset[str]
    hedge: Hedge
    factuality: float
    basis: Basis
    weak: bool
    strict: bool
    inverts: bool


def _load(name: str) -> Any:
    text = resources.files(__package__).joinpath("tables", name).read_text("utf-8")
    # BaseLoader: every scalar is a word; "no" and "on" are words here, not truth values.
    return yaml.load(text, yaml.BaseLoader) if name.endswith(".yml") else list(csv.DictReader(io.StringIO(text)))


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
def name_words(key: str) -> frozenset[str]:
    """A word list of ``names.yml``, in small letters."""
    return frozenset(_names_data()[key])


@functools.cache
def cue_forms() -> dict[str, tuple[tuple[Cue, tuple[str, ...]], ...]]:
    """By the first word of a form: the cues that begin so, each with all its words; longest first."""
    found: dict[str, list[tuple[Cue, tuple[str, ...]]]] = {}
    irregular = _cue_data()["irregular"]
    for row in _cue_data()["classes"]:
        for verb in row["verbs"]:
            first, *rest = str(verb).split()
            cue = Cue(
                (first, *rest),
                row["stance"],
                frozenset(row["takes"]),
                row.get("hedge", "none"),
                float(row.get("factuality", 3.0)),
                row.get("basis", "unstated"),
                row.get("weak") == "true",
                row.get("strict") == "true",
                row.get("inverts") == "true",
            )
            for form in (first, *(irregular[first] if first in irregular else _inflect(first))):
                found.setdefault(form, []).append((cue, (form, *rest)))
    return {form: tuple(sorted(cues, key=lambda pair: -len(pair[1]))) for form, cues in found.items()}


def _inflect(verb: str) -> tuple[str, str, str]:
    """Third person, past and participle of a regular verb."""
    if verb.endswith("e"):
        return (verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    if verb.endswith(("s", "sh", "ch", "x")):
        return (verb + "es", verb + "ed", verb + "ing")
    return (verb + "s", verb + "ed", verb + "ing")


@functools.cache
def declines_pattern() -> re.Pattern[str]:
    """Matches the ways of declining to speak."""
    return re.compile(r"\b(?:" + "|".join(_cue_data()["declines"]).replace(" ", r"\s+") + r")\b", re.IGNORECASE)


@functools.cache
def speaker_prepositions() -> re.Pattern[str]:
    """Matches "according to" and its like."""
    words = "|".join(str(words) for words in _cue_data()["prepositions"]).replace(" ", r"\s+")
    return re.compile(r"\b(?:" + words + r")\b", re.IGNORECASE)


@functools.cache
def cue_nouns() -> dict[str, Stance]:
    """Nouns that carry a content, singular and plural, with what their speaker does."""
    return {
        form: stance
        for stance, nouns in _cue_data()["nouns"].items()
        for noun in nouns
        for form in (noun, noun + "s" if not noun.endswith("y") else noun[:-1] + "ies")
    }


@functools.cache
def state_keys() -> dict[str, str]:
    """Every name of a state, without stops and in small letters, with the one it is listed by."""
    return {
        name.lower().replace(".", ""): row["name"].lower()
        for row in _load("states.csv")
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
    for row in _load("states.csv"):
        if row["capital"]:
            found.setdefault(tuple(row["capital"].lower().split()), "place")
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            found[tuple(name.lower().split())] = "state"
        for name in filter(None, row["demonyms"].split("|")):
            found[tuple(name.lower().split())] = "nationality"
    return found
