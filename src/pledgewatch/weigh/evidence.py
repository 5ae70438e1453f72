"""The evidence of a case: which passages bear on which commitment, who speaks, and with what interest."""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

import yaml

from pledgewatch.model.actor import Actor, ActorLink, Resolution
from pledgewatch.model.agreement import Agreement, Commitment, Indicator, Shows
from pledgewatch.model.assessment import Factor, Opinion
from pledgewatch.model.document import Reliability, Source
from pledgewatch.model.origin import Origin, Trace
from pledgewatch.text.folding import find_names, fold_name
from pledgewatch.weigh.as_of import last_day
from pledgewatch.weigh.bearing import ActHit, Bearing, find_acts, judge_bearing, other
from pledgewatch.weigh.documentindex import DocumentIndex, Place
from pledgewatch.weigh.lasting import find_lasting
from pledgewatch.weigh.opinion import make_opinion
from pledgewatch.weigh.passages import Passage
from pledgewatch.weigh.patterns import patterns
from pledgewatch.weigh.relation import Names

Pieces = tuple[tuple[int, int, str], ...]
"""Place and statement id of everything that is said in a document, sorted."""

EvidenceOrder = tuple[str, str, int, int, str, str]


@functools.cache
def trust_table() -> dict[str, Any]:
    """The packaged table of shares (``trust.yml``)."""
    table: dict[str, Any] = yaml.safe_load(
        resources.files("pledgewatch.weigh").joinpath("trust.yml").read_text("utf-8")
    )
    return table


@dataclass(frozen=True, slots=True)
class Case:
    """What all commitments of a case are weighed with.

    Attributes:
        as_of: ISO day of the assessment.
        links, origins: of the resolution and the trace, by document id.
        actors: by id.
        by_name: actors' ids by every folded name that is not weak.
    """

    agreement: Agreement
    indexes: tuple[DocumentIndex, ...]
    passages: tuple[tuple[Passage, ...], ...]
    trace: Trace
    resolution: Resolution
    sources: tuple[Source, ...]
    names: Names
    known_states: tuple[str, ...] = ()
    as_of: str = "9999-12-31"
    links: Mapping[str, tuple[ActorLink, ...]] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)

    def source_of(self, index: DocumentIndex) -> Source | None:
        """The source that a document belongs to, or ``None``."""
        return next((one for one in self.sources if one.id == index.document.source), None)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a passage.

    Attributes:
        key: by which one voice is known within an origin.
        name: as shown; ``None`` for the narrator.
        party: the party of the agreement that it belongs to; ``None`` for everybody who belongs to none.
        known_as: by which the same voice is known in every origin of the case; ``None`` where nobody can tell.
    """

    key: str
    name: str | None
    party: str | None
    known_as: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """One piece of evidence before it is graded.

    Attributes:
        side: name of the party that the speaker or publisher speaks for; ``None`` for an observer.
        interest: kind of interest, a key of ``trust.yml``.
        voice: who speaks; what a party says in its own praise is one voice, whoever says it.
        factors: what the mass is the product of, in order.
        mass: certain mass of this evidence alone, not yet faded.
        is_own: whether the document is the speaker's own, so that nobody stands between.
        falls_short: half of the mass speaks against.
        lasting: the word that says the fact is done for good, so that it does not fade; ``None`` for all others.
        house: whose choice it was to tell it: whom the origin credits, else the publisher; ``None`` for unknown ones.
    """

    index: DocumentIndex
    passage: Passage
    indicator: Indicator
    bearing: Bearing
    origin: str
    letter: Reliability
    side: str | None
    interest: str
    voice: Voice
    factors: tuple[Factor, ...]
    mass: float
    is_own: bool = False
    falls_short: bool = False
    lasting: str | None = None
    house: str | None = None

    @property
    def direction(self) -> Shows:
        """What it speaks for."""
        return self.bearing.direction

    @property
    def opinion(self) -> Opinion:
        """Of this evidence alone, discounted along the chain that it reached us through, not yet faded."""
        if self.falls_short:
            return make_opinion(self.mass / 2, self.mass / 2)
        return make_opinion(self.mass, 0.0) if self.direction == "kept" else make_opinion(0.0, self.mass)

    @property
    def speaker(self) -> str:
        """Key by which one voice is known within an origin."""
        return self.voice.key

    @property
    def said_by(self) -> str | None:
        """The speaker's name as shown; ``None`` for the narrator."""
        return self.voice.name

    @property
    def is_interested(self) -> bool:
        """Whether speaker or publisher is a party to the commitment."""
        return self.side is not None

    @property
    def order(self) -> EvidenceOrder:
        """By origin, document, place, indicator, statement."""
        return (
            self.origin,
            self.index.document.id,
            *self.bearing.place,
            self.indicator.id,
            self.passage.statement,
        )


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
    acts = sorted(place[0] for one in commitment.indicators for place in index.act_places(one.acts))
    if not acts:
        return
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
        nearest = bisect_left(acts, passage.content[0][0])
        is_near = nearest < len(acts) and acts[nearest] < passage.content[-1][1]
        found = judge_passage(case, index, passage, pieces, commitment) if is_near else []
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


