"""The shelf of lists."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias, Listing, ListVersion
from pledgewatch.model.document import Unread
from pledgewatch.store.list_shelf import ListShelf

LISTING = Listing("OSi.001", "un_sc", "ARDAN VELMI", (Alias("اردان ولمي", "Arab"),), born=("1986/1988",))
FIRST = ListVersion("un_sc", "2031-01-01", "a" * 64, (LISTING,), ("a repair",), (Unread("x#1", "why", "remedy"),))
SECOND = dataclasses.replace(FIRST, as_of="2031-02-01", sha256="b" * 64)


def test_versions_come_back_whole_and_by_their_days(tmp_path: Path) -> None:
    shelf = ListShelf(tmp_path / "lists")
    assert shelf.names() == ()
    assert shelf.add(SECOND)
    assert shelf.add(FIRST)
    assert shelf.versions("un_sc") == (FIRST, SECOND)
    assert shelf.version("un_sc", "2031-02-01") == SECOND
    assert shelf.version("un_sc", "2031-03-01") is None
    assert shelf.names() == ("un_sc",)
    assert shelf.versions("eu") == ()


def test_the_same_bytes_twice_are_no_new_version_but_are_read_anew(tmp_path: Path) -> None:
    shelf = ListShelf(tmp_path)
    shelf.add(FIRST)
    (path,) = (shelved.path for shelved in shelf.shelved("un_sc"))
    before = path.read_bytes()
    assert not shelf.add(FIRST)
    assert path.read_bytes() == before
    better = dataclasses.replace(FIRST, listings=(dataclasses.replace(LISTING, gender="male"),))
    assert not shelf.add(better)
    assert shelf.versions("un_sc") == (better,)


def test_the_same_version_gives_the_same_file(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        ListShelf(tmp_path / folder).add(FIRST)
    one, other = (next((tmp_path / folder / "un_sc").iterdir()).read_bytes() for folder in ("one", "other"))
    assert one == other


def test_two_files_for_one_day_are_refused_with_the_remedy(tmp_path: Path) -> None:
    shelf = ListShelf(tmp_path)
    shelf.add(FIRST)
    with pytest.raises(InputError) as error:
        shelf.add(dataclasses.replace(FIRST, sha256="c" * 64))
    assert "2031-01-01" in error.value.what
    assert "--as-of" in error.value.remedy
    with pytest.raises(InputError, match="kept as the version of 2031-01-01"):
        shelf.add(dataclasses.replace(FIRST, as_of="2031-05-05"))
    assert shelf.versions("un_sc") == (FIRST,)


@pytest.mark.parametrize("name", ["../out", "", "Un_SC", "a/b", "x" * 60, ".hidden"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no name for a list"):
        ListShelf(tmp_path / "lists").add(dataclasses.replace(FIRST, list=name))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    shelf = ListShelf(tmp_path)
    shelf.add(FIRST)
    (path,) = (shelved.path for shelved in shelf.shelved("un_sc"))
    for content in (b"", b"no gzip", path.read_bytes()[:-12]):
        path.write_bytes(content)
        with pytest.raises(InputError) as error:
            shelf.versions("un_sc")
        assert "add the list again" in error.value.remedy


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    shelf = ListShelf(tmp_path)
    shelf.add(FIRST)
    (tmp_path / "un_sc" / ".writing-x").write_bytes(b"half")
    (tmp_path / "notes.txt").write_bytes(b"mine")
    assert shelf.versions("un_sc") == (FIRST,)
    assert shelf.names() == ("un_sc",)
