"""Units of measure and money beside a number."""

from __future__ import annotations

import functools
import re
from importlib import resources

import yaml

_BLANK = r"[ \t\u00a0\u202f]{0,2}"


@functools.cache
def _table() -> tuple[dict[str, str], dict[str, str], re.Pattern[str], re.Pattern[str]]:
    raw = yaml.safe_load(resources.files(__package__).joinpath("units.yml").read_text("utf-8"))
    after = {str(word): str(code) for code, words in raw["after"].items() for word in words}
    before = {str(word): str(code) for code, words in raw["before"].items() for word in words}

    def alternatives(words: dict[str, str]) -> str:
        return "|".join(
            re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word))
        )

    return (
        after,
        before,
        re.compile(
            rf"{_BLANK}[-‐‑]?{_BLANK}({alternatives(after)})(?![\w])(?!(?<=[$€£₽])\s?\d)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<![\w])({alternatives(before)})\s{{0,2}}$", re.IGNORECASE),
    )


def _fold(words: str) -> str:
    return " ".join(words.lower().split())


def unit_after(text: str, end: int) -> tuple[str, int] | None:
    """The code of the unit that follows a number ending at ``end``, and where the unit ends; ``None`` without one.

    >>> unit_after("12 per cent of", 2), unit_after("20 trucks", 2)
    (('percent', 11), None)
    """
    after, _, pattern, _ = _table()
    match = pattern.match(text, end, min(len(text), end + 48))
    if not match:
        return None
    word = match[1]
    if word in "mgMGWK" and not text[end - 1 : end].isdigit():
        # A letter is a unit's sign after digits only ("75 m").
        return None
    return after[_fold(word)], match.end()


def unit_before(text: str, start: int) -> tuple[str, int] | None:
    """The code of the currency before a number that starts at ``start``, and where it begins; ``None`` without one.

    >>> unit_before("fined US$5 million", 9)
    ('USD', 6)
    """
    _, before, _, pattern = _table()
    if start == 0:
        return None
    offset = max(0, start - 10)
    match = pattern.search(text[offset:start])
    return (before[_fold(match[1])], offset + match.start(1)) if match else None