def judge_passage(
    case: Case, index: DocumentIndex, passage: Passage, pieces: Pieces, commitment: Commitment
) -> list[tuple[Indicator, Bearing]]:
    """How a passage bears on a commitment's indicators, each at most once; ``pieces``: what others say inside it."""
    hits = [(indicator, hit) for indicator in commitment.indicators for hit in find_acts(index, passage, indicator)]
    best: dict[str, tuple[Indicator, Bearing]] = {}
    for indicator, hit in hits:
        if _is_inside_longer(hit, indicator, hits) or _is_anothers(hit, passage, pieces):
            continue
        bearing = judge_bearing(
            index,
            passage,
            indicator,
            hit,
            case.names,
            case.agreement.date,
            case.known_states,
            due=_due_day(case, commitment, indicator),
        )
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
    source = case.source_of(index)
    letter: Reliability = source.reliability_on(case.as_of) if source else "F"
    voice = identify_speaker(case, index, passage)
    parties = (*commitment.obligor, *commitment.to)
    side = voice.party if voice.party in parties else None
    for name in source.interested_in if source and (passage.narrator or side is None) else ():
        if side is None and name in parties:
            # What a party's own outlet prints reaches us through that party, whoever is quoted.
            side = name
    interest = _name_interest(side, bearing.direction, commitment)
    if interest == "own praise":
        voice = replace(voice, known_as=f"party:{side}")
    factors = (
        *_list_factors(passage, indicator, bearing),
        *_list_discounts(case, index, passage, source, letter),
        Factor("interest", trust_table()["interest"][interest], interest),
    )
    origin = case.origins.get(index.document.id)
    return Weighed(
        index=index,
        passage=passage,
        indicator=indicator,
        bearing=bearing,
        origin=origin.id if origin else index.document.id,
        letter=letter,
        side=side,
        interest=interest,
        voice=voice,
        factors=factors,
        mass=math.prod(one.value for one in factors),
        is_own=source is not None
        and (voice.known_as == _own_voice(case, source) or (interest == "own praise" and side in source.interested_in)),
        falls_short=_falls_short(bearing, _due_day(case, commitment, indicator), commitment, index.available),
        lasting="the day was missed" if bearing.is_late else find_lasting(index.text, bearing, indicator),
        house=_name_house(case, index, source),
    )


def _name_house(case: Case, index: DocumentIndex, source: Source | None) -> str | None:
    origin = case.origins.get(index.document.id)
    credited = origin.named_source if origin else None
    name = credited or (source.name if source else index.document.publisher)
    return fold_name(name) or None if name else None


def _list_factors(passage: Passage, indicator: Indicator, bearing: Bearing) -> tuple[Factor, ...]:
    """What the statement itself says: how strongly it bears, how telling that is, how firmly it is said."""
    table = trust_table()
    return (
        Factor("bears", bearing.bears, "; ".join(bearing.why)),
        Factor("telling", indicator.telling, indicator.id),
        Factor("hedge", 1.0, "said in words of likelihood, read above")
        if bearing.likelihood is not None
        else Factor("hedge", table["hedges"][passage.hedge], passage.hedge),
        Factor("basis", table["basis"][passage.basis], passage.basis),
        Factor(
            "factuality",
            max(min(abs(passage.factuality) / 3.0, 1.0), table["least_factuality"]),
            f"{passage.factuality:g} of 3",
        ),
    )


def _list_discounts(
    case: Case, index: DocumentIndex, passage: Passage, source: Source | None, letter: Reliability
) -> tuple[Factor, ...]:
    """The chain of telling from us to the speaker: the publisher, whom it tells after, and who stands between."""
    table = trust_table()
    publisher = source.name if source else index.document.publisher or "publisher unknown"
    factors = [Factor("publisher", table["letters"][letter], f"{letter}, {publisher}")]
    origin = case.origins.get(index.document.id)
    credited = origin.named_source if origin else None
    if credited and not _is_one_name(credited, publisher):
        factors.append(_trust_teller(case, credited, named=True))
    statements = {one.id: one for one in index.reading.statements}
    here = statements.get(passage.statement)
    seen: set[str] = set()
    while here is not None and here.via is not None and here.via not in seen:
        seen.add(here.via)
        here = statements.get(here.via)
        if here is not None and here.speaker is not None:
            mention = index.reading.mention(here.speaker_mention)
            name = mention.span.text if mention else here.speaker.text
            factors.append(_trust_teller(case, " ".join(name.split()), named=mention is not None))
    return tuple(factors)


