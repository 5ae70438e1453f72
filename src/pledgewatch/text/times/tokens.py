"""Cuts a text into tokens and gives each the class it has in time expressions; all else becomes one blank class."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from pledgewatch.text.numbers.parse import number_words

OTHER = "."
"""The class letter of tokens that no time expression holds."""

# Classes of tokens known by their shape. The words of the other classes stand in words.yml.
SHAPES: tuple[str, ...] = (
    "iso", "numdate", "clock", "dayno", "yearno", "int", "decimal", "ordno", "decade", "numword", "comma", "dash",
    "qtr", "open", "close", "shortyear", "stop",
)  # fmt: skip

_TOKEN = re.compile(
    r"""
    (?P<address>(?:https?://|www\.)\S{1,2000})
  | (?P<qtr>Q[1-4](?!\w))
  | (?P<word>[^\W\d_]+(?:['’](?=s\b|clock\b)[a-z]{1,5}|(?<=s)['’](?=\s))?)
  | (?P<blank>\n[ \t\r]*\n)
  | (?P<iso>\d{4}-[01]\d-[0-3]\d(?:T[0-2]\d:[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
  | (?P<numdate>\d{1,2}(?P<mid>[/.-])\d{1,2}(?P=mid)(?:\d{4}|\d\d)(?![\w/]|[.-]\d))
  | (?P<clock>[0-2]?\d[:][0-5]\d(?::[0-5]\d)?(?![\d:]))
  | (?P<decade>(?:['’]\d0|\d{1,3}0)['’]?s\b)
  | (?P<ordno>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?(?![\d_]))
  | (?P<shortyear>['’]\d\d(?!\w))
  | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)
_ABBREVIATED = re.compile(r"(?:[AaPp]\.?[Mm]|B\.?C(?:\.?E)?|A\.D|[Cc]a?|C\.E)\.?(?!\w)")
_ENDS_SENTENCE = re.compile(r"\s*(?:[^\W\d_](?<=[A-Z])|$)|\s*\n")
_MARKS = {",": "comma", "-": "dash", "–": "dash", "—": "dash", "(": "open", ")": "close", ".": "stop", "‑": "dash"}


@dataclass(frozen=True, slots=True)
class WordClasses:
    """The packaged word classes.

    Attributes:
        letters: class name to the letter that stands for it in class strings.
        words: lower-case word to its class letter and payload.
        capitals: words that need a capital.
        doubtful: words that need a neighbour to be a time.
        shortened: words whose full stop belongs to them.
        after_day: words that may follow "the 13th" when it is a day.
    """

    letters: dict[str, str]
    words: dict[str, tuple[str, Any]]
    capitals: frozenset[str]
    doubtful: frozenset[str]
    shortened: frozenset[str]
    after_day: frozenset[str]


@dataclass(slots=True)
class Tokens:
    """The tokens of a text: a string with one class letter a token, and their places.

    Attributes:
        text: the text.
        classes: one letter a token.
        starts, ends: offsets of the tokens.
    """

    text: str
    classes: str
    starts: list[int]
    ends: list[int]

    def word(self, index: int) -> str:
        """The token's characters."""
        return self.text[self.starts[index] : self.ends[index]]


@functools.cache
def word_classes() -> WordClasses:
    """Reads ``words.yml``; a word in two classes is a mistake in the table."""
    raw = yaml.safe_load(resources.files(__package__).joinpath("words.yml").read_text("utf-8"))
    names = [*SHAPES, *raw["classes"]]
    letters = {name: chr(0x4E00 + index) for index, name in enumerate(names)}
    words: dict[str, tuple[str, Any]] = {}
    tables = number_words()
    for word in (*tables.small, *tables.tens, *tables.magnitudes, *tables.dozens):
        words[word] = (letters["numword"], None)
    for name, members in raw["classes"].items():
        for word in members:
            if word in words:
                raise ValueError(f"words.yml: {word!r} stands in two classes")
            words[word] = (letters[name], members[word] if isinstance(members, dict) else None)
    return WordClasses(
        letters=letters,
        words=words,
        capitals=frozenset(word for name in raw["capitalised"] for word in raw["classes"].get(name, (name,))),
        doubtful=frozenset(raw["doubtful"]),
        shortened=frozenset(raw["shortened"]),
        after_day=frozenset(raw["after_day"]),
    )


def cut_tokens(text: str) -> Tokens:
    """Cuts ``text``; white space separates tokens and is none, except that a blank line is (nothing runs across it)."""
    tables = word_classes()
    letters, words, capitals = tables.letters, tables.words, tables.capitals
    classes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < at:
            continue
        kind = match.lastgroup
        letter = OTHER
        if kind == "word":
            word = match.group().lower().replace("’", "'")
            if end < len(text) and text[end] == "." and word[0] in "apbc" and len(word) <= 2:
                longer = _ABBREVIATED.match(text, start)
                if longer and (found := words.get(longer.group().lower())):
                    end, word = longer.end(), longer.group().lower()
            found = words.get(word)
            if found is None and word.endswith("'s"):
                # "Monday's", "today's": the mark of the genitive stays outside.
                found, word, end = words.get(word[:-2]), word[:-2], end - 2
            if (
                found
                and text[end : end + 1] == "."
                and word in tables.shortened
                and not _ENDS_SENTENCE.match(text, end + 1)
            ):
                end += 1
            if found:
                letter = found[0]
                if word in capitals and not text[start].isupper():
                    letter = OTHER
                if text[start - 1 : start] in ("@", "#", "_", "/") or text[end : end + 1] in ("_", "@"):
                    letter = OTHER
        elif kind == "mark":
            mark = match.group()
            letter = letters[_MARKS[mark]] if mark in _MARKS else OTHER
        elif kind not in ("blank", "address"):
            letter = letters[_number_shape(text, start, end, kind or "")] if not _glued(text, start, end) else OTHER
        classes.append(letter)
        starts.append(start)
        ends.append(end)
        at = end
    return Tokens(text, "".join(classes), starts, ends)


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a numeral is part of a name, a symbol, a price or an address ("F-16", "S/2020/184", "$1945")."""
    before, earlier = text[start - 1 : start], text[max(0, start - 2) : start - 1]
    if before and (before.isalnum() or before in "$£€¥#_@/:%&=+§"):
        return True
    if (before == "-" and earlier.isupper()) or (before in (",", ".") and earlier.isdigit()):
        return True
    if before.isspace() and earlier in ("$", "£", "€", "¥", "#", "№"):
        return True
    after = text[end : end + 2].lower()
    if after[:1] in ("%", "°", "@", "_", "/"):
        return True
    return after[:1].isalpha() and after not in ("am", "pm", "hr")


def _number_shape(text: str, start: int, end: int, kind: str) -> str:
    if kind != "number":
        return kind
    size = end - start
    digits = text[start:end]
    if digits.isdigit():
        if size <= 2 and 1 <= int(digits) <= 31:
            return "dayno"
        if size == 4 and "1000" <= digits < "2200":
            return "yearno"
        return "int"
    return "decimal" if "." in digits else "int"
