"""Plain text, which may begin with a few ``key: value`` lines about itself."""

from __future__ import annotations

import re

from pledgewatch.collect.canonical import clean_text, decode_text, join_wrapped
from pledgewatch.collect.formats.contract import Head
from pledgewatch.collect.front_matter import HANDLING, KEYS, state_fields
from pledgewatch.collect.items import Contents, Item, Raw, Stated

NAME = "text"
MEDIA_TYPE = "text/plain"

_HEADER_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z _-]{1,24}?)(?:[ \t]*:[ \t]*|[ \t]+(?=\d{4}-\d{2}))(\S.{0,500})")


def recognise(head: Head) -> str | None:
    """Plain text is any text that no other format knows."""
    return MEDIA_TYPE if head.text is not None else None


def parse(raw: Raw) -> Contents:
    """The text, with wrapped lines joined; header lines about the document are read and left out of it."""
    decoded, _ = decode_text(raw.untrusted_data)
    text = clean_text(decoded)
    stated, body = split_header_lines(text)
    return Contents((Item(join_wrapped(body), MEDIA_TYPE, stated),))


def split_header_lines(text: str) -> tuple[Stated, str]:
    """Reads the ``key: value`` lines at the top of a clean text, up to a blank line; without one there is no header.

    Only keys that front matter knows count, so that a text beginning "Warning: ..." loses nothing.

    >>> split_header_lines("date 2021-02-17\\nSource: The Gazette\\n\\nIt rained.")[1]
    'It rained.'
    """
    head, blank, body = text.partition("\n\n")
    fields: dict[str, str] = {}
    for line in head.split("\n"):
        match = _HEADER_LINE.fullmatch(line)
        key = match.group(1).strip().lower().replace(" ", "_").replace("-", "_") if match else ""
        if match is None or (key not in KEYS and key != "handling"):
            return Stated(), text
        value = match.group(2).strip()
        # Of two lines on who may see it neither is taken: together they are a label that nobody knows.
        both = KEYS.get(key, "tlp") in HANDLING and fields.get(key, value) != value
        fields[key] = f"{fields[key]} / {value}" if both else value
    return (state_fields(fields), body) if blank else (Stated(), text)
