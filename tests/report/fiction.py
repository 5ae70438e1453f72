"""A fictional case, made by hand as the stages before would: the Republic of Ostrava and the Varna Front.

Every span is cut from the text by its words, so a case whose quoted words are not in its text can't be built.
"""

# ruff: noqa: E501 - a table of quoted words reads better in long lines

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pledgewatch.errors import AnchorError
from pledgewatch.model.actor import Resolution
from pledgewatch.model.agreement import Agreement, Commitment, Condition, Deadline, Indicator, Party, Provision
from pledgewatch.model.assessment import Assessment, Coverage, CoverageRow, Evidence, Finding, Opinion, WithoutIt
from pledgewatch.model.document import Document, Handling, Page, Source, Unread
from pledgewatch.model.origin import ChangedQuote, CopyLink, Origin, Trace
from pledgewatch.model.reading import Estimate, Mention, Reading, Statement
from pledgewatch.model.report import Report
from pledgewatch.model.span import Span
from pledgewatch.report import write_report

AS_OF = "2031-05-20"

AGREEMENT = """# Lipno Accord

Signed in Lipno, 3 January 2031, by the Republic of Ostrava and the Varna Front.

1.1 Within 120 days of 3 January 2031 the Republic of Ostrava will withdraw its garrison from Harrach Bridge.

2.1 The Varna Front will not host, train or arm any foreign group on the territory that it holds.

2.2 If the Republic of Ostrava has withdrawn its garrison, the Varna Front will reopen the coast road to relief convoys.
"""

WIRE = """Panel sees foreign fighters in camps of the Varna Front

By Ilse Marek

Foreign fighters still train in camps of the Varna Front, the head of the Lipno monitoring panel told the Corvin Wire on
Monday. “They sleep in the Front’s barracks and they train on its ranges,” said Oda Brandt, the head of the panel. She
put the number of fighters at 200 to 500, in about eleven valleys.

A spokesman for the Front, Pavel Dusk, denied that it hosts anybody. “There is not one foreign fighter on our soil, and
there will be none,” he said.

Officers of the Republic’s intelligence service declined to comment.
"""

COPY = """Foreign fighters train with the Front, says panel

Foreign fighters still train in camps of the Varna Front, the head of the Lipno monitoring panel told the Corvin Wire on
Monday. “They sleep in the Front’s barracks and they train on its ranges,” said Oda Brandt, the head of the panel.
"""

SPUN = """Front runs camps for foreign killers

Foreign fighters train openly in camps of the Varna Front. “They live in the Front’s barracks and they rule its ranges,”
said Oda Brandt.
"""

BRIDGE = """The last trucks leave Harrach Bridge

The last company of the Ostravan garrison left Harrach Bridge on 9 May, six days after the day set in the accord, our
reporter saw. Some 40 soldiers stayed behind to hand over the depot.
"""

MEMO = """Note for the file

A cook at the eastern camp, Jorun Vasey, counted ninety foreign recruits at the evening meal on the second of May and
heard their drill sergeant say that the camp would move north within the week.
"""

BRIEFING = """Advance briefing, embargoed until 1 June 2031

The panel will report that foreign recruits of the northern league drill at four ranges of the Varna Front every day.
"""

RANGE = """Page one of the survey.

Drone pictures of the range at Kolm show foreign insignia on the drill ground, the survey says.
"""

UNDATED = "A leaflet without a date says that the coast road is open.\n"


def find_span(document: Document | str, words: str) -> Span:
    """The one place of the words; raises ``AnchorError`` when they are not there."""
    text = document if isinstance(document, str) else document.text
    start = text.find(words)
    if start < 0:
        raise AnchorError(f"the words {words!r} are not in the text")
    return Span.cut(text, start, start + len(words))


def _document(id: str, text: str, **values: object) -> Document:
    return Document(id, f"documents/{id}.md", "0" * 64, "text/markdown", text, **values)  # type: ignore[arg-type]


