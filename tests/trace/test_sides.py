"""Two tellings side by side: all sentences with content words are there, in their words, each once."""

from __future__ import annotations

import itertools

import pytest

from pledgewatch.model.document import Document
from pledgewatch.trace import lay_side_by_side
from tests.trace.case_files import Family, load_families


@pytest.mark.parametrize("family", load_families(), ids=lambda family: family.name)
def test_every_sentence_stands_once_and_in_its_words(family: Family) -> None:
    for copy, of in itertools.permutations(family.documents, 2):
        rows = lay_side_by_side(copy, of, {})
        for document, spans in (
            (copy, [row.ours for row in rows if row.ours]),
            (of, [row.theirs for row in rows if row.theirs]),
        ):
            assert all(span.holds_in(document.text) for span in spans)
            assert len({span.start for span in spans}) == len(spans)
            letters = sum(character.isalnum() for character in document.text)
            told = sum(character.isalnum() for span in spans for character in span.text)
            assert told >= 0.9 * letters
        assert [row.ours.start for row in rows if row.ours] == sorted(row.ours.start for row in rows if row.ours)
        for row in rows:
            for mine, theirs in row.changed:
                assert mine or theirs
                assert mine is None or mine.holds_in(copy.text)
                assert theirs is None or theirs.holds_in(of.text)


def test_a_text_beside_itself_has_nothing_changed() -> None:
    text = "The fort at Brode is empty. Nobody is left there, said the mayor of Kolm. Two lorries went home."
    document = Document("d_one", "one", "", "text/plain", text)
    rows = lay_side_by_side(document, document, {})
    assert [(row.ours, row.changed) for row in rows] == [(row.theirs, ()) for row in rows]
    assert len(rows) == 3


def test_texts_without_words_have_no_rows() -> None:
    empty = Document("d_one", "one", "", "text/plain", "—\n")
    assert lay_side_by_side(empty, empty, {}) == ()
