"""The tables of a store, the same in every database; ``migrations/`` makes them, and a test compares the two."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

result = Table(
    "result",
    metadata,
    Column("stage", String, primary_key=True),
    Column("key", String, primary_key=True, comment="content address of what went in"),
    Column("document", String, comment="id of the document it was made from, if of one"),
    Column("value", Text, nullable=False, comment="canonical JSON"),
    Index("result_document", "document"),
)

document = Table(
    "document",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True, comment="what the search index points at"),
    Column("id", String, nullable=False, unique=True),
    Column("path", Text, nullable=False, comment="printable form; the exact one stands in the body"),
    Column("sha256", String, nullable=False, comment="of the bytes as collected"),
    Column("digest", String, nullable=False, comment="SHA-256 of the body"),
    Column("body", Text, nullable=False, comment="canonical JSON of the Document"),
    Column("words", Text, comment="title and text to search in, where a NUL in the body would cut its index short"),
)

unread = Table(
    "unread",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="place in the list, from 0"),
    Column("body", Text, nullable=False, comment="canonical JSON of the Unread record"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3, …"),
    Column("id", String, nullable=False, unique=True),
    Column("about", String, nullable=False),
    Column("undoes", String, ForeignKey("judgement.id")),
    Column("body", Text, nullable=False, comment="canonical JSON of the Judgement"),
    Index("judgement_about", "about"),
)

log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3, …"),
    Column("at", String, nullable=False),
    Column("event", Text, nullable=False),
    Column("details", Text, nullable=False, comment="canonical JSON"),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)

GROW_ONLY = ("judgement", "log")
"""Tables whose rows can be added in order and neither changed nor taken away."""