AGREEMENT_DOCUMENT = _document("d_accord", AGREEMENT, title="Lipno Accord", published="2031-01-03")
DOCUMENTS = (
    _document("d_wire", WIRE, title="Panel sees foreign fighters in camps of the Varna Front", publisher="Corvin Wire",
              published="2031-05-12", address="https://wire.example/panel?a=1&b=2", source="wire"),
    _document("d_copy", COPY, title="Foreign fighters train with the Front, says panel", publisher="The Daily Lantern",
              published="2031-05-13"),
    _document("d_spun", SPUN, title="Front runs camps for foreign killers", publisher="Ostrava Trumpet",
              published="2031-05-14"),
    _document("d_bridge", BRIDGE, title="The last trucks leave Harrach Bridge", publisher="Ministry Gazette",
              published="2031-05-10", source="gazette"),
    _document("d_memo", MEMO, title="Evening meal at the eastern camp", publisher="Field post Tern",
              published="2031-05-03", handling=Handling(tlp="RED", protected_source=True)),
    _document("d_briefing", BRIEFING, title="Advance briefing of the panel", publisher="Lipno monitoring panel",
              published="2031-05-18", handling=Handling(embargo_until="2031-06-01")),
    _document("d_range", RANGE, title="Survey of ranges <Kolm & north>", publisher="Tern Survey", published="2031-05",
              pages=(Page(1, 0, 25), Page(2, 25, len(RANGE))), unread=(Unread("d_range", "a page is a picture", page=3),),
              handling=Handling(tlp="GREEN")),
    _document("d_leaflet", UNDATED),
)  # fmt: skip
SOURCES = (
    Source("wire", "Corvin Wire", "B", kind="wire"),
    Source("gazette", "Ministry Gazette", "B", ("Republic of Ostrava",), "party"),
)


def _statement(
    id: str, text: str, speaker: str | None, cue: str | None, content: Sequence[str], **values: object
) -> Statement:
    return Statement(
        id,
        find_span(text, speaker) if speaker else None,
        values.pop("mention", None),  # type: ignore[arg-type]
        find_span(text, cue) if cue else None,
        tuple(find_span(text, words) for words in content),
        **{"form": "indirect", "stance": "asserts", **values},  # type: ignore[arg-type]
    )


def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    places, start = [], 0
    for index, mark in enumerate(text):
        ends = mark in ".”" and text[index + 1 : index + 2] in (" ", "\n") and not text[index + 2 : index + 3].islower()
        ends = ends and not (mark == "”" and text[index - 1] == ",")
        if ends or text[index : index + 2] == "\n\n":
            if text[start : index + 1].strip():
                begin = start + len(text[start : index + 1]) - len(text[start : index + 1].lstrip())
                places.append((begin, index + 1))
            start = index + 1
    return tuple(places)


TOLD = "Foreign fighters still train in camps of the Varna Front"
RANGES = "They sleep in the Front’s barracks and they train on its ranges,"
HE = WIRE.index("he said.\n")
READINGS = {
    "d_wire": Reading("d_wire", "hand", _sentences(WIRE),
        mentions=(Mention("m_dusk", find_span(WIRE, "Pavel Dusk"), "person"), Mention("m_he", Span.cut(WIRE, HE, HE + 2), "person", "m_dusk")),
        estimates=(Estimate("e_fighters", find_span(WIRE, "200 to 500"), 200, None, 500, True, counted="foreign fighters"),),
        statements=(
            _statement("s_told", WIRE, "the head of the Lipno monitoring panel", "told", [TOLD]),
            _statement("s_ranges", WIRE, "Oda Brandt, the head of the panel", "said", [RANGES], form="direct"),
            _statement("s_put", WIRE, "She", "put", ["the number of fighters at 200 to 500"]),
            _statement("s_denied", WIRE, "A spokesman for the Front, Pavel Dusk", "denied", ["it hosts anybody"], stance="denies", factuality=-3.0),
            dataclasses.replace(
                _statement("s_none", WIRE, None, None, ["There is not one foreign fighter on our soil, and\nthere will be none,"],
                           form="direct", stance="denies", mention="m_he"),
                speaker=Span.cut(WIRE, HE, HE + 2), cue=Span.cut(WIRE, HE + 3, HE + 7)),
            _statement("s_silent", WIRE, "Officers of the Republic’s intelligence service", "declined to comment", [], stance="declines", form="none"),
        )),
    "d_copy": Reading("d_copy", "hand", _sentences(COPY), statements=(
        _statement("s_ranges_copy", COPY, "Oda Brandt, the head of the panel", "said", [RANGES], form="direct"),)),
    "d_spun": Reading("d_spun", "hand", _sentences(SPUN), statements=(
        _statement("s_rule", SPUN, "Oda Brandt", "said", ["They live in the Front’s barracks and they rule its ranges,"], form="direct"),)),
    "d_bridge": Reading("d_bridge", "hand", _sentences(BRIDGE),
        estimates=(Estimate("e_stayed", find_span(BRIDGE, "40"), None, 40, None, True, counted="soldiers"),),
        statements=(_statement("s_left", BRIDGE, None, None, ["The last company of the Ostravan garrison left Harrach Bridge on 9 May"]),)),
    "d_memo": Reading("d_memo", "hand", _sentences(MEMO), statements=(
        _statement("s_cook", MEMO, "A cook at the eastern camp, Jorun Vasey", "counted", ["ninety foreign recruits at the evening meal"]),)),
    "d_briefing": Reading("d_briefing", "hand", _sentences(BRIEFING), statements=(
        _statement("s_drill", BRIEFING, "The panel", "will report", ["foreign recruits of the northern league drill at four ranges of the Varna Front every day"]),)),
    "d_range": Reading("d_range", "hand", _sentences(RANGE), statements=(
        _statement("s_kolm", RANGE, "the survey", "says", ["Drone pictures of the range at Kolm show foreign insignia on the drill ground"]),)),
    "d_leaflet": Reading("d_leaflet", "hand", _sentences(UNDATED)),
}  # fmt: skip

