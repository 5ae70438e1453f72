"""No hindsight: which documents, in which version, an assessment as of a day may use (rule 6)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Resolution
from pledgewatch.model.document import Document, Source
from pledgewatch.model.origin import Trace

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?$")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What was to be had on a day: documents published by then, traced and resolved from these and no others."""

    as_of: str
    documents: tuple[Document, ...]
    trace: Trace
    resolution: Resolution
    sources: tuple[Source, ...]


def last_day(date: str) -> str:
    """The last day that a coarse date can mean; raises ``InputError`` for what is no date.

    >>> last_day("2021-02"), last_day("2021"), last_day("2021-02-17T10:00:00Z")
    ('2021-02-28', '2021-12-31', '2021-02-17')
    """
    match = _DATE.match(date)
    if match is None:
        raise InputError(f"{date!r} is no date", remedy="Write it as 2021-05-02, 2021-05 or 2021.")
    year, month, day = int(match[1]), int(match[2] or 12), match[3]
    if not 1 <= month <= 12 or year == 0:
        raise InputError(f"{date!r} is no date", remedy="Write it as 2021-05-02, 2021-05 or 2021.")
    latest = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= int(day) <= latest:
        raise InputError(f"{date!r} is no date", remedy="Write it as 2021-05-02, 2021-05 or 2021.")
    return f"{year:04d}-{month:02d}-{int(day) if day else latest:02d}"


def published_by(documents: Sequence[Document], as_of: str) -> tuple[Document, ...]:
    """The documents that were there to be read on a day, older versions too: what is traced and resolved as of it."""
    day = last_day(as_of)
    there = [document for document in documents if document.published is not None and available_on(document) <= day]
    return tuple(sorted(there, key=lambda document: (available_on(document), document.id)))


def choose_documents(documents: Sequence[Document], as_of: str) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The documents that an assessment as of a day may use, and the ids of those left out for want of a date.

    A document counts from the last day that its date of publication can mean. A version that replaces an older one
    counts from the day of its own change; until then the older one stands, and from then on only the newer.

    Returns:
        Documents sorted by date and id; ids sorted.
    """
    undated = sorted(document.id for document in documents if document.published is None)
    in_force = published_by(documents, as_of)
    replaced = {document.supersedes for document in in_force if document.supersedes}
    used = [document for document in in_force if document.id not in replaced]
    return tuple(used), tuple(undated)


def available_on(document: Document) -> str:
    """The day from which a dated document's text, as it stands, was to be read.

    A replacing version's day is that of its change. A document that says it was changed but replaces none keeps its
    day of publication: what changed is not known, and most such changes are of layout.
    """
    published = last_day(document.published or "")
    if document.supersedes and document.modified:
        return max(published, last_day(document.modified))
    return published
