"""The learned decision is one that a person can follow: more of what speaks for a copy never speaks against it."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.model.document import Document
from pledgewatch.trace.compare import EVIDENCE, Likeness, chance_of_copy, measure_likeness
from pledgewatch.trace.direction import chance_of_first, compare_damage
from pledgewatch.trace.profile import make_profile

SHARES = st.floats(0, 1)
LIKENESS = st.builds(Likeness, **{field.name: SHARES for field in fields(Likeness)})
AGAINST = {"own", "own_of_larger", "numbers_changed", "days"}


@given(LIKENESS, st.sampled_from(EVIDENCE), SHARES)
def test_evidence_keeps_its_direction(likeness: Likeness, name: str, more: float) -> None:
    grown = replace(likeness, **{name: max(more, getattr(likeness, name))})
    change = chance_of_copy(grown) - chance_of_copy(likeness)
    assert change <= 1e-9 if name in AGAINST else change >= -1e-9


TEXTS = st.lists(
    st.sampled_from(
        ["The", "fort", "Brode", "mayor", "of", "Kolm", "said", "41", "men", "left", ".", "“We", "go,”", ".", "\n\n"]
    ),
    max_size=60,
)


@given(TEXTS, TEXTS)
def test_any_two_texts_can_be_compared_both_ways(one: list[str], other: list[str]) -> None:
    first, second = (
        make_profile(Document(name, name, "", "text/plain", " ".join(words)), None, 5)
        for name, words in (("a", one), ("b", other))
    )
    likeness = measure_likeness(first, second)
    assert all(0 <= value <= 1 + 1e-6 for name, value in likeness.named() if name != "size")
    assert abs(chance_of_first(first, second) + chance_of_first(second, first) - 1) < 1e-9
    assert [-value for value in compare_damage(second, first)] == list(compare_damage(first, second))
