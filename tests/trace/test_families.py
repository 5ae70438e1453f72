"""The families of ``tests/cases/trace``: what is one original, which link is found, what the copy changed."""

from __future__ import annotations

import itertools

import pytest

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.origin import CopyLink, Trace
from pledgewatch.trace import trace_documents
from tests.trace.case_files import BadCase, Family, Told, flat, load_families, parse_family

FAMILIES = load_families()
GOOD = "what: a thing\n\n--- one\norigin: a\n\nThe words stand here.\n"


def _trace(family: Family) -> Trace:
    return trace_documents(family.documents, {}, TracePolicy())


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_documents_of_one_original_are_one_origin_and_no_others(family: Family) -> None:
    trace = _trace(family)
    for one, other in itertools.combinations(family.told, 2):
        together = trace.origin_of(one.document.id) == trace.origin_of(other.document.id)
        assert together == (one.origin == other.origin), f"{one.document.path} and {other.document.path}"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_links_are_of_the_kind_and_to_the_ancestor_that_the_case_states(family: Family) -> None:
    links = _trace(family).links
    for told in family.told:
        own = [link for link in links if link.copy == told.document.id and link.kind != "cites"]
        kind = told.expect.get("kind")
        if kind is None:
            assert not own, f"{told.document.path} is no copy"
        elif kind != "any":
            assert [link.kind for link in own] == [kind], told.document.path
        cited = [link.of for link in links if link.copy == told.document.id and link.kind == "cites"]
        expected = [f"d_{family.name}_{told.expect['cites']}"] if "cites" in told.expect else []
        assert cited == expected


@pytest.mark.parametrize(
    "told",
    [(family, told) for family in FAMILIES for told in family.told if "of" in told.expect],
    ids=lambda pair: pair[1].document.path,
)
def test_a_link_shows_what_the_copy_changed(told: tuple[Family, Told]) -> None:
    family, copy = told
    (link,) = [link for link in _trace(family).links if link.copy == copy.document.id and link.kind != "cites"]
    assert link.of == f"d_{family.name}_{copy.expect['of']}"
    texts = {item.document.id: item.document.text for item in family.told}
    _spans_hold(link, texts)
    if "dropped" in copy.expect:
        assert any(copy.expect["dropped"] in flat(span.text) for span in link.dropped)
    if "added" in copy.expect:
        assert any(copy.expect["added"] in flat(span.text) for span in link.added)
    if "changed_quote" in copy.expect:
        ours, _, theirs = copy.expect["changed_quote"].partition(" <- ")
        found = [
            (flat(change.ours.text).rstrip(","), flat(change.theirs.text).rstrip(",")) for change in link.changed_quotes
        ]
        assert (ours.rstrip(","), theirs.rstrip(",")) in found


def _spans_hold(link: CopyLink, texts: dict[str, str]) -> None:
    assert all(span.holds_in(texts[link.of]) for span in link.dropped)
    assert all(span.holds_in(texts[link.copy]) for span in link.added)
    assert all(change.ours.holds_in(texts[link.copy]) for change in link.changed_quotes)
    assert all(change.theirs.holds_in(texts[link.of]) for change in link.changed_quotes)


def test_all_families_in_one_case_stay_as_they_are() -> None:
    told = [told for family in FAMILIES for told in family.told]
    trace = trace_documents([item.document for item in told], {}, TracePolicy())
    for one, other in itertools.combinations(told, 2):
        together = trace.origin_of(one.document.id) == trace.origin_of(other.document.id)
        assert together == (one.origin == other.origin), f"{one.document.path} and {other.document.path}"


def test_the_medium_that_a_document_credits_is_the_named_source() -> None:
    for family in FAMILIES:
        for told in family.told:
            if "named_source" in told.expect:
                origin = _trace(family).origin_of(told.document.id)
                assert origin is not None
                assert origin.named_source == told.expect["named_source"]


def test_a_good_case_loads() -> None:
    assert parse_family("x", GOOD).told[0].origin == "x/a"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("origin: a", "origin: a\nadded: words that are not there", "are not in the text"),
        ("origin: a", "origin: a\nof: nobody", "no document 'nobody'"),
        ("origin: a", "orgin: a", "is not known"),
        ("origin: a", "title: a", "no origin"),
        ("what: a thing", "a thing", "must say what"),
    ],
)
def test_a_case_that_its_texts_do_not_bear_out_is_refused(old: str, new: str, complaint: str) -> None:
    with pytest.raises(BadCase, match=complaint):
        parse_family("x", GOOD.replace(old, new))
