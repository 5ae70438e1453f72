"""Weighs a case as of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pledgewatch.errors import InputError
from pledgewatch.model.actor import ActorLink, Resolution
from pledgewatch.model.agreement import Agreement, Commitment
from pledgewatch.model.assessment import Assessment, DigitQuestion, Explanation, LetterQuestion, Status
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import Document, Source
from pledgewatch.model.origin import Trace
from pledgewatch.model.reading import Reading
from pledgewatch.text.folding import fold_name
from pledgewatch.text.states import find_state_places, find_states
from pledgewatch.weigh.as_of import Holdings, available_on, choose_documents, last_day
from pledgewatch.weigh.documentindex import Place, index_document
from pledgewatch.weigh.evidence import Case, Weighed, gather_evidence
from pledgewatch.weigh.explaining import explain_finding
from pledgewatch.weigh.finding import Judged, judge_evidence, weigh_commitment
from pledgewatch.weigh.grading import ask_digits, ask_letters
from pledgewatch.weigh.passages import find_passages
from pledgewatch.weigh.relation import Names, collect_spellings, says_where


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
    held = Holdings(as_of, tuple(documents), trace, resolution, tuple(sources))
    case, undated = prepare_case(agreement, readings, held)
    judged = judge_case(case, policy)
    return Assessment(
        as_of=case.as_of,
        findings=tuple(weigh_commitment(case, judged[commitment.id]) for commitment in agreement.commitments),
        documents=tuple(sorted(index.document.id for index in case.indexes)),
        undated=tuple(one for one in undated if one != agreement.document),
    )


def explain_commitment(
    agreement: Agreement, readings: Mapping[str, Reading], held: Holdings, policy: WeighPolicy, commitment: str
) -> Explanation:
    """The arithmetic of the finding that ``weigh_case`` gives for one commitment from what was to be had on a day.

    Args:
        commitment: its id, or the number of its clause as long as that names one commitment.

    Raises:
        InputError: there is no such commitment, or the day is no date.
    """
    chosen = find_commitment(agreement, commitment)
    case, _ = prepare_case(agreement, readings, held)
    return explain_finding(case, judge_case(case, policy)[chosen.id])


def ask_grades(
    agreement: Agreement, readings: Mapping[str, Reading], held: Holdings, policy: WeighPolicy
) -> tuple[tuple[LetterQuestion, ...], tuple[DigitQuestion, ...]]:
    """What a person who grades is asked as of a day, in two steps that know nothing of each other.

    Returns:
        Questions for letters, one a source; and for digits, one for each thing said.
    """
    case, _ = prepare_case(agreement, readings, held)
    judged = judge_case(case, policy)
    evidence = [one for finding in judged.values() for one in finding.evidence]
    digits = [
        question
        for commitment in agreement.commitments
        for question in ask_digits(commitment.id, judged[commitment.id].evidence, judged[commitment.id].digits)
    ]
    return ask_letters(case, evidence), tuple(sorted(digits, key=lambda question: question.id))


def find_commitment(agreement: Agreement, named: str) -> Commitment:
    """The commitment of that id or clause; raises ``InputError`` naming those there are."""
    by_id = [one for one in agreement.commitments if one.id in (named, f"c_{named}")]
    found = by_id or [one for one in agreement.commitments if one.clause == named]
    if len(found) == 1:
        return found[0]
    known = ", ".join(one.id for one in found or agreement.commitments)
    what = f"several commitments stand in clause {named}" if found else f"there is no commitment {named!r}"
    raise InputError(what, remedy=f"Name one of: {known}.")


def prepare_case(agreement: Agreement, readings: Mapping[str, Reading], held: Holdings) -> tuple[Case, tuple[str, ...]]:
    """Everything published by a day made ready for weighing, and the ids of documents left out for want of a date.

    Raises:
        InputError: the day is no date.
    """
    day = last_day(held.as_of)
    used, undated = choose_documents([one for one in held.documents if one.id != agreement.document], day)
    used = tuple(document for document in used if document.id in readings)
    case = open_case(
        agreement,
        replace(held, as_of=day, documents=used),
        collect_spellings(document.text for document in used),
    )
    return look_into(case, used, readings), undated


def open_case(agreement: Agreement, held: Holdings, spellings: Mapping[str, str]) -> Case:
    """What all evidence of a day is judged with, before any document is looked into.

    Args:
        spellings: capitalised words of the day's documents, by their folded form, of each the first.
    """
    links: dict[str, list[ActorLink]] = {}
    for link in held.resolution.links:
        links.setdefault(link.document, []).append(link)
    by_name: dict[str, str] = {}
    for actor in held.resolution.actors:
        for name in (actor.name, *(alias.name for alias in actor.aliases if not alias.weak)):
            by_name.setdefault(fold_name(name), actor.id)
    return Case(
        agreement=agreement,
        indexes=(),
        passages=(),
        trace=held.trace,
        resolution=held.resolution,
        sources=held.sources,
        names=Names(held.resolution, spellings, _name_lands(agreement)),
        known_states=_name_states(agreement),
        as_of=held.as_of,
        links={document: tuple(found) for document, found in links.items()},
        origins={document: origin for origin in held.trace.origins for document in origin.documents},
        actors={actor.id: actor for actor in held.resolution.actors},
        by_name=by_name,
    )


def look_into(case: Case, documents: Sequence[Document], readings: Mapping[str, Reading]) -> Case:
    """The case with these documents made ready for weighing, and no others."""
    sides = {source.id: source.interested_in for source in case.sources}
    indexes = tuple(
        index_document(
            document,
            readings[document.id],
            available_on(document),
            _link_places(case.links.get(document.id, ())),
            sides.get(document.source or "", ()),
        )
        for document in documents
    )
    return replace(case, indexes=indexes, passages=tuple(find_passages(index) for index in indexes))


def judge_case(case: Case, policy: WeighPolicy) -> dict[str, Judged]:
    """Every commitment judged, by its id; each after those that it waits for."""
    evidence = {commitment.id: gather_evidence(case, commitment) for commitment in case.agreement.commitments}
    return judge_all(case.agreement, evidence, case.as_of, policy)


def judge_all(
    agreement: Agreement, evidence: Mapping[str, tuple[Weighed, ...]], as_of: str, policy: WeighPolicy
) -> dict[str, Judged]:
    """Every commitment judged by its evidence as of a day that is not before any of it, by its id."""
    judged: dict[str, Judged] = {}
    for commitment in agreement.commitments:
        _judge_after_conditions(agreement, commitment, evidence, judged, as_of, policy, ())
    return judged


def _judge_after_conditions(
    agreement: Agreement,
    commitment: Commitment,
    evidence: Mapping[str, tuple[Weighed, ...]],
    judged: dict[str, Judged],
    as_of: str,
    policy: WeighPolicy,
    waiting: tuple[str, ...],
) -> None:
    """Judges a commitment after those it waits for; where two wait for each other, one is judged without waiting."""
    if commitment.id in judged:
        return
    by_id = {one.id: one for one in agreement.commitments}
    on = [condition.on for condition in commitment.conditions if condition.on in by_id]
    waits_for = [one for one in dict.fromkeys(on) if one is not None and one not in (*waiting, commitment.id)]
    for one in waits_for:
        _judge_after_conditions(agreement, by_id[one], evidence, judged, as_of, policy, (*waiting, commitment.id))
    statuses = tuple(_status_as_condition(judged[one]) for one in waits_for if one in judged)
    judged[commitment.id] = judge_evidence(commitment, evidence[commitment.id], statuses, as_of, policy)


def _status_as_condition(judged: Judged) -> Status:
    """What a commitment's status means for those that wait for it: weak evidence of a breach excuses nobody."""
    is_weak = judged.status == "broken" and judged.confidence not in ("moderate", "high")
    return "contested" if is_weak else judged.status


def _name_states(agreement: Agreement) -> tuple[str, ...]:
    """The states that an agreement names in its title, parties and clauses."""
    words = [agreement.title, *(party.name for party in agreement.parties)]
    words += [provision.span.text for provision in agreement.provisions]
    return find_states("\n".join(words))


def _name_lands(agreement: Agreement) -> frozenset[str]:
    """The states that an agreement is about and that are no party to it.

    Its title names them, or its clauses twice as where something is. Who is only notified, or lends a town, is none.
    """
    parties = find_states("\n".join(name for party in agreement.parties for name in (party.name, *party.aliases)))
    located: list[str] = []
    for provision in agreement.provisions:
        words = provision.span.text
        located += [name for start, _, name in find_state_places(words) if says_where(words, start)]
    often = {name for name in located if located.count(name) > 1}
    return frozenset({*find_states(agreement.title), *often}) - frozenset(parties)


def _link_places(links: Sequence[ActorLink]) -> dict[str, tuple[Place, ...]]:
    places: dict[str, list[Place]] = {}
    for link in links:
        if link.actor and link.decision in ("known", "listed"):
            places.setdefault(link.actor, []).append((link.span.start, link.span.end))
    return {actor: tuple(found) for actor, found in places.items()}
