"""Finding places: which one, how precisely, and what is none."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.model.reading import Mention
from pledgewatch.model.span import Span
from pledgewatch.resolve.places import PlaceLink, find_places, load_gazetteer


def links_of(text: str, **options: object) -> tuple[PlaceLink, ...]:
    return find_places(text, load_gazetteer(), **options)  # type: ignore[arg-type]


def places_of(text: str, **options: object) -> list[tuple[str, str, str]]:
    return [
        (link.span.text, link.place.id, link.place.precision)
        for link in links_of(text, **options)
        if link.decision == "place" and link.place is not None
    ]


def decision_of(text: str, words: str, **options: object) -> str:
    return next((link.decision for link in links_of(text, **options) if words in link.span.text), "no link")


def test_a_name_of_town_and_province_means_the_province_and_says_what_is_open() -> None:
    (link,) = links_of("Fuel reached Kandahar late.")
    assert link.place is not None
    assert (link.place.id, link.place.precision) == ("AF-KAN", "province")
    assert link.could_not_compare == ("province or town: the words do not say",)
    assert {candidate.place.precision for candidate in link.candidates} == {"province", "town"}


@pytest.mark.parametrize("words", ["Kandahar city", "the city of Kandahar", "downtown Kandahar"])
def test_words_for_a_town_make_it_the_town(words: str) -> None:
    (found,) = places_of(f"The market in {words} reopened.")
    assert found[2] == "town"


def test_a_capital_is_the_town_unless_the_province_is_named() -> None:
    assert places_of("A blast in Kabul.")[0][2] == "town"
    assert places_of("A vote in Kabul Province.") == [("Kabul Province", "AF-KAB", "province")]


def test_what_lies_around_a_place_decides() -> None:
    assert places_of("Shops in Tripoli, Lebanon, closed.")[0][1] == "gn266826"
    assert places_of("Shops in Tripoli closed, said Libya's mayors.")[0][1] == "gn2210247"
    assert places_of("Firefighters in Paris, Texas, came.")[0][1] == "gn4717560"
    (first, *_) = links_of("The base at Bagram in Parwan Province is empty.")
    assert "in: Parwan" in first.agreed


def test_the_countries_of_the_case_decide_where_the_text_does_not() -> None:
    assert places_of("Shops in Tripoli closed.", countries=["LB"])[0][1] == "gn266826"


def test_a_name_that_nothing_decides_is_ambiguous_with_all_candidates() -> None:
    (link,) = links_of("A delegate came from Georgia.")
    assert link.decision == "ambiguous"
    assert link.place is None
    assert {candidate.place.id for candidate in link.candidates} == {"GE", "US-GA"}
    assert sum(candidate.probability for candidate in link.candidates) == pytest.approx(1, abs=0.01)


def test_georgia_is_the_state_or_the_country_by_its_company() -> None:
    assert ("Georgia", "US-GA", "province") in places_of("Voters in Georgia, Alabama and Florida go to the polls.")
    assert ("Georgia", "GE", "country") in places_of("Georgia and Armenia reopened the line through Tbilisi.")


@pytest.mark.parametrize(
    "text",
    [
        "Under the {} Agreement troops leave.",
        "The {} accord holds.",
        "The {} peace process stalled.",
        "Each side violates {} daily.",
        "Nothing happened since {} was signed.",
        "{} requires it to keep its word.",
        "The text of {} was never published.",
        "{}'s terms are plain.",
        "Neither kept to {} II.",
        "The {} University lecturer was freed.",
        "The {} High Court adjourned.",
        "The {} Post had it first.",
        "The {} Liberation Army was disbanded.",
        "The University of {} was closed.",
        "Lloyd {} was asked.",
        "Secretary {} was asked.",
        "{} said it would answer.",
        "{} has repeatedly denied that.",
        "Talks with {} have stalled.",
        "A {}-backed candidate won.",
        "A pro-{} militia left.",
    ],
)
@pytest.mark.parametrize("name", ["Doha", "Minsk", "Washington", "Damascus"])
def test_what_is_called_by_a_place_is_no_place(text: str, name: str) -> None:
    sentence = text.format(name)
    assert decision_of(sentence, name) == "not a place", sentence
    assert places_of(sentence) == []


@pytest.mark.parametrize("name", ["Doha", "Minsk", "Washington", "Damascus"])
@pytest.mark.parametrize(
    "text", ["They met in {}.", "A crowd marched through {} at noon.", "The envoy flew to {}.", "Rain flooded {}."]
)
def test_the_same_names_are_places_where_the_words_place_them(text: str, name: str) -> None:
    assert [place[0] for place in places_of(text.format(name))] == [name]


def test_why_a_name_is_no_place_is_said() -> None:
    (link,) = links_of("The Doha accord holds.")
    assert link.agreed == ("an agreement or process: Doha accord",)
    assert link.candidates[0].place.id == "gn290030"


def test_after_an_accord_has_been_named_the_bare_name_after_since_is_the_accord() -> None:
    assert decision_of("Nobody died since Doha.", "Doha") == "place"
    text = "The Doha Agreement was signed. Nobody died since Doha."
    assert [link.decision for link in links_of(text)] == ["not a place", "not a place"]


def test_a_person_named_in_full_is_meant_by_the_surname_alone() -> None:
    text = "Michael London wrote it. London knows the service. He lives in London."
    assert [link.decision for link in links_of(text)] == ["not a place", "not a place", "place"]


def test_a_persons_or_a_bodys_mention_covers_the_place_in_it() -> None:
    text = "The Kunar Women Aid Circle met."
    mention = Mention("m1", Span.cut(text, 4, 26), "body")
    assert places_of(text) != []
    (link,) = links_of(text, mentions=[mention])
    assert link.decision == "not a place"
    assert link.agreed == ("part of the name of a body: Kunar Women Aid Circle",)


def test_small_towns_need_something_beside_their_name() -> None:
    assert links_of("Ms Lincoln and Mr Jackson left Hope in charge.") == ()
    assert [place[1] for place in places_of("Two men from Jackson, Mississippi.")] == ["gn4431410", "US-MS"]


def test_words_of_running_text_are_no_towns() -> None:
    text = "In March the Police, the Young Democrats and a Nice Union met. Most Split. Same Deal."
    assert links_of(text) == ()


def test_acronyms_need_their_capitals() -> None:
    assert places_of("Talk to us about the car; the uk.") == []
    assert [place[1] for place in places_of("Flights left the US, the U.K. and the UAE.")] == ["US", "GB", "AE"]


def test_a_district_that_is_known_only_as_a_town_is_a_district_and_says_so() -> None:
    (link, *_) = links_of("Elders of Spin Boldak District left.")
    assert link.place is not None
    assert (link.place.id, link.place.precision) == ("spin-boldak/district", "district")
    assert link.could_not_compare == ("district: the gazetteer knows only the town of this name",)


def test_a_note_on_sovereignty_comes_with_the_place() -> None:
    (link,) = links_of("Snow fell on the Golan Heights.")
    assert link.place is not None
    assert link.place.country is None
    assert any(line.startswith("note: ") for line in link.agreed)


def test_names_in_arabic_and_cyrillic_script_are_found_with_and_without_clitics() -> None:
    assert [place[1] for place in places_of("قصفت الطائرات إدلب وحلب")] == ["SY-ID", "SY-HL"]
    assert [place[1] for place in places_of("Обстрел продолжался, Донецк остался без света.")] == ["UA-14"]


def test_the_article_and_the_kind_belong_to_the_span_and_the_possessive_does_not() -> None:
    assert [place[0] for place in places_of("From al-Tanf to Kunar Province's edge.")] == ["al-Tanf", "Kunar Province"]


def test_a_text_without_places_has_no_links() -> None:
    assert links_of("") == links_of("nothing of the kind 123 …") == ()


NAMES = st.sampled_from(
    [
        *("Kandahar", "Doha", "al-Tanf", "the U.S.", "Paris,", "Texas", "Georgia", "Jordan", "in", "said", "Province"),
        *(
            "accord",
            "Deir",
            "ez-Zor",
            "حلب",
            "Sana’a",
            "’s",
            "\n",
            "The",
            "of",
            "(",
            "Mr",
            "and",
            "Washington",
            "II",
            "-",
        ),
    ]
)


@given(st.lists(NAMES, max_size=25).map(" ".join) | st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_spans_hold_and_do_not_overlap_and_answers_repeat(text: str) -> None:
    links = links_of(text)
    assert all(link.span.holds_in(text) for link in links)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(links))
    assert all((link.place is not None) == (link.decision == "place") for link in links)
    assert all(0 < link.probability <= 1 for link in links)
    assert links == links_of(text)
