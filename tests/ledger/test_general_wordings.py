"""Wordings that hold for agreements nobody has seen: anchors, initials, bare numbers, letters, inverted duties."""

from __future__ import annotations

from pledgewatch.ledger import draw_ledger
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.document import Document

CESSATION = """# Agreement between the Federation of Aldmark and the Harn Liberation Army

Signed in Orle on 30 April 2034

1.1 The ceasefire begins at midnight on 3 May 2034.

2.1 Aldmark shall withdraw its heavy weapons beyond the Ember line within ten days of the start of the ceasefire.

2.2 The HLA shall, within the same period, leave the town of Lissow.

3.1 Subject to 2.2 having been carried out, Aldmark agrees to release all political prisoners.

3.2 Under no circumstances shall the HLA return to Lissow.

3.3 Only after the prisoners have been released will Aldmark reopen the road.
"""

LETTERS = """**I. Letter from the Minister of Foreign Affairs of the Kingdom of Tavir**

Orle, 2 June 2033

(1) My Government will reopen the port by 1 July 2033.

**II. Letter from the Minister of Foreign Affairs of the Republic of Lesna**

(1) My Government undertakes to pay the dues within 10 days of the date of this letter.
"""

RESOLUTION = """The League Council,

1. Decides that the measures in paragraph 2 shall be lifted once the Front has left Lume;
2. Demands that all parties immediately cease fire;
3. Urges donors to fund the relief and stresses that aid is scarce;

Adopted on 2 August 2031
"""


def _draw(text: str) -> Agreement:
    return draw_ledger(Document("d", "t.md", "0" * 64, "text/markdown", text))


def test_the_day_of_a_ceasefire_and_the_same_period_are_anchors() -> None:
    dates = {one.id: one.deadline.date for one in _draw(CESSATION).commitments if one.deadline}
    assert dates == {"c_1.1": "2034-05-03", "c_2.1": "2034-05-13", "c_2.2": "2034-05-13"}


def test_initials_name_a_party_and_a_bare_number_a_clause() -> None:
    by_id = {one.id: one for one in _draw(CESSATION).commitments}
    assert by_id["c_2.2"].obligor == ("Harn Liberation Army",)
    assert [one.on for one in by_id["c_3.1"].conditions] == ["c_2.2"]


def test_who_stands_behind_the_word_that_binds_is_bound() -> None:
    by_id = {one.id: one for one in _draw(CESSATION).commitments}
    assert (by_id["c_3.2"].modality, by_id["c_3.2"].obligor) == ("must not", ("Harn Liberation Army",))
    assert by_id["c_3.3"].obligor == ("Federation of Aldmark",)
    assert [one.on for one in by_id["c_3.3"].conditions] == ["c_3.1"]


def test_each_letter_binds_who_wrote_it() -> None:
    assert [one.obligor for one in _draw(LETTERS).commitments] == [("Kingdom of Tavir",), ("Republic of Lesna",)]


def test_a_resolution_binds_without_its_adverbs_and_remarks() -> None:
    found = _draw(RESOLUTION).commitments
    assert [one.clause for one in found] == ["1", "2", "3"]
    assert found[1].obligor == ("all parties",)
    assert found[2].act.text == "fund the relief"
