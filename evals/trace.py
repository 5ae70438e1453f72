"""Copies and originals: our own families of documents, and real news articles of which almost none are copies.

The families were written by us and the thresholds were set on them, so they guard against decay more than they promise
quality; the figure to beat is the usual one, Jaccard's index of 5-word shingles from .5 on.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Sequence
from pathlib import Path

from evals.table import Row, f1_of
from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.text.shingles import comparison_words, make_shingles
from pledgewatch.trace import trace_documents
from tests.trace.case_files import load_families

FAMILIES = "trace families"
NEWS = "polnear articles"
SETS: tuple[str, ...] = (FAMILIES, NEWS)


Pairs = set[tuple[str, str]]


def measure(shared: Path, quick: bool) -> list[Row]:
    """Pairs of documents found to share an original, against those that do."""
    told = [told for family in load_families() for told in family.told]
    documents = [item.document for item in told]
    gold = {
        (one.document.id, other.document.id)
        for one, other in itertools.combinations(told, 2)
        if one.origin == other.origin
    }
    ours, peer = joined_pairs(documents), jaccard_pairs(documents)
    names = ("precision", "recall", "F1")
    rows = [
        Row(FAMILIES, f"pairs {name}", value, len(gold), beat, "Jaccard .5 on 5-word shingles")
        for name, value, beat in zip(names, _scores(ours, gold), _scores(peer, gold), strict=True)
    ]
    articles = read_articles(shared / "corpora" / "polnear", quick)
    joined = {document for pair in joined_pairs(articles) for document in pair}
    rows.append(Row(NEWS, "articles left alone", 1 - len(joined) / len(articles), len(articles)))
    return rows


def _scores(found: Pairs, gold: Pairs) -> tuple[float, float, float]:
    return f1_of(len(found & gold), len(found), len(gold))


def joined_pairs(documents: Sequence[Document]) -> Pairs:
    """Pairs of ids, in the order of ``documents``, that tracing puts into one origin."""
    trace = trace_documents(documents, {}, TracePolicy())
    origin = {document: index for index, held in enumerate(trace.origins) for document in held.documents}
    return {
        (one.id, other.id) for one, other in itertools.combinations(documents, 2) if origin[one.id] == origin[other.id]
    }


def jaccard_pairs(documents: Sequence[Document], at_least: float = 0.5) -> Pairs:
    """Pairs of ids whose 5-word shingles have a Jaccard index of at least ``at_least``: the peer."""
    sets = {
        document.id: set(make_shingles([word.key for word in comparison_words(document.text)], 5))
        for document in documents
    }
    return {
        (one.id, other.id)
        for one, other in itertools.combinations(documents, 2)
        if len(sets[one.id] & sets[other.id]) >= at_least * max(1, len(sets[one.id] | sets[other.id]))
    }


def read_articles(folder: Path, quick: bool) -> list[Document]:
    """The articles of PolNeAR (quick: its dev part) as documents."""
    with (folder / "metadata.tsv").open(encoding="utf-8") as file:
        meta = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t")}
    documents = []
    for path in sorted((folder / "dev" if quick else folder).rglob("*.txt")):
        row = meta.get(path.stem, {})
        documents.append(
            Document(
                path.stem,
                path.name,
                "",
                "text/plain",
                path.read_text("utf-8"),
                title=row.get("title"),
                publisher=row.get("publisher"),
                published=row.get("publication_date"),
            )
        )
    return documents
