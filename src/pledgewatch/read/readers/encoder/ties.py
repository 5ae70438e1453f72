"""Ties between two mentions that a trigger in the same sentence states. Few and sure."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from importlib import resources

import yaml

from pledgewatch.model.document import Document
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import Mention, Statement, Tie
from pledgewatch.model.span import Span

WIDEST_GAP = 120
"""Code points between the two mentions of a tie."""

_ACTORS = frozenset(("person", "group", "body", "state"))
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|denie[sd]|neither|without|n't|n’t|cut|severed?|broke[n]?|ended?)\b|n[’']t\b",
    re.IGNORECASE,
)


@functools.cache
def _triggers() -> tuple[tuple[str, re.Pattern[str], bool, tuple[str, ...]], ...]:
    data = yaml.safe_load(resources.files(__package__).joinpath("tables", "ties.yml").read_text("utf-8"))
    return tuple(
        (
            str(row["type"]),
            re.compile(r"\A" + str(row["between"]).replace(" ", r"\s+") + r"\Z", re.IGNORECASE),
            bool(row.get("reversed", False)),
            tuple(row.get("target", ())),
        )
        for row in data
    )


def find_ties(
    document: Document, sentences: tuple[tuple[int, int], ...], mentions: list[Mention], statements: list[Statement]
) -> tuple[Tie, ...]:
    """The ties of neighbouring mentions in each sentence, in order."""
    found: list[Tie] = []
    starts = [mention.span.start for mention in mentions]
    for start, end in sentences:
        inside = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        for left, right in itertools.pairwise(inside):
            tie = _tie(document, left, right, statements)
            if tie is not None:
                found.append(tie)
    return tuple(found)


def _tie(document: Document, left: Mention, right: Mention, statements: list[Statement]) -> Tie | None:
    text = document.text
    if right.span.start <= left.span.end or right.span.start - left.span.end > WIDEST_GAP or left.type not in _ACTORS:
        return None
    between = text[left.span.end : right.span.start]
    for kind, pattern, turned, targets in _triggers():
        if right.type not in (targets or _ACTORS) or not pattern.match(between):
            continue
        source, target = (right, left) if turned else (left, right)
        span = Span.cut(text, left.span.start, right.span.end)
        return Tie(
            make_id("t", document.id, kind, span.start, span.end),
            kind,
            source.id,
            target.id,
            span,
            _NEGATION.search(between) is not None,
            _statement_at(statements, span),
        )
    return None


def _statement_at(statements: list[Statement], span: Span) -> str | None:
    """The innermost statement whose content holds the tie."""
    best: tuple[int, str] | None = None
    for statement in statements:
        for piece in statement.content:
            if piece.covers(span) and (best is None or piece.end - piece.start < best[0]):
                best = (piece.end - piece.start, statement.id)
    return best[1] if best else None
