"""What people judged of identity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.model.actor import Actor
from pledgewatch.model.judgement import Judgement
from pledgewatch.model.wire import to_wire
from pledgewatch.resolve import about_identity, apply_judgements, key_of
from pledgewatch.store.contract import UNDO, keep_effective
from tests.resolve.fiction import resolve_marked

RESOLUTION = resolve_marked(
    "[p:Ardan Velmish] met [p:Ilko Ruk] and the [g:Orvane Front]. [p:Ossei Velmish] and [p:Velmish] left."
)
"""Links of Ardan Velmish (listed), Ilko Ruk (not listed), the Front (known), Ossei Velmish (listed), Velmish (both)."""


def judge(number: int, one: str, other: str, verdict: str) -> Judgement:
    return Judgement(f"j_{number}", about_identity(one, other), verdict, "Ana", "2031-09-01T08:00:00+00:00", "seen")


def linked(*judgements: Judgement) -> dict[str, tuple[str, str | None, str | None]]:
    links = apply_judgements(RESOLUTION, judgements).links
    return {link.span.text: (link.decision, link.actor, link.listing) for link in links}


@pytest.mark.parametrize(
    ("who", "key"),
    [
        ("ost:OSi.001", "ost:OSi.001"),
        ("The  Orvane-Front’s", "name:orvane front"),
        ("orvane-front", "orvane-front"),
        ("a_0123456789ab", "a_0123456789ab"),
        ("Ilko Ruk", "name:ilko ruk"),
    ],
)
def test_judgements_name_people_by_key(who: str, key: str) -> None:
    assert key_of(who, ["orvane-front"]) == key


def test_a_judgement_is_about_two_in_either_order() -> None:
    assert about_identity("name:b", "name:a") == about_identity("name:a", "name:b") == "identity:name:a|name:b"


def test_without_judgements_nothing_changes() -> None:
    assert apply_judgements(RESOLUTION, ()) is RESOLUTION
    assert apply_judgements(RESOLUTION, [Judgement("j_1", "mark:m_1", "reject", "Ana", "2031")]) is RESOLUTION


def test_same_as_an_entry_makes_a_name_listed() -> None:
    links = apply_judgements(RESOLUTION, [judge(1, "name:ilko ruk", "ost:OSi.001", "same")]).links
    (link,) = [link for link in links if link.span.text == "Ilko Ruk"]
    assert (link.decision, link.listing, link.list, link.probability) == ("listed", "OSi.001", "ost", 1.0)
    assert link.agreed[-1] == "judged same by Ana: ost:OSi.001"


def test_same_as_an_actor_makes_a_name_known() -> None:
    assert linked(judge(1, "name:ilko ruk", "mirelda-tolkan", "same"))["Ilko Ruk"][:2] == ("known", "mirelda-tolkan")


def test_two_names_judged_the_same_lead_to_one_actor() -> None:
    after = linked(judge(1, "name:ilko ruk", "name:ossei velmish", "same"))
    assert after["Ilko Ruk"] == after["Ossei Velmish"] == linked()["Ossei Velmish"]
    known = linked(judge(1, "name:ilko ruk", "name:orvane front", "same"))
    assert known["Ilko Ruk"] == known["Orvane Front"] == ("known", "orvane-front", None)


def test_a_name_that_nobody_bears_changes_nothing() -> None:
    assert linked(judge(1, "name:ilko ruk", "name:anselm quint", "same")) == linked()


def test_same_as_the_actor_that_the_machine_found_keeps_the_entry() -> None:
    resolution = resolve_marked("[g:Ashen Banner] came.")
    (link,) = apply_judgements(resolution, [judge(1, "name:ashen banner", "ashen-banner", "same")]).links
    assert (link.decision, link.actor, link.listing, link.probability) == ("listed", "ashen-banner", "OSe.001", 1.0)


def test_same_as_another_actor_leaves_the_entry_of_the_first_behind() -> None:
    resolution = resolve_marked("[p:Ossei Velmish] met [p:Mirelda Tolkan].")
    judgement = judge(1, "name:ossei velmish", "mirelda-tolkan", "same")
    assert {(one.actor, one.listing) for one in apply_judgements(resolution, [judgement]).links} == {
        ("mirelda-tolkan", None)
    }


def test_different_takes_a_link_away_and_says_who_judged() -> None:
    judgement = judge(1, "name:ardan velmish", "ost:OSi.001", "different")
    link = apply_judgements(RESOLUTION, [judgement]).links[0]
    assert (link.decision, link.actor, link.listing, link.list) == ("not listed", None, None, None)
    assert link.disagreed == ("judged different by Ana: ost:OSi.001",)
    assert linked(judge(1, "name:orvane front", "orvane-front", "different"))["Orvane Front"][:2] == (
        "not listed",
        None,
    )


def test_different_takes_one_candidate_away_and_leaves_the_others() -> None:
    links = apply_judgements(RESOLUTION, [judge(1, "name:velmish", "ost:OSi.001", "different")]).links
    (link,) = [link for link in links if link.span.text == "Velmish"]
    assert (link.decision, [one.listing for one in link.candidates]) == ("ambiguous", ["OSi.002"])


def test_unsure_makes_a_link_ambiguous() -> None:
    judgement = judge(1, "name:ardan velmish", "ost:OSi.001", "unsure")
    link = apply_judgements(RESOLUTION, [judgement]).links[0]
    assert link.decision == "ambiguous"
    assert link.could_not_compare[-1] == "judged unsure by Ana: ost:OSi.001"


def test_a_judgement_touches_only_the_names_that_it_is_about() -> None:
    before = linked()
    after = linked(judge(1, "name:ilko ruk", "ost:OSi.001", "same"))
    assert {words for words in before if before[words] != after[words]} == {"Ilko Ruk"}


def test_the_last_judgement_on_two_counts() -> None:
    same, different = (judge(number, "name:ilko ruk", "ost:OSi.001", verdict) for number, verdict in
                       enumerate(("same", "different")))  # fmt: skip
    assert linked(same, different)["Ilko Ruk"][0] == "not listed"
    assert linked(different, same)["Ilko Ruk"][0] == "listed"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["name:ilko ruk", "name:ardan velmish", "name:velmish", "name:orvane front"]),
            st.sampled_from(["ost:OSi.001", "ost:OSi.002", "orvane-front", "mirelda-tolkan"]),
            st.sampled_from(["same", "different", "unsure"]),
        ),
        max_size=5,
    )
)
def test_taking_every_judgement_back_restores_the_links_byte_for_byte(made: list[tuple[str, str, str]]) -> None:
    judgements = [judge(number, *one) for number, one in enumerate(made)]
    taken_back = [
        Judgement(f"u_{one.id}", one.about, UNDO, "Ben", "2031-09-02T08:00:00+00:00", undoes=one.id)
        for one in judgements
    ]
    assert keep_effective([*judgements, *taken_back]) == ()
    restored = apply_judgements(RESOLUTION, keep_effective([*judgements, *taken_back]))
    assert repr(to_wire(restored)) == repr(to_wire(RESOLUTION))
    half = apply_judgements(RESOLUTION, keep_effective([*judgements, *taken_back[1:]]))
    assert to_wire(half) == to_wire(apply_judgements(RESOLUTION, judgements[:1]))


@given(st.permutations([0, 1, 2]))
def test_judgements_on_other_pairs_may_be_made_in_any_order(order: list[int]) -> None:
    made = [
        judge(0, "name:ilko ruk", "ost:OSi.001", "same"),
        judge(1, "name:orvane front", "orvane-front", "different"),
        judge(2, "name:velmish", "ost:OSi.002", "different"),
    ]
    assert linked(*(made[place] for place in order)) == linked(*made)


def test_an_actor_of_the_registry_whom_no_document_names_joins_when_judged_to_be_meant() -> None:
    far = Actor("far-league", "Far League", "group")
    judged = [judge(1, "name:ilko ruk", "far-league", "same")]
    assert far not in apply_judgements(RESOLUTION, judged).actors
    assert far in apply_judgements(RESOLUTION, judged, [far]).actors
