"""What an assessment keeps to: the ten rules, on small hand-made cases."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.errors import InputError
from pledgewatch.model.agreement import Condition
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import Source
from pledgewatch.weigh import explain_rule
from pledgewatch.weigh.rules import RULES
from tests.weigh.casework import AGREEMENT, Said, Setting, Story, as_version, finding, tell, weigh

HOSTS = "The Varna Front shelters the Black Heron in the hills, the envoy said."
ENVOY = Said("the envoy", "The Varna Front shelters the Black Heron in the hills")
SEVERED = "The Varna Front has severed all ties with the Black Heron, a monitor said."
MONITOR = Said("a monitor", "The Varna Front has severed all ties with the Black Heron")
DENIAL = "The Varna Front denied that it shelters militants."
FRONT = Said("The Varna Front", "it shelters militants", "denies")


def hosts(name: str, published: str | None = "2020-01-10", source: str | None = "s_B") -> Story:
    return tell(HOSTS, ENVOY, name=name, published=published, source=source)


def severed(name: str, published: str = "2020-01-10", source: str | None = "s_B") -> Story:
    return tell(SEVERED, MONITOR, name=name, published=published, source=source)


def denial(name: str = "denial") -> Story:
    return tell(DENIAL, FRONT, name=name)


def test_nothing_published_later_counts() -> None:
    early, late = hosts("early", "2020-01-10"), hosts("late", "2020-02-01")
    assert weigh(early, late) == weigh(early)
    assert weigh(late).documents == ()


@pytest.mark.parametrize(("published", "counts"), [("2020-01", True), ("2020", False), ("2020-02", False)])
def test_coarse_date_counts_from_its_last_possible_day(published: str, counts: bool) -> None:
    assert bool(weigh(hosts("a", published)).documents) is counts


def test_undated_documents_are_left_out_and_listed() -> None:
    story = hosts("a", None)
    result = weigh(story)
    assert (result.documents, result.undated) == ((), (story.document.id,))


def test_older_version_stands_until_the_newer_was_made() -> None:
    old = hosts("old")
    new = as_version(severed("new"), old, "2020-01-20")
    before = weigh(old, new, setting=Setting(as_of="2020-01-15"))
    after = weigh(old, new, setting=Setting(as_of="2020-01-25"))
    assert before.documents == (old.document.id,)
    assert after.documents == (new.document.id,)


@pytest.mark.parametrize("as_of", ["soon", "2020-13-01", "2020-02-30", ""])
def test_as_of_that_is_no_date_is_refused(as_of: str) -> None:
    with pytest.raises(InputError, match="no date"):
        weigh(hosts("a"), setting=Setting(as_of=as_of))


def test_copies_of_one_origin_change_nothing() -> None:
    names = ("a", "b", "c", "d")
    one = finding(weigh(hosts("a")))
    four = finding(weigh(*(hosts(name) for name in names), setting=Setting(copies=(names,))))
    assert (four.opinion, four.status, four.confidence, four.origins_against) == (
        one.opinion,
        one.status,
        one.confidence,
        1,
    )


def test_later_copy_in_an_origin_does_not_refresh_old_evidence() -> None:
    setting = Setting(policy=WeighPolicy(half_life_days=100), copies=(("a", "b"),))
    alone = finding(weigh(hosts("a", "2019-06-01"), setting=setting))
    copied = finding(weigh(hosts("a", "2019-06-01"), hosts("b", "2020-01-30"), setting=setting))
    assert copied.opinion == alone.opinion


def test_independent_origins_raise_certainty_and_confidence() -> None:
    one, three = finding(weigh(hosts("a"))), finding(weigh(hosts("a"), hosts("b"), hosts("c", source="s_A")))
    house = finding(weigh(hosts("a"), hosts("b"), hosts("c")))
    assert three.opinion.disbelief > one.opinion.disbelief
    assert (one.confidence, house.confidence, three.confidence) == ("low", "moderate", "high")
    assert one.evidence_against[0].grade == "B6"
    assert three.evidence_against[0].grade == "B2"


def test_one_origin_of_unknown_grade_is_mostly_uncertain() -> None:
    result = finding(weigh(hosts("a", source=None)))
    assert result.opinion.uncertainty > 0.5
    assert result.confidence == "low"
    assert result.likelihood == "unlikely"
    assert result.evidence_against[0].grade == "F6"


def test_nothing_known_cannot_be_judged_and_is_neither_half_nor_zero() -> None:
    result = finding(weigh())
    assert (result.status, result.likelihood, result.confidence) == ("cannot be judged", None, "none")
    assert result.opinion.uncertainty == 1.0


def test_partys_denial_stands_beside_the_evidence_and_weighs_little() -> None:
    without, both = finding(weigh(hosts("a"), hosts("b"))), finding(weigh(hosts("a"), hosts("b"), denial()))
    (shown,) = both.evidence_for
    assert shown.interested
    assert both.status == without.status == "broken"
    assert abs(both.opinion.projected - without.opinion.projected) < 0.05


def test_case_that_rests_on_one_side_says_so() -> None:
    assert finding(weigh(denial())).one_sided
    assert not finding(weigh(denial(), hosts("a"))).one_sided


def test_outlet_of_a_party_is_interested_whoever_it_quotes() -> None:
    outlet = Source("s_own", "Front Radio", "B", interested_in=("Varna Front",))
    story = severed("a", source="s_own")
    result = finding(weigh(story, setting=Setting(sources=(outlet,))))
    assert result.evidence_for[0].interested
    assert result.one_sided
    assert result.status == "cannot be judged"


def test_declining_to_comment_is_recorded_and_changes_nothing() -> None:
    text = f"{HOSTS} Officials declined to comment on whether it shelters the Black Heron."
    spoken = tell(text, ENVOY, name="a")
    silent = tell(text, ENVOY, Said("Officials", "shelters the Black Heron.", "declines"), name="a")
    first, second = finding(weigh(spoken)), finding(weigh(silent))
    assert (first.opinion, first.status) == (second.opinion, second.status)
    assert len(second.silent) == 1
    assert first.silent == ()


def test_two_independent_sides_are_contested() -> None:
    result = finding(weigh(hosts("a"), severed("b")))
    assert (result.status, result.rule) == ("contested", "both sides")
    assert (result.origins_for, result.origins_against) == (1, 1)
    assert {one.grade for one in (*result.evidence_for, *result.evidence_against)} == {"B4"}


def test_finding_says_what_it_would_be_without_each_origin() -> None:
    result = finding(weigh(hosts("a"), severed("b")))
    assert sorted(one.status for one in result.rests_on) == ["broken", "kept"]


def test_duty_before_its_deadline_is_not_yet_due_and_after_it_is_not_guessed() -> None:
    before = finding(weigh(hosts("a")), "c_2")
    after = finding(weigh(hosts("a"), setting=Setting(as_of="2020-07-01")), "c_2")
    assert (before.status, before.likelihood) == ("not yet due", None)
    assert (after.status, after.likelihood) == ("cannot be judged", None)


def test_deadline_passed_with_evidence_is_kept_or_missed() -> None:
    left = "The Republic of Ostrava has withdrawn its forces, the envoy said."
    stayed = "The Republic of Ostrava refused to withdraw its forces, the envoy said."
    setting = Setting(as_of="2020-07-01")
    kept = finding(weigh(tell(left, Said("the envoy", left[:-16].rstrip(","))), setting=setting), "c_2")
    missed = finding(weigh(tell(stayed, Said("the envoy", stayed[:-16].rstrip(","))), setting=setting), "c_2")
    assert (kept.status, kept.scale) == ("kept", 3)
    assert (missed.status, missed.scale, missed.rule) == ("broken", 0, "deadline missed")


def test_commitment_that_waits_for_a_broken_one_is_not_yet_due() -> None:
    first, second = AGREEMENT.commitments
    waiting = replace(second, deadline=None, conditions=(Condition(second.span, "c_1"),))
    agreement = replace(AGREEMENT, commitments=(first, waiting))
    result = finding(weigh(hosts("a"), hosts("b"), setting=Setting(agreement=agreement)), "c_2")
    assert (result.status, result.rule) == ("not yet due", "condition not met")


def test_commitments_that_wait_for_each_other_are_weighed() -> None:
    first, second = AGREEMENT.commitments
    circle = (
        replace(first, conditions=(Condition(first.span, "c_2"),)),
        replace(second, deadline=None, conditions=(Condition(second.span, "c_1"),)),
    )
    assert len(weigh(hosts("a"), setting=Setting(agreement=replace(AGREEMENT, commitments=circle))).findings) == 2


def test_estimates_in_sentences_about_the_object_are_listed() -> None:
    text = f"{HOSTS} There are 200 to 500 Black Heron men. He counted 200 to 900 sheep."
    result = finding(weigh(tell(text, ENVOY, estimates=("200 to 500", "200 to 900"))))
    assert len(result.estimates) == 1


def test_event_before_the_agreement_does_not_bear() -> None:
    text = "The Varna Front sheltered the Black Heron in 2009, the envoy said."
    said = Said("the envoy", "The Varna Front sheltered the Black Heron in 2009")
    assert finding(weigh(tell(text, said, times=(("2009", "2009"),)))).evidence_against == ()
    since = text.replace("in 2009", "since 2009")
    ongoing = tell(since, Said("the envoy", said.words.replace("in 2009", "since 2009")), times=(("2009", "2009"),))
    assert len(finding(weigh(ongoing)).evidence_against) == 1


def test_old_evidence_fades_by_half_life() -> None:
    setting = Setting(policy=WeighPolicy(half_life_days=30))
    fresh, old = (
        finding(weigh(hosts("a", "2020-01-31"), setting=setting)),
        finding(weigh(hosts("a", "2020-01-01"), setting=setting)),
    )
    assert old.opinion.disbelief < fresh.opinion.disbelief


def test_order_of_documents_never_matters() -> None:
    stories = [hosts("a"), severed("b"), denial(), hosts("c", source=None)]
    results = {weigh(*order) for order in itertools.permutations(stories)}
    assert len(results) == 1


@given(st.sets(st.sampled_from(["a", "b", "c", "d", "e"]), min_size=1), st.sampled_from(["a", "b", "c", "d", "e"]))
@settings(max_examples=30, deadline=None)
def test_removing_and_adding_a_document_is_the_identity(names: set[str], extra: str) -> None:
    kinds = {"a": hosts("a"), "b": severed("b"), "c": denial("c"), "d": hosts("d", "2019-12-01"), "e": hosts("e")}
    full = {*names, extra}
    before = weigh(*(kinds[name] for name in sorted(full)))
    weigh(*(kinds[name] for name in sorted(full - {extra})))
    after = weigh(*(kinds[name] for name in sorted(full, reverse=True)))
    assert before == after


@given(st.integers(1, 5), st.sampled_from("ABCDEF"))
@settings(max_examples=25, deadline=None)
def test_one_more_independent_origin_never_lowers_what_it_supports(number: int, letter: str) -> None:
    stories = [hosts(f"n{index}") for index in range(number)]
    more = [*stories, hosts("more", source=f"s_{letter}")]
    assert finding(weigh(*more)).opinion.disbelief >= finding(weigh(*stories)).opinion.disbelief


def test_every_rule_has_an_explanation_and_the_last_always_answers() -> None:
    for rule in RULES:
        assert explain_rule(rule.__name__.replace("_", " ")).endswith(".")


def test_method_page_lists_the_rules_in_their_order() -> None:
    page = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")
    section = page.split("## 5. Status")[1].split("## 6.")[0]
    listed = [line.split("|")[1].strip() for line in section.split("\n") if line.startswith("| ")][1:]
    assert listed == [rule.__name__.replace("_", " ") for rule in RULES]


def test_every_evidence_span_holds_and_names_its_origin() -> None:
    stories = (hosts("a"), severed("b"), denial())
    texts = {story.document.id: story.document.text for story in stories}
    for one in (*finding(weigh(*stories)).evidence_for, *finding(weigh(*stories)).evidence_against):
        assert one.span.holds_in(texts[one.document])
        assert one.origin.startswith("o_")
        assert one.grade[0] in "ABCDEF"
        assert one.grade[1] in "123456"
