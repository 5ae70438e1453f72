"""What a case folder's ``pledgewatch.toml`` says: where things are, and the policies of the stages."""

from __future__ import annotations

from dataclasses import dataclass

from pledgewatch.model.document import Tlp
from pledgewatch.model.report import Audience


@dataclass(frozen=True, slots=True)
class CollectPolicy:
    """Limits that keep one bad file from taking the machine with it.

    Attributes:
        max_mb: largest file read, in megabytes (10^6 bytes).
        max_unpacked_mb: largest size a packed file (DOCX) may unpack to.
        max_seconds: longest time for one file.
        max_depth: deepest nesting of HTML or XML.
        max_pages: most pages read of a PDF; the rest becomes an unread record.
        tlp_with_address, tlp_without: handling of documents that state none and whose source states none.
    """

    max_mb: int = 64
    max_unpacked_mb: int = 256
    max_seconds: int = 60
    max_depth: int = 1_000
    max_pages: int = 2_000
    tlp_with_address: Tlp = "CLEAR"
    tlp_without: Tlp = "AMBER"


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """Which reader reads."""

    reader: str = "encoder"
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class TracePolicy:
    """How alike two texts must be to count as copies.

    Attributes:
        shingle: words of a shingle.
        copy_probability: probability of one original from which on two texts of two publishers are copies.
        same_at: share of each one's shingles that the other has, from which on they are the same text.
    """

    shingle: int = 5
    copy_probability: float = 0.87
    same_at: float = 0.95


@dataclass(frozen=True, slots=True)
class ResolvePolicy:
    """What names are held against.

    Attributes:
        registry: whether the registry of actors that Pledgewatch ships is used beside the case's ``actors.yml``.
        lists: sanctions lists, each ``NAME=FILE`` (relative to the case folder) or the ``NAME`` of one added before.
    """

    registry: bool = True
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeighPolicy:
    """How evidence weighs.

    Attributes:
        base_rate: prior probability that a commitment is kept; 0.5 says that nothing is presumed.
        half_life_days: after so many days a piece of evidence counts half; 0 for no fading.
        decide_at: projected probability beyond which (or below one minus which) a status is decided.
        min_certain: least certain mass (1 - uncertainty) for any status but "cannot be judged".
    """

    base_rate: float = 0.5
    half_life_days: int = 365
    decide_at: float = 0.70
    min_certain: float = 0.25


DEFAULT_AUDIENCES = (
    Audience("team", "RED", protected=True, embargoed=True),
    Audience("partners", "AMBER"),
    Audience("public", "CLEAR"),
)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its ``pledgewatch.toml`` describes it. Paths are as written, relative to the case folder.

    Attributes:
        title: of the case and its reports.
        agreement: file with the agreement's text.
        documents: files and folders with the documents.
        sources, indicators, actors: YAML files; each may be missing.
        as_of: default day of assessment; ``None`` for the day of the latest document.
    """

    title: str
    agreement: str
    documents: tuple[str, ...]
    sources: str = "sources.yml"
    indicators: str = "indicators.yml"
    actors: str = "actors.yml"
    as_of: str | None = None
    audience: str = "team"
    audiences: tuple[Audience, ...] = DEFAULT_AUDIENCES
    collect: CollectPolicy = CollectPolicy()
    read: ReadPolicy = ReadPolicy()
    trace: TracePolicy = TracePolicy()
    resolve: ResolvePolicy = ResolvePolicy()
    weigh: WeighPolicy = WeighPolicy()
