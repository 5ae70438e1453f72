"""Made-up sets of claims with their truth: ways in which counting heads goes wrong. Same seed, same set."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pledgewatch.model.claim import Claim

Said = dict[tuple[str, int], int]
"""Source and item to the value claimed."""

Made = tuple[list[Claim], dict[object, str]]


def _lie(truth: int, others: int, rng: np.random.Generator) -> int:
    """One of ``others`` values that are not the truth, each as likely."""
    value = int(rng.integers(0, others))
    return value if value < truth else value + 1


def _speak(truths: np.ndarray, rates: Sequence[float], cover: float, others: int, rng: np.random.Generator) -> Said:
    """Independent sources: right at their own rate, else wrong in any way."""
    said: Said = {}
    for source, rate in enumerate(rates):
        for item, truth in enumerate(truths.tolist()):
            if rng.random() < cover:
                said[f"s{source:03d}", item] = truth if rng.random() < rate else _lie(truth, others, rng)
    return said


def _finish(said: Said, truths: np.ndarray, rng: np.random.Generator) -> Made:
    rows = sorted(said.items())
    order = rng.permutation(len(rows))
    claims = [Claim(rows[at][0][0], rows[at][0][1], str(rows[at][1])) for at in order.tolist()]
    heard = {item for _, item in said}
    return claims, {item: str(int(truth)) for item, truth in enumerate(truths.tolist()) if item in heard}


def _plain(rates: Callable[[np.random.Generator], Sequence[float]], items: int, cover: float, others: int) -> Maker:
    def make(rng: np.random.Generator) -> Made:
        truths = rng.integers(0, others + 1, items)
        return _finish(_speak(truths, rates(rng), cover, others, rng), truths, rng)

    return make


def _copied(copies: int, share: float, rate: float = 0.4, others: int = 8) -> Maker:
    """Six fair sources, and one that ``copies`` others repeat; a ``share`` of what they say is repeated."""

    def make(rng: np.random.Generator) -> Made:
        truths = rng.integers(0, others + 1, 150)
        said = _speak(truths, [rate, *rng.uniform(0.55, 0.8, 6).tolist()], 0.8, others, rng)
        original = {item: value for (source, item), value in said.items() if source == "s000"}
        for copy in range(copies):
            for item, value in original.items():
                truth = int(truths[item])
                own = truth if rng.random() < 0.5 else _lie(truth, others, rng)
                said[f"c{copy:02d}", item] = value if rng.random() < share else own
        return _finish(said, truths, rng)

    return make


def _partly_copied(rng: np.random.Generator) -> Made:
    """Four sources that copy half of another's claims and add their own about other items."""
    truths = rng.integers(0, 9, 150)
    said = _speak(truths, [0.4, *rng.uniform(0.55, 0.8, 6).tolist()], 0.8, 8, rng)
    original = {item: value for (source, item), value in said.items() if source == "s000"}
    for copy in range(4):
        for item, truth in enumerate(truths.tolist()):
            if item in original and rng.random() < 0.5:
                said[f"c{copy}", item] = original[item]
            elif rng.random() < 0.3:
                said[f"c{copy}", item] = truth if rng.random() < 0.6 else _lie(truth, 8, rng)
    return _finish(said, truths, rng)


def _colluding(circles: int, members: int, true_share: float) -> Maker:
    """Five fair sources, and circles whose members tell the same story, much of it false."""

    def make(rng: np.random.Generator) -> Made:
        truths = rng.integers(0, 9, 150)
        said = _speak(truths, rng.uniform(0.6, 0.8, 5).tolist(), 0.7, 8, rng)
        for circle in range(circles):
            story = [truth if rng.random() < true_share else _lie(truth, 8, rng) for truth in truths.tolist()]
            for member in range(members):
                for item, told in enumerate(story):
                    if rng.random() < 0.65:
                        said[f"l{circle}{member}", item] = (
                            told if rng.random() < 0.97 else _lie(int(truths[item]), 8, rng)
                        )
        return _finish(said, truths, rng)

    return make


def _sparse(sources: int, items: int, heard: tuple[int, int], alone: float, others: int) -> Maker:
    """Many sources of few claims, some of many; a share of items that only one source speaks of."""

    def make(rng: np.random.Generator) -> Made:
        truths = rng.integers(0, others + 1, items)
        busy = 1.0 / np.arange(1, sources + 1) ** 0.75
        rates = rng.beta(4, 2, sources)
        said: Said = {}
        for item, truth in enumerate(truths.tolist()):
            number = 1 if rng.random() < alone else int(rng.integers(heard[0], heard[1] + 1))
            for source in rng.choice(sources, number, replace=False, p=busy / busy.sum()).tolist():
                said[f"s{source:03d}", item] = truth if rng.random() < rates[source] else _lie(truth, others, rng)
        return _finish(said, truths, rng)

    return make


