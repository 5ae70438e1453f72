"""The rule-based reader: names by tables and capitals, statements by cues, ties by triggers. English."""

from __future__ import annotations

from bisect import bisect_right

from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.document import Document, Unread
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import Mention, Reading, Statement
from pledgewatch.model.span import Span
from pledgewatch.read.readers.rules.drafts import Draft, Range
from pledgewatch.read.readers.rules.mentions import find_names
from pledgewatch.read.readers.rules.names import Name
from pledgewatch.read.readers.rules.speakers import name_speakers
from pledgewatch.read.readers.rules.statements import covers, draft_statements, form_of
from pledgewatch.read.readers.rules.ties import find_ties
from pledgewatch.read.readers.rules.turns import draft_turns, find_turns
from pledgewatch.read.readers.rules.units import make_units
from pledgewatch.text.quotes import find_quotations
from pledgewatch.text.sentences import split_sentences


class RulesReader:
    """Reads names, statements and ties by rules and tables."""

    name = "rules"
    version = "1"
    languages = ("en",)

    def read(self, document: Document, policy: ReadPolicy) -> Reading:  # noqa: ARG002 (the contract's signature)
        """Everything that the rules find in ``document``; sentences are those of ``text.sentences``."""
        text = document.text
        sentences = split_sentences(text)
        units, too_long = make_units(text, sentences, find_quotations(text))
        names = find_names(text, sentences)
        turns = draft_turns(text, find_turns(text))
        drafts = turns + [draft for draft in draft_statements(text, units) if not _repeats_turn(text, draft, turns)]
        drafts.sort(key=_order)
        mentions = _mentions(document, names)
        statements = _statements(document, drafts, name_speakers(text, drafts, names), mentions)
        unread = tuple(
            Unread(
                document.path,
                f"a sentence of {length} code points was not read for statements",
                "Check whether the file lost its line breaks or full stops.",
            )
            for length in too_long
        )
        return Reading(
            document.id,
            f"{self.name} {self.version}",
            sentences,
            mentions=tuple(mentions),
            statements=tuple(statements),
            ties=find_ties(document, sentences, mentions, statements),
            unread=unread,
        )


def _order(draft: Draft) -> tuple[int, int, int]:
    # The label of a turn stands far before its later paragraphs: these are ordered by their own words.
    first = draft.content[0][0] if draft.content else draft.start
    return (first if draft.turn else min(first, draft.start), 0 if draft.turn else 1, draft.start)


def _repeats_turn(text: str, draft: Draft, turns: list[Draft]) -> bool:
    """Whether a statement only says again that the speaker of a turn speaks ("I think that …", "as I said …")."""
    if not turns or draft.speaker is None or draft.stance not in ("asserts", "asks", "declines"):
        return False
    if text[slice(*draft.speaker)].lower() not in ("i", "we", "you"):
        return False
    place = bisect_right(turns, draft.start, key=lambda turn: turn.content[0][0]) - 1
    return place >= 0 and covers(turns[place], (draft.start, draft.end))


def _mentions(document: Document, names: list[Name]) -> list[Mention]:
    ids = [make_id("m", document.id, name.start, name.end, name.type) for name in names]
    return [
        Mention(
            ids[index],
            Span.cut(document.text, name.start, name.end),
            name.type,
            ids[name.head] if name.head is not None and name.head != index else None,
        )
        for index, name in enumerate(names)
    ]


def _statements(
    document: Document,
    drafts: list[Draft],
    named: list[int | None],
    mentions: list[Mention],
) -> list[Statement]:
    ids = []
    for draft in drafts:
        ids.append(
            make_id("s", document.id, draft.start, draft.end, *(place for piece in draft.content for place in piece))
        )
    found: dict[str, Statement] = {}
    for index, draft in enumerate(drafts):
        mention = named[index]
        statement = Statement(
            ids[index],
            _span(document, draft.speaker),
            mentions[mention].id if mention is not None else None,
            _span(document, draft.cue),
            tuple(Span.cut(document.text, *piece) for piece in sorted(draft.content)),
            form_of(draft),
            draft.stance,
            draft.hedge,
            draft.factuality,
            draft.basis,
            _via(drafts, ids, index),
        )
        found.setdefault(statement.id, statement)
    return list(found.values())


def _via(drafts: list[Draft], ids: list[str], index: int) -> str | None:
    """The innermost statement whose content holds this one's attribution."""
    draft = drafts[index]
    place = (draft.start, draft.end)
    best: tuple[int, str] | None = None
    for near in range(max(0, index - 12), min(len(drafts), index + 4)):
        other = drafts[near]
        if (
            near == index
            or not covers(other, place)
            or covers(draft, (other.start, other.end))
            or ids[near] == ids[index]
        ):
            continue
        size = sum(end - start for start, end in other.content)
        if best is None or size < best[0]:
            best = (size, ids[near])
    return best[1] if best else None


def _span(document: Document, place: Range | None) -> Span | None:
    return Span.cut(document.text, *place) if place is not None else None
