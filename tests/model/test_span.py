"""Exact words at an exact place (rule 1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.errors import AnchorError
from pledgewatch.model.span import Anchor, Span, find_anchor, make_anchor


@given(st.text(), st.data())
def test_a_cut_span_holds_in_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span.cut(text, start, end)
    assert span.holds_in(text)
    assert span.text == text[start:end]


def test_a_span_outside_its_text_is_refused() -> None:
    with pytest.raises(AnchorError):
        Span.cut("short", 2, 9)
    with pytest.raises(AnchorError):
        Span(0, 3, "no")


@given(st.text(min_size=1), st.text(), st.data())
def test_an_anchor_found_again_has_the_same_words(text: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = make_anchor("d", text, Span.cut(text, start, end))
    for changed in (other + text, text + other, other):
        found = find_anchor(anchor, changed)
        assert found is None or (found.holds_in(changed) and found.text == anchor.span.text)


def test_an_anchor_moves_with_its_surroundings() -> None:
    text = "The envoy spoke on Monday. The league denied the claim. Nobody else spoke."
    anchor = make_anchor("d", text, Span.cut(text, 38, 44))
    assert anchor.span.text == "denied"
    found = find_anchor(anchor, "A new first line. " + text)
    assert found == Span(56, 62, "denied")


def test_words_that_stand_twice_are_an_orphan_rather_than_a_lookalike() -> None:
    anchor = Anchor("d", Span(10, 16, "denied"), "they ", " it")
    assert find_anchor(anchor, "they denied it and they denied it") is None


def test_words_that_changed_are_an_orphan() -> None:
    text = "The league denied the claim."
    anchor = make_anchor("d", text, Span.cut(text, 11, 17))
    assert find_anchor(anchor, "The league rejected the claim.") is None


def test_an_anchor_whose_words_are_elsewhere_is_refused() -> None:
    with pytest.raises(AnchorError):
        make_anchor("d", "some text", Span(0, 4, "same"))
