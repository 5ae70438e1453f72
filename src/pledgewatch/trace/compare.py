"""How alike two documents are, and whether that makes one a copy of the other."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from importlib import resources
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import yaml

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import LinkKind
from pledgewatch.text.folding import fold_name
from pledgewatch.text.shingles import comparison_words, containment
from pledgewatch.trace.meanings import meanings
from pledgewatch.trace.profile import Profile, Sentence

Floats = npt.NDArray[np.float64]

SYNONYMS_FROM, SYNONYMS_TO = 0.45, 0.80
SYNONYM = 0.9
"""Two words whose vectors have a cosine of .80 or more count as alike as .9; from .45 on they begin to."""

TERMS_AT_ONCE = 512

ALIKE = 0.30
"""Sentences are told again when so much of the weight of their words has a counterpart in the other."""

QUOTED_WEIGHT = 0.25
"""What words in quotation marks count: two reporters at one press conference share them."""

WHOLE = 0.5
"""A copy that holds at least this share of the larger text is the story republished, under it an excerpt."""

MOST = 0.5
"""An excerpt takes at least this share of its words from the larger text; with less, the story is rewritten."""

VERBATIM = 0.5
"""Whoever takes over so much of a text word for word, outside quotation marks, copies it, facts or not."""

SAME_PUBLISHER = 0.8
SAME_PUBLISHER_SERIAL = 0.9
"""Share of the smaller of two texts of one publisher (of one series of it) that the larger must hold."""

SHORT_WORDS = 80
"""Two short reports of one accident have nothing but its facts, in one order: only words taken over say more."""

FEWEST_WORDS = 25
"""A text with fewer words of its own is a copy only when it is the same word for word."""

LONGEST_DAYS = 14
MOST_CHANGED = 5

YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two documents share, each 0..1, measured on the smaller of the two unless said otherwise.

    Attributes:
        shingles: share of its word shingles, outside quotation marks and boilerplate, that the larger holds too.
        shingles_of_larger: the same, of the larger.
        trigrams: share of its 3-word shingles outside quotation marks.
        words: share of the stems of its content words outside quotation marks.
        told: how far its sentences are told again in the larger, in any order; synonyms count.
        told_of_larger: the same, of the larger.
        in_order: how far they are told again in the same order.
        in_order_of_larger: the same, of the larger.
        held: how far its sentences stand somewhere in the larger as parts of sentences, in the same order.
        own: share of its sentences that the larger does not tell at all.
        own_of_larger: the same, of the larger.
        facts: share of its names and numbers that stand in the larger in the same order.
        facts_of_larger: the same, of the larger.
        numbers_kept: share of its numbers, years aside, that the larger has too.
        numbers_changed: numbers that another number replaces in a sentence told again; five or more are 1.
        size: words of the smaller by words of the larger.
        days: days between the two; fourteen or more are 1.
    """

    shingles: float
    shingles_of_larger: float
    trigrams: float
    words: float
    told: float
    told_of_larger: float
    in_order: float
    in_order_of_larger: float
    held: float
    own: float
    own_of_larger: float
    facts: float
    facts_of_larger: float
    numbers_kept: float
    numbers_changed: float
    size: float
    days: float

    def named(self) -> tuple[tuple[str, float], ...]:
        """The values by name, as a link shows them."""
        return tuple((field.name, round(float(getattr(self, field.name)), 4)) for field in fields(self))

    def evidence(self) -> dict[str, float]:
        """What the learned decision weighs: the values, with sentences of its own held against a text as far as it
        takes nothing over word for word. A page around an excerpt has words of its own, a story told anew has not."""
        found = dict(self.named())
        loose = max(0.0, 1 - self.shingles / VERBATIM)
        for name in ("own", "own_of_larger"):
            found[name] *= loose
        return {name: found[name] for name in EVIDENCE}


EVIDENCE = (
    "told", "told_of_larger", "in_order", "in_order_of_larger", "held", "own", "own_of_larger", "facts",
    "facts_of_larger", "numbers_kept", "numbers_changed", "days",
)  # fmt: skip


