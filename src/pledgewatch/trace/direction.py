"""Which of two documents came first, by what stands in them: copying loses facts and puts rare words for plain ones."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from pledgewatch.text.quotes import find_quotations
from pledgewatch.trace.compare import decision_weights
from pledgewatch.trace.meanings import meanings
from pledgewatch.trace.profile import Profile

FEATURES = (
    "longer",
    "facts",
    "full_names",
    "numbers",
    "quoted",
    "rarity",
    "small_words",
    "sentence_length",
    "dateline",
)
"""What is compared of two documents; each value is the first's less the second's.

longer: logarithm of its words. facts: names and numbers by word. full_names: runs of capitalised words by word.
numbers: numbers by word. quoted: share of its words in quotation marks. rarity: how rare those of its words are that
the other does not have (0 the commonest, 1 in no table). small_words: share of words that carry no content.
sentence_length: logarithm of the mean. dateline: whether it begins with one.
"""

SURE = 0.80
"""From this probability on the direction counts as known."""

_FULL_NAME = re.compile(r"[A-Z][a-z’'-]+ [A-Z][a-z’'-]+")
_DATELINE = re.compile(r"\A\s*[A-Z][A-Z’' -]{2,}(?:,|\s\(|\s[–—-])|\A[^\n]{0,60}\([A-Z][^\n()]{1,40}\)\s{0,2}[-–—]")


def compare_damage(first: Profile, second: Profile) -> tuple[float, ...]:
    """The ``FEATURES`` of two profiles; changing places changes every sign."""
    ours, theirs = _measure(first, second), _measure(second, first)
    return tuple(one - other for one, other in zip(ours, theirs, strict=True))


def _measure(profile: Profile, other: Profile) -> Sequence[float]:
    text, words = profile.document.text, max(1, profile.words)
    quoted = sum(len(text[found.inner_start : found.inner_end].split()) for found in find_quotations(text))
    content = sum(len(sentence.terms) for sentence in profile.sentences)
    return (
        math.log(words),
        sum(len(sentence.facts) for sentence in profile.sentences) / words,
        10 * len(_FULL_NAME.findall(text)) / words,
        10 * sum(len(sentence.numbers) for sentence in profile.sentences) / words,
        quoted / words,
        _rarity(profile, other),
        1 - content / words,
        math.log(words / max(1, len(profile.sentences))),
        float(bool(_DATELINE.search(text))),
    )


def _rarity(profile: Profile, other: Profile) -> float:
    """Mean rarity of the words that the other lacks: the table of meanings is ordered from common to rare."""
    theirs = {term for sentence in other.sentences for term in sentence.terms}
    last = len(meanings().rows)
    ranks = [
        row if row >= 0 else last
        for sentence in profile.sentences
        for term, row in zip(sentence.terms, sentence.rows, strict=True)
        if term not in theirs and term not in sentence.facts
    ]
    return float(np.mean(np.log1p(ranks))) / math.log1p(last) if ranks else 0.5


def chance_of_first(first: Profile, second: Profile) -> float:
    """The probability that ``first`` is the older of two tellings of one story, by their words alone, 0..1."""
    weights = decision_weights("first")
    total = sum(weights[name] * value for name, value in zip(FEATURES, compare_damage(first, second), strict=True))
    return 1 / (1 + math.exp(-total))
