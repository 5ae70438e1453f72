"""What the words above a list say for its items ("The Front shall:", "By 20 January:")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pledgewatch.ledger.actors import Frame, Memory, name_parties
from pledgewatch.ledger.conditions import find_conditions
from pledgewatch.ledger.cues import find_cues
from pledgewatch.ledger.cutting import cut_sentences
from pledgewatch.ledger.deadlines import FoundDeadline, find_deadlines
from pledgewatch.ledger.provisions import Clause
from pledgewatch.ledger.segments import Place, cut_terms
from pledgewatch.ledger.wrapped import Words, unwrap_words
from pledgewatch.model.agreement import Force, Modality

_WAITS = re.compile(
    r"\b(?P<verb>agree[sd]?|undertakes?|undertook|commits?|pledge[sd]?|obliged|promise[sd]?|decided|itself"
    r"|themselves|following)"
    r"(?:,?\s+(?:in\s+(?:its|their)\s+turn|for\s+(?:its|their)\s+part|hereby|further|also|jointly))?"
    r"(?:\s+to\s+the\s+following)?(?:\s+steps)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lead:
    """What the words above a list say for its items.

    Attributes:
        takes_to: only items that begin with "to" complete it.
        is_timetable: it names no more than a day; who acts stands in the items.
    """

    modality: Modality | None = None
    force: Force = "binding"
    obligor: tuple[str, ...] = ()
    deadline: FoundDeadline | None = None
    deadline_place: Place | None = None
    conditions: tuple[Place, ...] = ()
    takes_to: bool = False
    is_timetable: bool = False


def read_leads(text: str, clause: Clause, frame: Frame, memory: Memory) -> Lead:
    """What the words above a list say for its items; nearer words go before those further out."""
    lead = _read_heading(text, clause)
    for start, end in clause.leads:
        words = unwrap_words(text, start, end)
        lead = read_lead(words, lead, frame, memory)
    return lead


def _read_heading(text: str, clause: Clause) -> Lead:
    """A day in the heading holds for all below it."""
    if clause.heading_at is None:
        return Lead()
    words = unwrap_words(text, *clause.heading_at)
    timed = next((one for one in find_deadlines(words.text) if one.kind in ("by", "before", "within")), None)
    if timed is None or len(words.text) > 100:
        return Lead()
    return Lead("must", deadline=timed, deadline_place=words.place(timed.start, timed.end), is_timetable=True)


def read_lead(words: Words, above: Lead, frame: Frame, memory: Memory) -> Lead:
    """What the last sentence of some words says for a list below them, on top of what stands further out."""
    text = words.text.rstrip(" :–—-")
    begin = cut_sentences(text, frame.is_resolution)[-1][0] if text.strip() else 0
    deadlines = tuple(
        replace(one, start=one.start + begin, end=one.end + begin) for one in find_deadlines(text[begin:])
    )
    conditions = find_conditions(text, begin, len(text), [(one.start, one.end) for one in deadlines])
    taken = [*conditions, *((one.start, one.end) for one in deadlines)]
    # A verb that waits for its items has nothing behind it yet.
    waits = _WAITS.search(text)
    padded = f"{text} to do" if waits else f"{text} do"
    cues = [
        cue
        for cue in find_cues(padded, begin, len(padded), frame.is_resolution)
        if not any(a <= cue.start < b for a, b in taken)
    ]
    made = above
    inner = Memory(obligor=above.obligor or memory.obligor, heading=memory.heading)
    terms = cut_terms(padded, begin, len(padded), cues, taken, frame, inner) if cues else []
    if terms:
        # "The Ministers agreed:" binds items that begin with "to"; other items speak for themselves.
        takes_to = waits is not None and waits["verb"].lower() in ("agree", "agrees", "agreed", "decided")
        made = replace(
            made, modality=terms[-1].modality, force=terms[-1].force, obligor=terms[-1].obligor, takes_to=takes_to
        )
    elif not cues:
        named = name_parties(text[begin:], frame.parties)
        if named and set(named) != set(frame.all_names):
            made = replace(made, obligor=named)
    timed = next((one for one in deadlines if one.kind != "recurring" and not _is_day_of_signing(one, frame)), None)
    if timed is not None:
        made = replace(made, deadline=timed, deadline_place=words.place(timed.start, timed.end))
        if not cues and made.modality is None and timed.end >= len(text.rstrip()) - 1:
            # "By 20 January:" stands above steps, whatever form these have.
            made = replace(made, modality="must", is_timetable=True)
    return replace(made, conditions=(*made.conditions, *(words.place(a, b) for a, b in conditions)))


def _is_day_of_signing(found: FoundDeadline, frame: Frame) -> bool:
    return found.kind == "start" and frame.signed is not None and found.rule == frame.signed
