"""The cells of an OpenDocument spreadsheet, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pledgewatch.resolve.lists.contract import ListFile
from pledgewatch.resolve.lists.untrusted import clean, iterate_elements, local_name, unpack_member

MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MOST_COLUMNS = 300
MOST_REPEATED = 1_000
"""Most times that a row with words may say it repeats; blank ones repeat a million times at the end of a sheet."""


def is_sheet(file: ListFile) -> bool:
    """Whether the bytes are a packed OpenDocument spreadsheet, whose first member names its media type."""
    return file.untrusted_data.startswith(b"PK\x03\x04") and MEDIA_TYPE in file.untrusted_data[:200]


def read_sheet(file: ListFile) -> Iterator[tuple[int, list[str]]]:
    """The rows of all tables with their number; blank rows are left out.

    Raises:
        InputError: damaged, or made to unpack without end.
    """
    content = ListFile(f"{file.name}, content.xml", unpack_member(file, "content.xml"))
    number = 0
    for row in iterate_elements(content, "table-row"):
        times = _times(row, "number-rows-repeated")
        cells = _cells(row)
        number += times
        if any(cells):
            for _ in range(min(times, MOST_REPEATED)):
                yield number, cells


def _cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local_name(cell) not in ("table-cell", "covered-table-cell"):
            continue
        words = clean("\n".join("".join(part.itertext()) for part in cell if local_name(part) == "p"))
        cells.extend([words] * min(_times(cell, "number-columns-repeated"), MOST_COLUMNS - len(cells)))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _times(element: Any, name: str) -> int:
    stated = next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "1")
    return int(stated) if stated.isdecimal() and len(stated) < 8 else 1
