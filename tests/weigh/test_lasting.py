"""Facts that stay so do not fade; states of things do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pledgewatch.model.agreement import Indicator
from pledgewatch.model.assessment import Finding
from pledgewatch.model.case import WeighPolicy
from tests.weigh.casework import AGREEMENT, Said, Setting, tell, weigh

RELEASE = Indicator(
    "i_release", "c_2", "Releases", "kept", 0.9, ("release", "withdraw", "hand over"), (), ("prisoner", "force", "post")
)


def weigh_old(words: str, days: int) -> Finding:
    commitments = tuple(
        replace(one, indicators=(RELEASE,)) if one.id == "c_2" else one for one in AGREEMENT.commitments
    )
    setting = Setting(
        agreement=replace(AGREEMENT, commitments=commitments),
        as_of="2022-12-31",
        policy=WeighPolicy(half_life_days=days),
    )
    return weigh(
        tell(f"{words}, the envoy said.", Said("the envoy", words), published="2020-07-01"), setting=setting
    ).findings[1]


@pytest.mark.parametrize(
    ("words", "lasts"),
    [
        ("Ostrava has released the prisoners", True),
        ("Ostrava released every prisoner", True),
        ("Ostrava withdrew its forces", True),
        ("Ostrava handed over the posts", True),
        ("Ostrava is releasing the prisoners", False),
        ("Ostrava releases prisoners", False),
        ("Ostrava has not released the prisoners", False),
        ("Prisoners are being released by Ostrava", False),
        ("Trade grew after Ostrava released the prisoners", True),
        ("We will go on even after Ostrava has released the prisoners", None),
    ],
)
def test_done_is_done_and_a_state_of_things_fades(words: str, lasts: bool | None) -> None:
    fresh, old = weigh_old(words, 0), weigh_old(words, 100)
    if lasts is None:
        # Whether that bears is another question; if it does, it is not done.
        assert not fresh.evidence_for or fresh.opinion != old.opinion
        return
    assert fresh.evidence_for or fresh.evidence_against
    assert (fresh.opinion == old.opinion) is lasts
