"""The ledger on annotated agreements: is each commitment found, and who, how, by when and on what condition?

A found commitment and a gold one are compared by the tokens that they stand on, deadline and conditions included, so
that it
does not matter on which side of the border a deadline in front of the subject was put. They match from an F1 of 0.8,
one to
one, the best pairs first. What lies in a sentence where careful readers may differ counts neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.agreements import FOLDER, GoldAgreement, GoldCommitment, load
from evals.table import Row, f1_of
from pledgewatch.errors import InputError
from pledgewatch.ledger import draw_ledger
from pledgewatch.model.agreement import Agreement, Commitment
from pledgewatch.model.document import Document
from pledgewatch.model.span import Span
from pledgewatch.text.folding import fold_name

SETS = ("agreements dev",)
MORE = ("agreements opened", "agreements blind")
WHO = "the issue"
MATCHES_FROM = 0.8
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(frozen=True, slots=True)
class Pairing:
    """One agreement's gold, its ledger, and which found commitment matches which gold one (by place in the lists)."""

    gold: GoldAgreement
    found: tuple[Commitment, ...]
    pairs: tuple[tuple[int, int], ...]
    neither: frozenset[int]
    agreement: Agreement | None

    def of_gold(self) -> dict[int, Commitment]:
        """Gold place to the found commitment."""
        return {gold: self.found[found] for gold, found in self.pairs}

    def gold_of(self) -> dict[str, int]:
        """Found id to gold place."""
        return {self.found[found].id: gold for gold, found in self.pairs}


def measure(shared: Path, quick: bool) -> list[Row]:
    """Figures on the dev agreements; on the blind ones too when not quick."""
    rows = measure_folder(SETS[0], [pair_up(one) for one in load(FOLDER / "dev", shared)])
    if not quick:
        rows += measure_folder(MORE[0], [pair_up(one) for one in load(FOLDER / "opened", shared)])
        rows += measure_folder(MORE[1], [pair_up(one) for one in load(FOLDER / "blind", shared)])
    return rows


def draw(gold: GoldAgreement) -> Agreement | None:
    """The ledger of an annotated agreement's text; ``None`` where it is refused.

    A statement without a date of its own gets the day of the annotation, which a reader takes from the page around it.
    """
    document = Document(
        f"d_{gold.name}", f"{gold.name}.md", "0" * 64, "text/markdown", gold.text, published=_published(gold)
    )
    try:
        return draw_ledger(document)
    except InputError:
        return None


def _published(gold: GoldAgreement) -> str | None:
    return gold.signed if gold.name.startswith("syria") else None


def pair_up(gold: GoldAgreement) -> Pairing:
    """Draws the ledger and pairs it with the gold."""
    agreement = draw(gold)
    found = agreement.commitments if agreement else ()
    tokens = [match.span() for match in _TOKEN.finditer(gold.text)]
    gold_sets = [_tokens_of(tokens, _parts(one)) for one in gold.commitments]
    found_sets = [_tokens_of(tokens, _parts(one)) for one in found]
    scores = sorted(
        ((-_overlap(left, right), i, j) for i, left in enumerate(gold_sets) for j, right in enumerate(found_sets)),
    )
    pairs: dict[int, int] = {}
    for score, i, j in scores:
        if -score >= MATCHES_FROM and i not in pairs and j not in pairs.values():
            pairs[i] = j
    either = _tokens_of(tokens, gold.either)
    neither = frozenset(
        j for j, one in enumerate(found_sets) if j not in pairs.values() and one and len(one & either) * 2 >= len(one)
    )
    return Pairing(gold, found, tuple(sorted(pairs.items())), neither, agreement)


def _parts(one: GoldCommitment | Commitment) -> list[Span]:
    parts = [one.span, *(condition.span for condition in one.conditions)]
    return parts + ([one.deadline.span] if one.deadline else [])


