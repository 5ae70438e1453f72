"""Files made to harm, to fill the memory, or to say less than they seem to."""

from __future__ import annotations

import io
import re
import time
import zipfile

import pytest

from pledgewatch.errors import InputError
from pledgewatch.resolve.lists import ListFile, load_list
from tests.resolve.lists.samples import SAMPLES, pack_sheet

UN = SAMPLES["un_sc"][0][0].untrusted_data
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def refused(data: bytes, path: str = "list.file") -> InputError:
    with pytest.raises(InputError) as error:
        load_list(data, path, as_of="2031-05-02")
    assert error.value.where is not None
    assert path in error.value.where
    return error.value


def test_entities_that_unfold_are_refused_in_any_encoding() -> None:
    body = UN.split(b"?>", 1)[1].replace(b"ARDAN", b"&c;")
    assert "document type" in refused(LAUGHS + body).what
    wide = (LAUGHS + body).decode("utf-8").replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")
    assert "document type" in refused(wide).what


def test_an_external_entity_reads_no_file() -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert "document type" in refused(head + UN.split(b"?>", 1)[1].replace(b"ARDAN", b"&a;")).what


def test_a_document_type_behind_a_long_comment_is_refused() -> None:
    late = b'<?xml version="1.0"?><!--' + b"x" * 70_000 + b"-->" + LAUGHS.split(b"?>", 1)[1]
    data = late + UN.split(b"?>", 1)[1].replace(b"ARDAN", b"&c;")
    with pytest.raises(InputError):
        load_list(data, "list.file", as_of="2031-05-02")


def test_truncated_xml_names_line_and_column() -> None:
    error = refused(UN[: len(UN) // 2])
    assert re.search(r"line \d+, column \d+", error.what)


def test_xml_in_another_encoding_than_it_declares_is_refused() -> None:
    assert "XML" in refused(UN.replace("اردان ولمي".encode(), "é".encode("latin-1"))).what


def test_an_endless_attribute_or_text_is_refused() -> None:
    for endless in (UN.replace(b"dateGenerated=", b'x="' + b"y" * 11_000_000 + b'" dateGenerated='),):
        assert "XML" in refused(endless).what
    assert "XML" in refused(UN.replace(b"ARDAN", b"A" * 11_000_000)).what


def test_elements_nested_without_end_are_refused() -> None:
    assert "XML" in refused(UN.replace(b"ARDAN", b"<A>" * 5_000 + b"</A>" * 5_000)).what


def test_a_csv_field_without_end_is_refused_with_its_line() -> None:
    row = b",individual" + b",-0- " * 9 + b"\n"
    error = refused(b"90001,VELMI" + row + b'90002,"' + b"A" * 200_000 + b'"' + row)
    assert "field larger" in error.what
    assert "line 2" in str(error.where)


def test_bytes_that_are_no_text_are_refused_with_their_place() -> None:
    csv = SAMPLES["ofac_sdn"][1][0].untrusted_data
    assert "is zero" in refused(csv.replace(b"INVENTED", b"INV\x00NTED")).what
    assert "neither UTF-8 nor" in refused(csv.replace(b"INVENTED", b"INV\x81NTED")).what


def test_windows_letters_are_read_and_told() -> None:
    csv = SAMPLES["ofac_sdn"][1][0].untrusted_data
    version = load_list(csv.replace(b"LADY OF HASK", b"LADY OF H\xc5SK"), "sdn.csv", as_of="2031-05-02")
    assert any(listing.name == "LADY OF HÅSK" for listing in version.listings)
    assert any("Windows-1252" in line for line in version.repairs)


def test_a_sheet_that_unpacks_without_end_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", b" " * 30_000_000, zipfile.ZIP_DEFLATED)
    assert "zip bomb" in refused(packed.getvalue()).what


def test_a_sheet_with_entities_or_without_content_is_refused() -> None:
    assert "document type" in refused(pack_sheet([["a"]], LAUGHS.decode("utf-8").split("?>", 1)[1])).what
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "content.xml" in refused(empty.getvalue()).what
    assert "damaged" in refused(pack_sheet([["a"]])[:-40]).what


def test_json_nested_without_end_is_a_record_and_the_rest_is_read() -> None:
    good = SAMPLES["ftm"][0][0].untrusted_data
    deep = b'{"id": "x", "schema": "Person", "properties": {"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}\n"
    version = load_list(good + deep, "list.jsonl")
    assert len(version.listings) == 3
    assert any("line 9" in record.path and "JSON" in record.why for record in version.unread)


def test_a_file_of_no_known_list_says_which_are_known() -> None:
    for data in (b"hello", b"<html><body>404</body></html>", b"a,b,c\n1,2,3\n", b"%PDF-1.7"):
        error = refused(data)
        assert "FollowTheMoney" in error.remedy
        assert "un_sc" in error.remedy


def test_a_version_without_a_day_asks_for_one() -> None:
    files = [ListFile("sdn.csv", SAMPLES["ofac_sdn"][1][0].untrusted_data)]
    with pytest.raises(InputError) as error:
        load_list(files, "sdn.csv")
    assert "sdn_2031-05-02.csv" in error.value.remedy
    dated = [ListFile("sdn_2031-02.csv", files[0].untrusted_data)]
    assert load_list(dated, "sdn").as_of == "2031-02-28"


def test_a_name_or_remark_of_a_million_letters_is_a_record_and_takes_no_time() -> None:
    long = UN.replace(b"Ardan Welmi;", b"(Ardan, / " * 100_000 + b";")
    long = long.replace(b"Invented. Leader", b"associated with not a leader of " * 30_000 + b"Leader")
    started = time.perf_counter()
    version = load_list(long, "un.xml")
    assert time.perf_counter() - started < 5
    assert len(version.listings) == 3
    assert any("1,000,0" in record.why for record in version.unread)
