"""The OFAC list: joined files, facts in remarks, weak names, both namespaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Alias
from pledgewatch.resolve.lists import ListFile, load_list, packed
from tests.resolve.lists.samples import SAMPLES

XML, CSV = SAMPLES["ofac_sdn"]
DAY = "2031-05-02"


def test_names_aliases_and_addresses_are_joined_in_any_order() -> None:
    version = load_list(CSV, "sdn", as_of=DAY)
    assert load_list(CSV[::-1], "sdn", as_of=DAY).listings == version.listings
    assert load_list(CSV[::-1], "sdn", as_of=DAY).sha256 == version.sha256
    velmi, front, lady = version.listings
    assert velmi.name == "Ardan VELMI"
    assert [(alias.name, alias.weak) for alias in velmi.aliases] == [("Ardaan WELMI", False), ("THE FERRYMAN", True)]
    assert velmi.born == ("1987-07-05", "1988")
    assert velmi.regime == "OSTRAVA; SDGT"
    assert velmi.ties == (("linked to", "VARNA FRONT"),)
    assert ("Passport", "OX00017") in velmi.identifiers
    assert [(alias.name, alias.acronym) for alias in front.aliases] == [("VFL", True), ("FREE VARNA", False)]
    assert (lady.type, lady.ties) == ("vessel", (("owned by", "Hask Shipping"),))


def test_aliases_of_an_entry_that_is_not_there_are_a_record() -> None:
    (record,) = load_list(CSV, "sdn", as_of=DAY).unread
    assert "90099" in record.why
    assert "same day" in record.remedy


def test_aliases_without_names_and_one_file_twice_are_refused() -> None:
    with pytest.raises(InputError, match="names is missing"):
        load_list(CSV[1:2], "alt", as_of=DAY)
    with pytest.raises(InputError, match="two files with names"):
        load_list((CSV[0], CSV[0]), "sdn", as_of=DAY)


def test_a_row_of_another_shape_is_a_record_with_its_line() -> None:
    odd = ListFile("sdn.csv", CSV[0].untrusted_data + b"90004,SHORT ROW\nNOT A NUMBER" + b",-0- " * 11 + b"\n\x1a")
    version = load_list((odd,), "sdn", as_of=DAY)
    assert len(version.listings) == 3
    assert [record.path for record in version.unread] == ["sdn.csv#names line 4", "sdn.csv#names line 5"]


def test_the_xml_says_its_day_count_and_weak_names_in_both_namespaces() -> None:
    older = XML[0].untrusted_data.replace(
        b"https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
        b"http://tempuri.org/sdnList.xsd",
    )
    newer = load_list(XML, "sdn.xml")
    assert newer.as_of == DAY
    assert newer.unread == ()
    assert load_list(older, "sdn.xml").listings == newer.listings
    assert [(alias.name, alias.weak) for alias in newer.listings[0].aliases] == [
        ("Ardaan WELMI", False),
        ("THE FERRYMAN", True),
    ]
    assert newer.listings[0].ties == (("linked to", "VARNA FRONT"),)


def test_the_xml_tells_a_wrong_count_an_unknown_namespace_and_unknown_elements() -> None:
    data = XML[0].untrusted_data.replace(b"<Record_Count>2<", b"<Record_Count>3<")
    data = data.replace(b"<remarks>", b"<mood>calm</mood><remarks>").replace(b"PublicationPreview", b"Elsewhere")
    whys = " ".join(record.why for record in load_list(data, "sdn.xml").unread)
    assert "states 3 entries, and 2 were read" in whys
    assert "the element mood" in whys
    assert "Elsewhere" in whys


@pytest.mark.shared
def test_the_real_files_of_two_days_are_joined_and_strangers_told(shared: Path) -> None:
    names = ("ofac_sdn_2021-07.csv", "ofac_alt_2025-12.csv")
    version = load_list([ListFile(name, (shared / "lists" / name).read_bytes()) for name in names], "ofac")
    rows = [(shared / "lists" / name).read_text("utf-8").splitlines() for name in names]
    numbers = [[row.split(",", 1)[0] for row in part if row[:1].isdigit()] for part in rows]
    assert [listing.id for listing in version.listings] == numbers[0]
    assert version.as_of == "2025-12-31"
    strangers = set(numbers[1]) - set(numbers[0])
    assert len([record for record in version.unread if "of aliases for the entry" in record.why]) == len(strangers)
    assert not [record for record in version.unread if "columns" in record.why]
    assert not any(packed(alias) for one in version.listings for alias in (Alias(one.name), *one.aliases))
    assert not any("," in one.name for one in version.listings if one.type == "person")
