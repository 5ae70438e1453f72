"""What changed between two days, and which evidence did it."""

from __future__ import annotations

from collections.abc import Mapping

from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import AddedEvidence, Change, Changes, State
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.reading import Reading
from pledgewatch.weigh.as_of import Holdings
from pledgewatch.weigh.evidence import Weighed
from pledgewatch.weigh.finding import Judged, judge_evidence, show_evidence
from pledgewatch.weigh.weighing import judge_all, judge_case, prepare_case

Known = tuple[str, str, str, str]
"""Document, statement, indicator, direction: by which a piece of evidence is the same on two days."""


def find_changes(
    agreement: Agreement, readings: Mapping[str, Reading], before: Holdings, after: Holdings, policy: WeighPolicy
) -> Changes:
    """Every finding that differs between two days, with the new evidence and what each finding would be without it.

    Each day is seen with its own holdings, so the earlier one knows nothing of the later (rule 6).

    Raises:
        InputError: a day is no date.
    """
    old, new = (judge_case(prepare_case(agreement, readings, day)[0], policy) for day in (before, after))
    same = {one: judged.evidence for one, judged in old.items()}
    by_time = judge_all(agreement, same, after.as_of, policy)
    changes = tuple(
        _compare(old[commitment.id], new[commitment.id], by_time[commitment.id].state)
        for commitment in agreement.commitments
        if old[commitment.id].state != new[commitment.id].state
    )
    return Changes(before.as_of, after.as_of, changes)


def _compare(old: Judged, new: Judged, by_time: State) -> Change:
    known = {_know(one) for one in old.evidence}
    left = {_know(one) for one in new.evidence}
    added = [_add(new, one) for one in new.evidence if _know(one) not in known]
    added.sort(key=lambda one: (one.without_it.status == new.status, one.without_it == new.state, one.published))
    gone = tuple(show_evidence(one, old.digits) for one in old.evidence if _know(one) not in left)
    return Change(new.commitment.id, old.state, new.state, by_time, tuple(added), gone)


def _know(one: Weighed) -> Known:
    return (one.index.document.id, one.passage.statement, one.indicator.id, one.direction)


def _add(judged: Judged, one: Weighed) -> AddedEvidence:
    """The finding without the claim that this piece belongs to: else a copy of it would stand in for it."""
    key = (one.origin, one.speaker, one.direction)
    claim = next(claim for claim in judged.reckoner.list_claims() if key in claim)
    gone = {piece.order for voice in claim for piece in judged.reckoner.voices[voice].said}
    rest = tuple(piece for piece in judged.evidence if piece.order not in gone)
    without = judge_evidence(judged.commitment, rest, judged.waits_for, judged.as_of, judged.policy)
    return AddedEvidence(show_evidence(one, judged.digits), one.index.available, without.state)
