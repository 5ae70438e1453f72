"""Draws the ledger of an agreement: its provisions and the commitments in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import cast

from pledgewatch.errors import InputError
from pledgewatch.ledger.actors import Frame, Memory, find_full_names, name_parties
from pledgewatch.ledger.amendments import find_amendments
from pledgewatch.ledger.commitments import Draft, draft_commitments, find_exclusions
from pledgewatch.ledger.deadlines import FoundDeadline
from pledgewatch.ledger.links import Promise, find_event, find_keys, follow_pointers, link_condition, strip_pointers
from pledgewatch.ledger.parties import add_short_names, find_anchors, find_date, find_parties, find_title, is_about_all
from pledgewatch.ledger.prose import draft_prose, find_date_in_prose, is_instrument, name_obligors
from pledgewatch.ledger.provisions import Clause, find_clauses, find_paragraphs
from pledgewatch.ledger.rules import ENTRY, compute_rule, find_anchor_of_rule, write_rule
from pledgewatch.ledger.wrapped import repair_scan, unwrap_words
from pledgewatch.model.agreement import Agreement, Commitment, Condition, Deadline, Exclusion, Party, Provision
from pledgewatch.model.document import Document
from pledgewatch.model.span import Span

_THEREAFTER = re.compile(r"that\b|this\b|then\b|thereafter\b|afterwards\b|later\b", re.IGNORECASE)
_EACH_OTHER = re.compile(r"\beach other\b|\bone another\b")
_OPERATIVE = re.compile(
    r"^\W*(?:(?:also|further|strongly|again)\s+)?(?:demands?|decides?|calls\s+(?:up)?on|requests?|urges?"
    r"|encourages?|invites?|authori[sz]es|condemns?|reaffirms?|expresses|takes\s+note|welcomes|stresses"
    r"|affirms)\b",
    re.IGNORECASE,
)
_ADOPTER = re.compile(
    r"(?:^|\n)\W*(?P<name>The\s+[A-Z][\w’'-]+(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]+)*),\s*(?:\n|$)"
    r"|\b[Aa]dopted\s+by\s+(?P<by>the\s+[A-Z][\w’'-]+(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]+)*)"
)
OPENING = 40
"""Letters of a clause in which it may name itself ("First phase.")."""

_OF_A_DAY = re.compile(
    r"\b(?:date|day|deadline|time|moment|completion|expiry|first|last|referred|to|set|out|done|complete|completed|over|is|fixed|stated|given|specified|in)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:[Pp]aragraphs?|[Aa]rticles?|[Cc]lauses?|[Pp]oints?"
    r"|[Ss]ections?)\s+(?P<number>[A-Z0-9]+(?:\.\d+)*(?:\s*\([a-z]\))?)"
)


def draw_ledger(document: Document) -> Agreement:
    """Draws the ledger of an agreement: who must, must not or may do what, to whom, by when, on what condition.

    Numbered, lettered and listed clauses are read; where a text has none, its sentences are (terms are sometimes only
    stated in a speech); each that binds somebody is a clause, numbered by its paragraph (``p5``).
    Narrative before the clauses commits nobody. What takes something out of a duty, and what changes an earlier
    instrument, is
    recorded as such and is no commitment.

    Returns:
        The agreement, its commitments without indicators.

    Raises:
        InputError: the text has no clause that says who must, must not or may do something, and changes no earlier one.
    """
    original = document.text
    document = replace(document, text=repair_scan(original))
    text = document.text
    clauses = find_clauses(text)
    signed = find_date(document, clauses)
    parties = find_parties(text, clauses)
    if not clauses and is_instrument(document):
        clauses = _paragraphs_of_instrument(text)
    amendments = find_amendments(text, clauses, signed)
    is_resolution = _is_resolution(text, clauses)
    adopter = _find_adopter(text) if is_resolution else ()
    if is_resolution and adopter:
        parties = tuple(Party(name) for name in adopter)
    drafts = _draft(
        text, clauses, _make_frame(text, parties, signed, is_resolution, adopter), [one.span for one in amendments]
    )
    is_prose = not drafts and not any(clause.is_numbered for clause in clauses)
    if is_prose:
        signed = find_date_in_prose(document)
        drafts = draft_prose(document, signed, parties)
        clauses = tuple(dict.fromkeys(draft.clause for draft in drafts))
        parties = name_obligors(drafts, parties)
    if not drafts and not amendments:
        raise InputError(
            "an agreement without clauses: nothing in it says who must, must not or may do something",
            where=document.path,
            remedy="Give the file with the agreement's own text, one clause a line or paragraph, each with its number.",
        )
    used = {draft.clause for draft in drafts}
    anchors = find_anchors(text, signed)
    agreement = Agreement(
        document=document.id,
        title=find_title(document, clauses),
        date=signed,
        parties=parties,
        provisions=tuple(
            Provision(clause.number, Span.cut(text, clause.start, clause.end), clause.heading)
            for clause in clauses
            if clause.is_numbered or clause in used
        ),
        commitments=_number_commitments(text, drafts, add_short_names(text, parties), anchors),
        anchors=tuple(sorted(anchors.items())),
        exclusions=_find_exclusions(text, find_paragraphs(text) if is_prose else clauses),
        amendments=amendments,
    )
    return agreement if text == original else cast(Agreement, _cut_again(agreement, original))


def _cut_again(noun: object, text: str) -> object:
    """A noun with every span cut from the text as it stands, whatever was read into it."""
    if isinstance(noun, Span):
        return Span.cut(text, noun.start, noun.end)
    if isinstance(noun, tuple):
        return tuple(_cut_again(one, text) for one in noun)
    if is_dataclass(noun) and not isinstance(noun, type):
        return replace(noun, **{one.name: _cut_again(getattr(noun, one.name), text) for one in fields(noun)})
    return noun


def _paragraphs_of_instrument(text: str) -> tuple[Clause, ...]:
    """The paragraphs below the title of an agreement that has no marks."""
    paragraphs = find_paragraphs(text)
    return tuple(Clause(f"p{one.number}", one.start, one.end, one.body, is_numbered=False) for one in paragraphs)


def _is_resolution(text: str, clauses: Sequence[Clause]) -> bool:
    """Whether most clauses begin with the verb of a resolution."""
    top = [clause for clause in clauses if not clause.leads and len(text[clause.body : clause.end].split()) >= 4]
    numbered = [clause for clause in top if clause.is_numbered] or top
    operative = [clause for clause in numbered if _OPERATIVE.match(text[clause.body : clause.end])]
    return len(operative) >= 2 and 2 * len(operative) >= len(numbered)


def _find_adopter(text: str) -> tuple[str, ...]:
    match = _ADOPTER.search(text)
    if match is None:
        return ()
    return (re.sub(r"^[Tt]he\s+", "", match["name"] or match["by"]),)


def _make_frame(
    text: str, parties: Sequence[Party], signed: str | None, is_resolution: bool, adopter: tuple[str, ...]
) -> Frame:
    return Frame(
        () if is_resolution else add_short_names(text, parties),
        find_full_names(text),
        is_resolution=is_resolution,
        adopter=adopter,
        signed=signed,
    )


def _draft(text: str, clauses: Sequence[Clause], frame: Frame, amending: Sequence[Span]) -> list[Draft]:
    drafts: list[Draft] = []
    memory = Memory()
    for clause in clauses:
        heading = clause.heading if clause.heading and not is_about_all(clause.heading) else None
        named = name_parties(heading, frame.parties) if heading and len(heading) < 80 else ()
        memory = Memory(heading=named if len(named) == 1 else (), is_instrument=memory.is_instrument)
        own = draft_commitments(text, clause, frame, memory)
        drafts += [one for one in own if not any(span.start <= one.start < span.end for span in amending)]
    return drafts


def _find_exclusions(text: str, clauses: Sequence[Clause]) -> tuple[Exclusion, ...]:
    numbers = {clause.number for clause in clauses}
    found = []
    for clause in clauses:
        for (start, end), words in find_exclusions(text, clause):
            pointer = _POINTS.search(words)
            number = re.sub(r"\s", "", pointer["number"]).rstrip(".") if pointer else None
            near = clause.number.rpartition(".")[0] or None
            found.append(Exclusion(Span.cut(text, start, end), number if number in numbers else near))
    return tuple(found)


def _number_commitments(
    text: str, drafts: Sequence[Draft], parties: Sequence[Party], anchors: dict[str, str]
) -> tuple[Commitment, ...]:
    """Gives drafts their ids, dates and links, in the text's order."""
    ids: list[str] = []
    for index, draft in enumerate(drafts):
        siblings = [i for i, other in enumerate(drafts) if other.clause.number == draft.clause.number]
        base = f"c_{draft.clause.number}"
        ids.append(base if len(siblings) == 1 else f"{base}-{siblings.index(index) + 1}")
    promises = [
        Promise(
            key,
            draft.clause.number,
            draft.clause.part,
            draft.obligor,
            draft.act_words,
            draft.act_words,
            draft.sentence,
            draft.clause.heading or "",
            " ".join(text[draft.clause.body : draft.clause.body + OPENING].split()),
            draft.modality == "must",
        )
        for key, draft in zip(ids, drafts, strict=True)
    ]
    deadlines = _Dates(text, drafts, promises, anchors).resolve()
    commitments = []
    for promise, draft, deadline in zip(promises, drafts, deadlines, strict=True):
        conditions: list[Condition] = []
        for start, end in draft.conditions:
            words = unwrap_words(text, start, end).text
            on = link_condition(words, promise, promises, name_parties(words, parties))
            span = Span.cut(text, start, end)
            conditions += [Condition(span, one) for one in on] or [Condition(span)]
        commitments.append(
            Commitment(
                id=promise.id,
                clause=draft.clause.number,
                span=Span.cut(text, draft.start, draft.end),
                obligor=draft.obligor,
                to=_counterparts(text[draft.start : draft.end], draft.obligor, parties),
                modality=draft.modality,
                act=Span.cut(text, *draft.act),
                deadline=deadline,
                conditions=tuple(conditions),
                force=draft.force,
            )
        )
    return tuple(commitments)


