"""Lists as users hand them in: is every entry of the UN list read, is any alias left packed, is the difference exact?

The counts come from the raw XML by patterns that know nothing of our reader. That no alias is packed is checked twice:
by our own definition, and by the bare signs of packing (semicolons, brackets, quotation marks) that no name of a person
has.
"""

from __future__ import annotations

import re
from pathlib import Path

from evals.table import Row
from pledgewatch.model.actor import Alias, ListVersion
from pledgewatch.resolve.lists import compare_versions, load_list, packed

SETS = ("UN list import",)
SET = SETS[0]
DAYS = ("2020-11-30", "2026-02-27")
_NUMBERED = re.compile(r"<DATAID>(\d+)</DATAID>.*?<REFERENCE_NUMBER>([^<]*)</REFERENCE_NUMBER>", re.DOTALL)
_BARE_SIGNS = re.compile(r"[;()\[\]\"“”؛،]|\sson of\s|\bborn\b|listed as")


def numbers_of(text: str) -> dict[str, str]:
    """The reference of each entry in the raw XML, with the publisher's lasting number."""
    return {reference.strip(): number for number, reference in _NUMBERED.findall(text)}


def is_packed(alias: Alias, person: bool) -> bool:
    """Whether a name is packed by our definition or, for a person's, by the bare signs of packing."""
    return packed(alias) is not None or (person and _BARE_SIGNS.search(alias.name) is not None)


def is_exact(older: ListVersion, newer: ListVersion, before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether what was listed, delisted and renamed between two versions is what the raw references say."""
    kept = {number: reference for reference, number in after.items() if reference not in before}
    renamed = {
        reference: kept[number] for reference, number in before.items() if reference not in after and number in kept
    }
    changes = compare_versions(older, newer)
    found = {what: {one.listing for one in changes if one.what == what} for what in ("listed", "delisted")}
    return (
        found["listed"] == after.keys() - before.keys() - set(renamed.values())
        and found["delisted"] == before.keys() - after.keys() - renamed.keys()
        and {one.listing for one in changes if "id" in one.fields} == set(renamed.values())
    )


def measure(shared: Path, quick: bool) -> list[Row]:
    """The share of entries read, one less the share of aliases left packed, and whether the difference is exact."""
    del quick
    texts = [(shared / f"lists/un_{day}.xml").read_text("utf-8") for day in DAYS]
    versions = [load_list(text.encode("utf-8"), f"un_{day}.xml") for text, day in zip(texts, DAYS, strict=True)]
    numbers = [numbers_of(text) for text in texts]
    older, newer = versions
    read = {listing.id for listing in newer.listings}
    aliases = [
        (alias, one.type == "person") for version in versions for one in version.listings for alias in one.aliases
    ]
    left = sum(is_packed(alias, person) for alias, person in aliases)
    entries = len(read & numbers[1].keys()) / len(numbers[1])
    return [
        Row(SET, "entries imported", entries, len(numbers[1]), 1.0, "the issue"),
        Row(SET, "aliases not packed", 1 - left / len(aliases), len(aliases), 1.0, "the issue"),
        Row(SET, "difference exact", float(is_exact(older, newer, *numbers)), len(numbers[0]), 1.0, "the issue"),
    ]
