"""What a copy damages: numbers, names, years, quotation marks; and what is no damage."""

from __future__ import annotations

import pytest

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import CopyLink
from pledgewatch.trace import trace_documents

WIRE = (
    "OSKAR (Lumen Agency) - The Harn Council said on Monday that 41 prisoners left the fort at Brode in March 2031. "
    "The UNHM mission counted 7,200 sacks of barley in the sheds, and its head, Pieter Trant, signed for them. "
    "Trant told reporters that the guards had gone home. “We counted every sack twice,” he added. "
    "The lorries went back over the Sill bridge before dark, and the gate was left open for the herders of Kolm."
)


def _link(change: str, to: str) -> CopyLink:
    assert change in WIRE
    documents = [
        Document("d_wire", "wire", "", "text/plain", WIRE, publisher="Lumen Agency", published="2031-04-01"),
        Document(
            "d_copy", "copy", "", "text/plain", WIRE.replace(change, to), publisher="Post", published="2031-04-02"
        ),
    ]
    (link,) = [link for link in trace_documents(documents, {}, TracePolicy()).links if link.kind != "cites"]
    return link


@pytest.mark.parametrize(
    ("change", "to", "kind", "ours", "theirs"),
    [
        ("41 prisoners", "14 prisoners", "number changed", "14", "41"),
        ("7,200 sacks", "720 sacks", "number changed", "720", "7,200"),
        ("Pieter Trant", "Pieter Trent", "name changed", "Trent", "Trant"),
        ("The UNHM mission", "The USHM mission", "name changed", "USHM", "UNHM"),
        ("in March 2031", "in March", "year lost", "March", "2031"),
        (
            "that the guards had gone home",
            "that “the guards had gone home”",
            "mark moved",
            "the guards had gone home",
            "the guards had gone home",
        ),
        (
            "“We counted every sack twice,” he added.",
            "We counted every sack twice, he added.",
            "mark lost",
            "We counted every sack twice",
            "We counted every sack twice,",
        ),
    ],
)
def test_damage_is_found_with_the_words_on_both_sides(change: str, to: str, kind: str, ours: str, theirs: str) -> None:
    drift = _link(change, to).drift
    assert [(item.kind, item.ours.text, item.theirs.text) for item in drift] == [(kind, ours, theirs)]


def test_hundreds_in_words_are_the_same_number() -> None:
    assert _link("41 prisoners", "41 prisoners and 200 guards").drift == ()
    documents = [
        Document(f"d_{name}", name, "", "text/plain", WIRE.replace("41 prisoners", words), publisher=name)
        for name, words in (("one", "200 prisoners"), ("two", "two hundred prisoners"))
    ]
    (link,) = trace_documents(documents, {}, TracePolicy()).links
    assert link.drift == ()


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("41 prisoners", "forty-one prisoners"),
        ("7,200 sacks", "7.2 thousand sacks"),
        ("The Harn Council", "Harn’s Council"),
        ("in March 2031", "in spring"),
        ("The lorries went back", "Lorries went back"),
        ("had gone home", "may have gone home on 12.05.2031, by 1.2.3"),
    ],
)
def test_another_way_of_writing_is_no_damage(change: str, to: str) -> None:
    assert _link(change, to).drift == ()
