"""Files from outside, read so that none of them can fill the memory, reach the network or say less than it seems to."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pledgewatch.errors import InputError
from pledgewatch.resolve.lists.contract import ListFile

LARGEST = 400_000_000
"""Most bytes of a file, packed or not; the largest of these lists has some 130 million."""

MOST_MEMBERS = 500
HIGHEST_RATIO = 200

FETCH_AGAIN = "Fetch the file from its publisher again."

_UTF_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def head_of(file: ListFile, size: int = 65_536) -> str:
    """The beginning of a file as far as it is text, for saying whose it is; never raises."""
    start = file.untrusted_data[:size]
    for bom, encoding in _UTF_BOMS:
        if start.startswith(bom):
            return start[len(bom) :].decode(encoding, errors="replace")
    return start.decode("utf-8", errors="replace")


def clean(words: str | None) -> str:
    """Words on one line, with single blanks."""
    return " ".join((words or "").split())


def root_of(file: ListFile) -> str | None:
    """Local name of the root element of an XML file, by its first characters; ``None`` for what is no XML."""
    start = re.match(
        r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[<>]|<[^<>]*>)*(?:\[.*?\]\s*)?>|\s)*", head_of(file), re.DOTALL
    )
    match = re.compile(r"<(?:[\w.-]{1,40}:)?([\w.-]{1,60})[\s/>]").match(head_of(file), start.end() if start else 0)
    return match.group(1) if match else None


def iterate_elements(file: ListFile, *tags: str) -> Iterator[Any]:
    """The elements of those local names one by one; each is emptied when the next is asked for.

    Raises:
        InputError: too large, no well-formed XML (with line and column), or with a document type of its own.
    """
    _refuse_large(file)
    start = file.untrusted_data[:65_536].replace(b"\x00", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise InputError(
            "it declares a document type, with which a small file can unfold into one without end",
            where=file.name,
            remedy="Fetch it from its publisher again; none of these lists has a <!DOCTYPE ...> part.",
        )
    events = etree.iterparse(
        io.BytesIO(file.untrusted_data),
        events=("end",),
        tag=tuple(f"{{*}}{tag}" for tag in tags),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            _refuse_declared(element, file)
            yield element
            element.clear()
            # What is read stays in the tree as an empty husk before its successor; a large list has a million of them.
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise InputError(
            f"it is damaged XML at line {line}, column {column} ({clean(str(error.msg))[:200]})",
            where=file.name,
            remedy=FETCH_AGAIN,
        ) from error
    except (UnicodeError, LookupError) as error:
        raise InputError(
            f"its letters are not in the encoding it declares ({clean(str(error))[:120]})",
            where=file.name,
            remedy=FETCH_AGAIN,
        ) from error


def _refuse_declared(element: Any, file: ListFile) -> None:
    if element.getroottree().docinfo.doctype:
        raise InputError("it declares a document type", where=file.name, remedy=FETCH_AGAIN)


def local_name(element: Any) -> str:
    """An element's name without its namespace."""
    return str(etree.QName(element).localname)


def decode_text(file: ListFile) -> tuple[str, str | None]:
    """The text of a file and, where it is no UTF-8, a line on how it was read.

    Raises:
        InputError: it is too large, or no text.
    """
    _refuse_large(file)
    data = file.untrusted_data
    for bom, encoding in _UTF_BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), None
            except UnicodeDecodeError as error:
                raise _no_text(file, f"byte {error.start} is no {encoding.upper()}") from error
    if b"\x00" in data:
        raise _no_text(file, f"byte {data.index(0)} is zero")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        try:
            return data.decode("cp1252"), f"byte {error.start} is no UTF-8: the file was read as Windows-1252"
        except UnicodeDecodeError as worse:
            raise _no_text(file, f"byte {worse.start} is neither UTF-8 nor Windows-1252") from worse


def _no_text(file: ListFile, why: str) -> InputError:
    return InputError(f"it is no text ({why})", where=file.name, remedy=FETCH_AGAIN)


def read_rows(file: ListFile, text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text with the line on which each ends; blank rows are left out.

    Raises:
        InputError: the quoting is broken, or a field is longer than any of these lists has.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"it is damaged CSV ({error})", where=f"{file.name}, line {rows.line_num}", remedy=FETCH_AGAIN
            ) from error
        if any(cell.strip() for cell in row):
            yield rows.line_num, row


def _refuse_large(file: ListFile) -> None:
    if len(file.untrusted_data) > LARGEST:
        raise InputError(
            f"it has {len(file.untrusted_data):,} bytes, and at most {LARGEST:,} are read",
            where=file.name,
            remedy="Check that it is a list and nothing else.",
        )


def unpack_member(file: ListFile, member: str) -> bytes:
    """One member of a packed file, when the whole would unpack to a sane size.

    Raises:
        InputError: it is damaged, has no such member, or looks made to fill the memory.
    """
    _refuse_large(file)
    try:
        with zipfile.ZipFile(io.BytesIO(file.untrusted_data)) as package:
            members = package.infolist()
            if sum(each.file_size for each in members) > LARGEST or len(members) > MOST_MEMBERS:
                raise InputError("it unpacks to more than any list has", where=file.name, remedy=FETCH_AGAIN)
            for each in members:
                if each.file_size > 10_000_000 and each.file_size > HIGHEST_RATIO * max(1, each.compress_size):
                    raise InputError(
                        "it is packed so densely that it looks made to fill the memory (a zip bomb)",
                        where=f"{file.name}, {each.filename[:80]}",
                        remedy=FETCH_AGAIN,
                    )
            with package.open(member) as part:
                # The size that the directory states is a claim; no more than it is read.
                data = part.read(LARGEST + 1)
    except KeyError as error:
        raise InputError(f"it has no part {member}", where=file.name, remedy=FETCH_AGAIN) from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise InputError(f"it is damaged ({clean(str(error))[:120]})", where=file.name, remedy=FETCH_AGAIN) from error
    if len(data) > LARGEST:
        raise InputError("it unpacks to more than any list has", where=file.name, remedy=FETCH_AGAIN)
    return data
