"""The founding story: is each statement there, with the right speaker and stance, and is none invented?

The gold is ours, by places only, since the text is not. A name may stand at any place: what counts is whether the name
behind the speaker, or its fullest form, holds the words at the gold place.
"""

from __future__ import annotations

import csv
from pathlib import Path

from evals.table import Row
from pledgewatch.collect import collect_file
from pledgewatch.model.case import CollectPolicy, ReadPolicy
from pledgewatch.model.reading import Reading, Statement
from pledgewatch.read import read_document

SETS = ("founding story",)
GOLD = Path(__file__).with_suffix(".tsv")
WANTED = 32 / 33


def name_of(reading: Reading, statement: Statement) -> str:
    """The words of the speaker's mention and of its fullest form; empty where nobody is named."""
    mention = reading.mention(statement.speaker_mention)
    full = reading.mention(mention.head) if mention else None
    return " ".join(found.span.text for found in (mention, full) if found)


def measure(shared: Path, quick: bool) -> list[Row]:
    """The share of statements found with speaker and stance, and the share of what was found that is in the gold."""
    del quick
    path = next((shared / "cases/doha/founding").iterdir())
    (document,) = collect_file(path.read_bytes(), path.name, CollectPolicy()).documents
    reading = read_document(document, ReadPolicy())
    right, matched = 0, set()
    with GOLD.open(encoding="utf-8", newline="") as lines:
        gold = list(csv.DictReader(lines, delimiter="\t"))
    for row in gold:
        start, end = int(row["cue_start"]), int(row["cue_end"])
        name = document.text[int(row["name_start"]) : int(row["name_end"])] if int(row["name_start"]) >= 0 else ""
        for statement in reading.statements:
            if statement.cue and statement.cue.start < end and start < statement.cue.end:
                matched.add(statement.id)
                if name in name_of(reading, statement) and statement.stance in row["stance"].split("|"):
                    right += 1
                    break
    found = len(reading.statements)
    return [
        Row("founding story", "statements with speaker and stance", right / len(gold), len(gold), WANTED, "the issue"),
        Row("founding story", "share not invented", len(matched) / found if found else 1.0, found),
    ]
