"""Which store an address means."""

from __future__ import annotations

from pathlib import Path

from pledgewatch.errors import InputError
from pledgewatch.store.contract import Store
from pledgewatch.store.postgres import PostgresStore
from pledgewatch.store.sqlite import SqliteStore

STORES: tuple[type[SqliteStore] | type[PostgresStore], ...] = (SqliteStore, PostgresStore)
"""Every database that a case can be kept in."""


def open_store(address: str | Path, schema: str = "pledgewatch") -> Store:
    """Opens the store at an address, making or upgrading it as needed.

    Args:
        address: path of an SQLite file, or ``postgresql://user@host:port/database``.
        schema: the case's schema in PostgreSQL; a file is one case and has none.

    Raises:
        InputError: there is no store of that kind, or it can't be opened.
        ExtraMissing: its driver is not installed.
    """
    if isinstance(address, str) and "://" in address:
        if address.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
            return PostgresStore(address, schema)
        raise InputError(
            f"cases are not kept in {address.split('://')[0]!r}",
            remedy="Give the path of an SQLite file, or an address that starts with postgresql://.",
        )
    return SqliteStore(Path(address))
