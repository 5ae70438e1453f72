"""Small hand-made cases: texts with attributed statements, as a reader would have left them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pledgewatch.model.actor import Actor, Alias, Resolution
from pledgewatch.model.agreement import Agreement, Commitment, Deadline, Indicator, Modality, Party
from pledgewatch.model.assessment import Assessment, Finding
from pledgewatch.model.case import WeighPolicy
from pledgewatch.model.document import Document, Source
from pledgewatch.model.identity import make_id
from pledgewatch.model.origin import Origin, Trace
from pledgewatch.model.reading import Estimate, Reading, Stance, Statement, TimeExpression
from pledgewatch.model.span import Span
from pledgewatch.weigh import weigh_case

HOST = Indicator(
    "i_host",
    "c_1",
    "Hosts",
    "broken",
    0.9,
    ("host", "shelter", "protection"),
    ("Varna Front",),
    ("Black Heron", "militants"),
)
TRAIN = Indicator(
    "i_train", "c_1", "Trains", "broken", 0.8, ("train", "camp"), ("Varna Front",), ("Black Heron", "militants")
)
TIES = Indicator(
    "i_ties", "c_1", "Ties", "broken", 0.8, ("ties", "fight alongside"), ("Varna Front",), ("Black Heron", "militants")
)
BREAK = Indicator(
    "i_break",
    "c_1",
    "Breaks",
    "kept",
    0.8,
    ("sever … ties", "break with", "expel"),
    ("Varna Front",),
    ("Black Heron", "militants"),
)
WORD = Indicator(
    "i_word", "c_1", "Keeps its word", "kept", 0.4, ("honor", "abide by"), ("Varna Front",), ("accord", "agreement")
)
LEAVE = Indicator(
    "i_leave", "c_2", "Withdraws", "kept", 0.9, ("withdraw",), ("Republic of Ostrava",), ("force", "troop")
)
STAY = Indicator(
    "i_stay",
    "c_2",
    "Stays",
    "broken",
    0.9,
    ("refuse to withdraw", "reinforce"),
    ("Republic of Ostrava",),
    ("force", "troop"),
)

TEXT = "1. The Front will not host the Black Heron. 2. The Republic of Ostrava will withdraw its forces by 1 June 2020."


def _commitment(
    number: str, who: str, to: str, modality: Modality, indicators: tuple[Indicator, ...], due: str | None
) -> Commitment:
    span = Span.cut(TEXT, 0, 10)
    deadline = Deadline(span, due) if due else None
    return Commitment(f"c_{number}", number, span, (who,), (to,), modality, span, deadline, (), indicators)


AGREEMENT = Agreement(
    document="d_agreement",
    title="Accord",
    date="2019-05-03",
    parties=(Party("Varna Front"), Party("Republic of Ostrava", ("Ostrava",))),
    commitments=(
        _commitment("1", "Varna Front", "Republic of Ostrava", "must not", (HOST, TRAIN, TIES, BREAK, WORD), None),
        _commitment("2", "Republic of Ostrava", "Varna Front", "must", (LEAVE, STAY), "2020-06-01"),
    ),
)
RESOLUTION = Resolution(
    actors=(
        Actor("a_front", "Varna Front", "group", (), "Varna Front"),
        Actor("a_ostrava", "Republic of Ostrava", "state", (Alias("Ostrava"),), "Republic of Ostrava"),
    )
)
SOURCES = tuple(Source(f"s_{letter}", f"Paper {letter}", letter) for letter in "ABCDEF")  # type: ignore[arg-type]


@dataclass(frozen=True)
class Said:
    """One statement of a text: who, what (words of the text), and the stance."""

    speaker: str
    words: str
    stance: Stance = "asserts"
    factuality: float = 3.0


@dataclass(frozen=True)
class Story:
    """A document and its reading."""

    document: Document
    reading: Reading


def tell(
    text: str,
    *said: Said,
    name: str = "a",
    published: str | None = "2020-01-10",
    source: str | None = "s_B",
    times: Sequence[tuple[str, str]] = (),
    estimates: Sequence[str] = (),
) -> Story:
    """A story; every quoted word must stand in its text."""
    document = Document(
        make_id("d", name), f"{name}.txt", "0" * 64, "text/plain", text, published=published, source=source
    )
    statements = []
    for one in said:
        if one.speaker not in text or one.words not in text:
            raise ValueError(f"{one} is not in the text")
        start, speaker = text.index(one.words), text.index(one.speaker)
        content = (Span.cut(text, start, start + len(one.words)),) if one.stance != "declines" else ()
        statements.append(
            Statement(
                id=make_id("s", document.id, speaker, start, one.stance),
                speaker=Span.cut(text, speaker, speaker + len(one.speaker)),
                speaker_mention=None,
                cue=None,
                content=content,
                form="indirect",
                stance=one.stance,
                factuality=one.factuality,
            )
        )
    ends = [match.end() for match in re.finditer(r"[.?!][”\"]?(?=\s|$)", text)]
    sentences, begin = [], 0
    for end in ends:
        sentences.append((begin, end))
        begin = end + 1
    reading = Reading(
        document.id,
        "hand 1",
        tuple(sentences),
        statements=tuple(statements),
        times=tuple(
            TimeExpression(
                make_id("t", words), Span.cut(text, text.index(words), text.index(words) + len(words)), "date", value
            )
            for words, value in times
        ),
        estimates=tuple(
            Estimate(
                make_id("e", words),
                Span.cut(text, text.index(words), text.index(words) + len(words)),
                200.0,
                None,
                500.0,
            )
            for words in estimates
        ),
    )
    return Story(document, reading)


@dataclass(frozen=True)
class Setting:
    """What a case is weighed with besides its stories."""

    agreement: Agreement = AGREEMENT
    as_of: str = "2020-01-31"
    policy: WeighPolicy = WeighPolicy(half_life_days=0)
    copies: tuple[tuple[str, ...], ...] = ()
    sources: tuple[Source, ...] = field(default=SOURCES)
    resolution: Resolution = RESOLUTION


def make_trace(stories: Sequence[Story], setting: Setting) -> Trace:
    """Each story an origin of its own unless the setting's ``copies`` groups their names."""
    groups = [tuple(make_id("d", name) for name in names) for names in setting.copies]
    grouped = {one for group in groups for one in group}
    groups += [(story.document.id,) for story in stories if story.document.id not in grouped]
    return Trace(tuple(Origin(make_id("o", *group), group, group[0]) for group in sorted(groups)))


def weigh(*stories: Story, setting: Setting = Setting()) -> Assessment:
    """Weighs stories; each is an origin of its own unless ``copies`` groups their names."""
    return weigh_case(
        setting.agreement,
        [story.document for story in stories],
        {story.document.id: story.reading for story in stories},
        make_trace(stories, setting),
        setting.resolution,
        setting.sources,
        setting.as_of,
        setting.policy,
    )


def finding(assessment: Assessment, commitment: str = "c_1") -> Finding:
    return next(one for one in assessment.findings if one.commitment == commitment)


def as_version(story: Story, of: Story, modified: str) -> Story:
    """The story as a newer version of another."""
    return Story(replace(story.document, supersedes=of.document.id, modified=modified), story.reading)
