"""Terms stated in running prose: in a speech or a press statement, without clauses and without a signature."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources

import yaml

from pledgewatch.ledger.actors import Frame, Memory, find_full_names, find_proper_words
from pledgewatch.ledger.commitments import Draft, draft_sentence, place_draft
from pledgewatch.ledger.cues import find_cues
from pledgewatch.ledger.cutting import cut_sentences
from pledgewatch.ledger.days import find_days
from pledgewatch.ledger.leads import Lead
from pledgewatch.ledger.parties import add_short_names
from pledgewatch.ledger.provisions import Clause, find_paragraphs
from pledgewatch.ledger.wrapped import unwrap_words
from pledgewatch.model.agreement import Party
from pledgewatch.model.document import Document
from pledgewatch.text.states import find_state_places, other_names_of_state

_LABEL = re.compile(r"[^.:\n]{3,80}:\s")
_OFFICE_LABEL = re.compile(
    r"^[ \t]*(?:PRESIDENT|PRIME MINISTER|KING|QUEEN|FOREIGN MINISTER|MINISTER|CHANCELLOR|President|Prime Minister"
    r"|King|Queen|Foreign Minister|Chancellor)"
    r"\s+(?:OF|of)\s+(?:THE\s+|the\s+)?(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)\s*:",
    re.MULTILINE,
)
_STATE_NAME = re.compile(
    r"\b(?:Kingdom|Republic|Federation|Union|Sultanate|Emirate|Principality"
    r"|Commonwealth)\s+of\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?"
)
_BETWEEN = re.compile(r"\b(?:by|between|of)\s+(?P<names>.+)")
_SIGNED = re.compile(r"\b(?:signed|dated|initialled)\b", re.IGNORECASE)


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = yaml.safe_load(resources.files("pledgewatch.ledger").joinpath("prose.yml").read_text("utf-8"))
    return {name: re.compile(words, re.IGNORECASE) for name, words in table.items()}


def is_instrument(document: Document) -> bool:
    """Whether a text without clauses is itself an agreement, by its title or first line, and no news of one.

    >>> is_instrument(Document("d", "t.txt", "0", "text/plain", "Truce of the two ferries\\n\\nThe clans will stop."))
    True
    >>> is_instrument(Document("d", "t.txt", "0", "text/plain", "Statement on the truce\\n\\nThe clans will stop."))
    False
    """
    first = document.title or next((line.strip() for line in document.text.split("\n") if line.strip()), "")
    words = _patterns()
    if words["speech_title"].search(first) is not None:
        return False
    # Nobody says "shall" twice who only speaks of an agreement.
    is_binding = len(re.findall(r"\b(?:shall|undertakes?\s+to)\b", document.text)) >= 2
    return words["instrument_title"].search(first) is not None or is_binding


def find_date_in_prose(document: Document) -> str | None:
    """The day of signing where the text says so, or a day that stands alone on a line; else the day of the document."""
    text = document.text
    days = [day for day in find_days(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", day.rule) and not day.is_coarse]
    for day in days:
        begin = max(text.rfind("\n", 0, day.start), text.rfind(". ", 0, day.start)) + 1
        if _SIGNED.search(text, begin, day.start):
            return day.rule
    for day in days:
        line = text[text.rfind("\n", 0, day.start) + 1 : (text + "\n").index("\n", day.end)]
        is_early = day.start - text.rfind("\n", 0, day.start) < 40
        is_dateline = is_early and re.match(r"\s*(?:\([^)\n]{2,90}\)\s*)?[.–—:-]\s", text[day.end :]) is not None
        is_alone = len(line.strip()) <= day.end - day.start + 24 or line.rstrip(" .").endswith(
            text[day.start : day.end]
        )
        if (is_dateline or (is_alone and len(line) < 120)) and day.start < 400:
            return day.rule
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
    known = parties or tuple(Party(name, other_names_of_state(name)) for name in we)
    frame = Frame(
        add_short_names(text, known),
        find_full_names(text),
        is_speech=True,
        we=we,
        signed=signed,
        proper=find_proper_words(text),
    )
    drafts: list[Draft] = []
    for paragraph in find_paragraphs(text):
        terms = list(_draft_paragraph(text, paragraph, frame))
        sentences = list(dict.fromkeys(term.sentence for term in terms))
        for term in terms:
            number = f"p{paragraph.number}"
            if len(sentences) > 1:
                number += f".{sentences.index(term.sentence) + 1}"
            drafts.append(replace(term, clause=replace(term.clause, number=number)))
    return drafts


def _draft_paragraph(text: str, paragraph: Clause, frame: Frame) -> Iterator[Draft]:
    words = unwrap_words(text, paragraph.start, paragraph.end)
    memory = Memory()
    for start, end in cut_sentences(words.text):
        label = _LABEL.match(words.text, start, end)
        # "President of Ostrava: Friends, …": who speaks stands before what is said.
        if label and find_state_places(label.group()) and not find_cues(words.text, start, label.end()):
            start = label.end()
        sentence = words.text[start:end]
        if sentence.rstrip().endswith("?") or not _states_a_term(sentence):
            continue
        found = draft_sentence(words.text, start, end, frame, memory, Lead(), False)
        place = words.place(start, end)
        clause = Clause(paragraph.number, place[0], place[1], place[0], is_numbered=False)
        for one in found:
            yield place_draft(clause, words, one, Lead(), start)


def _states_a_term(sentence: str) -> bool:
    """Whether a sentence promises, and neither hopes, reports nor only goes on with what is."""
    words = _patterns()
    cues = find_cues(sentence, 0, len(sentence))
    first = cues[0] if cues else None
    if first is None:
        return True
    before = sentence[: first.start]
    if words["not_a_term"].search(before):
        return False
    return words["not_an_act"].match(sentence[first.end :]) is None


def name_obligors(drafts: Sequence[Draft], parties: Sequence[Party]) -> tuple[Party, ...]:
    """The parties: those that the text names as such, and everybody whom one of the drafts binds by name."""
    names = dict.fromkeys(party.name for party in parties)
    for draft in drafts:
        names.update(dict.fromkeys(name for name in draft.obligor if not _patterns()["collective"].match(name)))
    known = {party.name: party for party in parties}
    return tuple(known.get(name) or Party(name, other_names_of_state(name)) for name in names)


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
    known = tuple(dict.fromkeys(name for _, _, name in find_state_places(label.group()))) if label else ()
    return known or _name_by_office(document.text)


def _name_by_office(text: str) -> tuple[str, ...]:
    """Whom "we" binds where no list knows the states: "PRESIDENT OF OSTRAVA:" and the state of the other side.

    >>> _name_by_office("PRESIDENT OF OSTRAVA: The King and I met. Patrols of the Kingdom of Lesna will help.")
    ('Ostrava', 'Kingdom of Lesna')
    """
    names: dict[str, None] = {}
    for match in _OFFICE_LABEL.finditer(text):
        names[match["name"].title()] = None
    if names:
        for match in _STATE_NAME.finditer(text):
            if not any(name in match.group() for name in names):
                names[match.group()] = None
    return tuple(names)
