"""The commands of resolving: resolve, screen, actor, list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pledgewatch.cli.app import app
from pledgewatch.demo import copy_demo
from pledgewatch.errors import InputError
from pledgewatch.run.case import create_case
from pledgewatch.store import CaseFolder
from tests.resolve.lists.samples import SAMPLES

STORY = (
    "Colonel Ardan Velmi and Ossei Velmi met Petra Lundqvar in Hask. Velmi left. The Taliban sent nobody. "
    "The Taliban's commission was silent.\n"
)
Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as at a terminal; JSON lines as values, else the words."""
    monkeypatch.setenv("PLEDGEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")

    def command(*arguments: object, typed: str | None = None) -> Any:
        result = CliRunner().invoke(app, [str(one) for one in arguments], input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        if "--json" in arguments:
            return [json.loads(line) for line in result.stdout.splitlines()]
        return result.stdout

    return command


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The invented sample of the UN list, made on 2 May 2031; Ossei Velmi was listed on 20 April 2031."""
    path = tmp_path / "un.xml"
    path.write_bytes(SAMPLES["un_sc"][0][0].untrusted_data)
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the demo case; it is not run."""
    files = copy_demo(tmp_path / "material")
    create_case(
        tmp_path / "case", files.agreement, [files.documents],
        sources=files.sources, indicators=files.indicators, actors=files.actors,
    )  # fmt: skip
    return tmp_path / "case"


def decisions(answer: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    return {link["text"]: (link["decision"], link["listing"]) for link in answer["links"]}


def test_resolve_says_who_is_listed_known_in_doubt_and_not_listed(run: Run, document: Path, sample: Path) -> None:
    (answer,) = run("resolve", document, "--list", f"un_sc={sample}", "--as-of", "2031-05-02", "--workers", 0, "--json")
    assert (list(answer), answer["path"]) == (["document", "path", "links", "places"], document.as_posix())
    assert decisions(answer)["Ardan Velmi"] == ("listed", "OSi.001")
    assert decisions(answer)["Ossei Velmi"] == ("listed", "OSi.002")
    assert decisions(answer)["Velmi"] == ("ambiguous", None)
    assert decisions(answer)["Petra Lundqvar"] == ("not listed", None)
    movement = [link for link in answer["links"] if link["actor"] == "taliban"]
    assert {link["decision"] for link in movement} == {"known"}
    # In "the Taliban's commission" the movement is named, and the commission is not it.
    assert {link["text"].removeprefix("The ") for link in movement} == {"Taliban"}
    for link in answer["links"]:
        assert {"span", "decision", "actor", "listing", "list", "probability", "agreed", "disagreed",
                "could_not_compare", "candidates"} <= link.keys()  # fmt: skip
        assert STORY[link["start"] : link["end"]] == link["span"]["text"]


def test_an_entry_listed_later_is_not_known_on_an_earlier_day(run: Run, document: Path, sample: Path) -> None:
    (answer,) = run("resolve", document, "--list", f"un_sc={sample}", "--as-of", "2031-04-01", "--workers", 0, "--json")
    assert decisions(answer)["Ossei Velmi"] == ("not listed", None)
    assert decisions(answer)["Ardan Velmi"] == ("listed", "OSi.001")


def test_an_added_list_is_used_without_being_named(run: Run, document: Path, sample: Path) -> None:
    run("list", "add", f"un_sc={sample}")
    (answer,) = run("resolve", document, "--workers", 0, "--json")
    assert decisions(answer)["Ardan Velmi"] == ("listed", "OSi.001")
    table = run("resolve", document, "--workers", 0)
    assert "OSi.001" in table
    assert "not listed" in table


def test_resolve_writes_the_network_of_those_named(run: Run, document: Path, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "network.json"
    run("resolve", document, "--list", f"un_sc={sample}", "--workers", 0, "--network", file, "--json")
    edges = json.loads(file.read_text("utf-8"))
    assert all(list(edge) == ["source", "target", "type", "standing", "since", "until", "passages"] for edge in edges)


def test_screen_answers_each_name_of_arguments_files_and_standard_input(run: Run, sample: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Ardaan Welmi\n\n  Ilko Ruk \n", "utf-8-sig")
    listed = f"un_sc={sample}"
    by_file = run("screen", names, "--list", listed, "--json")
    assert by_file == run("screen", "-", "--list", listed, "--json", typed="Ardaan Welmi\nIlko Ruk\n")
    assert by_file == run("screen", "Ardaan Welmi", "Ilko Ruk", "--list", listed, "--json")
    assert [list(one) for one in by_file] == [["name", "matches"]] * 2
    (match,) = by_file[0]["matches"][:1]
    assert {"listing", "name", "alias", "score", "agreed", "disagreed", "could_not_compare"} <= match.keys()
    assert (match["listing"], match["name"]) == ("OSi.001", "ARDAN VELMI")
    assert by_file[1] == {"name": "Ilko Ruk", "matches": []}


def test_screen_says_in_words_that_nobody_is_listed(run: Run, sample: Path) -> None:
    shown = run("screen", "Ilko Ruk", "Ardan Velmi", "--list", f"un_sc={sample}", "--as-of", "2031-05-02")
    assert "Ilko Ruk: not listed, and not known" in shown
    assert "un_sc OSi.001 ARDAN VELMI" in shown


def test_actor_show_gives_actors_entries_and_ties(run: Run, sample: Path) -> None:
    (answer,) = run("actor", "show", "taliban", "--json")
    assert list(answer) == ["actors", "listings", "ties"]
    assert [actor["id"] for actor in answer["actors"]] == ["taliban"]
    assert {"source", "target", "type", "standing"} <= answer["ties"][0].keys()
    (entry,) = run("actor", "show", "un_sc:OSi.001", "--list", f"un_sc={sample}", "--json")
    assert [one["id"] for one in entry["listings"]] == ["OSi.001"]
    assert {(tie["type"], tie["target"]) for tie in entry["ties"]} >= {("leader of", "un_sc:OSe.001")}
    (named,) = run("actor", "show", "Ardan Velmi", "--list", f"un_sc={sample}", "--json")
    assert [one["id"] for one in named["listings"]] == ["OSi.001"]
    assert "also: " in run("actor", "show", "Islamic Emirate of Afghanistan")


def test_judgements_are_kept_and_taken_back(run: Run, case: Path) -> None:
    for verdict in ("same", "different", "unsure"):
        said = run("actor", verdict, "Petra Lundqvar", "un_sc:OSi.001", "--case", case, "--by", "Ana", "--why", "seen")
        assert f"{verdict}, identity:name:petra lundqvar|un_sc:OSi.001" in " ".join(said.split())
    with CaseFolder.open(case).open_store() as store:
        kept = store.effective_judgements()
        assert [(one.verdict, one.by, one.why) for one in kept] == [
            (verdict, "Ana", "seen") for verdict in ("same", "different", "unsure")
        ]
    assert "Taken back: different" in run("actor", "undo", kept[1].id, "--case", case, "--by", "Ben")
    with CaseFolder.open(case).open_store() as store:
        assert [one.verdict for one in store.effective_judgements()] == ["same", "unsure"]
        assert len(store.list_judgements()) == 4


def test_lists_are_added_shown_and_compared(run: Run, sample: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.xml"
    newer.write_bytes(sample.read_bytes().replace(b"2031-05-02T", b"2031-06-02T").replace(b"Colonel", b"General"))
    (added,) = run("list", "add", f"un_sc={sample}", f"un_sc={newer}", "--json")
    assert [(one["list"], one["as_of"], one["entries"], one["new"]) for one in added] == [
        ("un_sc", "2031-05-02", 3, True),
        ("un_sc", "2031-06-02", 3, True),
    ]
    (shown,) = run("list", "show", "un_sc", "OSi.001", "--as-of", "2031-05-30", "--json")
    assert (list(shown), shown["as_of"]) == (["list", "as_of", "listing"], "2031-05-02")
    (difference,) = run("list", "diff", "un_sc", "--json")
    assert list(difference) == ["list", "older", "newer", "listed", "amended", "delisted"]
    assert [one["fields"] for one in difference["amended"]] == [["roles"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("screen", "Ilko Ruk", "--list", "un_sc"), "was added"),
        (("screen", "Ilko Ruk", "--list", "un_sc=missing.xml"), "can't be read"),
        (("screen", "Ilko Ruk", "--as-of", "soon"), "no day"),
        (("screen", "Ilko Ruk", "--kind", "ship"), "no kind"),
        (("actor", "show", "Ilko Ruk Zzyx"), "nobody is known"),
    ],
)
def test_mistakes_say_what_to_do(run: Run, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError) as error:
        run(*arguments)
    assert words in str(error.value)
    assert error.value.remedy


def test_two_that_are_the_same_words_and_judgements_that_nobody_made_are_refused(run: Run, case: Path) -> None:
    with pytest.raises(InputError, match="same words"):
        run("actor", "different", "Petra Lundqvar", "Petra  LUNDQVAR", "--case", case, "--by", "Ana")
    with pytest.raises(InputError, match="no judgement"):
        run("actor", "undo", "j_missing", "--case", case, "--by", "Ana")
