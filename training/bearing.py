"""The head of bearing: a cross-encoder over (statement, indicator), told apart as holds, contrary or neutral.

    python -m training.bearing prepare SHARED .gpu       pairs as arrays (CPU, tokenizers)
    python -m training.bearing train .gpu OUT [options]   fine-tunes MiniLM-L6 (GPU if there is one; else CPU)

What it learns from: ``training/pairs`` (ours), Perspectrum's training claims, FEVER-symmetric by folds,
MegaVeridicality, WiCE. A task of two answers is asked for those two only. The model and its training need torch and
numpy alone, so that they run on a machine that has nothing else of ours.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from pathlib import Path

import numpy as np

from training.masking import mask_case, mask_names
from training.real import read_real

LABELS = ("holds", "contrary", "neutral")
LONGEST = 128
HELD_BATCH = 8
"""Of the real sentences, the batch that is never trained on; it was labelled twice."""
WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
TASKS = ("bearing", "stance", "facts", "perspectrum", "fever", "veridicality", "wice", "cases", "others", "real")
BINARY = frozenset({"stance", "facts", "perspectrum", "fever"})


def read_pairs(shared: Path, own: Path) -> list[tuple[str, str, str, int, str]]:
    """``(task, first text, second text, label, group)``; groups keep what belongs together on one side of a split."""
    pairs: list[tuple[str, str, str, int, str]] = []
    rows = [
        json.loads(line)
        for path in sorted(own.glob("bearing_*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    common = {word for row in rows for word in re.findall(r"\b[a-z]{3,}\b", row["statement"])}
    for row in rows:
        names = names_in(row["indicator"], common)
        statement, indicator = (mask_names(row[key], names) for key in ("statement", "indicator"))
        pairs.append(("bearing", statement, indicator, LABELS.index(row["label"]), row["indicator"]))
    for path in sorted(own.glob("stance_*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            for label, side in enumerate(("support", "undermine")):
                pairs += [("stance", text, row["claim"], label, row["claim"]) for text in row[side]]
    for path in sorted(own.glob("facts_*.jsonl")):
        for number, row in enumerate(map(json.loads, path.read_text("utf-8").splitlines())):
            for e in (1, 2):
                for c in (1, 2):
                    pairs.append(
                        ("facts", row[f"evidence_{e}"], row[f"claim_{c}"], int(e != c), f"{path.stem} {number}")
                    )
    for pair in read_real(shared, own / "real.tsv"):
        side = "dev" if pair.batch == HELD_BATCH else "train"
        pairs.append(("real", *pair.masked(), LABELS.index(pair.label), f"{side} {pair.place}"))
    pairs += _others(shared)
    pairs += _perspectrum(shared / "corpora/stance/perspectrum")
    fever = (shared / "corpora/stance/fever_symmetric/fever_symmetric_dev.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, fever):
        label = 0 if row["label"] == "SUPPORTS" else 1
        # A claim and its twin stay on one side: they share their numbers.
        pairs.append(("fever", row["evidence"], row["claim"], label, str(row["id"])[:6]))
    mega = json.loads((shared / "corpora/veridicality/megaveridicality_train_data.json").read_text("utf-8"))
    for row in random.Random(1).sample(mega, 2_500):
        pairs.append(
            ("veridicality", row["context"], row["hypothesis"], 0 if row["label"] == "entailed" else 2, "mega")
        )
    for line in (shared / "corpora/cited/wice_claim_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["label"] == "supported" and row["supporting_sentences"]:
            evidence = " ".join(row["evidence"][i] for i in row["supporting_sentences"][0] if i < len(row["evidence"]))
            pairs.append(("wice", evidence, row["claim"], 0, "wice"))
        elif row["label"] == "not_supported" and len(row["evidence"]) > 5:
            best = max(
                row["evidence"], key=lambda one: len(set(one.lower().split()) & set(row["claim"].lower().split()))
            )
            pairs.append(("wice", best, row["claim"], 2, "wice"))
    return pairs


_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s(?:of\s(?:the\s)?|and\s(?=[A-Z]))?[A-Z][\w’'-]+)*")


def names_in(indicator: str, common: set[str]) -> list[list[str]]:
    """The names in an indicator, each with the short forms that a statement may use for it."""
    names: list[list[str]] = []
    for match in _NAME.finditer(indicator):
        words = match.group().split()
        while (words and words[0].lower() in ("the", "no", "its", "a", "all", "both")) or (
            words and match.start() == 0 and len(words) == 1 and words[0].lower() in common
        ):
            words = words[1:]
        if not words:
            continue
        name = " ".join(words).removesuffix("’s").removesuffix("'s")
        forms = [name]
        if len(words) > 1:
            forms += (
                [words[-1], words[0]]
                if words[0] not in ("United", "Republic", "Kingdom", "Free", "New")
                else [words[-1]]
            )
        for word in {words[-1], words[0]}:
            if len(word) >= 5:
                stem = word.rstrip("aeiouy")
                forms += [stem + end for end in ("an", "ian", "ans", "ians", "i", "is", "ish", "ese")] + [
                    word + "n",
                    word + "ns",
                ]
        names.append(forms)
    return names


def _others(shared: Path, count: int = 2_000) -> list[tuple[str, str, str, int, str]]:
    """Sentences of the UN beside indicators of acts that they do not speak of, about an actor whom they name: neutral.

    Without them a head takes a shared name for an answer.
    """
    from pledgewatch.ledger.indicators import act_table

    rng = random.Random(5)
    classes = [
        (str(row[side]["text"]), [*row["done"]["acts"], *row["undone"]["acts"]])
        for row in act_table()["classes"]
        for side in ("done", "undone")
    ]
    sentences = []
    for line in (shared / "corpora/un_sentences/quadclass.train.tsv").read_text("utf-8").splitlines()[1:]:
        sentence = line.rsplit("\t", 1)[0].strip()
        if 8 <= len(sentence.split()) <= 50:
            sentences.append(sentence)
    rng.shuffle(sentences)
    pairs = []
    for sentence in sentences:
        names = re.findall(r"\b(?:[A-Z][a-z]+(?:\s(?:of\s)?[A-Z][a-z]+){0,3})\b", sentence[1:])
        if not names:
            continue
        words = set(re.findall(r"[a-z]{4,}", sentence.lower()))
        text, acts = rng.choice(classes)
        if words & {word[:6] for act in acts for word in re.findall(r"[a-z]{4,}", act.lower())} or any(
            word[:5] in {act_word[:5] for act in acts for act_word in re.findall(r"[a-z]{4,}", act.lower())}
            for word in words
        ):
            continue
        who, whom = rng.choice(names), rng.choice([*names, "the armed groups"])
        indicator = text.replace("{who}", who).replace("{whom}", whom)
        names = [[who], [whom]] if who != whom else [[who]]
        pairs.append(("others", mask_names(sentence, names), mask_names(indicator, names), 2, "others"))
        if len(pairs) == count:
            break
    return pairs


def _perspectrum(folder: Path) -> list[tuple[str, str, str, int, str]]:
    texts = {row["pId"]: row["text"] for row in json.loads((folder / "perspectives_train_dev.json").read_text("utf-8"))}
    split = json.loads((folder / "split.json").read_text("utf-8"))
    pairs = []
    for claim in json.loads((folder / "claims_train_dev.json").read_text("utf-8")):
        for cluster in claim["perspectives"]:
            label = {"SUPPORT": 0, "UNDERMINE": 1}.get(cluster["stance_label_3"])
            if label is not None:
                side = split[str(claim["cId"])]
                pairs += [
                    ("perspectrum", texts[p], claim["text"], label, f"{side} {claim['cId']}") for p in cluster["pids"]
                ]
    return pairs


def prepare(shared: Path, own: Path, out: Path) -> None:
    """Writes ``pairs.npz`` (ids, kinds, labels, tasks, groups) and ``base.npz`` (MiniLM in half precision)."""
    from pledgewatch.text.pieces import load_pieces
    from training.model import base_weights

    tokenizer = load_pieces()
    rows = read_pairs(shared, own)
    from evals.bearing import judge_pairs

    for number, one in enumerate(judge_pairs(shared, quick=False)):
        masked = mask_case(one.index, one.place, one.indicator, one.names)
        rows.append(("cases", *masked, LABELS.index(one.label), str(number)))
    ids = np.zeros((len(rows), LONGEST), dtype=np.uint16)
    kinds = np.zeros((len(rows), LONGEST), dtype=np.uint8)
    groups: dict[str, int] = {}
    for number, (task, one, other, _, group) in enumerate(rows):
        a, b = pair_pieces(tokenizer, one, other)
        ids[number, : len(a)] = a
        kinds[number, : len(b)] = b
        groups.setdefault(f"{task} {group}", len(groups))
    split = [1 if task in ("perspectrum", "real") and group.startswith("dev") else 0 for task, *_, group in rows]
    np.savez_compressed(
        out / "pairs.npz", ids=ids, kinds=kinds, labels=np.array([row[3] for row in rows], dtype=np.uint8),
        tasks=np.array([TASKS.index(row[0]) for row in rows], dtype=np.uint8), dev=np.array(split, dtype=np.uint8),
        groups=np.array([groups[f"{row[0]} {row[4]}"] for row in rows], dtype=np.int32),
    )  # fmt: skip
    from safetensors.numpy import load_file

    base = load_file(str(base_weights() / "model.safetensors"))
    used = np.unique(ids)
    words = base["embeddings.word_embeddings.weight"]
    kept = {
        name: value.astype(np.float16)
        for name, value in base.items()
        if "word_embeddings" not in name and "pooler" not in name and "position_ids" not in name
    }
    np.savez(out / "base.npz", used=used.astype(np.int32), words=words[used].astype(np.float16), **kept)
    print(len(rows), {task: sum(row[0] == task for row in rows) for task in TASKS}, "words used", len(used))


def pair_pieces(tokenizer: object, one: str, other: str) -> tuple[list[int], list[int]]:
    """Pieces and kinds of a pair: ``[CLS] one [SEP] other [SEP]``, the first cut where both are too long."""
    a = tokenizer.encode(one, add_special_tokens=False).ids  # type: ignore[attr-defined]
    b = tokenizer.encode(other, add_special_tokens=False).ids[:48]  # type: ignore[attr-defined]
    a = a[: LONGEST - len(b) - 3]
    return [101, *a, 102, *b, 102], [0] * (len(a) + 2) + [1] * (len(b) + 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("prepare")
    one.add_argument("shared", type=Path)
    one.add_argument("out", type=Path)
    two = commands.add_parser("train")
    two.add_argument("data", type=Path)
    two.add_argument("out", type=Path)
    two.add_argument("--epochs", type=int, default=4)
    two.add_argument("--rate", type=float, default=6e-5)
    two.add_argument("--seeds", type=int, default=1)
    two.add_argument("--batch", type=int, default=64)
    two.add_argument("--drop", type=float, default=0.1)
    two.add_argument("--plan", default="all")
    options = parser.parse_args()
    if options.command == "prepare":
        prepare(options.shared, Path(__file__).parent / "pairs", options.out)
    else:
        from training import bearing_model

        bearing_model.run(options)


if __name__ == "__main__":
    started = time.time()
    main()
    print(f"{time.time() - started:.0f} s")
