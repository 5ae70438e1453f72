"""The ledger at the command line: graph, calendar, moved deadlines, anchors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

AGREEMENT = """\
# Accord of Lume

Signed in Lume, 3 March 2031, by the Sella Front and the Republic of Ostrava.

1. Ostrava shall open the Kell road within 30 days of signing.
2. Once the Kell road has been opened, the Front shall free the crew by 1 June 2031.
3. Article 2 does not apply to the mate.
"""
PROTOCOL = """\
# Protocol amending the Accord of Lume

Lume, 20 May 2031

1. In article 2, the words "by 1 June 2031" are replaced by the words "by 1 August 2031".
"""


@pytest.fixture
def accord(tmp_path: Path) -> Path:
    (tmp_path / "protocol.md").write_text(PROTOCOL, "utf-8")
    (tmp_path / "accord.md").write_text(AGREEMENT, "utf-8")
    return tmp_path / "accord.md"


def ledger(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pledgewatch", "ledger", *map(str, arguments)]
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)


def test_the_graph_answers_with_nodes_edges_order_and_circles(accord: Path) -> None:
    answer = json.loads(ledger(accord, "--graph", "--json").stdout)
    assert [node["id"] for node in answer["nodes"]] == ["c_1", "c_2"]
    (edge,) = answer["edges"]
    assert (edge["waits"], edge["on"], edge["kind"]) == ("c_2", "c_1", "revives")
    assert edge["span"]["text"] == "Once the Kell road has been opened"
    assert (answer["order"], answer["cycles"]) == (["c_1", "c_2"], [])


def test_files_are_written_beside_the_answer(accord: Path) -> None:
    folder = accord.parent
    done = ledger(accord, "--ics", folder / "a.ics", "--dot", folder / "a.dot", "--mermaid", folder / "a.mmd", "--json")
    assert done.returncode == 0, done.stderr
    assert (folder / "a.ics").read_bytes().count(b"BEGIN:VEVENT") == 2
    assert (folder / "a.dot").read_text("utf-8").startswith("digraph")
    assert (folder / "a.mmd").read_text("utf-8").startswith("flowchart")
    assert json.loads(done.stdout)["exclusions"][0]["of"] == "2"


def test_a_protocol_moves_a_deadline_and_an_anchor_another(accord: Path) -> None:
    done = ledger(accord, "--amended-by", accord.parent / "protocol.md", "--anchor", "signing=2031-03-13", "--json")
    by_id = {one["id"]: one["deadline"] for one in json.loads(done.stdout)["commitments"]}
    assert (by_id["c_1"]["date"], by_id["c_1"]["rule"]) == ("2031-04-12", "signing + 30 days")
    assert by_id["c_2"]["date"] == "2031-08-01"
    assert [moved["date"] for moved in by_id["c_2"]["history"]] == ["2031-06-01"]


def test_what_people_read_names_the_old_date_and_the_exclusion(accord: Path) -> None:
    shown = ledger(accord, "--amended-by", accord.parent / "protocol.md").stdout
    assert "moved from 2031-06-01" in shown
    assert "not covered: Article 2 does not apply to the mate." in shown


@pytest.mark.parametrize("pair", ["signing", "signing=soon", "=2031-05-01"])
def test_an_anchor_that_is_no_name_and_day_is_refused_with_a_remedy(accord: Path, pair: str) -> None:
    done = ledger(accord, "--anchor", pair)
    assert done.returncode == 2
    assert "signing=2031-09-01" in done.stderr


def test_a_calendar_that_can_not_be_written_is_an_error_in_words(accord: Path) -> None:
    done = ledger(accord, "--ics", accord.parent / "nowhere" / "a.ics")
    assert done.returncode == 2
    assert "can't be written" in done.stderr
