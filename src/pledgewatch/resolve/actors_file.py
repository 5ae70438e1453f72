"""Reads actors as YAML: a case's ``actors.yml``, and the files of the registry that we ship, in one shape."""

from __future__ import annotations

import datetime
import difflib
import re
import typing
from collections.abc import Sequence
from typing import Any

import yaml

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Actor, ActorTie, Alias, ListedAs, TieType
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import MentionType
from pledgewatch.text.folding import fold_name

_TYPES: tuple[MentionType, ...] = typing.get_args(MentionType)
_TIES: tuple[TieType, ...] = typing.get_args(TieType)
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_KEYS = (
    "id", "name", "type", "kind", "aliases", "acronyms", "party", "countries", "since", "until", "ties", "not",
    "listings", "wikidata",
)  # fmt: skip


class _TwiceError(yaml.YAMLError):
    """A key stands twice in one table."""


# The parser in C is ten times as fast, where the library has it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _ActorsLoader(_Loader):  # type: ignore[misc]
    """Safe loader in which a second key of one name does not win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [str(key.value) for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise _TwiceError(f"the key {name!r} stands twice in one table")
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def parse_actors(untrusted_text: str, path: str) -> tuple[Actor, ...]:
    """The actors that an ``actors.yml`` declares, in its order; none for an empty file.

    The file is a table with the one key ``actors``, a list of tables. Each has a ``name`` and optionally ``type``
    (default ``group``), ``aliases`` (names, or tables with ``name``, ``weak`` and ``script``, an ISO 15924 code),
    ``party``, and what the registry also says: ``id``, ``kind``, ``acronyms``, ``countries`` (ISO 3166-1 alpha-2),
    ``since``, ``until`` (ISO dates), ``ties`` (tables with ``type``, ``to``, ``since``, ``until``), ``not`` (ids of
    those it is taken for), ``listings`` (tables with ``list``, ``listing``, ``since``, ``until``), ``wikidata``.

    Raises:
        InputError: broken YAML, an unknown key, a wrong value, or two actors of one name or id.

    >>> parse_actors("actors: [{name: Ilko Ruk, type: person, party: Varna Front}]", "actors.yml")[0].party
    'Varna Front'
    """
    try:
        untrusted_table = yaml.load(untrusted_text, Loader=_ActorsLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark is not None else path
        what = str(error) if isinstance(error, _TwiceError) else "this is not YAML"
        raise InputError(what, where=where, remedy="Correct the line, or start from the template.") from error
    except ValueError as error:  # a date such as 2021-02-31 is refused by the YAML library itself
        raise InputError(f"a value can't be read: {error}", where=path) from error
    if untrusted_table is None:
        return ()
    table = _table(untrusted_table, ("actors",), path)
    actors: list[Actor] = []
    seen: dict[str, str] = {}
    ids: set[str] = set()
    for index, untrusted_actor in enumerate(_list(table.get("actors"), f"{path}, actors")):
        actor = _parse_actor(untrusted_actor, f"{path}, actors[{index}]")
        key = fold_name(actor.name)
        if key in seen:
            raise InputError(
                f"two actors have the name {seen[key]!r}",
                where=f"{path}, actors[{index}]",
                remedy="Make them one entry, or give each a name that tells them apart.",
            )
        seen[key] = actor.name
        if actor.id in ids:
            raise InputError(f"two actors have the id {actor.id!r}", where=f"{path}, actors[{index}]")
        ids.add(actor.id)
        actors.append(actor)
    return tuple(actors)


def _parse_actor(untrusted_value: object, where: str) -> Actor:
    table = _table(untrusted_value, _KEYS, where)
    name = _name(table.get("name"), f"{where}, name")
    kind = table.get("type", "group")
    if kind not in _TYPES:
        hint = _nearest(str(kind), _TYPES)
        raise InputError(f"{kind!r} is not one of {', '.join(_TYPES)}{hint}", where=f"{where}, type")
    party = table.get("party")
    aliases = [
        _parse_alias(item, f"{where}, aliases[{index}]")
        for index, item in enumerate(_list(table.get("aliases"), f"{where}, aliases"))
    ]
    aliases += [
        Alias(_name(item, f"{where}, acronyms[{index}]"), acronym=True)
        for index, item in enumerate(_list(table.get("acronyms"), f"{where}, acronyms"))
    ]
    return Actor(
        id=_matching(table.get("id"), _ID, "a word of small letters, digits and hyphens", f"{where}, id")
        or make_id("a", fold_name(name)),
        name=name,
        type=kind,
        aliases=tuple(aliases),
        party=None if party is None else _name(party, f"{where}, party"),
        kind=str(table.get("kind") or ""),
        countries=tuple(
            _matching(item, _COUNTRY, "an ISO 3166-1 code of two letters", f"{where}, countries[{index}]") or ""
            for index, item in enumerate(_list(table.get("countries"), f"{where}, countries"))
        ),
        ties=tuple(
            _parse_tie(item, f"{where}, ties[{index}]")
            for index, item in enumerate(_list(table.get("ties"), f"{where}, ties"))
        ),
        not_same=tuple(
            _name(item, f"{where}, not[{index}]") for index, item in enumerate(_list(table.get("not"), f"{where}, not"))
        ),
        listings=tuple(
            _parse_listed(item, f"{where}, listings[{index}]")
            for index, item in enumerate(_list(table.get("listings"), f"{where}, listings"))
        ),
        wikidata=_matching(table.get("wikidata"), _WIKIDATA, "an id such as Q42", f"{where}, wikidata"),
        since=_date(table.get("since"), f"{where}, since"),
        until=_date(table.get("until"), f"{where}, until"),
    )


def _parse_tie(untrusted_value: object, where: str) -> ActorTie:
    table = _table(untrusted_value, ("type", "to", "since", "until"), where)
    kind = table.get("type")
    if kind not in _TIES:
        hint = _nearest(str(kind), _TIES)
        raise InputError(f"{kind!r} is not one of {', '.join(_TIES)}{hint}", where=f"{where}, type")
    since, until = (_date(table.get(key), f"{where}, {key}") for key in ("since", "until"))
    return ActorTie(kind, _name(table.get("to"), f"{where}, to"), since, until)


def _parse_listed(untrusted_value: object, where: str) -> ListedAs:
    table = _table(untrusted_value, ("list", "listing", "since", "until"), where)
    since, until = (_date(table.get(key), f"{where}, {key}") for key in ("since", "until"))
    listing = _name(table.get("listing"), f"{where}, listing")
    return ListedAs(_name(table.get("list"), f"{where}, list"), listing, since, until)


def _date(untrusted_value: object, where: str) -> str | None:
    value = str(untrusted_value) if isinstance(untrusted_value, int) else untrusted_value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _matching(value, _DATE, "a date such as 2021-05-02, 2021-05 or 2021", where)


def _matching(untrusted_value: object, pattern: re.Pattern[str], wanted: str, where: str) -> str | None:
    if untrusted_value is None:
        return None
    if not isinstance(untrusted_value, str) or not pattern.fullmatch(untrusted_value):
        raise InputError(
            f"{untrusted_value!r} is not {wanted}", where=where, remedy="Correct it; put it in quotation marks."
        )
    return untrusted_value


def _parse_alias(untrusted_value: object, where: str) -> Alias:
    if isinstance(untrusted_value, str):
        return Alias(_name(untrusted_value, where))
    table = _table(untrusted_value, ("name", "weak", "script"), where)
    weak, script = table.get("weak", False), table.get("script", "Latn")
    if not isinstance(weak, bool):
        raise InputError(f"{weak!r} is neither true nor false", where=f"{where}, weak")
    if not isinstance(script, str) or not _SCRIPT.fullmatch(script):
        raise InputError(
            f"{script!r} is no script",
            where=f"{where}, script",
            remedy="Write the ISO 15924 code, such as Latn or Arab.",
        )
    return Alias(_name(table.get("name"), f"{where}, name"), script, weak)


def _name(untrusted_value: object, where: str) -> str:
    if untrusted_value is None:
        raise InputError("a name is missing", where=where)
    if not isinstance(untrusted_value, str):
        raise InputError(f"a name is wanted, not {untrusted_value!r}", where=where, remedy="Put it in quotation marks.")
    if not fold_name(untrusted_value) or any(ord(char) < 32 for char in untrusted_value):
        raise InputError(f"{untrusted_value!r} is no name", where=where)
    return untrusted_value.strip()


def _list(untrusted_value: object, where: str) -> list[Any]:
    if untrusted_value is None:
        return []
    if not isinstance(untrusted_value, list):
        raise InputError(f"a list is wanted, not {type(untrusted_value).__name__}", where=where)
    return untrusted_value


def _table(untrusted_value: object, keys: Sequence[str], where: str) -> dict[str, Any]:
    if not isinstance(untrusted_value, dict):
        raise InputError(f"a table with {', '.join(keys)} is wanted, not {untrusted_value!r:.60}", where=where)
    for key in untrusted_value:
        if key not in keys:
            hint = _nearest(str(key), keys)
            raise InputError(f"the key {key!r} is not known; known are {', '.join(keys)}{hint}", where=where)
    return untrusted_value


def _nearest(word: str, choices: Sequence[str]) -> str:
    near = difflib.get_close_matches(word.lower(), choices, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
