"""Counting what documents share gives what counting by hand gives."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.trace.candidates import LONGEST_POSTING, Groups, Postings

HELD = st.lists(st.frozensets(st.integers(0, 12)), max_size=12)


def _postings(held: list[frozenset[int]]) -> Postings:
    return Postings([np.array(sorted(keys), dtype=np.uint64) for keys in held])


@given(HELD, st.frozensets(st.integers(0, 12)))
def test_shared_keys_are_counted_as_by_hand(held: list[frozenset[int]], without: frozenset[int]) -> None:
    expected = {
        (one, other): len((held[one] & held[other]) - without)
        for one, other in itertools.combinations(range(len(held)), 2)
        if (held[one] & held[other]) - without
    }
    assert _postings(held).shared(np.array(sorted(without), dtype=np.uint64)) == expected


@given(HELD, st.integers(0, 3), st.data())
def test_common_keys_are_those_that_many_groups_hold(held: list[frozenset[int]], cap: int, data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.integers(0, 3), min_size=len(held), max_size=len(held)))
    counts = Counter(key for key, _ in {(key, group) for keys, group in zip(held, groups, strict=True) for key in keys})
    expected = sorted(key for key, count in counts.items() if count > cap)
    assert _postings(held).common(groups, cap).tolist() == expected


def test_a_key_that_very_many_hold_pairs_neighbours_only() -> None:
    shared = _postings([frozenset({7})] * (LONGEST_POSTING + 10)).shared()
    assert set(shared) == {(index, index + 1) for index in range(LONGEST_POSTING + 9)}


def test_groups_that_met_have_one_label() -> None:
    groups = Groups(5)
    groups.join(3, 1)
    groups.join(4, 3)
    assert groups.labels() == [0, 1, 2, 1, 1]
