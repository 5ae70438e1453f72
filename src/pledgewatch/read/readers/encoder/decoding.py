"""From what the encoder says of pieces to spans of the text: mentions, and whole attributions with their links."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from pledgewatch.read.readers.encoder.labels import ATTRIBUTION_TAGS, KINDS, MENTION_TAGS, PARTS_OF_SPEECH, ROLES
from pledgewatch.read.readers.encoder.network import Floats, Judged, judge_windows, log_softmax
from pledgewatch.read.readers.encoder.tokens import LONGEST_WINDOW, Tokens, Window
from pledgewatch.text.pieces import load_pieces

_EVENT_REACH = 60
_FEWEST_WITHIN = 6
_CONTENT_REACH = 80
_SURE_CUE = math.log(0.35)
"""Mean log-probability of a cue below which a content is not given to it; from PolNeAR's dev split."""
_PREDICATES = np.array([part in ("VERB", "ADJ", "NOUN", "AUX", "PROPN") for part in PARTS_OF_SPEECH])

Place = tuple[int, int]
"""Half-open range of pieces."""


@dataclass(slots=True)
class Attribution:
    """A cue with its source and content, as ranges of pieces of the whole text.

    Attributes:
        stance, hedge: log-probabilities, mean over the cue.
        factuality: of the event that the content is about, a value for each of ``FACTUALITIES``; ``None`` for no event.
    """

    cue: Place
    source: Place | None = None
    content: list[Place] = field(default_factory=list)
    stance: Floats | None = None
    hedge: Floats | None = None
    factuality: Floats | None = None


@dataclass(slots=True)
class Decoded:
    """What a text holds, in pieces: attributions by cue, mentions with their kind (index into ``KINDS``)."""

    attributions: list[Attribution]
    mentions: list[tuple[int, int, int]]


def decode_windows(tokens: Tokens, windows: list[Window]) -> Decoded:
    """Reads the windows of a text."""
    raw = _Raw()
    mentions: list[tuple[int, int, int]] = []
    for judged in judge_windows(tokens, windows):
        _decode_attributions(tokens, judged, raw)
        mentions.extend(
            (start, end, kind)
            for start, end, kind in _whole_words(tokens, judged.window, _spans(judged.mention, MENTION_TAGS, KINDS))
            if judged.window.own_start <= start < judged.window.own_end
        )
    return Decoded(raw.settle(), sorted(mentions))


def decode_within(tokens: Tokens, attributions: list[Attribution], reporting: frozenset[str]) -> list[Attribution]:
    """The attributions that stand within contents ("a statement by the minister that …").

    What the encoder learned from has none within another, so a content that holds a reporting word is read once more,
    by itself.

    Args:
        reporting: words in small letters without which a content is not read again.
    """
    wanted = np.array(sorted(found for word in reporting if (found := load_pieces().token_to_id(word)) is not None))
    windows = [
        Window(start, end, start, end)
        for attribution in attributions
        for start, end in attribution.content
        if _FEWEST_WITHIN <= end - start <= LONGEST_WINDOW - 2 and np.isin(tokens.ids[start:end], wanted).any()
    ]
    raw = _Raw()
    for judged in judge_windows(tokens, windows):
        _decode_attributions(tokens, judged, raw)
    return [
        found
        for found in raw.settle()
        if found.source
        and np.isin(tokens.ids[slice(*found.cue)], wanted).any()
        and sum(end - start for start, end in found.content) > 2
    ]


@dataclass(slots=True)
class _Raw:
    """Attributions by the first piece of their cue, and contents with the cue that they point at."""

    attributions: dict[int, Attribution] = field(default_factory=dict)
    contents: list[tuple[Place, int, Floats | None]] = field(default_factory=list)

    def settle(self) -> list[Attribution]:
        """The attributions that have a content, in order of their cues."""
        for place, cue, factuality in self.contents:
            owner = self.attributions.get(cue) or _nearest(self.attributions, cue)
            if owner is not None:
                owner.content.append(place)
                owner.factuality = factuality if owner.factuality is None else owner.factuality
        found = [self.attributions[cue] for cue in sorted(self.attributions)]
        for attribution in found:
            attribution.content = _joined(attribution.content)
        return [attribution for attribution in found if attribution.content]


def _nearest(attributions: dict[int, Attribution], cue: int) -> Attribution | None:
    """The cue that a neighbouring window put one or two pieces elsewhere."""
    return next((attributions[cue + step] for step in (1, -1, 2, -2, 3, -3) if cue + step in attributions), None)


