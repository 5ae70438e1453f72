"""Letters and digits are asked apart; sides are measured; where nothing was collected is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pledgewatch.model.assessment import Assessment, Coverage, Finding
from pledgewatch.model.document import GradeChange, Source
from pledgewatch.model.span import Span
from pledgewatch.model.wire import to_wire
from pledgewatch.weigh import Holdings, ask_grades, measure_habit
from tests.weigh.casework import AGREEMENT, RESOLUTION, SOURCES, Said, Setting, Story, finding, make_trace, tell, weigh
from tests.weigh.test_reckoning import quote, resolved
from tests.weigh.test_weighing import denial, hosts, severed

GAZETTE = Source(
    "s_gazette",
    "The Lume Gazette",
    "B",
    kind="newspaper",
    history=(GradeChange("2019-12-31", "E", "invented a source"), GradeChange("2020-01-20", "C")),
)


@pytest.mark.parametrize(("as_of", "letter"), [("2019-12-31", "E"), ("2020-01-20", "C"), ("2020-01-21", "B")])
def test_letter_is_the_one_that_stood_on_the_day(as_of: str, letter: str) -> None:
    story = hosts("a", "2019-12-01", "s_gazette")
    result = finding(weigh(story, setting=Setting(sources=(GAZETTE,), as_of=as_of)))
    assert result.evidence_against[0].grade[0] == letter


def ask(*stories: Story) -> tuple[str, str]:
    setting = resolved(*stories, setting=Setting(sources=(*SOURCES, GAZETTE)))
    held = Holdings(
        "2020-01-31",
        tuple(story.document for story in stories),
        make_trace(stories, setting),
        setting.resolution,
        setting.sources,
    )
    readings = {story.document.id: story.reading for story in stories}
    letters, digits = ask_grades(AGREEMENT, readings, held, setting.policy)
    return json.dumps([to_wire(one) for one in letters]), json.dumps([to_wire(one) for one in digits])


def test_letters_are_asked_without_a_word_of_what_is_reported() -> None:
    letters, _ = ask(hosts("a", source="s_gazette"), severed("b"))
    assert "The Lume Gazette" in letters
    assert "invented a source" in letters
    assert not any(word in letters for word in ("Heron", "c_1", "i_host", "broken", "digit"))


def test_digits_are_asked_without_publisher_letter_or_speaker() -> None:
    _, digits = ask(hosts("a", source="s_gazette"), quote("Ilse Krane", "b", "s_A"), severed("c", source="s_D"))
    assert "shelters the Black Heron" in digits
    assert not any(word in digits for word in ("Gazette", "Paper", "reliab", "newspaper", "Ilse Krane"))


def test_digit_is_corroborated_by_other_voices_only() -> None:
    (question,) = json.loads(ask(quote("Ilse Krane", "a"), quote("Ilse Krane", "b"))[1])
    assert (question["proposed"], question["corroborated_by"]) == ("6", [])
    (question,) = json.loads(ask(quote("Ilse Krane", "a"), quote("Ana Petrov", "b"))[1])
    assert (question["proposed"], len(question["corroborated_by"])) == ("3", 1)


def test_digit_is_of_the_thing_said_and_not_of_all_that_is_said() -> None:
    words = "The Varna Front trains the Black Heron"
    lone = tell(f"{words}, the envoy said.", Said("the envoy", words), name="lone")
    result = finding(weigh(hosts("a"), hosts("b"), hosts("c"), lone))
    assert {one.indicator: one.grade for one in result.evidence_against} == {"i_host": "B2", "i_train": "B6"}


def graded(*codes: str) -> Assessment:
    (evidence,) = finding(weigh(hosts("a"))).evidence_against
    base = finding(weigh())
    return Assessment(
        "2020-01-31", (replace(base, evidence_for=tuple(replace(evidence, grade=code) for code in codes)),)
    )


def test_habit_of_the_diagonal_is_measured_against_chance() -> None:
    habit = measure_habit(graded("A1", "B2", "C3", "D4", "F6", "B6"))
    assert (habit.judged, habit.diagonal, habit.expected) == (4, 1.0, 0.25)
    even = measure_habit(graded("A1", "A2", "B1", "B2"))
    assert (even.diagonal, even.expected) == (0.5, 0.5)
    assert measure_habit(graded("F6")).diagonal is None
    assert dict(measure_habit(graded("B2", "B2")).codes) == {"B2": 2}


def test_share_of_each_side_is_measured() -> None:
    result = finding(weigh(hosts("a"), denial()))
    shares = {one.side: one.share for one in result.sides}
    assert set(shares) == {None, "Varna Front"}
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares[None] > 0.8
    (only,) = finding(weigh(denial())).sides
    assert (only.side, only.share) == ("Varna Front", 1.0)


# Coverage


def covered(*stories: Story, as_of: str = "2020-04-30") -> Coverage:
    agreement = replace(AGREEMENT, date="2019-12-01")
    result: Finding = finding(weigh(*stories, setting=Setting(agreement=agreement, as_of=as_of, resolution=RESOLUTION)))
    assert result.coverage is not None
    return result.coverage


def test_months_without_a_document_and_without_one_on_the_matter_are_named() -> None:
    rain = tell("It rained.", name="rain", published="2020-03-03")
    coverage = covered(hosts("a", "2020-01-10"), rain)
    assert (coverage.since, coverage.until, coverage.months) == ("2019-12", "2020-04", 5)
    rows = {row.what: row for row in coverage.rows}
    assert rows["documents"].gaps == (("2019-12", "2019-12"), ("2020-02", "2020-02"), ("2020-04", "2020-04"))
    assert rows["matter"].gaps == (("2019-12", "2019-12"), ("2020-02", "2020-04"))
    assert (rows["documents"].covered, rows["matter"].covered) == (2, 1)


def test_case_with_something_in_every_month_has_no_gap() -> None:
    stories = [hosts(month, f"{month}-10") for month in ("2019-12", "2020-01", "2020-02")]
    assert all(row.gaps == () for row in covered(*stories, as_of="2020-02-29").rows)


def test_parties_are_no_places_and_states_that_the_clause_names_are() -> None:
    text = "1. The Front will not host the Black Heron in Kenya."
    first = replace(AGREEMENT.commitments[0], span=Span.cut(text, 0, len(text)))
    agreement = replace(AGREEMENT, date="2020-01-01", commitments=(first, AGREEMENT.commitments[1]))
    stories = (tell("Rain fell in Kenya.", name="a"), hosts("b", "2020-02-01"))
    coverage = finding(weigh(*stories, setting=Setting(agreement=agreement, as_of="2020-02-29"))).coverage
    assert coverage is not None
    assert [(row.place, row.gaps) for row in coverage.rows if row.what == "place"] == [
        ("Kenya", (("2020-02", "2020-02"),))
    ]
