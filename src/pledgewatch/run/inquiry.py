"""A case made ready to be asked about any day: what was published by then, traced and resolved by then.

The stages ``trace`` and ``resolve`` look at all documents that they are given, so a later one could join two origins or
complete a name. Here they are given those of the day and no other: nothing later can move what is found (rule 6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pledgewatch.collect
import pledgewatch.release
import pledgewatch.resolve
import pledgewatch.weigh
from pledgewatch.errors import InputError
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import Changes, DigitQuestion, Explanation, LetterQuestion, Timeline
from pledgewatch.model.document import Document
from pledgewatch.model.report import Audience
from pledgewatch.run.case import CaseInputs, choose_audience, complete_sources, list_open, load_case
from pledgewatch.run.contract import Engine
from pledgewatch.run.progress import Progress
from pledgewatch.run.stages import Workshop, choose_day
from pledgewatch.store import CaseFolder
from pledgewatch.weigh import Holdings

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A loaded case, for one audience.

    Attributes:
        quiet: the workshop with nobody who hears of the progress, for questions that take a hundred days.
    """

    inputs: CaseInputs
    workshop: Workshop
    audience: Audience
    progress: Progress
    quiet: Workshop

    @property
    def agreement(self) -> Agreement:
        """With its indicators."""
        return self.inputs.agreement

    def choose_day(self, as_of: str | None) -> str:
        """The day asked for, the case's own, or that of the latest document."""
        wanted = as_of or self.inputs.case_file.as_of
        return choose_day(wanted, list_open(self.inputs.collected.documents, self.audience))

    def permitted_on(self, day: str) -> tuple[Document, ...]:
        """The documents that the audience may see on a day, without the agreement's own."""
        permitted = pledgewatch.release.permitted_documents(self.inputs.collected.documents, self.audience, day)
        return tuple(one for one in permitted if one.id != self.inputs.agreement_document.id)

    def hold(self, as_of: str, *, one_of_many: bool = False) -> Holdings:
        """Everything as it was on a day.

        Args:
            one_of_many: many days are asked for: nobody hears of each, and resolutions, which would fill the disk, are
                not kept.
        """
        used = pledgewatch.weigh.published_by(self.permitted_on(as_of), as_of)
        sources, _ = complete_sources(self.inputs.sources, used, self.agreement)
        documents = pledgewatch.collect.assign_sources(used, sources)
        readings = {document.id: self.inputs.readings[document.id] for document in documents}
        workshop = self.quiet if one_of_many else self.workshop
        trace = workshop.trace(documents, readings, self.inputs.case_file.trace)
        inputs = self.inputs
        if one_of_many:
            found = pledgewatch.resolve.resolve_mentions(
                documents, readings, self.agreement, inputs.actors, inputs.known
            )
            resolution = pledgewatch.resolve.apply_judgements(found, inputs.judgements, inputs.known.registry)
        else:
            resolution = workshop.resolve(
                documents, readings, self.agreement, inputs.actors, inputs.known, inputs.judgements
            )
        return Holdings(as_of, documents, trace, resolution, sources)

    def explain(self, as_of: str, commitment: str) -> Explanation:
        """The arithmetic of one finding as of a day.

        Raises:
            InputError: there is no such commitment.
        """
        pledgewatch.weigh.find_commitment(self.agreement, commitment)
        return pledgewatch.weigh.explain_commitment(
            self.agreement, self.inputs.readings, self.hold(as_of), self.inputs.case_file.weigh, commitment
        )

    def find_changes(self, since: str, as_of: str) -> Changes:
        """Every finding that differs between two days, and which evidence did it.

        Raises:
            InputError: the first day is not before the second.
        """
        if since >= as_of:
            raise InputError(
                f"{since} is not before {as_of}", where="--since", remedy="Name an earlier day than that of --as-of."
            )
        return pledgewatch.weigh.find_changes(
            self.agreement, self.inputs.readings, self.hold(since), self.hold(as_of), self.inputs.case_file.weigh
        )

    def ask_grades(self, as_of: str) -> tuple[tuple[LetterQuestion, ...], tuple[DigitQuestion, ...]]:
        """The questions for the letters of the sources, and for the digits of what they report, each blind."""
        return pledgewatch.weigh.ask_grades(
            self.agreement, self.inputs.readings, self.hold(as_of), self.inputs.case_file.weigh
        )

    def draw_timeline(self, until: str) -> Timeline:
        """Every day up to one on which a finding became another, each seen with what was published by then."""
        self.progress.start_stage("timeline", None)
        timeline = pledgewatch.weigh.draw_timeline(
            self.agreement,
            self.permitted_on(until),
            self.inputs.readings,
            lambda day: self.hold(day, one_of_many=True),
            self.inputs.case_file.weigh,
            until,
        )
        turned = len({entry.day for entry in timeline.entries})
        self.progress.finish_stage("timeline", f"{turned} days on which a finding became another")
        return timeline


class _NobodyHears:
    def start_stage(self, stage: str, total: int | None) -> None:
        """Says nothing."""

    def step_stage(self, stage: str) -> None:
        """Says nothing."""

    def finish_stage(self, stage: str, note: str) -> None:
        """Says nothing."""


def ask_case(
    folder: CaseFolder,
    engine: Engine,
    progress: Progress,
    ask: Callable[[Inquiry], Answer],
    audience: str | None = None,
    lists: Path | None = None,
) -> Answer:
    """Loads a case (only what is stale is done again) and asks it something; nothing is written but what was read.

    Raises:
        InputError: the audience is not known, or the case's files are wrong.
    """
    reader = choose_audience(folder.case_file, audience)
    with folder.lock(), folder.open_store() as store:
        workshop = Workshop(engine, store, progress)
        quiet = Workshop(engine, store, _NobodyHears())
        return ask(
            Inquiry(load_case(folder, workshop, lists, store.effective_judgements()), workshop, reader, progress, quiet)
        )
