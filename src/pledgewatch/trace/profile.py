"""What tracing compares of a document: its shingles, its facts in order, its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading
from pledgewatch.text.quotes import find_quotations
from pledgewatch.text.sentences import split_sentences
from pledgewatch.text.shingles import Keys, ShingleWord, comparison_words, make_shingles, number_of
from pledgewatch.trace.meanings import row_of
from pledgewatch.trace.words import trace_words

STEM = 5
"""So many first letters of a word are compared, so that word forms and many derivations meet."""

MOSTLY_QUOTED = 0.7
"""A text of which more stands in quotation marks is an interview or a statement: its quotes are its own words."""

COMMON_WEIGHT = 0.2
"""What a stem weighs that many stories of the case share: the case's subject is no likeness."""

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is compared.

    Attributes:
        bag: stems of its content words with weights; facts (names and numbers) weigh more.
        terms: the same stems in the order of the text, each as often as it stands there.
        rows: the row of each term's word in the table of meanings, -1 for none.
        numbers: its numbers.
        facts: the words of its names and its numbers, in the order of the text.
        anchors: its numbers and, of each name, the last word: a name of three words is one fact and not three.
        quoted: share of its words inside quotation marks.
    """

    start: int
    end: int
    bag: dict[str, float]
    terms: tuple[str, ...]
    rows: tuple[int, ...]
    numbers: frozenset[str]
    facts: tuple[str, ...]
    anchors: tuple[str, ...]
    quoted: float
    words: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One document as it is compared.

    Attributes:
        key: all words in order; two documents with the same key tell the same, word for word.
        shingle: words of a shingle.
        shingles: of the document's own words, outside quotation marks.
        trigrams: 3-word shingles of its own words.
        stems: stems of its content words outside quotation marks.
        fact_pairs: pairs of facts that one sentence names, for finding rewritten copies.
    """

    document: Document
    key: str
    words: int
    shingle: int
    shingles: Keys
    trigrams: Keys
    stems: frozenset[str]
    sentences: tuple[Sentence, ...]
    fact_pairs: frozenset[tuple[str, str]]


def make_profile(document: Document, reading: Reading | None, shingle: int) -> Profile:
    """What is compared of ``document``; its sentences are those of the reading where there is one."""
    text = document.text
    words = comparison_words(text)
    keys = [word.key for word in words]
    in_quotes = _quoted_words(text, words)
    places = reading.sentences if reading is not None and reading.sentences else split_sentences(text)
    sentences = make_sentences(text, words, in_quotes, places)
    common = trace_words().common
    return Profile(
        document=document,
        key=" ".join(keys),
        words=len(words),
        shingle=shingle,
        shingles=_own_shingles(keys, in_quotes, shingle),
        trigrams=_own_shingles(keys, in_quotes, 3),
        stems=frozenset(
            key[:STEM]
            for key, quoted_word in zip(keys, in_quotes, strict=True)
            if not quoted_word and key not in common
        ),
        sentences=sentences,
        fact_pairs=frozenset(pair for sentence in sentences for pair in _fact_pairs(sentence.facts)),
    )


def weigh_down(profile: Profile, common: frozenset[int], boilerplate: Keys, sampling: int = 1) -> Profile:
    """The profile as it is compared within a case.

    Args:
        common: keys of stems that most stories of the case share; they weigh next to nothing.
        boilerplate: shingles that many stories hold; they are left out, and so are sentences that consist of them.
        sampling: one shingle in so many is known to be boilerplate or not; only those are compared.
    """
    marked = len(boilerplate) and np.isin(profile.shingles, boilerplate).any()
    sentences = tuple(
        replace(
            sentence,
            bag={stem: COMMON_WEIGHT if number_of(stem) in common else weight for stem, weight in sentence.bag.items()},
            anchors=tuple(anchor for anchor in sentence.anchors if number_of(anchor) not in common),
        )
        for sentence in profile.sentences
        if not marked or not _is_boilerplate(profile, sentence, boilerplate, sampling)
    )
    return replace(
        profile,
        sentences=sentences,
        shingles=np.setdiff1d(_sampled(profile.shingles, sampling), boilerplate, assume_unique=True),
        stems=frozenset(stem for stem in profile.stems if number_of(stem) not in common),
    )


def _is_boilerplate(profile: Profile, sentence: Sentence, boilerplate: Keys, sampling: int) -> bool:
    words = [word.key for word in comparison_words(profile.document.text[sentence.start : sentence.end])]
    keys = _sampled(make_shingles(words, profile.shingle), sampling)
    return 2 * int(np.isin(keys, boilerplate).sum()) > len(keys)


