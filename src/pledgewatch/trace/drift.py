"""Facts and marks that a copy damaged: another number, a misspelt name, a year lost, quotation marks moved or lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from pledgewatch.model.origin import Drift
from pledgewatch.model.span import Span
from pledgewatch.text.diff import Aligned
from pledgewatch.text.quotes import find_quotations
from pledgewatch.text.shingles import ShingleWord, comparison_words
from pledgewatch.trace.compare import YEAR
from pledgewatch.trace.profile import STEM, Profile
from pledgewatch.trace.words import trace_words

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
MISSPELT = 70.0
"""Two names so alike by their letters (rapidfuzz, 0..100), but not the same, are one name misspelt."""

SHORTEST_NAME = 4
FEWEST_QUOTED = 3
DATE_REACH = 3
"""The words of a date stand so near its year."""


def find_drift(copy: Profile, of: Profile, pairs: Sequence[Aligned]) -> tuple[Drift, ...]:
    """What the copy damaged, in the order of the copy; ``pairs`` are its sentences and those that they tell."""
    found: list[Drift] = []
    for pair in pairs:
        ours, theirs = copy.sentences[pair.ours], of.sentences[pair.theirs]
        one = _Part(copy.document.text, ours.start, ours.end)
        other = _Part(of.document.text, theirs.start, theirs.end)
        found += _numbers(one, other)
        found += _names(one, other)
        found += _years(one, other)
    found += _marks(copy, of)
    return tuple(sorted(found, key=lambda drift: (drift.ours.start, drift.kind)))


class _Part:
    """A sentence with its words; places count from the beginning of the document."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.words = [
            ShingleWord(start + word.start, start + word.end, word.key) for word in comparison_words(text[start:end])
        ]
        self.keys = {word.key for word in self.words}

    def span(self, word: ShingleWord) -> Span:
        return Span.cut(self.text, word.start, word.end)

    def written(self, word: ShingleWord) -> str:
        return self.text[word.start : word.end]

    def numbers(self) -> list[_Figure]:
        """Its numbers, in digits or words; "thirty-one", "two hundred" and "3 thousand" are one each."""
        found: list[_Figure] = []
        table = trace_words().numbers
        for index, word in enumerate(self.words):
            last = found[-1] if found and found[-1].last == index - 1 else None
            following = self.words[index + 1].key if index + 1 < len(self.words) else ""
            if last and word.key in _UNITS and last.value in _TENS:
                found[-1] = _Figure(last.value + _UNITS[word.key], last.first, index)
            elif last and word.key in _TIMES:
                found[-1] = _Figure(last.value * _TIMES[word.key], last.first, index)
            elif _NUMBER.fullmatch(word.key) or word.key in table:
                found.append(_Figure(float(table.get(word.key, word.key)), index, index))
            elif word.key in _UNITS and following in _TIMES:
                found.append(_Figure(_UNITS[word.key], index, index))
        return found

    def around(self, figure: _Figure) -> set[str]:
        """The words right before and after a number, as they are compared."""
        return {self.words[place].key for place in (figure.first - 1, figure.last + 1) if 0 <= place < len(self.words)}

    def figure_span(self, figure: _Figure) -> Span:
        return Span.cut(self.text, self.words[figure.first].start, self.words[figure.last].end)


class _Figure(NamedTuple):
    """A number and its first and last word."""

    value: float
    first: int
    last: int


_UNITS = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], 1)
}
_TENS = frozenset(range(20, 100, 10))
_TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "dozen": 12}


def _numbers(one: _Part, other: _Part) -> list[Drift]:
    """Numbers of one side only, one for one, with the same word beside them or nearly the same digits."""
    sides = one.numbers(), other.numbers()
    values = [{figure.value for figure in side} for side in sides]
    ours = [figure for figure in sides[0] if figure.value not in values[1]]
    theirs = [figure for figure in sides[1] if figure.value not in values[0]]
    if len(ours) != len(theirs):
        return []
    return [
        Drift("number changed", one.figure_span(mine), other.figure_span(yours))
        for mine, yours in zip(ours, theirs, strict=True)
        if one.around(mine) & other.around(yours) or _same_digits(mine.value, yours.value)
    ]


