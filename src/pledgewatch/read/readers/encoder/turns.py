"""Turns of a transcript: who speaks is said by the label before the colon."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pledgewatch.read.readers.encoder.drafts import Draft
from pledgewatch.read.readers.encoder.lexicon import cue_words
from pledgewatch.text.sentences import split_paragraphs

_LABEL = re.compile(
    r"""
    (?: (?P<q>Q)(?=[\s\u00a0]{1,8}\S) (?!\s*[&.])             # a reporter's question
    |   (?P<label>[A-Z][A-Z.’'\u00a0 -]{1,60}(?:\s?\([^)\n]{1,60}\))?)(?P<colon>:)(?=\s)   # MS. VESS:
    )
    """,
    re.VERBOSE,
)
_NAME_LABEL = re.compile(
    r"(?P<label>[A-Z][\w.’'-]*(?:[ \u00a0](?:[A-Z][\w.’'-]*|of|and|the|for)){0,9}(?:\s?\([^)\n]{1,60}\))?)"
    r"(?P<colon>:)(?=\s)"
)
FEWEST_NAME_LABELS = 3
"""Paragraphs that open with a name and a colon; fewer may be a list."""

_STAGE = re.compile(r"[(\[][^()\[\]]{1,200}[)\]]\.?\Z")
_QUESTION = re.compile(r"\?[\s\"”’]*\Z")


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's label and the paragraphs of the turn, as places in the text."""

    label: tuple[int, int]
    colon: tuple[int, int] | None
    paragraphs: tuple[tuple[int, int], ...]
    question: bool


def find_turns(text: str) -> tuple[Turn, ...]:
    """The turns of a transcript; nothing for a text with fewer than two labels, or with no label but Q.

    Labels stand in capitals (``MS. VESS:``) or, where some come back and there are at least three, as names
    (``Anna Vess:``).
    """
    paragraphs_of_text = split_paragraphs(text)
    named_labels = _name_labels(text, paragraphs_of_text)
    found: list[Turn] = []
    label: tuple[int, int] | None = None
    colon: tuple[int, int] | None = None
    question = False
    paragraphs: list[tuple[int, int]] = []
    for start, end in paragraphs_of_text:
        match = _LABEL.match(text, start, end) or named_labels.get(start)
        if match:
            if label is not None:
                found.append(Turn(label, colon, tuple(paragraphs), question))
            letter = "q" in match.groupdict() and match.group("q") is not None
            label = match.span("q") if letter else match.span("label")
            colon = None if letter else match.span("colon")
            question = letter or text[slice(*label)].lower() in cue_words("asking_labels")
            paragraphs = []
            begin = match.end()
            while begin < end and text[begin].isspace():
                begin += 1
            if begin < end:
                paragraphs.append((begin, end))
        elif label is not None:
            paragraphs.append((start, end))
    if label is not None:
        found.append(Turn(label, colon, tuple(paragraphs), question))
    named = [turn for turn in found if not turn.question]
    if not named or not (len(found) > 1 or text[slice(*named[0].label)].startswith("THE ")):
        return ()
    return tuple(found)


def _name_labels(text: str, paragraphs: tuple[tuple[int, int], ...]) -> dict[int, re.Match[str]]:
    """Names that open paragraphs as labels, by their place; nothing where they look like a list."""
    found = {}
    for start, end in paragraphs:
        match = _NAME_LABEL.match(text, start, end)
        if match and (" " in match.group("label") or match.group("label").lower() in cue_words("asking_labels")):
            found[start] = match
    # The first turn often gives the office too: President of Ostrava Petr Havel, then Petr Havel.
    labels = [tuple(match.group("label").split("(")[0].split()[-2:]) for match in found.values()]
    return found if len(labels) >= FEWEST_NAME_LABELS and len(set(labels)) < len(labels) else {}


def draft_turns(text: str, turns: tuple[Turn, ...]) -> list[Draft]:
    """One statement a paragraph of each turn; stage directions in brackets are nobody's words."""
    drafts = []
    for turn in turns:
        for start, end in turn.paragraphs:
            words = text[start:end]
            if _STAGE.match(words) or not any(character.isalnum() for character in words):
                continue
            asks = turn.question or _QUESTION.search(words) is not None
            drafts.append(
                Draft(
                    turn.label,
                    turn.colon,
                    [(start, end)],
                    "asks" if asks else "asserts",
                    factuality=0.0 if asks else 3.0,
                    form="direct",
                    turn=True,
                )
            )
    return drafts
