"""Versions of a list: what changed between two, and which was in force on a day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from pledgewatch.errors import InputError
from pledgewatch.model.actor import ListChange, Listing, ListVersion

LASTING = ("DATAID", "logical id")
"""Kinds of numbers that a publisher keeps for an entry when it gives it another reference."""

_COMPARED = tuple(field.name for field in dataclasses.fields(Listing) if field.name not in ("id", "list"))


def compare_versions(older: ListVersion, newer: ListVersion) -> tuple[ListChange, ...]:
    """What became of the entries between two versions of a list.

    An entry with another reference and the same lasting number (``DATAID``) was renamed, and not delisted and listed:
    it is amended in its ``id``. The order of aliases, documents and the like is no change.

    Returns:
        Those listed and amended in the order of the newer version, then those delisted in the order of the older one.

    Raises:
        InputError: the versions are of different lists.

    >>> entries = (Listing("X.1", "x", "Ardan Velmi"), Listing("X.2", "x", "Varna Front"))
    >>> older = ListVersion("x", "2031-01-01", "", entries)
    >>> newer = ListVersion("x", "2031-02-01", "", (Listing("X.1", "x", "Ardan Velmi", regime="OST"),))
    >>> [(change.listing, change.what, change.fields) for change in compare_versions(older, newer)]
    [('X.1', 'amended', ('regime',)), ('X.2', 'delisted', ())]
    """
    if older.list != newer.list:
        raise InputError(
            f"a version of {older.list} and one of {newer.list} can't be compared",
            remedy="Give two versions of one list.",
        )
    before = {listing.id: listing for listing in older.listings}
    after = {listing.id for listing in newer.listings}
    lasting = _by_lasting(older, after)
    changes: list[ListChange] = []
    renamed: set[str] = set()
    for listing in newer.listings:
        was = before.get(listing.id)
        if was is None:
            was = next((lasting[number] for number in _lasting(listing) if number in lasting), None)
            if was is None or was.id in renamed:
                changes.append(ListChange(listing.id, listing.name, "listed"))
                continue
            renamed.add(was.id)
        fields = (*(("id",) if was.id != listing.id else ()), *_changed(was, listing))
        if fields:
            changes.append(ListChange(listing.id, listing.name, "amended", fields))
    changes.extend(
        ListChange(listing.id, listing.name, "delisted")
        for listing in older.listings
        if listing.id not in after and listing.id not in renamed
    )
    return tuple(changes)


def _lasting(listing: Listing) -> list[tuple[str, str]]:
    return [(kind, number) for kind, number in listing.identifiers if kind in LASTING]


def _by_lasting(older: ListVersion, after: set[str]) -> Mapping[tuple[str, str], Listing]:
    """The entries whose reference is gone, by their lasting numbers."""
    return {number: listing for listing in older.listings if listing.id not in after for number in _lasting(listing)}


def _changed(was: Listing, now: Listing) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if _plain(getattr(was, name)) != _plain(getattr(now, name)))


def _plain(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def in_force(versions: Sequence[ListVersion], day: str) -> ListVersion | None:
    """The list as it was known on a day: never what was listed later.

    The latest version made by that day counts. Where all were made later, the earliest one stands in for it, but only
    with the entries that say they were listed by then; of an entry without a date nobody can say so.

    Args:
        versions: of one list, in any order.
        day: ISO day.

    Returns:
        The version with the entries known on that day; ``None`` when there are no versions.

    Raises:
        InputError: the versions are of different lists.

    >>> entries = (Listing("X.1", "x", "Ardan Velmi", listed_on="2030-05-01"), Listing("X.2", "x", "Varna Front"))
    >>> versions = [ListVersion("x", "2031-01-01", "", entries)]
    >>> [len(in_force(versions, day).listings) for day in ("2031-01-01", "2030-12-31", "2030-04-30")]
    [2, 1, 0]
    """
    version = choose_version(versions, day)
    if version is None:
        return None
    undated = version.as_of <= day
    known = tuple(one for one in version.listings if (undated if one.listed_on is None else one.listed_on <= day))
    return version if len(known) == len(version.listings) else dataclasses.replace(version, listings=known)


def choose_version(versions: Sequence[ListVersion], day: str | None) -> ListVersion | None:
    """The latest version made by a day, else the earliest of all, whole; the newest where there is no day.

    Raises:
        InputError: the versions are of different lists.
    """
    if not versions:
        return None
    names = {version.list for version in versions}
    if len(names) > 1:
        raise InputError(
            f"the versions are of different lists ({', '.join(sorted(names))})",
            remedy="Ask for the day of each list by itself.",
        )
    made = [version for version in versions if day is None or version.as_of <= day]
    if made:
        return max(made, key=lambda one: one.as_of)
    return min(versions, key=lambda one: one.as_of)
