"""Units of attribution: sentences, joined where a quotation runs over their ends, with quotations as one token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pledgewatch.read.readers.rules.lexicon import cue_words
from pledgewatch.text.quotes import Quotation
from pledgewatch.text.sentences import speech_verbs
from pledgewatch.text.words import Word, split_words

LONGEST_UNIT = 8_000
"""Code points; a longer unit is not searched for statements, and the reading says so."""

_LOST_CLOSE = re.compile(
    r"[,.?!]\s+(?=(?:he|she|they|(?:[A-Z][\w.’'-]+\s+){0,2}[A-Z][\w’'-]+)\s+([a-z]{2,12})\b[^“”\"]{0,40}$)"
)


_DATELINE = re.compile(
    r"""
    # OSTRAVA, Varna (Wire) -
    [A-Z][A-Z.’'-]{2,}(?:[\s,]+[A-Z][\w.’'-]+){0,4}\s*(?:\([^)]{2,40}\)\s*)?[—–-]+\s+(?=[A-Z“"])
    # OSTRAVA The envoy
    | [A-Z][A-Z’'-]{3,}(?:\s[A-Z][A-Z’'-]{2,}){0,2}\s+(?=(?:The|A|An|In|On)\s)
    # MS. VESS:
    | (?:Q[\s\u00a0]{1,8}(?=[A-Z“—–(])|[A-Z][A-Z.’'\u00a0 -]{1,60}(?:\s?\([^)\n]{1,60}\))?:\s+)
    """,
    re.VERBOSE,
)


class Tok(NamedTuple):
    """A word, a mark or a whole quotation of a unit."""

    start: int
    end: int
    text: str
    lower: str
    kind: Literal["word", "mark", "quote"]

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.kind == "word"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that is read for statements at once."""

    start: int
    end: int
    toks: tuple[Tok, ...]
    all_quoted: bool
    paragraph_start: bool


def make_units(
    text: str, sentences: tuple[tuple[int, int], ...], quotations: tuple[Quotation, ...]
) -> tuple[list[Unit], list[int]]:
    """The units of a text in order, and the lengths of those that were too long to read."""
    outer = [_trimmed(text, quotation, sentences) for quotation in quotations if quotation.level == 0]
    units: list[Unit] = []
    too_long: list[int] = []
    place = 0
    index = 0
    while index < len(sentences):
        start, end = sentences[index]
        index += 1
        while place < len(outer) and outer[place].end <= start:
            place += 1
        # Join the following sentences while a quotation runs over the end of this one.
        ahead = place
        while ahead < len(outer) and outer[ahead].start < end:
            while outer[ahead].end > end and index < len(sentences):
                end = sentences[index][1]
                index += 1
            ahead += 1
        if end - start > LONGEST_UNIT:
            too_long.append(end - start)
            continue
        inside = [quotation for quotation in outer[place:ahead] if quotation.start >= start and quotation.end <= end]
        units.append(_unit(text, start, end, inside))
    return units, too_long


def _trimmed(text: str, quotation: Quotation, sentences: tuple[tuple[int, int], ...]) -> Quotation:
    """An unclosed quotation, cut where its lost closing mark most likely stood."""
    if quotation.closed or quotation.end - quotation.start > LONGEST_UNIT:
        return quotation
    words = text[quotation.start : quotation.end]
    lost = _LOST_CLOSE.search(words)
    if lost and lost.group(1) in speech_verbs():
        stop = quotation.start + lost.start() + 1
        return quotation._replace(end=stop, inner_end=stop)
    before = text[max(0, quotation.start - 2) : quotation.start].strip(" ")
    if before and before != "\n":
        # It opens within a sentence: nothing says that it goes on past that sentence.
        for start, end in sentences:
            if start <= quotation.start < end < quotation.end:
                return quotation._replace(end=end, inner_end=end)
    return quotation


def _unit(text: str, start: int, end: int, quotations: list[Quotation]) -> Unit:
    toks: list[Tok] = []
    dateline = _DATELINE.match(text, start, end)
    place = dateline.end() if dateline else start
    for quotation in quotations:
        toks.extend(_words(text, place, quotation.start))
        toks.append(Tok(quotation.start, quotation.end, text[quotation.start : quotation.end], "“”", "quote"))
        place = max(place, quotation.end)
    toks.extend(_words(text, place, end))
    words = [tok for tok in toks if tok.kind != "mark"]
    quoted = bool(words) and all(tok.kind == "quote" for tok in words)
    return Unit(start, end, tuple(toks), quoted, _opens_paragraph(text, start))


_CLITIC = re.compile(r"[’'](?:ve|re|ll|d|m)\Z", re.IGNORECASE)


def _parts(word: Word) -> tuple[Word, ...]:
    """A word, with a verb that leans on it ("we've") as a word of its own."""
    clitic = _CLITIC.search(word.text)
    if clitic is None or not clitic.start():
        return (word,)
    place = word.start + clitic.start()
    return Word(word.start, place, word.text[: clitic.start()]), Word(place, word.end, clitic.group())


def _words(text: str, start: int, end: int) -> list[Tok]:
    return [
        Tok(part.start, part.end, part.text, part.lower, "word" if _is_word(part) else "mark")
        for word in split_words(text, start, end)
        for part in _parts(word)
    ]


def _is_word(word: Word) -> bool:
    return word.text[0].isalnum() or (len(word.text) > 1 and word.text[0] in "’'")


def _opens_paragraph(text: str, start: int) -> bool:
    place = start
    while place > 0 and text[place - 1] in " \t\u00a0":
        place -= 1
    return place == 0 or text[place - 1] == "\n"


def is_weighty(quote: Tok) -> bool:
    """Whether a quotation is speech and not a single word in quotation marks or a title."""
    words = quote.text.split()
    return len(words) >= 3 or (bool(words) and quote.text.rstrip("\"'”’»“ ")[-1:] in tuple(",.!?"))


def is_time_word(tok: Tok) -> bool:
    """Whether a word tells when."""
    return (
        tok.lower.rstrip(".") in cue_words("weekdays_and_times")
        or tok.lower in cue_words("weekdays_and_times")
        or tok.text.isdigit()
    )
