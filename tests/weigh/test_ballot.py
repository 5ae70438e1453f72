"""Who is a voice, and what is the same value."""

from __future__ import annotations

import pytest

from pledgewatch.errors import InputError
from pledgewatch.model.claim import Claim
from pledgewatch.weigh.ballot import add_up, count_zeros, is_nameless, read_ballot, read_number, thin_out
from pledgewatch.weigh.copying import may_echo, propose_circles


def speak(source: str, number: int, value: str = "1") -> list[Claim]:
    return [Claim(source, item, value) for item in range(number)]


def test_two_spellings_of_a_number_are_one_value_shown_as_most_write_it() -> None:
    ballot = read_ballot(
        [Claim("a", "x", "1,200"), Claim("b", "x", "1200"), Claim("c", "x", "1200.0"), Claim("d", "x", "1200")]
    )
    assert ballot.facts == ((0, "1200"),)
    assert ballot.said == (("a", "b", "c", "d"),)


def test_words_that_differ_by_case_and_space_are_one_value() -> None:
    assert len(read_ballot([Claim("a", "x", "Port  Lume"), Claim("b", "x", "port lume ")]).facts) == 1


def test_single_claims_are_kept_out_of_the_learning() -> None:
    ballot = read_ballot([Claim("a", "x", "1"), Claim("a", "y", "1"), Claim("b", "y", "2")])
    assert sorted(ballot.item.tolist()) == [1, 1]
    assert len(ballot.facts) == 3


def test_later_claim_of_a_source_replaces_its_earlier_one() -> None:
    ballot = read_ballot([Claim("a", "x", "1", "2020-01-01"), Claim("a", "x", "2", "2020-02-01"), Claim("b", "x", "1")])
    assert {(value, names) for (_, value), names in zip(ballot.facts, ballot.said, strict=True)} == {
        ("1", ("b",)),
        ("2", ("a",)),
    }


def test_twins_of_eight_claims_are_one_voice_and_of_seven_are_not() -> None:
    assert read_ballot([*speak("a", 8), *speak("b", 8)]).voices == 1
    assert read_ballot([*speak("a", 7), *speak("b", 7)]).voices == 2


def test_copy_speaks_only_where_its_original_is_silent() -> None:
    said = [Claim("a", "x", "1"), Claim("b", "x", "2"), Claim("b", "y", "3"), Claim("c", "x", "4")]
    ballot = read_ballot(said, {"b": "a"})
    assert ballot.voices == 2
    assert {ballot.facts[fact][1] for _, fact in ballot.own} == {"1", "3", "4"}


def test_copies_in_a_circle_are_refused() -> None:
    with pytest.raises(InputError, match="copy of itself"):
        read_ballot([Claim("a", "x", "1")], {"a": "b", "b": "a"})


@pytest.mark.parametrize("claim", [Claim("", "x", "1"), Claim("a", "x", " ")])
def test_claim_without_source_or_value_is_refused(claim: Claim) -> None:
    with pytest.raises(InputError, match="lacks its source or its value"):
        read_ballot([claim])


@pytest.mark.parametrize(
    ("value", "number"),
    [("12", 12.0), ("-1,000.5", -1000.5), ("1e3", 1000.0), ("12,34", None), ("x", None), ("", None)],
)
def test_numbers_are_read(value: str, number: float | None) -> None:
    assert read_number(value) == number


@pytest.mark.parametrize(("value", "zeros"), [("0", 0), ("100", 1), ("1000", 2), ("10", 0), ("1.5", 0), ("-5000", 2)])
def test_round_numbers_are_known(value: str, zeros: int) -> None:
    assert count_zeros(value) == zeros


def test_network_address_is_no_name() -> None:
    assert is_nameless("2001:db8:0:0:0:0:0:1")
    assert not is_nameless("Room 12.5")


def test_thinned_ballot_keeps_whole_items() -> None:
    ballot = read_ballot([*speak("a", 20), *speak("b", 20, "2")])
    thin = thin_out(ballot, 10)
    assert sorted(thin.item.tolist()) == sorted([item for item in range(20) if item % 4 == 0] * 2)
    assert thin.support.sum() == len(thin.fact)
    assert thin_out(ballot, 40) is ballot


def test_sums_by_group() -> None:
    ballot = read_ballot([Claim("a", "x", "1"), Claim("b", "x", "1")])
    assert add_up(ballot.item, ballot.support[ballot.fact], 1).tolist() == [4.0]


def test_only_a_source_of_very_many_claims_may_be_an_echo() -> None:
    small = [claim for at in range(40) for claim in [Claim(f"s{at}", at, "1")]]
    ballot = read_ballot([*small, *speak("bot", 40, "2")])
    assert may_echo(ballot).sum() == 1
    assert not may_echo(read_ballot([])).any()


def test_first_proposal_has_no_circle_and_another_has_the_near_copies_together() -> None:
    told = {item: str(item % 5) for item in range(30)}
    near = [Claim(f"c{at}", item, value if item != at else "9") for at in range(3) for item, value in told.items()]
    others = [Claim(f"o{at}", item, str((item * 7 + at * 3) % 5)) for at in range(4) for item in told]
    ballot = read_ballot([*near, *others])
    ways = propose_circles(ballot)
    assert len(set(ways[0].tolist())) == ballot.voices
    copies = {ballot.voice_of[f"c{at}"] for at in range(3)}
    assert any(len({int(circles[voice]) for voice in copies}) == 1 for circles in ways[1:])
