"""An archive that takes one more document without being traced anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import CopyLink
from pledgewatch.model.reading import Reading
from pledgewatch.trace.candidates import Keys, Pair, Postings
from pledgewatch.trace.matches import (
    SHARED_FACTS,
    SHARED_PART,
    SHARED_SHINGLES,
    common_keys,
    match_pair,
    nearest_matches,
)
from pledgewatch.trace.material import Material
from pledgewatch.trace.origins import make_link


class TraceIndex:
    """The keys of an archive's documents, sorted once; documents that are added stand beside them.

    What counts as boilerplate is what it was when the index was made.

    Args:
        documents: the archive.
        readings: readings by document id; a document without one is split into sentences here.
        policy: how alike copies must be.
    """

    def __init__(self, documents: Sequence[Document], readings: Mapping[str, Reading], policy: TracePolicy) -> None:
        self._policy = policy
        self._material = Material(documents, readings, policy.shingle)
        sketches = self._material.sketches
        self._shingles = Postings([sketch.shingles for sketch in sketches], self._material.sampling)
        self._facts = Postings([sketch.facts for sketch in sketches])
        stems = Postings([sketch.stems for sketch in sketches])
        labels = range(len(sketches))
        common = common_keys(labels, self._shingles, self._facts, stems)
        self._boilerplate, self._common_facts = common.boilerplate, common.facts
        self._without = frozenset(common.boilerplate.tolist())
        self._material.weigh_down(common.stems)
        self._same: dict[int, list[int]] = {}
        self._added: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        for index, sketch in enumerate(sketches):
            self._same.setdefault(sketch.key, []).append(index)

    def add(self, document: Document) -> tuple[CopyLink, ...]:
        """Takes the document in; gives its link to what it copies, or those of what copies it."""
        index = self._material.add(document)
        sketch = self._material.sketches[index]
        certain = {other for other in self._same.get(sketch.key, []) if sketch.key}
        candidates = certain | self._candidates(sketch.shingles, self._shingles, 0, SHARED_SHINGLES, self._boilerplate)
        candidates |= self._candidates(sketch.facts, self._facts, 1, SHARED_FACTS, self._common_facts)
        matches = []
        for other in sorted(candidates):
            pair: Pair = (other, index)
            match = match_pair(self._material, pair, self._without, self._policy, other in certain)
            if match is not None:
                matches.append(match)
        for held, keys in zip(self._added, (sketch.shingles, sketch.facts), strict=True):
            for key in keys.tolist():
                held.setdefault(key, []).append(index)
        self._same.setdefault(sketch.key, []).append(index)
        return tuple(make_link(self._material, match) for match in nearest_matches(matches))

    def _candidates(self, keys: Keys, postings: Postings, which: int, fewest: int, without: Keys) -> set[int]:
        """Documents that share enough of ``keys``."""
        keys = keys[~np.isin(keys, without)]
        counts: Counter[int] = Counter(postings.holders_of(keys).tolist())
        for key in keys.tolist():
            counts.update(self._added[which].get(key, ()))
        sketches = self._material.sketches
        sizes = [(sketches[other].shingles, sketches[other].facts)[which] for other in counts]
        return {
            other
            for (other, count), own in zip(counts.items(), sizes, strict=True)
            if count * postings.sampling >= fewest and count >= SHARED_PART * min(len(keys), len(own))
        }
