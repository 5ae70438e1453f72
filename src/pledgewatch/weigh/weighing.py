"""Weighs a case as of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pledgewatch.model.actor import Resolution
from pledgewatch.model.agreement import Agreement, Commitment
from pledgewatch.model.assessment import Assessment, Finding
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import Document, Source
from pledgewatch.model.origin import Trace
from pledgewatch.model.reading import Reading
from pledgewatch.text.states import find_states
from pledgewatch.weigh.as_of import available_on, choose_documents, last_day
from pledgewatch.weigh.documentindex import Place, index_document
from pledgewatch.weigh.evidence import Case
from pledgewatch.weigh.finding import weigh_commitment
from pledgewatch.weigh.passages import find_passages
from pledgewatch.weigh.relation import Names, collect_spellings


def weigh_case(
    agreement: Agreement,
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    trace: Trace,
    resolution: Resolution,
    sources: Sequence[Source],
    as_of: str,
    policy: WeighPolicy,
) -> Assessment:
    """Weighs every commitment of an agreement as of a day, from what was published by then (rule 6).

    Args:
        agreement: with its indicators attached; a commitment without indicators cannot be judged.
        readings: by document id; a document without one is left out.
        as_of: ISO date; a coarse one stands for its last day.

    Returns:
        Findings in the agreement's order. The same input gives the same assessment whatever the order of the documents.

    Raises:
        InputError: ``as_of`` is no date.
    """
    day = last_day(as_of)
    used, undated = choose_documents([one for one in documents if one.id != agreement.document], day)
    used = tuple(document for document in used if document.id in readings)
    indexes = tuple(
        index_document(document, readings[document.id], available_on(document), _link_places(resolution, document.id))
        for document in used
    )
    case = Case(
        agreement=agreement,
        indexes=indexes,
        passages=tuple(find_passages(index) for index in indexes),
        trace=trace,
        resolution=resolution,
        sources=tuple(sources),
        names=Names(resolution, collect_spellings(document.text for document in used)),
        known_states=_name_states(agreement),
    )
    findings: dict[str, Finding] = {}
    for commitment in agreement.commitments:
        _weigh_after_conditions(case, commitment, findings, day, policy, ())
    return Assessment(
        as_of=day,
        findings=tuple(findings[commitment.id] for commitment in agreement.commitments),
        documents=tuple(sorted(document.id for document in used)),
        undated=tuple(one for one in undated if one != agreement.document),
    )


def _weigh_after_conditions(
    case: Case,
    commitment: Commitment,
    findings: dict[str, Finding],
    as_of: str,
    policy: WeighPolicy,
    waiting: tuple[str, ...],
) -> None:
    """Weighs a commitment after those it waits for; where two wait for each other, one is weighed without waiting."""
    if commitment.id in findings:
        return
    by_id = {one.id: one for one in case.agreement.commitments}
    on = [condition.on for condition in commitment.conditions if condition.on in by_id]
    waits_for = [one for one in dict.fromkeys(on) if one is not None and one not in (*waiting, commitment.id)]
    for one in waits_for:
        _weigh_after_conditions(case, by_id[one], findings, as_of, policy, (*waiting, commitment.id))
    statuses = tuple(findings[one].status for one in waits_for if one in findings)
    findings[commitment.id] = weigh_commitment(case, commitment, statuses, as_of, policy)


def _name_states(agreement: Agreement) -> tuple[str, ...]:
    """The states that an agreement names in its title, parties and clauses."""
    words = [agreement.title, *(party.name for party in agreement.parties)]
    words += [provision.span.text for provision in agreement.provisions]
    return find_states("\n".join(words))


def _link_places(resolution: Resolution, document: str) -> dict[str, tuple[Place, ...]]:
    places: dict[str, list[Place]] = {}
    for link in resolution.links_of(document):
        if link.actor and link.decision in ("known", "listed"):
            places.setdefault(link.actor, []).append((link.span.start, link.span.end))
    return {actor: tuple(found) for actor, found in places.items()}
