"""One document made ready for weighing: its words folded, its names found, its sentences and paragraphs known."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

from pledgewatch.model.document import Document
from pledgewatch.model.likelihood import Yardstick
from pledgewatch.model.reading import Reading
from pledgewatch.text.folding import PreparedText, find_names, prepare_text
from pledgewatch.text.sentences import split_paragraphs
from pledgewatch.text.states import find_state_places
from pledgewatch.text.wordforms import Word, find_phrase, fold_phrase, fold_words
from pledgewatch.weigh.likelihood_words import find_yardstick

LONG_PARAGRAPH = 600
"""Code points from which a paragraph is too long to be what a reader has just read."""

Place = tuple[int, int]
"""A half-open place in the document's canonical text."""


@dataclass(slots=True)
class DocumentIndex:
    """A document with what weighing asks of it again and again; the answers are kept.

    Attributes:
        links: places of mentions by the id of the actor that they are resolved to.
        available: ISO day from which it was to be read.
        own_side: the parties that its publisher speaks for: "we" in it is they.
        known_places: where those named were found, by the names asked for.
    """

    document: Document
    reading: Reading
    available: str
    links: dict[str, tuple[Place, ...]]
    words: tuple[Word, ...] = ()
    paragraphs: tuple[Place, ...] = ()
    own_side: tuple[str, ...] = ()
    known_places: dict[tuple[str, ...], tuple[Place, ...]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _by_first: dict[str, list[int]] = field(default_factory=dict)
    _phrases: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    _acts: dict[tuple[str, ...], tuple[tuple[int, int, str], ...]] = field(default_factory=dict)
    _names: dict[tuple[str, ...], tuple[Place, ...]] = field(default_factory=dict)
    _prepared: PreparedText | None = None
    _states: tuple[tuple[int, int, str], ...] | None = None
    _yardstick: Yardstick | Literal[""] | None = ""

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text

    def phrase_places(self, phrase: str) -> tuple[Place, ...]:
        """Where a phrase stands, in any word form."""
        if phrase not in self._phrases:
            first = fold_phrase(phrase)[:1]
            positions = self._by_first.get(first[0], []) if first else []
            self._phrases[phrase] = tuple(
                (self.words[a].start, self.words[b - 1].end) for a, b in find_phrase(self.words, phrase, positions)
            )
        return self._phrases[phrase]

    def act_places(self, phrases: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
        """Where any of the phrases stands, with the phrase, sorted; none that runs over the end of a sentence."""
        if phrases not in self._acts:
            self._acts[phrases] = tuple(
                sorted(
                    (start, end, phrase)
                    for phrase in phrases
                    for start, end in self.phrase_places(phrase)
                    if not re.search(r"[.;!?]\s", self.text[start:end])
                )
            )
        return self._acts[phrases]

    def name_places(self, names: tuple[str, ...]) -> tuple[Place, ...]:
        """Where any of the names stands, in any spelling that folds alike."""
        if names not in self._names:
            self._prepared = self._prepared or prepare_text(self.text)
            self._names[names] = find_names(self._prepared, names) if names else ()
        return self._names[names]

    def yardstick(self) -> Yardstick | None:
        """The official scale of likelihood words that the document says it uses; ``None`` for none."""
        if self._yardstick == "":
            self._yardstick = find_yardstick(self.text)
        return self._yardstick or None

    def state_places(self) -> tuple[tuple[int, int, str], ...]:
        """Where states and their people are named: place and the state's name."""
        if self._states is None:
            self._states = find_state_places(self.text)
        return self._states

    def sentence_of(self, place: Place) -> Place:
        """The sentence or sentences that hold a place; the place itself where no sentence is known."""
        sentences = self.reading.sentences
        starts = self._starts
        first = max(bisect_right(starts, place[0]) - 1, 0)
        last = max(bisect_left(starts, place[1]) - 1, first)
        if not sentences or sentences[last][1] <= place[0]:
            return place
        return min(sentences[first][0], place[0]), max(sentences[last][1], place[1])

    def context_of(self, sentence: Place) -> Place:
        """What a reader has in mind: a short paragraph around the sentence, and at least the sentence before."""
        index = bisect_right(self._starts, sentence[0]) - 1
        begin = self.reading.sentences[index - 1][0] if index > 0 else sentence[0]
        end = sentence[1]
        for start, stop in self.paragraphs:
            if start <= sentence[0] < stop and stop - start <= LONG_PARAGRAPH:
                begin, end = min(begin, start), max(end, stop)
        return begin, end


def index_document(
    document: Document,
    reading: Reading,
    available: str,
    links: dict[str, tuple[Place, ...]],
    own_side: tuple[str, ...] = (),
) -> DocumentIndex:
    """Makes a document ready for weighing."""
    words = fold_words(document.text)
    index = DocumentIndex(document, reading, available, links, words, split_paragraphs(document.text), own_side)
    index._starts.extend(start for start, _ in reading.sentences)
    for position, word in enumerate(words):
        index._by_first.setdefault(word.fold, []).append(position)
    return index


def inside(places: tuple[Place, ...], bounds: Place) -> tuple[Place, ...]:
    """The places, sorted by their beginning, that lie wholly within bounds."""
    first = bisect_left(places, (bounds[0], bounds[0]))
    found = []
    for place in places[first:]:
        if place[0] > bounds[1]:
            break
        if place[1] <= bounds[1]:
            found.append(place)
    return tuple(found)
