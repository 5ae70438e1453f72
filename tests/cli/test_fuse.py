"""``pledgewatch fuse``."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from pledgewatch.cli.app import app

RUNNER = CliRunner()


def write(folder: Path, text: str) -> str:
    file = folder / "claims.csv"
    file.write_text(text, "utf-8")
    return str(file)


def test_the_value_that_more_sources_give_is_the_likelier_one(tmp_path: Path) -> None:
    claims = write(tmp_path, "source,item,value\nCourier,strength,640\nHerald,strength,640\nPost,strength,900\n")
    answer = json.loads(RUNNER.invoke(app, ["fuse", claims, "--json"]).stdout)
    assert answer["items"][0]["value"] == "640"
    assert {one["source"] for one in answer["sources"]} == {"Courier", "Herald", "Post"}
    assert "640" in RUNNER.invoke(app, ["fuse", claims]).stdout


def test_a_copy_that_is_named_adds_nothing(tmp_path: Path) -> None:
    claims = write(tmp_path, "source,item,value\nCourier,strength,640\nHerald,strength,640\nPost,strength,900\n")
    copies = tmp_path / "copies.csv"
    copies.write_text("copy,original\nHerald,Courier\n", "utf-8")
    free = json.loads(RUNNER.invoke(app, ["fuse", claims, "--json"]).stdout)["items"][0]
    held = json.loads(RUNNER.invoke(app, ["fuse", claims, "--copies", str(copies), "--json"]).stdout)["items"][0]
    likely = {one["value"]: one["probability"] for one in held["values"]}
    assert likely["640"] == likely["900"]
    assert free["probability"] > held["probability"]


def test_a_row_that_cannot_be_read_is_told_with_its_number(tmp_path: Path) -> None:
    claims = write(tmp_path, "source,item,value\nCourier,strength,640\nHerald,,900\n")
    assert json.loads(RUNNER.invoke(app, ["fuse", claims, "--json"]).stdout)["unread"] == [{"row": 3, "why": "no item"}]


def test_a_missing_column_and_a_missing_file_are_input_errors(tmp_path: Path) -> None:
    wrong = RUNNER.invoke(app, ["fuse", write(tmp_path, "who,what\na,b\n"), "--json"])
    assert wrong.exception is not None
    assert "source" in str(wrong.exception)
    gone = RUNNER.invoke(app, ["fuse", str(tmp_path / "gone.csv")])
    assert "can't be read" in str(gone.exception)
