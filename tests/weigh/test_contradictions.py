"""Claims that can't both hold stand side by side; estimates of one thing stand in a series."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from pledgewatch.model.assessment import EstimateSeries, Finding
from pledgewatch.model.reading import Estimate, Mention
from pledgewatch.model.span import Span
from tests.weigh.casework import Said, Setting, Story, finding, tell, weigh
from tests.weigh.test_weighing import denial, hosts, severed

Range = tuple[float | None, float | None, float | None]


def found(*stories: Story, as_of: str = "2020-12-31") -> Finding:
    return finding(weigh(*stories, setting=Setting(as_of=as_of)))


def test_denial_and_what_it_denies_are_a_contradiction_with_both_passages() -> None:
    (pair,) = found(hosts("a"), denial()).contradictions
    assert (pair.kind, pair.indicator) == ("statements", "i_host")
    assert pair.one.says == "broken"
    assert pair.other.says == "kept"
    assert "shelters the Black Heron" in pair.one.span.text
    assert pair.other.said_by == "The Varna Front"


def test_contradictions_leave_the_finding_as_it_is_and_show_both_passages() -> None:
    stories = {story.document.id: story for story in (hosts("a"), severed("b"))}
    result = found(*stories.values())
    (pair,) = result.contradictions
    assert result.status == "contested"
    for side in (pair.one, pair.other):
        assert side.span.holds_in(stories[side.document].document.text)


def test_claims_of_different_times_do_not_contradict_each_other() -> None:
    assert found(hosts("a", "2020-01-10"), severed("b", "2020-01-10")).contradictions
    assert not found(hosts("a", "2020-01-10"), severed("b", "2020-06-10")).contradictions


@pytest.mark.parametrize(("places", "contradict"), [(("Hask", "Lume"), False), (("Hask", "Hask"), True)])
def test_claims_of_different_places_do_not_contradict_each_other(places: tuple[str, str], contradict: bool) -> None:
    stories = []
    for name, place, words in zip(
        "ab",
        places,
        ("The Varna Front shelters the Black Heron at {}", "The Varna Front does not shelter the Black Heron at {}"),
        strict=True,
    ):
        said = words.format(place)
        story = tell(f"{said}, the envoy said.", Said("the envoy", said), name=name)
        start = story.document.text.index(place)
        mention = Mention(f"m_{name}", Span.cut(story.document.text, start, start + len(place)), "place")
        stories.append(Story(story.document, replace(story.reading, mentions=(mention,))))
    assert bool(found(*stories).contradictions) is contradict


def test_no_clear_evidence_of_a_thing_contradicts_nobody() -> None:
    words = "There is no clear evidence that the Varna Front shelters the Black Heron"
    unsure = tell(f"{words}, the envoy said.", Said("the envoy", words), name="b")
    result = found(hosts("a"), unsure)
    assert result.evidence_for
    assert not result.contradictions


def test_order_of_documents_changes_no_contradiction() -> None:
    orders = itertools.permutations((hosts("a"), severed("b"), denial(), hosts("c")))
    assert len({found(*order).contradictions for order in orders}) == 1


# Series


def count(
    name: str,
    published: str,
    figure: Range,
    *,
    counted: str = "Black Heron fighters",
    who: str = "the envoy",
    rough: bool = False,
) -> Story:
    """A story that bears, with one estimate in it."""
    words = f"The Varna Front shelters 999 {counted} of the Black Heron"
    story = tell(f"{words}, {who} said.", Said(who, words), name=name, published=published)
    start = story.document.text.index("999")
    low, best, high = figure
    estimate = Estimate(
        f"e_{name}", Span.cut(story.document.text, start, start + 3), low, best, high, rough, counted=counted
    )
    return Story(story.document, replace(story.reading, estimates=(estimate,)))


def series(*stories: Story) -> EstimateSeries:
    (one,) = found(*stories).series
    return one


def test_figures_of_one_time_that_overlap_are_a_spread() -> None:
    one = series(count("a", "2020-03-01", (200, None, 400)), count("b", "2020-03-05", (300, None, 500)))
    assert (one.state, {point.state for point in one.points}) == ("spread", {"stands"})


def test_figures_of_one_time_that_are_apart_are_in_conflict_and_a_contradiction() -> None:
    stories = (count("a", "2020-03-01", (200, None, 300)), count("b", "2020-03-05", (600, None, 700)))
    one = series(*stories)
    assert (one.state, {point.state for point in one.points}) == ("in conflict", {"in conflict"})
    (pair,) = [pair for pair in found(*stories).contradictions if pair.kind == "estimates"]
    assert {pair.one.says, pair.other.says} == {"200-300", "600-700"}


def test_figures_of_different_times_are_a_spread_and_no_conflict() -> None:
    one = series(count("a", "2020-03-01", (200, None, 300)), count("b", "2020-09-05", (600, None, 700)))
    assert one.state == "spread"


def test_rough_figures_are_not_in_conflict_for_a_little() -> None:
    plain = (count("a", "2020-03-01", (None, 100, None)), count("b", "2020-03-05", (None, 120, None)))
    rough = (
        count("a", "2020-03-01", (None, 100, None), rough=True),
        count("b", "2020-03-05", (None, 120, None), rough=True),
    )
    assert (series(*plain).state, series(*rough).state) == ("in conflict", "spread")


def test_newer_figure_of_the_same_voice_supersedes_the_older() -> None:
    old, new = count("a", "2020-03-01", (None, 300, None)), count("b", "2020-04-01", (None, 100, None))
    setting = Setting(as_of="2020-12-31", copies=(("a", "b"),))
    (one,) = finding(weigh(old, new, setting=setting)).series
    assert (one.state, [point.state for point in one.points]) == ("superseded", ["superseded", "stands"])


def test_same_figures_agree_and_a_copy_is_no_second_point() -> None:
    told = (count("a", "2020-03-01", (None, 300, None)), count("b", "2020-03-02", (None, 300, None)))
    assert series(*told).state == "agreed"
    setting = Setting(as_of="2020-12-31", copies=(("a", "b"),))
    assert finding(weigh(*told, setting=setting)).series == ()


@pytest.mark.parametrize(
    ("one", "two", "joined"),
    [
        ("Black Heron fighters", "combatants", True),
        ("Black Heron fighters", "Red Crane fighters", False),
        ("people", "people", False),
        ("fighters", "posts", False),
        ("Ostravans", "Ostravans", False),
    ],
)
def test_series_joins_what_is_counted_alike(one: str, two: str, joined: bool) -> None:
    stories = (
        count("a", "2020-03-01", (None, 300, None), counted=one),
        count("b", "2020-03-02", (None, 200, None), counted=two),
    )
    assert bool(found(*stories).series) is joined
