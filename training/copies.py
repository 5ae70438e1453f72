"""``python -m training.copies``: fits the decisions of tracing on the families of ``evals/families/dev``. Seconds.

Two logistic regressions on the likeness of pairs of documents: have the two one original, and which of the two came
first. ``--folds`` says what they are worth on families that they have not seen.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import numpy as np
import yaml

from evals.trace import DEV, read_articles, read_same_event
from pledgewatch.trace.candidates import Postings
from pledgewatch.trace.compare import EVIDENCE, SHORT_WORDS, is_one_publisher, measure_likeness
from pledgewatch.trace.direction import FEATURES, compare_damage
from pledgewatch.trace.matches import SHARED_FACTS
from pledgewatch.trace.material import Material
from pledgewatch.trace.profile import make_profile
from tests.trace.case_files import Family, load_families

TARGET = Path(__file__).parents[1] / "src/pledgewatch/trace/tables/decision.yml"
FOLDS = 5
_HEAD = """# How tracing decides: weights of two logistic regressions, fitted by `python -m training.copies`.
# copy: have two documents one original (features: trace/compare.py, Likeness).
# first: is the first of two the older (features: trace/direction.py), by the difference of the two.
"""


class Rows:
    """Features ``(pairs, features)``, answers, weight and family of each pair."""

    def __init__(self, names: tuple[str, ...], signed: bool) -> None:
        self.names, self.signed = names, signed
        self.features: list[list[float]] = []
        self.answers: list[bool] = []
        self.weights: list[float] = []
        self.families: list[str] = []

    def add(self, family: str, features: list[float], answer: bool, weight: float = 1.0) -> None:
        """Adds one pair."""
        self.families.append(family)
        self.features.append(features)
        self.answers.append(answer)
        self.weights.append(weight)


COPIED = 0.25
"""Two real articles with so large a share of word shingles may well be copies and are left out."""
EVERY = 8
"""Of the pairs of other stories every eighth is enough."""
REAL_WEIGHT = 600.0
"""What all real pairs weigh together."""


def real_negatives(shared: Path) -> list[list[float]]:
    """Likeness of real articles that are no copies: other stories that share facts, and other stories of one event."""
    found = []
    articles = read_articles(shared / "corpora/polnear", "train")
    material = Material(articles, {}, 5)
    facts = Postings([sketch.facts for sketch in material.sketches])
    shared_facts = facts.shared(facts.common(range(len(articles)), len(articles) // 20))
    pairs = [pair for pair, count in sorted(shared_facts.items()) if count >= SHARED_FACTS]
    events = read_same_event(shared / "corpora/same_event/ECB_Train_corpus.txt")
    events_material = Material(events, {}, 5)
    by_event = itertools.combinations(range(len(events)), 2)
    tasks = [(material, pair) for pair in pairs[::EVERY]]
    tasks += [(events_material, pair) for pair in by_event if events[pair[0]].title == events[pair[1]].title]
    for held, pair in tasks:
        one, other = sorted((held.profile(index) for index in pair), key=lambda profile: profile.words)
        likeness = measure_likeness(one, other)
        if likeness.shingles < COPIED and one.words >= SHORT_WORDS:
            found.append(list(likeness.evidence().values()))
    return found


def gather(shared: Path) -> tuple[Rows, Rows]:
    """The pairs of all families: of one original or not; parent and child."""
    copies, first = Rows(EVIDENCE, True), Rows(FEATURES, False)
    small = load_families()
    # The small families of the tests share worlds: all of their documents are one family here.
    cases = Family("tests", "", tuple(told for family in small for told in family.told))
    for family in (*load_families(DEV), cases):
        name = family.name
        profiles = {item.document.id: make_profile(item.document, None, 5) for item in family.told}
        for one, other in itertools.combinations(family.told, 2):
            pair = sorted((profiles[one.document.id], profiles[other.document.id]), key=lambda item: item.words)
            if not is_one_publisher(one.document, other.document) and pair[0].words >= SHORT_WORDS:
                values = list(measure_likeness(*pair).evidence().values())
                copies.add(name, values, one.origin == other.origin)
            for parent, child in ((one, other), (other, one)):
                if child.expect.get("of") == parent.document.path.split("/")[-1] and family is not cases:
                    damage = list(compare_damage(profiles[parent.document.id], profiles[child.document.id]))
                    first.add(name, damage, True)
                    first.add(name, [-value for value in damage], False)
    negatives = real_negatives(shared)
    for number, values in enumerate(negatives):
        copies.add(f"real {number % FOLDS}", values, False, REAL_WEIGHT / len(negatives))
    return copies, first


AGAINST = frozenset(("own", "own_of_larger", "numbers_changed", "days"))
"""What speaks against a copy the more there is of it; of everything else more speaks for one."""


def fit(rows: Rows, chosen: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Weights and constant of a logistic regression (Newton) on the chosen rows.

    The weights of ``copy`` keep their sign (``AGAINST``): a feature that would turn is left out, or what the families
    happen to have in common (their length) would decide. ``first`` has no constant: it is the same both ways round.

    Args:
        strength: how small standardised weights are held.
    """
    x, y, counts = (np.array(values)[chosen] for values in (rows.features, rows.answers, rows.weights))
    constant = rows.signed
    middle = np.average(x, axis=0, weights=counts) if constant else np.zeros(x.shape[1])
    spread = x.std(0) + 1e-6
    signs = np.array([-1 if name in AGAINST else 1 for name in rows.names])
    kept = np.ones(x.shape[1], dtype=bool)
    while True:
        z = ((x - middle) / spread)[:, kept]
        if constant:
            z = np.c_[z, np.ones(len(z))]
        held = np.full(z.shape[1], strength)
        if constant:
            held[-1] = 1e-9
        weights = np.zeros(z.shape[1])
        for _ in range(50):
            p = 1 / (1 + np.exp(-z @ weights))
            hessian = (z * (counts * p * (1 - p))[:, None]).T @ z + np.diag(held)
            weights -= np.linalg.solve(hessian, z.T @ (counts * (p - y)) + held * weights)
        turned = (weights[: kept.sum()] * signs[kept]) < 0
        if not rows.signed or not turned.any():
            break
        places = np.flatnonzero(kept)
        kept[places[np.argmin(weights[: kept.sum()] * signs[kept])]] = False
    slopes = np.zeros(x.shape[1])
    slopes[kept] = weights[: kept.sum()] / spread[kept]
    return slopes, float(weights[-1] - middle @ slopes) if constant else 0.0


