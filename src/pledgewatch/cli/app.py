"""The commands, in the order in which a case meets them."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import click
import typer
from rich.markup import escape

import pledgewatch.ledger
import pledgewatch.resolve
import pledgewatch.trace
from pledgewatch.cli.fuse import show_fusion
from pledgewatch.cli.lists import list_app, open_shelf
from pledgewatch.cli.resolve import (
    AsOf,
    Lists,
    actor_app,
    read_known,
    read_names,
    show_links,
    show_places,
    show_screened,
)
from pledgewatch.cli.show import (
    ERRORS,
    OUT,
    LiveProgress,
    PipeClosed,
    show_case,
    show_content,
    show_error,
    show_findings,
    show_graph,
    show_ledger,
    show_reading,
    show_sides,
    show_trace,
)
from pledgewatch.cli.trace_page import render_trace_page
from pledgewatch.cli.weigh_answers import (
    GradingStep,
    answer_findings,
    ask_for_changes,
    ask_for_grades,
    ask_for_timeline,
    ask_to_explain,
)
from pledgewatch.demo import copy_demo
from pledgewatch.errors import InputError, PledgewatchError
from pledgewatch.export.calendar import write_calendar
from pledgewatch.model.case import CollectPolicy, ReadPolicy, TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import Telling, Trace
from pledgewatch.model.reading import Reading
from pledgewatch.release import SentencesRefused
from pledgewatch.resolve.places import find_places, load_gazetteer, load_geonames_dump
from pledgewatch.run.answers import (
    answer_graph,
    answer_ledger,
    answer_read,
    answer_refused,
    answer_release,
    answer_run,
    answer_trace,
    answer_unread,
)
from pledgewatch.run.case import RunResult, create_case, gather_loose, parse_period, read_agreement, run_case
from pledgewatch.run.fuse import answer_fusion, read_claims, read_copies
from pledgewatch.run.inquiry import ask_case
from pledgewatch.run.local import LocalEngine
from pledgewatch.run.resolving import answer_edges, answer_resolve, answer_screen
from pledgewatch.store import CaseFolder

_UsageErrors: Any = tuple(cls for cls in (*typer.BadParameter.__mro__, click.ClickException) if hasattr(cls, "show"))
"""What Typer raises for a wrong option: newer ones have a click of their own inside, older ones use click's."""

_HALF_PAIR = re.compile("[\ud800-\udfff]")

app = typer.Typer(
    name="pledgewatch",
    help=(
        "Says, commitment by commitment, whether an agreement is being kept, on what evidence, and how sure one "
        "may be.\n\n"
        "A case goes through the stages collect, read, trace, resolve, ledger, weigh, report, release, export: "
        "`pledgewatch init` makes the case, `pledgewatch run` does them all, `pledgewatch demo` shows it on an "
        "invented case."
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print only JSON on standard output (shapes: docs/how/json.md).")]
Case = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.", show_default=False)]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.", show_default=False)]
Workers = Annotated[
    int | None,
    typer.Option(min=0, max=256, help="Worker processes; 0 works in this process (default: one for each core)."),
]


@app.command("init")
def init_command(
    case: Case,
    agreement: Annotated[Path, typer.Option(help="The agreement's text.", show_default=False)],
    documents: Annotated[
        list[Path], typer.Option(metavar="PATH...", help="Files and folders with documents.", show_default=False)
    ],
    more_documents: Annotated[list[Path] | None, typer.Argument(hidden=True)] = None,
    title: Annotated[str | None, typer.Option(help="Title of the case (default: the agreement's).")] = None,
    sources: Annotated[Path | None, typer.Option(help="A sources.yml to start from.")] = None,
    indicators: Annotated[
        Path | None, typer.Option(help="An indicators.yml (default: proposed from the clauses).")
    ] = None,
    actors: Annotated[Path | None, typer.Option(help="An actors.yml with names and aliases.")] = None,
) -> None:
    """Make a case folder from an agreement and documents."""
    folder, drawn = create_case(
        case,
        agreement,
        [*documents, *(more_documents or [])],
        title=title,
        sources=sources,
        indicators=indicators,
        actors=actors,
    )
    show_case(folder, drawn)


