"""Who must, must not or may do what: the commitments in a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pledgewatch.ledger.actors import Frame, Memory, name_parties, read_subject
from pledgewatch.ledger.conditions import find_conditions
from pledgewatch.ledger.cues import Cue, cue_table, find_cues, speaks_of_itself, word_table
from pledgewatch.ledger.deadlines import FoundDeadline, counts_from_each_occasion, find_deadlines
from pledgewatch.ledger.provisions import Clause
from pledgewatch.ledger.segments import Place, Term, cut_terms, drop_remark, trim, trim_act
from pledgewatch.ledger.wrapped import Words, unwrap_words
from pledgewatch.model.agreement import Force, Modality
from pledgewatch.text.sentences import split_sentences

_SEMICOLON = re.compile(r";\s+(?:(?:and|or)\s+)?|;$")
_COLON = re.compile(r":\s+|\s+[–—]\s+")
_LISTED = re.compile(r"(?:(?<=\s)|^)\(?(?P<mark>[a-z]|[ivx]{1,4}|\d{1,2})\)\s+")
EXCLUSION = re.compile(
    r"\b(?:(?:shall|do|does|will)\s+not\s+(?:apply|extend)\s+to|(?:is|are|shall\s+be|will\s+be"
    r"|remain)\s+(?:\w+\s+)?(?:excluded|exempt(?:ed)?)\s+from"
    r"|(?:is|are|shall)\s+not\s+(?:be\s+)?(?:covered|protected|bound|included)\s+(?:by|in)|(?:do"
    r"|does)\s+not\s+cover)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^\W*(?:nothing|none\s+of\s+the\s+provisions|no\s+provision)\b", re.IGNORECASE)
_PREVENTS = re.compile(
    r"\b(?:shall\s+|will\s+|may\s+)?(?:prevents?|precludes?|prohibits?|stops?|bars?|hinders?|forbids?"
    r"|keeps?)\s+(?P<who>[^,;.]+?)\s+(?:from\s+(?=\w+ing)|to\s+(?=[a-z]))"
)
_WHOEVER = re.compile(r"^\W*(?:whoever|whosoever|he\s+who|anyone\s+who|any\s+\w+\s+(?:who|that)\b)", re.IGNORECASE)
_PENALTY = re.compile(r"\b(?P<verb>pays?|gives?|owes?|loses?|forfeits?|answers?|returns?|makes?\s+good)\s+")
_PURPOSES = re.compile(r"^\W*[Ff]or\s+(?:the\s+)?purposes?\s+of\s+(?:this|the\s+present|these|applying)\b")
_PREAMBLE = re.compile(
    r"^\W*(?:(?:further|also|deeply|gravely|strongly)\s+)?(?:recalling|recogni[sz]ing|noting|considering"
    r"|stressing|emphasi[sz]ing|determining|acting|expressing|reaffirming|affirming|welcoming|bearing"
    r"|desiring|desirous|mindful|convinced"
    r"|determined\s+(?:to|that)|concerned|aware|guided|having|whereas|wishing|believing|seeking"
    r"|acknowledging|conscious|anxious|resolved\s+(?:to|that)|taking\s+(?:note|into)|underlining"
    r"|reiterating|in\s+view\s+of|weary)\b",
    re.IGNORECASE,
)
_QUIET_OPERATIVE = re.compile(
    r"^\W*(?:condemns?|takes?\s+note|notes?|welcomes?|expresses|recalls?|stresses|emphasi[sz]es|commends?"
    r"|deplores?|regrets?|recogni[sz]es|reaffirms?\s+(?:its|that)|reiterates?\s+its\s+(?:concern|support)"
    r"|acknowledges?|thanks?|pays?\s+tribute)\b",
    re.IGNORECASE,
)
_DONE_BY_ITSELF = re.compile(
    r"^\s*(?:(?:actively\s+)?remain|extend|renew|prolong|keep\s+(?:the|this)|adopt|lift|terminate)\b"
)
_ALSO_TO = re.compile(r"^(?:also\b|and\b|likewise\b)[^;]{0,160}?[\s,](?P<to>to\s+)(?=[a-z]+\b)", re.IGNORECASE)
# "Each Party informs the other": the present that stands for a duty; what is done by the signature itself is none.
_PRESENT = re.compile(
    r"(?P<who>(?:Each|Every|Neither|No|Either|Both|The\s+two"
    r"|The)\s+(?:of\s+the\s+)?[\w’'-]+(?:\s+[A-Z][\w’'-]+){0,4})\s+(?:also\s+|each\s+)?"
    r"(?!recogni[sz]es?\b|accepts?\b|welcomes?\b|declares?\b|confirms?\b|needs?\b|recalls?\b|notes?\b|agrees?\b|ends?\b"
    r"|follows?\b|shows?\b|works?\b|proclaims?\b|explains?\b)(?P<verb>[a-z]+s?)\s+\w"
)
_WAITS = re.compile(
    r"\b(?P<verb>agree[sd]?|undertakes?|undertook|commits?|pledge[sd]?|obliged|promise[sd]?|decided|itself"
    r"|themselves|following)"
    r"(?:\s+to\s+the\s+following)?(?:\s+steps)?$",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:not\s+)?to\s", re.IGNORECASE)
# A step of a timetable: "the Front to hand over its weapons", "Ostrava opens the road".
_STEP = re.compile(
    r"(?P<who>(?:(?:the|both|each)\s+)?[A-Z][\w’'-]*(?:\s+(?:of\s+)?[A-Z][\w’'-]*){0,4}|both\s+\w+"
    r"|the\s+two\s+\w+|each\s+\w+)\s+to\s+(?=[a-z])"
)
_FIGHTING_ENDS = re.compile(
    r"(?:All\s+|The\s+)?(?:[Hh]ostile\s+acts|[Hh]ostilities|[Ff]ighting|[Ff]iring|[Mm]ilitary\s+operations"
    r"|[Aa]cts\s+of\s+war)\b[^;]{0,80}?\s(?:are\s+(?:hereby\s+)?suspended|ceases?|ends?|stops?)\b"
)
_OPENS_LIST = re.compile(rf"\b{cue_table()['opens_terms']}\b[^;]{{0,120}}?(?::|\bthat\b)", re.IGNORECASE)
_THAT_AGAIN = re.compile(
    r",\s+(?:and\s+)?that\s+(?=(?:we|the|no|each|both|neither|all|any|whoever|it|they|he|its|their)\b|[A-Z])"
)
_AGREED_THAT = re.compile(
    r"\b(?:it\s+(?:was|is|has\s+been)|we|they|(?:both|the(?:\s+two)?)\s+(?:sides|parties|presidents"
    r"|ministers|leaders|countries|states))(?:\s+(?:have|had|has))?"
    r"(?:\s+(?:also|further|jointly))*\s+agreed(?:\s+also)?\s+(?:on\s+the\s+following(?:\s*:)?|that)\b",
    re.IGNORECASE,
)
_EVENT_FIRST = re.compile(
    r"(?:(?:but|and)\s+)?(?:if|once|when|whenever|as\s+soon\s+as|after|upon|should|following|in\s+the\s+event"
    r"|in\s+case)\b",
    re.IGNORECASE,
)
_BETWEEN_DEADLINES = re.compile(
    r"[\s,;()]*(?:(?:and|or|but|then|respectively|both|at\s+the\s+latest|in\s+any\s+case|in\s+any\s+event"
    r"|that\s+is|i\.e\.|namely|whichever\s+is\s+(?:earlier|later))[\s,;]*)*"
)
_JOINT = re.compile(r"[\s,;]*(?:(?:and|as\s+well\s+as|then|followed\s+by|but)\s+)?(?:also\s+|then\s+)?")
_MODIFIES = re.compile(r"\b(?:until|since|between|of|for|to)\s*$", re.IGNORECASE)
_ITEM_TO = re.compile(
    r"^(?P<not>not\s+)?(?P<to>to\s+)?(?P<refrain>(?:refrain|abstain|desist)\s+from\s+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A commitment before it has an id and its links. Places are half-open, in the agreement's text.

    Attributes:
        act_words: the words of the act on one line.
        sentence: which sentence of the whole text it comes from: those of one sentence may wait for each other.
    """

    clause: Clause
    start: int
    end: int
    act: Place
    modality: Modality
    force: Force
    obligor: tuple[str, ...]
    to: tuple[str, ...]
    deadline: FoundDeadline | None = None
    deadline_place: Place | None = None
    conditions: tuple[Place, ...] = ()
    sentence: int = 0
    act_words: str = ""


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


