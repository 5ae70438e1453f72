"""The corpora as examples for the encoder: a text, its pieces, and whatever labels the corpus has, the rest masked."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evals.attribution import Attribution, gold_documents
from evals.entities import parse_iob
from pledgewatch.read.readers.encoder.labels import (
    ATTRIBUTION_TAGS,
    HEDGES,
    KINDS,
    MENTION_TAGS,
    PARTS_OF_SPEECH,
    STANCES,
)
from pledgewatch.read.readers.encoder.tokens import Tokens, cut_windows, tokenize
from pledgewatch.text.sentences import split_sentences

NONE = -100
"""No label here."""
HELD_OUT = 3
"""Every third document of re3d, in the order of the file, is kept for measuring (as ``evals/entities.py`` does)."""

Tag = dict[str, int]
ATTRIBUTION: Tag = {tag: index for index, tag in enumerate(ATTRIBUTION_TAGS)}
MENTION: Tag = {tag: index for index, tag in enumerate(MENTION_TAGS)}


@dataclass(slots=True)
class Example:
    """A text with the labels that its corpus has. Arrays are as long as ``tokens``; pointers are places in it.

    Attributes:
        attribution: tags of attribution.
        mention: for each piece a bit mask of the tags that it may have; 0 says nothing.
        to_source, to_cue, to_head, to_antecedent: where a piece points; -1 is nobody.
        part: parts of speech.
        factuality, commitment: whether the event at the piece happened, whether the author commits to it; else NaN.
        stance, hedge: of the attribution whose cue the piece belongs to.
        pairs: rows of (first piece, last piece + 1) of two mentions and the relation between them, by its name.
    """

    text: str
    tokens: Tokens
    sentences: tuple[tuple[int, int], ...]
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    pairs: list[tuple[int, int, int, int, str, str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, sentences: tuple[tuple[int, int], ...] | None = None) -> Example:
        """An example without labels."""
        found = cls(text, tokenize(text), split_sentences(text) if sentences is None else sentences)
        count = len(found.tokens)
        for name in ("attribution", "to_source", "to_cue", "to_head", "to_antecedent", "part", "stance", "hedge"):
            found.arrays[name] = np.full(count, NONE, dtype=np.int64)
        found.arrays["mention"] = np.zeros(count, dtype=np.int64)
        for name in ("factuality", "commitment"):
            found.arrays[name] = np.full(count, np.nan, dtype=np.float32)
        return found

    def pieces(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of pieces that lie in ``[start, end)`` of the text."""
        return self.tokens.pieces(start, end)


# ---- PolNeAR


def cue_key(words: str) -> str:
    """A cue without its auxiliaries, as in ``labels/cues.tsv``."""
    found = re.findall(r"[\w’'-]+", words.lower())
    return " ".join(word for word in found if word not in _SMALL) or " ".join(found)


_SMALL = frozenset(
    (
        "has have had been be is are was were being will would could should can may might do does did to the a an "
        "that 's ’s also just recently now in on of at his her their its he she it they i we you not n't n’t"
    ).split()
)


