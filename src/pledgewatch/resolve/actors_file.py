"""Reads a case's ``actors.yml``: the actors that people declare, with their aliases and the party they belong to."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Sequence
from typing import Any

import yaml

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Actor, Alias
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import MentionType
from pledgewatch.text.folding import fold_name

_TYPES: tuple[MentionType, ...] = typing.get_args(MentionType)
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")


class _TwiceError(yaml.YAMLError):
    """A key stands twice in one table."""


class _ActorsLoader(yaml.SafeLoader):
    """Safe loader in which a second key of one name does not win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [str(key.value) for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise _TwiceError(f"the key {name!r} stands twice in one table")
        return super().construct_mapping(node, deep)


def parse_actors(untrusted_text: str, path: str) -> tuple[Actor, ...]:
    """The actors that an ``actors.yml`` declares, in its order; none for an empty file.

    The file is a table with the one key ``actors``, a list of tables with ``name`` and optionally ``type`` (default
    ``group``), ``aliases`` (names, or tables with ``name``, ``weak`` and ``script``, an ISO 15924 code) and ``party``.

    Raises:
        InputError: broken YAML, an unknown key, a wrong value, or two actors of one name.

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
        actors.append(actor)
    return tuple(actors)


def _parse_actor(untrusted_value: object, where: str) -> Actor:
    table = _table(untrusted_value, ("name", "type", "aliases", "party"), where)
    name = _name(table.get("name"), f"{where}, name")
    kind = table.get("type", "group")
    if kind not in _TYPES:
        hint = _nearest(str(kind), _TYPES)
        raise InputError(f"{kind!r} is not one of {', '.join(_TYPES)}{hint}", where=f"{where}, type")
    party = table.get("party")
    return Actor(
        id=make_id("a", fold_name(name)),
        name=name,
        type=kind,
        aliases=tuple(
            _parse_alias(item, f"{where}, aliases[{index}]")
            for index, item in enumerate(_list(table.get("aliases"), f"{where}, aliases"))
        ),
        party=None if party is None else _name(party, f"{where}, party"),
    )


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
