"""The evidence of a case: which passages bear on which commitment, who speaks, and with what interest."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import yaml

from pledgewatch.model.actor import Resolution
from pledgewatch.model.agreement import Agreement, Commitment, Indicator, Shows
from pledgewatch.model.assessment import Opinion
from pledgewatch.model.document import Reliability, Source
from pledgewatch.model.origin import Trace
from pledgewatch.text.folding import find_names, fold_name
from pledgewatch.weigh.bearing import ActHit, Bearing, find_acts, judge_bearing, other
from pledgewatch.weigh.documentindex import DocumentIndex, Place
from pledgewatch.weigh.opinion import discount, make_opinion
from pledgewatch.weigh.passages import Passage
from pledgewatch.weigh.patterns import patterns
from pledgewatch.weigh.relation import Names

Pieces = tuple[tuple[int, int, str], ...]
"""Place and statement id of everything that is said in a document, sorted."""


@functools.cache
def trust_table() -> dict[str, Any]:
    """The packaged table of shares (``trust.yml``)."""
    table: dict[str, Any] = yaml.safe_load(
        resources.files("pledgewatch.weigh").joinpath("trust.yml").read_text("utf-8")
    )
    return table


@dataclass(frozen=True, slots=True)
class Case:
    """What all commitments of a case are weighed with."""

    agreement: Agreement
    indexes: tuple[DocumentIndex, ...]
    passages: tuple[tuple[Passage, ...], ...]
    trace: Trace
    resolution: Resolution
    sources: tuple[Source, ...]
    names: Names
    known_states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """One piece of evidence before it is graded.

    Attributes:
        side: name of the party that the speaker or publisher speaks for; ``None`` for an observer.
        interest: kind of interest, a key of ``trust.yml``.
        speaker: key by which one voice is known within an origin.
        opinion: of this evidence alone, discounted for source and interest, not yet faded.
    """

    index: DocumentIndex
    passage: Passage
    indicator: Indicator
    bearing: Bearing
    origin: str
    letter: Reliability
    side: str | None
    interest: str
    speaker: str
    said_by: str | None
    opinion: Opinion

    @property
    def direction(self) -> Shows:
        """What it speaks for."""
        return self.bearing.direction

    @property
    def is_interested(self) -> bool:
        """Whether speaker or publisher is a party to the commitment."""
        return self.side is not None

    @property
    def order(self) -> tuple[str, str, int, int, str]:
        """By origin, document, place, indicator."""
        return (self.origin, self.index.document.id, *self.bearing.place, self.indicator.id)


def gather_evidence(case: Case, commitment: Commitment) -> tuple[Weighed, ...]:
    """Everything that bears on one commitment, in order; each statement once an indicator."""
    gathered: list[Weighed] = []
    for index, passages in zip(case.indexes, case.passages, strict=True):
        for passage, indicator, bearing in _bearings(case, index, passages, commitment):
            gathered.append(_weigh(case, index, passage, indicator, bearing, commitment))
    return tuple(sorted(gathered, key=lambda one: one.order))


def _bearings(
    case: Case, index: DocumentIndex, passages: Sequence[Passage], commitment: Commitment
) -> Iterator[tuple[Passage, Indicator, Bearing]]:
    before: list[tuple[Indicator, Bearing]] = []
    last: Passage | None = None
    pieces = tuple(sorted((a, b, one.statement) for one in passages for a, b in one.content))
    for passage in passages:
        if passage.stance in ("rejects", "denies") and _is_anaphoric(index, passage):
            for indicator, bearing in before if last is not None and _follows(index, last, passage) else ():
                turned = replace(
                    bearing,
                    place=(passage.content[0][0], passage.content[-1][1]),
                    direction=other(bearing.direction),
                    why=(*bearing.why, "rejects what was said just before"),
                )
                yield passage, indicator, turned
            continue
        found = _judge_passage(case, index, passage, pieces, commitment)
        before, last = found, passage
        for indicator, bearing in found:
            yield passage, indicator, bearing


def _is_anaphoric(index: DocumentIndex, passage: Passage) -> bool:
    content = index.text[passage.content[0][0] : passage.content[-1][1]]
    return patterns()["anaphora"].match(content) is not None


def _follows(index: DocumentIndex, last: Passage, passage: Passage) -> bool:
    """Whether a passage stands in the sentence of another or in the next one."""
    gap = index.text[last.sentence[1] : passage.sentence[0]]
    return passage.sentence == last.sentence or not gap.strip()


def _judge_passage(
    case: Case, index: DocumentIndex, passage: Passage, pieces: Pieces, commitment: Commitment
) -> list[tuple[Indicator, Bearing]]:
    hits = [(indicator, hit) for indicator in commitment.indicators for hit in find_acts(index, passage, indicator)]
    best: dict[str, tuple[Indicator, Bearing]] = {}
    for indicator, hit in hits:
        if _is_inside_longer(hit, indicator, hits) or _is_anothers(hit, passage, pieces):
            continue
        bearing = judge_bearing(index, passage, indicator, hit, case.names, case.agreement.date, case.known_states)
        if bearing is None or bearing.bears <= 0:
            continue
        known = best.get(indicator.id)
        if known is None or bearing.bears > known[1].bears:
            best[indicator.id] = (indicator, bearing)
    return _settle([best[key] for key in sorted(best)])


def _settle(found: list[tuple[Indicator, Bearing]]) -> list[tuple[Indicator, Bearing]]:
    """One clause speaks for one direction only: of two that contradict each other in it, the stronger stays.

    Where different clauses of a passage speak for different directions both stay, and each shows its own clause.
    """
    kept: list[tuple[Indicator, Bearing]] = []
    for indicator, bearing in sorted(found, key=lambda one: (-one[1].bears, one[0].id)):
        rivals = [one for _, one in kept if one.direction != bearing.direction]
        if not any(one.clause[0] < bearing.clause[1] and bearing.clause[0] < one.clause[1] for one in rivals):
            kept.append((indicator, bearing))
    is_mixed = len({bearing.direction for _, bearing in kept}) > 1
    return sorted(
        ((indicator, replace(bearing, is_mixed=is_mixed)) for indicator, bearing in kept), key=lambda one: one[0].id
    )


def _is_inside_longer(hit: ActHit, indicator: Indicator, hits: Sequence[tuple[Indicator, ActHit]]) -> bool:
    """Whether a longer phrase of another indicator holds these words: "severed ties" is not "ties"."""
    return any(
        one.place[0] <= hit.place[0]
        and hit.place[1] <= one.place[1]
        and one.place != hit.place
        and owner.shows != indicator.shows
        for owner, one in hits
    )


def _is_anothers(hit: ActHit, passage: Passage, pieces: Pieces) -> bool:
    """Whether the words belong to a statement quoted inside this one: a claim is whose who made it (rule 2)."""
    mine = min((b - a for a, b in passage.content if a <= hit.place[0] and hit.place[1] <= b), default=0)
    for a, b, owner in pieces[bisect_left(pieces, (hit.place[1] - mine, 0, "")) :]:
        if a > hit.place[0]:
            return False
        if hit.place[1] <= b and b - a < mine and owner != passage.statement:
            return True
    return False


def _weigh(
    case: Case, index: DocumentIndex, passage: Passage, indicator: Indicator, bearing: Bearing, commitment: Commitment
) -> Weighed:
    table = trust_table()
    source = next((one for one in case.sources if one.id == index.document.source), None)
    letter: Reliability = source.reliability if source else "F"
    key, said_by, party = identify_speaker(case, index, passage)
    side = party if party in (*commitment.obligor, *commitment.to) else None
    for name in source.interested_in if source and (passage.narrator or side is None) else ():
        if side is None and name in (*commitment.obligor, *commitment.to):
            # What a party's own outlet prints reaches us through that party, whoever is quoted.
            side = name
    interest = _name_interest(side, bearing.direction, commitment)
    mass = (
        bearing.bears
        * indicator.telling
        * table["hedges"][passage.hedge]
        * table["basis"][passage.basis]
        * max(min(abs(passage.factuality) / 3.0, 1.0), 0.2)
    )
    plain = make_opinion(mass, 0.0) if bearing.direction == "kept" else make_opinion(0.0, mass)
    if _falls_short(bearing, commitment, index.available):
        plain = make_opinion(mass / 2, mass / 2)
    heard = discount(make_opinion(table["letters"][letter], 0.0), plain)
    opinion = discount(make_opinion(table["interest"][interest], 0.0), heard)
    origin = case.trace.origin_of(index.document.id)
    return Weighed(
        index=index,
        passage=passage,
        indicator=indicator,
        bearing=bearing,
        origin=origin.id if origin else index.document.id,
        letter=letter,
        side=side,
        interest=interest,
        speaker=key,
        said_by=said_by,
        opinion=opinion,
    )


def _falls_short(bearing: Bearing, commitment: Commitment, told_on: str) -> bool:
    """Whether a count shows only a part done of a duty that was due: that speaks as much against as for its keeping."""
    due = commitment.deadline.date if commitment.deadline else None
    is_short = bearing.share is not None and bearing.share < 1.0 and bearing.direction == "kept"
    return is_short and commitment.modality == "must" and due is not None and due < told_on


def _name_interest(side: str | None, direction: Shows, commitment: Commitment) -> str:
    if side is None:
        return "none"
    if side in commitment.obligor:
        return "own praise" if direction == "kept" else "admission"
    return "other side"


def identify_speaker(case: Case, index: DocumentIndex, passage: Passage) -> tuple[str, str | None, str | None]:
    """The voice behind a passage: a key for it, the name shown, and the party that it belongs to.

    The name is ``None`` for the narrator; the party is ``None`` for everybody who belongs to none.
    """
    if passage.narrator or passage.speaker is None:
        return ("narrator" if passage.narrator else "unnamed"), None, None
    place = passage.speaker
    mention = index.reading.mention(passage.speaker_mention)
    head = index.reading.mention(mention.head) if mention and mention.head else mention
    for link in case.resolution.links_of(index.document.id):
        if link.actor and mention and link.mention in (mention.id, head.id if head else None):
            actor = case.resolution.actor(link.actor)
            if actor:
                key = fold_name(actor.name).split()[-1] if actor.type == "person" else actor.id
                return key, actor.name, actor.party or _party_named(case, actor.name, whole=True)
    words = head.span.text if head else index.text[place[0] : place[1]]
    folded = fold_name(words)
    # A person is one voice under a full name and a surname.
    key = folded.split()[-1] if folded and head and head.type == "person" else folded
    return key, words, _party_named(case, index.text[place[0] : place[1]], whole=False)


def _party_named(case: Case, words: str, whole: bool) -> str | None:
    """The party that words for a speaker name: at their start or as a whole ("the Front", "Front spokesmen")."""
    for party in case.agreement.parties:
        known, _ = case.names.of((party.name, *party.aliases))
        if any(fold_name(name) == fold_name(words) for name in known):
            return party.name
        found = find_names(words, known)
        if found and not whole and not words[: found[0][0]].lower().replace("the", "").strip():
            return party.name
    return None


def place_of_bearing(one: Weighed) -> Place:
    """The words to show: the sentence that holds the act, as far as it belongs to what is said.

    Only the clause where the rest of the passage bears in the other direction.
    """
    act = one.bearing.place
    piece = next(((a, b) for a, b in one.passage.content if a <= act[0] and act[1] <= b), act)
    sentence = one.index.sentence_of(act)
    start, end = max(piece[0], sentence[0]), min(piece[1], sentence[1])
    if one.bearing.is_mixed:
        start, end = max(start, one.bearing.clause[0]), min(end, one.bearing.clause[1])
    leading = re.compile(r"\s*(?:that\s+)?").match(one.index.text, start, end)
    start = leading.end() if leading else start
    while end > start and one.index.text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else act
