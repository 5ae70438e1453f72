"""Terms with their deadlines and conditions: which act has which, and where a further deadline makes a further term."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pledgewatch.ledger.actors import Frame
from pledgewatch.ledger.cues import word_table
from pledgewatch.ledger.deadlines import FoundDeadline, counts_from_each_occasion
from pledgewatch.ledger.segments import Place, Term, trim, trim_act

_EVENT_FIRST = re.compile(
    r"(?:(?:but|and)\s+)?(?:if|once|when|whenever|as\s+soon\s+as|after|upon|on\s+(?:receipt|completion|fulfilment)|should|following|in\s+the\s+event"
    r"|in\s+case|where|wherever)\b",
    re.IGNORECASE,
)
_IN_RETURN = re.compile(r"in\s+(?:return|exchange)", re.IGNORECASE)
_BETWEEN_DEADLINES = re.compile(
    r"[\s,;()]*(?:(?:and|or|but|then|respectively|both|at\s+the\s+latest|in\s+any\s+case|in\s+any\s+event"
    r"|that\s+is|i\.e\.|namely|whichever\s+is\s+(?:earlier|later))[\s,;]*)*"
)
_JOINT = re.compile(r"[\s,;]*(?:(?:and|as\s+well\s+as|then|followed\s+by|but)\s+)?(?:also\s+|then\s+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A term with its deadline and conditions, in the words of its clause."""

    term: Term
    deadline: FoundDeadline | None
    conditions: tuple[Place, ...]
    words: str


def share_terms(
    text: str,
    terms: Sequence[Term],
    deadlines: Sequence[FoundDeadline],
    conditions: Sequence[Place],
    frame: Frame,
) -> list[Found]:
    """Gives each term its deadline and conditions; a further deadline starts a further commitment."""
    if not terms:
        return []
    first = terms[0]
    # A condition or deadline that opens the sentence holds for everything in it.
    leading = [
        one
        for one in deadlines
        if one.end <= first.subject[0] or (one.start < first.act[0] and one.end <= first.act[0])
    ]
    opening = [(a, b) for a, b in conditions if b <= max(first.subject[0], first.start) or a == first.start]
    found: list[Found] = []
    for index, term in enumerate(terms):
        own = [one for one in deadlines if term.start <= one.start < term.end and one not in leading]
        mine = [
            (a, b)
            for a, b in conditions
            if (term.start <= a < term.end and not _opens_next(text, b, terms[index + 1 :]))
            or _opens_next(text, b, [term])
        ]
        mine = [place for place in mine if place not in opening]
        if term.modality == "must not":
            own = [one for one in own if one.kind in ("start", "recurring")]
        lead = next((one for one in leading if one.kind != "recurring"), None)
        if lead is not None and term.modality == "must not" and lead.kind not in ("start",):
            lead = None
        if not term.has_lead and found and not own:
            lead = found[-1].deadline
        parts = _split(text, term, own)
        for part, deadline in parts:
            # Of two acts with days of their own, a condition belongs to the one in which it stands.
            its = [
                (a, b)
                for a, b in mine
                if part.start <= a < part.end or not any(other.start <= a < other.end for other, _ in parts)
            ]
            # "By 1 May each side hands over a list and, ten days thereafter, releases …": the first day is the first's.
            takes_lead = not own or (
                part is parts[0][0] and len(parts) > 1 and _AND_THEN_DAY.search(text, 0, own[0].start)
            )
            # "Once A …, B hands over, and in return C releases": C waits for B alone.
            shared = [] if index and any(_IN_RETURN.fullmatch(text[a:b]) for a, b in its) else opening
            found.append(
                _finish(text, part, deadline or (lead if takes_lead else None), (*shared, *its), deadlines, frame)
            )
        if index == 0 and (leading or opening):
            begin = min([one.start for one in leading] + [a for a, _ in opening] + [found[0].term.start])
            found[0] = replace(found[0], term=replace(found[0].term, start=begin))
    return found


def _opens_next(text: str, end: int, terms: Sequence[Term]) -> bool:
    """Whether a condition that ends there stands right before the first of the terms ("…, and in return B will")."""
    return bool(terms) and end <= terms[0].start and not text[end : terms[0].start].strip(" ,")


def _split(text: str, term: Term, own: Sequence[FoundDeadline]) -> list[tuple[Term, FoundDeadline | None]]:
    """A term cut where a further deadline has an act of its own."""
    kept: list[FoundDeadline] = []
    for one in own:
        between = _BETWEEN_DEADLINES.match(text, kept[-1].end, one.start) if kept else None
        if between is None or between.end() < one.start or one.kind == "recurring":
            kept.append(one)
    if not kept:
        return [(term, None)]
    parts: list[tuple[Term, FoundDeadline | None]] = []
    begin = term.start
    for index, found in enumerate(kept):
        is_last = index + 1 == len(kept)
        stop = _border(text, found, kept[index + 1]) if not is_last else _tail_border(text, term, found, term.end)
        again = (act for start, act in term.joints if begin <= act < found.start and start <= begin + 1)
        act_start = term.act[0] if index == 0 else next(again, begin)
        head = _joint_border(text, term, act_start, found) if index == 0 else None
        if head is None and index == 0:
            head = _inserted_border(text, act_start, found)
        if head is None and index == 0 and (not is_last or stop < term.end):
            head = _head_border(text, act_start, found)
        if head is not None:
            left, right = head
            parts.append((_cut(text, term, begin, left, act_start), None))
            begin, act_start = left, right
        parts.append((_cut(text, term, begin, stop, act_start), None if found.kind == "recurring" else found))
        joint = _JOINT.match(text, stop)
        begin = joint.end() if joint else stop
    if begin < term.end:
        act_start = next((act for start, act in term.joints if start >= begin), begin)
        parts.append((_cut(text, term, begin, term.end, act_start), None))
    return parts


