"""The scoring of names, on cases made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.entities import RE3D_TYPES, UNER_TYPES, _row, entities_of, measure, parse_iob
from pledgewatch.model.case import ReadPolicy
from pledgewatch.read import read_document
from tests.read.documents import make_document


def iob(*rows: str, text: str) -> set[tuple[int, int, str]]:
    lines = ["# newdoc id = d", f"# text = {text}"]
    lines += [f"{number}\t{row.split()[0]}\t{row.split()[1]}\t-\t-" for number, row in enumerate(rows, 1)]
    ((_, _, entities),) = parse_iob(lines)
    return entities


def test_two_names_side_by_side_stay_two() -> None:
    assert iob("Varna B-LOC", "Vess B-PER", "left O", text="Varna Vess left") == {(0, 5, "LOC"), (6, 10, "PER")}


def test_a_name_over_words_without_space_is_one_span() -> None:
    assert iob("Anna B-PER", "-- I-PER", "Vess I-PER", text="Anna--Vess") == {(0, 10, "PER")}


def test_other_types_are_outside() -> None:
    assert iob("Varna B-OTH", "Day I-OTH", "in O", "Sarn B-LOC", text="Varna Day in Sarn") == {(13, 17, "LOC")}
    assert iob("Varna B-O", "Sarn B-LOC", text="Varna Sarn") == {(6, 10, "LOC")}


def test_the_same_word_twice_is_found_at_each_place() -> None:
    assert iob("Vess B-PER", "met O", "Vess B-PER", text="Vess met Vess") == {(0, 4, "PER"), (9, 13, "PER")}


def test_a_token_that_is_not_in_the_text_loses_only_itself() -> None:
    assert iob("ca O", "n't O", "see O", "Vess B-PER", text="cannot see Vess") == {(11, 15, "PER")}


def test_sentences_of_two_documents_keep_their_document() -> None:
    lines = ["# newdoc id = a", "# text = A", "1\tA\tB-PER", "", "# newdoc id = b", "# text = B", "1\tB\tB-LOC", ""]
    assert [name for name, _, _ in parse_iob(lines)] == ["a", "b"]


def test_scores_are_exact_in_place_and_type() -> None:
    gold = {(0, 4, "PER"), (5, 9, "LOC"), (10, 14, "ORG")}
    ours = {(0, 4, "PER"), (5, 9, "ORG"), (10, 13, "ORG")}
    row = _row("set", "f", [(ours, gold)], None)
    assert (row.ours, row.n) == (pytest.approx(1 / 3), 3)
    assert _row("set", "f", [(ours, gold)], "PER").ours == 1.0
    assert _row("set", "f", [(ours, gold)], "LOC").ours == 0.0


def test_scores_are_averaged_over_names_and_not_over_documents() -> None:
    one = (0, 4, "PER")
    row = _row("set", "f", [({one}, {one}), (set(), {(5, 9, "PER"), (10, 14, "PER")})], None)
    assert row.ours == pytest.approx(0.5)


def test_our_types_are_read_as_those_of_the_set() -> None:
    reading = read_document(make_document("Anna Vess met the Varna Front in Kenya about Kenyan camps."), ReadPolicy())
    assert {kind for _, _, kind in entities_of(reading, UNER_TYPES)} == {"PER", "ORG", "LOC"}
    assert {kind for _, _, kind in entities_of(reading, RE3D_TYPES)} == {"Person", "Organisation", "Location"}


@pytest.mark.shared
def test_the_quick_table_has_both_sets(shared: Path) -> None:
    rows = measure(shared, quick=True)
    assert {row.set for row in rows} == {"uner ewt dev", "re3d"}
    assert all(row.n > 20 for row in rows)
