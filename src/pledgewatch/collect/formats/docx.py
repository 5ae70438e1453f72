"""Word documents: paragraphs and tables in their order, and the document's properties."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from pledgewatch.collect.canonical import clean_line, clean_text
from pledgewatch.collect.dates import find_dateline
from pledgewatch.collect.formats.contract import Head
from pledgewatch.collect.items import Contents, Item, Raw, Stated
from pledgewatch.errors import UnreadableError

NAME = "docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MOST_MEMBERS = 5_000
"""Most files in the packed file."""

HIGHEST_RATIO = 200
"""Most that a member may unpack to, as a multiple of its packed size, once it is over a megabyte."""

# The day on which the template of python-docx was made: documents written with it carry the day without meaning it.
_TEMPLATE_DAY = datetime.datetime(2013, 12, 23, 23, 15)


def recognise(head: Head) -> str | None:
    """A packed file that names the part in which Word keeps a document's text."""
    data = head.untrusted_data
    if not data.startswith(b"PK\x03\x04"):
        return None
    # The names stand in the directory at the end; searching for them costs nothing, unlike opening the file.
    return MEDIA_TYPE if b"word/" in data[:65_536] or b"word/" in data[-65_536:] else None


def parse(raw: Raw) -> Contents:
    """The text of paragraphs and tables; a packed file that would unpack beyond the policy is not opened."""
    _refuse_bomb(raw)
    # Imported here: it takes a moment, and only cases with Word files need it.
    import docx

    try:
        document = docx.Document(io.BytesIO(raw.untrusted_data))
    except Exception as error:  # the parts of a damaged package fail in many ways, each with an exception of its own
        raise UnreadableError(
            f"it is a damaged Word file ({clean_line(str(error) or type(error).__name__, 120)})",
            where=raw.path,
            remedy="Open it in a word processor, save it as DOCX again, and collect that.",
        ) from error
    text = clean_text("\n\n".join(_blocks(document.iter_inner_content())), collapse=True)
    return Contents((Item(text, MEDIA_TYPE, _state(document, text)),))


def _refuse_bomb(raw: Raw) -> None:
    limit = raw.policy.max_unpacked_mb * 1_000_000
    try:
        with zipfile.ZipFile(io.BytesIO(raw.untrusted_data)) as package:
            members = package.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > limit or len(members) > MOST_MEMBERS:
                raise UnreadableError(
                    f"it unpacks to {unpacked / 1e6:,.0f} MB in {len(members):,} files,"
                    f" more than the {raw.policy.max_unpacked_mb} MB in {MOST_MEMBERS:,} files allowed",
                    where=raw.path,
                    remedy="If you trust the file, raise collect.max_unpacked_mb in pledgewatch.toml.",
                )
            for member in members:
                if member.file_size > 1_000_000 and member.file_size > HIGHEST_RATIO * max(1, member.compress_size):
                    raise UnreadableError(
                        "it is packed so densely that it looks made to fill the memory (a zip bomb)",
                        where=raw.path,
                        remedy="If you trust the file, save it again from a word processor, and collect that.",
                    )
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_entities(package, member, raw)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise UnreadableError(
            f"it is a damaged Word file ({clean_line(str(error), 120)})", where=raw.path, remedy="Fetch the file again."
        ) from error


def _refuse_entities(package: zipfile.ZipFile, member: zipfile.ZipInfo, raw: Raw) -> None:
    """Word's own files declare no document type; one that does may define entities that unfold without end."""
    with package.open(member) as part:
        start = part.read(65_536)
    if b"<!DOCTYPE" in start.replace(b"\x00", b"") or b"<!ENTITY" in start.replace(b"\x00", b""):
        raise UnreadableError(
            f"its part {clean_line(member.filename, 80)} declares a document type, which Word never does",
            where=raw.path,
            remedy="If you trust the file, save it again from a word processor, and collect that.",
        )


def _blocks(contents: Any, depth: int = 0) -> Iterator[str]:
    """Paragraphs, and a line for each row of a table; a cell merged over several columns is told once."""
    for block in contents:
        rows = getattr(block, "rows", None)
        if rows is None:
            yield block.text
            continue
        for row in rows:
            cells: list[str] = []
            seen: list[Any] = []
            for cell in row.cells:
                if any(cell._tc is known for known in seen):
                    continue
                seen.append(cell._tc)
                inner = _blocks(cell.iter_inner_content(), depth + 1) if depth < 5 else ()
                cells.append(re.sub(r"\s+", " ", " ".join(inner)).strip())
            yield "\t".join(cells)


def _state(document: Any, text: str) -> Stated:
    """Title and dates of the core properties; a date on the first lines of the text comes first."""
    try:
        core = document.core_properties
        title, created, modified, language = clean_line(core.title or ""), core.created, core.modified, core.language
    except Exception:  # damaged properties are no reason to lose the text
        return Stated(published=find_dateline(text))
    if isinstance(created, datetime.datetime) and created.replace(tzinfo=None) == _TEMPLATE_DAY:
        modified = None if modified == created else modified
        created = None
    title = "" if title == "Word Document" else title
    return Stated(
        title=title or _heading(document),
        published=find_dateline(text) or (created.date().isoformat() if created else None),
        modified=modified.date().isoformat() if modified else None,
        language=language or None,
    )


def _heading(document: Any) -> str | None:
    """The first paragraph in the style of a title or top heading, among the first ten."""
    for paragraph in document.paragraphs[:10]:
        try:
            style = paragraph.style.name if paragraph.style is not None else ""
        except Exception:  # a style that is not defined
            return None
        if style in ("Title", "Heading 1") and paragraph.text.strip():
            return clean_line(paragraph.text)
    return None
