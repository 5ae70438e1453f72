"""The arithmetic of one finding laid out line by line, from the very objects that it was computed with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pledgewatch.model.assessment import (
    ExplainedEvidence,
    ExplainedOrigin,
    ExplainedVoice,
    Explanation,
    RuleAsked,
)
from pledgewatch.weigh.evidence import Case, EvidenceOrder, trust_table
from pledgewatch.weigh.finding import Judged, show_evidence
from pledgewatch.weigh.likelihood import TERMS
from pledgewatch.weigh.reckoning import Heard, OriginSum, house_of
from pledgewatch.weigh.rules import ask_rules, explain_rule, list_numbers


def explain_finding(case: Case, judged: Judged) -> Explanation:
    """Every number of a finding: each piece of evidence with its factors, the voices, the origins, the rules."""
    numbers = {one.order: number for number, one in enumerate(judged.evidence, start=1)}
    view, likelihood = judged.view, judged.likelihood
    return Explanation(
        commitment=judged.commitment.id,
        as_of=judged.as_of,
        half_life_days=judged.policy.half_life_days,
        evidence=tuple(_explain_evidence(case, judged, number) for number in range(1, len(numbers) + 1)),
        origins=tuple(_explain_origins(judged.reckoner.origins, numbers)),
        opinion=view.opinion,
        projected=view.opinion.projected,
        likelihood=likelihood,
        band=next(((low, high) for term, low, high in TERMS if term == likelihood), None),
        status=judged.status,
        rules=tuple(RuleAsked(name, explain_rule(name), answer) for name, answer in ask_rules(view)),
        numbers=list_numbers(view),
        confidence=judged.confidence,
        confidence_why=judged.confidence_why,
    )


def _explain_evidence(case: Case, judged: Judged, number: int) -> ExplainedEvidence:
    one = judged.evidence[number - 1]
    source = case.source_of(one.index)
    return ExplainedEvidence(
        number=number,
        evidence=show_evidence(one, judged.digits),
        outlet=source.name if source else one.index.document.publisher or one.index.document.path,
        published=one.index.available,
        factors=one.factors,
        mass=one.mass,
        counted_part=one.falls_short,
        opinion=one.opinion,
    )


def _explain_origins(parts: Sequence[OriginSum], numbers: dict[EvidenceOrder, int]) -> Iterator[ExplainedOrigin]:
    """Each origin, and how much of it counts beside others of its publisher: the strongest in a direction whole."""
    left = 1.0 - float(trust_table()["same_publisher"])
    houses: dict[str, list[OriginSum]] = {}
    for part in parts:
        houses.setdefault(house_of(part), []).append(part)
    for part in parts:
        beside = houses[house_of(part)]
        most_for = max(beside, key=lambda one: one.support)
        most_against = max(beside, key=lambda one: one.contrary)
        yield replace(
            _explain_origin(part, numbers),
            publisher=part.house,
            counted_for=1.0 if part is most_for else left,
            counted_against=1.0 if part is most_against else left,
        )


def _explain_origin(part: OriginSum, numbers: dict[EvidenceOrder, int]) -> ExplainedOrigin:
    voices = [_explain_voice(voice, numbers, None) for voice in part.counted]
    voices += [_explain_voice(voice, numbers, origin) for voice, origin in part.elsewhere]
    said = [one for voice in (*part.counted, *(voice for voice, _ in part.elsewhere)) for one in voice.said]
    return ExplainedOrigin(
        origin=part.origin,
        documents=tuple(sorted({one.index.document.id for one in said})),
        voices=tuple(sorted(voices, key=lambda voice: voice.counted)),
        opinion=part.opinion,
        support=part.support,
        contrary=part.contrary,
    )


def _explain_voice(voice: Heard, numbers: dict[EvidenceOrder, int], counts_in: str | None) -> ExplainedVoice:
    return ExplainedVoice(
        name=voice.counted.voice.name or voice.counted.voice.key,
        direction=voice.key[2],
        numbers=tuple(sorted(numbers[one.order] for one in voice.said)),
        counted=numbers[voice.counted.order],
        age_days=voice.age_days,
        lasting=voice.counted.lasting,
        left=voice.left,
        faded=voice.opinion,
        counts_in=counts_in,
    )
