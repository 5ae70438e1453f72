"""``python -m training.meanings``: the static word vectors of tracing, from MiniLM-L6 as it comes. Two minutes.

Every English word of its vocabulary goes through the encoder by itself; what comes out is centred, cut to its 96
strongest directions and kept in 8 bits.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import torch

from pledgewatch.read.readers.encoder.tokens import CLS, SEP
from training.model import Reader, base_weights

TARGET = Path(__file__).parents[1] / "src/pledgewatch/trace/tables/meanings.npz"
WIDTH = 96
_AT_ONCE = 512


def word_vectors() -> tuple[list[str], np.ndarray]:
    """The words and what the encoder makes of each, ``(words, 384)``."""
    vocabulary = json.loads((base_weights() / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    words = sorted((word for word in vocabulary if re.fullmatch("[a-z]{2,}", word)), key=vocabulary.__getitem__)
    reader = Reader(0.0)
    reader.load_base()
    found = []
    with torch.inference_mode():
        for first in range(0, len(words), _AT_ONCE):
            ids = torch.tensor([[CLS, vocabulary[word], SEP] for word in words[first : first + _AT_ONCE]])
            x = reader.norm(reader.words(ids) + reader.places.weight[:3] + reader.kind)
            for layer in reader.layers.eval():
                x = layer(x, torch.zeros(1, 1, 1, 3))
            found.append(x.mean(1))
    return words, torch.cat(found).numpy()


def main() -> None:
    """Makes the table."""
    options = argparse.ArgumentParser(prog="python -m training.meanings", description=__doc__)
    options.add_argument("--target", type=Path, default=TARGET)
    chosen = options.parse_args()
    words, vectors = word_vectors()
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors -= vectors.mean(0)
    _, _, directions = np.linalg.svd(vectors, full_matrices=False)
    vectors = vectors @ directions[:WIDTH].T
    vectors = np.round(vectors * (127 / np.abs(vectors).max(1, keepdims=True))).astype(np.int8)
    np.savez_compressed(chosen.target, words=np.array("\n".join(words)), vectors=vectors)
    print(f"wrote {chosen.target}: {len(words):,} words, {chosen.target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
