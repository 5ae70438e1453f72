"""One case is one folder: settings, database, archive, reports, and a lock against two runs at once."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pledgewatch.errors import AnchorError, InputError
from pledgewatch.model.case import CaseFile
from pledgewatch.store.atomic_file import write_atomically
from pledgewatch.store.case_toml import LARGEST, parse_case_file, write_case_file
from pledgewatch.store.contract import Store
from pledgewatch.store.open_store import open_store

CASE_FILE = "pledgewatch.toml"
DATABASE = "case.sqlite"
ARCHIVE = "archive"
REPORTS = "reports"
LOCK = ".lock"


class CaseFolder:
    """A case on disk.

    Attributes:
        path: the folder.
        case_file: what its ``pledgewatch.toml`` says, as read when the folder was opened or last written.
    """

    def __init__(self, path: Path, case_file: CaseFile) -> None:
        self.path = path
        self.case_file = case_file

    @classmethod
    def create(cls, path: Path, case_file: CaseFile, agreement_name: str, agreement_bytes: bytes) -> CaseFolder:
        """Makes a case folder with the agreement's text in it; ``case_file.agreement`` becomes its name there.

        An interrupted creation can be run again: the case file is written last.

        Raises:
            InputError: the folder holds a case or something else, or can't be written.
        """
        if agreement_name != Path(agreement_name).name or agreement_name in ("", ".", "..", CASE_FILE, DATABASE):
            raise InputError(f"{agreement_name!r} can't be the name of the agreement's file", where=str(path))
        text = write_case_file(dataclasses.replace(case_file, agreement=agreement_name))
        parsed = parse_case_file(text, str(path / CASE_FILE))
        try:
            _refuse_other_folder(path, agreement_name, agreement_bytes)
            (path / ARCHIVE).mkdir(parents=True, exist_ok=True)
            (path / REPORTS).mkdir(exist_ok=True)
            write_atomically(path / agreement_name, agreement_bytes)
            write_atomically(path / CASE_FILE, text.encode("utf-8"))
        except OSError as error:
            raise _unwritable(path, error) from error
        return cls(path, parsed)

    @classmethod
    def open(cls, path: Path) -> CaseFolder:
        """Opens a case folder.

        Raises:
            InputError: there is no case there, or its case file is wrong.
        """
        return cls(path, _read_case_file(path / CASE_FILE))

    def write_case_file(self, case_file: CaseFile) -> None:
        """Writes the case file anew; comments that a person added to the old one are lost."""
        text = write_case_file(case_file)
        parsed = parse_case_file(text, str(self.path / CASE_FILE))
        try:
            write_atomically(self.path / CASE_FILE, text.encode("utf-8"))
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self.case_file = parsed

    def open_store(self, address: str | None = None, schema: str = "pledgewatch") -> Store:
        """Opens the case's memory: ``case.sqlite``, or the PostgreSQL database at ``address``."""
        return open_store(address if address is not None else self.path / DATABASE, schema)

    @property
    def reports_path(self) -> Path:
        """Where reports go: ``reports/PERIOD/AUDIENCE/``."""
        return self.path / REPORTS

    # The archive: bytes as collected, by their SHA-256

    def archive_path(self, sha256: str) -> Path:
        """Where the bytes of that hash lie, or would."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise InputError(f"{sha256!r} is no SHA-256", where=str(self.path / ARCHIVE))
        return self.path / ARCHIVE / sha256[:2] / sha256[2:]

    def archive_bytes(self, data: bytes) -> str:
        """Keeps bytes in the archive and returns their SHA-256; known ones are kept once.

        Raises:
            InputError: the archive can't be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        place = self.archive_path(sha256)
        try:
            # Bytes damaged on the disk are replaced by good ones, so the size alone does not say that they are there.
            if not _holds(place, sha256, len(data)):
                write_atomically(place, data)
        except OSError as error:
            raise _unwritable(self.path / ARCHIVE, error) from error
        return sha256

    def archived(self, sha256: str) -> bytes:
        """The bytes of that hash.

        Raises:
            InputError: the archive holds none.
            AnchorError: the bytes there are not those that were collected.
        """
        place = self.archive_path(sha256)
        try:
            data = place.read_bytes()
        except FileNotFoundError:
            remedy = "Collect the document again: pledgewatch run CASE"
            raise InputError("the archive does not hold these bytes", where=str(place), remedy=remedy) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise AnchorError(
                "the archived bytes are not those that were collected",
                where=str(place),
                remedy="Restore the file from a copy made before, or collect the document again.",
            )
        return data

    # The lock

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keeps other runs out of the case while the block runs.

        The system lets go of the lock when the process ends, however it ends, so a stale lock holds nobody up.

        Raises:
            InputError: another run is at work; it names its process.
        """
        path = self.path / LOCK
        try:
            file = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise _unwritable(path, error) from error
        with file:
            if not _try_lock(file):
                file.seek(0)
                holder = file.read(32).strip()
                raise InputError(
                    f"another run is at work on this case{f' (process {holder})' if holder.isdigit() else ''}",
                    where=str(self.path),
                    remedy="Wait for it to end and run the command again.",
                )
            file.seek(0)
            file.truncate()
            file.write(f"{os.getpid()}\n")
            file.flush()
            try:
                yield
            finally:
                # The file stays: removing it would let a third run lock a new one beside a second that waits here.
                file.seek(0)
                file.truncate()


def _try_lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holds(place: Path, sha256: str, size: int) -> bool:
    if not place.is_file() or place.stat().st_size != size:
        return False
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _read_case_file(path: Path) -> CaseFile:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"the case file is larger than {LARGEST:,} bytes", where=str(path))
        untrusted_text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"there is no case here: {CASE_FILE} is missing",
            where=str(path.parent),
            remedy="Name a case folder, or make one: pledgewatch init CASE --agreement FILE --documents PATH...",
        ) from None
    except OSError as error:
        raise InputError(f"the case file can't be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"the case file is not UTF-8 (byte {error.start})", where=str(path), remedy="Save it as UTF-8."
        ) from error
    return parse_case_file(untrusted_text, str(path))


def _refuse_other_folder(path: Path, agreement_name: str, agreement_bytes: bytes) -> None:
    if path.exists() and not path.is_dir():
        raise InputError("this is a file", where=str(path), remedy="Name a folder that is new or empty.")
    if not path.exists():
        return
    if (path / CASE_FILE).exists():
        remedy = "Run it: pledgewatch run CASE; or name a new folder."
        raise InputError("there is a case here already", where=str(path), remedy=remedy)
    for other in sorted(path.iterdir()):
        left_over = (
            (other.name in (ARCHIVE, REPORTS) and other.is_dir() and not any(other.iterdir()))
            or (other.name == agreement_name and other.is_file() and other.read_bytes() == agreement_bytes)
            or other.name.startswith(".writing-")
        )
        if not left_over:
            raise InputError(
                f"this folder holds something else ({other.name!a})",
                where=str(path),
                remedy="Name a folder that is new or empty.",
            )


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"this can't be written: {error.strerror or error}",
        where=str(path),
        remedy="Check that the folder may be written to and that the disk has room, and run the command again.",
    )
