"""No hindsight, day by day: what comes later never moves what was found before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.model.agreement import Condition
from pledgewatch.model.assessment import Changes, State, Timeline
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import GradeChange, Source
from pledgewatch.model.identity import make_id
from pledgewatch.model.origin import Origin, Trace
from pledgewatch.weigh import Holdings, available_on, draw_timeline, find_changes, weigh_case
from pledgewatch.weigh.as_of import choose_documents
from tests.weigh.casework import AGREEMENT, LEAVE, RESOLUTION, SOURCES, STAY, Said, Story, as_version, tell
from tests.weigh.test_weighing import DENIAL, ENVOY, FRONT, HOSTS, MONITOR, SEVERED

START, END = "2020-01-01", "2020-08-31"
LEFT = "The Republic of Ostrava has withdrawn its forces, the envoy said."
STAYED = "The Republic of Ostrava refused to withdraw its forces, the envoy said."
TEXTS = {
    "hosts": (HOSTS, ENVOY),
    "severed": (SEVERED, MONITOR),
    "denial": (DENIAL, FRONT),
    "left": (LEFT, Said("the envoy", LEFT[: -len(", the envoy said.")])),
    "stayed": (STAYED, Said("the envoy", STAYED[: -len(", the envoy said.")])),
    "weather": ("It rained in the hills.", None),
}
FIRST, SECOND = AGREEMENT.commitments
WAITING = replace(
    SECOND, id="c_3", clause="3", deadline=None, conditions=(Condition(SECOND.span, "c_1"),), indicators=(LEAVE, STAY)
)
ACCORD = replace(AGREEMENT, date=START, commitments=(FIRST, SECOND, WAITING))
GRADED = (
    *(one for one in SOURCES if one.id != "s_C"),
    Source("s_C", "Paper C", "C", history=(GradeChange("2020-04-15", "A", "found to invent a source"),)),
)


@dataclass(frozen=True)
class Drawn:
    """What Hypothesis draws: a kind of story, days after the start, a publisher, whose copy it is."""

    kind: str
    after: int
    source: str
    copies: int | None
    replaces: int | None


def drawn() -> st.SearchStrategy[list[Drawn]]:
    one = st.builds(
        Drawn,
        st.sampled_from(sorted(TEXTS)),
        st.integers(0, 230),
        st.sampled_from(["s_A", "s_B", "s_C", "s_D", "s_F"]),
        st.none() | st.integers(0, 3),
        st.none() | st.integers(0, 3),
    )
    return st.lists(one, min_size=1, max_size=7)


@dataclass(frozen=True)
class World:
    """Stories, and which tell another's; what is held on a day is made from that day's alone."""

    stories: tuple[Story, ...]
    copies: tuple[tuple[str, str], ...]

    def hold(self, day: str) -> Holdings:
        used, _ = choose_documents([story.document for story in self.stories], day)
        groups: dict[str, list[str]] = {}
        of = dict(self.copies)
        for document in used:
            head = of.get(document.id, document.id)
            groups.setdefault(head, []).append(document.id)
        origins = tuple(Origin(make_id("o", *sorted(ids)), tuple(ids), ids[0]) for _, ids in sorted(groups.items()))
        return Holdings(day, used, Trace(origins), RESOLUTION, GRADED)

    @property
    def readings(self) -> dict[str, object]:
        return {story.document.id: story.reading for story in self.stories}


def make_world(plan: Sequence[Drawn]) -> World:
    stories: list[Story] = []
    copies: list[tuple[str, str]] = []
    for number, one in enumerate(plan):
        text, said = TEXTS[one.kind]
        day = (date.fromisoformat(START) + timedelta(days=one.after)).isoformat()
        story = tell(text, *([said] if said else []), name=f"n{number}", published=day, source=one.source)
        if one.replaces is not None and one.replaces < number:
            older = stories[one.replaces]
            later = max(day, older.document.published or day)
            if not any(known.document.supersedes == older.document.id for known in stories):
                story = as_version(
                    Story(replace(story.document, published=older.document.published), story.reading), older, later
                )
        if one.copies is not None and one.copies < number:
            copies.append((story.document.id, stories[one.copies].document.id))
        stories.append(story)
    heads = dict(copies)
    return World(tuple(stories), tuple((copy, heads.get(of, of)) for copy, of in copies))


def timeline(world: World, policy: WeighPolicy, until: str = END) -> Timeline:
    documents = [story.document for story in world.stories]
    return draw_timeline(ACCORD, documents, world.readings, world.hold, policy, until)  # type: ignore[arg-type]


def replay(world: World, day: str, policy: WeighPolicy) -> dict[str, State]:
    """The findings of a day, made anew by the main function from that day's holdings and every document of the case."""
    held = world.hold(day)
    documents = [story.document for story in world.stories]
    assessment = weigh_case(
        ACCORD,
        documents,
        world.readings,
        held.trace,
        held.resolution,
        held.sources,
        day,
        policy,  # type: ignore[arg-type]
    )
    return {one.commitment: State(one.status, one.likelihood, one.confidence, one.scale) for one in assessment.findings}


def days(first: str, last: str) -> list[str]:
    count = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return [(date.fromisoformat(first) + timedelta(days=number)).isoformat() for number in range(count + 1)]


