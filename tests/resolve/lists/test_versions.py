"""What changed between two versions, and which was in force."""

from __future__ import annotations

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias, ListChange, Listing, ListVersion
from pledgewatch.resolve.lists import compare_versions, in_force


def version(as_of: str, *listings: Listing, name: str = "x") -> ListVersion:
    return ListVersion(name, as_of, "", listings)


def listing(reference: str, number: str = "", **fields: object) -> Listing:
    identifiers = (("DATAID", number),) if number else ()
    return Listing(reference, "x", f"Name of {reference}", identifiers=identifiers, **fields)  # type: ignore[arg-type]


def test_listed_amended_and_delisted_are_told_in_the_order_of_the_files() -> None:
    older = version("2031-01-01", listing("A"), listing("B"), listing("C"))
    newer = version("2031-02-01", listing("D"), listing("B", regime="Ostrava", gender="male"), listing("C"))
    assert compare_versions(older, newer) == (
        ListChange("D", "Name of D", "listed"),
        ListChange("B", "Name of B", "amended", ("regime", "gender")),
        ListChange("A", "Name of A", "delisted"),
    )


def test_another_order_of_names_is_no_change() -> None:
    names = (Alias("one"), Alias("two"))
    older, newer = (version("2031-01-01", listing("A", aliases=order)) for order in (names, names[::-1]))
    assert compare_versions(older, newer) == ()


def test_another_reference_with_the_same_lasting_number_is_a_renaming() -> None:
    older = version("2031-01-01", listing("A", "17"), listing("B", "18"))
    newer = version("2031-02-01", listing("Z", "17"), listing("B", "18"))
    (change,) = compare_versions(older, newer)
    assert (change.listing, change.what, change.fields[0]) == ("Z", "amended", "id")


def test_a_number_whose_entry_is_still_there_renames_nothing() -> None:
    older = version("2031-01-01", listing("A", "17"))
    newer = version("2031-02-01", listing("A", "17"), listing("Z", "17"))
    assert compare_versions(older, newer) == (ListChange("Z", "Name of Z", "listed"),)


def test_versions_of_two_lists_are_neither_compared_nor_asked_together() -> None:
    one, other = version("2031-01-01", listing("A")), version("2031-02-01", listing("A"), name="y")
    with pytest.raises(InputError, match="can't be compared"):
        compare_versions(one, other)
    with pytest.raises(InputError, match="different lists"):
        in_force([one, other], "2031-01-01")


def known(versions: list[ListVersion], day: str) -> tuple[str, list[str]]:
    found = in_force(versions, day)
    assert found is not None
    return found.as_of, [one.id for one in found.listings]


def test_the_latest_version_made_by_the_day_is_in_force() -> None:
    versions = [version("2031-03-01", listing("B")), version("2031-01-01", listing("A"))]
    assert known(versions, "2031-02-28") == ("2031-01-01", ["A"])
    assert known(versions, "2031-03-01") == ("2031-03-01", ["B"])
    assert in_force([], "2031-03-01") is None


def test_before_every_version_only_what_says_it_was_listed_by_then_is_known() -> None:
    entries = (listing("A", listed_on="2030-05-01"), listing("B", listed_on="2030-05-02"), listing("C"))
    versions = [version("2031-01-01", *entries), version("2032-01-01", listing("D", listed_on="2029-01-01"))]
    assert known(versions, "2030-05-01") == ("2031-01-01", ["A"])
    assert known(versions, "2030-04-30") == ("2031-01-01", [])


def test_an_entry_listed_after_the_day_is_not_known_even_in_the_version_of_the_day() -> None:
    entries = (listing("A", listed_on="2031-01-05"), listing("B"))
    assert known([version("2031-01-01", *entries)], "2031-01-04") == ("2031-01-01", ["B"])
