"""Fits the scorer of names (``resolve/matching/tables/score.yml``) on aliases of one list and on variants of ours.

    python -m training.names [SHARED] [--write]

Matches are the spellings that OFAC gives for one entry, and variants made from them; the others are the nearest names
of other entries, and names with one word exchanged. Entries are kept for one side: three in ten are held out, and
measured.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import yaml

from pledgewatch.resolve.matching.compare import _features, align_words
from pledgewatch.resolve.matching.index import NameEntry, NameHit, NameIndex
from pledgewatch.resolve.matching.score import FEATURES
from pledgewatch.resolve.matching.tables import matching_words
from pledgewatch.resolve.matching.tokens import prepare_name

SCORES = Path(__file__).parents[1] / "src/pledgewatch/resolve/matching/tables/score.yml"
PRODUCTS = (
    ("covered_ours", "covered_theirs"),
    ("conflict", "covered_both"),
    ("conflict", "heaviest"),
    ("worst", "matched"),
    ("one_word", "covered_both"),
    ("extra_theirs", "matched"),
    ("extra_ours", "matched"),
    ("joined", "worst"),
    ("sounds", "slips"),
)
"""Pairs of features whose product the scorer also sees."""

Entity = tuple[str, str, tuple[str, ...]]


def read_ofac(shared: Path) -> list[Entity]:
    """``(id, kind, names)`` of OFAC's entries that have one."""
    names: dict[str, list[str]] = defaultdict(list)
    kinds: dict[str, str] = {}
    with (shared / "lists/ofac_sdn_2021-07.csv").open(encoding="utf-8", errors="replace") as file:
        for row in csv.reader(file):
            if len(row) > 2:
                kinds[row[0]] = "person" if row[2].strip() == "individual" else "group"
                if row[2].strip() in ("vessel", "aircraft"):
                    kinds[row[0]] = "other"
                names[row[0]].append(row[1].strip())
    with (shared / "lists/ofac_alt_2025-12.csv").open(encoding="utf-8", errors="replace") as file:
        for row in csv.reader(file):
            if len(row) > 3:
                names[row[0]].append(row[3].strip())
                kinds.setdefault(row[0], "person" if "," in row[3] else "group")
    return [
        (entry, kinds[entry], tuple(dict.fromkeys(names[entry]))) for entry in sorted(names) if kinds[entry] != "other"
    ]


_VOWELS = {"a": "aeo", "e": "eia", "i": "iey", "o": "ouw", "u": "uoo", "y": "yi"}
_LIKE = {
    "k": "qck",
    "q": "kg",
    "z": "zsd",
    "s": "sz",
    "d": "dt",
    "t": "td",
    "j": "jg",
    "g": "gj",
    "h": "h",
    "f": "fp",
    "v": "vw",
    "w": "wv",
    "b": "bp",
}


def vary_word(word: str, rng: random.Random) -> str:
    """A spelling of a word as another hand would romanise it, or as a slip of the finger would leave it."""
    if len(word) < 3:
        return word
    place = rng.randrange(len(word))
    letter = word[place].lower()
    kind = rng.random()
    if kind < 0.4 and letter in _VOWELS:
        return word[:place] + rng.choice(_VOWELS[letter]) + word[place + 1 :]
    if kind < 0.5 and letter.isalpha():
        return word[:place] + letter + word[place:]
    if kind < 0.62 and place and letter == word[place - 1].lower():
        return word[:place] + word[place + 1 :]
    if kind < 0.75 and letter in _LIKE:
        return word[:place] + rng.choice(_LIKE[letter]) + word[place + 1 :]
    if kind < 0.83 and place:
        return word[:place] + word[place + 1 :]
    if kind < 0.9 and place + 1 < len(word) and place:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind < 0.95:
        return word[:place] + rng.choice("abcdefghijklmnoprstuwy") + word[place + 1 :]
    for one, other in (
        ("oo", "u"),
        ("ou", "u"),
        ("ee", "i"),
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "s"),
        ("ph", "f"),
        ("sh", "ch"),
        ("u", "ou"),
        ("q", "k"),
    ):
        if one in word.lower():
            return word.lower().replace(one, other, 1)
    return word


