"""The rules of bearing on real sentences from everywhere: UN prose, war histories, news; labelled twice (kappa .98).

Each row stands alone, without its document, and names its actors as an agreement would, not as the sentence does: so it
is harder than a case, whose pages name their own people. It shows how much a fixed list of words leaves out.
"""

from __future__ import annotations

from pathlib import Path

from evals.bearing import judge_by_rules, name_answer
from pledgewatch.ledger.indicators import act_sides, act_table
from pledgewatch.model.agreement import Agreement, Commitment, Indicator, Party
from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.document import Document
from pledgewatch.model.origin import Trace
from pledgewatch.model.span import Span
from pledgewatch.read import read_document
from pledgewatch.resolve import Known, load_registry, resolve_mentions
from pledgewatch.weigh.as_of import Holdings
from pledgewatch.weigh.weighing import prepare_case
from training.bearing import HELD_BATCH
from training.real import NOBODY, RealPair, read_real

TABLE = Path(__file__).parents[2] / "training/pairs/real.tsv"


def judge_elsewhere(shared: Path) -> list[tuple[str, str]]:
    """The label, and what the rules answer, for every pair of the batch that nothing was trained on."""
    pairs = [pair for pair in read_real(shared, TABLE) if pair.batch == HELD_BATCH and pair.label == pair.second]
    known = Known(load_registry())
    read = {
        pair.place: Document(f"d_{number}", pair.place, "", "text/plain", pair.sentence, published="2022-01-01")
        for number, pair in enumerate(pairs)
    }
    readings = {place: read_document(document, ReadPolicy()) for place, document in read.items()}
    return [(pair.label, _answer(pair, read[pair.place], readings, known)) for pair in pairs]


def _answer(pair: RealPair, document: Document, readings: dict[str, object], known: Known) -> str:
    reading = readings[pair.place]
    parties = tuple(Party(name) for name in dict.fromkeys((pair.who, pair.whom)) if name not in NOBODY)
    agreement = Agreement("d_agreement", "Agreement", None, parties)
    of_one = {document.id: reading}
    resolution = resolve_mentions([document], of_one, agreement, (), known)  # type: ignore[arg-type]
    held = Holdings("2027-01-01", (document,), Trace(), resolution, ())
    case, _ = prepare_case(agreement, of_one, held)  # type: ignore[arg-type]
    span = Span(0, 1, "x")
    whom = tuple(one.name for one in parties[1:])
    commitment = Commitment("c", "1", span, (pair.who,), whom, "must", span, indicators=make_sides(pair))
    return name_answer(judge_by_rules(case, case.indexes[0], case.passages[0], commitment, "kept"))


def make_sides(pair: RealPair) -> tuple[Indicator, Indicator]:
    """The indicator of a pair as one of keeping, and the contrary as one of breaking."""
    table = act_table()
    own, other = act_sides()[pair.kind] if pair.side == "done" else reversed(act_sides()[pair.kind])
    entries = {one["class"]: one for one in table["classes"]} | {"agreement": table["whole_agreement"]}
    kind, whom = entries[pair.kind]["objects"], [] if pair.whom in NOBODY else [pair.whom]
    groups = table["general_groups"] if kind == "group" else []
    objects = kind if isinstance(kind, list) else [] if kind in ("none", None) else [*whom, *groups]
    return (
        Indicator("i", "c", pair.indicator, "kept", own["telling"], tuple(own["acts"]), (pair.who,), tuple(objects)),
        Indicator(
            "j", "c", other["text"], "broken", other["telling"], tuple(other["acts"]), (pair.who,), tuple(objects)
        ),
    )
