"""What goes out is built up from what may go out, and checked by two nets."""

from __future__ import annotations

import ast
import dataclasses
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.errors import AnchorError, InputError, ReleaseRefused
from pledgewatch.model.case import DEFAULT_AUDIENCES
from pledgewatch.model.document import TLP_ORDER, Caveat, CaveatKind, Document, Handling, Unread
from pledgewatch.model.report import Audience, Citation, Cleared, Report, ReportSection, ReportSentence
from pledgewatch.model.span import Span
from pledgewatch.release import SentencesRefused, permitted_documents, release_report
from tests.report.fiction import AGREEMENT_DOCUMENT, DOCUMENTS, MEMO, make_report

TEAM, PARTNERS, PUBLIC = DEFAULT_AUDIENCES
ON = "2031-05-20"
ALL = (AGREEMENT_DOCUMENT, *DOCUMENTS)


def _one(**handling: object) -> Document:
    return Document("d_1", "one.txt", "0", "text/plain", "Words.", handling=Handling(**handling))  # type: ignore[arg-type]


def _may_go(document: Document, audience: Audience = PUBLIC, on: str = ON) -> bool:
    return permitted_documents([document], audience, on) == (document,)


def _replace_text(report: Report, text: str) -> Report:
    """The report with the first sentence of its second section saying something else."""
    section = report.sections[1]
    sentence = dataclasses.replace(section.sentences[0], text=text)
    section = dataclasses.replace(section, sentences=(sentence, *section.sentences[1:]))
    return dataclasses.replace(report, sections=(report.sections[0], section, *report.sections[2:]))


@pytest.mark.parametrize("label", TLP_ORDER)
@pytest.mark.parametrize("limit", TLP_ORDER)
def test_a_label_above_the_audiences_stays_in(label: str, limit: str) -> None:
    audience = Audience("readers", limit)  # type: ignore[arg-type]
    assert _may_go(_one(tlp=label), audience) == (TLP_ORDER.index(label) <= TLP_ORDER.index(limit))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("until", "on", "goes"),
    [
        ("2031-05-20", "2031-05-20", True),
        ("2031-05-21", "2031-05-20", False),
        ("2031-05-20T10:00:00Z", "2031-05-20", False),
        ("2031-05-20T10:00:00Z", "2031-05-21", True),
        ("2031-05-20T23:00:00-08:00", "2031-05-21", False),
        ("2031-05-20T13:00", "2031-05-21", False),
        ("2031-05", "2031-05-31", False),
        ("2031-05", "2031-06-01", True),
        ("2031", "2031-12-31", False),
        ("Tuesday", "2099-01-01", False),
        ("2031-13", "2099-01-01", False),
    ],
)
def test_an_embargo_holds_until_it_surely_has_ended(until: str, on: str, goes: bool) -> None:
    assert _may_go(_one(embargo_until=until), on=on) is goes
    assert _may_go(_one(embargo_until=until), TEAM, on)


@pytest.mark.parametrize(
    ("kind", "goes"),
    [("on background", True), ("deep background", False), ("off the record", False), ("not for attribution", False),
     ("chatham house", False), ("marking", False), ("embargo", False)],
)  # fmt: skip
def test_a_ground_rule_lets_words_go_by_the_table(kind: CaveatKind, goes: bool) -> None:
    document = _one(caveats=(Caveat(kind, "as stated"),))
    assert _may_go(document) is goes
    assert _may_go(document, TEAM)


def test_a_tlp_label_written_in_the_text_is_judged_as_a_label() -> None:
    assert _may_go(_one(tlp="GREEN", caveats=(Caveat("marking", "TLP:GREEN"),)), PARTNERS)
    assert not _may_go(_one(tlp="GREEN", caveats=(Caveat("marking", "FOR OFFICIAL USE ONLY"),)), PARTNERS)


def test_a_protected_source_stays_in_whatever_the_label() -> None:
    assert not _may_go(_one(protected_source=True))
    assert _may_go(_one(protected_source=True), TEAM)


@pytest.mark.parametrize("on", ["2031-05", "today", "2031-02-30", "20310520", ""])
def test_a_day_of_release_that_is_none_is_an_input_error(on: str) -> None:
    with pytest.raises(InputError):
        permitted_documents([], PUBLIC, on)


@pytest.mark.parametrize("audience", DEFAULT_AUDIENCES, ids=lambda audience: audience.name)
def test_a_report_built_up_from_permitted_documents_is_cleared(audience: Audience) -> None:
    full = make_report()
    report = make_report(permitted_documents(ALL, audience, ON))
    cleared = release_report(report, full, ALL, audience, ON)
    assert cleared.report == report
    assert bool(cleared.refused) == (audience is not TEAM)


