"""Whether, in which direction and how strongly a passage bears on an indicator, with the reasons in words."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from pledgewatch.model.agreement import Indicator, Shows
from pledgewatch.model.likelihood import StatedLikelihood
from pledgewatch.model.reading import TimeExpression
from pledgewatch.model.span import Span
from pledgewatch.text.numbers import find_numbers
from pledgewatch.text.states import find_states
from pledgewatch.weigh.documentindex import DocumentIndex, Place, inside
from pledgewatch.weigh.likelihood_words import read_stated
from pledgewatch.weigh.passages import Passage
from pledgewatch.weigh.patterns import patterns
from pledgewatch.weigh.relation import Names, places_of, relate

_OF = re.compile(
    r"\s+(?:posts?\s+|men\s+)?(?:out\s+)?of\s+(?:(?:the|its|their|these|those|all|some)\s+)*(?:about\s+|nearly\s+)?"
)
_BY = re.compile(
    r"\b(?:by|on|before|until|till|not\s+before|no\s+later\s+than|ending|concluding(?:\s+by)?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:begin\w*|began|begun|start\w*)\b(?:(?!\b(?:conclud\w+|end\w*|complet\w+|out)\b)[^.;])*$", re.IGNORECASE
)
# "An agreement to draw down by 1 May": what was agreed, and not what comes.
_AGREED_TO = re.compile(r"\b(?:agreement|deal|accord|pact)\b[^.;:]*\bto\s+(?:\w+\s+)?$", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|shall|going\s+to|plans?\s+to|intends?\s+to)\b|[’']ll\b", re.IGNORECASE)
_WAS_AHEAD = re.compile(r"\b(?:would|was\s+to|were\s+to|had\s+to)\b", re.IGNORECASE)
# What stands between a word of likelihood and an act of another clause.
_OTHER_CLAUSE = re.compile(r"[;:]|,\s+(?:and|but|so|while|yet|the|[A-Z])")
_GOVERNING = re.compile(r"[^,;:]*\bthat\b|\W*$")
_OTHER_HOLDS = re.compile(r"\?|\b(?:whether|if)\b", re.IGNORECASE)
_OF_WHOLE = re.compile(r"(?:^|[.;,]\s*)\W*Of\s+(?:(?:the|its|their|these|those|all)\s+)*$")

DEMAND_BEARS = 0.2
"""Most that "must do more" bears: somebody sees something lacking, but says nothing of what happened."""

LONG_DOCUMENT = 4_000
"""Code points from which a document may speak of many matters."""

NEAR_MATTER = 600
"""Code points before a sentence in which what it is about is looked for."""

EVEN = 0.5
"""An even chance."""

GOVERNS = 60
"""Letters before a clause in which a word of likelihood still speaks of it ("it is highly likely that …")."""

NO_EVIDENCE_SHARE = 0.25
"""Share that "no clear evidence of" leaves: absence of evidence is little evidence of absence."""

COUNTED_OTHERWISE = 7
"""Days by which two people may come to different days for one length of time ("nine and a half months")."""

DAY_BEFORE, DAY_AFTER = 60, 120
"""Letters before and behind an act's words within which a day is the act's own, where it stands in another clause."""

NEGATED_SHARE = 0.6
"""Share left when a passage says that the one thing an indicator speaks of is not so: others may be."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a passage bears.

    Attributes:
        place: of the act's words.
        share: how much of the whole is done, where the clause counts it ("640 of the 800"); ``None`` for no count.
        under_way: it is being done, and not yet done.
        clause: place of the clause around the act.
        is_mixed: whether another clause of the passage bears in the other direction.
        likelihood: how likely the speaker puts it, 0..1; ``None`` where no word says so. It stands for the hedge.
        is_late: it sets the act on a day after the one agreed; that a day was missed stays so.
    """

    place: Place
    bears: float
    direction: Shows
    why: tuple[str, ...]
    partial: bool = False
    share: float | None = None
    under_way: bool = False
    clause: Place = (0, 0)
    is_mixed: bool = False
    is_late: bool = False
    likelihood: float | None = None


def other(direction: Shows) -> Shows:
    """The contrary direction."""
    return "kept" if direction == "broken" else "broken"


@dataclass(frozen=True, slots=True)
class ActHit:
    """An act word in place, and the clause around it."""

    place: Place
    phrase: str
    clause: Place


def find_acts(index: DocumentIndex, passage: Passage, indicator: Indicator) -> tuple[ActHit, ...]:
    """The indicator's act words in a passage's content, longest first at each place, in text order."""
    found: list[ActHit] = []
    places = index.act_places(indicator.acts)
    for piece in passage.content:
        for start, end, phrase in places[bisect_left(places, (piece[0], 0, "")) :]:
            if start >= piece[1]:
                break
            if end <= piece[1]:
                found.append(ActHit((start, end), phrase, _clause_around(index.text, piece, (start, end))))
    return tuple(sorted(found, key=lambda hit: (hit.place[0], -hit.place[1], hit.phrase)))


def _clause_around(text: str, piece: Place, place: Place) -> Place:
    start, end = piece
    for match in patterns()["clause_borders"].finditer(text, piece[0], piece[1]):
        if match.end() <= place[0]:
            start = match.end()
        elif match.start() >= place[1]:
            end = match.start()
            break
    for match in re.finditer(r"[.!?][\"”’']*\s", text[start:end]):
        if start + match.end() <= place[0]:
            start = start + match.end()
            return _clause_around(text, (start, end), place)
        end = start + match.start()
        break
    return start, end


def judge_bearing(
    index: DocumentIndex,
    passage: Passage,
    indicator: Indicator,
    hit: ActHit,
    names: Names,
    signed: str | None,
    known_states: tuple[str, ...] = (),
    due: str | None = None,
) -> Bearing | None:
    """How one act word in a passage bears on an indicator; ``None`` when it does not.

    Questions, forecasts, promises, conditions and what the agreement itself demands do not bear. Neither does what lies
    clearly before the day of signing. A demand bears little. Negation before the act in its clause, and a speaker who
    denies or rejects, each turn the direction.

    Args:
        signed: ISO day of signing; ``None`` when it is not known.
        due: ISO day by which the act was to be done; who sets a later one says that it is not kept.
        known_states: that the agreement names, its parties first of all; empty where nothing is known of them.
    """
    text = index.text
    before, after = text[hit.clause[0] : hit.place[0]], text[hit.place[1] : hit.clause[1]]
    if any(
        match.start() <= hit.place[0] and hit.place[1] <= match.end()
        for match in patterns()["other_sense"].finditer(text, *hit.clause)
    ):
        return None
    late = due is not None and indicator.shows == "kept" and _sets_later_day(index, hit, due)
    late = late and not _is_doubted(index, hit)
    if passage.stance in ("asks", "declines") or (passage.stance == "promises" and not late):
        return None
    if _is_heading(text, passage, before, after):
        return None
    if patterns()["renamed_before"].search(before) and patterns()["renamed_after"].match(after):
        return None
    if late and _AGREED_TO.search(before):
        return None
    demand = _judge_demand(passage, indicator, before)
    if demand is False or (demand is None and not late and _is_no_event(text, passage, hit, before)):
        return None
    if signed is not None and _is_before(index, hit, signed):
        return None
    if _is_another_matter(index, hit, indicator, names, known_states):
        return None
    if _is_elsewhere(index, hit, known_states) or patterns()["another_deal"].search(
        text, *index.sentence_of(hit.place)
    ):
        return None
    relation = relate(index, passage, indicator, hit.place, hit.clause, names)
    if relation is None:
        return None
    strength, reasons = relation
    reasons = (f"speaks of “{text[hit.place[0] : hit.place[1]]}”", *reasons)
    if demand:
        bears = min(DEMAND_BEARS, strength * DEMAND_BEARS)
        return Bearing(
            hit.place, bears, "broken", (*reasons, "a demand: says that something is lacking, not what happened")
        )
    if late:
        return Bearing(
            hit.place,
            strength,
            "broken",
            (*reasons, "sets a day after the one agreed"),
            clause=hit.clause,
            is_late=True,
        )
    act = text[hit.place[0] : hit.place[1]]
    stated = _find_stated(index, hit)
    if stated is not None:
        # "Not likely" says how likely once, and is no negation besides.
        cut = stated.span.start - hit.clause[0]
        before = before[: max(cut, 0)] + " " + before[max(cut + len(stated.span.text), 0) :]
    bearing = _turn(passage, indicator, before, act, after, Bearing(hit.place, strength, indicator.shows, reasons))
    bearing = _take_likelihood(bearing, stated)
    if passage.narrator:
        bearing = replace(bearing, bears=bearing.bears * 0.5, why=(*bearing.why, "the narrator's own assertion"))
    share = read_share(text[hit.clause[0] : hit.clause[1]])
    is_part = bool(patterns()["partial"].search(before[-40:] + " " + after[:40])) if share is None else share < 1.0
    is_under_way = patterns()["under_way_before"].search(before) or patterns()["under_way_after"].match(after)
    return replace(bearing, partial=is_part, share=share, under_way=bool(is_under_way), clause=hit.clause)


def _find_stated(index: DocumentIndex, hit: ActHit) -> StatedLikelihood | None:
    """The word of likelihood that governs an act: in its clause, or before it with at most a "that" between."""
    start = max(index.sentence_of(hit.place)[0], hit.clause[0] - GOVERNS)
    stated = read_stated(index.text[start : hit.place[0]], index.yardstick())
    if stated is None:
        return None
    placed = Span.cut(index.text, start + stated.span.start, start + stated.span.end)
    between = index.text[placed.end : hit.place[0]]
    if _OTHER_CLAUSE.search(between) or (placed.start < hit.clause[0] and not _GOVERNING.match(between)):
        return None
    return replace(stated, span=placed)


def _is_doubted(index: DocumentIndex, hit: ActHit) -> bool:
    stated = _find_stated(index, hit)
    return stated is not None and stated.best < EVEN


def _take_likelihood(bearing: Bearing, stated: StatedLikelihood | None) -> Bearing:
    """What the speaker's own word of likelihood leaves of it, and which way that points.

    A probability p is worth 2p - 1 for what is said, or as much against it where it is below an even chance: "probably"
    is read as 75 %, so half; "unlikely" as 20 %, so 0.6 for the contrary; an even chance says nothing.
    """
    if stated is None:
        return bearing
    share = 2 * stated.best - 1
    return replace(
        bearing,
        bears=bearing.bears * abs(share),
        direction=bearing.direction if share >= 0 else other(bearing.direction),
        why=(*bearing.why, f"“{' '.join(stated.span.text.split())}”: {stated.best:.0%} as it is read"),
        likelihood=stated.best,
    )


def read_share(clause: str) -> float | None:
    """The share that a clause counts ("640 of the 800", "seven of its twelve posts"); ``None`` where it counts none.

    >>> read_share("It released 640 of the 800 prisoners."), read_share("It released 640 prisoners in May.")
    (0.8, None)
    """
    numbers = find_numbers(clause)
    for part, whole in pairwise(numbers):
        between = clause[part.end : whole.start]
        if _OF.fullmatch(between) and whole.value >= 2 and part.value >= 0:
            return min(part.value / whole.value, 1.0)
        # "Of the 800 prisoners … released only 640": the whole stands before the part.
        before = clause[: part.start]
        if _OF_WHOLE.search(before) and 0 <= whole.value <= part.value >= 2:
            return whole.value / part.value
    return None


def _sets_later_day(index: DocumentIndex, hit: ActHit, due: str) -> bool:
    """Whether the act's sentence has it done by or on a day beyond the one agreed ("will be out by 9 October")."""
    start, end = index.sentence_of(hit.place)
    if _OTHER_HOLDS.search(index.text, start, end):
        return False
    after = (date.fromisoformat(due) + timedelta(days=COUNTED_OTHERWISE)).isoformat()
    for time in index.reading.times:
        if start <= time.span.start and time.span.end <= end and time.type == "date" and time.value:
            lead = index.text[max(start, time.span.start - 24) : time.span.start]
            value = _read_ahead(index, time, start)
            is_later = len(value) >= 7 and value > after[: len(value)]
            is_near = (
                hit.clause[0] <= time.span.start and time.span.end <= hit.clause[1]
            ) or -DAY_BEFORE <= time.span.start - hit.place[1] <= DAY_AFTER
            if is_later and is_near and _BY.search(lead) and not _BEGINS.search(index.text[start : time.span.start]):
                return True
    return False