def _trust_teller(case: Case, name: str, named: bool) -> Factor:
    """How far somebody between the speaker and the publisher is trusted: as graded, else as named or not."""
    table = trust_table()
    source = next((one for one in case.sources if _is_one_name(one.name, name)), None)
    if source is not None:
        letter = source.reliability_on(case.as_of)
        return Factor("teller", table["letters"][letter], f"{letter}, {source.name}")
    return Factor(
        "teller", table["tellers"]["named" if named else "unnamed"], f"{name}, {'named' if named else 'not named'}"
    )


def _is_one_name(one: str, two: str) -> bool:
    """Whether two names of publishers are one: they fold alike, or one stands in the other ("Northlight")."""
    first, second = f" {fold_name(one)} ", f" {fold_name(two)} "
    return bool(first.strip() and second.strip()) and (first in second or second in first)


def _due_day(case: Case, commitment: Commitment, indicator: Indicator) -> str | None:
    """The last day on which a duty to act may be fulfilled; ``None`` where there is none.

    Of several steps of one act (a first part by July, the rest by May) only the last can be missed by a later day: what
    is still being done then may be the next step.
    """
    due = commitment.deadline.date if commitment.deadline else None
    if due is None or commitment.modality != "must":
        return None
    steps = [
        other.deadline.date
        for other in case.agreement.commitments
        if set(other.obligor) & set(commitment.obligor)
        and other.deadline
        and other.deadline.date
        and any(one.acts == indicator.acts for one in other.indicators)
    ]
    return None if any(step > due for step in steps) else last_day(due)


def _falls_short(bearing: Bearing, last: str | None, commitment: Commitment, told_on: str) -> bool:
    """Whether a part is done, or it is still being done, of a duty that was due: as much against as for its keeping."""
    due = commitment.deadline.date if commitment.deadline else None
    is_part = bearing.share is not None and bearing.share < 1.0
    if bearing.direction != "kept" or commitment.modality != "must" or due is None:
        return False
    is_late = bearing.under_way and last is not None and last < told_on
    return is_late or (is_part and last_day(due) < told_on)


def _name_interest(side: str | None, direction: Shows, commitment: Commitment) -> str:
    if side is None:
        return "none"
    if side in commitment.obligor:
        return "own praise" if direction == "kept" else "admission"
    return "other side"


_FULL_NAME = re.compile(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]*)+")


def identify_speaker(case: Case, index: DocumentIndex, passage: Passage) -> Voice:
    """The voice behind a passage.

    An actor, and a person under a full name, is one voice in all origins; one known by a surname only, in all that
    one publisher prints. A ministry, a mission or a party that publishes in its own name speaks for itself, and is one
    voice however many documents it makes; what two reporters of one newspaper write is not.
    """
    if passage.narrator or passage.speaker is None:
        source = case.source_of(index)
        speaks_for_itself = source is not None and source.kind in trust_table()["speak_for_themselves"]
        known_as = _own_voice(case, source) if source is not None and passage.narrator and speaks_for_itself else None
        return Voice("narrator" if passage.narrator else "unnamed", None, None, known_as)
    place = passage.speaker
    mention = index.reading.mention(passage.speaker_mention)
    head = index.reading.mention(mention.head) if mention and mention.head else mention
    wanted = (mention.id, head.id if head else None) if mention else ()
    for link in case.links.get(index.document.id, ()):
        actor = case.actors.get(link.actor or "") if link.mention in wanted else None
        if actor:
            key = fold_name(actor.name).split()[-1] if actor.type == "person" else actor.id
            party = actor.party or _party_named(case, actor.name, whole=True)
            return Voice(key, actor.name, party, actor.id)
    words = head.span.text if head else index.text[place[0] : place[1]]
    folded = fold_name(words)
    # A person is one voice under a full name and a surname.
    is_person = bool(folded) and head is not None and head.type == "person"
    key = folded.split()[-1] if is_person else folded
    known_as = f"{index.document.source} {key}" if is_person and index.document.source else None
    # A full name is one voice whoever prints it; a surname may be two people's.
    if (is_person or (head is None and _FULL_NAME.fullmatch(words))) and len(folded.split()) > 1:
        known_as = f"name {folded}"
    return Voice(key, words, _party_named(case, index.text[place[0] : place[1]], whole=False), known_as)


def _own_voice(case: Case, source: Source) -> str:
    """By what a publisher is known when it speaks for itself: the actor of its name, if there is one."""
    name = fold_name(source.name)
    return case.by_name.get(name, f"source:{name}")


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
