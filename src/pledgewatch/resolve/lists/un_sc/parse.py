"""The UN Security Council Consolidated List: XML of both generations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias, Listing
from pledgewatch.resolve.lists.contract import Contents, ListFile, Records, Repair, only_file, read_card
from pledgewatch.resolve.lists.countries import code_or_words
from pledgewatch.resolve.lists.dates import parse_date, parse_day
from pledgewatch.resolve.lists.names import Manner, Unpacked, looks_like_name, mark_acronyms, unpack_names
from pledgewatch.resolve.lists.ties import draw_ties
from pledgewatch.resolve.lists.untrusted import FETCH_AGAIN, clean, iterate_elements, root_of
from pledgewatch.text.folding import fold_name

NAME = "un_sc"
ROOT = "CONSOLIDATED_LIST"

_NAME_FIELDS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_KNOWN = {
    "": "DATAID REFERENCE_NUMBER UN_LIST_TYPE LISTED_ON SUBMITTED_ON SUBMITTED_BY GENDER COMMENTS1 NAME_ORIGINAL_SCRIPT"
    " TITLE DESIGNATION NATIONALITY NATIONALITY2 LAST_DAY_UPDATED ALIAS ADDRESS DATE_OF_BIRTH PLACE_OF_BIRTH DOCUMENT "
    + " ".join(_NAME_FIELDS),
    "ALIAS": "QUALITY ALIAS_NAME NOTE DATE_OF_BIRTH CITY_OF_BIRTH COUNTRY_OF_BIRTH",
    "ADDRESS": "STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY NOTE",
    "DATE_OF_BIRTH": "TYPE_OF_DATE DATE YEAR FROM_YEAR TO_YEAR NOTE",
    "PLACE_OF_BIRTH": "STREET CITY STATE_PROVINCE COUNTRY NOTE",
    "DOCUMENT": "TYPE_OF_DOCUMENT TYPE_OF_DOCUMENT2 NUMBER ISSUING_COUNTRY COUNTRY_OF_ISSUE CITY_OF_ISSUE DATE_OF_ISSUE"
    " NOTE",
}
_KNOWN_IN = {part: frozenset(words.split()) for part, words in _KNOWN.items()}
_VALUES = frozenset({"TITLE", "DESIGNATION", "NATIONALITY", "NATIONALITY2", "LAST_DAY_UPDATED"})
_REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\d{3}[A-Z]?")
_IN_SCRIPT = re.compile(
    r"(?:in (?:\w+ script|arabic|cyrillic|pashto|dari|urdu|persian)|original script)\s*:\s*([^().;]+)", re.IGNORECASE
)
_TRANSLITERATED = re.compile(r"transliterations?\s*:\s*([^()]+)", re.IGNORECASE)
# The same sentence in most entries, whose spelling changes between versions: it would make every entry amended.
_NOTICE = re.compile(r"INTERPOL-UN Security Council Special Notice web link:?\s*(?:https?://\S*)?", re.IGNORECASE)
_NUMBERS = (
    ("SWIFT/BIC", re.compile(r"\bSWIFT(?:/BIC)?(?: code)?:?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")),
    ("IMO number", re.compile(r"\bIMO (?:number|No\.?):?\s*(\d{7})\b", re.IGNORECASE)),
    ("old reference", re.compile(r"\[Old Reference # ?([A-Z](?:\.[A-Z0-9]+)+)\]")),
)
_NUMBER_IN_NOTE = re.compile(r"\b(?:number|no\.|card|code:)\s+([A-Z]{0,6}-?\s?\d[\w/-]{3,})", re.IGNORECASE)
_NUMBERED = re.compile(
    r"((?:.*?\b(?:number|no\.?:?|card|passport:?|document(?: \([^()]*\))?)\s+)?)"
    r"((?:[A-Z]{1,3}[ -]?)?N?°?\d[\w/.-]*(?: No\. \d+)?|[A-Z]{1,3}\d[\w/-]*)((?:\s*\(.*\)|, [A-Z].*)?)",
    re.IGNORECASE,
)
_GENDER = re.compile(r"\bGender:\s*(male|female)\b", re.IGNORECASE)


def recognise(file: ListFile) -> bool:
    """The root element is the list's own."""
    return root_of(file) == ROOT


