"""The words of a search and the place where they stand, the same for every database."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pledgewatch.model.span import Span

PASSAGE = 160
"""Code points of a passage, about."""

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    # One code point for one, so that places survive: "É" -> "e", "ß" stays.
    lowered = letter.lower()
    base = unicodedata.normalize("NFD", lowered)[:1]
    return base if len(lowered) == 1 else letter


def fold_letters(text: str) -> str:
    """The text without case and accents, each code point in its place.

    >>> fold_letters("Élysée")
    'elysee'
    """
    return "".join(map(_fold, text))


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text as the search sees them: folded, without punctuation, each once, in order.

    >>> split_words('Cease-fire "near" (Zürich) OR near:')
    ('cease', 'fire', 'near', 'zurich', 'or')
    """
    return tuple(dict.fromkeys(_WORD.findall(fold_letters(text))))


def cut_passage(text: str, words: tuple[str, ...]) -> Span:
    """The passage around the first place where a word of the text starts with one of the words, cut between words."""
    folded = fold_letters(text)
    starts = "|".join(re.escape(word) for word in words)
    match = re.search(rf"(?<![^\W_])(?:{starts})", folded) if words else None
    middle = match.start() if match else 0
    start = max(0, middle - PASSAGE // 2)
    end = min(len(text), start + PASSAGE)
    # A word cut in two at a border is left out, but never so far that the match itself would go.
    if start > 0:
        border = re.compile(r"\s\S").search(text, start, middle + 1)
        start = border.start() + 1 if border else middle
    if end < len(text) and not text[end].isspace():
        matched_end = match.end() if match else start
        while end > matched_end and not text[end - 1].isspace():
            end -= 1
        end = end if end > matched_end else min(len(text), start + PASSAGE)
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span.cut(text, start, end)
