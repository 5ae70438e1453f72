"""What a format finds in one file before it becomes documents: items, what each states of itself, enclosed files."""

from __future__ import annotations

from dataclasses import dataclass

from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.document import Page, Unread


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes as collected, and where they were found. Nothing in them is trusted.

    Attributes:
        path: shown in every message; free of control characters.
        media_type: by content; what the format that recognised the bytes calls them.
    """

    untrusted_data: bytes
    path: str
    policy: CollectPolicy
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What an item says of itself, as written: nothing here has been checked.

    Attributes:
        published, modified, embargo_until: as written, in whatever notation.
        language: code or tag as declared (``en-GB``).
        protected_source: as written; ``None`` when nothing is said.
    """

    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    address: str | None = None
    language: str | None = None
    tlp: str | None = None
    protected_source: str | None = None
    embargo_until: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One text in a file.

    Attributes:
        text: canonical already (see ``canonical.clean_text``); page borders count its code points.
        name: what it is called within its file; ``None`` when it is the file itself.
        unread: parts that could not be read.
    """

    text: str
    media_type: str
    stated: Stated = Stated()
    name: str | None = None
    pages: tuple[Page, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file within a file, such as an attachment; it is collected in its turn."""

    name: str
    untrusted_data: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a format found in one file."""

    items: tuple[Item, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    rejected: tuple[Unread, ...] = ()
    unread: tuple[Unread, ...] = ()
