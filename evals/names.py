"""Names against names: nomenklatura's bench, spelling variants of the UN list, original scripts, calibration."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from lxml import etree

from evals.table import Row
from pledgewatch.resolve.matching import NameEntry, NameIndex, compare_names, prepare_name

SETS = ("name_bench dev", "UN aliases", "UN original scripts")


def measure(shared: Path, quick: bool) -> list[Row]:
    """All figures; ``quick`` takes every third alias."""
    rows = _bench(shared)
    entries = read_un(shared / "lists/un_2026-02-27.xml")
    rows += _variants(entries, quick)
    rows += _scripts(entries)
    return rows


def best_f1(scores: Sequence[float], gold: Sequence[bool]) -> float:
    """Best F1 over all thresholds."""
    s, g = np.asarray(scores), np.asarray(gold, dtype=float)
    order = np.argsort(-s, kind="stable")
    right, found = np.cumsum(g[order]), np.arange(1, len(order) + 1)
    return float((2 * right / (found + g.sum())).max())


def recall_at(scores: Sequence[float], gold: Sequence[bool], precision: float) -> float:
    """Largest recall at no less than the precision."""
    s, g = np.asarray(scores), np.asarray(gold, dtype=float)
    order = np.argsort(-s, kind="stable")
    right, found = np.cumsum(g[order]), np.arange(1, len(order) + 1)
    good = right[right / found >= precision]
    return float(good.max() / g.sum()) if len(good) else 0.0


def calibration_error(scores: Sequence[float], gold: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error over bins of equal mass: mean distance of stated and found shares."""
    s, g = np.asarray(scores), np.asarray(gold, dtype=float)
    order = np.argsort(s, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(len(part) * abs(s[part].mean() - g[part].mean()) for part in parts) / len(s))


def _bench(shared: Path) -> list[Row]:
    scores, gold = [], []
    with (shared / "corpora/names/name_bench_dev.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kind = "person" if row["schema"] == "Person" else "group"
            scores.append(compare_names(prepare_name(row["name1"]), prepare_name(row["name2"]), kind).probability)
            gold.append(row["is_match"] == "true")
    right = sum(1 for score, match in zip(scores, gold, strict=True) if match and score >= 0.5)
    found = sum(1 for score in scores if score >= 0.5)
    return [
        Row("name_bench dev", "best F1", best_f1(scores, gold), len(gold), 0.804, "logic-v2"),
        Row("name_bench dev", "F1 at .5", 2 * right / (found + sum(gold)), len(gold), 0.804, "logic-v2, best"),
    ]


Entry = tuple[str, str, str, tuple[str, ...], str | None]


def read_un(path: Path) -> list[Entry]:
    """``(reference, kind, primary name, good single aliases, original script)``, read apart from the loader."""
    entries: list[Entry] = []
    for node in etree.parse(str(path)).iter("INDIVIDUAL", "ENTITY"):
        parts = [node.findtext(tag) or "" for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
        aliases = []
        for alias in node.iter("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
            name, quality = (alias.findtext("ALIAS_NAME") or "").strip(), alias.findtext("QUALITY") or ""
            if quality != "Low" and re.fullmatch(r"[A-Za-z'’ .-]{5,60}", name):
                aliases.append(name)
        script = (node.findtext("NAME_ORIGINAL_SCRIPT") or "").strip()
        kind = "person" if node.tag == "INDIVIDUAL" else "group"
        entries.append(
            (
                node.findtext("REFERENCE_NUMBER") or "",
                kind,
                " ".join(" ".join(parts).split()),
                tuple(dict.fromkeys(aliases)),
                script if script and not script.isascii() else None,
            )
        )
    return entries


def _variants(entries: Sequence[Entry], quick: bool) -> list[Row]:
    """Aliases that spell the primary name otherwise against it, each beside the nearest names of three others."""
    index = NameIndex(NameEntry(entry, name, kind) for entry, kind, name, _, _ in entries)
    scores, gold = [], []
    rng = random.Random(3)
    for number, (entry, kind, name, aliases, _) in enumerate(entries):
        if not aliases or (quick and number % 3):
            continue
        alias = rng.choice(aliases)
        own = compare_names(prepare_name(alias), prepare_name(name), kind, index.weights)
        if own.features["same"] or not _is_spelling(alias, name):
            continue
        scores.append(own.probability)
        gold.append(True)
        for hit in [hit for hit in index.find(alias, kind, most=4) if hit.entry.of != entry][:3]:
            scores.append(hit.probability)
            gold.append(False)
    return [
        Row("UN aliases", "best F1", best_f1(scores, gold), len(gold), 0.716, "logic-v2, another such set"),
        Row("UN aliases", "recall at precision .90", recall_at(scores, gold, 0.9), len(gold), 0.59, "the same"),
        Row("UN aliases", "1 - calibration error", 1 - calibration_error(scores, gold), len(gold)),
    ]


def _is_spelling(alias: str, name: str) -> bool:
    """Whether an alias spells the name otherwise, by the first letters of its words: all but one stand in both."""
    alike = str.maketrans("ckqgjyoew", "kkkjjiuiu")
    one, other = ([word[0].translate(alike) for word in re.findall(r"[a-z]+", n.lower())] for n in (alias, name))
    shared = sum(min(one.count(letter), other.count(letter)) for letter in set(one))
    return shared >= max(1, min(len(one), len(other)) - 1) and abs(len(one) - len(other)) <= 2 and len(one) > 1


def _scripts(entries: Sequence[Entry]) -> list[Row]:
    """Names in the original script against the whole list in Latin script."""
    index = NameIndex(
        NameEntry(entry, spelled, kind) for entry, kind, name, aliases, _ in entries for spelled in (name, *aliases)
    )
    first, scores, gold, asked = 0, [], [], 0
    for entry, kind, _, _, script in entries:
        if script is None:
            continue
        asked += 1
        hits = index.find(script, kind, most=2)
        if not hits:
            continue
        top = hits[0]
        # Two that are as likely as each other are no answer.
        sure = top.probability - (hits[1].probability if len(hits) > 1 else 0.0) * 0.5
        first += top.entry.of == entry
        scores.append(sure)
        gold.append(top.entry.of == entry)
    s, g = np.asarray(scores), np.asarray(gold, dtype=float)
    order = np.argsort(-s, kind="stable")
    right, found = np.cumsum(g[order]), np.arange(1, len(order) + 1)
    good = found[right / found >= 0.95]
    return [
        Row("UN original scripts", "right one first", first / asked, asked, 0.607, "best peer"),
        Row(
            "UN original scripts",
            "accepted at precision .95",
            float(good.max()) / asked if len(good) else 0.0,
            asked,
            0.187,
            "best peer",
        ),
    ]