def read_cue_labels(path: Path) -> dict[str, tuple[str, str]]:
    """Stance and hedge by cue; nothing where the file is not there."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: (row["stance"], row["hedge"]) for row in csv.DictReader(lines, delimiter="\t")}


def label_attributions(
    text: str, gold: Iterable[Attribution], cues: dict[str, tuple[str, str]] | None = None
) -> Example:
    """Tags, pointers, stance and hedge of the attributions of one article."""
    found = Example.of(text)
    tags = found.arrays["attribution"]
    tags[:] = 0
    for attribution in gold:
        for role, pieces in zip(
            ("source", "cue", "content"), (attribution.source, attribution.cue, attribution.content), strict=True
        ):
            for start, end in pieces:
                low, high = found.pieces(start, end)
                if low < high and not tags[low:high].any():
                    tags[low] = ATTRIBUTION[f"B-{role}"]
                    tags[low + 1 : high] = ATTRIBUTION[f"I-{role}"]
        if not attribution.cue:
            continue
        cue, cue_end = found.pieces(*attribution.cue[0])
        if cue >= len(tags):
            continue
        source = found.pieces(*attribution.source[0])[0] if attribution.source else -1
        found.arrays["to_source"][cue] = source
        for start, end in attribution.content:
            low, high = found.pieces(start, end)
            found.arrays["to_cue"][low:high] = cue
        words = " ".join(text[start:end] for start, end in attribution.cue)
        stance, hedge = (cues or {}).get(cue_key(words), ("x", "x"))
        if stance in STANCES and hedge in HEDGES:
            found.arrays["stance"][cue:cue_end] = STANCES.index(stance)
            found.arrays["hedge"][cue:cue_end] = HEDGES.index(hedge)
    return found


def polnear(shared: Path, split: str, cues: dict[str, tuple[str, str]]) -> Iterator[Callable[[random.Random], Example]]:
    """Each article as a maker of examples: with a quarter of chance its text is damaged first."""
    for _, text, gold in gold_documents(shared / "corpora/polnear" / split):

        def make(chance: random.Random, text: str = text, gold: tuple[Attribution, ...] = gold) -> Example:
            if chance.random() < 0.25:
                return label_attributions(*damage(text, gold, chance), cues)
            return label_attributions(text, gold, cues)

        yield make


def damage(text: str, gold: tuple[Attribution, ...], chance: random.Random) -> tuple[str, tuple[Attribution, ...]]:
    """The text as the web would hand it on, with the places moved: marks lost or doubled, lines glued, slips."""
    kind = chance.choice(("quotes", "quotes", "straight", "glued", "lower", "slips", "caption"))
    pieces: list[str] = []
    moved = np.zeros(len(text) + 1, dtype=np.int64)
    length = 0
    for place, character in enumerate(text):
        moved[place] = length
        new = _damaged(kind, character, text, place, chance)
        pieces.append(new)
        length += len(new)
    moved[len(text)] = length
    new_text = "".join(pieces)

    def move(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        found = []
        for start, end in spans:
            low, high = int(moved[start]), int(moved[end])
            while low < high and new_text[low].isspace():
                low += 1
            while low < high and new_text[high - 1].isspace():
                high -= 1
            if low < high:
                found.append((low, high))
        return tuple(found)

    return new_text, tuple(Attribution(move(a.source), move(a.cue), move(a.content)) for a in gold)


_LETTER_SLIPS = {"l": "1", "o": "0", "m": "rn", "e": "c", "i": "l"}


def _damaged(kind: str, character: str, text: str, place: int, chance: random.Random) -> str:
    if kind in ("quotes", "straight") and character in '“”"':
        if kind == "straight":
            return '"'
        luck = chance.random()
        if luck < 0.12:
            return ""
        if luck < 0.2:
            return chance.choice(("“", "”", '"', "“ ", " ”"))
        return character
    if kind == "glued" and character == "\n" and chance.random() < 0.5:
        return "" if text[place - 1 : place] == "\n" else " "
    if kind == "lower":
        lowered = character.lower()
        return lowered if len(lowered) == 1 else character
    if kind == "slips" and character in _LETTER_SLIPS and chance.random() < 0.01:
        return _LETTER_SLIPS[character]
    if kind == "caption" and character == "\n" and text[place - 1 : place] == "\n" and chance.random() < 0.08:
        return chance.choice(("\nAdvertisement\n", "\nPhoto: file picture.\n", "\nRead more\n", "\nSIGN UP HERE\n"))
    return character


# ---- UD trees, names, coreference


def _rows(sentence: list[str]) -> list[list[str]]:
    return [fields for fields in (line.split("\t") for line in sentence) if fields[0].isdigit()]


def conllu_documents(path: Path) -> Iterator[tuple[str, list[tuple[bool, str, list[list[str]]]]]]:
    """Name of each document and its sentences: whether a paragraph begins, the text, the rows."""
    name, sentences, lines, text, paragraph = "", [], [], "", True
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("# newdoc"):
            if sentences:
                yield name, sentences
            name, sentences, paragraph = line.partition("= ")[2], [], True
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            lines.append(line)
        elif not line and lines:
            sentences.append((paragraph, text, _rows(lines)))
            lines, paragraph = [], False
    if sentences:
        yield name, sentences


def label_trees(sentences: list[tuple[bool, str, list[list[str]]]]) -> tuple[Example, list[list[tuple[int, int]]]]:
    """Heads and parts of speech of a document; and the place of each word of each sentence."""
    text, borders, places = "", [], []
    for paragraph, words, rows in sentences:
        text += ("\n\n" if paragraph else " ") * bool(text)
        start = len(text)
        text += words
        borders.append((start, len(text)))
        place, found = start, []
        for row in rows:
            at = text.find(row[1], place)
            if at < 0 or at > place + 40:
                at = place
                found.append((at, at))
                continue
            place = at + len(row[1])
            found.append((at, place))
        places.append(found)
    example = Example.of(text, tuple(borders))
    for (_, _, rows), found in zip(sentences, places, strict=True):
        ids = {row[0]: example.pieces(*place) for row, place in zip(rows, found, strict=True) if place[0] < place[1]}
        for row in rows:
            if row[0] not in ids or ids[row[0]][0] == ids[row[0]][1]:
                continue
            low, high = ids[row[0]]
            if row[3] in PARTS_OF_SPEECH:
                example.arrays["part"][low:high] = PARTS_OF_SPEECH.index(row[3])
            if row[6] == "0":
                example.arrays["to_head"][low] = -1
            elif row[6] in ids:
                example.arrays["to_head"][low] = ids[row[6]][0]
    return example, places


def allowed(*tags: str) -> int:
    """The bit mask of tags."""
    return sum(1 << MENTION[tag] for tag in tags)


_OUTSIDE_NAMES = allowed(
    "O", *(f"{side}-{kind}" for kind in ("nationality", "weapon", "document", *KINDS[6:]) for side in "BI")
)
"""What a piece outside UNER's names may be: what UNER does not mark."""
_UNER = {"PER": "person", "ORG": "organisation", "LOC": "place"}
_RE3D = {
    "Person": "person", "Organisation": "organisation", "Location": "place", "Nationality": "nationality",
    "Weapon": "weapon", "MilitaryPlatform": "weapon", "DocumentReference": "document",
}  # fmt: skip
_PRONOUNS = frozenset(
    (
        "i me my we us our you your he him his she her it its they them their who whose which that this these "
        "those both others themselves himself herself itself"
    ).split()
)