def test_the_refused_list_names_the_rule_and_a_remedy() -> None:
    report = make_report(permitted_documents(ALL, PUBLIC, ON))
    refused = release_report(report, make_report(), ALL, PUBLIC, ON).refused
    rules = {item.rule for item in refused if "Jorun Vasey" in item.sentence}
    assert any("TLP:RED is above TLP:CLEAR" in rule for rule in rules)
    assert any("protected source" in rule for rule in rules)
    briefing = [item for item in refused if "northern league" in item.sentence]
    assert [item.rule for item in briefing] == ["it is under embargo until 2031-06-01"]
    assert "release on or after 2031-06-01" in briefing[0].remedies
    assert all(item.remedies for item in refused)


@pytest.mark.parametrize("audience", [PARTNERS, PUBLIC], ids=lambda audience: audience.name)
def test_the_teams_report_is_refused_to_others(audience: Audience) -> None:
    full = make_report()
    with pytest.raises(SentencesRefused) as caught:
        release_report(full, full, ALL, audience, ON)
    assert caught.value.exit_status == 3
    assert isinstance(caught.value, ReleaseRefused)
    assert any("Jorun Vasey" in item.sentence for item in caught.value.refused)
    assert "Vasey" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).refused == caught.value.refused


def test_unread_files_are_not_told_to_others() -> None:
    permitted = permitted_documents(ALL, PUBLIC, ON)
    report = make_report(permitted, [Unread("documents/cook.pdf", "it is damaged")])
    with pytest.raises(SentencesRefused):
        release_report(report, report, ALL, PUBLIC, ON)
    assert release_report(report, report, ALL, TEAM, ON)


@pytest.mark.parametrize(
    "text",
    [
        "It was heard that the drill sergeant say that the camp would move north soon.",
        "It was heard: DRILL sergeant, say that\nthe camp would…",
        "A person called Jorun Vasey was there.",
        "See the Evening Meal at the Eastern Camp.",
        "See documents/d_memo.md for this.",
        "It was published by Field post Tern.",
        "See d_memo.",
    ],
)
def test_words_and_names_of_a_withheld_document_are_caught_without_any_derivation(text: str) -> None:
    report = _replace_text(make_report(permitted_documents(ALL, PUBLIC, ON)), text)
    with pytest.raises(SentencesRefused) as caught:
        release_report(report, make_report(), ALL, PUBLIC, ON)
    assert [item.sentence for item in caught.value.refused] == [text]


@pytest.mark.parametrize("part", ["title", "case", "period"])
def test_withheld_words_are_caught_in_the_reports_own_names(part: str) -> None:
    report = make_report(permitted_documents(ALL, PUBLIC, ON))
    report = dataclasses.replace(report, **{part: "say that the camp would move north within the week"})
    with pytest.raises(SentencesRefused):
        release_report(report, report, ALL, PUBLIC, ON)


def test_withheld_words_are_caught_in_the_metadata_of_cited_documents() -> None:
    report = make_report(permitted_documents(ALL, PUBLIC, ON))
    for change in ({"title": "Jorun Vasey"}, {"address": "https://x.example/d_memo"}, {"path": "documents/d_memo.md"}):
        documents = (dataclasses.replace(report.documents[0], **change), *report.documents[1:])
        with pytest.raises(SentencesRefused):
            release_report(dataclasses.replace(report, documents=documents), report, ALL, PUBLIC, ON)


def test_words_that_a_permitted_document_says_too_may_go() -> None:
    leaked = dataclasses.replace(DOCUMENTS[0], id="d_again", path="documents/again.md", text=MEMO)
    documents = (*ALL, leaked)
    report = make_report(permitted_documents(ALL, PUBLIC, ON))
    text = "It was heard that the drill sergeant say that the camp would move north soon."
    assert release_report(_replace_text(report, text), report, documents, PUBLIC, ON)


def test_a_document_that_is_not_in_the_case_is_refused() -> None:
    report = make_report(permitted_documents(ALL, PUBLIC, ON))
    with pytest.raises(SentencesRefused) as caught:
        release_report(report, report, DOCUMENTS, PUBLIC, ON)
    assert "not in the case" in caught.value.refused[0].rule


def test_a_sentence_that_cites_nothing_is_refused() -> None:
    report = make_report(permitted_documents(ALL, PUBLIC, ON))
    section = report.sections[1]
    bare = dataclasses.replace(section.sentences[0], citations=(), derived_from=())
    report = dataclasses.replace(
        report, sections=(report.sections[0], dataclasses.replace(section, sentences=(bare,)), *report.sections[2:])
    )
    with pytest.raises(SentencesRefused):
        release_report(report, report, ALL, TEAM, ON)


