"""What stands behind the findings, for a terminal: what each rests on, contradictions, estimates over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

import pledgewatch.weigh
from pledgewatch.cli.show import OUT
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import (
    Assessment,
    CitedClaim,
    Contradiction,
    Coverage,
    CoverageRow,
    DigitQuestion,
    EstimatePoint,
    EstimateSeries,
    Finding,
    LetterQuestion,
    Turn,
)

SHOWN_PAIRS = 3
"""Most contradictions shown of one commitment; JSON has all."""

SHOWN_GAPS = 4

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
    OUT.print()
    for finding in assessment.findings:
        _show_sides(finding, clauses.get(finding.commitment, finding.commitment))
    _show_coverage(assessment, clauses)
    _show_habit(assessment)


def _show_sides(finding: Finding, clause: str) -> None:
    """One line on whose evidence it is."""
    sides = [f"{write_share(part.share)} {part.side or 'without an interest'}" for part in finding.sides]
    if sides:
        only = "rests on one side only" if finding.one_sided else "rests on"
        say(f"{clause} {only}: {', '.join(sides)}")


def write_share(share: float) -> str:
    """A share in percent; a small one is not nothing.

    >>> write_share(0.5), write_share(0.002), write_share(0.999), write_share(1.0)
    ('50 %', '<1 %', '>99 %', '100 %')
    """
    if 0 < share < 0.01:
        return "<1 %"
    return ">99 %" if 0.99 < share < 1 else f"{share:.0%}".replace("%", " %")


def _show_coverage(assessment: Assessment, clauses: Mapping[str, str]) -> None:
    """The months for which nothing was collected: once for all documents, then by commitment."""
    found = [(finding, finding.coverage) for finding in assessment.findings if finding.coverage]
    if not found:
        return
    say("\nWhere nothing was collected, silence says nothing of compliance:", "bold")
    whole = found[0][1].rows[0]
    if whole.gaps:
        say(f"  {write_gaps(whole, found[0][1])}")
    for finding, coverage in found:
        gaps = [write_gaps(row, coverage) for row in coverage.rows[1:] if row.gaps]
        if gaps:
            say(f"  {clauses.get(finding.commitment, finding.commitment)}: {'; '.join(gaps)}")


def write_gaps(row: CoverageRow, coverage: Coverage) -> str:
    """Which months are not covered."""
    what = {
        "documents": "no document at all",
        "matter": "no document that names who acts and to whom",
        "place": f"no document that names {row.place}",
    }[row.what]
    runs = [first if first == last else f"{first} to {last}" for first, last in row.gaps[:SHOWN_GAPS]]
    more = f" and {len(row.gaps) - SHOWN_GAPS} more runs" if len(row.gaps) > SHOWN_GAPS else ""
    return f"{what} in {coverage.months - row.covered} of {coverage.months} months ({', '.join(runs)}{more})"


def _show_habit(assessment: Assessment) -> None:
    habit = pledgewatch.weigh.measure_habit(assessment)
    if habit.diagonal is not None and habit.expected is not None:
        say(
            f"Of {habit.judged} codes with both a letter and a digit, {habit.diagonal:.0%} are on the diagonal (A1, B2,"
            f" C3, …); letters and digits without a bond would give {habit.expected:.0%}."
        )


def show_letters(questions: Sequence[LetterQuestion]) -> None:
    """Prints the first blind step: how reliable is each source, without a word of what it reports."""
    say("Step one of two: a letter for each source (A reliable to E unreliable, F cannot be judged).", "bold")
    table = Table("source", "kind", "speaks for", "now", "before", "documents", box=box.SIMPLE, show_edge=False)
    for one in questions:
        before = "; ".join(
            f"{change.reliability} until {change.until}{f' ({change.why})' if change.why else ''}"
            for change in one.history
        )
        table.add_row(
            Text(one.source),
            one.kind,
            Text(", ".join(one.interested_in) or "-"),
            one.proposed,
            Text(before),
            str(one.documents),
        )
    OUT.print(table)


def show_digits(questions: Sequence[DigitQuestion]) -> None:
    """Prints the second blind step: how credible is each thing said, without a word of who published it."""
    say("Step two of two: a digit for each thing said (1 confirmed to 5 improbable, 6 cannot be judged).", "bold")
    for one in questions:
        say(f"\n{one.id}  {one.indicator} ({one.direction}), proposed {one.proposed}: “{shorten(one.words)}”")
        for words in one.corroborated_by[:SHOWN_PAIRS]:
            say(f"  borne out: “{shorten(words)}”")
        for words in one.contradicted_by[:SHOWN_PAIRS]:
            say(f"  contradicted: “{shorten(words)}”")


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