@given(drawn(), st.sampled_from([0, 40, 365]))
@settings(max_examples=25, deadline=None)
def test_every_day_replayed_gives_what_the_timeline_says(plan: list[Drawn], half_life: int) -> None:
    world, policy = make_world(plan), WeighPolicy(half_life_days=half_life)
    line = timeline(world, policy)
    for day in days(START, END):
        for commitment, state in replay(world, day, policy).items():
            assert line.state_on(commitment, day) == state, (day, commitment)


@given(drawn(), drawn(), st.integers(0, 200), st.sampled_from([0, 60]))
@settings(max_examples=60, deadline=None)
def test_documents_that_come_later_never_move_an_earlier_finding(
    plan: list[Drawn], later: list[Drawn], cut: int, half_life: int
) -> None:
    border = (date.fromisoformat(START) + timedelta(days=cut)).isoformat()
    policy = WeighPolicy(half_life_days=half_life)
    early = make_world([replace(one, after=min(one.after, cut)) for one in plan])
    both = make_world(
        [replace(one, after=min(one.after, cut)) for one in plan]
        + [replace(one, after=max(one.after, cut + 1)) for one in later]
    )
    assert all(available_on(story.document) > border for story in both.stories[len(plan) :])
    before = [entry for entry in timeline(early, policy).entries if entry.day <= border]
    after = [entry for entry in timeline(both, policy).entries if entry.day <= border]
    assert after == before
    assert replay(both, border, policy) == replay(early, border, policy)


def test_deadline_evidence_age_and_grade_are_told_apart() -> None:
    plan = [
        Drawn("stayed", 170, "s_A", None, None),
        Drawn("hosts", 5, "s_C", None, None),
    ]
    line = timeline(make_world(plan), WeighPolicy(half_life_days=90))
    entries = {(entry.commitment, entry.day): entry for entry in line.entries}
    assert entries["c_2", START].why == ("start",)
    assert entries["c_2", "2020-06-01"].why == ("deadline",)
    assert entries["c_2", "2020-06-19"].why == ("evidence",)
    assert entries["c_2", "2020-06-19"].state.status == "broken"
    assert entries["c_1", "2020-04-16"].why == ("grade",)
    assert any(entry.why == ("age",) for entry in line.entries if entry.commitment == "c_1")


def test_only_days_on_which_something_arrives_are_looked_at() -> None:
    world = make_world([Drawn("hosts", 10, "s_B", None, None), Drawn("weather", 50, "s_B", None, None)])
    asked: list[str] = []

    def hold(day: str) -> Holdings:
        asked.append(day)
        return world.hold(day)

    documents = [story.document for story in world.stories]
    draw_timeline(ACCORD, documents, world.readings, hold, WeighPolicy(), END)  # type: ignore[arg-type]
    assert sorted(set(asked)) == [START, "2020-01-11", "2020-04-16", "2020-06-01", END]


# Between two days


def changes(world: World, since: str, as_of: str, policy: WeighPolicy = WeighPolicy(half_life_days=0)) -> Changes:
    return find_changes(ACCORD, world.readings, world.hold(since), world.hold(as_of), policy)  # type: ignore[arg-type]


def test_change_names_the_evidence_that_did_it_and_what_it_would_be_without() -> None:
    world = make_world([Drawn("hosts", 5, "s_B", None, None), Drawn("severed", 40, "s_A", None, None)])
    found = {change.commitment: change for change in changes(world, "2020-01-20", "2020-03-01").changes}
    change = found["c_1"]
    assert (change.before.status, change.after.status) == ("broken", "contested")
    (added,) = change.added
    assert added.evidence.document == world.stories[1].document.id
    assert added.without_it == change.before == change.by_time


def test_change_that_the_calendar_did_says_so() -> None:
    world = make_world([Drawn("stayed", 5, "s_B", None, None)])
    (change,) = [one for one in changes(world, "2020-05-01", "2020-07-01").changes if one.commitment == "c_2"]
    assert (change.before.status, change.after.status) == ("not yet due", "broken")
    assert change.by_time == change.after
    assert change.added == ()


def test_evidence_of_a_replaced_version_is_gone() -> None:
    world = make_world([Drawn("hosts", 5, "s_B", None, None), Drawn("weather", 40, "s_B", None, 0)])
    (change,) = [one for one in changes(world, "2020-01-20", "2020-03-01").changes if one.commitment == "c_1"]
    assert [one.document for one in change.gone] == [world.stories[0].document.id]
    assert change.after.status == "cannot be judged"


@given(drawn(), st.integers(0, 200), st.integers(1, 40))
@settings(max_examples=30, deadline=None)
def test_change_between_two_days_is_the_difference_of_their_findings(plan: list[Drawn], first: int, more: int) -> None:
    world, policy = make_world(plan), WeighPolicy(half_life_days=100)
    since = (date.fromisoformat(START) + timedelta(days=first)).isoformat()
    as_of = (date.fromisoformat(since) + timedelta(days=more)).isoformat()
    before, after = replay(world, since, policy), replay(world, as_of, policy)
    found = {one.commitment: (one.before, one.after) for one in changes(world, since, as_of, policy).changes}
    assert found == {one: (before[one], after[one]) for one in before if before[one] != after[one]}
