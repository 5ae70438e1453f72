"""By when: deadlines in a sentence, absolute, counted from an anchor, or counted from another deadline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pledgewatch.ledger.days import LOOK_BACK, MONTH, ORDINAL, Day, Period, find_days, find_periods, read_ordinal
from pledgewatch.ledger.rules import ENTRY, SIGNING, write_rule

Kind = Literal["by", "start", "before", "within", "back", "recurring"]
CountsFrom = Literal["nothing", "signing", "entry", "day", "same", "same anchor", "previous", "occasion", "event"]

_PREPOSITION = re.compile(
    r"(?:\b(?P<start>(?:starting|beginning|commencing)(?:\s+(?:on|from|at))?|with\s+effect\s+from"
    r"|effective(?:\s+(?:from|on|as\s+of))?"
    r"|as\s+(?:from|of)|from|on|at)"
    r"|\b(?P<before>before|prior\s+to|ahead\s+of)"
    r"|\b(?P<by>(?:by|(?:no|not)\s+later\s+than|at\s+(?:the\s+)?latest(?:\s+by|\s+on)?|on\s+or\s+before"
    r"|not\s+after|up\s+to\s+and\s+including)"
    r"(?:\s+or\s+before)?))(?:\s+the)?\s+$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|through|to|since|between|(?<!\bas )of|for|dated)\s+(?:the\s+)?$", re.IGNORECASE)
_RANGE = re.compile(
    r"\s*(?:to|until|till|through|[-–—])\s+(?:the\s+)?(?=\d|[A-Z])"
    r"|(?:\s*(?:,|and)\s+(?:the\s+)?[\w]{1,12}\s+[\w]{1,12})?\s+(?:(?:of|in)\s+)?(?:each|every)\s+year"
)
_RANGE_END = re.compile(rf"\b(?:from|between)\s+[^,;]{{0,40}}(?:\d|{MONTH})[^,;]{{0,12}}\s+(?:to|and)\s+$")
_STATE_OF_PAST = re.compile(
    r"(?<!be )(?<!be so )\b(?:committed|occurred|occurring|existing|existed|stood|stand|held|occupied"
    r"|adopted|signed|concluded|taken|made|issued|seized"
    r"|drawn|present|in\s+force|served|enlisted|born|registered|agreed|done|met|wounded|captured|arrested"
    r"|detained)\s+$"
)
_LIMIT = (
    r"(?:within|not\s+later\s+than|no\s+later\s+than|not\s+less\s+than|no\s+less\s+than|no\s+fewer\s+than"
    r"|not\s+more\s+than|no\s+more\s+than"
    r"|at\s+least|at\s+(?:the\s+)?latest(?:\s+within)?|inside(?:\s+of)?|in|during|over|throughout|under"
    r"|before\s+the\s+(?:expiry|end)\s+of"
    r"|by\s+the\s+(?:end|expiry)\s+of|(?:up)?on\s+the\s+expiry\s+of|after|following|(?:over|in"
    r"|during)\s+the\s+course\s+of)"
)
_WITHIN = re.compile(
    rf"\b(?P<limit>{_LIMIT})\s+"
    r"(?:(?:a\s+(?:further\s+|maximum\s+)?(?:period|term|time|maximum)(?:\s+limit)?\s+(?:of"
    r"|not\s+exceeding)|the\s+(?:period|space)\s+of"
    r"|no\s+more\s+than|not\s+more\s+than|at\s+most|a\s+maximum\s+of)\s+(?:no\s+more\s+than\s+"
    r"|not\s+more\s+than\s+)?)?"
    r"(?:(?:the|a|an|this|that)\s+)?"
    r"(?:(?P<same>same)|(?P<next>following|subsequent|ensuing|further|additional|succeeding|another)"
    r"|(?P<coming>next|coming|first|initial))?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s{0,40},)?\s{0,40}(?:(?P<from>(?:as\s+)?(?:of|from|after|following|since)|(?:to\s+be\s+)?(?:counted|reckoned"
    r"|counting|starting|calculated)\s+from)\s+"
    r"|(?P<bare>thereafter|later|afterwards|thenceforth|thereof)\b"
    r"|(?P<back>before|prior\s+to|ahead\s+of|in\s+advance\s+of|preceding)\s+)",
    re.IGNORECASE,
)
_INSTRUMENT = (
    r"(?:agreement|accord|deal|memorandum|treaty|protocol|convention|declaration|truce|instrument|resolution"
    r"|letter|note|pact|terms|decision|document|armistice|arrangement|communiqu[eé]|oath|contract|understanding)s?"
)
_SIGNING = re.compile(
    rf"(?:(?:the|its|this|their|such)\s+)?(?:(?:date|day|moment|time)\s+of\s+)?(?:(?:the|its|this|their)\s+)?"
    rf"(?:signing|signature|conclusion|adoption|announcement|publication)\b(?!\s+of\s+(?!(?:this|the|these"
    rf"|the\s+present)\s+(?:\w+\s+)?{_INSTRUMENT}))"
    rf"(?:\s+of\s+(?:this|the|these)\s+(?:present\s+|\w+\s+)?{_INSTRUMENT})?(?:\s+by\s+both\s+\w+)?"
    rf"|(?:the\s+)?(?:(?:date|day|moment)\s+of\s+)?(?:this|the\s+present|these|the(?!\s+(?:oath|letter|note|decision"
    rf"|document|terms|arrangement|contract|understanding)s?\b))\s+(?:present\s+)?{_INSTRUMENT}\b"
    r"|today\b|now\b|the\s+(?:present\s+)?date(?:\s+hereof)?\b(?!\s+(?:of|on|in|under|set|fixed|stated|given|specified|referred))|this\s+(?:day|date)\b"
    r"|the\s+date\s+hereof\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    rf"(?:(?:the|its|this)\s+)?(?:(?:date|day|moment)\s+(?:of|on\s+which)\s+)?(?:(?:the|its|this)\s+)?"
    rf"(?:entry\s+into\s+force|entering\s+into\s+force|coming\s+into\s+(?:force|effect)|effective\s+date"
    rf"|entry\s+into\s+effect|commencement)"
    rf"(?:\s+of\s+(?:this|the|these)\s+(?:present\s+|\w+\s+)?{_INSTRUMENT})?"
    rf"|(?:(?:the|its)\s+)?taking\s+effect(?:\s+of\s+(?:this|the|these)\s+(?:present\s+|\w+\s+)?{_INSTRUMENT})?"
    rf"|(?:this|the)\s+{_INSTRUMENT}\s+(?:enters|comes|has\s+(?:entered|come)|shall\s+have\s+(?:entered"
    rf"|come))\s+into\s+(?:force|effect)",
    re.IGNORECASE,
)
_SAME_ANCHOR = re.compile(r"(?:the\s+same|the\s+said|the\s+aforesaid)\s+(?:date|day|moment|time)\b", re.IGNORECASE)
_THAT = re.compile(
    r"(?:that|this|then|which|the\s+(?:above|same|previous|preceding)\s+\w+)\b(?!\s+(?:the"
    r"|agreement))(?:\s+(?:date|day|time|moment|deadline|[a-z]+(?:ing|tion|sion|ment|over|ge)|[a-z]+[wvs]al|visit|report)\b)?",
    re.IGNORECASE,
)
# A point between digits and a letter in brackets belong to a clause's number ("paragraph 4.1", "Article 3(a)").
_EVENT = re.compile(
    r"(?:[^,.;:()]|\.(?=\d)|\([a-z0-9]{1,4}\)){2,110}?(?=\s+(?:(?:the\s+)?[A-Z][\w-]+(?:\s+[A-Z]?[\w-]+){0,6}?|it|they|(?:each|all|both|no"
    r"|neither|the)\s+\w+)"
    r"\s+(?:will|shall|must)\b|\s+and\s+(?:shall|will|must|not\s+to|to)\b|[,;:]|\.(?!\d)"
    r"|\((?![a-z0-9]{1,4}\))|\)|$)"
)
_LENGTH = re.compile(
    r"\bfor\s+(?:(?:a|an|the|another)\s+)?(?:(?:further|additional|next|initial|first)\s+)*(?:(?:periods?"
    r"|terms?)\s+of\s+)?(?:(?:at\s+least|up\s+to"
    r"|(?:not\s+)?(?:more|less|longer)\s+than)\s+)?$",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(
    r"\bfrom\s+(?:that|the\s+same)\s+(?:hour|moment|time|day|date)\b(?:\s+(?:on|onwards?)\b)?"
    r"|(?<!\bof )(?<!\bin )(?:\b(?:at|on)\s+)?\b(?:that|the)\s+same\s+(?:day|date|hour)\b(?!\s+of\b)"
    r"|\bby\s+(?:sunset|noon|midnight|nightfall|dusk)\s+(?:of|on)\s+that\s+day\b"
    r"|\b(?:within|in|during|by|on|over)\s+(?:the\s+same|this|that|the\s+said)\s+(?:period(?:\s+of\s+time)?"
    r"|time(?:\s*-?\s*(?:limit|frame))?|term|date|day|deadline|days?)\b"
    r"(?!\s+(?:of|from|after)\s)(?!\s+each)",
    re.IGNORECASE,
)
_LAST_OF_NTH = re.compile(
    rf"(?P<limit>\b(?:by|before|(?:no|not)\s+later\s+than|on|at|within)\s+)(?:the\s+)?(?:last\s+day|end"
    rf"|close)\s+of\s+the\s+"
    rf"(?P<nth>{ORDINAL})\s+(?P<unit>month|year|week)\s+(?:after|following|from|of)\s+",
    re.IGNORECASE,
)
_NTH_DAY = re.compile(
    rf"(?P<limit>\b(?:by|before|(?:no|not)\s+later\s+than|on|from"
    rf"|at)\s+)(?:the\s+)?(?P<nth>{ORDINAL})\s+(?P<unit>day|week|month)\s+"
    r"(?:after|following|from)\s+",
    re.IGNORECASE,
)
_ON_THE_DATE = re.compile(
    r"\b(?:on|from|as\s+(?:of|from)|at|starting\s+(?:on|from)|with\s+effect\s+from)\s+(?=the\s+(?:date|day"
    r"|moment)\s+of\s)",
    re.IGNORECASE,
)
_UPON_SIGNING = re.compile(
    rf"\b[Uu]pon\s+(?:the\s+)?(?:signature|signing)\s+of\s+(?:this|the\s+present)\s+{_INSTRUMENT}\b", re.IGNORECASE
)
# "This day at sunset", "tonight at 20:00", "to-morrow": counted from the day of signing.
_SAME_DAY = re.compile(
    r"(?:\bat\s+\d{1,2}[:.]\d\d\s+)?\b(?:this\s+(?:day|evening|night)|to-?day|to-?night"
    r"|(?P<morrow>to-?morrow))\b(?:\s+at\s+(?:sunset|noon|midnight|dusk|dawn|\d{1,2}[:.]\d\d))?",
    re.IGNORECASE,
)
_IN_TIME = re.compile(r"\bin\s+(?:another\s+)?(?P<length>[\w-]+(?:\s[\w-]+)?)['’]?\s+time\b")
_CLOCK = re.compile(r"\b(\d{1,2}:\d\d)\b")
# "By the thirtieth day", with no word of what it is counted from.
_BARE_NTH_DAY = re.compile(
    rf"\b(?:by|before|(?:no|not)\s+later\s+than)\s+the\s+(?P<nth>{ORDINAL})\s+day\b(?!\s+(?:of|after|following|from)\b)",
    re.IGNORECASE,
)
_D_DAY = re.compile(
    r"\b(?i:on\s+or\s+before|by|on|before|within|at|(?:as\s+)?from|as\s+of|(?:no|not)\s+later\s+than)\s+(?:D(?:-?\s?Day)?\s?\+\s?"
    r"|[Dd]ay\s+)(?P<number>\d{1,3})\b"
    r"(?!\s+of\b)"
)
# A day that the agreement gives a name: "on Day E", "by the Transfer Date".
_NAMED_DAY = re.compile(
    r"\b(?:(?P<by>by|before|(?:no|not)\s+later\s+than|on\s+or\s+before|not\s+after)|(?P<on>(?:(?:as\s+of|as\s+from|from|at)\s+(?P<hour>\d{1,2}[:.]\d\d)(?:\s*\([^)]{2,8}\))?\s+)?(?:[Oo]n|[Ff]rom|[Aa]s\s+of|[Ss]tarting\s+on)))"
    r"\s+(?:the\s+)?(?P<name>(?:[A-Z][a-z]+\s+){1,2}(?:Day|Date)|Day\s+(?:[A-Z]\b|Zero|One)|[A-Z]-Day)\b(?!\s*[+\d])"
    r"(?:,?\s+(?:between|from)\s+(?P<clock>\d{1,2}[:.]\d\d)\s+(?:and|to)\s+\d{1,2}[:.]\d\d(?:\s*\([A-Z]{3}[^)]{0,6}\))?)?"
)
_RECURRING = re.compile(
    r"\b(?:every|each)\s+(?:\w+\s+)?(?:day|week|month|year|quarter|(?:\w+\s+)?(?:days|weeks|months"
    r"|years))\b\s*(?:thereafter|after\s+that|afterwards)"
    r"|\b(?:daily|weekly|monthly|quarterly|annually|yearly)\s+(?:thereafter|after\s+that|afterwards)",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:each|every|any|all|its\s+decisions?|their\s+decisions?|such|whenever|a\s+request|violations|seizures|incidents|breaches|complaints)\b",
    re.IGNORECASE,
)
_POSSESSIVE_EVENT = re.compile(
    r"(?:its|their|his|her|each|every|any|such|a|an|learning|becoming|being)\b", re.IGNORECASE
)
_THEIR_ACT = re.compile(r"(?:its|their|his|her|being)\s+[a-z]+$", re.IGNORECASE)
_DAY_AFTER = re.compile(
    r"\b(?:(?:(?:no|not)\s+later\s+than|on|by)\s+)the\s+(?:day\s+after|next\s+day|following\s+day|day\s+following)\b"
    r"(?!\s+(?:the|that|this|its|it|a|but)\b)",
    re.IGNORECASE,
)
_MONTH_OF_ENTRY = re.compile(
    rf"\b(?:by|before|(?:no|not)\s+later\s+than|at)\s+the\s+end\s+of\s+the\s+month\s+in\s+which\s+(?:this|the)\s+{_INSTRUMENT}"
    r"\s+(?:enters|comes)\s+into\s+(?:force|effect)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline in place, before what it counts from is known.

    Attributes:
        start, end: half-open place of its words.
        kind: a limit, a day to start on, a limit that must not be reached, a length, a count backwards, or what recurs.
        counts_from: nothing (a day), the signing, the entry into force, a day in the words, the same deadline again,
        what the
            deadline before counts from, the deadline before, each occasion anew, or an event.
        rule: the whole rule where the words give it; ``None`` where it hangs on another commitment or on an event.
        units, sign: the length to be counted, forwards (1) or backwards (-1).
        words: what it counts from, as written; ``None`` for a day.
        shape: "month" or "year" where the end of it is meant.
        clock, zone: the exact hour.
        is_bare: a length without any word of what it counts from.
    """

    start: int
    end: int
    kind: Kind
    counts_from: CountsFrom
    rule: str | None = None
    units: tuple[tuple[str, int], ...] = ()
    sign: int = 1
    words: str | None = None
    shape: str | None = None
    clock: str | None = None
    zone: str | None = None
    is_bare: bool = False


