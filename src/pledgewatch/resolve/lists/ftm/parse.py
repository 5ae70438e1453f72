"""FollowTheMoney JSON lines: parties, with their sanctions and relations as entities of their own or nested."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

import yaml

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias, Listing
from pledgewatch.resolve.lists.contract import Contents, ListFile, Records, read_card
from pledgewatch.resolve.lists.countries import code_or_words
from pledgewatch.resolve.lists.dates import parse_date, parse_day
from pledgewatch.resolve.lists.names import Manner, mark_acronyms, unpack_names
from pledgewatch.resolve.lists.scripts import script_of
from pledgewatch.resolve.lists.untrusted import FETCH_AGAIN, clean, decode_text, head_of

NAME = "ftm"

LONGEST_LINE = 8_000_000
"""Most letters of one entity."""

DEEPEST = 6
"""Deepest that entities may nest in the properties of others."""

FILTERED = "If they are meant to be entries, give each a Sanction or the topic sanction."

Properties = Mapping[str, tuple[str, ...]]


@functools.cache
def _schemas() -> dict[str, dict[str, Any]]:
    text = resources.files(__package__).joinpath("schemas.yml").read_text("utf-8")
    schemas: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return schemas


@dataclass(slots=True)
class _Entity:
    id: str
    schema: str
    caption: str
    properties: Properties
    target: bool
    seen: str | None


@dataclass(slots=True)
class _File:
    """The entities of a file by what they are."""

    parties: dict[str, _Entity] = field(default_factory=dict)
    sanctions: dict[str, list[_Entity]] = field(default_factory=dict)
    relations: list[_Entity] = field(default_factory=list)
    documents: dict[str, list[_Entity]] = field(default_factory=dict)


def recognise(file: ListFile) -> bool:
    """The first line is a JSON object with a schema and properties."""
    first = head_of(file).lstrip()
    return first.startswith("{") and '"schema"' in first[:60_000] and '"properties"' in first[:60_000]


def parse(files: Sequence[ListFile]) -> Contents:
    """The entries of the files, in their order."""
    records = Records(files[0].name)
    found = _File()
    seen: list[str] = []
    for file in files:
        for entity in _read_lines(file, records):
            _sort_in(entity, found, records)
            if entity.seen is not None:
                seen.append(entity.seen)
    if not found.parties:
        raise InputError("it holds no person, group, vessel or aircraft", where=files[0].name, remedy=FETCH_AGAIN)
    chosen = [entity for entity in found.parties.values() if _is_entry(entity, found)]
    if chosen and len(chosen) < len(found.parties):
        others = len(found.parties) - len(chosen)
        what = "1 party stands" if others == 1 else f"{others:,} parties stand"
        records.unread("the file", f"{what} there without a sanction, and were not taken as entries", FILTERED)
    ties = _ties(found)
    entries = (_read_entry(entity, found, ties, records) for entity in chosen or found.parties.values())
    listings = tuple(listing for listing in entries if listing is not None)
    return Contents(listings, max(seen, default=None), records.repairs, records.not_understood)


def _read_lines(file: ListFile, records: Records) -> list[_Entity]:
    text, how = decode_text(file)
    if how is not None:
        records.repaired("the file", how)
    entities: list[_Entity] = []
    good = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        if len(line) > LONGEST_LINE:
            records.unread(place, f"the entity has {len(line):,} letters, and at most {LONGEST_LINE:,} are read")
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            records.unread(place, f"the line is no JSON ({clean(str(error))[:80]})", FETCH_AGAIN)
            continue
        good += 1
        _read_entity(value, place, entities, records, None, 0)
    if not good:
        raise InputError("none of its lines is JSON", where=file.name, remedy=FETCH_AGAIN)
    return entities


def _read_entity(
    value: Any, place: str, entities: list[_Entity], records: Records, owner: str | None, depth: int
) -> str | None:
    """Reads an entity and those nested in it; its id, or ``None`` where it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("schema"), str) or depth > DEEPEST:
        records.unread(place, "it is no entity with a schema" if depth <= DEEPEST else "entities are nested too deep")
        return None
    stated = value.get("properties")
    id_ = value.get("id")
    if not isinstance(stated, dict) or not isinstance(id_, str) or not id_.strip():
        records.unread(place, "the entity has no id or no properties")
        return None
    properties: dict[str, tuple[str, ...]] = {}
    for name, values in stated.items():
        words: list[str] = []
        for one in values if isinstance(values, list) else [values]:
            if isinstance(one, dict):
                nested = _read_entity(one, f"{place} {name}", entities, records, id_, depth + 1)
                words.extend([nested] if nested is not None else [])
            elif isinstance(one, str | int | float) and not isinstance(one, bool):
                words.append(clean(str(one)))
            elif one is not None:
                records.unread(f"{place} {name}", "a value is neither words nor a number")
        properties[str(name)] = tuple(word for word in words if word)
    if owner is not None and value["schema"] == "Sanction" and not properties.get("entity"):
        properties["entity"] = (owner,)
    caption = value.get("caption")
    last = value.get("last_seen") or value.get("last_change")
    entities.append(
        _Entity(
            id_.strip(),
            value["schema"],
            clean(caption) if isinstance(caption, str) else "",
            properties,
            value.get("target") is True,
            parse_day(last) if isinstance(last, str) else None,
        )
    )
    return id_.strip()


