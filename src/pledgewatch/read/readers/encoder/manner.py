"""How a statement is meant: its form, its stance, how far the speaker holds back, and how he knows."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right

from pledgewatch.model.reading import Basis, Form, Hedge, Stance
from pledgewatch.read.readers.encoder.decoding import Attribution
from pledgewatch.read.readers.encoder.drafts import Draft, Range
from pledgewatch.read.readers.encoder.labels import HEDGES, STANCES
from pledgewatch.read.readers.encoder.lexicon import cue_words, declines_pattern, stance_words
from pledgewatch.text.quotes import Quotation

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_ORDER: tuple[Hedge, ...] = HEDGES
_FIRMNESS = {"asserts": 3.0, "admits": 3.0, "accuses": 3.0, "denies": -3.0, "rejects": -2.0, "promises": 1.0}
_HEDGED = 0.67
_ENCODER_SHARE = 0.3
"""What the encoder's word on an event counts for beside what the words themselves say; from our labels."""


def settle_manner(text: str, draft: Draft, found: Attribution, quotations: list[Quotation]) -> None:
    """Fills in form, stance, hedge, factuality and basis of a draft from what the encoder says and what stands there.

    Args:
        quotations: those of the text that stand in no other, in order.
    """
    assert draft.cue is not None
    if found.stance is not None:
        draft.stance = _stance(text, draft, STANCES[int(found.stance.argmax())])
    if found.hedge is not None:
        draft.hedge = HEDGES[int(found.hedge.argmax())]
    words = [
        word.lower().replace("’", "'")
        for start, end in draft.content[:2]
        for word in _WORD.findall(text, start, min(end, start + 400))
    ]
    clause = _main_clause(words)
    _decline(text, draft)
    draft.form = _form(draft, quotations)
    if draft.stance in ("asserts", "admits", "denies", "rejects", "accuses"):
        draft.hedge = max(draft.hedge, _content_hedge(clause), key=_ORDER.index)
    draft.factuality = _factuality(draft, found, clause)
    draft.basis = _basis(text, draft, clause)


def _stance(text: str, draft: Draft, proposed: Stance) -> Stance:
    """What the encoder proposes, unless the cue's own words say otherwise."""
    assert draft.cue is not None
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text[slice(*draft.cue)])]
    pairs = [f"{first} {second}" for first, second in itertools.pairwise(words)]
    known = next((stance_words()[word] for word in (*pairs, *words) if word in stance_words()), proposed)
    if any(word in cue_words("negations") or word.endswith("n't") for word in words):
        if known in ("denies", "rejects"):
            return "admits"
        if known == "admits":
            return "denies"
        if proposed != "asserts" or set(words) & cue_words("minding"):
            return proposed
        if set(words) & cue_words("unable") and set(words) & cue_words("establishing"):
            # Not to be able to report a thing is no refusal to speak.
            return "asserts"
        # Not to have said a thing is no statement; "I am not saying that" denies it.
        speaker = text[slice(*draft.speaker)].lower() if draft.speaker else ""
        return "denies" if speaker in ("i", "we") else "declines"
    if known == "asks" and draft.content:
        said = text[draft.content[0][0] : draft.content[-1][1]]
        first = _WORD.findall(said[:40].lower())[:1]
        if "?" not in said and first and first[0] not in cue_words("asking_words"):
            return "demands"
    if known == "asserts" and words[-1:] == ["agreed"] and draft.content:
        agreed = text[slice(*draft.content[0])].lower().split()
        if agreed[:1] == ["to"] or "would" in agreed[:6]:
            return "promises"
    return known


def _decline(text: str, draft: Draft) -> None:
    """Who declines to speak says nothing: the words that say so are all cue."""
    assert draft.cue is not None
    said = draft.content[0] if draft.content else draft.cue
    match = declines_pattern().search(text, min(draft.cue[0], said[0]), max(draft.cue[1], said[1]))
    if match and match.start() <= draft.cue[1] and draft.cue[0] <= match.end():
        draft.stance = "declines"
        draft.cue = (min(match.start(), draft.cue[0]), max(match.end(), draft.cue[1]))
    if draft.stance == "declines":
        draft.content = []
        draft.hedge = "none"


def _form(draft: Draft, quotations: list[Quotation]) -> Form:
    if not draft.content:
        return "none"
    whole = inside = 0
    for start, end in draft.content:
        first = bisect_right(quotations, start, key=lambda quotation: quotation.end)
        near = quotations[first : bisect_left(quotations, end, key=lambda quotation: quotation.start)]
        inside += bool(near)
        whole += any(q.start <= start + 1 and end - 2 <= q.end for q in near)
    if whole == len(draft.content):
        return "direct"
    return "mixed" if inside else "indirect"


def _main_clause(words: list[str]) -> list[str]:
    """The words up to the first subordinate clause."""
    begin = 1 if words[:1] == ["that"] else 0
    for index in range(begin + 4, len(words)):
        if words[index] in cue_words("subordinators"):
            return words[begin:index]
    return words[begin : begin + 30]


def _content_hedge(clause: list[str]) -> Hedge:
    if any(word in cue_words("strong_hedges") for word in clause[:14]):
        return "strong"
    return "weak" if any(word in cue_words("weak_hedges") for word in clause[:14]) else "none"


def _factuality(draft: Draft, found: Attribution, clause: list[str]) -> float:
    """How far the event is presented as fact: by stance, negation and modality, and in part by the encoder."""
    if draft.stance in ("declines", "asks", "demands") or not draft.content:
        return 0.0
    words = _FIRMNESS[draft.stance] * (1.0 if draft.hedge == "none" else _HEDGED)
    if any(word in cue_words("negations") or word.endswith("n't") for word in clause[:12]):
        words = -words
    if any(word in cue_words("modals") for word in clause[:12]) or any(
        word in cue_words("future") for word in clause[:10]
    ):
        words = min(max(words, -1.0), 1.0)
    if found.factuality is None or draft.stance in ("denies", "rejects", "promises"):
        return words
    value = _ENCODER_SHARE * float(found.factuality[0]) + (1 - _ENCODER_SHARE) * words
    return round(min(max(value, -3.0), 3.0), 2)


def _basis(text: str, draft: Draft, clause: list[str]) -> Basis:
    speaker = set(_WORD.findall(text[slice(*draft.speaker)].lower())) if draft.speaker else set()
    if speaker & cue_words("telling_documents"):
        return "document"
    if draft.cue and text[slice(*draft.cue)].lower().split()[-1:] and _cue_basis(text, draft.cue):
        return "assessed"
    pairs = set(itertools.pairwise(clause[:6]))
    if pairs & _WITNESSED:
        return "witnessed"
    if pairs & _TOLD:
        return "told"
    if pairs & _ASSESSED:
        return "assessed"
    if any(word in cue_words("inferred") for word in clause[:12]):
        return "inferred"
    return "unstated"


def _cue_basis(text: str, cue: Range) -> bool:
    return bool(set(_WORD.findall(text[slice(*cue)].lower())) & cue_words("assessing"))


_WITNESSED = frozenset(
    (
        ("i", "saw"),
        ("we", "saw"),
        ("i", "witnessed"),
        ("i", "heard"),
        ("we", "heard"),
        ("had", "seen"),
        ("had", "witnessed"),
    )
)
_TOLD = frozenset((("was", "told"), ("were", "told"), ("been", "told")))
_ASSESSED = frozenset(
    (("we", "believe"), ("we", "assess"), ("i", "believe"), ("i", "think"), ("we", "think"), ("we", "understand"),
     ("we", "judge"), ("could", "assess"))
)  # fmt: skip
