"""What a number counts: the noun phrase after it, cut by word classes."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Any

import yaml

LONGEST = 7
"""Most words of a counted phrase."""

_WORD = re.compile(r"[ \t\u00a0]{0,3}(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*(?:[-‐‑'’&][^\W_]+)*)")
_OF = re.compile(r"\s{1,3}of(?:\s{1,3}(?:the|these|those|its|their|his|her|our|all))?(?=\s)", re.IGNORECASE)
_SINGULAR_S = re.compile(r"(?:ss|us|is|'s|’s|news|politics|ics)$")


@functools.cache
def read_cues() -> dict[str, Any]:
    """The packaged table ``cues.yml``."""
    table: dict[str, Any] = yaml.safe_load(resources.files(__package__).joinpath("cues.yml").read_text("utf-8"))
    return table


@functools.cache
def _classes() -> tuple[frozenset[str], frozenset[str]]:
    cues = read_cues()
    return frozenset(str(word) for word in cues["stop"]), frozenset(cues["plurals"])


def _is_plural(word: str) -> bool:
    lower = word.lower()
    return lower in _classes()[1] or (len(lower) > 3 and lower.endswith("s") and not _SINGULAR_S.search(lower))


def counted_after(text: str, end: int, plural: bool = True) -> tuple[int, int] | None:
    """The half-open place of the noun phrase after a number that ends at ``end``; ``None`` when none follows.

    The phrase ends before a preposition, a verb or punctuation, and after its first plural noun unless another follows.
    After "of" ("12 percent of the voters") the phrase behind it counts.

    >>> text = "about 2,500 foreign troops remain in the north"
    >>> text[slice(*counted_after(text, 11))]
    'foreign troops'
    """
    if of := _OF.match(text, end, min(len(text), end + 24)):
        end = of.end()
    stop, _ = _classes()
    first = last = -1
    headed = False
    position, limit = end, min(len(text), end + 120)
    if text[end : end + 1] in ("-", "‐", "‑"):
        position += 1
    count = 0
    while count < LONGEST and (match := _WORD.match(text, position, limit)):
        word = match["word"]
        lower = word.lower()
        if not count and first < 0 and lower in ("more", "fewer", "other", "others", "additional", "extra"):
            position = match.end("word")
            count += 1
            continue
        if lower in stop or (count and match.start("word") == position):
            break
        if headed and not (_is_plural(word) and word[0].islower()):
            break
        if first >= 0 and lower.endswith(("ed", "ing")) and _is_plural(text[first:last].rsplit(" ", 1)[-1]):
            break
        verb = count and word[0].islower() and (lower.endswith("ed") or lower.endswith("ing")) and not plural
        if verb:
            break
        first = match.start("word") if first < 0 else first
        last = match.end("word")
        headed = plural and word[0].islower() and _is_plural(word)
        position = match.end("word")
        count += 1
    if first < 0:
        return None
    return first, last
