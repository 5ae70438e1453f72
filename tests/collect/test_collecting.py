from __future__ import annotations

import io
import time
import zipfile

import pytest

from pledgewatch.collect import collect_file, parse_sources
from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.document import Collected, Unread
from tests.collect.samples import HTML, MARKDOWN, RSS, SENTENCES, make_docx, make_mail, make_package, make_pdf

POLICY = CollectPolicy()


def collect(data: bytes | str, path: str = "note.txt", **settings: int) -> Collected:
    return collect_file(data.encode() if isinstance(data, str) else data, path, CollectPolicy(**settings))


def only_unread(collected: Collected) -> Unread:
    assert not collected.documents
    (unread,) = collected.unread
    return unread


# dates, names, ids


def test_a_date_that_is_none_leaves_the_document_undated_and_says_so() -> None:
    (document,) = collect("---\ndate: sometime in spring\n---\nThe truce holds.", "2031-05-03-note.md").documents
    assert document.published is None
    assert "sometime in spring" in document.unread[0].why
    assert document.unread[0].remedy


def test_the_date_in_a_file_name_stands_in_where_the_text_states_none() -> None:
    (document,) = collect(SENTENCES[0], "clips/2031-05-03_almas-gazette_guns.txt").documents
    assert (document.published, document.publisher) == ("2031-05-03", "almas-gazette")


def test_a_header_line_without_a_colon_states_the_date_and_is_no_part_of_the_text() -> None:
    (document,) = collect(" date 2031-02-17 \n\n\n\nPORT ALMAS The front denied it.").documents
    assert document.published == "2031-02-17"
    assert document.text == "PORT ALMAS The front denied it."


def test_a_text_that_begins_with_a_colon_line_that_is_no_header_keeps_it() -> None:
    (document,) = collect("Warning: the bridge is closed.\n\nNobody passed.").documents
    assert document.text.startswith("Warning: the bridge is closed.")


def test_an_undated_text_has_no_date() -> None:
    assert collect(SENTENCES[0]).documents[0].published is None


def test_a_declared_id_gives_the_same_document_id_wherever_the_file_stands() -> None:
    data = "---\nid: ridge-report\n---\nThe truce holds."
    first, second = (collect(data, path).documents[0].id for path in ("a.md", "b/c.md"))
    assert first == second
    assert first.startswith("d_")


def test_unknown_front_matter_is_ignored() -> None:
    (document,) = collect("---\ntitle: A\ncolour: [red, {deep: blue}]\n---\nThe truce holds.", "a.md").documents
    assert (document.title, document.unread) == ("A", ())


def test_the_publisher_falls_back_to_the_domain_of_the_address() -> None:
    (document,) = collect("---\nurl: https://www.gazette.example/guns\n---\nThe truce holds.", "a.md").documents
    assert document.publisher == "gazette.example"


def test_the_sources_file_gives_publisher_and_handling_where_the_document_states_none() -> None:
    sources = parse_sources(
        "sources:\n  gaz:\n    name: The Gazette\n    match: ['GAZETTE.example/*']\n    tlp: GREEN\n", "s.yml"
    )
    data = b"---\nurl: https://gazette.example/guns\n---\nThe truce holds."
    (document,) = collect_file(data, "a.md", POLICY, sources).documents
    assert (document.source, document.publisher, document.handling.tlp) == ("gaz", "The Gazette", "GREEN")


def test_a_name_full_of_control_characters_is_shown_clean() -> None:
    unread = only_unread(collect(b"", "bad\x1b[31m\x00\nname\u202etxt.exe"))
    assert unread.path.isprintable()


def test_documents_with_an_address_are_clear_and_others_are_not() -> None:
    assert collect(HTML, "a.html").documents[0].handling.tlp == "CLEAR"
    assert collect(SENTENCES[0]).documents[0].handling.tlp == "AMBER"


# formats


def test_markdown_joins_wrapped_lines_and_keeps_clauses_apart() -> None:
    text = (
        "The council\nmet at\nnoon.  \n\u00a0  \nIt voted.\n\n1.1 The front will leave.\n1.2 The republic will *pay*.\n"
    )
    (document,) = collect(text, "a.md").documents
    assert document.text.split("\n\n") == [
        "The council met at noon.", "It voted.", "1.1 The front will leave.", "1.2 The republic will pay.",
    ]  # fmt: skip


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    text = (
        "## Head\n\nSee [the *text*](http://a.example), \\[sic\\] `code` ![map](m.png)\n\n> Quoted &amp; kept\n\n- item"
    )
    (document,) = collect(text, "a.md").documents
    assert document.text == "Head\n\nSee the text, [sic] code\n\nQuoted & kept\n\nitem"


