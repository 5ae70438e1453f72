"""The first form: results, documents with search, unread records, judgements, audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0001"
down_revision = None

GROW_ONLY = ("judgement", "log")


def upgrade() -> None:
    """Makes the tables, the search of each kind of database, and the guards that let logs only grow."""
    op.create_table(
        "result",
        sa.Column("stage", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("document", sa.String),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_index("result_document", "result", ["document"])
    op.create_table(
        "document",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("words", sa.Text),
    )
    op.create_table(
        "unread",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "judgement",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("undoes", sa.String, sa.ForeignKey("judgement.id")),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("judgement_about", "judgement", ["about"])
    op.create_table(
        "log",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    statements = SQLITE_SEARCH if op.get_bind().dialect.name == "sqlite" else POSTGRES_SEARCH
    for statement in statements:
        op.execute(statement)
    for table in GROW_ONLY:
        guard = _guard_in_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_in_postgres
        for statement in guard(table):
            op.execute(statement)


# The index holds no copy of the text: it reads it through the view when it must. Rows of ``document`` are added and
# dropped, never changed, so there are two triggers and no third.
SQLITE_SEARCH = (
    """CREATE VIEW document_words AS
       SELECT "number" AS "number", json_extract(body, '$.title') AS title,
       coalesce(words, json_extract(body, '$.text')) AS words
       FROM document""",
    """CREATE VIRTUAL TABLE document_search USING fts5(
       title, words, content='document_words', content_rowid='number', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER document_added AFTER INSERT ON document BEGIN
       INSERT INTO document_search(rowid, title, words)
       VALUES (new."number", json_extract(new.body, '$.title'),
       coalesce(new.words, json_extract(new.body, '$.text')));
       END""",
    """CREATE TRIGGER document_dropped AFTER DELETE ON document BEGIN
       INSERT INTO document_search(document_search, rowid, title, words)
       VALUES ('delete', old."number", json_extract(old.body, '$.title'),
       coalesce(old.words, json_extract(old.body, '$.text')));
       END""",
    """CREATE TRIGGER document_unchanged BEFORE UPDATE ON document BEGIN
       SELECT RAISE(ABORT, 'a document is never changed; other content has another id');
       END""",
)

# The words are folded and counted out by the store itself, so that both databases find the same.
POSTGRES_SEARCH = (
    """CREATE TABLE document_search (
       "number" integer PRIMARY KEY REFERENCES document ("number") ON DELETE CASCADE, words tsvector NOT NULL)""",
    "CREATE INDEX document_search_words ON document_search USING gin (words)",
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$""",
    """CREATE TRIGGER document_unchanged BEFORE UPDATE ON document
       FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
)


def _guard_in_sqlite(table: str) -> tuple[str, ...]:
    # INSERT OR REPLACE deletes without firing a delete trigger, so what comes in must be next in number and new.
    known = f"EXISTS (SELECT 1 FROM {table} WHERE id = new.id)" if table == "judgement" else "0"
    return (
        f"""CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table}
            WHEN new.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM {table}) OR {known}
            BEGIN SELECT RAISE(ABORT, '{table} only grows, one by one'); END""",
        f"""CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} only grows'); END""",
        f"""CREATE TRIGGER {table}_undropped BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} only grows'); END""",
    )


def _guard_in_postgres(table: str) -> tuple[str, ...]:
    return (
        f"""CREATE FUNCTION {table}_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF new.number <> (SELECT coalesce(max(number), 0) + 1 FROM {table}) THEN
            RAISE EXCEPTION '{table} only grows, one by one'; END IF; RETURN new; END $$""",
        f"""CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_in_order()""",
        f"""CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    )
