"""The section on one commitment: the promise, the finding, what it rests on, the evidence both ways, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pledgewatch.model.agreement import Commitment, Shows
from pledgewatch.model.assessment import Evidence, Finding
from pledgewatch.model.document import Document
from pledgewatch.model.origin import Origin
from pledgewatch.model.reading import Statement
from pledgewatch.model.report import Citation, ReportSection, ReportSentence, SentenceRole
from pledgewatch.report.basis import Basis, sort_evidence
from pledgewatch.report.denials import Told, gather_copies, place_denials
from pledgewatch.report.estimates import write_estimates
from pledgewatch.report.opening import list_outlets
from pledgewatch.report.quoting import cite_span, shorten_words, show_words
from pledgewatch.report.speech import name_speaker, write_evidence, write_silence
from pledgewatch.report.wording import get_phrase, get_terms, write_day, write_sentence

SHOWN_EVIDENCE = 8
SHOWN_SILENCES = 4
SHOWN_ORIGINS = 4
SHOWN_CHANGES = 3
SHOWN_GAPS = 4
TITLE = 90


def write_findings(basis: Basis) -> Iterator[ReportSection]:
    """A section for every commitment, in the order of the agreement."""
    findings = {finding.commitment: finding for finding in basis.assessment.findings}
    for commitment in basis.agreement.commitments:
        finding = findings.get(commitment.id)
        if finding is not None:
            yield _write_finding(basis, commitment, finding)


def _write_finding(basis: Basis, commitment: Commitment, finding: Finding) -> ReportSection:
    section = commitment.id
    sentences = [
        *_write_promise(basis, commitment),
        *_write_verdict(basis, commitment, finding),
        *_write_origins(basis, commitment, finding),
        *_write_both_sides(basis, section, finding),
        *write_estimates(basis, section, finding),
        *_write_silences(basis, section, finding),
        *_write_gaps(basis, commitment, finding),
    ]
    # The obligor's words, the duty and the act, in the agreement's words as far as they go.
    title = f"{get_phrase('clause_title')} {commitment.clause}: {shorten_words(commitment.span.text, TITLE)}"
    return ReportSection(
        section,
        title,
        tuple(sentences),
        commitment.id,
        finding.status,
        finding.likelihood,
        finding.confidence,
        finding.opinion,
        finding.scale,
    )


def _write_promise(basis: Basis, commitment: Commitment) -> Iterator[ReportSentence]:
    document, section = basis.agreement_document, commitment.id
    clause = cite_span(document, commitment.span.start, commitment.span.end)
    text = write_sentence(
        "clause",
        clause=commitment.clause,
        obligor=basis.name_parties(commitment.obligor),
        duty=get_terms("duties")[commitment.modality],
        to=basis.name_parties(commitment.to),
        quote=show_words(clause.span.text, limit=2 * TITLE + len(clause.span.text)),
    )
    yield basis.write(section, "clause", "clause", text, [clause])
    if commitment.deadline is not None:
        deadline = commitment.deadline
        text = write_sentence(
            "deadline",
            quote=show_words(deadline.span.text),
            date=deadline.date,
            passed=bool(deadline.date) and str(deadline.date) < basis.assessment.as_of[: len(str(deadline.date))],
            as_of=basis.assessment.as_of,
        )
        yield basis.write(
            section, "deadline", "deadline", text, [cite_span(document, deadline.span.start, deadline.span.end)]
        )
    for condition in commitment.conditions:
        on = next((other for other in basis.agreement.commitments if other.id == condition.on), None)
        found = next((item for item in basis.assessment.findings if on and item.commitment == on.id), None)
        text = write_sentence(
            "condition",
            quote=show_words(condition.span.text),
            clause=on.clause if on else None,
            status={"cannot be judged": "impossible to judge"}.get(found.status, found.status) if found else None,
        )
        cited = [cite_span(document, condition.span.start, condition.span.end)]
        derived = basis.bearing(found) if found else ()
        # The same words may make it wait for several clauses.
        key = f"condition {condition.span.start} {condition.on}"
        yield basis.write(section, "condition", key, text, cited, derived)


def _write_verdict(basis: Basis, commitment: Commitment, finding: Finding) -> Iterator[ReportSentence]:
    section = commitment.id
    derived = basis.bearing(finding) or basis.used
    cited = _cite_finding(basis, commitment, finding)
    text = write_sentence("status", status=finding.status, rule=finding.rule, as_of=basis.assessment.as_of)
    yield basis.write(section, "status", "status", text, cited, derived)
    if finding.scale is not None:
        word = get_terms("implementation_scale")[finding.scale]
        text = write_sentence("scale", scale=finding.scale, word=word)
        yield basis.write(section, "status", "scale", text, cited, derived)
    if finding.likelihood is not None:
        band = get_terms("likelihood_bands")[finding.likelihood]
        text = write_sentence("likelihood", term=finding.likelihood, band=band)
    else:
        text = write_sentence("likelihood-not-due" if finding.status == "not yet due" else "likelihood-none")
    yield basis.write(section, "likelihood", "likelihood", text, cited, derived)
    text = write_sentence("confidence", confidence=finding.confidence, why=finding.confidence_why.strip())
    yield basis.write(section, "confidence", "confidence", text, cited, derived)
    if finding.one_sided and (finding.evidence_for or finding.evidence_against):
        text = write_sentence("one-sided", outlets=list_outlets(basis, [finding]))
        yield basis.write(section, "one-sided", "one-sided", text, cited, derived)


def _cite_finding(basis: Basis, commitment: Commitment, finding: Finding) -> list[Citation]:
    """The strongest evidence of each direction; the clause itself where there is none."""
    strongest = [
        evidence
        for direction in (finding.evidence_against, finding.evidence_for)
        for evidence in sort_evidence(direction, basis.documents)[:2]
    ]
    if not strongest:
        return [cite_span(basis.agreement_document, commitment.span.start, commitment.span.end)]
    return [cite_span(basis.documents[item.document], item.span.start, item.span.end) for item in strongest]


def _write_origins(basis: Basis, commitment: Commitment, finding: Finding) -> Iterator[ReportSentence]:
    evidence = sort_evidence((*finding.evidence_for, *finding.evidence_against), basis.documents)
    if not evidence:
        return
    section = commitment.id
    ids = list(dict.fromkeys(item.origin for item in evidence))
    tellers = {id: basis.tellers(id) or _documents_of(basis, evidence, id) for id in ids}
    documents = list({document.id: document for id in ids for document in tellers[id]}.values())
    cited = [
        cite_span(basis.documents[item.document], item.span.start, item.span.end)
        for id in ids[:SHOWN_ORIGINS]
        for item in [next(item for item in evidence if item.origin == id)]
    ]
    if len(ids) == 1:
        text = write_sentence("one-origin", documents=len(documents), outlet=_earliest(basis, documents))
    else:
        text = write_sentence(
            "origins",
            documents=len(documents),
            origins=len(ids),
            origins_for=finding.origins_for,
            origins_against=finding.origins_against,
        )
    yield basis.write(section, "origin", "origins", text, cited, documents)
    yield from _write_without(basis, section, finding, tellers, cited, documents)
    for id in ids[:SHOWN_ORIGINS]:
        origin = basis.origin(id)
        if origin is not None:
            yield from _write_retellings(basis, section, origin, tellers[id])


def _documents_of(basis: Basis, evidence: Sequence[Evidence], origin: str) -> tuple[Document, ...]:
    ids = dict.fromkeys(item.document for item in evidence if item.origin == origin)
    return tuple(basis.documents[id] for id in ids)


def _earliest(basis: Basis, documents: Sequence[Document]) -> str | None:
    dated = [document for document in documents if document.published]
    first = min(dated, key=lambda document: (document.published or "", document.id), default=None)
    return basis.outlet(first) if first else None


def _write_without(
    basis: Basis,
    section: str,
    finding: Finding,
    tellers: dict[str, tuple[Document, ...]],
    cited: list[Citation],
    documents: list[Document],
) -> Iterator[ReportSentence]:
    changing = [
        item for item in finding.rests_on if (item.status, item.likelihood) != (finding.status, finding.likelihood)
    ]
    if finding.rests_on and not changing and len(tellers) > 1:
        text = write_sentence("without-all-same", origins=len(finding.rests_on))
        yield basis.write(section, "origin", "without", text, cited, documents)
    # What turns the status comes before what only moves the likelihood.
    for item in sorted(changing, key=lambda item: item.status == finding.status)[:SHOWN_ORIGINS]:
        told = tellers.get(item.origin) or basis.tellers(item.origin)
        if not told:
            continue
        text = write_sentence(
            "without",
            outlet=_earliest(basis, told) or basis.outlet(told[0]),
            documents=len(told),
            same=item.status == finding.status,
            status=item.status,
            term=item.likelihood,
        )
        yield basis.write(section, "origin", f"without {item.origin}", text, basis.cite_all(told[:3]), documents)


def _write_retellings(
    basis: Basis, section: str, origin: Origin, tellers: Sequence[Document]
) -> Iterator[ReportSentence]:
    if origin.named_source and tellers:
        text = write_sentence("credited", outlet=basis.outlet(tellers[0]), named=origin.named_source)
        cited = basis.cite_all(tellers[:3])
        yield basis.write(section, "origin", f"credited {origin.id}", text, cited, tellers)
    told = {document.id for document in tellers}
    changes = [
        (link, change)
        for link in basis.trace.links
        if link.copy in told and link.of in told
        for change in link.changed_quotes
    ]
    for link, change in changes[:SHOWN_CHANGES]:
        ours, theirs = basis.documents[link.copy], basis.documents[link.of]
        text = write_sentence(
            "changed-quote",
            ours_outlet=basis.outlet(ours),
            ours=show_words(change.ours.text),
            theirs_outlet=basis.outlet(theirs),
            theirs=show_words(change.theirs.text),
        )
        cited = (
            cite_span(ours, change.ours.start, change.ours.end),
            cite_span(theirs, change.theirs.start, change.theirs.end),
        )
        yield basis.write(section, "origin", f"changed {ours.id} {change.ours.start}", text, cited)


def _write_both_sides(basis: Basis, section: str, finding: Finding) -> Iterator[ReportSentence]:
    """Evidence that it is broken, then that it is kept; a denial stands beside what it denies (rule 4)."""
    sides: dict[Shows, list[Told]] = {
        "broken": gather_copies(basis, finding.evidence_against),
        "kept": gather_copies(basis, finding.evidence_for),
    }
    beside = place_denials(basis, sides)
    placed = {told.key for denials in beside.values() for told in denials}
    plan: dict[Shows, list[tuple[SentenceRole, Told]]] = {}
    for direction, items in sides.items():
        role: SentenceRole = "against" if direction == "broken" else "for"
        plan[direction] = []
        for told in [told for told in items if told.key not in placed][:SHOWN_EVIDENCE]:
            plan[direction].append((role, told))
            plan[direction].extend(("denial", denial) for denial in _follow_denials(beside, told.key))
    shown = {told.key for lines in plan.values() for _, told in lines}
    for direction, lines in plan.items():
        for role, told in lines:
            yield write_evidence(basis, section, role, told.evidence, told.copies)
        rest = [told for told in sides[direction] if told.key not in shown]
        if rest:
            role = "against" if direction == "broken" else "for"
            text = write_sentence("evidence-more", number=len(rest), shows=direction)
            first = [told.evidence for told in rest[:3]]
            cited = [cite_span(basis.documents[item.document], item.span.start, item.span.end) for item in first]
            derived = [basis.documents[item.document] for told in rest for item in (told.evidence, *told.copies)]
            yield basis.write(section, role, "more", text, cited, derived)


def _follow_denials(beside: Mapping[str, Sequence[Told]], key: str) -> Iterator[Told]:
    """The denials beside a piece of evidence, each followed by those beside itself."""
    for denial in beside.get(key, ()):
        yield denial
        yield from _follow_denials(beside, denial.key)


def _write_silences(basis: Basis, section: str, finding: Finding) -> Iterator[ReportSentence]:
    groups: dict[tuple[str, str], list[tuple[Document, Statement]]] = {}
    for statement_id in finding.silent:
        found = basis.statement(statement_id)
        if found is not None:
            document, statement = found
            origin = basis.origin_of(document.id)
            speaker = name_speaker(document, basis.readings.get(document.id), statement, None).casefold()
            groups.setdefault((origin.id if origin else document.id, speaker), []).append((document, statement))
    shown = list(groups.values())
    for (document, statement), *others in shown[:SHOWN_SILENCES]:
        sentence = write_silence(basis, section, document, statement, [other for other, _ in others])
        if sentence is not None:
            yield sentence
    if len(shown) > SHOWN_SILENCES:
        rest = [document for group in shown[SHOWN_SILENCES:] for document, _ in group]
        text = write_sentence("silence-more", number=len(shown) - SHOWN_SILENCES)
        yield basis.write(section, "silence", "more", text, basis.cite_all(rest), rest)


def _write_gaps(basis: Basis, commitment: Commitment, finding: Finding) -> Iterator[ReportSentence]:
    section = commitment.id
    clause = [cite_span(basis.agreement_document, commitment.span.start, commitment.span.end)]
    evidence = (*finding.evidence_for, *finding.evidence_against)
    if not commitment.indicators:
        yield basis.write(section, "gap", "no-indicators", write_sentence("no-indicators"), clause)
    elif not evidence:
        text = write_sentence("no-evidence", documents=len(basis.used))
        yield basis.write(section, "gap", "no-evidence", text, [*clause, *basis.cite_all(basis.used[:3])], basis.used)
    else:
        seen = {item.indicator for item in evidence}
        unseen = [indicator for indicator in commitment.indicators if indicator.id not in seen]
        if unseen:
            text = write_sentence(
                "indicator-unseen",
                number=len(unseen),
                all=len(commitment.indicators),
                texts=[item.text.strip().rstrip(".") for item in unseen[:3]],
            )
            yield basis.write(section, "gap", "unseen", text, clause, basis.used)
    matter = next((row for row in finding.coverage.rows if row.what == "matter"), None) if finding.coverage else None
    if finding.coverage is not None and matter is not None and matter.gaps:
        text = write_sentence(
            "coverage",
            months=finding.coverage.months,
            since=finding.coverage.since,
            until=finding.coverage.until,
            empty=finding.coverage.months - matter.covered,
            runs=[_write_run(*gap) for gap in matter.gaps[:SHOWN_GAPS]],
            more=len(matter.gaps) > SHOWN_GAPS,
        )
        yield basis.write(section, "gap", "coverage", text, clause, basis.used)


def _write_run(first: str, last: str) -> str:
    return write_day(first) if first == last else f"{write_day(first)} to {write_day(last)}"
