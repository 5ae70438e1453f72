"""The plain-text cases, on the built-in reader. Those it is known to fail on say so, and tell when that is over."""

from __future__ import annotations

import pytest

from pledgewatch.model.case import ReadPolicy
from pledgewatch.read import read_document
from tests.read.cases import FOLDER, Case, load_cases, parse_cases
from tests.read.documents import make_document

CASES = [case for path in sorted(FOLDER.glob("*.case")) for case in load_cases(path)]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=case.title, marks=pytest.mark.xfail(reason=case.weakness, strict=True) if case.weakness else ()
        )
        for case in CASES
    ],
)
def test_the_reader_finds_exactly_the_statements_of_the_case(case: Case) -> None:
    reading = read_document(make_document(case.text), ReadPolicy())
    found = [
        (
            statement.speaker.text if statement.speaker else None,
            statement.cue.text if statement.cue else None,
            tuple(span.text for span in statement.content),
            statement.form,
            statement.stance,
        )
        for statement in reading.statements
    ]
    assert found == [(said.speaker, said.cue, said.content, said.form, said.stance) for said in case.says]
    for said, statement in zip(case.says, reading.statements, strict=True):
        if said.named_checked:
            mention = reading.mention(statement.speaker_mention)
            full = reading.mention(mention.head) if mention and mention.head else mention
            assert (full.span.text if full else None) == said.named


def test_a_case_that_quotes_words_not_in_its_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the text"):
        parse_cases("== broken\n    One said no.\nsays: Two | said | no | indirect asserts\n", "x.case")


def test_there_are_cases() -> None:
    assert len(CASES) > 20
