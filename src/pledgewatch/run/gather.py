"""Finds the files that a case or a command names. The only place where documents are looked for on disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pathspec

from pledgewatch.collect.canonical import clean_line
from pledgewatch.errors import InputError
from pledgewatch.model.document import Unread
from pledgewatch.store.case_folder import CASE_FILE

IGNORE_FILE = ".pledgewatchignore"
"""Name of the file that lists, in the syntax of ``.gitignore``, what a folder holds besides documents."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to collect.

    Attributes:
        shown: its path as documents carry it, the same on every machine: the named folder's name and what lies below.
        named: its path as the user named it, or the named folder and what lies below.
        place: where it is.
        size: in bytes.
    """

    shown: str
    named: str
    place: Path
    size: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the named paths hold: files to collect, those left out by an ignore file, and what can't be opened.

    ``named`` gives the path as the user named it for each shown path of a file, and of what can't be opened.
    """

    files: tuple[FoundFile, ...]
    rejected: tuple[Unread, ...]
    unread: tuple[Unread, ...]
    named: Mapping[str, str]


def gather_files(paths: Iterable[Path]) -> Gathered:
    """Finds every file under ``paths``, in a fixed order; hidden files and those an ignore file names are left out.

    Raises:
        InputError: a named path does not exist, or nothing at all is there.
    """
    named = list(paths)
    files: dict[Path, FoundFile] = {}
    rejected: list[Unread] = []
    unread: list[Unread] = []
    names: dict[str, str] = {}
    for path in named:
        if not path.exists():
            raise InputError(
                "there is no such file or folder",
                where=_shown(path),
                remedy="Check the path and run the command again.",
            )
        root = path.resolve()
        for found in _walk(root) if root.is_dir() else [_Found(root)]:
            place = found.place
            shown = _shown(place.relative_to(root.parent))
            named_as = path if place == root else path / place.relative_to(root)
            if found.ignored_by is not None:
                rejected.append(Unread(shown, f"left out by {found.ignored_by}"))
                continue
            try:
                if found.problem is not None:
                    raise found.problem
                status = place.stat()
                if not stat.S_ISREG(status.st_mode):
                    raise OSError("it is not a plain file")
            except OSError as error:
                # The message of an OSError repeats the whole path of this machine; its reason says enough.
                why = f"it can't be opened: {error.strerror or error}"
                unread.append(Unread(shown, why, "Make it a readable plain file or folder, or remove it."))
                names.setdefault(shown, named_as.as_posix())
                continue
            files.setdefault(place, FoundFile(shown, named_as.as_posix(), place, status.st_size))
    if not files and not unread:
        raise InputError(
            "no documents are here" if not rejected else "every document here is left out by an ignore file",
            where=", ".join(_shown(path) for path in named) or None,
            remedy="Name a folder or file that holds at least one document.",
        )
    own = _with_own_names(list(files.values()))
    names.update((file.shown, file.named) for file in own)
    return Gathered(tuple(own), tuple(rejected), tuple(unread), names)


@dataclass(frozen=True, slots=True)
class _Found:
    """Something below a named folder: a file, or a folder that can't be opened."""

    place: Path
    ignored_by: str | None = None
    problem: OSError | None = None


def _walk(root: Path) -> Iterator[_Found]:
    """Every visible file below ``root``, sorted, each with the ignore file that leaves it out."""
    spec = pathspec.GitIgnoreSpec.from_lines(())
    ignore = root / IGNORE_FILE
    if ignore.is_file():
        spec = pathspec.GitIgnoreSpec.from_lines(ignore.read_text("utf-8", "replace").splitlines())
    found: list[_Found] = []

    def note_problem(error: OSError) -> None:
        found.append(_Found(Path(error.filename or root), problem=error))

    for folder, folders, names in os.walk(root, onerror=note_problem):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # A link to a folder stands among the folders, and is not walked into.
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        # A case that lies among its documents would collect its own archive and reports, more with every run.
        cases = [name for name in folders if (Path(folder) / name / CASE_FILE).is_file() and name not in links]
        folders[:] = [name for name in folders if name not in cases]
        found.extend(_Found(Path(folder) / name, "the rule that a case folder holds no documents") for name in cases)
        for name in (*names, *links):
            if not name.startswith("."):
                found.append(_look_at(Path(folder) / name, root, spec))
    return iter(sorted(found, key=lambda each: each.place.parts))


def _look_at(place: Path, root: Path, spec: pathspec.GitIgnoreSpec) -> _Found:
    if spec.match_file(place.relative_to(root).as_posix()):
        return _Found(place, IGNORE_FILE)
    if place.is_symlink():
        try:
            inside = place.resolve().is_relative_to(root)
        except (OSError, RuntimeError):  # Python 3.11 and 3.12 raise RuntimeError for a loop
            return _Found(place, problem=OSError("it is a link that leads back to itself"))
        if not inside:
            return _Found(place, "the rule that links out of the folder are not followed")
        if place.is_dir():
            return _Found(place, "the rule that links to folders are not followed")
    return _Found(place)


def _with_own_names(files: list[FoundFile]) -> list[FoundFile]:
    """Two files may not be shown under one path.

    ``a/x.txt`` and ``b/x.txt``, named one by one, are told apart by their parents' names; files whose names differ in
    letters that can't be shown, by a number.
    """
    groups: dict[str, list[FoundFile]] = {}
    for file in files:
        groups.setdefault(file.shown, []).append(file)
    renamed: dict[Path, str] = {}
    for twins in groups.values():
        if len(twins) > 1:
            renamed.update(_tell_apart(twins))
    taken: set[str] = set()
    named = []
    for file in files:
        shown = stem = renamed.get(file.place, file.shown)
        number = 1
        while shown in taken:
            number += 1
            shown = f"{stem}~{number}"
        taken.add(shown)
        named.append(replace(file, shown=shown))
    return named


def _tell_apart(twins: list[FoundFile]) -> dict[Path, str]:
    """The shortest tails of the twins' places that differ, or their paths as they are where none do."""
    for length in range(len(Path(twins[0].shown).parts) + 1, max(len(file.place.parts) for file in twins) + 1):
        tails = {file.place: _shown(Path(*file.place.parts[-length:])) for file in twins}
        if len(set(tails.values())) == len(twins):
            return tails
    return {}


def _shown(path: Path) -> str:
    """A path as one line that is safe to print: control characters and undecodable bytes become ``?``."""
    text = path.as_posix().encode("utf-8", "replace").decode("utf-8")
    # As ``collect`` would clean it, so that a document's path is the one by which its file is known here.
    return clean_line("".join(letter if letter.isprintable() else "?" for letter in text), 1_000)
