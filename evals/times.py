"""Scores ``find_times`` on war histories (WikiWars, TimeML) and dated texts (GUM).

Strict spans agree on both ends, relaxed spans overlap (each gold span is matched once). A value is right when the
relaxed match has the annotated value; expressions that the annotators left open (``null``, PRESENT_REF …) want an
open value. Seasons, decades BC and open values are spelled by TimeML's habits before they are compared, equal lengths
of time agree (``P1DE`` and ``P10Y``), and parts of the day, which ISO 8601 lacks, are left aside on both sides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from evals.table import Row, f1_of
from pledgewatch.text.times import FoundTime, find_times

SETS = ("wikiwars train", "gum dates")

_SEASONS = {
    "21": "SP",
    "22": "SU",
    "23": "FA",
    "24": "WI",
    "40": "H1",
    "41": "H2",
    "33": "Q1",
    "34": "Q2",
    "35": "Q3",
    "36": "Q4",
}
_UNITS = {"DE": 120.0, "CE": 1200.0, "Y": 12.0, "M": 1.0}
UNVALUED = "-"
"""The value of a gold time that GUM gives as an interval (``from``, ``to``); it is scored for its span only."""

_OPEN = ("null", "PRESENT_REF", "PAST_REF", "FUTURE_REF")


@dataclass(frozen=True, slots=True)
class GoldTime:
    """An annotated time expression."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class TimeScore:
    """Counts over documents: ``found`` and ``gold`` expressions, and how many agree."""

    found: int = 0
    gold: int = 0
    strict: int = 0
    relaxed: int = 0
    valued: int = 0
    unvalued: int = 0

    def __add__(self, other: TimeScore) -> TimeScore:
        return TimeScore(
            self.found + other.found,
            self.gold + other.gold,
            self.strict + other.strict,
            self.relaxed + other.relaxed,
            self.valued + other.valued,
            self.unvalued + other.unvalued,
        )


def parse_timeml(untrusted_xml: str) -> tuple[str, str | None, tuple[GoldTime, ...]]:
    """Text, creation date and annotated times of a TimeML document."""
    root = ElementTree.fromstring(untrusted_xml)
    creation = root.find("./DCT/TIMEX3")
    body = root.find("TEXT")
    pieces: list[str] = []
    gold: list[GoldTime] = []

    def walk(node: ElementTree.Element) -> None:
        start = sum(map(len, pieces))
        if node.text:
            pieces.append(node.text)
        for child in node:
            walk(child)
            if child.tail:
                pieces.append(child.tail)
        if node.tag == "TIMEX3":
            gold.append(GoldTime(start, sum(map(len, pieces)), node.get("value", "null")))

    if body is not None:
        walk(body)
    return "".join(pieces), creation.get("value") if creation is not None else None, tuple(gold)


def fold_value(value: str | None) -> str:
    """One spelling for values that mean the same; ``open`` for those without a date."""
    if value is None or value in _OPEN:
        return "open"
    value = re.sub(r"T(?:MO|AF|EV|NI|DT|XX)$", "", value)
    value = re.sub(r"^(\d{4}|XXXX)-(21|22|23|24|3[3-6]|4[01])$", lambda m: f"{m[1]}-{_SEASONS[m[2]]}", value)
    negative = re.match(r"-(\d{2,4})(.*)$", value)
    if negative:
        digits, rest = negative[1], negative[2]
        # ISO 8601 counts a year 0: -0479 is 480 BC. Decades and centuries BC are written as they are said.
        value = f"BC{int(digits) + 1:04d}" if len(digits) == 4 else f"BC{digits}"
        value += re.sub(r"^-(21|22|23|24)$", lambda m: f"-{_SEASONS[m[1]]}", rest)
    value = re.sub(r"(?:-XX)+$", "", value)
    match = re.fullmatch(r"P([\dX.]+)(DE|CE|Y|M|W|D)|P(\d+)([YM])(\d+)([MD])", value)
    if match and "X" not in value:
        return _fold_length(match)
    return value if not re.fullmatch(r"XXXX", value) else "open"


