"""Finds the pairs of documents that are copies, and which of the two came first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import LinkKind
from pledgewatch.text.folding import fold_name
from pledgewatch.text.shingles import Keys, containment
from pledgewatch.trace.candidates import Groups, Pair, Postings
from pledgewatch.trace.compare import (
    FEWEST_FACTS,
    SAME_PUBLISHER,
    Likeness,
    is_one_publisher,
    judge_likeness,
    measure_likeness,
)
from pledgewatch.trace.credits import Credit
from pledgewatch.trace.direction import SURE, chance_of_first
from pledgewatch.trace.material import Common, Material
from pledgewatch.trace.profile import Sketch

BOILERPLATE_SHARE = 0.05
BOILERPLATE_FEWEST = 4
"""A shingle in more than 5 % of a case's stories, and in more than four, is boilerplate and carries no weight."""

NEAR = 0.5
"""Texts are nearly the same when they share so much of all their shingles (Jaccard)."""

ROUNDS = 3
"""So often candidates are looked for anew once tellings of one story were joined."""

COMMON_SHARE = 0.2
COMMON_FEWEST = 20
"""A word in more than a fifth of a case's stories, and in more than twenty, belongs to the case and not to a story."""

SHARED_SHINGLES = 5
SHARED_FACTS = 2
SHARED_PART = 0.025
"""Two documents are compared when they share so many shingles, or pairs of facts, and so large a part of them."""

EMBEDDED = 0.3
"""A longer text is a digest or an article around a statement when it holds so much of the smaller word for word."""

MANY_FACTS, MANY_PART = 5, 0.3
"""So many pairs of facts, and so large a part, are worth a look even where the whole case holds them."""

FACTS_MET, SHINGLES_MET = 0.3, 0.2
"""Texts are compared sentence by sentence when the larger has so much of the smaller's facts, or of its shingles."""

SMALL = 0.6
"""A text of at most so many words by the larger one's may be a part of it."""

OWN_WORDS = 0.2
"""A later text of which less than this comes from an earlier one quotes it at length; it is a story of its own."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two documents, by index, found to tell the same.

    Attributes:
        embeds: the copy holds ``of`` as a smaller part of itself (a digest, an article around a statement).
    """

    copy: int
    of: int
    kind: LinkKind
    score: float
    likeness: Likeness
    directed: bool
    embeds: bool = False

    @property
    def closeness(self) -> float:
        """How near two relatives are: of several, the nearest is taken for the ancestor, whose damage was inherited."""
        own = self.likeness
        return own.in_order + own.in_order_of_larger + own.shingles + own.shingles_of_larger + own.trigrams


def find_matches(material: Material, policy: TracePolicy) -> tuple[Match, ...]:
    """All pairs of copies, ordered by index."""
    found, groups, shingles = find_near(material, policy)
    facts = Postings([sketch.facts for sketch in material.sketches])
    many = _worth_comparing(facts, None, MANY_FACTS, MANY_PART)
    seen = set(found)
    for _ in range(ROUNDS):
        # A story that many retell in their own words makes its facts common, until its tellings are known to be one.
        common = common_keys(groups.labels(), shingles, facts, material.stems)
        candidates = _worth_comparing(shingles, common.boilerplate, SHARED_SHINGLES)
        candidates |= many | _worth_comparing(facts, common.facts, SHARED_FACTS)
        material.weigh_down(common)
        todo = sorted(candidates - seen)
        seen.update(todo)
        before = len(found)
        for pair in todo:
            match = match_pair(material, pair, policy)
            if match is not None:
                found[pair] = match
                if match.kind != "cites" and not match.embeds:
                    groups.join(*pair)
        if len(found) == before:
            break
    return tuple(found[pair] for pair in sorted(found))


def find_near(material: Material, policy: TracePolicy) -> tuple[dict[Pair, Match], Groups, Postings]:
    """What is nearly the same, or a version of one page; which documents that joins; and who holds which shingle.

    Such documents count as one story when boilerplate is told from copying, or a wire story in many papers would pass
    for boilerplate.
    """
    sketches = material.sketches
    certain = _same_texts(sketches) | _versions(material.documents)
    groups = Groups(len(sketches))
    for pair in certain:
        groups.join(*pair)
    found = {pair: match for pair in certain if (match := match_pair(material, pair, policy, certain=True))}
    shingles = Postings([sketch.shingles for sketch in sketches], material.sampling)
    for pair, count in sorted(shingles.shared().items()):
        union = shingles.sizes[pair[0]] + shingles.sizes[pair[1]] - count
        if pair not in found and count >= NEAR * union and _is_near(material, pair):
            match = match_pair(material, pair, policy)
            if match is not None:
                found[pair] = match
                groups.join(*pair)
    return found, groups, shingles


def _is_near(material: Material, pair: Pair) -> bool:
    """Whether two texts are nearly the same by all their shingles (the sketches may hold a sample)."""
    one, other = (material.profile(index).shingles for index in pair)
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both >= NEAR * (len(one) + len(other) - both)


def common_keys(labels: Sequence[int], shingles: Postings, facts: Postings, stems: Postings) -> Common:
    """The common keys of a case; documents of one label count as one story."""
    stories = len(set(labels))
    return Common(
        shingles.common(labels, max(BOILERPLATE_FEWEST, int(BOILERPLATE_SHARE * stories))),
        facts.common(labels, max(COMMON_FEWEST, int(BOILERPLATE_SHARE * stories))),
        stems.common(labels, max(COMMON_FEWEST, int(COMMON_SHARE * stories))),
    )


