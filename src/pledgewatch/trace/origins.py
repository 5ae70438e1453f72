"""Traces who tells whose story: finds the copies among the documents of a case and joins them into origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.identity import make_id
from pledgewatch.model.origin import CopyLink, LinkKind, Origin, Trace
from pledgewatch.model.reading import Reading
from pledgewatch.text.folding import fold_name
from pledgewatch.trace.candidates import Groups, Pair, count_shared, frequent_keys
from pledgewatch.trace.changes import find_changed_quotes, find_dropped_and_added
from pledgewatch.trace.cites import find_citing_links
from pledgewatch.trace.compare import Likeness, judge_likeness, measure_likeness
from pledgewatch.trace.credits import Credit, find_credits
from pledgewatch.trace.profile import Profile, make_profile

BOILERPLATE_SHARE = 0.05
BOILERPLATE_FEWEST = 4
"""A shingle in more than 5 % of a case's stories, and in more than four, is boilerplate and carries no weight."""

SHARED_SHINGLES = 6
SHARED_FACTS = 4
"""Two documents are compared when they share so many shingles, or so many pairs of facts, that are not boilerplate."""


@dataclass(frozen=True, slots=True)
class _Match:
    """Two documents, by index in order of telling (``first`` before ``second``), found to be copies."""

    first: int
    second: int
    kind: LinkKind
    score: float
    likeness: Likeness
    directed: bool


def trace_documents(documents: Sequence[Document], readings: Mapping[str, Reading], policy: TracePolicy) -> Trace:
    """Which documents tell the same original, and what each changed.

    Exact and near copies are found by word shingles, rewritten ones by sentences told again in the same order with the
    same facts. Conservative on purpose: an independent story counted as a copy loses corroboration silently. Shingles
    that many stories of the case hold (boilerplate) and words in quotation marks make no copy.

    Args:
        documents: all documents of the case, in any order.
        readings: readings by document id; a document without one is split into sentences here.
        policy: how alike copies must be.

    Returns:
        Origins in the order of their earliest document, and one link for each copy to its nearest ancestor, and
        ``cites`` links, which join no origins.
    """
    profiles = [
        make_profile(document, readings.get(document.id), policy.shingle)
        for document in sorted(documents, key=lambda document: document.id)
    ]
    publishers = sorted({document.publisher for document in documents if document.publisher})
    credits = [find_credits(profile.document.text, publishers) for profile in profiles]
    matches = _find_matches(profiles, credits, policy)
    groups = _join_matches(len(profiles), matches)
    links = [
        *_copy_links(profiles, matches),
        *find_citing_links(profiles, credits, groups.labels()),
    ]
    origins = _make_origins(profiles, credits, groups)
    return Trace(
        tuple(sorted(origins, key=lambda origin: (origin.earliest, origin.id))),
        tuple(sorted(links, key=lambda link: (link.copy, link.of, link.kind))),
    )


def _find_matches(
    profiles: Sequence[Profile], credits: Sequence[tuple[Credit, ...]], policy: TracePolicy
) -> list[_Match]:
    compared: dict[Pair, tuple[LinkKind, float, Likeness] | None] = {}
    groups = Groups(len(profiles))
    for pair in _same_texts(profiles) + _versions(profiles):
        compared[pair] = _compare(profiles, pair, frozenset(), policy, version=pair in set(_versions(profiles)))
        groups.join(*pair)
    return []
