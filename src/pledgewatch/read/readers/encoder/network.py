"""Runs the encoder over the windows of a text and gives what it says of every piece."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from pledgewatch.read.readers.encoder.labels import (
    ATTRIBUTION_TAGS,
    FARTHEST,
    MENTION_TAGS,
    OUTPUTS,
    POINTER_WIDTH,
    POINTERS,
)
from pledgewatch.read.readers.encoder.tokens import CLS, SEP, WEIGHTS, Tokens, Window

if TYPE_CHECKING:
    import onnxruntime

Floats = npt.NDArray[np.float32]

WINDOWS_AT_ONCE = 8
_SCALE = np.float32(POINTER_WIDTH**-0.5)
_IMPOSSIBLE = np.float32(-1e4)


class Judged(NamedTuple):
    """What the encoder says of a window's pieces; arrays have one row a piece of the window.

    Attributes:
        window: which pieces.
        attribution, mention: tags, the likeliest sequence.
        part: scores of parts of speech.
        factuality: -3 to 3, a column for each of ``FACTUALITIES``.
        stance, hedge: log-probabilities, which mean something on cues.
        pointers: for each of ``POINTERS`` what points and what is pointed to, ``(pieces + 1, width)``; row 0 is nobody.
    """

    window: Window
    attribution: npt.NDArray[np.int64]
    mention: npt.NDArray[np.int64]
    part: Floats
    factuality: Floats
    stance: Floats
    hedge: Floats
    pointers: dict[str, tuple[Floats, Floats]]

    def own(self, values: Floats) -> Floats:
        """The rows of the pieces that the window owns."""
        return values[self.window.own_start - self.window.start : self.window.own_end - self.window.start]

    def scores(self, name: str, pieces: npt.NDArray[np.int64], targets: npt.NDArray[np.int64] | None = None) -> Floats:
        """How much each of ``pieces`` points at each of ``targets`` (1 is the first piece, 0 nobody; default: all).

        Without the sum over all pieces, so they compare within a row only: ``(len(pieces), len(targets))``.
        """
        froms, tos = self.pointers[name]
        if targets is None:
            targets = np.arange(len(tos))
        rows = pieces + 1
        far = np.minimum(np.maximum(targets[None, :] - rows[:, None], -FARTHEST), FARTHEST) + FARTHEST
        found: Floats = froms[rows] @ tos[targets].T * _SCALE + _decoding()["distance"][POINTERS.index(name)][far]
        return found


def judge_windows(tokens: Tokens, windows: list[Window]) -> Iterator[Judged]:
    """Each window judged, in order; a few at a time, so that memory does not grow with the text.

    The encoder sees one window at a time: what it says of a window depends on nothing else.
    """
    for first in range(0, len(windows), WINDOWS_AT_ONCE):
        batch = windows[first : first + WINDOWS_AT_ONCE]
        outputs = [_session().run(None, _inputs(tokens, window))[0][0] for window in batch]
        lengths = np.array([window.end - window.start for window in batch])
        scores = np.zeros((len(batch), int(lengths.max()), _TAGGED), dtype=np.float32)
        for row, found in enumerate(outputs):
            scores[row, : lengths[row]] = found[1 : lengths[row] + 1, :_TAGGED]
        attribution = best_tags(scores[..., _PLACES["attribution"]], _moves("attribution"), lengths)
        mention = best_tags(scores[..., _PLACES["mention"]], _moves("mention"), lengths)
        for row, window in enumerate(batch):
            length = int(lengths[row])
            own = outputs[row][1 : length + 1]
            yield Judged(
                window,
                attribution[row, :length],
                mention[row, :length],
                own[:, _PLACES["part"]],
                3.0 * own[:, _PLACES["factuality"]],
                log_softmax(own[:, _PLACES["stance"]]),
                log_softmax(own[:, _PLACES["hedge"]]),
                {
                    name: (
                        outputs[row][: length + 1, _PLACES[f"{name}: from"]],
                        outputs[row][: length + 1, _PLACES[f"{name}: to"]],
                    )
                    for name in POINTERS
                },
            )


def _inputs(tokens: Tokens, window: Window) -> dict[str, npt.NDArray[np.int64]]:
    found = {}
    for name in ("ids", "case", "gap", "quote"):
        values = np.zeros((1, window.end - window.start + 2), dtype=np.int64)
        values[0, 1:-1] = getattr(tokens, name)[window.start : window.end]
        found[name] = values
    found["ids"][0, 0], found["ids"][0, -1] = CLS, SEP
    return found


def best_tags(scores: Floats, moves: Floats, lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The likeliest sequence of tags of each row (Viterbi).

    Args:
        scores: ``(rows, length, tags)``.
        moves: ``(tags + 1, tags)`` scores from one tag to the next; the last row is for the beginning.
        lengths: of each row; what lies beyond gets tag 0.
    """
    rows, longest, count = scores.shape
    best = scores[:, 0] + moves[count]
    back = np.zeros((longest, rows, count), dtype=np.int64)
    every = np.arange(rows)
    for place in range(1, longest):
        steps = best[:, :, None] + moves[None, :count]
        back[place] = steps.argmax(1)
        going = (place < lengths)[:, None]
        best = np.where(going, steps.max(1) + scores[:, place], best)
        back[place] = np.where(going, back[place], np.arange(count)[None])
    found = np.zeros((rows, longest), dtype=np.int64)
    tag = best.argmax(-1)
    for place in range(longest - 1, -1, -1):
        found[:, place] = np.where(place < lengths, tag, 0)
        tag = back[place][every, tag]
    return found


def log_softmax(scores: Floats) -> Floats:
    """Log-probabilities from scores, along the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found


def _layout() -> dict[str, slice]:
    found, start = {}, 0
    for name, width in OUTPUTS:
        found[name] = slice(start, start + width)
        start += width
    return found


_PLACES = _layout()
_TAGGED = _PLACES["mention"].stop
"""Width of what tags are decided from: the first two outputs."""


@functools.cache
def _session() -> onnxruntime.InferenceSession:
    # Loaded when the first document is read: commands that read none need not wait for it.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: documents are read side by side in worker processes, one a core, and the sums stay the same.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(WEIGHTS / "reader.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        # Fused with the sum before it, normalisation is seven times slower than the two apart (onnxruntime 1.32).
        disabled_optimizers=["SkipLayerNormFusion"],
    )


@functools.cache
def _decoding() -> dict[str, Floats]:
    with np.load(WEIGHTS / "decoding.npz") as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


@functools.cache
def _moves(name: str) -> Floats:
    """Learned scores of one tag after another, with what is no sequence made impossible."""
    tags = ATTRIBUTION_TAGS if name == "attribution" else MENTION_TAGS
    found = np.zeros((len(tags) + 1, len(tags)), dtype=np.float32)
    found[: len(tags)] = _decoding()[f"{name} transitions"]
    for index, tag in enumerate(tags):
        if tag.startswith("I-"):
            for before in range(len(tags) + 1):
                # A window may begin inside a span.
                if before < len(tags) and tags[before] not in (f"B-{tag[2:]}", tag):
                    found[before, index] = _IMPOSSIBLE
    return found
