"""The exact pass: every known name that stands in a text, the longest at each place, found in one walk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pledgewatch.text.folding import PARTICLES, PreparedText, Token, fold_name, is_acronym, joins_name, prepare_text

_BRACKET = re.compile(r"\s{0,2}(?:\(|:|/|\))\s{0,2}")


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that somebody bears.

    Attributes:
        of: who: an actor's id, or ``list:reference`` of a listing.
        weak: it never identifies alone.
        acronym: it needs its capitals, and somebody who introduces it.
        derived: it was made from a fuller name, which leaves something out.
    """

    of: str
    name: str
    weak: bool = False
    acronym: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where known names stand; ``names`` are all that fold to these words, strong ones first."""

    start: int
    end: int
    names: tuple[KnownName, ...]


@dataclass(slots=True)
class _Node:
    """A place in the trie: what may follow, and what ends here."""

    after: dict[str, _Node] = field(default_factory=dict)
    ends: list[KnownName] = field(default_factory=list)


class Spotter:
    """Known names as a trie of folded words.

    >>> spotter = Spotter([KnownName("front", "Varna Front"), KnownName("youth", "Varna Front Youth")])
    >>> [(spot.start, spot.end, spot.names[0].of) for spot in spotter.find("Men of the Varna Front Youth, in front.")]
    [(11, 28, 'youth')]
    """

    def __init__(self, names: Iterable[KnownName]) -> None:
        self._root = _Node()
        self._own: dict[str, list[KnownName]] = {}
        for known in names:
            words = fold_name(known.name).split()
            if not words or (len(words) == 1 and len(words[0]) < 2):
                continue
            node = self._root
            for word in words:
                node = node.after.setdefault(word, _Node())
            if known not in node.ends:
                node.ends.append(known)
                node.ends.sort(key=lambda name: (name.weak, name.derived, name.of, name.name))
                self._own[" ".join(words)] = node.ends

    def names_of(self, folded: str) -> tuple[KnownName, ...]:
        """The known names that fold to this."""
        return tuple(self._own.get(folded, ()))

    def find(self, text: str | PreparedText) -> tuple[Spot, ...]:
        """Where known names stand, in text order, not overlapping; the longest wins at each place.

        A name is written with capitals where it has them; particles are free ("al-Varna"). An acronym needs all of
        its capitals.
        """
        prepared = text if isinstance(text, PreparedText) else prepare_text(text)
        tokens, words = prepared.tokens, prepared.text
        found: list[Spot] = []
        root, position, total = self._root.after, 0, len(prepared.tokens)
        while position < total:
            node = root.get(tokens[position].folded)
            if node is None:
                position += 1
                continue
            best: tuple[int, tuple[KnownName, ...]] | None = None
            place = position
            while True:
                if node.ends:
                    fitting = tuple(name for name in node.ends if _is_written(name, tokens[position : place + 1]))
                    if fitting:
                        best = (place, fitting)
                place += 1
                if place >= total:
                    break
                following = node.after.get(tokens[place].folded)
                if following is None or not _joins(words, tokens[place - 1], tokens[place]):
                    break
                node = following
            if best is None:
                position += 1
                continue
            last, names = best
            found.append(Spot(tokens[position].start, tokens[last].end, names))
            position = last + 1
        return tuple(found)


def _joins(text: str, before: Token, after: Token) -> bool:
    """Whether two words may stand in one name: as in any name, or in brackets and after a colon ("Fund (Ostrava)")."""
    return joins_name(text, before, after) or _BRACKET.fullmatch(text, before.end, after.start) is not None


def _is_written(known: KnownName, tokens: list[Token]) -> bool:
    """Whether the words in the text are capitalised where those of the name are."""
    if known.acronym or (len(tokens) == 1 and is_acronym(known.name)):
        return known.name == tokens[0].raw or all(
            token.raw.replace(".", "").isupper() or not token.raw.isalpha() for token in tokens
        )
    return all(
        not token.raw[0].islower() or not capital for token, capital in zip(tokens, _capitals(known.name), strict=False)
    )


@lru_cache(maxsize=65_536)
def _capitals(name: str) -> tuple[bool, ...]:
    """Which words of a name are written with a capital; in a name all in capitals, all but short ones."""
    tokens = prepare_text(name).tokens
    if len(tokens) > 1 and tokens[0].folded == "the":
        tokens = tokens[1:]
    shouted = name.isupper() and len(tokens) > 1
    return tuple(
        not token.raw[0].islower() and (len(token.raw) > 3 or not shouted) and token.folded not in PARTICLES
        for token in tokens
    )