def _tokens_of(tokens: Sequence[tuple[int, int]], spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(
        index for span in spans for index, (start, end) in enumerate(tokens) if span.start < end and start < span.end
    )


def _overlap(left: frozenset[int], right: frozenset[int]) -> float:
    return f1_of(len(left & right), len(right), len(left))[2] if left and right else 0.0


def _reach(one: GoldCommitment | Commitment) -> tuple[int, int]:
    parts = _parts(one)
    return min(part.start for part in parts), max(part.end for part in parts)


def measure_folder(name: str, pairings: Sequence[Pairing]) -> list[Row]:
    """The rows of one folder."""
    matched = [(one.gold.commitments[i], one.found[j]) for one in pairings for i, j in one.pairs]
    gold = sum(len(one.gold.commitments) for one in pairings)
    found = sum(len(one.found) - len(one.neither) for one in pairings)
    precision, recall, f1 = f1_of(len(matched), found, gold)
    strict = sum(_reach(left) == _reach(right) for left, right in matched)
    rows = [
        Row(name, "span F1", f1, gold, 0.9, WHO),
        Row(name, "span precision", precision, found),
        Row(name, "span recall", recall, gold),
        Row(name, "span F1, start and end exact", f1_of(strict, found, gold)[2], gold),
        _share(name, "modality right", [left.modality == right.modality for left, right in matched], 0.95),
        _share(name, "force right", [left.force == right.force for left, right in matched]),
        _share(name, "obligor exact", [_folded(left.obligor) == _folded(right.obligor) for left, right in matched]),
        Row(
            name,
            "act tokens F1",
            sum(_act_overlap(left, right) for left, right in matched) / max(1, len(matched)),
            len(matched),
        ),
        _share(name, "deadline date right", [right for one in pairings for right in _judge_dates(one)], 0.95),
        _share(name, "condition linked", [right for one in pairings for right in _judge_links(one)], 0.8),
    ]
    rows += _measure_conditions(name, matched)
    quiet = [_is_quiet(one, span) for one in pairings for span in one.gold.not_commitments]
    rows.append(_share(name, "sentences of none left alone", quiet))
    excluded = [
        one.agreement is not None and any(span.overlaps(each.span) for each in one.agreement.exclusions)
        for one in pairings
        for span in (each.span for each in one.gold.exclusions)
    ]
    rows.append(_share(name, "exclusions found", excluded))
    rows.append(_share(name, "moved deadlines right", list(_judge_moves(pairings))))
    return rows


def _share(name: str, figure: str, right: Sequence[bool], beat: float | None = None) -> Row:
    return Row(name, figure, sum(right) / len(right) if right else 1.0, len(right), beat, WHO if beat else "")


def _folded(names: Sequence[str]) -> set[str]:
    return {fold_name(name) for name in names}


def _act_overlap(left: GoldCommitment, right: Commitment) -> float:
    ours = Counter(match.start() + right.act.start for match in _TOKEN.finditer(right.act.text))
    theirs = Counter(match.start() + left.act.start for match in _TOKEN.finditer(left.act.text))
    return f1_of((ours & theirs).total(), ours.total(), theirs.total())[2]


def _judge_dates(one: Pairing) -> Iterator[bool]:
    """Each gold date: found and right? A commitment that was not found has no date; a date where gold has none is
    wrong."""
    by_gold = one.of_gold()
    for place, gold in enumerate(one.gold.commitments):
        found = by_gold.get(place)
        date = found.deadline.date if found and found.deadline else None
        if gold.deadline and gold.deadline.date:
            yield date == gold.deadline.date
        elif date:
            yield False


def _judge_links(one: Pairing) -> Iterator[bool]:
    """Each gold link: the same commitments, all of them? A link where gold has none is wrong."""
    by_gold, by_id = one.of_gold(), one.gold_of()
    for place, gold in enumerate(one.gold.commitments):
        found = by_gold.get(place)
        on = {by_id.get(condition.on) for condition in (found.conditions if found else ()) if condition.on}
        wanted = {target for condition in gold.conditions for target in condition.on}
        if wanted or on:
            yield on == wanted


def _measure_conditions(name: str, matched: Sequence[tuple[GoldCommitment, Commitment]]) -> list[Row]:
    right, gold, found = 0, 0, 0
    for left, other in matched:
        spans = list(dict.fromkeys(condition.span for condition in other.conditions))
        gold += len(left.conditions)
        found += len(spans)
        right += sum(
            any(
                _overlap(frozenset(range(*_ends(condition.span))), frozenset(range(*_ends(span)))) >= MATCHES_FROM
                for span in spans
            )
            for condition in left.conditions
        )
    return [Row(name, "conditions found F1", f1_of(right, found, gold)[2], gold)]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _is_quiet(one: Pairing, span: Span) -> bool:
    """Whether no commitment was found in a sentence that holds none (one that reaches over most of it counts)."""
    return not any(
        min(found.act.end, span.end) - max(found.act.start, span.start) > 0.3 * len(found.act.text)
        for found in one.found
    )


def _judge_moves(pairings: Sequence[Pairing]) -> Iterator[bool]:
    from pledgewatch.ledger import apply_amendment

    by_name = {one.gold.name: one for one in pairings}
    for one in pairings:
        if one.gold.amends is None:
            continue
        earlier = by_name[one.gold.amends]
        if one.agreement is None or earlier.agreement is None:
            yield from (False for _ in one.gold.moves)
            continue
        moved = apply_amendment(earlier.agreement, one.agreement)
        for move in one.gold.moves:
            places = [i for i, gold in enumerate(earlier.gold.commitments) if gold.clause == move.clause]
            ids = {earlier.found[j].id for i, j in earlier.pairs if i in places}
            yield any(
                each.id in ids and each.deadline and each.deadline.date == move.to and each.deadline.history
                for each in moved.commitments
            )


def list_misses(one: Pairing) -> Iterator[str]:
    """What went wrong in one agreement, a line each: for reading dev, never blind."""
    by_gold = one.of_gold()
    for place, gold in enumerate(one.gold.commitments):
        if place not in by_gold:
            yield f"MISSED {' '.join(gold.span.text.split())}"
    matched = {j for _, j in one.pairs}
    for j, found in enumerate(one.found):
        if j not in matched and j not in one.neither:
            yield f"FALSE  [{found.id}] {' '.join(found.span.text.split())}"
    for place, found in sorted(by_gold.items()):
        gold = one.gold.commitments[place]
        yield from _list_fields(gold, found, one)


def _list_fields(gold: GoldCommitment, found: Commitment, one: Pairing) -> Iterator[str]:
    where = f"[{found.id}]"
    if gold.modality != found.modality or gold.force != found.force:
        yield f"MODE   {where} {found.modality}/{found.force}, not {gold.modality}/{gold.force}: {found.span.text!r}"
    if _folded(gold.obligor) != _folded(found.obligor):
        yield f"WHO    {where} {found.obligor}, not {gold.obligor}"
    date = found.deadline.date if found.deadline else None
    wanted = gold.deadline.date if gold.deadline else None
    if date != wanted:
        words = found.deadline.span.text if found.deadline else None
        yield f"DATE   {where} {date} ({words!r}), not {wanted} ({gold.deadline and gold.deadline.span.text!r})"
    by_id = one.gold_of()
    on = {by_id.get(each.on) for each in found.conditions if each.on}
    target = {each for condition in gold.conditions for each in condition.on}
    if on != target:
        yield f"LINK   {where} {[each.on for each in found.conditions]}, not {sorted(target)}: {gold.conditions}"
    ours, theirs = {each.span.text for each in found.conditions}, {each.span.text for each in gold.conditions}
    if ours != theirs:
        yield f"cond   {where} {sorted(ours)}, not {sorted(theirs)}"
    if _act_overlap(gold, found) < 0.9:
        yield f"act    {where} {found.act.text!r}, not {gold.act.text!r}"
    if _reach(gold) != _reach(found):
        yield f"reach  {where} {found.span.text!r}, not {gold.span.text!r}"


if __name__ == "__main__":
    import os

    for agreement in load(FOLDER / "dev", Path(os.environ.get("PLEDGEWATCH_SHARED", "../shared"))):
        pairing = pair_up(agreement)
        print(f"== {agreement.name}: {len(pairing.pairs)} of {len(agreement.commitments)}, found {len(pairing.found)}")
        for line in list_misses(pairing):
            print(f"  {line}")
