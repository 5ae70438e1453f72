"""The order of the stages, and each stage on many documents: what is done is remembered, only what is stale runs again.

Every result is kept under a content address: a hash over the stage's version, its policy and its inputs. A run that was
killed finds everything that was finished, and the same input gives the same output to the byte (rule 10).
"""

from __future__ import annotations

import calendar
import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pledgewatch.collect
import pledgewatch.export
import pledgewatch.ledger
import pledgewatch.read
import pledgewatch.release
import pledgewatch.report
import pledgewatch.resolve
import pledgewatch.trace
import pledgewatch.weigh
from pledgewatch.errors import InputError
from pledgewatch.model.actor import Actor, Resolution
from pledgewatch.model.agreement import Agreement, Indicator
from pledgewatch.model.assessment import Assessment
from pledgewatch.model.case import CollectPolicy, ReadPolicy, TracePolicy, WeighPolicy
from pledgewatch.model.document import Collected, Document, Source, Unread
from pledgewatch.model.judgement import Judgement
from pledgewatch.model.origin import Trace
from pledgewatch.model.reading import Reading
from pledgewatch.model.report import Report
from pledgewatch.model.wire import from_wire, to_wire
from pledgewatch.resolve import Known
from pledgewatch.run.contract import Engine
from pledgewatch.run.gather import FoundFile, Gathered
from pledgewatch.run.progress import Progress
from pledgewatch.run.resolving import known_digest
from pledgewatch.store.contract import write_canonical

STAGES: tuple[tuple[str, str], ...] = (
    ("collect", pledgewatch.collect.VERSION),
    ("read", pledgewatch.read.VERSION),
    ("trace", pledgewatch.trace.VERSION),
    ("resolve", pledgewatch.resolve.VERSION),
    ("ledger", pledgewatch.ledger.VERSION),
    ("weigh", pledgewatch.weigh.VERSION),
    ("report", pledgewatch.report.VERSION),
    ("release", pledgewatch.release.VERSION),
    ("export", pledgewatch.export.VERSION),
)
"""Every stage in the order of work, with its version."""

Noun = TypeVar("Noun")
Job = TypeVar("Job")


class Memory(Protocol):
    """What the stages need of a store: results by content address."""

    def get_result(self, stage: str, key: str) -> Any | None:
        """The plain value kept under the address, or ``None``."""

    def put_result(self, stage: str, key: str, value: Any, document: str | None = None) -> None:
        """Keeps a plain value for good, in one transaction."""


class NoMemory:
    """Remembers nothing: for commands outside a case."""

    def get_result(self, stage: str, key: str) -> Any | None:  # noqa: ARG002
        """Knows nothing."""
        return None

    def put_result(self, stage: str, key: str, value: Any, document: str | None = None) -> None:
        """Keeps nothing."""


