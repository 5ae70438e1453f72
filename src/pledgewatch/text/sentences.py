"""Where paragraphs and sentences begin and end."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from importlib import resources

import yaml

WIDEST_WRAPPED_LINE = 120
"""Lines longer than this were not broken by a typist or a converter: each is a paragraph of its own."""

WRAP_SLACK = 8
"""Columns by which a wrapped line may be shorter than the widest one could have made it."""

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+|[\u2029\x0c]")
_NEW_BLOCK = re.compile(
    r"""
    [-*+•▪◦–—]\s | \#{1,6}\s | >\s | \|           # list items, headings, quotations, table rows
    | \(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s     # numbered items
    | Q\s{2,} | [A-Z][A-Z.’'\- ]{1,40}:\s          # turns of a transcript
    """,
    re.VERBOSE,
)
_STOP = re.compile(r"[.!?…。！？؟।]+")
_CLOSERS = re.compile(r"[\"'”’»›“‘)\]]*")
_SPACE_THEN_CLOSERS = re.compile(r"[^\S\n]+[\"'”’»“]+(?=\s*\Z|\s{2,})")
_TOKEN_BEFORE = re.compile(r"[^\s\"'“”‘’«»()\[\]—–]{1,24}\Z")
_NEXT = re.compile(r"\s*([\"'“”‘’«»„‚(\[]*)\s?([\w’'-]{1,30})")
_SPEAKS = re.compile(r"\s+(?:[A-Z][\w.’'-]*\s+){0,3}([a-z]{2,12})\b")


@functools.cache
def _table() -> dict[str, frozenset[str]]:
    # BaseLoader: every scalar is a word; "no" and "on" are words here, not truth values.
    data = yaml.load(
        resources.files(__package__).joinpath("tables", "sentences.yml").read_text("utf-8"), yaml.BaseLoader
    )
    return {key: frozenset(words) for key, words in data.items()}


def speech_verbs() -> frozenset[str]:
    """Verbs of speech that may follow a quotation ("Who?" Smith asked), in small letters."""
    return _table()["speech_verbs"]


def split_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open places of the paragraphs of ``text``, without the white space around them, in order.

    A blank line ends a paragraph. A single line break ends one unless the line was wrapped, that is, unless the next
    word would not have fitted on it; list items, headings and the turns of a transcript always start a new one.

    >>> split_paragraphs("Title\\n\\nOne line.\\nAnother line, wholly separate.")
    ((0, 5), (7, 16), (17, 47))
    """
    found = []
    for block_start, block_end in _blocks(text):
        for start, end in _lines_joined(text, block_start, block_end):
            stripped = _strip(text, start, end)
            if stripped is not None:
                found.append(stripped)
    return tuple(found)


_PARAGRAPH_NUMBER = re.compile(r"\s*\d{1,3}[.)][ \t]+(?=[\"“‘'(]?[A-Z])")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open places of the sentences of ``text``, without the white space around them, in order.

    Paragraph ends always end a sentence, and a paragraph's number ("3. The mission …") is no part of one. Stops of
    abbreviations and initials, stops inside numbers and addresses, and stops before a small letter do not end one.
    Closing marks and brackets after the stop belong to the sentence that it ends,
    wrongly turned ones too.

    >>> text = "Dr. A. Vess left at 5 p.m. on Monday. “Go.” He went."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Dr. A. Vess left at 5 p.m. on Monday.', '“Go.”', 'He went.']
    """
    found = []
    for start, end in split_paragraphs(text):
        label = _PARAGRAPH_NUMBER.match(text, start, end)
        begin = label.end() if label else start
        for stop in _sentence_ends(text, begin, end):
            stripped = _strip(text, begin, stop)
            if stripped is not None:
                found.append(stripped)
            begin = stop
        stripped = _strip(text, begin, end)
        if stripped is not None:
            found.append(stripped)
    return tuple(found)


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for blank in _BLANK_LINES.finditer(text):
        yield start, blank.start()
        start = blank.end()
    yield start, len(text)


def _lines_joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs within a block that has no blank line."""
    if text.find("\n", start, end) < 0:
        yield start, end
        return
    lines = []
    place = start
    while place < end:
        stop = text.find("\n", place, end)
        stop = end if stop < 0 else stop
        lines.append((place, stop))
        place = stop + 1
    width = max(stop - place for place, stop in lines)
    begin = lines[0][0]
    for (place, stop), (next_place, next_stop) in itertools.pairwise(lines):
        if not _is_wrapped(text, (place, stop), (next_place, next_stop), width):
            yield begin, stop
            begin = next_place
    yield begin, end


def _is_wrapped(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the paragraph goes on over the line break."""
    opening = text[following[0] : min(following[1], following[0] + 60)].lstrip()
    if not opening or _NEW_BLOCK.match(opening):
        return False
    if opening[0].islower():
        return True
    if width > WIDEST_WRAPPED_LINE:
        return False
    first_word = len(opening.split(maxsplit=1)[0])
    return len(text[line[0] : line[1]].rstrip()) + 1 + first_word > width - WRAP_SLACK and width > 30


def _sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    place = start
    while True:
        stop = _STOP.search(text, place, end)
        if stop is None:
            return
        closed = _CLOSERS.match(text, stop.end(), end)
        after = closed.end() if closed else stop.end()
        loose = _SPACE_THEN_CLOSERS.match(text, after, end)
        if loose:
            after = loose.end()
        place = max(after, stop.end())
        if after >= end:
            return
        if _ends_here(text, stop, after, start, end):
            yield after


def _ends_here(text: str, stop: re.Match[str], after: int, start: int, end: int) -> bool:
    marks = stop.group()
    if not text[after].isspace():
        return marks[0] in "。！？" or _glued(text, marks, stop.start(), after, end)
    following = _NEXT.match(text, after, end)
    if following is None:
        return True
    opener, word = following.groups()
    if word[0].islower() and not opener and marks != "。":
        return False
    closers = text[stop.end() : after]
    if marks[-1] in "!?" and any(mark in "\"'”’»" for mark in closers):
        speech = _SPEAKS.match(text, after, min(end, after + 120))
        if speech and speech.group(1) in _table()["speech_verbs"]:
            return False
    if marks == "…" or (len(marks) > 1 and set(marks) == {"."}):
        # Three dots with a space before them stand for words left out, not for the end.
        return not (stop.start() > start and text[stop.start() - 1].isspace() and not closers)
    if marks == ".":
        return _stop_ends(text, stop.start(), word, start, bool(closers.strip(")]")))
    return True


def _glued(text: str, marks: str, before: int, after: int, end: int) -> bool:
    """Whether a sentence ends although no space follows: "the end.The next", but not "U.S.A" or "site.Com"."""
    if marks != "." or after + 2 >= end or before < 3:
        return False
    return (
        text[after].isupper()
        and text[after + 1].islower()
        and text[before - 3 : before].isalpha()
        and text[before - 3 : before].islower()
        and not text[after : after + 24].split(" ", 1)[0].count("/")
    )


def _stop_ends(text: str, place: int, next_word: str, start: int, quoted: bool) -> bool:
    """Whether the single stop at ``place`` ends a sentence before ``next_word``."""
    before = _TOKEN_BEFORE.search(text, max(start, place - 24), place)
    if before is None or quoted:
        return True
    token = before.group()
    lower = token.lower().replace("’", "'")
    table = _table()
    if lower in table["before_names"]:
        # "No." is an abbreviation before a number and a sentence of its own elsewhere.
        return lower in ("no", "sec", "art") and not next_word[0].isdigit()
    starts = next_word.lower() in table["starters"] and next_word[0].isupper()
    if lower in table["abbreviations"] or ("." in lower and len(lower) <= 7 and lower.replace(".", "").isalpha()):
        return starts
    if len(token) == 1 and token.isupper():
        return starts or token == "I"
    return not (token.isdigit() and before.start() == start and len(token) <= 3)