def draft_commitments(text: str, clause: Clause, frame: Frame, memory: Memory) -> tuple[Draft, ...]:
    """The commitments of one clause, in order; empty for a preamble, a heading or the lead of a list.

    A new commitment begins where who is bound, how, or with what force changes, and where an act has a deadline of its
    own; acts
    under one obligor and one deadline stay one.
    """
    if clause.has_items:
        _remember_lead(text, clause, frame, memory)
        return ()
    words = unwrap_words(text, clause.body, clause.end)
    lead = read_leads(text, clause, frame, memory)
    inline = _cut_list(words.text)
    if inline is not None:
        return _draft_inline(text, clause, words, inline, frame, memory, lead)
    return tuple(_draft_words(clause, words, frame, memory, lead))


def _draft_words(clause: Clause, words: Words, frame: Frame, memory: Memory, lead: Lead) -> list[Draft]:
    drafts: list[Draft] = []
    for start, end in cut_sentences(words.text, frame.is_resolution):
        own = draft_sentence(words.text, start, end, frame, memory, lead)
        drafts += [place_draft(clause, words, one, lead, start) for one in own]
    return drafts


def cut_sentences(text: str, is_resolution: bool = False) -> list[Place]:
    """The sentences of a clause; semicolons end one, and a colon between two sides that both bind somebody.

    >>> text = "It will work on a plan: ten men are to go by 1 May; the rest shall stay."
    >>> [text[start:end] for start, end in cut_sentences(text)]
    ['It will work on a plan', 'ten men are to go by 1 May', 'the rest shall stay.']
    """
    places: list[Place] = []
    for start, end in split_sentences(text):
        begin = start
        for match in _SEMICOLON.finditer(text, start, end):
            places.append((begin, match.start()))
            begin = match.end()
        places.append((begin, end))
    places = [piece for start, end in places for piece in _cut_thats(text, start, end)]
    cut: list[Place] = []
    for start, end in places:
        begin = start
        for match in _COLON.finditer(text, start, end):
            if find_cues(text, begin, match.start(), is_resolution) and find_cues(
                text, match.end(), end, is_resolution
            ):
                cut.append((begin, match.start()))
                begin = match.end()
        cut.append((begin, end))
    return [(a, b) for a, b in cut if not re.fullmatch(r"\W*(?:and|or|but)?\W*", text[a:b])]


