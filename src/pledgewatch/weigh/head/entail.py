"""Reads pairs of texts with a small cross-encoder (MiniLM-L6, ours by training; card beside the weights)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import onnxruntime

from pledgewatch.text.pieces import load_pieces

LONGEST = 128
"""Pieces of a pair; the statement is cut where both are longer."""

_FIRST, _BETWEEN = 101, 102
_ROOM = 48
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Entailment:
    """What a statement, taken at its word, says of a sentence; probabilities that sum to one."""

    holds: float
    contrary: float
    neutral: float


@functools.cache
def _session() -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    weights = resources.files(__package__).joinpath("weights", "bearing.onnx").read_bytes()
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


@functools.lru_cache(maxsize=50_000)
def _pieces(text: str) -> tuple[int, ...]:
    return tuple(load_pieces().encode(text, add_special_tokens=False).ids)


def entail(pairs: Sequence[tuple[str, str]]) -> tuple[Entailment, ...]:
    """What each statement says of its sentence: ``(statement, sentence)`` in, one answer a pair out, in order.

    The same pair gives the same answer in any company: pairs are read in batches of one length.
    """
    coded = [_code(statement, sentence) for statement, sentence in pairs]
    answers: list[Entailment | None] = [None] * len(pairs)
    by_length: dict[int, list[int]] = {}
    for number, (ids, _) in enumerate(coded):
        by_length.setdefault(len(ids), []).append(number)
    for numbers in by_length.values():
        for start in range(0, len(numbers), _BATCH):
            part = numbers[start : start + _BATCH]
            scores = _session().run(
                None,
                {
                    "ids": np.asarray([coded[number][0] for number in part], dtype=np.int64),
                    "kinds": np.asarray([coded[number][1] for number in part], dtype=np.int64),
                },
            )[0]
            shares = np.exp(scores - scores.max(1, keepdims=True))
            shares /= shares.sum(1, keepdims=True)
            for number, (holds, contrary, neutral) in zip(part, shares.tolist(), strict=True):
                answers[number] = Entailment(holds, contrary, neutral)
    return tuple(answer for answer in answers if answer is not None)


def _code(statement: str, sentence: str) -> tuple[list[int], list[int]]:
    second = _pieces(sentence)[:_ROOM]
    first = _pieces(statement)[: LONGEST - len(second) - 3]
    ids = [_FIRST, *first, _BETWEEN, *second, _BETWEEN]
    return ids, [0] * (len(first) + 2) + [1] * (len(second) + 1)
