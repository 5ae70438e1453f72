"""The cross-encoder of bearing in torch, and how it is trained. Runs on a GPU where there is one."""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
TASKS = ("bearing", "stance", "facts", "perspectrum", "fever", "veridicality", "wice", "cases", "others", "real")
BINARY = (1, 2, 3, 4)
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, n, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Pairs(nn.Module):
    """Scores of holds, contrary, neutral for pairs of texts."""

    def __init__(self, words: int, drop: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))
        self.drop = nn.Dropout(drop)
        self.head = nn.Sequential(nn.Linear(4 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(drop), nn.Linear(WIDTH, 3))

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        kept = ids != 0
        mask = torch.zeros(kept.shape, device=ids.device, dtype=self.norm.weight.dtype).masked_fill(~kept, -1e4)
        mask = mask[:, None, None, :]
        x = self.drop(self.norm(self.words(ids) + self.places.weight[: ids.shape[1]] + self.kinds(kinds)))
        for layer in self.layers:
            x = layer(x, mask.to(x.dtype))
        # Beside the first piece, the means of the two texts, and where they differ.
        one = (kept & (kinds == 0)).to(x.dtype)[..., None]
        two = (kept & (kinds == 1)).to(x.dtype)[..., None]
        a = (x * one).sum(1) / one.sum(1).clamp(min=1)
        b = (x * two).sum(1) / two.sum(1).clamp(min=1)
        return self.head(torch.cat([x[:, 0], a, b, (a - b).abs()], -1)).float()

    def load_base(self, base: dict[str, np.ndarray]) -> None:
        """Starts from MiniLM-L6 as it comes."""

        def put(parameter: Tensor, *names: str) -> None:
            value = np.concatenate([base[name].astype(np.float32) for name in names])
            parameter.copy_(torch.from_numpy(value))

        with torch.no_grad():
            self.words.weight.normal_(std=0.02)
            self.words.weight[torch.from_numpy(base["used"]).long()] = torch.from_numpy(
                base["words"].astype(np.float32)
            )
            put(self.places.weight, "embeddings.position_embeddings.weight")
            put(self.kinds.weight, "embeddings.token_type_embeddings.weight")
            for part in ("weight", "bias"):
                put(getattr(self.norm, part), f"embeddings.LayerNorm.{part}")
                for index, layer in enumerate(self.layers):
                    name = f"encoder.layer.{index}."
                    put(
                        getattr(layer.qkv, part),
                        *(f"{name}attention.self.{side}.{part}" for side in ("query", "key", "value")),
                    )
                    put(getattr(layer.out, part), f"{name}attention.output.dense.{part}")
                    put(getattr(layer.norm, part), f"{name}attention.output.LayerNorm.{part}")
                    put(getattr(layer.up, part), f"{name}intermediate.dense.{part}")
                    put(getattr(layer.down, part), f"{name}output.dense.{part}")
                    put(getattr(layer.norm2, part), f"{name}output.LayerNorm.{part}")


class Data:
    """The prepared pairs, on the device."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / "pairs.npz") as found:
            self.ids = torch.from_numpy(found["ids"].astype(np.int64)).to(DEVICE)
            self.kinds = torch.from_numpy(found["kinds"].astype(np.int64)).to(DEVICE)
            self.labels = torch.from_numpy(found["labels"].astype(np.int64)).to(DEVICE)
            self.tasks, self.dev, self.groups = found["tasks"], found["dev"], found["groups"]
        self.lengths = (self.ids != 0).sum(1).cpu().numpy()
        with np.load(folder / "base.npz") as found:
            self.base = {name: found[name] for name in found.files}

    def task(self, name: str) -> np.ndarray:
        """Rows of a task."""
        return np.flatnonzero(self.tasks == TASKS.index(name))


WEIGHTS = {
    "bearing": 1.5,
    "stance": 0.8,
    "facts": 1.0,
    "perspectrum": 1.0,
    "fever": 1.5,
    "veridicality": 0.3,
    "wice": 0.5,
    "others": 0.7,
    "real": 1.5,
}


def train(data: Data, rows: np.ndarray, options: argparse.Namespace, seed: int) -> Pairs:
    """One model trained on the rows."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model = Pairs(30_522, options.drop)
    model.load_base(data.base)
    model.to(DEVICE)
    head = [parameter for name, parameter in model.named_parameters() if name.startswith("head")]
    body = [parameter for name, parameter in model.named_parameters() if not name.startswith("head")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": options.rate}, {"params": head, "lr": options.rate * 5}], weight_decay=0.01
    )
    steps = options.epochs * math.ceil(len(rows) / options.batch)
    base = [group["lr"] for group in optimiser.param_groups]
    task_weight = torch.tensor([WEIGHTS.get(name, 0.0) for name in TASKS], device=DEVICE)
    binary = torch.tensor([index in BINARY for index in range(len(TASKS))], device=DEVICE)
    tasks = torch.from_numpy(data.tasks.astype(np.int64)).to(DEVICE)
    step = 0
    for _ in range(options.epochs):
        model.train()
        order = rng.permutation(rows)
        # Batches of like length: sorted within chunks.
        chunks = [order[i : i + options.batch * 32] for i in range(0, len(order), options.batch * 32)]
        batches = []
        for chunk in chunks:
            chunk = chunk[np.argsort(data.lengths[chunk], kind="stable")]
            batches += [chunk[i : i + options.batch] for i in range(0, len(chunk), options.batch)]
        rng.shuffle(batches)
        for batch in batches:
            scale = min(1.0, (step + 1) / (0.08 * steps)) * max(0.0, 1 - step / steps)
            for group, rate in zip(optimiser.param_groups, base, strict=True):
                group["lr"] = rate * scale
            index = torch.from_numpy(batch).to(DEVICE)
            longest = int(data.lengths[batch].max())
            with torch.autocast(DEVICE, dtype=torch.bfloat16):
                scores = model(data.ids[index, :longest], data.kinds[index, :longest])
            scores = scores.masked_fill(
                binary[tasks[index]][:, None] & torch.tensor([False, False, True], device=DEVICE), -1e4
            )
            loss = F.cross_entropy(scores, data.labels[index], reduction="none", label_smoothing=0.0)
            loss = (loss * task_weight[tasks[index]]).mean()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
    return model.eval()


@torch.no_grad()
def score(model: Pairs, data: Data, rows: np.ndarray) -> np.ndarray:
    """Scores of the rows."""
    found = np.zeros((len(rows), 3), dtype=np.float32)
    order = np.argsort(data.lengths[rows], kind="stable")
    for start in range(0, len(rows), 512):
        part = order[start : start + 512]
        index = torch.from_numpy(rows[part]).to(DEVICE)
        longest = int(data.lengths[rows[part]].max())
        with torch.autocast(DEVICE, dtype=torch.bfloat16):
            found[part] = model(data.ids[index, :longest], data.kinds[index, :longest]).cpu().numpy()
    return found


def macro_f1(found: np.ndarray, gold: np.ndarray, labels: int) -> float:
    """Mean F1 over the labels."""
    total = 0.0
    for label in range(labels):
        right = ((found == label) & (gold == label)).sum()
        total += 2 * right / max(1, (found == label).sum() + (gold == label).sum())
    return float(total / labels)


def report(data: Data, scores: np.ndarray, rows: np.ndarray, name: str) -> float:
    gold = data.labels[torch.from_numpy(rows)].cpu().numpy() if DEVICE == "cpu" else data.labels.cpu().numpy()[rows]
    labels = 2 if name in ("stance", "facts", "perspectrum", "fever") else 3
    value = macro_f1(scores[:, :labels].argmax(1), gold, labels)
    line = f"  {name} {len(rows)}: macro F1 {value:.4f}"
    if labels == 3:
        odds = np.exp(scores - scores.max(1, keepdims=True))
        line += f", area under the curve of what bears {area(-odds[:, 2] / odds.sum(1), gold != 2):.3f}"
    print(line, flush=True)
    return value


def area(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the curve: how often a positive stands above a negative."""
    ranks = scores.argsort().argsort() + 1
    count = positive.sum()
    return float((ranks[positive].sum() - count * (count + 1) / 2) / max(1, count * (len(scores) - count)))


def folds(groups: np.ndarray, count: int, seed: int = 0) -> np.ndarray:
    """Which fold each row is in, whole groups together."""
    names = np.unique(groups)
    at = dict(zip(names.tolist(), (np.random.default_rng(seed).permutation(len(names)) % count).tolist(), strict=True))
    return np.array([at[group] for group in groups.tolist()])


def run(options: argparse.Namespace) -> None:
    """The plans: ``all`` trains one and measures it, ``real`` one on pairs of bearing alone; ``sweep`` tries rates;
    ``folds`` measures FEVER and our pairs."""
    data = Data(options.data)
    options.out.mkdir(parents=True, exist_ok=True)
    perspectrum = data.task("perspectrum")
    dev = perspectrum[data.dev[perspectrum] == 1]
    everything = np.flatnonzero((data.dev == 0) & (data.tasks != TASKS.index("cases")))
    fever, bearing, cases = data.task("fever"), data.task("bearing"), data.task("cases")
    real = data.task("real")
    held_real = real[data.dev[real] == 1]
    if options.plan == "real":
        everything = np.concatenate([real[data.dev[real] == 0], bearing, data.task("others")])
    if options.plan == "sweep":
        for rate in (5e-5, 1e-4, 2e-4):
            for epochs in (3, 6):
                options.rate, options.epochs = rate, epochs
                print(f"rate {rate} epochs {epochs}", flush=True)
                at, bt = folds(data.groups[fever], 5), folds(data.groups[bearing], 5)
                held = np.concatenate([fever[at == 0], bearing[bt == 0]])
                model = train(data, np.setdiff1d(everything, held), options, 1)
                report(data, score(model, data, dev), dev, "perspectrum")
                report(data, score(model, data, fever[at == 0]), fever[at == 0], "fever")
                report(data, score(model, data, bearing[bt == 0]), bearing[bt == 0], "bearing")
                report(data, score(model, data, cases), cases, "cases")
        return
    if options.plan == "folds":
        at, bt = folds(data.groups[fever], 5), folds(data.groups[bearing], 5)
        began = time.time()
        kept = {"fever": np.zeros((len(fever), 3), np.float32), "bearing": np.zeros((len(bearing), 3), np.float32)}
        for fold in range(5):
            held = np.concatenate([fever[at == fold], bearing[bt == fold]])
            if time.time() - began > options.limit:
                break
            for seed in range(options.seeds):
                model = train(data, np.setdiff1d(everything, held), options, seed)
                kept["fever"][at == fold] += score(model, data, fever[at == fold])
                kept["bearing"][bt == fold] += score(model, data, bearing[bt == fold])
            done = fold + 1
        f, b = np.flatnonzero(at < done), np.flatnonzero(bt < done)
        print("folds", done, flush=True)
        report(data, kept["fever"][f], fever[f], "fever")
        report(data, kept["bearing"][b], bearing[b], "bearing")
        np.savez(options.out / "folds.npz", **kept)
        return
    values: list[float] = []
    total, sums = None, {"perspectrum": 0.0, "real": 0.0, "cases": 0.0}
    for seed in range(options.seeds):
        model = train(data, everything, options, seed)
        for name, rows in (("perspectrum", dev), ("real", held_real), ("cases", cases)):
            scores = score(model, data, rows)
            sums[name] = sums[name] + scores
            value = report(data, scores, rows, name)
            if name == "perspectrum":
                values.append(value)
        state = {name: value.detach().float().cpu() for name, value in model.state_dict().items()}
        total = state if total is None else {name: total[name] + value for name, value in state.items()}
    for name, rows in (("perspectrum", dev), ("real", held_real), ("cases", cases)):
        print("together", flush=True)
        report(data, sums[name], rows, name)
    mean = {name: value / options.seeds for name, value in total.items()}
    single = np.mean(values)
    model.load_state_dict(mean)
    print("mean of weights", flush=True)
    value = report(data, score(model, data, dev), dev, "perspectrum")
    report(data, score(model, data, cases), cases, "cases")
    if value < single:
        print("the last one is kept", flush=True)
        mean = state
    used = torch.from_numpy(data.base["used"]).long()
    np.savez(options.out / "words.npz", used=data.base["used"], words=mean["words.weight"][used].half().numpy())
    rest = {name: value.half().numpy() for name, value in mean.items() if name != "words.weight"}
    early = {name: value for name, value in rest.items() if not name.startswith(("layers.3", "layers.4", "layers.5"))}
    np.savez(options.out / "early.npz", **early)
    np.savez(options.out / "late.npz", **{name: value for name, value in rest.items() if name not in early})
    (options.out / "meta.json").write_text(json.dumps(vars(options), default=str))
