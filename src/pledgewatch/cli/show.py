"""How answers look in a terminal. Colour never carries a meaning alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from pledgewatch.cli.trace_page import count, cut_pieces
from pledgewatch.errors import PledgewatchError
from pledgewatch.ledger.graph import ConditionGraph
from pledgewatch.model.agreement import Agreement, Deadline
from pledgewatch.model.assessment import Status
from pledgewatch.model.document import Document
from pledgewatch.model.origin import CopyLink, SideBySide, Trace
from pledgewatch.model.reading import Reading, Statement
from pledgewatch.model.report import ReportSentence
from pledgewatch.run.case import RunResult
from pledgewatch.store import CaseFolder


class PipeClosed(Exception):
    """Whoever reads our output has had enough (``| head``). No ``OSError``, of which Click and Rich make status 1."""


class _PipeConsole(Console):
    def on_broken_pipe(self) -> None:
        """Leaves it to ``main``."""
        raise PipeClosed


OUT = _PipeConsole(soft_wrap=False, highlight=False)
ERRORS = _PipeConsole(stderr=True, highlight=False)

STATUS_STYLES: Mapping[Status, str] = {
    "kept": "green",
    "partly kept": "yellow",
    "broken": "bold red",
    "contested": "magenta",
    "not yet due": "cyan",
    "cannot be judged": "dim",
}


class LiveProgress:
    """Progress on standard error: a bar for each stage while it runs, a line when it is done."""

    def __init__(self, quiet: bool = False) -> None:
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:8}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=ERRORS,
            transient=True,
            disable=not ERRORS.is_terminal,
        )
        self._quiet = quiet and not ERRORS.is_terminal
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> LiveProgress:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bars.stop()

    def start_stage(self, stage: str, total: int | None) -> None:
        """Shows a bar."""
        self._tasks[stage] = self._bars.add_task(stage, total=total)

    def step_stage(self, stage: str) -> None:
        """Moves the bar on."""
        self._bars.advance(self._tasks[stage])

    def finish_stage(self, stage: str, note: str) -> None:
        """Takes the bar away and leaves a line."""
        self._bars.remove_task(self._tasks.pop(stage))
        if not self._quiet:
            self._bars.console.print(f"  [bold]{stage:8}[/] {escape(note)}")


def show_error(error: PledgewatchError) -> None:
    """Says what is wrong, where, and what to do."""
    place = f"{escape(error.where)}: " if error.where else ""
    ERRORS.print(f"[bold red]error[/] {place}{escape(error.what)}.", soft_wrap=True)
    ERRORS.print(f"      {escape(error.remedy)}", soft_wrap=True)


def show_case(folder: CaseFolder, agreement: Agreement) -> None:
    """Says what the new case holds and what a person may edit."""
    OUT.print(f"[bold]{escape(agreement.title)}[/]: {len(agreement.commitments)} commitments found.")
    OUT.print(f"The case is in {escape(str(folder.path))}. A person may edit there:")
    OUT.print("  pledgewatch.toml  where things are, limits, audiences")
    OUT.print("  indicators.yml    what would show each commitment kept or broken (proposed from the clauses)")
    OUT.print("  sources.yml       who publishes: reliability, interests, handling")
    OUT.print("  actors.yml        names and aliases of the people and groups of the case")
    OUT.print(f"Next: pledgewatch run {escape(str(folder.path))}")


def show_reading(document: Document, reading: Reading) -> None:
    """Prints who said what in one document."""
    OUT.print()
    OUT.print(
        f"[bold]{escape(document.title or document.path)}[/]  {escape(document.publisher or 'publisher unknown')},"
        f" {document.published or 'no date'}, {document.language}, TLP:{document.handling.tlp}"
    )
    table = Table("who", "cue", "what", "stance", "form", box=None, padding=(0, 2, 0, 0))
    for statement in reading.statements:
        table.add_row(
            escape(_speaker(statement, reading)),
            escape(statement.cue.text if statement.cue else ""),
            escape(_shorten(" … ".join(piece.text for piece in statement.content), 90)),
            statement.stance,
            statement.form,
        )
    OUT.print(table)
    OUT.print(
        f"[dim]{len(reading.mentions)} mentions, {len(reading.times)} times, {len(reading.estimates)} estimates,"
        f" {len(reading.statements)} statements, {len(reading.ties)} ties[/]"
    )
    for part in (*document.unread, *reading.unread):
        OUT.print(f"[yellow]unread[/] {escape(part.why)}. {escape(part.remedy)}")


def show_content(statement: Statement) -> str:
    """What a statement says, or that it says nothing."""
    words = " … ".join(" ".join(span.text.split()) for span in statement.content)
    return words or f"({statement.stance})"


def show_trace(trace: Trace, documents: Mapping[str, Document], paths: Mapping[str, str]) -> None:
    """Prints the origins and what each copy did to the words."""
    OUT.print(f"[bold]{count(len(documents), 'document')}, {count(len(trace.origins), 'origin')}[/]")
    links = {link.copy: link for link in trace.links if link.kind != "cites"}
    for number, origin in enumerate(trace.origins, 1):
        if len(origin.documents) == 1 and len(trace.origins) > 12:
            continue
        credit = f", credited to {escape(origin.named_source)}" if origin.named_source else ""
        OUT.print(f"\norigin {number}{credit}")
        for document in origin.documents:
            link = links.get(document)
            if link is None:
                OUT.print(f"  {escape(paths[document])}  [dim]{documents[document].published or 'no date'}[/]")
                continue
            sure = "" if link.directed else " (which way is open)"
            OUT.print(
                f"  {escape(paths[document])}  {link.kind} from {escape(Path(paths[link.of]).name)}{sure},"
                f" score {link.score:.2f}"
            )
            for changed in link.changed_quotes:
                OUT.print(f"      quotation changed: “{escape(_shorten(changed.theirs.text, 70))}”")
                OUT.print(f"                 became  “{escape(_shorten(changed.ours.text, 70))}”")
            for drift in link.drift:
                was = "without" if drift.kind == "year lost" else "was"
                OUT.print(
                    f"      {drift.kind}: {escape(_shorten(drift.ours.text, 60))}"
                    f" ({was} {escape(_shorten(drift.theirs.text, 60))})"
                )
    cited = [link for link in trace.links if link.kind == "cites"]
    for link in cited:
        OUT.print(f"{escape(paths[link.copy])} names {escape(paths[link.of])} as its source")


SIDE_STYLES = {
    "": ("", "", ""), "changed": ("‹", "›", "yellow"), "added": ("{+", "+}", "green"), "dropped": ("[-", "-]", "red"),
}  # fmt: skip
"""What stands before and after such words, and their colour."""


def show_sides(rows: Sequence[SideBySide], paths: Mapping[str, str], link: CopyLink) -> None:
    """Prints two tellings side by side, what differs in colour: changed, put in, left out."""
    table = Table(escape(Path(paths[link.of]).name), escape(Path(paths[link.copy]).name), show_lines=True)
    for row in rows:
        cells = []
        for span, ours in ((row.theirs, False), (row.ours, True)):
            cell = Text()
            for piece in cut_pieces(span, row, ours):
                before, after, style = SIDE_STYLES[piece.kind]
                cell.append(before + " ".join(piece.text.split("\n")) + after, style)
            cells.append(cell)
        table.add_row(*cells)
    OUT.print(table)
    OUT.print(Text("‹changed›  {+put in+}  [-left out-]", "dim"))


def show_ledger(agreement: Agreement) -> None:
    """Prints the commitments clause by clause, then what is excluded and what is changed in an earlier agreement."""
    OUT.print(f"[bold]{escape(agreement.title)}[/]  {agreement.date or 'no date'}")
    table = Table("clause", "who", "modality", "what", "by", "if")
    for commitment in agreement.commitments:
        force = "" if commitment.force == "binding" else f" ({commitment.force})"
        table.add_row(
            escape(commitment.id.removeprefix("c_")),
            escape(", ".join(commitment.obligor)),
            f"{commitment.modality}{force}",
            escape(_shorten(commitment.act.text, 120)),
            escape(_show_deadline(commitment.deadline)) if commitment.deadline else "",
            escape("; ".join(condition.on or _shorten(condition.span.text, 40) for condition in commitment.conditions)),
        )
    OUT.print(table)
    for exclusion in agreement.exclusions:
        OUT.print(f"  not covered: {escape(_shorten(exclusion.span.text, 160))}")
    for amendment in agreement.amendments:
        what = f"{amendment.clause}: " if amendment.clause else ""
        OUT.print(f"  changes an earlier agreement: {escape(what + _shorten(amendment.span.text, 160))}")


def _show_deadline(deadline: Deadline) -> str:
    """The date with its hour, or the words; and the dates from which it was moved."""
    shown = deadline.date or _shorten(deadline.span.text, 60)
    if deadline.date and deadline.time:
        shown += f" {deadline.time}" + (f" {deadline.zone}" if deadline.zone else "")
    return "; ".join([shown, *(f"moved from {moved.date or 'no date'}" for moved in reversed(deadline.history))])


def show_graph(agreement: Agreement, graph: ConditionGraph) -> None:
    """Prints which commitment waits for which, and the circles."""
    acts = {one.id: one for one in agreement.commitments}
    table = Table("commitment", "waits for", "how", "words")
    for edge in graph.edges:
        table.add_row(
            escape(f"{edge.waits.removeprefix('c_')} {_shorten(acts[edge.waits].act.text, 50)}"),
            escape(f"{edge.on.removeprefix('c_')} {_shorten(acts[edge.on].act.text, 50)}"),
            edge.kind,
            escape(_shorten(edge.words, 60)),
        )
    OUT.print(table)
    for cycle in graph.cycles:
        OUT.print(f"[red]circle[/] {escape(', '.join(cycle))}: none of these can come first")


def show_findings(result: RunResult) -> None:
    """Prints the findings, what could not be read, a cited sentence and where the report is."""
    assessment = result.findings.assessment
    acts = {commitment.id: commitment.act.text for commitment in result.agreement.commitments}
    OUT.print()
    table = Table(title=f"Findings as of {assessment.as_of}", title_justify="left")
    for name in ("clause", "act", "status", "likely kept", "confidence"):
        table.add_column(name)
    table.add_column("origins for / against", justify="right")
    for finding in assessment.findings:
        table.add_row(
            finding.commitment.removeprefix("c_"),
            escape(_shorten(acts.get(finding.commitment, ""), 60)),
            Text(finding.status, STATUS_STYLES[finding.status]),
            finding.likelihood or "-",
            finding.confidence,
            f"{finding.origins_for} / {finding.origins_against}",
        )
    OUT.print(table)
    collected = result.collected
    OUT.print(
        f"{collected.found} found = {len(collected.documents)} kept + {len(collected.rejected)} rejected"
        f" + {len(collected.unread)} unread"
    )
    for record in collected.unread:
        OUT.print(f"  [yellow]unread[/] {escape(record.path)}: {escape(record.why)}. {escape(record.remedy)}")
    for record in collected.rejected:
        OUT.print(f"  [yellow]rejected[/] {escape(record.path)}: {escape(record.why)}")
    for record in result.unread_parts:
        OUT.print(f"  [yellow]read in part[/] {escape(record.path)}: {escape(record.why)}. {escape(record.remedy)}")
    if assessment.undated:
        paths = sorted(document.path for document in collected.documents if document.id in assessment.undated)
        OUT.print(f"left unweighed, because their dates are not known ({len(paths)}): {escape(', '.join(paths[:5]))}")
    sentence = _telling_sentence(result)
    if sentence is not None:
        citation = sentence.citations[0]
        document = next((cited for cited in result.cleared.report.documents if cited.id == citation.document), None)
        OUT.print(f"\nFor example: {escape(sentence.text)}")
        if document is not None:
            OUT.print(
                f"   [dim]exact words at {escape(document.path)}, code points"
                f" {citation.span.start}-{citation.span.end}[/]"
            )
    for path, _ in result.files:
        if path.name == "index.html":
            OUT.print(f"\nReport: [bold]{path.resolve().as_uri()}[/]", soft_wrap=True)


def _telling_sentence(result: RunResult) -> ReportSentence | None:
    """The first piece of evidence of the surest finding: what a newcomer should see."""
    ranks = ("high", "moderate", "low", "none")
    sections = [section for section in result.cleared.report.sections if section.confidence is not None]
    for section in sorted(sections, key=lambda section: ranks.index(section.confidence or "none")):
        for sentence in section.sentences:
            if sentence.role in ("against", "for") and sentence.citations:
                return sentence
    return None


def _speaker(statement: Statement, reading: Reading) -> str:
    if statement.speaker is None:
        return "-"
    mention = reading.mention(statement.speaker_mention)
    if mention is None or mention.span.text in statement.speaker.text:
        return _shorten(statement.speaker.text, 40)
    return f"{_shorten(statement.speaker.text, 20)} (= {mention.span.text})"


def _shorten(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
