from __future__ import annotations

import pytest

from pledgewatch.collect.embargoes import is_unspecific, work_out_embargo
from pledgewatch.collect.handling import find_ground_rules, settle_handling
from pledgewatch.collect.items import Stated
from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.document import Handling, Source

ADDRESS = "https://gazette.example/1"


def handle(text: str, published: str | None = "2031-05-02", source: Source | None = None, **stated: str) -> Handling:
    handling, unread = settle_handling(text, Stated(**stated), "note.md", published, source, CollectPolicy())
    assert unread == ()
    return handling


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thanks for joining. This call is on background, attributable to an official.", "on background"),
        ("Good morning. We’re going to be on background today.", "on background"),
        ("ON BACKGROUND\n\nThe front has left the ridge.", "on background"),
        ("Background Press Call by Senior Officials\n\nThe front has left.", "on background"),
        ("Today’s conversation is on deep background.", "deep background"),
        ("OFF THE RECORD\n\nThe front has left.", "off the record"),
        ("This conversation is off the record.", "off the record"),
        ("NOT FOR ATTRIBUTION\n\nThe front has left.", "not for attribution"),
        ("The remarks below are not for attribution.", "not for attribution"),
        ("The meeting was held under the Chatham House Rule.", "chatham house"),
        ("EMBARGOED UNTIL 3 May 2031\n\nThe front has left.", "embargo"),
        ("The contents of this call are embargoed until its conclusion.", "embargo"),
        ("STRICT EMBARGO: 06:00 GMT, 3 May 2031\n\nThe front has left.", "embargo"),
        ("Not for publication before 3 May 2031\n\nThe front has left.", "embargo"),
        ("TLP:AMBER\n\nThe front has left.", "marking"),
        ("Distribution: TLP:GREEN\n\nThe front has left.", "marking"),
        ("The front has left.\n\nSTRICTLY CONFIDENTIAL", "marking"),
    ],
)
def test_a_ground_rule_is_found_with_its_exact_words(text: str, kind: str) -> None:
    (rule,) = find_ground_rules(text)
    assert rule.caveat.kind == kind
    assert rule.caveat.span is not None
    assert rule.caveat.span.holds_in(text)
    assert rule.caveat.text == rule.caveat.span.text


@pytest.mark.parametrize(
    "text",
    [
        "Two officials, who spoke on background, said that the front had left the ridge.",
        "He said the briefing was held on background checks for teachers.",
        "The ministry told reporters that the call had been off the record, a spokesman said.",
        "The arms embargo on the republic remains until 3 May 2031.",
        "The council kept its trade embargo until 2029, when the port opened.",
        "Arms embargo until 3 May 2031 is what the council voted.",
        "A leaked paper marked TLP:RED named four commanders.",
        "She spoke at an event under the Chatham House Rule, her aide said.",
        "In the background stood the old customs house, off the record books for years.",
        "It was a confidential talk, and a secret one.",
    ],
)
def test_a_report_about_ground_rules_is_not_under_them(text: str) -> None:
    assert find_ground_rules(text) == ()


@pytest.mark.parametrize(
    ("until", "published", "end"),
    [
        ("3 May 2031", None, "2031-05-03"),
        ("06:00 GMT, 3 May 2031", None, "2031-05-03T06:00+00:00"),
        ("5:00 a.m. Monday morning.", "2031-05-03", "2031-05-05T05:00"),
        ("Friday, May 9, at 2 p.m. Thanks for joining.", "2031-05-03", "2031-05-09T14:00"),
        ("noon tomorrow", "2031-12-31", "2032-01-01T12:00"),
        ("midnight", "2031-05-03", "2031-05-04T00:00"),
        ("1800 hours", "2031-05-03", "2031-05-03T18:00"),
        ("2 January", "2031-12-30", "2032-01-02"),
        ("5:00 a.m.", None, None),
        ("Monday", "2031-05", None),
        ("the conclusion of this call", "2031-05-03", None),
    ],
)
def test_the_end_of_an_embargo_is_worked_out_against_the_day_of_publication(
    until: str, published: str | None, end: str | None
) -> None:
    assert work_out_embargo(until, published) == end


