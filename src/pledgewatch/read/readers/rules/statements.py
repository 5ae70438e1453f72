"""Statements of a whole text: the attributions of its units, the speeches that go on, and how they are meant."""

from __future__ import annotations

import itertools
import re

from pledgewatch.model.reading import Basis, Form, Hedge
from pledgewatch.read.readers.rules.attributions import find_attributions
from pledgewatch.read.readers.rules.drafts import Draft, Range
from pledgewatch.read.readers.rules.lexicon import cue_words
from pledgewatch.read.readers.rules.units import Unit

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


def draft_statements(text: str, units: list[Unit]) -> list[Draft]:
    """The statements of all units in order, with speech that goes on in the following units added to its speaker."""
    found: list[Draft] = []
    last_quoted: Draft | None = None
    before: Unit | None = None
    for unit in units:
        if unit.all_quoted:
            last_quoted = _go_on(text, unit, before, last_quoted)
            before = unit
            continue
        drafts = find_attributions(text, unit)
        kept = []
        for draft in drafts:
            if not draft.content and draft.stance != "declines":
                if before is None or not before.all_quoted or unit.paragraph_start:
                    continue
                draft.content.append((before.start, before.end))
                draft.quoted.append(True)
            kept.append(draft)
        _cut_overlaps(text, kept)
        found.extend(draft for draft in kept if draft.content or draft.stance == "declines")
        speeches = [draft for draft in kept if any(draft.quoted)]
        last_quoted = speeches[-1] if speeches else None
        before = unit
    for draft in found:
        _settle(text, draft)
    return found


def _go_on(text: str, unit: Unit, before: Unit | None, speech: Draft | None) -> Draft | None:
    """A unit wholly in quotation marks goes on with the speech of the unit right before it.

    A second paragraph in quotation marks goes on only where the one before it was left open, as printers do.
    """
    if speech is None or before is None:
        return None
    previous_end = text[before.start : before.end].rstrip()
    unclosed = bool(previous_end) and previous_end[-1] not in "\"”’'»“"
    if unit.paragraph_start and before.all_quoted and not unclosed:
        return None
    speech.content.append((unit.start, unit.end))
    speech.quoted.append(True)
    return speech


def _cut_overlaps(text: str, drafts: list[Draft]) -> None:
    """Ends a content before an attribution that is no part of it: "X said A, but Y said B"; "X said A, Y said"."""
    for draft in drafts:
        for other in drafts:
            if other is draft:
                continue
            begin = other.cue[0] if other.same_speaker_as is not None and other.cue else other.start
            if (
                (other.trailing and not draft.trailing and begin > draft.end)
                or (other.same_speaker_as is draft and begin > draft.end)
                or (not other.trailing and begin > draft.end and _breaks(text, begin))
            ):
                _cut(text, draft, begin)


def _breaks(text: str, place: int) -> bool:
    """Whether a clause of its own begins at ``place``: after a comma or dash and a conjunction."""
    before = text[max(0, place - 24) : place]
    return (
        re.search(
            r"(?:[,;—–-]\s*(?:but|while|and|although|though|whereas|yet)\s+(?:\w+ly,?\s+)?|\bbut\s+)$",
            before,
            re.IGNORECASE,
        )
        is not None
    )


def _cut(text: str, draft: Draft, place: int) -> None:
    for index, (start, end) in enumerate(draft.content):
        if start < place < end:
            words = re.sub(
                r"[\s,;—–-]*(?:\b(?:but|while|and|although|though|whereas|yet)\b)?\s*$", "", text[start:place]
            )
            words = words.rstrip(" ,;—–-\n")
            if words:
                draft.content[index] = (start, start + len(words))
                inside = re.search('["“”«»]', words) is not None
                draft.mixed = draft.mixed and inside
            else:
                draft.content.pop(index)
                draft.quoted.pop(index)
            return


def form_of(draft: Draft) -> Form:
    """In quotation marks, reported, both, or nothing said."""
    if not draft.content:
        return "none"
    if all(draft.quoted):
        return "direct"
    return "mixed" if draft.mixed or any(draft.quoted) else "indirect"


def _settle(text: str, draft: Draft) -> None:
    """Adjusts stance, hedge, factuality and basis to what the content says of itself."""
    words = [
        word.lower().replace("’", "'")
        for start, end in draft.content[:2]
        for word in _WORD.findall(text, start, min(end, start + 400))
    ]
    if draft.negated:
        if draft.stance == "denies":
            draft.stance, draft.factuality = "admits", 1.0
        elif draft.stance == "asserts" and draft.hedge == "weak":
            # Not to believe a thing is to speak against it.
            draft.factuality = -2.0
        elif draft.stance == "asserts" and draft.lemma in cue_words("perceptions"):
            # Not to have seen a thing says that it was not there to be seen.
            draft.factuality = -2.0
        elif draft.stance == "asserts" and draft.lemma in cue_words("knowing"):
            # Not to know or not to be able to report a thing is no refusal to speak, and says nothing of the thing.
            draft.factuality = 0.0
            return
        elif draft.stance in ("asserts", "asks"):
            draft.stance, draft.factuality = "declines", 0.0
            return
        else:
            draft.factuality = 0.0
            return
    clause = _main_clause(words)
    if draft.stance not in ("demands", "asks", "declines"):
        draft.factuality = _factuality(draft.factuality, clause)
    draft.hedge = _hedge(draft.hedge, clause)
    if draft.basis == "unstated":
        draft.basis = _basis(clause)


def _main_clause(words: list[str]) -> list[str]:
    """The words up to the first subordinate clause."""
    begin = 1 if words[:1] == ["that"] else 0
    for index in range(begin + 4, len(words)):
        if words[index] in cue_words("subordinators"):
            return words[begin:index]
    return words[begin : begin + 30]


def _factuality(base: float, clause: list[str]) -> float:
    value = base
    if any(word in cue_words("negations") or word.endswith("n't") for word in clause[:12]):
        value = -value
    if any(word in cue_words("modals") for word in clause[:12]):
        value = max(-1.0, min(1.0, value))
    elif any(word in cue_words("future") for word in clause[:10]):
        value = max(-0.5, min(0.5, value)) if "if" in clause[:3] else max(-1.0, min(1.0, value))
    return value


def _hedge(base: Hedge, clause: list[str]) -> Hedge:
    if any(word in cue_words("strong_hedges") for word in clause[:14]):
        return "strong"
    if base == "none" and any(word in cue_words("weak_hedges") for word in clause[:14]):
        return "weak"
    return base


def _basis(clause: list[str]) -> Basis:
    head = clause[:6]
    pairs = set(itertools.pairwise(head))
    if pairs & {
        ("i", "saw"),
        ("we", "saw"),
        ("i", "witnessed"),
        ("i", "heard"),
        ("we", "heard"),
        ("had", "seen"),
        ("had", "witnessed"),
    }:
        return "witnessed"
    if pairs & {("was", "told"), ("were", "told"), ("been", "told")}:
        return "told"
    if pairs & {
        ("we", "believe"),
        ("we", "assess"),
        ("i", "believe"),
        ("i", "think"),
        ("we", "think"),
        ("we", "understand"),
        ("we", "judge"),
        ("could", "assess"),
    }:
        return "assessed"
    if any(word in cue_words("inferred") for word in clause[:12]):
        return "inferred"
    return "unstated"


def covers(draft: Draft, place: Range) -> bool:
    """Whether a content of ``draft`` holds the place."""
    return any(start <= place[0] and place[1] <= end for start, end in draft.content)