def parse(files: Sequence[ListFile]) -> Contents:
    """The entries of the one file, persons and groups, in its order."""
    file = only_file(files)
    records = Records(file.name)
    listings: dict[str, Listing] = {}
    as_of: str | None = None
    found = False
    for element in iterate_elements(file, "INDIVIDUAL", "ENTITY", ROOT):
        if element.tag == ROOT:
            found = True
            as_of = parse_day(element.get("dateGenerated") or "")
            continue
        if element.getparent() is None or element.getparent().tag not in ("INDIVIDUALS", "ENTITIES"):
            records.unknown(f"an {element.tag} outside of INDIVIDUALS and ENTITIES", "the file")
        listing = _read_entry(element, len(listings), records)
        if listing is None:
            continue
        if listing.id in listings:
            records.unread(listing.id, "a second entry has this reference; the first one was kept")
            continue
        listings[listing.id] = listing
    if not found:
        raise InputError(f"it has no {ROOT}", where=file.name, remedy=FETCH_AGAIN)
    return Contents(tuple(listings.values()), as_of, records.repairs, records.not_understood)


def _read_entry(entry: Any, number: int, records: Records) -> Listing | None:
    person = entry.tag == "INDIVIDUAL"
    reference = clean(entry.findtext("REFERENCE_NUMBER"))
    data_id = clean(entry.findtext("DATAID"))
    if not reference:
        place = f"{entry.tag} after {number} entries (DATAID {data_id or 'missing'})"
        records.unread(place, "the entry has no REFERENCE_NUMBER")
        return None
    if not _REFERENCE.fullmatch(reference):
        records.unread(reference, "the reference is not of the form XXi.000; it was kept as it is")
    _check_known(entry, reference, records)
    repairs = {repair.field: repair for repair in read_card(NAME).repairs if repair.entry == reference}
    main = _main_name(entry, reference, person, repairs, records)
    if not main.names:
        records.unread(f"{reference} FIRST_NAME", "the entry has no name")
        return None
    name = main.names[0].name
    notes: list[str] = []
    ties = list(main.ties)
    aliases = [*main.names[1:], *_original_script(entry, reference, repairs, notes, records)]
    aliases.extend(_read_aliases(entry, reference, person, name, notes, ties, records))
    comments = clean(_NOTICE.sub(" ", clean(entry.findtext("COMMENTS1"))))
    ties.extend(draw_ties(comments))
    born = _births(entry, notes)
    identifiers = _documents(entry, notes)
    countries = _addresses(entry, notes)
    own = {fold_name(word) for word in (reference, name, *(alias.name for alias in aliases))}
    submitted = clean(entry.findtext("SUBMITTED_BY"))
    remarks = [
        comments,
        *(f"Name: {note}" for note in main.notes),
        *notes,
        f"Submitted by {submitted}" if submitted else "",
    ]
    return Listing(
        id=reference,
        list=NAME,
        name=name,
        aliases=mark_acronyms(aliases, name) if not person else _without(aliases, name),
        listed_on=_day(entry.findtext("LISTED_ON"), f"{reference} LISTED_ON", records),
        type="person" if person else "group",
        updated_on=_updates(entry, reference, records),
        regime=clean(entry.findtext("UN_LIST_TYPE")) or None,
        nationalities=_codes(_values(entry, "NATIONALITY", "NATIONALITY2")),
        countries=countries,
        born=born,
        birthplaces=_birthplaces(entry),
        gender=_gender(entry, comments),
        roles=_roles(entry, records, reference),
        identifiers=_numbers(data_id, comments, identifiers),
        ties=tuple(dict.fromkeys(tie for tie in ties if fold_name(tie[1]) not in own)),
        remarks="\n".join(line for line in remarks if line) or None,
    )


def _part(tag: str) -> str:
    return re.sub(r"^(?:INDIVIDUAL|ENTITY)_", "", tag)


