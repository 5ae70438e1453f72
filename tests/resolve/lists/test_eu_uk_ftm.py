"""The EU, UK and FollowTheMoney lists: what is particular to each."""

from __future__ import annotations

import csv
import io

import pytest

from pledgewatch.errors import InputError
from pledgewatch.resolve.lists import load_list
from tests.resolve.lists.samples import SAMPLES, pack_sheet

EU = SAMPLES["eu"][0][0].untrusted_data
UK, CONLIST = (files[0].untrusted_data for files in SAMPLES["uk"])
FTM = SAMPLES["ftm"][0][0].untrusted_data


def test_the_eu_rows_of_one_entry_are_put_together() -> None:
    version = load_list(EU, "eu.csv")
    assert (version.as_of, version.unread) == ("2031-05-02", ())
    velmi, front = version.listings
    assert (velmi.id, velmi.type, velmi.listed_on) == ("EU.17.1", "person", "2029-03-14")
    assert velmi.born == ("1987-07-05", "1986/1988")
    assert ("UN reference", "OSi.001") in velmi.identifiers
    assert velmi.nationalities == ("Ostrava",)
    assert front.listed_on == "2028-12-01"
    assert [(alias.name, alias.acronym) for alias in front.aliases] == [("VFL", True)]


def test_the_eu_header_is_strict_about_what_it_knows() -> None:
    unknown = EU.replace(b"NameAlias_Title", b"NameAlias_Mood")
    assert any("NameAlias_Mood" in record.why for record in load_list(unknown, "eu.csv").unread)
    with pytest.raises(InputError, match="twice"):
        load_list(EU.replace(b"NameAlias_Title", b"NameAlias_Function"), "eu.csv")


def test_an_eu_row_of_another_length_or_with_an_impossible_date_is_a_record() -> None:
    short = load_list(EU + b"02/05/2031;19;EU.19.1\n", "eu.csv")
    assert [record.path for record in short.unread] == ["eu.csv#line 12"]
    odd = load_list(EU.replace(b";1987-07-05;", b";1987-17-05;"), "eu.csv")
    assert any("'1987-17-05' is no date" in record.why for record in odd.unread)


def test_the_uk_primary_name_comes_first_wherever_its_row_stands() -> None:
    version = load_list(UK, "uk.csv")
    assert (version.as_of, version.unread) == ("2031-05-02", ())
    velmi, front, lady = version.listings
    assert velmi.name == "ARDAN VELMI"
    assert [(alias.name, alias.script, alias.weak) for alias in velmi.aliases] == [
        ("اردان ولمي", "Arab", False),
        ("Ardaan Welmi", "Latn", False),
        ("The Ferryman", "Latn", True),
    ]
    assert velmi.born == ("1987", "1988-07-05")
    assert front.ties == (("subsidiary of", "Orvane Front"),)
    assert (lady.type, lady.identifiers) == ("vessel", (("IMO", "0000017"),))


def test_the_uk_sheet_says_what_the_csv_says() -> None:
    rows = list(csv.reader(io.StringIO(UK.decode("utf-8"))))
    sheet = load_list(pack_sheet(rows), "uk.ods")
    assert sheet.listings == load_list(UK, "uk.csv").listings
    assert sheet.as_of == "2031-05-02"


def test_numbered_values_of_one_uk_cell_are_taken_apart() -> None:
    velmi = load_list(CONLIST, "conlist.csv").listings[0]
    assert velmi.born == ("1987", "1988-07-05")
    assert velmi.nationalities == ("Ostrava", "Lesna")


def test_an_unknown_uk_column_is_named() -> None:
    told = load_list(UK.replace(b"Alias strength", b"Alias mood"), "uk.csv").unread
    assert any("'alias mood'" in record.why for record in told)


def test_ftm_sanctions_make_the_entries_and_give_their_dates() -> None:
    version = load_list(FTM, "list.jsonl")
    velmi, front, lady = version.listings
    assert (velmi.listed_on, front.listed_on, lady.listed_on) == ("2029-03-14", "2028-11-30", None)
    assert velmi.ties == (("member of (leader)", "Varna Front for Liberation"), ("family of (brother)", "Ossei Velmi"))
    assert ("VFL", True) in [(alias.name, alias.acronym) for alias in front.aliases]
    (record,) = version.unread
    assert "1 party stands" in record.why


def test_ftm_without_any_sanction_takes_everybody() -> None:
    lines = b"\n".join(line for line in FTM.split(b"\n") if b'"Sanction"' not in line)
    plain = lines.replace(b'"topics": ["sanction"]', b'"topics": []')
    everybody = load_list(plain, "x.jsonl")
    assert len(everybody.listings) == 4
    assert everybody.unread == ()


def test_ftm_nested_sanctions_and_bad_lines_are_read_and_told() -> None:
    nested = (
        b'{"id": "n", "schema": "Person", "properties": {"name": ["Ossei Velmi"], "sanctions": [{"id": "s", "schema":'
        b' "Sanction", "properties": {"listingDate": ["2030-01-01"]}}]}}\n'
    )
    broken = (
        b'{"id": "b", "schema": "Pers\n{"schema": "Person", "properties": {}}\n'
        b'{"id": "t", "schema": "Teapot", "properties": {}}\n'
    )
    version = load_list(nested + broken, "x_2031-05-02.jsonl")
    assert [(one.id, one.listed_on) for one in version.listings] == [("n", "2030-01-01")]
    assert version.as_of == "2031-05-02"
    paths = [record.path for record in version.unread]
    assert paths == ["x_2031-05-02.jsonl#line 2", "x_2031-05-02.jsonl#line 3", "x_2031-05-02.jsonl#t"]
