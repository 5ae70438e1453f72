"""Who must, must not or may do what: the commitments in a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pledgewatch.ledger.actors import Frame, Memory, read_subject
from pledgewatch.ledger.conditions import find_conditions
from pledgewatch.ledger.cues import Cue, cue_table, find_cues, speaks_of_itself
from pledgewatch.ledger.cutting import cut_list, cut_sentences
from pledgewatch.ledger.deadlines import FoundDeadline, find_deadlines
from pledgewatch.ledger.leads import Lead, read_lead, read_leads
from pledgewatch.ledger.provisions import Clause
from pledgewatch.ledger.segments import Place, Term, cut_terms, drop_remark, trim
from pledgewatch.ledger.sharing import Found, share_terms
from pledgewatch.ledger.uncued import find_uncued
from pledgewatch.ledger.wrapped import Words, unwrap_words
from pledgewatch.model.agreement import Force, Modality

EXCLUSION = re.compile(
    r"\b(?:(?:shall|do|does|will)\s+not\s+(?:apply|extend)\s+to|(?:is|are|shall\s+be|will\s+be"
    r"|remain)\s+(?:\w+\s+)?(?:excluded|exempt(?:ed)?)\s+from"
    r"|(?:is|are|shall)\s+not\s+(?:be\s+)?(?:covered|protected|bound|included)\s+(?:by|in)|(?:do"
    r"|does)\s+not\s+(?:cover|concern|relate\s+to))\b",
    re.IGNORECASE,
)
# "The Land Board has five members. It shall …"
_COMPOSED = re.compile(
    r"\W*(?:The|A|An)\s+(?P<name>(?:[A-Z][\w’'-]+\s+(?:of\s+|for\s+|on\s+)?){1,5})"
    r"(?:has\s+[^.;]{0,20}\bmembers|(?:is|shall\s+be|will\s+be)\s+(?:composed|made\s+up)\s+of|consists\s+of|comprises"
    r"|(?:is|are)\s+(?:hereby\s+)?(?:established|created|set\s+up|formed))\b"
)
# "Urges donors to help and stresses that …": what is only said binds nobody.
_ALSO_SAID = re.compile(
    r",?\s+and\s+(?:further\s+|also\s+)?(?:stresses|emphasi[sz]es|underlines|notes|welcomes|recalls|expresses|commends"
    r"|takes\s+note|looks\s+forward|reiterates\s+its\s+(?:concern|support))\b"
)
_LABEL = re.compile(r"[^:.]{3,70}:\s+")
_NOTHING = re.compile(r"^\W*(?:nothing|none\s+of\s+the\s+provisions|no\s+provision)\b", re.IGNORECASE)
_PREVENTS = re.compile(
    r"\b(?:shall\s+|will\s+|may\s+)?(?:prevents?|precludes?|prohibits?|stops?|bars?|hinders?|forbids?"
    r"|keeps?)\s+(?P<who>[^,;.]+?)\s+(?:from\s+(?=\w+ing)|to\s+(?=[a-z]))"
)
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


def draft_commitments(text: str, clause: Clause, frame: Frame, memory: Memory) -> tuple[Draft, ...]:
    """The commitments of one clause, in order; empty for a preamble or a heading.

    A new commitment begins where who is bound, how, or with what force changes, and where an act has a deadline of its
    own; acts under one obligor and one deadline stay one. The last sentence of a clause with a list below it is
    completed by the items, and is none itself.
    """
    words = unwrap_words(text, clause.body, clause.end)
    lead = read_leads(text, clause, frame, memory)
    if clause.has_items:
        above = _draft_words(clause, words, frame, memory, lead, without_last=True)
        own = read_lead(words, Lead(), frame, memory)
        memory.obligor = own.obligor or memory.obligor
        return tuple(above)
    inline = cut_list(words.text)
    if inline is not None:
        return _draft_inline(text, clause, words, inline, frame, memory, lead)
    return tuple(_draft_words(clause, words, frame, memory, lead))


def _draft_words(
    clause: Clause, words: Words, frame: Frame, memory: Memory, lead: Lead, without_last: bool = False
) -> list[Draft]:
    drafts: list[Draft] = []
    sentences = cut_sentences(words.text, frame.is_resolution)
    is_listed = clause.is_numbered or bool(clause.leads)
    for start, end in sentences[:-1] if without_last else sentences:
        own = draft_sentence(words.text, start, end, frame, memory, lead, is_listed)
        made = [place_draft(clause, words, one, lead, start) for one in own]
        if made and drafts and _goes_on(words, drafts[-1], made[0], start):
            drafts[-1] = _join(words, drafts[-1], made.pop(0))
        drafts += made
    return drafts


def _goes_on(words: Words, before: Draft, after: Draft, start: int) -> bool:
    """Whether the half of a sentence behind a semicolon only goes on with the same duty of the same people."""
    is_semicolon = words.text[:start].rstrip().removesuffix("and").rstrip().endswith(";")
    same = (before.modality, before.force, before.obligor) == (after.modality, after.force, after.obligor)
    plain = not (before.deadline or after.deadline or before.conditions or after.conditions)
    return is_semicolon and same and plain


def _join(words: Words, before: Draft, after: Draft) -> Draft:
    act = (before.act[0], after.act[1])
    joined = words.text[words.find(act[0]) : words.find(act[1])]
    return replace(before, end=after.end, act=act, act_words=joined)


def draft_sentence(
    text: str, start: int, end: int, frame: Frame, memory: Memory, lead: Lead, is_listed: bool = True
) -> list[Found]:
    """The terms of one sentence with their deadlines and conditions, in order."""
    if _is_no_term(text[start:end]):
        return []
    if frame.is_resolution and _QUIET_OPERATIVE.match(text[start:end]):
        return []
    if _NOTHING.match(text[start:end]):
        return _draft_nothing(text, start, end, frame)
    if speaks_of_itself(text, start, end):
        memory.is_instrument = True
        return []
    end = drop_remark(text, start, end)
    said = _ALSO_SAID.search(text, start, end) if frame.is_resolution else None
    end = said.start() if said else end
    deadlines = tuple(
        replace(one, start=one.start + start, end=one.end + start) for one in find_deadlines(text[start:end])
    )
    inner = [(one.start, one.end) for one in deadlines if one.counts_from in ("occasion", "event")]
    conditions = find_conditions(text, start, end, [(one.start, one.end) for one in deadlines], inner)
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
        for cue in find_cues(text, main, end, frame.is_resolution, frame.is_speech)
        if not any(a <= cue.start < b for a, b in taken) and not _is_quiet(text, cue, end)
    ]
    if memory.is_instrument and re.match(r"\W*(?:it|they)\b", text[start:end], re.IGNORECASE):
        return []
    memory.is_instrument = False
    memory.obligor = memory.obligor or lead.obligor
    if not cues:
        label = _LABEL.match(text, start, end)
        if label and any(one.start >= start and one.end <= label.end() for one in deadlines) and lead.modality is None:
            # "By 1 March: the Front to release the pilots".
            step = replace(lead, modality="must", is_timetable=True)
            terms = find_uncued(text, label.end(), end, frame, memory, step, conditions, True)
        else:
            terms = find_uncued(text, start, end, frame, memory, lead, conditions, is_listed)
    else:
        terms = cut_terms(text, start, end, cues, taken, frame, memory)
    terms = [
        replace(one, force=lead.force) if lead.modality and not text[slice(*one.subject)].strip() else one
        for one in terms
    ]
    _remember_body(text, terms, memory)
    described = _COMPOSED.match(text, start, end)
    if described:
        memory.body = described["name"].strip()
    return [found for found in share_terms(text, terms, deadlines, conditions, frame) if found.words]


_THERE_IS = re.compile(
    r"\W*[Tt]here\s+(?:shall|will)\s+be\s+an?\s+(?:[A-Z][\w-]+\s+){0,4}(?:Committee|Commission|Council|Board|Panel|Office|Secretariat)\b"
    r"(?!.*\b(?:shall|will|must|may)\b)"
)
_DEFINES = re.compile(
    r"\W*(?:(?:the\s+)?(?:terms?|expressions?|words?)\s+)?[\"“'‘]?[A-Z][\w -]{1,40}[\"”'’]\s+"
    r"(?:means?|denotes?|refers?\s+to)\b"
)


def _is_no_term(sentence: str) -> bool:
    """Whether a sentence is a preamble, defines, puts off, or takes something out of a duty."""
    return (
        _PURPOSES.match(sentence) is not None
        or _DEFINES.match(sentence) is not None
        or _THERE_IS.match(sentence) is not None
        or _PREAMBLE.match(sentence) is not None
        or EXCLUSION.search(sentence) is not None
        or re.search(cue_table()["puts_off"], sentence, re.IGNORECASE) is not None
    )


def _is_past(found: FoundDeadline, signed: str | None) -> bool:
    """Whether a day lies before the signing, so that nothing can be due on it."""
    is_day = found.rule is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", found.rule) is not None
    return bool(
        is_day and signed and str(found.rule) <= signed and (str(found.rule) < signed or found.kind == "before")
    )


def _is_quiet(text: str, cue: Cue, end: int) -> bool:
    after = text[cue.end : end]
    return (cue.kind == "operative" and cue.to == "to" and _DONE_BY_ITSELF.match(after) is not None) or (
        re.search(cue_table()["quiet_act"], after, re.IGNORECASE) is not None
    )


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


def _draft_inline(
    text: str, clause: Clause, words: Words, inline: tuple[int, list[Place]], frame: Frame, memory: Memory, above: Lead
) -> tuple[Draft, ...]:
    head, items = inline
    start, end = words.place(0, head)
    lead = read_lead(unwrap_words(text, start, end), above, frame, memory)
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