def test_altered_words_in_a_citation_are_an_anchor_error() -> None:
    report = make_report(permitted_documents(ALL, PUBLIC, ON))
    section = report.sections[1]
    first = section.sentences[0]
    citation = first.citations[0]
    text = citation.span.text.replace("will", "must")
    forged = dataclasses.replace(citation, span=Span(citation.span.start, citation.span.end, text))
    sentence = dataclasses.replace(first, citations=(forged,))
    section = dataclasses.replace(section, sentences=(sentence, *section.sentences[1:]))
    report = dataclasses.replace(report, sections=(report.sections[0], section, *report.sections[2:]))
    with pytest.raises(AnchorError):
        release_report(report, report, ALL, PUBLIC, ON)


WORDS = ["alder", "birch", "cedar", "dogwood", "elder", "fir", "gorse", "hazel"]
HANDLINGS = st.builds(
    Handling,
    tlp=st.sampled_from(TLP_ORDER),
    caveats=st.sampled_from([(), (Caveat("off the record", "so"),), (Caveat("on background", "so"),)]),
    embargo_until=st.sampled_from([None, "2031-05-20", "2031-06-01", "2031-05-20T12:00"]),
    protected_source=st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(
    handlings=st.lists(HANDLINGS, min_size=1, max_size=6),
    derivations=st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=1, max_size=5),
    audience=st.builds(Audience, st.just("some"), st.sampled_from(TLP_ORDER), st.booleans(), st.booleans()),
)
def test_nothing_that_is_not_permitted_ever_comes_out(
    handlings: list[Handling], derivations: list[list[int]], audience: Audience
) -> None:
    documents = [
        Document(
            f"d_{n}", f"{n}.txt", str(n), "text/plain", " ".join(f"{word}{n}" for word in WORDS), handling=handling
        )
        for n, handling in enumerate(handlings)
    ]
    permitted = {document.id for document in permitted_documents(documents, audience, ON)}
    sentences = []
    for number, picks in enumerate(derivations):
        behind = [documents[pick % len(documents)] for pick in picks]
        cited = behind[0]
        citation = Citation(f"q_{number}", cited.id, Span.cut(cited.text, 0, 6), "", cited.text[6:])
        sentences.append(
            ReportSentence(f"s_{number}", f"Sentence {number}.", "for", (citation,), tuple(item.id for item in behind))
        )
    report = Report("r", "Title", "case", ON, ON, (ReportSection("x", "Section", tuple(sentences)),), ())
    refused_texts = {sentence.text for sentence in sentences if not set(sentence.derived_from) <= permitted}
    if not refused_texts:
        assert release_report(report, report, documents, audience, ON).report is report
        return
    with pytest.raises(SentencesRefused) as caught:
        release_report(report, report, documents, audience, ON)
    assert {item.sentence for item in caught.value.refused} >= refused_texts


@settings(max_examples=100, deadline=None)
@given(
    handling=HANDLINGS,
    start=st.integers(0, len(MEMO.split()) - 6),
    audience=st.sampled_from(DEFAULT_AUDIENCES),
)
def test_any_six_words_of_a_withheld_document_are_caught(handling: Handling, start: int, audience: Audience) -> None:
    documents = tuple(
        dataclasses.replace(document, handling=handling) if document.id == "d_memo" else document for document in ALL
    )
    report = make_report(permitted_documents(documents, audience, ON))
    permitted = dataclasses.replace(documents[5]) in permitted_documents(documents, audience, ON)
    text = f"It says: {' '.join(MEMO.split()[start : start + 6])}"
    if permitted:
        assert release_report(_replace_text(report, text), report, documents, audience, ON)
    else:
        with pytest.raises(SentencesRefused):
            release_report(_replace_text(report, text), report, documents, audience, ON)


def test_only_release_makes_what_export_accepts() -> None:
    source = Path(release_report.__code__.co_filename).parents[1]
    makers = set()
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                arguments = [argument.id for argument in node.args if isinstance(argument, ast.Name)]
                # Neither called by its name nor handed to something that would call it.
                if name == Cleared.__name__ or (name in ("from_wire", "partial") and Cleared.__name__ in arguments):
                    makers.add(path.relative_to(source).parts[0])
            if isinstance(node, ast.ImportFrom) and any(
                alias.name == "Cleared" and alias.asname for alias in node.names
            ):
                makers.add(f"{path.name} renames it")
    assert makers == {"release"}
