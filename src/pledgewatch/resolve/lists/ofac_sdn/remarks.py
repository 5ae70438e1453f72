"""The remarks of the SDN list: births, places, nationalities, documents, quoted names and links in one field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pledgewatch.resolve.lists.countries import code_or_words
from pledgewatch.resolve.lists.dates import parse_date

_FACT = re.compile(
    r"(?:alt\. )?(DOB|POB|nationality|citizen|Gender|Linked To:|a\.k\.a\.|f\.k\.a\.|n\.k\.a\.)\s+(.+)", re.DOTALL
)
_DOCUMENT = re.compile(
    r"(?:alt\. )?(Passport|SSN|(?:[A-Z][\w.'/-]*\s+){0,5}?(?:No\.|Number|#|ID|Identification|IMO|MMSI|RUC|RIF"
    r"|C\.U\.R\.P\.|C\.U\.I\.T\.|R\.F\.C\.|D\.N\.I\.|SWIFT/BIC|Code)(?:\s+(?:No\.|Number|#|IMO))?)"
    r"\s+([A-Z]{0,6}[-\s]?[\w./-]*\d[\w./-]*)"
    r"(?:\s+\(([^()]+)\))?.*",
    re.DOTALL,
)


@dataclass(slots=True)
class Facts:
    """What remarks state."""

    born: list[str] = field(default_factory=list)
    birthplaces: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    gender: str | None = None
    names: list[tuple[str, bool]] = field(default_factory=list)
    """Names with whether they are weak: this list quotes those that are."""
    ties: list[tuple[str, str]] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)


def read_remarks(words: str) -> Facts:
    """Reads the facts that remarks state; what is in no known form stays in the remarks only.

    >>> facts = read_remarks("DOB 05 Jul 2001; alt. DOB 2002; nationality France; a.k.a. 'VELMI'; Linked To: VARNA.")
    >>> facts.born, facts.nationalities, facts.names, facts.ties
    (['2001-07-05', '2002'], ['FR'], [('VELMI', True)], [('linked to', 'VARNA')])
    """
    facts = Facts()
    for item in _items(words):
        match = _FACT.fullmatch(item)
        if match is None:
            document = _DOCUMENT.fullmatch(item)
            if document is not None:
                facts.identifiers.append((document.group(1).rstrip(" #"), document.group(2).strip(" .")))
            continue
        kind, value = match.group(1), match.group(2).strip()
        _take(kind, value, item, facts)
    return facts


def _take(kind: str, value: str, item: str, facts: Facts) -> None:
    if kind == "DOB":
        date = parse_date(value)
        if date is None:
            facts.not_understood.append(item)
        else:
            facts.born.append(date)
    elif kind == "POB":
        facts.birthplaces.append(value)
    elif kind in ("nationality", "citizen"):
        facts.nationalities.extend(code_or_words(value))
    elif kind == "Gender":
        facts.gender = value.casefold() if value.casefold() in ("male", "female") else None
    elif kind == "Linked To:":
        facts.ties.append(("linked to", value))
    else:
        quoted = len(value) > 1 and value[0] in "'\"" and value[-1] in "'\""
        facts.names.append((value.strip("'\" "), quoted))


def _items(words: str) -> list[str]:
    """The parts between semicolons outside of brackets, without the full stop at the end."""
    words = " ".join(words.split())
    if words.startswith("(") and words.endswith(")"):
        # The XML puts each link into brackets of its own.
        words = re.sub(r"\)\s*\((?=[A-Z])", "; ", words[1:-1])
    parts = re.split(r";\s*(?![^()]*\))", words)
    # The full stop ends the remarks; one behind "S.A." or "Co." belongs to the name, and can't be told from it.
    return [part for part in (part.strip().removesuffix(".").strip() for part in parts) if part]
