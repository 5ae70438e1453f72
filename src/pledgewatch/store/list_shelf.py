"""The shelf of lists: the versions that a user has added, each kept once, for as long as nobody takes its file away."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Listing, ListVersion
from pledgewatch.model.document import Unread
from pledgewatch.model.wire import from_wire, to_wire
from pledgewatch.store.atomic_file import write_atomically
from pledgewatch.store.contract import write_canonical

FORM = 1
"""Number of the form in which a version is written; a file of another form is added again."""

LARGEST = 2_000_000_000
"""Most bytes of an unpacked version."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_FILE = re.compile(r"(\d{4}-\d{2}-\d{2})_([0-9a-f]{64})\.jsonl\.gz")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A version on the shelf: its day, the SHA-256 of what was handed in, and the file that holds it."""

    list: str
    as_of: str
    sha256: str
    path: Path


class ListShelf:
    """A folder with a folder for each list and in it a file for each version (packed JSON lines).

    Args:
        folder: made when the first version is added.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, version: ListVersion) -> bool:
        """Keeps a version; whether it was new.

        The same bytes are one version however often they are added; what was read from them is renewed.

        Raises:
            InputError: the name of the list is none, or another file claims to be the version of the same day.
        """
        _check_name(version.list)
        known = {shelved.sha256: shelved for shelved in self.shelved(version.list)}
        same = known.get(version.sha256)
        if same is not None and same.as_of != version.as_of:
            raise InputError(
                f"these bytes are kept as the version of {same.as_of} already",
                where=f"{version.list} as of {version.as_of}",
                remedy=f"Delete {same.path} first, if {same.as_of} is wrong.",
            )
        other = next(
            (one for one in known.values() if one.as_of == version.as_of and one.sha256 != version.sha256), None
        )
        if other is not None:
            raise InputError(
                f"another file is kept as the version of {version.as_of} (its SHA-256 begins with {other.sha256[:12]})",
                where=version.list,
                remedy=f"Delete {other.path} first, or state the right day with --as-of.",
            )
        path = self.folder / version.list / f"{version.as_of}_{version.sha256}.jsonl.gz"
        content = _write(version)
        if same is None or path.read_bytes() != content:
            write_atomically(path, content)
        return same is None

    def names(self) -> tuple[str, ...]:
        """The short names of the lists that have a version, in alphabetical order."""
        if not self.folder.is_dir():
            return ()
        names = (path.name for path in self.folder.iterdir() if path.is_dir() and _NAME.fullmatch(path.name))
        return tuple(sorted(name for name in names if self.shelved(name)))

    def shelved(self, name: str) -> tuple[Shelved, ...]:
        """The versions of a list by their days, without reading them; none when it has none."""
        _check_name(name)
        folder = self.folder / name
        if not folder.is_dir():
            return ()
        found = ((path, _FILE.fullmatch(path.name)) for path in folder.iterdir())
        return tuple(
            sorted(
                (Shelved(name, match[1], match[2], path) for path, match in found if match),
                key=lambda one: (one.as_of, one.sha256),
            )
        )

    def versions(self, name: str) -> tuple[ListVersion, ...]:
        """The versions of a list by their days, read whole.

        Raises:
            InputError: a file is damaged or of an older form.
        """
        return tuple(_read(shelved) for shelved in self.shelved(name))

    def version(self, name: str, as_of: str) -> ListVersion | None:
        """The version that was made on a day; ``None`` when there is none of that day."""
        return next((_read(shelved) for shelved in self.shelved(name) if shelved.as_of == as_of), None)


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name[:60]!r} is no name for a list",
            remedy="Use small letters, figures, _ and -, such as un_sc.",
        )


def _write(version: ListVersion) -> bytes:
    head = {
        "form": FORM,
        "list": version.list,
        "as_of": version.as_of,
        "sha256": version.sha256,
        "entries": len(version.listings),
        "repairs": list(version.repairs),
        "unread": to_wire(version.unread),
    }
    lines = [write_canonical(head), *(write_canonical(to_wire(listing)) for listing in version.listings)]
    # No time in the head of the packed file: the same version gives the same bytes.
    return gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), mtime=0)


def _read(shelved: Shelved) -> ListVersion:
    try:
        with gzip.open(shelved.path) as packed:
            data = packed.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ValueError("it unpacks to more than any list has")
        first, *rest = data.decode("utf-8").splitlines()
        head = json.loads(first)
        if head["form"] != FORM:
            raise ValueError(f"it is of form {head['form']}, and {FORM} is read")
        listings = tuple(from_wire(Listing, json.loads(line)) for line in rest)
        if len(listings) != head["entries"] or head["sha256"] != shelved.sha256 or head["as_of"] != shelved.as_of:
            raise ValueError("it does not hold what its head says")
        unread = tuple(from_wire(Unread, record) for record in head["unread"])
        repairs = tuple(str(line) for line in head["repairs"])
    except (InputError, OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"the kept version of {shelved.as_of} can't be read ({str(error)[:120]})",
            where=str(shelved.path),
            remedy="Delete the file, and add the list again.",
        ) from error
    return ListVersion(shelved.list, shelved.as_of, shelved.sha256, listings, repairs, unread)
