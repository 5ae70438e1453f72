"""Rules of deadlines: counted again when an anchor moves, chains and circles, and what arithmetic must keep."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.ledger import draw_ledger, recompute_deadlines
from pledgewatch.ledger.days import add_units
from pledgewatch.ledger.rules import compute_rule, find_anchor_of_rule, write_rule
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.document import Document

DAYS = st.dates(date(1800, 1, 1), date(2200, 1, 1))
HEAD = "Signed in Lume, 3 March 2031, by the Varna Front and the Republic of Ostrava.\n\n"


def draw(text: str) -> Agreement:
    return draw_ledger(Document("d_r", "r.md", "0" * 64, "text/markdown", HEAD + text))


def dates(agreement: Agreement) -> dict[str, str | None]:
    return {one.id: one.deadline.date for one in agreement.commitments if one.deadline}


@given(DAYS, st.integers(0, 4000))
def test_days_are_added_as_the_calendar_adds_them(day: date, number: int) -> None:
    assert add_units(day.isoformat(), (("days", number),)) == (day + timedelta(days=number)).isoformat()
    assert add_units(day.isoformat(), (("hours", 24 * number),)) == (day + timedelta(days=number)).isoformat()


@given(DAYS, st.integers(0, 400))
def test_months_keep_the_day_or_clip_it_to_the_end_of_the_month(day: date, number: int) -> None:
    later = date.fromisoformat(str(add_units(day.isoformat(), (("months", number),))))
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == number
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 300), st.integers(1, 300))
def test_days_there_and_back_are_the_same_day(day: date, forwards: int, more: int) -> None:
    there = add_units(day.isoformat(), (("days", forwards), ("days", more)))
    assert add_units(str(there), (("days", forwards + more),), -1) == day.isoformat()


@given(DAYS, st.lists(st.tuples(st.sampled_from(["days", "weeks", "months", "years"]), st.integers(1, 90)), max_size=3))
def test_a_rule_that_was_written_is_read_back_the_same(day: date, units: list[tuple[str, int]]) -> None:
    rule = write_rule("signing", tuple(units))
    assert find_anchor_of_rule(rule) == "signing"
    assert compute_rule(rule, {"signing": day.isoformat()}) == add_units(day.isoformat(), tuple(units))


@given(DAYS)
def test_the_next_day_of_a_name_lies_within_a_week_and_never_before(day: date) -> None:
    found = date.fromisoformat(str(compute_rule("next Friday after signing", {"signing": day.isoformat()})))
    assert found.weekday() == 4
    assert 0 < (found - day).days <= 7


@given(DAYS)
def test_a_day_without_a_year_is_the_next_one(day: date) -> None:
    found = compute_rule("next 03-01 after signing", {"signing": day.isoformat()})
    assert found is not None
    assert found >= day.isoformat()
    assert (date.fromisoformat(found) - day).days <= 366


def test_an_unknown_anchor_gives_no_date() -> None:
    assert compute_rule("the vote - 30 days", {"signing": "2031-03-03"}) is None


def test_moving_the_signing_moves_the_chain_that_hangs_on_it() -> None:
    drawn = draw(
        "1. Within 30 days of signing the Front shall open the road.\n"
        "2. Ostrava shall withdraw its guns within two months thereafter.\n"
        "3. Ostrava shall pay 40 crowns by 1 May 2031.\n"
    )
    assert dates(drawn) == {"c_1": "2031-04-02", "c_2": "2031-06-02", "c_3": "2031-05-01"}
    moved = recompute_deadlines(drawn, {"signing": "2031-03-13"})
    assert dates(moved) == {"c_1": "2031-04-12", "c_2": "2031-06-12", "c_3": "2031-05-01"}
    assert recompute_deadlines(moved, {"signing": "2031-03-03"}) == drawn


def test_a_count_backwards_gets_its_date_when_the_event_is_known() -> None:
    drawn = draw("1. Ostrava shall publish the lists not less than 60 days before the vote.\n")
    assert dates(drawn) == {"c_1": None}
    assert dates(recompute_deadlines(drawn, {"vote": "2032-05-15"})) == {"c_1": "2032-03-16"}


def test_a_day_that_another_clause_fixes_dates_the_event() -> None:
    drawn = draw(
        "1. Ostrava shall publish the lists not less than 60 days before the elections.\n"
        "2. Ostrava shall hold general elections on 15 May 2032.\n"
    )
    assert dates(drawn) == {"c_1": "2032-03-16", "c_2": "2032-05-15"}


def test_a_chain_in_a_circle_has_no_date_and_ends() -> None:
    from dataclasses import replace

    drawn = draw("1. The Front shall go by 1 May 2031.\n2. Ostrava shall go by 2 May 2031.\n")
    first, second = drawn.commitments
    assert first.deadline
    assert second.deadline
    circle = (
        replace(first, deadline=replace(first.deadline, rule="c_2 + 1 days")),
        replace(second, deadline=replace(second.deadline, rule="c_1 + 1 days")),
    )
    assert set(dates(recompute_deadlines(replace(drawn, commitments=circle), {})).values()) == {None}
