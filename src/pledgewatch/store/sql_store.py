"""What the stores share: one schema in SQL, whichever database keeps it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from pledgewatch.errors import AnchorError, InputError
from pledgewatch.model.document import Document, Unread
from pledgewatch.model.judgement import Judgement
from pledgewatch.model.wire import from_wire, to_wire
from pledgewatch.store import schema
from pledgewatch.store.contract import (
    LOG_START,
    LogEntry,
    SearchHit,
    hash_log_entry,
    keep_effective,
    write_canonical,
)
from pledgewatch.store.search import cut_passage, split_words

MANY = 500
"""How many keys one question to a database may name."""


class SqlStore:
    """A store in an SQL database. A database adds how to connect, to write alone, to index a document and to search."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._explaining(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes; it is kept when the block ends well, and else never was."""
        with self._explaining(), self._engine.connect() as connection:
            self._begin_alone(connection)
            yield connection
            connection.commit()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._explain(error) from error

    def _begin_alone(self, connection: Connection) -> None:
        """Starts the transaction so that writers come one after the other."""
        raise NotImplementedError

    def _explain(self, error: DBAPIError) -> InputError:
        """The database's complaint as an error that a person can act on."""
        raise NotImplementedError

    def _index_document(self, connection: Connection, number: int, document: Document) -> None:
        """Puts the words of a document into the search index, where no trigger of the database does."""

    def _find_documents(self, connection: Connection, words: tuple[str, ...], limit: int) -> list[str]:
        """Ids of the documents with a word starting with each of the (folded) words, best first."""
        raise NotImplementedError

    # Results of stages

    def put_result(self, stage: str, key: str, value: Any, document: str | None = None) -> None:
        """See the contract."""
        self.put_results(stage, [(key, value, document)])

    def put_results(self, stage: str, results: Iterable[tuple[str, Any, str | None]]) -> None:
        """See the contract."""
        rows = {
            key: {"stage": stage, "key": key, "document": document, "value": write_canonical(value)}
            for key, value, document in results
        }
        if not rows:
            return
        with self._writing() as connection:
            for keys in _parts(list(rows)):
                connection.execute(
                    delete(schema.result).where(schema.result.c.stage == stage, schema.result.c.key.in_(keys))
                )
            connection.execute(insert(schema.result), list(rows.values()))

    def get_result(self, stage: str, key: str) -> Any | None:
        """See the contract."""
        return self.get_results(stage, [key]).get(key)

    def has_result(self, stage: str, key: str) -> bool:
        """See the contract."""
        asked = select(schema.result.c.key).where(schema.result.c.stage == stage, schema.result.c.key == key)
        with self._reading() as connection:
            return connection.execute(asked).first() is not None

    def get_results(self, stage: str, keys: Iterable[str]) -> dict[str, Any]:
        """See the contract."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, Any] = {}
        with self._reading() as connection:
            for part in _parts(wanted):
                asked = select(schema.result.c.key, schema.result.c.value).where(
                    schema.result.c.stage == stage, schema.result.c.key.in_(part)
                )
                for key, value in connection.execute(asked):
                    found[key] = json.loads(value)
        return {key: found[key] for key in wanted if key in found}

    def forget_results(self, stage: str, keep: Collection[str]) -> int:
        """See the contract."""
        with self._writing() as connection:
            kept = connection.scalars(select(schema.result.c.key).where(schema.result.c.stage == stage))
            dropped = sorted(set(kept) - set(keep))
            for keys in _parts(dropped):
                connection.execute(
                    delete(schema.result).where(schema.result.c.stage == stage, schema.result.c.key.in_(keys))
                )
        return len(dropped)

    # Documents

    def put_document(self, document: Document) -> None:
        """See the contract."""
        with self._writing() as connection:
            asked = select(schema.document.c.sha256).where(schema.document.c.id == document.id)
            known = connection.scalar(asked)
            if known is not None and known != document.sha256:
                raise _two_with_one_id(document)
            self._write_documents(connection, [document])

    def keep_documents(self, documents: Iterable[Document]) -> int:
        """See the contract."""
        given: dict[str, Document] = {}
        for document in documents:
            if given.setdefault(document.id, document) != document:
                raise _two_with_one_id(document)
        with self._writing() as connection:
            ids = connection.scalars(select(schema.document.c.id)).all()
            dropped = [each for each in ids if each not in given]
            _drop_documents(connection, dropped)
            self._write_documents(connection, list(given.values()))
        return len(dropped)

    def _write_documents(self, connection: Connection, documents: Sequence[Document]) -> None:
        digests: dict[str, str] = {}
        for ids in _parts([document.id for document in documents]):
            asked = select(schema.document.c.id, schema.document.c.digest).where(schema.document.c.id.in_(ids))
            digests.update((row.id, row.digest) for row in connection.execute(asked))
        for document in documents:
            body = write_canonical(to_wire(document))
            digest = hashlib.sha256(body.encode("utf-8")).hexdigest()
            if digests.get(document.id) == digest:
                continue
            # Never changed in place: the search index follows rows that come and go.
            if document.id in digests:
                _drop_documents(connection, [document.id])
            row = {
                "id": document.id,
                "path": _printable(document.path),
                "sha256": document.sha256,
                "digest": digest,
                "body": body,
                "words": _words_without_nul(document),
            }
            number = connection.execute(insert(schema.document).returning(schema.document.c.number), row).scalar_one()
            self._index_document(connection, number, document)

    def get_document(self, document_id: str) -> Document | None:
        """See the contract."""
        with self._reading() as connection:
            body = connection.scalar(select(schema.document.c.body).where(schema.document.c.id == document_id))
        return None if body is None else from_wire(Document, json.loads(body))

    def list_documents(self) -> tuple[Document, ...]:
        """See the contract."""
        return tuple(sorted(self.iterate_documents(), key=lambda document: (document.path, document.id)))

    def iterate_documents(self) -> Iterator[Document]:
        """See the contract."""
        with self._reading() as connection:
            ids = sorted(connection.scalars(select(schema.document.c.id)))
        for document_id in ids:
            document = self.get_document(document_id)
            if document is not None:
                yield document

    def search_documents(self, query: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """See the contract."""
        words = split_words(query)
        if not words or limit < 1:
            return ()
        with self._reading() as connection:
            ids = self._find_documents(connection, words, limit)
        found = (self.get_document(document_id) for document_id in ids)
        return tuple(
            SearchHit(document.id, document.title, cut_passage(document.text, words))
            for document in found
            if document is not None
        )

    # What could not be read

    def set_unread(self, records: Sequence[Unread]) -> None:
        """See the contract."""
        rows = [{"number": number, "body": write_canonical(to_wire(record))} for number, record in enumerate(records)]
        with self._writing() as connection:
            connection.execute(delete(schema.unread))
            if rows:
                connection.execute(insert(schema.unread), rows)

    def list_unread(self) -> tuple[Unread, ...]:
        """See the contract."""
        with self._reading() as connection:
            bodies = connection.scalars(select(schema.unread.c.body).order_by(schema.unread.c.number)).all()
        return tuple(from_wire(Unread, json.loads(body)) for body in bodies)

    # Judgements

    def add_judgement(self, judgement: Judgement) -> None:
        """See the contract."""
        body = write_canonical(to_wire(judgement))
        table = schema.judgement
        with self._writing() as connection:
            known = connection.scalar(select(table.c.body).where(table.c.id == judgement.id))
            if known == body:
                return
            if known is not None:
                raise InputError(
                    "another judgement has this id, and judgements are never changed",
                    where=judgement.id,
                    remedy="Record the new judgement under an id of its own, naming the old one in `undoes`.",
                )
            if judgement.undoes is not None:
                about = connection.scalar(select(table.c.about).where(table.c.id == judgement.undoes))
                if about != judgement.about:
                    raise InputError(
                        f"there is no judgement {judgement.undoes} on {judgement.about} to take back",
                        where=judgement.id,
                        remedy="Name in `undoes` the id of a judgement that is kept on the same thing.",
                    )
            last: int = connection.scalar(select(func.coalesce(func.max(table.c.number), 0))) or 0
            row = {
                "number": last + 1,
                "id": judgement.id,
                "about": judgement.about,
                "undoes": judgement.undoes,
                "body": body,
            }
            connection.execute(insert(table), row)

    def list_judgements(self, about: str | None = None) -> tuple[Judgement, ...]:
        """See the contract."""
        asked = select(schema.judgement.c.body).order_by(schema.judgement.c.number)
        if about is not None:
            asked = asked.where(schema.judgement.c.about == about)
        with self._reading() as connection:
            bodies = connection.scalars(asked).all()
        return tuple(from_wire(Judgement, json.loads(body)) for body in bodies)

    def effective_judgements(self, about: str | None = None) -> tuple[Judgement, ...]:
        """See the contract."""
        return keep_effective(self.list_judgements(about))

    # The audit log

    def append_log(self, event: str, details: Mapping[str, Any], at: str) -> LogEntry:
        """See the contract."""
        written = write_canonical(dict(details))
        with self._writing() as connection:
            last = connection.execute(
                select(schema.log.c.number, schema.log.c.hash).order_by(schema.log.c.number.desc()).limit(1)
            ).first()
            number, previous = (last.number + 1, last.hash) if last else (1, LOG_START)
            digest = hash_log_entry(number, at, event, json.loads(written), previous)
            row = {
                "number": number,
                "at": at,
                "event": event,
                "details": written,
                "previous": previous,
                "hash": digest,
            }
            connection.execute(insert(schema.log), row)
        return LogEntry(number, at, event, json.loads(written), previous, digest)

    def list_log(self) -> tuple[LogEntry, ...]:
        """See the contract."""
        with self._reading() as connection:
            rows = connection.execute(select(schema.log).order_by(schema.log.c.number)).all()
        return tuple(_read_log_entry(row, self._where) for row in rows)

    def verify_log(self, head: str | None = None) -> int:
        """See the contract."""
        previous, seen = LOG_START, head is None
        entries = self.list_log()
        for number, entry in enumerate(entries, start=1):
            digest = hash_log_entry(number, entry.at, entry.event, entry.details, previous)
            if (entry.number, entry.previous, entry.hash) != (number, previous, digest):
                raise _broken_log(f"line {number} of the audit log is not what was written", self._where)
            previous = digest
            seen = seen or digest == head
        if not seen:
            raise _broken_log(f"the audit log does not hold the line {head}", self._where)
        return len(entries)

    def export_log(self) -> bytes:
        """See the contract."""
        lines = (write_canonical({**to_wire(entry), "details": dict(entry.details)}) for entry in self.list_log())
        return "".join(f"{line}\n" for line in lines).encode("utf-8")

    # Opening and closing

    def close(self) -> None:
        """See the contract."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """See the contract."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """See the contract."""
        self.close()


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), MANY):
        yield keys[start : start + MANY]


def _drop_documents(connection: Connection, ids: Sequence[str]) -> None:
    for part in _parts(ids):
        connection.execute(delete(schema.document).where(schema.document.c.id.in_(part)))


def _words_without_nul(document: Document) -> str | None:
    words = f"{document.title or ''}\n{document.text}"
    return words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8") if "\0" in words else None


def _two_with_one_id(document: Document) -> InputError:
    return InputError(
        f"two documents have the id {document.id}",
        where=document.path,
        remedy="Give one of them another id in its front matter, or remove the copy.",
    )


def _broken_log(what: str, where: str) -> AnchorError:
    return AnchorError(what, where=where, remedy="Restore the case from a copy made before; do not trust this log.")


def _read_log_entry(row: Row[Any], where: str) -> LogEntry:
    try:
        details = json.loads(row.details)
    except ValueError:
        raise _broken_log(f"line {row.number} of the audit log is not what was written", where) from None
    return LogEntry(row.number, row.at, row.event, details, row.previous, row.hash)


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")
