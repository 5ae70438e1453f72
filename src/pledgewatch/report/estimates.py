"""Estimates: who gives which figure for what, and the spread that differing figures form (rule 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pledgewatch.model.assessment import Finding
from pledgewatch.model.document import Document
from pledgewatch.model.reading import Estimate, Reading, Statement
from pledgewatch.model.report import ReportSentence
from pledgewatch.report.basis import Basis
from pledgewatch.report.quoting import cite_span, sentence_around, shorten_words, show_words
from pledgewatch.report.speech import cite_sentence, name_speaker
from pledgewatch.report.wording import get_phrase, get_terms, write_number, write_sentence

SHOWN_ESTIMATES = 6
LONGEST_COUNTED = 90


@dataclass(frozen=True, slots=True)
class _Told:
    """The estimates of one sentence, with the documents of the same origin that tell that sentence too."""

    origin: str
    document: Document
    place: tuple[int, int]
    estimates: list[Estimate]
    others: list[Document]


def write_estimates(basis: Basis, section: str, finding: Finding) -> Iterator[ReportSentence]:
    """A sentence for each sentence with estimates, the most telling first, then the spreads, then how many more."""
    told = _gather_estimates(basis, finding)
    shown = sorted(told, key=lambda item: -max(_rank(finding, item, estimate) for estimate in item.estimates))
    for item in shown[:SHOWN_ESTIMATES]:
        yield _write_estimate(basis, section, item)
    yield from _write_spreads(basis, section, shown[:SHOWN_ESTIMATES])
    rest = shown[SHOWN_ESTIMATES:]
    if rest:
        documents = [document for item in rest for document in (item.document, *item.others)]
        text = write_sentence("estimate-more", number=sum(len(item.estimates) for item in rest))
        yield basis.write(section, "estimate", "more", text, basis.cite_all(documents), documents)


def _gather_estimates(basis: Basis, finding: Finding) -> list[_Told]:
    groups: dict[tuple[str, str], _Told] = {}
    for document_id, estimate_id in finding.estimates:
        estimate = basis.estimate(document_id, estimate_id)
        if estimate is None:
            continue
        document = basis.documents[document_id]
        origin = basis.origin_of(document_id)
        span = estimate.span
        place = sentence_around(document, basis.readings.get(document_id), span.start, span.end)
        key = (origin.id if origin else document_id, " ".join(document.text[slice(*place)].casefold().split()))
        told = groups.setdefault(key, _Told(key[0], document, place, [], []))
        if told.document.id == document_id:
            told.estimates.append(estimate)
        elif document not in told.others:
            told.others.append(document)
    return list(groups.values())


def _rank(finding: Finding, told: _Told, estimate: Estimate) -> int:
    """How much an estimate is to the point: a range is a real estimate; words that bear hold the nearest ones."""
    near = any(
        evidence.document == told.document.id
        and evidence.span.start < told.place[1]
        and told.place[0] < evidence.span.end
        for evidence in (*finding.evidence_for, *finding.evidence_against)
    )
    ranged = estimate.low is not None and estimate.high is not None and estimate.low != estimate.high
    return 4 * ranged + 2 * near + estimate.approximate + bool(estimate.counted)


def _write_estimate(basis: Basis, section: str, told: _Told) -> ReportSentence:
    document, first = told.document, told.estimates[0]
    reading = basis.readings.get(document.id)
    citation = cite_sentence(document, reading, first.span.start, told.estimates[-1].span.end)
    statement = find_speaker(reading, first)
    speaker = {"speaker": name_speaker(document, reading, statement, None)} if statement else {}
    start = citation.span.start
    text = write_sentence(
        "estimate" if statement else "estimate-narrator",
        **speaker,
        figures=[describe_estimate(estimate) for estimate in told.estimates],
        outlet=basis.outlet(document),
        quote=show_words(citation.span.text, focus=(first.span.start - start, told.estimates[-1].span.end - start)),
    )
    return basis.write(section, "estimate", document.id + first.id, text, [citation], (document, *told.others))


def _write_spreads(basis: Basis, section: str, shown: Sequence[_Told]) -> Iterator[ReportSentence]:
    """Where estimates of one thing come from several origins: the spread they form."""
    counted: dict[str, list[tuple[_Told, Estimate]]] = {}
    for told in shown:
        for estimate in told.estimates:
            if estimate.counted and estimate.unit is None:
                counted.setdefault(" ".join(estimate.counted.casefold().split()), []).append((told, estimate))
    for name, members in counted.items():
        origins = {told.origin for told, _ in members}
        numbers = [n for _, item in members for n in (item.low, item.best, item.high) if n is not None]
        if len(origins) < 2 or not numbers or min(numbers) == max(numbers):
            continue
        text = write_sentence(
            "spread", counted=members[0][1].counted, low=min(numbers), high=max(numbers), origins=len(origins)
        )
        cited = [cite_span(told.document, item.span.start, item.span.end) for told, item in members[:5]]
        documents = [document for told, _ in members for document in (told.document, *told.others)]
        yield basis.write(section, "estimate", f"spread {name}", text, cited, documents)


def find_speaker(reading: Reading | None, estimate: Estimate) -> Statement | None:
    """The innermost statement whose content holds the estimate; ``None`` when the narrator gives it."""
    if reading is None:
        return None
    holders = [
        (piece.end - piece.start, statement.id, statement)
        for statement in reading.statements
        for piece in statement.content
        if piece.covers(estimate.span) and (statement.speaker is not None or statement.cue is not None)
    ]
    return min(holders, key=lambda holder: holder[:2])[2] if holders else None


def describe_estimate(estimate: Estimate) -> str:
    """A figure, what it counts, and whether it is a rise or a fall."""
    counted = f" for {shorten_words(estimate.counted, LONGEST_COUNTED)}" if estimate.counted else ""
    return f"{write_figure(estimate)}{counted}{get_terms('changes')[estimate.change]}"


def write_figure(estimate: Estimate) -> str:
    """Best, low and high in words.

    >>> from pledgewatch.model.span import Span
    >>> write_figure(Estimate("e", Span(0, 0, ""), 200, None, 500, approximate=True))
    'about 200–500'
    """
    low, best, high = estimate.low, estimate.best, estimate.high
    if low is not None and high is not None and low != high:
        figure = f"{write_number(low)}–{write_number(high)}"
        if best is not None and best not in (low, high):
            figure = f"{write_number(best)} ({figure})"
    elif best is not None or (low is not None and high is not None):
        figure = write_number(best if best is not None else low or 0)
    elif low is not None:
        figure = f"{get_phrase('open_high')} {write_number(low)}"
    elif high is not None:
        figure = f"{get_phrase('open_low')} {write_number(high)}"
    else:
        figure = estimate.span.text
    bounded = (low is not None and high is not None) or best is not None
    unit = f" {estimate.unit}" if estimate.unit else ""
    return f"{get_phrase('approximate')} {figure}{unit}" if estimate.approximate and bounded else f"{figure}{unit}"
