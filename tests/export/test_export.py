"""The contract of every export: what it takes, and what comes out of it."""

from __future__ import annotations

import csv
import dataclasses
import html as html_words
import io
import json
import re
import shutil
import subprocess
from pathlib import Path, PurePosixPath
from types import ModuleType

import pytest
from markdown_it import MarkdownIt

from pledgewatch.errors import Bug
from pledgewatch.export import EXPORTS, export_report, html, markdown
from pledgewatch.export.csv_file import quote_cell
from pledgewatch.export.view import (
    explain_grade,
    group_passages,
    group_sentences,
    link_address,
    load_words,
    number_passages,
    split_sentence,
)
from pledgewatch.model.case import DEFAULT_AUDIENCES
from pledgewatch.model.document import TLP_ORDER, Document
from pledgewatch.model.report import Audience, Citation, Cleared, Report
from pledgewatch.model.wire import from_wire
from pledgewatch.release import permitted_documents, release_report
from pledgewatch.report.wording import get_terms
from tests.report.fiction import AGREEMENT_DOCUMENT, DOCUMENTS, make_report

TEAM, PARTNERS, PUBLIC = DEFAULT_AUDIENCES
HTML_TAGS = ["a", "h1", "h2", "h3", "p", "ul", "li", "strong", "hr", "table", "thead", "tbody", "tr", "th", "td"]
HOSTILE = '<script>alert("x")</script>*_[a](javascript:b)_|`#&amp;\x1b[2J\u202egnp\x00'


def _clear(audience: Audience, documents: tuple[Document, ...] = DOCUMENTS) -> Cleared:
    everything = (AGREEMENT_DOCUMENT, *documents)
    report = make_report(permitted_documents(everything, audience, "2031-05-20"))
    return release_report(report, make_report(documents), everything, audience, "2031-05-20")


CLEARED = {audience.name: _clear(audience) for audience in DEFAULT_AUDIENCES}


def _hostile() -> Cleared:
    documents = tuple(
        dataclasses.replace(
            document,
            title=HOSTILE,
            publisher=f"=cmd{HOSTILE}",
            address=f"javascript:{HOSTILE}",
            path=HOSTILE,
            source=None,
        )
        if document.id == "d_wire"
        else document
        for document in DOCUMENTS
    )
    return _clear(TEAM, documents)


def _citations(report: Report) -> dict[str, Citation]:
    return {
        citation.id: citation
        for section in report.sections
        for sentence in section.sentences
        for citation in sentence.citations
    }


def _plain(data: bytes, path: str) -> str:
    """The text of an exported file as its reader sees it, white space squashed."""
    text = data.decode("utf-8")
    if path.endswith(".html"):
        text = html_words.unescape(re.sub(r"<[^>]+>", "", text))
    elif path.endswith(".md"):
        text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    elif path.endswith(".csv"):
        text = " ".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)
    elif path.endswith(".json"):
        text = " ".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text)).replace("\\n", "\n").replace('\\"', '"')
    return " ".join(text.split())


@pytest.fixture(params=EXPORTS, ids=lambda exporter: exporter.NAME)
def exporter(request: pytest.FixtureRequest) -> ModuleType:
    assert isinstance(request.param, ModuleType)
    return request.param


