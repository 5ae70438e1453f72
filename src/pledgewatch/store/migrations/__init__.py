"""How a store's database came to its present form, step by step; alembic takes an older one along the same way."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from pledgewatch.errors import InputError

REVISIONS = ("m0001",)
"""Every form a database has had, oldest first."""


def upgrade_database(connection: Connection, where: str) -> None:
    """Takes the database behind the connection to the newest form, inside the caller's transaction.

    Raises:
        InputError: a newer Pledgewatch made it, or something else did.
    """
    revision = _find_revision(connection, where)
    if revision == REVISIONS[-1]:
        return
    # Alembic takes longer to import than a case takes to open, so only a database that needs it pays for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(config, REVISIONS[-1])


def _find_revision(connection: Connection, where: str) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if "document" in tables or "result" in tables:
            raise InputError(
                "this database was not made by Pledgewatch",
                where=where,
                remedy="Name a database, schema or file of Pledgewatch's own.",
            )
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and revision not in REVISIONS:
        raise InputError(
            f"a newer Pledgewatch made this database (its form is {revision}, this one knows up to {REVISIONS[-1]})",
            where=where,
            remedy="Update Pledgewatch (pip install --upgrade pledgewatch) and run the command again.",
        )
    return revision
