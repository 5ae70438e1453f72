"""The EU's consolidated financial sanctions file: CSV, version 1.1."""

from __future__ import annotations

import dataclasses
import fnmatch
from collections.abc import Mapping, Sequence

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias, Listing
from pledgewatch.resolve.lists.contract import Contents, ListFile, Records, only_file, read_card
from pledgewatch.resolve.lists.countries import code_or_words
from pledgewatch.resolve.lists.dates import parse_date, parse_day
from pledgewatch.resolve.lists.names import Manner, mark_acronyms, unpack_names
from pledgewatch.resolve.lists.untrusted import FETCH_AGAIN, clean, decode_text, head_of, read_rows

NAME = "eu"
KEY = "Entity_LogicalId"
NEEDED = (KEY, "NameAlias_WholeName")

_READ = frozenset(
    {"fileGenerationDate", KEY, "Entity_EU_ReferenceNumber", "Entity_UnitedNationId", "Entity_DesignationDate"}
    | {"Entity_DesignationDetails", "Entity_Remark", "Entity_SubjectType_ClassificationCode"}
    | {"NameAlias_LastName", "NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_WholeName", "NameAlias_Gender"}
    | {"NameAlias_Title", "NameAlias_Function", "NameAlias_Remark"}
    | {"Address_City", "Address_Street", "Address_PoBox", "Address_ZipCode", "Address_Region", "Address_Place"}
    | {"Address_ContactInfo", "Address_CountryIso2Code", "Address_CountryDescription", "Address_Remark"}
    | {"BirthDate_BirthDate", "BirthDate_Day", "BirthDate_Month", "BirthDate_Year", "BirthDate_YearRangeFrom"}
    | {"BirthDate_YearRangeTo", "BirthDate_Circa", "BirthDate_Region", "BirthDate_Place", "BirthDate_City"}
    | {"BirthDate_CountryIso2Code", "BirthDate_CountryDescription", "BirthDate_Remark"}
    | {"Identification_Number", "Identification_TypeCode", "Identification_TypeDescription", "Identification_Remark"}
    | {"Identification_CountryDescription", "Identification_NameOnDocument"}
    | {"Citizenship_CountryIso2Code", "Citizenship_CountryDescription", "Citizenship_Remark"}
)
_OTHER_CODES = {"EL": "GR", "UK": "GB", "00": ""}
"""Codes of this list's that are not those of ISO 3166-1; "00" stands for a country that is not known."""


def recognise(file: ListFile) -> bool:
    """The header names the columns of version 1.1."""
    head = head_of(file, 8192)
    return all(column in head for column in NEEDED)


def parse(files: Sequence[ListFile]) -> Contents:
    """The entries of the one file, in the order of their first rows."""
    file = only_file(files)
    records = Records(file.name)
    text, how = decode_text(file)
    if how is not None:
        records.repaired("the file", how)
    header: list[str] = []
    entries: dict[str, list[dict[str, str]]] = {}
    as_of: str | None = None
    for line, row in read_rows(file, text, ";"):
        if not header:
            header = _header(row, file, records)
            continue
        if len(row) != len(header):
            records.unread(f"line {line}", f"the row has {len(row)} columns, and the header has {len(header)}")
            continue
        fields = dict(zip(header, map(clean, row), strict=True))
        as_of = as_of or parse_day(fields.get("fileGenerationDate", ""))
        if not fields[KEY]:
            records.unread(f"line {line}", f"the row has no {KEY}")
            continue
        entries.setdefault(fields[KEY], []).append(fields)
    read = (_read_entry(key, rows, records) for key, rows in entries.items())
    listings = tuple(listing for listing in read if listing is not None)
    return Contents(listings, as_of, records.repairs, records.not_understood)


def _header(row: list[str], file: ListFile, records: Records) -> list[str]:
    header = [clean(cell) for cell in row]
    missing = [column for column in NEEDED if column not in header]
    if missing or len(set(header)) != len(header):
        raise InputError(
            f"its header has no {', '.join(missing)}" if missing else "its header names a column twice",
            where=f"{file.name}, line 1",
            remedy=FETCH_AGAIN,
        )
    left_out = read_card(NAME).left_out
    for column in header:
        if column not in _READ and not any(fnmatch.fnmatchcase(column, pattern) for pattern in left_out):
            if column.endswith(("_Programme", "_PublicationDate", "_EntryIntoForceDate")):
                continue
            records.unknown(f"the column {column}", "the header")
    return header