@app.command("run")
def run_command(
    case: Case,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Day of assessment: nothing later is used.")] = None,
    audience: Annotated[str | None, typer.Option(help="Who the report is for (pledgewatch.toml names them).")] = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Take a case through all stages and write the report."""
    day = None if as_of is None else parse_day(as_of)
    with LiveProgress() as progress:
        result = run_case(
            CaseFolder.open(case),
            LocalEngine(workers=workers),
            progress,
            as_of=day,
            audience=audience,
            lists=open_shelf().folder,
            at=now(),
        )
    if as_json:
        print_json(answer_run(result))
    else:
        show_findings(result)


@app.command("read")
def read_command(paths: Paths, workers: Workers = None, as_json: AsJson = False) -> None:
    """Read documents: who said what, when, how many, about whom."""
    with _progress(as_json) as progress:
        workshop, collected, gathered = gather_loose(paths, LocalEngine(workers=workers), progress)
        policy = CollectPolicy()
        readings = workshop.read(collected.documents, ReadPolicy(), policy.max_seconds)
    named = gathered.named
    for document in collected.documents:
        if as_json:
            print_json(answer_read(document, readings[document.id], named_path(document.path, named)))
        else:
            show_reading(document, readings[document.id])
    for record in collected.unread:
        if as_json:
            print_json(answer_unread(named_path(record.path, named), record.why, record.remedy))
        ERRORS.print(f"[yellow]unread[/] {escape(record.path)}: {escape(record.why)}. {escape(record.remedy)}")
    if not collected.documents:
        raise typer.Exit(2)


@app.command("trace")
def trace_command(
    paths: Paths,
    workers: Workers = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page too: origins, and each copy beside its original."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find which documents tell the same original, and what each changed. Of two, both are shown side by side."""
    with _progress(as_json) as progress:
        workshop, collected, gathered = gather_loose(paths, LocalEngine(workers=workers), progress)
        readings = workshop.read(collected.documents, ReadPolicy(), CollectPolicy().max_seconds)
        trace = workshop.trace(collected.documents, readings, TracePolicy())
    for record in collected.unread:
        ERRORS.print(f"[yellow]unread[/] {escape(record.path)}: {escape(record.why)}. {escape(record.remedy)}")
    named = gathered.named
    shown = {document.id: named_path(document.path, named) for document in collected.documents}
    documents = {document.id: document for document in collected.documents}
    tellings = (
        pledgewatch.trace.follow_tellings(collected.documents, readings, trace) if html is not None or as_json else ()
    )
    if html is not None:
        write_page(html, trace, documents, shown, readings, tellings)
    if as_json:
        print_json(answer_trace(trace, shown, tellings))
        return
    show_trace(trace, documents, shown)
    if len(documents) == 2:
        for link in trace.links:
            show_sides(
                pledgewatch.trace.lay_side_by_side(documents[link.copy], documents[link.of], readings), shown, link
            )


def write_page(
    file: Path,
    trace: Trace,
    documents: Mapping[str, Document],
    paths: Mapping[str, str],
    readings: Mapping[str, Reading],
    tellings: Sequence[Telling],
) -> None:
    """Writes the page of a trace."""
    said = {statement.id: show_content(statement) for reading in readings.values() for statement in reading.statements}
    sides = {
        (link.copy, link.of): pledgewatch.trace.lay_side_by_side(documents[link.copy], documents[link.of], readings)
        for link in trace.links
        if link.kind != "cites"
    }
    write_text(
        file, render_trace_page(trace, documents, paths, sides, [(one, said[one.statement]) for one in tellings])
    )


def read_text(file: Path) -> str:
    """The text of a file that the user named."""
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} can't be read: {error}", remedy="Name a text file in UTF-8.") from error


