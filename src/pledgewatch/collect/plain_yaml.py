"""YAML from outside, of bounded size and without aliases, with every scalar as the text that was written."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import yaml

LARGEST = 1_000_000
"""Most characters of a YAML text; more is a mistake or an attack."""

DEEPEST = 20
"""Deepest nesting of a YAML text."""


def parse_plain_yaml(untrusted_text: str, largest: int = LARGEST) -> Any:
    """The mapping, list or text that a YAML text states; dates and numbers stay as written.

    Raises:
        ValueError: in one line, why the text is not plain YAML: too large, too deep, an alias, a key twice, no YAML.
    """
    if len(untrusted_text) > largest:
        raise ValueError(f"it has {len(untrusted_text):,} characters, and at most {largest:,} are read")
    try:
        depth = 0
        for event in yaml.parse(untrusted_text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark is not None else 0
                raise ValueError(f"line {line} uses an alias, which is not allowed")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise ValueError(f"it is nested more than {DEEPEST} deep")
        return yaml.load(untrusted_text, Loader=_PlainLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark is not None else ""
        raise ValueError(f"it is not YAML{where}: {getattr(error, 'problem', None) or 'malformed'}") from error


class _PlainLoader(yaml.BaseLoader):
    """Base loader (texts only) that does not let a second key of one name win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise ValueError(f"line {key.start_mark.line + 1} has a key that is no word")
            if key.value in seen:
                raise ValueError(f"line {key.start_mark.line + 1} states the key {key.value!r} a second time")
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep))


@functools.cache
def read_table(name: str) -> Any:
    """A packaged table of this stage (``tables/<name>.yml``); the value is shared, so nobody changes it."""
    return parse_plain_yaml(resources.files(__package__).joinpath("tables", f"{name}.yml").read_text("utf-8"))
