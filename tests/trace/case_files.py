"""Loads the ``.case`` files of tracing: families of documents with what is known about who copies whom.

A file starts with ``what:``; each document has a line ``--- name``, then ``key: value`` lines, an empty line, its text.
Keys of a document: ``origin`` (documents of one original share it), ``kind`` and ``of`` (the link that must be found;
``kind: any`` for none in particular), ``cites``, ``named_source``, ``dropped``, ``added``,
``changed_quote: ours <- theirs`` (as often as needed), ``reuses`` (a story of its own with a quotation of another), and
the document's own ``publisher``, ``published``, ``title``, ``address`` and ``supersedes``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pledgewatch.model.document import Document

FOLDER = Path(__file__).parents[1] / "cases" / "trace"
_KEYS = frozenset(
    {"origin", "kind", "of", "reuses", "cites", "named_source", "dropped", "added", "changed_quote"}
    | {"publisher", "published", "title", "address", "supersedes"}
)
_QUOTED_IN_OWN = ("added", "named_source")


class BadCase(ValueError):
    """A case that says something its texts do not bear out."""


@dataclass(frozen=True)
class Told:
    """One document of a family and what must be found of it."""

    document: Document
    origin: str
    expect: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Family:
    """A case file."""

    name: str
    what: str
    told: tuple[Told, ...]

    @property
    def documents(self) -> list[Document]:
        """The documents in the order of the file."""
        return [told.document for told in self.told]


def parse_family(name: str, text: str) -> Family:
    """The family of a case file; raises ``BadCase`` for unknown keys and for words that are not in the texts."""
    head, *parts = text.split("\n--- ")
    if not head.startswith("what: "):
        raise BadCase(f"{name}: the first line must say what the case shows")
    told = tuple(_parse_document(name, part) for part in parts)
    by_name = {item.document.path.split("/")[-1]: item for item in told}
    for item in told:
        _check(name, item, by_name)
    return Family(name, head[6:].strip(), told)


def _parse_document(family: str, part: str) -> Told:
    header, _, body = part.partition("\n\n")
    name, *lines = header.split("\n")
    values: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(": ")
        if key not in _KEYS or not colon:
            raise BadCase(f"{family}: {name}: the line {line!r} is not known")
        values[key] = f"{values[key]}\n{value.strip()}" if key in values else value.strip()
    if "origin" not in values:
        raise BadCase(f"{family}: {name}: no origin is given")
    document = Document(
        id=f"d_{family}_{name.strip()}",
        path=f"{family}/{name.strip()}",
        sha256="",
        media_type="text/plain",
        text=body.strip() + "\n",
        title=values.get("title"),
        publisher=values.get("publisher"),
        published=values.get("published"),
        address=values.get("address"),
        supersedes=f"d_{family}_{values['supersedes']}" if "supersedes" in values else None,
    )
    return Told(document, f"{family}/{values['origin']}", values)


def _check(family: str, item: Told, by_name: dict[str, Told]) -> None:
    for key in ("of", "reuses", "cites", "supersedes"):
        if key in item.expect and item.expect[key] not in by_name:
            raise BadCase(f"{family}: {item.document.path}: there is no document {item.expect[key]!r}")
    wanted = [(item, item.expect[key]) for key in _QUOTED_IN_OWN if key in item.expect]
    if "dropped" in item.expect:
        wanted.append((by_name[item.expect["of"]], item.expect["dropped"]))
    if "changed_quote" in item.expect:
        for line in item.expect["changed_quote"].split("\n"):
            ours, _, theirs = line.partition(" <- ")
            wanted += [(item, ours), (by_name[item.expect["of"]], theirs)]
    for holder, words in wanted:
        if not words or words not in flat(holder.document.text):
            raise BadCase(f"{family}: {holder.document.path}: the words {words!r} are not in the text")


def flat(text: str) -> str:
    """A text with its line breaks as blanks."""
    return " ".join(text.split())


def load_families(folder: Path = FOLDER) -> list[Family]:
    """All families of a folder, by file name."""
    return [parse_family(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.case"))]
