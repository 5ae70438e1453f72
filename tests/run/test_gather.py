"""Finding files: every one is found once, or there is a record that says why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pledgewatch.errors import InputError
from pledgewatch.run.gather import gather_files


def write(place: Path, text: str = "words") -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return place


def test_files_are_shown_by_the_folder_named_and_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.txt"):
        write(tmp_path / "docs" / name)
    gathered = gather_files([tmp_path / "docs"])
    assert [file.shown for file in gathered.files] == ["docs/a/c.txt", "docs/a/z.txt", "docs/b.txt"]
    assert gathered.files[0].named == (tmp_path / "docs/a/c.txt").as_posix()


def test_an_ignore_file_leaves_out_and_says_so(tmp_path: Path) -> None:
    write(tmp_path / "docs/keep.md")
    write(tmp_path / "docs/drafts/old.md")
    write(tmp_path / "docs/.pledgewatchignore", "drafts/\n")
    gathered = gather_files([tmp_path / "docs"])
    assert [file.shown for file in gathered.files] == ["docs/keep.md"]
    assert [record.path for record in gathered.rejected] == ["docs/drafts/old.md"]
    assert ".pledgewatchignore" in gathered.rejected[0].why


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    place = write(tmp_path / "docs/a.txt")
    assert len(gather_files([place, tmp_path / "docs", place]).files) == 1


def test_two_files_of_one_name_are_shown_apart(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one/x.txt"), write(tmp_path / "other/x.txt")
    assert [file.shown for file in gather_files([one, other]).files] == ["one/x.txt", "other/x.txt"]


def test_an_empty_folder_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no documents are here") as caught:
        gather_files([tmp_path])
    assert caught.value.remedy


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt"):
        gather_files([tmp_path / "nowhere.txt"])


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt")
    write(tmp_path / "docs/a.txt")
    (tmp_path / "docs/link.txt").symlink_to(secret)
    gathered = gather_files([tmp_path / "docs"])
    assert [file.shown for file in gathered.files] == ["docs/a.txt"]
    assert "not followed" in gathered.rejected[0].why


def test_a_thing_that_is_no_file_becomes_a_record(tmp_path: Path) -> None:
    write(tmp_path / "docs/a.txt")
    os.mkfifo(tmp_path / "docs/pipe")
    gathered = gather_files([tmp_path / "docs"])
    assert [record.path for record in gathered.unread] == ["docs/pipe"]
    assert gathered.unread[0].remedy


def test_a_name_full_of_control_characters_is_shown_clean(tmp_path: Path) -> None:
    write(tmp_path / "docs/a\x1b[31m\nb.txt")
    assert gather_files([tmp_path / "docs"]).files[0].shown == "docs/a?[31m?b.txt"


def test_files_whose_names_differ_in_what_cant_be_shown_are_shown_apart(tmp_path: Path) -> None:
    for name in (b"a\x01.txt", b"a\x02.txt", b"a\xff.txt"):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / os.fsdecode(name)).write_text("words", "utf-8")
    shown = [file.shown for file in gather_files([tmp_path / "docs"]).files]
    assert shown == ["docs/a?.txt", "docs/a?.txt~2", "docs/a?.txt~3"]


def test_links_that_lead_round_become_records(tmp_path: Path) -> None:
    write(tmp_path / "docs/a.txt")
    (tmp_path / "docs/loop").symlink_to("loop")
    (tmp_path / "docs/round").symlink_to(".")
    (tmp_path / "docs/dangling").symlink_to("nothing")
    gathered = gather_files([tmp_path / "docs"])
    assert [file.shown for file in gathered.files] == ["docs/a.txt"]
    assert [record.path for record in gathered.unread] == ["docs/dangling", "docs/loop"]
    assert [record.path for record in gathered.rejected] == ["docs/round"]


def test_everything_shown_is_known_by_the_name_that_the_user_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "docs/two  spaces#1.txt")
    os.mkfifo(tmp_path / "docs/pipe")
    monkeypatch.chdir(tmp_path)
    gathered = gather_files([Path("docs")])
    assert dict(gathered.named) == {
        "docs/two spaces#1.txt": "docs/two  spaces#1.txt",
        "docs/pipe": "docs/pipe",
    }


def test_a_case_among_its_documents_does_not_collect_itself(tmp_path: Path) -> None:
    write(tmp_path / "docs/a.txt")
    write(tmp_path / "docs/case/pledgewatch.toml")
    write(tmp_path / "docs/case/archive/ab/cd")
    gathered = gather_files([tmp_path / "docs"])
    assert [file.shown for file in gathered.files] == ["docs/a.txt"]
    assert [record.path for record in gathered.rejected] == ["docs/case"]
