"""A store in PostgreSQL, for a team on a server: one schema a case."""

from __future__ import annotations

import re

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from pledgewatch.errors import ExtraMissing, InputError
from pledgewatch.model.document import Document
from pledgewatch.store.migrations import upgrade_database
from pledgewatch.store.search import split_words
from pledgewatch.store.sql_store import SqlStore

LONGEST_WORD = 500
"""Code points of a word that the index keeps (PostgreSQL takes 2,046 bytes)."""

MOST_WORD_BYTES = 900_000
"""Bytes of different words of one document that the index keeps (PostgreSQL takes 2^20); the rest isn't found."""


class PostgresStore(SqlStore):
    """A store in a schema of a PostgreSQL database; the schema is made when it is missing.

    Args:
        address: ``postgresql://user@host:port/database``.
        schema: small letters, digits and underscores; the case's own.

    Raises:
        ExtraMissing: the driver is not installed (extra ``postgres``).
        InputError: the address or schema is none, the server does not answer, or a newer Pledgewatch made the schema.
    """

    def __init__(self, address: str, schema: str = "pledgewatch") -> None:
        if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema) or schema.startswith("pg_"):
            raise InputError(
                f"{schema!r} can't be a schema's name",
                remedy="Use up to 63 small letters, digits and underscores, starting with a letter.",
            )
        try:
            url = make_url(address).set(drivername="postgresql+psycopg")
        except (ArgumentError, ValueError) as error:
            raise InputError(
                "this is no address of a database", remedy="Write it as postgresql://user@host:port/database."
            ) from error
        try:
            engine = create_engine(url, connect_args={"options": f"-c search_path={schema}", "connect_timeout": 10})
        except ModuleNotFoundError as error:
            raise ExtraMissing(
                "the PostgreSQL driver is not installed",
                where="pledgewatch[postgres]",
                remedy="Run: pip install 'pledgewatch[postgres]'",
            ) from error
        self._schema = schema
        super().__init__(engine, f"{url.render_as_string(hide_password=True)} schema {schema}")
        try:
            with self._writing() as connection:
                connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
                upgrade_database(connection, self._where)
        except BaseException:
            self.close()
            raise

    def _begin_alone(self, connection: Connection) -> None:
        # The lock goes with the transaction. Its number is the schema's own, so that cases do not wait for each other.
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"pledgewatch {self._schema}"}
        )

    def _explain(self, error: DBAPIError) -> InputError:
        what = " ".join(str(error.orig).split())
        return InputError(
            f"the PostgreSQL server does not do what was asked: {what}",
            where=self._where,
            remedy="Check that the server runs, and the user's name, password and rights.",
        )

    def _index_document(self, connection: Connection, number: int, document: Document) -> None:
        # Words of the title have a place and a weight, those of the text neither, so that long texts fit.
        asked = text(
            """INSERT INTO document_search (number, words) VALUES
               (:number, setweight(to_tsvector('simple', :title), 'A') || array_to_tsvector(:words))"""
        )
        title = " ".join(_choose_words(document.title or "", MOST_WORD_BYTES // 100))
        words = _choose_words(document.text, MOST_WORD_BYTES)
        connection.execute(asked, {"number": number, "title": title, "words": words})

    def _find_documents(self, connection: Connection, words: tuple[str, ...], limit: int) -> list[str]:
        # Words hold letters and digits only, so quotes make each of them a plain prefix.
        asked = text(
            """SELECT document.id FROM document_search JOIN document USING (number)
               WHERE document_search.words @@ CAST(:words AS tsquery)
               ORDER BY ts_rank(document_search.words, CAST(:words AS tsquery)) DESC, document.id COLLATE "C"
               LIMIT :limit"""
        )
        match = " & ".join(f"'{word[:LONGEST_WORD]}':*" for word in words)
        return list(connection.scalars(asked, {"words": match, "limit": limit}))


def _choose_words(untrusted_text: str, most_bytes: int) -> list[str]:
    """The first different words of a text that fit into so many bytes."""
    words: list[str] = []
    for word in split_words(untrusted_text):
        short = word[:LONGEST_WORD]
        most_bytes -= len(short.encode("utf-8"))
        if most_bytes < 0:
            break
        words.append(short)
    return words
