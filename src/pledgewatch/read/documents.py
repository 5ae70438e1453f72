"""Reads a document: picks the reader, adds times and estimates, checks and orders the marks."""

from __future__ import annotations

from dataclasses import replace

from pledgewatch.errors import InputError
from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.document import Document, Unread
from pledgewatch.model.reading import Reading, Statement, spans_of
from pledgewatch.read.contract import Reader, check_reading
from pledgewatch.read.quantities import read_quantities
from pledgewatch.read.readers import READERS
from pledgewatch.text.sentences import split_sentences


def find_reader(name: str) -> Reader:
    """The built-in reader of that name; raises ``InputError`` naming those there are."""
    for reader in READERS:
        if reader.name == name:
            return reader
    known = ", ".join(reader.name for reader in READERS)
    raise InputError(f"no reader is called {name!r}", where="read.reader", remedy=f"Choose one of: {known}.")


def read_document(document: Document, policy: ReadPolicy) -> Reading:
    """Everything read in ``document``: sentences and marks, each mark with its exact words.

    Of a document in a language that the reader or the case does not read, only dates and numbers are read, and the
    reading says so in ``unread``. A document of unknown language (``und``) is read.

    Raises:
        InputError: the policy names no reader there is.
        AnchorError, Bug: the reader broke its contract.
    """
    reader = find_reader(policy.reader)
    name = f"{reader.name} {reader.version}"
    unread: tuple[Unread, ...] = ()
    language = document.language.split("-")[0].lower()
    if language == "und" or (language in reader.languages and language in policy.languages):
        reading = reader.read(document, policy)
    else:
        reading = Reading(document.id, name, split_sentences(document.text))
        unread = (
            Unread(
                document.path,
                f"the language {document.language} is not read: only dates and numbers were taken",
                "Add a translation of the document to the case.",
            ),
        )
    times, estimates = read_quantities(document)
    reading = replace(
        reading,
        reader=name,
        mentions=tuple(sorted(reading.mentions, key=lambda mark: (mark.span.start, mark.span.end, mark.id))),
        times=times,
        estimates=estimates,
        statements=tuple(sorted(reading.statements, key=lambda mark: (*_place(mark), mark.id))),
        ties=tuple(sorted(reading.ties, key=lambda mark: (mark.span.start, mark.span.end, mark.id))),
        unread=reading.unread + unread,
    )
    check_reading(document, reading)
    return reading


def _place(statement: Statement) -> tuple[int, int]:
    # By the content: the label of a turn stands far before its later paragraphs.
    spans = statement.content or spans_of(statement)
    return (min(span.start for span in spans), max(span.end for span in spans))
