"""A case's ``pledgewatch.toml``: read strictly, written with comments for the person who edits it."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.resources
import json
import re
import tomllib
import typing
from collections.abc import Collection, Mapping
from typing import Any, cast

import jinja2
from rapidfuzz import process

from pledgewatch.errors import InputError
from pledgewatch.model.case import CaseFile, CollectPolicy, ReadPolicy, ResolvePolicy, TracePolicy, WeighPolicy
from pledgewatch.model.report import Audience

Policy = type[CollectPolicy] | type[ReadPolicy] | type[TracePolicy] | type[ResolvePolicy] | type[WeighPolicy]

POLICIES: Mapping[str, Policy] = {
    "collect": CollectPolicy,
    "read": ReadPolicy,
    "trace": TracePolicy,
    "resolve": ResolvePolicy,
    "weigh": WeighPolicy,
}
"""The tables of the file that hold a stage's policy."""

LEAST: Mapping[str, float] = {
    "max_mb": 1, "max_unpacked_mb": 1, "max_seconds": 1, "max_depth": 1, "max_pages": 1, "shingle": 1,
    "copy_probability": 0, "same_at": 0, "base_rate": 0, "half_life_days": 0, "decide_at": 0.5, "min_certain": 0,
}  # fmt: skip
"""Least value of each number; what is a share goes up to 1, the rest to ``MOST``."""

MOST: Mapping[str, float] = {
    "max_mb": 100_000, "max_unpacked_mb": 100_000, "max_seconds": 86_400, "max_depth": 10_000, "max_pages": 1_000_000,
    "shingle": 100, "half_life_days": 1_000_000,
}  # fmt: skip
"""Most of each number that is no share; beyond it a limit is none, and a day of seconds is enough for one file."""

SHARES = ("copy_probability", "same_at", "base_rate", "decide_at", "min_certain")

LARGEST = 1_000_000
"""Bytes of a case file; a larger one is something else."""

NEAR = 60
"""Likeness of names (0 to 100) from which one is offered for the other."""


def write_case_file(case_file: CaseFile) -> str:
    """A case file as commented TOML that a person can edit and ``parse_case_file`` reads back.

    Raises:
        InputError: a text holds half of a surrogate pair, which TOML can't.
    """
    template_text = importlib.resources.files(__package__).joinpath("case.toml.j2").read_text("utf-8")
    # It makes TOML, where HTML's escapes would be wrong; every value goes through ``_write_value``.
    environment = jinja2.Environment(trim_blocks=True, undefined=jinja2.StrictUndefined, autoescape=False)
    environment.filters["toml"] = _write_value
    environment.filters["toml_key"] = lambda name: name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _write_value(name)
    return environment.from_string(template_text).render(case=case_file).rstrip("\n") + "\n"


