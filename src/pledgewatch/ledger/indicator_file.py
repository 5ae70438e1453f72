"""The case's ``indicators.yml``: written for a person to edit, read back strictly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from pledgewatch.errors import InputError
from pledgewatch.model.agreement import Agreement, Indicator, Shows

_KEYS = ("id", "text", "shows", "telling", "acts", "actors", "objects")
_REQUIRED = ("id", "text", "shows", "acts")
_SHOWS: tuple[Shows, ...] = ("kept", "broken")
DEFAULT_TELLING = 0.7
"""Of an indicator that does not say how telling it is."""
_HEAD = """\
# What would show each commitment kept or broken. Proposed by the machine; edit freely.
#
# shows    kept or broken
# telling  0 to 1: how much the thing, if so, says about the commitment
# acts     a passage must hold one of these words (word forms are folded; "…" lets up to four words stand between)
# actors   who acts; a passage must mention one of them, under any alias
# objects  to whom or to what; leave empty when the act needs none
"""


def write_indicators(agreement: Agreement, text: str, indicators: Sequence[Indicator]) -> str:
    """Writes indicators as YAML, each commitment under its clause quoted as a comment.

    Commitments stand in the agreement's order, indicators sorted by id; a commitment without indicators is written
    with an empty list, so that a person sees where some are missing.
    """
    lines = [_HEAD]
    for commitment in agreement.commitments:
        quoted = " ".join(text[commitment.span.start : commitment.span.end].split())
        lines.append(f"# {commitment.clause}: {quoted}")
        own = sorted((one for one in indicators if one.commitment == commitment.id), key=lambda one: one.id)
        lines.append(f"{commitment.id}:" if own else f"{commitment.id}: []")
        for one in own:
            entry: dict[str, Any] = {
                "id": one.id,
                "text": one.text,
                "shows": one.shows,
                "telling": one.telling,
                "acts": list(one.acts),
                "actors": list(one.actors),
                "objects": list(one.objects),
            }
            dumped = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
            lines += [f"  {line}" if line else line for line in dumped.rstrip("\n").split("\n")]
        lines.append("")
    return "\n".join(lines)


def parse_indicators(untrusted_text: str, path: str, agreement: Agreement) -> tuple[Indicator, ...]:
    """Reads ``indicators.yml`` strictly.

    Raises:
        InputError: naming file, line and key, for anything but well-formed YAML of known commitments and known keys.
    """
    try:
        root = yaml.compose(untrusted_text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else path
        raise InputError(
            "the file is not YAML", where=place, remedy="Correct the line; lists are [a, b], keys end in a colon."
        ) from error
    if root is None:
        return ()
    known = {commitment.id for commitment in agreement.commitments}
    indicators: list[Indicator] = []
    ids: set[str] = set()
    for commitment, key_node, value in _pairs(root, path):
        if commitment not in known:
            raise InputError(
                f"the agreement has no commitment {commitment!r}",
                where=_place(path, key_node),
                remedy=f"Use one of {', '.join(sorted(known))}.",
            )
        if not isinstance(value, yaml.SequenceNode):
            raise InputError(f"{commitment} must hold a list of indicators", where=_place(path, value))
        for node in value.value:
            indicator = _parse_one(node, path, commitment)
            if indicator.id in ids:
                raise InputError(
                    f"the id {indicator.id!r} stands twice",
                    where=_place(path, node),
                    remedy="Give each indicator its own id.",
                )
            ids.add(indicator.id)
            indicators.append(indicator)
    return tuple(indicators)


def _place(path: str, node: yaml.Node) -> str:
    return f"{path}:{node.start_mark.line + 1}"


def _pairs(node: yaml.Node, path: str) -> list[tuple[str, yaml.Node, yaml.Node]]:
    """Key, key node and value node of a mapping; a key that stands twice is an error."""
    if not isinstance(node, yaml.MappingNode):
        raise InputError("keys with values are wanted here", where=_place(path, node))
    pairs: list[tuple[str, yaml.Node, yaml.Node]] = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise InputError("a key must be a word", where=_place(path, key))
        if any(key.value == other for other, _, _ in pairs):
            raise InputError(
                f"the key {key.value!r} stands twice", where=_place(path, key), remedy="Join the two entries."
            )
        pairs.append((str(key.value), key, value))
    return pairs


def _parse_one(node: yaml.Node, path: str, commitment: str) -> Indicator:
    pairs = {key: (key_node, value) for key, key_node, value in _pairs(node, path)}
    for key, (key_node, _) in pairs.items():
        if key not in _KEYS:
            raise InputError(
                f"the key {key!r} is not known; known are {', '.join(_KEYS)}", where=_place(path, key_node)
            )
    for key in _REQUIRED:
        if key not in pairs:
            raise InputError(
                f"the key {key!r} is missing", where=_place(path, node), remedy=f"Add {key}: to the indicator."
            )
    shows = _word(pairs["shows"][1], path, "shows")
    if shows not in _SHOWS:
        raise InputError(f"shows is {shows!r}, not kept or broken", where=_place(path, pairs["shows"][1]))
    acts = _words(pairs["acts"][1], path, "acts")
    if not acts:
        raise InputError(
            "acts is empty: no passage could ever bear",
            where=_place(path, pairs["acts"][1]),
            remedy="Name at least one word for the act.",
        )
    return Indicator(
        id=_word(pairs["id"][1], path, "id"),
        commitment=commitment,
        text=_word(pairs["text"][1], path, "text"),
        shows=shows,
        telling=_number(pairs["telling"][1], path, "telling") if "telling" in pairs else DEFAULT_TELLING,
        acts=acts,
        actors=_words(pairs["actors"][1], path, "actors") if "actors" in pairs else (),
        objects=_words(pairs["objects"][1], path, "objects") if "objects" in pairs else (),
    )


def _word(node: yaml.Node, path: str, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
        raise InputError(f"{key} must be words", where=_place(path, node))
    return str(node.value).strip()


def _words(node: yaml.Node, path: str, key: str) -> tuple[str, ...]:
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise InputError(f"{key} must be a list", where=_place(path, node), remedy=f"Write {key}: [one, two].")
    return tuple(_word(item, path, key) for item in node.value)


def _number(node: yaml.Node, path: str, key: str) -> float:
    try:
        number = float(_word(node, path, key))
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise InputError(f"{key} must be a number from 0 to 1", where=_place(path, node))
    return number
