"""A sentence taken apart: where each subject begins, what binds it, and where its words end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pledgewatch.ledger.actors import Bound, Frame, Memory, find_party_places, read_agent, read_subject, turn_round
from pledgewatch.ledger.cues import Cue, cue_table, word_table
from pledgewatch.ledger.days import CARDINAL, MONTH
from pledgewatch.model.agreement import Force, Modality

Place = tuple[int, int]

_STRONG = re.compile(r"(?:,|;)\s+(?:and|but|while|whereas|or|yet|nor)\s+|;\s+(?:and\s+)?|:\s+|\s+[–—]\s+")
_WEAK = re.compile(r",\s+|\s+(?:and|but|while|whereas)\s+")
_OPENING = re.compile(
    r"(?:(?:also|in turn|as a result|therefore|thus|however|moreover|furthermore|finally|in addition"
    r"|at the same time|unfortunately|of course|here|meanwhile|accordingly|likewise"
    r"|for (?:its|their|our|his) part|to this end|to that end|hereafter|henceforth|thereafter|first|second"
    r"|third|lastly|in particular|in principle)\s*,\s*"
    r"|(?:to|in|on|at|under|for|with|without|from|as|by|during|throughout|according|pursuant|within|until"
    r"|after|before|based|notwithstanding|subject|having|upon|following|immediately"
    r"|in order)\b[^,;:]{2,120},\s*"
    r"|(?:also|and|or|but|then|that|thereafter|likewise|it is (?:agreed|understood|further agreed) that"
    r"|it (?:was|is|has been) (?:also |further )?agreed (?:on the following|that)|the following)\s*:?\s+)",
    re.IGNORECASE,
)
_BARE_OPENING = re.compile(
    r"(?:During|In|On|Under|For|At|Throughout|After|Upon|Before|Following|From|By|Until|Within|To|As)\s", re.IGNORECASE
)
_PASSIVE = re.compile(
    r"\s*(?:(?:\w+ly|also|then|all|each|both|first|further|again|never|not|only)\s+)*(?:be|have\s+been"
    r"|being)\s+(?:(?:\w+ly|all|also|so|first)\s+)*"
    r"(?P<verb>[\w-]+(?:ed|en|wn|orn|un|ung|ught|ept|elt|old|eld|ent|ut|et|aid|ade|one|ound|wn|rawn|hot|oken"
    r"|iven|read|set|put|cut|shut|met|led|fed|kept|sent|dug|built|left|lost|struck|stood|split|spread|hit"
    r"|let|seen|borne|hung|won|shot|swept|made|done))\b(?!\s+to\s+\w+\s+(?:by|for)\b)",
    re.IGNORECASE,
)
_IT_IS_FOR = re.compile(
    r"it\s+(?:is|shall\s+be|will\s+be)\s+(?:incumbent\s+(?:up)?on|for|the\s+\w+\s+of)\s+(?P<who>.+)\s+to$",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"\s+(?P<who>(?:the|both|all|each|either)\s+[\w’'-]+(?:\s+[A-Z][\w’'-]+)*|[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)(?=\s+[a-z])"
)
_BEGINS = re.compile(
    r"\s*(?:open|be held|proceed|fall silent|be silent|cease|begin|commence|end|start|come|take|stop|resume|be an?)\b"
)
_INSERTED = re.compile(r"[^,]{3,140},\s+(?=[a-z])")
_EACH = re.compile(r"(?:(?:each|both|all|also|likewise|further|therefore|hereby|then|thereafter)\s+)+(?=[a-z])")
_WHEN = re.compile(
    r",?\s+(?:immediately|throughout|at\s+once|forthwith|without\s+delay|as\s+soon\s+as\s+(?:possible"
    r"|practicable|feasible)"
    r"|with\s+immediate\s+effect"
    rf"|for\s+(?:(?:a|an|the|another)\s+)?(?:(?:further|initial)\s+)?(?:(?:period|term)\s+of\s+)?(?:\d+"
    rf"|{CARDINAL})\s+(?:hours|days|weeks|months|years?)"
    rf"|until\s+(?:the\s+)?\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}})?)$"
)
_REMARK = re.compile(
    r",\s+(?:also\s+)?(?:at|on|upon)\s+the\s+(?:suggestion|request|initiative|proposal|invitation)\s+of\s+[^,;]+$"
    r"|,?\s+on\s+(?:the\s+)?(?:terms|conditions)\s+(?:and\s+conditions\s+)?(?:that|which|of|set|agreed)\b[^,;]*$"
)
_EXCEPT = re.compile(
    r",?\s+(?:except(?:\s+for|ing|\s+in|\s+that)?|with\s+the\s+exception\s+of|other\s+than|save(?:\s+for"
    r"|\s+as)?|apart\s+from|but\s+not)\b[^;]*$"
)
_WITH_TO_BE = re.compile(r",?\s+with\s+(?=(?:(?!\b(?:is|are)\s+to\b)[^,;:]){3,80}?\s+to\s+be\s+\w+)")
_OPENS = re.compile(rf"\b{cue_table()['opens_terms']},?\s+that\s+(?=\S+\s)", re.IGNORECASE)
_AGREED = re.compile(r"\b(?:agreed|decided|resolved|settled|understood)(?:\s+\w+){0,3}\s+that\b", re.IGNORECASE)
_OBLIGED = re.compile(r"\b(?:obliged|required|bound|obligated)\b", re.IGNORECASE)
_PROHIBITED = re.compile(r"(?:prohibited|forbidden|banned|outlawed)$", re.IGNORECASE)
_FINITE_AND = re.compile(r"\s+and(?:\s+(?:also|then|further|jointly))?\s*$")


@dataclass(frozen=True, slots=True)
class Term:
    """A term in one sentence, before its deadline. Places are half-open.

    Attributes:
        subject: where the words for who stand; empty where they were said before.
        has_lead: whether a deadline in front of the sentence is meant for it, too.
        joints: where a cue was said again within the term, and where its act begins.
    """

    start: int
    end: int
    act: Place
    modality: Modality
    force: Force
    obligor: tuple[str, ...]
    subject: Place
    is_passive: bool = False
    has_lead: bool = True
    joints: tuple[Place, ...] = ()


def drop_remark(text: str, start: int, end: int) -> int:
    """The end of a sentence without a closing remark ("also at the suggestion of the other side")."""
    stop = start + len(text[start:end].rstrip(" .;,"))
    remark = _REMARK.search(text, start, stop)
    return remark.start() if remark else end


def trim(text: str, start: int, end: int) -> Place:
    """The place without blanks, closing marks or a left-over "and" at its ends.

    >>> trim("x, and leave; and", 1, 17)
    (7, 12)
    """
    opening = re.compile(r"[\s,;:]*(?:(?:and|but)\s+)?").match(text, start, end)
    start = opening.end() if opening else start
    words = text[start:end]
    while True:
        bare = re.sub(
            r"(?:[\s.,;:–—]|,?\s+(?:and|or|but)|,?\s+(?:but\s+)?in\s+any\s+(?:event|case)|[\"”’](?=$)(?<![\w][’]))+$",
            "",
            words,
        )
        if words[len(bare) :][:1] in ("”", '"') and (bare.count("“") > bare.count("”") or bare.count('"') % 2):
            # The mark closes what was opened within.
            return start, start + len(bare) + 1
        if bare == words:
            return start, start + len(bare)
        words = bare


def find_subject(text: str, previous: int, cue: int, is_first: bool, taken: Sequence[Place]) -> int:
    """Where the words for who begin before a cue.

    Args:
        previous: end of the cue before, or the start of the sentence.
        taken: places of conditions and deadlines.
    """
    begin = previous
    for a, b in sorted(taken):
        if begin <= a and b <= cue and (is_first or a > begin) and (not is_first or _only_opens(text, begin, a)):
            begin = b
    if is_first:
        return _skip_openings(text, begin, cue, taken)
    piece = text[begin:cue]
    strong = list(_STRONG.finditer(piece))
    weak = list(_WEAK.finditer(piece))
    if strong and len(piece[strong[-1].end() :].split()) <= 25:
        begin += strong[-1].end()
    elif weak:
        last = weak[-1].end()
        # "the bridge, and the Front and the Republic will": the first border after which all are names.
        begin += last
    elif piece.strip() and begin == previous:
        begin = cue
    return _skip_openings(text, begin, cue, taken)


def _only_opens(text: str, begin: int, a: int) -> bool:
    words = text[begin:a].strip(" ,")
    return len(words.split()) <= 8 and not re.search(r"\b(?:the|each|both|all|neither)\s+(?:[A-Z]|part|side)", words)


def _skip_openings(text: str, begin: int, cue: int, taken: Sequence[Place]) -> int:
    colon = text.rfind(": ", begin, cue)
    begin = colon + 2 if colon >= 0 else begin
    for match in _OPENS.finditer(text, begin, cue):
        # "They met and agreed that the posts will": who is meant stands behind "that".
        begin = match.end()
    while True:
        while begin < cue and text[begin] in ' ,;:"“(':
            begin += 1
        step = next((b for a, b in taken if a <= begin < b and b <= cue), None)
        if step is None:
            opening = _OPENING.match(text, begin, cue)
            step = opening.end() if opening and opening.end() < cue else None
        if step is None:
            break
        begin = step
    return begin + _skip_bare(text[begin:cue])


def _skip_bare(words: str) -> int:
    """How much of "During the transition the President" is no subject."""
    if not _BARE_OPENING.match(words) or "," in words:
        return 0
    starts = [
        match.start()
        for match in re.finditer(
            r"(?<=\s)(?:the|each|both|all|neither|no|every|either)\s+(?=\w)|(?<=[a-z]\s)(?=[A-Z])", words
        )
    ]
    starts = [
        at
        for at in starts
        if at > words.find(" ") + 4
        and not re.search(r"\b(?:of|in|by|with|to|and|from|at|on|under|between|the)\s+$", words[:at])
    ]
    return starts[-1] if starts else 0


def is_passive(text: str, cue: Cue, end: int) -> bool:
    """Whether the act behind a cue is done to its subject ("shall be released")."""
    match = _PASSIVE.match(text, cue.end, end)
    return match is not None and match["verb"].lower() not in word_table()["not_participles"]


def cut_terms(
    text: str, start: int, end: int, cues: Sequence[Cue], taken: Sequence[Place], frame: Frame, memory: Memory
) -> list[Term]:
    """The terms of one sentence, in order: a new one begins where who is bound, how, or with what force changes.

    Args:
        cues: those that bind somebody, in order.
        taken: places of conditions and deadlines: no subject lies in them.
    """
    terms: list[Term] = []
    force: Force = "binding"
    pending: Cue | None = None
    previous, skip = start, start
    for index, cue in enumerate(cues):
        if cue.start < skip:
            continue
        if cue.kind == "operative":
            stop = cues[index + 1].start if index + 1 < len(cues) else end
            pending, force = (cue, cue.force) if cue.to == "that" else (None, cue.force)
            if cue.to == "that" and not any(_is_modal(text, one) for one in cues[index + 1 : index + 2]):
                stop = next(
                    (one.start for one in cues[index + 1 :] if one.kind == "operative" or _is_modal(text, one)), end
                )
                terms += cut_subjunctives(text, cue, stop, frame, memory)
                pending, skip = None, stop
            elif cue.to != "that":
                terms.append(_operative_term(text, cue, end, frame, memory))
            previous = cue.end
            continue
        term = _modal_term(text, start, end, previous, cue, force, not terms, taken, frame, memory)
        if term is not None:
            if pending is not None:
                term = replace(term, start=pending.start)
            last = terms[-1] if terms else None
            if last is None or _is_new(last, term):
                terms.append(term)
                memory.obligor = term.obligor
            else:
                terms[-1] = replace(last, joints=(*last.joints, (term.start, term.act[0])))
            pending = None
        previous = cue.end
    return _close(text, terms, end)


def _is_modal(text: str, cue: Cue) -> bool:
    return (
        cue.kind == "modal"
        and re.match(r"(?:shall|will|must|may|should|is|are|cannot)\b", text[cue.start : cue.end]) is not None
    )


def _is_new(last: Term, term: Term) -> bool:
    if last.modality != term.modality or last.force != term.force:
        return True
    return term.subject[1] > term.subject[0] and set(term.obligor) != set(last.obligor)


def _modal_term(
    text: str,
    start: int,
    end: int,
    previous: int,
    cue: Cue,
    force: Force,
    is_first: bool,
    taken: Sequence[Place],
    frame: Frame,
    memory: Memory,
) -> Term | None:
    if cue.kind == "infinitive":
        return Term(
            cue.start,
            end,
            (cue.end, end),
            cue.modality,
            cue.force,
            memory.obligor or frame.all_names,
            (cue.start, cue.start),
        )
    begin = find_subject(text, previous, cue.start, is_first, taken)
    words = text[begin : cue.start].strip()
    burdened = _IT_IS_FOR.match(text[cue.start : cue.end])
    if burdened and not words:
        words = burdened["who"]
    cut = _FINITE_AND.search(text[begin : cue.start])
    begin_of_words = begin
    if cut and is_first:
        # "We reviewed the matter and decided to": who stands at the start; in a speech the term begins with its own
        # verb.
        words = text[begin : begin + cut.start()]
        begin_of_words = cue.start if frame.is_speech else begin
    passive = is_passive(text, cue, end) or _PROHIBITED.search(text[cue.start : cue.end]) is not None
    bound = read_subject(words, frame, memory, passive)
    inverted = _INVERTED.match(text, cue.end, end) if not words else None
    turned = find_party_places(text, *inverted.span("who"), frame.parties) if inverted else []
    if inverted and turned:
        # "Only then will the Republic bring …": who is bound stands behind the word that binds.
        named = tuple(dict.fromkeys(name for _, _, names in turned for name in names))
        bound = replace(bound, names=named, is_named=True)
        cue = replace(cue, end=inverted.end())
        passive = False
    obligor, agent = bound.names, _agent(text, cue.end, end, frame) if passive else None
    modality: Modality = "must not" if bound.is_negated else cue.modality
    if modality == "must" and re.match(r"\s+be\s+no\b", text[cue.end : end]):
        modality = "must not"
    if bound.is_negated and _OBLIGED.search(text[cue.start : cue.end]):
        # "Neither side is required to …" leaves both free.
        modality = "may"
    if agent:
        obligor = agent[1]
    elif passive and bound.is_named and modality == "must not" and _is_done_to(text, cue.end):
        obligor = turn_round(bound.names, frame)
    elif passive and frame.is_speech and (_AGREED.search(text, start, cue.start) or not bound.is_named):
        obligor = frame.we or frame.all_names or obligor or ("the parties",)
    if not obligor and frame.is_speech:
        return None
    obligor = obligor or ("the parties",)
    if frame.is_speech and bound.is_thing and not passive and not _BEGINS.match(text, cue.end):
        return None
    is_whole = passive or (bound.is_thing and _BEGINS.match(text, cue.end) is not None)
    act_start = begin if is_whole else cue.end
    return Term(
        begin_of_words,
        end,
        (act_start, end),
        modality,
        cue.force if cue.force != "binding" else force,
        obligor,
        (begin_of_words, cue.start),
        passive,
    )


def _is_done_to(text: str, at: int) -> bool:
    match = _PASSIVE.match(text, at)
    return match is not None and match["verb"].lower() in word_table()["done_to"]


def _agent(text: str, start: int, end: int, frame: Frame) -> tuple[int, tuple[str, ...]] | None:
    """Where "by the Front" begins in a passive, and who that is."""
    absolute = re.compile(r",\s+(?:[\w’'-]+\s+){0,3}(?:being|having)\b").search(text, start, end)
    end = absolute.start() if absolute else end
    for match in re.finditer(r"\bby\s+(?=(?P<names>[^.;:]+))", text[start:end]):
        names = read_agent(
            re.split(
                r"\s+(?:within|by|before|on|in|at|from|no\s+later|not\s+later|against|during|under|for)\b"
                r"|,\s+(?!and\b|[A-Z]|the\s+[A-Z])",
                match["names"],
            )[0],
            frame,
        )
        if names:
            return start + match.start(), names
    return None


def _operative_term(text: str, cue: Cue, end: int, frame: Frame, memory: Memory) -> Term:
    obligor = frame.adopter or frame.all_names
    if cue.who is not None:
        words = re.sub(r"[:,]\s*$", "", text[slice(*cue.who)])
        bound = read_subject(words, replace(frame, is_speech=False), memory, False)
        obligor = bound.names or (words,)
    elif cue.to == "thing":
        obligor = frame.all_names if not frame.is_resolution else ("all parties",)
    memory.obligor = obligor
    return Term(cue.start, end, (cue.end, end), cue.modality, cue.force, obligor, (cue.start, cue.end))


def cut_subjunctives(text: str, cue: Cue, end: int, frame: Frame, memory: Memory) -> list[Term]:
    """ "Demands that the Front withdraw and that it refrain from …": the verb stands bare behind the one who is to
    act."""
    terms: list[Term] = []
    at = cue.end
    borders = [match.span() for match in re.finditer(r",?\s+and\s+that\s+", text[:end]) if match.start() > at]
    for begin, stop in zip([at, *(b for _, b in borders)], [*(a for a, _ in borders), end], strict=True):
        verb = _find_bare_verb(text, begin, stop)
        if verb is None:
            continue
        # "Demands that all parties immediately cease": how, and not who.
        subject = re.sub(r"(?:\s+(?:\w+ly|forthwith|also|at\s+once|now))+$", "", text[begin : verb.start()].strip())
        bound = read_subject(subject, replace(frame, is_speech=False), memory, False)
        obligor = bound.names or (subject,)
        refrain = re.compile(r"(?:not\s+|(?:refrain|abstain|desist)\s+from\s+)").match(text, verb.start())
        modality: Modality = "must not" if refrain else "must"
        memory.obligor = obligor
        first = cue.start if begin == at else begin
        terms.append(
            Term(
                first,
                stop,
                (refrain.end() if refrain else verb.start(), stop),
                modality,
                cue.force,
                obligor,
                (begin, verb.start()),
            )
        )
    return terms


def _find_bare_verb(text: str, begin: int, end: int) -> re.Match[str] | None:
    for match in re.compile(r"[a-z]+(?:-[a-z]+)?").finditer(text, begin, end):
        before = text[begin : match.start()]
        if not before.strip() or re.search(r"\b(?:the|a|an|to|of|its|their|in|for|on|by|and|or|all|other)\s+$", before):
            continue
        if match.group() in word_table()["verbs"] or match.group() == "not":
            return match
    return None


def _close(text: str, terms: list[Term], end: int) -> list[Term]:
    """Ends each term where the next begins; a "with X to be done" is a term of its own."""
    closed: list[Term] = []
    for index, term in enumerate(terms):
        stop = terms[index + 1].start if index + 1 < len(terms) else end
        stop = min(stop, term.end) if term.end > term.start else stop
        start, stop = trim(text, term.start, stop)
        act = (min(term.act[0], stop), stop)
        act = (act[0] + len(text[act[0] : stop]) - len(text[act[0] : stop].lstrip(" ,:")), stop)
        made = replace(term, start=start, end=stop, act=act)
        attached = _WITH_TO_BE.search(text, act[0], stop)
        if attached:
            head = trim(text, start, attached.start())
            inner = text.index("with", attached.start())
            subject = attached.end()
            closed.append(replace(made, end=head[1], act=(act[0], head[1])))
            closed.append(replace(made, start=inner, act=(subject, stop), subject=(subject, subject), has_lead=False))
        else:
            closed.append(made)
    return closed


def trim_act(text: str, act: Place, tails: Sequence[Place], frame: Frame, verb: int | None) -> Place:
    """The act without the deadline, the conditions, the exception and, in the passive, the "by" at its end.

    Args:
        verb: where the verb of a passive stands; ``None`` for the active.
    """
    start, end = act
    inserted = _INSERTED.match(text, start, end)
    if verb is None and text[:start].rstrip(" ").endswith(",") and inserted:
        start = inserted.end()
    lead = _EACH.match(text, start, end) if verb is None else None
    start = lead.end() if lead else start
    changed = True
    while changed:
        changed = False
        for a, b in sorted(tails, reverse=True):
            if start < a < end and end - b <= len(text[b:end]) and not text[b:end].strip(" ,.;"):
                end, changed = trim(text, start, a)[1], True
        cut = _EXCEPT.search(text, start, end) or _WHEN.search(text, start, end)
        if cut:
            end, changed = cut.start(), True
        agent = _agent(text, verb, end, frame) if verb is not None and verb < end else None
        if agent and agent[0] > start:
            rest = text[agent[0] : end]
            goes_on = re.search(r"\b(?:within|before|against)\b|\band\s+\w+(?:ed|en|ept|ilt|eld)\b", rest)
            if goes_on is None and len(rest.split()) <= 24:
                end, changed = trim(text, start, agent[0])[1], True
    return trim(text, start, end) if end > start else (start, start)


__all__ = ["Bound", "Place", "Term", "cut_terms", "find_subject", "is_passive", "trim", "trim_act"]
