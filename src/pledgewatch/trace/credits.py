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
_DATELINE = re.compile(r"^[ \t]*[A-Z][^\n().]{1,60}\((?P<name>[A-Z][\w .&'’-]{1,40})\)\s{0,2}[-–—]", re.MULTILINE)
_SIGN_OFF = re.compile(r"(?:^|\n)[ \t]*(?:/|©|\(c\)|Copyright|Source:)\s{0,2}(?P<name>[A-Z][\w .&'’-]{1,40}?)[/.]?\s*$")
HEAD = 400
"""A dateline stands within so many code points of the beginning."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A name that the document credits, its place, and the place of the whole sentence part that credits it."""

    name: str
    start: int
    end: int
    strong: bool


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(r"\b" + pattern.replace("NAME", _NAME) if pattern[0].isalpha() else pattern.replace("NAME", _NAME))
        for pattern in trace_words().credits
    )


def find_credits(text: str, publishers: Iterable[str]) -> tuple[Credit, ...]:
    """Names that ``text`` credits as the medium its story comes from, in text order.

    A name counts when it is one of ``publishers`` (of the case) or has a word of a medium in it ("Wire", "Herald"), so
    that "told the minister" credits nobody. A name in a dateline or a sign-off credits the whole text (``strong``).

    >>> [credit.name for credit in find_credits("He told the Lesna Herald so. He told President Ruk.", [])]
    ['Lesna Herald']
    """
    known = {fold_name(publisher): publisher for publisher in publishers if publisher}
    found: dict[int, Credit] = {}
    for pattern in (_DATELINE, _SIGN_OFF):
        place = text[:HEAD] if pattern is _DATELINE else text
        for match in pattern.finditer(place):
            name = match["name"].strip()
            if _is_medium(name, known) or (pattern is _DATELINE and name.isupper()):
                found[match.start("name")] = Credit(known.get(fold_name(name), name), *match.span("name"), strong=True)
    for pattern in _patterns():
        for match in pattern.finditer(text):
            name, start = match["name"], match.start("name")
            medium = _longest_medium(name, known)
            if medium is not None and start not in found:
                shown = known.get(fold_name(medium), medium)
                found[start] = Credit(shown, start, start + len(medium), strong=False)
    return tuple(found[start] for start in sorted(found))


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
