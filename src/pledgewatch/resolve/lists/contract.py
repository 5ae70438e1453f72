"""What every list does: say whether files are its own, and find the listings in them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Protocol

import yaml

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Listing
from pledgewatch.model.document import Unread


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of a list as a user handed it in.

    Attributes:
        name: the path or name that messages call it by; its day is read from it where the bytes state none.
    """

    name: str
    untrusted_data: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """What a list's files hold.

    Attributes:
        listings: in the file's order.
        as_of: ISO day on which the publisher made it; ``None`` when the files do not say.
        repairs: what was put right, one line each, with its place.
        unread: what was not understood, with its place; nothing is dropped without one.
    """

    listings: tuple[Listing, ...]
    as_of: str | None = None
    repairs: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


def only_file(files: Sequence[ListFile]) -> ListFile:
    """The file of a list whose every version is one file.

    Raises:
        InputError: there is none, or more than one.
    """
    if len(files) != 1:
        raise InputError(
            f"this list is one file, and {len(files)} were given",
            where=", ".join(file.name for file in files),
            remedy="Give each version by itself.",
        )
    return files[0]


class ListFormat(Protocol):
    """A package in this folder; ``tests/resolve/lists/test_lists_contract.py`` runs over every one in ``LISTS``."""

    NAME: str

    def recognise(self, file: ListFile) -> bool:
        """Whether the bytes are a file of this list; looks at their beginning only."""

    def parse(self, files: Sequence[ListFile]) -> Contents:
        """The listings in the files.

        Raises:
            InputError: a file as a whole can't be read, with its place and the remedy. What is wrong with one entry
                becomes a record in ``unread``.
        """


@dataclass(frozen=True, slots=True)
class Repair:
    """A mistake of the publisher's that is known: where it stands, what stands there, and what is read instead."""

    entry: str
    field: str
    was: str
    becomes: str
    why: str


@dataclass(frozen=True, slots=True)
class ListCard:
    """What we state about a list in its ``list.yml``.

    Attributes:
        expected: ISO day of a version to ``(persons, others)`` in it, for versions that we counted.
        left_out: field to the reason for which it is not read.
    """

    name: str
    title: str
    publisher: str
    licence: str
    address: str
    expected: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)


@functools.cache
def read_card(name: str) -> ListCard:
    """The card of a built-in list; the value is shared, so nobody changes it."""
    text = resources.files(__package__).joinpath(name, "list.yml").read_text("utf-8")
    stated = yaml.safe_load(text)
    return ListCard(
        name=stated["name"],
        title=stated["title"],
        publisher=stated["publisher"],
        licence=stated["licence"],
        address=stated["address"],
        expected={
            str(day): (counts["persons"], counts["others"]) for day, counts in stated.get("expected", {}).items()
        },
        repairs=tuple(Repair(**repair) for repair in stated.get("repairs", ())),
        left_out=dict(stated.get("left_out", {})),
    )


class Records:
    """Gathers what was put right and what was not understood while a list is read."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._repairs: dict[str, None] = {}
        self._unread: dict[tuple[str, str], Unread] = {}
        self._unknown: dict[str, tuple[str, int]] = {}

    def repaired(self, place: str, what: str) -> None:
        """Notes something put right at a place ("QDi.001 ALIAS_NAME")."""
        self._repairs[f"{place}: {what}"] = None

    def unread(self, place: str, why: str, remedy: str = "") -> None:
        """Notes something not understood at a place."""
        self._unread.setdefault((place, why), Unread(f"{self._path}#{place}", why, remedy or READ_BY_HAND))

    def unknown(self, what: str, place: str) -> None:
        """Notes an element or column that this list is not known to have; told once, with its first place."""
        first, times = self._unknown.get(what, (place, 0))
        self._unknown[what] = (first, times + 1)

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was put right."""
        return tuple(self._repairs)

    @property
    def not_understood(self) -> tuple[Unread, ...]:
        """What was not understood; unknown fields come last."""
        fields = (
            Unread(
                f"{self._path}#{place}",
                f"{what} is not known in this list, and was not read (it stands in {times:,} places)",
                "The publisher has changed the format: see whether names stand there, and report it.",
            )
            for what, (place, times) in self._unknown.items()
        )
        return (*self._unread.values(), *fields)


READ_BY_HAND = "Read the entry in the publisher's file, and add what it says to your own actors file."
