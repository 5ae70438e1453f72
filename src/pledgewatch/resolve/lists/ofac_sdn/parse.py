"""OFAC's SDN list: CSV (names, aliases, addresses, long remarks) and the simple XML of both namespaces."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias, Listing, ListingType
from pledgewatch.resolve.lists.contract import Contents, ListFile, Records, read_card
from pledgewatch.resolve.lists.countries import code_or_words
from pledgewatch.resolve.lists.dates import parse_date, parse_day
from pledgewatch.resolve.lists.names import Manner, mark_acronyms, unpack_names
from pledgewatch.resolve.lists.ofac_sdn.remarks import Facts, read_remarks
from pledgewatch.resolve.lists.untrusted import (
    FETCH_AGAIN,
    clean,
    decode_text,
    head_of,
    iterate_elements,
    local_name,
    read_rows,
    root_of,
)

NAME = "ofac_sdn"
ROOT = "sdnList"
NAMESPACES = (
    "http://tempuri.org/sdnList.xsd",
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
)

EMPTY = "-0-"
"""What stands in the CSV files for nothing."""

COLUMNS = {"names": 12, "aliases": 5, "addresses": 6, "comments": 2}
"""Part of the list to the number of its columns, by which its file is known: the files have no header."""

_TYPES: dict[str, ListingType] = {
    "individual": "person",
    "": "group",
    "entity": "group",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
_KNOWN_ELEMENTS = frozenset(
    {"uid", "firstName", "lastName", "title", "sdnType", "remarks", "programList", "idList", "akaList", "addressList"}
    | {"nationalityList", "citizenshipList", "dateOfBirthList", "placeOfBirthList", "vesselInfo"}
)


@dataclasses.dataclass(slots=True)
class _Entry:
    """An entry while it is put together from rows or elements."""

    id: str
    name: str
    type: ListingType
    programs: str = ""
    title: str = ""
    remarks: str = ""
    names: list[tuple[str, bool]] = dataclasses.field(default_factory=list)
    facts: Facts = dataclasses.field(default_factory=Facts)
    countries: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)


def recognise(file: ListFile) -> bool:
    """The root element of the XML, or a first row in the shape of one of the CSV files."""
    return root_of(file) == ROOT or _part_of(file) is not None


def parse(files: Sequence[ListFile]) -> Contents:
    """The entries of the XML file, or of the CSV files joined by the publisher's number of the entry."""
    xml = [file for file in files if root_of(file) == ROOT]
    if xml and len(files) > 1:
        raise InputError(
            "the XML has everything by itself, and other files were given with it",
            where=", ".join(file.name for file in files),
            remedy="Give the XML, or the CSV files.",
        )
    return _parse_xml(xml[0]) if xml else _parse_csv(files)


def _part_of(file: ListFile) -> str | None:
    """Which of the CSV files this is, by its first row; ``None`` for no such file."""
    first = next((line for line in head_of(file).splitlines() if line.strip()), "")
    try:
        row = next(csv.reader([first]), [])
    except csv.Error:
        return None
    if not row or not re.fullmatch(r"\d{1,9}", row[0].strip()):
        return None
    part = next((part for part, columns in COLUMNS.items() if len(row) == columns), None)
    if part == "aliases" and row[2].strip() not in ("aka", "fka", "nka"):
        return None
    return part


def _parse_csv(files: Sequence[ListFile]) -> Contents:
    parts: dict[str, ListFile] = {}
    for file in files:
        part = _part_of(file) or "names"
        if part in parts:
            raise InputError(
                f"there are two files with {part} ({parts[part].name} is the other)",
                where=file.name,
                remedy="Give each file of one version once.",
            )
        parts[part] = file
    if "names" not in parts:
        raise InputError(
            f"the file with the names is missing (only {', '.join(sorted(parts))} were given)",
            where=files[0].name,
            remedy="Give SDN.CSV too.",
        )
    records = Records(parts["names"].name)
    entries: dict[str, _Entry] = {}
    for place, row in _rows(parts["names"], "names", records):
        if row[0] in entries:
            records.unread(place, f"a second row for the entry {row[0]}; the first one was kept")
            continue
        entries[row[0]] = _entry_of_row(row, place, records)
    _join(parts, entries, records)
    listings = tuple(_listing(entry, records) for entry in entries.values())
    return Contents(listings, None, records.repairs, records.not_understood)


def _rows(file: ListFile, part: str, records: Records) -> Iterable[tuple[str, list[str]]]:
    """The rows of a part with their place, empty fields as empty words; a row of another shape is a record."""
    text, how = decode_text(file)
    if how is not None:
        records.repaired(file.name, how)
    for line, raw in read_rows(file, text.rstrip("\x1a \r\n")):
        row = [_value(cell) for cell in raw]
        place = f"{part} line {line}" if part == "names" else f"{part} line {line} of {file.name}"
        if len(row) != COLUMNS[part]:
            records.unread(
                place, f"the row has {len(row)} columns, and {COLUMNS[part]} are known: {', '.join(row)[:120]}"
            )
        elif not re.fullmatch(r"\d{1,9}", row[0]):
            records.unread(place, f"the row begins with {row[0][:40]!r}, which is no number of an entry")
        else:
            yield place, row


