"""A store in one SQLite file: the default, on a laptop without a network."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from pledgewatch.errors import InputError
from pledgewatch.store.migrations import upgrade_database
from pledgewatch.store.sql_store import SqlStore

PATIENCE = 30
"""Seconds to wait for another writer."""


class SqliteStore(SqlStore):
    """A store in an SQLite file, made when it is missing and brought to the newest form when it is older.

    Raises:
        InputError: the file is no SQLite database, a newer Pledgewatch made it, or it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        engine = create_engine(URL.create("sqlite", database=str(path)))
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        super().__init__(engine, str(path))
        try:
            with self._writing() as connection:
                upgrade_database(connection, self._where)
        except BaseException:
            self.close()
            raise

    def _begin_alone(self, connection: Connection) -> None:
        connection.execution_options(pledgewatch_writes=True)
        connection.begin()

    def _explain(self, error: DBAPIError) -> InputError:
        what = str(error.orig)
        if "locked" in what:
            remedy = "Another program is writing to this case; wait for it to end and run the command again."
        elif "not a database" in what or "malformed" in what:
            remedy = "Move this file away and run the command again: all but judgements and the audit log is remade."
        elif "full" in what:
            remedy = "Make room on the disk and run the command again; what is finished is kept."
        else:
            remedy = "Check that the folder is there and may be written to."
        return InputError(f"the case's database does not answer: {what}", where=self._where, remedy=remedy)

    def _find_documents(self, connection: Connection, words: tuple[str, ...], limit: int) -> list[str]:
        # In quotes nothing is an operator; the words hold letters and digits only.
        asked = text(
            """SELECT document.id FROM document_search JOIN document ON document.number = document_search.rowid
               WHERE document_search MATCH :words ORDER BY bm25(document_search, 4.0, 1.0), document.id LIMIT :limit"""
        )
        match = " AND ".join(f'"{word}"*' for word in words)
        return list(connection.scalars(asked, {"words": match, "limit": limit}))


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    # Python's driver would open transactions by itself, and too late; ``_begin`` does it instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not wait by itself here, and two programs may open a new case at once.
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.02)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("pledgewatch_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
