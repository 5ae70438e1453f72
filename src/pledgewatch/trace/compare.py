"""How alike two documents are, and whether that makes one a copy of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import LinkKind
from pledgewatch.text.diff import Aligned, align_bags, in_order
from pledgewatch.text.shingles import comparison_words, containment
from pledgewatch.trace.profile import Profile, Sentence

ALIKE = 0.42
"""Sentences are told again when Dice's coefficient of their weighted stems is at least this."""

FEWEST_WORDS = 25
"""A text with fewer words of its own is a copy only when it is the same word for word."""

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two documents share, each 0..1, measured on the smaller of the two unless said otherwise.

    Attributes:
        shingles: share of its word shingles, outside quotation marks and boilerplate, that the larger holds too.
        shingles_of_larger: the same, of the larger.
        trigrams: share of its 3-word shingles outside quotation marks.
        words: share of the stems of its content words outside quotation marks.
        aligned: share of its narrative (in words) whose sentences the larger tells in the same order.
        aligned_of_larger: the same, of the larger.
        closeness: mean likeness of the aligned sentences.
        order: share of the sentence pairs that stand in one order.
        numbers_kept: of the numbers of aligned sentences, the share that is the same on both sides; 1 without numbers.
        numbers_changed: how many are not.
        size: words of the smaller by words of the larger.
    """

    shingles: float
    shingles_of_larger: float
    trigrams: float
    words: float
    aligned: float
    aligned_of_larger: float
    closeness: float
    order: float
    numbers_kept: float
    numbers_changed: float
    size: float

    def named(self) -> tuple[tuple[str, float], ...]:
        """The values by name, as a link shows them."""
        return tuple((field.name, round(float(getattr(self, field.name)), 4)) for field in fields(self))


def measure_likeness(smaller: Profile, larger: Profile, boilerplate: frozenset[int]) -> Likeness:
    """What the two share; ``boilerplate`` are shingles that carry no weight in this case."""
    ours, theirs = smaller.shingles - boilerplate, larger.shingles - boilerplate
    mine = [sentence for sentence in smaller.sentences if _is_narrative(sentence)]
    yours = [sentence for sentence in larger.sentences if _is_narrative(sentence)]
    pairs = align_bags([sentence.bag for sentence in mine], [sentence.bag for sentence in yours], ALIKE)
    run = in_order(pairs)
    kept, changed = _compare_numbers(mine, yours, pairs)
    return Likeness(
        shingles=containment(ours, theirs),
        shingles_of_larger=containment(theirs, ours),
        trigrams=containment(smaller.trigrams, larger.trigrams),
        words=len(smaller.stems & larger.stems) / len(smaller.stems) if smaller.stems else 0.0,
        aligned=_share(mine, [pair.ours for pair in run]),
        aligned_of_larger=_share(yours, [pair.theirs for pair in run]),
        closeness=sum(pair.score for pair in run) / len(run) if run else 0.0,
        order=len(run) / len(pairs) if pairs else 0.0,
        numbers_kept=kept / (kept + changed) if kept + changed else 1.0,
        numbers_changed=float(changed),
        size=smaller.words / larger.words if larger.words else 1.0,
    )


def _is_narrative(sentence: Sentence) -> bool:
    return sentence.quoted < 0.5 and len(sentence.bag) >= 3


def _share(sentences: Sequence[Sentence], chosen: Sequence[int]) -> float:
    total = sum(sentence.words for sentence in sentences)
    return sum(sentences[index].words for index in chosen) / total if total else 0.0


def _compare_numbers(mine: Sequence[Sentence], yours: Sequence[Sentence], pairs: Sequence[Aligned]) -> tuple[int, int]:
    """Numbers that aligned sentences share, and numbers that one side has in place of the other's, years aside."""
    kept = changed = 0
    for pair in pairs:
        ours = {number for number in mine[pair.ours].numbers if not _YEAR.fullmatch(number)}
        theirs = {number for number in yours[pair.theirs].numbers if not _YEAR.fullmatch(number)}
        kept += len(ours & theirs)
        changed += min(len(ours - theirs), len(theirs - ours))
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


def judge_likeness(
    likeness: Likeness, smaller: Profile, larger: Profile, policy: TracePolicy
) -> tuple[LinkKind, float] | None:
    """The kind of copy and how sure that is (0..1), or ``None`` when the two are no copies.

    The rules, in order: the same words; another issue of a series (no copy: what stands in the same place differs);
    much of the larger taken over; all of a small text inside a large one; the same story told in other words, sentence
    by sentence in the same order. Two independent stories on one event share facts and quotations, and neither the
    words between the quotation marks nor the order.
    """
    if smaller.key == larger.key:
        return ("same" if _same_place(smaller.document, larger.document) else "republished", 1.0)
    if smaller.words < FEWEST_WORDS:
        return None
    serial = is_serial(smaller.document, larger.document)
    if likeness.numbers_changed >= 2 and likeness.numbers_kept < (0.9 if serial else 0.6):
        return None
    if serial and likeness.shingles < 0.9:
        return None
    if likeness.shingles >= policy.same_at and likeness.shingles_of_larger >= policy.same_at:
        return ("same" if _same_place(smaller.document, larger.document) else "republished", likeness.shingles)
    if likeness.shingles >= policy.copy_at and likeness.aligned >= 0.4:
        score = min(1.0, 0.5 + likeness.shingles / 2)
        if likeness.shingles_of_larger >= policy.copy_at:
            return ("republished", score)
        return ("excerpt", score)
    # A publisher's own formulas (readouts, notices) read like rewrites of each other.
    same_publisher = smaller.document.publisher is not None and smaller.document.publisher == larger.document.publisher
    rewritten = 0.6 * likeness.aligned + 0.4 * likeness.words
    if (
        not same_publisher
        and likeness.aligned >= 0.6
        and likeness.order >= 0.7
        and likeness.numbers_kept >= 0.7
        and likeness.words >= 0.4
        and len(smaller.sentences) >= 4
    ):
        return ("rewritten", round(rewritten, 4))
    return None


def _same_place(one: Document, other: Document) -> bool:
    """Whether nothing says that the two stand under different titles or at different publishers."""
    return all(
        ours is None or theirs is None or ours == theirs
        for ours, theirs in ((one.title, other.title), (one.publisher, other.publisher))
    )