def _joined(places: list[Place]) -> list[Place]:
    """Pieces of content in order, those that touch made one where a window's border cut them."""
    found: list[Place] = []
    for start, end in sorted(places):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _decode_attributions(tokens: Tokens, judged: Judged, raw: _Raw) -> None:
    window = judged.window
    spans = _whole_words(tokens, window, _spans(judged.attribution, ATTRIBUTION_TAGS, ROLES))
    by_role: list[list[Place]] = [[], [], []]
    for start, end, role in spans:
        by_role[role].append((start, end))
    sources, cues, said = by_role
    offset = window.start
    for cue in cues:
        if not window.own_start <= cue[0] < window.own_end:
            continue
        found = Attribution(cue)
        rows = slice(cue[0] - offset, cue[1] - offset)
        found.stance, found.hedge = judged.stance[rows].mean(0), judged.hedge[rows].mean(0)
        if sources:
            targets = np.array([0, *(start - offset + 1 for start, _ in sources)])
            best = int(judged.scores("cue to source", np.array([cue[0] - offset]), targets)[0].argmax())
            found.source = sources[best - 1] if best else None
        raw.attributions[cue[0]] = found
    if not cues:
        return
    columns = np.array([start - offset + 1 for start, _ in cues])
    for start, end in said:
        low, high = max(start, window.own_start), min(end, window.own_end)
        if low >= high:
            continue
        pieces = np.arange(low - offset, high - offset)[:_CONTENT_REACH]
        scores = log_softmax(judged.scores("content to cue", pieces)).mean(0)[columns]
        # A content that points elsewhere belongs to a cue that was not found, and not to one of those that were.
        if scores.max() < _SURE_CUE:
            continue
        cue_start = cues[int(scores.argmax())][0]
        raw.contents.append(((low, high), cue_start, _event(judged, low - offset, high - offset)))


def _event(judged: Judged, low: int, high: int) -> Floats | None:
    """The factuality of the event that a content is about: of its first predicate that depends on nothing within it."""
    pieces = np.arange(low, min(high, low + _EVENT_REACH))
    parts = judged.part[pieces].argmax(-1)
    words = pieces[_PREDICATES[parts]]
    if not len(words):
        return None
    heads = judged.scores("word to head", words).argmax(-1) - 1
    free = words[(heads < low) | (heads >= high)]
    found: Floats = judged.factuality[free[0] if len(free) else words[0]]
    return found


def _spans(tags: np.ndarray, names: tuple[str, ...], kinds: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Ranges of pieces, with the index of their kind, from BIO tags."""
    found: list[tuple[int, int, int]] = []
    opened, kind = -1, -1
    for index, tag in enumerate([*tags.tolist(), 0]):
        name = names[tag]
        goes_on = name.startswith("I-") and opened >= 0 and kinds[kind] == name[2:]
        if opened >= 0 and not goes_on:
            found.append((opened, index, kind))
            opened = -1
        if not goes_on and name != "O":
            opened, kind = index, kinds.index(name[2:])
    return found


def _whole_words(tokens: Tokens, window: Window, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The ranges in pieces of the whole text, stretched to whole words; none overlaps another."""
    found = []
    last = window.start
    for start, end, kind in spans:
        low, high = start + window.start, end + window.start
        while low > last and not tokens.first[low]:
            low -= 1
        while high < window.end and not tokens.first[high]:
            high += 1
        low = max(low, last)
        if low < high:
            found.append((low, high, kind))
            last = high
    return found


def judge_places(tokens: Tokens, windows: list[Window], cue: Place, content: list[Place]) -> Attribution:
    """What the encoder says of an attribution whose places are known: its stance, hedge and factuality."""
    found = Attribution(cue, content=content)
    for judged in judge_windows(tokens, windows):
        window = judged.window
        if window.own_start <= cue[0] < window.own_end:
            rows = slice(cue[0] - window.start, max(cue[0] + 1, min(cue[1], window.end)) - window.start)
            found.stance, found.hedge = judged.stance[rows].mean(0), judged.hedge[rows].mean(0)
        for start, end in content[:1]:
            low, high = max(start, window.start), min(end, window.end)
            if window.own_start <= start < window.own_end and low < high:
                found.factuality = _event(judged, low - window.start, high - window.start)
    return found
