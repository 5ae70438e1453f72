"""What every format does: say whether bytes are its own, and find the texts in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pledgewatch.collect.items import Contents, Raw


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, on which formats decide whose it is.

    Attributes:
        untrusted_data: the whole file's bytes (not copied).
        text: the first few thousand characters, white space and byte order mark before them left out; ``None`` when the
            bytes are no text.
        suffix: of the name, in lower case with its dot; a tie-break between formats of text and nothing else.
    """

    untrusted_data: bytes
    text: str | None
    suffix: str


class Format(Protocol):
    """A module in this folder; ``tests/collect/test_formats_contract.py`` runs over every one in ``FORMATS``."""

    NAME: str

    def recognise(self, head: Head) -> str | None:
        """The media type of the bytes when they are of this format, else ``None``; looks at the head only."""

    def parse(self, raw: Raw) -> Contents:
        """Finds the texts in the bytes.

        Raises:
            UnreadableError: nothing can be read, with the reason and the remedy. Whatever else a parser raises is
            turned
                into the same by the caller.
        """
