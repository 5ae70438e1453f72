"""Static word vectors: which words mean nearly the same, for copies whose words were replaced one by one."""

from __future__ import annotations

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Meanings(NamedTuple):
    """Unit vectors, ``(words + 1, width)``, the last row nought; and the row of each word as it is compared."""

    rows: dict[str, int]
    vectors: Floats


@functools.cache
def meanings() -> Meanings:
    """The table of ``training/meanings.py``: 21,719 English words as MiniLM-L6 sees each by itself."""
    path = resources.files("pledgewatch.trace").joinpath("tables/meanings.npz")
    with path.open("rb") as file, np.load(file) as found:
        words = str(found["words"]).split("\n")
        vectors = found["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    nothing = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    return Meanings({word: row for row, word in enumerate(words)}, np.concatenate([vectors, nothing]))


def row_of(word: str) -> int:
    """The row of a word; -1, the row of noughts, for one that the table lacks."""
    return meanings().rows.get(word, -1)