def _sampled(keys: Keys, sampling: int) -> Keys:
    return keys if sampling == 1 else keys[keys % np.uint64(sampling) == 0]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of every document while an archive is traced: keys as sorted 64-bit numbers, each once.

    Attributes:
        key: of all words in order.
        shingles: of its own words' shingles.
        facts: of its pairs of facts.
        anchors: of its numbers and the last words of its names.
    """

    key: int
    words: int
    shingles: Keys
    facts: Keys
    anchors: Keys


def make_sketch(profile: Profile, sampling: int = 1) -> Sketch:
    """The sketch of a profile, with one shingle in ``sampling``."""
    return Sketch(
        number_of(profile.key) if profile.key else 0,
        profile.words,
        _sampled(profile.shingles, sampling),
        _keys({number_of(f"{one}\t{other}") for one, other in profile.fact_pairs}),
        _keys({number_of(anchor) for sentence in profile.sentences for anchor in sentence.anchors}),
    )


def stem_keys(profile: Profile) -> Keys:
    """The stems of its sentences, as sorted numbers."""
    return _keys({number_of(stem) for sentence in profile.sentences for stem in sentence.bag})


def _keys(numbers: frozenset[int] | set[int]) -> Keys:
    found = np.fromiter(numbers, dtype=np.uint64, count=len(numbers))
    found.sort()
    return found


def _quoted_words(text: str, words: Sequence[ShingleWord]) -> list[bool]:
    quotations = [(found.inner_start, found.inner_end) for found in find_quotations(text) if found.level == 0]
    inside = [False] * len(words)
    index = 0
    for start, end in quotations:
        while index < len(words) and words[index].start < start:
            index += 1
        first = index
        while index < len(words) and words[index].end <= end:
            index += 1
        # A word or two in marks is a term or a title, not somebody's words.
        if index - first > 2:
            inside[first:index] = [True] * (index - first)
    if sum(inside) > MOSTLY_QUOTED * len(words):
        return [False] * len(words)
    return inside


def _own_shingles(keys: list[str], in_quotes: list[bool], size: int) -> Keys:
    """Shingles of the document's own words, sorted, each once: those mostly in quotation marks are left out."""
    found = make_shingles(keys, size)
    before = np.concatenate([[0], np.cumsum(in_quotes)])
    quoted = before[size:] - before[:-size] if len(found) else before[:0]
    return np.unique(found[2 * quoted <= size])


def make_sentences(
    text: str, words: Sequence[ShingleWord], in_quotes: list[bool], places: Sequence[tuple[int, int]]
) -> tuple[Sentence, ...]:
    """The parts of ``text`` at ``places`` as they are compared; parts without a content word are left out."""
    tables = trace_words()
    sentences = []
    index = 0
    for start, end in places:
        while index < len(words) and words[index].start < start:
            index += 1
        first = index
        bag: dict[str, float] = {}
        terms: list[str] = []
        rows: list[int] = []
        facts: list[str] = []
        anchors: list[tuple[int, str]] = []
        numbers: set[str] = set()
        while index < len(words) and words[index].end <= end:
            word = words[index]
            number = word.key if _NUMBER.fullmatch(word.key) else tables.numbers.get(word.key)
            if number is not None:
                bag[number] = 2.0
                terms.append(number)
                rows.append(-1)
                numbers.add(number)
                facts.append(number)
                anchors.append((-1, number))
            elif word.key not in tables.common:
                capital = text[word.start].isupper() and index > first
                name = capital and word.key not in tables.not_names
                stem = word.key[:STEM]
                bag[stem] = max(bag.get(stem, 0.0), 1.5 if name else 1.0)
                terms.append(stem)
                rows.append(row_of(word.key))
                if name:
                    facts.append(stem)
                    if anchors and anchors[-1][0] == index - 1:
                        anchors.pop()
                    anchors.append((index, stem))
            index += 1
        count = index - first
        if bag:
            sentences.append(
                Sentence(
                    start,
                    end,
                    bag,
                    tuple(terms),
                    tuple(rows),
                    frozenset(numbers),
                    tuple(facts),
                    tuple(anchor for _, anchor in anchors),
                    sum(in_quotes[first:index]) / max(1, count),
                    count,
                )
            )
    return tuple(sentences)


def _fact_pairs(facts: Sequence[str]) -> list[tuple[str, str]]:
    """Neighbouring and next-but-one facts of a sentence; the order in the sentence does not matter."""
    pairs = []
    for gap in (1, 2):
        for one, other in zip(facts, facts[gap:], strict=False):
            if one != other:
                pairs.append((min(one, other), max(one, other)))
    return pairs
