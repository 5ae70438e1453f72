"""One commitment as of a day: the finding and everything that it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pledgewatch.model.agreement import Commitment, Shows
from pledgewatch.model.assessment import (
    Confidence,
    Evidence,
    Finding,
    Likelihood,
    SideShare,
    SourceRole,
    State,
    Status,
    Turn,
    WithoutIt,
    WithoutSource,
)
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.span import Span
from pledgewatch.weigh.confidence import count_independent, rate_confidence
from pledgewatch.weigh.contradictions import find_contradictions
from pledgewatch.weigh.coverage import measure_coverage
from pledgewatch.weigh.documentindex import inside
from pledgewatch.weigh.evidence import Case, Weighed, place_of_bearing
from pledgewatch.weigh.grading import Digits, propose_digits
from pledgewatch.weigh.likelihood import name_likelihood
from pledgewatch.weigh.reckoning import Heard, Reckoner, Sum, VoiceKey
from pledgewatch.weigh.relation import places_of
from pledgewatch.weigh.rules import View, apply_rules, rate_implementation
from pledgewatch.weigh.series import build_series

Change = Mapping[VoiceKey, Heard | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A commitment as of a day, judged, with all that the judgement was made from.

    Attributes:
        waits_for: statuses of the commitments that its conditions point to.
        digits: of the Admiralty code, proposed for each indicator and direction.
    """

    commitment: Commitment
    evidence: tuple[Weighed, ...]
    reckoner: Reckoner
    waits_for: tuple[Status, ...]
    as_of: str
    policy: WeighPolicy
    view: View
    status: Status
    rule: str
    is_one_sided: bool
    confidence: Confidence
    confidence_why: str
    digits: Digits

    @property
    def likelihood(self) -> Likelihood | None:
        """One row of ICD 203; ``None`` where nothing is judged."""
        return _likelihood(self.status, self.view)

    @property
    def scale(self) -> int | None:
        """The Kroc scale of implementation; ``None`` for duties to refrain or when not judged."""
        return rate_implementation(self.commitment, self.status, self.view.opinion.projected, self.view.share)

    @property
    def state(self) -> State:
        """What the finding says, without what it rests on."""
        return State(self.status, self.likelihood, self.confidence, self.scale)

    def what_if(self, changed: Change) -> tuple[Status, Likelihood | None]:
        """Status and likelihood with some of the voices changed or gone."""
        view = _make_view(self.commitment, self.reckoner.sum(changed), self.waits_for, self.as_of, self.policy)
        status, _ = apply_rules(view)
        return status, _likelihood(status, view)


def judge_evidence(
    commitment: Commitment,
    evidence: tuple[Weighed, ...],
    waits_for: tuple[Status, ...],
    as_of: str,
    policy: WeighPolicy,
) -> Judged:
    """Judges one commitment by its evidence: status by the written rules, likelihood, confidence.

    Args:
        waits_for: statuses of the commitments that its conditions point to.
    """
    reckoner = Reckoner(evidence, as_of, policy)
    view = _make_view(commitment, reckoner.sum(), waits_for, as_of, policy)
    status, rule = apply_rules(view)
    is_one_sided = _is_one_sided(evidence)
    independent: dict[Shows, int] = {side: count_independent(evidence, side) for side in ("kept", "broken")}
    confidence, why = rate_confidence(status, evidence, is_one_sided, independent)
    return Judged(
        commitment,
        evidence,
        reckoner,
        waits_for,
        as_of,
        policy,
        view,
        status,
        rule,
        is_one_sided,
        confidence,
        why,
        propose_digits(evidence),
    )


