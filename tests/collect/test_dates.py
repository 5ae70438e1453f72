from __future__ import annotations

import pytest

from pledgewatch.collect.dates import date_in_name, find_dateline, parse_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2031-05-03", "2031-05-03"),
        ("2031-05", "2031-05"),
        ("2031", "2031"),
        ("2031-05-03T23:30:00-05:00", "2031-05-03"),
        ("2031-05-03 20:15:00-04:00", "2031-05-03"),
        ("2031-05-03T10:00:00.000Z", "2031-05-03"),
        ("20310503", "2031-05-03"),
        ("D:20310503101112+02'00'", "2031-05-03"),
        ("2031/05/03", "2031-05-03"),
        ("Sat, 03 May 2031 09:00:00 +0000", "2031-05-03"),
        ("May 3rd, 2031", "2031-05-03"),
        ("3 Sept. 2031", "2031-09-03"),
        ("the 3rd of May 2031", "2031-05-03"),
        ("May 2031", "2031-05"),
        ("31/12/2030", "2030-12-31"),
        ("12/31/2030", "2030-12-31"),
        ("05/05/2031", "2031-05-05"),
        ("3 mai 2031", "2031-05-03"),
        ("3 мая 2031", "2031-05-03"),
    ],
)
def test_a_date_is_read_as_coarse_as_it_is_written(text: str, date: str) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "soon",
        "2031-02-30",
        "2031-13",
        "03/04/2031",
        "0001-01-01",
        "May",
        "tomorrow",
        "9 o'clock",
        "99999",
        "x" * 5000,
    ],
)
def test_what_is_no_date_or_could_be_two_is_none(text: str | None) -> None:
    assert parse_date(text) is None


def test_a_dateline_stands_by_itself_on_top() -> None:
    assert find_dateline("REPORT\nPort Almas, 3 May 2031\n\nIt rained.") == "2031-05-03"
    assert find_dateline("Published on: Saturday, May 3, 2031\n\nIt rained.") == "2031-05-03"
    assert find_dateline("On 3 May 2031 the front left the ridge.\n\nIt rained.") is None
    assert find_dateline("\n".join(["words"] * 30) + "\n3 May 2031") is None


def test_a_file_name_states_a_date_only_in_front() -> None:
    assert date_in_name("a/2031-05-03-guns.md") == "2031-05-03"
    assert date_in_name("a/2031-05_guns.md") == "2031-05"
    assert [date_in_name(name) for name in ("guns-2031-05-03.md", "2031-05-03/guns.md", "2031-99-03-x.md")] == [
        None
    ] * 3
