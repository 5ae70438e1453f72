"""A case made ready to be asked about any day: what was published by then, traced and resolved by then.

The stages ``trace`` and ``resolve`` look at all documents that they are given, so a later one could join two origins or
complete a name. Here they are given those of the day and no other: nothing later can move what is found (rule 6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pledgewatch.collect
import pledgewatch.release
import pledgewatch.weigh
from pledgewatch.model.actor import Resolution
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.assessment import Explanation
from pledgewatch.model.document import Document, Source
from pledgewatch.model.origin import Trace
from pledgewatch.model.report import Audience
from pledgewatch.run.case import CaseInputs, choose_audience, complete_sources, list_open, load_case
from pledgewatch.run.contract import Engine
from pledgewatch.run.progress import Progress
from pledgewatch.run.stages import Workshop, choose_day
from pledgewatch.store import CaseFolder

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Day:
    """What was to be had on one day."""

    as_of: str
    documents: tuple[Document, ...]
    trace: Trace
    resolution: Resolution
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A loaded case, for one audience."""

    inputs: CaseInputs
    workshop: Workshop
    audience: Audience

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

    def prepare(self, as_of: str) -> Day:
        """Everything as it was on a day."""
        used, _ = pledgewatch.weigh.choose_documents(self.permitted_on(as_of), as_of)
        sources, _ = complete_sources(self.inputs.sources, used, self.agreement)
        documents = pledgewatch.collect.assign_sources(used, sources)
        readings = {document.id: self.inputs.readings[document.id] for document in documents}
        trace = self.workshop.trace(documents, readings, self.inputs.case_file.trace)
        resolution = self.workshop.resolve(documents, readings, self.agreement, self.inputs.actors)
        return Day(as_of, documents, trace, resolution, sources)

    def explain(self, as_of: str, commitment: str) -> Explanation:
        """The arithmetic of one finding as of a day.

        Raises:
            InputError: there is no such commitment.
        """
        pledgewatch.weigh.find_commitment(self.agreement, commitment)
        day = self.prepare(as_of)
        return pledgewatch.weigh.explain_commitment(
            self.agreement,
            day.documents,
            self.inputs.readings,
            day.trace,
            day.resolution,
            day.sources,
            as_of,
            self.inputs.case_file.weigh,
            commitment,
        )


def ask_case(
    folder: CaseFolder,
    engine: Engine,
    progress: Progress,
    ask: Callable[[Inquiry], Answer],
    audience: str | None = None,
) -> Answer:
    """Loads a case (only what is stale is done again) and asks it something; nothing is written but what was read.

    Raises:
        InputError: the audience is not known, or the case's files are wrong.
    """
    reader = choose_audience(folder.case_file, audience)
    with folder.lock(), folder.open_store() as store:
        workshop = Workshop(engine, store, progress)
        return ask(Inquiry(load_case(folder, workshop), workshop, reader))