def _check_known(entry: Any, reference: str, records: Records) -> None:
    left_out = read_card(NAME).left_out
    for child in entry:
        part = _part(child.tag)
        if part in left_out:
            continue
        if part not in _KNOWN_IN[""]:
            records.unknown(f"the element {child.tag}", reference)
            continue
        known = _KNOWN_IN.get(part, frozenset({"VALUE"}) if part in _VALUES else frozenset())
        for grandchild in child:
            if grandchild.tag not in known:
                records.unknown(f"the element {child.tag}/{grandchild.tag}", reference)


def _main_name(entry: Any, reference: str, person: bool, repairs: dict[str, Repair], records: Records) -> Unpacked:
    """The main name, and whatever other names are packed into it."""
    parts = []
    for field in _NAME_FIELDS:
        words = _repair(clean(entry.findtext(field)), field, reference, repairs, records)
        if words.casefold() in ("na", "n/a", "-"):
            records.repaired(f"{reference} {field}", f"{words!r} is no name")
            continue
        if person and "," in words:
            records.repaired(f"{reference} {field}", f"a comma within {words!r}")
            words = words.replace(",", " ")
        parts.append(words)
    found = unpack_names(" ".join(part for part in parts if part), Manner(person=person))
    _tell(found, f"{reference} FIRST_NAME", records)
    return found


def _repair(words: str, field: str, reference: str, repairs: dict[str, Repair], records: Records) -> str:
    """The words of a field with the publisher's known mistake put right."""
    repair = repairs.get(field)
    if repair is None or words != repair.was:
        return words
    records.repaired(f"{reference} {field}", f"{words!r} read as {repair.becomes!r}: {repair.why}")
    return repair.becomes


def _original_script(
    entry: Any, reference: str, repairs: dict[str, Repair], notes: list[str], records: Records
) -> list[Alias]:
    names: list[Alias] = []
    for element in entry.findall("NAME_ORIGINAL_SCRIPT"):
        words = _repair(clean(element.text), "NAME_ORIGINAL_SCRIPT", reference, repairs, records)
        found = unpack_names(words, Manner(person=entry.tag == "INDIVIDUAL"))
        _tell(found, f"{reference} NAME_ORIGINAL_SCRIPT", records)
        names.extend(found.names)
        notes.extend(f"{words}: {note}" for note in found.notes)
    return names


def _read_aliases(
    entry: Any,
    reference: str,
    person: bool,
    name: str,
    notes: list[str],
    ties: list[tuple[str, str]],
    records: Records,
) -> list[Alias]:
    names: list[Alias] = []
    for number, alias in enumerate(entry.findall(f"{entry.tag}_ALIAS"), 1):
        words = clean(alias.findtext("ALIAS_NAME"))
        quality = clean(alias.findtext("QUALITY"))
        note = clean(alias.findtext("NOTE"))
        place = f"{reference} ALIAS {number}"
        if not words:
            if quality or note:
                records.unread(place, f"an alias without a name ({quality} {note})")
            continue
        if quality not in ("Good", "Low", "a.k.a.", "f.k.a."):
            records.unread(place, f"the quality {quality!r} of an alias is not known; it was taken for good")
        manner = Manner(person=person, weak=quality == "Low")
        found = unpack_names(words, manner, (name,))
        _tell(found, f"{place} ALIAS_NAME", records)
        noted = _names_in_note(note, manner)
        _tell(noted, f"{place} NOTE", records)
        ties.extend(found.ties)
        names.extend((*found.names, *noted.names))
        said = [*found.notes, note, *_alias_birth(alias)]
        if any(said):
            shown = found.names[0].name if found.names else words
            notes.append(f"{shown}: {'; '.join(one for one in said if one)}")
    return names


def _alias_birth(alias: Any) -> list[str]:
    said = [clean(alias.findtext(field)) for field in ("DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")]
    return [f"born {', '.join(part for part in said if part)}"] if any(said) else []