def _read_ahead(index: DocumentIndex, time: TimeExpression, sentence: int) -> str:
    """A day's value; where no year is named and the sentence looks ahead, the next such day after the publication."""
    value = time.value or ""
    month_and_day = re.fullmatch(r"(?:\d{4}|X{4})(-\d\d(?:-\d\d)?)", value)
    names_year = re.search(r"\d{4}", time.span.text)
    if month_and_day is not None and not names_year and _WAS_AHEAD.search(index.text, sentence, time.span.start):
        # "Said that it would go by 1 October", told in November: that October is over.
        return ""
    if month_and_day is None or names_year or not _AHEAD.search(index.text, sentence, time.span.start):
        return value if value[:1].isdigit() else ""
    year, said_on = int(index.available[:4]), index.available
    ahead = f"{year}{month_and_day[1]}"
    return ahead if ahead >= said_on[: len(ahead)] else f"{year + 1}{month_and_day[1]}"


def _is_heading(text: str, passage: Passage, before: str, after: str) -> bool:
    """Whether the passage is a line without a finite verb: a title names a matter and says nothing of it."""
    start, end = passage.sentence
    line = text[start:end].strip()
    if not passage.narrator or line.rstrip("\"”’')").endswith((".", "!", "?", ":", ";")):
        return False
    words = patterns()
    if words["finite"].search(line):
        return False
    return bool(words["nominal_before"].search(before) or words["nominal_after"].match(after) or not before.strip())


