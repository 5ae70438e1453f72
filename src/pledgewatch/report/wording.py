"""The report's sentences: templates and terms come from data files, and are filled in here."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib import resources
from typing import Any, cast

import jinja2
import yaml


@functools.cache
def _load_table(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))


def get_terms(name: str) -> Any:
    """A table of ``terms.yml`` by its name."""
    return _load_table("terms.yml")[name]


def get_phrase(name: str) -> str:
    """A fixed phrase of ``terms.yml`` by its name."""
    return str(get_terms("phrases")[name])


def list_method_sentences() -> tuple[str, ...]:
    """The sentences that say how to read a report."""
    return tuple(_load_table("sentences.yml")["method"])


def write_sentence(key: str, **values: object) -> str:
    """The sentence ``key`` of ``sentences.yml``, filled in; every value that it names must be given.

    >>> write_sentence("partly-unread", documents=2)
    '2 documents could not be read in full.'
    """
    return _template(key).render(**values)


@functools.cache
def _template(key: str) -> jinja2.Template:
    return _environment().from_string(_load_table("sentences.yml")[key])


@functools.cache
def _environment() -> jinja2.Environment:
    # Sentences are plain text; each export escapes them for its own format.
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    environment.filters.update(
        counted=write_count,
        listed=write_list,
        day=write_day,
        number=write_number,
        opened=open_sentence,
        closed=close_sentence,
    )
    return environment


def write_count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> write_count(1, "origin"), write_count(1500, "document"), write_count(0, "more refusal")
    ('1 origin', '1,500 documents', 'no more refusals')
    """
    if number == 0:
        return f"no {noun}s"
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def write_list(items: Sequence[str]) -> str:
    """Several names as one phrase.

    >>> write_list(["a"]), write_list(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    words = [str(item) for item in items]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def write_day(date: str) -> str:
    """An ISO date, as coarse as it is, in English; what is no such date stands as it is.

    >>> write_day("2021-02-17"), write_day("2021-02"), write_day("2021"), write_day("2021-02-17T10:00Z")
    ('17 February 2021', 'February 2021', '2021', '17 February 2021')
    """
    parts = date[:10].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return date
    if len(parts) == 1:
        return date
    months = get_terms("months")
    month = int(parts[1])
    if not 1 <= month <= len(months):
        return date
    name = f"{months[month - 1]} {parts[0]}"
    return name if len(parts) == 2 else f"{int(parts[2])} {name}"


def write_number(value: float) -> str:
    """A quantity without digits that say nothing.

    >>> write_number(8600.0), write_number(2.5)
    ('8,600', '2.5')
    """
    return f"{int(value):,}" if float(value).is_integer() else f"{round(value, 3):,}"


def open_sentence(words: str) -> str:
    """The words with a capital first letter.

    >>> open_sentence("the minister")
    'The minister'
    """
    return words[:1].upper() + words[1:]


def close_sentence(words: str) -> str:
    """The words with a full stop, unless they end in a sentence mark, also inside quotation marks.

    >>> close_sentence("“We do.”"), close_sentence("“We do”")
    ('“We do.”', '“We do”.')
    """
    return words if words.rstrip("”’\"'").endswith((".", "!", "?", "…")) else f"{words}."