def _fold_length(match: re.Match[str]) -> str:
    if match[3]:
        months = int(match[3]) * (12 if match[4] == "Y" else 1)
        total = months + (int(match[5]) if match[6] == "M" else int(match[5]) / 30)
        return f"{total:g} months"
    amount, unit = float(match[1]), match[2]
    if unit in _UNITS:
        return f"{amount * _UNITS[unit]:g} months"
    return f"{amount * (7 if unit == 'W' else 1):g} days"


def score_times(found: tuple[FoundTime, ...], gold: tuple[GoldTime, ...]) -> TimeScore:
    """Counts of one document. Each gold time is matched with the first free found time that overlaps it."""
    strict = len({(each.start, each.end) for each in found} & {(each.start, each.end) for each in gold})
    free = list(found)
    relaxed = valued = unvalued = 0
    for each in gold:
        rivals = [other for other in free if other.start < each.end and each.start < other.end]
        if not rivals:
            continue
        match = next((other for other in rivals if (other.start, other.end) == (each.start, each.end)), rivals[0])
        free.remove(match)
        relaxed += 1
        if each.value == UNVALUED:
            unvalued += 1
            continue
        valued += fold_value(match.value) == fold_value(each.value)
    return TimeScore(len(found), len(gold), strict, relaxed, valued, unvalued)


def parse_gum(untrusted_xml: str) -> tuple[str, str | None, tuple[GoldTime, ...]]:
    """Text (tokens with blanks between), date and annotated dates of a GUM document: XML around token lines."""
    pieces: list[str] = []
    size = 0
    opened: list[tuple[int, str]] = []
    gold: list[GoldTime] = []
    created = re.search(r'dateCreated="(\d{4}-\d\d-\d\d)"', untrusted_xml)
    for line in untrusted_xml.splitlines():
        if line.startswith("<date "):
            opened.append((size, line))
        elif line.startswith("</date") and opened:
            start, tag = opened.pop()
            when = re.search(r'when="([^"]*)"', tag)
            gold.append(GoldTime(start, size - 1, when[1] if when else UNVALUED))
        elif line.startswith("</p>") or line.startswith("</head>"):
            pieces.append("\n\n")
            size += 2
        elif line and not line.startswith("<"):
            word = line.split("\t")[0].replace("&amp;", "&")
            pieces.append(word + " ")
            size += len(word) + 1
    return "".join(pieces), created[1] if created else None, tuple(gold)


def measure(shared: Path, quick: bool) -> list[Row]:
    """The rows of both sets; ``quick`` takes six histories and the dev documents of GUM."""
    files = sorted((shared / "corpora/timex/wikiwars_train").glob("*.tml"))
    total = TimeScore()
    for path in files[::3] if quick else files:
        text, published, gold = parse_timeml(path.read_text("utf-8"))
        total += score_times(find_times(text, published), gold)
    rows = _rows("wikiwars train", total)
    total = TimeScore()
    for part in ("dev",) if quick else ("dev", "train"):
        for path in sorted((shared / "corpora/gum" / part).glob("*.xml")):
            text, published, gold = parse_gum(path.read_text("utf-8"))
            if gold:
                total += score_times(find_times(text, published), gold)
    return rows + _rows("gum dates", total, syntime=False)


def _rows(name: str, total: TimeScore, syntime: bool = True) -> list[Row]:
    strict = f1_of(total.strict, total.found, total.gold)[2]
    relaxed = f1_of(total.relaxed, total.found, total.gold)[2]
    valued = f1_of(total.valued, total.found, total.gold)[2]
    if not syntime:
        # GUM annotates dates that can be normalised and no durations or sets: precision means little here.
        return [
            Row(name, "relaxed span recall", total.relaxed / max(1, total.gold), total.gold),
            Row(
                name,
                "value of relaxed spans",
                total.valued / max(1, total.relaxed - total.unvalued),
                total.relaxed - total.unvalued,
            ),
        ]
    return [
        Row(name, "strict span F1", strict, total.gold, 0.815, "SynTime, WikiWars"),
        Row(name, "relaxed span F1", relaxed, total.gold, 0.940, "SynTime, WikiWars"),
        Row(name, "value F1", valued, total.gold, 0.776, "HeidelTime, TempEval-3"),
    ]
