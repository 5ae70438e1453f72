"""The calendar, read back by hand as RFC 5545 says."""

from __future__ import annotations

from pledgewatch.export.calendar import write_calendar
from pledgewatch.ledger import apply_amendment, draw_ledger
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.document import Document

TEXT = """\
# Accord of Lume; the second, and last

Signed in Lume, 3 March 2031, by the Varna Front and the Republic of Ostrava.

1. Both Parties shall cease all hostilities, on land and on water, at 06:00 local time (UTC+3) on 4 March 2031.
2. Ostrava shall open the Kell road within 30 days of signing, if the Front agrees.
3. The Front shall light the lamps at 20:00 Ardel time on 9 March 2031.
4. The Front shall not tax the ferry.
"""


def draw(text: str = TEXT) -> Agreement:
    return draw_ledger(Document("d_c", "c.md", "0" * 64, "text/markdown", text))


def read_events(raw: bytes) -> list[dict[str, str]]:
    """The events of a calendar: unfolded, split at the first colon, unescaped."""
    text = raw.decode("utf-8").replace("\r\n ", "")
    events: list[dict[str, str]] = []
    for line in text.split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in ("END", "BEGIN"):
            value = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
            events[-1][name] = value
    return events


def test_each_dated_deadline_is_one_event_and_quotes_its_clause() -> None:
    events = read_events(write_calendar(draw()))
    assert len(events) == 3
    assert events[1]["DESCRIPTION"].startswith(
        "“Ostrava shall open the Kell road within 30 days of signing, if the Front agrees”"
    )
    assert "Counted: signing + 30 days." in events[1]["DESCRIPTION"]
    assert "If: if the Front agrees" in events[1]["DESCRIPTION"]


def test_a_day_is_a_whole_day_and_an_hour_with_an_offset_is_in_utc() -> None:
    events = read_events(write_calendar(draw()))
    assert events[0]["DTSTART"] == "20310304T030000Z"
    assert events[1]["DTSTART;VALUE=DATE"] == "20310402"
    assert events[1]["DTEND;VALUE=DATE"] == "20310403"


def test_an_hour_of_an_unknown_place_stays_local() -> None:
    event = read_events(write_calendar(draw()))[2]
    assert event["DTSTART"] == "20310309T200000"
    assert "At 20:00, Ardel time." in event["DESCRIPTION"]


def test_lines_are_folded_at_75_octets_and_end_in_crlf() -> None:
    raw = write_calendar(draw())
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert b"Accord of Lume\\; the second\\, and last" in raw.replace(b"\r\n ", b"")


def test_the_same_agreement_gives_the_same_bytes_and_uids_outlive_a_new_date() -> None:
    assert write_calendar(draw()) == write_calendar(draw())
    later = TEXT.replace("within 30 days", "within 45 days")
    before, after = read_events(write_calendar(draw())), read_events(write_calendar(draw(later)))
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert len({event["UID"] for event in before}) == 3


def test_a_moved_deadline_says_from_when() -> None:
    protocol = (
        "# Protocol amending the Accord\n\nBrod, 20 March 2031\n\n"
        '1. In article 2, the words "within 30 days of signing" are replaced by the words "by 1 June 2031".\n'
    )
    moved = apply_amendment(draw(), draw(protocol))
    event = read_events(write_calendar(moved))[1]
    assert event["DTSTART;VALUE=DATE"] == "20310601"
    assert "Moved from 2031-04-02 on 2031-03-20." in event["DESCRIPTION"]
