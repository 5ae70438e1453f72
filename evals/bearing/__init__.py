"""Does a statement bear on an indicator, and which way? Pairs from the cases, labelled twice, beside a peer."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from evals.table import Row
from pledgewatch.collect import collect_file
from pledgewatch.ledger.indicators import act_sides
from pledgewatch.model.agreement import Agreement, Commitment, Indicator, Party, Shows
from pledgewatch.model.case import CollectPolicy, ReadPolicy
from pledgewatch.model.document import Document, Source
from pledgewatch.model.origin import Trace
from pledgewatch.model.span import Span
from pledgewatch.read import read_document
from pledgewatch.resolve import Known, load_registry, resolve_mentions
from pledgewatch.weigh.as_of import Holdings
from pledgewatch.weigh.documentindex import DocumentIndex
from pledgewatch.weigh.evidence import Case, judge_passage
from pledgewatch.weigh.passages import Passage
from pledgewatch.weigh.relation import Names
from pledgewatch.weigh.weighing import prepare_case

SETS = ("bearing dev",)
MORE = ("bearing elsewhere",)
LABELS = ("holds", "contrary", "neutral")
SIGNED = {"doha": "2020-02-29", "syria": "2016-02-22"}
PARTIES = {
    "doha": (Party("United States"), Party("Taliban", ("Islamic Emirate of Afghanistan",))),
    "syria": (Party("Russia", ("Russian Federation",)), Party("United States"), Party("Turkey"), Party("Opposition")),
}
TITLES = {"doha": "Agreement for peace in Afghanistan", "syria": "Cessation of hostilities in Syria"}
BEFORE, AFTER = 700, 400
"""Letters of a long document around a statement that are read with it."""
WHOLE = 20_000
"""Letters up to which a document is read whole."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and what was found: the rules' answer (-1..1, contrary to holds), the words and the indicator.

    Attributes:
        index, place, names: where the statement stands, and under which names its actors are known.
    """

    label: str
    rules: float
    statement: str
    indicator: Indicator
    index: DocumentIndex
    place: Sequence[Sequence[int]]
    names: Names


def measure(shared: Path, quick: bool) -> list[Row]:
    """Macro F1 of weighing's rules, and of word overlap at its best threshold (a peer that is told the answers)."""
    judged = judge_pairs(shared, quick)
    gold = [one.label for one in judged]
    rows = [
        Row("bearing dev", "macro F1", macro_f1(answer_pairs(judged), gold), len(gold)),
        Row("bearing dev", "word overlap macro F1", best_overlap(judged), len(gold)),
    ]
    if not quick:
        from evals.bearing.elsewhere import judge_elsewhere

        elsewhere = judge_elsewhere(shared)
        labels, answers = [one for one, _ in elsewhere], [two for _, two in elsewhere]
        said = sum(answer != "neutral" for answer in answers)
        right = sum(label == answer != "neutral" for label, answer in elsewhere)
        rows.append(Row(MORE[0], "macro F1", macro_f1(answers, labels), len(labels)))
        rows.append(Row(MORE[0], "of what is taken as bearing, right", right / max(1, said), said))
    return rows


