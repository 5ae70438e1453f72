"""Links from a document that names another's publisher as its source, without telling its story again."""

from __future__ import annotations

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
    by_publisher: dict[str, list[int]] = {}
    documents = material.documents
    for index, document in enumerate(documents):
        if document.publisher:
            by_publisher.setdefault(fold_name(document.publisher), []).append(index)
    links = []
    for index in range(len(documents)):
        seen: set[int] = set()
        for credit in material.credits(index):
            others = [
                other
                for other in by_publisher.get(fold_name(credit.name), ())
                if labels[other] != labels[index]
                and fold_name(documents[index].publisher or "") != fold_name(credit.name)
                and _is_near(documents[index].published, documents[other].published)
            ][-MOST_CITED:]
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


def _is_near(citing: str | None, cited: str | None) -> bool:
    """Whether the dates allow the citation; a date that is missing or coarser than a day forbids nothing."""
    if not citing or not cited or len(citing) < 10 or len(cited) < 10:
        return True
    try:
        return 0 <= (date.fromisoformat(citing[:10]) - date.fromisoformat(cited[:10])).days <= NEAR_DAYS
    except ValueError:
        return True
