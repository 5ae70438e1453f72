"""What is weighed: attributed statements, and the narrator's own assertions where nobody is quoted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import Basis, Hedge, Stance, Statement
from pledgewatch.weigh.documentindex import DocumentIndex, Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement with the places that decide what it bears on.

    Attributes:
        statement: statement id; the narrator's own assertion has one made from its place.
        content: places of what is said.
        sentence: place of the whole sentence or sentences around it.
        context: place of the paragraph around those and the sentence before.
        speaker: place of the words for the speaker; ``None`` for the narrator.
        narrator: whether nobody but the document itself says so.
    """

    statement: str
    content: tuple[Place, ...]
    sentence: Place
    context: Place
    speaker: Place | None
    speaker_mention: str | None
    stance: Stance
    hedge: Hedge
    factuality: float
    basis: Basis
    narrator: bool = False


def find_passages(index: DocumentIndex) -> tuple[Passage, ...]:
    """The passages of a document in text order: its statements, and sentences in which nobody is quoted."""
    passages = [_from_statement(index, statement) for statement in index.reading.statements if statement.content]
    passages += _narrated(index)
    return tuple(sorted(passages, key=lambda passage: (passage.content[0], passage.statement)))


def _from_statement(index: DocumentIndex, statement: Statement) -> Passage:
    content = tuple((span.start, span.end) for span in statement.content)
    sentence = index.sentence_of((content[0][0], content[-1][1]))
    speaker = (statement.speaker.start, statement.speaker.end) if statement.speaker else None
    return Passage(
        statement=statement.id,
        content=content,
        sentence=sentence,
        context=index.context_of(sentence),
        speaker=speaker,
        speaker_mention=statement.speaker_mention,
        stance=statement.stance,
        hedge=statement.hedge,
        factuality=statement.factuality,
        basis=statement.basis,
    )


def _narrated(index: DocumentIndex) -> Iterator[Passage]:
    # Where no speaker is named ("the convoys that were announced"), nobody is quoted: the sentence is the narrator's.
    taken = sorted(
        (span.start, span.end)
        for statement in index.reading.statements
        if statement.speaker is not None
        for span in (statement.speaker, statement.cue, *statement.content)
        if span is not None
    )
    starts = [start for start, _ in taken]
    furthest = [0, *accumulate((end for _, end in taken), max)]
    for start, end in index.reading.sentences:
        if furthest[bisect_left(starts, end)] > start:
            continue
        place = (start, end)
        yield Passage(
            statement=make_id("s", "narrator", index.document.id, start, end),
            content=(place,),
            sentence=place,
            context=index.context_of(place),
            speaker=None,
            speaker_mention=None,
            stance="asserts",
            hedge="none",
            factuality=3.0,
            basis="unstated",
            narrator=True,
        )
