"""The store's contract: what a case remembers, whichever database remembers it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from pledgewatch.errors import Bug
from pledgewatch.model.document import Document, Unread
from pledgewatch.model.judgement import Judgement
from pledgewatch.model.span import Span

UNDO = "undo"
"""Verdict of a judgement that does nothing but take an earlier one back."""

LOG_START = "0" * 64
"""What stands for the hash before the first entry of an audit log."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that holds all the words sought.

    Attributes:
        document: its id.
        title: its title; ``None`` when it has none.
        passage: the words around the first place that matched, exact in the document's canonical text; the start of
            the text when only the title matched.
    """

    document: str
    title: str | None
    passage: Span


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the audit log, chained to the one before.

    Attributes:
        number: 1, 2, 3, … without a gap.
        at: ISO date-time, as the caller gave it.
        event: what happened, in a word or two ("run started", "released").
        details: plain JSON values.
        previous: hash of the line before; 64 zeros for the first.
        hash: SHA-256 over ``previous`` and this line's content.
    """

    number: int
    at: str
    event: str
    details: Mapping[str, Any]
    previous: str
    hash: str


class Store(Protocol):
    """What a case remembers: results of stages, documents, unread records, judgements, the audit log.

    Every method is one transaction: when it has returned, a kill loses nothing of it. Any number of readers may read
    while one writes. Values are plain JSON values, as ``model.wire.to_wire`` makes them.
    """

    def put_result(self, stage: str, key: str, value: Any, document: str | None = None) -> None:
        """Keeps what a stage made; ``key`` is the content address of everything that went into it.

        A result that is there already is replaced. ``document`` is the id of the document it was made from, if of one.
        """

    def put_results(self, stage: str, results: Iterable[tuple[str, Any, str | None]]) -> None:
        """Keeps many results ``(key, value, document)`` in one transaction."""

    def get_result(self, stage: str, key: str) -> Any | None:
        """The kept value, or ``None`` where there is none (``has_result`` tells it from a kept ``None``)."""

    def has_result(self, stage: str, key: str) -> bool:
        """Whether a value is kept under that key."""

    def get_results(self, stage: str, keys: Iterable[str]) -> dict[str, Any]:
        """The kept values of those keys that have one, in the order of ``keys``."""

    def forget_results(self, stage: str, keep: Collection[str]) -> int:
        """Drops a stage's results but those of the keys to keep; returns how many were dropped."""

    def put_document(self, document: Document) -> None:
        """Keeps a document. Its id stands for its content: other content under a known id raises ``InputError``."""

    def keep_documents(self, documents: Iterable[Document]) -> int:
        """Makes these the documents of the case, in one transaction; returns how many others were dropped."""

    def get_document(self, document_id: str) -> Document | None:
        """The document of that id, or ``None``."""

    def list_documents(self) -> tuple[Document, ...]:
        """All documents, ordered by path, then id."""

    def iterate_documents(self) -> Iterator[Document]:
        """The documents one by one, in the order of their ids, without holding them all in memory."""

    def search_documents(self, query: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """The documents whose title and text hold a word starting with each word of the query, best first.

        The query is plain words: case, accents and all punctuation are ignored, and nothing in it is an operator.
        """

    def set_unread(self, records: Sequence[Unread]) -> None:
        """Replaces the records of what could not be read, keeping their order."""

    def list_unread(self) -> tuple[Unread, ...]:
        """The records of what could not be read."""

    def add_judgement(self, judgement: Judgement) -> None:
        """Keeps a person's judgement for good. The same one twice is kept once.

        Raises:
            InputError: another judgement has this id, or ``undoes`` names none that is kept about the same thing.
        """

    def list_judgements(self, about: str | None = None) -> tuple[Judgement, ...]:
        """All judgements in the order they were made, also those taken back; of one thing, or of all (``None``)."""

    def effective_judgements(self, about: str | None = None) -> tuple[Judgement, ...]:
        """The judgements that hold: none that was taken back, and no mere taking back (verdict ``undo``)."""

    def append_log(self, event: str, details: Mapping[str, Any], at: str) -> LogEntry:
        """Adds a line to the audit log, chained to the last."""

    def list_log(self) -> tuple[LogEntry, ...]:
        """The audit log from its first line."""

    def verify_log(self, head: str | None = None) -> int:
        """Checks that the audit log is what was written, and returns the number of its lines.

        Args:
            head: a line's hash noted earlier, elsewhere; the log must still hold it, so that a log cut off at its end
                shows. ``None`` checks the chain only.

        Raises:
            AnchorError: a line was changed, removed or put in.
        """

    def export_log(self) -> bytes:
        """The audit log as JSON lines in UTF-8, for keeping elsewhere; the same log gives the same bytes."""

    def close(self) -> None:
        """Lets go of the database. Closing twice does nothing."""

    def __enter__(self) -> Self:
        """The store itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the store."""


def write_canonical(value: Any) -> str:
    """A plain JSON value as the one text that stands for it: keys sorted, no spaces, letters unescaped.

    Raises:
        Bug: the value is not plain JSON (a NaN, a set, a key that is no string).

    >>> write_canonical({"b": 1, "a": ["é", None]})
    '{"a":["é",null],"b":1}'
    """
    _refuse_other_keys(value)
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise Bug(f"a value for the store is not plain JSON: {error}") from error
    # Half of a surrogate pair (from a file name that is no UTF-8) is a code point that no database takes as it is.
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _refuse_other_keys(value: Any) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise Bug(f"a value for the store has the key {key!r}, which is no string")
            _refuse_other_keys(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_other_keys(item)


def hash_log_entry(number: int, at: str, event: str, details: Mapping[str, Any], previous: str) -> str:
    """The SHA-256 of a line of the audit log over the hash before it and its own content."""
    content = write_canonical([previous, number, at, event, dict(details)])
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def keep_effective(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Of judgements in the order they were made, those that hold (an undo that is undone does not count)."""
    taken_back: list[str] = []
    effective: list[Judgement] = []
    for judgement in reversed(judgements):
        if judgement.id in taken_back:
            continue
        if judgement.undoes is not None:
            taken_back.append(judgement.undoes)
        if judgement.verdict != UNDO:
            effective.append(judgement)
    return tuple(reversed(effective))
