"""Whom a document itself names as the source of its story."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pledgewatch.text.folding import fold_name
from pledgewatch.trace.words import trace_words

_NAME = r"(?P<name>(?:[A-Z][\w’'&-]*)(?: (?:of |for |the |and )?[A-Z][\w’'&-]*){0,5})"
# "OSTRAVA (Example Wire) —", "OSTRAVA, May 3 (EW) -"
_DATELINE = re.compile(
    r"^[ \t]*[^\W\d_a-z]{2}[^\n().]{0,60}\((?P<name>[A-Z][\w .&'’-]{1,40})\)\s{0,2}[-–—]", re.MULTILINE
)
# "By Example Wire", "Example Wire, 3 May 2031", a line of its own.
_BYLINE = re.compile(
    r"^[ \t]*(?:By |From )?(?P<name>(?:[A-Z][\w’'-]+ ){1,4}[A-Z][\w’'-]+)(?:, [^\n.]{0,30})?$", re.MULTILINE
)
_SIGN_OFF = re.compile(r"(?:^|\n)[ \t]*(?:/|©|\(c\)|Copyright|Source:)\s{0,2}(?P<name>[A-Z][\w .&'’-]{1,40}?)[/.]?\s*$")
_WORD = re.compile(r"[^\W\d_]+")
HEAD = 400
"""A dateline stands within so many code points of the beginning."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A name that the document credits, its place, and the place of the whole sentence part that credits it."""

    name: str
    start: int
    end: int
    strong: bool


@functools.lru_cache(maxsize=4)
def _known(publishers: tuple[str, ...]) -> dict[str, str]:
    return {fold_name(publisher): publisher for publisher in publishers if publisher}


@functools.lru_cache(maxsize=4)
def _name_words(publishers: tuple[str, ...]) -> frozenset[str]:
    """Words one of which every credited name has."""
    return trace_words().media | {_WORD.findall(name.lower())[-1] for name in publishers if _WORD.search(name.lower())}


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    patterns = []
    for row in trace_words().credits:
        before, _, after = row.partition("NAME")
        # Sentences begin with these words too, but a name has its capitals.
        patterns.append(re.compile(rf"(?<!\w)(?i:{before}){_NAME}(?i:{after})"))
    return tuple(patterns)


def find_credits(text: str, publishers: Iterable[str]) -> tuple[Credit, ...]:
    """Names that ``text`` credits as the medium its story comes from, in text order.

    A name counts when it is one of ``publishers`` (of the case) or has a word of a medium in it ("Wire", "Herald"), so
    that "told the minister" credits nobody; in the brackets of a dateline any name does, as long as it is no day. A
    name in a dateline or a sign-off credits the whole text (``strong``).

    >>> [credit.name for credit in find_credits("He told the Lesna Herald so. He told President Ruk.", [])]
    ['Lesna Herald']
    """
    known = _known(tuple(publishers))
    found: dict[int, Credit] = {}
    for pattern in (_DATELINE, _BYLINE, _SIGN_OFF):
        for match in pattern.finditer(text if pattern is _SIGN_OFF else text[:HEAD]):
            name = match["name"].strip()
            if pattern is _BYLINE and fold_name(name).split()[-1] not in trace_words().media:
                continue  # a headline such as "Press Visit" is no byline: there the word for the medium comes last
            if pattern is _DATELINE and not trace_words().months.isdisjoint(fold_name(name).split()):
                continue  # "BRODE (March 3)" gives the day
            if pattern is _DATELINE or _is_medium(name, known if pattern is _SIGN_OFF else {}):
                found[match.start("name")] = Credit(_full_name(name, known), *match.span("name"), strong=True)
    # The patterns are slow, and most texts have no word of which a medium's name is made.
    mentions = not _name_words(tuple(publishers)).isdisjoint(_WORD.findall(text.lower()))
    for pattern in _patterns() if mentions else ():
        for match in pattern.finditer(text):
            name, start = match["name"], match.start("name")
            medium = _longest_medium(name, known)
            if medium is not None and start not in found:
                shown = known.get(fold_name(medium), medium)
                found[start] = Credit(shown, start, start + len(medium), strong=False)
    return tuple(found[start] for start in sorted(found))


def _full_name(name: str, known: dict[str, str]) -> str:
    """The publisher of the case that a dateline shortens ("Lumen" for "Lumen Agency"), or the name as it stands."""
    folded = fold_name(name)
    longer = sorted(publisher for key, publisher in known.items() if key.startswith(folded + " "))
    return known.get(folded) or (longer[0] if len(longer) == 1 else name)


def _is_medium(name: str, known: dict[str, str]) -> bool:
    folded = fold_name(name)
    return folded in known or (" " in folded and any(word in trace_words().media for word in folded.split()))


def _longest_medium(name: str, known: dict[str, str]) -> str | None:
    """The longest beginning of a run of capitalised words that names a medium, without a possessive."""
    words = name.split(" ")
    for count in range(len(words), 0, -1):
        start = re.sub(r"(?:[’']s?|[.,])$", "", " ".join(words[:count]))
        if _is_medium(start, known):
            return start
    return None
