"""The reader: an encoder finds who says what and who is named; tables and layout say the rest. English."""

from __future__ import annotations

import re
from bisect import bisect_right

import numpy as np

from pledgewatch.model.case import ReadPolicy
from pledgewatch.model.document import Document
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import Mention, Reading, Statement
from pledgewatch.model.span import Span
from pledgewatch.read.readers.encoder.decoding import (
    Attribution,
    Decoded,
    Place,
    decode_windows,
    decode_within,
    judge_places,
)
from pledgewatch.read.readers.encoder.drafts import Draft, Range
from pledgewatch.read.readers.encoder.heads import find_heads
from pledgewatch.read.readers.encoder.kinds import is_name, make_name, settle_names
from pledgewatch.read.readers.encoder.labels import NAMED_KINDS
from pledgewatch.read.readers.encoder.lexicon import cue_words
from pledgewatch.read.readers.encoder.manner import settle_manner
from pledgewatch.read.readers.encoder.names import Name
from pledgewatch.read.readers.encoder.network import judge_windows
from pledgewatch.read.readers.encoder.speakers import name_speakers
from pledgewatch.read.readers.encoder.ties import find_ties
from pledgewatch.read.readers.encoder.tokens import Tokens, cut_windows, tokenize
from pledgewatch.read.readers.encoder.turns import draft_turns, find_turns
from pledgewatch.text.quotes import find_quotations
from pledgewatch.text.sentences import split_sentences


class EncoderReader:
    """Reads names and statements by a trained encoder, ties by triggers."""

    name = "encoder"
    version = "2"
    languages = ("en",)

    def read(self, document: Document, policy: ReadPolicy) -> Reading:  # noqa: ARG002 (the contract's signature)
        """Everything found in ``document``; places come from the text, sentences are those of ``text.sentences``."""
        text = document.text
        sentences = split_sentences(text)
        quotations = find_quotations(text)
        tokens = tokenize(text, quotations)
        decoded = decode_windows(tokens, cut_windows(tokens, sentences))
        names = _names(text, tokens, decoded, sentences)
        turns = draft_turns(text, find_turns(text))
        drafts = list(turns)
        outermost = [quotation for quotation in quotations if quotation.level == 0]
        within = decode_within(tokens, decoded.attributions, cue_words("reporting"))
        for found in (*decoded.attributions, *within):
            draft = _draft(text, tokens, found)
            if draft is not None and not _repeats_turn(text, draft, turns):
                settle_manner(text, draft, found, outermost)
                drafts.append(draft)
        drafts.sort(key=_order)
        mentions = _mentions(document, names)
        statements = _statements(document, drafts, name_speakers(text, drafts, names), mentions)
        return Reading(
            document.id,
            f"{self.name} {self.version}",
            sentences,
            mentions=tuple(mentions),
            statements=tuple(statements),
            ties=find_ties(document, sentences, mentions, statements),
        )


def _names(text: str, tokens: Tokens, decoded: Decoded, sentences: tuple[tuple[int, int], ...]) -> list[Name]:
    """The mentions that name somebody, each pointed at the one that names him most fully."""
    names = [
        make_name(text, *place, kind)
        for start, end, kind in decoded.mentions
        if kind < NAMED_KINDS
        for place in _paragraphs(text, int(tokens.starts[start]), int(tokens.ends[end - 1]))
    ]
    kept = []
    for name in names:
        place = bisect_right(sentences, name.start, key=lambda sentence: sentence[0]) - 1
        if is_name(text, name, sentences[place] if place >= 0 else (name.start, name.end)):
            kept.append(name)
    names = settle_names(text, kept)
    find_heads(text, names)
    return names


def _paragraphs(text: str, start: int, end: int) -> list[Range]:
    """The parts of ``[start, end)`` between empty lines: over these no name runs."""
    return [(start + part.start(), start + part.end()) for part in _PARAGRAPH.finditer(text[start:end])]


_PARAGRAPH = re.compile(r"\S(?:(?!\s*\n\s*\n).)*", re.DOTALL)


def _range(tokens: Tokens, place: Place) -> Range:
    return int(tokens.starts[place[0]]), int(tokens.ends[place[1] - 1])


def _draft(text: str, tokens: Tokens, found: Attribution) -> Draft | None:
    """The places of an attribution; ``None`` where its content has no word."""
    content = [
        _trimmed(text, _undated(text, place))
        for place in (_range(tokens, piece) for piece in found.content)
        if not _is_dateline(text, place)
    ]
    content = [place for place in content if any(character.isalnum() for character in text[slice(*place)])]
    if not content or (len(content) == 1 and text[slice(*content[0])].lower() in _EMPTY):
        return None
    source = _undated(text, _range(tokens, found.source)) if found.source else None
    if source and text.endswith(" of", *source):
        # "Accused by the ministry of hiding it": no name ends so, what is said begins so.
        content = [(source[1] - 2, end) if start == source[1] + 1 else (start, end) for start, end in content]
        source = (source[0], source[1] - 3)
    return Draft(source, _range(tokens, found.cue), content)


