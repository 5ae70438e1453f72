"""Nouns to plain JSON values and back. One generic pair for every frozen dataclass of this package."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from typing import Any, TypeVar, cast

from pledgewatch.errors import InputError

Noun = TypeVar("Noun")


def to_wire(noun: object) -> Any:
    """A noun as dicts, lists, strings, numbers, booleans and ``None``.

    >>> from pledgewatch.model.span import Span
    >>> to_wire(Span(0, 2, "We"))
    {'start': 0, 'end': 2, 'text': 'We'}
    """
    if dataclasses.is_dataclass(noun) and not isinstance(noun, type):
        return {field.name: to_wire(getattr(noun, field.name)) for field in dataclasses.fields(noun)}
    if isinstance(noun, tuple | list):
        return [to_wire(item) for item in noun]
    return noun


@functools.cache
def _fields(cls: type) -> tuple[tuple[str, Any, bool], ...]:
    hints = typing.get_type_hints(cls)
    return tuple(
        (
            field.name,
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(cls)
    )


def from_wire(cls: type[Noun], untrusted_value: Any) -> Noun:
    """The noun of class ``cls`` that ``to_wire`` made; raises ``InputError`` on a field it does not know."""
    return cast(Noun, _parse(cls, untrusted_value, cls.__name__))


def _parse(hint: Any, value: Any, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        if value not in typing.get_args(hint):
            choices = ", ".join(str(choice) for choice in typing.get_args(hint))
            raise InputError(f"{value!r} is not one of {choices}", where=where)
        return value
    if origin in (types.UnionType, typing.Union):
        options = typing.get_args(hint)
        if value is None and type(None) in options:
            return None
        for option in options:
            if option is type(None):
                continue
            return _parse(option, value, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise InputError(f"a list is wanted, not {type(value).__name__}", where=where)
        items = typing.get_args(hint)
        if len(items) == 2 and items[1] is Ellipsis:
            return tuple(_parse(items[0], item, f"{where}[{index}]") for index, item in enumerate(value))
        if len(items) != len(value):
            raise InputError(f"{len(items)} values are wanted, not {len(value)}", where=where)
        return tuple(_parse(item, part, where) for item, part in zip(items, value, strict=True))
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, dict):
            raise InputError(f"a table is wanted, not {type(value).__name__}", where=where)
        cls = cast(type, hint)
        known = {name for name, _, _ in _fields(cls)}
        for key in value:
            if key not in known:
                raise InputError(f"the key {key!r} is not known; known are {', '.join(sorted(known))}", where=where)
        arguments = {}
        for name, field_hint, required in _fields(cls):
            if name in value:
                arguments[name] = _parse(field_hint, value[name], f"{where}.{name}")
            elif required:
                raise InputError(f"the key {name!r} is missing", where=where)
        return cls(**arguments)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint in (int, float) and isinstance(value, bool)):
        raise InputError(f"a value of type {hint.__name__} is wanted, not {value!r}", where=where)
    return value
