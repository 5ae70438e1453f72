"""The ledger on plain-text agreements (``tests/cases/ledger/*.case``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pledgewatch.ledger import draw_ledger
from pledgewatch.model.agreement import Commitment
from pledgewatch.model.document import Document

CASES = sorted((Path(__file__).parents[1] / "cases" / "ledger").glob("*.case"))


@dataclass(frozen=True)
class LedgerCase:
    """An agreement's text, the rows that its ledger must have, and the words of some acts."""

    text: str
    rows: tuple[str, ...]
    acts: tuple[tuple[str, str], ...]


def load_case(raw: str, name: str) -> LedgerCase:
    """Reads a case; refuses one whose quoted act is not in its text."""
    sections = raw.split("\n--- ")[1:]
    text, rows, acts = "", (), []
    for section in sections:
        head, _, body = section.partition("\n")
        if head == "text":
            text = body.strip() + "\n"
        elif head == "expect":
            rows = tuple(line.strip() for line in body.strip().split("\n"))
        else:
            act = body.strip()
            if act not in text:
                raise ValueError(f"{name}: the act {act!r} is not in the text")
            acts.append((head.removeprefix("act ").strip(), act))
    return LedgerCase(text, tuple(rows), tuple(acts))


def make_document(text: str) -> Document:
    return Document("d_agreement", "agreement.md", "0" * 64, "text/markdown", text)


def row_of(commitment: Commitment) -> str:
    deadline = commitment.deadline
    cells = (
        commitment.id,
        commitment.modality,
        ", ".join(commitment.obligor),
        (deadline.date if deadline else None) or "-",
        (deadline.relative_to if deadline else None) or "-",
        " ".join(condition.on or "?" for condition in commitment.conditions) or "-",
    )
    return " | ".join(cells)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_ledger_of_case_has_the_expected_rows(path: Path) -> None:
    case = load_case(path.read_text("utf-8"), path.name)
    agreement = draw_ledger(make_document(case.text))
    assert [row_of(commitment) for commitment in agreement.commitments] == list(case.rows)
    acts = {commitment.id: commitment.act.text for commitment in agreement.commitments}
    for key, act in case.acts:
        assert acts[key] == act


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_markdown_headings_change_no_commitment(path: Path) -> None:
    case = load_case(path.read_text("utf-8"), path.name)
    marked = "\n".join(f"## {line}" if line.startswith("Part ") else line for line in case.text.split("\n"))
    assert [row_of(one) for one in draw_ledger(make_document(marked)).commitments] == list(case.rows)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_span_holds_in_the_text(path: Path) -> None:
    text = load_case(path.read_text("utf-8"), path.name).text
    agreement = draw_ledger(make_document(text))
    for commitment in agreement.commitments:
        spans = [commitment.span, commitment.act, *(condition.span for condition in commitment.conditions)]
        spans += [commitment.deadline.span] if commitment.deadline else []
        assert all(span.holds_in(text) for span in spans)
        assert commitment.span.text


def test_loader_refuses_an_act_that_is_not_in_the_text() -> None:
    with pytest.raises(ValueError, match="not in the text"):
        load_case("\n--- text\n1. The Front shall go.\n--- expect\n--- act c_1\nstay", "x.case")