def vary_name(name: str, rng: random.Random, is_person: bool) -> str:
    """Another way to write a name: words respelled, left out, joined, turned round, or cut to a letter."""
    words = name.replace(",", "").split()
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        place = rng.randrange(len(words))
        words[place] = vary_word(words[place], rng)
    kind = rng.random()
    if len(words) >= 3 and kind < 0.25:
        del words[rng.randrange(1, len(words) - 1)]
    elif len(words) >= 2 and kind < 0.32:
        place = rng.randrange(len(words) - 1)
        words[place : place + 2] = [words[place] + words[place + 1]]
    elif is_person and len(words) >= 2 and kind < 0.45:
        words = [*words[1:], words[0]]
    elif is_person and len(words) >= 3 and kind < 0.5:
        place = rng.randrange(1, len(words) - 1)
        words[place] = words[place][0]
    elif not is_person and kind < 0.35:
        words.append(rng.choice(("Ltd", "Inc", "Co", "GmbH", "SA", "Company")))
    return " ".join(words)


def exchange_word(name: str, others: Sequence[str], rng: random.Random) -> str:
    """A name with one of its words exchanged for one of another name: somebody else."""
    words = name.replace(",", "").split()
    donor = [word for word in rng.choice(others).replace(",", "").split() if _says_who(word)]
    places = [place for place, word in enumerate(words) if _says_who(word)]
    if not donor or not places:
        return ""
    place, word = rng.choice([places[0], places[-1], rng.choice(places)]), rng.choice(donor)
    if prepare_name(words[place]).tokens[0].sound == prepare_name(word).tokens[0].sound:
        return ""
    words[place] = word
    return " ".join(words)


def _says_who(word: str) -> bool:
    """Whether a word tells its bearer from others: no form of company, no particle, no letter."""
    tokens = prepare_name(word).tokens
    return (
        len(word) >= 4
        and len(tokens) == 1
        and tokens[0].kind == "word"
        and tokens[0].text not in matching_words().legal
    )


_ARABIC = {
    "sh": "ش", "kh": "خ", "gh": "غ", "th": "ث", "dh": "ذ", "ch": "تش", "ou": "و", "oo": "و", "ee": "ي", "aa": "ا",
    "b": "ب", "t": "ت", "j": "ج", "h": "ح", "d": "د", "r": "ر", "z": "ز", "s": "س", "f": "ف", "q": "ق", "k": "ك",
    "l": "ل", "m": "م", "n": "ن", "w": "و", "y": "ي", "g": "غ", "v": "ف", "p": "ب", "c": "ك", "x": "كس",
}  # fmt: skip
_OTHER_ARABIC = {"h": "ه", "d": "ض", "s": "ص", "t": "ط", "z": "ظ", "j": "ج", "g": "ج", "k": "ق", "f": "ف"}


def to_arabic(name: str, rng: random.Random) -> str:
    """A Latin name as Arabic script may write it: short vowels mostly unwritten, emphatic letters at times."""
    written = []
    for word in name.lower().replace(",", "").replace("'", "").replace("-", " ").split():
        if word in ("al", "el", "ul"):
            written.append("ال")
            continue
        out, place = "", 0
        while place < len(word):
            two, one = word[place : place + 2], word[place]
            if two in _ARABIC and len(two) == 2:
                out, place = out + _ARABIC[two], place + 2
                continue
            if one in "aeiou":
                long = {"a": "ا", "e": "ي", "i": "ي", "o": "و", "u": "و"}[one]
                at_edge = place in (0, len(word) - 1)
                if at_edge or rng.random() < (0.45 if one in "ao" else 0.5):
                    out += "ا" if place == 0 else "ة" if one == "a" and place and rng.random() < 0.5 else long
            elif not (out and place and one == word[place - 1]):
                out += _OTHER_ARABIC[one] if one in _OTHER_ARABIC and rng.random() < 0.3 else _ARABIC.get(one, "")
            place += 1
        written.append(out)
    joined = " ".join(word for word in written if word)
    return joined.replace("ال ", "ال")