def nearest_matches(matches: Sequence[Match]) -> list[Match]:
    """For each copy its likest ancestor, and everything that a digest holds; never round in a circle.

    Who credits whom, dates and damage are compared pair by pair, so three documents can each seem to follow the next.
    The likest pairs are believed first; of relatives that are equally near, one that copies nobody is the parent.
    """
    copies = {match.copy for match in matches}
    parents: dict[int, set[int]] = {}
    kept: set[tuple[int, int]] = set()
    for match in sorted(
        matches, key=lambda match: (-round(match.closeness, 2), match.of in copies, match.of, match.copy)
    ):
        has_parent = bool(parents.get(match.copy))
        if (has_parent and not match.embeds) or _descends(match.of, match.copy, parents):
            continue
        parents.setdefault(match.copy, set()).add(match.of)
        kept.add((match.copy, match.of))
    return [match for match in matches if (match.copy, match.of) in kept]


def _descends(document: int, ancestor: int, parents: Mapping[int, set[int]]) -> bool:
    todo, seen = [document], {document}
    while todo:
        now = todo.pop()
        if now == ancestor:
            return True
        fresh = parents.get(now, set()) - seen
        seen |= fresh
        todo.extend(fresh)
    return False


def _worth_comparing(postings: Postings, without: Keys | None, fewest: int, part: float = SHARED_PART) -> set[Pair]:
    sizes = postings.sizes
    return {
        pair
        for pair, count in postings.shared(without).items()
        if count * postings.sampling >= fewest and count >= part * min(sizes[pair[0]], sizes[pair[1]])
    }


def _same_texts(sketches: Sequence[Sketch]) -> set[Pair]:
    first: dict[int, int] = {}
    pairs = set()
    for index, sketch in enumerate(sketches):
        if sketch.key and first.setdefault(sketch.key, index) != index:
            pairs.add((first[sketch.key], index))
    return pairs


def _versions(documents: Sequence[Document]) -> set[Pair]:
    """Documents at one address, oldest to newest."""
    by_address: dict[str, list[int]] = {}
    by_id = {document.id: index for index, document in enumerate(documents)}
    pairs = set()
    for index, document in enumerate(documents):
        if document.address:
            by_address.setdefault(document.address.rstrip("/"), []).append(index)
        older = by_id.get(document.supersedes or "")
        if older is not None and older != index:
            pairs.add((min(older, index), max(older, index)))
    for indices in by_address.values():
        ordered = sorted(indices, key=lambda index: (*_times(documents[index]), index))
        pairs.update((min(pair), max(pair)) for pair in pairwise(ordered))
    return pairs


def _times(document: Document) -> tuple[str, str]:
    return (document.published or "", document.modified or "")


def match_pair(
    material: Material,
    pair: Pair,
    policy: TracePolicy,
    certain: bool = False,
) -> Match | None:
    """The match of a pair, or ``None``; ``certain``: one text or one address, so it is one whatever it looks like."""
    small, large = sorted(pair, key=lambda index: (material.sketches[index].words, index))
    if not certain and not _may_be_copies(material, small, large):
        return None
    smaller, larger = material.weighed(small), material.weighed(large)
    likeness = measure_likeness(smaller, larger)
    judged = judge_likeness(likeness, smaller, larger, policy)
    if judged is None and not certain:
        return None
    kind, score = judged or ("republished", 1.0)
    of, copy, directed = _order(material, pair)
    # A short text inside a longer and later one (or one of unknown date).
    embeds = kind in ("excerpt", "rewritten") and likeness.size < SMALL and (copy == large or not directed)
    embeds = embeds and not certain and likeness.shingles >= EMBEDDED
    if embeds:
        of, copy = small, large
        if likeness.shingles_of_larger < OWN_WORDS:
            kind = "cites"
    return Match(copy, of, "republished" if certain and kind != "same" else kind, score, likeness, directed, embeds)


def _may_be_copies(material: Material, small: int, large: int) -> bool:
    """Whether to compare two texts sentence by sentence: told by their sketches, since these are at hand."""
    smaller, larger = material.sketches[small], material.sketches[large]
    if is_one_publisher(material.documents[small], material.documents[large]):
        return containment(smaller.shingles, larger.shingles) >= SAME_PUBLISHER / 2
    facts = np.setdiff1d(smaller.anchors, material.common.stems, assume_unique=True)
    met = len(np.intersect1d(facts, larger.anchors, assume_unique=True)) / max(FEWEST_FACTS, len(facts))
    return met >= FACTS_MET or containment(smaller.shingles, larger.shingles) >= SHINGLES_MET


def _order(material: Material, pair: Pair) -> tuple[int, int, bool]:
    """``(of, copy, directed)``: by version, by who credits whom, by date, by the damage; else a guess."""
    one, other = pair
    first, second = material.documents[one], material.documents[other]
    if second.supersedes == first.id or first.supersedes == second.id:
        return (one, other, True) if second.supersedes == first.id else (other, one, True)
    credited = [_credits(material.credits(other), first), _credits(material.credits(one), second)]
    if credited[0] != credited[1]:
        return (one, other, True) if credited[0] else (other, one, True)
    dates = first.published or "", second.published or ""
    if dates[0] == dates[1]:
        dates = first.modified or "", second.modified or ""
    if all(dates) and not dates[0].startswith(dates[1]) and not dates[1].startswith(dates[0]):
        return (one, other, True) if dates[0] < dates[1] else (other, one, True)
    chance = chance_of_first(material.profile(one), material.profile(other))
    if chance >= 0.5:
        return one, other, chance >= SURE
    return other, one, 1 - chance >= SURE


def _credits(credits: Sequence[Credit], document: Document) -> bool:
    """Whether a document names the publisher of ``document`` as the source of its story."""
    if not document.publisher:
        return False
    publisher = fold_name(document.publisher)
    return any(fold_name(credit.name) == publisher for credit in credits)