def _trimmed(text: str, place: Range) -> Range:
    """The place without a comma at its end: a comma within quotation marks has the mark after it."""
    start, end = place
    while end > start + 1 and text[end - 1] in ",;" and text[end : end + 1] not in _CLOSING:
        end -= 1
    return start, end


_CLOSING = frozenset("”’\"'»")


_EMPTY = frozenset(("so", "that", "this"))
"""Contents that state nothing: said so, asked that."""
_DATELINE = re.compile(
    r"""
    # OSTRAVA, Varna (Wire) -
    [A-Z][A-Z.’'-]{2,}(?:[\s,]+[A-Z][\w.’'-]+){0,4}\s*(?:\([^)]{2,40}\)\s*)?[—–-]+\s+(?=[A-Z“"])
    # OSTRAVA The envoy
    | [A-Z][A-Z’'-]{3,}(?:\s[A-Z][A-Z’'-]{2,}){0,2}\s+(?=(?:The|A|An|In|On)\s)
    """,
    re.VERBOSE,
)


def _is_dateline(text: str, place: Range) -> bool:
    """Whether the words are nothing but where a story was filed."""
    dateline = _DATELINE.match(text, place[0]) if not place[0] or text[place[0] - 1] == "\n" else None
    return dateline is not None and place[1] <= dateline.end()


def _undated(text: str, place: Range) -> Range:
    """The place without the dateline that it begins with: where a story was filed is nobody's word."""
    if place[0] and text[place[0] - 1] != "\n":
        return place
    dateline = _DATELINE.match(text, *place)
    return (dateline.end(), place[1]) if dateline and dateline.end() < place[1] else place


def _order(draft: Draft) -> tuple[int, int, int]:
    # The label of a turn stands far before its later paragraphs: these are ordered by their own words.
    first = draft.content[0][0] if draft.content else draft.start
    return (first if draft.turn else min(first, draft.start), 0 if draft.turn else 1, draft.start)


def _repeats_turn(text: str, draft: Draft, turns: list[Draft]) -> bool:
    """Whether a statement only says again that the speaker of a turn speaks ("I think that …", "as I said …")."""
    if not turns:
        return False
    place = bisect_right(turns, draft.start, key=lambda turn: turn.content[0][0]) - 1
    if place < 0 or not turns[place].covers((draft.start, draft.end)):
        # The label of the turn itself as a speaker.
        return draft.cue in {turn.cue for turn in turns[max(0, place) : place + 2]}
    speaker = text[slice(*draft.speaker)].lower() if draft.speaker else "i"
    return speaker in ("i", "we", "you") and draft.stance in ("asserts", "asks", "declines")


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
            draft.form,
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
            or not other.covers(place)
            or draft.covers((other.start, other.end))
            or ids[near] == ids[index]
        ):
            continue
        size = sum(end - start for start, end in other.content)
        if best is None or size < best[0]:
            best = (size, ids[near])
    return best[1] if best else None


def _span(document: Document, place: Range | None) -> Span | None:
    return Span.cut(document.text, *place) if place is not None else None


def judge_statement(text: str, cue: Range, content: list[Range]) -> Draft:
    """Form, stance, hedge, factuality and basis of a statement whose places are known, for measuring."""
    quotations = find_quotations(text)
    tokens = tokenize(text, quotations)
    windows = cut_windows(tokens, split_sentences(text))
    found = judge_places(tokens, windows, tokens.pieces(*cue), [tokens.pieces(*place) for place in content])
    draft = Draft(None, cue, list(content))
    settle_manner(text, draft, found, [quotation for quotation in quotations if quotation.level == 0])
    return draft


def judge_events(text: str, offsets: list[int], question: int = 0) -> list[float]:
    """The answer to one of ``FACTUALITIES``, -3 to 3, for the events that begin at ``offsets``, for measuring."""
    tokens = tokenize(text)
    values = np.zeros(len(tokens), dtype=np.float32)
    for judged in judge_windows(tokens, cut_windows(tokens, split_sentences(text))):
        values[judged.window.own_start : judged.window.own_end] = judged.own(judged.factuality[:, question])
    return [float(values[min(tokens.pieces(offset, offset + 1)[0], len(values) - 1)]) for offset in offsets]