def cross_pairs(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """The pairs of persons and groups with names of the Arabic and Persian world, one side written in Arabic script."""
    marks = (
        "al-",
        "abu",
        "abd",
        "mohammad",
        "muhammad",
        "mohamed",
        "ali",
        "hassan",
        "hussein",
        "khan",
        "mullah",
        "reza",
        "ullah",
        "din",
    )
    return [
        (to_arabic(a, rng), b, "crossed", match)
        for a, b, _, match in pairs
        if any(mark in (a + " " + b).lower() for mark in marks) and a.isascii()
    ]


Pair = tuple[str, str, str, bool]


def make_pairs(entities: Sequence[Entity], index: NameIndex, rng: random.Random) -> list[Pair]:
    """``(one, other, kind, is match)`` for the entities given; the index holds all entities, to find hard ones in."""
    pairs: list[Pair] = []
    by_kind: dict[str, list[str]] = defaultdict(list)
    for _, kind, names in entities:
        by_kind[kind].append(names[0])
    for entry, kind, names in entities:
        spelled = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
        rng.shuffle(spelled)
        for a, b in spelled[:3]:
            features = pair_features(a, b, index)
            if features["covered_both"] >= 0.4:
                pairs.append((a, b, kind, True))
        for _ in range(1):
            pairs.append((vary_name(rng.choice(names), rng, kind == "person"), names[0], kind, True))
        for hit in _others(index, names[0], kind, entry)[:4]:
            pairs.append((names[0], hit.entry.name, kind, False))
        if len(names) > 1:
            other = rng.choice(names[1:])
            for hit in _others(index, other, kind, entry)[:2]:
                pairs.append((other, hit.entry.name, kind, False))
        for _ in range(2):
            if len(names[0].split()) > 1:
                changed = exchange_word(names[0], by_kind[kind], rng)
                if changed:
                    pairs.append(
                        (
                            vary_name(changed, rng, kind == "person") if rng.random() < 0.3 else changed,
                            names[0],
                            kind,
                            False,
                        )
                    )
    return pairs


def _others(index: NameIndex, name: str, kind: str, entry: str) -> list[NameHit]:
    """The nearest names of other entries; those that are the same by their words are no evidence that names differ."""
    return [
        hit
        for hit in index.find(name, kind, most=8)
        if hit.entry.of != entry and hit.comparison.features["covered_both"] < 0.995
    ]


def pair_features(one: str, other: str, index: NameIndex) -> dict[str, float]:
    a, b = prepare_name(one), prepare_name(other)
    return _features(a, b, align_words(a, b), index.weights)


def design(features: Iterable[dict[str, float]]) -> np.ndarray:
    rows = [[1.0, *(row[name] for name in FEATURES), *(row[a] * row[b] for a, b in PRODUCTS)] for row in features]
    return np.asarray(rows)


def fit_logistic(x: np.ndarray, y: np.ndarray, weights: np.ndarray, ridge: float = 2.0) -> np.ndarray:
    """Coefficients by Newton's method, with a ridge on all but the constant."""
    beta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 0.0
    for _ in range(40):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weights * (y - p)) - penalty * beta
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-7:
            break
    return beta


def best_f1(scores: np.ndarray, gold: np.ndarray) -> tuple[float, float, float]:
    """Best F1, the threshold that gives it, and recall at precision .90."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(gold[order])
    found = np.arange(1, len(order) + 1)
    precision, recall = right / found, right / gold.sum()
    f1 = 2 * precision * recall / np.maximum(1e-9, precision + recall)
    best = int(f1.argmax())
    good = recall[precision >= 0.9]
    return float(f1[best]), float(scores[order][best]), float(good.max() if len(good) else 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=Path(os.environ.get("PLEDGEWATCH_SHARED", "../shared")))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    entities = read_ofac(options.shared)
    rng = random.Random(7)
    index = NameIndex(NameEntry(entry, name, kind) for entry, kind, names in entities for name in names)
    held = {entry for entry, _, _ in entities if rng.random() < 0.3}
    sides = {}
    for side in (False, True):
        chosen = [entity for entity in entities if (entity[0] in held) is side]
        chosen = rng.sample(chosen, min(len(chosen), 5_000 if not side else 2_000))
        sides[side] = make_pairs(chosen, index, rng)
    table: dict[str, dict[str, float]] = {}
    for side in sides:
        sides[side] += cross_pairs(sides[side], rng)
    for kind in ("person", "group", "crossed"):
        train = [pair for pair in sides[False] if pair[2] == kind]
        test = [pair for pair in sides[True] if pair[2] == kind]
        x = design(pair_features(a, b, index) for a, b, _, _ in train)
        y = np.asarray([float(match) for *_, match in train])
        weights = np.where(y == 1, 0.25 / y.mean(), 0.75 / (1 - y.mean()))
        beta = fit_logistic(x, y, weights)
        xt = design(pair_features(a, b, index) for a, b, _, _ in test)
        yt = np.asarray([float(match) for *_, match in test])
        print(
            kind,
            len(train),
            len(test),
            "matches",
            y.mean(),
            "held out: F1 {:.3f} at {:.3f}, recall at .90 {:.3f}".format(*best_f1(xt @ beta, yt)),
        )
        names = ("constant", *FEATURES, *(f"{a}*{b}" for a, b in PRODUCTS))
        table[kind] = {name: round(float(value), 4) for name, value in zip(names, beta, strict=True)}
    if options.write:
        head = "# Coefficients of the scorer of names, by `python -m training.names --write`; see docs/method.md.\n"
        SCORES.write_text(head + yaml.safe_dump(table, sort_keys=False, width=140), "utf-8")


if __name__ == "__main__":
    main()
