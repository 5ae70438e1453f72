"""Dates of documents: written in many ways, kept as ISO 8601, no finer than written, and never guessed."""

from __future__ import annotations

import datetime
import functools
import re

from pledgewatch.collect.plain_yaml import read_table

_EARLIEST, _LATEST = 1600, 2199
"""Years outside are misprints or empty fields of programs, not dates of documents."""

_ISO = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T ]\s*\d{1,2}:\d{2}[\d:.,]*\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(?:\d{0,6}(?:Z|[+-]\d{2}'?\d{2}'?)?|T\d{4,6}.{0,6})?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_IN_NAME = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?=[-_. ]|\Z)")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(read_table("calendar")["months"], key=len, reverse=True))
    month = rf"(?P<month>{names})\b\.?"
    day_first = rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{month},?\s+(?P<year>\d{{4}})\b"
    month_first = rf"\b{month}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"
    month_only = rf"\b{month},?\s+(?P<year>\d{{4}})\b"
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (day_first, month_first, month_only))  # type: ignore[return-value]


def month_number(word: str) -> int | None:
    """The number of a month's name, 1 to 12, or ``None``."""
    number = read_table("calendar")["months"].get(word.lower().rstrip("."))
    return int(number) if number is not None else None


def make_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO date as coarse as given, or ``None`` when there is no such day.

    >>> make_date(2021, 2), make_date(2021, 2, 30)
    ('2021-02', None)
    """
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def parse_date(untrusted_text: str | None) -> str | None:
    """The ISO date that a text states, as coarse as written; ``None`` for what is no date or could be two.

    The day is the one written, in the zone in which it is written. ``03/04/2021`` could be two days, so it is none.

    >>> [parse_date(text) for text in ("2021-02-17T23:30:00-05:00", "17 Feb. 2021", "May 2021", "31/12/2020", "soon")]
    ['2021-02-17', '2021-02-17', '2021-05', '2020-12-31', None]
    """
    text = " ".join((untrusted_text or "")[:200].split()).strip(" .,;")
    if match := _ISO.fullmatch(text):
        year, _, month, day = match.groups()
        return make_date(int(year), int(month) if month else None, int(day) if day else None)
    if match := _COMPACT.fullmatch(text):
        return make_date(*(int(part) for part in match.groups()))
    if match := _SLASHED.search(text):
        first, second, year = (int(part) for part in match.groups())
        if first > 12 or second > 12 or first == second:
            return make_date(year, min(first, second) if max(first, second) > 12 else first, max(first, second))
        return None
    found = find_date(text)
    return found[0] if found is not None else _parse_foreign(text)


def find_date(text: str) -> tuple[str, int, int] | None:
    """The first date with a year in a line, in English words or ISO, with its half-open place; or ``None``."""
    best: tuple[str, int, int] | None = None
    for pattern in _patterns():
        match = pattern.search(text)
        if match is None:
            continue
        parts = match.groupdict()
        day = parts.get("day")
        date = make_date(int(parts["year"]), month_number(parts["month"]), int(day) if day else None)
        if date is not None and (best is None or match.start() < best[1]):
            best = (date, match.start(), match.end())
    if match := re.search(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)", text):
        date = make_date(*(int(part) for part in match.groups()))
        if date is not None and (best is None or match.start() < best[1]):
            best = (date, match.start(), match.end())
    return best


def _parse_foreign(text: str) -> str | None:
    """Dates in words of other languages; dateparser may fill nothing in, so day, month and year must be written."""
    if not re.fullmatch(r"(?=.*\b\d{4}\b)(?=.*\b\d{1,2}\b)(?=.*[^\W\d_]{3}).{8,60}", text) or (
        text.isascii() and ":" in text
    ):
        return None
    # Imported here: it takes half a second, and nearly no document needs it.
    import dateparser

    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    try:
        found = dateparser.parse(text, settings=settings)
    except Exception:  # a third party's parser on text from outside: whatever it raises, this is no date
        return None
    return make_date(found.year, found.month, found.day) if found is not None else None


def date_in_name(path: str) -> str | None:
    """The ISO date with which a file's name begins, or ``None``.

    >>> date_in_name("cables/2021-02-17_gazette_truce.txt"), date_in_name("report-2021.pdf")
    ('2021-02-17', None)
    """
    match = _IN_NAME.match(path.rsplit("/", 1)[-1])
    if match is None:
        return None
    year, month, day = match.groups()
    return make_date(int(year), int(month), int(day) if day else None)


def find_dateline(text: str, lines: int = 15) -> str | None:
    """The date that stands by itself on one of the first lines, with at most a label or a place before it; or ``None``.

    >>> find_dateline("REPORT OF THE OBSERVERS\\nPort Almas, 3 May 2021\\n\\nThe observers met on 1 May 2021.")
    '2021-05-03'
    """
    labels = "|".join(read_table("calendar")["date_labels"])
    weekdays = "|".join(read_table("calendar")["weekdays"])
    before = re.compile(
        rf"\W*(?:(?:{labels})(?:\s+on)?\s*[:–—-]?\s*)?(?:[^\W\d][\w .’'-]{{0,40}},\s*)?(?:(?:{weekdays})\b\.?,?\s*)?",
        re.IGNORECASE,
    )
    for line in [line for line in text[:4_000].split("\n") if line.strip()][:lines]:
        found = find_date(line[:120])
        if found is None or len(line) > 120:
            continue
        date, start, end = found
        if before.fullmatch(line[:start]) and re.fullmatch(r"[\s,.;|)–—-]*(?:\d{1,2}[:.]\d{2}.{0,12})?", line[end:]):
            return date
    return None
