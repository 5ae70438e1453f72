"""What looks like evidence and is none, what a count shows, and which words are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pledgewatch.model.agreement import Agreement, Indicator, Provision
from pledgewatch.model.assessment import Finding
from pledgewatch.model.span import Span
from pledgewatch.weigh.bearing import read_share
from tests.weigh.casework import AGREEMENT, Said, Setting, Story, finding, tell, weigh

RELEASE = Indicator("i_release", "c_2", "Releases", "kept", 0.9, ("release",), (), ("prisoner",))
NO_PLAN = Indicator("i_no-plan", "c_2", "Has no plan", "broken", 0.9, ("no plan to release", "no tolls"), (), ())


def weigh_duty(*stories: Story, indicators: tuple[Indicator, ...] = (RELEASE, NO_PLAN)) -> Finding:
    commitments = tuple(
        replace(one, indicators=indicators) if one.id == "c_2" else one for one in AGREEMENT.commitments
    )
    agreement = replace(AGREEMENT, commitments=commitments)
    return weigh(*stories, setting=Setting(agreement=agreement, as_of="2020-12-31")).findings[1]


def count(finding: Finding) -> tuple[int, int]:
    return len(finding.evidence_for), len(finding.evidence_against)


def test_heading_without_a_verb_is_no_evidence() -> None:
    heading = tell("Statement of the Ministry on the release of prisoners", published="2020-07-01")
    heading = Story(heading.document, replace(heading.reading, sentences=((0, len(heading.document.text)),)))
    assert count(weigh_duty(heading)) == (0, 0)
    assert count(weigh_duty(tell("The Ministry released the prisoners.", published="2020-07-01"))) == (1, 0)


@pytest.mark.parametrize("factuality", [3.0, -3.0])
def test_negation_inside_an_act_phrase_is_not_turned_again(factuality: float) -> None:
    words = "Ostrava has no plan to release a prisoner"
    story = tell(f"{words}, the envoy said.", Said("the envoy", words, factuality=factuality), published="2020-07-01")
    assert count(weigh_duty(story)) == (0, 1)


def test_end_of_a_month_is_no_negation() -> None:
    words = "By the end of April it released every prisoner"
    story = tell(f"{words}, the envoy said.", Said("the envoy", words), published="2020-07-01")
    assert count(weigh_duty(story)) == (1, 0)


@pytest.mark.parametrize(
    ("clause", "share"),
    [
        ("seven of its twelve posts", 7 / 12),
        ("Only 640 of the 800 prisoners are free", 0.8),
        ("Of the 800 prisoners only 640 are free", 0.8),
        ("40 out of 40 lorries", 1.0),
        ("12 men on 3 May", None),
        ("800 of them", None),
    ],
)
def test_share_is_read_from_a_count(clause: str, share: float | None) -> None:
    assert read_share(clause) == (pytest.approx(share) if share else None)


@pytest.mark.parametrize(
    ("done", "status", "scale"), [("600", "partly kept", 2), ("100", "partly kept", 1), ("800", "kept", 3)]
)
def test_count_gives_the_status_and_the_scale(done: str, status: str, scale: int) -> None:
    stories = []
    for name in ("a", "b", "c"):
        words = f"It released {done} of the 800 prisoners"
        stories.append(
            tell(f"{words}, envoy {name} said.", Said(f"envoy {name}", words), name=name, published="2020-07-01")
        )
    finding = weigh_duty(*stories)
    assert (finding.status, finding.scale) == (status, scale)


@pytest.mark.parametrize(("place", "bears"), [("Kenya", True), ("France", False)])
def test_act_in_a_state_that_the_agreement_does_not_name_does_not_bear(place: str, bears: bool) -> None:
    words = f"The Varna Front shelters the Black Heron in {place}"
    text = "1. The Front will leave Kenya."
    agreement: Agreement = replace(AGREEMENT, provisions=(Provision("1", Span.cut(text, 0, len(text))),))
    story = tell(f"{words}, the envoy said.", Said("the envoy", words))
    found = weigh(story, setting=Setting(agreement=agreement)).findings[0]
    assert bool(found.evidence_against) is bears


def test_clauses_in_contrary_directions_each_show_their_own_words() -> None:
    words = (
        "The Varna Front trains the Black Heron, although there is no clear evidence that the Varna Front shelters "
        "the Black Heron"
    )
    found = weigh(tell(f"{words}, the envoy said.", Said("the envoy", words))).findings[0]
    (against,), (kept,) = found.evidence_against, found.evidence_for
    assert against.span.text.startswith("The Varna Front trains")
    assert kept.span.text.startswith("there is no clear evidence")
    assert not against.span.overlaps(kept.span)
    assert kept.bears < against.bears


@pytest.mark.parametrize(
    ("words", "direction", "bears"),
    [
        ("The Varna Front shelters the Black Heron", "broken", 1.0),
        ("It is highly likely that the Varna Front shelters the Black Heron", "broken", 0.8),
        ("The Varna Front probably shelters the Black Heron", "broken", 0.5),
        ("It is unlikely that the Varna Front shelters the Black Heron", "kept", 0.6),
    ],
)
def test_words_of_likelihood_are_read_as_readers_mean_them(words: str, direction: str, bears: float) -> None:
    text = f"{words}, the envoy said."
    result = finding(weigh(tell(text, Said("the envoy", words))))
    (found,) = (*result.evidence_for, *result.evidence_against)
    assert (found.direction, found.bears) == (direction, pytest.approx(bears, abs=0.01))


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("Rain is unlikely; the Varna Front shelters the Black Heron", "broken"),
        ("Although rain was unlikely on the day, the Varna Front shelters the Black Heron", "broken"),
        ("It is not likely that the Varna Front shelters the Black Heron", "kept"),
    ],
)
def test_word_of_likelihood_governs_its_own_clause_and_counts_once(words: str, direction: str) -> None:
    result = finding(weigh(tell(f"{words}, the envoy said.", Said("the envoy", words))))
    assert [one.direction for one in (*result.evidence_for, *result.evidence_against)] == [direction]


@pytest.mark.parametrize("when", ["by August 20", "by Monday", "on August 20"])
def test_day_behind_by_is_nobody_who_acts(when: str) -> None:
    words = f"Ostrava released the prisoners {when}"
    assert count(weigh_duty(tell(f"{words}, the envoy said.", Said("the envoy", words)))) == (1, 0)


def test_act_of_somebody_else_is_not_the_partys() -> None:
    words = "The Varna Front fears an attack by a band of deserters on the Black Heron"
    result = finding(weigh(tell(f"{words}, the envoy said.", Said("the envoy", words))))
    assert not result.evidence_against


def test_who_encourages_an_attack_has_not_attacked() -> None:
    words = "Agents encouraged the Varna Front to shelter the Black Heron"
    result = finding(weigh(tell(f"{words}, the envoy said.", Said("the envoy", words))))
    assert not result.evidence_against


def test_what_ended_up_so_is_so() -> None:
    words = "The Varna Front ended up sheltering the Black Heron"
    result = finding(weigh(tell(f"{words}, the envoy said.", Said("the envoy", words))))
    assert [one.direction for one in (*result.evidence_for, *result.evidence_against)] == ["broken"]
