"""Relations in remarks: few and right."""

from __future__ import annotations

import pytest

from pledgewatch.resolve.lists.ties import draw_ties


@pytest.mark.parametrize(
    ("remarks", "ties"),
    [
        ("Member of the Varna Front (OSe.001).", [("member of", "OSe.001")]),
        ("Former leader of the Varna Front (VF) (OSe.001)", [("former leader of", "OSe.001")]),
        (
            "Former top military commander of the Varna Front (OSe.001).",
            [("former military commander of", "OSe.001")],
        ),
        (
            "Associated with Varna Front (VF) (OSe.001), Hask Relief (OSe.002) and the Guild (OSe.003).",
            [("associated with", "OSe.001"), ("associated with", "OSe.002"), ("associated with", "OSe.003")],
        ),
        (
            "Member of Varna Front (OSe.001) and associated with Hask Relief (OSe.002).",
            [("member of", "OSe.001"), ("associated with", "OSe.002")],
        ),
        (
            "Deputy head of the media committee of Varna (OSe.001)",
            [("deputy head of the media committee of", "OSe.001")],
        ),
        (
            "Leader of the Free Front, listed as Varna Front (OSe.001).",
            [("leader of", "OSe.001")],
        ),
        ("Brother of Ossei Velmi.", [("brother of", "Ossei Velmi")]),
        ("Financier of Hask Relief (listed under permanent reference number OSe.002).", [("financier of", "OSe.002")]),
    ],
)
def test_a_stated_relation_is_drawn(remarks: str, ties: list[tuple[str, str]]) -> None:
    assert list(draw_ties(remarks)) == ties


@pytest.mark.parametrize(
    "remarks",
    [
        "He is not a member of the Varna Front (OSe.001).",
        "Coordinator of groups associated with the Varna Front (OSe.001).",
        "A former member of the guard of President Velmi’s (OSi.001) palace.",
        "A firm of Hask, which in turn is owned or controlled by Varna Trading.",
        "Serves the Bank of Hask, a subordinate of the Varna Front.",
        "Met in Hask in 2030 (OSe.001).",
        "Associated with nobody who ever travelled to or was trained at the camps of the front (OSe.001).",
        "",
    ],
)
def test_what_states_no_relation_of_the_entry_draws_none(remarks: str) -> None:
    assert draw_ties(remarks) == ()