def measure_likeness(smaller: Profile, larger: Profile) -> Likeness:
    """What the two share."""
    mine, yours = smaller.sentences, larger.sentences
    held, _, alike = compare_sentences(mine, yours)
    sizes, their_sizes = _sizes(mine), _sizes(yours)
    gain = np.maximum(alike - ALIKE, 0) / (1 - ALIKE)
    # Each where it stands first: a name on every line would find its counterparts in any order.
    facts = list(dict.fromkeys(fact for sentence in mine for fact in sentence.anchors))
    their_facts = list(dict.fromkeys(fact for sentence in yours for fact in sentence.anchors))
    run = _longest_run(facts, their_facts)
    kept, changed = _compare_numbers(mine, yours, alike)
    return Likeness(
        shingles=containment(smaller.shingles, larger.shingles),
        shingles_of_larger=containment(larger.shingles, smaller.shingles),
        trigrams=containment(smaller.trigrams, larger.trigrams),
        words=len(smaller.stems & larger.stems) / len(smaller.stems) if smaller.stems else 0.0,
        told=_share(gain.max(1, initial=0), sizes),
        told_of_larger=_share(gain.max(0, initial=0), their_sizes),
        in_order=_in_order(gain, sizes),
        in_order_of_larger=_in_order(gain.T, their_sizes),
        held=_in_order(np.maximum(held - 0.4, 0) / 0.6, sizes),
        own=_share((alike.max(1, initial=0) < ALIKE).astype(float), sizes),
        own_of_larger=_share((alike.max(0, initial=0) < ALIKE).astype(float), their_sizes),
        facts=run / max(FEWEST_FACTS, len(facts)),
        facts_of_larger=run / max(FEWEST_FACTS, len(their_facts)),
        numbers_kept=kept,
        numbers_changed=min(changed, MOST_CHANGED) / MOST_CHANGED,
        size=smaller.words / larger.words if larger.words else 1.0,
        days=min(_days_apart(smaller.document.published, larger.document.published), LONGEST_DAYS) / LONGEST_DAYS,
    )


FEWEST_FACTS = 8
"""Of fewer facts no large share can be kept: a few names in one order are chance."""


class Compared(NamedTuple):
    """How sentences of two texts compare, each ``(ours, theirs)`` and 0..1.

    Attributes:
        held: how much of the weight of ours has a counterpart in theirs.
        back: how much of theirs in ours.
        alike: the geometric mean of both.
    """

    held: Floats
    back: Floats
    alike: Floats


def compare_sentences(mine: Sequence[Sentence], yours: Sequence[Sentence]) -> Compared:
    """Every word of a sentence looks for its counterpart in the other: the same stem, or nearly the same meaning."""
    if not mine or not yours:
        nothing = np.zeros((len(mine), len(yours)))
        return Compared(nothing, nothing, nothing)
    one, other = _Side(mine), _Side(yours)
    held, back = one.share(other), other.share(one).T
    return Compared(held, back, np.sqrt(held * back))


