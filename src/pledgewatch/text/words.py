"""Words with their places."""

from __future__ import annotations

import re
from typing import NamedTuple


class Word(NamedTuple):
    """A word, number or mark and its half-open place ``[start, end)``, in code points."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The word in lower case, with the typewriter's apostrophe."""
        return self.text.lower().replace("’", "'")


_WORD = re.compile(
    r"""
    (?:[^\W\d_]\.){2,}                        # U.S.  a.m.
    | \d+(?:[.,:]\d+)*                         # 1,200  3.5  12:30
    | [’'](?:s|S)\b(?![’'])                    # the possessive stands alone: Varna | 's
    | [^\W_]+(?:[’'](?!s\b|S\b)[^\W_]+)*       # didn't  o'clock
    | \.{2,}
    | \S
    """,
    re.VERBOSE,
)


def split_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words, numbers and marks of ``text[start:end]``, with places in ``text``.

    Hyphens and the possessive are words of their own; abbreviations with inner stops and contractions stay whole.

    >>> [word.text for word in split_words("The U.S. envoy's 1,200 men didn’t move.")]
    ['The', 'U.S.', 'envoy', "'s", '1,200', 'men', 'didn’t', 'move', '.']
    """
    stop = len(text) if end is None else end
    return tuple(Word(found.start(), found.end(), found.group()) for found in _WORD.finditer(text, start, stop))
