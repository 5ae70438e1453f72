"""What a person meets at the command line: answers, errors in words, exit statuses."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

AGREEMENT = """# Accord of Lume

Signed in Lume, 3 March 2031, by the Sella Front and the Republic of Ostrava.

## Part One: the Republic of Ostrava

1.1 Within 120 days of 3 March 2031 the Republic of Ostrava will withdraw its forces from four river posts.

## Part Two: the Sella Front

2.1 The Sella Front will not host or train members of the Ashen Circle.
2.2 The Sella Front may keep two offices in Lume.
"""

STORY = """---
title: Monitors report camp
date: 2031-06-02
publisher: The Lume Gazette
source_url: https://gazette.example/camp
---
The Sella Front is training members of the Ashen Circle at a camp in Norra,
said Ana Petrov, head of the League's monitors.

"The Sella Front is hosting between 40 and 60 fighters of the Ashen Circle," Petrov said.

The Sella Front denied that it was hosting the Ashen Circle.
Officials of the Republic of Ostrava declined to comment on the camp.
"""


def pledgewatch(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the command as a person would."""
    command = [sys.executable, "-m", "pledgewatch", *map(str, arguments)]
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("material")
    (folder / "docs").mkdir()
    (folder / "agreement.md").write_text(AGREEMENT, "utf-8")
    (folder / "docs" / "story.md").write_text(STORY, "utf-8")
    (folder / "docs" / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    return folder


@pytest.fixture(scope="module")
def case(material: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "lume"
    done = pledgewatch("init", folder, "--agreement", material / "agreement.md", "--documents", material / "docs")
    assert done.returncode == 0, done.stderr
    return folder


def test_help_names_every_command_in_the_order_of_the_work() -> None:
    text = pledgewatch("--help").stdout
    commands = ["init", "run", "read", "trace", "ledger", "weigh", "release", "search", "log", "demo"]
    rows = [line.split()[1] for line in text.splitlines() if len(line.split()) > 1 and line.startswith("│")]
    assert [row for row in rows if row in commands] == commands


def test_a_run_reconciles_its_counts_and_goes_on_past_a_broken_file(case: Path) -> None:
    done = pledgewatch("run", case, "--as-of", "2031-08-01", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["found"] == 2 == answer["kept"] + len(answer["rejected"]) + len(answer["unread"])
    assert answer["unread"][0]["path"].endswith("broken.pdf")
    assert answer["unread"][0]["remedy"]


def test_the_evidence_the_denial_and_the_silence_stand_in_one_finding(case: Path) -> None:
    answer = json.loads(pledgewatch("weigh", case, "--as-of", "2031-08-01", "--json").stdout)
    finding = next(finding for finding in answer["findings"] if finding["commitment"] == "c_2.1")
    assert any("training" in evidence["text"] for evidence in finding["against"])
    assert any(evidence["interested"] for evidence in finding["for"])
    assert len(finding["silent"]) == 1
    assert finding["origins_against"] == 1


def test_every_span_of_the_answers_holds_the_documents_words(material: Path) -> None:
    done = pledgewatch("read", material / "docs" / "story.md", "--json")
    answer = json.loads(done.stdout)
    assert answer["path"] == (material / "docs" / "story.md").as_posix()
    spans = list(find_spans(answer["marks"]))
    assert len(spans) > 10
    assert all(answer["text"][span["start"] : span["end"]] == span["text"] for span in spans)


def find_spans(value: object) -> list[dict[str, object]]:
    """Every span anywhere in a JSON value."""
    if isinstance(value, list):
        return [span for item in value for span in find_spans(item)]
    if isinstance(value, dict):
        inner = [span for item in value.values() for span in find_spans(item)]
        return [*inner, value] if {"start", "end", "text"} <= value.keys() else inner
    return []


def test_a_second_run_makes_nothing_again(case: Path) -> None:
    pledgewatch("run", case, "--as-of", "2031-08-01")
    answer = json.loads(pledgewatch("run", case, "--as-of", "2031-08-01", "--json").stdout)
    assert not {"collect", "read", "trace", "resolve", "ledger", "weigh"} & answer["made"].keys()


def test_the_same_input_gives_the_same_bytes(case: Path) -> None:
    first = json.loads(pledgewatch("run", case, "--as-of", "2031-08-01", "--json").stdout)["files"]
    (case / "case.sqlite").rename(case / "old.sqlite")
    second = json.loads(pledgewatch("run", case, "--as-of", "2031-08-01", "--workers", "0", "--json").stdout)["files"]
    assert first == second


def test_a_release_builds_up_from_what_may_go_out(case: Path) -> None:
    done = pledgewatch("release", case, "--period", "2031-07", "--audience", "public", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["cleared"] is True
    assert all(Path(file["path"]).is_file() for file in answer["files"])


def test_the_ledger_answers_in_the_promised_shape(material: Path) -> None:
    answer = json.loads(pledgewatch("ledger", material / "agreement.md", "--json").stdout)
    assert answer["agreement"]["date"] == "2031-03-03"
    by_id = {commitment["id"]: commitment for commitment in answer["commitments"]}
    assert by_id["c_1.1"]["deadline"]["date"] == "2031-07-01"
    assert by_id["c_2.1"]["modality"] == "must not"
    assert by_id["c_2.2"]["modality"] == "may"
    assert all({"id", "text", "shows"} == set(indicator) for indicator in by_id["c_2.1"]["indicators"])


def test_trace_joins_copies_and_names_the_paths_given(tmp_path: Path) -> None:
    body = STORY.split("---\n")[2]
    (tmp_path / "a.txt").write_text(body, "utf-8")
    (tmp_path / "b.txt").write_text("Exclusive\n\n" + body, "utf-8")
    answer = json.loads(pledgewatch("trace", tmp_path / "a.txt", tmp_path / "b.txt", "--json").stdout)
    assert [sorted(origin["documents"]) for origin in answer["origins"]] == [
        [(tmp_path / "a.txt").as_posix(), (tmp_path / "b.txt").as_posix()]
    ]


def test_search_takes_any_words(case: Path) -> None:
    done = pledgewatch("search", case, "ashen", "camp")
    assert "story.md" in done.stdout
    assert pledgewatch("search", case, '"AND (*').returncode == 0


def test_the_log_holds_every_run(case: Path) -> None:
    lines = pledgewatch("log", case, "--json").stdout.splitlines()
    assert [json.loads(line)["event"] for line in lines].count("run") >= 1


BAD = {
    "an agreement without clauses": (["ledger", "{docs}/none.md"], 2, "clause"),
    "an agreement that is not there": (["ledger", "{docs}/nowhere.md"], 2, "nowhere.md"),
    "a case that is none": (["run", "{docs}"], 2, "pledgewatch.toml"),
    "a day that is none": (["run", "{case}", "--as-of", "2031-02-30"], 2, "2031-02-30"),
    "an audience that nobody knows": (["run", "{case}", "--audience", "press"], 2, "press"),
    "a period that is none": (["release", "{case}", "--period", "soon", "--audience", "public"], 2, "soon"),
    "an empty folder": (["read", "{docs}/empty"], 2, "no documents"),
    "an unknown option": (["run", "{case}", "--colour"], 2, "--colour"),
}


@pytest.mark.parametrize(("arguments", "status", "word"), BAD.values(), ids=BAD.keys())
def test_bad_input_gets_words_and_a_status(
    arguments: list[str], status: int, word: str, case: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "none.md").write_text("# A letter\n\nDear all, the weather is fine.\n", "utf-8")
    done = pledgewatch(*(argument.format(docs=tmp_path, case=case) for argument in arguments))
    assert done.returncode == status
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_key_in_the_case_file_is_named(case: Path) -> None:
    place = case / "pledgewatch.toml"
    before = place.read_text("utf-8")
    try:
        place.write_text("colour = 'red'\n" + before, "utf-8")
        done = pledgewatch("run", case)
    finally:
        place.write_text(before, "utf-8")
    assert done.returncode == 2
    assert "colour" in done.stderr


def test_init_takes_several_paths_after_one_option(material: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("Words.", "utf-8")
    done = pledgewatch(
        "init", tmp_path / "case", "--agreement", material / "agreement.md", "--documents", material / "docs",
        tmp_path / "more.txt",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "more.txt" in (tmp_path / "case" / "pledgewatch.toml").read_text("utf-8")


def test_json_is_valid_whatever_the_encoding_of_the_stream(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>The Sella Front said: &#xD800; “café” \U0001f600.</p>", "utf-8")
    (tmp_path / os.fsdecode(b"b\xff.txt")).write_text("The Sella Front said four.", "utf-8")
    command = [sys.executable, "-m", "pledgewatch", "read", str(tmp_path), "--json"]
    for encoding in ("ascii", "latin-1", "utf-8"):
        environment = os.environ | {"PYTHONIOENCODING": encoding}
        done = subprocess.run(command, capture_output=True, timeout=120, check=True, env=environment)
        answers = [json.loads(line) for line in done.stdout.decode(encoding).splitlines()]
        assert "café" in answers[0]["text"]
        assert answers[1]["path"] == str(tmp_path / os.fsdecode(b"b\xff.txt"))


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_that_closes_the_pipe_early_is_no_failure(form: list[str], tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.md").write_text(STORY, "utf-8")
    command = [sys.executable, "-m", "pledgewatch", "read", str(tmp_path), *form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read().decode()
        assert process.wait(timeout=120) == 0
    assert "Error" not in errors
    assert "Traceback" not in errors


def test_ids_do_not_depend_on_where_the_command_runs(material: Path) -> None:
    folder = material / "docs"
    by_path = json.loads(pledgewatch("read", folder / "story.md", "--json").stdout)
    command = [sys.executable, "-m", "pledgewatch", "read", "story.md", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, cwd=folder)
    by_name = json.loads(done.stdout)
    assert by_name["path"] == "story.md"
    assert {**by_name, "path": None} == {**by_path, "path": None}


TAMPERED = {
    "an entry changed": "UPDATE log SET details = replace(details, 'team', 'public')",
    "an entry's time changed": "UPDATE log SET at = '1999-01-01T00:00:00+00:00' WHERE number = 1",
    "the first entry taken out": "DELETE FROM log WHERE number = 1",
    "an entry that is no JSON": "UPDATE log SET details = '{' WHERE number = 2",
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_log_that_was_changed_is_not_trusted(change: str, case: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert pledgewatch("run", case, "--as-of", "2031-08-01").returncode == 0
    copy = tmp_path / "case"
    shutil.copytree(case, copy)
    with sqlite3.connect(copy / "case.sqlite") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if "log" in name:
                database.execute(f"DROP TRIGGER {name}")
        database.execute(change)
    done = pledgewatch("log", copy)
    assert done.returncode == 4, done.stderr
    assert "do not trust this log" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_log_cut_at_its_end_is_found_by_the_head_noted_before(case: Path, tmp_path: Path) -> None:
    for _ in range(2):
        pledgewatch("run", case, "--as-of", "2031-08-01")
    lines = pledgewatch("log", case, "--json").stdout.splitlines()
    head = json.loads(lines[-1])["hash"]
    assert head in pledgewatch("log", case).stdout
    assert pledgewatch("log", case, "--head", head).returncode == 0
    copy = tmp_path / "case"
    shutil.copytree(case, copy)
    with sqlite3.connect(copy / "case.sqlite") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if "log" in name:
                database.execute(f"DROP TRIGGER {name}")
        database.execute("DELETE FROM log WHERE number = (SELECT max(number) FROM log)")
    assert pledgewatch("log", copy, "--head", head).returncode == 4


def _write_pair(folder: Path) -> tuple[Path, Path]:
    story = (
        "The council of Mirno met on Tuesday and fined the mill <b>400</b> crowns for noise. The miller, Jurek Dahl, "
        "said the wheel is older than the council. He will pay in flour, 12 sacks of it, and wants a receipt for each. "
    )
    one, other = folder / "wire.txt", folder / "copy.txt"
    one.write_text(story + "The clerk wrote twelve receipts before noon.", "utf-8")
    other.write_text(story.replace("older", "wiser") + "The clerk went home with a headache.", "utf-8")
    return one, other


def test_trace_of_two_shows_them_side_by_side(tmp_path: Path) -> None:
    done = pledgewatch("trace", *_write_pair(tmp_path))
    assert "2 documents, 1 origin\n" in done.stdout
    assert "‹older›" in done.stdout
    assert "‹wiser›" in done.stdout


def test_trace_writes_a_page_in_which_a_text_is_only_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    pledgewatch("trace", *_write_pair(tmp_path), "--html", page)
    text = page.read_text("utf-8")
    assert "<title>2 documents, 1 origin</title>" in text
    assert '<mark class="changed">wiser</mark>' in text
    assert "&lt;b&gt;400" in text
    assert "<b>" not in text
    assert "<script" not in text


def test_a_page_that_cannot_be_written_is_said_with_its_place(tmp_path: Path) -> None:
    done = pledgewatch("trace", *_write_pair(tmp_path), "--html", tmp_path / "no" / "page.html")
    assert done.returncode == 2
    assert "page.html" in done.stderr
    assert "folder that exists" in " ".join(done.stderr.split())
