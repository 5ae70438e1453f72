"""A case is a folder that holds together."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pledgewatch.errors import AnchorError, InputError
from pledgewatch.model.case import CaseFile
from pledgewatch.store import CaseFolder

CASE = CaseFile(title="Orchard", agreement="elsewhere.md", documents=("documents",))


@pytest.fixture
def folder(tmp_path: Path) -> CaseFolder:
    return CaseFolder.create(tmp_path / "case", CASE, "agreement.md", b"1. The Front shall leave.")


def files_in(path: Path) -> list[str]:
    return sorted(str(each.relative_to(path)) for each in path.rglob("*") if each.is_file())


# Creating and opening


def test_a_new_case_holds_its_case_file_and_its_agreement(folder: CaseFolder) -> None:
    assert files_in(folder.path) == ["agreement.md", "pledgewatch.toml"]
    assert (folder.path / folder.case_file.agreement).read_bytes() == b"1. The Front shall leave."
    assert folder.case_file.title == "Orchard"


def test_a_case_opens_as_it_was_made(folder: CaseFolder) -> None:
    assert CaseFolder.open(folder.path).case_file == folder.case_file


def test_an_empty_folder_becomes_a_case(tmp_path: Path) -> None:
    assert CaseFolder.create(tmp_path, CASE, "a.md", b"").path == tmp_path


def test_an_interrupted_creation_can_be_run_again(folder: CaseFolder) -> None:
    (folder.path / "pledgewatch.toml").rename(folder.path / ".writing-x")
    again = CaseFolder.create(folder.path, CASE, "agreement.md", b"1. The Front shall leave.")
    assert CaseFolder.open(folder.path).case_file == again.case_file


@pytest.mark.parametrize("other", ["letter.txt", "agreement.md"])
def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(tmp_path: Path, other: str) -> None:
    (tmp_path / other).write_text("mine")
    with pytest.raises(InputError, match="holds something else") as caught:
        CaseFolder.create(tmp_path, CASE, "agreement.md", b"1.")
    assert "new or empty" in caught.value.remedy
    assert files_in(tmp_path) == [other]
    assert (tmp_path / other).read_text() == "mine"


def test_a_case_is_never_made_over_another(folder: CaseFolder) -> None:
    with pytest.raises(InputError, match="a case here already"):
        CaseFolder.create(folder.path, CASE, "agreement.md", b"1.")


def test_a_file_is_no_place_for_a_case(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="this is a file"):
        CaseFolder.create(tmp_path / "file", CASE, "agreement.md", b"1.")


@pytest.mark.parametrize("name", ["../a.md", "a/b.md", "", ".", "..", "pledgewatch.toml", "case.sqlite"])
def test_an_agreement_can_not_be_put_elsewhere_or_over_the_cases_own_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="can't be the name"):
        CaseFolder.create(tmp_path / "case", CASE, name, b"1.")
    assert not (tmp_path / "case").exists()


def test_a_folder_without_a_case_is_named_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no case here") as caught:
        CaseFolder.open(tmp_path / "missing")
    assert "pledgewatch init" in caught.value.remedy


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"\xff\xfet\x00", "not UTF-8"), (b"#" * 1_000_001, "larger than"), (b"titel = 1", "`titel` is not known")],
)
def test_a_wrong_case_file_is_refused_by_name(folder: CaseFolder, content: bytes, what: str) -> None:
    (folder.path / "pledgewatch.toml").write_bytes(content)
    with pytest.raises(InputError, match=what) as caught:
        CaseFolder.open(folder.path)
    assert "pledgewatch.toml" in str(caught.value.where)


def test_a_case_file_from_a_windows_editor_is_read(folder: CaseFolder) -> None:
    path = folder.path / "pledgewatch.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert CaseFolder.open(folder.path).case_file == folder.case_file


def test_a_changed_case_file_is_written_and_kept(folder: CaseFolder) -> None:
    changed = CaseFile(title="Harbour", agreement="agreement.md", documents=("a", "b"))
    folder.write_case_file(changed)
    assert folder.case_file == CaseFolder.open(folder.path).case_file == changed


def test_the_case_remembers_in_its_own_folder(folder: CaseFolder) -> None:
    with folder.open_store() as store:
        store.put_result("read", "k1", 1)
    assert (folder.path / "case.sqlite").is_file()
    with CaseFolder.open(folder.path).open_store() as store:
        assert store.get_result("read", "k1") == 1


# The archive


def test_archived_bytes_come_back_by_their_hash(folder: CaseFolder) -> None:
    data = bytes(range(256))
    sha256 = folder.archive_bytes(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert folder.archived(sha256) == data
    assert folder.archive_path(sha256) == folder.path / "archive" / sha256[:2] / sha256[2:]


def test_the_same_bytes_are_archived_once(folder: CaseFolder) -> None:
    place = folder.archive_path(folder.archive_bytes(b"twice"))
    before = place.stat().st_ino
    folder.archive_bytes(b"twice")
    assert place.stat().st_ino == before
    assert len(files_in(folder.path / "archive")) == 1


def test_damaged_bytes_are_an_error_and_archiving_the_good_ones_mends_them(folder: CaseFolder) -> None:
    sha256 = folder.archive_bytes(b"good bytes")
    folder.archive_path(sha256).write_bytes(b"evil bytes")
    with pytest.raises(AnchorError, match="not those that were collected"):
        folder.archived(sha256)
    folder.archive_bytes(b"good bytes")
    assert folder.archived(sha256) == b"good bytes"


def test_bytes_that_were_never_archived_are_an_error(folder: CaseFolder) -> None:
    with pytest.raises(InputError, match="does not hold these bytes"):
        folder.archived("0" * 64)


@pytest.mark.parametrize("sha256", ["", "../" * 20, "0" * 63, "A" * 64, "0" * 64 + "\n"])
def test_a_hash_that_is_none_reaches_no_file(folder: CaseFolder, sha256: str) -> None:
    with pytest.raises(InputError, match="is no SHA-256"):
        folder.archived(sha256)


def test_an_archive_write_that_fails_leaves_no_part_behind(folder: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match="No space left on device"):
        folder.archive_bytes(b"lost")
    assert files_in(folder.path / "archive") == []


# The lock

HOLDER = """
import sys, time
from pathlib import Path
from pledgewatch.store import CaseFolder
with CaseFolder.open(Path(sys.argv[1])).lock():
    print("locked", flush=True)
    time.sleep(600)
"""


def test_a_second_run_is_told_of_the_first_and_a_killed_run_holds_nobody_up(folder: CaseFolder) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, folder.path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        with pytest.raises(InputError, match=rf"another run .* \(process {holder.pid}\)"), folder.lock():
            pytest.fail("two runs at once")
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=30)
        with folder.lock():
            pass


def test_a_lock_is_let_go_after_an_error(folder: CaseFolder) -> None:
    with pytest.raises(ZeroDivisionError), folder.lock():
        raise ZeroDivisionError
    with folder.lock(), pytest.raises(InputError, match="another run"), CaseFolder.open(folder.path).lock():
        pytest.fail("two runs at once")