def _sort_in(entity: _Entity, found: _File, records: Records) -> None:
    schemas = _schemas()
    if entity.schema in schemas["parties"]:
        if entity.id in found.parties:
            records.unread(entity.id, "a second entity has this id; the first one was kept")
        found.parties.setdefault(entity.id, entity)
    elif entity.schema == "Sanction":
        for owner in entity.properties.get("entity", ()):
            found.sanctions.setdefault(owner, []).append(entity)
    elif entity.schema in schemas["relations"]:
        found.relations.append(entity)
    elif entity.schema in ("Passport", "Identification"):
        for owner in entity.properties.get("holder", ()):
            found.documents.setdefault(owner, []).append(entity)
    elif entity.schema not in read_card(NAME).left_out:
        records.unknown(f"the schema {entity.schema}", entity.id)


def _is_entry(entity: _Entity, found: _File) -> bool:
    topics = entity.properties.get("topics", ())
    return entity.id in found.sanctions or entity.target or any(topic.split(".")[0] == "sanction" for topic in topics)


def _ties(found: _File) -> dict[str, list[tuple[str, str]]]:
    """The relations of each party, with the other's name where it is in the file."""
    ties: dict[str, list[tuple[str, str]]] = {}
    for relation in found.relations:
        one, other, there, back = _schemas()["relations"][relation.schema]
        said = next(iter((*relation.properties.get("relationship", ()), *relation.properties.get("role", ()))), "")
        for left in relation.properties.get(one, ()):
            for right in relation.properties.get(other, ()):
                ties.setdefault(left, []).append((f"{there} ({said})" if said else there, _called(right, found)))
                ties.setdefault(right, []).append((f"{back} ({said})" if said else back, _called(left, found)))
    return ties


def _called(id_: str, found: _File) -> str:
    party = found.parties.get(id_)
    return next(iter(party.properties.get("name", ())), party.caption or id_) if party is not None else id_


