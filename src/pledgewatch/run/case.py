"""The main job on a case folder: from collected documents to a cleared report on disk."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pledgewatch.collect
import pledgewatch.export
import pledgewatch.ledger
import pledgewatch.release
import pledgewatch.report
import pledgewatch.resolve
import pledgewatch.weigh
from pledgewatch.errors import InputError
from pledgewatch.model.actor import Actor, ListVersion, Resolution
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import Assessment
from pledgewatch.model.case import CaseFile, CollectPolicy
from pledgewatch.model.document import Collected, Document, Source, Unread
from pledgewatch.model.judgement import Judgement
from pledgewatch.model.origin import Trace
from pledgewatch.model.reading import Reading
from pledgewatch.model.report import Audience, Cleared, Report
from pledgewatch.resolve import Known
from pledgewatch.resolve.lists import load_list
from pledgewatch.run.contract import Engine
from pledgewatch.run.gather import FoundFile, Gathered, gather_files
from pledgewatch.run.progress import Progress
from pledgewatch.run.stages import STAGES, NoMemory, Workshop, choose_day, choose_indicators, last_day
from pledgewatch.store import CaseFolder
from pledgewatch.store.atomic_file import write_atomically
from pledgewatch.store.list_shelf import ListShelf

Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True)
class CaseInputs:
    """Everything a case says of itself, read from its folder."""

    case_file: CaseFile
    sources: tuple[Source, ...]
    actors: tuple[Actor, ...]
    agreement: Agreement
    agreement_document: Document
    collected: Collected
    readings: Mapping[str, Reading]
    known: Known = Known()
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What one audience's documents come to: nothing in here was made from anything else."""

    documents: tuple[Document, ...]
    trace: Trace
    resolution: Resolution
    assessment: Assessment
    report: Report


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run gave: counts that reconcile, the findings, and the files written (with the SHA-256 of their bytes)."""

    collected: Collected
    readings: Mapping[str, Reading]
    agreement: Agreement
    findings: Findings
    cleared: Cleared
    files: tuple[tuple[Path, str], ...]
    unread_parts: tuple[Unread, ...]
    made: Mapping[str, int]
    reused: Mapping[str, int]


def create_case(
    folder: Path,
    agreement: Path,
    documents: Sequence[Path],
    *,
    title: str | None = None,
    sources: Path | None = None,
    indicators: Path | None = None,
    actors: Path | None = None,
) -> tuple[CaseFolder, Agreement]:
    """Makes a case folder, after checking that the agreement has clauses and that the documents are there.

    The case's indicators are proposed from the clauses unless a file is given; a person edits them afterwards.

    Raises:
        InputError: something named is missing or unreadable, the agreement has no clauses, or the folder is in use.
    """
    gather_files(documents)
    for named in (agreement, sources, indicators, actors):
        if named is not None and not named.is_file():
            raise InputError("there is no such file", where=str(named), remedy="Check the path.")
    document = read_agreement(agreement, CollectPolicy())
    drawn = pledgewatch.ledger.draw_ledger(document)
    case_file = CaseFile(
        title=title or drawn.title,
        agreement=agreement.name,
        documents=tuple(str(path.resolve()) for path in documents),
    )
    if indicators is not None:
        _parse_file(indicators, lambda text, path: pledgewatch.ledger.parse_indicators(text, path, drawn))
    if sources is not None:
        _parse_file(sources, pledgewatch.collect.parse_sources)
    if actors is not None:
        _parse_file(actors, pledgewatch.resolve.parse_actors)
    case = CaseFolder.create(folder, case_file, agreement.name, agreement.read_bytes())
    for name, given in ((case_file.sources, sources), (case_file.actors, actors), (case_file.indicators, indicators)):
        if given is not None:
            shutil.copyfile(given, case.path / name)
    if indicators is None:
        proposed = pledgewatch.ledger.propose_indicators(drawn, document.text)
        text = pledgewatch.ledger.write_indicators(drawn, document.text, proposed)
        (case.path / case_file.indicators).write_text(text, "utf-8")
    return case, drawn


def read_agreement(place: Path, policy: CollectPolicy) -> Document:
    """Collects the agreement's text, which is known by its file's name.

    Raises:
        InputError: it is not there, is no plain file, or can't be read.
    """
    if not place.is_file():
        what = "the agreement is no plain file" if place.exists() else "there is no such file"
        raise InputError(what, where=str(place), remedy="Name the file with the agreement's text.")
    megabytes = place.stat().st_size / 1e6
    if megabytes > policy.max_mb:
        raise InputError(
            f"the agreement has {megabytes:,.0f} MB, and the limit is {policy.max_mb} MB",
            where=str(place),
            remedy="Name the file with the agreement's own text.",
        )
    # Agreements are made to be known: one that states no handling is open, unlike a document of unknown standing.
    open_policy = replace(policy, tlp_with_address="CLEAR", tlp_without="CLEAR")
    collected = pledgewatch.collect.collect_file(place.read_bytes(), place.name, open_policy)
    if not collected.documents:
        reason = collected.unread[0] if collected.unread else Unread(place.name, "it is empty")
        raise InputError(f"the agreement can't be read: {reason.why}", where=str(place), remedy=reason.remedy or None)
    return collected.documents[0]


def load_case(
    folder: CaseFolder, workshop: Workshop, lists: Path | None = None, judgements: tuple[Judgement, ...] = ()
) -> CaseInputs:
    """Collects and reads everything a case names; only what is stale is done again.

    Args:
        lists: the user's shelf of lists, for those that the case names without a file.
        judgements: those that hold.
    """
    case_file = folder.case_file
    sources = _parse_file(folder.path / case_file.sources, pledgewatch.collect.parse_sources)
    actors = _parse_file(folder.path / case_file.actors, pledgewatch.resolve.parse_actors)
    gathered = gather_files(folder.path / path for path in case_file.documents)

    def keep_bytes(file: FoundFile) -> tuple[str, Path]:
        sha256 = folder.archive_bytes(file.place.read_bytes())
        return sha256, folder.archive_path(sha256)

    collected = workshop.collect(gathered, case_file.collect, sources, keep_bytes)
    agreement_document = read_agreement(folder.path / case_file.agreement, case_file.collect)
    agreement = workshop.ledger(agreement_document)
    _, proposed = complete_sources(sources, collected.documents, agreement)
    if proposed and not (folder.path / case_file.sources).exists():
        text = pledgewatch.collect.write_sources(proposed)
        write_atomically(folder.path / "sources.proposed.yml", text.encode("utf-8"))
    readings = workshop.read(collected.documents, case_file.read, case_file.collect.max_seconds)
    indicators_path = folder.path / case_file.indicators
    indicators = _parse_file(
        indicators_path,
        lambda text, path: choose_indicators(agreement, agreement_document.text, text, path),
        without=lambda: choose_indicators(agreement, agreement_document.text, None, str(indicators_path)),
    )
    agreement = pledgewatch.ledger.attach_indicators(agreement, indicators)
    known = read_known(folder, lists)
    return CaseInputs(case_file, sources, actors, agreement, agreement_document, collected, readings, known, judgements)


def read_known(folder: CaseFolder, shelf: Path | None) -> Known:
    """What the case's names are held against: the registry, and the lists that ``pledgewatch.toml`` names.

    Raises:
        InputError: a list's file is not there or not a list, or no list of that name was added.
    """
    policy = folder.case_file.resolve
    versions: list[ListVersion] = []
    for named in policy.lists:
        name, equals, file = named.partition("=")
        place = folder.path / file
        if equals and not place.is_file():
            raise InputError("there is no such file", where=f"{folder.path / 'pledgewatch.toml'}, lists: {named}")
        if equals:
            versions.append(load_list(place.read_bytes(), place.name, name))
            continue
        added = ListShelf(shelf).versions(name) if shelf is not None else ()
        if not added:
            raise InputError(
                f"no version of the list {name!r} was added",
                where=str(folder.path / "pledgewatch.toml"),
                remedy=f"Add one with: pledgewatch list add {name}=FILE",
            )
        versions += added
    return Known(pledgewatch.resolve.load_registry() if policy.registry else (), tuple(versions))


def complete_sources(
    declared: tuple[Source, ...], documents: Sequence[Document], agreement: Agreement
) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """The sources that the case's file declares and those proposed for documents that belong to none of them.

    Whose side a publisher is on must be known before anything is weighed (rule 7): what the file leaves open is
    proposed from names and addresses, and laid down for a person to decide.

    Returns:
        All of them, and those proposed.
    """
    unknown = [document for document in documents if document.source is None]
    proposed = pledgewatch.collect.propose_sources(unknown, [party.name for party in agreement.parties])
    taken = {source.id for source in declared}
    return (*declared, *(source for source in proposed if source.id not in taken)), proposed


def find_case(
    inputs: CaseInputs, workshop: Workshop, audience: Audience, as_of: str, period: str
) -> tuple[Findings, tuple[Document, ...]]:
    """Everything from tracing to the report, made only from what the audience may see (built up, never cut down).

    Returns:
        The findings, and all documents of the case (the release compares them with those that were permitted).
    """
    everything = (*inputs.collected.documents, inputs.agreement_document)
    permitted = pledgewatch.release.permitted_documents(everything, audience, as_of)
    if inputs.agreement_document not in permitted:
        raise InputError(
            f"the agreement itself may not go to the audience {audience.name!r}",
            where=inputs.case_file.agreement,
            remedy="Choose another audience, or have the agreement's marking lowered by its originator.",
        )
    documents = tuple(document for document in permitted if document.id != inputs.agreement_document.id)
    # Proposed anew from what is permitted: else a withheld document's publisher could show in another's grade.
    sources, _ = complete_sources(inputs.sources, documents, inputs.agreement)
    documents = pledgewatch.collect.assign_sources(documents, sources)
    readings = {document.id: inputs.readings[document.id] for document in documents}
    # A later document could join two origins or complete a name: what is traced and resolved was published by the day.
    used = pledgewatch.weigh.published_by(documents, as_of)
    read_by_then = {document.id: readings[document.id] for document in used}
    trace = workshop.trace(used, read_by_then, inputs.case_file.trace)
    resolution = workshop.resolve(used, read_by_then, inputs.agreement, inputs.actors, inputs.known, inputs.judgements)
    assessment = workshop.weigh(
        inputs.agreement, documents, readings, trace, resolution, sources, as_of, inputs.case_file.weigh
    )
    # A file that could not be read may be anything, so that there is one is told to those only who may see everything.
    sees_all = audience.protected and audience.tlp == "RED"
    unread = inputs.collected.unread if sees_all else ()
    report = workshop.report(
        lambda: pledgewatch.report.write_report(
            inputs.case_file.title,
            inputs.case_file.title,
            inputs.agreement,
            inputs.agreement_document,
            assessment,
            documents,
            readings,
            trace,
            resolution,
            sources,
            period,
            STAGES,
            unread,
        )
    )
    return Findings(documents, trace, resolution, assessment, report), everything


def run_case(
    folder: CaseFolder,
    engine: Engine,
    progress: Progress,
    *,
    as_of: str | None = None,
    period: str | None = None,
    audience: str | None = None,
    lists: Path | None = None,
    at: str,
) -> RunResult:
    """Takes a case through all stages and writes the audience's report under ``reports/PERIOD/AUDIENCE/``.

    Args:
        as_of: day of assessment; ``None`` for the case's own, or that of its latest document.
        period: name of the report's folder; ``None`` for the day.
        audience: name of the audience; ``None`` for the case's own.
        lists: the user's shelf of lists, for those that the case names without a file.
        at: ISO date-time for the audit log (the only place where the clock shows).

    Raises:
        InputError: the audience is not known, no day can be told, or the case's files are wrong.
        ReleaseRefused: something protected would have left; nothing was written.
    """
    reader = choose_audience(folder.case_file, audience)
    with folder.lock(), folder.open_store() as store:
        workshop = Workshop(engine, store, progress)
        inputs = load_case(folder, workshop, lists, store.effective_judgements())
        store.keep_documents((*inputs.collected.documents, inputs.agreement_document))
        unread_parts = _parts_unread(inputs)
        store.set_unread((*inputs.collected.unread, *unread_parts))
        day = choose_day(as_of or folder.case_file.as_of, list_open(inputs.collected.documents, reader))
        period = period or day
        findings, everything = find_case(inputs, workshop, reader, day, period)
        full = findings
        if len(findings.documents) < len(inputs.collected.documents):
            team = Audience("everyone on the team", "RED", protected=True, embargoed=True)
            full, _ = find_case(inputs, workshop, team, day, period)
        progress.start_stage("release", None)
        cleared = pledgewatch.release.release_report(findings.report, full.report, everything, reader, day)
        progress.finish_stage(
            "release", f"cleared for {reader.name} (TLP:{reader.tlp}); {len(cleared.refused)} sentences stay inside"
        )
        progress.start_stage("export", None)
        target = folder.reports_path / period / reader.name
        files = write_files(target, pledgewatch.export.export_report(cleared))
        progress.finish_stage("export", f"{len(files)} files in {target}")
        store.append_log(
            "run",
            {
                "as_of": day,
                "audience": reader.name,
                "period": period,
                "found": inputs.collected.found,
                "kept": len(inputs.collected.documents),
                "rejected": len(inputs.collected.rejected),
                "unread": len(inputs.collected.unread),
                "files": {path.name: sha256 for path, sha256 in files},
            },
            at,
        )
    return RunResult(
        inputs.collected,
        inputs.readings,
        inputs.agreement,
        findings,
        cleared,
        files,
        unread_parts,
        dict(workshop.made),
        dict(workshop.reused),
    )


def list_open(documents: Sequence[Document], audience: Audience) -> tuple[Document, ...]:
    """The dated documents that the audience may see on their own day: the day of a withheld one must not show."""
    return tuple(
        document
        for document in documents
        if document.published
        and pledgewatch.release.permitted_documents([document], audience, last_day(document.published))
    )


def choose_audience(case_file: CaseFile, name: str | None) -> Audience:
    """The audience of that name; raises ``InputError`` naming those there are."""
    wanted = name or case_file.audience
    for audience in case_file.audiences:
        if audience.name == wanted:
            return audience
    known = ", ".join(audience.name for audience in case_file.audiences)
    raise InputError(
        f"there is no audience {wanted!r}", remedy=f"Choose one of: {known}; or add it to pledgewatch.toml."
    )


def parse_period(period: str) -> tuple[str, str]:
    """A period's name and its last day: ``2021``, ``2021-02`` or ``2021-02-17``; raises ``InputError`` for others.

    >>> parse_period("2021-02")
    ('2021-02', '2021-02-28')
    """
    parts = period.split("-")
    if not (1 <= len(parts) <= 3 and len(parts[0]) == 4 and all(part.isdigit() for part in parts)):
        raise InputError(
            f"{period!r} is no period", remedy="Write a year, a month or a day: 2021, 2021-02, 2021-02-17."
        )
    try:
        day = date.fromisoformat(last_day(period)).isoformat()
    except (ValueError, IndexError) as error:
        raise InputError(f"{period!r} is no period: {error}", remedy="Write a day that exists.") from error
    return period, day


def write_files(target: Path, files: Mapping[str, bytes]) -> tuple[tuple[Path, str], ...]:
    """Writes an export in one step: a reader sees the whole old report or the whole new one, never half of each."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    written = []
    for relative, data in sorted(files.items()):
        place = fresh / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        written.append((target / relative, hashlib.sha256(data).hexdigest()))
    stale = target.with_name(f".{target.name}.old")
    shutil.rmtree(stale, ignore_errors=True)
    if target.exists():
        target.rename(stale)
    fresh.rename(target)
    shutil.rmtree(stale, ignore_errors=True)
    return tuple(written)


