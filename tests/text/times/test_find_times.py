"""Facts about time expressions: where they are found and what they come to. All sentences are ours."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.text.times import FoundTime, find_times

NEWS = "2021-03-17"  # a Wednesday


def words(text: str, published: str | None = NEWS) -> list[tuple[str, str | None, str]]:
    return [(text[each.start : each.end], each.value, each.anchored_to) for each in find_times(text, published)]


def values(text: str, published: str | None = NEWS) -> dict[str, str | None]:
    return {span: value for span, value, _ in words(text, published)}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("29 February 2020", "2020-02-29"),
        ("February 29, 2020", "2020-02-29"),
        ("Feb. 29, 2020", "2020-02-29"),
        ("the 29th of February 2020", "2020-02-29"),
        ("Saturday, 29 February 2020", "2020-02-29"),
        ("2020-02-29", "2020-02-29"),
        ("29.02.2020", "2020-02-29"),
        ("29/02/2020", "2020-02-29"),
        ("02/29/2020", "2020-02-29"),
        ("10/10/2020", "2020-10-10"),
        ("March 2019", "2019-03"),
        ("late March 2019", "2019-03"),
        ("mid-2002", "2002"),
        ("early 1941", "1941"),
        ("the end of 1958", "1958"),
        ("the spring of 1920", "1920-21"),
        ("winter 1918", "1918-24"),
        ("the second half of 2008", "2008-41"),
        ("the first quarter of 2019", "2019-33"),
        ("the 1930s", "193"),
        ("the early 1990s", "199"),
        ("the nineteenth century", "18"),
        ("the 21st century", "20"),
        ("480 BC", "-0479"),
        ("August 480 BC", "-0479-08"),
        ("the 4th century BC", "-03"),
        ("Christmas 1963", "1963-12-25"),
    ],
)
def test_a_date_with_its_year_has_that_value_and_needs_no_anchor(written: str, value: str) -> None:
    assert words(f"It began in {written}, they wrote.") == [(written, value, "none")]


def test_a_numeric_date_that_could_be_two_days_is_known_to_the_year_only() -> None:
    assert values("Signed on 10/03/2020.") == {"10/03/2020": "2020"}


def test_a_day_that_no_month_has_is_no_date() -> None:
    assert values("On 31 June 2020 nothing happened.").get("31 June 2020") is None


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("The envoy said on Monday that talks stalled.", "Monday", "2021-03-15"),
        ("Ministers will meet Thursday and Friday.", "Thursday", "2021-03-18"),
        ("Ministers will meet Thursday and Friday.", "Friday", "2021-03-19"),
        ("They met last Friday.", "last Friday", "2021-03-12"),
        ("The deal was signed a year ago.", "a year ago", "2020"),
        ("It happened three weeks ago.", "three weeks ago", "2021-W08"),
        ("In April, he praised the plans to vote.", "April", "2020-04"),
        ("The council said the truce will begin Friday.", "Friday", "2021-03-19"),
        ("The council meets Friday.", "Friday", "2021-03-19"),
        ("The council met Friday.", "Friday", "2021-03-12"),
        ("The front held last year.", "last year", "2020"),
        ("It fell this month.", "this month", "2021-03"),
        ("The report came out in January.", "January", "2021-01"),
        ("The report came out in November.", "November", "2020-11"),
        ("All forces must leave by May.", "May", "2021-05"),
        ("Both sides argue over the May deadline.", "May", "2021-05"),
        ("He arrived on March 1.", "March 1", "2021-03-01"),
        ("He arrived on December 24.", "December 24", "2020-12-24"),
        ("The ministers meet tomorrow.", "tomorrow", "2021-03-18"),
        ("They spoke yesterday evening.", "yesterday evening", "2021-03-16"),
        ("They spoke this week.", "this week", "2021-W11"),
        ("Shots were heard at 5:00 a.m. Monday near the bridge.", "5:00 a.m. Monday", "2021-03-15T05:00"),
        ("It went out at 11:08 A.M. EDT.", "11:08 A.M. EDT", "2021-03-17T11:08-04"),
    ],
)
def test_in_news_the_publication_date_anchors(text: str, span: str, value: str) -> None:
    assert (span, value, "document") in words(text)


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("They crossed on 3 May 1942. Two days later the town fell.", "Two days later", "1942-05-05"),
        ("They crossed on 3 May 1942. The next day it rained.", "The next day", "1942-05-04"),
        ("They crossed on 3 May 1942. The same day it rained.", "The same day", "1942-05-03"),
        ("They crossed in May 1942. In September the town fell.", "September", "1942-09"),
        ("They crossed in November 1942. In January the town fell.", "January", "1943-01"),
        ("The king died in 1740. The following year war came.", "The following year", "1741"),
        ("The king died in 1740. Thirty years later peace came.", "Thirty years later", "1770"),
        ("It ran from March to June 2019.", "March", "2019-03"),
        ("It ran from November to June 2019.", "November", "2018-11"),
        ("They fought from 9 to 12 June 1942.", "9", "1942-06-09"),
    ],
)
def test_in_a_history_the_latest_date_told_anchors(text: str, span: str, value: str) -> None:
    assert (span, value, "text") in words(text, None)


def test_without_a_date_to_count_from_the_value_stays_open() -> None:
    assert words("Free them by June 10; the pact dates from last year; it was Monday.", None) == [
        ("June 10", "XXXX-06-10", "none"),
        ("last year", None, "none"),
        ("Monday", "XXXX-WXX-1", "none"),
    ]


def test_later_with_nothing_near_to_count_from_has_a_length_and_no_date() -> None:
    (found,) = find_times("Thirty years later their children rule.", NEWS)
    assert (found.value, found.anchored_to, found.duration) == (None, "text", "P30Y")


@pytest.mark.parametrize(
    ("written", "duration"),
    [
        ("120 days", "P120D"),
        ("nine and a half months", "P9M15D"),
        ("two decades", "P20Y"),
        ("three weeks", "P3W"),
        ("an hour", "PT1H"),
        ("half a century", "P50Y"),
        ("several days", "PXD"),
        ("two and a half years", "P2Y6M"),
        ("more than 30 years", "P30Y"),
        ("the following three months", "P3M"),
        ("a year and a half", "P1Y6M"),
        ("twenty-four hours", "PT24H"),
        ("a couple of weeks", "P2W"),
    ],
)
def test_a_length_of_time_is_a_duration(written: str, duration: str) -> None:
    text = f"They held it within {written}."
    assert [(text[t.start : t.end], t.type, t.value, t.duration) for t in find_times(text, NEWS)] == [
        (written, "duration", duration, duration)
    ]


@pytest.mark.parametrize(
    ("written", "value"), [("daily", "P1D"), ("every Friday", "XXXX-WXX-5"), ("each month", "P1M"), ("weekly", "P1W")]
)
def test_what_recurs_is_a_set(written: str, value: str) -> None:
    (found,) = find_times(f"The convoy leaves {written}.", NEWS)
    assert (found.type, found.value) == ("set", value)


def test_a_length_between_two_numbers_is_open() -> None:
    assert [(t.type, t.value) for t in find_times("It takes 12-18 months or two to three years.", NEWS)] == [
        ("duration", "PXM"),
        ("duration", "PXY"),
    ]


def test_news_about_old_years_still_counts_weekdays_from_its_own_date() -> None:
    text = "In 1942, 1943, 1951, 1952, 1960 and 1961 they fought, the envoy said on Monday."
    assert ("Monday", "2021-03-15", "document") in words(text)


def test_a_bare_year_in_news_does_not_govern_later_months() -> None:
    text = "He left on November 21. Under the 2020 pact all forces must leave by May."
    assert ("May", "2021-05", "document") in words(text)


def test_now_and_recently_refer_without_a_date() -> None:
    assert [(t.value, t.reference) for t in find_times("It is now worse than recently.", NEWS)] == [
        (None, "present"),
        (None, "past"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the town.",
        "Theresa May spoke.",
        "April Jones spoke to June Adams.",
        "Document S/2020/184 and Resolution 2020 apply.",
        "F-16 jets and MH17 crossed.",
        "It cost $1945 and then £ 2010.",
        "About 1500 soldiers and nearly 2000 men fell.",
        "Call 555-1234 or see www.example.org/2020/05/12/x.",
        "The second side won the first round.",
        "The fall of the town was quick.",
    ],
)
def test_names_symbols_and_counts_are_no_times(text: str) -> None:
    assert words(text) == []


def test_lists_of_days_share_their_month() -> None:
    assert list(values("They met on 11, 12 and 15 March 2019.").values()) == ["2019-03-11", "2019-03-12", "2019-03-15"]
    assert values("They met on June 9 and 10, 2019, twice.") == {"June 9": "2019-06-09", "10, 2019": "2019-06-10"}


def test_the_same_text_gives_the_same_times() -> None:
    text = "On 3 May 1942, and two days later, and in June."
    assert find_times(text, NEWS) == find_times(text, NEWS)


TIMEY = st.lists(
    st.sampled_from(
        [
            "the", "last", "1999", "March", "May", "3", "12", "days", "later", ",", "-", "two", "and", "a",
            "half", "years", "BC", "'90s", "Feb.", "11:08", "p.m.", "of", "next", "31", "99", "century",
            "first", "\n\n", "Monday", "spring", "the same", "year", "(", "¾", "٣", "é", "0",
        ]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


def check(text: str, found: tuple[FoundTime, ...]) -> None:
    edge = 0
    for each in found:
        assert edge <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip()
        edge = each.end


@given(
    st.one_of(st.text(max_size=200), TIMEY),
    st.sampled_from([None, NEWS, "2021", "not a date", "0001-01-01", "9999-12-31"]),
)
@settings(max_examples=300, deadline=None)
def test_spans_are_in_order_and_apart_on_any_text(text: str, published: str | None) -> None:
    check(text, find_times(text, published))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "1,",
        "1/",
        "the last ",
        "two and ",
        "May ",
        "3 to ",
        "-",
        "'",
        "1999-",
        "one hundred ",
        ". ",
        "((",
        "1:",
    ],
)
def test_the_time_for_repeated_pieces_grows_with_their_number(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    started = time.perf_counter()
    check(text, find_times(text, NEWS))
    assert time.perf_counter() - started < 20
