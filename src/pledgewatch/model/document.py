"""What was collected: documents, where they come from, and how they may be handled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.span import Span

Tlp = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
"""Traffic Light Protocol 2.0 (FIRST, 2022), from open to closed."""

TLP_ORDER: tuple[Tlp, ...] = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")

CaveatKind = Literal[
    "on background", "deep background", "off the record", "embargo", "not for attribution", "chatham house", "marking"
]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
SourceKind = Literal[
    "wire", "newspaper", "broadcaster", "government", "party", "un body", "ngo", "think tank", "person", "unknown"
]


@dataclass(frozen=True, slots=True)
class Caveat:
    """A ground rule that the document states of itself, with the words that state it (``None``: stated in metadata)."""

    kind: CaveatKind
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Handling:
    """Who may see a thing. Everything derived from it carries at least the same (rule 8).

    Attributes:
        tlp: TLP 2.0 label.
        caveats: ground rules found in the text or its metadata.
        embargo_until: ISO date or date-time before which it may not go out; ``None`` for no embargo.
        protected_source: the person behind it must not become known: neither words, nor existence, nor counts leave.
    """

    tlp: Tlp = "CLEAR"
    caveats: tuple[Caveat, ...] = ()
    embargo_until: str | None = None
    protected_source: bool = False

    def join(self, other: Handling) -> Handling:
        """The handling of a thing derived from both: the stricter of each part."""
        untils = [until for until in (self.embargo_until, other.embargo_until) if until is not None]
        caveats = self.caveats + tuple(caveat for caveat in other.caveats if caveat not in self.caveats)
        return Handling(
            tlp=max(self.tlp, other.tlp, key=TLP_ORDER.index),
            caveats=caveats,
            embargo_until=max(untils, default=None),
            protected_source=self.protected_source or other.protected_source,
        )


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A reliability that a source had before: until which ISO day (that day included), and why it was changed."""

    until: str
    reliability: Reliability
    why: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who published or told something, as the case's ``sources.yml`` describes it.

    Attributes:
        id: key in the file.
        name: publisher's name as shown.
        reliability: Admiralty letter A-F; ``F`` means that it cannot be judged, not that it is bad.
        interested_in: names of the agreement's parties that this source speaks for; empty for an observer.
        kind: sort of publisher.
        match: globs on address, path or publisher by which documents are known to be its own.
        handling: what its documents carry when they say nothing themselves; ``None`` for the case's default.
        history: the letters that it had before, oldest first; ``reliability`` is the one since then.
    """

    id: str
    name: str
    reliability: Reliability = "F"
    interested_in: tuple[str, ...] = ()
    kind: SourceKind = "unknown"
    match: tuple[str, ...] = ()
    handling: Handling | None = None
    history: tuple[GradeChange, ...] = ()

    def reliability_on(self, day: str) -> Reliability:
        """The letter that stood on an ISO day: an assessment as of then knows no later one (rule 6)."""
        return next((change.reliability for change in self.history if day <= change.until), self.reliability)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paged document and its half-open place in the canonical text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A thing, or a part of one, that could not be read: what, why, and what to do about it."""

    path: str
    why: str
    remedy: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its provenance. ``text`` is canonical: every span of the system counts code points in it.

    Attributes:
        id: stable id (``d_…``), from path within the case and content, or as declared in its front matter.
        path: where it was found; an item of a feed or mail is ``file#item``.
        sha256: of the bytes as collected.
        media_type: by content, not by suffix.
        title, publisher: as the document states them; ``None`` when it does not.
        published: ISO date as coarse as known (``2021``, ``2021-05``, ``2021-05-02``); ``None`` when unknown.
        modified: likewise, of the last change that the document admits to.
        address: URL that the document says it stands at; two documents at one address are versions of one.
        language: ISO 639-1, or ``und``.
        handling: who may see it.
        source: id of the ``Source`` it belongs to; ``None`` when the case's file knows none.
        pages: page borders, empty where the format has none.
        unread: parts that could not be read.
        supersedes: id of the older version at the same address.
    """

    id: str
    path: str
    sha256: str
    media_type: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    address: str | None = None
    language: str = "und"
    handling: Handling = Handling()
    source: str | None = None
    pages: tuple[Page, ...] = ()
    unread: tuple[Unread, ...] = ()
    supersedes: str | None = None

    def page_at(self, offset: int) -> int | None:
        """The number of the page that holds the code point at ``offset``, or ``None``."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page.number
        return None


@dataclass(frozen=True, slots=True)
class Collected:
    """What one file or stream gave. ``found`` always equals kept + rejected + unread.

    Attributes:
        documents: what was kept.
        rejected: items left out on purpose (a duplicate delivery, an empty feed entry), with the reason.
        unread: items that could not be read at all.
    """

    documents: tuple[Document, ...] = ()
    rejected: tuple[Unread, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def found(self) -> int:
        """How many items there were."""
        return len(self.documents) + len(self.rejected) + len(self.unread)