def test_front_matter_makes_a_text_markdown_whatever_its_name() -> None:
    assert collect(MARKDOWN, "a.txt").documents[0].media_type == "text/markdown"


def test_a_page_loses_navigation_and_footer() -> None:
    (document,) = collect(HTML, "a.html").documents
    for words in ("Sport pages", "newsletter", "Share this"):
        assert words not in document.text
    assert (document.publisher, document.address) == ("The Almas Gazette", "https://gazette.example/guns")


def test_a_page_states_itself_in_linked_data() -> None:
    data = (
        '<html><head><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Guns",'
        ' "datePublished": "2031-05-03T10:00:00Z", "publisher": {"name": "Almas Wire"}, "url": "https://wire.example/1"}]}</script>'
        f"</head><body><p>{SENTENCES[0]}</p></body></html>"
    )
    (document,) = collect(data, "a.html").documents
    stated = (document.title, document.published, document.publisher, document.address)
    assert stated == ("Guns", "2031-05-03", "Almas Wire", "https://wire.example/1")


def test_each_page_of_a_pdf_has_its_place() -> None:
    (document,) = collect(make_pdf(), "a.pdf").documents
    first, second = document.pages
    assert document.text[first.start : first.end].startswith("The Varna Front")
    assert document.page_at(document.text.index("Observers")) == 2
    assert second.end == len(document.text)


def test_pages_beyond_the_policy_are_unread_with_their_number() -> None:
    (document,) = collect(make_pdf(), "a.pdf", max_pages=1).documents
    assert [(part.page, "collect.max_pages" in part.remedy) for part in document.unread] == [(2, True)]


def test_a_pdf_without_text_says_that_it_needs_text_recognition() -> None:
    assert "OCR" in only_unread(collect(make_pdf(((),)), "a.pdf")).remedy


def test_a_table_of_a_word_file_is_read_row_by_row() -> None:
    (document,) = collect(make_docx(), "a.docx").documents
    assert document.text.endswith("Place\tGuns\n\nRidge\t24")


def test_an_attachment_is_a_document_of_its_own_and_a_picture_is_left_out() -> None:
    collected = collect(make_mail(), "m.eml")
    assert [document.path for document in collected.documents] == ["m.eml", "m.eml#list.txt"]
    assert [left.path for left in collected.rejected] == ["m.eml#map.png"]
    mail = collected.documents[0]
    assert (mail.publisher, mail.title, mail.published) == ("Press Desk", "Guns on the ridge", "2031-05-03")


def test_what_a_mail_is_held_under_holds_for_its_attachments() -> None:
    collected = collect(make_mail("TLP:RED\n\nThe guns stand on the ridge."), "m.eml")
    assert [document.handling.tlp for document in collected.documents] == ["RED", "RED"]


def test_every_entry_of_a_feed_is_a_document_and_an_empty_one_is_rejected() -> None:
    collected = collect(RSS, "f.xml")
    assert [document.path for document in collected.documents] == ["f.xml#guns-1", "f.xml#guns-2"]
    assert collected.found == 3
    first = collected.documents[0]
    assert first.text == f"{SENTENCES[0]}\n\n{SENTENCES[1]}"
    assert (first.address, first.publisher) == ("https://gazette.example/guns", "The Almas Gazette")


def test_a_new_entry_leaves_the_ids_of_the_others_as_they_were() -> None:
    longer = RSS.replace(b"<item>", b"<item><title>New</title><guid>guns-0</guid></item><item>", 1)
    assert [document.id for document in collect(longer, "f.xml").documents][1:] == [
        document.id for document in collect(RSS, "f.xml").documents
    ]


# bad input


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"  \n\x00\x00 ", "empty"),
        (bytes(range(256)) * 40, "neither text nor"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"{\\rtf1 The truce holds.}", "RTF"),
        (b"PK\x03\x04" + bytes(60), "ZIP"),
        (b"%PDF-1.7\nnothing more", "damaged PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office"),
    ],
)  # fmt: skip
def test_what_holds_no_text_is_unread_with_reason_and_remedy(data: bytes, why: str) -> None:
    unread = only_unread(collect(data, "thing.txt"))
    assert why in unread.why
    assert unread.remedy


