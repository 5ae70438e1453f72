"""``python -m bench weigh``: twenty commitments against a hundred thousand statements, and one document more.

The agreement and the stories are fiction made here, seeded: 4,000 documents of 25 statements, one in five of which uses
the words of some indicator about one of the parties. They are given as read (the reader is measured by itself). "One
document more" is weighed with the rest remembered in the process, as ``--timeline`` does it; the command ``weigh``
gathers anew. The peer is spaCy's PhraseMatcher, which only finds the indicators' words in the same text, and judges
nothing: there is no other tool that weighs.
"""

from __future__ import annotations

import random
import resource
import time
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from pledgewatch.ledger import attach_indicators, draw_ledger, propose_indicators
from pledgewatch.model.actor import Resolution
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import Document, Source
from pledgewatch.model.origin import Origin, Trace
from pledgewatch.model.reading import Reading, Statement
from pledgewatch.model.span import Span
from pledgewatch.weigh import Holdings, weigh_case
from pledgewatch.weigh.memory import EvidenceMemory
from pledgewatch.weigh.weighing import judge_all

DOCUMENTS, EACH = 4_000, 25
DAY = "2032-06-30"
AGREEMENT = """# Agreement between the Republic of Ostrava and the Varna Front

Signed at Lume on 3 March 2031.

1. The Varna Front will not host or train the Black Heron.
2. The Varna Front will prevent the Black Heron from recruiting and raising funds.
3. The Varna Front will break with the Black Heron.
4. The Varna Front will release all prisoners within 60 days.
5. The Varna Front will withdraw its forces from the coast by 1 October 2031.
6. The Varna Front will close its bases in the hills by 1 December 2031.
7. The Varna Front will not attack the Republic of Ostrava.
8. The Varna Front will observe the ceasefire.
9. The Varna Front will let aid convoys through.
10. The Varna Front will admit the monitoring mission.
11. The Republic of Ostrava will withdraw its forces from the valley by 1 September 2031.
12. The Republic of Ostrava will release all prisoners within 90 days.
13. The Republic of Ostrava will lift the sanctions by 31 December 2031.
14. The Republic of Ostrava will not attack the Varna Front.
15. The Republic of Ostrava will observe the ceasefire.
16. The Republic of Ostrava will let aid convoys through.
17. The Republic of Ostrava will start talks with the Varna Front by 1 June 2031.
18. The Republic of Ostrava will not interfere in the affairs of the hill districts.
19. The Republic of Ostrava will hand over the coast bases by 1 November 2031.
20. The Republic of Ostrava will ask the League to endorse this agreement.
"""
SPEAKERS = (
    "Ilo Karsan",
    "Dace Omer",
    "Rena Tovic",
    "the mission",
    "a spokesman",
    "Ana Petrov",
    "residents",
    "the ministry",
)
ACTORS = ("the Varna Front", "the Republic of Ostrava", "the Front", "Ostrava")
BEARING = (
    "{who} still shelters fighters of the Black Heron near {place}",
    "{who} has released {number} prisoners in {place}",
    "{who} attacked the posts of {whom} near {place}",
    "{who} withdrew its forces from {place}",
    "{who} has not closed its bases at {place}",
    "{who} blocked a convoy with aid at {place}",
    "{who} violated the ceasefire near {place}",
    "{who} began the talks with {whom} in {place}",
)
OTHER = (
    "the harvest around {place} was poor and {number} families had moved to the coast",
    "{who} opened a school for {number} children in {place}",
    "the road to {place} stayed closed after the rains for {number} days",
    "prices in {place} rose by {number} per cent since the autumn, traders complained",
    "{who} wants a new bridge at {place} before the winter",
)
PLACES = tuple(
    f"{first}{last}" for first in ("Os", "Lum", "Sel", "Dor", "Mar") for last in ("ka", "meth", "vand", "tin")
)


