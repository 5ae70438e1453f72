"""A name made ready for comparison: its words, romanised, with their consonants, and how much each one carries."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pledgewatch.resolve.matching.tables import letters, matching_words

TokenKind = Literal["word", "particle", "title", "legal", "number", "initial"]

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_APOSTROPHES = re.compile("['’‘ʼ`´ʻʿʾ′]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_BRACKETED = re.compile(r"\(\s*([A-Z][A-Z-]{1,8})\s*\)")
_DIGRAPHS = {"S": "sh", "C": "ch", "X": "kh", "G": "gh", "T": "th", "D": "dh", "Z": "zh"}
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"})
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200c\u200d]")
_MAX_READINGS = 4

# From letters to sounds, two letters before one. Consonants only; vowels and the glides inside a word are left out, and
# doubled ones fall together, so that what Arabic script does not write and what English spells in five ways is alike.
_SOUNDS = re.compile(r"tsch|tch|sch|shch|dzh|dj|sh|ch|kh|gh|th|dh|zh|ph|ck|ts|tz|qu|.")
_SOUND_OF = {
    "tsch": "$", "tch": "$", "sch": "$", "shch": "$", "sh": "$", "ch": "$", "dzh": "j", "dj": "j", "kh": "k", "gh": "g",
    "th": "t", "dh": "d", "zh": "j", "ph": "f", "ck": "k", "ts": "s", "tz": "s", "qu": "k", "b": "b", "p": "b",
    "f": "f", "v": "w", "w": "w", "t": "t", "d": "d", "s": "s", "z": "z", "c": "k", "k": "k", "q": "k", "x": "ks",
    "g": "g", "j": "j", "l": "l", "m": "m", "n": "n", "r": "r", "h": "h", "y": "y",
}  # fmt: skip


# "Cho" and "Jo", "Goumo" and "Qumu", "Mendez" and "Mendes": heard alike by one ear, written by another.
_SOFT = str.maketrans({"$": "j", "g": "k", "z": "s"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name.

    Attributes:
        text: folded, in Latin letters; of another script a reading without the vowels that the script leaves out.
        key: the spelling that stands for all the usual ones ("mohamed" is "mohammed").
        sound: its consonants in classes; empty for a word of vowels.
        sounds: every reading's, ``sound`` first.
        weight: what it carries, 0.1 (a particle) to 1.0 (a rare name).
        vowels: whether the script it came from writes the vowels.
    """

    text: str
    key: str
    sound: str
    sounds: tuple[str, ...]
    kind: TokenKind
    weight: float
    vowels: bool = True


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready for comparison; ``tokens`` in its order, titles left out unless they are all there is.

    Attributes:
        raw: as it was given.
        legal: classes of the forms of company in it.
        joined: all words without blanks.
    """

    raw: str
    tokens: tuple[Token, ...]
    legal: frozenset[str]
    titles: tuple[str, ...]
    joined: str
    script: str

    @property
    def words(self) -> tuple[Token, ...]:
        """The tokens that are no particles; all of them where there is nothing else."""
        return tuple(token for token in self.tokens if token.kind != "particle") or self.tokens


@lru_cache(maxsize=200_000)
def sound_of(word: str) -> str:
    """The consonants of a Latin word in classes, as an Arabic-script word would keep them.

    >>> [sound_of(word) for word in ("khairullah", "sheikh", "nooristani", "nuristani", "gaddafi")]
    ['krl', '$k', 'nrstn', 'nrstn', 'gdf']
    """
    kept: list[str] = []
    for number, match in enumerate(_SOUNDS.finditer(word)):
        piece = match.group()
        if piece == "c" and word[match.end() : match.end() + 1] in ("e", "i", "y"):
            sound = "s"
        else:
            sound = _SOUND_OF.get(piece, piece if piece.isdigit() else "")
        # w and y are vowels unless they open the word; an h that closes it is not heard.
        if sound in ("w", "y") and number and piece != "v":
            sound = ""
        if sound == "h" and match.end() == len(word):
            sound = ""
        if sound and (not kept or kept[-1] != sound or sound.isdigit()):
            kept.append(sound)
    return "".join(kept)


def romanise(word: str) -> tuple[str, tuple[str, ...]]:
    """A word of another script in Latin letters, as ``(script, readings)``; ``("Latn", (word,))`` for Latin.

    At most four readings, the likeliest first; letters that the table does not know stay as they are.

    >>> romanise("путин"), romanise("طالبان")[1][0]
    (('Cyrl', ('putin',)), 'talban')
    """
    table = letters()
    script = "Latn"
    choices: list[tuple[str, ...]] = []
    for letter in word:
        known = table.get(letter)
        if known is None:
            choices.append((letter,))
            if not letter.isascii() and script == "Latn":
                script = "Zyyy"
        else:
            script = known[0]
            choices.append(known[1])
    if script == "Latn":
        return "Latn", (word,)
    readings: list[str] = []
    for pick in itertools.islice(itertools.product(*choices), 64):
        reading = "".join(_DIGRAPHS.get(letter, letter) for letter in "".join(pick))
        if script == "Arab" and reading[:1] == "y" and len(reading) > 1 and word[0] in "ای" and word[0] == "ا":
            reading = reading[1:]
        if reading not in readings:
            readings.append(reading)
        if len(readings) == _MAX_READINGS:
            break
    return script, tuple(readings)


@lru_cache(maxsize=100_000)
def prepare_name(raw: str) -> Name:
    """Takes a name apart: folded words in Latin letters, titles and forms of company set aside.

    >>> [token.text for token in prepare_name("Shaykh ABU-BAKR al-Baghdadi").tokens]
    ['abu', 'bakr', 'al', 'baghdadi']
    >>> prepare_name("Acme Shipping Co. Ltd").legal == frozenset({"limited"})
    True
    """
    pieces = [(word, *romanise(word)) for word in _split_words(raw)]
    pieces = [piece for piece in pieces if piece[2][0]]
    words = _join_phrases([readings[0] for _, _, readings in pieces])
    if len(words) != len(pieces):
        pieces = [(word, "Latn", (word,)) for word in words]
    scripts = [script for _, script, _ in pieces if script != "Latn"]
    table = matching_words()
    tokens, titles, legal = [], [], set()
    for number, (_, script, readings) in enumerate(pieces):
        text = readings[0]
        if text in table.legal and len(pieces) > 1 and text not in table.particles:
            legal.add(table.legal[text])
            continue
        # "Stephen King" is no king: a title stands before a name, or inside it.
        if text in table.titles and number < len(pieces) - 1 and script == "Latn":
            titles.append(text)
            continue
        tokens.append(_make_token(readings, script))
    if not tokens:
        tokens = [_make_token(readings, script) for _, script, readings in pieces]
        titles, legal = [], set()
    return Name(
        raw=raw,
        tokens=tuple(tokens),
        legal=frozenset(legal),
        titles=tuple(titles),
        joined="".join(token.text for token in tokens),
        script=scripts[0] if scripts else "Latn",
    )


def _split_words(raw: str) -> list[str]:
    raw = _BRACKETED.sub(lambda match: " " if _fits(match[1], raw[: match.start()]) else match.group(), raw)
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), raw)
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text).replace("&", " and ")).casefold()
    text = _ARABIC_MARKS.sub("", text)
    words: list[str] = []
    for match in _WORD.finditer(_strip_accents(text)):
        word = match.group().translate(_PLAIN)
        # The article is written on to its word.
        if len(word) > 4 and word.startswith("ال") and not word.startswith("الله"):
            words += ["ال", word[2:]]
        else:
            words.append(word)
    return words


def _fits(acronym: str, words: str) -> bool:
    """Whether bracketed capitals are short for the words before them: most of them open one of the words."""
    firsts = {word[0].upper() for word in _WORD.findall(words)}
    letters_in = [letter for letter in acronym if letter.isalpha()]
    return bool(firsts) and sum(letter in firsts for letter in letters_in) >= 0.6 * len(letters_in)


def _strip_accents(text: str) -> str:
    kept = []
    for letter in text:
        if letter.isascii() or letter in letters():
            kept.append(letter)
        else:
            kept.extend(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return "".join(kept)


def _join_phrases(words: list[str]) -> list[str]:
    for phrase, one in matching_words().phrases:
        for start in range(len(words) - len(phrase), -1, -1):
            if tuple(words[start : start + len(phrase)]) == phrase:
                words = [*words[:start], one, *words[start + len(phrase) :]]
    return words


def _make_token(readings: tuple[str, ...], script: str) -> Token:
    text = readings[0]
    table = matching_words()
    key = table.same.get(text, text)
    kind: TokenKind = "word"
    if text.isdigit():
        kind = "number"
    elif text in table.particles:
        kind = "particle"
    elif len(text) == 1 and script == "Latn":
        kind = "initial"
    heard = [sound_of(reading) for reading in readings]
    sounds = tuple(dict.fromkeys((*heard, *(sound.translate(_SOFT) for sound in heard))))
    return Token(text, key, sounds[0], sounds, kind, weigh_word(text, key, kind), script not in ("Arab", "Hebr"))


def weigh_word(text: str, key: str, kind: TokenKind) -> float:
    """What a word carries: 0.12 for a particle, 0.35 to 1.0 for a name by how few bear it."""
    if kind == "particle":
        return 0.12
    if kind == "initial":
        return 0.3
    if kind == "number":
        return 0.8
    rank = matching_words().common.get(key, matching_words().common.get(text, 1))
    if text.endswith(matching_words().patronymic_ends):
        rank = max(rank, 3)
    return {1: 1.0, 2: 0.85, 3: 0.72, 4: 0.55, 5: 0.4}[rank]


def weight_on(token: Token, weights: Mapping[str, float]) -> float:
    """What a word carries beside the names of a list, which knows how many bear it (``NameIndex.weights``)."""
    return min(token.weight, weights.get(token.key, 1.0))
