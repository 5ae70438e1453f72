"""Terms that are told in running prose: what binds, whom, by when, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from pledgewatch.collect import collect_file
from pledgewatch.errors import InputError
from pledgewatch.ledger import draw_ledger
from pledgewatch.model.agreement import Commitment
from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.document import Document


def draw(text: str, title: str = "Statement on the joint declaration by Kenya and France") -> dict[str, Commitment]:
    document = Document("d_s", "speech.html", "0" * 64, "text/html", text, title=title, published="2031-05-02")
    return {one.id: one for one in draw_ledger(document).commitments}


def test_what_was_agreed_binds_those_who_speak_together() -> None:
    found = draw("It was agreed that the truce on the lake begins on 4 June 2031. The lake is calm.")["c_p1"]
    assert found.obligor == ("Kenya", "France")
    assert found.act.text.startswith("the truce on the lake begins")
    assert found.deadline is not None
    assert found.deadline.date == "2031-06-04"


def test_decision_and_its_sequel_bind_we_until_the_end_of_the_year() -> None:
    found = draw(
        "Good evening.\n\nWe decided to set up by June 15 a zone along the river. "
        "Also to reopen the road before the end of 2031, at our partners' request."
    )
    assert list(found) == ["c_p2.1", "c_p2.2"]
    assert found["c_p2.1"].obligor == found["c_p2.2"].obligor == ("Kenya", "France")
    dates = [one.deadline.date for one in found.values() if one.deadline]
    assert dates == ["2031-06-15", "2031-12-31"]
    assert found["c_p2.2"].act.text.startswith("reopen the road")


def test_passive_with_no_forbids_those_behind_by() -> None:
    found = draw("They agreed: no attack will be launched on them by Kenyan troops and the French Army.")["c_p1"]
    assert (found.modality, found.obligor) == ("must not", ("Kenya", "France"))
    assert found.act.text == "no attack will be launched on them"


def test_parties_of_a_truce_are_bound_as_they_are_called() -> None:
    found = draw("All parties fighting on the lake must answer by 3 June 2031. In turn, the opposition will stop.")
    assert [one.obligor for one in found.values()] == [("all parties fighting on the lake",), ("opposition",)]


@pytest.mark.parametrize(
    "text",
    [
        "Attacks on them will continue. The ceasefire will help.",
        "I would like to hope that Kenya will support the agreement.",
        "We expect that France will do the same under the deal.",
        "The minister said Kenya will leave the agreement.",
        "We will continue to promote our trade agreement.",
        "Dear friends, I agreed to write to you about the weather.",
        "Will Kenya keep the agreement?",
    ],
)
def test_hope_report_and_narrative_bind_nobody(text: str) -> None:
    with pytest.raises(InputError, match="an agreement without clauses"):
        draw(text)


@pytest.mark.shared
def test_real_speeches_give_their_terms(shared: Path) -> None:
    due = {}
    for page in ("51376", "58574"):
        path = next((shared / "cases" / "syria").rglob(f"{page}.html"))
        collected = collect_file(path.read_bytes(), path.name, CollectPolicy())
        agreement = draw_ledger(collected.documents[0])
        due[page] = [one.deadline.date for one in agreement.commitments if one.deadline]
        assert {"Russia"} < {party.name for party in agreement.parties}
    assert due == {
        "51376": ["2016-02-27", "2016-02-26"],
        "58574": ["2018-10-15", "2018-10-15", "2018-10-10", "2018-12-31"],
    }
