"""The JSON that every command prints: the shapes of DESIGN, part 5, a promise to users.

Where the design writes a bare ``span`` inside a record, its three fields stand in the record itself and once more under
``span``: both readings of the promise hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pledgewatch.weigh
from pledgewatch.ledger.graph import ConditionGraph
from pledgewatch.model.agreement import Agreement, Commitment, Deadline
from pledgewatch.model.assessment import (
    Assessment,
    Changes,
    CitedClaim,
    Coverage,
    DigitQuestion,
    EstimatePoint,
    Evidence,
    Explanation,
    Finding,
    LetterQuestion,
    Timeline,
)
from pledgewatch.model.document import Document
from pledgewatch.model.origin import Telling, Trace
from pledgewatch.model.reading import Estimate, Mark, Mention, Reading, Statement, Tie, TimeExpression
from pledgewatch.model.report import Cleared, RefusedSentence
from pledgewatch.model.span import Span
from pledgewatch.model.wire import to_wire
from pledgewatch.run.case import RunResult


def _with_span(record: dict[str, Any], span: Span) -> dict[str, Any]:
    return {**record, **to_wire(span), "span": to_wire(span)}


def _answer_mark(mark: Mark) -> dict[str, Any]:
    match mark:
        case Mention():
            return _with_span({"kind": "mention", "id": mark.id, "type": mark.type, "head": mark.head}, mark.span)
        case TimeExpression():
            record = {"kind": "time", "id": mark.id, "type": mark.type}
            return _with_span(record | {"value": mark.value, "anchored_to": mark.anchored_to}, mark.span)
        case Estimate():
            record = {key: value for key, value in to_wire(mark).items() if key != "span"}
            return _with_span({"kind": "estimate"} | record, mark.span)
        case Statement():
            return {"kind": "statement", **to_wire(mark)}
        case Tie():
            record = {key: value for key, value in to_wire(mark).items() if key != "span"}
            return _with_span({"kind": "tie"} | record, mark.span)


def answer_read(document: Document, reading: Reading, path: str) -> dict[str, Any]:
    """One document's line of ``pledgewatch read --json``; ``path`` as the user named it."""
    return {
        "document": document.id,
        "path": path,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "text": document.text,
        "marks": [_answer_mark(mark) for mark in reading.marks()],
        "unread": [
            {"why": part.why, "remedy": part.remedy, "page": part.page} for part in (*document.unread, *reading.unread)
        ],
    }


def answer_unread(path: str, why: str, remedy: str) -> dict[str, Any]:
    """The line of ``pledgewatch read --json`` for a file of which nothing could be read."""
    return {
        "document": None,
        "path": path,
        "sha256": None,
        "media_type": None,
        "title": None,
        "publisher": None,
        "published": None,
        "language": "und",
        "text": "",
        "marks": [],
        "unread": [{"why": why, "remedy": remedy, "page": None}],
    }


def answer_trace(trace: Trace, paths: Mapping[str, str], tellings: Sequence[Telling]) -> dict[str, Any]:
    """``pledgewatch trace --json``; ``paths`` gives the path the user named for each document id."""
    return {
        "origins": [
            {
                "id": origin.id,
                "documents": [paths[document] for document in origin.documents],
                "earliest": paths[origin.earliest],
                "named_source": origin.named_source,
            }
            for origin in trace.origins
        ],
        "links": [
            {
                "copy": paths[link.copy],
                "of": paths[link.of],
                "kind": link.kind,
                "score": round(link.score, 4),
                "directed": link.directed,
                "features": {name: round(value, 4) for name, value in link.features},
                "changed_quotes": [
                    {"ours": to_wire(changed.ours), "theirs": to_wire(changed.theirs)}
                    for changed in link.changed_quotes
                ],
                "dropped": [to_wire(span) for span in link.dropped],
                "added": [to_wire(span) for span in link.added],
                "drift": [
                    {"kind": drift.kind, "ours": to_wire(drift.ours), "theirs": to_wire(drift.theirs)}
                    for drift in link.drift
                ],
            }
            for link in trace.links
        ],
        "tellings": [
            {
                "document": paths[telling.document],
                "statement": telling.statement,
                "chain": [
                    {
                        "who": teller.who,
                        "document": paths[teller.document] if teller.document else None,
                        "named": teller.named,
                    }
                    for teller in telling.chain
                ],
            }
            for telling in tellings
        ],
    }


