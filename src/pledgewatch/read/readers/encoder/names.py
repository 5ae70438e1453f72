"""A name while it is being read: places only, no ids yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pledgewatch.model.reading import MentionType


@dataclass(slots=True)
class Name:
    """A mention before it has an id; ``head`` is the place in the list of the name that names it most fully."""

    start: int
    end: int
    type: MentionType
    text: str
    title: str = ""
    head: int | None = None
    key: str = ""


def name_key(words: str) -> str:
    """What two writings of one name have in common: small letters, no stops, hyphens or possessives."""
    return " ".join(re.findall(r"[^\W_]+", words.lower().replace("’s", "").replace("'s", "").replace(".", "")))