def mark_mention(example: Example, start: int, end: int, kind: str) -> None:
    """Tags the pieces of ``[start, end)``."""
    low, high = example.pieces(start, end)
    if low < high:
        example.arrays["mention"][low] = allowed(f"B-{kind}")
        example.arrays["mention"][low + 1 : high] = allowed(f"I-{kind}")


def web_text(shared: Path, split: str) -> Iterator[Example]:
    """EWT with its trees, UNER's names and UDS's factuality, which stand on the same sentences: a document each."""
    names: dict[str, list[set[tuple[int, int, str]]]] = {}
    with (shared / "corpora/uner_ewt" / f"{split}.iob2").open(encoding="utf-8") as lines:
        for _, text, entities in parse_iob(lines):
            names.setdefault(text, []).append(entities)
    facts = _facts_by_words(shared / "corpora/factuality/uds_ih2" / f"{split}.jsonl")
    for _, sentences in conllu_documents(shared / "corpora/ewt" / f"{split}.conllu"):
        example, places = label_trees(sentences)
        for (_, text, rows), found, (start, end) in zip(sentences, places, example.sentences, strict=True):
            if text in names:
                low, high = example.pieces(start, end)
                example.arrays["mention"][low:high] = _OUTSIDE_NAMES
                for first, last, kind in names[text][0]:
                    mark_mention(example, start + first, start + last, _UNER[kind])
            for word, label in facts.get("".join(row[1] for row in rows), ()):
                if word < len(found) and found[word][0] < found[word][1]:
                    low, _ = example.pieces(*found[word])
                    example.arrays["factuality"][low] = label
        yield example


def _facts_by_words(path: Path) -> dict[str, list[tuple[int, float]]]:
    """Factuality by the words of the sentence run together (spaces differ between the copies)."""
    found: dict[str, list[tuple[int, float]]] = {}
    if path.is_file():
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found["".join(row["text"].split())] = [(t["span1"][0], float(t["label"])) for t in row["targets"]]
    return found


def gum(shared: Path, split: str) -> Iterator[Example]:
    """GUM with its trees and its coreference: each later mention points to the one before it."""
    for path in sorted((shared / "corpora/gum" / split).glob("*.conllu")):
        for _, sentences in conllu_documents(path):
            example, places = label_trees(sentences)
            _mark_coreference(example, sentences, places)
            _mark_names(example, sentences, places)
            yield example


_ENTITY = re.compile(r"\((\d+)-[^()]*\)?|(\d+)\)")


def _mark_coreference(
    example: Example, sentences: list[tuple[bool, str, list[list[str]]]], places: list[list[tuple[int, int]]]
) -> None:
    last: dict[str, int] = {}
    for (_, _, rows), found in zip(sentences, places, strict=True):
        for row, place in zip(rows, found, strict=True):
            entity = re.search(r"Entity=([^|]*)", row[9])
            if not entity or place[0] == place[1]:
                continue
            piece = example.pieces(*place)[0]
            for match in _ENTITY.finditer(entity.group(1)):
                if match.group(1):
                    # One place may begin several mentions: the outermost, which is opened first, has it.
                    if example.arrays["to_antecedent"][piece] == NONE:
                        example.arrays["to_antecedent"][piece] = last.get(match.group(1), -1)
                    last[match.group(1)] = piece


