"""Loading a list that a user hands in: whose it is by its content, its entries, and the day it was made."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence

from pledgewatch.errors import InputError
from pledgewatch.model.actor import ListVersion
from pledgewatch.model.document import Unread
from pledgewatch.resolve.lists.contract import Contents, ListFile, ListFormat, read_card
from pledgewatch.resolve.lists.dates import day_in_name, parse_day


def load_list_from(
    formats: Sequence[ListFormat],
    untrusted: bytes | Sequence[ListFile],
    path: str,
    name: str | None = None,
    as_of: str | None = None,
) -> ListVersion:
    """Reads a list with whichever of ``formats`` knows its bytes (:func:`pledgewatch.resolve.lists.load_list`)."""
    files = (ListFile(path, untrusted),) if isinstance(untrusted, bytes) else tuple(untrusted)
    if not files or not all(file.untrusted_data for file in files):
        raise InputError("it is empty", where=path, remedy="Fetch the list from its publisher again.")
    chosen = _choose(formats, files, path, name)
    contents = chosen.parse(files)
    if not contents.listings:
        raise InputError(
            f"it has the form of {chosen.NAME} and holds no entry", where=path, remedy="Fetch the list again."
        )
    day = _day_of(contents, files, path, as_of)
    short = name or chosen.NAME
    listings = contents.listings
    if short != chosen.NAME:
        listings = tuple(dataclasses.replace(listing, list=short) for listing in listings)
    return ListVersion(
        short,
        day,
        _hash(files),
        listings,
        contents.repairs,
        (*contents.unread, *_miscounted(chosen.NAME, day, contents, path)),
    )


def _choose(formats: Sequence[ListFormat], files: Sequence[ListFile], path: str, name: str | None) -> ListFormat:
    known = ", ".join(each.NAME for each in formats)
    found: set[str] = set()
    for file in files:
        owner = next((each.NAME for each in formats if each.recognise(file)), None)
        if owner is None:
            raise InputError(
                "it is no list that is known by its content",
                where=file.name,
                remedy=f"Known are {known}: see their formats, or write your list as FollowTheMoney JSON lines.",
            )
        found.add(owner)
    if len(found) > 1:
        raise InputError(
            f"the files are of different lists ({', '.join(sorted(found))})",
            where=path,
            remedy="Give each list by itself.",
        )
    (owner,) = found
    if name in {each.NAME for each in formats} and name != owner:
        raise InputError(
            f"it was given as {name}, and by its content it is {owner}",
            where=path,
            remedy=f"Write {owner}=FILE, or give a name of your own.",
        )
    return next(each for each in formats if owner == each.NAME)


def _day_of(contents: Contents, files: Sequence[ListFile], path: str, as_of: str | None) -> str:
    """The day of the version: as the caller says, as the bytes say, else as the latest file's name says."""
    if as_of is not None:
        day = parse_day(as_of)
        if day is None:
            raise InputError(f"{as_of!r} is no day", where=path, remedy="Write it as YEAR-MONTH-DAY.")
        return day
    if contents.as_of is not None:
        return contents.as_of
    named = [day for file in files if (day := day_in_name(file.name)) is not None]
    if not named:
        raise InputError(
            "neither the file nor its name says on which day the publisher made it",
            where=path,
            remedy="Put the day into the file's name, such as sdn_2031-05-02.csv.",
        )
    return max(named)


def _hash(files: Sequence[ListFile]) -> str:
    digests = sorted(hashlib.sha256(file.untrusted_data).hexdigest() for file in files)
    # Several files are one version whatever their order; one file has the digest that anybody can check.
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode("ascii")).hexdigest()


def _miscounted(name: str, day: str, contents: Contents, path: str) -> tuple[Unread, ...]:
    expected = read_card(name).expected.get(day)
    if expected is None:
        return ()
    persons = sum(listing.type == "person" for listing in contents.listings)
    counted = (persons, len(contents.listings) - persons)
    if counted == expected:
        return ()
    return (
        Unread(
            path,
            f"the version of {day} has {expected[0]:,} persons and {expected[1]:,} others, and {counted[0]:,} and"
            f" {counted[1]:,} were read",
            "Fetch the file again; if it is whole, report it.",
        ),
    )
