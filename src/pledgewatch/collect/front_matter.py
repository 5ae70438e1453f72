"""What documents state of themselves in fields: front matter, header lines, metadata."""

from __future__ import annotations

from collections.abc import Mapping
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
    "protected_source": "protected_source",
    "embargo_until": "embargo_until",
}
"""Keys that are understood, and the field of ``Stated`` that each fills; of two for one field the earlier counts."""

LARGEST = 65_536
"""Most characters of front matter."""


def state_fields(untrusted_fields: Mapping[str, Any]) -> Stated:
    """What fields under the keys above state; keys that are not understood are ignored.

    ``handling`` may hold ``tlp``, ``protected_source`` and ``embargo_until`` in a mapping of its own, or a TLP label
    alone.
    """
    fields = {str(key).lower().replace("-", "_"): value for key, value in untrusted_fields.items()}
    handling = fields.pop("handling", None)
    if isinstance(handling, dict):
        fields.update(
            {key: value for key, value in handling.items() if key in ("tlp", "protected_source", "embargo_until")}
        )
    elif isinstance(handling, str) and handling.strip():
        fields.setdefault("tlp", handling)
    stated: dict[str, str] = {}
    for key, field in KEYS.items():
        value = fields.get(key)
        if isinstance(value, list) and value and isinstance(value[0], str):
            value = ", ".join(item for item in value if isinstance(item, str))
        if isinstance(value, str) and value.strip():
            stated.setdefault(field, value.strip())
    return Stated(**stated)


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
