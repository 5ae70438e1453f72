"""The exact pass: where a text writes a name of the gazetteer, before anything is decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from pledgewatch.resolve.places.folding import ARTICLES, fold_article, fold_word
from pledgewatch.resolve.places.gazetteer import Gazetteer, Named

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_TOKEN = re.compile(rf"(?:[^\W\d_]\.){{2,}}|[^\W_](?:[^\W_]|[{_MARKS}]|['’‘ʼʻ`](?=\w))*")
_POSSESSIVE = re.compile(r"['’‘ʼ`][sS]$")
_GAP = re.compile(r"[ \t\u00a0]*\n?[ \t]{0,2}|[ ]?[-‐‑][ ]?|\.[ ]{1,2}")
_SPACED_ARTICLES = frozenset({"al", "el", "ash", "ar", "az", "ad", "ez"})
# Arabic writes "and", "in", "to", "so" and the article in one with the word.
_CLITICS = re.compile(r"(?:[وفبكل]|و[بل]|فب)(?=\w{3})")


class Token(NamedTuple):
    """A word and its half-open place; a possessive *'s* is left out of it."""

    start: int
    end: int
    raw: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the gazetteer in a text.

    Attributes:
        first, last: the tokens it stands on, ``last`` one past the end.
        names: what it may mean.
        folded: the name as the gazetteer has it.
    """

    start: int
    end: int
    first: int
    last: int
    folded: str
    names: tuple[Named, ...]

    @property
    def lone(self) -> bool:
        """Whether it is a single word."""
        return " " not in self.folded


@dataclass(frozen=True, slots=True)
class Scan:
    """All words of a text, the names in it, and the peoples it names with their countries' codes."""

    text: str
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    peoples: tuple[tuple[int, str], ...]


def scan_text(text: str, gazetteer: Gazetteer) -> Scan:
    """Finds every name of the gazetteer in a text: longest first, not overlapping, whole words, with a capital.

    >>> from pledgewatch.resolve.places import load_gazetteer
    >>> [hit.folded for hit in scan_text("From Deir ez-Zor to al-Tanf.", load_gazetteer()).hits]
    ['deir al zor', 'al tanf']
    """
    tokens = _tokenize(text)
    hits: list[Hit] = []
    peoples: list[tuple[int, str]] = []
    known_peoples = gazetteer.peoples
    free = 0
    for index, token in enumerate(tokens):
        if index < free:
            continue
        initial = token.raw[0]
        if "a" <= initial <= "z" and not _starts_with_article(text, tokens, index):
            continue
        if initial.isdigit() or (initial.islower() and not "a" <= initial <= "z"):
            continue
        folded = fold_word(token.raw)
        if folded in known_peoples and not _is_start_of_name(text, tokens, index, gazetteer):
            peoples.append((index, known_peoples[folded]))
            continue
        hit = _longest_name(text, tokens, index, folded, gazetteer)
        if hit is not None:
            if hit.names:
                hits.append(hit)
            free = hit.last
    return Scan(text, tokens, tuple(hits), tuple(peoples))


def _tokenize(text: str) -> tuple[Token, ...]:
    tokens = []
    for found in _TOKEN.finditer(text):
        raw = found.group()
        end = found.end()
        if raw[-1] in "sS" and len(raw) > 2 and (possessive := _POSSESSIVE.search(raw)):
            end -= 2
            raw = raw[: possessive.start()]
        tokens.append(Token(found.start(), end, raw))
    return tuple(tokens)


def _starts_with_article(text: str, tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a small word is the article of a name: "al-Tanf", "al Tanf", "as-Suwayda"."""
    token = tokens[index]
    if token.raw not in ARTICLES or index + 1 == len(tokens):
        return False
    after = tokens[index + 1]
    gap = text[token.end : after.start]
    return after.raw[0].isupper() and (gap in ("-", "‑", "‐") or (gap == " " and token.raw in _SPACED_ARTICLES))


def _is_start_of_name(text: str, tokens: tuple[Token, ...], index: int, gazetteer: Gazetteer) -> bool:
    """Whether a people's name begins a place's name ("Somali Region", "Turkish Republic of Northern Cyprus")."""
    folded = fold_word(tokens[index].raw)
    found = _longest_name(text, tokens, index, folded, gazetteer)
    return found is not None and (not found.lone or any(not named.weak for named in found.names))


def _longest_name(text: str, tokens: tuple[Token, ...], index: int, folded: str, gazetteer: Gazetteer) -> Hit | None:
    article = folded in ARTICLES
    most = max(gazetteer.longest.get(folded, 0), gazetteer.longest.get("al", 0) if article else 0)
    if not most:
        return _without_clitic(tokens, index, gazetteer) if folded and "\u0600" <= folded[0] <= "\u06ff" else None
    words = [folded]
    last = index
    while len(words) < most and last + 1 < len(tokens):
        if tokens[last].end != tokens[last + 1].start and not _GAP.fullmatch(
            text, tokens[last].end, tokens[last + 1].start
        ):
            break
        last += 1
        words.append(fold_word(tokens[last].raw))
    for count in range(len(words), 0, -1):
        end = tokens[index + count - 1]
        key = " ".join(fold_article(words[:count]))
        if key not in gazetteer.names or (count > 1 and not end.raw[0].isupper() and len(words[count - 1]) < 3):
            continue
        if key in gazetteer.acronyms and not text[tokens[index].start : end.end].replace(".", "").isupper():
            continue
        if article and count == 1:
            continue
        if _is_only_a_town(key, gazetteer) and (
            (count > 1 and not end.raw[0].isupper()) or (len(key) <= 4 and end.raw.isupper()) or len(key) < 3
        ):
            # "The point", "LA": a town's name keeps its capitals, and is no acronym.
            continue
        return Hit(tokens[index].start, end.end, index, index + count, key, gazetteer.named(key))
    return None


def _is_only_a_town(key: str, gazetteer: Gazetteer) -> bool:
    return all(named.entry.source == "geonames" for named in gazetteer.named(key)) and key not in gazetteer.no_places


def _without_clitic(tokens: tuple[Token, ...], index: int, gazetteer: Gazetteer) -> Hit | None:
    token = tokens[index]
    found = _CLITICS.match(token.raw)
    key = fold_word(token.raw[found.end() :]) if found is not None else ""
    if found is None or key not in gazetteer.names:
        return None
    return Hit(token.start + found.end(), token.end, index, index + 1, key, gazetteer.named(key))
