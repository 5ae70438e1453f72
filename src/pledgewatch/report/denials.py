"""Copies counted once, and denials beside what they deny."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pledgewatch.model.agreement import Shows
from pledgewatch.model.assessment import Evidence
from pledgewatch.report.basis import Basis, sort_evidence
from pledgewatch.report.wording import get_terms

SHOWN_DENIALS = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of evidence, with those of the same origin in the same words from other documents."""

    evidence: Evidence
    copies: list[Evidence]

    @property
    def key(self) -> str:
        """What tells it from the others: a statement may speak to several indicators."""
        return f"{self.evidence.statement} {self.evidence.indicator} {self.evidence.span.start}"


def gather_copies(basis: Basis, evidence: Sequence[Evidence]) -> list[Told]:
    """Each piece of evidence once, with its copies in other tellings of the same origin (rule 3), strongest first."""
    groups: dict[tuple[str, str], Told] = {}
    for item in sort_evidence(evidence, basis.documents):
        # One passage may speak to several indicators, and is shown once.
        key = (item.origin, " ".join(item.span.text.casefold().split()))
        told = groups.setdefault(key, Told(item, []))
        if item.document not in {known.document for known in (told.evidence, *told.copies)}:
            told.copies.append(item)
    return list(groups.values())


def place_denials(basis: Basis, sides: Mapping[Shows, Sequence[Told]]) -> dict[str, list[Told]]:
    """Which denials stand beside which evidence of the other direction, by the key of what they deny.

    A denial stands beside the nearest: in its own document, then of its own origin, then anything on the commitment. It
    stands beside another denial only where that comes before it in the same text, so that no two wait for each other.
    """
    beside: dict[str, list[Told]] = {}
    for direction, others in (("kept", sides["broken"]), ("broken", sides["kept"])):
        placed = 0
        for told in sides["kept" if direction == "kept" else "broken"]:
            plain = [other for other in others if not is_denial(basis, other.evidence)][:SHOWN_DENIALS]
            earlier = [other for other in others if is_denial(basis, other.evidence) and _comes_before(other, told)]
            targets = [*plain, *earlier] if plain else []
            if not targets or not is_denial(basis, told.evidence) or placed == SHOWN_DENIALS:
                continue
            target = min(targets, key=lambda other: _distance(other, told))
            beside.setdefault(target.key, []).append(told)
            placed += 1
    return beside


def is_denial(basis: Basis, evidence: Evidence) -> bool:
    """Whether somebody denies here: by the verb, or because a party says that the thing is not so."""
    found = basis.statement(evidence.statement)
    if found is None:
        return False
    statement = found[1]
    return statement.stance in get_terms("denials") or (evidence.interested and statement.factuality < 0)


def _comes_before(other: Told, told: Told) -> bool:
    first, second = other.evidence, told.evidence
    return first.document == second.document and first.span.end <= second.span.start


def _distance(other: Told, told: Told) -> tuple[bool, bool, int]:
    first, second = other.evidence, told.evidence
    near = first.document == second.document
    return (not near, first.origin != second.origin, abs(first.span.start - second.span.start) if near else 0)