def _names_in_note(note: str, manner: Manner) -> Unpacked:
    """The names that the note of an alias states: in the original script, or as a list of other spellings."""
    found = Unpacked()
    pieces = [match.group(1) for match in _IN_SCRIPT.finditer(note)]
    pieces.extend(match.group(1) for match in _TRANSLITERATED.finditer(note))
    outside = re.sub(r"\([^()]*\)", " ", note)
    for stretch in (outside, *re.findall(r"\(([^()]*)\)", note)):
        parts = [part.strip() for part in re.split(r"[;,]" if ";" not in stretch else ";", stretch) if part.strip()]
        if len(parts) > 1 and all(looks_like_name(part) for part in parts):
            pieces.append("; ".join(parts))
    for piece in pieces:
        read = unpack_names(piece, manner)
        found.names.extend(read.names)
        found.repaired.extend(read.repaired)
        found.not_understood.extend(read.not_understood)
    return found


def _tell(found: Unpacked, place: str, records: Records) -> None:
    for what in found.repaired:
        records.repaired(place, what)
    for words in found.not_understood:
        records.unread(place, f"{words!r} is neither a name nor a note that we know")


def _without(aliases: list[Alias], name: str) -> tuple[Alias, ...]:
    """Each name once, without the main one; strong where it is anywhere."""
    found: dict[str, Alias] = {}
    for alias in aliases:
        if alias.name != name:
            other = found.get(alias.name)
            found[alias.name] = alias if other is None or other.weak else other
    return tuple(found.values())


def _values(entry: Any, *fields: str) -> list[str]:
    values = [clean(value.text) for field in fields for value in entry.findall(f"{field}/VALUE")]
    return [value for value in values if value]


def _codes(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for word in words for code in code_or_words(word)))


def _day(words: str | None, place: str, records: Records) -> str | None:
    words = clean(words)
    day = parse_day(words)
    if words and day is None:
        records.unread(place, f"{words!r} is no day")
    return day


