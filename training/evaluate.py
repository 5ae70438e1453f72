"""``python -m training.evaluate``: dev figures that need the full model in torch: relations between given mentions."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from evals.manner import macro_f1
from training.data import relations, windows_of
from training.export import load
from training.model import split_outputs
from training.train import collate


def main() -> None:
    """Prints micro and macro F1 on CrossRE's politics dev split."""
    options = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--out", type=Path, default=Path(".out/reader"))
    chosen = options.parse_args()
    reader, objective = load(chosen.out)
    gold: list[str] = []
    ours: list[str] = []
    with torch.inference_mode():
        for example in relations(chosen.shared / "corpora/crossre/politics-dev.json"):
            for window in windows_of(example, random.Random(1), 512):
                if not window["pairs"]:
                    continue
                batch = collate([window])
                outputs = split_outputs(reader(batch["ids"], batch["case"], batch["gap"], batch["quote"]))
                scores = objective.relation(outputs["relation"], [(*pair[:5], *pair[6:]) for pair in batch["pairs"]])
                gold.extend(pair[5] for pair in batch["pairs"])
                ours.extend(objective.relations[index] for index in scores.argmax(-1).tolist())
    right = sum(mine == wanted for mine, wanted in zip(ours, gold, strict=True))
    print(
        f"CrossRE politics dev, {len(gold)} pairs: micro F1 {right / len(gold):.3f}, macro {macro_f1(ours, gold):.3f}"
    )


if __name__ == "__main__":
    main()
