"""Terms stated in running prose: in a speech or a press statement, without clauses and without a signature."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources

import yaml

from pledgewatch.ledger.commitments import Draft, find_cues
from pledgewatch.ledger.deadlines import FoundDeadline, find_deadlines
from pledgewatch.ledger.provisions import Clause, find_paragraphs
from pledgewatch.model.agreement import Modality, Party
from pledgewatch.model.document import Document
from pledgewatch.text.sentences import split_sentences
from pledgewatch.text.states import find_state_places, other_names_of_state
from pledgewatch.text.times import find_times

LONGEST_SUBJECT = 14
"""Words from which on what stands before "will" is no longer taken for the name of an actor."""

_LABEL = re.compile(r"[^.:\n]{3,80}:\s")
_JOINED = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_BY = re.compile(r"\bby\s+(?P<names>[^.;]+)")
_BETWEEN = re.compile(r"\b(?:by|between|of)\s+(?P<names>.+)")
_NONE = re.compile(r"\bno\s+(?=\w)", re.IGNORECASE)
_SIGNED = re.compile(r"\b(?:signed|dated|initialled)\b", re.IGNORECASE)
_WE = re.compile(r"(?:we|both of us)", re.IGNORECASE)
_CLAUSE_START = re.compile(r":\s+|;\s+|\bthat\s+(?=[a-z]+\s)")


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = yaml.safe_load(resources.files("pledgewatch.ledger").joinpath("prose.yml").read_text("utf-8"))
    return {name: re.compile(words, re.IGNORECASE) for name, words in table.items()}


@dataclass(frozen=True, slots=True)
class _Term:
    """A term in one sentence: half-open places, who is bound and how."""

    start: int
    end: int
    act: tuple[int, int]
    modality: Modality
    obligor: tuple[str, ...]


def find_date_in_prose(document: Document) -> str | None:
    """The day of signing where the text says so; otherwise the day of the document, from which its terms count."""
    for time in find_times(document.text, document.published):
        begin = max(document.text.rfind("\n", 0, time.start), document.text.rfind(". ", 0, time.start)) + 1
        is_full = time.value is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", time.value)
        if is_full and time.anchored_to != "document" and _SIGNED.search(document.text, begin, time.start):
            return time.value
    return document.published[:10] if document.published else None


def draft_prose(document: Document, signed: str | None, parties: Sequence[Party]) -> list[Draft]:
    """The commitments that sentences of running prose state, in order; empty where nothing was agreed.

    A sentence counts when somebody who can be bound (a state, its forces, a named group, all parties, "we" of a joint
    statement) must, will or will not do something, or when it says that this was agreed. Hopes, expectations, what
    others are said to have said, and "will continue" are left out. Each such sentence is a clause, numbered by its
    paragraph: ``p5``, or ``p5.2`` for the second in one paragraph.

    Args:
        signed: ISO day from which deadlines count.
        parties: as far as the text names them in so many words.
    """
    text = document.text
    if not _patterns()["agreed"].search(text):
        return []
    we = tuple(party.name for party in parties) or _name_speakers(document)
    drafts: list[Draft] = []
    for paragraph in find_paragraphs(text):
        terms: list[_Term] = []
        for start, end in _sentences(text, paragraph):
            deadlines = find_deadlines(text, start, end, signed)
            term = _find_term(text, start, end, deadlines, we, terms[-1] if terms else None)
            if term is not None:
                terms.append(term)
        for position, term in enumerate(terms, start=1):
            number = f"p{paragraph.number}" if len(terms) == 1 else f"p{paragraph.number}.{position}"
            drafts.append(_draft(text, Clause(number, term.start, term.end, term.start), term, signed, we))
    return drafts


def name_obligors(drafts: Sequence[Draft], parties: Sequence[Party]) -> tuple[Party, ...]:
    """The parties: those that the text names as such, and everybody whom one of the drafts binds by name."""
    names = dict.fromkeys(party.name for party in parties)
    for draft in drafts:
        names.update(dict.fromkeys(name for name in draft.obligor if not _patterns()["collective"].match(name)))
    known = {party.name: party for party in parties}
    return tuple(known.get(name) or Party(name, other_names_of_state(name)) for name in names)


def _sentences(text: str, paragraph: Clause) -> Iterator[tuple[int, int]]:
    for start, end in split_sentences(text[paragraph.start : paragraph.end]):
        start, end = paragraph.start + start, paragraph.start + end
        label = _LABEL.match(text, start, end)
        # "President of Ostrava: Friends, …": who speaks stands before what is said.
        if label and find_state_places(label.group()) and not find_cues(text, start, label.end()):
            start = label.end()
        yield start, end


def _name_speakers(document: Document) -> tuple[str, ...]:
    """Whom "we" binds: the states of which the title speaks together, else the one whose words these are."""
    title = document.title or ""
    joint = _BETWEEN.search(title)
    pieces = [joint["names"]] if joint else []
    pieces += re.findall(r"[\w.]+[-‐‑–][\w.‐‑–-]+", title)
    for piece in pieces:
        until = re.split(r"\s(?:on|in|about|regarding|over|concerning)\s", piece)[0]
        named = tuple(dict.fromkeys(name for _, _, name in find_state_places(until)))
        if len(named) > 1:
            return named
    label = _LABEL.match(document.text.lstrip())
    return tuple(dict.fromkeys(name for _, _, name in find_state_places(label.group()))) if label else ()


def _find_term(
    text: str, start: int, end: int, deadlines: Sequence[FoundDeadline], we: tuple[str, ...], before: _Term | None
) -> _Term | None:
    words = _patterns()
    stop = start + len(text[start:end].rstrip(" .;\n\t"))
    if text[start:end].rstrip().endswith("?"):
        return None
    agreed = words["agreed_that"].search(text, start, stop)
    if agreed and we:
        begin = agreed.end() + len(text[agreed.end() : stop]) - len(text[agreed.end() : stop].lstrip())
        cue = next((one for one in find_cues(text, begin, stop)), None)
        found = _read_modal(text, begin, stop, deadlines, we) if cue else None
        return replace(found, start=start) if found else _Term(start, stop, (begin, stop), "must", we)
    decided = words["decided_to"].search(text, start, stop)
    if decided and we and not words["not_a_term"].search(text, start, decided.start()):
        subject = text[start : decided.start()].strip()
        names = we if _WE.match(subject) else _name_actor(subject, we)
        return _Term(start, stop, (decided.end(), stop), "must", names) if names else None
    also = words["also_to"].match(text[start:stop])
    if also and before is not None and not find_cues(text, start, start + also.end()):
        return _Term(start, stop, (start + also.end(), stop), "must", before.obligor)
    return _read_modal(text, start, stop, deadlines, we)


def _read_modal(
    text: str, start: int, end: int, deadlines: Sequence[FoundDeadline], we: tuple[str, ...]
) -> _Term | None:
    """A term with "must", "will" and the like: its subject is bound, or, in the passive, those behind "by"."""
    words = _patterns()
    for cue in find_cues(text, start, end):
        if words["not_a_term"].search(text, start, cue.start) or words["not_an_act"].match(text[cue.end : end]):
            return None
        begin = max(
            [start, *(m.end() for m in _CLAUSE_START.finditer(text, start, cue.start))]
            + [found.end for found in deadlines if start <= found.start and found.end <= cue.start]
        )
        begin += len(text[begin : cue.start]) - len(text[begin : cue.start].lstrip(" ,"))
        opening = words["opening"].match(text[begin : cue.start])
        begin += opening.end() if opening else 0
        subject = text[begin : cue.start].strip()
        names = _name_actor(subject, we)
        if names:
            return _Term(start, end, (cue.end, end), cue.modality, names)
        agent = _BY.search(text, cue.end, end)
        by = _name_list(agent["names"], we) if agent else ()
        if by and agent and re.match(r"\s*be\b", text[cue.end : end]):
            none = _NONE.match(text, begin)
            modality: Modality = "must not" if none and cue.modality == "must" else cue.modality
            return _Term(start, end, (none.end() if none else cue.end, agent.start()), modality, by)
    return None


def _name_list(words: str, we: tuple[str, ...]) -> tuple[str, ...]:
    named: list[str] = []
    for piece in _JOINED.split(words):
        names = _name_actor(piece.strip(), we)
        if not names:
            break
        named += names
    return tuple(dict.fromkeys(named))


def _name_actor(subject: str, we: tuple[str, ...]) -> tuple[str, ...]:
    """Who is bound by the words for a subject; empty for what can't be bound (a thing, a person, a pronoun).

    >>> _name_actor("French and Portuguese troops", ()), _name_actor("The pipeline", ())
    (('France', 'Portugal'), ())
    """
    words = _patterns()
    if not subject or len(subject.split()) > LONGEST_SUBJECT or re.search(r"\b(?:which|who|that|I|is|are)\b", subject):
        return ()
    if _WE.fullmatch(subject):
        return we
    bare = re.sub(r"^the\s+", "", subject, flags=re.IGNORECASE)
    if words["collective"].match(subject):
        is_all = re.search(r"(?:parties|sides)$", subject, re.IGNORECASE) is not None and we
        return we if is_all else (subject[0].lower() + subject[1:],)
    if words["general"].match(subject):
        return (bare,)
    states = find_state_places(subject)
    rest = subject
    for start, end, _ in reversed(states):
        rest = rest[:start] + rest[end:]
    is_only_states = states and not re.sub(r"\b(?:the|and|both)\b|[\s,]", "", rest, flags=re.IGNORECASE)
    if states and (is_only_states or words["heads"].search(subject) or words["heads"].search(_before_of(subject))):
        return tuple(dict.fromkeys(name for _, _, name in states))
    named = re.fullmatch(r"(?:[A-Z][\w’'.-]*|of|the|and|-)(?:\s+(?:[A-Z][\w’'.-]*|of|the|for|[a-z-]+-led))*", bare)
    if ((named and len(bare.split()) > 1) or re.search(r"-(?:led|backed)\s", bare)) and words["heads"].search(bare):
        return (bare,)
    return ()


def _before_of(subject: str) -> str:
    return re.split(r"\s+of\s+", subject)[0]


def _draft(text: str, clause: Clause, term: _Term, signed: str | None, we: tuple[str, ...]) -> Draft:
    deadlines = find_deadlines(text, term.start, term.end, signed)
    start, end = term.act
    for found in deadlines:
        if start < found.start and found.end >= end:
            end = start + len(text[start : found.start].rstrip(" ,"))
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip(" ,"))
    others = tuple(name for name in we if name not in term.obligor)
    return Draft(
        clause, term.start, term.end, (start, end), term.modality, term.obligor, others, next(iter(deadlines), None)
    )
