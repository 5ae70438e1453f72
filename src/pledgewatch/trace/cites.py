"""Links from a document that names another's publisher as its source, without telling its story again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from pledgewatch.model.origin import CopyLink
from pledgewatch.text.diff import bag_likeness
from pledgewatch.text.folding import fold_name
from pledgewatch.trace.credits import Credit
from pledgewatch.trace.material import Material
from pledgewatch.trace.profile import Profile

NEAR_DAYS = 14
"""A citing document is published at most so many days after what it cites."""

MOST_CITED = 100
"""Of a publisher with more documents in the time, so many are looked at."""

ABOUT_IT = 0.25
"""The sentence that cites must be so alike to a sentence of what it cites (Dice's coefficient of weighted stems)."""


def find_citing_links(material: Material, labels: Sequence[int]) -> tuple[CopyLink, ...]:
    """One ``cites`` link for each publisher that a document credits and of which a fitting document is in the case.

    Fitting: another origin (``labels``), published up to 14 days before, and with a sentence that tells what the citing
    sentence tells. The best fitting document is taken. Such links join no origins.
    """
    documents = material.documents
    shelves: dict[str, _Shelf] = {}
    for index, document in enumerate(documents):
        if document.publisher:
            shelves.setdefault(fold_name(document.publisher), _Shelf()).put(index, _day(document.published))
    for shelf in shelves.values():
        shelf.dated.sort()
    links = []
    for index, document in enumerate(documents):
        seen: set[int] = set()
        publisher = fold_name(document.publisher or "")
        for credit in material.credits(index):
            name = fold_name(credit.name)
            if name == publisher or name not in shelves:
                continue
            others = [other for other in shelves[name].near(_day(document.published)) if labels[other] != labels[index]]
            scored = [
                (_told_there(material.profile(index), credit, material.profile(other)), -other) for other in others
            ]
            best = max(scored, default=(0.0, 0))
            if best[0] >= ABOUT_IT and -best[1] not in seen:
                seen.add(-best[1])
                links.append(
                    CopyLink(
                        copy=documents[index].id,
                        of=documents[-best[1]].id,
                        kind="cites",
                        score=round(best[0], 4),
                        features=(("told_there", round(best[0], 4)),),
                    )
                )
    return tuple(links)


def _told_there(profile: Profile, credit: Credit, other: Profile) -> float:
    """How alike the sentence with the credit is to the likest sentence of ``other``."""
    citing = [sentence for sentence in profile.sentences if sentence.start <= credit.start < sentence.end]
    return max((bag_likeness(mine.bag, yours.bag) for mine in citing for yours in other.sentences), default=0.0)


class _Shelf:
    """The documents of one publisher, by day."""

    def __init__(self) -> None:
        self.dated: list[tuple[int, int]] = []
        self.undated: list[int] = []

    def put(self, index: int, day: int | None) -> None:
        if day is None:
            self.undated.append(index)
        else:
            self.dated.append((day, index))

    def near(self, day: int | None) -> list[int]:
        """What may be cited on a day: the last of the fortnight before it, and what has no day."""
        first, last = 0, len(self.dated)
        if day is not None:
            first = bisect_left(self.dated, (day - NEAR_DAYS, -1))
            last = bisect_left(self.dated, (day + 1, -1))
        return [index for _, index in self.dated[first:last][-MOST_CITED:]] + self.undated[-MOST_CITED:]


def _day(published: str | None) -> int | None:
    """The number of a day; ``None`` for a date that is missing or coarser than a day."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