@pytest.mark.parametrize("audience", DEFAULT_AUDIENCES, ids=lambda audience: audience.name)
class TestContract:
    """Holds for every export and audience."""

    def test_files_are_bytes_at_safe_relative_paths(self, exporter: ModuleType, audience: Audience) -> None:
        files = exporter.export(CLEARED[audience.name])
        assert files
        for path, data in files.items():
            assert isinstance(data, bytes)
            assert data
            data.decode("utf-8")
            pure = PurePosixPath(path)
            assert not pure.is_absolute()
            assert ".." not in pure.parts
            assert re.fullmatch(r"[a-z0-9_/.]+", path)

    def test_the_same_report_gives_the_same_bytes(self, exporter: ModuleType, audience: Audience) -> None:
        assert exporter.export(CLEARED[audience.name]) == exporter.export(_clear(audience))

    def test_every_cited_passage_is_there_verbatim(self, exporter: ModuleType, audience: Audience) -> None:
        cleared = CLEARED[audience.name]
        whole = " ".join(_plain(data, path) for path, data in exporter.export(cleared).items())
        citations = _citations(cleared.report)
        assert len(citations) > 10
        raw = b"".join(exporter.export(cleared).values()).decode("utf-8")
        for citation in citations.values():
            assert citation.id in raw
            assert " ".join(citation.span.text.split()) in whole

    def test_every_sentence_with_citations_is_there(self, exporter: ModuleType, audience: Audience) -> None:
        cleared = CLEARED[audience.name]
        whole = " ".join(_plain(data, path) for path, data in exporter.export(cleared).items())
        for section in cleared.report.sections:
            for sentence in section.sentences:
                if sentence.citations:
                    assert " ".join(sentence.text.split()) in whole

    def test_nothing_that_was_refused_is_there(self, exporter: ModuleType, audience: Audience) -> None:
        cleared = CLEARED[audience.name]
        whole = " ".join(_plain(data, path) for path, data in exporter.export(cleared).items())
        for refused in cleared.refused:
            assert " ".join(refused.sentence.split()) not in whole
        if audience is not TEAM:
            for word in ("Vasey", "d_memo", "northern league", "Field post", "protected source"):
                assert word not in whole

    def test_only_what_release_cleared_is_accepted(self, exporter: ModuleType, audience: Audience) -> None:
        with pytest.raises(Bug):
            exporter.export(CLEARED[audience.name].report)


def test_names_and_files_of_exports_differ() -> None:
    paths = [path for exporter in EXPORTS for path in exporter.export(CLEARED["team"])]
    assert len(paths) == len(set(paths))
    assert len({exporter.NAME for exporter in EXPORTS}) == len(EXPORTS)
    assert sorted(export_report(CLEARED["team"])) == sorted(paths)