def write_text(file: Path, text: str) -> None:
    """Writes a file that the user named."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{file} can't be written: {error.strerror}", remedy="Name a file in a folder that exists."
        ) from error


@app.command("resolve")
def resolve_command(
    paths: Paths,
    lists: Lists = None,
    as_of: AsOf = None,
    network: Annotated[
        Path | None, typer.Option("--network", metavar="FILE", help="Write the ties between those named, as JSON.")
    ] = None,
    geonames: Annotated[
        Path | None,
        typer.Option("--geonames", metavar="FILE", help="A GeoNames country dump (AF.txt)."),
    ] = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Find who and where the names in documents are, on which list that day, and why; "not listed" is an answer."""
    known = read_known(lists, None if as_of is None else parse_day(as_of))
    with _progress(as_json) as progress:
        workshop, collected, gathered = gather_loose(paths, LocalEngine(workers=workers), progress)
        readings = workshop.read(collected.documents, ReadPolicy(), CollectPolicy().max_seconds)
        resolution = workshop.resolve(collected.documents, readings, None, (), known)
    for record in collected.unread:
        ERRORS.print(f"[yellow]unread[/] {escape(record.path)}: {escape(record.why)}. {escape(record.remedy)}")
    gazetteer = load_gazetteer()
    if geonames is not None:
        dump = load_geonames_dump(read_text(geonames).splitlines(), str(geonames), gazetteer)
        gazetteer = gazetteer.with_entries(dump.entries, str(geonames))
        for record in dump.unread[:20]:
            ERRORS.print(f"[yellow]unread[/] {escape(record.path)}: {escape(record.why)}")
    for document in collected.documents:
        path, links = named_path(document.path, gathered.named), resolution.links_of(document.id)
        places = find_places(document.text, gazetteer, readings[document.id].mentions)
        if as_json:
            print_json(answer_resolve(document, links, path, resolution.actors, places))
        else:
            show_links(path, links, resolution.actors)
            show_places(places)
    if network is not None:
        edges = pledgewatch.resolve.build_network((), (), collected.documents, readings, resolution)
        named = {actor.id for actor in resolution.actors}
        outside = pledgewatch.resolve.build_network(known.registry, known.lists)
        edges = (*edges, *(edge for edge in outside if edge.source in named and edge.target in named))
        write_text(network, json.dumps(answer_edges(edges), ensure_ascii=False, indent=1) + "\n")
    if not collected.documents:
        raise typer.Exit(2)


