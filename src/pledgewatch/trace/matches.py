"""Finds the pairs of documents that are copies, and which of the two came first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import LinkKind
from pledgewatch.text.folding import fold_name
from pledgewatch.trace.candidates import Groups, Pair, count_shared, frequent_keys
from pledgewatch.trace.compare import Likeness, judge_likeness, measure_likeness
from pledgewatch.trace.credits import Credit
from pledgewatch.trace.profile import Profile, weigh_down

BOILERPLATE_SHARE = 0.05
BOILERPLATE_FEWEST = 4
"""A shingle in more than 5 % of a case's stories, and in more than four, is boilerplate and carries no weight."""

COMMON_SHARE = 0.2
COMMON_FEWEST = 20
"""A word in more than a fifth of a case's stories, and in more than twenty, belongs to the case and not to a story."""

SHARED_SHINGLES = 5
SHARED_FACTS = 3
SHARED_PART = 0.05
"""Two documents are compared when they share so many shingles, or pairs of facts, and so large a part of them."""

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


def find_matches(
    profiles: Sequence[Profile], credits: Sequence[tuple[Credit, ...]], policy: TracePolicy
) -> tuple[Match, ...]:
    """All pairs of copies among ``profiles``, ordered by index."""
    certain = _same_texts(profiles) | _versions(profiles)
    groups = Groups(len(profiles))
    for pair in certain:
        groups.join(*pair)
    found = {pair: match for pair in certain if (match := _match(profiles, credits, pair, frozenset(), policy, True))}
    shingles = [profile.shingles for profile in profiles]
    # First pass: texts that are nearly the same. They count as one story when boilerplate is told from copying, or a
    # wire story in many papers would pass for boilerplate.
    shared = count_shared(shingles, groups.labels(), len(profiles))
    for pair in sorted(shared):
        union = len(shingles[pair[0]]) + len(shingles[pair[1]]) - shared[pair]
        if pair not in found and shared[pair] >= 0.5 * union:
            match = _match(profiles, credits, pair, frozenset(), policy)
            if match is not None:
                found[pair] = match
                groups.join(*pair)
    labels = groups.labels()
    cap = max(BOILERPLATE_FEWEST, int(BOILERPLATE_SHARE * len(set(labels))))
    boilerplate = cast(frozenset[int], frequent_keys(shingles, labels, cap))
    facts = [profile.fact_pairs for profile in profiles]
    candidates = _worth_comparing(count_shared(shingles, labels, cap), shingles, SHARED_SHINGLES)
    candidates |= _worth_comparing(count_shared(facts, labels, cap), facts, SHARED_FACTS)
    stems = [frozenset(stem for sentence in profile.sentences for stem in sentence.bag) for profile in profiles]
    common_from = max(COMMON_FEWEST, int(COMMON_SHARE * len(set(labels))))
    common = cast(frozenset[str], frequent_keys(stems, labels, common_from))
    weighed = [weigh_down(profile, common) for profile in profiles]
    for pair in sorted(candidates - found.keys()):
        match = _match(weighed, credits, pair, boilerplate, policy)
        if match is not None:
            found[pair] = match
    return tuple(found[pair] for pair in sorted(found))


def _worth_comparing(shared: dict[Pair, int], keys: Sequence[frozenset[object]], fewest: int) -> set[Pair]:
    return {
        pair
        for pair, count in shared.items()
        if count >= fewest and count >= SHARED_PART * min(len(keys[pair[0]]), len(keys[pair[1]]))
    }


def _same_texts(profiles: Sequence[Profile]) -> set[Pair]:
    first: dict[str, int] = {}
    pairs = set()
    for index, profile in enumerate(profiles):
        if profile.key and first.setdefault(profile.key, index) != index:
            pairs.add((first[profile.key], index))
    return pairs


def _versions(profiles: Sequence[Profile]) -> set[Pair]:
    """Documents at one address, oldest to newest."""
    by_address: dict[str, list[int]] = {}
    by_id = {profile.document.id: index for index, profile in enumerate(profiles)}
    pairs = set()
    for index, profile in enumerate(profiles):
        document = profile.document
        if document.address:
            by_address.setdefault(document.address.rstrip("/"), []).append(index)
        older = by_id.get(document.supersedes or "")
        if older is not None and older != index:
            pairs.add((min(older, index), max(older, index)))
    for indices in by_address.values():
        ordered = sorted(indices, key=lambda index: (*_times(profiles[index].document), index))
        pairs.update((min(pair), max(pair)) for pair in pairwise(ordered))
    return pairs


def _times(document: Document) -> tuple[str, str]:
    return (document.published or "", document.modified or "")


def _match(
    profiles: Sequence[Profile],
    credits: Sequence[tuple[Credit, ...]],
    pair: Pair,
    boilerplate: frozenset[int],
    policy: TracePolicy,
    certain: bool = False,
) -> Match | None:
    """The match of a pair, or ``None``; ``certain``: one text or one address, so it is one whatever it looks like."""
    small, large = sorted(pair, key=lambda index: (profiles[index].words, index))
    likeness = measure_likeness(profiles[small], profiles[large], boilerplate)
    judged = judge_likeness(likeness, profiles[small], profiles[large], policy)
    if judged is None and not certain:
        return None
    kind, score = judged or ("republished", 1.0)
    of, copy, directed = _order(profiles, credits, pair)
    # A short text inside a longer and later one (or one of unknown date).
    embeds = kind in ("excerpt", "rewritten") and likeness.size < SMALL and (copy == large or not directed)
    embeds = embeds and not certain and likeness.shingles >= policy.copy_at
    if embeds:
        of, copy = small, large
        if likeness.shingles_of_larger < OWN_WORDS:
            kind = "cites"
    return Match(copy, of, "republished" if certain and kind != "same" else kind, score, likeness, directed, embeds)


def _order(profiles: Sequence[Profile], credits: Sequence[tuple[Credit, ...]], pair: Pair) -> tuple[int, int, bool]:
    """``(of, copy, directed)``: by version, by who credits whom, by date; else the longer comes first, as a guess."""
    one, other = pair
    first, second = profiles[one].document, profiles[other].document
    if second.supersedes == first.id or first.supersedes == second.id:
        return (one, other, True) if second.supersedes == first.id else (other, one, True)
    credited = [_credits(credits[other], first), _credits(credits[one], second)]
    if credited[0] != credited[1]:
        return (one, other, True) if credited[0] else (other, one, True)
    dates = first.published or "", second.published or ""
    if dates[0] == dates[1]:
        dates = first.modified or "", second.modified or ""
    if all(dates) and not dates[0].startswith(dates[1]) and not dates[1].startswith(dates[0]):
        return (one, other, True) if dates[0] < dates[1] else (other, one, True)
    longer = (profiles[one].words, -one) >= (profiles[other].words, -other)
    return (one, other, False) if longer else (other, one, False)


def _credits(credits: Sequence[Credit], document: Document) -> bool:
    """Whether a document names the publisher of ``document`` as the source of its story."""
    if not document.publisher:
        return False
    publisher = fold_name(document.publisher)
    return any(fold_name(credit.name) == publisher for credit in credits)
