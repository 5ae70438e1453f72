"""What ``pledgewatch weigh`` can be asked, and each answer both for a person and as plain values for JSON."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pledgewatch.weigh
from pledgewatch.cli.explain import show_explanation
from pledgewatch.cli.show import show_findings
from pledgewatch.cli.weigh_tables import show_backing, show_digits, show_letters
from pledgewatch.cli.weigh_times import show_changes, show_timeline
from pledgewatch.run.answers import (
    answer_changes,
    answer_explanation,
    answer_questions,
    answer_timeline,
    answer_weigh,
)
from pledgewatch.run.case import RunResult
from pledgewatch.run.inquiry import Inquiry


class GradingStep(enum.StrEnum):
    """The two blind steps of grading."""

    LETTERS = "letters"
    DIGITS = "digits"


@dataclass(frozen=True, slots=True)
class WeighAnswer:
    """One answer in two forms: ``show`` prints it to a person, ``plain`` gives what ``--json`` prints."""

    show: Callable[[], None]
    plain: Callable[[], Any]


def answer_findings(result: RunResult) -> WeighAnswer:
    """All findings as of a day."""
    assessment = result.findings.assessment
    paths = {document.id: document.path for document in result.collected.documents}

    def show() -> None:
        show_findings(result)
        show_backing(assessment, result.agreement, paths)

    return WeighAnswer(show, lambda: answer_weigh(assessment))


def ask_to_explain(as_of: str | None, named: str) -> Callable[[Inquiry], WeighAnswer]:
    """The question for the whole arithmetic of one finding; ``named``: id or clause of a commitment."""

    def ask(inquiry: Inquiry) -> WeighAnswer:
        commitment = pledgewatch.weigh.find_commitment(inquiry.agreement, named)
        explanation = inquiry.explain(inquiry.choose_day(as_of), commitment.id)
        return WeighAnswer(
            lambda: show_explanation(explanation, commitment, _name_paths(inquiry)),
            lambda: answer_explanation(explanation),
        )

    return ask


def ask_for_changes(as_of: str | None, since: str) -> Callable[[Inquiry], WeighAnswer]:
    """The question what changed between two days, and which evidence did it."""

    def ask(inquiry: Inquiry) -> WeighAnswer:
        changes = inquiry.find_changes(since, inquiry.choose_day(as_of))
        return WeighAnswer(
            lambda: show_changes(changes, inquiry.agreement, _name_paths(inquiry)), lambda: answer_changes(changes)
        )

    return ask


def ask_for_timeline(as_of: str | None) -> Callable[[Inquiry], WeighAnswer]:
    """The question on which days of the agreement's life a finding became another."""

    def ask(inquiry: Inquiry) -> WeighAnswer:
        timeline = inquiry.draw_timeline(inquiry.choose_day(as_of))
        return WeighAnswer(
            lambda: show_timeline(timeline, inquiry.agreement, _name_paths(inquiry)), lambda: answer_timeline(timeline)
        )

    return ask


def ask_for_grades(as_of: str | None, step: str) -> Callable[[Inquiry], WeighAnswer]:
    """The questions of one blind step of grading: ``letters`` or ``digits``."""

    def ask(inquiry: Inquiry) -> WeighAnswer:
        letters, digits = inquiry.ask_grades(inquiry.choose_day(as_of))
        if step == "letters":
            return WeighAnswer(lambda: show_letters(letters), lambda: answer_questions(letters))
        return WeighAnswer(lambda: show_digits(digits), lambda: answer_questions(digits))

    return ask


def _name_paths(inquiry: Inquiry) -> dict[str, str]:
    return {document.id: document.path for document in inquiry.inputs.collected.documents}
