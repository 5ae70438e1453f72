"""One commitment as of a day: the finding and everything that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from pledgewatch.model.agreement import Commitment
from pledgewatch.model.assessment import Evidence, Finding, Likelihood, Status, WithoutIt
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.span import Span
from pledgewatch.weigh.confidence import rate_confidence
from pledgewatch.weigh.documentindex import inside
from pledgewatch.weigh.evidence import Case, Weighed, gather_evidence, place_of_bearing
from pledgewatch.weigh.fusing import fuse_evidence
from pledgewatch.weigh.likelihood import name_likelihood
from pledgewatch.weigh.relation import places_of
from pledgewatch.weigh.rules import View, apply_rules, rate_implementation

SPECIFIC = 0.5
"""Least telling of an indicator that speaks of the commitment itself, not only of the agreement as a whole."""

FIRM_BEARS = 0.3
"""Least bearing of a passage that may make a finding contested."""


def weigh_commitment(
    case: Case, commitment: Commitment, waits_for: tuple[Status, ...], as_of: str, policy: WeighPolicy
) -> Finding:
    """Weighs one commitment: status by the written rules, likelihood, confidence, and what each rests on.

    Args:
        waits_for: statuses of the commitments that its conditions point to.
    """
    evidence = gather_evidence(case, commitment)
    view = _make_view(commitment, evidence, waits_for, as_of, policy)
    status, rule = apply_rules(view)
    is_one_sided = _is_one_sided(evidence)
    confidence, why = rate_confidence(status, evidence, is_one_sided)
    digits = _propose_digits(evidence)
    shown = [(one.direction, _show(one, digits[one.direction])) for one in evidence]
    return Finding(
        commitment=commitment.id,
        status=status,
        scale=rate_implementation(commitment, status, view.opinion.projected, view.share),
        opinion=view.opinion,
        likelihood=_likelihood(status, view),
        confidence=confidence,
        confidence_why=why,
        rule=rule,
        evidence_for=tuple(one for direction, one in shown if direction == "kept"),
        evidence_against=tuple(one for direction, one in shown if direction == "broken"),
        silent=find_silent(case, commitment),
        estimates=find_estimates(case, commitment, evidence),
        origins_for=view.origins_for,
        origins_against=view.origins_against,
        one_sided=is_one_sided,
        rests_on=tuple(
            _without(origin, commitment, evidence, waits_for, as_of, policy)
            for origin in sorted({one.origin for one in evidence})
        ),
    )


def _make_view(
    commitment: Commitment, evidence: Sequence[Weighed], waits_for: tuple[Status, ...], as_of: str, policy: WeighPolicy
) -> View:
    kept = [one for one in evidence if one.direction == "kept"]
    broken = [one for one in evidence if one.direction == "broken"]
    strong = max((one.bearing.bears for one in kept), default=0.0)
    share = _newest_share(kept)
    is_partial = any(one.bearing.partial and one.bearing.bears >= strong for one in kept)
    return View(
        commitment=commitment,
        opinion=fuse_evidence(evidence, as_of, policy),
        as_of=as_of,
        policy=policy,
        waits_for=waits_for,
        origins_for=len({one.origin for one in kept}),
        origins_against=len({one.origin for one in broken}),
        firm_for=len({one.origin for one in kept if _is_firm(one)}),
        firm_against=len({one.origin for one in broken if _is_firm(one)}),
        is_specific=any(one.indicator.telling >= SPECIFIC for one in evidence),
        is_partial=is_partial if share is None else share < 1.0,
        share=share,
    )


def _newest_share(kept: Sequence[Weighed]) -> float | None:
    """How much is done as the newest count says; a count by somebody without an interest goes before all others."""
    counts = [one for one in kept if one.bearing.share is not None]
    best = max(counts, key=lambda one: (not one.is_interested, one.index.available, one.order), default=None)
    return best.bearing.share if best else None


def _is_firm(one: Weighed) -> bool:
    return not one.is_interested and one.bearing.bears * one.indicator.telling >= FIRM_BEARS


def _likelihood(status: Status, view: View) -> Likelihood | None:
    return None if status in ("cannot be judged", "not yet due") else name_likelihood(view.opinion.projected)


def _is_one_sided(evidence: Sequence[Weighed]) -> bool:
    sides = {one.side for one in evidence}
    return len(sides) == 1 and None not in sides


def _without(
    origin: str,
    commitment: Commitment,
    evidence: Sequence[Weighed],
    waits_for: tuple[Status, ...],
    as_of: str,
    policy: WeighPolicy,
) -> WithoutIt:
    rest = [one for one in evidence if one.origin != origin]
    view = _make_view(commitment, rest, waits_for, as_of, policy)
    status, _ = apply_rules(view)
    return WithoutIt(origin, status, _likelihood(status, view))


def _propose_digits(evidence: Sequence[Weighed]) -> dict[str, str]:
    """The digit of the Admiralty code for each direction, proposed from corroboration by origins.

    Three origins without an interest or more: 2, two: 3, one: 6, for one origin alone can't be judged; contradicted by
    as many or more origins without an interest: 4. A 1 ("confirmed") is for a person to give.
    """
    firm = {
        side: len({one.origin for one in evidence if one.direction == side and not one.is_interested})
        for side in ("kept", "broken")
    }
    digits = {}
    for side, contrary in (("kept", "broken"), ("broken", "kept")):
        digits[side] = "2" if firm[side] >= 3 else "3" if firm[side] == 2 else "6"
        if firm[contrary] and firm[contrary] >= firm[side] and _outweighs(evidence, contrary):
            digits[side] = "4"
    return digits


def _outweighs(evidence: Sequence[Weighed], contrary: str) -> bool:
    return any(one.direction == contrary and _is_firm(one) for one in evidence)


def _show(one: Weighed, digit: str) -> Evidence:
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
        grade=f"{one.letter}{digit}",
        bears=round(one.bearing.bears, 6),
        direction=one.direction,
        interested=one.is_interested,
        said_by=one.said_by,
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