def judge_pairs(shared: Path, quick: bool) -> list[Judged]:
    """Every labelled pair (``quick``: one in three) with what the rules say."""
    folder = Path(__file__).parent
    described = yaml.safe_load((folder / "indicators.yml").read_text("utf-8"))["indicators"]
    indicators = {(row["case"], row["text"]): row for row in described}
    with (folder / "pairs.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    if quick:
        rows = rows[::3]
    judged = []
    texts: dict[str, str] = {}
    for case_name in SIGNED:
        own = [row for row in rows if row["case"] == case_name]
        known: dict[str, Document] = {}
        places: dict[str, tuple[str, list[tuple[int, ...]]]] = {}
        for row in own:
            path = row["path"]
            if path not in texts:
                texts[path] = collect_file((shared / path).read_bytes(), path, CollectPolicy(), ()).documents[0].text
            pieces = [tuple(map(int, piece.split("-"))) for piece in row["pieces"].split(";")]
            is_short = len(texts[path]) <= WHOLE
            start = 0 if is_short else max(0, pieces[0][0] - BEFORE)
            text = texts[path] if is_short else texts[path][start : pieces[-1][1] + AFTER]
            key = f"d_{path if is_short else row['n']}"
            known[key] = Document(
                key,
                path,
                "",
                "text/plain",
                text,
                published=row["published"] or "2022-01-01",
                source="party" if "/reporting/" in path else None,
            )
            places[row["n"]] = key, [(a - start, b - start) for a, b in pieces]
        documents = list(known.values())
        readings = {document.id: read_document(document, ReadPolicy()) for document in documents}
        agreement = Agreement("d_agreement", TITLES[case_name], SIGNED[case_name], PARTIES[case_name])
        resolution = resolve_mentions(documents, readings, agreement, (), Known(load_registry()))
        # Both folders of reporting are pages of a party: the White House, the Kremlin.
        publisher = Source("party", "The party's own pages", interested_in=(PARTIES[case_name][0].name,))
        held = Holdings("2027-01-01", tuple(documents), Trace(), resolution, (publisher,))
        case, _ = prepare_case(agreement, readings, held)
        at = {index.document.id: number for number, index in enumerate(case.indexes)}
        for row in own:
            key, place = places[row["n"]]
            number = at[key]
            index = case.indexes[number]
            indicator, opposite = _both_sides(indicators[case_name, row["indicator"]])
            commitment = _commitment(indicators[case_name, row["indicator"]], (indicator, opposite))
            passages = [passage for passage in case.passages[number] if _shares(passage, place)]
            found = judge_by_rules(case, index, passages, commitment, indicator.shows)
            words = " ".join(index.text[a:b] for a, b in place)
            judged.append(Judged(row["label"], found, words, indicator, index, place, case.names))
    return judged


def judge_by_rules(
    case: Case, index: DocumentIndex, passages: Iterable[Passage], commitment: Commitment, shows: Shows
) -> float:
    """The rules' strongest answer on passages: -1..1, above nought for the direction asked about."""
    found = 0.0
    for passage in passages:
        for _, bearing in judge_passage(case, index, passage, (), commitment):
            value = bearing.bears if bearing.direction == shows else -bearing.bears
            found = value if abs(value) > abs(found) else found
    return found


def name_answer(value: float) -> str:
    """A direction, or neutral, for the rules' answer."""
    return "holds" if value > 0 else "contrary" if value < 0 else "neutral"


def _shares(passage: Passage, place: Sequence[tuple[int, ...]]) -> bool:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in passage.content for c, d in place)
    return shared >= 0.5 * min(sum(b - a for a, b in passage.content), sum(d - c for c, d in place))


def _both_sides(row: Mapping[str, Any]) -> tuple[Indicator, Indicator]:
    """The indicator with the acts that the ledger has for it, and its contrary: a commitment always has both."""
    own, other = find_sides(row["text"])
    shows: Shows = row["shows"]
    made = Indicator(
        "i", "c", row["text"], shows, own["telling"], tuple(own["acts"]), tuple(row["actors"]), tuple(row["objects"])
    )
    contrary: Shows = "kept" if shows == "broken" else "broken"
    return made, replace(
        made, id="j", text=other["text"], shows=contrary, telling=other["telling"], acts=tuple(other["acts"])
    )


@functools.cache
def find_sides(text: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The entry of the act table that an indicator's sentence was made from, and the entry of the contrary."""
    for one, two in act_sides().values():
        for own, other in ((one, two), (two, one)):
            pattern = re.sub(r"\\\{whom?\\\}", "(?:.+)", re.escape(own["text"]))
            if re.fullmatch(pattern, text, re.IGNORECASE):
                return own, other
    raise ValueError(f"no act of the table reads {text!r}")


def _commitment(row: Mapping[str, Any], indicators: tuple[Indicator, ...]) -> Commitment:
    span = Span(0, 1, "x")
    return Commitment("c", "1", span, tuple(row["obligor"]), tuple(row["to"]), "must", span, indicators=indicators)


def answer_pairs(judged: Sequence[Judged]) -> list[str]:
    """What the rules answer: a direction, or neutral."""
    return [name_answer(one.rules) for one in judged]


def best_overlap(judged: Sequence[Judged]) -> float:
    """Macro F1 of calling a pair ``holds`` from a share of the indicator's words on, at the best threshold."""
    shares = []
    for one in judged:
        words = set(re.findall(r"[a-z]{4,}", one.indicator.text.lower()))
        shares.append(len(words & set(re.findall(r"[a-z]{4,}", one.statement.lower()))) / max(1, len(words)))
    gold = [one.label for one in judged]
    return max(
        macro_f1(["holds" if share >= at else "neutral" for share in shares], gold) for at in np.linspace(0.1, 1.0, 10)
    )


def macro_f1(found: Sequence[str], gold: Sequence[str]) -> float:
    """Mean F1 over the three answers."""
    total = 0.0
    for label in LABELS:
        right = sum(1 for a, b in zip(found, gold, strict=True) if a == b == label)
        total += 2 * right / max(1, list(found).count(label) + list(gold).count(label))
    return total / len(LABELS)
