"""Tracing a case: every document in one origin, whatever the order of the input, in bounded time."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.wire import to_wire
from pledgewatch.trace import VERSION, trace_documents
from tests.trace.case_files import load_families

POLICY = TracePolicy()
DOCUMENTS = [document for family in load_families() for document in family.documents]
STORY = (
    "The council of Mirno met on Tuesday and fined the mill 400 crowns for noise. The miller, Jurek Dahl, said the "
    "wheel is older than the council. He will pay in flour, he said, 12 sacks of it, and wants a receipt for each. "
    "The clerk wrote twelve receipts before noon and went home with a headache."
)


def _document(name: str, text: str, **more: str | None) -> Document:
    return replace(Document(f"d_{name}", name, "", "text/plain", text), **more)  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(DOCUMENTS))))
def test_the_order_of_the_input_never_matters(order: list[int]) -> None:
    assert to_wire(trace_documents([DOCUMENTS[index] for index in order], {}, POLICY)) == EXPECTED


EXPECTED = to_wire(trace_documents(DOCUMENTS, {}, POLICY))


def test_every_document_is_in_exactly_one_origin() -> None:
    held = [document for origin in trace_documents(DOCUMENTS, {}, POLICY).origins for document in origin.documents]
    assert sorted(held) == sorted(document.id for document in DOCUMENTS)


def test_no_documents_give_no_origins() -> None:
    assert trace_documents([], {}, POLICY).origins == ()


def test_texts_without_a_word_are_not_copies_of_each_other() -> None:
    assert len(trace_documents([_document("a", ""), _document("b", "—\n")], {}, POLICY).origins) == 2


def test_the_earlier_date_is_the_original_whatever_the_path_says() -> None:
    late = _document("a", STORY, published="2031-05-02", publisher="Herald")
    early = _document("b", STORY + " That is all.", published="2031-05-01", publisher="Gazette")
    trace = trace_documents([late, early], {}, POLICY)
    assert [(link.copy, link.of, link.directed) for link in trace.links] == [("d_a", "d_b", True)]
    assert trace.origins[0].earliest == "d_b"


def test_without_comparable_dates_the_direction_stays_open() -> None:
    coarse = _document("a", STORY, published="2031-05")
    fine = _document("b", STORY + " That is all.", published="2031-05-20")
    assert [link.directed for link in trace_documents([coarse, fine], {}, POLICY).links] == [False]


def test_who_credits_the_other_is_the_copy_even_under_an_earlier_date() -> None:
    credit = _document("a", "MIRNO (Sorrel Press) - " + STORY, published="2031-05-01", publisher="Herald")
    wire = _document("b", STORY, published="2031-05-02", publisher="Sorrel Press")
    trace = trace_documents([credit, wire], {}, POLICY)
    assert [(link.copy, link.of, link.directed) for link in trace.links] == [("d_a", "d_b", True)]
    assert trace.origins[0].earliest == "d_b"
    assert trace.origins[0].named_source == "Sorrel Press"


def test_a_newer_version_at_the_same_address_is_the_same_origin_even_when_nothing_is_left_of_the_text() -> None:
    old = _document("a", STORY, address="https://mirno.example/mill")
    new = _document("b", "This page was removed.", address="https://mirno.example/mill/", supersedes="d_a")
    trace = trace_documents([old, new], {}, POLICY)
    assert len(trace.origins) == 1
    assert trace.links[0].of == "d_a"
    assert len(trace.links[0].dropped) >= 3


def test_of_two_versions_of_one_day_the_one_modified_later_is_the_copy() -> None:
    address = "https://mirno.example/mill"
    old = _document("b", STORY, address=address, published="2031-05-02", modified="2031-05-02T06:00")
    new = _document("a", STORY + " More follows.", address=address, published="2031-05-02", modified="2031-05-03")
    assert [(link.copy, link.of, link.directed) for link in trace_documents([old, new], {}, POLICY).links] == [
        ("d_a", "d_b", True)
    ]


def test_two_documents_of_one_id_are_one() -> None:
    twice = [_document("a", STORY), replace(_document("a", STORY), path="b")]
    trace = trace_documents(twice, {}, POLICY)
    assert [origin.documents for origin in trace.origins] == [("d_a",)]
    assert trace.links == ()


def test_a_story_in_more_papers_than_boilerplate_may_be_in_is_one_origin() -> None:
    copies = [
        _document(f"{index:02}", STORY.replace("headache", f"headache, reader {index}"), publisher=f"Paper {index}")
        for index in range(15)
    ]
    assert len(trace_documents(copies, {}, POLICY).origins) == 1


def test_links_lead_to_nearest_ancestors_without_a_circle() -> None:
    links = [link for link in trace_documents(DOCUMENTS, {}, POLICY).links if link.kind != "cites"]
    parents: dict[str, set[str]] = {}
    for link in links:
        parents.setdefault(link.copy, set()).add(link.of)
    for start in parents:
        seen, todo = set(), list(parents[start])
        while todo:
            now = todo.pop()
            assert now != start
            if now not in seen:
                seen.add(now)
                todo.extend(parents.get(now, ()))


def test_credits_and_dates_that_go_round_in_a_circle_lose_no_document() -> None:
    papers = [
        _document("a", "MIRNO (Beta Wire) - " + STORY, publisher="Alpha Post", published="2031-05-01"),
        _document("b", STORY + " That is all.", publisher="Beta Wire", published="2031-05-03"),
        _document("c", STORY + " Nobody laughed.", publisher="Gamma Post", published="2031-05-02"),
    ]
    trace = trace_documents(papers, {}, POLICY)
    assert len(trace.origins) == 1
    parents = {link.copy: link.of for link in trace.links}
    assert len(parents) == 2
    assert {*parents.values()} - {*parents}, "one document copies nobody"


def test_an_address_that_is_none_is_no_error() -> None:
    odd = [_document(name, STORY, address=f"https://[redacted]/{name}") for name in "ab"]
    assert len(trace_documents(odd, {}, POLICY).origins) == 1


def test_many_tellings_of_one_story_do_not_make_its_facts_common() -> None:
    wire = next(document for document in DOCUMENTS if document.id == "d_05_spun_wire")
    spun = next(document for document in DOCUMENTS if document.id == "d_05_spun_spun")
    chance = random.Random(3)
    copies = []
    for number in range(15):
        words = spun.text.split(" ")
        for _ in range(40):
            words.insert(chance.randrange(len(words)), chance.choice(("also", "then", "still", "indeed")))
        copies.append(_document(f"copy{number:02}", " ".join(words), publisher=f"Mill {number}"))
    trace = trace_documents([wire, *copies], {}, POLICY)
    assert [len(origin.documents) for origin in trace.origins] == [16]


FOOT = (
    " This page is run by the Friends of the Valley Press in Mirno and Kolm, who thank Jurek Dahl and the Sorrel "
    "Foundation for paper, ink and 300 crowns a year; it may be read aloud in schools, barns and on the ferry to Harn."
)


@pytest.mark.parametrize("sampled_from", [1_000, 10])
def test_a_foot_that_many_pages_share_makes_no_copies(monkeypatch: pytest.MonkeyPatch, sampled_from: int) -> None:
    monkeypatch.setattr("pledgewatch.trace.material.SAMPLED_FROM", sampled_from)
    chance = random.Random(11)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvz", k=chance.randint(3, 9))) for _ in range(3_000)]
    documents = [
        _document(
            f"{number:02}",
            " ".join(" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(4 + number % 2 * 12))
            + FOOT,
            publisher=f"Paper {number}",
        )
        for number in range(40)
    ]
    assert len(trace_documents(documents, {}, POLICY).origins) == 40


def test_two_thousand_short_documents_are_traced_in_bounded_time() -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvz", k=chance.randint(3, 9))) for _ in range(3_000)]
    foot = " Notice of the press office. It may be reproduced free of charge if the press office is named."
    documents = []
    for index in range(2_000):
        if index % 10 == 9:
            text = documents[-1].text.replace(".", ", it was heard.", 1)
        else:
            text = " ".join(" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(8)) + foot
        documents.append(_document(f"{index:04}", text))
    started = time.perf_counter()
    trace = trace_documents(documents, {}, POLICY)
    assert time.perf_counter() - started < 60
    assert len(trace.origins) == 1_800


def test_the_version_enters_content_addresses() -> None:
    assert VERSION.startswith("trace ")
