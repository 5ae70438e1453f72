"""Who tells whose story: origins and the links between copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pledgewatch.model.span import Span

LinkKind = Literal["same", "republished", "rewritten", "translated", "excerpt", "cites"]


@dataclass(frozen=True, slots=True)
class ChangedQuote:
    """A quotation that reads otherwise in the copy (``ours``) than in what it copies (``theirs``)."""

    ours: Span
    theirs: Span


DriftKind = Literal["number changed", "name changed", "year lost", "mark moved", "mark lost"]


@dataclass(frozen=True, slots=True)
class Drift:
    """A fact or a mark that a copy damaged, in a sentence that it tells again.

    Attributes:
        kind: a number or a name that became another; a date that lost its year; quotation marks around words that were
            not quoted (moved), or none around words that were (lost).
        ours: the words in the copy; ``theirs`` the words there that they stand for.
    """

    kind: DriftKind
    ours: Span
    theirs: Span


@dataclass(frozen=True, slots=True)
class CopyLink:
    """One document tells another's text again.

    Attributes:
        copy, of: document ids; ``of`` is the nearest ancestor as far as known.
        score: 0..1, how sure the link is.
        directed: whether the direction is known; when not, ``of`` is only the earlier by date or by path.
        features: named values the decision rests on, shown to the user.
        changed_quotes, dropped, added, drift: what the copy did to the words (``dropped`` spans lie in ``of``).
    """

    copy: str
    of: str
    kind: LinkKind
    score: float
    directed: bool = True
    features: tuple[tuple[str, float], ...] = ()
    changed_quotes: tuple[ChangedQuote, ...] = ()
    dropped: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()
    drift: tuple[Drift, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A sentence of a copy beside the one that it tells; either is ``None`` where the other stands alone.

    Attributes:
        changed: words of ``ours`` and words of ``theirs`` in their place; either may be ``None`` (put in, left out).
    """

    ours: Span | None
    theirs: Span | None
    changed: tuple[tuple[Span | None, Span | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """One link of the chain by which words reached us.

    Attributes:
        who: the publisher, the credited medium, or the speaker as fully as the text names him.
        document: the document of the case in which this teller speaks; ``None`` where the link is missing.
        named: whether the text says who it is ("officials" are nobody in particular).
    """

    who: str
    document: str | None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement as told: from the document that we hold to whoever is said to have said it.

    Attributes:
        chain: the document's publisher first, then whom it copies or credits, then the speakers, outermost first.
    """

    document: str
    statement: str
    chain: tuple[Teller, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Documents that tell one original. Corroboration counts these (rule 3).

    Attributes:
        documents: ids, earliest first.
        earliest: id of the earliest known telling, which need not be the original.
        named_source: who the documents themselves credit ("told the Example Wire"); ``None`` when nobody.
    """

    id: str
    documents: tuple[str, ...]
    earliest: str
    named_source: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """All origins of a case and the links that make them. Every document is in exactly one origin."""

    origins: tuple[Origin, ...] = ()
    links: tuple[CopyLink, ...] = ()

    def origin_of(self, document: str) -> Origin | None:
        """The origin a document belongs to, or ``None`` for a document that was not traced."""
        return next((origin for origin in self.origins if document in origin.documents), None)
