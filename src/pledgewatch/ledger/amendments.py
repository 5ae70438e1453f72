"""What a protocol changes in an earlier agreement, and the earlier agreement with its deadlines moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pledgewatch.ledger.days import find_days, find_periods
from pledgewatch.ledger.provisions import Clause
from pledgewatch.ledger.rules import SIGNING, compute_rule, recompute_deadlines, write_rule
from pledgewatch.ledger.wrapped import unwrap_words
from pledgewatch.model.agreement import Agreement, Amendment, Commitment, Deadline, Moved
from pledgewatch.model.span import Span
from pledgewatch.text.sentences import split_sentences

_NUMBER = r"[A-Z0-9]+(?:\.\d+)*(?:\s*\([a-z0-9]+\))*"
_POINTER = re.compile(
    rf"\b(?:[Aa]rticle|[Cc]lause|[Pp]aragraph|[Ss]ection"
    rf"|[Pp]oint)\s+(?P<first>{_NUMBER})(?:\s*,?\s*(?:[Pp]aragraph|[Pp]oint)\s+(?P<second>{_NUMBER}))?"
    rf"(?:\s*,?\s*of\s+[Aa]rticle\s+(?P<of>{_NUMBER}))?"
)
_QUOTE = r"[\"“”'‘](?P<{name}>[^\"“”]+?)[\"“”'’]"
_REPLACES = re.compile(
    r"(?:words?|date|figure|term|phrase|period)s?\s+"
    + _QUOTE.format(name="old")
    + (
        r"\s*,?\s*(?:(?:is|are|shall\s+be)\s+(?:hereby\s+)?(?:replaced|substituted)\s+by|shall\s+read|(?:is"
        r"|are)\s+to\s+read|(?:is|are)\s+changed\s+(?:to|into))\s+(?:the\s+(?:words?|date|figure|term)s?\s+)?"
    )
    + _QUOTE.format(name="new"),
)
_INSTEAD = re.compile(
    r"(?:for|instead\s+of)\s+"
    + _QUOTE.format(name="old")
    + r"\s*,?\s*(?:there\s+shall\s+be\s+)?(?:read|substituted?)\s+"
    + _QUOTE.format(name="new")
)
_MOVES = re.compile(
    r"\b(?:time[\s-]?limit|deadline|date|period|term|time)\b(?:[^.;]|(?<=\d)\.(?=\d))*?\b(?:is|are"
    r"|shall\s+be)\s+(?:hereby\s+)?(?:extended|moved|postponed|brought\s+forward|deferred|put\s+(?:off"
    r"|back)|changed|prolonged|advanced)\b"
    r"|\bshall\s+(?:now\s+)?(?:be\s+(?:due|done|completed)|end|expire)\b[^.;]*\binstead\s+of\b",
    re.IGNORECASE,
)
_EXTENDS = re.compile(
    r"\b(?:agreement|accord|truce|ceasefire|memorandum|arrangement|convention|treaty|protocol"
    r"|it)\b(?:[^.;]|(?<=\d)\.(?=\d))*?\b(?:is|are|shall\s+be)\s+(?:hereby\s+)?(?:extended|prolonged"
    r"|renewed)\b(?!\s+automatically)",
    re.IGNORECASE,
)
_REPEALS = re.compile(
    r"\b(?:(?:is|are|shall\s+be)\s+(?:hereby\s+)?(?:deleted|repealed|revoked|rescinded|abrogated|annulled)"
    r"|ceases?\s+to\s+(?:apply|have\s+effect)|no\s+longer\s+appl(?:y|ies)|shall\s+cease\s+to\s+apply|(?:is"
    r"|are|shall\s+be)\s+amended\s+accordingly)\b",
    re.IGNORECASE,
)
_AMENDING = re.compile(r"\b(?:amend|protocol|extend|supplement|modif|addendum|prolong)\w*", re.IGNORECASE)


def find_amendments(text: str, clauses: Sequence[Clause], signed: str | None) -> tuple[Amendment, ...]:
    """What an instrument changes in an earlier one, in order; empty for a first agreement.

    Args:
        signed: ISO day of this instrument, from which its lengths count.
    """
    head = text[: clauses[0].end] if clauses else text[:2000]
    if not _AMENDING.search(head):
        return ()
    found: list[Amendment] = []
    for clause in clauses:
        words = unwrap_words(text, clause.body, clause.end)
        for start, end in split_sentences(words.text):
            made = read_amendment(words.text[start:end], signed)
            if made is not None:
                place = words.place(start, end)
                found.append(replace(made, span=Span.cut(text, *place)))
    return tuple(found)


def read_amendment(sentence: str, signed: str | None) -> Amendment | None:
    """What one sentence changes; its span is that of the sentence alone. ``None`` for a sentence that changes nothing.

    >>> words = 'In Article III, paragraph 3, the words "by 31 May 2030" are replaced by the words "by 1 July 2030".'
    >>> made = read_amendment(words, None)
    >>> made.clause, made.old, made.date
    ('III.3', 'by 31 May 2030', '2030-07-01')
    """
    span = Span(0, len(sentence), sentence)
    clause = _read_pointer(sentence)
    anchors = {SIGNING: signed} if signed else {}
    replaced = _REPLACES.search(sentence) or _INSTEAD.search(sentence)
    if replaced:
        return Amendment(
            span, "replaces words", clause, replaced["old"], replaced["new"], _read_day(replaced["new"], anchors)
        )
    moves = _MOVES.search(sentence)
    if moves and clause is not None:
        tail = sentence[moves.end() :]
        return Amendment(span, "moves deadline", clause, date=_read_day(tail, anchors), period=_read_period(tail))
    if _EXTENDS.search(sentence):
        return Amendment(span, "extends", clause, date=_read_day(sentence, anchors), period=_read_period(sentence))
    if _REPEALS.search(sentence) and clause is not None:
        return Amendment(span, "repeals", clause)
    return None


def _read_pointer(sentence: str) -> str | None:
    match = _POINTER.search(re.sub(r"[\"“][^\"”]*[\"”]", lambda quoted: " " * len(quoted.group()), sentence))
    if match is None:
        return None
    parts = [match["of"], match["first"]] if match["of"] else [match["first"], match["second"]]
    return ".".join(re.sub(r"\s", "", part).rstrip(".") for part in parts if part).replace(".(", "(")


def _read_day(words: str, anchors: dict[str, str]) -> str | None:
    days = find_days(words)
    return compute_rule(days[-1].rule, anchors) if days else None


def _read_period(words: str) -> str | None:
    periods = find_periods(words)
    return " + ".join(f"{number} {unit}" for unit, number in periods[0].units) if periods else None


def apply_amendment(agreement: Agreement, protocol: Agreement) -> Agreement:
    """The agreement with the deadlines that a later instrument moves moved; the old dates stay on record.

    Deadlines that count from one that moved follow it. The words of the agreement and its commitments stay as they
    are: what the
    later instrument adds is in its own ledger.

    Returns:
        The same agreement when nothing in ``protocol`` moves a deadline.
    """
    commitments = list(agreement.commitments)
    for amendment in protocol.amendments:
        if amendment.kind not in ("replaces words", "moves deadline") or amendment.clause is None:
            continue
        for index in _find_moved(commitments, amendment, agreement):
            commitments[index] = _move(commitments[index], amendment, protocol)
    return recompute_deadlines(replace(agreement, commitments=tuple(commitments)), {})


def _find_moved(commitments: Sequence[Commitment], amendment: Amendment, agreement: Agreement) -> list[int]:
    """The commitments of the clause whose deadline the amendment means; of several the one with the old words or
    date."""
    own = [
        index
        for index, one in enumerate(commitments)
        if one.deadline is not None
        and (one.clause == amendment.clause or one.clause.startswith(f"{amendment.clause}("))
    ]
    if amendment.old is None:
        return own
    by_words = [
        i for i in own if " ".join(amendment.old.split()) in " ".join(_deadline(commitments[i]).span.text.split())
    ]
    old = _read_day(amendment.old, dict(agreement.anchors))
    return by_words or [i for i in own if old is not None and _deadline(commitments[i]).date == old]


def _deadline(commitment: Commitment) -> Deadline:
    if commitment.deadline is None:
        raise ValueError(f"{commitment.id} has no deadline")
    return commitment.deadline


def _move(commitment: Commitment, amendment: Amendment, protocol: Agreement) -> Commitment:
    old = _deadline(commitment)
    date, rule = amendment.date, amendment.date
    if date is None and amendment.period and old.rule:
        units = tuple((piece.split(" ", 1)[1], int(piece.split(" ", 1)[0])) for piece in amendment.period.split(" + "))
        rule = write_rule(old.date or old.rule, units)
        date = compute_rule(rule, {})
    if date is None:
        return commitment
    moved = Moved(old.date, old.rule, protocol.document, amendment.span, protocol.date)
    return replace(commitment, deadline=replace(old, date=date, rule=rule, history=(*old.history, moved)))
