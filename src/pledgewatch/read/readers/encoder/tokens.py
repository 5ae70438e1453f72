"""Word pieces of a text with their places, and what the pieces lose: capitals, gaps, quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pledgewatch.text.pieces import load_pieces
from pledgewatch.text.quotes import Quotation, find_quotations

Ints = npt.NDArray[np.int64]

WEIGHTS = Path(__file__).with_name("weights")
CLS, SEP, PAD = 101, 102, 0
LONGEST_WINDOW = 320
"""Most pieces of one window, with the two that frame it."""
BEFORE, AFTER = 24, 12
"""Pieces of context that a window takes from its neighbours."""
_BLOCK = 200_000
"""Code points that are split into pieces at a time."""

CASES, GAPS, QUOTES = 6, 4, 4
"""How many values each feature has."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of a text: arrays of one length.

    Attributes:
        ids: word pieces of the vocabulary.
        starts, ends: half-open places in the text, in code points. They come from the text, never from a model.
        case: 0 no letters, 1 small, 2 first letter large, 3 all large, 4 mixed, 5 digits; of the whole word.
        gap: what stands before: 0 nothing, 1 space, 2 a line break, 3 an empty line.
        quote: 0 outside quotation marks, 1 inside, 2 an opening mark, 3 a closing mark.
        first: whether the piece begins a word.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    case: Ints
    gap: Ints
    quote: Ints
    first: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def pieces(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of pieces that lie, wholly or in part, in ``[start, end)`` of the text."""
        low = int(np.searchsorted(self.ends, start, side="right"))
        high = int(np.searchsorted(self.starts, end, side="left"))
        return low, max(low, high)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``[start, end)`` that are read together, of which ``[own_start, own_end)`` are judged here."""

    start: int
    end: int
    own_start: int
    own_end: int


def tokenize(text: str, quotations: tuple[Quotation, ...] | None = None) -> Tokens:
    """The pieces of ``text`` in its order; those of no width (odd control characters) are left out."""
    ids: list[int] = []
    places: list[tuple[int, int]] = []
    for offset, block in _blocks(text):
        encoding = load_pieces().encode(block, add_special_tokens=False)
        ids.extend(encoding.ids)
        places.extend((offset + start, offset + end) for start, end in encoding.offsets)
    keep = [index for index, (start, end) in enumerate(places) if end > start]
    starts = np.array([places[index][0] for index in keep], dtype=np.int64)
    ends = np.array([places[index][1] for index in keep], dtype=np.int64)
    case, gap, first = _shapes(text, [places[index] for index in keep])
    return Tokens(
        np.array([ids[index] for index in keep], dtype=np.int64),
        starts,
        ends,
        case,
        gap,
        _quoted(text, starts, quotations),
        first,
    )


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of a very long text, cut at white space where there is any: the tokenizer holds much for each piece."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _BLOCK)
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind("\n", start, end)) + 1 or end
        yield start, text[start:end]
        start = end


def _shapes(text: str, places: list[tuple[int, int]]) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    count = len(places)
    case, gap = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    first = np.ones(count, dtype=np.bool_)
    word_start, previous_end = 0, 0
    for index, (start, end) in enumerate(places):
        before = text[previous_end:start]
        if index == 0 or "\n\n" in before:
            gap[index] = 3
        elif "\n" in before:
            gap[index] = 2
        elif before:
            gap[index] = 1
        glued = index > 0 and not before and text[start].isalnum() and text[start - 1].isalnum()
        first[index] = not glued
        if not glued:
            word_start = index
        elif case[index - 1] != (kind := _case(text[places[word_start][0] : end])):
            case[word_start:index] = kind
        case[index] = _case(text[places[word_start][0] : end])
        previous_end = end
    return case, gap, first


def _case(word: str) -> int:
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.isdigit():
        return 5
    if word[:1].isupper() and word[1:].islower():
        return 2
    return 4 if any(character.isalpha() for character in word) else 0


def _quoted(text: str, starts: Ints, quotations: tuple[Quotation, ...] | None) -> Ints:
    found = np.zeros(len(starts), dtype=np.int64)
    for quotation in find_quotations(text) if quotations is None else quotations:
        low, high = np.searchsorted(starts, [quotation.start, quotation.end])
        found[low:high] = 1
        if high > low:
            found[low] = 2
            if starts[high - 1] == quotation.end - 1:
                found[high - 1] = 3
    return found


def cut_windows(
    tokens: Tokens,
    sentences: tuple[tuple[int, int], ...],
    longest: int = LONGEST_WINDOW,
    before: int = BEFORE,
    after: int = AFTER,
) -> list[Window]:
    """Windows that own every piece once, cut at sentence ends where these allow, with some pieces of context around.

    A sentence longer than a window is cut where the window ends.
    """
    room = longest - 2
    own = room - before - after
    count = len(tokens)
    if count <= room:
        return [Window(0, count, 0, count)] if count else []
    borders = np.unique(np.searchsorted(tokens.starts, [start for start, _ in sentences]))
    # As many windows as are needed, of nearly one length: padding costs time.
    share = -(-count // -(-count // own))
    windows = []
    start = 0
    while start < count:
        if count - start <= own:
            end = count
        else:
            near = borders[(borders > start + own // 2) & (borders <= start + own)]
            fit = near[near <= max(share, own // 2 + 1) + start]
            end = int(fit[-1] if len(fit) else near[0] if len(near) else start + own)
        windows.append(Window(max(0, start - before), min(count, end + after), start, end))
        start = end
    return windows
