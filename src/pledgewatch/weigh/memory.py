"""What documents say on each commitment, remembered from one day to the next as long as nothing about it can differ.

What a document says depends on its own words and on what is known on the day: the names of actors and of those they act
on, who is behind its mentions, which origin it tells, how its publisher is graded. Where all of that is as before, its
evidence is as before; so a day costs what is new on it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from pledgewatch.model.agreement import Agreement
from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading
from pledgewatch.text.folding import fold_name
from pledgewatch.weigh.as_of import Holdings
from pledgewatch.weigh.evidence import Case, Weighed, gather_evidence
from pledgewatch.weigh.relation import collect_spellings
from pledgewatch.weigh.weighing import look_into, open_case

Evidence = Mapping[str, tuple[Weighed, ...]]
"""By commitment id, in order."""


class EvidenceMemory:
    """Gathers the evidence of one day after another; the result is that of gathering it anew each time."""

    def __init__(self, agreement: Agreement, readings: Mapping[str, Reading]) -> None:
        self._agreement = agreement
        self._readings = readings
        self._spellings: dict[str, dict[str, str]] = {}
        self._days: dict[object, int] = {}
        self._known: dict[tuple[str, object], dict[str, tuple[Weighed, ...]]] = {}
        self._wanted = _list_wanted(agreement)

    def gather(self, held: Holdings, only: Container[str] | None = None) -> dict[str, tuple[Weighed, ...]]:
        """The evidence of a day by commitment.

        Args:
            only: ids of the documents that are looked into, where it is known that no other bears; ``None`` for all.
        """
        used = [one for one in held.documents if one.id in self._readings and one.id != self._agreement.document]
        case = open_case(self._agreement, held, self._spell(used))
        looked_at = [document for document in used if only is None or document.id in only]
        known = self._known_on(case, held)
        keys = {document.id: (document.id, _sign(case, document, known)) for document in looked_at}
        fresh = [document for document in looked_at if keys[document.id] not in self._known]
        if fresh:
            ready = look_into(case, fresh, self._readings)
            for document in fresh:
                self._known[keys[document.id]] = {}
            for commitment in self._agreement.commitments:
                by_document: dict[str, list[Weighed]] = {}
                for one in gather_evidence(ready, commitment):
                    by_document.setdefault(one.index.document.id, []).append(one)
                for document in fresh:
                    self._known[keys[document.id]][commitment.id] = tuple(by_document.get(document.id, ()))
        remembered = [self._known[key] for key in keys.values()]
        return {
            commitment.id: tuple(
                sorted((one for said in remembered for one in said[commitment.id]), key=lambda one: one.order)
            )
            for commitment in self._agreement.commitments
        }

    def _known_on(self, case: Case, held: Holdings) -> int:
        """A number for what is known on a day and is the same for every document: names, sources and their grades."""
        shared = (
            tuple(case.names.of(wanted) for wanted in self._wanted),
            case.sources,
            tuple(source.reliability_on(held.as_of) for source in held.sources),
            tuple(case.by_name.get(fold_name(source.name)) for source in case.sources),
        )
        return self._days.setdefault(shared, len(self._days))

    def _spell(self, documents: list[Document]) -> dict[str, str]:
        spelled: dict[str, str] = {}
        for document in documents:
            if document.id not in self._spellings:
                self._spellings[document.id] = collect_spellings([document.text])
            for folded, name in self._spellings[document.id].items():
                spelled.setdefault(folded, name)
        return dict(sorted(spelled.items()))


def _list_wanted(agreement: Agreement) -> tuple[tuple[str, ...], ...]:
    """Every set of names that weighing asks for."""
    wanted = {(party.name, *party.aliases) for party in agreement.parties}
    for commitment in agreement.commitments:
        for indicator in commitment.indicators:
            for names in (indicator.actors, indicator.objects):
                wanted.add(tuple(name for name in names if any(char.isupper() for char in name)))
    return tuple(sorted(one for one in wanted if one))


def _sign(case: Case, document: Document, known: int) -> object:
    """All that the evidence in a document depends on besides its words and the agreement.

    Args:
        known: stands for what is the same for all documents of the day.
    """
    links = case.links.get(document.id, ())
    actors = tuple(case.actors.get(link.actor or "") for link in links)
    return (
        document,
        links,
        actors,
        case.origins.get(document.id),
        known,
    )
