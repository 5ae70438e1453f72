"""Which documents may go to an audience on a day, and by which rules the others may not."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, cast

import yaml

from pledgewatch.errors import InputError
from pledgewatch.model.document import TLP_ORDER, Document, Handling
from pledgewatch.model.report import Audience


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that a thing does not meet, as a clause for a sentence, with what could be done."""

    rule: str
    remedies: tuple[str, ...]


@functools.cache
def _load_rules() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("rules.yml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))


def state_rule(name: str, **values: str) -> BrokenRule:
    """A rule of ``rules.yml``, filled in."""
    entry = _load_rules()[name]
    return BrokenRule(entry["rule"].format(**values), tuple(remedy.format(**values) for remedy in entry["remedies"]))


def permitted_documents(documents: Sequence[Document], audience: Audience, on: str) -> tuple[Document, ...]:
    """The documents that may go to an audience on a day, in their order: what its report may be built up from (rule 8).

    Args:
        on: the day of release, ISO 8601, whole (``2031-05-20``); embargoes are compared with its beginning in UTC.

    Raises:
        InputError: ``on`` is no whole ISO day.
    """
    parse_day(on)
    return tuple(document for document in documents if not find_broken_rules(document.handling, audience, on))


def find_broken_rules(handling: Handling, audience: Audience, on: str) -> tuple[BrokenRule, ...]:
    """Every rule that keeps a thing with this handling from the audience on the day; empty when it may go out.

    What is not understood (an embargo that is no date, a caveat that the table lacks) keeps the thing in.
    """
    broken: list[BrokenRule] = []
    if TLP_ORDER.index(handling.tlp) > TLP_ORDER.index(audience.tlp):
        broken.append(state_rule("tlp", label=handling.tlp, limit=audience.tlp, audience=audience.name))
    if handling.protected_source and not audience.protected:
        broken.append(state_rule("protected source", audience=audience.name))
    if not audience.embargoed:
        broken.extend(_find_embargo(handling, on))
    if not audience.protected:
        table = _load_rules()["caveats"]
        for caveat in handling.caveats:
            entry = table.get(caveat.kind, {"goes_out": False, "words": f"with the caveat {caveat.kind}"})
            exempt = "but_not" in entry and re.search(entry["but_not"], caveat.text, re.IGNORECASE)
            if entry["goes_out"] is False and not exempt:
                broken.append(state_rule("caveat", words=entry["words"]))
    return tuple(dict.fromkeys(broken))


def _find_embargo(handling: Handling, on: str) -> tuple[BrokenRule, ...]:
    if handling.embargo_until is None:
        if any(caveat.kind == "embargo" for caveat in handling.caveats):
            return (state_rule("embargo without a day"),)
        return ()
    ends = _end_of_embargo(handling.embargo_until)
    if ends is None:
        return (state_rule("embargo without a day"),)
    return () if ends <= parse_day(on) else (state_rule("embargo", until=handling.embargo_until),)


def parse_day(on: str) -> datetime.datetime:
    """The beginning, in UTC, of a whole ISO day; raises ``InputError`` for anything else."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", on):
            raise ValueError(on)
        return datetime.datetime.fromisoformat(on).replace(tzinfo=datetime.UTC)
    except ValueError:
        raise InputError(f"{on!r} is no day", remedy="Give the day of release as YYYY-MM-DD.") from None


def _end_of_embargo(until: str) -> datetime.datetime | None:
    """When an embargo surely has ended, in UTC; ``None`` when the words are no date.

    A coarse date may mean its last day, and a time without a zone the last zone on earth (UTC-12).
    """
    try:
        if match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", until):
            year, month = int(match[1]), int(match[2] or 12)
            last = datetime.datetime(year, month, calendar.monthrange(year, month)[1], tzinfo=datetime.UTC)
            return last + datetime.timedelta(days=1)
        moment = datetime.datetime.fromisoformat(until)
        if len(until) == len("2031-05-20"):
            return moment.replace(tzinfo=datetime.UTC)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=datetime.UTC) + datetime.timedelta(hours=12)
        return moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
