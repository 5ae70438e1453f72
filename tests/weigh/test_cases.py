"""Which passages bear, and in which direction (``tests/cases/weigh/*.case``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pledgewatch.model.reading import Stance
from tests.weigh.casework import Said, finding, tell, weigh

CASES = Path(__file__).parents[1] / "cases" / "weigh"


@dataclass(frozen=True)
class BearingCase:
    """A text, what is said in it, and the expected bearing: ``indicator direction`` or ``nothing``."""

    name: str
    text: str
    said: tuple[Said, ...]
    expected: tuple[str, ...]


def load_cases(raw: str) -> list[BearingCase]:
    """Reads cases of ``name``, ``text``, ``said: speaker | stance | words``, ``bears``; refuses foreign words."""
    cases = []
    for block in raw.split("\n\n"):
        fields = [line.split(": ", 1) for line in block.strip().split("\n") if line and not line.startswith("#")]
        if not fields:
            continue
        values = {key: value for key, value in fields if key != "said"}
        said = []
        for key, value in fields:
            if key == "said":
                speaker, stance, words = (part.strip() for part in value.split("|"))
                if words not in values["text"] or speaker not in values["text"]:
                    raise ValueError(f"{values['name']}: {words!r} is not in the text")
                known: Stance = stance  # type: ignore[assignment]
                said.append(Said(speaker, words, known))
        expected = tuple(sorted(one.strip() for one in values["bears"].split(",")))
        cases.append(BearingCase(values["name"], values["text"], tuple(said), expected))
    return cases


ALL = [case for path in sorted(CASES.glob("*.case")) for case in load_cases(path.read_text("utf-8"))]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_passage_bears_as_the_case_says(case: BearingCase) -> None:
    result = finding(weigh(tell(case.text, *case.said)))
    found = tuple(
        sorted(f"{one.indicator} {one.direction}" for one in (*result.evidence_for, *result.evidence_against))
    )
    assert found == (() if case.expected == ("nothing",) else case.expected)
    assert all(one.why for one in (*result.evidence_for, *result.evidence_against))


def test_loader_refuses_words_that_are_not_in_the_text() -> None:
    with pytest.raises(ValueError, match="not in the text"):
        load_cases("name: x\ntext: She said no.\nsaid: She | asserts | yes\nbears: nothing")