def find_deadlines(text: str) -> tuple[FoundDeadline, ...]:
    """The deadlines in one sentence, in order.

    A length of time without a limit ("for ten years", "until 1 May") and a habit are none.

    >>> [(found.rule, found.words) for found in find_deadlines("Within 30 days of signing the Front will leave.")]
    [('signing + 30 days', 'signing')]
    >>> [found.rule for found in find_deadlines("It will go by 31 March and may stay out until 1 May 2040.")]
    ['next 03-31 after signing']
    """
    days, periods = find_days(text), find_periods(text)
    kind: Kind
    found: list[FoundDeadline] = []
    for match in _LAST_OF_NTH.finditer(text):
        found += _read_nth(text, match, days, match["unit"].lower())
    for match in _NTH_DAY.finditer(text):
        found += _read_nth(text, match, days, None)
    for match in _DAY_AFTER.finditer(text):
        found.append(
            FoundDeadline(
                match.start(), match.end(), "within", "previous", units=(("days", 1),), words="the day before"
            )
        )
    for match in _MONTH_OF_ENTRY.finditer(text):
        rule = f"end of month of {ENTRY}"
        found.append(FoundDeadline(match.start(), match.end(), "by", "entry", rule, words=ENTRY))
    for match in _BARE_NTH_DAY.finditer(text):
        units = (("days", read_ordinal(match["nth"])),)
        found.append(
            FoundDeadline(
                match.start(),
                match.end(),
                "by",
                "signing",
                write_rule(SIGNING, units),
                units,
                words="signing",
                is_bare=True,
            )
        )
    for match in _RECURRING.finditer(text):
        found.append(FoundDeadline(match.start(), match.end(), "recurring", "occasion", words=match.group()))
    for match in _D_DAY.finditer(text):
        rule = write_rule("D-Day", (("days", int(match["number"])),))
        found.append(FoundDeadline(match.start(), match.end(), "by", "day", rule, words="D-Day"))
    for period in periods:
        # "By the end of next week" is a day, and no week from now.
        if not any(day.start < period.start < day.end for day in days):
            found += _read_period(text, period, days)
    for match in _NAMED_DAY.finditer(text):
        kind = "by" if match["by"] else "start"
        found.append(
            FoundDeadline(
                match.start(), match.end(), kind, "event", words=match["name"], clock=match["hour"] or match["clock"]
            )
        )
    for match in _IN_TIME.finditer(text):
        # "In ten days' time": counted from the day on which it is said.
        inside = [one for one in periods if one.start == match.start("length") and one.end <= match.end("length") + 1]
        found += [
            FoundDeadline(match.start(), match.end(), "within", "signing", write_rule(SIGNING, one.units), words="now")
            for one in inside
        ]
    for match in _UPON_SIGNING.finditer(text):
        found.append(
            FoundDeadline(
                match.start(), match.end(), "start", "signing", SIGNING, words=match.group().split(None, 1)[1]
            )
        )
    for match in _ON_THE_DATE.finditer(text):
        anchor = _read_anchor(text, match.end(), days)
        if anchor is not None and anchor.counts_from in ("signing", "entry"):
            found.append(_with_rule(replace(anchor, start=match.start(), kind="start")))
    for match in _SAME_DAY.finditer(text):
        morrow = (("days", 1),) if match["morrow"] else ()
        clock = _CLOCK.search(text[match.start() : match.end() + 30])
        found.append(
            FoundDeadline(
                match.start(), match.end(), "start", "signing", write_rule(SIGNING, morrow), clock=clock and clock[1]
            )
        )
    for match in _SAME_TIME.finditer(text):
        kind = "start" if match.group().lower().startswith("from") else "within"
        found.append(FoundDeadline(match.start(), match.end(), kind, "same", words=match.group()))
    for day in days:
        found += _read_day(text, day)
    return _without_overlap(found)


