"""What stands behind the findings, for a terminal: what each rests on, contradictions, estimates over time."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.table import Table
from rich.text import Text

from pledgewatch.cli.show import OUT
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import (
    Assessment,
    CitedClaim,
    Contradiction,
    EstimatePoint,
    EstimateSeries,
    Finding,
    Turn,
)

SHOWN_PAIRS = 3
"""Most contradictions shown of one commitment; JSON has all."""

LONGEST_WORDS = 160


def show_backing(assessment: Assessment, agreement: Agreement, paths: Mapping[str, str]) -> None:
    """Prints what stands behind the findings; a finding with nothing to say is passed over.

    Args:
        paths: of the documents, by id.
    """
    clauses = {commitment.id: commitment.clause for commitment in agreement.commitments}
    for finding in assessment.findings:
        clause = clauses.get(finding.commitment, finding.commitment)
        _show_turns(finding, clause, paths)
        _show_contradictions(finding, clause, paths)
        for series in finding.series:
            _show_series(series, clause)


def _show_turns(finding: Finding, clause: str, paths: Mapping[str, str]) -> None:
    without = [
        f"{part.source} ({part.kind}): {part.status}"
        for part in finding.rests_on_sources
        if part.status != finding.status
    ]
    if without:
        say(f"\n{clause} would not be {finding.status} without {'; '.join(without)}")
    for turn in finding.turned_by:
        say(f"{'' if without else chr(10)}{clause} turns if this is false: {write_turn(turn, paths)}")


def write_turn(turn: Turn, paths: Mapping[str, str]) -> str:
    """One claim and what the status would be were it not said, or its contrary."""
    who = " ".join((turn.said_by or "the narrator").split())
    return (
        f"{who}, {paths.get(turn.document, turn.document)}: “{shorten(turn.span.text)}”"
        f" (unsaid: {turn.removed}; the contrary: {turn.reversed})"
    )


def _show_contradictions(finding: Finding, clause: str, paths: Mapping[str, str]) -> None:
    pairs = finding.contradictions
    if not pairs:
        return
    say(f"\n{clause}: {len(pairs)} pair{'s' if len(pairs) > 1 else ''} of claims that can't both hold", "bold")
    for pair in pairs[:SHOWN_PAIRS]:
        say(write_contradiction(pair, paths))
    if len(pairs) > SHOWN_PAIRS:
        say(f"  and {len(pairs) - SHOWN_PAIRS} more, with --json")


def write_contradiction(pair: Contradiction, paths: Mapping[str, str]) -> str:
    """Both passages, one below the other, and what makes them contrary."""
    return f"  {pair.why}:\n    {_write_claim(pair.one, paths)}\n    {_write_claim(pair.other, paths)}"


def _write_claim(claim: CitedClaim, paths: Mapping[str, str]) -> str:
    who = " ".join((claim.said_by or "the narrator").split())
    return (
        f"{claim.says}: {claim.published} {who}, {paths.get(claim.document, claim.document)}:"
        f" “{shorten(claim.span.text)}”"
    )


def _show_series(series: EstimateSeries, clause: str) -> None:
    unit = f" in {series.unit}" if series.unit else ""
    table = Table(
        box=box.SIMPLE, show_edge=False, title=f"{clause}: {series.counted}{unit}: {series.state}", title_justify="left"
    )
    for name in ("as of", "low", "best", "high", "by", "origin", "state"):
        table.add_column(name, justify="right" if name in ("low", "best", "high") else "left")
    for point in series.points:
        table.add_row(*_write_point(point))
    OUT.print()
    OUT.print(table)


def _write_point(point: EstimatePoint) -> tuple[str | Text, ...]:
    numbers = tuple("" if number is None else f"{number:,.10g}" for number in (point.low, point.best, point.high))
    rough = "about " if point.approximate else ""
    who = Text(shorten(point.said_by or "the narrator", 40))
    return (point.as_of, *(rough + number if number else "" for number in numbers), who, point.origin, point.state)


def shorten(words: str, most: int = LONGEST_WORDS) -> str:
    """Words on one line, cut where they are too long to show."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def say(line: str, style: str = "") -> None:
    """Prints a line as it is: text from documents is never read as markup."""
    OUT.print(Text(line, style))
