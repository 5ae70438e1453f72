"""How alike two documents are, and whether that makes one a copy of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlsplit

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import LinkKind
from pledgewatch.text.diff import Aligned, align_bags, in_order
from pledgewatch.text.folding import fold_name
from pledgewatch.text.shingles import comparison_words, containment
from pledgewatch.trace.profile import Profile, Sentence

ALIKE = 0.30
"""Sentences are told again when Dice's coefficient of their weighted stems is at least this."""

RETOLD = 0.40
"""A story is told again from this share of its narrative on, each sentence counting as much as it is alike."""

REWRITTEN_DAYS = 30
"""Stories further apart in time are no rewrites of each other: what reads alike then is a formula."""

WHOLE = 0.5
"""A copy that holds at least this share of the larger text is the story republished, under it an excerpt."""

MOST = 0.6
"""An excerpt takes at least this share of its words from the larger text; with less, the story is rewritten."""

SHORT_WORDS = 80
"""Under so many words a few common phrases make a large share; most of the text must be the same then."""

SAME_PUBLISHER = 0.8
SAME_PUBLISHER_SERIAL = 0.9
"""Share of the smaller of two texts of one publisher (of one series of it) that the larger must hold."""

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
        aligned_sentences: how many sentences that are.
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
    aligned_sentences: int
    closeness: float
    order: float
    numbers_kept: float
    numbers_changed: float
    size: float

    @property
    def retold(self) -> float:
        """The share of the smaller that is told again, each sentence counting as much as it is alike."""
        return self.aligned * self.closeness

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
        aligned_sentences=len(run),
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

    The rules, in order: the same words are a copy; texts with other numbers in the same sentences are none (issues of
    a series); between two publishers, much of the smaller text taken over word for word is a copy, and so is the
    same story told in other words, sentence by sentence in the same order; of one publisher, only a text taken over
    nearly whole. Two independent stories on one event share facts and quotations, but not the words around the
    quotations and not the order.
    """
    if smaller.key == larger.key:
        return ("same" if _same_place(smaller.document, larger.document) else "republished", 1.0)
    if smaller.words < FEWEST_WORDS:
        return None
    one, other = smaller.document, larger.document
    serial = is_serial(one, other)
    if likeness.numbers_changed >= 2 and likeness.numbers_kept < (0.9 if serial else 0.6):
        return None
    if is_one_publisher(one, other):
        # A publisher's own pages share heads, feet and formulas; only a text taken over nearly whole is a copy.
        if likeness.shingles < (SAME_PUBLISHER_SERIAL if serial else SAME_PUBLISHER):
            return None
    elif likeness.shingles < policy.copy_at or likeness.aligned < 0.4:
        return ("rewritten", likeness.retold) if _is_rewritten(likeness, one, other) else None
    if min(likeness.shingles, likeness.shingles_of_larger) >= policy.same_at and _same_place(one, other):
        return ("same", likeness.shingles)
    if smaller.words < SHORT_WORDS and likeness.shingles < MOST:
        return None
    score = min(1.0, 0.5 + likeness.shingles / 2)
    if likeness.shingles_of_larger >= WHOLE:
        return ("republished", score)
    return ("excerpt" if likeness.shingles >= MOST else "rewritten", score)


def _is_rewritten(likeness: Likeness, one: Document, other: Document) -> bool:
    """Whether two texts with few words in common tell one story, sentence by sentence."""
    return (
        likeness.retold >= RETOLD
        and likeness.aligned >= 0.75
        and likeness.aligned_sentences >= 4
        and likeness.aligned_of_larger >= 0.4
        and likeness.order >= 0.8
        and likeness.numbers_kept >= 0.75
        and _days_apart(one.published, other.published) <= REWRITTEN_DAYS
    )


def is_one_publisher(one: Document, other: Document) -> bool:
    """Whether the two are known to come from one publisher, by its name or by the host of the address."""
    if one.publisher is not None and other.publisher is not None:
        return fold_name(one.publisher) == fold_name(other.publisher)
    hosts = [urlsplit(document.address or "").hostname for document in (one, other)]
    return hosts[0] is not None and hosts[0] == hosts[1]


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
