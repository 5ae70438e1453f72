"""The whole line on the bundled demo, held against what ``EXPECTED.md`` says a sceptical analyst would conclude."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from pledgewatch.demo import DEMO_AS_OF, copy_demo
from pledgewatch.run.case import RunResult, create_case, run_case
from pledgewatch.run.local import LocalEngine
from pledgewatch.run.progress import SilentProgress
from pledgewatch.store import CaseFolder

AT = "2031-09-02T08:00:00+00:00"
EXPECTED = (Path(str(files("pledgewatch.demo"))) / "EXPECTED.md").read_text("utf-8")
STATUSES = dict(re.findall(r"^\| (\d\.\d) \| ([a-z ]+?) \|", EXPECTED, re.MULTILINE))
FORBIDDEN = [
    match[2]
    for match in re.finditer(
        r"^- (\S+): “(.+)”$", EXPECTED.partition("## What must never appear in a public release")[2], re.MULTILINE
    )
]
Run = Callable[[str, str | None], RunResult]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs one copy of the demo as of a day for an audience; only what is stale is done again."""
    place = tmp_path_factory.mktemp("demo")
    demo = copy_demo(place / "material")
    create_case(
        place / "case",
        demo.agreement,
        [demo.documents],
        sources=demo.sources,
        indicators=demo.indicators,
        actors=demo.actors,
    )

    def run_as_of(day: str, audience: str | None) -> RunResult:
        folder = CaseFolder.open(place / "case")
        return run_case(folder, LocalEngine(workers=0), SilentProgress(), as_of=day, audience=audience, at=AT)

    return run_as_of


def list_statuses(result: RunResult) -> dict[str, str]:
    return {one.commitment.removeprefix("c_"): one.status for one in result.findings.assessment.findings}


@pytest.fixture(scope="module")
def team(run: Run) -> RunResult:
    return run(DEMO_AS_OF, "team")


@pytest.fixture(scope="module")
def public(run: Run, team: RunResult) -> RunResult:  # noqa: ARG001  (the team's report is made first, as at a desk)
    return run(DEMO_AS_OF, "public")


def read_released(result: RunResult) -> str:
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path, _ in result.files)


@pytest.mark.parametrize("clause", sorted(STATUSES))
def test_the_status_of_a_clause_is_what_an_analyst_would_conclude(team: RunResult, clause: str) -> None:
    assert list_statuses(team)[clause] == STATUSES[clause]


def test_the_protected_source_bears_on_the_finding_of_the_team(team: RunResult) -> None:
    assert "limekiln" in read_released(team)


@pytest.mark.parametrize("words", FORBIDDEN)
def test_words_that_may_not_leave_are_in_no_public_file(public: RunResult, words: str) -> None:
    assert len(FORBIDDEN) == 9
    assert public.files
    assert words not in read_released(public)


def test_a_missed_deadline_is_not_seen_before_it_passes(run: Run) -> None:
    assert list_statuses(run("2031-06-30", "team"))["2.1"] == "not yet due"


def test_nothing_published_after_the_day_is_used(team: RunResult) -> None:
    by_id = {document.id: document for document in team.collected.documents}
    used = [by_id[one] for one in team.findings.assessment.documents if one in by_id]
    assert max(document.published or "" for document in used) <= DEMO_AS_OF
    assert not [document for document in used if document.path.endswith("#mission-news-23")]


def test_the_agency_and_its_four_republications_are_one_origin(team: RunResult) -> None:
    paths = {document.id: document.path for document in team.collected.documents}
    told = {
        tuple(sorted(paths[one].removeprefix("documents/") for one in origin.documents))
        for origin in team.findings.trace.origins
        if len(origin.documents) > 1
    }
    assert told == {
        ("papers/courier-posts-first.md", "papers/courier-posts-second.md"),
        (
            "papers/courier-2031-07-17-monitors.html",
            "papers/globe-digest-spun.html",
            "papers/harbour-post-2031-07-19.md",
            "papers/lantern-2031-07-18-ties.md",
            "wire/northlight-2031-07-17.md",
        ),
    }