def test_an_occasion_is_no_moment() -> None:
    assert is_unspecific("its conclusion")
    assert is_unspecific("the start of the minister’s speech")
    assert not is_unspecific("the end of May, 5 p.m. on 31 May 2031")


def test_an_embargo_that_can_be_worked_out_holds_and_leaves_the_label_alone() -> None:
    handling = handle("Embargoed until 6:00 a.m. Monday.\n\nThe front has left.", address=ADDRESS)
    assert (handling.embargo_until, handling.tlp) == ("2031-05-05T06:00", "CLEAR")


def test_an_embargo_whose_end_is_not_known_keeps_the_document_from_the_public() -> None:
    handling = handle("Embargoed until the minister speaks.\n\nThe front has left.", address=ADDRESS)
    assert (handling.embargo_until, handling.tlp) == (None, "AMBER")


def test_an_embargo_until_the_end_of_a_call_is_over_when_its_text_stands_at_an_address() -> None:
    text = "The contents of this call are embargoed until its conclusion."
    assert handle(text, address=ADDRESS).tlp == "CLEAR"
    assert handle(text, address=ADDRESS).caveats[0].kind == "embargo"
    assert handle(text).tlp == "AMBER"


def test_a_lifted_embargo_leaves_its_caveat_only() -> None:
    handling = handle("This call is embargoed until 6 a.m. Monday.\n\nThanks. The embargo is lifted.", address=ADDRESS)
    assert (handling.embargo_until, handling.tlp, handling.caveats[0].kind) == (None, "CLEAR", "embargo")


def test_the_label_is_the_documents_own_then_its_sources_then_the_cases() -> None:
    source = Source("gaz", "The Gazette", handling=Handling("GREEN", (), None, True))
    assert handle("TLP:RED\n\nWords.", source=source, address=ADDRESS).tlp == "RED"
    assert handle("Words.", source=source, tlp="TLP:CLEAR").tlp == "CLEAR"
    assert handle("Words.", source=source).tlp == "GREEN"
    assert handle("Words.", address=ADDRESS).tlp == "CLEAR"
    assert handle("Words.").tlp == "AMBER"


def test_a_protected_source_stays_protected_whoever_says_so() -> None:
    source = Source("gaz", "The Gazette", handling=Handling("GREEN", (), None, True))
    assert handle("Words.", source=source, protected_source="false").protected_source
    assert handle("Words.", protected_source="yes").protected_source
    assert not handle("Words.").protected_source


def test_off_the_record_raises_an_open_label() -> None:
    assert handle("OFF THE RECORD\n\nWords.", address=ADDRESS).tlp == "AMBER+STRICT"


@pytest.mark.parametrize(
    ("stated", "tlp", "protected"),
    [
        ({"tlp": "PUBLIC-ISH"}, "RED", False),
        ({"embargo_until": "next week"}, "AMBER", False),
        ({"protected_source": "perhaps"}, "CLEAR", True),
    ],
)
def test_handling_that_cannot_be_understood_is_read_strictly_and_reported(
    stated: dict[str, str], tlp: str, protected: bool
) -> None:
    handling, unread = settle_handling(
        "Words.", Stated(address=ADDRESS, **stated), "note.md", None, None, CollectPolicy()
    )
    assert (handling.tlp, handling.protected_source) == (tlp, protected)
    assert len(unread) == 1
    assert unread[0].remedy


def test_the_latest_of_several_embargoes_holds() -> None:
    source = Source("gaz", "The Gazette", handling=Handling("GREEN", (), "2031-06-01", False))
    assert handle("Words.", source=source, embargo_until="2031-05-03").embargo_until == "2031-06-01"
    assert handle("Words.", source=source, embargo_until="2031-07-01T06:00").embargo_until == "2031-07-01T06:00"