@dataclass(frozen=True, slots=True)
class CollectJob:
    """One file for a worker: where its bytes lie and what it is called."""

    place: Path
    shown: str
    policy: CollectPolicy
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One document for a worker."""

    document: Document
    policy: ReadPolicy


def _run_collect(job: CollectJob) -> Collected:
    return pledgewatch.collect.collect_file(job.place.read_bytes(), job.shown, job.policy, job.sources)


def _fail_collect(job: CollectJob, why: str) -> Collected:
    return Collected(
        unread=(
            Unread(job.shown, why, "Open the file by hand; save it in a simpler form, or list it in an ignore file."),
        )
    )


def _run_read(job: ReadJob) -> Reading:
    return pledgewatch.read.read_document(job.document, job.policy)


def _fail_read(job: ReadJob, why: str) -> Reading:
    remedy = "The document is kept and shown, but nothing in it was marked; please report its form as a bug."
    return Reading(job.document.id, "none", unread=(Unread(job.document.path, why, remedy),))


class Workshop:
    """Runs stages with a memory, an engine and somebody who hears of the progress.

    Attributes:
        made, reused: how many results each stage made anew and how many it found.
    """

    def __init__(self, engine: Engine, memory: Memory, progress: Progress) -> None:
        self._engine = engine
        self._memory = memory
        self._progress = progress
        self.made: dict[str, int] = {}
        self.reused: dict[str, int] = {}

    def collect(
        self,
        gathered: Gathered,
        policy: CollectPolicy,
        sources: tuple[Source, ...],
        keep_bytes: Callable[[FoundFile], tuple[str, Path]],
    ) -> Collected:
        """Collects every gathered file. ``keep_bytes`` gives the SHA-256 of a file and where its bytes may be read."""
        self._progress.start_stage("collect", len(gathered.files))
        parts: dict[str, Collected] = {}
        jobs: list[tuple[str, CollectJob]] = []
        sizes = policy.max_mb * 1_000_000
        unread = list(gathered.unread)
        for file in gathered.files:
            if file.size > sizes:
                remedy = "Split it, or raise max_mb under [collect] in pledgewatch.toml."
                why = f"it has {file.size / 1e6:.0f} MB and the limit is {policy.max_mb} MB"
                unread.append(Unread(file.shown, why, remedy))
                self._progress.step_stage("collect")
                continue
            try:
                sha256, place = keep_bytes(file)
            except OSError as error:
                unread.append(Unread(file.shown, f"it can't be read: {error}", "Make it readable, or remove it."))
                self._progress.step_stage("collect")
                continue
            key = address(pledgewatch.collect.VERSION, sha256, file.shown, policy, sources)
            known = self._remembered("collect", key, Collected)
            if known is None:
                jobs.append((key, CollectJob(place, file.shown, policy, sources)))
            else:
                parts[file.shown] = known
                self._progress.step_stage("collect")
        for job, part in self._work("collect", _run_collect, _fail_collect, jobs, policy.max_seconds):
            parts[job.shown] = part
        collected = admit_documents((parts[shown] for shown in sorted(parts)), gathered.rejected, unread)
        self._progress.finish_stage(
            "collect",
            f"{collected.found} found = {len(collected.documents)} kept + {len(collected.rejected)} rejected"
            f" + {len(collected.unread)} unread",
        )
        return collected

    def read(self, documents: Sequence[Document], policy: ReadPolicy, seconds: int) -> dict[str, Reading]:
        """Reads every document; the readings by document id, in the order of the documents."""
        self._progress.start_stage("read", len(documents))
        readings: dict[str, Reading] = {}
        jobs: list[tuple[str, ReadJob]] = []
        # Asked for here, a reader that does not exist is one error, and not one for each document.
        reader = pledgewatch.read.find_reader(policy.reader)
        for document in documents:
            key = address(pledgewatch.read.VERSION, reader.name, reader.version, document, policy)
            known = self._remembered("read", key, Reading)
            if known is None:
                jobs.append((key, ReadJob(document, policy)))
            else:
                readings[document.id] = known
                self._progress.step_stage("read")
        for job, reading in self._work("read", _run_read, _fail_read, jobs, seconds):
            readings[job.document.id] = reading
        ordered = {document.id: readings[document.id] for document in documents}
        statements = sum(len(reading.statements) for reading in ordered.values())
        marks = sum(len(reading.marks()) for reading in ordered.values())
        self._progress.finish_stage("read", f"{marks:,} marks, {statements:,} statements among them")
        return ordered

    def trace(self, documents: Sequence[Document], readings: Mapping[str, Reading], policy: TracePolicy) -> Trace:
        """Finds who tells whose story."""
        trace = self._once(
            "trace",
            Trace,
            (pledgewatch.trace.VERSION, documents, list(readings.values()), policy),
            lambda: pledgewatch.trace.trace_documents(documents, readings, policy),
        )
        copies = len(documents) - len(trace.origins)
        self._progress.finish_stage(
            "trace", f"{len(documents)} documents, {len(trace.origins)} origins ({copies} tell another's story)"
        )
        return trace

    def resolve(
        self,
        documents: Sequence[Document],
        readings: Mapping[str, Reading],
        agreement: Agreement | None,
        declared: tuple[Actor, ...],
        known: Known | None = None,
        judgements: Sequence[Judgement] = (),
    ) -> Resolution:
        """Finds the actors behind the mentions, and holds them against what is known outside the case."""
        inputs = (documents, list(readings.values()), agreement, declared, known_digest(known or Known()))
        resolution = self._once(
            "resolve",
            Resolution,
            (pledgewatch.resolve.VERSION, *inputs),
            lambda: pledgewatch.resolve.resolve_mentions(documents, readings, agreement, declared, known),
        )
        resolution = pledgewatch.resolve.apply_judgements(resolution, judgements, (known or Known()).registry)
        self._progress.finish_stage(
            "resolve", f"{len(resolution.actors):,} actors behind {len(resolution.links):,} mentions"
        )
        return resolution

    def ledger(self, document: Document) -> Agreement:
        """Draws the commitments from the agreement's text."""
        agreement = self._once(
            "ledger",
            Agreement,
            (pledgewatch.ledger.VERSION, document),
            lambda: pledgewatch.ledger.draw_ledger(document),
        )
        parties = ", ".join(party.name for party in agreement.parties)
        self._progress.finish_stage("ledger", f"{len(agreement.commitments)} commitments of {parties}")
        return agreement

    def weigh(
        self,
        agreement: Agreement,
        documents: Sequence[Document],
        readings: Mapping[str, Reading],
        trace: Trace,
        resolution: Resolution,
        sources: tuple[Source, ...],
        as_of: str,
        policy: WeighPolicy,
    ) -> Assessment:
        """Weighs the evidence for and against each commitment as of a day."""
        inputs = (pledgewatch.weigh.VERSION, agreement, documents, list(readings.values()), trace, resolution, sources)
        assessment = self._once(
            "weigh",
            Assessment,
            (*inputs, as_of, policy),
            lambda: pledgewatch.weigh.weigh_case(
                agreement, documents, readings, trace, resolution, sources, as_of, policy
            ),
        )
        counts: dict[str, int] = {}
        for finding in assessment.findings:
            counts[finding.status] = counts.get(finding.status, 0) + 1
        note = ", ".join(f"{count} {status}" for status, count in sorted(counts.items())) or "nothing to weigh"
        self._progress.finish_stage("weigh", f"as of {as_of}: {note}")
        return assessment

    def report(self, make: Callable[[], Report]) -> Report:
        """Writes the report (always anew: it is quick, and every version that it names is in it)."""
        self._progress.start_stage("report", None)
        report = make()
        self.made["report"] = self.made.get("report", 0) + 1
        sentences = [sentence for section in report.sections for sentence in section.sentences]
        cited = sum(1 for sentence in sentences if sentence.citations)
        self._progress.finish_stage("report", f"{len(sentences)} sentences, {cited} with their exact words")
        return report

    def _work(
        self,
        stage: str,
        function: Callable[[Job], Noun],
        fail: Callable[[Job, str], Noun],
        jobs: Sequence[tuple[str, Job]],
        seconds: float,
    ) -> Iterator[tuple[Job, Noun]]:
        """Runs jobs on the engine and remembers what they give; a failure is not remembered, so it is tried again."""
        failed: set[int] = set()

        def note_failure(job: Job, why: str) -> Noun:
            failed.add(id(job))
            return fail(job, why)

        done = self._engine.map(function, (job for _, job in jobs), seconds=seconds, on_failure=note_failure)
        for (key, _), (job, noun) in zip(jobs, done, strict=True):
            if id(job) not in failed:
                self._remember(stage, key, noun)
            self._progress.step_stage(stage)
            yield job, noun

    def _once(self, stage: str, cls: type[Noun], inputs: object, make: Callable[[], Noun]) -> Noun:
        self._progress.start_stage(stage, None)
        key = address(inputs)
        known = self._remembered(stage, key, cls)
        if known is not None:
            return known
        noun = make()
        self._remember(stage, key, noun)
        return noun

    def _remembered(self, stage: str, key: str, cls: type[Noun]) -> Noun | None:
        value = self._memory.get_result(stage, key)
        if value is None:
            return None
        try:
            noun = from_wire(cls, value)
        except (InputError, AttributeError, KeyError, TypeError, ValueError):
            # Kept in a form that is no longer ours, or damaged: then it is made anew.
            return None
        self.reused[stage] = self.reused.get(stage, 0) + 1
        return noun

    def _remember(self, stage: str, key: str, noun: object, document: str | None = None) -> None:
        self._memory.put_result(stage, key, to_wire(noun), document)
        self.made[stage] = self.made.get(stage, 0) + 1