@app.command("screen")
def screen_command(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAMES...", help="Names, files with a name a line, or - for standard input.", show_default=False
        ),
    ],
    lists: Lists = None,
    as_of: AsOf = None,
    kind: Annotated[str | None, typer.Option(help="What the names are of: person or group.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hold bare names against the lists and the registry: who may be meant, how likely, and why."""
    if kind not in (None, "person", "group"):
        raise InputError(f"{kind!r} is no kind", remedy="Write person or group, or leave it out.")
    known = read_known(lists, None if as_of is None else parse_day(as_of))
    for screened in pledgewatch.resolve.screen_names(read_names(names), known, kind):
        if as_json:
            print_json(answer_screen(screened))
        else:
            show_screened(screened)


@app.command("fuse")
def fuse_command(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.csv", help="Columns source, item, value, and day if known.", show_default=False),
    ],
    copies: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Who copies whom, as far as known: columns copy, original.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fuse what many sources say of many things, learning who is reliable and who copies."""
    table = read_claims(read_text(file), str(file))
    answer = answer_fusion(table, read_copies(read_text(copies), str(copies)) if copies is not None else None)
    if as_json:
        print_json(answer)
    else:
        show_fusion(answer)


app.add_typer(list_app, name="list")
app.add_typer(actor_app, name="actor")


@app.command("ledger")
def ledger_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The agreement's text.", show_default=False)],
    amended_by: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A later protocol that moves deadlines; the old dates stay on record."),
    ] = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=DATE", help='Count deadlines from another day, such as "entry into force=2031-05-01".'
        ),
    ] = None,
    graph: Annotated[bool, typer.Option("--graph", help="Show which commitment waits for which.")] = False,
    dot: Annotated[Path | None, typer.Option(metavar="FILE", help="Write that graph for Graphviz.")] = None,
    mermaid: Annotated[Path | None, typer.Option(metavar="FILE", help="Write that graph as a Mermaid chart.")] = None,
    ics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the deadlines as a calendar (iCalendar).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draw the commitments from an agreement: who must do what, by when, on what condition."""
    document = read_agreement(file, CollectPolicy())
    agreement = pledgewatch.ledger.draw_ledger(document)
    for protocol in amended_by or ():
        later = pledgewatch.ledger.draw_ledger(read_agreement(protocol, CollectPolicy()))
        agreement = pledgewatch.ledger.apply_amendment(agreement, later)
    agreement = pledgewatch.ledger.recompute_deadlines(agreement, parse_anchors(anchor or ()))
    proposed = pledgewatch.ledger.propose_indicators(agreement, document.text)
    agreement = pledgewatch.ledger.attach_indicators(agreement, proposed)
    drawn = pledgewatch.ledger.build_graph(agreement)
    if ics is not None:
        write_file(ics, write_calendar(agreement))
    if dot is not None:
        write_file(dot, pledgewatch.ledger.write_dot(agreement, drawn).encode())
    if mermaid is not None:
        write_file(mermaid, pledgewatch.ledger.write_mermaid(agreement, drawn).encode())
    if as_json:
        print_json(answer_graph(agreement, drawn) if graph else answer_ledger(agreement))
    elif graph:
        show_graph(agreement, drawn)
    else:
        show_ledger(agreement)


def parse_anchors(pairs: Sequence[str]) -> dict[str, str]:
    """Days by the name of what they date, from ``NAME=DATE``; raises ``InputError`` for anything else.

    >>> parse_anchors(["signing=2031-05-01"])
    {'signing': '2031-05-01'}
    """
    anchors = {}
    for pair in pairs:
        name, is_pair, day = pair.partition("=")
        try:
            anchors[name.strip()] = date.fromisoformat(day.strip()).isoformat()
        except ValueError as error:
            raise InputError(
                f"{pair!r} is no name and day", where="--anchor", remedy='Write it as "signing=2031-09-01".'
            ) from error
        if not is_pair or not name.strip():
            raise InputError(f"{pair!r} names nothing", where="--anchor", remedy='Write it as "signing=2031-09-01".')
    return anchors


def write_file(file: Path, content: bytes) -> None:
    """Writes a file that the user named; raises ``InputError`` where that can't be done."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError(
            f"{file} can't be written: {error.strerror}", remedy="Name a file in a folder that exists."
        ) from error


@app.command("weigh")
def weigh_command(
    case: Case,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Day of assessment: nothing later is used.")] = None,
    explain: Annotated[
        str | None,
        typer.Option(metavar="COMMITMENT", help="Print the whole arithmetic of one finding (a clause's number or id)."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Print what changed since this day, and which evidence did it.")
    ] = None,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Print every day on which a finding became another, without hindsight.")
    ] = False,
    grade: Annotated[
        GradingStep | None,
        typer.Option(help="Print what a person who grades is asked, in two blind steps: letters first, then digits."),
    ] = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Weigh the evidence for and against each commitment (runs what is stale, as `run` does)."""
    day = None if as_of is None else parse_day(as_of)
    questions = [
        *([ask_to_explain(day, explain)] if explain is not None else []),
        *([ask_for_changes(day, parse_day(since, "--since"))] if since is not None else []),
        *([ask_for_timeline(day)] if timeline else []),
        *([ask_for_grades(day, grade.value)] if grade is not None else []),
    ]
    if len(questions) > 1:
        raise InputError(
            "one answer at a time", where="weigh", remedy="Give one of --explain, --since, --timeline and --grade."
        )
    folder, engine = CaseFolder.open(case), LocalEngine(workers=workers)
    with _progress(as_json) as progress:
        if questions:
            answer = ask_case(folder, engine, progress, questions[0], lists=open_shelf().folder)
        else:
            answer = answer_findings(run_case(folder, engine, progress, as_of=day, lists=open_shelf().folder, at=now()))
    print_json(answer.plain()) if as_json else answer.show()


@app.command("release")
def release_command(
    case: Case,
    period: Annotated[
        str, typer.Option(help="A day, month or year; the report is as of its last day.", show_default=False)
    ],
    audience: Annotated[str, typer.Option(help="Who it goes to (pledgewatch.toml names them).", show_default=False)],
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Write the report for an audience, built only from what it may see; refuse if anything protected would leave."""
    name, day = parse_period(period)
    try:
        with _progress(as_json) as progress:
            result = run_case(
                CaseFolder.open(case),
                LocalEngine(workers=workers),
                progress,
                as_of=day,
                period=name,
                audience=audience,
                lists=open_shelf().folder,
                at=now(),
            )
    except SentencesRefused as refusal:
        if as_json:
            print_json(answer_refused(refusal.refused))
        raise
    if as_json:
        print_json(answer_release(result.cleared, result.files))
    else:
        show_release(result)


def show_release(result: RunResult) -> None:
    """Says what went out and, to the team, what stayed inside and why."""
    sentences = sum(len(section.sentences) for section in result.cleared.report.sections)
    audience = result.cleared.audience
    OUT.print(f"[bold]Cleared[/] for {escape(audience.name)} (TLP:{audience.tlp}): {sentences} sentences.")
    for refused in result.cleared.refused:
        OUT.print(f"  stays inside: {escape(refused.rule)}. Remedies: {escape('; '.join(refused.remedies))}")
    for path, sha256 in result.files:
        OUT.print(f"  {escape(str(path))}  [dim]{sha256[:12]}[/]")


@app.command("search")
def search_command(
    case: Case,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words to look for.", show_default=False)],
    limit: Annotated[int, typer.Option(min=1, help="Most documents shown.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the full text of a case's documents."""
    with CaseFolder.open(case).open_store() as store:
        hits = store.search_documents(" ".join(words), limit)
        documents = {hit.document: store.get_document(hit.document) for hit in hits}
    for hit in hits:
        document = documents[hit.document]
        path = document.path if document else hit.document
        if as_json:
            print_json(
                {
                    "document": hit.document,
                    "path": path,
                    "passage": hit.passage.text,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                }
            )
        else:
            OUT.print(f"[bold]{escape(path)}[/]\n  {escape(' '.join(hit.passage.text.split()))}")
    if not hits and not as_json:
        OUT.print("Nothing found.")


@app.command("log")
def log_command(
    case: Case,
    head: Annotated[
        str | None, typer.Option(help="A last line's hash as noted before: is it still there?", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a case's audit log and check that nobody has changed it."""
    with CaseFolder.open(case).open_store() as store:
        store.verify_log(head)
        entries = store.list_log()
    for entry in entries:
        if as_json:
            print_json({"at": entry.at, "event": entry.event, "details": entry.details, "hash": entry.hash})
        else:
            OUT.print(
                f"{entry.at}  [bold]{escape(entry.event)}[/]  {escape(json.dumps(entry.details, sort_keys=True))}"
            )
    if not as_json:
        OUT.print(f"{len(entries)} entries; the chain of hashes holds.")
        if entries:
            # A chain can't tell that its end was cut off; whoever noted the last hash elsewhere can.
            OUT.print(f"Last hash, to note elsewhere and give as --head later: {entries[-1].hash}", soft_wrap=True)


@app.command("demo")
def demo_command(
    target: Annotated[Path, typer.Argument(help="Folder to make the demo in.")] = Path("pledgewatch-demo"),
    workers: Workers = None,
) -> None:
    """Make the bundled case (fiction: invented countries and people) and run it."""
    files = copy_demo(target / "material")
    folder = target / "case"
    if not (folder / "pledgewatch.toml").exists():
        create_case(
            folder,
            files.agreement,
            [files.documents],
            sources=files.sources,
            indicators=files.indicators,
            actors=files.actors,
        )
    with LiveProgress() as progress:
        result = run_case(CaseFolder.open(folder), LocalEngine(workers=workers), progress, as_of=files.as_of, at=now())
    show_findings(result)


def parse_day(text: str, option: str = "--as-of") -> str:
    """An ISO day; raises ``InputError`` for anything else."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError(
            f"{text!r} is no day", where=option, remedy="Write it as YEAR-MONTH-DAY, such as 2031-09-01."
        ) from error


def now() -> str:
    """The time for the audit log, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def named_path(path: str, named: Mapping[str, str]) -> str:
    """A document's or record's path as the user named it; an item of a feed or mail keeps its ``#item``.

    >>> named_path("docs/feed #1.xml#item 2", {"docs/feed #1.xml": "../docs/feed #1.xml"})
    '../docs/feed #1.xml#item 2'
    """
    file, item = path, ""
    while file not in named and "#" in file:
        file, _, last = file.rpartition("#")
        item = f"#{last}{item}"
    return named.get(file, file) + item


def print_json(answer: object) -> None:
    """Prints one JSON value on one line of standard output, valid whatever encoding the stream has.

    Half of a surrogate pair, which no encoding can write, goes out as the escape that JSON has for it.
    """
    line = json.dumps(answer, ensure_ascii=(sys.stdout.encoding or "").lower().replace("-", "") != "utf8")
    try:
        sys.stdout.write(_HALF_PAIR.sub(lambda half: f"\\u{ord(half.group()):04x}", line) + "\n")
    except BrokenPipeError as error:
        raise PipeClosed from error


def _progress(quiet: bool) -> LiveProgress:
    return LiveProgress(quiet=quiet)


def main() -> NoReturn:
    """Runs the command line; every error becomes words on standard error and an exit status."""
    # Text from outside may hold lone surrogates; a terminal that can't show them must not stop the command.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run_app()
        # Here, and not at the end of the interpreter, where nobody could catch a pipe that is closed by now.
        sys.stdout.flush()
    except (BrokenPipeError, PipeClosed):
        # What is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)


def _run_app() -> int:
    try:
        status = app(standalone_mode=False)
    except (BrokenPipeError, PipeClosed):
        raise
    except PledgewatchError as error:
        show_error(error)
        return error.exit_status
    except _UsageErrors as error:
        error.show()
        return int(error.exit_code)
    except (click.Abort, typer.Abort, KeyboardInterrupt):
        ERRORS.print("Stopped. What was finished is kept; the same command goes on from there.")
        return 130
    except OSError as error:
        # Disks fill and folders vanish at any moment; that is for a person to mend, and no bug.
        place = error.filename if isinstance(error.filename, str) else None
        remedy = "Check that it is there and may be read and written, that the disk has room, and run it again."
        show_error(InputError(f"the system refuses: {error.strerror or error}", where=place, remedy=remedy))
        return InputError.exit_status
    except Exception as error:
        ERRORS.print_exception(show_locals=False)
        ERRORS.print(
            f"[bold red]This is a bug of ours:[/] {escape(str(error))}. Please report it with the lines above."
        )
        return 70
    return status if isinstance(status, int) else 0
