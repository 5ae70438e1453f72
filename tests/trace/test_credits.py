"""Whom documents credit."""

from __future__ import annotations

import pytest

from pledgewatch.trace.credits import find_credits


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("TAMSIN, May 3 (Corvia Wire) - The bridge is shut.", ["Corvia Wire"]),
        ("TAMSIN (CWN) — The bridge is shut.", ["CWN"]),
        ("Bridge shut\n\nCorvia Wire, 3 May 2031\n\nThe bridge is shut.", ["Corvia Wire"]),
        ("The envoy told the Sorrel Valley Radio on Monday that he would go.", ["Sorrel Valley Radio"]),
        ("According to a Mirno Gazette report, the bridge is shut.", ["Mirno Gazette"]),
        ("The story was first reported by the Tamsin Herald.", ["Tamsin Herald"]),
        ("The envoy told President Ruk that he would go.", []),
        ("He told reporters in Tamsin. The Wire fence was cut.", []),
        ("She told Parliament so.", []),
    ],
)
def test_media_are_credited_and_people_are_not(text: str, names: list[str]) -> None:
    assert [credit.name for credit in find_credits(text, [])] == names


def test_a_publisher_of_the_case_is_credited_by_its_plain_name() -> None:
    assert [credit.name for credit in find_credits("Two nurses told Lumen that they saw it.", ["Lumen"])] == ["Lumen"]
    assert find_credits("Two nurses told Lumen that they saw it.", []) == ()


def test_a_dateline_may_shorten_a_publisher_of_the_case() -> None:
    credits = find_credits("TAMSIN, May 3 (Lumen) – The bridge is shut.", ["Lumen Agency", "Herald"])
    assert [credit.name for credit in credits] == ["Lumen Agency"]