def _read_entry(
    entity: _Entity, found: _File, ties: Mapping[str, list[tuple[str, str]]], records: Records
) -> Listing | None:
    values = entity.properties
    type_ = _schemas()["parties"][entity.schema]
    person = type_ == "person"
    names = _names(entity, person, records)
    if not names:
        records.unread(entity.id, "the entry has no name")
        return None
    main = names[0].name
    aliases = mark_acronyms(names[1:], main)
    sanctions = found.sanctions.get(entity.id, [])
    listed = _days(sanctions, "listingDate") or _days(sanctions, "startDate")
    return Listing(
        id=entity.id,
        list=NAME,
        name=main,
        aliases=tuple(replace(alias, acronym=False) for alias in aliases) if person else aliases,
        listed_on=listed[0] if listed else None,
        type=type_,
        updated_on=tuple(day for day in _days([entity, *sanctions], "modifiedAt") if not listed or day > listed[0]),
        regime="; ".join(_all(sanctions, "program", "programId") or _all([entity], "program", "programId")) or None,
        nationalities=_countries(values, "nationality", "citizenship"),
        countries=_countries(values, "country", "jurisdiction", "mainCountry", "flag"),
        born=_births(entity, records),
        birthplaces=values.get("birthPlace", ()),
        gender=next((value for value in values.get("gender", ()) if value in ("male", "female")), None),
        roles=tuple(dict.fromkeys((*values.get("title", ()), *values.get("position", ())))),
        identifiers=_identifiers(entity, found),
        ties=tuple(dict.fromkeys(ties.get(entity.id, ()))),
        remarks="\n".join(_remarks(entity, sanctions)) or None,
    )


def _names(entity: _Entity, person: bool, records: Records) -> list[Alias]:
    values = entity.properties
    full = values.get("name", ())
    if entity.caption and entity.caption in full:
        full = (entity.caption, *(name for name in full if name != entity.caption))
    if not full:
        parts = [" ".join(values.get(part, ())[:1]) for part in ("firstName", "middleName", "lastName")]
        full = tuple(name for name in (" ".join(part for part in parts if part) or entity.caption,) if name)
    names: list[Alias] = []
    for kind, weak in (("name", False), ("alias", False), ("previousName", False), ("weakAlias", True)):
        for words in full if kind == "name" else values.get(kind, ()):
            found = unpack_names(
                words, Manner(person=person, packs=False, weak=weak), [name.name for name in names[:1]]
            )
            for part in found.not_understood:
                records.unread(f"{entity.id} {kind}", f"{part!r} is neither a name nor a note that we know")
            names.extend(found.names)
    names.extend(Alias(words, script_of(words), acronym=True) for words in values.get("abbreviation", ()))
    return names


def _all(entities: Sequence[_Entity], *names: str) -> list[str]:
    return list(dict.fromkeys(value for name in names for one in entities for value in one.properties.get(name, ())))


def _days(entities: Sequence[_Entity], name: str) -> list[str]:
    return sorted({day for value in _all(entities, name) if (day := parse_day(value)) is not None})


def _countries(values: Properties, *names: str) -> tuple[str, ...]:
    """Codes, which this format writes in lower case; words where a file has words."""
    found: list[str] = []
    for name in names:
        for value in values.get(name, ()):
            found.extend((value.upper(),) if len(value) == 2 and value.isalpha() else code_or_words(value))
    return tuple(dict.fromkeys(found))


def _births(entity: _Entity, records: Records) -> tuple[str, ...]:
    born = []
    for value in entity.properties.get("birthDate", ()):
        date = parse_date(value)
        if date is None:
            records.unread(f"{entity.id} birthDate", f"{value!r} is no date")
        else:
            born.append(date)
    return tuple(dict.fromkeys(born))


def _identifiers(entity: _Entity, found: _File) -> tuple[tuple[str, str], ...]:
    values = entity.properties
    known = [(words, value) for name, words in _schemas()["identifiers"].items() for value in values.get(name, ())]
    for document in found.documents.get(entity.id, ()):
        kind = next(iter(document.properties.get("type", ())), document.schema.casefold())
        known.extend((kind, number) for number in document.properties.get("number", ()))
    return tuple(dict.fromkeys(known))


def _remarks(entity: _Entity, sanctions: Sequence[_Entity]) -> list[str]:
    lines = [*entity.properties.get("notes", ()), *entity.properties.get("summary", ())]
    lines.extend(f"Address: {value}" for value in entity.properties.get("address", ()))
    for label, name in (("Reason", "reason"), ("Authority", "authority"), ("Ended", "endDate"), ("Status", "status")):
        lines.extend(f"{label}: {value}" for value in _all(sanctions, name))
    return list(dict.fromkeys(lines))
