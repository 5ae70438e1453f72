"""Places: is each named place found with the right id and precision, and is no other word taken for a place?

``places/dev.tsv`` holds sentences of our own about real geography. A mention stands in braces,
``{words|id|precision}``, or ``{words|none}`` where a name of a place is none; whatever stands outside of braces is no
place either. ``half`` says when the sentence was written: ``before`` the code that decides, ``after`` its first run, or
``later``, when it had been corrected on both. On their first run, with the gold as first written, the parts had 71 of
78, 58 of 63 and 48 of 50 places right, and 1, 3 and 1 words falsely taken for one. Six gold answers were put right:
a town for its province by the rule of the coarser one, an id, a sea, two states that speak, and a town that moved
to a table of ours.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.table import Row
from pledgewatch.resolve.places import find_places, load_gazetteer

GOLD = Path(__file__).parent / "places" / "dev.tsv"
SETS = ("places dev",)
_BRACES = re.compile(r"\{([^|}]*)\|([^|}]*)(?:\|([^}]*))?\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its gold: ``(start, end, id or "none", precision)`` by mention."""

    half: str
    countries: tuple[str, ...]
    text: str
    gold: tuple[tuple[int, int, str, str], ...]


def read_sentences(path: Path = GOLD) -> Iterator[Marked]:
    """The marked sentences, braces taken out."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            text, gold, last = "", [], 0
            for found in _BRACES.finditer(row["sentence"]):
                text += row["sentence"][last : found.start()]
                gold.append((len(text), len(text) + len(found[1]), found[2], found[3] or ""))
                text += found[1]
                last = found.end()
            text += row["sentence"][last:]
            yield Marked(row["half"], tuple(row["countries"].split()), text, tuple(gold))


def wrong_answers(sentence: Marked) -> tuple[int, int, int, list[str]]:
    """``(right, places in the gold, false places, one line a mistake)`` of a sentence."""
    links = [
        link
        for link in find_places(sentence.text, load_gazetteer(), countries=sentence.countries)
        if link.decision == "place" and link.place is not None
    ]
    right, wanted, lines = 0, 0, []
    matched = set()
    for start, end, place_id, precision in sentence.gold:
        answers = [link for link in links if link.span.start < end and start < link.span.end]
        matched.update(link.span for link in answers if place_id != "none")
        if place_id == "none":
            continue
        wanted += 1
        got = [(link.place.id, link.place.precision) for link in answers if link.place is not None]
        if got == [(place_id, precision)]:
            right += 1
        else:
            lines.append(f"{sentence.text[start:end]!r} is {place_id} ({precision}), not {got}: {sentence.text}")
    false = [link for link in links if link.span not in matched]
    lines.extend(f"{link.span.text!r} is no place, not {link.place}: {sentence.text}" for link in false)
    return right, wanted, len(false), lines


def measure(shared: Path, quick: bool) -> list[Row]:
    """The share of places with the right id and precision, and the share of places found that are places at all."""
    del shared, quick
    sentences = list(read_sentences())
    counts = [wrong_answers(sentence)[:3] for sentence in sentences]
    right, wanted, false = (sum(column) for column in zip(*counts, strict=True))
    none = sum(place_id == "none" for sentence in sentences for _, _, place_id, _ in sentence.gold)
    return [
        Row(SETS[0], "right place and precision", right / wanted, wanted),
        Row(SETS[0], "non-places left alone", 1 - false / none, none),
    ]


if __name__ == "__main__":
    for sentence in read_sentences():
        for line in wrong_answers(sentence)[3]:
            print(f"[{sentence.half}] {line}")