def _value(cell: str) -> str:
    cell = clean(cell)
    return "" if cell == EMPTY else cell


def _entry_of_row(row: list[str], place: str, records: Records) -> _Entry:
    number, name, kind, programs, title, call_sign, vessel, tonnage, gross, flag, owner, remarks = row
    entry = _Entry(number, name, _type(kind, place, records), programs, title, remarks)
    _add_vessel(entry, call_sign, vessel, flag, owner, tonnage, gross)
    return entry


def _type(kind: str, place: str, records: Records) -> ListingType:
    found = _TYPES.get(kind.casefold())
    if found is None:
        records.unread(place, f"the type {kind!r} is not known; it was read as other")
    return found or "other"


def _add_vessel(entry: _Entry, call_sign: str, kind: str, flag: str, owner: str, tonnage: str, gross: str) -> None:
    if call_sign:
        entry.facts.identifiers.append(("call sign", call_sign))
    if flag:
        entry.countries.extend(code_or_words(flag))
    if owner:
        entry.facts.ties.append(("owned by", owner))
    said = [(f"Vessel type {kind}", kind), (f"Tonnage {tonnage}", tonnage), (f"Gross tonnage {gross}", gross)]
    entry.notes.extend(words for words, stated in said if stated)


def _join(parts: dict[str, ListFile], entries: dict[str, _Entry], records: Records) -> None:
    """Joins the rows of the other files to their entries; those of an entry that is not there are a record each."""
    for part in ("aliases", "addresses", "comments"):
        if part not in parts:
            continue
        strangers: dict[str, tuple[str, int]] = {}
        for place, row in _rows(parts[part], part, records):
            entry = entries.get(row[0])
            if entry is None:
                first, times = strangers.get(row[0], (place, 0))
                strangers[row[0]] = (first, times + 1)
                continue
            if part == "aliases":
                _join_alias(entry, row, place, records)
            elif part == "addresses":
                _join_address(entry, row[2:5], row[5])
            else:
                entry.remarks = f"{entry.remarks} {row[1]}".strip()
        for number, (place, times) in strangers.items():
            records.unread(
                place,
                f"{times} {'row' if times == 1 else 'rows'} of {part} for the entry {number}, which is not there",
                "Give files of the same day.",
            )


def _join_alias(entry: _Entry, row: list[str], place: str, records: Records) -> None:
    if row[2] not in ("aka", "fka", "nka"):
        records.unread(place, f"the type of alias {row[2]!r} is not known; it was taken for good")
    entry.names.append((row[3], False))
    if row[4]:
        entry.notes.append(f"{row[3]}: {row[4]}")


def _join_address(entry: _Entry, address: Sequence[str], remarks: str) -> None:
    entry.countries.extend(code_or_words(address[-1]))
    words = ", ".join(part for part in address if part)
    if len([part for part in address if part]) > 1 or remarks:
        entry.notes.append(f"Address: {words}{f' ({remarks})' if remarks else ''}")


def _parse_xml(file: ListFile) -> Contents:
    records = Records(file.name)
    entries: dict[str, _Entry] = {}
    day: str | None = None
    stated: int | None = None
    listings: list[Listing] = []
    for element in iterate_elements(file, "sdnEntry", "publshInformation"):
        namespace = element.nsmap.get(element.prefix)
        if namespace not in NAMESPACES:
            records.unknown(f"the namespace {namespace}", local_name(element))
        if local_name(element) == "publshInformation":
            words = {local_name(child): clean(child.text) for child in element}
            day = parse_day(words.get("Publish_Date", ""), day_first=False)
            stated = int(words["Record_Count"]) if words.get("Record_Count", "").isdecimal() else None
            continue
        entry = _entry_of_element(element, len(listings), records)
        if entry is None:
            continue
        if entry.id in entries:
            records.unread(entry.id, "a second entry has this number; the first one was kept")
            continue
        entries[entry.id] = entry
        listings.append(_listing(entry, records))
    if stated is not None and stated != len(listings):
        records.unread(
            "Record_Count", f"the file states {stated:,} entries, and {len(listings):,} were read", FETCH_AGAIN
        )
    return Contents(tuple(listings), day, records.repairs, records.not_understood)