def gather_loose(paths: Sequence[Path], engine: Engine, progress: Progress) -> tuple[Workshop, Collected, Gathered]:
    """Collects files outside any case, for commands that only read or trace."""
    gathered = gather_files(paths)
    workshop = Workshop(engine, NoMemory(), progress)

    def keep_bytes(file: FoundFile) -> tuple[str, Path]:
        return hashlib.sha256(file.place.read_bytes()).hexdigest(), file.place

    return workshop, workshop.collect(gathered, CollectPolicy(), (), keep_bytes), gathered


def _parts_unread(inputs: CaseInputs) -> tuple[Unread, ...]:
    parts = [part for document in inputs.collected.documents for part in document.unread]
    parts.extend(part for reading in inputs.readings.values() for part in reading.unread)
    return tuple(parts)


LARGEST_FILE = 5_000_000
"""Bytes of a YAML file of the case; a larger one is something else."""


def _parse_file(
    place: Path,
    parse: Callable[[str, str], tuple[Noun, ...]],
    without: Callable[[], tuple[Noun, ...]] = tuple,
) -> tuple[Noun, ...]:
    """What a YAML file of the case says, or what holds ``without`` it; raises ``InputError`` where it can't be read."""
    if not place.exists() and not place.is_symlink():
        return without()
    if not place.is_file():
        raise InputError("this is no plain file", where=str(place), remedy="Put a YAML file there, or remove it.")
    if place.stat().st_size > LARGEST_FILE:
        raise InputError(
            f"it has {place.stat().st_size / 1e6:,.0f} MB, and the limit is {LARGEST_FILE / 1e6:,.0f} MB",
            where=str(place),
            remedy="Put a YAML file there, or remove it.",
        )
    try:
        return parse(place.read_text("utf-8-sig"), str(place))
    except UnicodeDecodeError as error:
        what = f"it is not UTF-8 (byte {error.start})"
        raise InputError(what, where=str(place), remedy="Save it as UTF-8.") from error
    except RecursionError as error:
        raise InputError(
            "it is nested too deep", where=str(place), remedy="Write it as the template has it."
        ) from error