def _counterparts(words: str, obligor: tuple[str, ...], parties: Sequence[Party]) -> tuple[str, ...]:
    """To whom: the other parties that the words name, else all others; everybody where it is "each other"."""
    if _EACH_OTHER.search(words):
        return obligor
    named = name_parties(words, parties)
    others = tuple(party.name for party in parties if party.name not in obligor)
    return tuple(name for name in named if name in others) or others


@dataclass(slots=True)
class _Dates:
    """Turns found deadlines into rules and dates; one may count from another before it."""

    text: str
    drafts: Sequence[Draft]
    promises: Sequence[Promise]
    anchors: dict[str, str]
    days: dict[str, str] = field(default_factory=dict)
    made: list[Deadline | None] = field(default_factory=list)

    def resolve(self) -> list[Deadline | None]:
        """The deadlines, in the order of the drafts."""
        self.days = dict(self.anchors)
        known: dict[tuple[int, int], Deadline] = {}
        for index, draft in enumerate(self.drafts):
            if draft.deadline is None or draft.deadline_place is None:
                self.made.append(None)
                continue
            deadline = known.get(draft.deadline_place) or self._resolve_one(index, draft, draft.deadline)
            known[draft.deadline_place] = deadline
            self.made.append(deadline)
            if deadline.date:
                self.days[self.promises[index].id] = deadline.date
        return self.made

    def _resolve_one(self, index: int, draft: Draft, found: FoundDeadline) -> Deadline:
        rule, relative = self._find_rule(index, draft, found)
        span = Span.cut(self.text, *(draft.deadline_place or (0, 0)))
        date = compute_rule(rule, self.days) if rule else None
        return Deadline(span, date, relative, rule, found.clock, found.zone)

    def _find_rule(self, index: int, draft: Draft, found: FoundDeadline) -> tuple[str | None, str | None]:
        """A deadline's rule, and the words or the commitment that it counts from."""
        if found.is_bare and found.counts_from == "signing" and self._runs_from_entry(index):
            return write_rule(ENTRY, found.units), ENTRY
        if found.rule is not None:
            return found.rule, found.words
        if found.counts_from == "occasion":
            return None, found.words
        if found.counts_from == "event" and found.words:
            return self._count_from_event(index, found, found.words)
        before = self._latest(index, found.units if found.counts_from == "same" else ())
        if found.counts_from == "previous" and found.words in ("thereafter", "afterwards", "later"):
            waited = self._waited_for(index)
            if waited is not None:
                return write_rule(waited, found.units), waited
        if found.counts_from == "previous" and before is not None and self._is_treatys_date(index, before, found):
            earlier = self.made[before]
            anchor = find_anchor_of_rule((earlier.rule if earlier else None) or "")
            return write_rule(anchor, found.units), anchor
        if found.counts_from == "previous" and (found.is_bare or self._means_condition(draft, found, before)):
            start, end = draft.conditions[0]
            words = unwrap_words(self.text, start, end).text
            linked = link_condition(words, self.promises[index], self.promises, ())
            if len(linked) == 1 and linked[0] in self.days:
                # "On receipt of the declaration, within 72 hours": of the last day on which it may be declared.
                return write_rule(linked[0], found.units), linked[0]
            return write_rule(f"condition of {self.promises[index].id}", found.units), self.text[start:end]
        if before is None:
            return None, found.words
        promise, deadline = self.promises[before], self.made[before]
        if found.counts_from == "same":
            return promise.id, promise.id
        if found.counts_from == "same anchor":
            anchor = find_anchor_of_rule(deadline.rule) if deadline and deadline.rule else promise.id
            return write_rule(anchor, found.units), anchor
        return write_rule(promise.id, found.units, found.sign), promise.id

    def _waited_for(self, index: int) -> str | None:
        """What the sentence before waits for, having no day of its own: "upon X, A opens. Ten days thereafter …"."""
        if not index or self.promises[index - 1].clause != self.promises[index].clause or self.made[index - 1]:
            return None
        before, draft = self.promises[index - 1], self.drafts[index - 1]
        words = [unwrap_words(self.text, *place).text for place in draft.conditions]
        linked = [key for one in words for key in link_condition(one, before, self.promises, ())]
        return linked[0] if len(linked) == 1 and linked[0] in self.days else None

    def _is_treatys_date(self, index: int, before: int, found: FoundDeadline) -> bool:
        """Whether "that date" is the entry into force from which the same sentence has just counted."""
        is_date = re.fullmatch(r"(?:that|the\s+same|the\s+said)\s+(?:date|day)", found.words or "", re.IGNORECASE)
        earlier = self.drafts[before].deadline
        is_same = self.promises[before].sentence == self.promises[index].sentence
        return bool(is_date and is_same and earlier and earlier.counts_from == "entry" and earlier.kind == "within")

    def _runs_from_entry(self, index: int) -> bool:
        """Whether a length without an anchor counts from the entry into force, as those before it do."""
        before = [one.deadline for one in self.drafts[:index] if one.deadline and one.deadline.kind == "within"]
        counted = [one for one in before if one.counts_from in ("entry", "signing") and not one.is_bare]
        return bool(counted) and counted[-1].counts_from == "entry" and ENTRY in self.anchors

    def _latest(self, index: int, units: tuple[tuple[str, int], ...]) -> int | None:
        """The commitment with a date before this one; with the same length where one is given."""
        before = list(enumerate(zip(self.made, self.drafts, strict=False)))[:index]
        dated = [i for i, (made, _) in before if made is not None and (made.date or made.rule)]
        if units:
            same = [i for i in dated if (found := self.drafts[i].deadline) is not None and found.units == units]
            return same[0] if same else None
        return dated[-1] if dated else None

    def _means_condition(self, draft: Draft, found: FoundDeadline, before: int | None) -> bool:
        """Whether "90 days after that" counts from the clause's own condition and not from an earlier deadline.

        After "if A keeps its word" the condition is what "that" means, unless the deadline before it was a length too:
        then
        the two are a chain ("within 135 days … within nine months after that").
        """
        is_that = bool(found.words and _THEREAFTER.match(found.words))
        earlier = self.drafts[before].deadline if before is not None else None
        return is_that and bool(draft.conditions) and not (earlier and earlier.kind == "within")

    def _count_from_event(self, index: int, found: FoundDeadline, words: str) -> tuple[str | None, str | None]:
        """From an event whose day another commitment fixes ("hold elections on 15 May"), or that the text dates."""
        fixed = {
            promise.id: (promise, draft.deadline.rule)
            for i, (promise, draft) in enumerate(zip(self.promises, self.drafts, strict=True))
            if i != index and draft.deadline and draft.deadline.kind == "start" and draft.deadline.rule
        }
        words = re.sub(r"^(?:receiving|(?:the\s+)?receipt\s+of)\s+", "", words)
        others = [one for i, one in enumerate(self.promises) if i != index]
        dated = [one for one in follow_pointers(words, self.promises[index], others) if self._has_day(one)]
        about = find_keys(_OF_A_DAY.sub(" ", strip_pointers(words)))
        alike = [one for one in dated if about & find_keys(one.act)] if about else dated
        if alike:
            # "Within 30 days of Step 1", "of the first release under paragraph 4.1": of the day by which it is due.
            last = dated[-1] if re.match(r"(?:the\s+)?completion\b", words) else alike[-1]
            chosen = alike[0] if re.search(r"\bfirst\b", words) else last
            return write_rule(chosen.id, found.units, found.sign), chosen.id
        key = find_event(words, [promise for promise, _ in fixed.values()])
        if key is not None:
            # The commitment that fixes the day may stand further down.
            day = compute_rule(fixed[key][1], self.anchors)
            if day:
                self.days.setdefault(key, day)
            return write_rule(key, found.units, found.sign), key
        due = [
            one
            for i, one in enumerate(self.promises)
            if i != index
            and self._has_day(one)
            and self.drafts[i].modality == "must"
            and find_keys(words)
            and find_keys(words) <= find_keys(one.act)
        ]
        if len(due) == 1 and re.match(
            r"(?:the\s+)?(?:(?:full\s+)?completion\s+of\s+)?(?:th(?:at|is|e)\s+)?[a-z]+\b", words
        ):
            # "Of the completion of that withdrawal": of the day by which it is due.
            return write_rule(due[0].id, found.units, found.sign), due[0].id
        theirs = re.match(r"(?:its|their|his|her|being)\s+(\w+)$", words, re.IGNORECASE)
        if theirs:
            # "Ten days after their delivery": of what the clause, or the one before, has delivered.
            near = [one for i, one in enumerate(self.promises[:index]) if self.made[i] and self._is_near(index, i)]
            delivered = [one for one in near if find_keys(theirs[1]) & find_keys(one.act) and self._has_day(one)]
            return (
                (write_rule(delivered[-1].id, found.units, found.sign), delivered[-1].id)
                if delivered
                else (None, words)
            )
        name = re.sub(r"^(?:the|an?)\s+", "", words)
        return write_rule(name, found.units, found.sign), words

    def _has_day(self, one: Promise) -> bool:
        """Whether a commitment has a day; one that stands further down gets it now, where its words alone give it."""
        place = self.promises.index(one)
        if place < len(self.made):
            made = self.made[place]
            return made is not None and made.rule is not None
        later = self.drafts[place].deadline
        day = compute_rule(later.rule, self.anchors) if later and later.rule else None
        if day:
            self.days.setdefault(one.id, day)
        return day is not None

    def _is_near(self, index: int, earlier: int) -> bool:
        """Whether a commitment stands in the same clause as another, or in the one before it."""
        clauses = list(dict.fromkeys(one.clause for one in self.promises))
        here, there = (clauses.index(self.promises[place].clause) for place in (index, earlier))
        return here - there <= 1
