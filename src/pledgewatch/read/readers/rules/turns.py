"""Turns of a transcript: who speaks is said by the label before the colon."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pledgewatch.read.readers.rules.drafts import Draft
from pledgewatch.text.sentences import split_paragraphs

_LABEL = re.compile(
    r"""
    (?: (?P<q>Q)(?=[\s\u00a0]{1,8}\S) (?!\s*[&.])             # a reporter's question
    |   (?P<label>[A-Z][A-Z.’'\u00a0 -]{1,60}(?:\s?\([^)\n]{1,60}\))?)(?P<colon>:)(?=\s)   # MS. VESS:
    )
    """,
    re.VERBOSE,
)
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
    """The turns of a transcript; nothing for a text with fewer than two labels, or with no label but Q."""
    found: list[Turn] = []
    label: tuple[int, int] | None = None
    colon: tuple[int, int] | None = None
    question = False
    paragraphs: list[tuple[int, int]] = []
    for start, end in split_paragraphs(text):
        match = _LABEL.match(text, start, end)
        if match:
            if label is not None:
                found.append(Turn(label, colon, tuple(paragraphs), question))
            question = match.group("q") is not None
            label = match.span("q") if question else match.span("label")
            colon = None if question else match.span("colon")
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
                    quoted=[True],
                    turn=True,
                )
            )
    return drafts
