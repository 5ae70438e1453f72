"""Lists of sanctioned persons and groups, one package each: what a user hands in becomes entries, with their versions.

To add one: write ``<name>/list.yml``, ``<name>/parse.py`` with ``NAME``, ``recognise`` and ``parse`` (see
``contract.ListFormat``) and ``<name>/sample.*`` with invented entries, and put it into ``LISTS``. One suite of contract
tests (``tests/resolve/lists/test_lists_contract.py``) runs over every one.
"""

from __future__ import annotations

from collections.abc import Sequence

from pledgewatch.model.actor import ListVersion
from pledgewatch.resolve.lists.contract import ListCard, ListFile, ListFormat, read_card
from pledgewatch.resolve.lists.eu import parse as eu
from pledgewatch.resolve.lists.ftm import parse as ftm
from pledgewatch.resolve.lists.loading import load_list_from
from pledgewatch.resolve.lists.names import packed
from pledgewatch.resolve.lists.ofac_sdn import parse as ofac_sdn
from pledgewatch.resolve.lists.uk import parse as uk
from pledgewatch.resolve.lists.un_sc import parse as un_sc
from pledgewatch.resolve.lists.versions import compare_versions, in_force

LISTS: tuple[ListFormat, ...] = (un_sc, ofac_sdn, eu, uk, ftm)
"""Every list that is read, in the order in which they are asked whether the bytes are theirs."""

VERSION = "lists 1"


def load_list(
    untrusted: bytes | Sequence[ListFile], path: str, name: str | None = None, as_of: str | None = None
) -> ListVersion:
    """Reads a version of a list that a user hands in.

    Args:
        untrusted: the bytes of its file, or its files where the publisher gives several (OFAC's names and aliases).
        path: what messages call it by; a day in it counts where neither the bytes nor ``as_of`` state one.
        name: short name under which the entries are listed. A built-in one is checked against the content; with any
            other the format is found by the content. ``None`` takes the built-in one.
        as_of: ISO day on which the publisher made it; ``None`` takes it from the bytes, else from the file's name.

    Raises:
        InputError: the file is damaged, hostile, of no known list, or its day is not known.
    """
    return load_list_from(LISTS, untrusted, path, name, as_of)


__all__ = [
    "LISTS",
    "VERSION",
    "ListCard",
    "ListFile",
    "ListFormat",
    "compare_versions",
    "in_force",
    "load_list",
    "packed",
    "read_card",
]