def test_a_page_of_fifty_thousand_nested_tags_gives_its_words_in_bounded_time() -> None:
    started = time.perf_counter()
    (document,) = collect("<html><body>" + "<div>" * 50_000 + SENTENCES[0] + "</div>" * 50_000, "a.html").documents
    assert time.perf_counter() - started < 10
    assert document.text == SENTENCES[0]
    assert "nested" in document.unread[0].why


@pytest.mark.parametrize(
    "piece", ["<a", "<div ", "<!--", "<script>", "&#", "<p>", "</div>", "<b>", "<table><tr><td>", '<a href="']
)
def test_a_page_of_one_broken_piece_ends_in_bounded_time(piece: str) -> None:
    started = time.perf_counter()
    assert collect("<html><body>" + piece * 50_000, "a.html").found == 1
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("piece", ["[", "*a ", "> ", "- ", "`", "![", "<", "| a ", "_", "\\"])
def test_markdown_of_one_repeated_mark_ends_in_bounded_time(piece: str) -> None:
    started = time.perf_counter()
    assert collect("a " + piece * 20_000, "a.md").found == 1
    assert time.perf_counter() - started < 20


def test_a_zip_bomb_in_a_word_file_is_not_opened() -> None:
    bomb = make_package({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(60_000_000)})
    assert "zip bomb" in only_unread(collect(bomb, "a.docx")).why
    assert "collect.max_unpacked_mb" in only_unread(collect(bomb, "a.docx", max_unpacked_mb=10)).remedy


def test_entities_in_a_word_file_are_refused() -> None:
    members = {}
    with zipfile.ZipFile(io.BytesIO(make_docx())) as package:
        members = {name: package.read(name) for name in package.namelist()}
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    members["word/document.xml"] = members["word/document.xml"].replace(b"<w:document", laughs + b"<w:document", 1)
    assert "document type" in only_unread(collect(make_package(members), "a.docx")).why


def test_entities_in_a_feed_are_refused() -> None:
    laughs = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss'
    assert "entities" in only_unread(collect(RSS.replace(b"<rss", laughs, 1), "f.xml")).why


def test_an_external_entity_in_a_feed_is_refused() -> None:
    outside = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss'
    assert "entities" in only_unread(collect(RSS.replace(b"<rss", outside, 1), "f.xml")).why


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ("a: &x [1]\nb: *x", "alias"),
        ("title: [unclosed", "not YAML"),
        ("title: A\ntitle: B", "second time"),
        ("a: " + "[" * 60 + "]" * 60, "nested"),
        ("- only\n- a list", "mapping"),
    ],
)
def test_front_matter_that_cannot_be_read_is_a_part_unread_and_the_text_is_kept(block: str, why: str) -> None:
    (document,) = collect(f"---\n{block}\n---\nThe truce holds.", "a.md").documents
    assert document.text == "The truce holds."
    assert why in document.unread[0].why


def test_mails_within_mails_end() -> None:
    data = make_mail()
    for number in range(12):
        data = (
            b"From: a@b.example\nDate: Sat, 03 May 2031 09:00:00 +0000\nSubject: x\nMIME-Version: 1.0\n"
            b'Content-Type: multipart/mixed; boundary="q%d"\n\n--q%d\nContent-Type: message/rfc822\n\n%s\n--q%d--\n'
            % (number, number, data, number)
        )
    collected = collect(data, "m.eml")
    assert "deep" in collected.unread[0].why


def test_a_mail_of_a_thousand_nested_parts_raises_nothing() -> None:
    data = b"From: a@b.example\nDate: Sat, 03 May 2031 09:00:00 +0000\nMIME-Version: 1.0\n"
    for number in range(1_000):
        data += b'Content-Type: multipart/mixed; boundary="q%d"\n\n--q%d\n' % (number, number)
    assert collect(data + b"\nThe truce holds.", "m.eml").found == 1


def test_a_text_too_long_to_hold_is_unread_with_a_remedy() -> None:
    collected = collect_file(b"Words of it.\n" * 800_000, "long.txt", CollectPolicy())
    assert collected.documents == ()
    assert "10,000,000" in collected.unread[0].why
    assert "Split" in collected.unread[0].remedy
