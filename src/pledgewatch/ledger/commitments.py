"""Who must, must not or may do what: the commitments in a clause."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import cast

import yaml

from pledgewatch.ledger.conditions import find_conditions
from pledgewatch.ledger.deadlines import FoundDeadline, find_deadlines
from pledgewatch.ledger.parties import is_about_all
from pledgewatch.ledger.provisions import Clause
from pledgewatch.model.agreement import Modality, Party
from pledgewatch.text.folding import find_names, fold_name

_SENTENCE = re.compile(r"(?<=[.;])(?<![A-Z]\.)\s+(?=[\"“(]?[A-Z])|;\s+(?=and\b|[a-z])")
_RELATIVE = re.compile(r"\b(?:who|which|that|whom|whose)\s+(?:[\w'’-]+\s+){0,2}$")
_ALL_PARTIES = re.compile(
    r"\b(?:both|all|each|either|the two|the)\s+(?:of the\s+)?(?:part(?:y|ies)|sides?)\b|\bwe\b", re.IGNORECASE
)
_SAME_SUBJECT = re.compile(r"^(?:(?:it|they|which|who)\b|(?:its|their)\s)", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"[,;:]\s+(?:and\s+|but\s+|or\s+)?|\s+(?:and|but)\s+(?=(?:the|its|their|it|they|will|shall|must|to)\b)"
)
_EACH_OTHER = re.compile(r"\beach other\b|\bone another\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that bind, forbid or allow, and their half-open place."""

    start: int
    end: int
    modality: Modality


@dataclass(frozen=True, slots=True)
class Draft:
    """A commitment before it has an id and its links. Places are half-open, in the agreement's text."""

    clause: Clause
    start: int
    end: int
    act: tuple[int, int]
    modality: Modality
    obligor: tuple[str, ...]
    to: tuple[str, ...]
    deadline: FoundDeadline | None = None
    conditions: tuple[tuple[int, int], ...] = ()


@functools.cache
def _cue_patterns() -> tuple[tuple[Modality, re.Pattern[str]], ...]:
    table = yaml.safe_load(resources.files("pledgewatch.ledger").joinpath("modality.yml").read_text("utf-8"))
    return tuple(
        (
            cast(Modality, modality),
            re.compile(rf"\b(?:{'|'.join(f'(?:{words})' for words in patterns)})\b", re.IGNORECASE),
        )
        for modality, patterns in table.items()
    )


def find_cues(text: str, start: int, end: int) -> tuple[Cue, ...]:
    """The binding, forbidding or allowing words of ``text[start:end]``, in order, not overlapping.

    A cue inside a relative clause ("those who will not …") binds nobody and is left out.

    >>> [(cue.modality, cue.start) for cue in find_cues("The Front will leave and may not return.", 0, 40)]
    [('must', 10), ('must not', 25)]
    """
    found: list[Cue] = []
    for modality, pattern in _cue_patterns():
        for match in pattern.finditer(text, start, end):
            overlaps = any(cue.start < match.end() and match.start() < cue.end for cue in found)
            # "in May", and dates such as "10 May 2020", are months.
            is_month = match.group() == "May"
            if not overlaps and not is_month and not _RELATIVE.search(text, start, match.start()):
                found.append(Cue(match.start(), match.end(), modality))
    return tuple(sorted(found, key=lambda cue: cue.start))


def draft_commitments(text: str, clause: Clause, parties: Sequence[Party], signed: str | None) -> tuple[Draft, ...]:
    """The commitments of one clause, in order; empty for a preamble or a heading.

    A new commitment begins where the obligor changes or where a further deadline is set; a list of acts under one
    obligor stays one.

    Args:
        signed: ISO day of signing, for the deadlines.
    """
    if clause.has_items:
        return ()
    drafts: list[Draft] = []
    for start, end in _sentences(text, clause.body, clause.end):
        drafts += _draft_sentence(text, clause, start, end, parties, signed, drafts)
    return tuple(drafts)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    places, begin = [], start
    for match in _SENTENCE.finditer(text, start, end):
        places.append((begin, match.start()))
        begin = match.end()
    places.append((begin, end))
    return [(a, b) for a, b in places if text[a:b].strip()]


