"""Names files that hold no text, by how they begin."""

from __future__ import annotations

from pledgewatch.collect.plain_yaml import read_table


def name_signature(untrusted_data: bytes) -> tuple[str, str] | None:
    """What a file is that begins so, and what to do about it; ``None`` when the table knows no such beginning.

    >>> name_signature(bytes.fromhex("ffd8ffe0"))
    ('a JPEG image', 'Collect a text version of what the image shows.')
    """
    for row in read_table("signatures"):
        begins = bytes.fromhex(row["begins"])
        at = int(row.get("at", 0))
        if untrusted_data[at : at + len(begins)] == begins:
            return row["name"], row["remedy"]
    return None