def _same_digits(ours: float, theirs: float) -> bool:
    """Whether digits changed places, or one was lost or doubled."""
    one, two = (f"{value:.0f}" for value in (ours, theirs))
    return sorted(one) == sorted(two) or (abs(len(one) - len(two)) == 1 and fuzz.ratio(one, two) >= MISSPELT)


def _names(one: _Part, other: _Part) -> list[Drift]:
    """Capitalised words of one side only that are nearly one of the other's; sentences begin with one anyway."""
    found = []
    free = [word for word in other.words[1:] if other.written(word)[0].isupper() and word.key not in one.keys]
    for word in one.words[1:]:
        written = one.written(word)
        if not written[0].isupper() or word.key in other.keys or len(written) == 1:
            continue
        for candidate in free:
            if _misspells(word.key, candidate.key, written.isupper() and other.written(candidate).isupper()):
                found.append(Drift("name changed", one.span(word), other.span(candidate)))
                free.remove(candidate)
                break
    return found


def _misspells(ours: str, theirs: str, initials: bool) -> bool:
    """Whether two names are one with a slip: initials with one letter changed or two exchanged; or nearly the same
    letters, as long as they do not begin alike, which another ending or another country's spelling explains."""
    if initials:
        alike = len(ours) == len(theirs) and sum(one != two for one, two in zip(ours, theirs, strict=True)) == 1
        return alike or (sorted(ours) == sorted(theirs) and len(ours) > 1)
    ours, theirs = ours.removesuffix("s"), theirs.removesuffix("s")
    return ours[:STEM] != theirs[:STEM] and len(ours) >= SHORTEST_NAME and fuzz.ratio(ours, theirs) >= MISSPELT


def _years(one: _Part, other: _Part) -> list[Drift]:
    """Years that went while another word of their date stayed."""
    found = []
    own = {word.key: word for word in one.words if one.written(word)[0].isupper() or YEAR.fullmatch(word.key)}
    if any(YEAR.fullmatch(key) for key in own):
        return []
    for place, word in enumerate(other.words):
        if not YEAR.fullmatch(word.key):
            continue
        near = other.words[max(0, place - DATE_REACH) : place + DATE_REACH + 1]
        month = next((item for item in near if item.key in trace_words().months and item.key in own), None)
        if month is not None:
            found.append(Drift("year lost", one.span(own[month.key]), other.span(word)))
    return found


def _marks(copy: Profile, of: Profile) -> list[Drift]:
    """Words that only one side has in quotation marks, though both have them."""
    sides = [(_quoted(profile), profile) for profile in (copy, of)]
    found = []
    for (quotes, profile), (other_quotes, other) in (sides, sides[::-1]):
        within = [f" {words} " for _, words in other_quotes]
        bare = [
            (span, words)
            for span, words in quotes
            if f" {words} " in f" {other.key} "
            and not any(f" {words} " in theirs or theirs.strip() in words for theirs in within)
        ]
        words_there = comparison_words(other.document.text) if bare else ()
        for span, words in bare:
            there = _place(other.document.text, words_there, words.split(" "))
            if there is not None and profile is copy:
                found.append(Drift("mark moved", span, there))
            elif there is not None:
                found.append(Drift("mark lost", there, span))
    return found


def _quoted(profile: Profile) -> list[tuple[Span, str]]:
    text = profile.document.text
    found = []
    for quotation in find_quotations(text):
        words = comparison_words(text[quotation.inner_start : quotation.inner_end])
        if quotation.level == 0 and len(words) >= FEWEST_QUOTED:
            span = Span.cut(text, quotation.inner_start, quotation.inner_end)
            found.append((span, " ".join(word.key for word in words)))
    return found


def _place(text: str, words: Sequence[ShingleWord], wanted: Sequence[str]) -> Span | None:
    """Where a run of words stands."""
    for start in range(len(words) - len(wanted) + 1):
        if all(words[start + offset].key == key for offset, key in enumerate(wanted)):
            return Span.cut(text, words[start].start, words[start + len(wanted) - 1].end)
    return None
