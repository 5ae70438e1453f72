"""The findings over the life of the agreement: the days on which one of them becomes another, without hindsight.

A finding can change only when a document comes that bears, when a deadline passes, when a source is graded anew, and as
evidence grows old. The first three have their days. Between two of them evidence only grows older, and the day on which
that turns a finding is found by halving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import State, Timeline, TimelineEntry, TurnOfTime
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import Document, Source
from pledgewatch.model.reading import Reading
from pledgewatch.weigh.as_of import Holdings, available_on, last_day
from pledgewatch.weigh.memory import Evidence, EvidenceMemory
from pledgewatch.weigh.weighing import judge_all

STEP = 7
"""Days between two looks at how much evidence ages; a finding that turns and turns back within them is missed."""

FEW = 200
"""Pieces of evidence up to which every day is looked at, so that nothing is missed."""

States = dict[str, State]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day on which something arrives, and what the findings were made from on it."""

    day: str
    evidence: Evidence
    states: States


def draw_timeline(
    agreement: Agreement,
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    hold: Callable[[str], Holdings],
    policy: WeighPolicy,
    until: str,
    since: str | None = None,
) -> Timeline:
    """Every day from the signing to ``until`` on which a finding becomes another.

    Args:
        documents: all of the case, in all versions; those without a date are passed over.
        hold: what was to be had on a day, traced and resolved from that alone.
        since: ISO day to begin with; ``None`` for that of the agreement, or of the first document.

    Raises:
        InputError: a day is no date.
    """
    until = last_day(until)
    dated = [document for document in documents if document.published and document.id != agreement.document]
    arrivals = sorted(available_on(document) for document in dated)
    since = last_day(since or agreement.date or (arrivals[0] if arrivals else until))
    if since > until:
        return Timeline(since, until)
    memory = EvidenceMemory(agreement, readings)
    last = hold(until)
    bearing = _find_bearing(dated, memory.gather(last))
    days = _list_days(agreement, [one for one in dated if one.id in bearing], last.sources, since, until)
    entries: list[TimelineEntry] = []
    before: _Day | None = None
    for day in days:
        evidence = memory.gather(last if day == until else hold(day), bearing)
        fresh = _Day(day, evidence, _states_on(agreement, evidence, day, policy))
        if before is not None:
            entries += _age(agreement, before, day, policy)
            before = _Day(before.day, before.evidence, _states_on(agreement, before.evidence, _before(day), policy))
        entries += _enter(agreement, before, fresh, last.sources)
        before = fresh
    if before is not None and before.day < until:
        entries += _age(agreement, before, _after(until), policy)
    return Timeline(since, until, tuple(entries))


def _find_bearing(documents: Sequence[Document], evidence: Evidence) -> frozenset[str]:
    """The documents that may bear: those that do as seen from the last day, and every version that was replaced."""
    replaced = {document.supersedes for document in documents if document.supersedes}
    replacing = {document.id for document in documents if document.supersedes}
    found = {one.index.document.id for said in evidence.values() for one in said}
    return frozenset({*found, *replaced, *replacing})


def _list_days(
    agreement: Agreement, documents: Sequence[Document], sources: Sequence[Source], since: str, until: str
) -> list[str]:
    """The days on which something arrives that can change a finding, the first day among them."""
    days = {since, *(available_on(document) for document in documents)}
    for commitment in agreement.commitments:
        if commitment.deadline and commitment.deadline.date:
            days.add(last_day(commitment.deadline.date))
    # What is under embargo arrives for those who may not see it before when the embargo ends.
    embargoes = [last_day(one.handling.embargo_until) for one in documents if one.handling.embargo_until]
    days |= {day for end in embargoes for day in (end, _after(end))}
    days |= {_after(last_day(change.until)) for source in sources for change in source.history}
    return sorted(day for day in days if since <= day <= until)


def _states_on(agreement: Agreement, evidence: Evidence, day: str, policy: WeighPolicy) -> States:
    return {one: judged.state for one, judged in judge_all(agreement, evidence, day, policy).items()}


def _enter(
    agreement: Agreement, before: _Day | None, fresh: _Day, sources: Sequence[Source]
) -> Iterator[TimelineEntry]:
    """The findings that a day's arrivals turned, compared with the evening before."""
    turned = [
        one.id for one in agreement.commitments if before is None or before.states[one.id] != fresh.states[one.id]
    ]
    graded = any(_after(last_day(change.until)) == fresh.day for source in sources for change in source.history)
    for commitment in agreement.commitments:
        if commitment.id not in turned:
            continue
        new = {one.index.document.id for one in fresh.evidence[commitment.id] if one.index.available == fresh.day}
        due = commitment.deadline.date if commitment.deadline else None
        why: list[TurnOfTime] = []
        if before is None:
            why.append("start")
        if new:
            why.append("evidence")
        if before is not None and due is not None and fresh.day == last_day(due):
            why.append("deadline")
        if before is not None and any(condition.on in turned for condition in commitment.conditions):
            why.append("condition")
        if before is not None and graded:
            why.append("grade")
        yield TimelineEntry(
            fresh.day,
            commitment.id,
            fresh.states[commitment.id],
            tuple(why) or ("copies or names",),
            tuple(sorted(new)),
        )


def _age(agreement: Agreement, start: _Day, end: str, policy: WeighPolicy) -> list[TimelineEntry]:
    """The findings that turn between a day and the one before ``end``, because evidence grows old."""
    entries: list[TimelineEntry] = []
    if policy.half_life_days <= 0:
        return entries
    day, states = start.day, start.states
    step = 1 if sum(len(said) for said in start.evidence.values()) <= FEW else STEP
    while day < _before(end):
        until = min((date.fromisoformat(day) + timedelta(days=step)).isoformat(), _before(end))
        later = _states_on(agreement, start.evidence, until, policy)
        if later == states:
            day = until
            continue
        low, high = date.fromisoformat(day), date.fromisoformat(until)
        while (high - low).days > 1:
            middle = low + timedelta(days=(high - low).days // 2)
            seen = _states_on(agreement, start.evidence, middle.isoformat(), policy)
            low, high, later = (middle, high, later) if seen == states else (low, middle, seen)
        day = high.isoformat()
        turned = {one for one in states if states[one] != later[one]}
        for commitment in agreement.commitments:
            if commitment.id in turned:
                waits = any(condition.on in turned for condition in commitment.conditions)
                why: tuple[TurnOfTime, ...] = ("age", "condition") if waits else ("age",)
                entries.append(TimelineEntry(day, commitment.id, later[commitment.id], why))
        states = later
    return entries


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
