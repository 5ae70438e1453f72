"""What ``--explain`` prints can be computed again by hand, and comes to the finding."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.assessment import Explanation
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.origin import Origin, Trace
from pledgewatch.model.reading import Statement
from pledgewatch.model.span import Span
from pledgewatch.run.answers import answer_explanation
from pledgewatch.weigh import TERMS, Holdings, explain_commitment
from tests.weigh.casework import AGREEMENT, RESOLUTION, SOURCES, Said, Setting, Story, finding, make_trace, tell, weigh
from tests.weigh.test_weighing import denial, hosts, severed

SETTING = Setting(policy=WeighPolicy(half_life_days=200), copies=(("a", "copy"),))


def stories() -> tuple[Story, ...]:
    """Two tell one story, one denies, one contradicts, one is old, one hedges along a chain."""
    text = "The clerk said that the envoy believed the Varna Front trains militants."
    nested = tell(text, Said("The clerk", "the envoy believed the Varna Front trains militants"), name="nested")
    (outer,) = nested.reading.statements
    words = "the Varna Front trains militants"
    inner = Statement(
        "s_inner",
        Span.cut(text, text.index("the envoy"), text.index("the envoy") + 9),
        None,
        None,
        (Span.cut(text, text.index(words), text.index(words) + len(words)),),
        "indirect",
        "asserts",
        "strong",
        1.5,
        "inferred",
        outer.id,
    )
    nested = Story(nested.document, replace(nested.reading, statements=(outer, inner)))
    return (
        hosts("a"),
        hosts("copy", source="s_A"),
        denial(),
        severed("c", source="s_D"),
        hosts("old", "2019-06-01"),
        nested,
    )


def explain(*told: Story, setting: Setting = SETTING, commitment: str = "c_1") -> Explanation:
    documents = tuple(story.document for story in told)
    held = Holdings(setting.as_of, documents, make_trace(told, setting), RESOLUTION, setting.sources)
    readings = {story.document.id: story.reading for story in told}
    return explain_commitment(setting.agreement, readings, held, setting.policy, commitment)


def recompute(printed: dict[str, Any]) -> tuple[float, float, float]:
    """The opinion from the printed numbers alone: multiply, fade, average, add. No line of the program is used."""
    by_number = {line["number"]: line for line in printed["evidence"]}
    for line in printed["evidence"]:
        mass = math.prod(factor["value"] for factor in line["factors"])
        assert mass == pytest.approx(line["mass"], abs=1e-7)
        direction = line["evidence"]["direction"]
        expected = {"belief": 0.0, "disbelief": 0.0} | {"belief" if direction == "kept" else "disbelief": mass}
        if line["counted_part"]:
            expected = {"belief": mass / 2, "disbelief": mass / 2}
        for name, value in expected.items():
            assert line["opinion"][name] == pytest.approx(value, abs=1e-5)
    support = contrary = 0.0
    for origin in printed["origins"]:
        pairs = []
        for voice in origin["voices"]:
            opinion = by_number[voice["counted"]]["opinion"]
            left = 1.0 if voice["lasting"] else 0.5 ** (voice["age_days"] / printed["half_life_days"])
            assert left == pytest.approx(voice["left"], abs=1e-7)
            r = 2 * opinion["belief"] / opinion["uncertainty"] * left
            s = 2 * opinion["disbelief"] / opinion["uncertainty"] * left
            assert voice["faded"]["uncertainty"] == pytest.approx(2 / (r + s + 2), abs=1e-5)
            if voice["counts_in"] is None:
                pairs.append((1 - 2 / (r + s + 2), r, s))
        weight = sum(pair[0] for pair in pairs)
        r = sum(pair[0] * pair[1] for pair in pairs) / weight if weight else 0.0
        s = sum(pair[0] * pair[2] for pair in pairs) / weight if weight else 0.0
        assert (r, s) == (
            pytest.approx(origin["support"], abs=1e-4),
            pytest.approx(origin["contrary"], abs=1e-4),
        )
        support += r * origin["counted_for"]
        contrary += s * origin["counted_against"]
    total = support + contrary + 2
    return support / total, contrary / total, 2 / total


def test_every_line_can_be_computed_again_from_the_printed_numbers() -> None:
    printed = answer_explanation(explain(*stories()))
    masses = recompute(printed)
    opinion = printed["opinion"]
    assert masses == pytest.approx((opinion["belief"], opinion["disbelief"], opinion["uncertainty"]), abs=1e-5)
    projected = masses[0] + opinion["base_rate"] * masses[2]
    assert projected == pytest.approx(printed["projected"], abs=1e-5)
    low, high = printed["band"]
    assert low <= 100 * projected <= high
    assert (printed["likelihood"], low, high) in TERMS


def test_the_explanation_is_that_of_the_finding() -> None:
    told = stories()
    explanation, found = explain(*told), finding(weigh(*told, setting=SETTING))
    assert (explanation.opinion, explanation.status, explanation.likelihood) == (
        found.opinion,
        found.status,
        found.likelihood,
    )
    assert (explanation.confidence, explanation.confidence_why) == (found.confidence, found.confidence_why)
    assert explanation.rules[-1].name == found.rule
    assert explanation.rules[-1].answer == found.status
    assert all(rule.answer is None and rule.text for rule in explanation.rules[:-1])
    shown = {line.evidence for line in explanation.evidence}
    assert shown == {*found.evidence_for, *found.evidence_against}


def test_the_fixture_exercises_every_kind_of_factor() -> None:
    printed = answer_explanation(explain(*stories()))
    values = {(factor["name"], round(factor["value"], 3)) for line in printed["evidence"] for factor in line["factors"]}
    assert {("hedge", 0.5), ("basis", 0.7), ("factuality", 0.5), ("teller", 0.7), ("interest", 0.15)} <= values
    assert {("publisher", 0.85), ("publisher", 0.45), ("telling", 0.9)} <= values
    lefts = {voice["left"] for origin in printed["origins"] for voice in origin["voices"]}
    assert len(lefts) >= 2


def test_order_of_documents_changes_no_line() -> None:
    told = stories()
    assert explain(*told) == explain(*reversed(told))


def test_commitment_may_be_named_by_its_clause_and_an_unknown_one_is_refused() -> None:
    told = stories()
    assert explain(*told, commitment="1") == explain(*told, commitment="c_1")
    with pytest.raises(InputError, match=r"no commitment '9\.9'") as caught:
        explain(*told, commitment="9.9")
    assert "c_2" in caught.value.remedy


def test_nothing_that_bears_is_explained_too() -> None:
    explanation = explain()
    assert (explanation.evidence, explanation.origins, explanation.status) == ((), (), "cannot be judged")
    assert explanation.projected == 0.5
    assert explanation.band is None


# The chain of telling


def test_everybody_between_speaker_and_publisher_is_a_factor() -> None:
    (line,) = [line for line in explain(*stories()).evidence if line.evidence.statement == "s_inner"]
    tellers = [(factor.value, factor.why) for factor in line.factors if factor.name == "teller"]
    assert tellers == [(0.7, "The clerk, not named")]


@pytest.mark.parametrize(
    ("credited", "expected"),
    [("Paper A", [0.95]), ("The Example Wire", [0.8]), ("Paper B", []), (None, [])],
)
def test_medium_that_the_publisher_tells_after_is_a_factor(credited: str | None, expected: list[float]) -> None:
    story = hosts("a")
    trace = Trace((Origin("o_1", (story.document.id,), story.document.id, credited),))
    held = Holdings("2020-01-31", (story.document,), trace, RESOLUTION, SOURCES)
    explanation = explain_commitment(AGREEMENT, {story.document.id: story.reading}, held, WeighPolicy(), "c_1")
    tellers = [factor.value for factor in explanation.evidence[0].factors if factor.name == "teller"]
    assert tellers == expected
