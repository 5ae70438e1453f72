"""What a deadline counts from, and what a condition waits for, where the words only point to another clause."""

from __future__ import annotations

import pytest

from pledgewatch.ledger import draw_ledger
from pledgewatch.model.agreement import Agreement, Commitment
from pledgewatch.model.document import Document

PHASES = """# Agreement between Ulmar and Tessan on the River Posts

Signed at Brenn on 1 March 2031.

1.1 First phase. Within 30 days of the signing of this Agreement, Ulmar shall withdraw its forces from the
    river posts.
1.2 Second phase. Ulmar shall evacuate the fort within 20 days after completion of the first phase.
2.1 Upon completion of the first phase, Tessan shall restore the water supply of the fort. Within ten days
    thereafter it shall reopen the mill road.
2.2 The Commission shall certify the completion of each phase.
2.3 Tessan shall not move its forces into the posts until the Commission has certified their evacuation.
3.1 Each side shall deliver to the Commission the lists of its prisoners within five days of signing.
3.2 The Commission shall publish the lists not later than ten days after their delivery.
4.1 Ulmar shall release 40 prisoners by 1 May 2031 and a further 30 by 1 June 2031.
4.2 Tessan shall release all its prisoners within 14 days of the first release under paragraph 4.1.
4.3 The sides shall return the fallen within 30 days of completion of the releases under paragraph 4.1.
4.4 Tessan shall issue travel papers within seven days of the date in paragraph 5.1.
5.1 Ulmar shall open the ferry by 10 July 2031. Once they have crossed it, Tessan shall pay the ferrymen.
"""

TARIFFS = """# Treaty between Ulmar and Tessan on Tariffs

Signed at Brenn on 1 March 2031. It enters into force on 1 June 2031.

1. Ulmar shall lower its duties by one half within six months of the entry into force of this Treaty,
   and shall abolish them within two years of that date.
2. Ulmar shall publish the tariff within six months of the entry into force of this Treaty.
   Tessan shall follow within one month after that.
"""


def draw(text: str) -> Agreement:
    return draw_ledger(Document("d_a", "a.md", "0" * 64, "text/markdown", text))


def find(agreement: Agreement, act: str) -> Commitment:
    (found,) = [one for one in agreement.commitments if act in one.act.text]
    return found


@pytest.mark.parametrize(
    ("act", "day"),
    [
        ("evacuate the fort", "2031-04-20"),
        ("reopen the mill road", "2031-04-10"),
        ("publish the lists", "2031-03-16"),
        ("release all its prisoners", "2031-05-15"),
        ("return the fallen", "2031-07-01"),
        ("issue travel papers", "2031-07-17"),
    ],
)
def test_days_that_hang_on_another_clause(act: str, day: str) -> None:
    deadline = find(draw(PHASES), act).deadline
    assert deadline is not None
    assert deadline.date == day


@pytest.mark.parametrize(
    ("act", "waited_for"),
    [
        ("restore the water supply", "withdraw its forces"),
        ("move its forces into the posts", "certify the completion"),
        ("pay the ferrymen", "open the ferry"),
    ],
)
def test_conditions_that_only_point_to_what_is_waited_for(act: str, waited_for: str) -> None:
    agreement = draw(PHASES)
    assert [one.on for one in find(agreement, act).conditions] == [find(agreement, waited_for).id]


def test_that_date_in_one_sentence_is_the_entry_into_force_and_after_that_goes_on() -> None:
    agreement = draw(TARIFFS)
    days = {one.act.text.split()[0]: one.deadline and one.deadline.date for one in agreement.commitments}
    assert days == {"lower": "2031-12-01", "abolish": "2033-06-01", "publish": "2031-12-01", "follow": "2032-01-01"}


def test_body_that_is_founded_is_no_duty_and_what_stands_beside_it_is() -> None:
    head = "# Accord between Ulmar and Tessan\n\nSigned at Brenn on 1 March 2031.\n\n"
    founded = draw(f"{head}1. There shall be a Joint Commission of six members. Ulmar shall host it.\n")
    beside = draw(f"{head}1. There shall be a Joint Commission, and Ulmar shall free all prisoners by 1 May 2031.\n")
    assert [one.act.text for one in founded.commitments] == ["host it"]
    assert any("free all prisoners" in one.act.text for one in beside.commitments)


def test_two_hundred_prisoners_are_not_the_two_promises_before() -> None:
    agreement = draw(
        "# Accord between Ulmar and Tessan\n\nSigned at Brenn on 1 March 2031.\n\n"
        "1. Tessan shall free all prisoners.\n2. Tessan shall close the river posts.\n"
        "3. Ulmar shall lift the toll once two hundred prisoners are free.\n"
    )
    assert find(agreement, "close the river posts").id not in [
        one.on for one in find(agreement, "lift the toll").conditions
    ]
