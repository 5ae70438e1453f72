"""Words without the breaks of lines and pages, and the way back to where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_PAGE_LINE = re.compile(
    r"[ \t]*(?:[-–—][ \t]*)?(?:page[ \t]+)?\d{1,4}(?:[ \t]*(?:of|/)[ \t]*\d{1,4})?(?:[ \t]*[-–—])?[ \t]*", re.IGNORECASE
)
_HYPHENATED = re.compile(r"(?<=[a-z])[-‐¬][ \t]*\n\s*(?=[a-z])")
# Marks of Markdown around words: "*Decides* that", "__The Parties__".
_EMPHASIS = re.compile(r"\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.,;:])_{1,3}(?!\w)")
# What a scanner makes of letters and digits: "sha11", "3O days", "l5 March".
_SCANNED = (
    (re.compile(r"(?<=[a-z])1(?=[a-z1])|(?<=[a-z]1)1\b|(?<=[a-z])1(?=\s[a-z])|(?<=[a-z]{3})1\b"), "l"),
    (re.compile(r"(?<=[a-z])0(?=[a-z])"), "o"),
    (re.compile(r"\b0(?=[a-z]{2})"), "O"),
    (re.compile(r"(?<=\d)[Oo](?=\d|\b)"), "0"),
    (
        re.compile(
            r"(?<=\bs)b(?=all\b)|(?<=\b[tT])b(?=(?:e|at|ey|eir|en|is|ese|ose|ree)\b)|(?<=\b[wW])b(?=(?:o"
            r"|ich|en|ere)\b)"
        ),
        "h",
    ),
    (re.compile(r"(?<=\b[wW]it)b(?=(?:in|out)?\b)|(?<=\beac)b\b|(?<=\bbot)b\b|(?<=\bmont)b(?=s?\b)"), "h"),
    (
        re.compile(
            r"(?m)(?<=Article )[l|](?=[.\s])|(?<=ARTICLE )[l|](?=[.\s])|(?<=Art\. )[l|](?=[.\s])|^[l|](?=[.)]\s)"
        ),
        "1",
    ),
    (re.compile(r"\b[lI](?=\d)|(?<=\d)[lI](?=\d|\b)"), "1"),
)


# Marks of quoted mail in front of a line.
_QUOTE = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+")
# Ends of lines and blanks of other systems.
_PLAIN = str.maketrans(
    {"\r": " ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ", "\x0c": "\n"}
)


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a text on one line, and for each of its characters the place in the text.

    Attributes:
        text: the words, single blanks between them, hyphens at the ends of lines taken out.
        places: place in the text of each character, and at last the end.
    """

    text: str
    places: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The half-open place in the text of ``self.text[start:end]``."""
        if start >= end:
            at = self.places[min(start, len(self.places) - 1)]
            return at, at
        return self.places[start], self.places[end - 1] + 1

    def find(self, place: int) -> int:
        """The position in ``self.text`` of a place in the text; of the next one kept where it was taken out."""
        return bisect_left(self.places, place)


def is_page_line(line: str) -> bool:
    """Whether a line only numbers a page ("- 2 -", "Page 3 of 9").

    >>> is_page_line("- 2 -"), is_page_line("2. The Front shall go.")
    (True, False)
    """
    return bool(line.strip()) and _PAGE_LINE.fullmatch(line) is not None


def unwrap_words(text: str, start: int, end: int) -> Words:
    """The words of ``text[start:end]`` on one line.

    Breaks and runs of blanks become one blank, words hyphenated at the end of a line are joined, lines with a page's
    number are dropped. Without a break, offsets do not change.

    >>> words = unwrap_words("by 30 Novem-\\nber 2033", 0, 22)
    >>> words.text, words.place(3, 16)
    ('by 30 November 2033', (3, 18))
    """
    kept = [True] * (end - start)
    piece = text[start:end]
    at = 0
    for line in piece.split("\n"):
        if "\n" in piece and is_page_line(line):
            kept[at : at + len(line)] = [False] * len(line)
        at += len(line) + 1
    for match in _EMPHASIS.finditer(piece):
        kept[match.start() : match.end()] = [False] * len(match.group())
    for match in _HYPHENATED.finditer(piece):
        kept[match.start() : match.end()] = [False] * len(match.group())
    characters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(piece):
        if not kept[index]:
            continue
        if character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        places.append(start + index)
    return Words("".join(characters), (*places, end))


def repair_scan(text: str) -> str:
    """The text with the digits that a scanner put for letters, and the letters that it put for digits, put right.

    Every place stays what it is.

    >>> repair_scan("Artic1e 2. They sha11 go by 3O 0ctober; l5 days")
    'Article 2. They shall go by 30 October; 15 days'
    """
    for pattern, letter in _SCANNED:
        text = pattern.sub(letter, text)
    text = _QUOTE.sub(lambda marks: " " * len(marks.group()), text)
    return text.translate(_PLAIN)
