"""On what a commitment waits: the words of its conditions, and the commitments that they point to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pledgewatch.text.wordforms import fold_words

_LEADING = re.compile(
    r"(?:If|Once|When|Whenever|As soon as|After|Upon|Following|Provided that|Subject to|Unless|Should|In the event"
    r"|In case|On condition that)\b"
)
_TRAILING = re.compile(
    r"\b(?:if|once|provided that|on (?:the )?condition that|as soon as|unless|subject to"
    r"|(?<!agreed )(?<!based )(?<!called )upon"
    r"|after(?!\s+(?:that|this|which)\b))\s+[^,.;]+"
)
_COMMA_THEN_WHO = re.compile(r",\s+(?=(?:the|its|their|both|all|each|either|neither|a|an)\s|[A-Z(]|it\b|they\b)")
_POINTER = re.compile(
    r"\b(?:Part|Article|Clause|Section|Paragraph|paragraph|clause|article|part)s?\s+(?P<number>[A-Za-z]+\b|\d+(?:\.\d+)*(?:\([a-z]\))?)"
)
_KEEPING = re.compile(
    r"\b(?:keep|fulfil|fulfill|honou?r|meet|implement|carr(?:y|ies) out|compl(?:y|ies)|abide|observe|respect)\w*\b"
)
_STARTING = frozenset({"begin", "start", "open", "launch", "commenc", "hold", "conven"})
_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "to",
        "and",
        "or",
        "for",
        "with",
        "by",
        "from",
        "be",
        "have",
        "has",
        "it",
        "its",
        "their",
        "this",
        "that",
        "will",
        "shall",
        "not",
    ]
)


def find_conditions(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Half-open places of the conditions in one sentence of a clause, in order.

    >>> text = "If the Front stays away, the Republic will pull out."
    >>> [text[start:end] for start, end in find_conditions(text, 0, len(text))]
    ['If the Front stays away']
    """
    found = []
    begin = start
    leading = _LEADING.match(text, start, end)
    if leading:
        comma = _COMMA_THEN_WHO.search(text, start, end) or re.compile(",").search(text, start, end)
        if comma:
            found.append((start, comma.start()))
            begin = comma.end()
    for match in _TRAILING.finditer(text, begin, end):
        found.append((match.start(), match.start() + len(match.group().rstrip())))
    return tuple(found)


def link_condition(
    words: str,
    own: str,
    acts: Mapping[str, str],
    parts: Mapping[str, str | None],
    clauses: Mapping[str, str],
    obligors: Mapping[str, tuple[str, ...]],
    named: Sequence[str],
    part_of: Mapping[str, str],
) -> tuple[str, ...]:
    """The ids of the commitments that a condition points to; empty when it points to something else.

    Args:
        words: of the condition.
        own: id of the commitment that waits; never returned.
        acts, parts, clauses, obligors: act, part, clause number and obligors by commitment id, in the text's order.
        named: parties that the condition names.
        part_of: a part's number by the word it is written with ("two": "2").
    """
    pointer = _POINTER.search(words)
    if pointer:
        number = part_of.get(pointer["number"].lower(), pointer["number"])
        if pointer.group().lower().startswith("part"):
            hits = [key for key, part in parts.items() if part == number]
        else:
            hits = [
                key
                for key, clause in clauses.items()
                if clause == number or clause.startswith((f"{number}.", f"{number}("))
            ]
        return tuple(key for key in hits if key != own)
    if named and _KEEPING.search(words):
        return tuple(
            key for key, who in obligors.items() if key != own and set(who) & set(named) and not set(who) - set(named)
        )
    return _link_by_act(words, own, acts)


def _link_by_act(words: str, own: str, acts: Mapping[str, str]) -> tuple[str, ...]:
    """The commitment to begin what the condition says has begun: a verb of beginning, and two words shared."""
    asked = {word.fold for word in fold_words(words)} - _FILLERS
    if not asked & _STARTING:
        return ()
    for key, act in acts.items():
        promised = [word.fold for word in fold_words(act)]
        if key == own or not promised or promised[0] not in _STARTING:
            continue
        shared = (set(promised[1:]) & asked) - _STARTING - _FILLERS
        pieces = {piece for word in shared for piece in word.split("-") if piece}
        if len(pieces) >= 2:
            return (key,)
    return ()