def _look_back(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """What a pattern finds right before a place."""
    return pattern.search(text, max(0, end - LOOK_BACK), end)


def _without_overlap(found: Sequence[FoundDeadline]) -> tuple[FoundDeadline, ...]:
    kept: list[FoundDeadline] = []
    # What was found first knows more about its words; the order of finding is that of the patterns above.
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def _read_day(text: str, day: Day) -> list[FoundDeadline]:
    start = day.start
    before = _look_back(_PREPOSITION, text, start)
    if before is None or _RANGE.match(text, day.end) or _look_back(_UNTIL, text, start):
        return []
    is_range_end = _look_back(_RANGE_END, text, before.start())
    kind: Kind = "by" if before["by"] else "before" if before["before"] else "start"
    if is_range_end or (kind != "by" and _look_back(_STATE_OF_PAST, text, before.start())):
        return []
    rule = day.rule
    if kind == "before" and day.is_coarse:
        # Before May: what is to be done must be done when May begins.
        rule = re.sub(r"-\d\d( after signing)?$", r"-01\1", rule)
    clock = day.hour.clock if day.hour else None
    if clock == "00:00" and kind in ("by", "before") and "midnight" in text[before.start() : day.end]:
        clock = "24:00"
    zone = day.hour.zone if day.hour else None
    end = max(day.end, day.hour.end if day.hour else 0)
    return [FoundDeadline(before.start(), end, kind, "nothing", rule, clock=clock, zone=zone)]


def _read_nth(text: str, match: re.Match[str], days: Sequence[Day], shape: str | None) -> list[FoundDeadline]:
    anchor = _read_anchor(text, match.end(), days)
    if anchor is None:
        return []
    number = read_ordinal(match["nth"])
    unit = {"month": "months", "year": "years", "week": "weeks", "day": "days"}[match["unit"].lower()]
    kind: Kind = "start" if match["limit"].strip().lower() in ("on", "from", "at") and shape is None else "by"
    made = replace(
        anchor, start=match.start(), kind=kind, units=((unit, number),), shape=shape if shape != "week" else None
    )
    return [_with_rule(made)]


def _read_period(text: str, period: Period, days: Sequence[Day]) -> list[FoundDeadline]:
    if _look_back(_LENGTH, text, period.start):
        return []
    within = _look_back(_WITHIN, text, period.start)
    after = _AFTER.match(text, period.end)
    limit = re.sub(r"\s+", " ", within["limit"].lower()) if within else ""
    is_sequel = bool(within and (within["same"] or within["next"] or within["coming"]))
    if (
        limit in ("in", "during", "over", "throughout", "under", "after", "following")
        and not is_sequel
        and not (after and limit == "in")
    ):
        return []
    if (within is None and after is None) or (after and after["from"] == "of" and not within):
        return []
    start = within.start() if within else period.start
    base = FoundDeadline(start, period.end, "within", "signing", units=period.units)
    if within and within["same"]:
        return [replace(base, counts_from="same", words=text[start : period.start].strip() or None)]
    if after is None:
        if limit in ("at least", "not less than", "no less than", "no fewer than", "not more than", "no more than"):
            return []
        if within and within["next"]:
            return [replace(base, counts_from="previous", words="the deadline before")]
        return [_with_rule(replace(base, words="signing", is_bare=True))]
    if after["bare"]:
        return [replace(base, end=after.end(), counts_from="previous", words=after["bare"])]
    anchor = _read_anchor(text, after.end(), days)
    if anchor is None:
        return (
            []
            if within is None or after["from"] == "of"
            else [_with_rule(replace(base, words="signing", is_bare=True))]
        )
    if within is None and anchor.counts_from in ("event", "occasion") and not after["back"]:
        return []
    kind: Kind = "back" if after["back"] else "within"
    return [_with_rule(replace(anchor, start=start, kind=kind, units=period.units, sign=-1 if after["back"] else 1))]


def _read_anchor(text: str, at: int, days: Sequence[Day]) -> FoundDeadline | None:
    """What a length counts from, as a deadline without its length."""
    same = _SAME_ANCHOR.match(text, at)
    if same:
        return FoundDeadline(at, same.end(), "within", "same anchor", words=same.group())
    day = next((one for one in days if at <= one.start <= at + 8), None)
    if day is not None and re.fullmatch(r"(?:the\s+)?(?:\w+\s+)?", text[at : day.start]):
        return FoundDeadline(at, day.end, "within", "day", day.rule, words=text[day.start : day.end])
    for pattern, counts in ((_ENTRY, "entry"), (_SIGNING, "signing")):
        match = pattern.match(text, at)
        if match:
            made = FoundDeadline(at, match.end(), "within", "signing", words=match.group())
            return replace(made, counts_from="entry") if counts == "entry" else made
    that = _THAT.match(text, at)
    if that:
        return FoundDeadline(at, that.end(), "within", "previous", words=that.group())
    event = _EVENT.match(text, at)
    if event is None:
        return None
    words = event.group().strip()
    end = at + len(event.group().rstrip())
    dated = next((one for one in days if at < one.start < at + len(event.group())), None)
    if dated is not None and re.search(r"\b(?:of|on)\s+(?:the\s+)?$", text[at : dated.start]):
        return FoundDeadline(at, dated.end, "within", "day", dated.rule, words=text[at : dated.end])
    if _THEIR_ACT.match(words):
        # "Ten days after their delivery": an earlier clause may say by when they are delivered.
        return FoundDeadline(at, end, "within", "event", words=words)
    if _POSSESSIVE_EVENT.match(words) or re.search(r"\b(?:each|every|any)\b", words):
        return FoundDeadline(at, end, "within", "occasion", words=words)
    return FoundDeadline(at, end, "within", "event", words=words)


def _with_rule(found: FoundDeadline) -> FoundDeadline:
    """The deadline with its rule where signing, entry into force or a day in the words is its anchor."""
    anchor = {"signing": SIGNING, "entry": ENTRY, "day": found.rule}.get(found.counts_from)
    if anchor is None:
        return found
    if anchor.startswith(("next ", "day ", "end of ")) and found.units:
        # A length counted from a day without a year: the day's own rule can't stand inside another one.
        return replace(found, rule=None, counts_from="event")
    rule = write_rule(anchor, found.units, found.sign)
    return replace(found, rule=f"end of {found.shape} of {rule}" if found.shape else rule)


def counts_from_each_occasion(found: FoundDeadline, act: str) -> bool:
    """Whether a bare length counts anew each time: "shall publish its decisions within five days".

    >>> (found,) = find_deadlines("The Board shall publish its decisions within five days.")
    >>> counts_from_each_occasion(found, "publish its decisions")
    True
    """
    return found.is_bare and _OCCASION.search(act) is not None
