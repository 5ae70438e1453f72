"""A later protocol moves deadlines, and the old ones stay on record."""

from __future__ import annotations

import pytest

from pledgewatch.ledger import apply_amendment, draw_ledger
from pledgewatch.ledger.amendments import read_amendment
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.document import Document

FIRST = """\
# Agreement on the Ferry

Signed in Lume, 3 March 2031, by the Varna Front and the Republic of Ostrava.

Article 1
1. Ostrava shall pay 90 crowns in two parts, the first by 1 May 2031 and the second by 1 July 2031.
2. The Front shall mend the ferry within 60 days of signing.
3. The Front shall paint the ferry within a further two weeks.
"""
PROTOCOL = """\
# Protocol amending the Agreement on the Ferry

Brod, 20 April 2031

The Varna Front and the Republic of Ostrava have agreed to amend the Agreement as follows:

1. In Article 1, paragraph 1, the words "by 1 July 2031" are replaced by the words "by 1 October 2031".
2. The time limit in Article 1, paragraph 2, is extended by three months.
3. The Front shall lend Ostrava a second boat.
"""


def draw(text: str) -> Agreement:
    return draw_ledger(Document(f"d_{len(text)}", "a.md", "0" * 64, "text/markdown", text))


def dates(agreement: Agreement) -> dict[str, str | None]:
    return {one.id: one.deadline.date for one in agreement.commitments if one.deadline}


def test_a_protocol_moves_only_the_deadlines_it_means() -> None:
    first = draw(FIRST)
    assert dates(first) == {
        "c_1.1-1": "2031-05-01",
        "c_1.1-2": "2031-07-01",
        "c_1.2": "2031-05-02",
        "c_1.3": "2031-05-16",
    }
    moved = apply_amendment(first, draw(PROTOCOL))
    assert dates(moved) == {
        "c_1.1-1": "2031-05-01",
        "c_1.1-2": "2031-10-01",
        "c_1.2": "2031-08-02",
        "c_1.3": "2031-08-16",
    }


def test_the_old_date_stays_on_record_with_the_words_that_moved_it() -> None:
    protocol = draw(PROTOCOL)
    moved = {one.id: one for one in apply_amendment(draw(FIRST), protocol).commitments}
    deadline = moved["c_1.1-2"].deadline
    assert deadline is not None
    (record,) = deadline.history
    assert (record.date, record.on, record.document) == ("2031-07-01", "2031-04-20", protocol.document)
    assert record.span.holds_in(PROTOCOL)
    assert deadline.span.text == "by 1 July 2031"


def test_amending_words_bind_nobody_and_new_duties_do() -> None:
    protocol = draw(PROTOCOL)
    assert [one.act.text for one in protocol.commitments] == ["lend Ostrava a second boat"]
    assert [(one.kind, one.clause) for one in protocol.amendments] == [
        ("replaces words", "1.1"),
        ("moves deadline", "1.2"),
    ]


def test_an_instrument_that_moves_nothing_changes_nothing() -> None:
    first = draw(FIRST)
    assert apply_amendment(first, first) == first


@pytest.mark.parametrize(
    ("sentence", "kind", "clause", "period"),
    [
        ("The Agreement is extended for a further period of 120 days.", "extends", None, "120 days"),
        ("Section 2.3 is deleted.", "repeals", "2.3", None),
        ("The deadline in paragraph 4 of Article II is postponed by two weeks.", "moves deadline", "II.4", "2 weeks"),
    ],
)
def test_kinds_of_amendments(sentence: str, kind: str, clause: str | None, period: str | None) -> None:
    made = read_amendment(sentence, "2031-04-20")
    assert made is not None
    assert (made.kind, made.clause, made.period) == (kind, clause, period)