def address(*inputs: object) -> str:
    """The content address of a result: SHA-256 over everything that it was made from."""
    return hashlib.sha256(write_canonical(to_wire(list(inputs))).encode("utf-8")).hexdigest()


def admit_documents(parts: Iterable[Collected], rejected: Iterable[Unread], unread: Iterable[Unread]) -> Collected:
    """Puts the files' documents into one case: no two with one id, versions of one address in a chain.

    A second document with an id that is taken is not kept: it becomes a rejected record when its bytes are the same,
    and an unread record when they differ, because then one of the two names is wrong.
    """
    documents: dict[str, Document] = {}
    all_rejected, all_unread = list(rejected), list(unread)
    for part in parts:
        all_rejected.extend(part.rejected)
        all_unread.extend(part.unread)
        for document in part.documents:
            twin = documents.get(document.id)
            if twin is None:
                documents[document.id] = document
            elif twin.sha256 == document.sha256:
                all_rejected.append(Unread(document.path, f"the same bytes as {twin.path}, under the same id"))
            else:
                remedy = "Give each its own id in its front matter, or remove the one that is wrong."
                all_unread.append(Unread(document.path, f"its id is also that of {twin.path}", remedy))
    return Collected(tuple(_chain_versions(list(documents.values()))), tuple(all_rejected), tuple(all_unread))