def worth(rows: Rows, strength: float) -> np.ndarray:
    """Probabilities of pairs of families that the fit has not seen."""
    x = np.array(rows.features)
    order = {family: index for index, family in enumerate(sorted(set(rows.families)))}
    fold = np.array([order[family] % FOLDS for family in rows.families])
    guesses = np.zeros(len(x))
    for number in range(FOLDS):
        weights, bias = fit(rows, fold != number, strength)
        guesses[fold == number] = 1 / (1 + np.exp(-(x[fold == number] @ weights + bias)))
    return guesses


def main() -> None:
    """Fits both and writes the table."""
    options = argparse.ArgumentParser(prog="python -m training.copies", description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--strength", type=float, default=5.0)
    options.add_argument("--target", type=Path, default=TARGET)
    chosen = options.parse_args()
    table = {}
    for name, rows in zip(("copy", "first"), gather(chosen.shared), strict=True):
        y = np.array(rows.answers)
        guesses = worth(rows, chosen.strength)
        counts = np.array(rows.weights)
        loss = np.average(-np.log(np.where(y, guesses, 1 - guesses) + 1e-9), weights=counts)
        right = np.average((guesses > 0.5) == y, weights=counts)
        print(f"{name}: {len(y)} pairs, {FOLDS} folds: right {right:.3f}, loss {loss:.3f}")
        weights, bias = fit(rows, np.ones(len(y), dtype=bool), chosen.strength)
        table[name] = {key: round(float(value), 3) for key, value in zip(rows.names, weights, strict=True)}
        if rows.signed:
            table[name]["always"] = round(bias, 3)
    chosen.target.write_text(_HEAD + yaml.safe_dump(table, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
