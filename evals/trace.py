"""Copies and originals: families of invented documents, and real articles of which almost none are copies.

The families of ``evals/families/dev`` are what the decision is fitted on (``python -m training.copies`` prints what it
is worth on families that it has not seen); those of ``blind`` were written by others, are looked at by nobody, and
run only with ``--full``. The figure to beat is Jaccard's index of 3-word shingles, which MinHash estimates, at the
threshold that is best on the very set.
"""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evals.table import Row, f1_of
from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import CopyLink, Trace
from pledgewatch.text.shingles import comparison_words, make_shingles
from pledgewatch.trace import trace_documents
from tests.trace.case_files import Family, Told, flat, load_families

FOLDER = Path(__file__).parent / "families"
DEV = FOLDER / "dev"
NEWS = "polnear articles"
EVENTS = "ecb+ dev"
SETS: tuple[str, ...] = ("trace families dev", NEWS, EVENTS)

Pairs = set[tuple[str, str]]


def measure(shared: Path, quick: bool) -> list[Row]:
    """The families, and the share of real documents that is left alone; without ``quick`` the blind families too."""
    rows = []
    for part in ("dev",) if quick else ("dev", "blind"):
        rows += measure_families(f"trace families {part}", load_families(FOLDER / part))
    articles = read_articles(shared / "corpora" / "polnear", "dev")
    rows.append(Row(NEWS, "articles left alone", _left_alone(articles), len(articles)))
    events = read_same_event(shared / "corpora/same_event/ECB_Dev_corpus.txt")
    return [*rows, _measure_events(events)]


LITTLE = 0.25
"""Real stories of one event that share a larger part of their word shingles may be copies: nobody has said."""


def _measure_events(events: Sequence[Document]) -> Row:
    """Real stories of one event that hardly share words: are they kept apart?"""
    joined = joined_pairs(events, trace_documents(events, {}, TracePolicy()))
    shingles = {
        document.id: frozenset(make_shingles([word.key for word in comparison_words(document.text)], 5).tolist())
        for document in events
    }
    pairs = [
        (one.id, other.id)
        for one, other in itertools.combinations(events, 2)
        if one.title == other.title
        and len(shingles[one.id] & shingles[other.id]) < LITTLE * min(len(shingles[one.id]), len(shingles[other.id]))
    ]
    return Row(EVENTS, "stories of one event kept apart", 1 - len(joined & set(pairs)) / len(pairs), len(pairs))


def measure_families(name: str, families: Sequence[Family]) -> list[Row]:
    """Pairs of one original found and not found, by kind of copy; parents, direction without dates, quotations."""
    told = [told for family in families for told in family.told]
    gold = _pairs_of_one(told)
    traces = [trace_documents(family.documents, {}, TracePolicy()) for family in families]
    ours = {
        pair for family, trace in zip(families, traces, strict=True) for pair in joined_pairs(family.documents, trace)
    }
    _, _, best = max((_scores(pairs, gold) for pairs in jaccard_pairs(families)), key=lambda scores: scores[2])
    precision, recall, f1 = _scores(ours, gold)
    who = "Jaccard of 3-word shingles at its best threshold"
    rows = [
        Row(name, "pairs F1", f1, len(gold), best, who),
        Row(name, "pairs precision", precision, len(gold), 0.97, "the issue"),
        Row(name, "pairs recall", recall, len(gold)),
    ]
    kinds = {item.document.id: item.expect.get("kind", "") for item in told}
    for kind in ("excerpt", "rewritten", "spun", "translated"):
        own = {pair for pair in gold if kind in (kinds[pair[0]], kinds[pair[1]])}
        target = 0.85 if kind in ("spun", "translated") else None
        rows.append(Row(name, f"recall, {kind}", len(own & ours) / len(own), len(own), target, "the issue"))
    links = {link.copy: link for trace in traces for link in trace.links if link.kind != "cites"}
    return [*rows, *_measure_links(name, families, links), _measure_direction(name, families)]


