"""What ``pledgewatch weigh`` answers at the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.test_cli import pledgewatch

DAY = "2031-09-01"

ORIGIN = r"^o_\w+ +\d+ +([\d.]+) +× ([\d.]+) +([\d.]+) +× ([\d.]+) +[\d.]+ +[\d.]+ +[\d.]+ *$"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled case, run once."""
    folder = tmp_path_factory.mktemp("demo")
    done = pledgewatch("demo", folder / "demo", "--workers", "0")
    assert done.returncode == 0, done.stderr
    return folder / "demo" / "case"


def test_the_printed_arithmetic_comes_to_the_printed_finding(demo: Path) -> None:
    done = pledgewatch("weigh", demo, "--as-of", DAY, "--explain", "2.3")
    assert done.returncode == 0, done.stderr
    origins = re.findall(ORIGIN, done.stdout, re.MULTILINE)
    assert len(origins) >= 5
    support = sum(float(row[0]) * float(row[1]) for row in origins)
    contrary = sum(float(row[2]) * float(row[3]) for row in origins)
    projected = (support + 1) / (support + contrary + 2)
    printed = re.search(r"Projected probability that it is kept: b \+ 0\.5 u = (\d\.\d+)", done.stdout)
    assert printed is not None
    assert float(printed[1]) == pytest.approx(projected, abs=0.001)
    assert "Status: broken" in done.stdout
    assert "breach shown" in done.stdout


def test_the_explanation_as_json_is_one_value_with_the_finding_of_the_day(demo: Path) -> None:
    explained = json.loads(pledgewatch("weigh", demo, "--as-of", DAY, "--explain", "c_2.3", "--json").stdout)
    found = json.loads(pledgewatch("weigh", demo, "--as-of", DAY, "--json").stdout)
    (finding,) = [one for one in found["findings"] if one["commitment"] == "c_2.3"]
    assert (explained["status"], explained["likelihood"]) == (finding["status"], finding["likelihood"])
    assert explained["opinion"]["belief"] == pytest.approx(finding["opinion"]["belief"], abs=1e-6)
    assert len(explained["evidence"]) == len(finding["for"]) + len(finding["against"])


def test_a_commitment_that_is_not_there_is_an_error_naming_those_there_are(demo: Path) -> None:
    done = pledgewatch("weigh", demo, "--as-of", DAY, "--explain", "9.9")
    assert done.returncode == 2
    assert "c_2.3" in done.stderr


def test_every_finding_says_what_it_rests_on_by_source_and_what_would_turn_it(demo: Path) -> None:
    findings = json.loads(pledgewatch("weigh", demo, "--as-of", DAY, "--json").stdout)["findings"]
    for finding in findings:
        bears = bool(finding["for"] or finding["against"])
        assert bool(finding["rests_on"]) is bears
        assert bool(finding["rests_on_sources"]) is bears
    turned = {finding["commitment"]: finding["turned_by"] for finding in findings}
    (turn,) = turned["c_1.2"]
    assert turn["removed"]["status"] == "cannot be judged"
    assert turn["span"]["text"] == turn["text"]


def test_changes_and_timeline_have_a_form_for_people_and_one_for_machines(demo: Path) -> None:
    changed = json.loads(pledgewatch("weigh", demo, "--as-of", DAY, "--since", "2031-07-01", "--json").stdout)
    assert {"c_2.1", "c_2.3"} <= {change["commitment"] for change in changed["changes"]}
    shown = pledgewatch("weigh", demo, "--as-of", DAY, "--since", "2031-07-01").stdout
    assert f"From 2031-07-01 to {DAY}: {len(changed['changes'])} of 10 findings changed." in shown
    line = json.loads(pledgewatch("weigh", demo, "--as-of", "2031-07-02", "--timeline", "--json").stdout)
    assert {"day": "2031-07-01", "commitment": "c_2.1", "status": "cannot be judged"}.items() <= next(
        entry for entry in line["entries"] if entry["why"] == ["deadline"] and entry["commitment"] == "c_2.1"
    ).items()
    assert "2031-07-01" in pledgewatch("weigh", demo, "--as-of", "2031-07-02", "--timeline").stdout


def test_two_questions_at_once_and_days_that_are_none_are_errors(demo: Path) -> None:
    for wrong in (["--timeline", "--explain", "2.3"], ["--since", "soon"], ["--since", DAY]):
        done = pledgewatch("weigh", demo, "--as-of", DAY, *wrong)
        assert done.returncode == 2, wrong
        assert "error" in done.stderr


def test_grades_are_asked_in_two_steps_that_do_not_show_each_other(demo: Path) -> None:
    letters = pledgewatch("weigh", demo, "--as-of", DAY, "--grade", "letters").stdout
    digits = pledgewatch("weigh", demo, "--as-of", DAY, "--grade", "digits").stdout
    assert "League Verification Mission" in letters
    assert "proposed" not in letters
    assert "proposed 2" in digits
    assert "un body" not in digits
    asked = json.loads(pledgewatch("weigh", demo, "--as-of", DAY, "--grade", "digits", "--json").stdout)["questions"]
    assert not {"source", "publisher", "document", "origin", "grade", "said_by"} & set(asked[0])


def test_findings_show_their_sides_gaps_contradictions_and_series(demo: Path) -> None:
    shown = pledgewatch("weigh", demo, "--as-of", DAY).stdout
    assert "2.3 rests on: " in shown
    assert "no document at all in 3 of 7 months (2031-03 to 2031-04, 2031-09)" in shown
    assert "pairs of claims that can't both hold" in shown
    answer = json.loads(pledgewatch("weigh", demo, "--as-of", DAY, "--json").stdout)
    (finding,) = [one for one in answer["findings"] if one["commitment"] == "c_2.3"]
    (fighters,) = [one for one in finding["series"] if "combatants" in one["counted"]]
    newest = fighters["points"][-1]
    assert (newest["as_of"], newest["best"], newest["state"]) == ("2031-08-29", 120.0, "stands")
    assert answer["grading"]["judged"] > 0
    assert {side["side"] for side in finding["sides"]} == {None, "Orvane Front"}
    assert sum(side["share"] for side in finding["sides"]) == pytest.approx(1.0, abs=1e-5)
    (anything,) = [row for row in finding["coverage"]["rows"] if row["what"] == "documents"]
    assert (finding["coverage"]["months"], anything["gaps"][0]) == (7, {"from": "2031-03", "to": "2031-04"})