def _cut_thats(text: str, start: int, end: int) -> list[Place]:
    """ "They swear that …, that …, and that …": one piece for each that binds."""
    opening = _OPENS_LIST.search(text, start, end)
    if opening is None:
        return [(start, end)]
    pieces, begin = [], start
    for match in _THAT_AGAIN.finditer(text, opening.end(), end):
        if find_cues(text, begin, match.start()) and find_cues(text, match.end(), end):
            pieces.append((begin, match.start()))
            begin = match.end()
    return [*pieces, (begin, end)]


@dataclass(frozen=True, slots=True)
class Found:
    """A term with its deadline and conditions, in the words of its clause."""

    term: Term
    deadline: FoundDeadline | None
    conditions: tuple[Place, ...]
    words: str


def draft_sentence(text: str, start: int, end: int, frame: Frame, memory: Memory, lead: Lead) -> list[Found]:
    """The terms of one sentence with their deadlines and conditions, in order."""
    if _PURPOSES.match(text[start:end]) or _PREAMBLE.match(text[start:end]) or EXCLUSION.search(text, start, end) or _is_put_off(text[start:end]):
        return []
    if frame.is_resolution and _QUIET_OPERATIVE.match(text[start:end]):
        return []
    if _NOTHING.match(text[start:end]):
        return _draft_nothing(text, start, end, frame)
    if speaks_of_itself(text, start, end):
        memory.is_instrument = True
        return []
    end = drop_remark(text, start, end)
    deadlines = tuple(
        replace(one, start=one.start + start, end=one.end + start) for one in find_deadlines(text[start:end])
    )
    conditions = find_conditions(text, start, end, [(one.start, one.end) for one in deadlines])
    deadlines = tuple(
        one
        for one in deadlines
        if not any(a <= one.start < b for a, b in conditions) and not _is_past(one, frame.signed)
    )
    taken = [*conditions, *((one.start, one.end) for one in deadlines)]
    # What a leading condition says ("in the event that …") governs no word behind it.
    main = max((b for a, b in conditions if not text[start:a].strip(" ,")), default=start)
    cues = [
        cue
        for cue in find_cues(text, main, end, frame.is_resolution)
        if not any(a <= cue.start < b for a, b in taken) and not _is_quiet(text, cue, end)
    ]
    if memory.is_instrument and re.match(r"\W*(?:it|they)\b", text[start:end], re.IGNORECASE):
        return []
    memory.is_instrument = False
    memory.obligor = memory.obligor or lead.obligor
    if not cues:
        terms = _terms_without_cue(text, start, end, frame, memory, lead, conditions)
    else:
        terms = cut_terms(text, start, end, cues, taken, frame, memory)
    terms = [
        replace(one, force=lead.force) if lead.modality and not text[slice(*one.subject)].strip() else one
        for one in terms
    ]
    _remember_body(text, terms, memory)
    return [found for found in _share(text, terms, deadlines, conditions, frame) if found.words]