C11 = "Within 120 days of 3 January 2031 the Republic of Ostrava will withdraw its garrison from Harrach Bridge."
C21 = "The Varna Front will not host, train or arm any foreign group on the territory that it holds."
C22 = "If the Republic of Ostrava has withdrawn its garrison, the Varna Front will reopen the coast road to relief convoys."
PLEDGES = Agreement(
    "d_accord", "Lipno Accord", "2031-01-03", (Party("Republic of Ostrava"), Party("Varna Front")),
    tuple(Provision(number, find_span(AGREEMENT, words)) for number, words in (("1.1", C11), ("2.1", C21), ("2.2", C22))),
    (
        Commitment("c_1.1", "1.1", find_span(AGREEMENT, C11), ("Republic of Ostrava",), ("Varna Front",), "must",
                   find_span(AGREEMENT, "withdraw its garrison from Harrach Bridge"),
                   Deadline(find_span(AGREEMENT, "Within 120 days of 3 January 2031"), "2031-05-03", "3 January 2031"),
                   indicators=(Indicator("i_left", "c_1.1", "The garrison has left Harrach Bridge.", "kept"),)),
        Commitment("c_2.1", "2.1", find_span(AGREEMENT, C21), ("Varna Front",), (), "must not",
                   find_span(AGREEMENT, "host, train or arm any foreign group"),
                   indicators=(Indicator("i_train", "c_2.1", "Foreign fighters train on the Front's ground.", "broken"),
                               Indicator("i_none", "c_2.1", "No foreign fighter is on the Front's ground.", "kept"),
                               Indicator("i_arms", "c_2.1", "The Front gives weapons to a foreign group.", "broken"))),
        Commitment("c_2.2", "2.2", find_span(AGREEMENT, C22), ("Varna Front",), (), "must",
                   find_span(AGREEMENT, "reopen the coast road to relief convoys"),
                   conditions=(Condition(find_span(AGREEMENT, "If the Republic of Ostrava has withdrawn its garrison"), "c_1.1"),)),
    ),
)  # fmt: skip


def _evidence(
    statement: str,
    indicator: str,
    document: str,
    words: str,
    origin: str,
    grade: str,
    bears: float,
    direction: str,
    **values: object,
) -> Evidence:
    text = next(item.text for item in DOCUMENTS if item.id == document)
    return Evidence(statement, indicator, document, find_span(text, words), origin, grade, bears, direction, **values)  # type: ignore[arg-type]


EVIDENCE = (
    _evidence("s_ranges", "i_train", "d_wire", RANGES, "o_wire", "B3", 0.8, "broken", said_by="Oda Brandt"),
    _evidence("s_ranges_copy", "i_train", "d_copy", RANGES, "o_wire", "F3", 0.8, "broken", said_by="Oda Brandt"),
    _evidence("s_rule", "i_train", "d_spun", "They live in the Front’s barracks and they rule its ranges,", "o_wire", "F3", 0.6, "broken", said_by="Oda Brandt"),
    _evidence("s_told", "i_train", "d_wire", TOLD, "o_wire", "B3", 0.7, "broken"),
    _evidence("s_cook", "i_train", "d_memo", "ninety foreign recruits at the evening meal", "o_memo", "A2", 0.9, "broken", said_by="Jorun Vasey"),
    _evidence("s_drill", "i_train", "d_briefing", "foreign recruits of the northern league drill at four ranges of the Varna Front every day", "o_briefing", "B2", 0.9, "broken"),
    _evidence("s_kolm", "i_train", "d_range", "Drone pictures of the range at Kolm show foreign insignia on the drill ground", "o_range", "F3", 0.5, "broken"),
    _evidence("s_denied", "i_none", "d_wire", "it hosts anybody", "o_wire", "E4", 0.4, "kept", interested=True, said_by="Pavel Dusk"),
    _evidence("s_none", "i_none", "d_wire", "There is not one foreign fighter on our soil, and\nthere will be none,", "o_wire", "E4", 0.4, "kept", interested=True, said_by="Pavel Dusk"),
    _evidence("s_left", "i_left", "d_bridge", "The last company of the Ostravan garrison left Harrach Bridge on 9 May", "o_bridge", "B3", 0.7, "kept", interested=True),
)  # fmt: skip
ORIGINS = (
    Origin("o_wire", ("d_wire", "d_copy", "d_spun"), "d_wire", "Corvin Wire"),
    Origin("o_bridge", ("d_bridge",), "d_bridge"),
    Origin("o_memo", ("d_memo",), "d_memo"),
    Origin("o_briefing", ("d_briefing",), "d_briefing"),
    Origin("o_range", ("d_range",), "d_range"),
    Origin("o_leaflet", ("d_leaflet",), "d_leaflet"),
)
CHANGED = ChangedQuote(find_span(SPUN, "they rule its ranges"), find_span(WIRE, "they train on its ranges"))
LINKS = (
    CopyLink("d_copy", "d_wire", "republished", 0.98),
    CopyLink("d_spun", "d_wire", "rewritten", 0.6, changed_quotes=(CHANGED,)),
)


