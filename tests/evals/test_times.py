"""Facts about the scoring of times, on cases made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.times import UNVALUED, GoldTime, TimeScore, fold_value, measure, parse_gum, parse_timeml, score_times
from pledgewatch.text.times import FoundTime

TIMEML = """<?xml version="1.0" ?>
<TimeML><DOCID>x</DOCID><DCT><TIMEX3 tid="t0" type="DATE" value="2001-02-03">2001-02-03</TIMEX3></DCT>
<TEXT>On <TIMEX3 tid="t1" type="DATE" value="1999-05-01">May 1, 1999</TIMEX3> &amp; <TIMEX3 tid="t2" value="null">then</TIMEX3>.</TEXT></TimeML>
"""  # noqa: E501


def test_timeml_gives_text_date_and_places() -> None:
    text, published, gold = parse_timeml(TIMEML)
    assert (text, published) == ("On May 1, 1999 & then.", "2001-02-03")
    assert [(text[each.start : each.end], each.value) for each in gold] == [
        ("May 1, 1999", "1999-05-01"),
        ("then", "null"),
    ]


def test_gum_gives_tokens_with_blanks_and_places() -> None:
    xml = (
        '<text dateCreated="2006-02-23">\n<p>\n<s>\nOn\tIN\n<date when="2003-07">\nJuly\tNP\n2003\tCD\n</date>\n'
        '<date from="2003-08-01" to="2003-08-07">\nlater\tRB\n</date>\n</s>\n</p>\n</text>'
    )
    text, published, gold = parse_gum(xml)
    assert (text, published) == ("On July 2003 later \n\n", "2006-02-23")
    assert [(text[each.start : each.end], each.value) for each in gold] == [
        ("July 2003", "2003-07"),
        ("later", UNVALUED),
    ]


def test_a_found_time_that_agrees_counts_in_all_three() -> None:
    score = score_times((FoundTime(3, 14, "date", "1999-05-01"),), (GoldTime(3, 14, "1999-05-01"),))
    assert (score.found, score.gold, score.strict, score.relaxed, score.valued) == (1, 1, 1, 1, 1)


def test_an_overlap_is_relaxed_and_no_overlap_is_nothing() -> None:
    gold = (GoldTime(3, 14, "1999-05-01"), GoldTime(20, 25, "2000"))
    score = score_times((FoundTime(5, 14, "date", "1999-05"), FoundTime(25, 30, "date", "2000")), gold)
    assert (score.strict, score.relaxed, score.valued) == (0, 1, 0)


def test_one_found_time_answers_one_gold_time_only() -> None:
    gold = (GoldTime(0, 5, "1999"), GoldTime(6, 9, "1999"))
    assert score_times((FoundTime(0, 9, "date", "1999"),), gold).relaxed == 1


def test_of_two_overlapping_the_exact_one_is_matched() -> None:
    found = (FoundTime(0, 4, "date", "1998"), FoundTime(5, 9, "date", "1999"))
    score = score_times(found, (GoldTime(5, 9, "1999"),))
    assert (score.strict, score.valued) == (1, 1)


def test_scores_of_documents_add_up() -> None:
    assert TimeScore(1, 2, 3, 4, 5, 6) + TimeScore(1, 1, 1, 1, 1, 1) == TimeScore(2, 3, 4, 5, 6, 7)


def test_intervals_of_gum_count_for_their_span_only() -> None:
    score = score_times((FoundTime(0, 4, "date", "1998"),), (GoldTime(0, 4, UNVALUED),))
    assert (score.relaxed, score.valued, score.unvalued) == (1, 0, 1)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("1918-21", "1918-SP"),
        ("2008-41", "2008-H2"),
        ("-0479", "BC0480"),
        ("-0479-08", "BC0480-08"),
        ("-0480-23", "BC0481-FA"),
        ("-03", "BC03"),
        ("P20Y", "P2DE"),
        ("P2Y6M", "P2.5Y"),
        ("P2W", "P14D"),
        (None, "PRESENT_REF"),
        (None, "null"),
        ("1965-01-31", "1965-01-31TMO"),
    ],
)
def test_two_spellings_of_one_value_fold_together(ours: str | None, theirs: str) -> None:
    assert fold_value(ours) == fold_value(theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("1918", "1918-SP"), ("1941-06", "1941-07"), ("P2Y", "P2M"), (None, "1941"), ("P12M", "P12D"), ("193", "1930")],
)
def test_different_values_stay_apart(ours: str | None, theirs: str) -> None:
    assert fold_value(ours) != fold_value(theirs)


@pytest.mark.shared
def test_every_row_is_a_share_of_something(shared: Path) -> None:
    rows = measure(shared, True)
    assert len(rows) == 5
    assert all(0 <= row.ours <= 1 and row.n > 50 for row in rows)


@pytest.mark.shared
def test_gold_spans_of_the_histories_are_words_of_their_text(shared: Path) -> None:
    for path in sorted((shared / "corpora/timex/wikiwars_train").glob("*.tml"))[:3]:
        text, _, gold = parse_timeml(path.read_text("utf-8"))
        assert gold
        assert all(text[each.start : each.end].strip() for each in gold)
