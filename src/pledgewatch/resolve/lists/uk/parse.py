"""The UK's lists: OFSI's ConList as CSV, and the UK Sanctions List as CSV or ODS; one row for each name."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from importlib import resources

import yaml

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias, Listing, ListingType
from pledgewatch.resolve.lists.contract import Contents, ListFile, Records, only_file, read_card
from pledgewatch.resolve.lists.countries import code_or_words
from pledgewatch.resolve.lists.dates import parse_date, parse_day
from pledgewatch.resolve.lists.names import Manner, mark_acronyms, unpack_names
from pledgewatch.resolve.lists.uk.sheet import is_sheet, read_sheet
from pledgewatch.resolve.lists.untrusted import FETCH_AGAIN, clean, decode_text, head_of, read_rows

NAME = "uk"

_NAMES = tuple(f"name {number}" for number in range(1, 7))
_TYPES: dict[str, ListingType] = {"individual": "person", "entity": "group", "ship": "vessel", "vessel": "vessel"}
_NUMBERED = re.compile(r"\(\d+\)\s*")

Row = dict[str, str]


@functools.cache
def _columns() -> dict[str, tuple[str, ...]]:
    text = resources.files(__package__).joinpath("columns.yml").read_text("utf-8")
    return {kind: tuple(names) for kind, names in yaml.safe_load(text).items()}


def recognise(file: ListFile) -> bool:
    """A spreadsheet, or a header with the columns of either list in the first lines."""
    if is_sheet(file):
        return True
    lines = head_of(file, 8192).casefold().splitlines()[:4]
    return any("name 6" in line and ("group id" in line or "unique id" in line) for line in lines)


def parse(files: Sequence[ListFile]) -> Contents:
    """The entries of the one file, in the order of their first rows."""
    file = only_file(files)
    records = Records(file.name)
    entries: dict[str, list[Row]] = {}
    header: list[str] = []
    as_of: str | None = None
    for line, cells in _rows(file, records):
        if not header:
            header = _header(cells, records)
            as_of = as_of or _day_above(cells)
            continue
        row = _named(header, cells, line, records)
        if row is None:
            continue
        key = _get(row, "id") or _get(row, "group")
        if not key:
            records.unread(f"line {line}", "the row has neither Unique ID nor Group ID")
            continue
        entries.setdefault(key, []).append(row)
    if not header:
        raise InputError("it has no header with Name 6 and Unique ID or Group ID", where=file.name, remedy=FETCH_AGAIN)
    read = (_read_entry(key, rows, records) for key, rows in entries.items())
    listings = tuple(listing for listing in read if listing is not None)
    updates = [day for listing in listings for day in listing.updated_on]
    return Contents(listings, as_of or max(updates, default=None), records.repairs, records.not_understood)


def _rows(file: ListFile, records: Records) -> Iterator[tuple[int, list[str]]]:
    if is_sheet(file):
        yield from read_sheet(file)
        return
    text, how = decode_text(file)
    if how is not None:
        records.repaired("the file", how)
    for line, cells in read_rows(file, text):
        yield line, [clean(cell) for cell in cells]


def _header(cells: list[str], records: Records) -> list[str]:
    """The names of the columns when these cells are the header; what is above it is a line on the day."""
    header = [cell.casefold() for cell in cells]
    if "name 6" not in header or not {"unique id", "group id"} & set(header):
        return []
    known = {name for names in _columns().values() for name in names} | set(_NAMES)
    for column in header:
        if column and column not in known and column not in read_card(NAME).left_out:
            records.unknown(f"the column {column!r}", "the header")
    return header


def _day_above(cells: list[str]) -> str | None:
    words = " ".join(cell for cell in cells if cell)
    match = re.match(r"(?:last updated|report date)\s*[:,]?\s*(.+)", words, re.IGNORECASE)
    return parse_day(match.group(1)) if match else None


def _named(header: list[str], cells: list[str], line: int, records: Records) -> Row | None:
    if len(cells) > len(header) and any(cells[len(header) :]):
        records.unread(f"line {line}", f"the row has {len(cells)} columns, and the header has {len(header)}")
        return None
    return {column: cell for column, cell in zip(header, cells, strict=False) if cell}


def _get(row: Row, kind: str) -> str:
    return next((row[name] for name in _columns()[kind] if row.get(name)), "")


def _each(rows: Sequence[Row], kind: str) -> list[str]:
    """The different values of a field; several that are numbered in one cell ("(1) … (2) …") are taken apart."""
    values = (part.strip(" .;") for row in rows for part in _NUMBERED.split(_get(row, kind)))
    return list(dict.fromkeys(value for value in values if value))


def _read_entry(key: str, rows: list[Row], records: Records) -> Listing | None:
    kind = _get(rows[0], "kind").casefold()
    if kind not in _TYPES:
        records.unread(key, f"the type {kind!r} is not known; it was read as other")
    listing_type = _TYPES.get(kind, "other")
    person = listing_type == "person"
    names = _names(rows, key, person, records)
    if not names:
        records.unread(key, "the entry has no name")
        return None
    main = names[0].name
    aliases = mark_acronyms(names[1:], main)
    days = [day for row in rows for name in ("designated", "listed") if (day := parse_day(_get(row, name)))]
    countries = (code for kind in ("country", "flag") for value in _each(rows, kind) for code in code_or_words(value))
    return Listing(
        id=key,
        list=NAME,
        name=main,
        aliases=tuple(dataclasses.replace(alias, acronym=False) for alias in aliases) if person else aliases,
        listed_on=min(days, default=None),
        type=listing_type,
        updated_on=tuple(sorted({day for row in rows if (day := parse_day(_get(row, "updated")))})),
        regime="; ".join(_each(rows, "regime")) or None,
        nationalities=tuple(
            dict.fromkeys(code for value in _each(rows, "nationality") for code in code_or_words(value))
        ),
        countries=tuple(dict.fromkeys(countries)),
        born=_births(rows, key, records),
        birthplaces=_birthplaces(rows),
        gender=next(
            (value.casefold() for value in _each(rows, "gender") if value.casefold() in ("male", "female")), None
        ),
        roles=tuple(dict.fromkeys((*_each(rows, "title"), *_each(rows, "position")))),
        identifiers=_identifiers(key, rows),
        ties=tuple(
            (words, value)
            for field, words in (("parent", "subsidiary of"), ("subsidiaries", "parent of"), ("owner", "owned by"))
            for value in _each(rows, field)
        ),
        remarks="\n".join(_remarks(rows)) or None,
    )


def _names(rows: list[Row], key: str, person: bool, records: Records) -> list[Alias]:
    """All names, the primary one first."""
    ordered = sorted(rows, key=lambda row: _get(row, "name_type").casefold() not in ("primary name", "primary"))
    names: list[Alias] = []
    for row in ordered:
        words = " ".join(row[name] for name in _NAMES if row.get(name))
        weak = _get(row, "quality").casefold().startswith("low")
        for stated in (words, _get(row, "original")):
            found = unpack_names(
                stated, Manner(person=person, packs=False, weak=weak), [name.name for name in names[:1]]
            )
            for part in found.not_understood:
                records.unread(f"{key} {words}", f"{part!r} is neither a name nor a note that we know")
            names.extend(found.names)
    return names


def _births(rows: list[Row], key: str, records: Records) -> tuple[str, ...]:
    born = []
    for words in _each(rows, "born"):
        # "dd/mm/1962" and "00/00/1962" both say that the day is not known.
        date = parse_date(re.sub(r"[dm]{2}", "00", words.casefold()))
        if date is None:
            records.unread(f"{key} D.O.B", f"{words!r} is no date")
        else:
            born.append(date)
    return tuple(dict.fromkeys(born))


def _birthplaces(rows: list[Row]) -> tuple[str, ...]:
    towns, countries = _each(rows, "town"), _each(rows, "birth_country")
    if len(towns) <= 1 and len(countries) <= 1:
        place = ", ".join((*towns, *countries))
        return (place,) if place else ()
    if len(towns) == len(countries):
        return tuple(f"{town}, {country}" for town, country in zip(towns, countries, strict=True))
    return (*towns, *countries)


def _identifiers(key: str, rows: list[Row]) -> tuple[tuple[str, str], ...]:
    kinds = (
        ("OFSI group id", "group"),
        ("UN reference", "un"),
        ("passport", "passport"),
        ("national number", "number"),
        ("business registration", "registration"),
        ("IMO", "imo"),
        ("hull", "hull"),
    )
    return tuple((words, value) for words, kind in kinds for value in _each(rows, kind) if value != key)


def _remarks(rows: list[Row]) -> list[str]:
    lines = [*_each(rows, "remarks"), *_each(rows, "reasons")]
    labelled = (
        ("Sanctions imposed", "imposed"),
        ("Designated by", "source"),
        ("Passport", "passport_details"),
        ("National number", "number_details"),
        ("Type", "entity_type"),
        ("Type of ship", "ship_type"),
        ("Formerly owned by", "former_owner"),
        ("Former flags", "former_flags"),
    )
    lines.extend(f"{label}: {value}" for label, kind in labelled for value in _each(rows, kind))
    for row in rows:
        address = [row[name] for name in _columns()["address"] if row.get(name)]
        if address:
            lines.append(f"Address: {', '.join((*address, *([_get(row, 'country')] if _get(row, 'country') else ())))}")
    return list(dict.fromkeys(lines))