def _judge_demand(passage: Passage, indicator: Indicator, before: str) -> bool | None:
    """True for a demand that says something is lacking, False for a bare demand, ``None`` for no demand."""
    match = patterns()["demand"].search(before)
    if passage.stance != "demands" and match is None:
        return None
    from_there = before[match.start() - 12 if match and match.start() > 12 else 0 :] if match else before
    lacks = patterns()["lacking"].search(from_there)
    if lacks is None:
        return False
    # "must stop hosting": what should stop is the breach; "must do more to sever": what is lacking is the keeping.
    return indicator.shows == "kept" or re.match(r"stop|end|cease|halt|still", lacks.group(), re.IGNORECASE) is not None


def _is_no_event(text: str, passage: Passage, hit: ActHit, before: str) -> bool:
    words = patterns()
    if words["norm"].search(before) or words["norm_subject"].search(before):
        return True
    if words["question"].search(before) or text[hit.clause[1] : hit.clause[1] + 1] == "?":
        return True
    tail = text[hit.place[1] : hit.clause[1]]
    if tail.rstrip("”\"’' ").endswith("?"):
        return True
    if words["later_when"].search(before):
        return True
    near = " ".join(before.split()[-9:])
    if words["not_an_event"].search(near):
        return True
    if re.search(r"\bto\s+(?:\w+ly\s+(?:and\s+\w+ly\s+)?)?$", before) and not words["to_event"].search(
        re.sub(r"\s+\w+ly\s+$", " ", before)
    ):
        return True
    return passage.narrator and text[passage.content[0][0] : passage.content[-1][1]].rstrip().endswith("?")