def weigh_commitment(case: Case, judged: Judged) -> Finding:
    """The finding on a judged commitment, with what it rests on."""
    commitment, view = judged.commitment, judged.view
    shown = [(one.direction, show_evidence(one, judged.digits)) for one in judged.evidence]
    estimates = find_estimates(case, commitment, judged.evidence)
    series = build_series(case, estimates)
    return Finding(
        commitment=commitment.id,
        status=judged.status,
        scale=judged.scale,
        opinion=view.opinion,
        likelihood=judged.likelihood,
        confidence=judged.confidence,
        confidence_why=judged.confidence_why,
        rule=judged.rule,
        evidence_for=tuple(one for direction, one in shown if direction == "kept"),
        evidence_against=tuple(one for direction, one in shown if direction == "broken"),
        silent=find_silent(case, commitment),
        estimates=estimates,
        origins_for=view.origins_for,
        origins_against=view.origins_against,
        one_sided=judged.is_one_sided,
        rests_on=tuple(
            WithoutIt(part.origin, *judged.what_if(dict.fromkeys(voice_keys(judged.reckoner, part.origin))))
            for part in judged.reckoner.origins
        ),
        rests_on_sources=tuple(_list_sources(case, judged)),
        turned_by=tuple(_find_turns(judged)),
        contradictions=find_contradictions(commitment.id, judged.reckoner, series),
        series=series,
        sides=tuple(_measure_sides(judged)),
        coverage=measure_coverage(case, commitment),
    )


def voice_keys(reckoner: Reckoner, origin: str) -> list[VoiceKey]:
    """The keys of all voices of an origin."""
    return [key for key in reckoner.voices if key[0] == origin]


def _make_view(
    commitment: Commitment, total: Sum, waits_for: tuple[Status, ...], as_of: str, policy: WeighPolicy
) -> View:
    return View(
        commitment=commitment,
        opinion=total.opinion,
        as_of=as_of,
        policy=policy,
        waits_for=waits_for,
        origins_for=total.tally.origins_for,
        origins_against=total.tally.origins_against,
        firm_for=total.tally.firm_for,
        firm_against=total.tally.firm_against,
        is_specific=total.tally.specific > 0,
        is_partial=total.is_partial,
        share=total.share,
    )


def _likelihood(status: Status, view: View) -> Likelihood | None:
    return None if status in ("cannot be judged", "not yet due") else name_likelihood(view.opinion.projected)


def _is_one_sided(evidence: Sequence[Weighed]) -> bool:
    sides = {one.side for one in evidence}
    return len(sides) == 1 and None not in sides


def _measure_sides(judged: Judged) -> Iterable[SideShare]:
    """How much of the certain mass of the voices that count comes from each side."""
    masses: dict[str | None, list[float]] = {}
    origins: dict[str | None, set[str]] = {}
    for part in judged.reckoner.origins:
        for voice in part.counted:
            masses.setdefault(voice.counted.side, []).append(voice.certainty)
            origins.setdefault(voice.counted.side, set()).add(part.origin)
    total = math.fsum(mass for side in masses.values() for mass in side)
    shares = [SideShare(side, len(origins[side]), math.fsum(masses[side]) / total if total else 0.0) for side in masses]
    return sorted(shares, key=lambda one: (-one.share, one.side or ""))


def _list_sources(case: Case, judged: Judged) -> Iterable[WithoutSource]:
    """Each speaker and each publisher behind the evidence, with the finding without all that they said or printed."""
    groups: dict[tuple[SourceRole, str], list[Weighed]] = {}
    names: dict[tuple[SourceRole, str], str] = {}
    for one in judged.evidence:
        source = case.source_of(one.index)
        document = one.index.document
        publisher: tuple[SourceRole, str] = ("publisher", source.id if source else document.publisher or document.id)
        names.setdefault(publisher, source.name if source else document.publisher or document.path)
        groups.setdefault(publisher, []).append(one)
        if one.voice.name is not None:
            # A party's own praise is one voice to the arithmetic; here each speaker stands under their own name.
            known = one.voice.known_as if one.interest != "own praise" else None
            speaker: tuple[SourceRole, str] = ("speaker", known or " ".join(one.voice.name.casefold().split()))
            names.setdefault(speaker, " ".join(one.voice.name.split()))
            groups.setdefault(speaker, []).append(one)
    for key in sorted(groups, key=lambda key: (key[0], names[key].casefold(), key[1])):
        status, likelihood = judged.what_if(judged.reckoner.without(groups[key]))
        yield WithoutSource(names[key], key[0], len({one.origin for one in groups[key]}), status, likelihood)


