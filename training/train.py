"""``python -m training.train``: trains the reader's encoder; seeded, resumable, about an hour on two cores.

python -m training.train --shared ../shared --out .out/reader
python -m training.train --without polnear   # to compare: the same without PolNeAR
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from pledgewatch.read.readers.encoder.labels import MENTION_TAGS, STANCES
from pledgewatch.read.readers.encoder.tokens import CLS, SEP
from training.data import (
    NONE,
    defence,
    factuality,
    gum,
    polnear,
    read_cue_labels,
    relations,
    web_text,
    windows_of,
)
from training.fiction import write_stories
from training.model import LAYERS, Objective, Reader, sequence_loss, split_outputs

LABELS = Path(__file__).with_name("labels")
PIECES_A_BATCH = 4_096
STORIES = 1_500
"""Invented stories an epoch."""
POINTER_NAMES = ("to_source", "to_cue", "to_head", "to_antecedent")
FACTUALITY_SCALE = 3.0
SHORT_NUMBERS = "avx512_bf16" in Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").is_file() else False
"""Whether products are taken in 16 bits: twice as fast where the processor has instructions for it."""


class Material:
    """Everything there is to learn from, as makers of examples."""

    def __init__(self, shared: Path, without: set[str]) -> None:
        corpora = shared / "corpora"
        cues = read_cue_labels(LABELS / "cues.tsv")
        self.articles = [] if "polnear" in without else list(polnear(shared, "train", cues))
        self.fixed = []
        if "ewt" not in without:
            self.fixed += list(web_text(shared, "train"))
        if "gum" not in without:
            self.fixed += list(gum(shared, "train"))
        if "re3d" not in without:
            self.fixed += 3 * list(defence(shared, held_out=False))
        if "factuality" not in without:
            self.fixed += 4 * list(factuality(corpora / "factuality/meantime/train.jsonl", 3, "commitment"))
            self.fixed += list(factuality(corpora / "factuality/megaveridicality/train.jsonl", 16, "factuality"))
        if "crossre" not in without:
            for domain in ("politics", "politics", "politics", "ai", "literature", "music", "science"):
                self.fixed += list(relations(corpora / f"crossre/{domain}-train.json"))
            for domain in ("literature", "music", "science", "ai"):
                self.fixed += list(relations(corpora / f"crossre/{domain}-dev.json"))
        self.stories = 0 if "fiction" in without else STORIES
        self.relations = sorted({row[4] for example in self.fixed for row in example.pairs})
        self.kinds = sorted({kind for example in self.fixed for row in example.pairs for kind in row[5:7]})

    def windows(self, chance: random.Random, longest: int) -> list[dict[str, Any]]:
        """One epoch's windows: articles damaged anew, everything cut anew."""
        found = []
        for make in self.articles:
            found.extend(windows_of(make(chance), chance, longest))
        for example in (*self.fixed, *write_stories(chance, self.stories)):
            found.extend(windows_of(example, chance, longest))
        return found


