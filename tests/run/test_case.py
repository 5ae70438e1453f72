"""A whole case, run as the command does: counts reconcile, nothing is done twice, nothing protected leaves."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from pledgewatch.errors import InputError
from pledgewatch.run.case import RunResult
from pledgewatch.run.local import LocalEngine
from pledgewatch.store import CaseFolder
from tests.run.lume import make_case, read_files, run, story, write_documents

Item = TypeVar("Item")
Result = TypeVar("Result")
STAGES = ("collect", "read", "trace", "resolve", "ledger", "weigh")


def test_the_counts_reconcile_whatever_the_folder_holds(tmp_path: Path) -> None:
    case = make_case(
        tmp_path, {"a.md": story(), "empty.txt": "", "drafts/b.md": story(), ".pledgewatchignore": "drafts/"}
    )
    os.mkfifo(tmp_path / "docs/pipe")
    collected = run(case).collected
    assert [document.path for document in collected.documents] == ["docs/a.md"]
    assert {record.path for record in collected.unread} == {"docs/empty.txt", "docs/pipe"}
    assert [record.path for record in collected.rejected] == ["docs/drafts/b.md"]
    assert collected.found == 4


def test_a_second_run_makes_nothing_but_the_report(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story(), "b.md": story(title="Other", publisher="Ostrava Times")})
    first = run(case)
    second = run(case)
    assert set(STAGES) <= first.made.keys()
    assert second.made == {"report": 1}
    assert read_files(first) == read_files(second)


def test_only_the_document_that_changed_is_read_again(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story(), "b.md": story(title="Other")})
    run(case)
    write_documents(tmp_path, {"a.md": story(title="New words")})
    result = run(case)
    assert (result.made["collect"], result.reused["collect"]) == (1, 1)
    assert (result.made["read"], result.reused["read"]) == (1, 1)
    assert "ledger" not in result.made
    with case.open_store() as store:
        assert {document.title for document in store.list_documents()} >= {"New words", "Other"}


def test_a_document_removed_from_the_folder_is_gone_from_the_case(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story(), "b.md": story(title="Other")})
    run(case)
    (tmp_path / "docs/b.md").unlink()
    result = run(case)
    assert [document.path for document in result.collected.documents] == ["docs/a.md"]
    with case.open_store() as store:
        assert "docs/b.md" not in {document.path for document in store.list_documents()}
    assert all(b"Other" not in data for data in read_files(result).values())


def test_of_two_documents_with_one_id_the_second_is_unread_and_names_the_first(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story(id="note-1"), "b.md": story(id="note-1", title="Other")})
    collected = run(case).collected
    assert [document.path for document in collected.documents] == ["docs/a.md"]
    assert [record.path for record in collected.unread] == ["docs/b.md"]
    assert "docs/a.md" in collected.unread[0].why
    assert collected.unread[0].remedy


def test_versions_at_one_address_stand_in_a_chain(tmp_path: Path) -> None:
    address = "https://gazette.example/camp"
    texts = {
        name: story(body=f"Words of version {name} about the camp.", date=date, source_url=address)
        for name, date in (("c.md", "2031-06-01"), ("a.md", "2031-06-02"), ("b.md", "2031-06-03"))
    }
    documents = {document.path: document for document in run(make_case(tmp_path, texts)).collected.documents}
    assert documents["docs/c.md"].supersedes is None
    assert documents["docs/a.md"].supersedes == documents["docs/c.md"].id
    assert documents["docs/b.md"].supersedes == documents["docs/a.md"].id


def test_undated_documents_are_named_and_not_weighed(tmp_path: Path) -> None:
    result = run(make_case(tmp_path, {"a.md": story(date="")}))
    assert result.findings.assessment.undated == (result.collected.documents[0].id,)
    assert all(not finding.evidence_against for finding in result.findings.assessment.findings)


def test_without_a_day_and_without_dates_there_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no day to assess") as caught:
        run(make_case(tmp_path, {"a.md": story(date="")}), as_of=None)
    assert "--as-of" in caught.value.remedy


Item = TypeVar("Item")
Result = TypeVar("Result")


class FailingEngine:
    """Fails on every item, as a machine without memory would."""

    def map(
        self,
        function: Callable[[Item], Result],  # noqa: ARG002
        items: Iterable[Item],
        *,
        seconds: float,  # noqa: ARG002
        on_failure: Callable[[Item, str], Result],
    ) -> Iterator[tuple[Item, Result]]:
        """Fails."""
        for item in items:
            yield item, on_failure(item, "it needed more memory than there is")


def test_what_the_engine_failed_on_is_tried_again(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    failed = run(case, engine=FailingEngine())
    assert [record.why for record in failed.collected.unread] == ["it needed more memory than there is"]
    assert len(run(case).collected.documents) == 1


def test_a_result_that_was_damaged_is_made_anew(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    before = read_files(run(case))
    with sqlite3.connect(case.path / "case.sqlite") as database:
        database.execute("UPDATE result SET value = '{\"colour\": 1}' WHERE stage IN ('read', 'weigh')")
    assert read_files(run(case)) == before


def test_a_reader_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    case.write_case_file(replace(case.case_file, read=replace(case.case_file.read, reader="nothing")))
    with pytest.raises(InputError, match="nothing"):
        run(case)


@pytest.mark.parametrize("name", ["sources.yml", "indicators.yml", "actors.yml"])
def test_a_yaml_file_of_the_case_that_is_not_utf_8_is_named(name: str, tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    (case.path / name).write_bytes(b"x: \xff\xfe")
    with pytest.raises(InputError, match="not UTF-8") as caught:
        run(case)
    assert caught.value.where == str(case.path / name)


@pytest.mark.parametrize("name", ["sources.yml", "indicators.yml", "actors.yml"])
@pytest.mark.parametrize("bomb", ["x: " + "[" * 3_000, "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "- just\n- words"])
def test_a_yaml_file_built_to_break_the_parser_is_an_error(name: str, bomb: str, tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    (case.path / name).write_text(bomb, "utf-8")
    with pytest.raises(InputError, match=re.escape(name)):
        run(case)


def test_a_folder_in_the_place_of_a_yaml_file_is_an_error(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    (case.path / "actors.yml").mkdir()
    with pytest.raises(InputError, match="no plain file"):
        run(case)


def test_an_agreement_that_vanished_is_named(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    (case.path / "agreement.md").unlink()
    with pytest.raises(InputError, match=r"agreement\.md"):
        run(case)


def test_documents_that_vanished_are_named(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": story()})
    (tmp_path / "docs").rename(tmp_path / "gone")
    with pytest.raises(InputError, match="no such file or folder"):
        run(case)


def test_a_run_that_was_killed_goes_on_and_gives_the_same_bytes(tmp_path: Path) -> None:
    texts = {f"{number:02}.md": story(title=f"Story {number}") for number in range(30)}
    whole = read_files(run(make_case(tmp_path / "whole", texts)))
    case = make_case(tmp_path / "killed", texts)
    command = [sys.executable, "-m", "pledgewatch", "run", str(case.path), "--as-of", "2031-08-01", "--workers", "0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    database = case.path / "case.sqlite-wal"
    until = time.monotonic() + 60
    while process.poll() is None and not (database.exists() and database.stat().st_size > 300_000):
        assert time.monotonic() < until
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    result = run(CaseFolder.open(case.path))
    assert result.reused.get("collect", 0) > 0
    assert read_files(result) == whole


def test_workers_and_none_and_any_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    texts = {f"{number}.md": story(title=f"Story {number}", publisher=f"Paper {number % 3}") for number in range(5)}
    made = [read_files(run(make_case(tmp_path / "here", texts), engine=LocalEngine(workers=2)))]
    for seed, workers in (("1", "0"), ("77", "2")):
        case = make_case(tmp_path / seed, texts)
        command = [sys.executable, "-m", "pledgewatch", "run", str(case.path), "--as-of", "2031-08-01", "--json"]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run([*command, "--workers", workers], capture_output=True, env=environment, check=True)
        files = [Path(file["path"]) for file in json.loads(done.stdout)["files"]]
        made.append({str(file).split("/reports/", 1)[1]: file.read_bytes() for file in files})
    assert made[0] == made[1] == made[2]


# What a report for others shows of what they may not see

SECRET = "The ferryman counted nineteen men, and The Sella Front is hosting members of the Ashen Circle, said {who}."


def list_runs(text: str, length: int = 4) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def outgoing(result: RunResult) -> str:
    """Everything that goes out, in one text."""
    return "\n".join(data.decode("utf-8") for data in read_files(result).values())


@pytest.mark.parametrize(
    "closed",
    [
        {"tlp": "RED"},
        {"protected_source": "true"},
        {"embargo": "2032-01-01"},
        {"Embargoed-Until": "2032"},
        {"TLP": "RED"},
        {"handling": "{sensitivity: high}"},
        {"handling": "{TLP: red}"},
        {"marking": "in confidence"},
        {"title": "a: b: c", "protected_source": "true"},
    ],
)
def test_the_public_report_is_the_one_of_a_case_without_the_withheld_document(
    closed: dict[str, str], tmp_path: Path
) -> None:
    keys = {"title": "Ferry note", "publisher": "Quiet Desk", "date": "2031-07-30"} | closed
    hidden = story("Ilo Varga", body=SECRET, **keys)
    texts = {"a.md": story(), "b.md": story(title="Again", publisher="Ostrava Times", date="2031-06-03")}
    without = run(make_case(tmp_path / "without", texts), "public", None)
    case = make_case(tmp_path / "with", texts | {"c.md": hidden})
    shown = run(case, "public", None)
    # Not a word, nor a count, nor the day of the latest document may tell that there is one more.
    assert read_files(shown) == read_files(without)
    assert outgoing(run(case, "team", "2031-08-01")).count("Varga") > 0


def test_a_withheld_document_that_is_the_only_origin_leaves_a_case_that_cannot_be_judged(tmp_path: Path) -> None:
    texts = {"a.md": story(tlp="RED", title="Night ledger"), "b.md": story(body="The weather in Lume was fine.")}
    result = run(make_case(tmp_path, texts), "public")
    finding = next(finding for finding in result.findings.assessment.findings if finding.commitment == "c_2.1")
    assert finding.status == "cannot be judged"
    assert finding.origins_against == 0
    assert not re.search("Night ledger|Petrov|Norra|ferry", outgoing(result))


def test_a_withheld_earliest_copy_does_not_show_in_the_later_ones(tmp_path: Path) -> None:
    first = story(tlp="RED", title="Morning cable", publisher="Quiet Desk", date="2031-05-30")
    later = {
        "b.md": story(title="Camp seen", publisher="Ostrava Times", date="2031-06-02"),
        "c.md": story(title="Camp seen again", publisher="Dock Herald", date="2031-06-04"),
    }
    shown = run(make_case(tmp_path / "with", {"a.md": first, **later}), "public")
    assert read_files(shown) == read_files(run(make_case(tmp_path / "without", later), "public"))
    assert not re.search("Morning cable|Quiet Desk|2031-05-30|30 May", outgoing(shown))


def test_a_full_name_that_only_a_withheld_document_gives_does_not_leave(tmp_path: Path) -> None:
    texts = {
        "a.md": story("Petrov, the head of the monitors"),
        "b.md": story("Anastasia Petrov, head of the monitors", tlp="RED", title="Cable", date="2031-06-01"),
    }
    case = make_case(tmp_path, texts)
    assert "Anastasia" not in outgoing(run(case, "public"))
    assert "Anastasia" in outgoing(run(case, "team"))


def test_a_withheld_version_between_two_public_ones_does_not_show(tmp_path: Path) -> None:
    address = "https://gazette.example/camp"
    texts = {
        "a.md": story(source_url=address, date="2031-06-01"),
        "b.md": story("Ilo Varga", "Varga", source_url=address, date="2031-06-02", tlp="RED", title="Second"),
        "c.md": story("Ana Petrov, their head", source_url=address, date="2031-06-03", title="Third"),
    }
    case = make_case(tmp_path, texts)
    result = run(case, "public")
    hidden = next(document for document in result.collected.documents if document.path == "docs/b.md")
    assert not re.search(f"{hidden.id}|Varga|Second", outgoing(result))


def test_a_withheld_documents_publisher_does_not_show_through_a_shared_address(tmp_path: Path) -> None:
    texts = {
        "a.md": story(publisher="", source_url="https://desk.example/a"),
        "b.md": story(publisher="Sella Front", source_url="https://desk.example/b", tlp="RED", title="Cable"),
    }
    shown = run(make_case(tmp_path / "with", texts), "public")
    without = run(make_case(tmp_path / "without", {"a.md": texts["a.md"]}), "public")
    assert read_files(shown) == read_files(without)


def test_what_stays_inside_is_in_no_file_that_goes_out(tmp_path: Path) -> None:
    texts = {"a.md": story(), "b.md": story("Ilo Varga", tlp="RED", title="Ferry note", body=SECRET)}
    result = run(make_case(tmp_path, texts), "public")
    assert result.cleared.refused
    own = list_runs(SECRET.format(who="Ilo Varga")) - list_runs(story())
    assert not own & list_runs(outgoing(result))
    assert all(refused.sentence not in outgoing(result) for refused in result.cleared.refused)


def test_front_matter_that_cant_be_read_but_mentions_handling_holds_the_document_back(tmp_path: Path) -> None:
    broken = {
        "alias.md": "---\na: &x 1\nb: *x\ntlp: RED\nsource_url: https://d.example\n---\nVarga spoke of the ferry.\n",
        "open.md": "---\ntitle: No end\nprotected_source: true\n\nVarga spoke of the lamp.\n",
        "twice.md": "---\ntlp: RED\nTLP: CLEAR\n---\nVarga spoke of the rope.\n",
        "lines.txt": "TLP: RED\nTLP: CLEAR\n\nVarga spoke of the oar.\n",
        "both.md": "---\ntlp: RED\nhandling: {tlp: CLEAR}\n---\nVarga spoke of the net.\n",
    }
    result = run(make_case(tmp_path, broken | {"a.md": story()}), "partners")
    assert {document.path for document in result.findings.documents} == {"docs/a.md"}
    assert "Varga" not in outgoing(result)
    assert {document.path for document in result.collected.documents if document.unread} >= {
        "docs/alias.md",
        "docs/open.md",
    }
