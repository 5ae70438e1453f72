"""The bundled case asked about its days: traced, resolved and weighed anew for each, nothing later is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pledgewatch.demo import DEMO_AS_OF, copy_demo
from pledgewatch.errors import InputError
from pledgewatch.model.assessment import State, Timeline
from pledgewatch.run.case import create_case
from pledgewatch.run.inquiry import Inquiry, ask_case
from pledgewatch.run.local import LocalEngine
from pledgewatch.store import CaseFolder
from pledgewatch.weigh import weigh_case
from tests.run.lume import Silence

CUT = "2031-07-20"


@dataclass(frozen=True)
class Seen:
    """What a case answered."""

    timeline: Timeline
    replayed: dict[str, dict[str, State]]


def make_demo(folder: Path) -> CaseFolder:
    files = copy_demo(folder / "material")
    case, _ = create_case(
        folder / "case",
        files.agreement,
        [files.documents],
        sources=files.sources,
        indicators=files.indicators,
        actors=files.actors,
    )
    return case


def list_days(first: str, last: str) -> Iterator[str]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day.isoformat()
        day += timedelta(days=1)


def replay_every_day(inquiry: Inquiry, until: str) -> Seen:
    """The timeline, and every single day weighed anew from what was to be had on it."""
    timeline = inquiry.draw_timeline(until)
    replayed: dict[str, dict[str, State]] = {}
    held = inquiry.hold(timeline.since, one_of_many=True)
    for day in list_days(timeline.since, until):
        used = {
            document.id for document in inquiry.permitted_on(day) if document.published and document.published <= day
        }
        if used != {document.id for document in held.documents} or day == timeline.since:
            held = inquiry.hold(day, one_of_many=True)
        assessment = weigh_case(
            inquiry.agreement,
            held.documents,
            inquiry.inputs.readings,
            held.trace,
            held.resolution,
            held.sources,
            day,
            inquiry.inputs.case_file.weigh,
        )
        replayed[day] = {
            one.commitment: State(one.status, one.likelihood, one.confidence, one.scale) for one in assessment.findings
        }
    return Seen(timeline, replayed)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def whole(case: CaseFolder) -> Seen:
    return ask_case(case, LocalEngine(workers=0), Silence(), lambda inquiry: replay_every_day(inquiry, DEMO_AS_OF))


def test_every_day_of_the_demo_replayed_gives_what_the_timeline_says(whole: Seen) -> None:
    assert len(whole.replayed) == 183
    for day, states in whole.replayed.items():
        for commitment, state in states.items():
            assert whole.timeline.state_on(commitment, day) == state, (day, commitment)


def test_a_case_without_what_came_later_has_the_same_days(case: CaseFolder, whole: Seen) -> None:
    def cut(inquiry: Inquiry) -> Timeline:
        inputs = inquiry.inputs
        documents = tuple(one for one in inputs.collected.documents if (one.published or "9999") <= CUT)
        assert len(inputs.collected.documents) - len(documents) >= 10
        readings = {one.id: inputs.readings[one.id] for one in documents}
        early = replace(inputs, collected=replace(inputs.collected, documents=documents), readings=readings)
        return replace(inquiry, inputs=early).draw_timeline(CUT)

    timeline = ask_case(case, LocalEngine(workers=0), Silence(), cut)
    assert timeline.entries == tuple(entry for entry in whole.timeline.entries if entry.day <= CUT)


def test_the_missed_deadline_of_the_posts_is_seen_on_its_day_and_not_before(whole: Seen) -> None:
    statuses = {day: states["c_2.1"].status for day, states in whole.replayed.items()}
    assert {statuses[day] for day in statuses if day < "2031-07-01"} == {"not yet due"}
    assert statuses["2031-07-01"] != "not yet due"
    assert statuses[DEMO_AS_OF] == "broken"


def test_changes_between_two_days_name_their_evidence(case: CaseFolder) -> None:
    found = ask_case(
        case, LocalEngine(workers=0), Silence(), lambda inquiry: inquiry.find_changes("2031-07-01", DEMO_AS_OF)
    )
    changes = {change.commitment: change for change in found.changes}
    assert changes["c_2.1"].after.status == "broken"
    assert changes["c_2.1"].added
    assert "c_1.4" not in changes or changes["c_1.4"].after.status == "cannot be judged"


def test_two_days_in_the_wrong_order_are_an_error(case: CaseFolder) -> None:
    with pytest.raises(InputError, match="is not before"):
        ask_case(
            case, LocalEngine(workers=0), Silence(), lambda inquiry: inquiry.find_changes(DEMO_AS_OF, "2031-07-01")
        )
