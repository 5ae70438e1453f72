"""One suite over every list: what each promises, whatever it reads."""

from __future__ import annotations

import random
import re
from typing import NamedTuple

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias, ListVersion
from pledgewatch.model.wire import from_wire, to_wire
from pledgewatch.resolve.lists import LISTS, ListFile, compare_versions, load_list, packed, read_card
from tests.resolve.lists.samples import SAMPLES

DAY = "2031-05-02"


class Case(NamedTuple):
    list: str
    files: tuple[ListFile, ...]

    def load(self) -> ListVersion:
        return load_list(self.files, self.files[0].name, as_of=DAY)


CASES = [Case(name, files) for name, samples in SAMPLES.items() for files in samples]
over_samples = pytest.mark.parametrize("case", CASES, ids=[f"{case.list}/{case.files[0].name}" for case in CASES])


def test_every_list_has_a_sample_and_every_sample_a_list() -> None:
    assert [each.NAME for each in LISTS] == list(SAMPLES)


@pytest.mark.parametrize("name", [each.NAME for each in LISTS])
def test_every_list_states_its_publisher_licence_and_what_it_leaves_out(name: str) -> None:
    card = read_card(name)
    assert card.name == name
    assert card.title
    assert card.publisher
    assert card.licence
    assert not re.search(r"https?://", card.address)
    assert card.left_out
    assert all(len(why.split()) > 1 for why in card.left_out.values())


@over_samples
def test_the_sample_says_that_it_is_fiction(case: Case) -> None:
    assert b"nvented" in b"".join(file.untrusted_data for file in case.files).lower()


@over_samples
def test_the_list_is_known_by_its_content_and_by_no_other_list(case: Case) -> None:
    for file in case.files:
        assert [each.NAME for each in LISTS if each.recognise(ListFile("misnamed.bin", file.untrusted_data))] == [
            case.list
        ]


@over_samples
def test_the_entries_have_names_references_and_dates_in_form(case: Case) -> None:
    version = case.load()
    assert version.list == case.list
    assert version.as_of == DAY
    assert re.fullmatch(r"[0-9a-f]{64}", version.sha256)
    assert "velmi" in " ".join(listing.name for listing in version.listings).casefold()
    ids = [listing.id for listing in version.listings]
    assert len(set(ids)) == len(ids)
    date = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
    for listing in version.listings:
        assert listing.list == case.list
        assert listing.name.strip()
        assert all(re.fullmatch(rf"{date}(?:/{date})?", born) for born in listing.born)
        assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in (*listing.updated_on, listing.listed_on or DAY))
        assert listing.name not in [alias.name for alias in listing.aliases]


@over_samples
def test_no_name_is_left_packed_and_persons_have_no_acronyms(case: Case) -> None:
    for listing in case.load().listings:
        for alias in (Alias(listing.name), *listing.aliases):
            assert packed(alias) is None, alias
            assert not (listing.type == "person" and ("," in alias.name or alias.acronym)), alias


@over_samples
def test_the_nickname_is_weak_and_the_full_name_is_not(case: Case) -> None:
    velmi = next(one for one in case.load().listings if one.name.casefold() == "ardan velmi")
    weak = {alias.name for alias in velmi.aliases if alias.weak}
    assert weak & {"The Ferryman", "THE FERRYMAN", "Abu-Hask"}
    assert all("elmi" not in name for name in weak)


@over_samples
def test_the_same_bytes_give_the_same_version_under_any_name(case: Case) -> None:
    one = case.load()
    assert one == case.load()
    other = load_list(case.files, "elsewhere", name="mine", as_of=DAY)
    assert other.list == "mine"
    assert {listing.list for listing in other.listings} == {"mine"}
    assert other.sha256 == one.sha256
    assert compare_versions(one, one) == ()


@over_samples
def test_a_version_survives_the_wire(case: Case) -> None:
    version = case.load()
    assert from_wire(ListVersion, to_wire(version)) == version


@over_samples
def test_another_lists_name_is_refused_with_the_right_one(case: Case) -> None:
    other = next(each.NAME for each in LISTS if case.list != each.NAME)
    with pytest.raises(InputError) as error:
        load_list(case.files, "given", name=other, as_of=DAY)
    assert case.list in error.value.what
    assert f"{case.list}=FILE" in error.value.remedy


@over_samples
def test_cut_and_damaged_bytes_give_entries_or_an_error_with_its_place(case: Case) -> None:
    chance = random.Random(11)
    first, *others = case.files
    size = len(first.untrusted_data)
    damaged = [first.untrusted_data[:length] for length in sorted({0, 1, 40, size // 3, size // 2, size - 30})]
    for _ in range(15):
        data = bytearray(first.untrusted_data)
        for _ in range(12):
            data[chance.randrange(size)] = chance.randrange(256)
        damaged.append(bytes(data))
    for data in damaged:
        assert entries_or_error((ListFile("damaged.file", data), *others))


def entries_or_error(files: tuple[ListFile, ...]) -> bool:
    """Whether loading gives entries, or an error that says where and what to do."""
    try:
        return bool(load_list(files, "damaged.file", as_of=DAY).listings)
    except InputError as error:
        return bool(error.where and error.remedy)
