"""Fuses a table of claims: what ``pledgewatch fuse FILE.csv --json`` answers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pledgewatch.errors import InputError
from pledgewatch.model.claim import Claim
from pledgewatch.weigh.reliability import fuse_claims

COLUMNS = ("source", "item", "value")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:T[\d:.]+Z?)?)?)?")


@dataclass(frozen=True, slots=True)
class ClaimTable:
    """A table as read.

    Attributes:
        claims: one for each row that could be read.
        unread: number of each row (the header is row 1) that could not be read, and why.
    """

    claims: tuple[Claim, ...]
    unread: tuple[tuple[int, str], ...] = ()


def read_claims(untrusted_text: str, where: str | None = None) -> ClaimTable:
    """The claims of a CSV file with the columns source, item, value and, if known, day (ISO date); others are ignored.

    A row that lacks one of the three, or whose day is no date, is reported and left out.

    Raises:
        InputError: a column is missing.

    >>> read_claims("source,item,value\\nCourier,strength,640\\nHerald,,900\\n").unread
    ((3, 'no item'),)
    """
    rows = csv.DictReader(io.StringIO(untrusted_text.removeprefix("\ufeff"), newline=""))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise InputError(
            f"the table has no column {missing[0]!r}",
            where=where,
            remedy="Give the file a first line with the names source,item,value and, if days are known, day.",
        )
    claims, unread = [], []
    for row in rows:
        cells = {column: (row.get(column) or "").strip() for column in (*COLUMNS, "day")}
        empty = next((column for column in COLUMNS if not cells[column]), None)
        if empty:
            unread.append((rows.line_num, f"no {empty}"))
        elif cells["day"] and not _DAY.fullmatch(cells["day"]):
            unread.append((rows.line_num, f"{cells['day']!r} is no day"))
        else:
            claims.append(Claim(cells["source"], cells["item"], cells["value"], cells["day"] or None))
    return ClaimTable(tuple(claims), tuple(unread))


def read_copies(untrusted_text: str, where: str | None = None) -> dict[str, str]:
    """Which source copies which, from a CSV file with the columns copy and original.

    Raises:
        InputError: a column is missing.

    >>> read_copies("copy,original\\nHerald,Courier\\n")
    {'Herald': 'Courier'}
    """
    rows = csv.DictReader(io.StringIO(untrusted_text.removeprefix("\ufeff"), newline=""))
    for column in ("copy", "original"):
        if column not in (rows.fieldnames or ()):
            remedy = "Give the file a first line with the names copy,original."
            raise InputError(f"the table of copies has no column {column!r}", where=where, remedy=remedy)
    pairs = [((row["copy"] or "").strip(), (row["original"] or "").strip()) for row in rows]
    return {copy: original for copy, original in pairs if copy and original}


def answer_fusion(table: ClaimTable, copies: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fused values and the reliability of every source, ready to print as JSON.

    >>> answer = answer_fusion(read_claims("source,item,value\\nCourier,strength,640\\nHerald,strength,640\\n"))
    >>> answer["items"][0]["value"], [one["source"] for one in answer["sources"]]
    ('640', ['Courier', 'Herald'])
    """
    fused = fuse_claims(table.claims, copies)
    reliability: dict[str, float] = {}
    claims: dict[str, int] = {}
    for one in fused.values():
        for value in one.values:
            for voice in value.voices:
                reliability[voice.source] = voice.reliability
                claims[voice.source] = claims.get(voice.source, 0) + 1
    return {
        "items": [asdict(fused[item]) for item in sorted(fused, key=str)],
        "sources": [
            {"source": source, "reliability": reliability[source], "claims": claims[source]}
            for source in sorted(reliability)
        ],
        "unread": [{"row": row, "why": why} for row, why in table.unread],
    }
