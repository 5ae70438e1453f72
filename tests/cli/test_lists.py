"""The commands of lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pledgewatch.cli.lists import home_folder, list_app
from pledgewatch.errors import InputError
from tests.resolve.lists.samples import SAMPLES

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PLEDGEWATCH_HOME", str(tmp_path / "home"))

    def command(*arguments: str) -> Any:
        result = CliRunner().invoke(list_app, arguments)
        if result.exception is not None:
            raise result.exception
        return json.loads(result.stdout) if "--json" in arguments else result.stdout

    return command


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    data = SAMPLES["un_sc"][0][0].untrusted_data
    newer = data.replace(b"2031-05-02T", b"2031-06-02T").replace(b"OSi.002 ", b"OSi.003").replace(b"1002<", b"1003<")
    paths = tmp_path / "older.xml", tmp_path / "newer.xml"
    for path, content in zip(paths, (data, newer.replace(b"<VALUE>Colonel", b"<VALUE>General")), strict=True):
        path.write_bytes(content)
    return paths


def test_added_versions_are_shown_and_compared(run: Run, files: tuple[Path, Path]) -> None:
    older, newer = files
    added = run("add", f"un_sc={older}", f"un_sc={newer}", "--json")
    assert [(one["as_of"], one["entries"], one["new"]) for one in added] == [
        ("2031-05-02", 3, True),
        ("2031-06-02", 3, True),
    ]
    assert [one["new"] for one in run("add", f"un_sc={older}", "--json")] == [False]
    assert [one["as_of"] for one in run("show", "un_sc", "--json")["versions"]] == ["2031-05-02", "2031-06-02"]
    difference = run("diff", "un_sc", "--json")
    assert [one["listing"] for one in difference["listed"]] == ["OSi.003"]
    assert [one["listing"] for one in difference["delisted"]] == ["OSi.002"]
    assert [(one["listing"], one["fields"]) for one in difference["amended"]] == [("OSi.001", ["roles"])]
    assert run("diff", "un_sc", "2031-06-02", "2031-05-02", "--json") == difference
    by_files = run("diff", str(older), str(newer), "--json")
    assert by_files == difference


def test_an_entry_is_shown_as_known_on_the_day(run: Run, files: tuple[Path, Path]) -> None:
    run("add", f"un_sc={files[0]}", f"un_sc={files[1]}")
    assert run("show", "un_sc", "osi.001", "--json")["listing"]["roles"][0] == "General"
    then = run("show", "un_sc", "OSi.001", "--as-of", "2031-05-30", "--json")
    assert (then["as_of"], then["listing"]["roles"][0]) == ("2031-05-02", "Colonel")
    with pytest.raises(InputError, match=r"no entry OSi\.002"):
        run("show", "un_sc", "OSi.002", "--as-of", "2031-04-01")
    assert run("show", f"un_sc={files[0]}", "OSi.002", "--json")["listing"]["id"] == "OSi.002"


def test_tables_show_names_scripts_and_counts(run: Run, files: tuple[Path, Path]) -> None:
    assert "3 entries (2 persons)" in run("add", f"un_sc={files[0]}")
    shown = run("show", "un_sc", "OSi.001")
    for words in ("ARDAN VELMI", "اردان ولمي", "Arab", "weak", "leader of OSe.001"):
        assert words in shown
    assert "2031-05-02" in run("show", "un_sc")
    assert "0 listed, 0 amended, 0 delisted" in run("diff", str(files[0]), str(files[0]))


def test_files_of_one_version_stand_with_a_plus_between_them(run: Run, tmp_path: Path) -> None:
    for file in SAMPLES["ofac_sdn"][1]:
        (tmp_path / file.name).write_bytes(file.untrusted_data)
    parts = f"{tmp_path / 'sample.csv'}+{tmp_path / 'sample_alt.csv'}"
    (added,) = run("add", f"ofac_sdn={parts}", "--as-of", "2031-05-02", "--json")
    assert (added["entries"], len(added["unread"])) == (3, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "un_sc"), "NAME=FILE"),
        (("add", "un_sc=missing.xml"), "can't be read"),
        (("show", "un_sc"), "was added"),
        (("show", "un_sc", "X"), "was added"),
        (("diff", "un_sc"), "two versions"),
        (("show", "un_sc", "--as-of", "soon"), "no day"),
    ],
)
def test_mistakes_say_what_to_do(run: Run, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError) as error:
        run(*arguments)
    assert words in str(error.value)
    assert error.value.remedy


def test_the_home_folder_is_the_users_unless_the_environment_says_otherwise() -> None:
    assert home_folder({"PLEDGEWATCH_HOME": "/somewhere"}) == Path("/somewhere")
    assert home_folder({}) == Path.home() / ".pledgewatch"
