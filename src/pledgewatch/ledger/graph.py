"""Which commitment waits for which: conditions, duties that revive others, deadlines that count from others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pledgewatch.ledger.rules import find_anchor_of_rule
from pledgewatch.model.agreement import Agreement, Commitment

EdgeKind = Literal["condition", "revives", "deadline"]

# "Upon the effective implementation of …, A undertakes to release …": the one duty brings the other to life.
_REVIVES = re.compile(
    r"^\W*(?:upon|on|after|following|once|as\s+soon\s+as|in\s+return|in\s+exchange"
    r"|when)\b(?:[^,;]*?\b(?:implementation|completion|fulfil(?:l)?ment|execution|withdrawal"
    r"|release|removal|return|handover|observance|compliance|been|is|are|has|have)\b|\s*$|[^,;]*$)",
    re.IGNORECASE,
)
_HOLDS_BACK = re.compile(
    r"^\W*(?:if|provided|unless|subject|(?:as|so)\s+long|on\s+(?:the\s+)?condition|until|with|should)\b", re.IGNORECASE
)
_ARROWS = {"condition": "waits for", "revives": "is revived by", "deadline": "counts from"}


@dataclass(frozen=True, slots=True)
class Edge:
    """``waits`` waits for ``on``: the words that say so and their place in the agreement.

    Attributes:
        kind: a condition that holds it back, a duty whose fulfilment revives it, or a deadline that counts from the
        other's.
    """

    waits: str
    on: str
    kind: EdgeKind
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class ConditionGraph:
    """The commitments of an agreement and what each waits for.

    Attributes:
        nodes: ids in the text's order.
        edges: sorted by the one that waits.
        order: ids so that each stands behind all that it waits for; those of a circle stand together, in the text's
        order.
        cycles: circles, each in the text's order; nothing in them can come first.
    """

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    order: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]


def build_graph(agreement: Agreement) -> ConditionGraph:
    """The graph of an agreement's conditions and deadlines.

    >>> from pledgewatch.ledger import draw_ledger
    >>> from pledgewatch.model.document import Document
    >>> text = "Signed 3 May 2031 by the Varna Front and Ostrava.\\n1. The Front shall open the road.\\n"
    >>> text += "2. Once the road has been opened, Ostrava shall send food within 10 days after that.\\n"
    >>> graph = build_graph(draw_ledger(Document("d", "a.md", "0", "text/plain", text)))
    >>> [(edge.waits, edge.kind, edge.on) for edge in graph.edges]
    [('c_2', 'revives', 'c_1')]
    """
    nodes = tuple(one.id for one in agreement.commitments)
    edges = tuple(edge for one in agreement.commitments for edge in _edges_of(one, frozenset(nodes)))
    parts = _find_components(nodes, edges)
    loops = {edge.waits for edge in edges if edge.waits == edge.on}
    return ConditionGraph(
        nodes=nodes,
        edges=edges,
        order=tuple(node for part in parts for node in part),
        cycles=tuple(sorted(part for part in parts if len(part) > 1 or part[0] in loops)),
    )


def _edges_of(commitment: Commitment, nodes: frozenset[str]) -> list[Edge]:
    edges = []
    for condition in commitment.conditions:
        if condition.on in nodes and condition.on is not None:
            words = condition.span.text
            revives = _REVIVES.match(words) and not _HOLDS_BACK.match(words)
            kind: EdgeKind = "revives" if revives else "condition"
            edges.append(Edge(commitment.id, condition.on, kind, condition.span.start, condition.span.end, words))
    deadline = commitment.deadline
    if deadline is not None and deadline.rule is not None:
        anchor = find_anchor_of_rule(deadline.rule)
        if anchor in nodes:
            edges.append(
                Edge(commitment.id, anchor, "deadline", deadline.span.start, deadline.span.end, deadline.span.text)
            )
    return edges


def _find_components(nodes: Sequence[str], edges: Sequence[Edge]) -> list[tuple[str, ...]]:
    """Groups of nodes that wait for each other in a circle, what is waited for first (Tarjan's algorithm, without
    recursion)."""
    place = {node: index for index, node in enumerate(nodes)}
    targets: dict[str, list[str]] = {node: [] for node in nodes}
    for edge in edges:
        targets[edge.waits].append(edge.on)
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    parts: list[tuple[str, ...]] = []
    for root in nodes:
        if root in number:
            continue
        work = [(root, iter(sorted(set(targets[root]), key=place.__getitem__)))]
        number[root] = low[root] = len(number)
        path.append(root)
        while work:
            node, left = work[-1]
            following = next(left, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    at = path.index(node)
                    parts.append(tuple(sorted(path[at:], key=place.__getitem__)))
                    del path[at:]
            elif following not in number:
                number[following] = low[following] = len(number)
                path.append(following)
                work.append((following, iter(sorted(set(targets[following]), key=place.__getitem__))))
            elif following in path:
                low[node] = min(low[node], number[following])
    return parts


def write_dot(agreement: Agreement, graph: ConditionGraph) -> str:
    """The graph in the DOT language of Graphviz; circles are drawn in red."""
    circled = {node for cycle in graph.cycles for node in cycle}
    lines = ["digraph ledger {", "  rankdir=LR;", "  node [shape=box];"]
    for one in agreement.commitments:
        colour = ", color=red" if one.id in circled else ""
        lines.append(f"  {_quote(one.id)} [label={_quote(_label(one))}{colour}];")
    for edge in graph.edges:
        style = ", style=dashed" if edge.kind == "deadline" else ""
        lines.append(f"  {_quote(edge.waits)} -> {_quote(edge.on)} [label={_quote(_ARROWS[edge.kind])}{style}];")
    return "\n".join([*lines, "}"]) + "\n"


def write_mermaid(agreement: Agreement, graph: ConditionGraph) -> str:
    """The graph as a Mermaid flowchart."""
    keys = {one.id: f"n{index}" for index, one in enumerate(agreement.commitments)}
    lines = ["flowchart LR"]
    for one in agreement.commitments:
        words = _label(one).replace("\n", "<br>").replace('"', "#quot;")
        lines.append(f'  {keys[one.id]}["{words}"]')
    for edge in graph.edges:
        arrow = "-.->" if edge.kind == "deadline" else "-->"
        lines.append(f"  {keys[edge.waits]} {arrow}|{_ARROWS[edge.kind]}| {keys[edge.on]}")
    return "\n".join(lines) + "\n"


def _label(commitment: Commitment) -> str:
    words = " ".join(commitment.act.text.split())
    short = words if len(words) <= 60 else f"{words[:57].rstrip()}…"
    return f"{commitment.id.removeprefix('c_')} {', '.join(commitment.obligor)}\n{commitment.modality}: {short}"


def _quote(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
