"""What documents state of themselves in fields: front matter, header lines, metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pledgewatch.collect.items import Stated
from pledgewatch.collect.plain_yaml import parse_plain_yaml

KEYS = {
    "id": "id",
    "title": "title",
    "headline": "title",
    "publisher": "publisher",
    "site": "publisher",
    "site_name": "publisher",
    "source": "publisher",
    "author": "publisher",
    "date": "published",
    "published": "published",
    "published_time": "published",
    "publication_date": "published",
    "modified": "modified",
    "modified_time": "modified",
    "updated": "modified",
    "address": "address",
    "source_url": "address",
    "url": "address",
    "canonical": "address",
    "language": "language",
    "lang": "language",
    "tlp": "tlp",
    "tlp_label": "tlp",
    "marking": "tlp",
    "protected_source": "protected_source",
    "protected": "protected_source",
    "embargo_until": "embargo_until",
    "embargoed_until": "embargo_until",
    "embargo": "embargo_until",
    "embargoed": "embargo_until",
    "embargo_date": "embargo_until",
}
"""Keys that are understood, and the field of ``Stated`` that each fills; of two for one field the earlier counts."""

HANDLING = ("tlp", "protected_source", "embargo_until")
"""Fields that say who may see a document. What they say is never lost: of two values that differ neither is taken."""

MENTIONS_HANDLING = re.compile(
    r"^[ \t{,\"']*(?:handling|"
    rf"{'|'.join(key.replace('_', '[_-]') for key, field in KEYS.items() if field in HANDLING)})"
    rf"[\"']?[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
"""A line of front matter that says who may see the document."""

UNREAD_HANDLING = Stated(tlp="(it stands in front matter that can't be read)")
"""What stands for a handling that is mentioned and can't be read: a label that nobody knows, so nobody sees it."""

LARGEST = 65_536
"""Most characters of front matter."""


def state_fields(untrusted_fields: Mapping[str, Any]) -> Stated:
    """What fields under the keys above state; keys that are not understood are ignored, but for those on handling.

    ``handling`` may hold ``tlp``, ``protected_source`` and ``embargo_until`` in a mapping of its own, or a TLP label
    alone; anything else in it is stated as a label, which nobody will know, so that the document is held back.

    >>> state_fields({"TLP": "RED", "tlp": "CLEAR"}).tlp
    'RED / CLEAR'
    """
    said: dict[str, list[str]] = {}
    for key, value in _spread(untrusted_fields):
        field = KEYS.get(key)
        if isinstance(value, list) and value and isinstance(value[0], str):
            value = ", ".join(item for item in value if isinstance(item, str))
        if field in HANDLING and value and not isinstance(value, str):
            value = str(value)
        if field is not None and isinstance(value, str) and value.strip():
            said.setdefault(key, []).append(value.strip())
    stated: dict[str, str] = {}
    for key, field in KEYS.items():
        if field not in HANDLING and key in said:
            stated.setdefault(field, said[key][0])
    for field in HANDLING:
        values = dict.fromkeys(value for key in KEYS if KEYS[key] == field for value in said.get(key, ()))
        if field == "embargo_until":
            values = {value: None for value in values if value.lower() not in _NO_EMBARGO}
        if values:
            stated[field] = " / ".join(values)
    return Stated(**stated)


_NO_EMBARGO = ("false", "no", "none", "off", "null", "~", "-")


def _spread(untrusted_fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every field by its folded key, those of ``handling`` among them."""
    for name, value in untrusted_fields.items():
        key = _fold_key(name)
        if key != "handling":
            yield key, value
        elif isinstance(value, dict):
            for inner, said in value.items():
                known = KEYS.get(_fold_key(inner)) in HANDLING
                yield (_fold_key(inner), said) if known else ("tlp", f"{inner}: {said}")
        elif value:
            yield "tlp", value


def _fold_key(name: object) -> str:
    return str(name).strip().lower().replace("-", "_").replace(" ", "_")


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Takes the YAML block between ``---`` lines off a text: the block (``None`` without one), and the rest.

    >>> split_front_matter("---\\ntitle: A\\n---\\nBody")
    ('title: A\\n', 'Body')
    """
    if not text.startswith("---\n"):
        return None, text
    for fence in ("\n---\n", "\n...\n"):
        end = text.find(fence, 3, LARGEST + 8)
        if end >= 0:
            return text[4 : end + 1], text[end + len(fence) :]
    if text.rstrip().endswith("\n---") and len(text) <= LARGEST:
        return text.rstrip()[4:-3], ""
    return None, text


def parse_front_matter(untrusted_block: str) -> Stated:
    """What a block of front matter states; raises ``ValueError`` with the reason when it can't be read."""
    fields = parse_plain_yaml(untrusted_block, LARGEST)
    if fields in (None, ""):
        return Stated()
    if not isinstance(fields, dict):
        raise ValueError("it is no mapping of keys to values")
    return state_fields(fields)
