"""Who mentions in news name: the right actor, the right entry of the list, and how often somebody is named wrongly."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from evals.names import calibration_error
from evals.table import Row
from pledgewatch.collect import collect_file
from pledgewatch.model.actor import ActorLink
from pledgewatch.model.case import CollectPolicy, ReadPolicy
from pledgewatch.model.document import Document
from pledgewatch.read import read_document
from pledgewatch.resolve import Known, load_registry, resolve_mentions
from pledgewatch.resolve.lists import load_list

SETS = ("mentions dev",)

QUICK_LONGEST = 24_000
"""Characters of the longest document that the quick form reads: transcripts of an hour take four seconds each."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled mention: its place, and who it names (``None``: nobody in the registry) on which entry."""

    path: str
    published: str
    start: int
    end: int
    who: str | None
    listed: str | None


def measure(shared: Path, quick: bool) -> list[Row]:
    """Dev, of which ``quick`` takes the shorter documents; without it the blind part too."""
    rows: list[Row] = []
    for part in ("dev",) if quick else ("dev", "blind"):
        pairs = link_gold(shared, part, QUICK_LONGEST if quick else None)
        right = sum(1 for gold, link in pairs if _who(link) == gold.who and _listed(link) == gold.listed)
        false = sum(1 for gold, link in pairs if _who(link) not in (None, gold.who))
        rows += [
            Row(f"mentions {part}", "correct", right / len(pairs), len(pairs), 39 / 45, "best service, another set"),
            Row(f"mentions {part}", "1 - false links", 1 - false / len(pairs), len(pairs), 24 / 27, "the same"),
        ]
        sure = [(link.probability, _who(link) == gold.who) for gold, link in pairs if link is not None and _who(link)]
        error = calibration_error([one for one, _ in sure], [one for _, one in sure], 5)
        rows.append(Row(f"mentions {part}", "1 - calibration error of links", 1 - error, len(sure)))
    return rows


def read_gold(part: str) -> list[Gold]:
    """The labelled mentions of a part."""
    with (Path(__file__).parent / "news.tsv").open(encoding="utf-8") as file:
        return [
            Gold(
                row["path"],
                row["published"],
                int(row["start"]),
                int(row["end"]),
                None if row["who"] == "none" else row["who"],
                None if row["listed"] == "none" else row["listed"],
            )
            for row in csv.DictReader(file, delimiter="\t")
            if row["part"] == part
        ]


def link_gold(shared: Path, part: str, longest: int | None = None) -> list[tuple[Gold, ActorLink | None]]:
    """Each labelled mention, of documents of at most so many characters, with the link at its place or ``None``."""
    lists = shared / "lists"
    versions = tuple(
        load_list((lists / name).read_bytes(), name) for name in ("un_2020-11-30.xml", "un_2026-02-27.xml")
    )
    known = Known(load_registry(), versions)
    by_path: dict[str, list[Gold]] = defaultdict(list)
    for gold in read_gold(part):
        by_path[gold.path].append(gold)
    pairs: list[tuple[Gold, ActorLink | None]] = []
    for path, golds in sorted(by_path.items()):
        text = read_text(shared, path)
        if longest is not None and len(text) > longest:
            continue
        document = Document(f"d_{path}", path, "", "text/plain", text, published=golds[0].published)
        reading = read_document(document, ReadPolicy())
        resolution = resolve_mentions([document], {document.id: reading}, None, (), known)
        for gold in golds:
            exact = [one for one in resolution.links if (one.span.start, one.span.end) == (gold.start, gold.end)]
            inside = [one for one in resolution.links if gold.start <= one.span.start and one.span.end == gold.end]
            pairs.append((gold, next(iter((*exact, *inside)), None)))
    return pairs


def read_text(shared: Path, path: str) -> str:
    """The text in which the places of the labels count."""
    name, _, part = path.partition("#")
    if part:
        with (shared / name).open(encoding="utf-8") as file:
            return next(row["text"] for row in map(json.loads, file) if row["_id"] == part)
    data = (shared / name).read_bytes()
    if name.startswith("corpora/"):
        return data.decode("utf-8")
    return collect_file(data, Path(name).name, CollectPolicy(), ()).documents[0].text


def _who(link: ActorLink | None) -> str | None:
    """The registry's actor that a link decides for; none where it is in doubt or only documents know them."""
    if link is None or link.decision not in ("known", "listed") or (link.actor or "a_").startswith("a_"):
        return None
    return link.actor


def _listed(link: ActorLink | None) -> str | None:
    return link.listing if link is not None and link.decision == "listed" else None