def _echoing(rng: np.random.Generator) -> Made:
    """Hundreds of small sources and one that repeats, most of the time, any of those that spoke before it."""
    truths = rng.integers(0, 501, 600)
    rates = rng.beta(4, 2, 400)
    said: Said = {}
    for item, truth in enumerate(truths.tolist()):
        speakers = rng.choice(400, int(rng.integers(1, 5)), replace=False).tolist()
        for source in speakers:
            said[f"s{source:03d}", item] = truth if rng.random() < rates[source] else _lie(truth, 500, rng)
        if rng.random() < 0.8:
            knows = truth if rng.random() < 0.9 else _lie(truth, 500, rng)
            said["echo", item] = said[f"s{rng.choice(speakers):03d}", item] if rng.random() < 0.7 else knows
    return _finish(said, truths, rng)


def _misconceived(rng: np.random.Generator) -> Made:
    """Half of those who are wrong are wrong in the same, popular way."""
    truths = rng.integers(0, 11, 200)
    popular = [_lie(truth, 10, rng) for truth in truths.tolist()]
    said: Said = {}
    for source, rate in enumerate(rng.uniform(0.4, 0.8, 15).tolist()):
        for item, truth in enumerate(truths.tolist()):
            if rng.random() < 0.5:
                wrong = popular[item] if rng.random() < 0.5 else _lie(truth, 10, rng)
                said[f"s{source:03d}", item] = truth if rng.random() < rate else wrong
    return _finish(said, truths, rng)


def _figures(rng: np.random.Generator) -> Made:
    """Figures: exact, nearly right or far off, each source in its own measure."""
    truths = rng.integers(1_000, 1_000_000, 200)
    said: Said = {}
    for source in range(12):
        exact, near = rng.uniform(0.25, 0.7), rng.uniform(0.3, 0.9)
        for item, truth in enumerate(truths.tolist()):
            if rng.random() < 0.5:
                value = truth
                if rng.random() >= exact:
                    far = int(rng.integers(1_000, 1_000_000))
                    value = int(truth * (1 + rng.normal(0, 0.01))) if rng.random() < near else far
                said[f"s{source:03d}", item] = value
    return _finish(said, truths, rng)


def _copied_figures(rng: np.random.Generator) -> Made:
    """Figures with errors of a fifth; the worst source is copied by five others, with a few corrections."""
    truths = rng.integers(1_000, 1_000_000, 150)
    said: Said = {}
    for source in range(7):
        rate = 0.35 if source == 0 else rng.uniform(0.4, 0.7)
        for item, truth in enumerate(truths.tolist()):
            if rng.random() < 0.7:
                right = rng.random() < rate
                said[f"s{source:03d}", item] = truth if right else int(truth * (1 + rng.normal(0, 0.2)))
    original = {item: value for (source, item), value in said.items() if source == "s000"}
    for copy in range(5):
        for item, value in original.items():
            said[f"c{copy}", item] = value if rng.random() < 0.97 else int(truths[item])
    return _finish(said, truths, rng)


Maker = Callable[[np.random.Generator], Made]

SETS: dict[str, Maker] = {
    "many weak sources": _plain(lambda rng: rng.uniform(0.25, 0.6, 40).tolist(), 200, 0.3, 10),
    "few good sources": _plain(lambda _: [0.9] * 4 + [0.35] * 16, 150, 0.5, 8),
    "half of the sources lie": _plain(lambda _: [0.75] * 5 + [0.1] * 5, 150, 0.6, 4),
    "yes or no": _plain(lambda rng: rng.uniform(0.5, 0.9, 12).tolist(), 200, 0.5, 1),
    "eight sources, thirty items": _plain(lambda rng: rng.uniform(0.3, 0.9, 8).tolist(), 30, 0.7, 8),
    "bad source copied 5 times": _copied(5, 1.0),
    "bad source copied 12 times": _copied(12, 1.0),
    "good source copied 5 times": _copied(5, 1.0, rate=0.85),
    "bad source copied 3 times, in part": _copied(3, 0.8),
    "bad source copied 8 times, in part": _copied(8, 0.8),
    "copied yes or no": _copied(4, 1.0, rate=0.5, others=1),
    "copied in half, own claims beside": _partly_copied,
    "one circle of five": _colluding(1, 5, 0.5),
    "two circles of four": _colluding(2, 4, 0.45),
    "two or three claims an item": _sparse(400, 800, (2, 3), 0.0, 50),
    "sparse, most items with one claim": _sparse(300, 600, (2, 6), 0.6, 30),
    "an echo among small sources": _echoing,
    "popular misconceptions": _misconceived,
    "figures, nearly equal": _figures,
    "figures, copied": _copied_figures,
}
"""Name of each set to its maker."""


def make_set(name: str, seed: int) -> Made:
    """The claims of a set, in random order, and the true value of each item that somebody speaks of."""
    return SETS[name](np.random.default_rng([seed, *name.encode()]))
