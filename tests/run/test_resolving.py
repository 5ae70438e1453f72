"""Answers of resolving as JSON, and judgements of identity through a whole case."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from pledgewatch.model.judgement import Judgement
from pledgewatch.model.wire import to_wire
from pledgewatch.resolve import Known, about_identity, build_network, screen_names
from pledgewatch.run.resolving import answer_edges, answer_resolve, answer_screen, known_digest
from pledgewatch.store import CaseFolder
from pledgewatch.store.contract import UNDO
from tests.resolve.fiction import KNOWN, NEWER, OLDER, REGISTRY, read_marked, resolve_marked
from tests.run.lume import make_case, run, story

LINK_KEYS = [
    *("start", "end", "text", "span", "decision", "actor", "name", "listing", "list", "probability"),
    *("agreed", "disagreed", "could_not_compare", "candidates"),
]


def test_a_documents_line_has_the_promised_shape() -> None:
    marked = "[p:Ardan Velmish] met [p:Ossei Velmish]. [p:Velmish] and [p:Ilko Ruk] left the [g:Orvane Front]."
    document, _ = read_marked("0", marked, "2031-09-01")
    resolution = resolve_marked(marked)
    answer = answer_resolve(document, resolution.links, "docs/a.md", resolution.actors)
    assert (list(answer), answer["document"], answer["path"]) == (
        ["document", "path", "links", "places"],
        "d_0",
        "docs/a.md",
    )
    assert [link["decision"] for link in answer["links"]] == ["listed", "listed", "ambiguous", "not listed", "known"]
    for link in answer["links"]:
        assert list(link) == LINK_KEYS
        assert link["span"] == {"start": link["start"], "end": link["end"], "text": link["text"]}
        assert document.text[link["start"] : link["end"]] == link["text"]
        assert 0 <= link["probability"] <= 1
        assert (link["listing"] is None) == (link["list"] is None)
    in_doubt = answer["links"][2]
    assert (in_doubt["actor"], in_doubt["listing"]) == (None, None)
    assert in_doubt["candidates"] == [
        {"listing": "OSi.001", "probability": 0.475},
        {"listing": "OSi.002", "probability": 0.475},
    ]
    json.dumps(answer)


def test_a_names_line_has_the_promised_shape() -> None:
    screened = screen_names(["Ardan Velmish", "Orvane Front", "Ilko Ruk"], KNOWN)
    listed, known, nobody = (answer_screen(one) for one in screened)
    keys = ["listing", "list", "actor", "name", "alias", "score", "agreed", "disagreed", "could_not_compare"]
    assert list(listed["matches"][0]) == keys
    assert (listed["matches"][0]["listing"], listed["matches"][0]["list"]) == ("OSi.001", "ost")
    assert (known["matches"][0]["listing"], known["matches"][0]["name"]) == (None, "Orvane Front")
    assert nobody == {"name": "Ilko Ruk", "matches": []}


def test_edges_are_plain_values() -> None:
    edges = answer_edges(build_network(REGISTRY, (NEWER,)))
    assert {"known", "listed"} == {edge["standing"] for edge in edges}
    assert all(edge["passages"] == [] for edge in edges)
    json.dumps(edges)


@pytest.mark.parametrize(
    "other",
    [
        Known(REGISTRY[:-1], KNOWN.lists),
        Known(REGISTRY, (OLDER,)),
        Known(REGISTRY, KNOWN.lists, "2031-01-01"),
        Known(REGISTRY, (OLDER, dataclasses.replace(NEWER, sha256="changed"))),
        Known(REGISTRY, (OLDER, dataclasses.replace(NEWER, as_of="2031-06-02"))),
    ],
)
def test_whatever_is_known_otherwise_has_another_address(other: Known) -> None:
    assert known_digest(other) != known_digest(KNOWN)
    assert known_digest(Known(REGISTRY, KNOWN.lists)) == known_digest(KNOWN)


def judge(case: CaseFolder, number: int, verdict: str, undoes: str | None = None) -> Judgement:
    about = about_identity("name:ana petrov", "taliban")
    judgement = Judgement(f"j_{number}", about, verdict, "Ben", f"2031-08-01T00:00:0{number}+00:00", "met her", undoes)
    with case.open_store() as store:
        store.add_judgement(judgement)
    return judgement


def links(case: CaseFolder) -> str:
    return json.dumps(to_wire(run(case).findings.resolution), ensure_ascii=False)


def test_a_judgement_counts_from_the_next_run_on_and_undoing_it_restores_every_byte(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    before = links(case)
    for number, verdict in enumerate(("same", "different", "unsure")):
        made = judge(case, 2 * number, verdict)
        after = links(case)
        # Nobody links her to them, so that only "same" has anything to say.
        assert (after != before) is (verdict == "same")
        judge(case, 2 * number + 1, UNDO, made.id)
        assert links(case) == before
    with case.open_store() as store:
        assert len(store.list_judgements()) == 6
        assert store.effective_judgements() == ()