def _is_past(found: FoundDeadline, signed: str | None) -> bool:
    """Whether a day lies before the signing, so that nothing can be due on it."""
    is_day = found.rule is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", found.rule) is not None
    return bool(
        is_day and signed and str(found.rule) <= signed and (str(found.rule) < signed or found.kind == "before")
    )


def _is_day_of_signing(found: FoundDeadline, frame: Frame) -> bool:
    return found.kind == "start" and frame.signed is not None and found.rule == frame.signed


def _is_quiet(text: str, cue: Cue, end: int) -> bool:
    after = text[cue.end : end]
    return (cue.kind == "operative" and cue.to == "to" and _DONE_BY_ITSELF.match(after) is not None) or (
        re.search(cue_table()["quiet_act"], after, re.IGNORECASE) is not None
    )


def _is_put_off(sentence: str) -> bool:
    return re.search(cue_table()["puts_off"], sentence, re.IGNORECASE) is not None


def _draft_nothing(text: str, start: int, end: int, frame: Frame) -> list[Found]:
    """ "Nothing in this Chapter prevents a Party from training": leave; other such sentences bind nobody."""
    match = _PREVENTS.search(text, start, end)
    if match is None:
        return []
    bound = read_subject(match["who"], frame, Memory(), False)
    begin, stop = trim(text, start, end)
    term = Term(
        begin, stop, (match.end(), stop), "may", "binding", bound.names or (match["who"],), (begin, match.start())
    )
    return [Found(term, None, (), text[match.end() : stop])]