def _write_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        if len(value) < 2:
            return "[" + "".join(map(_write_value, value)) + "]"
        return "[\n" + "".join(f"  {_write_value(item)},\n" for item in value) + "]"
    if isinstance(value, str):
        if re.search("[\ud800-\udfff]", value):
            raise InputError(
                f"{value!a} is no text that a case file can hold",
                remedy="Give the file or folder a name that is valid UTF-8.",
            )
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def parse_case_file(untrusted_text: str, path: str) -> CaseFile:
    """Reads a case file strictly: what it does not know is an error, never ignored.

    Args:
        path: of the file, for messages.

    Raises:
        InputError: no TOML, an unknown or missing key, a value of the wrong kind or out of bounds; it names the line.
    """
    try:
        table = tomllib.loads(untrusted_text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else path
        raise InputError(f"this is not TOML: {error}", where=where, remedy="Correct this line.") from error
    return _CaseFileParser(untrusted_text, path).parse(table)


class _CaseFileParser:
    """Reads the tables of one file, and knows its lines for the messages."""

    def __init__(self, text: str, path: str) -> None:
        self._lines = text.splitlines()
        self._path = path

    def parse(self, table: dict[str, Any]) -> CaseFile:
        self._refuse_unknown(table, _names(CaseFile), "")
        hints = typing.get_type_hints(CaseFile)
        values: dict[str, Any] = {}
        for name, untrusted_value in table.items():
            if name in POLICIES:
                values[name] = self._parse_policy(name, untrusted_value)
            elif name == "audiences":
                values[name] = self._parse_audiences(untrusted_value)
            else:
                values[name] = self._parse_value(hints[name], untrusted_value, "", name)
        for name in ("title", "agreement", "documents"):
            if not values.get(name):
                raise InputError(
                    f"the key `{name}` is missing or empty", where=self._path, remedy=f"Add a line `{name} = …` on top."
                )
        self._check_day(values)
        case_file = CaseFile(**values)
        self._check_audience(case_file)
        return case_file

    def _parse_policy(self, name: str, untrusted_value: object) -> object:
        cls = POLICIES[name]
        table = self._parse_table(untrusted_value, name)
        self._refuse_unknown(table, _names(cls), name)
        hints = typing.get_type_hints(cls)
        values: dict[str, Any] = {key: self._parse_value(hints[key], value, name, key) for key, value in table.items()}
        return cls(**values)

    def _parse_audiences(self, untrusted_value: object) -> tuple[Audience, ...]:
        hints = typing.get_type_hints(Audience)
        known = tuple(name for name in _names(Audience) if name != "name")
        audiences = []
        for name, untrusted_audience in self._parse_table(untrusted_value, "audiences").items():
            section = f"audiences.{name}"
            table = self._parse_table(untrusted_audience, section)
            self._refuse_unknown(table, known, section)
            if not re.fullmatch(r"\w[\w .-]{0,62}\w|\w", name):
                raise self._wrong(f"an audience can't be called {name!r}", section, None, "Use letters and digits.")
            if "tlp" not in table:
                raise self._wrong("the key `tlp` is missing", section, None, "Say what this audience may see at most.")
            values: dict[str, Any] = {
                key: self._parse_value(hints[key], value, section, key) for key, value in table.items()
            }
            audiences.append(Audience(name=name, **values))
        return tuple(audiences)

    def _parse_table(self, untrusted_value: object, section: str) -> dict[str, Any]:
        if not isinstance(untrusted_value, dict):
            parent, _, name = section.rpartition(".")
            raise self._wrong(f"`{section}` is a table", parent, name, f"Write [{section}] and its keys below.")
        return untrusted_value

    def _parse_value(self, hint: Any, value: object, section: str, key: str) -> object:
        wanted = ""
        if typing.get_origin(hint) is typing.Literal:
            choices = typing.get_args(hint)
            wanted = "" if value in choices else f"one of {', '.join(choices)}"
        elif typing.get_origin(hint) is tuple:
            if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
                return tuple(cast(list[str], value))
            wanted = 'a list of texts, as in ["one", "two"]'
        elif hint is bool:
            wanted = "" if isinstance(value, bool) else "true or false"
        elif hint is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        elif hint in (int, float):
            wanted = "" if type(value) is hint else ("a whole number" if hint is int else "a number")
        elif isinstance(value, datetime.date):
            value = value.isoformat()
        elif not isinstance(value, str):
            wanted = "a text in quotation marks"
        if not wanted and key in LEAST:
            wanted = _name_bounds(key, cast(float, value))
        if wanted:
            raise self._wrong(f"`{key}` is {value!r}, but must be {wanted}", section, key, f"Give {wanted}.")
        return value

    def _check_day(self, values: Mapping[str, Any]) -> None:
        day = values.get("as_of")
        try:
            if day is not None and datetime.date.fromisoformat(day).isoformat() != day:
                raise ValueError
        except ValueError:
            raise self._wrong(
                f"`as_of` is {day!r}, which is no day", "", "as_of", 'Write a day of the calendar as "2021-12-31".'
            ) from None

    def _check_audience(self, case_file: CaseFile) -> None:
        names = [audience.name for audience in case_file.audiences]
        if case_file.audience not in names:
            remedy = f"Choose one of: {', '.join(names)}." if names else "Add a table such as [audiences.team]."
            raise self._wrong(f"there is no audience {case_file.audience!r}", "", "audience", remedy)

    def _refuse_unknown(self, table: Mapping[str, Any], known: Collection[str], section: str) -> None:
        for key in table:
            if key in known:
                continue
            homes = [name for name, cls in POLICIES.items() if key in _names(cls)]
            nearest = process.extractOne(key, known, score_cutoff=NEAR)
            if homes:
                remedy = f"Move it below [{homes[0]}]."
            elif key in _names(CaseFile):
                remedy = "Move it to the top of the file, above the first [table]."
            elif nearest:
                remedy = f"Did you mean `{nearest[0]}`?"
            else:
                remedy = f"Remove it; known are {', '.join(known)}."
            place = f"in [{section}]" if section else "here"
            raise self._wrong(f"the key `{key}` is not known {place}", section, key, remedy)

    def _wrong(self, what: str, section: str, key: str | None, remedy: str) -> InputError:
        line = self._find_line(section, key)
        return InputError(what, where=f"{self._path}:{line}" if line else self._path, remedy=remedy)

    def _find_line(self, section: str, key: str | None) -> int | None:
        current, section_line = "", None
        for number, line in enumerate(self._lines, start=1):
            header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
            if header:
                current = re.sub(r"[\"'\s]", "", header[1])
                if current == section.replace(" ", ""):
                    section_line = number
            name = re.match(r"\s*[\"']?([^\"'=\[#]+?)[\"']?\s*=", line)
            if key is not None and current == section.replace(" ", "") and name and name[1] == key:
                return number
            if key is not None and not section and header and current == key:
                return number
        return section_line


def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))


def _name_bounds(key: str, value: float) -> str:
    """What a number must be, where it is not; an empty text where it is."""
    if key in SHARES:
        return "" if LEAST[key] <= value <= 1 else f"between {LEAST[key]:g} and 1"
    most = MOST[key]
    return "" if LEAST[key] <= value <= most else f"between {LEAST[key]:g} and {most:,.0f}"
