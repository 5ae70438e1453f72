"""Whatever text comes in: a ledger whose every span holds, or an input error; ids that no other clause moves."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.errors import InputError
from pledgewatch.ledger import build_graph, draw_ledger, propose_indicators, recompute_deadlines
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.document import Document
from pledgewatch.model.span import Span

PIECES = (
    "Article 1.", "1.", "(a)", "- ", "\n", "\n\n", "\r\n", "PART IITHE FRONT", "The Front", "Ostrava",
    "both Parties", "shall", "shall not", "may", "undertakes to", "agrees not to", "will be released",
    "within 30 days of signing", "by 1 May 2031", "thereafter", "before the end of the year", "if",
    "once the road is open", "provided that", "and", "that", "to", ":", ";", ".", ",", "Demands that",
    "Decides to", "the words \"by 1 May\" are replaced by the words \"by 2 May\"", "no", "Neither", "withdraw",
    "3O Novem-\nber 2O31", "on the 31st day of February", "D+30", "in return", "it", "who", "“", "”", "(", ")",
    "Protocol amending", "signed", "between", "one thousand", "hundred", "Step 2 (by 1 March):", "§",
    "*Requests*", "every six months thereafter",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
HEAD = "Signed in Lume, 3 March 2031, by the Varna Front and the Republic of Ostrava.\n\n"


def spans_of(agreement: Agreement) -> list[Span]:
    spans = [one.span for one in (*agreement.provisions, *agreement.exclusions, *agreement.amendments)]
    for one in agreement.commitments:
        spans += [one.span, one.act, *(condition.span for condition in one.conditions)]
        spans += [one.deadline.span] if one.deadline else []
    return spans


def draw(text: str) -> Agreement:
    return draw_ledger(Document("d_x", "x.md", "0" * 64, "text/markdown", text))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_a_ledger_whose_spans_hold_or_an_input_error(text: str) -> None:
    try:
        agreement = draw(text)
    except InputError:
        return
    assert all(span.holds_in(text) for span in spans_of(agreement))
    ids = [one.id for one in agreement.commitments]
    assert len(ids) == len(set(ids))
    assert all(one.on is None or one.on in ids for each in agreement.commitments for one in each.conditions)
    assert recompute_deadlines(agreement, {}) == agreement
    assert set(build_graph(agreement).order) == set(ids)
    assert all(one.acts for one in propose_indicators(agreement, text))


CLAUSES = (
    "The Front shall open road {n} by 1 May 2031.",
    "Ostrava shall not fell trees in wood {n}.",
    "The Front may keep post {n}.",
    "Ostrava shall pay {n}0 crowns within {n} days of signing.",
)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(1, 9)))
def test_ids_and_dates_do_not_hang_on_the_order_of_the_clauses(order: list[int]) -> None:
    lines = {n: f"{n}. {CLAUSES[n % 4].format(n=n)}" for n in range(1, 9)}

    def facts(numbers: list[int]) -> dict[str, tuple[str, str, str | None]]:
        drawn = draw(HEAD + "\n".join(lines[n] for n in numbers) + "\n")
        return {
            one.id: (one.act.text, one.modality, one.deadline.date if one.deadline else None)
            for one in drawn.commitments
        }

    assert facts(list(order)) == facts(sorted(order))