def _read_entry(key: str, rows: list[dict[str, str]], records: Records) -> Listing | None:
    first = rows[0]
    reference = first.get("Entity_EU_ReferenceNumber") or key
    kind = (first.get("Entity_SubjectType_ClassificationCode") or first.get("Entity_SubjectType", "")).casefold()
    if kind not in ("person", "p", "enterprise", "e"):
        records.unread(reference, f"the type {kind!r} is not known; it was read as other")
    person = kind in ("person", "p")
    names = _names(rows, reference, person, records)
    if not names:
        records.unread(reference, "the entry has no name")
        return None
    main = names[0].name
    aliases = mark_acronyms(names[1:], main)
    days = _regulation_days(rows)
    listed_on = parse_day(first.get("Entity_DesignationDate", "")) or (days[0] if days else None)
    return Listing(
        id=reference,
        list=NAME,
        name=main,
        aliases=tuple(dataclasses.replace(alias, acronym=False) for alias in aliases) if person else aliases,
        listed_on=listed_on,
        type="person" if person else "group" if kind in ("enterprise", "e") else "other",
        updated_on=tuple(day for day in days if listed_on is None or day > listed_on),
        regime="; ".join(_each(rows, "Entity_Regulation_Programme")) or None,
        nationalities=_countries(rows, "Citizenship"),
        countries=_countries(rows, "Address"),
        born=tuple(dict.fromkeys(date for row in rows if (date := _birth(row, reference, records)))),
        birthplaces=tuple(dict.fromkeys(place for row in rows if (place := _place(row)))),
        gender={"M": "male", "F": "female"}.get(next(iter(_each(rows, "NameAlias_Gender")), "")),
        roles=tuple(dict.fromkeys((*_each(rows, "NameAlias_Title"), *_each(rows, "NameAlias_Function")))),
        identifiers=_identifiers(key, first, rows),
        remarks="\n".join(_remarks(rows)) or None,
    )


def _each(rows: Sequence[Mapping[str, str]], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in rows if row.get(column)))


def _names(rows: list[dict[str, str]], reference: str, person: bool, records: Records) -> list[Alias]:
    names: list[Alias] = []
    for row in rows:
        parts = [row.get(f"NameAlias_{part}Name", "") for part in ("First", "Middle", "Last")]
        words = row.get("NameAlias_WholeName") or " ".join(part for part in parts if part)
        if not words:
            continue
        weak = "low quality" in row.get("NameAlias_Remark", "").casefold()
        found = unpack_names(words, Manner(person=person, packs=False, weak=weak), [name.name for name in names[:1]])
        for part in found.not_understood:
            records.unread(f"{reference} NameAlias_WholeName", f"{part!r} is neither a name nor a note that we know")
        names.extend(found.names)
    return names


def _regulation_days(rows: list[dict[str, str]]) -> list[str]:
    """The days of the acts that made and changed the entry; an entry is not older than the first of them."""
    columns = [column for column in rows[0] if column.endswith("_Regulation_PublicationDate")]
    return sorted({day for row in rows for column in columns if (day := parse_day(row[column])) is not None})


def _countries(rows: list[dict[str, str]], part: str) -> tuple[str, ...]:
    countries: list[str] = []
    for row in rows:
        code = row.get(f"{part}_CountryIso2Code", "")
        code = _OTHER_CODES.get(code, code)
        countries.extend((code,) if code else code_or_words(row.get(f"{part}_CountryDescription", "")))
    return tuple(dict.fromkeys(countries))


def _birth(row: Mapping[str, str], reference: str, records: Records) -> str | None:
    since, until = row.get("BirthDate_YearRangeFrom"), row.get("BirthDate_YearRangeTo")
    year, month, day = (row.get(f"BirthDate_{part}", "") for part in ("Year", "Month", "Day"))
    words = row.get("BirthDate_BirthDate") or (f"{since}-{until}" if since and until else "")
    if not words and year:
        words = f"{int(day or 0):02}/{int(month or 0):02}/{year}" if (day + month).isdecimal() else year
    date = parse_date(words) if words else None
    if words and date is None:
        records.unread(f"{reference} BirthDate", f"{words!r} is no date")
    return date


def _place(row: Mapping[str, str]) -> str:
    parts = (row.get(f"BirthDate_{part}", "") for part in ("Place", "City", "Region", "CountryDescription"))
    return ", ".join(dict.fromkeys(part for part in parts if part and part != "UNKNOWN"))


def _identifiers(key: str, first: Mapping[str, str], rows: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
    found = [("logical id", key)]
    if first.get("Entity_UnitedNationId"):
        found.append(("UN reference", first["Entity_UnitedNationId"]))
    for row in rows:
        number = row.get("Identification_Number")
        if number:
            kind = row.get("Identification_TypeDescription") or row.get("Identification_TypeCode") or "document"
            found.append((kind, number))
    return tuple(dict.fromkeys(found))


def _remarks(rows: list[dict[str, str]]) -> list[str]:
    lines = [*_each(rows, "Entity_Remark"), *_each(rows, "Entity_DesignationDetails")]
    for row in rows:
        name = row.get("NameAlias_WholeName", "")
        fields = (
            "Street",
            "PoBox",
            "Place",
            "City",
            "ZipCode",
            "Region",
            "CountryDescription",
            "ContactInfo",
            "Remark",
        )
        address = [row.get(f"Address_{part}", "") for part in fields]
        document = [
            row.get(f"Identification_{part}", "") for part in ("CountryDescription", "NameOnDocument", "Remark")
        ]
        if row.get("NameAlias_Remark"):
            lines.append(f"{name}: {row['NameAlias_Remark']}")
        if len([part for part in address if part]) > 1:
            lines.append(f"Address: {', '.join(part for part in address if part)}")
        if any(document):
            lines.append(f"{row.get('Identification_Number', '')}: {', '.join(part for part in document if part)}")
        if row.get("BirthDate_Circa", "").casefold() == "true":
            parts = (row.get(f"BirthDate_{part}") for part in ("BirthDate", "Year", "YearRangeFrom", "YearRangeTo"))
            lines.append(f"Born approximately {' '.join(part for part in parts if part)}")
        lines.extend(row[column] for column in ("BirthDate_Remark", "Citizenship_Remark") if row.get(column))
    return list(dict.fromkeys(line for line in lines if line))
