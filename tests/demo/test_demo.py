"""The bundled demo: complete, honest about being fiction, and reproducible."""

from __future__ import annotations

import email
import email.policy
import html
import importlib.util
import re
from importlib.resources import files
from pathlib import Path

import docx
import pypdfium2
import pytest
import yaml

from pledgewatch.demo import DEMO_AS_OF, copy_demo
from pledgewatch.errors import InputError

DEMO = Path(str(files("pledgewatch.demo")))
DOCUMENTS = DEMO / "material" / "documents"
FICTION = "Fiction: written for the Pledgewatch demo"
XML_NAMESPACES = "www.w3.org"
EMPTY = "unsorted/scan-0007.txt"
DUPLICATE = "unsorted/report-6-august (2).md"
TRUNCATED = "unsorted/handover-record-download.pdf"
QUOTED = re.compile(r"^- (?P<path>\S+/\S+): “(?P<words>.+)”$", re.MULTILINE)


def list_files() -> dict[str, Path]:
    return {p.relative_to(DOCUMENTS).as_posix(): p for p in sorted(DOCUMENTS.rglob("*")) if p.is_file()}


def show_text(path: Path) -> str:
    """Everything that a person could see in a file, with white space folded."""
    if path.suffix == ".pdf":
        if path.relative_to(DOCUMENTS).as_posix() == TRUNCATED:
            text = path.read_bytes().decode("latin-1")
        else:
            pdf = pypdfium2.PdfDocument(path)
            text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
            pdf.close()
    elif path.suffix == ".docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    elif path.suffix == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        text = str(body.get_content())
    else:
        text = path.read_text("utf-8")
        if path.suffix in (".html", ".xml"):
            text = html.unescape(html.unescape(text))
    return " ".join(text.split())


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {name: show_text(path) for name, path in list_files().items()}


def test_every_format_is_present() -> None:
    suffixes = [path.suffix for path in list_files().values()]
    assert {suffix: suffixes.count(suffix) >= least for suffix, least in FORMATS} == dict.fromkeys(dict(FORMATS), True)
    assert any(name.endswith(".rss.xml") for name in list_files())
    assert any(name.endswith(".atom.xml") for name in list_files())


FORMATS = ((".md", 5), (".txt", 2), (".html", 3), (".pdf", 3), (".docx", 1), (".eml", 1), (".xml", 2))


def test_about_twenty_five_documents_are_bundled() -> None:
    assert 24 <= len(list_files()) <= 32


def test_a_pdf_has_two_pages() -> None:
    pdf = pypdfium2.PdfDocument(DOCUMENTS / "mission" / "report-4-june.pdf")
    assert len(pdf) == 2
    pdf.close()


def test_every_file_that_holds_anything_says_that_it_is_fiction(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if FICTION not in text] == [EMPTY]
    assert (DOCUMENTS / EMPTY).stat().st_size == 0


def test_the_case_files_and_pages_say_that_they_are_fiction() -> None:
    for path in sorted((DEMO / "material").glob("*.*")):
        assert FICTION in path.read_text("utf-8"), path.name
    assert "All of this is fiction" in (DEMO / "README.md").read_text("utf-8")
    assert FICTION in (DEMO / "EXPECTED.md").read_text("utf-8")


def test_every_address_is_in_a_reserved_domain(texts: dict[str, str]) -> None:
    for name, path in list_files().items():
        if path.suffix in (".md", ".html", ".xml", ".txt", ".eml"):
            for host in re.findall(r"https?://([^/\s\"<>]+)", path.read_text("utf-8")):
                assert host.endswith(".example") or host == XML_NAMESPACES, (name, host)
        for host in re.findall(r"@([\w.-]+)", texts[name]) if name != TRUNCATED else ():
            assert host.rstrip(".").endswith(".example"), (name, host)


@pytest.mark.parametrize("words", ["limekiln", "Corrandale", "brother-in-law", "ash-grey", "quartermaster"])
def test_words_of_the_protected_source_occur_in_one_document_only(texts: dict[str, str], words: str) -> None:
    assert [name for name, text in texts.items() if words.casefold() in text.casefold()] == [
        "protected/interview-note-07.md"
    ]


@pytest.mark.parametrize("words", ["Plan Heron", "route surveys"])
def test_words_of_the_briefing_occur_in_one_document_only(texts: dict[str, str], words: str) -> None:
    assert [name for name, text in texts.items() if words in text] == ["government/embargoed-briefing-2031-07-14.md"]


def test_nothing_is_reported_on_the_clause_that_cannot_be_judged(texts: dict[str, str]) -> None:
    assert "minefields" in (DEMO / "material" / "agreement.md").read_text("utf-8")
    assert not [name for name, text in texts.items() if re.search(r"\bmines?\b|minefield", text, re.IGNORECASE)]


