"""Who is behind the mentions of a case."""

from __future__ import annotations

import itertools

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Actor, ActorLink, Alias, Resolution
from pledgewatch.model.agreement import Agreement, Party
from pledgewatch.model.reading import Mention, Reading
from pledgewatch.model.wire import to_wire
from pledgewatch.resolve import resolve_mentions
from tests.resolve.fiction import read_marked

AGREEMENT = Agreement(
    "d_x", "Accord", None, (Party("Varna Front", ("the Front",)), Party("Republic of Ostrava", ("Ostrava",)))
)


def _resolve(*marked: str, agreement: Agreement | None = AGREEMENT, declared: tuple[Actor, ...] = ()) -> Resolution:
    pairs = [read_marked(str(index), text) for index, text in enumerate(marked)]
    return resolve_mentions(
        [document for document, _ in pairs], {reading.document: reading for _, reading in pairs}, agreement, declared
    )


def _who(resolution: Resolution) -> list[str | None]:
    """The actor's name behind each link; ``?`` for an ambiguous one."""
    return [
        "?" if link.actor is None else getattr(resolution.actor(link.actor), "name", None) for link in resolution.links
    ]


def _party(resolution: Resolution, name: str) -> str | None:
    return next(actor.party for actor in resolution.actors if actor.name == name)


def test_the_parties_are_actors_even_when_nobody_mentions_them() -> None:
    resolution = _resolve("Nothing happened.")
    assert [(actor.name, actor.party) for actor in resolution.actors] == [
        ("Varna Front", "Varna Front"),
        ("Republic of Ostrava", "Republic of Ostrava"),
    ]


def test_spellings_of_a_party_and_its_aliases_name_the_party() -> None:
    resolution = _resolve("[g:The Varna Front’s] men, [g:VARNA FRONT], [g:the Front] and [l:Ostrava]'s")
    assert _who(resolution) == ["Varna Front"] * 3 + ["Republic of Ostrava"]
    assert {link.decision for link in resolution.links} == {"known"}
    assert resolution.links[2].agreed == ("alias: Front",)


def test_one_name_in_two_documents_is_one_actor() -> None:
    resolution = _resolve("[g:The Al-Sorrel Brigade] came.", "[b:Al Sorrel Brigade] went.")
    assert len({link.actor for link in resolution.links}) == 1


def test_a_person_and_a_group_of_one_name_are_two() -> None:
    resolution = _resolve("[p:Odile Marr] leads.", "[g:Odile Marr] is a band.")
    assert len({link.actor for link in resolution.links}) == 2


def test_a_name_that_begins_like_another_is_another() -> None:
    resolution = _resolve("[g:Varna Front Council] met [g:Varna Front] and [b:Ostrava Army].")
    assert len({link.actor for link in resolution.links}) == 3


def test_a_mention_goes_where_its_head_goes() -> None:
    resolution = _resolve("[g:Varna Front] left. [g0:The movement] said so.")
    assert _who(resolution) == ["Varna Front"] * 2
    assert resolution.links[1].agreed == ("head: the fuller name in this document",)


def test_heads_in_a_circle_end() -> None:
    document, reading = read_marked("0", "[p:Marr] and [p:Ruk]")
    one, two = reading.mentions
    circle = (Mention(one.id, one.span, "person", two.id), Mention(two.id, two.span, "person", one.id))
    assert len(resolve_mentions([document], {document.id: Reading(document.id, "t", mentions=circle)}, None).links) == 2


def test_a_surname_names_the_person_named_fully_in_the_same_document() -> None:
    resolution = _resolve("[p:Minister Mira Tolk] spoke. [p:Tolk] left. [p:Ms. Tolk] too.")
    assert _who(resolution) == ["Mira Tolk"] * 3


def test_a_surname_alone_never_joins_people_of_two_documents() -> None:
    resolution = _resolve("[p:Mira Tolk] spoke.", "[p:Tolk] spoke.")
    assert [link.decision for link in resolution.links] == ["known", "ambiguous"]
    assert [candidate.probability for candidate in resolution.links[1].candidates] == [0.5]
    assert resolution.links[1].could_not_compare


def test_a_surname_that_two_people_of_the_document_bear_is_ambiguous() -> None:
    resolution = _resolve("[p:Mira Tolk] met [p:Jan Tolk]. [p:Tolk] spoke.")
    assert resolution.links[2].decision == "ambiguous"
    assert len(resolution.links[2].candidates) == 2


def test_two_full_names_are_two_people() -> None:
    assert len({link.actor for link in _resolve("[p:Mira Tolk] and [p:Mira J. Tolk].").links}) == 2


def test_one_word_names_of_people_stay_in_their_document() -> None:
    resolution = _resolve("[p:Anselm] ran.", "[p:Anselm] sang.")
    assert len({link.actor for link in resolution.links}) == 2


def test_an_acronym_names_what_its_document_introduces_it_for() -> None:
    resolution = _resolve("The [b:Joint Verification Team] (JVT) met. The [b:JVT] left.", "The [b:JVT] came back.")
    assert _who(resolution) == ["Joint Verification Team"] * 3
    assert Alias("JVT") in resolution.actor(resolution.links[0].actor).aliases  # type: ignore[union-attr]


def test_an_acronym_with_two_meanings_is_ambiguous_where_it_is_not_introduced() -> None:
    resolution = _resolve(
        "The [b:Joint Verification Team] (JVT) met. [b:JVT] left.",
        "[b:Junior Valley Teachers] (JVT) met. [b:JVT] left.",
        "[b:JVT] came.",
    )
    assert _who(resolution) == ["Joint Verification Team"] * 2 + ["Junior Valley Teachers"] * 2 + ["?"]


