"""The evaluation of places counts what it says, and its sentences are sound."""

from __future__ import annotations

from evals.places import Marked, read_sentences, wrong_answers
from pledgewatch.resolve.places import load_gazetteer


def test_there_are_enough_mentions_and_non_places() -> None:
    gold = [place_id for sentence in read_sentences() for _, _, place_id, _ in sentence.gold]
    assert len(gold) >= 150
    assert gold.count("none") >= 45


def test_every_gold_place_is_in_the_gazetteer() -> None:
    known = {entry.place.id: entry.place.precision for entry in load_gazetteer().entries}
    for sentence in read_sentences():
        for start, end, place_id, precision in sentence.gold:
            assert place_id == "none" or known.get(place_id) == precision, sentence.text[start:end]


def test_a_wrong_place_a_missed_one_and_a_false_one_count() -> None:
    text = "They left Helmand for Doha."
    assert wrong_answers(Marked("x", (), text, ((10, 17, "AF-HEL", "province"), (22, 26, "gn290030", "town"))))[:3] == (
        2,
        2,
        0,
    )
    assert wrong_answers(Marked("x", (), text, ((10, 17, "AF-HER", "province"), (22, 26, "none", ""))))[:3] == (0, 1, 1)
    assert wrong_answers(Marked("x", (), "Nobody came.", ((0, 6, "AF-HER", "province"),)))[:3] == (0, 1, 0)
