"""What every reader keeps to, and the check that it did."""

from __future__ import annotations

from typing import Protocol

from pledgewatch.errors import AnchorError, Bug
from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading, Statement, spans_of


class Reader(Protocol):
    """Reads one document into marks. Pure: same document and policy, same reading.

    Attributes:
        name: by which ``ReadPolicy.reader`` calls it.
        version: changes whenever its readings may.
        languages: ISO 639-1 codes of what it reads.
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def languages(self) -> tuple[str, ...]: ...

    def read(self, document: Document, policy: ReadPolicy) -> Reading:
        """Mentions, statements and ties of ``document``; times and estimates are added for every reader alike."""
        ...


def check_reading(document: Document, reading: Reading) -> None:
    """Checks that a reading holds on its document.

    Raises:
        AnchorError: a span's words are not the document's words at its place.
        Bug: an id stands twice, points nowhere, or the sentences overlap.
    """
    text = document.text
    where = f"{document.path} ({reading.reader})"
    for mark in reading.marks():
        for span in spans_of(mark):
            if not span.holds_in(text):
                raise AnchorError(f"the words of {mark.id} are not at {span.start}-{span.end}", where=where)
    ids = [mark.id for mark in reading.marks()]
    if len(ids) != len(set(ids)):
        twice = sorted({mark_id for mark_id in ids if ids.count(mark_id) > 1})
        raise Bug(f"two marks have the id {twice[0]}", where=where)
    _check_references(reading, where)
    last = 0
    for start, end in reading.sentences:
        if not last <= start < end <= len(text):
            raise Bug(f"the sentence at {start}-{end} overlaps another or leaves the text", where=where)
        last = end


def _check_references(reading: Reading, where: str) -> None:
    mentions = {mention.id for mention in reading.mentions}
    statements = {statement.id for statement in reading.statements}
    for mention in reading.mentions:
        if mention.head is not None and mention.head not in mentions:
            raise Bug(f"{mention.id} has a head that is no mention", where=where)
    for statement in reading.statements:
        _check_statement(statement, where)
        if statement.speaker_mention is not None and statement.speaker_mention not in mentions:
            raise Bug(f"{statement.id} has a speaker that is no mention", where=where)
        if statement.via is not None and (statement.via not in statements or statement.via == statement.id):
            raise Bug(f"{statement.id} comes via no other statement", where=where)
    for tie in reading.ties:
        if tie.source not in mentions or tie.target not in mentions:
            raise Bug(f"{tie.id} ties what is no mention", where=where)
        if tie.statement is not None and tie.statement not in statements:
            raise Bug(f"{tie.id} stands in no statement", where=where)


def _check_statement(statement: Statement, where: str) -> None:
    if not -3.0 <= statement.factuality <= 3.0:
        raise Bug(f"{statement.id} has a factuality of {statement.factuality}", where=where)
    if (statement.form == "none") != (not statement.content):
        raise Bug(f"{statement.id} has the form {statement.form} and {len(statement.content)} pieces", where=where)
