"""An archive that takes one more document without being traced anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import CopyLink
from pledgewatch.model.reading import Reading
from pledgewatch.text.shingles import Keys
from pledgewatch.trace.candidates import LONGEST_POSTING, Postings
from pledgewatch.trace.matches import (
    SHARED_FACTS,
    SHARED_PART,
    SHARED_SHINGLES,
    common_keys,
    find_near,
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
        _, groups, self._shingles = find_near(self._material, policy)
        self._facts = Postings([sketch.facts for sketch in sketches])
        self._common = common_keys(groups.labels(), self._shingles, self._facts, self._material.stems)
        self._material.weigh_down(self._common)
        self._same: dict[int, int] = {}
        self._places: dict[str, int] = {}
        self._added: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        for index in range(len(sketches)):
            self._remember(index)

    def add(self, document: Document) -> tuple[CopyLink, ...]:
        """Takes the document in; gives its link to what it copies, or those of what copies it.

        A document whose id is there already changes nothing.
        """
        if document.id in self._places:
            return ()
        index = self._material.add(document)
        sketch = self._material.sketches[index]
        certain = {self._places[key] for key in _keys_of(document) if key in self._places}
        if sketch.key in self._same:
            certain.add(self._same[sketch.key])
        candidates = certain | self._candidates(sketch.shingles, self._shingles, 0, SHARED_SHINGLES)
        candidates |= self._candidates(sketch.facts, self._facts, 1, SHARED_FACTS)
        matches = []
        for other in sorted(candidates):
            match = match_pair(self._material, (other, index), self._policy, other in certain)
            if match is not None:
                matches.append(match)
        for held, keys in zip(self._added, (sketch.shingles, sketch.facts), strict=True):
            for key in keys.tolist():
                own = held.setdefault(key, [])
                if len(own) < LONGEST_POSTING:
                    own.append(index)
        self._remember(index)
        return tuple(make_link(self._material, match) for match in nearest_matches(matches))

    def _remember(self, index: int) -> None:
        """The first document of every text, and the newest at every address."""
        document, sketch = self._material.documents[index], self._material.sketches[index]
        if sketch.key:
            self._same.setdefault(sketch.key, index)
        self._places[document.id] = index
        if document.address:
            self._places[document.address.rstrip("/")] = index

    def _candidates(self, keys: Keys, postings: Postings, which: int, fewest: int) -> set[int]:
        """Documents that share enough of ``keys``."""
        keys = keys[~np.isin(keys, self._common[which])]
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


def _keys_of(document: Document) -> tuple[str, ...]:
    """Where an older version of a document would be."""
    return tuple(key for key in (document.supersedes, (document.address or "").rstrip("/")) if key)
