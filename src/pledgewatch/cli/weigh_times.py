"""How findings change: between two days, and over the life of the agreement."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.table import Table
from rich.text import Text

from pledgewatch.cli.show import OUT, STATUS_STYLES
from pledgewatch.cli.weigh_tables import say, shorten
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import Change, Changes, State, Timeline

SHOWN_ADDED = 6
"""Most new pieces of evidence shown of one change; JSON has all."""


def show_changes(changes: Changes, agreement: Agreement, paths: Mapping[str, str]) -> None:
    """Prints every finding that differs between two days, and the new evidence, what turns the finding first."""
    clauses = {commitment.id: commitment.clause for commitment in agreement.commitments}
    say(f"From {changes.since} to {changes.as_of}: {len(changes.changes)} of {len(clauses)} findings changed.", "bold")
    for change in changes.changes:
        _show_change(change, clauses.get(change.commitment, change.commitment), paths)


def _show_change(change: Change, clause: str, paths: Mapping[str, str]) -> None:
    say(f"\n{clause}: {write_state(change.before)}", "bold")
    say(f"  became {write_state(change.after)}", STATUS_STYLES[change.after.status])
    if change.by_time != change.before:
        say(f"  without anything new it would be {write_state(change.by_time)}: the calendar did that much")
    for added in change.added[:SHOWN_ADDED]:
        one = added.evidence
        who = " ".join((one.said_by or "the narrator").split())
        effect = "nothing would differ" if added.without_it == change.after else write_state(added.without_it)
        say(
            f"  new, for {one.direction}: {added.published} {who}, {paths.get(one.document, one.document)}:"
            f" “{shorten(one.span.text)}” [{one.grade}]; without it: {effect}"
        )
    if change.added and change.by_time != change.after and all(one.without_it == change.after for one in change.added):
        say("  no single one of them did it: without any one the finding would be the same")
    if len(change.added) > SHOWN_ADDED:
        say(f"  and {len(change.added) - SHOWN_ADDED} more, with --json")
    for gone in change.gone:
        say(f"  gone: {paths.get(gone.document, gone.document)}: “{shorten(gone.span.text)}”")


def write_state(state: State) -> str:
    """A finding in a few words: status, likelihood, confidence, scale."""
    parts = [f"kept: {state.likelihood}"] if state.likelihood else []
    parts += [f"confidence {state.confidence}", *([f"scale {state.scale}"] if state.scale is not None else [])]
    return f"{state.status} ({', '.join(parts)})"


def show_timeline(timeline: Timeline, agreement: Agreement, paths: Mapping[str, str]) -> None:
    """Prints, commitment by commitment, the days on which the finding became another."""
    say(f"From {timeline.since} to {timeline.until}, each day seen with what was published by then.", "bold")
    for commitment in agreement.commitments:
        entries = [entry for entry in timeline.entries if entry.commitment == commitment.id]
        title = f"{commitment.clause}: {shorten(commitment.act.text, 90)}"
        table = Table(box=box.SIMPLE, show_edge=False, title=Text(title), title_justify="left")
        for name in ("day", "status", "likely kept", "confidence", "because of"):
            table.add_column(name)
        for entry in entries:
            state = entry.state
            documents = "\n".join(paths.get(document, document) for document in entry.documents)
            why = ", ".join(entry.why) + (f"\n{documents}" if documents else "")
            status = state.status if state.scale is None else f"{state.status} ({state.scale})"
            table.add_row(
                entry.day,
                Text(status, STATUS_STYLES[state.status]),
                state.likelihood or "-",
                state.confidence,
                Text(why),
            )
        OUT.print()
        OUT.print(table)
