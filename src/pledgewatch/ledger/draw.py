"""Draws the ledger of an agreement: its provisions and the commitments in them."""

from __future__ import annotations

from collections.abc import Sequence

from pledgewatch.errors import InputError
from pledgewatch.ledger.commitments import Draft, draft_commitments, find_party_places
from pledgewatch.ledger.conditions import link_condition
from pledgewatch.ledger.deadlines import counts_from_condition, resolve_date
from pledgewatch.ledger.parties import add_short_names, find_date, find_parties, find_title
from pledgewatch.ledger.prose import draft_prose, find_date_in_prose, name_obligors
from pledgewatch.ledger.provisions import Clause, find_clauses
from pledgewatch.model.agreement import Agreement, Commitment, Condition, Deadline, Party, Provision
from pledgewatch.model.document import Document
from pledgewatch.model.span import Span

_PART_WORDS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
}


def draw_ledger(document: Document) -> Agreement:
    """Draws the ledger of an agreement: who must, must not or may do what, to whom, by when, on what condition.

    Numbered, lettered and listed clauses are read; where a text has none, its sentences are (terms are sometimes only
    stated in a speech); each that binds somebody is a clause, numbered by its paragraph (``p5``).
    Narrative before the clauses commits nobody.

    Returns:
        The agreement, its commitments without indicators.

    Raises:
        InputError: the text has no clause that says who must, must not or may do something.
    """
    text = document.text
    clauses = find_clauses(text)
    signed = find_date(document)
    parties = find_parties(text, clauses)
    drafts = _draft(text, clauses, parties, signed)
    if not drafts and not clauses:
        signed = find_date_in_prose(document)
        drafts = draft_prose(document, signed, parties)
        clauses = tuple(dict.fromkeys(draft.clause for draft in drafts))
        parties = name_obligors(drafts, parties)
    if not drafts:
        raise InputError(
            "an agreement without clauses: nothing in it says who must, must not or may do something",
            where=document.path,
            remedy="Give the file with the agreement's own text, one clause a line or paragraph, each with its number.",
        )
    provisions = tuple(
        Provision(clause.number, Span.cut(text, clause.start, clause.end), clause.heading) for clause in clauses
    )
    return Agreement(
        document=document.id,
        title=find_title(document, clauses),
        date=signed,
        parties=parties,
        provisions=provisions,
        commitments=_number_commitments(text, drafts, parties),
    )


def _draft(text: str, clauses: Sequence[Clause], parties: Sequence[Party], signed: str | None) -> list[Draft]:
    known = add_short_names(text, parties)
    return [draft for clause in clauses for draft in draft_commitments(text, clause, known, signed)]


def _number_commitments(text: str, drafts: Sequence[Draft], parties: Sequence[Party]) -> tuple[Commitment, ...]:
    """Gives drafts their ids, dates and links, in the text's order."""
    ids: list[str] = []
    for index, draft in enumerate(drafts):
        siblings = [i for i, other in enumerate(drafts) if other.clause.number == draft.clause.number]
        base = f"c_{draft.clause.number}"
        ids.append(base if len(siblings) == 1 else f"{base}-{siblings.index(index) + 1}")
    deadlines = _resolve_deadlines(text, drafts, ids)
    acts = {key: text[draft.act[0] : draft.act[1]] for key, draft in zip(ids, drafts, strict=True)}
    parts = {key: draft.clause.part for key, draft in zip(ids, drafts, strict=True)}
    clauses = {key: draft.clause.number for key, draft in zip(ids, drafts, strict=True)}
    obligors = {key: draft.obligor for key, draft in zip(ids, drafts, strict=True)}
    commitments = []
    for key, draft, deadline in zip(ids, drafts, deadlines, strict=True):
        conditions: list[Condition] = []
        for start, end in draft.conditions:
            span = Span.cut(text, start, end)
            named = [name for _, _, names in find_party_places(text, start, end, parties) for name in names]
            on = link_condition(span.text, key, acts, parts, clauses, obligors, named, _PART_WORDS)
            conditions += [Condition(span, one) for one in on] or [Condition(span)]
        commitments.append(
            Commitment(
                id=key,
                clause=draft.clause.number,
                span=Span.cut(text, draft.start, draft.end),
                obligor=draft.obligor,
                to=draft.to,
                modality=draft.modality,
                act=Span.cut(text, *draft.act),
                deadline=deadline,
                conditions=tuple(conditions),
            )
        )
    return tuple(commitments)


def _resolve_deadlines(text: str, drafts: Sequence[Draft], ids: Sequence[str]) -> list[Deadline | None]:
    """The deadlines with the dates that they come to; one may count from another before it."""
    resolved: list[Deadline | None] = []
    by_period: dict[str, tuple[str, str]] = {}
    previous: tuple[str, str] | None = None
    previous_is_period = False
    for key, draft in zip(ids, drafts, strict=True):
        found = draft.deadline
        if found is None:
            resolved.append(None)
            continue
        if counts_from_condition(found, bool(draft.conditions), previous_is_period):
            condition = text[slice(*draft.conditions[0])]
            resolved.append(Deadline(Span.cut(text, found.start, found.end), None, condition))
            continue
        same = by_period.get(found.duration or "")
        date, relative = resolve_date(found, same, previous)
        deadline = Deadline(Span.cut(text, found.start, found.end), date, relative)
        resolved.append(deadline)
        if date:
            previous = (key, date)
            previous_is_period = found.duration is not None
            if found.duration and found.counts_from != "same":
                by_period.setdefault(found.duration, (key, date))
    return resolved