def test_hostile_names_run_nothing_anywhere() -> None:
    files = export_report(_hostile())
    page = files["index.html"].decode("utf-8")
    assert "<script" not in page
    assert 'href="javascript:' not in page
    assert html_words.escape("<script>") in page
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(files["report.md"].decode("utf-8"))
    assert "<script" not in rendered
    assert 'href="javascript:' not in rendered
    assert html_words.escape("<script>") in rendered
    assert set(re.findall(r"<(\w+)", rendered)) <= {
        "a",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "strong",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    for path in ("index.html", "report.md", "findings.csv", "evidence/citations.csv"):
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e]", files[path].decode("utf-8")), path
    for row in csv.reader(io.StringIO(files["evidence/citations.csv"].decode("utf-8"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1", "'=1"])
def test_a_cell_never_starts_a_formula(start: str) -> None:
    assert str(quote_cell(start)).startswith("'")


def test_json_is_the_report_without_what_was_refused() -> None:
    cleared = CLEARED["public"]
    value = json.loads(export_report(cleared)["report.json"])
    assert from_wire(Report, value["report"]) == cleared.report
    assert from_wire(Audience, value["audience"]) == cleared.audience
    assert set(value) == {"report", "audience"}


def test_the_page_needs_no_network_and_no_script() -> None:
    page = html.export(CLEARED["team"])["index.html"].decode("utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe|object)\b", page)
    assert not re.search(r"url\(|@import", page)


def test_every_link_in_the_page_lands_on_an_element() -> None:
    page = html.export(CLEARED["team"])["index.html"].decode("utf-8")
    ids = re.findall(r'\bid="([^"]+)"', page)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    for citation in _citations(CLEARED["team"].report).values():
        assert citation.id in targets
        passage = page[page.index(f'id="{citation.id}"') :]
        marked = re.search(r"<mark>(.*?)</mark>", passage, re.DOTALL)
        assert marked
        assert html_words.unescape(marked[1]) == citation.span.text


def test_every_link_in_markdown_lands_on_an_anchor() -> None:
    text = markdown.export(CLEARED["team"])["report.md"].decode("utf-8")
    targets = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert targets == targets & set(re.findall(r'<a id="([^"]+)"></a>', text))
    assert len(targets) > 20


@pytest.mark.parametrize("label", TLP_ORDER)
def test_every_label_has_its_colour_and_is_written_out(label: str) -> None:
    cleared = CLEARED["team"]
    page = html.export(dataclasses.replace(cleared, audience=Audience("a", label)))["index.html"].decode("utf-8")  # type: ignore[arg-type]
    colour = load_words()["tlp_colours"][label]
    assert f'style="color: {colour}">TLP:{label}<' in page


def test_every_status_and_grade_has_words_and_a_sign() -> None:
    statuses = load_words()["statuses"]
    assert set(get_terms("statuses")) == set(statuses)
    assert len({entry["sign"] for entry in statuses.values()}) == len(statuses)
    assert explain_grade("F6") == "source reliability cannot be judged, information truth cannot be judged"


def test_pieces_joined_are_the_sentence() -> None:
    for section in CLEARED["team"].report.sections:
        for sentence in section.sentences:
            assert "".join(piece.text for piece in split_sentence(sentence.text)) == sentence.text


def test_groups_and_passages_hold_every_sentence_and_citation_once() -> None:
    report = CLEARED["team"].report
    for section in report.sections:
        grouped = tuple(sentence for group in group_sentences(section) for sentence in group.sentences)
        assert grouped == section.sentences
    passages = [passage for group in group_passages(report) for passage in group.passages]
    assert sorted(passage.number for passage in passages) == list(range(1, len(passages) + 1))
    assert {passage.citation.id for passage in passages} == set(number_passages(report))


@pytest.mark.parametrize(
    ("address", "linked"),
    [("https://a.example/x?y=1", True), ("javascript:alert(1)", False), ("ftp://a", False), (None, False),
     ('https://a.example/"onclick=', False), (" https://a.example", False)],
)  # fmt: skip
def test_only_web_addresses_become_links(address: str | None, linked: bool) -> None:
    assert (link_address(address) is not None) is linked


@pytest.mark.browser
def test_following_a_citation_lands_on_the_highlighted_words(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium here; install Debian's chromium to run this")
    page = html.export(CLEARED["public"])["index.html"].decode("utf-8")
    citation = next(item for item in _citations(CLEARED["public"].report).values() if "They sleep" in item.span.text)
    # The page's own policy forbids scripts, so the probe's copy of the page is given one that allows them.
    probe = f"""<script>addEventListener("load", () => {{
      document.querySelector('a.cite[href="#{citation.id}"]').click();
      setTimeout(() => {{
        const target = document.querySelector(":target"), mark = target.querySelector("mark");
        const box = mark.getBoundingClientRect();
        document.body.dataset.landed = [target.id, mark.textContent, box.top >= 0 && box.bottom <= innerHeight,
          getComputedStyle(target).outlineStyle].join("|");
        document.body.dataset.wide = document.documentElement.scrollWidth <= innerWidth;
      }}, 100);
    }});</script></body>"""
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page).replace("</body>", probe)
    file = tmp_path / "index.html"
    file.write_text(page, encoding="utf-8")
    for width in (1400, 500):
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={tmp_path / f'profile{width}'}", f"--window-size={width},900",
            "--virtual-time-budget=3000", "--dump-dom", file.as_uri(),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
        dom = done.stdout.decode("utf-8")
        landed = re.search(r'data-landed="([^"]*)"', dom)
        assert landed, done.stderr.decode("utf-8", "replace")[-500:]
        assert html_words.unescape(landed[1]) == f"{citation.id}|{citation.span.text}|true|solid"
        assert 'data-wide="true"' in dom
