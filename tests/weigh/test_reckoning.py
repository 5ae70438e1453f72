"""One voice counts once in the case; what a finding would be without a thing is what it is without it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.model.actor import Actor, ActorLink
from pledgewatch.model.assessment import Finding
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import Source
from pledgewatch.model.reading import Mention
from pledgewatch.model.span import Span
from pledgewatch.weigh.as_of import Holdings
from pledgewatch.weigh.evidence import gather_evidence
from pledgewatch.weigh.reckoning import Reckoner, reverse
from pledgewatch.weigh.weighing import prepare_case
from tests.weigh.casework import RESOLUTION, SOURCES, Said, Setting, Story, finding, make_trace, tell, weigh
from tests.weigh.test_weighing import denial, hosts, severed

WORDS = "The Varna Front shelters the Black Heron in the hills"


def quote(who: str, name: str, source: str = "s_B", published: str = "2020-01-10", words: str = WORDS) -> Story:
    """A story in which somebody who has a name says that the Front hosts."""
    text = f"{words}, {who} said."
    story = tell(text, Said(who, words), name=name, source=source, published=published)
    start = text.index(who)
    mention = Mention(f"m_{name}", Span.cut(text, start, start + len(who)), "person")
    (statement,) = story.reading.statements
    reading = replace(story.reading, mentions=(mention,), statements=(replace(statement, speaker_mention=mention.id),))
    return Story(story.document, reading)


def resolved(*stories: Story, setting: Setting = Setting()) -> Setting:
    """The setting with every named speaker resolved to an actor of that name."""
    mentions = [(story.document.id, mention) for story in stories for mention in story.reading.mentions]
    actors = {
        mention.span.text: Actor(f"a_{mention.span.text}", mention.span.text, "person") for _, mention in mentions
    }
    links = tuple(
        ActorLink(document, mention.id, mention.span, "known", actor=f"a_{mention.span.text}")
        for document, mention in mentions
    )
    resolution = replace(
        RESOLUTION, actors=(*RESOLUTION.actors, *(actors[name] for name in sorted(actors))), links=links
    )
    return replace(setting, resolution=resolution)


def found(*stories: Story, setting: Setting = Setting()) -> Finding:
    return finding(weigh(*stories, setting=resolved(*stories, setting=setting)))


def test_speaker_whom_two_origins_quote_counts_once() -> None:
    one = found(quote("Ilse Krane", "a"))
    two = found(quote("Ilse Krane", "a"), quote("Ilse Krane", "b"))
    other = found(quote("Ilse Krane", "a"), quote("Ana Petrov", "b"))
    assert two.opinion == one.opinion
    assert two.origins_against == 2
    assert other.opinion.disbelief > one.opinion.disbelief


@pytest.mark.parametrize("letter", "CDEF")
def test_weaker_retelling_of_the_same_speaker_moves_nothing(letter: str) -> None:
    alone = found(quote("Ilse Krane", "a"))
    retold = found(quote("Ilse Krane", "a"), *(quote("Ilse Krane", f"x{n}", f"s_{letter}") for n in range(4)))
    assert retold.opinion == alone.opinion


def test_repetition_by_one_speaker_is_no_corroboration() -> None:
    same = found(*(quote("Ilse Krane", name) for name in "abc"))
    three = found(
        *(
            quote(who, name, source)
            for who, name, source in zip(
                ("Ilse Krane", "Ana Petrov", "Ruth Omo"), "abc", ("s_B", "s_B", "s_A"), strict=True
            )
        )
    )
    assert (same.confidence, three.confidence) == ("low", "high")
    assert same.evidence_against[0].grade == "B6"
    assert three.evidence_against[0].grade == "B2"
    assert "only one independent voice speaks" in same.confidence_why


def test_origin_that_shares_a_speaker_and_has_another_bears_out() -> None:
    text = f"{WORDS}, Ilse Krane said. The Varna Front trains the Black Heron, Ana Petrov said."
    both = tell(
        text, Said("Ilse Krane", WORDS), Said("Ana Petrov", "The Varna Front trains the Black Heron"), name="both"
    )
    names = [
        Mention(f"m_{who}", Span.cut(text, text.index(who), text.index(who) + len(who)), "person")
        for who in ("Ilse Krane", "Ana Petrov")
    ]
    statements = tuple(
        replace(one, speaker_mention=mention.id) for one, mention in zip(both.reading.statements, names, strict=True)
    )
    both = Story(both.document, replace(both.reading, mentions=tuple(names), statements=statements))
    assert found(both, quote("Ilse Krane", "a")).confidence == "moderate"
    assert found(both).confidence == found(quote("Ilse Krane", "a"), quote("Ilse Krane", "b")).confidence == "low"


def test_unnamed_speakers_of_different_origins_are_different_people() -> None:
    assert found(hosts("a"), hosts("b")).opinion.disbelief > found(hosts("a")).opinion.disbelief


def test_surname_alone_is_one_voice_within_one_publisher_and_not_beyond() -> None:
    same = finding(weigh(quote("Krane", "a"), quote("Krane", "b")))
    apart = finding(weigh(quote("Krane", "a"), quote("Krane", "b", "s_C")))
    assert same.opinion == finding(weigh(quote("Krane", "a"))).opinion
    assert apart.opinion.disbelief > same.opinion.disbelief


def test_ministry_is_one_voice_in_all_that_it_publishes_and_a_newspaper_is_not() -> None:
    text = "The Varna Front shelters the Black Heron in the hills."
    counts = []
    for kind in ("government", "newspaper"):
        source = Source("s_B", "Ministry of Ferries", "B", kind=kind)  # type: ignore[arg-type]
        setting = Setting(sources=(source,))
        one = found(tell(text, name="a"), setting=setting)
        three = found(*(tell(text, name=name) for name in "abc"), setting=setting)
        counts.append(three.opinion == one.opinion)
    assert counts == [True, False]


def test_partys_own_praise_is_one_voice_whoever_says_it() -> None:
    words = "The Varna Front does not shelter the Black Heron"
    spokesmen = [quote(who, who[:3], words=words) for who in ("Varna Front envoy", "Varna Front spokesman")]
    both, one = finding(weigh(*spokesmen)), finding(weigh(spokesmen[0]))
    assert all(item.interested for item in both.evidence_for)
    assert both.opinion == one.opinion


def test_speakers_own_document_is_where_he_counts() -> None:
    institute = Source("s_own", "Ilse Krane", "C", kind="person")
    own = quote("Ilse Krane", "own", source="s_own")
    setting = Setting(sources=(*SOURCES, institute))
    assert found(own, quote("Ilse Krane", "b"), setting=setting).opinion == found(own, setting=setting).opinion


# What it rests on

KINDS = {
    "a": hosts("a"),
    "b": severed("b", source="s_D"),
    "c": denial("c"),
    "d": quote("Ilse Krane", "d", "s_C", "2019-12-01"),
    "e": quote("Ilse Krane", "e"),
    "f": quote("Ana Petrov", "f", "s_A"),
    "g": severed("g", "2019-11-11"),
}


@given(st.sets(st.sampled_from(sorted(KINDS)), min_size=1))
@settings(max_examples=40, deadline=None)
def test_what_it_would_be_without_an_origin_is_what_it_is_without_its_documents(names: set[str]) -> None:
    stories = [KINDS[name] for name in sorted(names)]
    setting = Setting(policy=WeighPolicy(half_life_days=300))
    whole = found(*stories, setting=setting)
    by_origin = {one.origin: one.document for one in (*whole.evidence_for, *whole.evidence_against)}
    for without in whole.rests_on:
        rest = [story for story in stories if story.document.id != by_origin[without.origin]]
        fresh = found(*rest, setting=setting)
        assert (without.status, without.likelihood) == (fresh.status, fresh.likelihood)


@given(st.sets(st.sampled_from(sorted(KINDS)), min_size=1))
@settings(max_examples=40, deadline=None)
def test_what_it_would_be_without_a_source_is_what_it_is_without_its_documents(names: set[str]) -> None:
    stories = [KINDS[name] for name in sorted(names)]
    publishers = {source.name: source.id for source in SOURCES}
    whole = found(*stories)
    assert {one.kind for one in whole.rests_on_sources} == {"speaker", "publisher"} or not whole.rests_on_sources
    for without in whole.rests_on_sources:
        if without.kind == "publisher":
            rest = [story for story in stories if story.document.source != publishers[without.source]]
        else:
            rest = [story for story in stories if story.reading.statements[0].speaker.text != without.source]  # type: ignore[union-attr]
        fresh = found(*rest)
        assert (without.status, without.likelihood) == (fresh.status, fresh.likelihood), without


def test_claim_whose_falsehood_turns_the_finding_is_named() -> None:
    result = found(hosts("a"), hosts("b"), severed("c", source="s_A"))
    assert result.status == "contested"
    turned = {(one.document, one.direction): (one.removed, one.reversed) for one in result.turned_by}
    kept = next(one for one in result.evidence_for)
    assert turned[(kept.document, "kept")] == ("broken", "broken")
    assert all((one.removed, one.reversed) != (result.status, result.status) for one in result.turned_by)


def test_no_single_falsehood_turns_what_many_bear_out() -> None:
    assert found(*(hosts(name, source=None) for name in "abcdefg")).turned_by == ()


def test_second_origin_of_one_publisher_counts_half_and_of_another_whole() -> None:
    def evidence(*stories: Story) -> float:
        opinion = found(*stories).opinion
        return 2 * opinion.disbelief / opinion.uncertainty

    one = evidence(hosts("a"))
    assert evidence(hosts("a"), hosts("b")) == pytest.approx(1.5 * one)
    assert evidence(hosts("a"), hosts("b"), hosts("c")) == pytest.approx(2 * one)
    other = evidence(hosts("x", source="s_C"))
    assert evidence(hosts("a"), hosts("x", source="s_C")) == pytest.approx(one + other)
    assert evidence(hosts("a"), hosts("x", source=None)) > one


def test_falsehood_of_a_speaker_takes_all_of_his_tellings() -> None:
    result = found(*(quote("Ilse Krane", name) for name in "abc"))
    (turn,) = result.turned_by
    assert (turn.said_by, turn.origins, turn.removed, turn.reversed) == ("Ilse Krane", 3, "cannot be judged", "kept")


@given(st.sets(st.sampled_from(sorted(KINDS)), min_size=1))
@settings(max_examples=40, deadline=None)
def test_sum_with_voices_gone_or_turned_is_the_sum_of_what_there_would_be(names: set[str]) -> None:
    stories = [KINDS[name] for name in sorted(names)]
    setting = resolved(*stories)
    held = Holdings(
        setting.as_of,
        tuple(story.document for story in stories),
        make_trace(stories, setting),
        setting.resolution,
        tuple(setting.sources),
    )
    case, _ = prepare_case(setting.agreement, {story.document.id: story.reading for story in stories}, held)
    evidence = gather_evidence(case, setting.agreement.commitments[0])
    reckoner = Reckoner(evidence, setting.as_of, setting.policy)
    for claim in reckoner.list_claims():
        mine = {one.order for key in claim for one in reckoner.voices[key].said}
        rest = [one for one in evidence if one.order not in mine]
        turned = [reverse(one) if one.order in mine else one for one in evidence]
        for changed, expected in ((dict.fromkeys(claim), rest), (reckoner.with_contrary(claim), turned)):
            fresh, ours = Reckoner(expected, setting.as_of, setting.policy).sum(), reckoner.sum(changed)
            assert (ours.tally, ours.is_partial, ours.share) == (fresh.tally, fresh.is_partial, fresh.share)
            assert ours.opinion.belief == pytest.approx(fresh.opinion.belief, abs=1e-12)
            assert ours.opinion.disbelief == pytest.approx(fresh.opinion.disbelief, abs=1e-12)