def write_case(count: int, start: int = 0) -> tuple[list[Document], dict[str, Reading]]:
    """So many documents and their readings; the same numbers give the same ones."""
    documents, readings = [], {}
    for number in range(start, start + count):
        chance = random.Random(number)
        text = ""
        statements: list[Statement] = []
        sentences: list[tuple[int, int]] = []
        for _ in range(EACH):
            who, whom = chance.sample(ACTORS, 2)
            said = chance.choice(BEARING if chance.random() < 0.2 else OTHER).format(
                who=who, whom=whom, place=chance.choice(PLACES), number=chance.randint(12, 900)
            )
            speaker = chance.choice(SPEAKERS)
            begin = len(text)
            text += f"{speaker.capitalize()} said that {said}."
            at = text.index(said, begin)
            statements.append(
                Statement(
                    id=f"s_{number}_{len(statements)}",
                    speaker=Span.cut(text, begin, begin + len(speaker)),
                    speaker_mention=None,
                    cue=None,
                    content=(Span.cut(text, at, at + len(said)),),
                    form="indirect",
                    stance="asserts",
                    factuality=3.0,
                )
            )
            sentences.append((begin, len(text)))
            text += " " if chance.random() < 0.75 else "\n\n"
        day = f"{2031 + number % 2}-{number % 12 + 1:02d}-{number % 27 + 1:02d}"
        document = Document(
            f"d_{number:06d}", f"{number}.txt", "0" * 64, "text/plain", text, published=day, source=f"p{number % 40}"
        )
        documents.append(document)
        readings[document.id] = Reading(document.id, "made 1", tuple(sentences), statements=tuple(statements))
    return documents, readings


def make_agreement() -> Agreement:
    """The agreement of twenty clauses with the indicators that the ledger proposes."""
    sheet = Document("d_agreement", "agreement.md", "0" * 64, "text/markdown", AGREEMENT)
    agreement = draw_ledger(sheet)
    return attach_indicators(agreement, propose_indicators(agreement, AGREEMENT))


def hold(documents: list[Document]) -> Holdings:
    """All documents on the day, each its own origin."""
    sources = tuple(Source(f"p{number}", f"Paper {number}", "C", kind="newspaper") for number in range(40))
    origins = tuple(Origin(f"o_{one.id}", (one.id,), one.id) for one in documents)
    return Holdings(DAY, tuple(documents), Trace(origins), Resolution(), sources)


def measure_weighing(count: int = DOCUMENTS) -> dict[str, float]:
    """Seconds to weigh everything, and to weigh again with one document more, remembering the rest."""
    agreement = make_agreement()
    documents, readings = write_case(count)
    held = hold(documents)
    started = time.process_time()
    assessment = weigh_case(
        agreement, documents, readings, held.trace, held.resolution, held.sources, DAY, WeighPolicy()
    )
    whole = time.process_time() - started
    bears = sum(len(one.evidence_for) + len(one.evidence_against) for one in assessment.findings)
    more, read_more = write_case(1, start=count)
    readings |= read_more
    memory = EvidenceMemory(agreement, readings)
    memory.gather(held)
    wider = hold([*documents, replace(more[0], published="2032-06-29")])
    started = time.process_time()
    judge_all(agreement, memory.gather(wider), DAY, WeighPolicy())
    again = time.process_time() - started
    return {
        "commitments": float(len(agreement.commitments)),
        "statements": float(count * EACH),
        "pieces of evidence": float(bears),
        "whole_s": whole,
        "one more_s": again,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure_spacy(count: int = DOCUMENTS) -> float:
    """Seconds in which spaCy's PhraseMatcher finds the indicators' words in the same texts."""
    import spacy
    from spacy.matcher import PhraseMatcher

    english = spacy.blank("en")
    matcher = PhraseMatcher(english.vocab, attr="LOWER")
    acts = {act for one in make_agreement().commitments for indicator in one.indicators for act in indicator.acts}
    matcher.add("ACT", [english.make_doc(act) for act in sorted(acts)])
    texts = [document.text for document in write_case(count)[0]]
    started = time.process_time()
    for document in english.pipe(texts):
        matcher(document)
    return time.process_time() - started


def print_weighing() -> None:
    """The figures as a table."""
    ours, peer = measure_weighing(), measure_spacy()
    table = Table("figure", "ours", "target", "spaCy PhraseMatcher, words only", title="Weighing, in processor time")
    table.add_row(
        f"{ours['commitments']:.0f} commitments, {ours['statements']:,.0f} statements, "
        f"{ours['pieces of evidence']:,.0f} pieces of evidence",
        f"{ours['whole_s']:.1f} s",
        "60 s",
        f"{peer:.1f} s (ratio {peer / ours['whole_s']:.2f})",
    )
    table.add_row("one document more", f"{ours['one more_s']:.2f} s", "1 s", "-")
    table.add_row("peak memory", f"{ours['memory_mb']:.0f} MB", "-", "-")
    Console().print(table)
