"""Runs of words that two texts have in common."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class ShingleWord(NamedTuple):
    """A word as it is compared, and its half-open place ``[start, end)``."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=131_072)
def fold_word(word: str) -> str:
    """A word for comparison: lower case, no accents, no apostrophes, no grouping commas in numbers.

    >>> fold_word("Café"), fold_word("1,200"), fold_word("don’t")
    ('cafe', '1200', 'dont')
    """
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if char.isalnum() or char == ".")


def comparison_words(text: str) -> tuple[ShingleWord, ...]:
    """The words and numbers of ``text`` as they are compared; marks and spacing do not count.

    >>> [word.key for word in comparison_words("The envoy’s 1,200 men — “here”.")]
    ['the', 'envoys', '1200', 'men', 'here']
    """
    return tuple(ShingleWord(found.start(), found.end(), fold_word(found.group())) for found in _WORD.finditer(text))


@lru_cache(maxsize=131_072)
def number_of(word: str) -> int:
    """A 64-bit number for a word, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def make_shingles(words: Sequence[str], size: int) -> Keys:
    """One 64-bit number for each run of ``size`` words, in text order; the same on every machine.

    Item ``i`` stands for ``words[i : i + size]``. A text shorter than ``size`` gives none (Broder 1997).

    >>> make_shingles("a b c d".split(), 3)[1] == make_shingles("b c d".split(), 3)[0]
    np.True_
    """
    if size < 1 or len(words) < size:
        return np.zeros(0, dtype=np.uint64)
    numbers = np.fromiter(map(number_of, words), dtype=np.uint64, count=len(words))
    keys = np.zeros(len(numbers) - size + 1, dtype=np.uint64)
    for place in range(size):
        keys = (keys * _FACTOR) ^ numbers[place : place + len(keys)]
    return keys


def containment(smaller: Keys, larger: Keys) -> float:
    """The share of ``smaller`` that ``larger`` holds too, 0..1; 0 when ``smaller`` is empty. Each key stands once.

    >>> containment(np.array([1, 2], dtype=np.uint64), np.array([2, 3, 4], dtype=np.uint64))
    0.5
    """
    return len(np.intersect1d(smaller, larger, assume_unique=True)) / len(smaller) if len(smaller) else 0.0
