"""Claims as arrays: who says which value of which item, each voice once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pledgewatch.errors import InputError
from pledgewatch.model.claim import Claim

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TWIN_CLAIMS = 8
"""Two sources with this many claims or more, all the same and no other, are one voice: nothing can tell them apart."""

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\b")


def read_number(value: str) -> float | None:
    """The number that a value states; ``None`` when it is no number.

    >>> read_number("1,200"), read_number("-3.5"), read_number("about 20")
    (1200.0, -3.5, None)
    """
    text = value.strip()
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def count_zeros(value: str) -> int:
    """How round a whole number is: 2 for three zeros or more at its end, 1 for two, 0 for fewer and for all else.

    >>> count_zeros("460000"), count_zeros("1,200"), count_zeros("31275"), count_zeros("twelve")
    (2, 1, 0, 0)
    """
    number = read_number(value)
    if number is None or number != int(number) or number == 0:
        return 0
    digits = str(abs(int(number)))
    return min(max(len(digits) - len(digits.rstrip("0")) - 1, 0), 2)


def is_nameless(source: str) -> bool:
    """Whether a source is known by a network address only; all such voices share one prior reliability.

    >>> is_nameless("0 (203.0.113.9)"), is_nameless("Lesna Courier")
    (True, False)
    """
    return _ADDRESS.search(source) is not None


@dataclass(frozen=True, slots=True)
class Ballot:
    """Everybody's claims, with copies left out.

    Arrays by claim: ``source``, ``fact``, ``item``, ``day`` (-1: not known). Only items with two voices or more are in
    them, for a single claim says nothing of anybody's reliability. Arrays by fact (an item with a value): ``item_of``,
    ``support`` (claims for it), ``number`` (not a number: nan), ``zeros``, ``word`` (index of the value).

    Attributes:
        items: the items, sorted.
        facts: item index and spelling of each fact, sorted by item and value.
        voice_of: index of the voice that each source counts under.
        said: for each fact, the sources that claim it, by name, copies too.
        own: source and fact of each claim that counts; a declared copy's does not.
        group: prior group of each voice.
        words: number of different values in all.
    """

    items: tuple[Hashable, ...]
    facts: tuple[tuple[int, str], ...]
    voice_of: Mapping[str, int]
    said: tuple[tuple[str, ...], ...]
    own: frozenset[tuple[str, int]]
    source: Ints
    fact: Ints
    item: Ints
    day: Ints
    item_of: Ints
    support: Floats
    number: Floats
    zeros: Ints
    word: Ints
    group: Ints
    words: int

    @property
    def voices(self) -> int:
        """Number of voices."""
        return len(self.group)


def read_ballot(claims: Iterable[Claim], copies: Mapping[str, str] | None = None) -> Ballot:
    """Indexes claims; the order of the claims changes nothing.

    A source that repeats itself counts once; of its claims about one item on different days the latest counts. A copy
    (``copies``: the copy's name to its original's) adds a claim only where its original is silent.

    Raises:
        InputError: a claim without a source or value, or copies that run in a circle.
    """
    said = _keep_latest(claims)
    heard = _follow_copies(said, copies or {})
    items = tuple(sorted({item for _, item in said}, key=lambda one: (type(one).__name__, repr(one))))
    item_at = {item: index for index, item in enumerate(items)}
    spellings: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for (_, item), values in said.items():
        for value in values:
            spellings[item_at[item], _fold(value)][value] += 1
    keys = sorted(spellings)
    fact_at = {key: index for index, key in enumerate(keys)}
    facts = tuple((item, _choose_spelling(spellings[item, folded])) for item, folded in keys)
    claimed: dict[str, dict[int, int]] = defaultdict(dict)
    days = sorted({day for values in heard.values() for day in values.values() if day})
    day_at = {day: index for index, day in enumerate(days)}
    for (source, item), values in heard.items():
        for value, day in values.items():
            claimed[source][fact_at[item_at[item], _fold(value)]] = day_at[day] if day else -1
    voice_of, voices = _number_voices(claimed)
    for source in {source for source, _ in said}:
        voice_of.setdefault(source, voice_of[_root(source, copies or {})])
    rows = [(voice, fact, claimed[names[0]][fact]) for voice, names in enumerate(voices) for fact in claimed[names[0]]]
    rows.sort()
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    item_of = np.array([at for at, _ in facts], dtype=np.int64)
    table = table[np.bincount(item_of[table[:, 1]], minlength=len(items))[item_of[table[:, 1]]] > 1]
    words = sorted({folded for _, folded in keys})
    word_at = {word: index for index, word in enumerate(words)}
    numbers = [read_number(value) for _, value in facts]
    by_fact: list[set[str]] = [set() for _ in facts]
    for (name, thing), values in said.items():
        for value in values:
            by_fact[fact_at[item_at[thing], _fold(value)]].add(name)
    return Ballot(
        items=items,
        facts=facts,
        voice_of=voice_of,
        said=tuple(tuple(sorted(names)) for names in by_fact),
        own=frozenset((name, fact) for names in voices for name in names for fact in claimed[name]),
        source=table[:, 0],
        fact=table[:, 1],
        item=item_of[table[:, 1]],
        day=table[:, 2],
        item_of=item_of,
        support=np.bincount(table[:, 1], minlength=len(facts)).astype(np.float64),
        number=np.array([np.nan if one is None else one for one in numbers], dtype=np.float64),
        zeros=np.array([count_zeros(value) for _, value in facts], dtype=np.int64),
        word=np.array([word_at[folded] for _, folded in keys], dtype=np.int64),
        group=np.array([int(is_nameless(names[0])) for names in voices], dtype=np.int64),
        words=len(words),
    )


def _fold(value: str) -> str:
    number = read_number(value)
    return f"{number!r}" if number is not None else " ".join(value.casefold().split())


def _choose_spelling(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda value: (-spellings[value], value))


Said = dict[tuple[str, Hashable], dict[str, str | None]]
"""Source and item to the values claimed, each with its day."""


def _keep_latest(claims: Iterable[Claim]) -> Said:
    said: Said = defaultdict(dict)
    for claim in claims:
        if not claim.source or not claim.value.strip():
            raise InputError(f"a claim about {claim.item!r} lacks its source or its value", remedy="fill both in")
        values = said[claim.source, claim.item]
        known = values.get(claim.value)
        values[claim.value] = max(known or "", claim.day or "") or None
    for key, values in said.items():
        last = max(day or "" for day in values.values())
        said[key] = {value: day for value, day in sorted(values.items()) if (day or "") == last}
    return said


def _follow_copies(said: Said, copies: Mapping[str, str]) -> Said:
    if not copies:
        return said
    heard: Said = {}
    for (source, item), values in sorted(said.items(), key=lambda entry: (entry[0][0] in copies, entry[0][0])):
        heard.setdefault((_root(source, copies), item), values)
    return heard


def _root(source: str, copies: Mapping[str, str]) -> str:
    seen = {source}
    while source in copies:
        source = copies[source]
        if source in seen:
            raise InputError(
                f"{source} is said to be a copy of itself", remedy="say which of the copies is the original"
            )
        seen.add(source)
    return source


def _number_voices(claimed: Mapping[str, Mapping[int, int]]) -> tuple[dict[str, int], Sequence[Sequence[str]]]:
    """Voices by what they claim, not by their names, so that a name or one more twin changes nothing."""
    twins: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for name in sorted(claimed):
        facts = tuple(sorted(claimed[name]))
        alone = name if len(facts) < TWIN_CLAIMS else ""
        twins[facts, is_nameless(name), alone].append(name)
    order = sorted(twins, key=lambda key: (key[0], key[1], key[2]))
    voice_of = {name: index for index, key in enumerate(order) for name in twins[key]}
    return voice_of, [twins[key] for key in order]


def add_up(group: Ints, amount: Floats | Bools, groups: int) -> Floats:
    """The sum of the amounts in each group."""
    return np.asarray(np.bincount(group, amount, groups), dtype=np.float64)


def thin_out(ballot: Ballot, claims: int) -> Ballot:
    """The same ballot with every n-th item only, so that about so many claims are left."""
    step = -(-len(ballot.fact) // claims)
    if step <= 1:
        return ballot
    kept = ballot.item % step == 0
    return replace(
        ballot,
        source=ballot.source[kept],
        fact=ballot.fact[kept],
        item=ballot.item[kept],
        day=ballot.day[kept],
        support=np.where(ballot.item_of % step == 0, ballot.support, 0.0),
    )
