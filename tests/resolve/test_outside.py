"""Who of the registry and the lists a document speaks of, in the invented world of ``fiction.py``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.model.actor import Actor, Alias, ListVersion
from pledgewatch.model.wire import to_wire
from pledgewatch.resolve import Known, load_registry, resolve_mentions
from pledgewatch.resolve.lists import load_list
from tests.resolve.fiction import KNOWN, NEWER, REGISTRY, decided, read_marked, resolve_marked, versions_of

FRONT = ("known", "orvane-front", None)
WING = ("known", "orvane-front-youth-wing", None)
BANNER = ("listed", "ashen-banner", "OSe.001")
VALLEYS = ("known", "ashen-banner-in-the-lower-valleys", None)
MIRELDA = ("known", "mirelda-tolkan", None)
ARDAN = ("listed", None, "OSi.001")
OSSEI = ("listed", None, "OSi.002")
NOBODY = ("not listed", None, None)
DOUBT = ("ambiguous", None, None)


def answers(marked: str, day: str | None = "2031-09-01") -> list[tuple[str, str | None, str | None]]:
    return [(decision, actor, listing) for _, decision, actor, listing in decided(resolve_marked(marked, day=day))]


def test_an_actor_of_the_registry_on_no_list_is_known_and_not_listed() -> None:
    assert answers("[g:The Orvane Front’s] men and [g:Front of Orvane].") == [FRONT, FRONT]


def test_an_actor_on_a_list_is_listed_by_every_name_that_the_registry_has() -> None:
    assert answers("[g:Ashen Banner] and the [g:Banner of Ash].") == [BANNER, BANNER]


def test_the_longest_name_wins_also_over_a_shorter_listed_one() -> None:
    assert answers("[g:Ashen Banner in the Lower Valleys] left [g:Ashen Banner].") == [VALLEYS, BANNER]
    assert answers("[g:Orvane Front Youth Wing] sang.") == [WING]


@pytest.mark.parametrize(
    "words",
    [
        "[b:The Ashen Banner's commission] met.",
        "[b:Ashen Banner Commission] met.",
        "[b:Ashen Banner commission] met.",
        "[g:Ashen Banner-linked militia] came.",
        "[g:Ashen Banner Youth League] sang.",
        "[b:Friends of Ashen Banner] sang.",
        "[g:AB-3] came.",
    ],
)
def test_what_is_somebodys_or_only_begins_like_them_is_neither(words: str) -> None:
    assert answers(words) == [NOBODY]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[g:Ashen Banner group] came.", [BANNER]),
        ("[g:the armed Ashen Banner movement] came.", [BANNER]),
        ("[p:Colonel Ardan Velmish] came.", [ARDAN]),
    ],
)
def test_words_that_name_nobody_else_leave_a_name_the_same(words: str, expected: list[object]) -> None:
    assert answers(words) == expected


def test_a_weak_alias_never_counts_alone() -> None:
    assert answers("[g:The Brothers] came.") == [NOBODY]
    assert answers("[p:Abu Hask] came.") == [NOBODY]
    assert answers("[p:Old Petrush] came.") == [DOUBT]


def test_a_weak_alias_counts_beside_the_full_name() -> None:
    assert answers("[g:Orvane Front] came; [g:the Brothers] left.") == [FRONT, FRONT]
    assert answers("[p:Ardan Velmish] came; [p:Abu Hask] left.") == [ARDAN, ARDAN]


def test_an_acronym_of_the_registry_counts_with_its_capitals() -> None:
    assert answers("[g:ORVF] came.") == [FRONT]
    assert answers("ORVF came; orvf and Orvf left.") == [FRONT]


def test_an_acronym_of_a_list_counts_only_where_the_document_introduces_it() -> None:
    assert answers("[g:AB] came.") == [NOBODY]
    assert answers("The [g:Ashen Banner] (AB) came. [g:AB] left.")[-1] == BANNER


def test_an_acronym_that_only_the_document_knows_counts_in_it_alone() -> None:
    introduced, other = "The Orvane Front Youth Wing (OFYW) came. OFYW men left.", "OFYW men sang."
    assert answers(introduced) == [WING] * 3
    assert decided(resolve_marked(introduced, other))[3:] == []


def test_a_surname_names_the_one_person_whom_the_document_names_in_full() -> None:
    assert answers("[p:Mirelda Tolkan] spoke. [p:Tolkan] left. [p:Ms. Tolkan] too.") == [MIRELDA] * 3
    assert answers("[p:Ardan Velmish Khorab] spoke. [p:Khorab] left.") == [ARDAN] * 2


def test_two_persons_of_one_surname_make_it_ambiguous_with_both_as_candidates() -> None:
    link = resolve_marked("[p:Mirelda Tolkan] met [p:Jandrik Tolkan]. [p:Tolkan] left.").links[2]
    assert link.decision == "ambiguous"
    assert {(one.actor, one.probability) for one in link.candidates} == {
        ("mirelda-tolkan", 0.475),
        ("jandrik-tolkan", 0.475),
    }
    assert link.could_not_compare == ("given name: not in the mention",)


def test_an_ambiguous_name_is_linked_to_none_of_those_whom_it_may_name() -> None:
    link = resolve_marked("[p:Ardan Velmish] met [p:Ossei Velmish]. [p:Velmish] left.").links[2]
    assert (link.decision, link.actor, link.listing) == ("ambiguous", None, None)
    assert [one.listing for one in link.candidates] == ["OSi.001", "OSi.002"]


def test_a_surname_that_the_document_gives_to_somebody_unknown_is_theirs() -> None:
    assert answers("[p:Ilko Tolkan] spoke. [p:Tolkan] left.") == [NOBODY, NOBODY]


def test_a_surname_alone_that_many_bear_decides_nothing() -> None:
    assert answers("[p:Tolkan] left.")[0][0] in ("ambiguous", "not listed")


def test_an_entry_that_was_listed_later_is_not_known_yet() -> None:
    words = "[p:Ossei Velmish] came."
    assert answers(words, "2031-09-01") == [OSSEI]
    assert answers(words, "2031-04-19") == [NOBODY]


def test_the_version_in_force_on_the_documents_day_counts() -> None:
    words = "The [b:Haskan Relief Fund] paid."
    assert answers(words, "2030-06-01") == [("listed", None, "OSe.002")]
    assert answers(words, "2031-06-01") == [NOBODY]


def test_a_document_without_a_day_is_held_against_the_newest_version() -> None:
    assert answers("[p:Ossei Velmish] of the [b:Haskan Relief Fund].", None) == [OSSEI, NOBODY]


def test_one_day_may_be_asked_for_all_documents() -> None:
    known = Known(REGISTRY, KNOWN.lists, as_of="2030-06-01")
    resolution = resolve_marked("The [b:Haskan Relief Fund] paid [p:Ossei Velmish].", known=known)
    assert [link.decision for link in resolution.links] == ["listed", "not listed"]


def test_a_name_spelled_otherwise_is_linked_with_what_agreed_and_what_is_not_known() -> None:
    (link,) = resolve_marked("[p:Ardaan Vellmish] came.").links
    assert (link.decision, link.listing) == ("listed", "OSi.001")
    assert link.agreed[0] == "word: ardaan = ardan (sounds alike)"
    assert "date of birth: 1987-01-01 not in the text" in link.could_not_compare
    assert 0.8 <= link.probability < 1.0


def test_regime_and_role_speak_for_an_entry() -> None:
    bare, told = (
        resolve_marked(f"[p:Ardan Velmish] {words}").links[0]
        for words in ("came.", ", the Harbour Master of Hask in Ostrava, came.")
    )
    assert {"regime: Ostrava", "role: Harbour Master of Hask"} <= set(told.agreed)
    assert told.probability > bare.probability


@pytest.mark.parametrize("words", ["Ardan Tolkanov", "Mirelda Velmish", "Petrush Khorab", "Ilko Ruk"])
def test_people_who_share_a_word_with_somebody_known_are_not_listed(words: str) -> None:
    assert answers(f"[p:{words}] came.")[0][0] in ("not listed", "ambiguous")


def test_people_are_never_merged_by_machine() -> None:
    resolution = resolve_marked("[p:Mirelda Tolkan] met [p:Jandrik Tolkan].", "[p:Ardan Velmish], [p:Ossei Velmish].")
    assert len({link.actor for link in resolution.links}) == 4


def test_a_name_in_arabic_script_is_found_in_the_text() -> None:
    assert answers("قال اردان ولميش ان اوروان") == [ARDAN, FRONT]


def test_known_names_that_the_reader_did_not_mark_are_linked_without_a_mention() -> None:
    (link,) = resolve_marked("The Ashen Banner came.").links
    assert (link.mention, link.span.text, link.listing) == ("", "Ashen Banner", "OSe.001")


def test_a_piece_of_a_longer_name_names_nobody() -> None:
    resolution = resolve_marked("[g:Orvane Front] [g:Youth Wing] sang.")
    assert {link.actor for link in resolution.links} == {"orvane-front-youth-wing"}


def test_a_declared_actor_wins_over_the_registry_and_keeps_its_id() -> None:
    declared = (Actor("a_1", "The Brotherhood", "group", (Alias("Orvane Front"),)),)
    resolution = resolve_marked("[g:Orvane Front] came.", declared=declared)
    assert [(link.decision, link.actor) for link in resolution.links] == [("known", "orvane-front")]
    assert resolution.actors[0].name == "The Brotherhood"


def test_without_registry_and_lists_nobody_from_outside_is_known() -> None:
    assert {link.decision for link in resolve_marked("[g:Orvane Front] came.", known=Known()).links} == {"known"}


DOCUMENTS = (
    "The [g:Ashen Banner] (AB) and [p:Ardan Velmish] met [p:Mirelda Tolkan]. [g:AB] left.",
    "[g:AB], [p:Tolkan], [p:Ardaan Vellmish] and the [b:Haskan Relief Fund].",
    "[p:Jandrik Tolkan] of the [g:Orvane Front] met [p:Tolkan] and [p:Ossei Velmish].",
)


@given(st.permutations(range(3)), st.permutations(range(2)), st.permutations(REGISTRY))
def test_the_order_of_documents_lists_and_actors_never_matters(
    documents: list[int], lists: list[int], actors: list[Actor]
) -> None:
    pairs = [read_marked(str(number), text, f"203{number}-06-01") for number, text in enumerate(DOCUMENTS)]
    readings = {reading.document: reading for _, reading in pairs}
    known = Known(tuple(actors), versions_of(KNOWN, lists).lists)
    expected = resolve_mentions([document for document, _ in pairs], readings, None, (), KNOWN)
    found = resolve_mentions([pairs[place][0] for place in documents], readings, None, (), known)
    assert to_wire(found) == to_wire(expected)


def test_the_order_of_the_entries_of_a_list_never_matters() -> None:
    turned = ListVersion("ost", NEWER.as_of, "turned", NEWER.listings[::-1])
    one, other = (resolve_marked(*DOCUMENTS, known=Known(REGISTRY, (version,))) for version in (NEWER, turned))
    assert to_wire(one) == to_wire(other)


@given(st.lists(st.sampled_from([*DOCUMENTS[0].split(), "(", ")", "/", "AB", "Tolkan", "\n", "’s"]), max_size=12))
def test_links_are_exact_words_and_probabilities(words: list[str]) -> None:
    document, reading = read_marked("0", " ".join(word.strip("[]") for word in words), "2031-09-01")
    for link in resolve_mentions([document], {document.id: reading}, None, (), KNOWN).links:
        assert link.span.holds_in(document.text)
        assert 0.0 < link.probability <= 1.0
        assert all(0.0 < one.probability <= 1.0 for one in link.candidates)


@pytest.mark.shared
def test_the_taliban_are_known_and_their_neighbours_are_not_taken_for_others(shared: Path) -> None:
    path = shared / "lists" / "un_2026-02-27.xml"
    known = Known(load_registry(), (load_list(path.read_bytes(), path.name),))
    text = (
        "[g:The Taliban], the [g:Islamic Emirate of Afghanistan], [g:Al-Qaida], "
        "[g:Al-Qaida in the Indian Subcontinent] and [b:the Taliban's commission]."
    )
    found = {words: rest for words, *rest in decided(resolve_marked(text, day="2026-06-01", known=known))}
    assert found["The Taliban"] == found["Islamic Emirate of Afghanistan"] == ["known", "taliban", None]
    assert found["Al-Qaida"] == ["listed", "al-qaida", "QDe.004"]
    assert found["Al-Qaida in the Indian Subcontinent"][1] != "al-qaida"
    assert found["Al-Qaida in the Indian Subcontinent"][2] != "QDe.004"
    assert found["the Taliban's commission"] == ["not listed", None, None]
