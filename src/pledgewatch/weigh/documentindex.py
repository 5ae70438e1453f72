"""One document made ready for weighing: its words folded, its names found, its sentences and paragraphs known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading
from pledgewatch.text.folding import find_names
from pledgewatch.text.sentences import split_paragraphs
from pledgewatch.text.wordforms import Word, find_phrase, fold_phrase, fold_words

Place = tuple[int, int]
"""A half-open place in the document's canonical text."""


@dataclass(slots=True)
class DocumentIndex:
    """A document with what weighing asks of it again and again; the answers are kept.

    Attributes:
        links: places of mentions by the id of the actor that they are resolved to.
        available: ISO day from which it was to be read.
    """

    document: Document
    reading: Reading
    available: str
    links: dict[str, tuple[Place, ...]]
    words: tuple[Word, ...] = ()
    paragraphs: tuple[Place, ...] = ()
    _by_first: dict[str, list[int]] = field(default_factory=dict)
    _phrases: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    _names: dict[tuple[str, ...], tuple[Place, ...]] = field(default_factory=dict)

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

    def name_places(self, names: tuple[str, ...]) -> tuple[Place, ...]:
        """Where any of the names stands, in any spelling that folds alike."""
        if names not in self._names:
            self._names[names] = find_names(self.text, names) if names else ()
        return self._names[names]

    def sentence_of(self, place: Place) -> Place:
        """The sentence or sentences that hold a place; the place itself where no sentence is known."""
        sentences = self.reading.sentences
        starts = [start for start, _ in sentences]
        first = max(bisect_right(starts, place[0]) - 1, 0)
        last = max(bisect_left(starts, place[1]) - 1, first)
        if not sentences or sentences[last][1] <= place[0]:
            return place
        return min(sentences[first][0], place[0]), max(sentences[last][1], place[1])

    def context_of(self, sentence: Place) -> Place:
        """What a reader has just read: the paragraph up to the sentence, at least the sentence before, and the rest of it."""
        starts = [start for start, _ in self.reading.sentences]
        index = bisect_right(starts, sentence[0]) - 1
        begin = self.reading.sentences[index - 1][0] if index > 0 else sentence[0]
        end = sentence[1]
        for start, stop in self.paragraphs:
            if start <= sentence[0] < stop:
                begin, end = min(begin, start), max(end, stop)
        return begin, end


def index_document(
    document: Document, reading: Reading, available: str, links: dict[str, tuple[Place, ...]]
) -> DocumentIndex:
    """Makes a document ready for weighing."""
    words = fold_words(document.text)
    index = DocumentIndex(document, reading, available, links, words, split_paragraphs(document.text))
    for position, word in enumerate(words):
        index._by_first.setdefault(word.fold, []).append(position)
    return index


def inside(places: tuple[Place, ...], bounds: Place) -> tuple[Place, ...]:
    """The places that lie wholly within bounds."""
    return tuple(place for place in places if bounds[0] <= place[0] and place[1] <= bounds[1])
