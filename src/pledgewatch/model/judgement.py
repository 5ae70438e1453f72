"""What a person decided about what the machine proposed. Two records, both kept; the log only grows (rule 9)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision on one thing; a later one that names it in ``undoes`` takes it back.

    Attributes:
        about: id of the mark, link, evidence or finding.
        verdict: the decision in the terms of the thing ("accept", "reject", "same", "different", "unsure").
        by: who decided.
        at: ISO date-time.
    """

    id: str
    about: str
    verdict: str
    by: str
    at: str
    why: str = ""
    undoes: str | None = None
