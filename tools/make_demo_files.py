"""Makes the binary files of the bundled demo again, with identical bytes: PDF with typst, DOCX with python-docx.

Run ``python tools/make_demo_files.py [FOLDER]``; FOLDER is the demo's ``documents`` folder unless another is named.
The texts lie beside this file in ``demo_files/``. All dates are fixed, no fonts of the machine are used, and DOCX parts
are stored without compression, because compressed bytes differ between builds of zlib.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import typst
from docx.enum.style import WD_STYLE_TYPE

TEXTS = Path(__file__).parent / "demo_files"
DOCUMENTS = Path(__file__).parents[1] / "src" / "pledgewatch" / "demo" / "material" / "documents"
FICTION = "Fiction: written for the Pledgewatch demo"
BALLAST = ("/stylesWithEffects", "/thumbnail")
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def make_pdf(text: Path) -> bytes:
    """The PDF of a typst file; its date stands in the file."""
    compiled = typst.compile(text, ignore_system_fonts=True)
    if not isinstance(compiled, bytes):
        raise TypeError("typst gave several files where one PDF was wanted")
    return compiled


def make_docx(text: str, title: str, author: str, when: datetime) -> bytes:
    """The Word file of a text with ``#`` and ``##`` headings and blank lines between paragraphs."""
    word = docx.Document()
    drop_template_ballast(word)
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = when
    properties.comments = FICTION
    properties.language = "en"
    for paragraph in text.strip().split("\n\n"):
        marks = len(paragraph) - len(paragraph.lstrip("#"))
        if marks:
            word.add_heading(paragraph.lstrip("# "), level=marks)
        else:
            word.add_paragraph(paragraph)
    packed = io.BytesIO()
    word.save(packed)
    return repack_zip(packed.getvalue())


def drop_template_ballast(word: Any) -> None:
    """Removes what python-docx's template brings and the demo does not use: 800 kB of table styles and a picture."""
    for style in list(word.styles):
        if style.type in (WD_STYLE_TYPE.TABLE, WD_STYLE_TYPE.LIST):
            style.element.getparent().remove(style.element)
    for relations in (word.part.rels, word.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(BALLAST)]:
            del relations[key]


def repack_zip(data: bytes) -> bytes:
    """The same archive with fixed times and without compression."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def break_pdf(data: bytes) -> bytes:
    """A PDF as a failed download leaves it: cut off in the middle, with its cross-references missing."""
    first, _, rest = data.partition(b"\n")
    whole = first + b"\n% " + FICTION.encode("ascii") + b"\n" + rest
    return whole[: len(whole) * 2 // 5]


def make_files() -> dict[str, bytes]:
    """Every binary file of the demo by its path below ``documents``."""
    record = make_pdf(TEXTS / "handover-record.typ")
    return {
        "mission/report-4-june.pdf": make_pdf(TEXTS / "mission-report-4.typ"),
        "mission/report-5-july.docx": make_docx(
            (TEXTS / "mission-report-5.txt").read_text("utf-8"),
            "Monthly report No. 5 of the League Verification Mission (July 2031)",
            "League Verification Mission",
            datetime(2031, 8, 12, 9, 0, 0),
        ),
        "mission/handover-record.pdf": record,
        "unsorted/handover-record-download.pdf": break_pdf(record),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    for path, data in make_files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        sys.stdout.write(f"{folder / path}: {len(data)} bytes\n")
