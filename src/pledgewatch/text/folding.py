"""Names under one spelling: folding for comparison, and finding names in a text where they really stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

ACRONYM_LONGEST = 6
"""A single word of at most so many letters, all capitals, is read as an acronym, and acronyms keep their case."""

_APOSTROPHES = "'’‘ʼ`´ʻʿʾ"
# Marks that follow their letter (Latin accents, Arabic vowels) belong to the word although \w leaves them out.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[^\W\d_](?:\.[^\W\d_])+\b|[^\W_]{_LETTER}*(?:[{_APOSTROPHES}][^\W_]{_LETTER}*)*"
)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
# Between two words of one name: blanks, a hyphen or dash with or without blanks, a full stop after an initial.
_GAP = re.compile(r"\s{0,3}[-‐‑–]?\s{0,3}")
_GAP_AFTER_INITIAL = re.compile(r"\.?\s{0,3}[-‐‑–]?\s{0,3}")
# Letters that Unicode does not decompose into a base letter and a mark.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its half-open place without a possessive *'s*, as written and folded."""

    start: int
    end: int
    raw: str
    folded: str


@lru_cache(maxsize=65_536)
def _fold_word(raw: str) -> str:
    bare = _POSSESSIVE.sub("", raw).casefold()
    decomposed = unicodedata.normalize("NFKD", bare)
    kept = "".join(char for char in decomposed if char.isalnum())
    # Some letters get a case only when decomposed ("𝑨").
    return kept.translate(_PLAIN).casefold()


def _tokens(text: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        possessive = _POSSESSIVE.search(raw)
        end = match.end() - (len(possessive.group()) if possessive else 0)
        folded = _fold_word(raw)
        if folded:
            tokens.append(Token(match.start(), end, text[match.start() : end], folded))
    return tokens


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """The form under which two spellings of a name are the same.

    Case, accents, apostrophes, the dots of acronyms, a possessive *'s*, hyphens against blanks and a leading *the* do
    not count. Nothing else is dropped: two names that fold alike are spelled alike.

    >>> fold_name("The Al-Varna Front’s"), fold_name("Al Varna Front"), fold_name("U.O.R.")
    ('al varna front', 'al varna front', 'uor')
    """
    words = [token.folded for token in _tokens(name)]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class _Wanted:
    words: tuple[str, ...]
    capital: tuple[bool, ...]
    acronym: tuple[bool, ...]


@lru_cache(maxsize=16_384)
def _wanted(name: str) -> _Wanted | None:
    tokens = _tokens(name)
    if len(tokens) > 1 and tokens[0].folded == "the":
        del tokens[0]
    if not tokens:
        return None
    return _Wanted(
        tuple(token.folded for token in tokens),
        tuple(token.raw[0].isupper() for token in tokens),
        tuple(is_acronym(token.raw) and (len(tokens) == 1 or not name.isupper()) for token in tokens),
    )


def is_acronym(word: str) -> bool:
    """Whether a single word is written like an acronym: two to six letters, all capitals, dots aside.

    >>> is_acronym("U.O.R."), is_acronym("Ostrava")
    (True, False)
    """
    bare = word.replace(".", "")
    return 2 <= len(bare) <= ACRONYM_LONGEST and bare.isalpha() and bare.isupper()


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A text whose words are folded once, for looking up many names (:func:`prepare_text`)."""

    text: str
    tokens: list[Token]
    by_first: dict[str, list[int]]


def prepare_text(text: str) -> PreparedText:
    """Folds the words of a text once, so that :func:`find_names` may be asked of it again and again."""
    tokens = _tokens(text)
    by_first: dict[str, list[int]] = {}
    for position, token in enumerate(tokens):
        by_first.setdefault(token.folded, []).append(position)
    return PreparedText(text, tokens, by_first)


def find_names(text: str | PreparedText, names: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where any of ``names`` stands in ``text``.

    Whole words only; spelling is folded as in :func:`fold_name`. A word with a capital in the name needs one in the
    text ("Front" is not found in "in front of"; "FRONT" is), an acronym needs all of them ("US" is not found in "us").
    A possessive *'s* and a leading *the* are left outside the place.

    Args:
        text: as it is, or prepared where it is searched many times.

    Returns:
        Half-open places in text order, not overlapping; where names overlap the longest wins, then the first.

    >>> find_names("The al-Varna Front's men; an old front.", ["Al Varna Front", "Front"])
    ((4, 18),)
    """
    by_first: dict[str, list[_Wanted]] = {}
    for wanted in dict.fromkeys(_wanted(name) for name in names):
        if wanted is not None:
            by_first.setdefault(wanted.words[0], []).append(wanted)
    if not by_first:
        return ()
    for entries in by_first.values():
        entries.sort(key=lambda wanted: -len(wanted.words))
    if isinstance(text, PreparedText):
        tokens, words = text.tokens, text.text
        positions = sorted(position for first in by_first for position in text.by_first.get(first, ()))
    else:
        tokens, words = _tokens(text), text
        positions = [position for position, token in enumerate(tokens) if token.folded in by_first]
    found: list[tuple[int, int]] = []
    free = 0
    for position in positions:
        if position < free:
            continue
        for wanted in by_first[tokens[position].folded]:
            if _stands_at(wanted, tokens, position, words):
                free = position + len(wanted.words)
                found.append((tokens[position].start, tokens[free - 1].end))
                break
    return tuple(found)


def _stands_at(wanted: _Wanted, tokens: list[Token], index: int, text: str) -> bool:
    if index + len(wanted.words) > len(tokens):
        return False
    for offset, word in enumerate(wanted.words):
        token = tokens[index + offset]
        if token.folded != word:
            return False
        # "Al-Varna" may be written "al-Varna": the particle of a name is free in case.
        if wanted.capital[offset] and not token.raw[0].isupper() and word not in PARTICLES:
            return False
        if wanted.acronym[offset] and not token.raw.replace(".", "").isupper():
            return False
        if offset and not joins_name(text, tokens[index + offset - 1], token):
            return False
    return True


def joins_name(text: str, before: Token, after: Token) -> bool:
    """Whether what stands between two words of a text may stand inside one name."""
    gap = _GAP_AFTER_INITIAL if len(before.raw) == 1 else _GAP
    return gap.fullmatch(text, before.end, after.start) is not None


PARTICLES = frozenset({"al", "el", "an", "as", "ar", "at", "ad", "ash", "az", "de", "da", "del", "der", "van", "von"})
