"""Sentences without a word that binds, and what they still bind to: items, steps, penalties, the present."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pledgewatch.ledger.actors import Frame, Memory, name_parties, read_subject
from pledgewatch.ledger.cues import word_table
from pledgewatch.ledger.days import find_days
from pledgewatch.ledger.leads import Lead
from pledgewatch.ledger.segments import Place, Term, trim
from pledgewatch.model.agreement import Modality

_WHOEVER = re.compile(r"^\W*(?:whoever|whosoever|he\s+who|anyone\s+who|any\s+\w+\s+(?:who|that)\b)", re.IGNORECASE)
_PENALTY = re.compile(r"\b(?P<verb>pays?|gives?|owes?|loses?|forfeits?|answers?|returns?|makes?\s+good)\s+")
_ALSO_TO = re.compile(r"^(?:also\b|and\b|likewise\b)[^;]{0,160}?[\s,](?P<to>to\s+)(?=[a-z]+\b)", re.IGNORECASE)
_AGREED_THAT = re.compile(
    r"\b(?:it\s+(?:was|is|has\s+been)|we|they|(?:both|the(?:\s+two)?)\s+(?:sides|parties|presidents"
    r"|ministers|leaders|countries|states))(?:\s+(?:have|had|has))?"
    r"(?:\s+(?:also|further|jointly))*\s+agreed(?:\s+also)?\s+(?:on\s+the\s+following(?:\s*:)?|that)\b",
    re.IGNORECASE,
)
# "Each Party informs the other": the present that stands for a duty; what is done by the signature itself is none.
_PRESENT = re.compile(
    r"(?P<who>(?:Each|Every|Neither|No|Either|Both|The\s+two"
    r"|[Tt]he)\s+(?:of\s+the\s+)?[\w’'-]+(?:\s+(?:of\s+)?[A-Z][\w’'-]+){0,4}"
    r"|[A-Z][\w’'-]+(?:\s+(?:of\s+)?[A-Z][\w’'-]+){0,3})\s+(?:also\s+|each\s+|then\s+)?"
    r"(?!recogni[sz]es?\b|accepts?\b|welcomes?\b|declares?\b|confirms?\b|needs?\b|recalls?\b|notes?\b"
    r"|agrees?\b|ends?\b"
    r"|follows?\b|shows?\b|works?\b|proclaims?\b|explains?\b|bind?s?\b)(?P<verb>[a-z]+s?)\s+\w"
)
# "The Front to hand over its weapons", "the Army, for its part, not to push forward its trenches".
_STEP = re.compile(
    r"(?P<who>(?:(?:the|The|both|Both|each|Each|neither"
    r"|Neither)\s+)?[A-Z]?[\w’'-]+(?:\s+(?:of\s+)?[A-Z][\w’'-]*){0,4}|both\s+\w+|the\s+two\s+\w+"
    r"|each\s+\w+)"
    r"[,:]?\s+(?:(?:for\s+(?:its|their)\s+part|in\s+turn|likewise),?\s+)?(?P<not>not\s+)?to\s+(?P<verb>[a-z]+)"
)
_STEP_PASSIVE = re.compile(
    r"(?P<who>[A-Z][^,;:.]{2,90}?)\s+(?P<not>not\s+)?to\s+be\s+(?:\w+ly\s+)?"
    r"\w+(?:ed|en|wn|ught|ut|eld|ent|ade|one|aid|uilt|ept|orn|ung|unk)\b"
)
_NO_MORE = re.compile(r"No\s+[a-z]+(?:\s+[\w’'-]+){1,14}$")
_FIGHTING_ENDS = re.compile(
    r"(?:All\s+|The\s+)?(?:[Hh]ostile\s+acts|[Hh]ostilities|[Ff]ighting|[Ff]iring|[Mm]ilitary\s+operations"
    r"|[Aa]cts\s+of\s+war|[Mm]ilitary\s+activit(?:y|ies)|[Ss]hooting|[Ss]helling|[Aa]ttacks)\b"
    r"[^;]{0,80}?\s(?:are\s+(?:hereby\s+)?suspended|ceases?|ends?|stops?)\b"
)
# "The ceasefire begins at midnight on 3 May."
_BEGINS_ON = re.compile(
    r"(?:The|A)\s+(?:[a-z]+\s+)?(?:ceasefire|cease-fire|truce|pause|withdrawal|releases?|exchange|evacuation|disarmament"
    r"|talks|demining|handover)\s+(?:begins?|starts?|commences?)\b"
)
# "Let no man carry a rifle to market."
_LET = re.compile(r"Let\s+(?:(?P<none>no|none|neither|nobody)\b|(?:each|every|all|both|the|us|him|them)\b)\s*")
_TO = re.compile(r"(?:not\s+)?to\s", re.IGNORECASE)
_ITEM_TO = re.compile(
    r"^(?P<not>(?:not|never|no\s+longer|in\s+no\s+case)\s+)?(?P<to>to\s+)?(?P<refrain>(?:refrain|abstain|desist)\s+from\s+)?",
    re.IGNORECASE,
)


def find_uncued(
    text: str,
    start: int,
    end: int,
    frame: Frame,
    memory: Memory,
    lead: Lead,
    conditions: Sequence[Place],
    is_listed: bool,
) -> list[Term]:
    """The terms of a sentence without a word that binds; empty for most such sentences.

    Args:
        is_listed: whether the sentence is an item of a list or a numbered clause, where telegraphic words bind, too.
    """
    begin, stop = trim(text, start, end)
    if begin >= stop:
        return []
    place = (begin, stop)
    if _WHOEVER.match(text[start:end]) and conditions:
        penalty = _PENALTY.search(text, conditions[0][1], end)
        if penalty:
            return [_everybody_must(place, penalty.start(), frame)]
    agreed = _AGREED_THAT.search(text, start, end)
    if agreed and (frame.we or frame.all_names):
        at = agreed.end() + len(text[agreed.end() : stop]) - len(text[agreed.end() : stop].lstrip())
        names = name_parties(text[start : agreed.start()], frame.parties) or frame.we or frame.all_names
        return [Term(at, stop, (at, stop), "must", "binding", names, (at, at))] if at < stop else []
    also = _ALSO_TO.match(text[start:end])
    if also and memory.obligor and lead.modality is None:
        at = start + also.start("to")
        return [Term(at, stop, (at + len(also["to"]), stop), "must", "binding", memory.obligor, (at, at))]
    if not frame.is_resolution and (lead.modality is None or lead.is_timetable):
        found = _find_present(text, place, conditions, frame, memory) or _find_step(
            text, place, frame, memory, is_listed
        )
        if found:
            return found
        dated = _BEGINS_ON.match(text, begin, stop)
        if dated and not frame.is_speech and find_days(text[dated.end() : stop]):
            return [_everybody_must(place, begin, frame)]
        if _FIGHTING_ENDS.match(text[begin:stop]):
            return [_everybody_must(place, begin, frame)]
    let = _LET.match(text, begin, stop)
    if let and lead.modality is None and not frame.is_speech:
        forbids: Modality = "must not" if let["none"] else "must"
        return [
            Term(
                begin, stop, (let.end(), stop), forbids, "binding", frame.all_names or ("the parties",), (begin, begin)
            )
        ]
    if lead.modality is not None and not (lead.takes_to and not _TO.match(text[begin:stop])):
        return [_complete_lead(text, place, lead, frame, memory)]
    if is_listed and not frame.is_speech and not frame.is_resolution and _NO_MORE.match(text[begin:stop]):
        names = frame.all_names or ("the parties",)
        return [Term(begin, stop, place, "must not", "binding", names, (begin, begin))]
    return []


def _everybody_must(place: Place, act: int, frame: Frame) -> Term:
    return Term(*place, (act, place[1]), "must", "binding", frame.all_names or ("the parties",), (place[0], place[0]))


def _find_present(text: str, place: Place, conditions: Sequence[Place], frame: Frame, memory: Memory) -> list[Term]:
    """ "Each Party informs the other of its exercises": only of parties, and of none in a speech."""
    begin, stop = place
    if frame.is_speech:
        return []
    after = max((b for a, b in conditions if a == begin), default=begin)
    after += len(text[after:stop]) - len(text[after:stop].lstrip(" ,"))
    opening = re.compile(r"(?:For|On|At|By|In|From|Within|After|During)\b[^,;:]{2,70},\s+").match(text, after, stop)
    after = opening.end() if opening else after
    present = _PRESENT.match(text, after, stop)
    if present is None:
        return []
    bound = read_subject(present["who"], frame, memory, False)
    is_party = bound.is_named and set(bound.names) <= set(frame.all_names)
    is_collective = not frame.parties and re.match(r"(?:Both|Each|Neither|The two)\b", present["who"]) is not None
    verb = present["verb"]
    bases = {verb, verb[:-1], re.sub(r"es$", "", verb), re.sub(r"ies$", "y", verb)}
    if not (is_party or is_collective) or not bases & word_table()["verbs"]:
        return []
    modality: Modality = "must not" if bound.is_negated else "must"
    at = present.start("verb")
    return [Term(begin, stop, (at, stop), modality, "binding", bound.names, (after, at))]


def _find_step(text: str, place: Place, frame: Frame, memory: Memory, is_listed: bool) -> list[Term]:
    """ "The Front to release the nurses within 48 hours": an item, or the second half of an undertaking."""
    begin, stop = place
    passive = _STEP_PASSIVE.match(text, begin, stop) if is_listed else None
    if passive and not re.search(r"\b(?:is|are|was|were|has|have|agreed|wish\w*)\b", passive["who"]):
        # "Checkpoints on the road to be removed within five days".
        held = read_subject(passive["who"], frame, memory, True)
        forbids: Modality = "must not" if passive["not"] or held.is_negated else "must"
        names = held.names or ("the parties",)
        return [Term(begin, stop, place, forbids, "binding", names, (begin, passive.end("who")), True)]
    step = _STEP.match(text, begin, stop)
    if step is None or not (is_listed or memory.obligor) or step["verb"] not in word_table()["verbs"] | {"be"}:
        return []
    bound = read_subject(step["who"], frame, memory, False)
    if re.fullmatch(r"both|each|all", step["who"], re.IGNORECASE) and frame.all_names:
        bound = replace(bound, names=frame.all_names, is_named=True)
    if not bound.is_named or not bound.names:
        return []
    modality: Modality = "must not" if step["not"] or bound.is_negated else "must"
    return [
        Term(begin, stop, (step.start("verb"), stop), modality, "binding", bound.names, (begin, step.start("verb")))
    ]


def _complete_lead(text: str, place: Place, lead: Lead, frame: Frame, memory: Memory) -> Term:
    begin, stop = place
    match = _ITEM_TO.match(text[begin:stop])
    modality, offset = lead.modality or "must", 0
    if match:
        offset = match.end()
        if (match["not"] or match["refrain"]) and lead.modality == "must":
            modality = "must not"
    obligor = lead.obligor or memory.heading or frame.all_names or ("the parties",)
    return Term(begin, stop, (begin + offset, stop), modality, lead.force, obligor, (begin, begin))
