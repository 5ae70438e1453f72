"""Names, exact in span and type: people, organisations, places of UNER English EWT; groups, people, places of re3d."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evals.table import Row, f1_of
from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading
from pledgewatch.read import read_document

SETS = ("uner ewt dev", "re3d")
BEAT_UNER = 0.860
BEAT_UNER_WHO = "XLM-R large"
RE3D_CONFIDENCE = 0.5

Entity = tuple[int, int, str]
"""Half-open place and type."""

UNER_TYPES = {"person": "PER", "group": "ORG", "body": "ORG", "state": "LOC", "place": "LOC", "facility": "LOC"}
_RE3D_NAMES = {"PER": "Person", "ORG": "Organisation", "LOC": "Location"}
RE3D_TYPES = {ours: _RE3D_NAMES[theirs] for ours, theirs in UNER_TYPES.items()}
_RE3D_GOLD = frozenset(_RE3D_NAMES.values())


def parse_iob(untrusted_lines: Iterable[str]) -> Iterator[tuple[str, str, set[Entity]]]:
    """Document, text and entities of each sentence of an IOB2 file with ``# text`` and ``# newdoc id`` lines.

    Tokens are found one after another in the text, so that places count its code points. ``OTH`` and the stray
    type ``O`` are outside.

    >>> lines = ["# newdoc id = d", "# text = In New Varna", "1 In O", "2 New B-LOC", "3 Varna I-LOC"]
    >>> lines = [line if line[0] == "#" else line.replace(" ", chr(9)) for line in lines]
    >>> list(parse_iob(lines))
    [('d', 'In New Varna', {(3, 12, 'LOC')})]
    """
    document, text, rows = "", "", []
    for line in [*untrusted_lines, ""]:
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            document = line.removeprefix("# newdoc id = ")
        elif line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            fields = line.split("\t")
            rows.append((fields[1], fields[2]))
        elif not line and rows:
            yield document, text, _entities(text, rows)
            text, rows = "", []


def _entities(text: str, rows: list[tuple[str, str]]) -> set[Entity]:
    found: list[tuple[int, int, str]] = []
    place = 0
    before = "O"
    for token, tag in rows:
        start = text.find(token, place)
        if start < 0:
            # The tokens of a few sentences were altered ("ca n't"); what follows is found again by the next token.
            before = "O"
            continue
        place = start + len(token)
        kind = tag[2:] if tag[:2] in ("B-", "I-") else "O"
        if kind in ("OTH", "O"):
            before = "O"
            continue
        if tag.startswith("I-") and before == kind and found:
            found[-1] = (found[-1][0], place, kind)
        else:
            found.append((start, place, kind))
        before = kind
    return set(found)


def entities_of(reading: Reading, types: dict[str, str]) -> set[Entity]:
    """The mentions of a reading under another scheme's names; types that it lacks are left out."""
    return {
        (mention.span.start, mention.span.end, types[mention.type])
        for mention in reading.mentions
        if mention.type in types
    }


def _measure_uner(path: Path, quick: bool) -> list[Row]:
    documents: dict[str, tuple[list[str], set[Entity]]] = {}
    with path.open(encoding="utf-8") as lines:
        for name, text, entities in parse_iob(lines):
            texts, gold = documents.setdefault(name, ([], set()))
            offset = sum(len(sentence) + 2 for sentence in texts)
            gold |= {(start + offset, end + offset, kind) for start, end, kind in entities}
            texts.append(text)
    names = list(documents)[::3] if quick else list(documents)
    pairs = []
    for name in names:
        texts, gold = documents[name]
        pairs.append((_read(name, "\n\n".join(texts), UNER_TYPES), gold))
    return [_row("uner ewt dev", "entities exact F1", pairs, None, BEAT_UNER, BEAT_UNER_WHO)] + [
        _row("uner ewt dev", f"{kind} exact F1", pairs, kind) for kind in ("PER", "ORG", "LOC")
    ]


def _measure_re3d(folder: Path, quick: bool) -> list[Row]:
    pairs = []
    for part in ("CENTCOM", "UK Government", "Wikipedia"):
        gold: dict[str, set[Entity]] = {}
        for entity in _json_lines(folder / part / "entities.json"):
            if entity["confidence"] >= RE3D_CONFIDENCE and entity["type"] in _RE3D_GOLD:
                gold.setdefault(entity["documentId"], set()).add((entity["begin"], entity["end"], entity["type"]))
        documents = list(_json_lines(folder / part / "documents.json"))
        for document in documents[::3] if quick else documents:
            pairs.append((_read(document["_id"], document["text"], RE3D_TYPES), gold.get(document["_id"], set())))
    kinds = (("groups", "Organisation"), ("people", "Person"), ("places", "Location"))
    return [_row("re3d", f"{name} exact F1", pairs, kind) for name, kind in kinds]


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _read(name: str, text: str, types: dict[str, str]) -> set[Entity]:
    document = Document(name, name, "", "text/plain", text, language="en")
    return entities_of(read_document(document, ReadPolicy()), types)


def _row(
    name: str,
    figure: str,
    pairs: list[tuple[set[Entity], set[Entity]]],
    kind: str | None,
    beat: float | None = None,
    who: str = "",
) -> Row:
    """Micro-averaged F1 of one type (``None``: of all) over documents."""
    right, found, wanted = 0, 0, 0
    for ours, gold in pairs:
        mine = {entity for entity in ours if kind in (None, entity[2])}
        theirs = {entity for entity in gold if kind in (None, entity[2])}
        right, found, wanted = right + len(mine & theirs), found + len(mine), wanted + len(theirs)
    return Row(name, figure, f1_of(right, found, wanted)[2], wanted, beat, who)


def measure(shared: Path, quick: bool) -> list[Row]:
    """The figures on both sets; ``quick`` takes every third document."""
    corpora = shared / "corpora"
    return _measure_uner(corpora / "uner_ewt" / "dev.iob2", quick) + _measure_re3d(corpora / "re3d", quick)
