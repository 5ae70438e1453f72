"""The invented samples of the built-in lists, as a user would hand them in."""

from __future__ import annotations

import io
import zipfile
from importlib import resources
from xml.sax.saxutils import escape

from pledgewatch.resolve.lists import ListFile

_FOLDER = resources.files("pledgewatch.resolve.lists")


def sample(name: str, *files: str) -> tuple[ListFile, ...]:
    """Sample files of a list."""
    return tuple(ListFile(f"{file}", _FOLDER.joinpath(name, file).read_bytes()) for file in files)


def pack_sheet(rows: list[list[str]], head: str = "") -> bytes:
    """Rows as an OpenDocument spreadsheet, with a million blank rows below them as office programs write."""
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table>{cells}<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


SAMPLES: dict[str, tuple[tuple[ListFile, ...], ...]] = {
    "un_sc": (sample("un_sc", "sample.xml"),),
    "ofac_sdn": (
        sample("ofac_sdn", "sample.xml"),
        sample("ofac_sdn", "sample.csv", "sample_alt.csv", "sample_add.csv"),
    ),
    "eu": (sample("eu", "sample.csv"),),
    "uk": (sample("uk", "sample.csv"), sample("uk", "sample_conlist.csv")),
    "ftm": (sample("ftm", "sample.jsonl"),),
}
"""Name of each built-in list to its samples, each of which has a person Ardan Velmi in it."""