def _measure_links(name: str, families: Sequence[Family], links: dict[str, CopyLink]) -> list[Row]:
    right = copies = quotes = 0
    found: Counter[bool] = Counter()
    for family in families:
        for item in family.told:
            if "of" not in item.expect:
                continue
            copies += 1
            link = links.get(item.document.id)
            if link is None or link.of != f"d_{family.name}_{item.expect['of']}":
                continue
            right += 1
            wanted = {_bare(line.split(" <- ")[0]) for line in item.expect.get("changed_quote", "").split("\n") if line}
            got = {_bare(change.ours.text) for change in link.changed_quotes}
            quotes += len(wanted)
            found[True] += sum(any(one in other or other in one for other in got) for one in wanted)
    return [
        Row(name, "direct parent right", right / copies, copies),
        Row(name, "changed quotations found", found[True] / max(1, quotes), quotes),
    ]


def _measure_direction(name: str, families: Sequence[Family]) -> Row:
    """Of parent and child alone, without dates and publishers: is the parent taken for the earlier?"""
    right = total = 0
    for family in families:
        by_name = {item.document.path.split("/")[-1]: item.document for item in family.told}
        for item in family.told:
            if "of" in item.expect:
                pair = [
                    replace(document, published=None, publisher=publisher)
                    for document, publisher in ((by_name[item.expect["of"]], "One"), (item.document, "Two"))
                ]
                links = [link for link in trace_documents(pair, {}, TracePolicy()).links if link.kind != "cites"]
                total += len(links)
                right += sum(link.of == pair[0].id for link in links)
    return Row(name, "direction right without dates", right / max(1, total), total, 0.85, "the issue")


def _bare(words: str) -> str:
    return flat(words).strip(" .,;:!?“”\"'").lower()


def _pairs_of_one(told: Sequence[Told]) -> Pairs:
    groups: dict[str, list[str]] = {}
    for item in told:
        groups.setdefault(item.origin, []).append(item.document.id)
    return {pair for ids in groups.values() for pair in itertools.combinations(ids, 2)}


def _scores(found: Pairs, gold: Pairs) -> tuple[float, float, float]:
    return f1_of(len(found & gold), len(found), len(gold))


def _left_alone(documents: Sequence[Document]) -> float:
    trace = trace_documents(documents, {}, TracePolicy())
    return sum(len(origin.documents) == 1 for origin in trace.origins) / len(documents)


def joined_pairs(documents: Sequence[Document], trace: Trace) -> Pairs:
    """Pairs of ids, in the order of ``documents``, that tracing put into one origin."""
    origin = {document: index for index, held in enumerate(trace.origins) for document in held.documents}
    return {
        (one.id, other.id) for one, other in itertools.combinations(documents, 2) if origin[one.id] == origin[other.id]
    }


def jaccard_pairs(families: Sequence[Family]) -> list[Pairs]:
    """For each of many thresholds the pairs within families that it joins, with all that hangs together: the peer."""
    alike = []
    for family in families:
        sets = {
            document.id: set(make_shingles([word.key for word in comparison_words(document.text)], 3).tolist())
            for document in family.documents
        }
        for one, other in itertools.combinations(sets, 2):
            alike.append((len(sets[one] & sets[other]) / max(1, len(sets[one] | sets[other])), one, other))
    found = []
    for threshold in (0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5):
        label = {document.id: document.id for family in families for document in family.documents}
        for score, one, other in alike:
            if score >= threshold and label[one] != label[other]:
                old, new = label[other], label[one]
                label.update({key: new for key, value in label.items() if value == old})
        found.append({(one, other) for _, one, other in alike if label[one] == label[other]})
    return found


def read_same_event(path: Path) -> list[Document]:
    """The documents of a corpus file of ECB+; the ``title`` says which event a document is about."""
    sentences: dict[str, dict[int, list[str]]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line:
            name, sentence, _, word, *_ = line.split("\t")
            sentences.setdefault(name, {}).setdefault(int(sentence), []).append(word)
    found = []
    for name, own in sentences.items():
        event = name.split("_")[0] + ("ecbplus" if name.endswith("ecbplus") else "ecb")
        text = "\n".join(" ".join(words) for words in own.values())
        found.append(Document(name, name, "", "text/plain", text, title=event))
    return found


def read_articles(folder: Path, part: str) -> list[Document]:
    """The articles of a part of PolNeAR ("train", "dev") as documents."""
    with (folder / "metadata.tsv").open(encoding="utf-8") as file:
        meta = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t")}
    documents = []
    for path in sorted((folder / part).rglob("*.txt")):
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