def _terms_without_cue(
    text: str, start: int, end: int, frame: Frame, memory: Memory, lead: Lead, conditions: Sequence[Place]
) -> list[Term]:
    """A sentence without a word that binds: an item that completes its lead, a penalty, "also to …"."""
    begin, stop = trim(text, start, end)
    if _WHOEVER.match(text[start:end]) and conditions:
        penalty = _PENALTY.search(text, conditions[0][1], end)
        if penalty and frame.all_names:
            return [Term(begin, stop, (penalty.start(), stop), "must", "binding", frame.all_names, (begin, begin))]
    agreed = _AGREED_THAT.search(text, start, end)
    if agreed and (frame.we or frame.all_names):
        at = agreed.end() + len(text[agreed.end() : stop]) - len(text[agreed.end() : stop].lstrip())
        names = name_parties(text[start : agreed.start()], frame.parties) or frame.we or frame.all_names
        return [Term(at, stop, (at, stop), "must", "binding", names, (at, at))] if at < stop else []
    also = _ALSO_TO.match(text[start:end])
    if also and memory.obligor and lead.modality is None:
        at = start + also.start("to")
        return [Term(at, stop, (at + len(also["to"]), stop), "must", "binding", memory.obligor, (at, at))]
    present = _PRESENT.match(text[begin:stop])
    if present and (lead.modality is None or lead.is_timetable) and not frame.is_speech and not frame.is_resolution:
        base = present["verb"]
        bound = read_subject(present["who"], frame, memory, False)
        is_party = bound.is_named and set(bound.names) <= set(frame.all_names)
        negated: Modality = "must not" if bound.is_negated else "must"
        if is_party and {base, base[:-1], re.sub(r"es$", "", base), re.sub(r"ies$", "y", base)} & word_table()["verbs"]:
            at = begin + present.start("verb")
            return [Term(begin, stop, (at, stop), negated, "binding", bound.names, (begin, at))]
    fighting = _FIGHTING_ENDS.match(text[begin:stop])
    if fighting and not frame.is_resolution:
        return [
            Term(begin, stop, (begin, stop), "must", "binding", frame.all_names or ("the parties",), (begin, begin))
        ]
    if lead.modality is None or begin >= stop or (lead.takes_to and not _TO.match(text[begin:stop])):
        return []
    step = _STEP.match(text[begin:stop]) if lead.is_timetable else None
    if step:
        bound = read_subject(step["who"], frame, memory, False)
        at = begin + step.end()
        return [Term(begin, stop, (at, stop), "must", lead.force, bound.names or frame.all_names, (begin, at))]
    match = _ITEM_TO.match(text[begin:stop])
    modality, offset = lead.modality, 0
    if match:
        offset = match.end()
        if (match["not"] or match["refrain"]) and lead.modality == "must":
            modality = "must not"
    obligor = lead.obligor or memory.heading or frame.all_names
    return [Term(begin, stop, (begin + offset, stop), modality, lead.force, obligor, (begin, begin))]


def _remember_body(text: str, terms: Sequence[Term], memory: Memory) -> None:
    """What "it" means behind "A Lake Commission will be established"."""
    memory.body = None
    for term in terms:
        match = re.search(
            r"\b(?P<name>(?:[A-Z][\w’'-]+\s+(?:of\s+)?){0,5}[A-Z][\w’'-]+)\s+(?:\w+\s+)?be\s+(?:established"
            r"|created|set\s+up|formed|constituted)",
            text[term.act[0] : term.act[1]],
        )
        if term.is_passive and match:
            memory.body = re.sub(r"^(?:A|An|The)\s+", "", match["name"])
        memory.obligor = term.obligor