def test_the_expected_conclusions_quote_only_words_that_are_there(texts: dict[str, str]) -> None:
    quoted = list(QUOTED.finditer((DEMO / "EXPECTED.md").read_text("utf-8")))
    assert len(quoted) > 30
    missing = [(m["path"], m["words"]) for m in quoted if m["words"] not in texts[m["path"]]]
    assert missing == []


def test_the_expected_conclusions_cover_every_clause_and_every_status() -> None:
    expected = (DEMO / "EXPECTED.md").read_text("utf-8")
    statuses = dict(re.findall(r"^\| (\d\.\d) \| ([a-z ]+?) \|", expected, re.MULTILINE))
    clauses = re.findall(r"^(\d\.\d) ", (DEMO / "material" / "agreement.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(statuses) == clauses
    assert set(statuses.values()) == {
        "kept", "partly kept", "broken", "contested", "not yet due", "cannot be judged",
    }  # fmt: skip


def test_the_duplicate_delivery_has_the_same_bytes() -> None:
    assert (DOCUMENTS / DUPLICATE).read_bytes() == (DOCUMENTS / "mission" / "report-6-august.md").read_bytes()


def test_the_identical_republication_differs_in_the_headline_only(texts: dict[str, str]) -> None:
    wire = (DOCUMENTS / "wire" / "northlight-2031-07-17.md").read_text("utf-8").split("---\n", 2)[2]
    paragraphs = [paragraph for paragraph in wire.strip().split("\n\n") if not paragraph.startswith("By ")]
    copied = texts["papers/courier-2031-07-17-monitors.html"]
    assert [paragraph for paragraph in paragraphs if paragraph not in copied] == []
    assert "still shelters" not in copied


def test_the_spun_republication_has_damaged_quotation_marks_and_no_year_of_signing(texts: dict[str, str]) -> None:
    spun = texts["papers/globe-digest-spun.html"]
    assert sum(paragraph.count("“") != paragraph.count("”") for paragraph in spun.split("<p>")) == 4
    assert "signed on 3 March," in spun
    assert "2031" not in spun.partition("SARVETH")[2]


def test_the_two_versions_share_an_address_and_differ_in_a_figure_and_a_sentence() -> None:
    first, second = (
        (DOCUMENTS / "papers" / f"courier-posts-{name}.md").read_text("utf-8") for name in ("first", "second")
    )
    address = re.compile(r"^source_url: (\S+)$", re.MULTILINE)
    assert address.findall(first) == address.findall(second)
    assert "nine of its twelve posts" in first
    assert "seven of its twelve posts" in second
    assert "The remaining posts will follow within days" in first
    assert "within days" not in second


def test_the_cut_off_pdf_does_not_open() -> None:
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(DOCUMENTS / TRUNCATED)


def test_the_yaml_files_hold_the_agreed_keys() -> None:
    sources = yaml.safe_load((DEMO / "material" / "sources.yml").read_text("utf-8"))["sources"]
    assert sources["interviews"]["protected_source"] is True
    assert {party for source in sources.values() for party in source.get("interested_in", [])} == {
        "Orvane Front",
        "Republic of Velmora",
    }
    actors = yaml.safe_load((DEMO / "material" / "actors.yml").read_text("utf-8"))["actors"]
    assert all(set(actor) == {"name", "type", "aliases", "party"} for actor in actors)


def test_copying_the_demo_copies_every_file_unchanged(tmp_path: Path) -> None:
    copied = copy_demo(tmp_path / "deep" / "demo")
    for source in sorted((DEMO / "material").rglob("*")):
        if source.is_file():
            target = tmp_path / "deep" / "demo" / source.relative_to(DEMO / "material")
            assert target.read_bytes() == source.read_bytes()
    assert copied.documents.is_dir()
    assert all(p.is_file() for p in (copied.agreement, copied.sources, copied.indicators, copied.actors))
    assert copied.as_of == DEMO_AS_OF


def test_copying_twice_gives_the_same_folder(tmp_path: Path) -> None:
    assert copy_demo(tmp_path) == copy_demo(tmp_path)


def test_copying_onto_a_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("here")
    with pytest.raises(InputError, match="can't be written here"):
        copy_demo(tmp_path / "taken")


def test_the_binary_files_are_made_again_byte_for_byte() -> None:
    pytest.importorskip("typst", reason="the typst wheel is not installed")
    tool = Path(__file__).parents[2] / "tools" / "make_demo_files.py"
    spec = importlib.util.spec_from_file_location("make_demo_files", tool)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.make_files()
    assert len(made) == 4
    assert [path for path, data in made.items() if (DOCUMENTS / path).read_bytes() != data] == []
