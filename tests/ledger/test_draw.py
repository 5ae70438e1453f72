"""What drawing a ledger does at the edges, and on the real documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pledgewatch.errors import InputError
from pledgewatch.ledger import draw_ledger
from pledgewatch.model.document import Document


def make_document(text: str, title: str | None = None) -> Document:
    return Document("d_agreement", "agreement.txt", "0" * 64, "text/plain", text, title=title)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Minutes of the harbour club.\n\nThe weather was fine.", "1. Apples\n2. Pears\n"]
)
def test_text_without_commitments_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(InputError, match="an agreement without clauses") as caught:
        draw_ledger(make_document(text))
    assert "own text" in caught.value.remedy


def test_narrative_preamble_commits_nobody() -> None:
    text = (
        "Accord signed on 3 May 2019 by the Varna Front and the Republic of Ostrava\n\n"
        "The Republic of Ostrava will never forget its dead.\n\n1. The Varna Front shall open the road.\n"
    )
    assert [one.id for one in draw_ledger(make_document(text)).commitments] == ["c_1"]


def test_terms_stated_in_prose_are_read_by_paragraph() -> None:
    text = "Accord between the Varna Front and the Republic of Ostrava\n\nThe Varna Front will open the road."
    agreement = draw_ledger(make_document(text))
    assert [(one.clause, one.obligor) for one in agreement.commitments] == [("p2", ("Varna Front",))]


def test_title_date_and_parties_come_from_the_head() -> None:
    text = (
        "# Accord of Lubno\n\n"
        "Signed in Lubno, 3 May 2019, by the Varna Front (hereinafter “the Front”) and Portugal.\n\n"
        "1. The Front shall go home.\n"
    )
    agreement = draw_ledger(make_document(text))
    assert (agreement.title, agreement.date) == ("Accord of Lubno", "2019-05-03")
    assert [party.name for party in agreement.parties] == ["Varna Front", "Portugal"]
    assert "Front" in agreement.parties[0].aliases
    assert "Portuguese" in agreement.parties[1].aliases
    assert agreement.commitments[0].obligor == ("Varna Front",)


def test_passive_clause_binds_the_party_named_before() -> None:
    text = (
        "Accord signed on 3 May 2019 by the Varna Front and the Republic of Ostrava\n\n"
        "1. The Varna Front will draw up a list: up to 40 captives are to be freed by 1 June 2019, "
        "and the rest within the following two months.\n"
    )
    first, second, third = draw_ledger(make_document(text)).commitments
    assert first.obligor == second.obligor == third.obligor == ("Varna Front",)
    assert first.deadline is None
    assert second.deadline is not None
    assert second.deadline.date == "2019-06-01"
    assert third.deadline is not None
    assert (third.deadline.date, third.deadline.relative_to) == ("2019-08-01", "c_1-2")
    assert second.act.text == "up to 40 captives are to be freed"


def test_ids_of_many_clauses_do_not_repeat() -> None:
    text = "Accord signed on 3 May 2019 by the Varna Front and Portugal\n\n" + "\n".join(
        f"{number}. The Varna Front shall open road {number}." for number in range(1, 300)
    )
    ids = [one.id for one in draw_ledger(make_document(text)).commitments]
    assert len(ids) == len(set(ids)) == 299


@pytest.mark.shared
def test_real_clause_sheet_gives_every_clause_its_commitment(shared: Path) -> None:
    text = (shared / "cases" / "doha" / "agreement.md").read_text("utf-8")
    agreement = draw_ledger(make_document(text))
    numbers = re.findall(r"^(\d\.\d) ", text, re.MULTILINE)
    assert [provision.number for provision in agreement.provisions] == numbers
    assert list(dict.fromkeys(one.clause for one in agreement.commitments)) == numbers
    by_id = {one.id: one for one in agreement.commitments}
    due = {key: one.deadline.date for key, one in by_id.items() if one.deadline}
    assert due == {
        "c_1.1-1": "2020-07-13", "c_1.1-2": "2020-07-13", "c_1.2": "2020-07-13", "c_1.3": "2021-04-28",
        "c_1.4-2": "2020-03-10", "c_1.4-3": "2020-06-10", "c_1.6": "2020-08-27", "c_1.7": "2020-05-29",
        "c_3.3": "2020-03-10",
    }  # fmt: skip
    must_not = [key for key, one in by_id.items() if one.modality == "must not"]
    assert must_not == ["c_1.5-2", "c_1.8", "c_2.1", "c_2.3-2", "c_2.5"]
    assert [one.on for one in by_id["c_1.3"].conditions] == ["c_2.1", "c_2.2", "c_2.3-1", "c_2.3-2", "c_2.4", "c_2.5"]
    assert [one.on for one in by_id["c_1.6"].conditions] == ["c_3.3"]
    assert len(by_id["c_3.4"].obligor) == 2


@pytest.mark.shared
@pytest.mark.parametrize("page", ["51376", "58574"])
def test_terms_in_a_speech_give_a_ledger_or_an_input_error(shared: Path, page: str) -> None:
    path = next((shared / "cases" / "syria").rglob(f"{page}.html"))
    text = re.sub(r"\s*\n\s*", "\n\n", re.sub(r"<[^>]+>", "\n", path.read_text("utf-8")))
    try:
        agreement = draw_ledger(make_document(text))
    except InputError:
        return
    assert all(one.act.holds_in(text) for one in agreement.commitments)


def test_terms_told_in_a_speech_bind_the_states_and_sides_that_they_name() -> None:
    text = (
        "By noon on 26 May 2031 all parties must say whether they accept. "
        "Kenyan and French troops will jointly mark the lines.\n\n"
        "The opposition will cease all attacks on the posts.\n\n"
        "I am sure that Kenya will be stronger for it. The roads will dry in June."
    )
    agreement = draw_ledger(Document("d_speech", "speech.html", "0", "text/html", text, title="A speech"))
    bound = {commitment.act.text: commitment.obligor for commitment in agreement.commitments}
    assert bound["jointly mark the lines"] == ("Kenya", "France")
    assert bound["cease all attacks on the posts"] == ("opposition",)
    assert len(bound) == 3


def test_after_that_counts_from_the_condition_unless_it_goes_on_from_another_period() -> None:
    head = "Signed in Lume, 3 March 2031, by the Varna Front and the Republic of Ostrava.\n\n"
    condition = "If the Front keeps the peace, the Republic will leave the valley within 90 days after that.\n"
    alone = draw_ledger(
        Document("d_a", "a.txt", "0", "text/plain", f"{head}1. The Front will go by 1 May 2031.\n2. {condition}")
    )
    chain = draw_ledger(
        Document("d_b", "b.txt", "0", "text/plain", f"{head}1. Within 30 days the Front will go.\n2. {condition}")
    )
    assert alone.commitments[1].deadline is not None
    assert alone.commitments[1].deadline.date is None
    assert chain.commitments[1].deadline is not None
    assert chain.commitments[1].deadline.date == "2031-07-01"


def test_the_act_does_not_hold_the_one_who_owes_it_under_a_short_name() -> None:
    head = "Signed in Lume, 3 March 2031, by the Varna Front and the Republic of Ostrava.\n\n"
    agreement = draw_ledger(Document("d_c", "c.txt", "0", "text/plain", f"{head}1. The Front will open the road.\n"))
    assert agreement.commitments[0].act.text == "open the road"
    assert agreement.commitments[0].obligor == ("Varna Front",)