def _share(
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
        mine = [(a, b) for a, b in conditions if term.start <= a < term.end and (a, b) not in opening]
        if term.modality == "must not":
            own = [one for one in own if one.kind in ("start", "recurring")]
        lead = next((one for one in leading if one.kind != "recurring"), None)
        if lead is not None and term.modality == "must not" and lead.kind not in ("start",):
            lead = None
        if not term.has_lead and found and not own:
            lead = found[-1].deadline
        for part, deadline in _split(text, term, own):
            found.append(
                _finish(text, part, deadline or (lead if not own else None), (*opening, *mine), deadlines, frame)
            )
        if index == 0 and (leading or opening):
            begin = min([one.start for one in leading] + [a for a, _ in opening] + [found[0].term.start])
            found[0] = replace(found[0], term=replace(found[0].term, start=begin))
    return found


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
        act_start = term.act[0] if index == 0 else begin
        head = _joint_border(text, term, act_start, found) if index == 0 else None
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
        elif deadline.is_bare and any(_EVENT_FIRST.match(text, a) for a, _ in conditions):
            # "If the bridge is closed, it will be reopened within five days": of its closing.
            deadline = replace(deadline, counts_from="previous", rule=None, words="that")
    act = trim_act(text, term.act, tails, frame, term.subject[1] if term.is_passive else None)
    if act[1] <= act[0]:
        act = term.act
    return Found(replace(term, act=act), deadline, tuple(dict.fromkeys(conditions)), text[slice(*act)])


def place_draft(clause: Clause, words: Words, found: Found, lead: Lead, index_of: int) -> Draft:
    """A term with its places in the agreement's text, and what its lead adds."""
    term = found.term
    start, end = words.place(term.start, term.end)
    deadline, place = found.deadline, None
    if deadline is not None:
        place = words.place(deadline.start, deadline.end)
    elif lead.deadline is not None and term.modality != "must not":
        deadline, place = lead.deadline, lead.deadline_place
    conditions = tuple(words.place(a, b) for a, b in found.conditions)
    return Draft(
        clause, start, end, words.place(*term.act), term.modality, term.force, term.obligor, (), deadline, place,
        (*lead.conditions, *conditions), clause.body + index_of, found.words,
    )  # fmt: skip


def read_leads(text: str, clause: Clause, frame: Frame, memory: Memory) -> Lead:
    """What the words above a list say for its items; nearer words go before those further out."""
    lead = Lead()
    for start, end in clause.leads:
        words = unwrap_words(text, start, end)
        lead = _read_lead(words, lead, frame, memory)
    return lead


def _read_lead(words: Words, above: Lead, frame: Frame, memory: Memory) -> Lead:
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


def _remember_lead(text: str, clause: Clause, frame: Frame, memory: Memory) -> None:
    lead = _read_lead(unwrap_words(text, clause.body, clause.end), Lead(), frame, memory)
    if lead.obligor:
        memory.obligor = lead.obligor


def _cut_list(text: str) -> tuple[int, list[Place]] | None:
    """The items of a list that runs on in the line, "(a) …; (b) …": where its lead ends, and each item; ``None`` for
    none."""
    marks = list(_LISTED.finditer(text))
    for first in ("a", "i", "1"):
        run: list[re.Match[str]] = []
        wanted: list[str] = {
            "a": list("abcdefghijklmn"),
            "i": ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
            "1": [str(n) for n in range(1, 20)],
        }[first]
        for mark in marks:
            if len(run) < len(wanted) and mark["mark"] == wanted[len(run)]:
                run.append(mark)
        before = text[: run[0].start()].rstrip() if run else ""
        if (
            len(run) >= 2
            and before
            and not re.search(r"\b(?:[Pp]aragraphs?|[Aa]rticles?|[Ss]ections?|[Cc]lauses?|[Pp]oints?)$", before)
        ):
            ends = [mark.start() for mark in run[1:]] + [len(text)]
            return run[0].start(), [(mark.end(), stop) for mark, stop in zip(run, ends, strict=True)]
    return None


def _draft_inline(
    text: str, clause: Clause, words: Words, inline: tuple[int, list[Place]], frame: Frame, memory: Memory, above: Lead
) -> tuple[Draft, ...]:
    head, items = inline
    start, end = words.place(0, head)
    lead = _read_lead(unwrap_words(text, start, end), above, frame, memory)
    drafts: list[Draft] = []
    for a, b in items:
        place = words.place(*trim(words.text, a, b))
        drafts += _draft_words(clause, unwrap_words(text, *place), frame, memory, lead)
    return tuple(drafts)


def find_exclusions(text: str, clause: Clause) -> tuple[tuple[Place, str], ...]:
    """Sentences of a clause that take something out of a duty: place and words."""
    words = unwrap_words(text, clause.body, clause.end)
    return tuple(
        (words.place(start, end), words.text[start:end])
        for start, end in cut_sentences(words.text)
        if EXCLUSION.search(words.text, start, end)
    )
