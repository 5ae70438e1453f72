"""A PostgreSQL server of our own for the tests that are marked ``postgres``, and every store there is."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pledgewatch.store import Store
from pledgewatch.store.postgres import PostgresStore
from pledgewatch.store.sqlite import SqliteStore

OpenStore = Callable[[], Store]


def find_programs() -> Path | None:
    """The folder of the newest PostgreSQL server's programs, or ``None``."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    initdb = shutil.which("initdb")
    folders = [Path(initdb).resolve().parent] if initdb else folders
    return next((folder for folder in reversed(folders) if (folder / "pg_ctl").exists()), None)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """The address of a server that lives as long as the tests."""
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server's programs here; apt-get install postgresql")
    # The server refuses root, and its user must reach the folder, which pytest's own temporary folders forbid.
    user: list[str] = []
    folder = Path(tempfile.mkdtemp(prefix="pledgewatch-postgres-"))
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("PostgreSQL refuses root, and there is no setpriv to become another user")
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")

    def call(*command: str) -> None:
        subprocess.run([*user, *command], check=True, capture_output=True, cwd=folder, timeout=60)

    data, port = str(folder / "data"), free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        call(str(programs / "initdb"), "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        call(str(programs / "pg_ctl"), "-D", data, "-w", "-t", "50", "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        if Path(data, "postmaster.pid").exists():
            call(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def open_again(request: pytest.FixtureRequest, tmp_path: Path) -> OpenStore:
    """Opens one and the same store, which is empty at first, as often as it is called."""
    if request.param == "sqlite":
        return lambda: SqliteStore(tmp_path / "case.sqlite")
    address = request.getfixturevalue("postgres_address")
    schema = f"case_{abs(hash(request.node.nodeid)):x}"
    return lambda: PostgresStore(address, schema)


@pytest.fixture
def store(open_again: OpenStore) -> Iterator[Store]:
    with open_again() as opened:
        yield opened
