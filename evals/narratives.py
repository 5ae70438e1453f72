"""Links in the UN's narrative summaries: is each reference to another entry linked to the right one?"""

from __future__ import annotations

import json
from pathlib import Path

from evals.table import Row
from pledgewatch.model.actor import ActorLink, Resolution
from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.document import Document
from pledgewatch.read import read_document
from pledgewatch.resolve import Known, load_registry, resolve_mentions
from pledgewatch.resolve.lists import load_list

SETS = ("UN narratives dev",)


def measure(shared: Path, quick: bool) -> list[Row]:
    """Share of the gold links that lead to the right entry, and of those that lead to a wrong one."""
    right, wrong, total, _ = count_links(shared, quick)
    return [
        Row("UN narratives dev", "right listing", right / total, total, 0.724, "best open service"),
        Row("UN narratives dev", "1 - wrong listing", 1 - wrong / total, total),
    ]


def count_links(shared: Path, quick: bool) -> tuple[int, int, int, list[tuple[str, str, str, str]]]:
    """``(right, wrong, gold links, misses)``; a miss is ``(document, words before the end, wanted, found)``."""
    version = load_list((shared / "lists/un_2026-02-27.xml").read_bytes(), "un_2026-02-27.xml")
    known = Known(load_registry(), (version,), as_of=version.as_of)
    texts = json.loads((shared / "corpora/names/un_narratives_dev.json").read_text("utf-8"))
    right = wrong = total = 0
    misses = []
    for row in texts[::4] if quick else texts:
        document = Document(f"d_{row['doc']}", row["doc"], "", "text/plain", row["text"], published="2026-02-27")
        reading = read_document(document, ReadPolicy())
        resolution = resolve_mentions([document], {document.id: reading}, None, (), known)
        for end, wanted, on_list, _ in row["gold"]:
            if not on_list:
                continue
            total += 1
            linked = _linked_at(resolution, end)
            if wanted in linked:
                right += 1
            else:
                wrong += bool(linked)
                misses.append((row["doc"], row["text"][max(0, end - 60) : end], wanted, ", ".join(sorted(linked))))
    return right, wrong, total, misses


def _touches(start: int, stop: int, end: int) -> bool:
    """Whether a link holds the last letters before the gold end, or all but what a hyphen or bracket adds."""
    return start < end <= stop + 3 or (start < end and 0 <= end - stop <= 14)


def _last(resolution: Resolution, end: int) -> list[ActorLink]:
    """Of the links that touch the gold end, the one that ends nearest to it."""
    touching = [link for link in resolution.links if link.listing and _touches(link.span.start, link.span.end, end)]
    nearest = min((abs(link.span.end - end) for link in touching), default=0)
    return [link for link in touching if abs(link.span.end - end) == nearest]


def _linked_at(resolution: Resolution, end: int) -> set[str]:
    """Entries that links ending within three letters of a place lead to."""
    return {link.listing for link in _last(resolution, end) if link.listing is not None and link.decision == "listed"}