def _answer_commitment(commitment: Commitment) -> dict[str, Any]:
    deadline = commitment.deadline
    record = {
        "id": commitment.id,
        "clause": commitment.clause,
        "obligor": list(commitment.obligor),
        "to": list(commitment.to),
        "modality": commitment.modality,
        "act": to_wire(commitment.act),
        "force": commitment.force,
        "deadline": deadline and _answer_deadline(deadline),
        "conditions": [_with_span({"on": condition.on}, condition.span) for condition in commitment.conditions],
        "indicators": [
            {"id": indicator.id, "text": indicator.text, "shows": indicator.shows}
            for indicator in commitment.indicators
        ],
    }
    return _with_span(record, commitment.span)


def _answer_deadline(deadline: Deadline) -> dict[str, Any]:
    record = {
        "date": deadline.date,
        "relative_to": deadline.relative_to,
        "rule": deadline.rule,
        "time": deadline.time,
        "zone": deadline.zone,
        "history": [to_wire(moved) for moved in deadline.history],
    }
    return _with_span(record, deadline.span)


def answer_ledger(agreement: Agreement) -> dict[str, Any]:
    """``pledgewatch ledger --json``."""
    return {
        "agreement": {
            "title": agreement.title,
            "date": agreement.date,
            "parties": [party.name for party in agreement.parties],
            "anchors": dict(agreement.anchors),
        },
        "commitments": [_answer_commitment(commitment) for commitment in agreement.commitments],
        "exclusions": [_with_span({"of": one.of}, one.span) for one in agreement.exclusions],
        "amendments": [
            _with_span({key: value for key, value in to_wire(one).items() if key != "span"}, one.span)
            for one in agreement.amendments
        ],
    }


def answer_graph(agreement: Agreement, graph: ConditionGraph) -> dict[str, Any]:
    """``pledgewatch ledger --graph --json``: nodes in the text's order, edges from the one that waits."""
    acts = {one.id: one for one in agreement.commitments}
    return {
        "nodes": [
            {
                "id": node,
                "clause": acts[node].clause,
                "obligor": list(acts[node].obligor),
                "modality": acts[node].modality,
                "act": to_wire(acts[node].act),
            }
            for node in graph.nodes
        ],
        "edges": [
            {
                "waits": edge.waits,
                "on": edge.on,
                "kind": edge.kind,
                "span": {"start": edge.start, "end": edge.end, "text": edge.words},
            }
            for edge in graph.edges
        ],
        "order": list(graph.order),
        "cycles": [list(cycle) for cycle in graph.cycles],
    }


def _answer_evidence(evidence: Evidence) -> dict[str, Any]:
    record = {key: value for key, value in to_wire(evidence).items() if key != "span"}
    return _with_span(record | {"bears": round(evidence.bears, 4)}, evidence.span)


def _answer_finding(finding: Finding) -> dict[str, Any]:
    opinion = finding.opinion
    return {
        "commitment": finding.commitment,
        "status": finding.status,
        "scale": finding.scale,
        "opinion": {
            "belief": round(opinion.belief, 6),
            "disbelief": round(opinion.disbelief, 6),
            "uncertainty": round(opinion.uncertainty, 6),
            "base_rate": round(opinion.base_rate, 6),
        },
        "likelihood": finding.likelihood,
        "confidence": finding.confidence,
        "confidence_why": finding.confidence_why,
        "rule": finding.rule,
        "for": [_answer_evidence(evidence) for evidence in finding.evidence_for],
        "against": [_answer_evidence(evidence) for evidence in finding.evidence_against],
        "silent": list(finding.silent),
        "estimates": [{"document": document, "estimate": estimate} for document, estimate in finding.estimates],
        "origins_for": finding.origins_for,
        "origins_against": finding.origins_against,
        "one_sided": finding.one_sided,
        "rests_on": [
            {"origin": part.origin, "without_it": {"status": part.status, "likelihood": part.likelihood}}
            for part in finding.rests_on
        ],
        "rests_on_sources": [
            {
                "source": part.source,
                "kind": part.kind,
                "origins": part.origins,
                "without_it": {"status": part.status, "likelihood": part.likelihood},
            }
            for part in finding.rests_on_sources
        ],
        "turned_by": [
            _with_span(
                {
                    "statement": turn.statement,
                    "document": turn.document,
                    "origin": turn.origin,
                    "origins": turn.origins,
                    "said_by": turn.said_by,
                    "direction": turn.direction,
                    "removed": {"status": turn.removed, "likelihood": turn.removed_likelihood},
                    "reversed": {"status": turn.reversed, "likelihood": turn.reversed_likelihood},
                },
                turn.span,
            )
            for turn in finding.turned_by
        ],
        "contradictions": [
            to_wire(one) | {"one": _answer_claim(one.one), "other": _answer_claim(one.other)}
            for one in finding.contradictions
        ],
        "series": [to_wire(one) | {"points": [_answer_point(point) for point in one.points]} for one in finding.series],
        "sides": [to_wire(side) | {"share": round(side.share, 6)} for side in finding.sides],
        "coverage": _answer_coverage(finding.coverage),
    }


