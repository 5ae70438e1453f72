"""Attribution on PolNeAR: who said what by which words, compared span by span.

Roles are scored on their contiguous pieces (people's agreement was measured so); a whole attribution is right when its
source, its cue and its content, all pieces of each, are exactly those of a gold attribution.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from evals.table import Row, f1_of
from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading
from pledgewatch.read import read_document

SETS = ("polnear dev",)


PEOPLE = "agreement between people"
BEAT = {
    "source exact F1": 0.777,
    "cue exact F1": 0.705,
    "content exact F1": 0.659,
    "content characters F1": 0.911,
    "whole attribution exact F1": 0.563,
}
Piece = tuple[int, int]
_ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Half-open pieces of source, cue and content, each in text order; empty where there is none."""

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]


def parse_standoff(untrusted_text: str) -> tuple[Attribution, ...]:
    """The attributions of a brat stand-off file, in its order.

    >>> parse_standoff("T1\\tSource 0 2\\tHe\\nT2\\tCue 3 7\\tsaid\\nT3\\tContent 8 9;11 12\\tx y\\n"
    ...                "T4\\tAttribution 3 7\\tsaid\\nE1\\tAttribution:T4 Source:T1 Cue:T2 Content:T3\\n")
    (Attribution(source=((0, 2),), cue=((3, 7),), content=((8, 9), (11, 12))),)
    """
    pieces: dict[str, tuple[Piece, ...]] = {}
    events: list[list[tuple[str, str]]] = []
    for line in untrusted_text.split("\n"):
        fields = line.rstrip("\r").split("\t")
        if fields[0].startswith("T") and len(fields) > 1:
            _, places = fields[1].split(" ", 1)
            pieces[fields[0]] = tuple(_piece(place) for place in places.split(";"))
        elif fields[0].startswith("E") and len(fields) > 1:
            events.append([_role(argument) for argument in fields[1].split()])
    found = []
    for event in events:
        roles: dict[str, list[Piece]] = {role: [] for role in _ROLES}
        for role, target in event:
            if role in roles:
                roles[role].extend(pieces[target])
        if any(roles.values()):
            found.append(Attribution(*(tuple(sorted(set(roles[role]))) for role in _ROLES)))
    return tuple(found)


def _piece(untrusted_place: str) -> Piece:
    start, end = untrusted_place.split()
    return int(start), int(end)


def _role(untrusted_argument: str) -> tuple[str, str]:
    role, target = untrusted_argument.split(":")
    return re.sub(r"\d", "", role).lower(), target


def attributions_of(reading: Reading) -> tuple[Attribution, ...]:
    """What a reading says in the shape of the gold."""
    return tuple(
        Attribution(
            ((statement.speaker.start, statement.speaker.end),) if statement.speaker else (),
            ((statement.cue.start, statement.cue.end),) if statement.cue else (),
            tuple((span.start, span.end) for span in statement.content),
        )
        for statement in reading.statements
    )


@dataclass(slots=True)
class Tally:
    """Counts over documents: right, found and gold, by figure."""

    right: Counter[str]
    found: Counter[str]
    gold: Counter[str]

    @classmethod
    def empty(cls) -> Tally:
        """Nothing counted yet."""
        return cls(Counter(), Counter(), Counter())

    def add(self, ours: Iterable[Attribution], gold: Iterable[Attribution]) -> None:
        """Counts one document. A piece or attribution that stands twice counts once."""
        found, wanted = set(ours), set(gold)
        for role in _ROLES:
            name = f"{role} exact F1"
            self._count(name, _pieces(found, role), _pieces(wanted, role))
        self._count("content characters F1", _characters(found), _characters(wanted))
        self._count("whole attribution exact F1", found, wanted)

    def _count(self, name: str, found: Set[object], gold: Set[object]) -> None:
        self.right[name] += len(found & gold)
        self.found[name] += len(found)
        self.gold[name] += len(gold)

    def scores(self) -> dict[str, tuple[float, float, float]]:
        """Precision, recall and F1 of every figure, micro-averaged over documents."""
        return {name: f1_of(self.right[name], self.found[name], self.gold[name]) for name in BEAT}


def _pieces(attributions: set[Attribution], role: str) -> set[object]:
    return {piece for attribution in attributions for piece in getattr(attribution, role)}


def _characters(attributions: set[Attribution]) -> set[object]:
    return {place for attribution in attributions for start, end in attribution.content for place in range(start, end)}


def gold_documents(folder: Path) -> Iterator[tuple[str, str, tuple[Attribution, ...]]]:
    """Name, text and attributions of each article of a split, in the order of the names."""
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        yield name, text, parse_standoff(path.read_bytes().decode("utf-8"))


def measure(shared: Path, quick: bool) -> list[Row]:
    """The figures on PolNeAR's dev split; ``quick`` takes every third article."""
    tally = Tally.empty()
    articles = list(gold_documents(shared / "corpora" / "polnear" / "dev"))
    for name, text, gold in articles[::3] if quick else articles:
        document = Document(name, name, "", "text/plain", text, language="en")
        tally.add(attributions_of(read_document(document, ReadPolicy())), gold)
    return [
        Row("polnear dev", figure, score[2], tally.gold[figure], BEAT[figure], PEOPLE)
        for figure, score in tally.scores().items()
    ]