_GUM = {"person": "person", "organization": "organisation", "place": "place"}
_JOINING = frozenset(("of", "the", "for", "and", "'s", "’s", "-", "de", "al", "in", "on"))


def _mark_names(
    example: Example, sentences: list[tuple[bool, str, list[list[str]]]], places: list[list[tuple[int, int]]]
) -> None:
    """Names among GUM's mentions: of a mention whose head is a proper noun, the run of proper nouns around it.

    Proper nouns outside such mentions say nothing; other words are no names.
    """
    for (_, _, rows), found in zip(sentences, places, strict=True):
        for row, place in zip(rows, found, strict=True):
            low, high = example.pieces(*place)
            example.arrays["mention"][low:high] = 0 if _is_proper(row) else _OUTSIDE_NAMES
        opened: list[tuple[str, str, int]] = []
        spans: list[tuple[int, int, str]] = []
        for index, row in enumerate(rows):
            entity = re.search(r"Entity=([^|]*)", row[9])
            for match in _OPENED.finditer(entity.group(1) if entity else ""):
                if match.group(1):
                    opened.append((match.group(1), match.group(2), index))
                if match.group(3) or match.group(4):
                    number = match.group(4) or match.group(1)
                    last = next((place for place in range(len(opened) - 1, -1, -1) if opened[place][0] == number), None)
                    if last is not None:
                        _, kind, start = opened.pop(last)
                        spans.append((start, index + 1, kind))
        for start, end, kind in sorted(spans, key=lambda span: span[1] - span[0]):
            run = _proper_run(rows, start, end, kind)
            if run is None or kind not in _GUM:
                continue
            if all(row[1].lower().strip(".") in _OFFICES for row in rows[run[0] : run[1]]):
                low, high = example.pieces(found[run[0]][0], found[run[1] - 1][1])
                example.arrays["mention"][low:high] = 0
            else:
                mark_mention(example, found[run[0]][0], found[run[1] - 1][1], _GUM[kind])


_OPENED = re.compile(r"\((\d+)-(\w+)-[^()]*(\))?|(\d+)\)")


_OFFICES = frozenset(
    (
        "secretary justice president emperor court senator minister king queen lord lady protector professor doctor mr "
        "mrs ms dr sir captain general judge chief mom dad mum god sea street road party county university museum"
    ).split()
)
"""Words that name nobody when they stand alone."""


def _is_proper(row: list[str]) -> bool:
    return row[3] == "PROPN" or (row[3] in ("ADJ", "VERB", "NOUN") and row[1][:1].isupper() and row[0] != "1")


def _proper_run(rows: list[list[str]], start: int, end: int, kind: str) -> tuple[int, int] | None:
    """The proper nouns around the head of the mention ``[start, end)``; ``None`` where the head is none."""
    ids = {row[0] for row in rows[start:end]}
    heads = [index for index in range(start, end) if rows[index][6] not in ids]
    if not heads or rows[heads[0]][3] != "PROPN":
        return None
    low = high = heads[0]

    def joins(index: int, step: int) -> int:
        """The next proper noun in a direction, over small words for what is no person; or where one stands."""
        place = index + step
        while kind != "person" and start <= place < end and rows[place][1].lower() in _JOINING:
            place += step
        return place if start <= place < end and _is_proper(rows[place]) else index

    while (place := joins(low, -1)) != low:
        low = place
    while (place := joins(high, 1)) != high:
        high = place
    return low, high + 1


def defence(shared: Path, held_out: bool) -> Iterator[Example]:
    """re3d with its names; what has no capital letter is a common noun, and pronouns are nothing."""
    for part in ("CENTCOM", "UK Government", "Wikipedia"):
        folder = shared / "corpora/re3d" / part
        marks: dict[str, list[dict[str, Any]]] = {}
        for row in _json_lines(folder / "entities.json"):
            marks.setdefault(row["documentId"], []).append(row)
        for index, document in enumerate(_json_lines(folder / "documents.json")):
            if (index % HELD_OUT == 0) != held_out:
                continue
            text = document["text"]
            example = Example.of(text)
            example.arrays["mention"][:] = allowed("O")
            for row in sorted(marks.get(document["_id"], ()), key=lambda row: row["end"] - row["begin"]):
                start, end = row["begin"], row["end"]
                words = text[start:end]
                if row["confidence"] < 0.5:
                    low, high = example.pieces(start, end)
                    example.arrays["mention"][low:high] = 0
                elif row["type"] in _RE3D and words.lower() not in _PRONOUNS:
                    kind = _RE3D[row["type"]]
                    if kind in KINDS[:3] and not _has_name(words):
                        kind = KINDS[6 + KINDS.index(kind)]
                    mark_mention(example, start, end, kind)
            yield example


