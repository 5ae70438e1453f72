"""All documents of a case as they are compared: sketches of all, profiles of those that are looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading
from pledgewatch.text.shingles import Keys
from pledgewatch.trace.candidates import Postings
from pledgewatch.trace.credits import Credit, find_credits
from pledgewatch.trace.profile import Profile, Sketch, make_profile, make_sketch, stem_keys, weigh_down

SAMPLED_FROM = 20_000
SAMPLING = 4
"""In a larger archive one shingle in four stands for all when candidates are looked for: copies share hundreds."""

KEPT_PROFILES = 1_000
"""Profiles that are kept while pairs are compared; they are large, and of most documents the sketch is enough."""


class Common(NamedTuple):
    """Keys that so many stories of a case hold that sharing them says nothing."""

    boilerplate: Keys
    facts: Keys
    stems: Keys


class Material:
    """The documents with what is known of each.

    Args:
        documents: the documents in order.
        readings: readings by document id; a document without one is split into sentences here.
        shingle: words of a shingle.
    """

    def __init__(self, documents: Sequence[Document], readings: Mapping[str, Reading], shingle: int) -> None:
        self.documents = list(documents)
        self._readings, self._shingle = readings, shingle
        nothing: Keys = np.zeros(0, dtype=np.uint64)
        self.common = Common(nothing, nothing, nothing)
        """Boilerplate and stems that weigh next to nothing."""
        self._common_stems: frozenset[int] = frozenset()
        self._publishers = tuple(sorted({document.publisher for document in documents if document.publisher}))
        self.profile = lru_cache(maxsize=KEPT_PROFILES)(self._make)
        """The profile of a document; made again when so many others were asked for in between."""
        self._weighed = lru_cache(maxsize=KEPT_PROFILES)(self._weigh)
        self.credits = lru_cache(maxsize=None)(self._find_credits)
        """Whom a document credits."""
        self.sampling = SAMPLING if len(documents) > SAMPLED_FROM else 1
        self.sketches: list[Sketch] = []
        stems = []
        for index in range(len(documents)):
            profile = self.profile(index)
            self.sketches.append(make_sketch(profile, self.sampling))
            stems.append(stem_keys(profile))
        self.stems = Postings(stems)
        """Who holds which stem."""

    def _make(self, index: int) -> Profile:
        document = self.documents[index]
        return make_profile(document, self._readings.get(document.id), self._shingle)

    def _find_credits(self, index: int) -> tuple[Credit, ...]:
        return find_credits(self.documents[index].text, self._publishers)

    def _weigh(self, index: int) -> Profile:
        return weigh_down(self.profile(index), self._common_stems, self.common.boilerplate, self.sampling)

    def weigh_down(self, common: Common) -> None:
        """From now on :meth:`weighed` leaves boilerplate out and gives common stems next to no weight."""
        if not all(np.array_equal(old, new) for old, new in zip(self.common, common, strict=True)):
            self.common, self._common_stems = common, frozenset(common.stems.tolist())
            self._weighed.cache_clear()

    def weighed(self, index: int) -> Profile:
        """The profile without boilerplate, with the case's common stems weighed down."""
        nothing = not len(self.common.stems) and not len(self.common.boilerplate)
        return self.profile(index) if nothing else self._weighed(index)

    def add(self, document: Document) -> int:
        """Takes in one more document and gives its index."""
        self.documents.append(document)
        if document.publisher and document.publisher not in self._publishers:
            self._publishers = tuple(sorted({*self._publishers, document.publisher}))
            self.credits.cache_clear()
        self.sketches.append(make_sketch(self.profile(len(self.documents) - 1), self.sampling))
        return len(self.documents) - 1
