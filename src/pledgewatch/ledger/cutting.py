"""A clause cut into its sentences, and into the items of a list that runs on in the line."""

from __future__ import annotations

import re

from pledgewatch.ledger.cues import cue_table, find_cues
from pledgewatch.ledger.segments import Place
from pledgewatch.text.sentences import split_sentences

_SEMICOLON = re.compile(r";\s+(?:(?:and|or)\s+)?|;$")
_NUMBERED = re.compile(r"(?:^|(?<=[.;:]\s))(?:\d{1,2}[.)]|\(\d{1,2}\))\s*(?=[A-Z][a-z])")
_COLON = re.compile(r":\s+|\s+[–—]\s+")
_LISTED = re.compile(r"(?:(?<=\s)|^)\(?(?P<mark>[a-z]|[ivx]{1,4}|\d{1,2})\)\s+")
_OPENS_LIST = re.compile(rf"\b{cue_table()['opens_terms']}\b[^;]{{0,120}}?(?::|\bthat\b)", re.IGNORECASE)
_THAT_AGAIN = re.compile(r",\s+(?:and\s+)?that\s+(?=\w)")


def cut_sentences(text: str, is_resolution: bool = False) -> list[Place]:
    """The sentences of a clause; semicolons end one, and a colon between two sides that both bind somebody.

    >>> text = "It will work on a plan: ten men are to go by 1 May; the rest shall stay."
    >>> [text[start:end] for start, end in cut_sentences(text)]
    ['It will work on a plan', 'ten men are to go by 1 May', 'the rest shall stay.']
    """
    places: list[Place] = []
    for start, end in _cut_numbers(text):
        begin = start
        for match in _SEMICOLON.finditer(text, start, end):
            places.append((begin, match.start()))
            begin = match.end()
        places.append((begin, end))
    places = [piece for start, end in places for piece in _cut_thats(text, start, end)]
    cut: list[Place] = []
    for start, end in places:
        begin = start
        for match in _COLON.finditer(text, start, end):
            if find_cues(text, begin, match.start(), is_resolution) and find_cues(
                text, match.end(), end, is_resolution
            ):
                cut.append((begin, match.start()))
                begin = match.end()
        cut.append((begin, end))
    return [(a, b) for a, b in cut if not re.fullmatch(r"\W*(?:and|or|but)?\W*", text[a:b])]


def _cut_numbers(text: str) -> list[Place]:
    """Sentences without the numbers in front of them, where a converter ran the clauses together."""
    pieces: list[Place] = []
    for start, end in split_sentences(text):
        begin = start
        for match in _NUMBERED.finditer(text, start, end):
            pieces.append((begin, match.start()))
            begin = match.end()
        pieces.append((begin, end))
    return [(a, b) for a, b in pieces if text[a:b].strip()]


def _cut_thats(text: str, start: int, end: int) -> list[Place]:
    """ "They swear that …, that …, and that …": one piece for each that binds."""
    opening = _OPENS_LIST.search(text, start, end)
    if opening is None:
        return [(start, end)]
    pieces, begin = [], start
    for match in _THAT_AGAIN.finditer(text, opening.end(), end):
        if find_cues(text, begin, match.start()) and find_cues(text, match.end(), end):
            pieces.append((begin, match.start()))
            begin = match.end()
    return [*pieces, (begin, end)]


def cut_list(text: str) -> tuple[int, list[Place]] | None:
    """The items of a list that runs on in the line, "(a) …; (b) …": where its lead ends, and each item; ``None`` for
    none."""
    marks = list(_LISTED.finditer(text))
    for first in ("a", "i", "1"):
        run: list[re.Match[str]] = []
        wanted: list[str] = {
            "a": list("abcdefghijklmn"),
            "i": ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
            "1": [str(n) for n in range(1, 20)],
        }[first]
        for mark in marks:
            if len(run) < len(wanted) and mark["mark"] == wanted[len(run)]:
                run.append(mark)
        before = text[: run[0].start()].rstrip() if run else ""
        if (
            len(run) >= 2
            and before
            and not re.search(r"\b(?:[Pp]aragraphs?|[Aa]rticles?|[Ss]ections?|[Cc]lauses?|[Pp]oints?)$", before)
        ):
            ends = [mark.start() for mark in run[1:]] + [len(text)]
            return run[0].start(), [(mark.end(), stop) for mark, stop in zip(run, ends, strict=True)]
    return None
