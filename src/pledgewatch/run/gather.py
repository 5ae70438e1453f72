"""Finds the files that a case or a command names. The only place where documents are looked for on disk."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pathspec

from pledgewatch.errors import InputError
from pledgewatch.model.document import Unread

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
    """What the named paths hold: files to collect, those left out by an ignore file, and what can't be opened."""

    files: tuple[FoundFile, ...]
    rejected: tuple[Unread, ...]
    unread: tuple[Unread, ...]


def gather_files(paths: Iterable[Path]) -> Gathered:
    """Finds every file under ``paths``, in a fixed order; hidden files and those an ignore file names are left out.

    Raises:
        InputError: a named path does not exist, or nothing at all is there.
    """
    named = list(paths)
    files: dict[Path, FoundFile] = {}
    rejected: list[Unread] = []
    unread: list[Unread] = []
    for path in named:
        if not path.exists():
            raise InputError(
                "there is no such file or folder",
                where=_shown(path),
                remedy="Check the path and run the command again.",
            )
        root = path.resolve()
        for place, ignored_by in _walk(root) if root.is_dir() else [(root, None)]:
            shown = _shown(place.relative_to(root.parent))
            if ignored_by is not None:
                rejected.append(Unread(shown, f"left out by {ignored_by}"))
                continue
            try:
                status = place.stat()
                if not stat.S_ISREG(status.st_mode):
                    raise OSError("it is not a plain file")
            except OSError as error:
                unread.append(
                    Unread(shown, f"it can't be opened: {error}", "Make it a readable plain file, or remove it.")
                )
                continue
            named_as = path if place == root else path / place.relative_to(root)
            files.setdefault(place, FoundFile(shown, named_as.as_posix(), place, status.st_size))
    if not files and not unread:
        raise InputError(
            "no documents are here" if not rejected else "every document here is left out by an ignore file",
            where=", ".join(_shown(path) for path in named) or None,
            remedy="Name a folder or file that holds at least one document.",
        )
    return Gathered(tuple(_with_own_names(list(files.values()))), tuple(rejected), tuple(unread))


def _walk(root: Path) -> Iterator[tuple[Path, str | None]]:
    """Every visible file below ``root``, sorted, each with the ignore file that leaves it out."""
    spec = pathspec.GitIgnoreSpec.from_lines(())
    ignore = root / IGNORE_FILE
    if ignore.is_file():
        spec = pathspec.GitIgnoreSpec.from_lines(ignore.read_text("utf-8", "replace").splitlines())
    for place in sorted(root.rglob("*"), key=lambda found: found.relative_to(root).parts):
        relative = place.relative_to(root)
        if any(part.startswith(".") for part in relative.parts) or (place.is_dir() and not place.is_symlink()):
            continue
        if place.is_symlink() and not place.resolve().is_relative_to(root):
            yield place, "the rule that links out of the folder are not followed"
            continue
        if place.is_dir():
            continue
        yield place, IGNORE_FILE if spec.match_file(relative.as_posix()) else None


def _with_own_names(files: list[FoundFile]) -> list[FoundFile]:
    """Two files may not be shown under one path (``a/x.txt`` and ``b/x.txt`` named one by one): parents are added."""
    counts = Counter(file.shown for file in files)
    named = []
    for file in files:
        shown, parent = file.shown, len(Path(file.shown).parts)
        while counts[file.shown] > 1 and parent < len(file.place.parts):
            parent += 1
            shown = _shown(Path(*file.place.parts[-parent:]))
            twins = [other for other in files if other.shown == file.shown and other is not file]
            if all(other.place.parts[-parent:] != file.place.parts[-parent:] for other in twins):
                break
        named.append(FoundFile(shown, file.named, file.place, file.size))
    return named


def _shown(path: Path) -> str:
    """A path as text that is safe to print: control characters and undecodable bytes become ``?``."""
    text = path.as_posix().encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else "?" for letter in text)
