"""``python -m training.refit``: fits the head for commitment to events anew, in closed form, on the trained encoder.

MEANTIME has a thousand events, nearly all of them facts: too few for the steps of training, enough for a ridge
regression on what the encoder has learned. Its strength is chosen by five folds of the training split.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch

from training.data import factuality, windows_of
from training.export import load
from training.model import Reader
from training.train import FACTUALITY_SCALE, collate

_STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)


def features(reader: Reader, path: Path) -> tuple[np.ndarray, np.ndarray]:
    """What the head sees at each event, ``(events, width)``, and the answers."""
    seen: list[torch.Tensor] = []
    hook = reader.heads["factuality"].register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    rows, answers = [], []
    with torch.inference_mode():
        for example in factuality(path, 1, "commitment"):
            for window in windows_of(example, random.Random(1), 320):
                batch = collate([window])
                seen.clear()
                reader(batch["ids"], batch["case"], batch["gap"], batch["quote"])
                known = batch["commitment"].isfinite()
                rows.append(seen[0][known].numpy())
                answers.append(batch["commitment"][known].numpy())
    hook.remove()
    return np.concatenate(rows), np.concatenate(answers) / FACTUALITY_SCALE


def ridge(x: np.ndarray, y: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Weights and bias of a ridge regression."""
    middle = x.mean(0)
    centred = x - middle
    weights = np.linalg.solve(centred.T @ centred + strength * np.eye(x.shape[1]), centred.T @ (y - y.mean()))
    return weights, float(y.mean() - middle @ weights)


def main() -> None:
    """Fits, and writes the model back."""
    options = argparse.ArgumentParser(prog="python -m training.refit", description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--out", type=Path, default=Path(".out/reader"))
    chosen = options.parse_args()
    reader, objective = load(chosen.out)
    x, y = features(reader, chosen.shared / "corpora/factuality/meantime/train.jsonl")
    folds = np.random.default_rng(1).integers(0, 5, len(y))

    def worth(strength: float) -> float:
        guesses = np.zeros_like(y)
        for fold in range(5):
            weights, bias = ridge(x[folds != fold], y[folds != fold], strength)
            guesses[folds == fold] = x[folds == fold] @ weights + bias
        return float(np.corrcoef(guesses, y)[0, 1])

    best = max(_STRENGTHS, key=worth)
    print(f"{len(y)} events, strength {best:g}, r over five folds of the training split {worth(best):.3f}")
    weights, bias = ridge(x, y, best)
    with torch.no_grad():
        reader.heads["factuality"].weight[1] = torch.from_numpy(weights)
        reader.heads["factuality"].bias[1] = bias
    torch.save({"reader": reader.state_dict(), "objective": objective.state_dict()}, chosen.out / "model.pt")


if __name__ == "__main__":
    main()