def _has_name(words: str) -> bool:
    """Whether a capital stands in the words beyond that of an article or of a sentence's first small word."""
    return (
        re.search(r"(?<!^)[A-Z]|^[A-Z](?!he\b|his\b|hese\b|hose\b|n?\b|ny\b|ll\b|ome\b|wo\b|ur\b|everal\b)", words)
        is not None
    )


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


# ---- factuality on its own, relations


def factuality(path: Path, together: int, question: str) -> Iterator[Example]:
    """Sentences with the answer to a question about events, so many to a text, each a paragraph of its own."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for first in range(0, len(rows), together):
        text, labels, borders = "", [], []
        for row in rows[first : first + together]:
            text += "\n\n" * bool(text)
            start = len(text)
            words = row["text"].split()
            starts = [start + len(" ".join(words[:index])) + bool(index) for index in range(len(words))]
            text += " ".join(words)
            borders.append((start, len(text)))
            labels.extend((starts[t["span1"][0]], t["label"]) for t in row["targets"] if t["span1"][0] < len(words))
        example = Example.of(text, tuple(borders))
        for place, label in labels:
            low, high = example.pieces(place, place + 1)
            if low < high:
                example.arrays[question][low] = label
        yield example


_CROSSRE = {
    "person": "person", "politician": "person", "writer": "person", "scientist": "person", "researcher": "person",
    "musicalartist": "person", "organisation": "organisation", "politicalparty": "organisation", "band": "organisation",
    "university": "organisation", "country": "place", "location": "place",
}  # fmt: skip


def relations(path: Path) -> Iterator[Example]:
    """CrossRE: names of the kinds that we have, and pairs of mentions with their relation."""
    for row in _json_lines(path):
        words = row["sentence"]
        starts, place = [], 0
        for word in words:
            starts.append(place)
            place += len(word) + 1
        text = " ".join(words)
        example = Example.of(text, ((0, len(text)),))
        spans = {(first, last): (starts[first], starts[last] + len(words[last])) for first, last, _ in row["ner"]}
        kinds = {(first, last): kind for first, last, kind in row["ner"]}
        example.arrays["mention"][:] = _OUTSIDE_NAMES
        for key, span in spans.items():
            if kinds[key] in _CROSSRE:
                mark_mention(example, *span, _CROSSRE[kinds[key]])
            else:
                low, high = example.pieces(*span)
                example.arrays["mention"][low:high] = 0
        for first, first_end, second, second_end, label, *_ in row["relations"]:
            one, two = (first, first_end), (second, second_end)
            if one in spans and two in spans:
                example.pairs.append(
                    (*example.pieces(*spans[one]), *example.pieces(*spans[two]), label, kinds[one], kinds[two])
                )
        yield example


# ---- windows


def windows_of(example: Example, chance: random.Random, longest: int) -> Iterator[dict[str, Any]]:
    """The example cut as the reader cuts but without overlap, from a place drawn by ``chance``.

    Pointers are made relative to the window: 0 is nobody, 1 the first piece.
    """
    sentences = example.sentences
    count = len(example.tokens)
    if count > longest and len(sentences) > 6:
        skip = chance.randrange(0, 5)
        offset = example.pieces(sentences[skip][0], sentences[skip][1])[0]
    else:
        offset = 0
    pieces = [(0, offset)] if offset else []
    rest = _slice(example.tokens, offset, count)
    pieces += [(offset + w.start, offset + w.end) for w in cut_windows(rest, sentences, longest, 0, 0)]
    for start, end in pieces:
        end = min(end, start + longest - 2)
        if end - start < 4:
            continue
        found: dict[str, Any] = {"tokens": _slice(example.tokens, start, end)}
        for name, values in example.arrays.items():
            part = values[start:end].copy()
            if name.startswith("to_"):
                inside = (part >= start) & (part < end)
                # What points out of the window has no label here; nobody is 0, the first piece is 1.
                part = np.where(part == -1, 0, np.where(inside, part - start + 1, NONE))
            found[name] = part
        found["pairs"] = [
            (a - start + 1, b - start + 1, c - start + 1, d - start + 1, *rest)
            for a, b, c, d, *rest in example.pairs
            if start <= a < b <= end and start <= c < d <= end
        ]
        yield found


def _slice(tokens: Tokens, start: int, end: int) -> Tokens:
    return Tokens(
        *(getattr(tokens, name)[start:end] for name in ("ids", "starts", "ends", "case", "gap", "quote", "first"))
    )
