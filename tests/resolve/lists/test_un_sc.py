"""The UN list: the invented sample, and both real versions beside an independent count of their XML."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from pledgewatch.model.actor import Alias, Listing, ListVersion
from pledgewatch.resolve.lists import compare_versions, in_force, load_list, packed
from tests.resolve.lists.samples import SAMPLES

SAMPLE = SAMPLES["un_sc"][0][0].untrusted_data


@pytest.fixture(scope="module")
def both(shared: Path) -> tuple[tuple[bytes, ListVersion], tuple[bytes, ListVersion]]:
    older, newer = ((shared / f"lists/un_{day}.xml").read_bytes() for day in ("2020-11-30", "2026-02-27"))
    return (older, load_list(older, "older.xml")), (newer, load_list(newer, "newer.xml"))


def entry(version: ListVersion, reference: str) -> Listing:
    return next(listing for listing in version.listings if listing.id == reference)


def test_the_sample_is_read_field_by_field() -> None:
    version = load_list(SAMPLE, "sample.xml")
    assert version.unread == ()
    velmi = entry(version, "OSi.001")
    assert velmi.name == "ARDAN VELMI"
    assert [(alias.name, alias.weak) for alias in velmi.aliases] == [
        ("اردان ولمي", False),
        ("Dr. Ardan Velmi", False),
        ("Ardan Welmi", False),
        ("Ardaan Velmi", False),
        ("A. Velmi", False),
        ("أبو هاسك", True),
        ("Abu-Hask", True),
        ("Abu-Hasq", True),
        ("Ardan Velmi Khan", False),
        ("اردان خان", False),
    ]
    assert velmi.born == ("1986/1988",)
    assert velmi.roles == ("Colonel", "Minister of Ferries", "Harbour master of Hask")
    assert velmi.identifiers == (("DATAID", "1001"), ("Passport", "OX 00017"))
    assert velmi.ties == (("leader of", "OSe.001"), ("brother of", "OSi.002"))
    assert "born in Hask on 01 Jan.1987" in (velmi.remarks or "")
    assert entry(version, "OSi.002").born == ("1990-04",)
    assert [(one.name, one.acronym) for one in entry(version, "OSe.001").aliases] == [
        ("VFL", True),
        ("Varna Movement", False),
        ("Varna Army", False),
        ("Varna Ferries (Pvt) Ltd", False),
    ]


def test_an_unknown_element_is_named_once_with_its_first_place() -> None:
    data = SAMPLE.replace(b"<LISTED_ON>", b"<MOOD>calm</MOOD><LISTED_ON>")
    data = data.replace(b"<QUALITY>Low</QUALITY>", b"<QUALITY>Low</QUALITY><PITCH>high</PITCH>")
    whys = {record.path: record.why for record in load_list(data, "un.xml").unread}
    assert whys["un.xml#OSi.001"].startswith(("the element MOOD", "the element INDIVIDUAL_ALIAS/PITCH"))
    told = [record.why for record in load_list(data, "un.xml").unread]
    assert any("MOOD" in why and "3 places" in why for why in told)
    assert any("INDIVIDUAL_ALIAS/PITCH" in why for why in told)


def test_a_bad_entry_is_a_record_and_the_others_are_read() -> None:
    data = SAMPLE.replace(b"<REFERENCE_NUMBER>OSi.001</REFERENCE_NUMBER>", b"")
    version = load_list(data, "un.xml")
    assert [listing.id for listing in version.listings] == ["OSi.002", "OSe.001"]
    assert any("DATAID 1001" in record.path for record in version.unread)
    twice = load_list(SAMPLE.replace(b"OSi.002 ", b"OSi.001"), "un.xml")
    assert any("second entry" in record.why for record in twice.unread)
    undated = load_list(SAMPLE.replace(b"2029-03-14", b"soon"), "un.xml")
    assert any(record.path.endswith("OSi.001 LISTED_ON") and "'soon'" in record.why for record in undated.unread)
    assert entry(undated, "OSi.001").listed_on is None


@pytest.mark.shared
def test_every_entry_of_both_versions_is_read(both: tuple[tuple[bytes, ListVersion], ...]) -> None:
    for (data, version), (persons, others) in zip(both, ((713, 305), (730, 273)), strict=True):
        assert sum(listing.type == "person" for listing in version.listings) == persons
        assert len(version.listings) == persons + others
        references = re.findall(rb"<REFERENCE_NUMBER>([^<]*)</REFERENCE_NUMBER>", data)
        assert [listing.id for listing in version.listings] == [one.decode("ascii").strip() for one in references]
        assert version.unread == ()
        assert all(listing.listed_on for listing in version.listings)


@pytest.mark.shared
def test_no_alias_of_either_version_is_left_packed(both: tuple[tuple[bytes, ListVersion], ...]) -> None:
    for _, version in both:
        for listing in version.listings:
            for alias in (Alias(listing.name), *listing.aliases):
                assert packed(alias) is None, (listing.id, alias)
                assert not (listing.type == "person" and re.search(r"[,()/\"“”;]", alias.name)), (listing.id, alias)


@pytest.mark.shared
def test_no_letter_of_an_alias_is_lost(both: tuple[tuple[bytes, ListVersion], ...]) -> None:
    """Every word of every alias field stands again in a name, a tie or the remarks of its entry."""
    for data, version in both:
        by_id = {listing.id: listing for listing in version.listings}
        for block in re.findall(r"<(?:INDIVIDUAL|ENTITY)>.*?</(?:INDIVIDUAL|ENTITY)>", data.decode("utf-8"), re.DOTALL):
            reference = re.search(r"<REFERENCE_NUMBER>([^<]*)<", block)
            assert reference is not None
            listing = by_id[reference.group(1).strip()]
            names = (listing.name, *(alias.name for alias in listing.aliases))
            ties = (part for tie in listing.ties for part in tie)
            kept = " ".join((*names, *ties, listing.remarks or "")).casefold()
            kept = unicodedata.normalize("NFC", kept)
            for field in re.findall(r"<(?:ALIAS_NAME|NAME_ORIGINAL_SCRIPT)>([^<]*)<", block):
                words = re.findall(r"\w+", unicodedata.normalize("NFC", field.casefold().replace("&amp;", " ")))
                missing = [word for word in words if word not in kept and len(word) > 1]
                # "الكنية" says that a nickname follows; letters that were lost are put right from the older version.
                assert set(missing) <= {"الكنية", "الل", "script", "original"}, (listing.id, field, missing)


@pytest.mark.shared
def test_the_difference_is_exact_by_an_independent_count(both: tuple[tuple[bytes, ListVersion], ...]) -> None:
    pattern = re.compile(rb"<DATAID>(\d+)</DATAID>.*?<REFERENCE_NUMBER>([^<]*)</REFERENCE_NUMBER>", re.DOTALL)
    (older_data, older), (newer_data, newer) = both
    before = {one.decode().strip(): number for number, one in pattern.findall(older_data)}
    after = {one.decode().strip(): number for number, one in pattern.findall(newer_data)}
    renamed = {old: new for old in before.keys() - after.keys() for new in after if after[new] == before[old]}
    changes = compare_versions(older, newer)
    by_kind = {what: {one.listing for one in changes if one.what == what} for what in ("listed", "amended", "delisted")}
    assert by_kind["listed"] == after.keys() - before.keys() - set(renamed.values())
    assert by_kind["delisted"] == before.keys() - after.keys() - set(renamed)
    assert {one.listing for one in changes if "id" in one.fields} == set(renamed.values())
    days = re.compile(rb"<LAST_DAY_UPDATED>(.*?)</LAST_DAY_UPDATED>", re.DOTALL)
    touched = {}
    for data in (older_data, newer_data):
        for block in re.findall(rb"<(?:INDIVIDUAL|ENTITY)>.*?</(?:INDIVIDUAL|ENTITY)>", data, re.DOTALL):
            reference = re.search(rb"<REFERENCE_NUMBER>([^<]*)<", block)
            assert reference is not None
            stamps = {day for part in days.findall(block) for day in re.findall(rb"\d{4}-\d{2}-\d{2}", part)}
            touched.setdefault(reference.group(1).decode().strip(), []).append(stamps)
    stamped = {reference for reference, two in touched.items() if len(two) == 2 and two[0] != two[1]}
    assert {one.listing for one in changes if "updated_on" in one.fields} == stamped
    assert stamped <= by_kind["amended"]
    assert (len(by_kind["listed"]), len(by_kind["delisted"])) == (91, 106)


@pytest.mark.shared
def test_the_version_of_the_day_is_in_force(both: tuple[tuple[bytes, ListVersion], ...]) -> None:
    versions = [version for _, version in both]
    founding = in_force(versions, "2021-02-22")
    assert founding is not None
    assert (founding.as_of, len(founding.listings)) == ("2020-11-30", 1018)
    before = in_force(versions[1:], "2021-02-22")
    assert before is not None
    assert before.as_of == "2026-02-27"
    assert max(listing.listed_on or "" for listing in before.listings) <= "2021-02-22"


@pytest.mark.shared
def test_what_analysts_trip_over_is_right(both: tuple[tuple[bytes, ListVersion], ...]) -> None:
    _, (_, newer) = both
    assert not any(listing.name.casefold() == "taliban" for listing in newer.listings)
    assert entry(newer, "QDe.115").name == "AL-QAIDA IN IRAQ"
    assert "Islamic State in Iraq and the Levant" in [alias.name for alias in entry(newer, "QDe.115").aliases]
    islamic_army = next(alias for alias in entry(newer, "QDe.004").aliases if alias.name == "Islamic Army")
    assert islamic_army.weak
    assert entry(newer, "QDi.306").born == ("1977-08/1977-09", "1976")
    assert {"KP", "IR"} <= {country for listing in newer.listings for country in listing.countries}
    assert ("brother of", "QDi.218") in entry(newer, "QDi.087").ties