def _answer_coverage(coverage: Coverage | None) -> dict[str, Any] | None:
    if coverage is None:
        return None
    rows = [to_wire(row) | {"gaps": [{"from": first, "to": last} for first, last in row.gaps]} for row in coverage.rows]
    return {**to_wire(coverage), "rows": rows}


def _answer_claim(claim: CitedClaim) -> dict[str, Any]:
    return _with_span({key: value for key, value in to_wire(claim).items() if key != "span"}, claim.span)


def _answer_point(point: EstimatePoint) -> dict[str, Any]:
    return _with_span({key: value for key, value in to_wire(point).items() if key != "span"}, point.span)


def answer_weigh(assessment: Assessment) -> dict[str, Any]:
    """``pledgewatch weigh --json``."""
    habit = pledgewatch.weigh.measure_habit(assessment)
    return {
        "as_of": assessment.as_of,
        "findings": [_answer_finding(finding) for finding in assessment.findings],
        "grading": _round(to_wire(habit), 6) | {"codes": dict(habit.codes)},
    }


def _round(value: Any, places: int) -> Any:
    """A plain value with its numbers rounded, so that they read well; small enough an error to do every sum again."""
    if isinstance(value, dict):
        return {key: _round(item, places) for key, item in value.items()}
    if isinstance(value, list):
        return [_round(item, places) for item in value]
    return round(value, places) if isinstance(value, float) else value


def answer_explanation(explanation: Explanation) -> dict[str, Any]:
    """``pledgewatch weigh --explain --json``: every number of the arithmetic, to nine places."""
    answer: dict[str, Any] = _round(to_wire(explanation), 9)
    for shown, line in zip(answer["evidence"], explanation.evidence, strict=True):
        shown["evidence"] = _answer_evidence(line.evidence)
    return answer


def answer_changes(changes: Changes) -> dict[str, Any]:
    """``pledgewatch weigh --since --json``: every finding that differs between two days, and what did it."""
    return {
        "since": changes.since,
        "as_of": changes.as_of,
        "changes": [
            {
                "commitment": change.commitment,
                "before": to_wire(change.before),
                "after": to_wire(change.after),
                "by_time": to_wire(change.by_time),
                "added": [
                    _answer_evidence(added.evidence)
                    | {"published": added.published, "without_it": to_wire(added.without_it)}
                    for added in change.added
                ],
                "gone": [_answer_evidence(evidence) for evidence in change.gone],
            }
            for change in changes.changes
        ],
    }


def answer_timeline(timeline: Timeline) -> dict[str, Any]:
    """``pledgewatch weigh --timeline --json``: the days on which a finding became another."""
    return {
        "since": timeline.since,
        "until": timeline.until,
        "entries": [
            {"day": entry.day, "commitment": entry.commitment, **to_wire(entry.state)}
            | {"why": list(entry.why), "documents": list(entry.documents)}
            for entry in timeline.entries
        ],
    }


def answer_questions(questions: Sequence[LetterQuestion] | Sequence[DigitQuestion]) -> dict[str, Any]:
    """``pledgewatch weigh --grade letters --json`` (or ``digits``): one blind step, without a word of the other."""
    return {"questions": [to_wire(question) for question in questions]}


def answer_refused(refused: Sequence[RefusedSentence]) -> dict[str, Any]:
    """``pledgewatch release --json`` of a release that was refused: nothing was written."""
    return {"cleared": False, "sentences": 0, "refused": [to_wire(sentence) for sentence in refused], "files": []}


def answer_run(result: RunResult) -> dict[str, Any]:
    """``pledgewatch run --json``: counts that reconcile, the findings, the files written."""
    collected = result.collected
    return answer_weigh(result.findings.assessment) | {
        "found": collected.found,
        "kept": len(collected.documents),
        "rejected": [to_wire(record) for record in collected.rejected],
        "unread": [to_wire(record) for record in collected.unread],
        "unread_parts": [to_wire(record) for record in result.unread_parts],
        "undated": list(result.findings.assessment.undated),
        "made": dict(result.made),
        "reused": dict(result.reused),
        "files": [{"path": path.as_posix(), "sha256": sha256} for path, sha256 in result.files],
    }


def answer_release(cleared: Cleared, files: Sequence[tuple[Path, str]]) -> dict[str, Any]:
    """``pledgewatch release --json`` of a release that went out; ``files``: paths and the SHA-256 of their bytes."""
    return {
        "cleared": True,
        "sentences": sum(len(section.sentences) for section in cleared.report.sections),
        "refused": [to_wire(refused) for refused in cleared.refused],
        "files": [{"path": path.as_posix(), "sha256": sha256} for path, sha256 in files],
    }
