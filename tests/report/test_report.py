"""The report says who said what, via whom and when, in the document's own words, and knows what it was derived from."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.model.agreement import Shows
from pledgewatch.model.assessment import Evidence
from pledgewatch.model.document import Caveat, Document, Handling, Unread
from pledgewatch.model.reading import Estimate, Reading, Stance, Statement
from pledgewatch.model.report import Report, ReportSentence
from pledgewatch.model.span import Span
from pledgewatch.report.estimates import describe_estimate
from pledgewatch.report.quoting import cite_opening, cite_span, shorten_words, show_words
from pledgewatch.report.wording import get_terms, write_sentence
from tests.report.fiction import AGREEMENT_DOCUMENT, BRIDGE, DOCUMENTS, WIRE, find_span, make_report

BY_ID = {document.id: document for document in (AGREEMENT_DOCUMENT, *DOCUMENTS)}
REPORT = make_report()


def _sentences(report: Report = REPORT, section: str | None = None, role: str | None = None) -> list[ReportSentence]:
    return [
        sentence
        for part in report.sections
        for sentence in part.sentences
        if section in (None, part.id) and role in (None, sentence.role)
    ]


def _text(section: str, role: str) -> str:
    return "\n".join(sentence.text for sentence in _sentences(section=section, role=role))


def test_every_sentence_but_method_cites_exact_words() -> None:
    for sentence in _sentences():
        assert bool(sentence.citations) == (sentence.role != "method"), sentence.text
        for citation in sentence.citations:
            text = BY_ID[citation.document].text
            assert citation.span.holds_in(text)
            assert citation.span.text
            start = citation.span.start - len(citation.before)
            assert text[start : citation.span.end + len(citation.after)] == (
                citation.before + citation.span.text + citation.after
            )


def test_words_between_quotation_marks_stand_in_a_cited_document() -> None:
    seen = 0
    for sentence in _sentences():
        if sentence.role == "method":
            continue
        texts = [BY_ID[citation.document].text for citation in sentence.citations]
        for quoted in re.findall("“([^”]*)”", sentence.text):
            seen += 1
            assert any(quoted in text for text in texts), quoted
    assert seen > 15


def test_every_cited_document_is_listed_and_behind_its_sentence() -> None:
    listed = {document.id for document in REPORT.documents}
    for sentence in _sentences():
        assert {citation.document for citation in sentence.citations} <= set(sentence.derived_from) & listed


def test_handling_is_joined_from_everything_behind_a_sentence() -> None:
    for sentence in _sentences():
        joined = Handling()
        for id in sentence.derived_from:
            joined = joined.join(BY_ID[id].handling)
        assert sentence.handling == joined


def test_counts_and_verdicts_are_derived_from_all_that_they_count() -> None:
    used = next(sentence for sentence in _sentences(section="summary") if "could be used" in sentence.text)
    assert set(used.derived_from) == set(BY_ID) - {"d_leaflet", "d_accord"}
    assert used.text.startswith("As of 20 May 2031, 7 documents from 5 origins of 7 publishers")
    verdict = _sentences(section="c_2.1", role="status")[0]
    assert set(verdict.derived_from) == {"d_wire", "d_copy", "d_spun", "d_memo", "d_briefing", "d_range"}


def test_the_first_sentence_says_whether_the_case_rests_on_one_side() -> None:
    assert REPORT.sections[0].sentences[0].role == "one-sided"
    assert "clause 1.1 rests on one side" in REPORT.sections[0].sentences[0].text
    bridge_only = make_report([BY_ID["d_bridge"]])
    first = bridge_only.sections[0].sentences[0]
    assert first.text.startswith("This case rests on one side:")
    assert "Ministry Gazette" in first.text


def test_a_case_without_documents_says_that_nothing_bears() -> None:
    report = make_report([])
    assert report.sections[0].sentences[0].text.startswith("Nothing that could be used")
    assert all(sentence.citations for sentence in _sentences(report) if sentence.role != "method")


def test_likelihood_and_confidence_are_two_sentences() -> None:
    terms = tuple(get_terms("likelihood_bands"))
    for section in REPORT.sections:
        if section.commitment is None:
            continue
        likelihood = [sentence for sentence in section.sentences if sentence.role == "likelihood"]
        confidence = [sentence for sentence in section.sentences if sentence.role == "confidence"]
        assert len(likelihood) == len(confidence) == 1
        assert "onfidence" not in likelihood[0].text
        assert not any(f" {term} " in confidence[0].text for term in terms if " " in term)
    assert "very unlikely (5–20 %)" in _text("c_2.1", "likelihood")
    assert "neither 50 % nor zero" in _text("c_2.2", "likelihood")
    assert _text("c_2.1", "confidence").startswith("Confidence in this is moderate, for this reason: it rests on")


def test_direct_speech_is_the_speakers_and_names_outlet_day_and_grade() -> None:
    assert (
        "Oda Brandt, the head of the panel, said, as quoted by Corvin Wire of 12 May 2031: “They sleep in the Front’s "
        "barracks and they train on its ranges” [B3], told also in The Daily Lantern of 13 May 2031."
    ) in _text("c_2.1", "against")


def test_reported_speech_is_quoted_with_its_whole_sentence() -> None:
    assert (
        "denied, in the words of Corvin Wire of 12 May 2031: “A spokesman for the Front, Pavel Dusk, denied that"
        in (_text("c_2.1", "denial"))
    )


def test_a_pronoun_is_named_by_whom_it_stands_for_or_shown_as_not_known() -> None:
    assert "Pavel Dusk said in denial" in _text("c_2.1", "denial")
    assert "A speaker named only as “She” gave about 200–500 for foreign fighters" in _text("c_2.1", "estimate")


def test_a_denial_stands_beside_what_it_denies() -> None:
    roles = [sentence.role for sentence in _sentences(section="c_2.1")]
    first = roles.index("denial")
    assert roles[first - 1] == "against"
    denied = _sentences(section="c_2.1")[first - 1]
    assert denied.citations[0].document == _sentences(section="c_2.1")[first].citations[0].document == "d_wire"
    assert "for" not in roles


def test_silence_is_shown_and_weighs_nothing() -> None:
    silence = _text("c_2.1", "silence")
    assert silence.startswith("Officers of the Republic’s intelligence service declined to comment")
    assert silence.endswith("this weighs nothing.")


def test_it_says_what_a_finding_rests_on() -> None:
    origins = _text("c_2.1", "origin")
    assert "6 documents tell 4 origins, of which 1 bears for its being kept and 4 against." in origins
    assert "Corvin Wire of 12 May 2031 (3 documents), the finding would be contested" in origins
    assert "it has “they rule its ranges” where Corvin Wire of 12 May 2031 has “they train on its ranges”" in origins
    wire = make_report([BY_ID["d_wire"], BY_ID["d_copy"]])
    assert any(
        sentence.text.startswith("One story stands behind all of the evidence: 2 documents tell one origin")
        for sentence in _sentences(wire, "c_2.1", "origin")
    )


def test_deadlines_conditions_and_the_scale_are_stated() -> None:
    assert "which comes to 3 May 2031; that day has passed" in _text("c_1.1", "deadline")
    assert "which is clause 1.1, found partly kept" in _text("c_2.2", "condition")
    assert "Implementation stands at 2 (intermediate)" in _text("c_1.1", "status")


def test_gaps_are_stated() -> None:
    gaps = _text("summary", "gap")
    assert "1 document was left out, because its date is not known." in gaps
    assert "1 document could not be read in full." in gaps
    assert "Nothing was found on 1 indicator out of 3: The Front gives weapons" in _text("c_2.1", "gap")


def test_unread_files_are_closed_to_all_but_the_team() -> None:
    report = make_report(DOCUMENTS, [Unread("documents/broken.pdf", "it is damaged")])
    sentence = next(item for item in _sentences(report, "summary", "gap") if "broken.pdf" in item.text)
    assert sentence.handling.tlp == "RED"
    assert sentence.handling.protected_source


def test_a_speaker_on_background_is_not_named() -> None:
    closed = Handling(caveats=(Caveat("on background", "on background"),))
    documents = [dataclasses.replace(item, handling=closed) if item.id == "d_wire" else item for item in DOCUMENTS]
    against = [item.text for item in _sentences(make_report(documents), "c_2.1", "against")]
    quoted = next(text for text in against if "They sleep" in text)
    assert quoted.startswith("A speaker on background said")
    assert "Brandt" not in quoted


def test_the_same_case_gives_the_same_report() -> None:
    assert make_report() == REPORT


def test_a_document_after_the_day_changes_nothing() -> None:
    # The assessment names what it could use; whatever else is in the case is not even counted.
    from tests.report import fiction

    later = Document("d_later", "later.md", "1" * 64, "text/markdown", "Later words.", published="2032-01-01")
    readings = {**fiction.READINGS}
    report = fiction.write_report(
        "Lipno Accord: monitoring report", "lipno", fiction.PLEDGES, AGREEMENT_DOCUMENT,
        fiction.make_assessment(DOCUMENTS), [*DOCUMENTS, later], readings, fiction.make_trace(DOCUMENTS),
        fiction.Resolution(), fiction.SOURCES, "2031-05", (("read", "hand 1"), ("weigh", "hand 1")),
    )  # fmt: skip
    assert report == REPORT


def test_more_than_eight_pieces_of_evidence_are_counted_and_not_shown() -> None:
    from tests.report import fiction

    assessment = fiction.make_assessment(DOCUMENTS)
    finding = assessment.findings[1]
    base = next(item for item in finding.evidence_against if item.document == "d_bridge" or item.statement == "s_told")
    many = tuple(
        dataclasses.replace(base, statement=f"s_{n}", span=find_span(WIRE, WIRE[n : n + 12]), bears=0.5 - n / 100)
        for n in range(12)
    )
    changed = dataclasses.replace(finding, evidence_against=many, evidence_for=())
    report = fiction.write_report(
        "T", "lipno", fiction.PLEDGES, AGREEMENT_DOCUMENT,
        dataclasses.replace(assessment, findings=(assessment.findings[0], changed, assessment.findings[2])),
        DOCUMENTS, fiction.READINGS, fiction.make_trace(DOCUMENTS), fiction.Resolution(), fiction.SOURCES, "p", (),
    )  # fmt: skip
    against = _sentences(report, "c_2.1", "against")
    assert len(against) == 9
    assert against[-1].text.startswith("4 more passages speak for its being broken")


@given(words=st.text(alphabet="ab “”.\n", max_size=400), limit=st.integers(5, 60), data=st.data())
def test_shown_words_are_a_part_of_the_words(words: str, limit: int, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(words)))
    high = data.draw(st.integers(low, len(words)))
    shown = show_words(words, limit, (low, high))
    inner = shown.removeprefix("[…] ").removesuffix(" […]")
    assert inner.startswith("“")
    assert inner.endswith("”")
    assert inner[1:-1] in words


@given(text=st.text(alphabet="ab .\n", min_size=1, max_size=2000), data=st.data())
def test_context_joins_its_words_on_both_sides(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    citation = cite_span(dataclasses.replace(DOCUMENTS[0], text=text), start, end)
    whole = citation.before + citation.span.text + citation.after
    assert text[start - len(citation.before) : end + len(citation.after)] == whole
    assert max(len(citation.before), len(citation.after)) <= 400
    assert "\n\n" not in citation.before.rstrip()
    assert "\n\n" not in citation.after.lstrip()


def test_context_ends_at_the_paragraph() -> None:
    span = find_span(WIRE, "denied that it hosts anybody")
    citation = cite_span(BY_ID["d_wire"], span.start, span.end)
    assert citation.before == "A spokesman for the Front, Pavel Dusk, "
    assert citation.after.endswith("there will be none,” he said.")


def test_a_document_without_words_is_not_cited() -> None:
    assert cite_opening(dataclasses.replace(DOCUMENTS[0], text=" \n ")) is None


def test_a_document_is_cited_by_its_first_line() -> None:
    citation = cite_opening(BY_ID["d_bridge"])
    assert citation is not None
    assert citation.span.text == BRIDGE.split("\n", 1)[0]


@pytest.mark.parametrize(("words", "limit", "shown"), [("a b c", 9, "a b c"), ("alpha beta gamma", 12, "alpha beta …")])
def test_titles_are_cut_between_words(words: str, limit: int, shown: str) -> None:
    assert shorten_words(words, limit) == shown


def test_a_reason_that_is_a_whole_sentence_stands_alone() -> None:
    why = "Confidence is low: it rests on one origin."
    assert write_sentence("confidence", confidence="low", why=why) == why
    assert write_sentence("confidence", confidence="low", why="it rests on one origin") == (
        "Confidence in this is low, for this reason: it rests on one origin."
    )
    assert write_sentence("confidence", confidence="none", why="Nothing bears.") == (
        "There is no confidence to state: Nothing bears."
    )


@pytest.mark.parametrize(
    ("estimate", "figure"),
    [
        (Estimate("e", Span(0, 0, ""), None, 8600, None), "8,600"),
        (Estimate("e", Span(0, 0, ""), 200, 300, 500), "300 (200–500)"),
        (Estimate("e", Span(0, 0, ""), 200, None, None, approximate=True), "at least 200"),
        (Estimate("e", Span(0, 0, ""), None, None, 40, counted="posts"), "at most 40 for posts"),
        (Estimate("e", Span(0, 0, ""), None, 5, None, change="up", unit="percent"), "5 percent (a rise)"),
        (Estimate("e", Span(0, 4, "many"), None, None, None), "many"),
    ],
)
def test_a_figure_is_written_with_its_bounds(estimate: Estimate, figure: str) -> None:
    assert describe_estimate(estimate) == figure


def test_estimates_of_two_origins_are_a_spread() -> None:
    from tests.report import fiction

    text = "The survey put the number of foreign fighters at 60."
    survey = dataclasses.replace(BY_ID["d_range"], text=text, pages=())
    mark = Estimate("e_sixty", find_span(text, "60"), None, 60, None, counted="foreign fighters")
    documents = [survey if item.id == "d_range" else item for item in DOCUMENTS]
    readings = {**fiction.READINGS, "d_range": Reading("d_range", "hand", ((0, len(text)),), estimates=(mark,))}
    assessment = fiction.make_assessment([item for item in DOCUMENTS if item.id != "d_range"])
    finding = assessment.findings[1]
    changed = dataclasses.replace(finding, estimates=(*finding.estimates, ("d_range", "e_sixty")))
    report = fiction.write_report(
        "T", "lipno", fiction.PLEDGES, AGREEMENT_DOCUMENT,
        dataclasses.replace(assessment, findings=(assessment.findings[0], changed, assessment.findings[2])),
        documents, readings, fiction.make_trace(DOCUMENTS), fiction.Resolution(), fiction.SOURCES, "p", (),
    )  # fmt: skip
    estimates = [item.text for item in _sentences(report, "c_2.1", "estimate")]
    assert "Tern Survey of May 2031 gives in its own voice 60 for foreign fighters: “The survey put" in estimates[1]
    assert estimates[2] == (
        "The estimates of foreign fighters run from 60 to 500 in 2 origins; they are shown as a spread."
    )


def test_a_party_that_says_it_is_not_so_stands_beside_the_accusation() -> None:
    from tests.report import fiction

    reading = fiction.READINGS["d_wire"]
    statements = tuple(
        dataclasses.replace(item, stance="asserts", factuality=-3.0) if item.stance == "denies" else item
        for item in reading.statements
    )
    report = fiction.write_report(
        "T", "lipno", fiction.PLEDGES, AGREEMENT_DOCUMENT, fiction.make_assessment(DOCUMENTS), DOCUMENTS,
        {**fiction.READINGS, "d_wire": dataclasses.replace(reading, statements=statements)},
        fiction.make_trace(DOCUMENTS), fiction.Resolution(), fiction.SOURCES, "p", (),
    )  # fmt: skip
    assert len(_sentences(report, "c_2.1", "denial")) == 2


def test_one_story_behind_everything_is_said_at_the_top() -> None:
    report = make_report([BY_ID["d_wire"], BY_ID["d_copy"]])
    assert report.sections[0].sentences[1].text == (
        "One story stands behind every finding: 2 documents tell it, and the earliest known telling is Corvin Wire of "
        "12 May 2031."
    )
    assert not any("stands behind every" in item.text for item in _sentences(section="summary"))


ROWS = st.tuples(st.booleans(), st.booleans(), st.sampled_from(["d_wire", "d_bridge"]), st.integers(0, 60))


@given(rows=st.lists(ROWS, max_size=30))
def test_every_piece_of_evidence_is_shown_once_or_counted(rows: list[tuple[bool, bool, str, int]]) -> None:
    from tests.report import fiction

    statements: dict[str, list[Statement]] = {"d_wire": [], "d_bridge": []}
    sides: dict[bool, list[Evidence]] = {True: [], False: []}
    for number, (kept, denies, id, start) in enumerate(rows):
        span = Span.cut(BY_ID[id].text, start, start + 9)
        stance: Stance = "denies" if denies else "asserts"
        statements[id].append(Statement(f"s_{number}", span, None, span, (span,), "direct", stance))
        direction: Shows = "kept" if kept else "broken"
        sides[kept].append(Evidence(f"s_{number}", "i_train", id, span, f"o_{number}", "F6", 0.5, direction))
    assessment = fiction.make_assessment(DOCUMENTS)
    finding = dataclasses.replace(
        assessment.findings[1], evidence_for=tuple(sides[True]), evidence_against=tuple(sides[False]), rests_on=()
    )
    readings = {id: Reading(id, "hand", statements=tuple(found)) for id, found in statements.items()}
    report = fiction.write_report(
        "T", "lipno", fiction.PLEDGES, AGREEMENT_DOCUMENT,
        dataclasses.replace(assessment, findings=(finding,)), DOCUMENTS, readings, fiction.make_trace(DOCUMENTS),
        fiction.Resolution(), fiction.SOURCES, "p", (),
    )  # fmt: skip
    evidence = [item for role in ("for", "against", "denial") for item in _sentences(report, "c_2.1", role)]
    more = [int(item.text.split(" ")[0]) for item in evidence if " more passage" in item.text]
    assert len(evidence) - len(more) + sum(more) == len(rows)
    assert len({item.id for item in evidence}) == len(evidence)


def test_months_in_which_nothing_on_the_matter_was_collected_are_named() -> None:
    gaps = _text("c_2.2", "gap")
    assert (
        "Of the 5 months from January 2031 to May 2031, 3 have no document that names who acts and to whom (January"
        " 2031 to February 2031 and April 2031): silence there says nothing of whether the commitment was kept."
    ) in gaps
    assert "silence there" not in _text("c_2.1", "gap")
