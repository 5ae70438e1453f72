"""Countries by the names that lists give them, as ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

import csv
import functools
import io
import re
from importlib import resources

from pledgewatch.text.folding import fold_name


@functools.cache
def _codes() -> dict[str, str]:
    """Folded name, other name or word for the people to the code."""
    raw = resources.files(__package__).joinpath("tables", "countries.csv").read_text("utf-8")
    codes: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(raw)):
        for name in (row["name"], *row["other_names"].split("|")):
            if name:
                codes[fold_name(name)] = row["code"]
    return codes


def country_code(words: str) -> str | None:
    """ISO 3166-1 alpha-2 code of a country by its name, or by what its people are called; ``None`` for other words.

    >>> country_code("Democratic People's Republic of Korea"), country_code("Iran (Islamic Republic of)")
    ('KP', 'IR')
    >>> country_code("Ostrava") is None
    True
    """
    return _codes().get(fold_name(words))


def code_or_words(words: str) -> tuple[str, ...]:
    """The codes of the country or countries that a field names; the words themselves where any of them is not known.

    >>> code_or_words("Sudan/South Sudan"), code_or_words("possibly Ethiopian"), code_or_words(" na ")
    (('SD', 'SS'), ('possibly Ethiopian',), ())
    """
    words = " ".join(words.split()).strip(" ,;.")
    if words.casefold() in ("", "na", "n/a", "-0-", "unknown", "none"):
        return ()
    code = country_code(words)
    if code is not None:
        return (code,)
    parts = [country_code(part) for part in re.split(r"\s*/\s*(?:or\s+)?", words)]
    if len(parts) > 1 and all(parts):
        return tuple(part for part in parts if part)
    return (words,)
