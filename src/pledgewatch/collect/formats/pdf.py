"""PDF: the text of each page, with the borders of the pages kept."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from pledgewatch.collect.canonical import clean_line, clean_text
from pledgewatch.collect.dates import find_dateline, parse_date
from pledgewatch.collect.formats.contract import Head
from pledgewatch.collect.items import Contents, Item, Raw, Stated
from pledgewatch.errors import UnreadableError
from pledgewatch.model.document import Page, Unread

NAME = "pdf"
MEDIA_TYPE = "application/pdf"

MOST_CHARACTERS = 20_000_000
"""Of all pages together; a file of repeated pages can unfold to any size."""

_LINE_TAIL = re.compile(r"([^\W\d_])[-\u00ad\ufffe\u0002]\n(?=[^\W\d_])")
_BAD_TITLE = re.compile(
    r"\A(?:untitled|microsoft word|document\d*|slide \d+)"
    r"|\.(?:docx?|indd|qxd|pdf|xlsx?|pptx?|wpd|rtf|txt|ps|exe|dvi|tex|html?)\Z",
    re.IGNORECASE,
)


def recognise(head: Head) -> str | None:
    """The marker stands in the first kilobyte; some writers put other bytes before it."""
    return MEDIA_TYPE if b"%PDF-" in head.untrusted_data[:1024] else None


def parse(raw: Raw) -> Contents:
    """The text of all pages that can be read; one that can't becomes an unread record with its number."""
    try:
        document = pypdfium2.PdfDocument(raw.untrusted_data)
    except pypdfium2.PdfiumError as error:
        # FPDF_ERR_PASSWORD; a file that nobody needs a password to read opens with the empty one.
        if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            remedy = "Save a copy without the password, and collect that."
            raise UnreadableError("it is encrypted with a password", where=raw.path, remedy=remedy) from error
        raise UnreadableError(
            f"it is a damaged PDF ({_reason(error)})",
            where=raw.path,
            remedy="Fetch the file again, or print it to a new PDF.",
        ) from error
    try:
        return _read_document(document, raw)
    finally:
        document.close()


def _reason(error: Exception) -> str:
    return clean_line(
        str(error).removeprefix("Failed to load document (").removesuffix(").").removeprefix("PDFium: "), 120
    )


def _read_document(document: Any, raw: Raw) -> Contents:
    unread: list[Unread] = []
    total = len(document)
    pieces: list[tuple[int, str]] = []
    size = 0
    for index in range(min(total, raw.policy.max_pages)):
        try:
            text = _read_page(document, index)
        except Exception as error:  # pdfium's, or ctypes', on a damaged page: the other pages are still worth reading
            unread.append(Unread(raw.path, f"a page is damaged ({_reason(error)})", "Fetch the file again.", index + 1))
            continue
        pieces.append((index + 1, text))
        size += len(text)
        if size > MOST_CHARACTERS:
            why = f"it holds more than {MOST_CHARACTERS:,} characters; pages from here on were not read"
            unread.append(Unread(raw.path, why, "Split the file into smaller ones.", index + 2))
            break
    else:
        if total > raw.policy.max_pages:
            why = f"it has {total:,} pages, and pages from here on were not read"
            remedy = "Raise collect.max_pages in pledgewatch.toml, or split the file."
            unread.append(Unread(raw.path, why, remedy, raw.policy.max_pages + 1))
    text, pages = join_pages(pieces)
    if not text.strip():
        if unread:
            return Contents(unread=(Unread(raw.path, f"no page can be read: {unread[0].why}", unread[0].remedy),))
        raise UnreadableError(
            "it holds no text, only pictures of pages",
            where=raw.path,
            remedy="Run text recognition (OCR) over it first.",
        )
    unread.extend(
        Unread(
            raw.path,
            "the page holds no text",
            "If it is a picture of text, run text recognition (OCR) over it.",
            number,
        )
        for number, words in pieces
        if not words
    )
    return Contents((Item(text, MEDIA_TYPE, _state(document, text), pages=pages, unread=tuple(unread)),))


def _read_page(document: Any, index: int) -> str:
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            return join_lines(textpage.get_text_bounded())
        finally:
            textpage.close()
    finally:
        page.close()


def join_lines(untrusted_text: str) -> str:
    """The canonical text of a page: words divided at line ends are made whole, and full lines are joined to the next.

    A line is full when it is nearly as long as the page's long lines; a line that is not ends a paragraph when it ends
    with a stop.
    """
    text = _LINE_TAIL.sub(r"\1", untrusted_text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = clean_text(text, collapse=True).split("\n")
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    full = 0.75 * lengths[int(0.8 * (len(lengths) - 1))]
    out = lines[0]
    for before, line in itertools.pairwise(lines):
        if not line or not before:
            out += "\n"
        elif full >= 30 and len(before) >= full and not _begins_block(line) and not (_is_row(before) or _is_row(line)):
            out += " "
        else:
            out += "\n\n" if re.search(r"[.!?:;][\"”’)\]]*\Z", before) or _begins_block(line) else "\n"
        out += line
    return clean_text(out)


def _begins_block(line: str) -> bool:
    return re.match(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|\(?(?:[a-z]|[ivx]{1,5})\)|[•▪–—*])\s", line) is not None


def _is_row(line: str) -> bool:
    """Whether a line is a row of figures: rows of a table are not one sentence."""
    words = line.split()
    return sum(any(letter.isdigit() for letter in word) for word in words) > 0.4 * len(words) and len(words) > 2


def join_pages(pieces: list[tuple[int, str]]) -> tuple[str, tuple[Page, ...]]:
    """One text of the pages' texts, and the border of each page; a sentence that goes on over a border stays whole.

    >>> join_pages([(1, "The first"), (2, "page goes on."), (3, "New.")])[0]
    'The first page goes on.\\n\\nNew.'
    """
    text = ""
    pages = []
    for number, words in pieces:
        if text and words:
            text += " " if re.search(r"[\w,;–—-]\Z", text) and words[:1].islower() else "\n\n"
        start = len(text)
        text += words
        pages.append(Page(number, start, len(text)))
    return text, tuple(pages)


def _state(document: Any, text: str) -> Stated:
    """Title and dates of the file's own properties; a date on the first lines of the text comes first.

    The day on which the file was made stands in for the day of publication where nothing else is known.
    """
    try:
        fields = document.get_metadata_dict(skip_empty=True)
    except Exception:  # damaged properties are no reason to lose the text
        fields = {}
    title = clean_line(str(fields.get("Title", "")))
    created = str(fields.get("CreationDate", ""))
    modified = str(fields.get("ModDate", ""))
    return Stated(
        title=title if title and not _BAD_TITLE.search(title) else None,
        published=find_dateline(text) or (created if parse_date(created) else None),
        modified=modified if parse_date(modified) else None,
    )
