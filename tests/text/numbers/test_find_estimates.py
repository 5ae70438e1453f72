"""Facts about estimates. All sentences are ours."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.text.numbers import FoundEstimate, find_estimates
from pledgewatch.text.times import find_times


def find(text: str) -> tuple[FoundEstimate, ...]:
    return find_estimates(text, find_times(text, "2021-03-17"))


def counted(text: str, estimate: FoundEstimate) -> str | None:
    return None if estimate.counted_start is None else text[estimate.counted_start : estimate.counted_end]


@pytest.mark.parametrize(
    ("text", "words", "low", "best", "high", "approximate", "what"),
    [
        (
            "It has between 20 and 50 Varna Front fighters here.",
            "between 20 and 50",
            20,
            None,
            50,
            False,
            "Varna Front fighters",
        ),
        ("They saw 20-50 trucks.", "20-50", 20, None, 50, False, "trucks"),
        ("They saw 20 to 50 trucks.", "20 to 50", 20, None, 50, False, "trucks"),
        ("They counted from ten to twenty tanks.", "from ten to twenty", 10, None, 20, False, "tanks"),
        ("Some 2,500 foreign troops remain there.", "Some 2,500", None, 2500, None, True, "foreign troops"),
        ("It is in about 11 Ostravan provinces.", "about 11", None, 11, None, True, "Ostravan provinces"),
        ("Nearly 500 people fled.", "Nearly 500", None, 500, 500, True, "people"),
        ("More than 30 villages burned.", "More than 30", 30, None, None, False, "villages"),
        ("At least three dozen civilians died.", "At least three dozen", 36, None, None, False, "civilians"),
        ("Up to 5,000 prisoners go home.", "Up to 5,000", None, None, 5000, False, "prisoners"),
        ("Fewer than 100 soldiers stayed.", "Fewer than 100", None, None, 100, False, "soldiers"),
        ("It lost 300 or more vehicles.", "300 or more", 300, None, None, False, "vehicles"),
        (
            "It has more than 100 but fewer than 300 boats.",
            "more than 100 but fewer than 300",
            100,
            None,
            300,
            False,
            "boats",
        ),
        ("Dozens of recruits came.", "Dozens", 24, None, None, True, "recruits"),
        ("Tens of thousands of refugees came.", "Tens of thousands", 20000, None, None, True, "refugees"),
        ("Two soldiers died.", "Two", None, 2, None, False, "soldiers"),
        ("One soldier died.", "One", None, 1, None, False, "soldier"),
        ("3 to 5 million refugees left.", "3 to 5 million", 3e6, None, 5e6, False, "refugees"),
        ("He got 300 more votes.", "300", None, 300, None, False, "votes"),
        ("Some 800 Ostravans marched.", "Some 800", None, 800, None, True, "Ostravans"),
        ("The blast killed three.", "three", None, 3, None, False, None),
    ],
)
def test_bounds_figure_and_counted_words(
    text: str,
    words: str,
    low: float | None,
    best: float | None,
    high: float | None,
    approximate: bool,
    what: str | None,
) -> None:
    (estimate,) = find(text)
    assert text[estimate.start : estimate.end] == words
    assert (estimate.low, estimate.best, estimate.high, estimate.approximate) == (low, best, high, approximate)
    assert counted(text, estimate) == what


@pytest.mark.parametrize(
    ("text", "best", "change", "unit"),
    [
        ("Prices rose by 12 percent.", 12, "up", "percent"),
        ("The force fell to 4,500.", 4500, "down", None),
        ("The force was cut by 300 soldiers.", 300, "down", None),
        ("Exports grew 4 per cent.", 4, "up", "percent"),
        ("They are picking up four seats.", 4, "none", None),
        ("They raised 4 million dollars.", 4e6, "none", "USD"),
        ("Turnout is up 4 percent.", 4, "up", "percent"),
        ("They paid $5.2 million.", 5.2e6, "none", "USD"),
        ("They paid 300 million euros.", 3e8, "none", "EUR"),
        ("The road is 29km long.", 29, "none", "km"),
        ("It was 40 degrees Celsius.", 40, "none", "°C"),
        ("They burned 16,000 metric tons of wheat.", 16000, "none", "t"),
    ],
)
def test_change_and_unit(text: str, best: float, change: str, unit: str | None) -> None:
    (estimate,) = find(text)
    assert (estimate.best, estimate.change, estimate.unit) == (pytest.approx(best), change, unit)


def test_a_fall_from_one_figure_to_another_is_two_estimates() -> None:
    before, after = find("It was reduced from 13,000 to 8,600 soldiers.")
    assert (before.best, before.change) == (13000, "none")
    assert (after.best, after.change) == (8600, "down")


def test_a_percentage_and_a_price_are_no_range() -> None:
    assert [each.unit for each in find("It rose 12 percent to $5.2 million.")] == ["percent", "USD"]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2255 (2015) and S/2020/184 and QDe.115 apply.",
        "The No. 2 spot.",
        "Section 1217 and Article 9 and page 12.",
        "F-16 jets of the G7 and 9/11.",
        "He served for more than 30 years, since September 11, 2001.",
        "1.3 Both sides shall stop.\n2. The first.\n(3) The second.",
        "Anna Kova, 54, of Ostrava, and a 12-year-old boy.",
        "He is aged 54.",
        "One of them knew, no one said.",
        "Call +1-222-2222-2222 or 555-1234.",
        "See https://example.org/a/2020/12?n=30%25 now.",
        "The third battalion came second.",
    ],
)
def test_names_dates_ages_and_symbols_are_no_estimates(text: str) -> None:
    assert find(text) == ()


def check(text: str, found: tuple[FoundEstimate, ...]) -> None:
    edge = 0
    for each in found:
        assert edge <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip()
        edge = each.end
        if each.counted_start is not None and each.counted_end is not None:
            assert each.end <= each.counted_start < each.counted_end <= len(text)
        if each.low is not None and each.high is not None:
            assert each.low <= each.high


NUMBERY = st.lists(
    st.sampled_from(
        [
            "two", "hundred", "3", "-", "to", "and", "1/2", "about", "more than", "dozens of", "men", "$",
            "%", "million", "half", "a", "5,000", ".", "from", "between", "rose by", "one", "\n", "½", "km",
            "minus", "or more", "10,", "up to",
        ]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


@given(st.one_of(st.text(max_size=200), NUMBERY))
@settings(max_examples=300, deadline=None)
def test_estimates_are_in_order_and_apart_on_any_text(text: str) -> None:
    check(text, find(text))


@pytest.mark.parametrize("unit", ["a", "1", "no ", "more than "])
def test_two_megabytes_on_one_line_take_bounded_time(unit: str) -> None:
    text = unit * (2_000_000 // len(unit))
    started = time.perf_counter()
    check(text, find_estimates(text))
    assert time.perf_counter() - started < 60


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "1,",
        "1 ",
        "two hundred and ",
        "$",
        "more than ",
        "dozens of ",
        "1/",
        "-1 ",
        "no ",
        "1.",
        "a " * 3 + "5 ",
        "rose by ",
    ],
)
def test_the_time_for_repeated_pieces_grows_with_their_number(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    started = time.perf_counter()
    check(text, find_estimates(text))
    assert time.perf_counter() - started < 20