def _is_elsewhere(index: DocumentIndex, hit: ActHit, known_states: tuple[str, ...]) -> bool:
    """Whether the sentence sets the act in a state that the agreement does not name, and in none that it names."""
    if not known_states:
        return False
    start, end = index.sentence_of(hit.place)
    set_in = [
        name
        for place, _, name in index.state_places()
        if start <= place < end and patterns()["set_in"].search(index.text, start, place)
    ]
    return bool(set_in) and not any(name in known_states for name in set_in)


@functools.lru_cache(maxsize=1024)
def _own_states(actors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(find_states(" ".join(actors)))


def _is_another_matter(
    index: DocumentIndex, hit: ActHit, indicator: Indicator, names: Names, known_states: tuple[str, ...]
) -> bool:
    """Whether a long document speaks of somebody else's affairs there: nothing near names another side or a state.

    Of a briefing on twenty matters only those passages are about the agreement that stand near a name out of it, other
    than the actor's own.
    """
    if len(index.text) < LONG_DOCUMENT or not known_states:
        return False
    sentence = index.sentence_of(hit.place)
    near = (max(0, sentence[0] - NEAR_MATTER), sentence[1])
    own = _own_states(indicator.actors)
    if not own:
        # A movement has few affairs but these; a state has many.
        return False
    if any(
        near[0] <= start < near[1] and name in known_states and name not in own
        for start, _, name in index.state_places()
    ):
        return False
    others = tuple(name for name in indicator.objects if any(char.isupper() for char in name))
    return not inside(places_of(index, names, others), near) if others else True


def _is_before(index: DocumentIndex, hit: ActHit, signed: str) -> bool:
    """Whether the times in the act's clause all lie before the agreement, and none says that it goes on."""
    values = []
    for time in index.reading.times:
        if hit.clause[0] <= time.span.start and time.span.end <= hit.clause[1] and time.value:
            if patterns()["past_border"].search(index.text[hit.clause[0] : time.span.start]):
                return False
            value = time.value.split("/")[-1]
            if time.type in ("date", "period") and re.match(r"\d{4}", value):
                values.append(value)
    return bool(values) and all(value < signed[: len(value)] for value in values)


def _turn(passage: Passage, indicator: Indicator, before: str, act: str, after: str, bearing: Bearing) -> Bearing:
    """Turns the direction for negation and stance, and lowers the strength where less is said."""
    words = patterns()
    direction, bears, why = indicator.shows, bearing.bears, list(bearing.why)
    near = words["not_a_negation"].sub(" ", " ".join(before.split()[-8:]))
    # "no plan to release" and "has not moved" carry their own "no": it is not so is what the indicator looks for.
    says_no_itself = words["own_negation"].search(act) is not None
    turned = False
    if words["no_evidence"].search(before):
        turned, bears = True, bears * NO_EVIDENCE_SHARE
        why.append("says that there is no evidence of it, which refutes little")
    else:
        found = [match.group() for match in words["negation"].finditer(near)]
        if words["ended"].search(after):
            found.append("ended")
        if len(found) % 2:
            turned, bears = True, bears * NEGATED_SHARE
            why.append(f"says that it is not so (“{found[-1]}”)")
    if passage.stance in ("denies", "rejects"):
        # A denial of what is itself presented as not so asserts it.
        turned = not turned
        bears = bears if turned else bearing.bears
        bears = bearing.bears * NEGATED_SHARE if turned else bears
        why.append("the speaker denies it" if passage.stance == "denies" else "the speaker rejects it")
    elif not turned and passage.factuality < -0.5 and not says_no_itself:
        turned, bears = True, bears * NEGATED_SHARE
        why.append("presented as not so")
    return replace(bearing, direction=other(direction) if turned else direction, bears=bears, why=tuple(why))
