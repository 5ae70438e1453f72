"""Pieces, windows and the likeliest tags: what is true of any text and any scores."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.read.readers.encoder.decoding import decode_windows
from pledgewatch.read.readers.encoder.network import best_tags
from pledgewatch.read.readers.encoder.tokens import LONGEST_WINDOW, cut_windows, tokenize
from pledgewatch.text.sentences import split_sentences

WORDS = st.lists(
    st.sampled_from(("Vess ", "said ", "so. ", "“Go,” ", "İstanbul ", "don’t ", "3,500 ", "\n\n", "x" * 40))
)


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.text(max_size=300), WORDS.map("".join)))
def test_pieces_follow_each_other_in_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert list(tokens.starts) == sorted(tokens.starts)


@settings(max_examples=50, deadline=None)
@given(words=st.lists(st.sampled_from(("go ", "so. ", "x\n\n", "Vess, ")), max_size=2_000))
def test_windows_own_every_piece_once(words: list[str]) -> None:
    text = "".join(words)
    tokens = tokenize(text)
    windows = cut_windows(tokens, split_sentences(text))
    owned = [place for window in windows for place in range(window.own_start, window.own_end)]
    assert owned == list(range(len(tokens)))
    for window in windows:
        assert window.start <= window.own_start <= window.own_end <= window.end
        assert window.end - window.start <= LONGEST_WINDOW - 2


def test_a_text_is_split_alike_in_blocks_and_at_once() -> None:
    words = "Anna Vess said it was so. " * 9_000
    tokens = tokenize(words)
    assert len(tokens) == 9_000 * 8
    assert words[tokens.starts[-2] : tokens.ends[-2]] == "so"


@given(seed=st.integers(0, 10_000), length=st.integers(1, 5), count=st.integers(1, 4))
def test_the_tags_are_the_likeliest_of_all_sequences(seed: int, length: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(size=(2, 5, count)).astype(np.float32)
    moves = chance.normal(size=(count + 1, count)).astype(np.float32)
    found = best_tags(scores, moves, np.array([length, 5]))

    def worth(row: int, tags: tuple[int, ...]) -> float:
        steps = zip((count, *tags), tags, strict=False)
        return sum(scores[row, place, tag] for place, tag in enumerate(tags)) + sum(moves[step] for step in steps)

    for row, size in ((0, length), (1, 5)):
        best = max(itertools.product(range(count), repeat=size), key=lambda tags: worth(row, tags))
        assert abs(worth(row, tuple(found[row, :size].tolist())) - worth(row, best)) < 1e-4


def test_nothing_is_decoded_from_nothing() -> None:
    tokens = tokenize("")
    decoded = decode_windows(tokens, cut_windows(tokens, ()))
    assert decoded.attributions == []
    assert decoded.mentions == []
