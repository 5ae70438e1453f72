"""Files that real software chokes on, and the real cases: read where they lie, never copied."""

from __future__ import annotations

import datetime
import gzip
import itertools
import re
import time
from pathlib import Path

import pytest

from pledgewatch.collect import collect_file
from pledgewatch.collect.canonical import clean_text
from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.document import Collected

POLICY = CollectPolicy()
EXPECTED = re.compile(rb"Expect:\s+(.*)")
ENTRY_TITLE = re.compile(r"\Anot bozo and entries\[0\]\['title'\] == u?'([^'\\]+)'\s*\Z")
PUBLISHED = re.compile(r"entries\[0\]\['(?:published|updated)_parsed'\] == \((\d+), (\d+), (\d+),")


def collect(place: Path) -> Collected:
    data = place.read_bytes()
    name = place.name
    if place.suffix == ".gz":
        data, name = gzip.decompress(data), name[:-3]
    started = time.perf_counter()
    collected = collect_file(data, name, POLICY)
    assert time.perf_counter() - started < 30, place
    assert collected.found >= 1, place
    for document in collected.documents:
        assert document.text, place
        assert clean_text(document.text) == document.text, place
    for unread in collected.unread:
        assert unread.why, place
        assert unread.remedy, place
    return collected


def files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(place for place in folder.rglob(pattern) if place.is_file())
    assert found, folder
    return found


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "pattern", "least"),
    [("html/html", "*.gz", 92), ("pdf", "*.pdf", 70), ("mail/tests/mails", "*", 21), ("docx", "*.docx", 30)],
)
def test_no_fixture_raises_and_most_are_read(shared: Path, folder: str, pattern: str, least: int) -> None:
    found = [collect(place) for place in files(shared / "fixtures" / folder, pattern)]
    assert sum(bool(collected.documents) for collected in found) >= least


@pytest.mark.shared
def test_no_feed_raises_and_titles_and_days_are_the_expected_ones(shared: Path) -> None:
    titles = days = 0
    for place in files(shared / "fixtures" / "feeds", "*.xml"):
        collected = collect(place)
        expected = EXPECTED.search(place.read_bytes())
        wanted = expected.group(1).decode("utf-8", "replace").strip() if expected else ""
        first = collected.documents[0] if collected.documents else None
        if (match := ENTRY_TITLE.match(wanted)) and "<" not in match.group(1) and "&" not in match.group(1):
            assert first is not None, place
            assert first.title == clean_text(match.group(1)), place
            titles += 1
        if match := PUBLISHED.search(wanted):
            # These feeds have entries of a day and nothing else, which are rejected; a title makes them documents.
            titled = re.sub(rb"<(item|entry)\b[^>]*>", rb"\g<0><title>A title</title>", place.read_bytes())
            documents = collect_file(titled, place.name, POLICY).documents
            if not documents:
                continue  # a feed whose only day is a channel's
            (document,) = documents
            wanted_day = "-".join(f"{int(part):02}" for part in match.groups())
            # Theirs are in UTC; ours are as written.
            assert abs(_ordinal(document.published or "1700") - _ordinal(wanted_day)) <= 1, place
            days += 1
    assert titles >= 25
    assert days >= 8


def _ordinal(iso: str) -> int:
    return datetime.date.fromisoformat((iso + "-01-01")[:10]).toordinal()


@pytest.mark.shared
def test_a_password_and_a_picture_are_named_as_what_they_are(shared: Path) -> None:
    reasons = {
        unread.path: unread.why
        for place in files(shared / "fixtures" / "pdf", "*.pdf")
        for unread in collect(place).unread
    }
    assert "encrypted" in reasons["libreoffice-writer-password.pdf"]
    assert "pictures" in reasons["imagemagick-CCITTFaxDecode.pdf"]


@pytest.mark.shared
def test_every_page_of_the_second_case_has_title_day_address_and_a_body_without_navigation(shared: Path) -> None:
    for place in files(shared / "cases" / "syria", "*.html"):
        (document,) = collect(place).documents
        assert document.title, place
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", document.published or ""), place
        assert (document.address or "").endswith("/" + place.stem), place
        assert document.language == "en", place
        assert document.unread == (), place
        lines = document.text.split("\n")
        for words in ("Share", "Print", "See also", "Search", "Contacts", "Text version", "Publication status"):
            assert words not in lines, (place, words)
        assert "Creative Commons" not in document.text, place


@pytest.mark.shared
def test_every_document_of_the_first_case_is_dated_addressed_and_unwrapped(shared: Path) -> None:
    for place in files(shared / "cases" / "doha" / "reporting", "*.md"):
        (document,) = collect(place).documents
        assert document.title, place
        assert document.published == place.name[:10], place
        assert document.address, place
        assert document.unread == (), place
        assert "  " not in document.text, place
        paragraphs = document.text.split("\n\n")
        # A paragraph that goes on in the next one with a small letter was cut by its wrapping.
        cut = sum(
            before[-1].isalpha() and before[-1].islower() and after[:1].islower()
            for before, after in itertools.pairwise(paragraphs)
        )
        assert cut <= len(paragraphs) // 20, (place, cut)


@pytest.mark.shared
def test_the_clauses_of_a_sheet_stay_apart(shared: Path) -> None:
    place = shared / "cases" / "doha" / "agreement.md"
    (document,) = collect(place).documents
    written = [line for line in place.read_text("utf-8").split("\n") if re.match(r"\d\.\d ", line)]
    assert len(written) > 10
    assert [part for part in document.text.split("\n\n") if re.match(r"\d\.\d ", part)] == written