def find_party_places(
    text: str, start: int, end: int, parties: Sequence[Party]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where parties are named in ``text[start:end]``: place and names ("both sides" names all)."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    by_name = {fold_name(name): party.name for party in parties for name in (party.name, *party.aliases)}
    piece = text[start:end]
    for a, b in find_names(piece, by_name_names(parties)):
        name = by_name.get(fold_name(piece[a:b]))
        if name:
            found.append((start + a, start + b, (name,)))
    for match in _ALL_PARTIES.finditer(text, start, end):
        is_named = any(a < match.end() and match.start() < b for a, b, _ in found)
        is_one = match.group().lower() in ("the party", "the side")
        if not is_named and not is_one and parties:
            found.append((match.start(), match.end(), tuple(party.name for party in parties)))
    return sorted(found)


def by_name_names(parties: Sequence[Party]) -> tuple[str, ...]:
    """All names and aliases of the parties, in order."""
    return tuple(name for party in parties for name in (party.name, *party.aliases))


def _draft_sentence(
    text: str,
    clause: Clause,
    start: int,
    end: int,
    parties: Sequence[Party],
    signed: str | None,
    before: Sequence[Draft],
) -> list[Draft]:
    deadlines = find_deadlines(text, start, end, signed)
    conditions = tuple(
        (a, b)
        for a, b in find_conditions(text, start, end)
        if not any(found.start < b and a < found.end for found in deadlines)
    )
    cues = [cue for cue in find_cues(text, start, end) if not any(a <= cue.start < b for a, b in conditions)]
    if not cues:
        inherited = _lead_cue(text, clause, parties)
        if inherited is None:
            return []
        modality, obligor = inherited
        act_end = _trim_end(text, start, end)
        draft = Draft(
            clause,
            start,
            act_end,
            (start, act_end),
            modality,
            obligor,
            _counterparts(text, start, end, obligor, parties),
        )
        return _share(text, [draft], deadlines, conditions)
    drafts: list[Draft] = []
    for index, cue in enumerate(cues):
        previous = cues[index - 1].end if index else start
        subject_start, subject = _subject(text, previous, cue.start, index == 0, conditions, deadlines)
        named = _obligors(text, subject_start, cue.start, parties)
        if index and not _starts_new(subject, named):
            continue
        earlier = drafts or list(before)
        obligor = named or (earlier[-1].obligor if earlier else _obligor_above(clause, parties))
        begin = start if not drafts else subject_start
        drafts.append(Draft(clause, begin, end, (cue.end, end), cue.modality, obligor, ()))
    closed = []
    for index, draft in enumerate(drafts):
        stop = drafts[index + 1].start if index + 1 < len(drafts) else end
        stop = _trim_end(text, draft.start, stop)
        act_start = draft.act[0] + len(text[draft.act[0] : stop]) - len(text[draft.act[0] : stop].lstrip())
        to = _counterparts(text, draft.start, stop, draft.obligor, parties)
        closed.append(replace(draft, end=stop, act=(act_start, stop), to=to))
    return _share(text, closed, deadlines, conditions)


def _subject(
    text: str,
    previous: int,
    cue_start: int,
    is_first: bool,
    conditions: Sequence[tuple[int, int]],
    deadlines: Sequence[FoundDeadline],
) -> tuple[int, str]:
    """Where the words for who begin before a cue, and those words."""
    begin = previous
    for a, b in (*conditions, *((found.start, found.end) for found in deadlines)):
        if begin <= a and b <= cue_start and (is_first or a > begin):
            begin = max(begin, b)
    if not is_first:
        boundaries = [match.end() for match in _BOUNDARY.finditer(text, begin, cue_start)]
        # Inside "A, B and C will" the borders of the list are not borders of the clause: take the last one only when
        # what follows is a subject of its own.
        begin = boundaries[-1] if boundaries else cue_start
    while begin < cue_start and text[begin] in " ,;:\n\t":
        begin += 1
    return begin, text[begin:cue_start].strip()


def _starts_new(subject: str, named: tuple[str, ...]) -> bool:
    """Whether the words before a further cue name somebody anew, rather than going on with the same obligor."""
    if not subject or _SAME_SUBJECT.match(subject):
        return False
    return bool(named) or bool(re.search(r"\w", subject))


def _obligors(text: str, start: int, end: int, parties: Sequence[Party]) -> tuple[str, ...]:
    places = find_party_places(text, start, end, parties)
    return tuple(dict.fromkeys(name for _, _, names in places for name in names))


def _obligor_above(clause: Clause, parties: Sequence[Party]) -> tuple[str, ...]:
    """Who is bound where the sentence does not say: the party of the heading, or all."""
    if clause.heading and not is_about_all(clause.heading):
        named = _obligors(clause.heading, 0, len(clause.heading), parties)
        if named:
            return named
    return tuple(party.name for party in parties)


def _counterparts(
    text: str, start: int, end: int, obligor: tuple[str, ...], parties: Sequence[Party]
) -> tuple[str, ...]:
    """To whom: the other parties that the words name, else all others; everybody where it is "each other"."""
    if _EACH_OTHER.search(text, start, end):
        return obligor
    named = _obligors(text, start, end, parties)
    others = tuple(party.name for party in parties if party.name not in obligor)
    return tuple(name for name in named if name in others) or others


def _lead_cue(text: str, clause: Clause, parties: Sequence[Party]) -> tuple[Modality, tuple[str, ...]] | None:
    """Modality and obligor from the words above a list ("The Front shall:")."""
    if clause.lead is None:
        return None
    cues = find_cues(text, *clause.lead)
    if not cues:
        return None
    named = _obligors(text, clause.lead[0], cues[-1].start, parties)
    return cues[-1].modality, named or _obligor_above(clause, parties)


def _trim_end(text: str, start: int, end: int) -> int:
    """The end without closing marks, a comma, or a left-over "and"."""
    words = text[start:end]
    while True:
        bare = re.sub(r"(?:[\s.,;:]|,?\s+and)+$", "", words)
        if bare == words:
            return start + len(bare)
        words = bare


def _share(
    text: str, drafts: list[Draft], deadlines: Sequence[FoundDeadline], conditions: tuple[tuple[int, int], ...]
) -> list[Draft]:
    """Gives each commitment its deadline and conditions; a further deadline starts a further commitment."""
    shared: list[Draft] = []
    for draft in drafts:
        own = [found for found in deadlines if draft.start <= found.start < draft.end]
        mine = tuple((a, b) for a, b in conditions if draft.start <= a < draft.end)
        # A condition that opens the sentence holds for everything in it.
        mine = mine or tuple((a, b) for a, b in conditions if drafts and a == drafts[0].start)
        if len(own) < 2:
            shared.append(_finish(text, replace(draft, deadline=own[0] if own else None, conditions=mine)))
            continue
        begin = draft.start
        for index, found in enumerate(own):
            stop = found.end if index + 1 < len(own) else draft.end
            act_start = draft.act[0] if index == 0 else begin
            act_end = _trim_end(text, act_start, stop)
            part = replace(draft, start=begin, end=act_end, act=(act_start, act_end), deadline=found, conditions=mine)
            shared.append(_finish(text, part))
            joint = re.compile(r"[\s,;]*(?:and\s+)?").match(text, found.end)
            begin = joint.end() if joint else found.end
    return shared


def _finish(text: str, draft: Draft) -> Draft:
    """Cuts deadline and conditions off the ends of the act's words."""
    start, end = draft.act
    tails = [(a, b) for a, b in draft.conditions]
    if draft.deadline:
        tails.append((draft.deadline.start, draft.deadline.end))
    for a, b in sorted(tails, reverse=True):
        if start < a and b >= end and not re.search(r"\bof\s+\w+ing(?:\s+\w+){0,3}\s*$", text[start:a]):
            end = _trim_end(text, start, a)
    return replace(draft, act=(start, max(end, start)))
