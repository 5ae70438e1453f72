"""Who publishes: the case's ``sources.yml``, and which of its sources a document belongs to."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from pledgewatch.collect.dates import parse_date
from pledgewatch.collect.plain_yaml import parse_plain_yaml
from pledgewatch.errors import InputError
from pledgewatch.model.document import TLP_ORDER, GradeChange, Handling, Reliability, Source, SourceKind, Tlp

_KEYS = ("name", "reliability", "kind", "interested_in", "match", "tlp", "protected_source", "embargo_until", "history")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ](\d{2}:\d{2})(?::\d{2})?\s?(Z|[+-]\d{2}:?\d{2})?)?")


def parse_sources(untrusted_text: str, path: str) -> tuple[Source, ...]:
    """The sources that a ``sources.yml`` describes, in the file's order.

    The file has one key, ``sources``, over a mapping from ids to descriptions::

        sources:
          gazette:
            name: The Almas Gazette
            reliability: B              # Admiralty letter; F: it cannot be judged
            kind: newspaper
            interested_in: []           # parties of the agreement that it speaks for
            match: ["gazette.example/*", "clippings/gazette/*"]
            tlp: GREEN                  # handling of its documents when they state none
            protected_source: false
            embargo_until: 2021-05-01
            history:                    # letters that it had before, each with its last day
              - {until: 2021-03-31, reliability: C, why: "two reports were withdrawn"}

    Raises:
        InputError: names the file and key of whatever is unknown, missing or not of its kind.
    """
    try:
        table = parse_plain_yaml(untrusted_text)
    except ValueError as error:
        raise InputError(str(error), where=path, remedy="Correct the file; see docs/how for an example.") from error
    if table in (None, ""):
        return ()
    top = _mapping(table, path)
    _refuse_unknown(top, ("sources",), path)
    entries = top.get("sources") or {}
    return tuple(
        _parse_source(key, entry, f"{path}: {key}") for key, entry in _mapping(entries, f"{path}: sources").items()
    )


def _parse_source(key: str, untrusted_entry: Any, where: str) -> Source:
    entry = _mapping(untrusted_entry, where)
    _refuse_unknown(entry, _KEYS, where)
    if not isinstance(entry.get("name"), str) or not entry["name"].strip():
        raise InputError(
            "the key 'name' is missing", where=where, remedy="Give the publisher's name as it is to be shown."
        )
    return Source(
        id=key,
        name=entry["name"].strip(),
        reliability=cast(Reliability, _choice(entry, "reliability", get_args(Reliability), where) or "F"),
        interested_in=_texts(entry, "interested_in", where),
        kind=cast(SourceKind, _choice(entry, "kind", get_args(SourceKind), where) or "unknown"),
        match=_texts(entry, "match", where),
        handling=_parse_handling(entry, where),
        history=_parse_history(entry.get("history") or [], f"{where}.history"),
    )


def _parse_history(untrusted_value: Any, where: str) -> tuple[GradeChange, ...]:
    if not isinstance(untrusted_value, list):
        raise InputError("a list of earlier letters is wanted", where=where)
    changes = []
    for number, untrusted_entry in enumerate(untrusted_value):
        place = f"{where}[{number}]"
        entry = _mapping(untrusted_entry, place)
        _refuse_unknown(entry, ("until", "reliability", "why"), place)
        until = parse_date(str(entry.get("until") or ""))
        letter = _choice(entry, "reliability", get_args(Reliability), place)
        if until is None or len(until) != len("2021-03-31") or letter is None:
            remedy = "Write it as {until: 2021-03-31, reliability: C, why: …}."
            raise InputError("the last day and the letter are wanted", where=place, remedy=remedy)
        changes.append(GradeChange(until, cast(Reliability, letter), str(entry.get("why") or "").strip()))
    return tuple(sorted(changes, key=lambda change: change.until))


def _parse_handling(entry: Mapping[str, Any], where: str) -> Handling | None:
    if not {"tlp", "protected_source", "embargo_until"} & set(entry):
        return None
    until = entry.get("embargo_until") or None
    if until is not None and (parsed := parse_moment_iso(until)) is None:
        raise InputError(
            f"{until!r} is no date or date-time",
            where=f"{where}.embargo_until",
            remedy="Write it as 2021-05-02 or 2021-05-02T06:00.",
        )
    protected = entry.get("protected_source", "false")
    if parse_flag(protected) is None:
        raise InputError(f"{protected!r} is neither true nor false", where=f"{where}.protected_source")
    tlp = _choice(entry, "tlp", TLP_ORDER, where)
    # A source that states nothing but a protected person still may not be more open than the case's default.
    return Handling(cast(Tlp, tlp or "AMBER"), (), parsed if until else None, bool(parse_flag(protected)))


def parse_flag(untrusted_text: Any) -> bool | None:
    """What a YAML word says, yes or no; ``None`` when it says neither."""
    word = str(untrusted_text).strip().lower()
    return True if word in ("true", "yes", "on", "1") else False if word in ("false", "no", "off", "0", "") else None


def parse_moment_iso(untrusted_text: str) -> str | None:
    """An ISO date or date-time, normalised (``2021-05-02T06:00``); ``None`` when it is none.

    >>> parse_moment_iso("2021-05-02 06:00:00"), parse_moment_iso("2 May")
    ('2021-05-02T06:00', None)
    """
    text = str(untrusted_text).strip()
    match = _MOMENT.fullmatch(text)
    if match is None or parse_date(text[:10]) is None:
        return parse_date(text) if match is None and len(parse_date(text) or "") == 10 else None
    clock, zone = match.groups()
    if clock is None:
        return text[:10]
    if clock[:2] > "23" or clock[3:] > "59":
        return None
    return f"{text[:10]}T{clock}{zone or ''}"


def find_source(sources: Sequence[Source], address: str | None, path: str, publisher: str | None) -> Source | None:
    """The first source in the file's order that has the publisher's name or a glob for address, path or publisher.

    Globs are those of ``fnmatch`` without regard to case; an address is tried whole, without its scheme, and without
    ``www.``.
    """
    names = [path, path.split("#", 1)[0]]
    if address:
        bare = re.sub(r"\A[a-z][a-z0-9+.-]*://", "", address, flags=re.IGNORECASE)
        names += [address, bare, re.sub(r"\Awww\.", "", bare, flags=re.IGNORECASE)]
    if publisher:
        names.append(publisher)
    folded = [name.casefold() for name in names]
    for source in sources:
        if publisher and source.name.casefold() == publisher.casefold():
            return source
        if any(fnmatch.fnmatchcase(name, glob.casefold()) for glob in source.match for name in folded):
            return source
    return None


def _mapping(untrusted_value: Any, where: str) -> dict[str, Any]:
    if not isinstance(untrusted_value, dict):
        raise InputError("a mapping of keys to values is wanted here", where=where)
    return untrusted_value


def _refuse_unknown(entry: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in entry:
        if key not in known:
            raise InputError(f"the key {key!r} is not known; known are {', '.join(known)}", where=where)


def _choice(entry: Mapping[str, Any], key: str, choices: Sequence[str], where: str) -> str | None:
    value = entry.get(key) or None
    if value is not None and value not in choices:
        raise InputError(f"{value!r} is not one of {', '.join(choices)}", where=f"{where}.{key}")
    return cast("str | None", value)


def _texts(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key) or []
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) and item.strip() for item in values):
        raise InputError("a list of texts is wanted", where=f"{where}.{key}")
    return tuple(item.strip() for item in values)