def _words(element: Any, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return clean(child.text) if child is not None else ""


def _entry_of_element(element: Any, number: int, records: Records) -> _Entry | None:
    uid = _words(element, "uid")
    name = _full_name(element)
    if not uid or not name:
        records.unread(uid or f"sdnEntry after {number} entries", "the entry has no uid or no name")
        return None
    left_out = read_card(NAME).left_out
    for child in element:
        if local_name(child) not in _KNOWN_ELEMENTS and local_name(child) not in left_out:
            records.unknown(f"the element {local_name(child)}", uid)
    programs = "; ".join(clean(program.text) for program in element.iterfind("{*}programList/{*}program"))
    entry = _Entry(
        uid,
        name,
        _type(_words(element, "sdnType"), uid, records),
        programs,
        _words(element, "title"),
        _words(element, "remarks"),
    )
    for alias in element.iterfind("{*}akaList/{*}aka"):
        category = _words(alias, "category").casefold()
        if category not in ("strong", "weak", ""):
            records.unread(uid, f"the category of alias {category!r} is not known; it was taken for strong")
        entry.names.append((_full_name(alias), category == "weak"))
    _read_facts(element, entry, uid, records)
    return entry


def _full_name(element: Any) -> str:
    """The name as the CSV writes it, turned around at a comma."""
    return ", ".join(part for part in (_words(element, "lastName"), _words(element, "firstName")) if part)


def _read_facts(element: Any, entry: _Entry, uid: str, records: Records) -> None:
    facts = entry.facts
    for item in element.iterfind("{*}dateOfBirthList/{*}dateOfBirthItem"):
        words = _words(item, "dateOfBirth")
        date = parse_date(words)
        if date is None:
            records.unread(f"{uid} dateOfBirth", f"{words!r} is no date")
        else:
            facts.born.append(date)
    facts.birthplaces.extend(
        _words(item, "placeOfBirth") for item in element.iterfind("{*}placeOfBirthList/{*}placeOfBirthItem")
    )
    for kind in ("nationality", "citizenship"):
        for item in element.iterfind(f"{{*}}{kind}List/{{*}}{kind}"):
            facts.nationalities.extend(code_or_words(_words(item, "country")))
    for item in element.iterfind("{*}idList/{*}id"):
        kind, number = _words(item, "idType"), _words(item, "idNumber")
        if kind == "Gender":
            facts.gender = number.casefold() if number.casefold() in ("male", "female") else None
        elif kind.endswith(":") or not number:
            entry.notes.append(f"{kind} {number}".strip())
        else:
            facts.identifiers.append((kind.rstrip(" #"), number))
            rest = [_words(item, name) for name in ("idCountry", "issueDate", "expirationDate")]
            if any(rest):
                entry.notes.append(f"{kind} {number}: {', '.join(part for part in rest if part)}")
    for item in element.iterfind("{*}addressList/{*}address"):
        fields = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
        _join_address(entry, [_words(item, name) for name in fields], "")
    vessel = element.find("{*}vesselInfo")
    if vessel is not None:
        stated = ("callSign", "vesselType", "vesselFlag", "vesselOwner", "tonnage", "grossRegisteredTonnage")
        _add_vessel(entry, *(_words(vessel, name) for name in stated))


def _listing(entry: _Entry, records: Records) -> Listing:
    facts = read_remarks(entry.remarks)
    for item in facts.not_understood:
        records.unread(f"{entry.id} Remarks", f"{item!r} has no date that we can read")
    person = entry.type == "person"
    aliases: list[Alias] = []
    main: str | None = None
    ties: list[tuple[str, str]] = []
    for words, weak in ((entry.name, False), *entry.names, *facts.names):
        found = unpack_names(words, Manner(person=person, turned=person, packs=False, weak=weak))
        for part in found.not_understood:
            records.unread(f"{entry.id} {words[:80]}", f"{part!r} is neither a name nor a note that we know")
        ties.extend(found.ties)
        names = list(found.names)
        if main is None:
            main = names.pop(0).name if names else words
        aliases.extend(names)
    programs = re.sub(r"\]\s*\[", "; ", entry.programs).strip("[] ")
    stated = entry.facts
    return Listing(
        id=entry.id,
        list=NAME,
        name=main or entry.name,
        aliases=_deduplicated(mark_acronyms(aliases, main or entry.name), person),
        type=entry.type,
        regime=programs or None,
        nationalities=tuple(dict.fromkeys((*stated.nationalities, *facts.nationalities))),
        countries=tuple(dict.fromkeys(entry.countries)),
        born=tuple(dict.fromkeys((*stated.born, *facts.born))),
        birthplaces=tuple(dict.fromkeys((*stated.birthplaces, *facts.birthplaces))),
        gender=stated.gender or facts.gender,
        roles=tuple(dict.fromkeys(part for part in (clean(part) for part in entry.title.split(";")) if part)),
        identifiers=tuple(dict.fromkeys((*stated.identifiers, *facts.identifiers))),
        ties=tuple(dict.fromkeys((*ties, *stated.ties, *facts.ties))),
        remarks="\n".join(line for line in (entry.remarks, *entry.notes) if line) or None,
    )


def _deduplicated(aliases: tuple[Alias, ...], person: bool) -> tuple[Alias, ...]:
    """A person has no acronyms: a short name in capitals is a nickname."""
    return tuple(dataclasses.replace(alias, acronym=False) for alias in aliases) if person else aliases
