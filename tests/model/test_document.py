"""Handling follows everything derived (rule 8)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.model.document import TLP_ORDER, Handling

HANDLINGS = st.builds(
    Handling,
    tlp=st.sampled_from(TLP_ORDER),
    embargo_until=st.sampled_from([None, "2031-01-01", "2031-07-14T05:00"]),
    protected_source=st.booleans(),
)


@given(HANDLINGS, HANDLINGS)
def test_a_joined_handling_is_as_strict_as_each_part(one: Handling, other: Handling) -> None:
    joined = one.join(other)
    for part in (one, other):
        assert TLP_ORDER.index(joined.tlp) >= TLP_ORDER.index(part.tlp)
        assert joined.protected_source >= part.protected_source
        assert part.embargo_until is None or (joined.embargo_until or "") >= part.embargo_until


@given(HANDLINGS, HANDLINGS, HANDLINGS)
def test_the_order_of_joining_never_matters(one: Handling, two: Handling, three: Handling) -> None:
    assert one.join(two).join(three) == one.join(two.join(three)) == three.join(two).join(one)


@given(HANDLINGS)
def test_an_open_handling_changes_nothing(handling: Handling) -> None:
    assert handling.join(Handling()) == handling == Handling().join(handling)