def _chain_versions(documents: list[Document]) -> list[Document]:
    """Marks each document that stands at the address of an older one with a different text as its newer version."""
    versions: dict[str, list[Document]] = {}
    for document in documents:
        # An item of a feed points to the page's address without being that page.
        if document.address and "#" not in document.path:
            versions.setdefault(document.address, []).append(document)
    older: dict[str, str] = {}
    for chain in versions.values():
        chain.sort(key=lambda document: (document.modified or document.published or "", document.path))
        for before, after in itertools.pairwise(chain):
            if before.text != after.text:
                older[after.id] = before.id
    return [dataclasses.replace(document, supersedes=older.get(document.id)) for document in documents]


def choose_indicators(agreement: Agreement, text: str, untrusted_text: str | None, path: str) -> tuple[Indicator, ...]:
    """The indicators of the case's file, or the machine's proposals where the case has no such file."""
    if untrusted_text is None:
        return pledgewatch.ledger.propose_indicators(agreement, text)
    return pledgewatch.ledger.parse_indicators(untrusted_text, path, agreement)


def choose_day(as_of: str | None, documents: Iterable[Document]) -> str:
    """The day of assessment: the one asked for, or that of the latest document.

    Raises:
        InputError: no day was asked for and no document has a date.
    """
    if as_of is not None:
        return as_of
    days = [last_day(document.published) for document in documents if document.published]
    if not days:
        raise InputError(
            "no document that may be used has a date, so there is no day to assess",
            remedy="Give the day with --as-of, and the documents' dates in their front matter.",
        )
    return max(days)


def last_day(date: str) -> str:
    """The last day that an ISO date, as coarse as it is, can mean.

    >>> last_day("2021-02"), last_day("2021"), last_day("2021-05-02")
    ('2021-02-28', '2021-12-31', '2021-05-02')
    """
    year, _, rest = date.partition("-")
    if not rest:
        return f"{year}-12-31"
    month, _, day = rest.partition("-")
    if day:
        return date[:10]
    return f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1]:02d}"
