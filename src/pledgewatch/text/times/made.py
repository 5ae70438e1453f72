"""What the builders share: making a found time from a match, and reading numbers out of its slots."""

from __future__ import annotations

import re

from pledgewatch.model.reading import TimeAnchor, TimeType
from pledgewatch.text.numbers.parse import parse_number
from pledgewatch.text.times.found import FoundTime
from pledgewatch.text.times.grammar import Hit


def make_time(
    hit: Hit, type_: TimeType, value: str | None, anchored_to: TimeAnchor = "none", duration: str | None = None,
    reference: str | None = None,
) -> FoundTime:  # fmt: skip
    return FoundTime(hit.start, hit.end, type_, value, anchored_to, duration, reference)


DIGITS = re.compile(r"\d+")


def first_int(words: str | None) -> int | None:
    match = DIGITS.search(words or "")
    return int(match[0]) if match else None


def payload_int(hit: Hit, name: str) -> int:
    payload = hit.payload(name)
    return payload if isinstance(payload, int) else 0


def payload_str(hit: Hit, name: str) -> str:
    payload = hit.payload(name)
    return payload if isinstance(payload, str) else ""


def add_part(iso: str, part: str) -> str:
    """ISO 8601 knows clock times only: a part of the day stays in the words, noon and midnight are times."""
    return f"{iso}{part}" if part.startswith("T") else iso


def read_amount(hit: Hit) -> float | None:
    """The number of units; ``None`` when the words leave it open ("several")."""
    if "num" in hit.slots:
        return parse_number(hit.words("num") or "")
    few = (hit.words("few") or "").lower()
    if few in ("a", "an"):
        return 1
    if few.startswith(("couple", "a couple")):
        return 2
    return None