COVERAGE = Coverage("2031-01", "2031-05", 5, (
    CoverageRow("documents", None, 5, ()),
    CoverageRow("matter", None, 2, (("2031-01", "2031-02"), ("2031-04", "2031-04"))),
))  # fmt: skip


def make_assessment(documents: Sequence[Document]) -> Assessment:
    """What weighing the given documents by hand comes to."""
    ids = {document.id for document in documents}
    evidence = [item for item in EVIDENCE if item.document in ids]

    def pick(indicators: set[str], direction: str) -> tuple[Evidence, ...]:
        return tuple(item for item in evidence if item.indicator in indicators and item.direction == direction)

    train, left = {"i_train", "i_none"}, {"i_left"}
    against = pick(train, "broken")
    origins = tuple(dict.fromkeys(item.origin for item in against))
    sure = "moderate" if len(origins) > 2 else "low"
    findings = (
        Finding("c_1.1", "partly kept", 2, Opinion(0.55, 0.1, 0.35), "likely", "low",
                "all that bears comes from one side", "kept after the deadline", pick(left, "kept"), (),
                estimates=(("d_bridge", "e_stayed"),) if "d_bridge" in ids else (), origins_for=1, one_sided=True,
                rests_on=(WithoutIt("o_bridge", "cannot be judged", None),)),
        Finding("c_2.1", "broken", None, Opinion(0.08, 0.72, 0.2), "very unlikely", sure,  # type: ignore[arg-type]
                f"it rests on {len(origins)} origins, and a party denies it", "disbelief decides",
                pick(train, "kept"), against, silent=("s_silent",) if "d_wire" in ids else (),
                estimates=(("d_wire", "e_fighters"),) if "d_wire" in ids else (),
                origins_for=1, origins_against=len(origins),
                rests_on=tuple(WithoutIt(id, "contested" if id == "o_wire" else "broken", "unlikely" if id == "o_wire" else "very unlikely") for id in origins)),
        Finding("c_2.2", "cannot be judged", None, Opinion(0, 0, 1), None, "none", "nothing bears on it", "nothing bears",
                coverage=COVERAGE),
    )  # fmt: skip
    used = tuple(document.id for document in documents if document.published)
    undated = tuple(document.id for document in documents if not document.published)
    return Assessment(AS_OF, findings, used, undated)


def make_trace(documents: Sequence[Document]) -> Trace:
    """Who tells whose story among the given documents."""
    ids = {document.id for document in documents}
    origins = [
        dataclasses.replace(origin, documents=tuple(id for id in origin.documents if id in ids)) for origin in ORIGINS
    ]
    return Trace(
        tuple(dataclasses.replace(origin, earliest=origin.documents[0]) for origin in origins if origin.documents),
        tuple(link for link in LINKS if link.copy in ids and link.of in ids),
    )


def make_report(documents: Sequence[Document] = DOCUMENTS, unread: Sequence[Unread] = ()) -> Report:
    """The report on the fictional case from the given documents only (the agreement's is always among them)."""
    others = [document for document in documents if document.id != AGREEMENT_DOCUMENT.id]
    return write_report(
        "Lipno Accord: monitoring report", "lipno", PLEDGES, AGREEMENT_DOCUMENT, make_assessment(others), others,
        {document.id: READINGS[document.id] for document in others}, make_trace(others), Resolution(), SOURCES,
        "2031-05", (("read", "hand 1"), ("weigh", "hand 1")), unread,
    )  # fmt: skip