class _Side:
    """The terms of some sentences: each once with its row, and where, how heavy and in which sentence it stands."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        places: dict[tuple[str, int], int] = {}
        self.places = np.array(
            [
                places.setdefault(key, len(places))
                for sentence in sentences
                for key in zip(sentence.terms, sentence.rows, strict=True)
            ]
        )
        self.terms = [term for term, _ in places]
        self.rows = np.array([row for _, row in places])
        self.weights = np.array([sentence.bag[term] for sentence in sentences for term in sentence.terms], np.float32)
        self.starts = np.cumsum([0, *(len(sentence.terms) for sentence in sentences[:-1])])

    def share(self, other: _Side) -> Floats:
        """``(sentences, other's sentences)``: the share of each sentence's weight whose words have a counterpart.

        A few hundred terms at a time: the texts may be books.
        """
        best = np.concatenate([self._best(start, other) for start in range(0, len(self.terms), TERMS_AT_ONCE)])
        ends = [*self.starts[1:].tolist(), len(self.places)]
        found = np.stack(
            [
                self.weights[start:end] @ best[self.places[start:end]]
                for start, end in zip(self.starts.tolist(), ends, strict=True)
            ]
        )
        return (found / np.add.reduceat(self.weights, self.starts)[:, None]).astype(np.float64)

    def _best(self, start: int, other: _Side) -> npt.NDArray[np.float32]:
        """``(terms, other's sentences)``: the best counterpart of each term in each sentence."""
        rows, terms = self.rows[start : start + TERMS_AT_ONCE], self.terms[start : start + TERMS_AT_ONCE]
        vectors = meanings().vectors
        words = vectors[rows] @ vectors[other.rows].T
        words -= SYNONYMS_FROM
        words /= SYNONYMS_TO - SYNONYMS_FROM
        np.clip(words, 0, SYNONYM, out=words)
        there: dict[str, list[int]] = {}
        for place, term in enumerate(other.terms):
            there.setdefault(term, []).append(place)
        for row, term in enumerate(terms):
            words[row, there.get(term, [])] = 1
        found: npt.NDArray[np.float32] = np.maximum.reduceat(words[:, other.places], other.starts, axis=1)
        return found


def _sizes(sentences: Sequence[Sentence]) -> Floats:
    return np.array([sentence.words * (1 - (1 - QUOTED_WEIGHT) * sentence.quoted) for sentence in sentences])


def _share(gain: Floats, sizes: Floats) -> float:
    total = float(sizes.sum())
    return float((gain * sizes).sum()) / total if total else 0.0


def _in_order(gain: Floats, sizes: Floats) -> float:
    """The greatest share of the first side that stands in the same order on the other; one sentence there may serve
    several here (a sentence was cut in two)."""
    total = float(sizes.sum())
    if not total or not gain.shape[1]:
        return 0.0
    best = np.zeros(gain.shape[1])
    for row, size in zip(gain, sizes, strict=True):
        best = np.maximum(best, np.maximum.accumulate(best) + row * size)
    return float(best.max()) / total


def _longest_run(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Length of the longest common subsequence (rows are taken at once: a row only grows from left to right)."""
    ids: dict[str, int] = {}
    mine = np.array([ids.setdefault(fact, len(ids)) for fact in ours])
    yours = np.array([ids.setdefault(fact, len(ids)) for fact in theirs])
    if not len(mine) or not len(yours):
        return 0
    row = np.zeros(len(yours) + 1, dtype=np.int64)
    for fact in mine:
        new = row.copy()
        new[1:] = np.where(yours == fact, row[:-1] + 1, row[1:])
        row = np.maximum.accumulate(new)
    return int(row[-1])


def _compare_numbers(mine: Sequence[Sentence], yours: Sequence[Sentence], alike: Floats) -> tuple[float, int]:
    """The share of our numbers that they have, and how many they replaced in sentences told again, years aside."""
    theirs = {number for sentence in yours for number in sentence.numbers}
    ours = [number for sentence in mine for number in sentence.numbers if not YEAR.fullmatch(number)]
    kept = (sum(number in theirs for number in ours) + 1) / (len(ours) + 2)
    changed = 0
    for index, sentence in enumerate(mine):
        if sentence.numbers and len(yours):
            place = int(alike[index].argmax())
            if alike[index, place] > ALIKE:
                own = {number for number in sentence.numbers if not YEAR.fullmatch(number)}
                other = {number for number in yours[place].numbers if not YEAR.fullmatch(number)}
                changed += min(len(own - other), len(other - own))
    return kept, changed


def is_serial(one: Document, other: Document) -> bool:
    """Whether the two look like two issues of one series: one title but for its numbers, from one publisher.

    >>> from dataclasses import replace
    >>> may = Document("d_1", "a", "", "text/plain", "", title="Report No. 4", publisher="Varna Mission")
    >>> is_serial(may, replace(may, title="Report No. 5")), is_serial(may, replace(may, title="A visit"))
    (True, False)
    """
    if one.title is None or other.title is None or one.publisher != other.publisher:
        return False
    titles = [comparison_words(document.title or "") for document in (one, other)]
    masked = [[re.sub(r"\d.*", "#", word.key) for word in words] for words in titles]
    differs = [word.key for word in titles[0]] != [word.key for word in titles[1]] or one.published != other.published
    return masked[0] == masked[1] and differs


@functools.cache
def decision_weights(decision: str) -> Mapping[str, float]:
    """The weights of one of the learned decisions ("copy", "first") by feature, from ``tables/decision.yml``."""
    text = resources.files("pledgewatch.trace").joinpath("tables/decision.yml").read_text("utf-8")
    weights: Mapping[str, float] = yaml.safe_load(text)[decision]
    return weights


def chance_of_copy(likeness: Likeness) -> float:
    """The probability that two documents of two publishers with this likeness have one original, 0..1.

    A logistic regression whose weights stand in ``tables/decision.yml`` (``python -m training.copies``).
    """
    weights = decision_weights("copy")
    total = weights["always"] + sum(weights[name] * value for name, value in likeness.evidence().items())
    return 1 / (1 + math.exp(-total))


def judge_likeness(
    likeness: Likeness, smaller: Profile, larger: Profile, policy: TracePolicy
) -> tuple[LinkKind, float] | None:
    """The kind of copy and how sure that is (0..1), or ``None`` when the two are no copies.

    In order: the same words are a copy; of one publisher, whose pages share heads, feet and formulas, only a text taken
    over nearly whole; two issues of a series are none when their numbers differ; between two publishers a text of which
    half was taken word for word, else, unless it is short, a learned decision on the likeness. Two independent stories
    of one event share facts and quotations, but they do not tell their sentences one after the other.
    """
    one, other = smaller.document, larger.document
    if smaller.key == larger.key:
        return ("same" if _same_place(one, other) else "republished", 1.0)
    if smaller.words < FEWEST_WORDS:
        return None
    if is_one_publisher(one, other):
        serial = is_serial(one, other)
        if likeness.shingles < (SAME_PUBLISHER_SERIAL if serial else SAME_PUBLISHER):
            return None
        if serial and likeness.numbers_changed * MOST_CHANGED >= 2:
            return None
        score = min(1.0, 0.5 + likeness.shingles / 2)
    else:
        taken = likeness.shingles >= VERBATIM
        learned = chance_of_copy(likeness) if smaller.words >= SHORT_WORDS else 0.0
        score = max(learned, 0.5 + likeness.shingles / 2 if taken else 0.0)
        if score < policy.copy_probability:
            return None
    if min(likeness.shingles, likeness.shingles_of_larger) >= policy.same_at and _same_place(one, other):
        return ("same", score)
    if likeness.shingles_of_larger >= WHOLE:
        return ("republished", score)
    return ("excerpt" if likeness.shingles >= MOST else "rewritten", score)


def is_one_publisher(one: Document, other: Document) -> bool:
    """Whether the two are known to come from one publisher, by its name or by the host of the address."""
    if one.publisher is not None and other.publisher is not None:
        return fold_name(one.publisher) == fold_name(other.publisher)
    hosts = [_host(document.address or "") for document in (one, other)]
    return hosts[0] is not None and hosts[0] == hosts[1]


def _host(untrusted_address: str) -> str | None:
    """The host of an address; ``None`` for what is none."""
    try:
        return urlsplit(untrusted_address).hostname
    except ValueError:
        return None


def _days_apart(one: str | None, other: str | None) -> int:
    """Days between two dates; 0 when one is missing or coarser than a day."""
    try:
        return abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days)
    except ValueError:
        return 0


def _same_place(one: Document, other: Document) -> bool:
    """Whether nothing says that the two stand under different titles or at different publishers."""
    return all(
        ours is None or theirs is None or ours == theirs
        for ours, theirs in ((one.title, other.title), (one.publisher, other.publisher))
    )
