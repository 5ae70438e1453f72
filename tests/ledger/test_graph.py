"""Which commitment waits for which: kinds of edges, order, circles, and the graph in other languages."""

from __future__ import annotations

from dataclasses import replace

from pledgewatch.ledger import build_graph, draw_ledger, write_dot, write_mermaid
from pledgewatch.model.agreement import Agreement, Condition
from pledgewatch.model.document import Document

TEXT = """\
Signed in Lume, 3 March 2031, by the Varna Front and the Republic of Ostrava.

1. Upon the effective implementation of article 3, the Front undertakes to release the forty "captives".
2. The Front shall not tax the ferry, as long as Ostrava observes article 3.
3. Ostrava shall open the Kell road by 1 May 2031.
4. Ostrava shall mend the Kell bridge within two months thereafter.
"""


def draw(text: str = TEXT) -> Agreement:
    return draw_ledger(Document("d_g", "g.md", "0" * 64, "text/markdown", text))


def test_conditions_revivals_and_deadlines_are_edges_of_their_own_kind() -> None:
    edges = {(edge.waits, edge.on): edge.kind for edge in build_graph(draw()).edges}
    assert edges == {("c_1", "c_3"): "revives", ("c_2", "c_3"): "condition", ("c_4", "c_3"): "deadline"}


def test_every_edge_quotes_the_words_that_say_so() -> None:
    assert all(TEXT[edge.start : edge.end] == edge.words for edge in build_graph(draw()).edges)


def test_what_is_waited_for_stands_first_in_the_order() -> None:
    graph = build_graph(draw())
    place = {node: index for index, node in enumerate(graph.order)}
    assert sorted(graph.order) == sorted(graph.nodes)
    assert all(place[edge.on] < place[edge.waits] for edge in graph.edges)
    assert graph.cycles == ()


def test_a_circle_is_reported_and_stands_together() -> None:
    drawn = draw()
    looped = tuple(
        replace(one, conditions=(Condition(one.span, "c_1"),)) if one.id == "c_3" else one for one in drawn.commitments
    )
    graph = build_graph(replace(drawn, commitments=looped))
    assert graph.cycles == (("c_1", "c_3"),)
    assert sorted(graph.order) == sorted(graph.nodes)


def test_a_commitment_that_waits_for_itself_is_a_circle() -> None:
    drawn = draw()
    first = replace(drawn.commitments[0], conditions=(Condition(drawn.commitments[0].span, "c_1"),))
    assert build_graph(replace(drawn, commitments=(first, *drawn.commitments[1:]))).cycles == (("c_1",),)


def test_a_long_chain_needs_no_recursion() -> None:
    clauses = "\n".join(
        f"{n}. Once article {n - 1} has been carried out, Ostrava shall build tower {n}." for n in range(2, 1500)
    )
    graph = build_graph(draw(f"{TEXT.split(chr(10))[0]}\n\n1. Ostrava shall build tower 1.\n{clauses}\n"))
    assert graph.order[0] == "c_1"
    assert len(graph.edges) == 1498


def test_dot_and_mermaid_hold_every_node_and_edge_and_escape_quotes() -> None:
    drawn = draw()
    graph = build_graph(drawn)
    dot, mermaid = write_dot(drawn, graph), write_mermaid(drawn, graph)
    assert dot.count(" -> ") == mermaid.count("|waits for|") + mermaid.count("|is revived by|") + mermaid.count(
        "|counts from|"
    )
    assert r"\"captives\"" in dot
    assert "#quot;captives#quot;" in mermaid
    assert dot.startswith("digraph")
    assert mermaid.startswith("flowchart")
