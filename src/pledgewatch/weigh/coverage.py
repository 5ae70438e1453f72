"""For which months and places nothing was collected, so that silence is not read as compliance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from pledgewatch.model.agreement import Commitment
from pledgewatch.model.assessment import Coverage, CoverageRow
from pledgewatch.text.folding import find_names, fold_name
from pledgewatch.text.states import find_states
from pledgewatch.weigh.as_of import last_day
from pledgewatch.weigh.documentindex import DocumentIndex
from pledgewatch.weigh.evidence import Case
from pledgewatch.weigh.relation import places_of

Row = Literal["documents", "matter", "place"]

SHOWN_PLACES = 8
"""Most places of one commitment."""


def measure_coverage(case: Case, commitment: Commitment) -> Coverage | None:
    """The months of the agreement's life without a document, without one on the matter, and without one on each place.

    Places are those that the commitment names; where it names none, those that the agreement names. The matter is
    spoken of where a document names who acts and to whom, for one of the indicators.

    Returns:
        ``None`` where neither the agreement nor any document has a date.
    """
    begin = case.agreement.date or min((index.available for index in case.indexes), default=None)
    if begin is None or last_day(begin)[:7] > case.as_of[:7]:
        return None
    months = list_months(begin[:7] if len(begin) >= 7 else f"{begin}-01", case.as_of[:7])
    rows = [_make_row("documents", None, months, case.indexes)]
    rows.append(
        _make_row("matter", None, months, (one for one in case.indexes if _is_on_matter(case, one, commitment)))
    )
    for place in _name_places(case, commitment)[:SHOWN_PLACES]:
        rows.append(_make_row("place", place, months, (one for one in case.indexes if one.name_places((place,)))))
    return Coverage(months[0], months[-1], len(months), tuple(rows))


def list_months(first: str, last: str) -> list[str]:
    """Every month from the first to the last, both included.

    >>> list_months("2020-11", "2021-01")
    ['2020-11', '2020-12', '2021-01']
    """
    begin, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1)]


def _make_row(what: Row, place: str | None, months: Sequence[str], indexes: Iterable[DocumentIndex]) -> CoverageRow:
    covered = {index.available[:7] for index in indexes} & set(months)
    missing = [number for number, month in enumerate(months) if month not in covered]
    runs: list[list[int]] = []
    for number in missing:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    gaps = tuple((months[run[0]], months[run[-1]]) for run in runs)
    return CoverageRow(what, place, len(covered), gaps)


def _is_on_matter(case: Case, index: DocumentIndex, commitment: Commitment) -> bool:
    return any(
        all(places_of(index, case.names, names) for names in (indicator.actors, indicator.objects) if names)
        for indicator in commitment.indicators
        if indicator.actors or indicator.objects
    )


def _name_places(case: Case, commitment: Commitment) -> tuple[str, ...]:
    """The places that a commitment names, else those of the agreement; parties are none."""
    parties = _party_words(case)
    known: dict[str, str] = {}
    for index in case.indexes:
        for mention in index.reading.mentions:
            name = re.sub(r"\A[Tt]he\s+", "", " ".join(mention.span.text.split()))
            if (
                mention.type in ("place", "facility")
                and name[:1].isupper()
                and not parties >= {*fold_name(name).split()}
            ):
                known.setdefault(fold_name(name), name)
    names = [known[folded] for folded in sorted(known) if folded]
    for text in (commitment.span.text, "\n".join(one.span.text for one in case.agreement.provisions)):
        found = [text[start:end] for start, end in find_names(text, names)]
        found += [state for state in find_states(text) if not parties >= {*fold_name(state).split()}]
        unique = {fold_name(name): name for name in reversed(found)}
        if unique:
            return tuple(unique[folded] for folded in sorted(unique))
    return ()


def _party_words(case: Case) -> frozenset[str]:
    """The words of the parties' names: "the Front" or "the Republic" is no place."""
    names = [name for party in case.agreement.parties for name in (party.name, *party.aliases)]
    known, _ = case.names.of(tuple(names))
    return frozenset(word for name in (*names, *known) for word in fold_name(name).split())