def _border(text: str, found: FoundDeadline, following: FoundDeadline) -> int:
    """Where the first of two acts with deadlines of their own ends."""
    joint = re.compile(r"\s*(?:,|;|\band\b|\bas\s+well\s+as\b|\bthen\b)").match(text, found.end)
    if joint:
        return found.end
    last = list(re.finditer(r",?\s+and\s+", text[found.end : following.start]))
    return found.end + last[-1].start() if last else found.end


def _tail_border(text: str, term: Term, found: FoundDeadline, end: int) -> int:
    """Where an act with a deadline ends when another verb follows: "disband the Guard by 1 May and bring …"."""
    again = [start for start, _ in term.joints if found.end <= start < end]
    if again and not text[found.end : again[0]].strip(" ,;").removesuffix("and").strip(" ,;"):
        return found.end
    match = re.compile(r",?\s+(?:and|but)\s+(?:(?:then|also|thereafter|to)\s+)?(?P<verb>[a-z]+(?:-[a-z]+)?)\b").match(
        text, found.end, end
    )
    return found.end if match and match["verb"] in word_table()["verbs"] else end


def _joint_border(text: str, term: Term, start: int, found: FoundDeadline) -> Place | None:
    """Where the act with the deadline begins when its cue is said again: "shall agree and shall report within five
    days"."""
    if text[: found.start].rstrip(" ").endswith(","):
        return None
    before = [place for place in term.joints if start < place[0] < found.start]
    return before[-1] if before else None


def _head_border(text: str, start: int, found: FoundDeadline) -> Place | None:
    """Where the act with the deadline begins in a list of acts: "return the army, disband the Guard by 1 May and …"."""
    for match in reversed(list(re.finditer(r",\s+(?P<verb>[a-z]+(?:-[a-z]+)?)\b", text[start : found.start]))):
        if match["verb"] in word_table()["verbs"]:
            return start + match.start(), start + match.start("verb")
    return None


def _inserted_border(text: str, start: int, found: FoundDeadline) -> Place | None:
    """Where the act with the deadline begins when the one before has none, or its own "without delay"."""
    inserted = _AND_THEN_DAY.search(text, start, found.start)
    verb = _THEN_VERB.match(text, found.end)
    if inserted and verb and verb["verb"] in word_table()["verbs"]:
        # "give safe passage and, by noon on 12 April, provide a line": the day belongs to what follows it.
        return inserted.start(), verb.start("verb")
    for match in re.finditer(_AT_ONCE_AND, text[start : found.start]):
        if match["verb"] in word_table()["verbs"]:
            return start + match.end("when"), start + match.start("verb")
    return None


_AND_THEN_DAY = re.compile(r",?\s+and,\s+$")
_THEN_VERB = re.compile(r"\s*,\s+(?P<verb>[a-z]+(?:-[a-z]+)?)\b")
_AT_ONCE_AND = r"(?P<when>\s(?:without\s+delay|immediately|forthwith|at\s+once))\s+and\s+(?P<verb>[a-z]+)\b"


def _cut(text: str, term: Term, start: int, end: int, act_start: int) -> Term:
    begin, stop = trim(text, start, end)
    return replace(term, start=begin, end=stop, act=(max(act_start, begin), stop))


def _finish(
    text: str,
    term: Term,
    deadline: FoundDeadline | None,
    conditions: Sequence[Place],
    times: Sequence[FoundDeadline],
    frame: Frame,
) -> Found:
    tails = [*conditions, *((one.start, one.end) for one in times)]
    if deadline is not None:
        tails.append((deadline.start, deadline.end))
        if counts_from_each_occasion(deadline, text[slice(*term.act)]):
            deadline = replace(deadline, counts_from="occasion", rule=None, words="each occasion")
        elif deadline.is_bare and re.match(r"\s*then\b", text[term.act[0] : term.act[1]]):
            # "The Front must then disarm within a month": of what was due before.
            deadline = replace(deadline, counts_from="previous", rule=None, words="then", is_bare=False)
        elif deadline.is_bare and any(_EVENT_FIRST.match(text, a) for a, _ in conditions):
            # "If the bridge is closed, it will be reopened within five days": of its closing.
            deadline = replace(deadline, counts_from="previous", rule=None, words="that")
    act = trim_act(text, term.act, tails, frame, term.subject[1] if term.is_passive else None)
    if act[1] <= act[0]:
        act = term.act
    return Found(replace(term, act=act), deadline, tuple(dict.fromkeys(conditions)), text[slice(*act)])
