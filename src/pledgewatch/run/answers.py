"""The JSON that every command prints: the shapes of DESIGN, part 5, a promise to users.

Where the design writes a bare ``span`` inside a record, its three fields stand in the record itself and once more under
``span``: both readings of the promise hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pledgewatch.ledger.graph import ConditionGraph
from pledgewatch.model.agreement import Agreement, Commitment, Deadline
from pledgewatch.model.assessment import Assessment, Evidence, Finding
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
    }


def answer_weigh(assessment: Assessment) -> dict[str, Any]:
    """``pledgewatch weigh --json``."""
    return {"as_of": assessment.as_of, "findings": [_answer_finding(finding) for finding in assessment.findings]}


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