def batches(windows: list[dict[str, Any]], chance: random.Random) -> Iterator[list[dict[str, Any]]]:
    """Windows of like length together, batches in random order."""
    order = sorted(windows, key=lambda window: (len(window["tokens"].ids) // 16, chance.random()))
    found: list[list[dict[str, Any]]] = [[]]
    for window in order:
        longest = len(window["tokens"].ids)
        if found[-1] and (len(found[-1]) + 1) * longest > PIECES_A_BATCH:
            found.append([])
        found[-1].append(window)
    chance.shuffle(found)
    yield from found


def collate(batch: list[dict[str, Any]]) -> dict[str, Any]:
    """Padded tensors, each piece one place to the right: the first place is ``[CLS]``."""
    length = max(len(window["tokens"].ids) for window in batch) + 2
    found: dict[str, Any] = {}
    for name in ("ids", "case", "gap", "quote"):
        values = torch.zeros(len(batch), length, dtype=torch.long)
        for row, window in enumerate(batch):
            part = getattr(window["tokens"], name)
            values[row, 1 : len(part) + 1] = torch.from_numpy(part)
            if name == "ids":
                values[row, 0], values[row, len(part) + 1] = CLS, SEP
        found[name] = values
    for name in ("attribution", "mention", "part", "factuality", "commitment", "stance", "hedge", *POINTER_NAMES):
        is_value = name in ("factuality", "commitment")
        empty = float("nan") if is_value else 0 if name == "mention" else NONE
        kind = torch.float if is_value else torch.long
        values = torch.full((len(batch), length), empty, dtype=kind)
        for row, window in enumerate(batch):
            part = window[name]
            values[row, 1 : len(part) + 1] = torch.from_numpy(part)
        found[name] = values
    found["pairs"] = [(row, *pair) for row, window in enumerate(batch) for pair in window["pairs"]]
    return found


STANCE_WEIGHTS = torch.tensor([1.0 if stance == "asserts" else 2.0 for stance in STANCES])


MENTION_WEIGHT = 2.0


def losses(reader: Reader, objective: Objective, batch: dict[str, Any]) -> dict[str, Tensor]:
    """The loss of each head that has labels in the batch."""
    with torch.autocast("cpu", torch.bfloat16, enabled=SHORT_NUMBERS):
        judged = reader(batch["ids"], batch["case"], batch["gap"], batch["quote"])
    outputs = split_outputs(judged.float())
    padding = batch["ids"] == 0
    found = {}
    kept = batch["attribution"] != NONE
    if kept.any():
        found["attribution"] = sequence_loss(
            outputs["attribution"], objective.transitions["attribution"], batch["attribution"], kept
        )
    masks = batch["mention"]
    if (masks > 0).any():
        rows = masks > 0
        bits = (masks[rows][:, None] >> torch.arange(len(MENTION_TAGS))) & 1
        scores = outputs["mention"][rows].log_softmax(-1)
        found["mention"] = MENTION_WEIGHT * -torch.logsumexp(scores.masked_fill(bits == 0, -1e4), -1).mean()
    for name, weight in (("part", 0.3), ("stance", 0.3), ("hedge", 0.3)):
        rows = batch[name] != NONE
        if rows.any():
            balance = STANCE_WEIGHTS if name == "stance" else None
            found[name] = weight * F.cross_entropy(outputs[name][rows], batch[name][rows], weight=balance)
    for question, name in enumerate(("factuality", "commitment")):
        rows = batch[name].isfinite()
        if rows.any():
            wanted = batch[name][rows] / FACTUALITY_SCALE
            found[name] = F.smooth_l1_loss(outputs["factuality"][..., question][rows], wanted, beta=0.3)
    for index, (name, weight) in enumerate(zip(POINTER_NAMES, (0.3, 0.5, 0.3, 0.1), strict=True)):
        rows = batch[name] != NONE
        if rows.any():
            scores = objective.pointer(outputs, index, padding)
            found[name] = weight * F.nll_loss(scores[rows], batch[name][rows])
    pairs = [pair for pair in batch["pairs"] if pair[5] in objective.relations]
    if pairs:
        scores = objective.relation(outputs["relation"], [(*pair[:5], *pair[6:]) for pair in pairs])
        wanted = torch.tensor([objective.relations.index(pair[5]) for pair in pairs])
        found["relation"] = 0.3 * F.cross_entropy(scores, wanted)
    return found


def groups(reader: Reader, objective: Objective, rate: float, decay: float) -> list[dict[str, Any]]:
    """Learning rates that fall from the top layer to the embeddings; heads learn faster."""
    found = []
    for index, layer in enumerate(reader.layers):
        found.append({"params": list(layer.parameters()), "lr": rate * decay ** (LAYERS - 1 - index)})
    low = [reader.words.weight, reader.places.weight, reader.kind, *reader.norm.parameters()]
    found.append({"params": low, "lr": rate * decay**LAYERS})
    extra = [*reader.case.parameters(), *reader.gap.parameters(), *reader.quote.parameters()]
    found.append({"params": extra, "lr": rate * 3})
    heads = [reader.mix, *reader.heads.parameters(), *objective.parameters()]
    found.append({"params": heads, "lr": 1e-3})
    for group in found:
        group["peak"] = group["lr"]
    return found


class Average:
    """A moving average of the weights, which is what is shipped."""

    def __init__(self, modules: list[torch.nn.Module], decay: float) -> None:
        self.modules, self.decay = modules, decay
        self.values = [p.detach().clone() for m in modules for p in m.parameters()]
        self.steps = 0

    @torch.no_grad()
    def update(self) -> None:
        """Takes the present weights in."""
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        now = [p for m in self.modules for p in m.parameters()]
        torch._foreach_lerp_(self.values, now, 1 - decay)

    @torch.no_grad()
    def swap(self) -> None:
        """Exchanges present and average weights."""
        for kept, p in zip(self.values, (p for m in self.modules for p in m.parameters()), strict=True):
            held = p.detach().clone()
            p.copy_(kept)
            kept.copy_(held)


def main() -> None:
    """Trains, and writes ``model.pt`` and ``meta.json`` after every epoch."""
    options = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--out", type=Path, default=Path(".out/reader"))
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rate", type=float, default=2e-4)
    options.add_argument("--decay", type=float, default=0.9)
    options.add_argument("--longest", type=int, default=320)
    options.add_argument(
        "--without", nargs="*", default=[], help="corpora to leave out, by the names of training/README.md"
    )
    chosen = options.parse_args()
    torch.manual_seed(chosen.seed)
    chance = random.Random(chosen.seed)
    np.random.seed(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    material = Material(chosen.shared, set(chosen.without))
    reader, objective = Reader(), Objective(material.relations, material.kinds)
    reader.load_base()
    optimizer = torch.optim.AdamW(groups(reader, objective, chosen.rate, chosen.decay), weight_decay=0.01, fused=True)
    average = Average([reader, objective], 0.998)
    first, step = 0, 0
    resume = chosen.out / "resume.pt"
    if resume.is_file():
        state = torch.load(resume, weights_only=False)
        reader.load_state_dict(state["reader"])
        objective.load_state_dict(state["objective"])
        optimizer.load_state_dict(state["optimizer"])
        average.values, average.steps = state["average"], state["average_steps"]
        chance.setstate(state["chance"])
        torch.set_rng_state(state["torch"])
        first, step = state["epoch"], state["step"]
        print(f"goes on after epoch {first}", flush=True)
    for epoch in range(first, chosen.epochs):
        windows = material.windows(chance, chosen.longest)
        todo = list(batches(windows, chance))
        total = len(todo) * chosen.epochs
        if not step:
            pieces = sum(len(window["tokens"].ids) for window in windows)
            print(f"{pieces:,} pieces an epoch, {len(todo)} batches", flush=True)
        reader.train()
        objective.train()
        started, sums, counts = time.perf_counter(), {}, {}
        for number, batch in enumerate(todo, 1):
            share = step / total
            factor = min(1.0, step / (0.05 * total)) if share < 0.05 else max(0.02, (1 - share) / 0.95)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * factor
            found = losses(reader, objective, collate(batch))
            sum(found.values()).backward()
            torch.nn.utils.clip_grad_norm_([*reader.parameters(), *objective.parameters()], 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            average.update()
            step += 1
            for name, value in found.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
                counts[name] = counts.get(name, 0) + 1
            if number % 25 == 0 or number == len(todo):
                told = " ".join(f"{name} {sums[name] / counts[name]:.3f}" for name in sorted(sums))
                print(
                    f"epoch {epoch + 1} {number}/{len(todo)} {time.perf_counter() - started:.0f} s: {told}", flush=True
                )
                sums, counts = {}, {}
        torch.save(
            {
                "reader": reader.state_dict(), "objective": objective.state_dict(), "optimizer": optimizer.state_dict(),
                "average": average.values, "average_steps": average.steps, "chance": chance.getstate(),
                "torch": torch.get_rng_state(), "epoch": epoch + 1, "step": step,
            },
            resume,
        )  # fmt: skip
        average.swap()
        torch.save({"reader": reader.state_dict(), "objective": objective.state_dict()}, chosen.out / "model.pt")
        average.swap()
        meta = {
            "relations": material.relations,
            "kinds": material.kinds,
            "options": {k: str(v) for k, v in vars(chosen).items()},
        }
        (chosen.out / "meta.json").write_text(json.dumps(meta, indent=1))


if __name__ == "__main__":
    main()