def _numbers(data_id: str, comments: str, identifiers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The publisher's own number, those of documents, and those that the comments state."""
    own = (("DATAID", data_id),) if data_id else ()
    told = ((kind, number) for kind, pattern in _NUMBERS for number in pattern.findall(comments))
    return tuple(dict.fromkeys((*own, *identifiers, *told)))


def _updates(entry: Any, reference: str, records: Records) -> tuple[str, ...]:
    days = (_day(words, f"{reference} LAST_DAY_UPDATED", records) for words in _values(entry, "LAST_DAY_UPDATED"))
    return tuple(dict.fromkeys(day for day in days if day))


def _births(entry: Any, notes: list[str]) -> tuple[str, ...]:
    born = []
    for birth in entry.findall("INDIVIDUAL_DATE_OF_BIRTH"):
        field = {child.tag: clean(child.text) for child in birth}
        note = field.get("NOTE", "")
        since, until = field.get("FROM_YEAR"), field.get("TO_YEAR")
        words = field.get("DATE") or (f"{since}-{until}" if since and until else field.get("YEAR") or "")
        date = parse_date(f"{note} {words}") or parse_date(words) or parse_date(note)
        if date is not None:
            born.append(date)
        kind = field.get("TYPE_OF_DATE", "").casefold()
        about = kind == "approximately" or note.casefold() == "approximately"
        if date is None and (words or note):
            notes.append(f"Born: {' '.join(part for part in (kind, words, note) if part)}")
        elif about:
            notes.append(f"Born approximately {words or note}")
        elif note and parse_date(note) is None and parse_date(f"{note} {words}") is None:
            notes.append(f"Born {words}: {note}")
    return tuple(dict.fromkeys(born))


def _birthplaces(entry: Any) -> tuple[str, ...]:
    places = []
    for place in entry.findall("INDIVIDUAL_PLACE_OF_BIRTH"):
        parts = [clean(place.findtext(field)) for field in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")]
        note = _unbracketed(clean(place.findtext("NOTE")))
        words = ", ".join(part for part in parts if part)
        places.append(f"{words} ({note})" if words and note else words or note)
    return tuple(dict.fromkeys(place for place in places if place))


def _unbracketed(note: str) -> str:
    """A note without the brackets around the whole of it."""
    return note[1:-1].strip() if re.fullmatch(r"\([^()]*\)", note) else note


def _gender(entry: Any, comments: str) -> str | None:
    stated = clean(entry.findtext("GENDER")).casefold()
    if stated in ("male", "female"):
        return stated
    match = _GENDER.search(comments)
    return match.group(1).casefold() if match else None


def _roles(entry: Any, records: Records, reference: str) -> tuple[str, ...]:
    roles: list[str] = []
    for value in (*_values(entry, "TITLE"), *_values(entry, "DESIGNATION")):
        parts = [part.strip(" ;,") for part in re.split(r"(?:^|\s)[a-z]\)\s*", value) if part.strip(" ;,")]
        if len(parts) > 1:
            records.repaired(f"{reference} DESIGNATION", f"{len(parts)} designations in one field")
        roles.extend(part.strip('"“” ') for part in parts)
    return tuple(dict.fromkeys(role for role in roles if role))


def _addresses(entry: Any, notes: list[str]) -> tuple[str, ...]:
    countries: list[str] = []
    for address in entry.findall(f"{entry.tag}_ADDRESS"):
        country = clean(address.findtext("COUNTRY"))
        countries.extend(code_or_words(country))
        fields = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
        parts = [part for part in (clean(address.findtext(field)) for field in fields) if part]
        note = _unbracketed(clean(address.findtext("NOTE")))
        if note or len(parts) > bool(country):
            notes.append(f"Address: {', '.join(parts)}{f' ({note})' if note and parts else note}")
    return tuple(dict.fromkeys(countries))


def _bare_number(value: str) -> tuple[str, str, str]:
    """The words before a document's number, the number, and the words after it.

    >>> _bare_number("Ostravan passport number OX 00017"), _bare_number("R0001, Ostrava"), _bare_number("OX 00017")
    (('Ostravan passport', 'OX 00017', ''), ('', 'R0001', 'Ostrava'), ('', 'OX 00017', ''))
    """
    match = _NUMBERED.fullmatch(value)
    if match is None:
        return "", value, ""
    words = re.sub(r"\s*\b(?:number|no)\b\.?:?$", "", match.group(1).strip(" :"), flags=re.IGNORECASE)
    return words.strip(" :"), match.group(2).strip(), match.group(3).strip(" ,()")


def _documents(entry: Any, notes: list[str]) -> tuple[tuple[str, str], ...]:
    """The numbers of documents by kind; what is said about a document goes into the notes."""
    identifiers = []
    for document in entry.findall("INDIVIDUAL_DOCUMENT"):
        field = {child.tag: clean(child.text) for child in document}
        kind = field.get("TYPE_OF_DOCUMENT", "").rstrip(": ")
        other = field.get("TYPE_OF_DOCUMENT2", "").rstrip(": ")
        number = field.get("NUMBER", "")
        if not number and re.fullmatch(r"[\w/-]*\d[\w/-]*", other):
            number, other = other, ""
        numbered = re.fullmatch(r"(.+?)\s+number\s+([\w/-]*\d[\w/-]*)", other)
        if not number and numbered is not None:
            other, number = numbered.groups()
        noted = _NUMBER_IN_NOTE.search(field.get("NOTE", ""))
        if not number and noted is not None:
            number = noted.group(1)
        shown = f"{kind} ({other})" if kind and other and other.casefold() != kind.casefold() else kind or other
        words, number, rest = _bare_number(number)
        if number:
            told = f"{shown} ({words})" if words and words.casefold() not in shown.casefold() else shown
            identifiers.append((told or "document", number))
        said = [
            f"{word} {field[tag]}"
            for word, tag in (
                ("country", "ISSUING_COUNTRY"),
                ("issued in", "CITY_OF_ISSUE"),
                ("issued by", "COUNTRY_OF_ISSUE"),
                ("issued on", "DATE_OF_ISSUE"),
                ("note:", "NOTE"),
            )
            if field.get(tag)
        ]
        said.extend([rest] if rest else [])
        if said or (shown and not number):
            notes.append(f"{shown or 'Document'} {number}: {', '.join(said)}".replace(" :", ":").rstrip(": "))
    return tuple(dict.fromkeys(identifiers))