def test_brackets_that_do_not_fit_introduce_no_acronym() -> None:
    assert len({link.actor for link in _resolve("The [b:Verification Team] (Orsk) met. [b:ORSK] left.").links}) == 2


def test_names_that_many_bear_stay_in_their_document() -> None:
    resolution = _resolve(
        "[b:The Ministry of Defence] denied it. [b:Ministry of Defence] again.", "[b:Ministry of Defence] spoke."
    )
    ids = [link.actor for link in resolution.links]
    assert ids[0] == ids[1] != ids[2]


def test_a_demonym_before_a_name_is_the_same_only_when_one_document_uses_both() -> None:
    both = _resolve("[g:The Ostravan Red Guard] left. [g:Red Guard] men sang.")
    apart = _resolve("[g:The Ostravan Red Guard] left.", "[g:Red Guard] men sang.")
    rival = _resolve("[g:The Ostravan Red Guard] and [g:Lesnan Red Guard] left. [g:Red Guard] men sang.")
    assert [len({link.actor for link in case.links}) for case in (both, apart, rival)] == [1, 2, 3]


def test_a_weak_alias_never_identifies_alone() -> None:
    declared = (Actor("a_1", "Lesna Guard", "group", (Alias("Guard", weak=True),)),)
    resolution = _resolve("[g:The Guard] came.", "[g:Lesna Guard] came; [g:the Guard] left.", declared=declared)
    assert [link.decision for link in resolution.links] == ["ambiguous", "known", "known"]


def test_places_and_weapons_are_no_actors() -> None:
    assert _resolve("[l:Mirno] and [w:mortar]").links == ()


def test_a_declared_actor_of_a_party_name_adds_its_aliases_to_the_party() -> None:
    declared = (Actor("a_1", "Varna Front", "group", (Alias("VF"),)),)
    resolution = _resolve("[g:VF] men.", declared=declared)
    assert _who(resolution) == ["Varna Front"]
    assert len(resolution.actors) == 2


def test_a_declared_actor_belongs_to_the_party_under_any_of_its_names() -> None:
    resolution = _resolve("x", declared=(Actor("a_1", "Ilko Ruk", "person", party="the Front"),))
    assert _party(resolution, "Ilko Ruk") == "Varna Front"


def test_a_declared_actor_of_an_unknown_party_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match="Did you mean 'Varna Front'"):
        _resolve("x", declared=(Actor("a_1", "Ilko Ruk", "person", party="Varna Frnt"),))


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("[g:Varna Front] spokesman [p:Ilko Ruk] said so.", "Varna Front"),
        ("The [g:Varna Front]'s chief negotiator, [p:Ilko Ruk], said so.", "Varna Front"),
        ("[p:Ilko Ruk], a spokesman for the [g:Varna Front], said so.", "Varna Front"),
        ("[p:Ilko Ruk], the [s:Republic of Ostrava]’s deputy foreign minister, said so.", "Republic of Ostrava"),
        ("A spokesman for the [g:Varna Front], [p:Ilko Ruk], said so.", "Varna Front"),
        ("[s:Ostrava]'s [p:Foreign Minister Ilko Ruk] said so.", "Republic of Ostrava"),
        ("Former [g:Varna Front] commander [p:Ilko Ruk] said so.", None),
        ("[p:Ilko Ruk], a former spokesman for the [g:Varna Front], said so.", None),
        ("[p:Ilko Ruk], a critic of the [g:Varna Front], said so.", None),
        ("[p:Ilko Ruk], the envoy who visited [g:Varna Front] officials, said so.", None),
        ("The shells hit [g:Varna Front]. Envoy [p:Ilko Ruk] said so.", None),
        ("[p:Ilko Ruk] fought the [g:Varna Front] general.", None),
    ],
)
def test_people_belong_to_a_party_when_introduced_as_speaking_or_acting_for_it(text: str, party: str | None) -> None:
    assert _party(_resolve(text), "Ilko Ruk") == party


def test_who_is_introduced_for_both_parties_belongs_to_none() -> None:
    resolution = _resolve("[g:Varna Front] envoy [p:Ilko Ruk] came.", "[s:Ostrava] envoy [p:Ilko Ruk] came.")
    assert _party(resolution, "Ilko Ruk") is None


def test_a_part_of_a_party_belongs_to_it_and_a_namesake_does_not() -> None:
    resolution = _resolve("[b:Ostrava armed forces], [b:Government of Ostrava] and [b:Ostrava Chamber of Trade]")
    assert _party(resolution, "Ostrava armed forces") == "Republic of Ostrava"
    assert _party(resolution, "Government of Ostrava") == "Republic of Ostrava"
    assert _party(resolution, "Ostrava Chamber of Trade") is None


def test_the_order_of_the_documents_never_matters() -> None:
    marked = [
        "The [b:Joint Verification Team] (JVT) met [p:Mira Tolk].",
        "[b:JVT] met [p:Tolk] and [b:the army].",
        "[g:Varna Front] spokesman [p:Ilko Ruk], [g:Red Guard], [g:Ostravan Red Guard], [b:the army]",
    ]
    pairs = [read_marked(str(index), text) for index, text in enumerate(marked)]
    readings = {reading.document: reading for _, reading in pairs}
    results = [
        to_wire(resolve_mentions([document for document, _ in order], readings, AGREEMENT))
        for order in itertools.permutations(pairs)
    ]
    assert all(result == results[0] for result in results)


def test_links_carry_the_exact_words() -> None:
    document, reading = read_marked("0", "[g:The Varna Front] and [p:Ilko Ruk].")
    links: tuple[ActorLink, ...] = resolve_mentions([document], {document.id: reading}, AGREEMENT).links
    assert all(link.span.holds_in(document.text) for link in links)
    assert [link.mention for link in links] == [mention.id for mention in reading.mentions]
