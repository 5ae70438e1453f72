"""The scoring of attributions, on cases made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.attribution import BEAT, Attribution, Tally, attributions_of, gold_documents, measure, parse_standoff
from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.reading import Reading, Statement
from pledgewatch.model.span import Span
from pledgewatch.read import read_document
from tests.read.documents import make_document

A = Attribution(((0, 4),), ((5, 9),), ((10, 20),))
B = Attribution(((30, 34),), ((35, 39),), ((40, 45), (50, 60)))


def scores(ours: list[Attribution], gold: list[Attribution]) -> dict[str, tuple[float, float, float]]:
    tally = Tally.empty()
    tally.add(ours, gold)
    return tally.scores()


def test_the_gold_against_itself_is_perfect() -> None:
    assert set(scores([A, B], [B, A]).values()) == {(1.0, 1.0, 1.0)}


def test_nothing_found_scores_nothing() -> None:
    assert {score[2] for score in scores([], [A, B]).values()} == {0.0}


def test_each_role_is_scored_by_itself() -> None:
    found = scores([Attribution(A.source, ((5, 10),), A.content)], [A])
    assert found["source exact F1"] == (1.0, 1.0, 1.0)
    assert found["cue exact F1"] == (0.0, 0.0, 0.0)
    assert found["content exact F1"] == (1.0, 1.0, 1.0)
    assert found["whole attribution exact F1"] == (0.0, 0.0, 0.0)


def test_a_piece_one_character_off_is_wrong() -> None:
    found = scores([Attribution(A.source, A.cue, ((10, 21),))], [A])
    assert found["content exact F1"][2] == 0.0
    assert found["content characters F1"] == pytest.approx((10 / 11, 1.0, 20 / 21))


def test_content_is_scored_by_contiguous_pieces() -> None:
    found = scores([Attribution(B.source, B.cue, ((40, 45),))], [B])
    assert found["content exact F1"] == pytest.approx((1.0, 0.5, 2 / 3))
    assert found["content characters F1"] == pytest.approx((1.0, 1 / 3, 0.5))
    assert found["whole attribution exact F1"][2] == 0.0


def test_the_same_speaker_of_two_attributions_counts_once() -> None:
    other = Attribution(A.source, ((70, 74),), ((75, 80),))
    tally = Tally.empty()
    tally.add([A, other], [A])
    assert tally.found["source exact F1"] == 1
    assert tally.found["cue exact F1"] == 2


def test_overlapping_contents_count_each_character_once() -> None:
    tally = Tally.empty()
    tally.add([A, Attribution(A.source, ((70, 74),), ((12, 18),))], [A])
    assert tally.found["content characters F1"] == 10


def test_figures_are_averaged_over_all_pieces_and_not_over_documents() -> None:
    tally = Tally.empty()
    tally.add([A], [A])
    tally.add([], [A, B, Attribution((), ((1, 2),), ((3, 4),))])
    assert tally.scores()["whole attribution exact F1"] == pytest.approx((1.0, 0.25, 0.4))


def test_attributions_at_the_same_place_of_two_documents_are_not_mixed_up() -> None:
    tally = Tally.empty()
    tally.add([A], [])
    tally.add([], [A])
    assert tally.scores()["whole attribution exact F1"] == (0.0, 0.0, 0.0)


def test_an_attribution_without_a_source_is_right_only_without_one() -> None:
    bare = Attribution((), A.cue, A.content)
    assert scores([bare], [bare])["whole attribution exact F1"][2] == 1.0
    assert scores([A], [bare])["whole attribution exact F1"][2] == 0.0


def test_standoff_gathers_all_pieces_of_a_role_and_leaves_out_other_marks() -> None:
    text = (
        "T1\tSource 30 34\tVess\nT2\tCue 35 39\tsaid\nT3\tContent 40 45;50 60\tx\nT4\tContent 70 75\ty\n"
        "T5\tDiscard 0 9\tz\n"
        "T6\tAttribution 35 39\tsaid\nE1\tAttribution:T6 Content:T4 Content2:T3 Source:T1 Cue:T2\n"
        "T7\tAttribution-no-source 80 84\tsaid\nE2\tAttribution-no-source:T7\n"
    )
    assert parse_standoff(text) == (Attribution(((30, 34),), ((35, 39),), ((40, 45), (50, 60), (70, 75))),)


def test_a_statement_is_scored_by_its_places() -> None:
    text = "Vess said so and went"
    statement = Statement(
        "s", Span.cut(text, 0, 4), None, Span.cut(text, 5, 9), (Span.cut(text, 10, 12),), "indirect", "asserts"
    )
    nobody = Statement("t", None, None, None, (), "none", "declines")
    reading = Reading("d", "x", statements=(statement, nobody))
    assert attributions_of(reading) == (
        Attribution(((0, 4),), ((5, 9),), ((10, 12),)),
        Attribution((), (), ()),
    )


def test_a_reading_is_scored_in_the_offsets_of_the_text() -> None:
    text = "The ministry said the camp was closed."
    ours = attributions_of(read_document(make_document(text), ReadPolicy()))
    gold = parse_standoff(
        "T1\tSource 0 12\tThe ministry\nT2\tCue 13 17\tsaid\nT3\tContent 18 37\tthe camp was closed\n"
        "T4\tAttribution 13 17\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    )
    assert scores(list(ours), list(gold))["whole attribution exact F1"] == (1.0, 1.0, 1.0)


@pytest.mark.shared
def test_the_gold_of_every_dev_article_lies_inside_its_text(shared: Path) -> None:
    count = 0
    for _, text, gold in gold_documents(shared / "corpora" / "polnear" / "dev"):
        for attribution in gold:
            for start, end in (*attribution.source, *attribution.cue, *attribution.content):
                assert 0 <= start < end <= len(text)
                count += 1
    assert count > 4_000


@pytest.mark.shared
def test_the_quick_table_has_every_figure(shared: Path) -> None:
    rows = measure(shared, quick=True)
    assert {row.figure for row in rows} == set(BEAT)
    assert all(0.2 < row.ours < 1 for row in rows)