def _find_turns(judged: Judged) -> Iterable[Turn]:
    """Every claim that would turn the status if it were false, in the order of origins and places."""
    voices = judged.reckoner.voices
    for claim in sorted(judged.reckoner.list_claims(), key=lambda claim: voices[claim[0]].counted.order):
        removed = judged.what_if(dict.fromkeys(claim))
        turned = judged.what_if(judged.reckoner.with_contrary(claim))
        if removed[0] == judged.status == turned[0]:
            continue
        one = voices[claim[0]].counted
        yield Turn(
            one.passage.statement,
            one.index.document.id,
            Span.cut(one.index.text, *place_of_bearing(one)),
            one.origin,
            len({key[0] for key in claim}),
            one.voice.name,
            one.direction,
            *removed,
            *turned,
        )


def show_evidence(one: Weighed, digits: Digits) -> Evidence:
    """A piece of evidence as it is shown, graded by the letter of its publisher and the digit proposed."""
    start, end = place_of_bearing(one)
    why = one.bearing.why
    if one.interest == "own praise":
        why = (*why, "an interested party speaks well of itself")
    elif one.interest == "other side":
        why = (*why, "an interested party speaks of the other side")
    elif one.interest == "admission":
        why = (*why, "an interested party speaks against its own interest")
    return Evidence(
        statement=one.passage.statement,
        indicator=one.indicator.id,
        document=one.index.document.id,
        span=Span.cut(one.index.text, start, end),
        origin=one.origin,
        grade=f"{one.letter}{digits[one.indicator.id, one.direction]}",
        bears=round(one.bearing.bears, 6),
        direction=one.direction,
        interested=one.is_interested,
        said_by=one.voice.name,
        why=why,
    )


def find_silent(case: Case, commitment: Commitment) -> tuple[str, ...]:
    """Ids of statements in which somebody declined to speak on this: shown, weighing nothing.

    The sentence with what a reader has in mind there ("The Front denied hosting them. The ministry declined to
    comment.") must hold one of the acts with its object, or with its actor where it has no object.
    """
    found = []
    for index in case.indexes:
        for statement in index.reading.statements:
            if statement.stance != "declines" or statement.content:
                continue
            spans = [span for span in (statement.speaker, statement.cue, *statement.content) if span]
            if not spans:
                continue
            place = (min(s.start for s in spans), max(s.end for s in spans))
            sentence = index.context_of(index.sentence_of(place))
            for indicator in commitment.indicators:
                actors = inside(places_of(index, case.names, indicator.actors), sentence)
                objects = inside(places_of(index, case.names, indicator.objects), sentence)
                acts = any(inside(index.phrase_places(act), sentence) for act in indicator.acts)
                if acts and (actors or objects) and (objects or not indicator.objects):
                    found.append(
                        (index.document.id, statement.cue.start if statement.cue else spans[0].start, statement.id)
                    )
                    break
    return tuple(one for _, _, one in sorted(set(found)))


def find_estimates(case: Case, commitment: Commitment, evidence: Sequence[Weighed]) -> tuple[tuple[str, str], ...]:
    """Quantities in the sentences that bear, and in those of the same documents that name the commitment's object.

    An object that is named counts; a general word for one ("fighters") does not.
    """
    bearing = [(one.index.document.id, one.passage.sentence) for one in evidence]
    documents = {document for document, _ in bearing}
    found: list[tuple[str, int, str]] = []
    for index in case.indexes:
        if index.document.id not in documents:
            continue
        named = [
            place
            for indicator in commitment.indicators
            for place in places_of(index, case.names, tuple(one for one in indicator.objects if one[0].isupper()))
        ]
        for estimate in index.reading.estimates:
            if not estimate.approximate and estimate.low is None and not any(c.isdigit() for c in estimate.span.text):
                # "the two organizations" counts nobody.
                continue
            place = (estimate.span.start, estimate.span.end)
            sentence = index.sentence_of(place)
            bears = any(d == index.document.id and s[0] <= place[0] < s[1] for d, s in bearing)
            if bears or inside(tuple(named), sentence):
                found.append((index.document.id, place[0], estimate.id))
    return tuple(dict.fromkeys((document, one) for document, _, one in sorted(set(found))))
