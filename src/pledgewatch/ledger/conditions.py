"""On what a commitment waits: the words of its conditions."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEADING = re.compile(
    r"(?:(?:but|and)\s+)?(?:Only\s+)?(?:If|Once|When|Whenever|As\s+soon\s+as|As\s+long\s+as|So\s+(?:long|soon)\s+as"
    r"|For\s+as\s+long\s+as|After(?!\s+(?:that|this|which)\b)|Upon|On\s+(?:completion|receipt|fulfilment"
    r"|implementation|condition)"
    r"|Pending|Against\s+(?:this|that)|(?:This|That)\s+(?:being|having\s+been)\s+done"
    r"|The\s+foregoing\s+(?:being|having\s+been)\s+done|Following|Provided(?:\s+that)?|Subject\s+to|Unless|Should|In\s+the\s+event|In\s+case"
    r"|On\s+condition\s+(?:that|of)|In\s+return(?:\s+for)?|In\s+exchange(?:\s+for)?|Until"
    r"|Where(?!\s+(?:appropriate|necessary|possible)\b)|On\s+the\s+understanding|To\s+the\s+extent"
    r"|Insofar\s+as|In\s+so\s+far\s+as|While"
    r"|With\s+[^,]{0,60}?\b(?:commitment|compliance|fulfilment|implementation|observance|completion)\b)\b",
    re.IGNORECASE,
)
_NOMINAL = (
    r"(?:the\s+)?(?:full\s+|effective\s+|complete\s+|successful\s+|actual\s+|verified\s+|first\s+|second\s+"
    r"|written\s+|prior\s+"
    r"|due\s+|proper\s+)*(?:request|demand|order|proof|presentation|signature|entry|consent|agreement"
    r"|expiry|termination"
    r"|failure|breach|delivery|production|certification|authori[sz]ation|invitation|restoration|surrender"
    r"|adoption|completion"
    r"|implementation|fulfilment|fulfillment|execution|ratification|verification|confirmation|receipt"
    r"|conclusion"
    r"|withdrawal|release|removal|disarmament|establishment|deployment|handover|opening|formation"
    r"|acceptance|approval|notification|evacuation|departure|return|lifting|payment|arrival|cessation|deposit|abolition"
    r"|publication|submission|transfer|appointment|registration|reopening|reduction|repeal|dissolution|election|exchange)\b"
)
_FINITE = (
    r"[^,.;]*?\b(?:has|have|is|are|had|was|were|shall\s+have|comes?|does|do|enters?|agrees?|reports?|confirms?"
    r"|certif(?:y|ies)|complet(?:e|es)|ends?|begins?|leaves?)\b"
)
_TRAILING = re.compile(
    r"\bin\s+(?:return|exchange)(?!\s+for\b)|\b(?:"
    r"(?:only\s+)?if(?!\s+(?:necessary|possible|any|needed|required|applicable|appropriate|need\s+be"
    r"|so\s+requested)\b)(?<!as\sif)(?<!even\sif)"
    r"|(?:only\s+)?(?<!at )once(?!\s+(?:again|more|a\b|every|in\b|daily)\b)"
    r"|provid(?:ed|ing)\s+(?:that\b|always\b|the\b)|on\s+(?:the\s+)?condition\s+(?:that|of)"
    r"|on\s+the\s+understanding\s+that|(?:as|so)\s+soon\s+as(?!\s+(?:possible|practicable|feasible|convenient))"
    r"|(?:for\s+)?(?:as|so)\s+long\s+as|unless|subject\s+to|in\s+the\s+event\s+(?:of|that)"
    r"|in\s+case\s+(?:of\b)?|to\s+the\s+extent\s+that|in\s*so\s*far\s+as|in\s+return(?:\s+for)?"
    r"|in\s+exchange(?:\s+for)?|pending(?=\s+(?:the|its|their|completion|a)\b)|only\s+after\s+such(?=\s)"
    r"|on\s+(?:the\s+)?(?:completion|fulfilment|receipt)\s+of|not\s+before(?=\s+\w[^,.;]*\b(?:is|are|has|have)\b)"
    r"|(?<!not )before(?=\s+(?:its|their|the|all|each|both)\s[^,.;]*\b(?:has|have)\s+been\b)"
    rf"|(?<!agreed )(?<!based )upon(?=\s+(?:its\s+|their\s+|such\s+|a\s+|an\s+)?{_NOMINAL})"
    r"|when(?!\s+\w+ing\b)(?=[^,.;]*\b(?:is|are|has|have|comes?|does|do|so|reach(?:es)?|ask(?:s|ed)?"
    r"|request(?:s|ed)?|returns?|gives?)\b)"
    rf"|after(?!\s+(?:that|this|which)\b)(?=\s+(?:{_NOMINAL}|(?:the|its|their|both|all|each|[A-Z]){_FINITE}))"
    r"|(?:not\s+)?until(?!\s+(?:the\s+)?(?:\d|[a-z-]+(?:st|nd|rd|th)\s+(?:of|day)\b))(?=\s+(?:the|a|an|such|its|their"
    r"|that|this|these|those|they|all|both|[A-Z](?![a-z]+\s+\d)))(?!\s+the\s+(?:end|last\s+day"
    r"|close)\s+of\b)"
    r")(?:\s+(?:[^,.;:]|(?<=[\dA-Z])\.(?=\d)|,(?=\s+(?:sub-?)?paragraphs?\b))+)?"
    r"|\b(?:with|upon|on|at|after|subject\s+to|by)\s+(?:giving\s+(?:the\s+other(?:\s+\w+)?\s+"
    r"|each\s+other\s+)?)?(?:at\s+least\s+"
    r"|not\s+less\s+than\s+)?(?:an?\s+)?[\w-]+(?:\s+\(\d+\))?\s*(?:hours?|days?|weeks?|months?"
    r"|years?)['’]?s?\s+(?:prior\s+|advance\s+|written\s+|previous\s+)*(?:notice"
    r"|warning)\b(?:\s+(?:in\s+writing|to\s+[^,.;]+))?"
    r"|\bwithout\s+(?:first\s+|previously\s+)?having\b[^,.;:]*"
    r"|\bagainst\s+(?:proof|presentation|payment|receipt|delivery|surrender)\b[^,.;:]*"
    r"|\bby\s+(?:means\s+of\s+)?(?:giving\s+)?[\w-]+\s+(?:days|weeks|months|years?)['’]\s+"
    r"(?:(?:prior|advance|written|previous)\s+)*notice\b(?:\s+in\s+writing)?"
    r"|\bprovided(?=\s+(?:they|it|he|she|the|both|each|its|their|all|no)\s)[^,.;:]*"
    r"|\bwhere(?=\s[^,.;]*\bso\s+(?:requires?|request|warrants?|agree))[^,.;:]*"
    r"|\b\w+\s+permitting\b"
)
_COMMA_THEN_WHO = re.compile(r",\s+(?=(?:the|its|their|both|all|each|either|neither|no|a|an|we)\s|[A-Z(]|it\b|they\b)")
_WHOEVER = re.compile(
    r"(?:Whoever|Whosoever|He\s+who|Anyone\s+who|Any\s+(?:party|side|clan|one)\s+(?:who|which"
    r"|that))\s+[\w’'-]+(?:\s+[\w’'-]+){0,8}?(?=,|\s+(?:shall|will|must|pays?|gives?|owes?|loses?|forfeits?"
    r"|answers?|makes?|returns?)\b)",
    re.IGNORECASE,
)
_AND_CUE = re.compile(
    r",?\s+(?:and|but)\s+(?:shall|will|must|may|to|not\s+to|it\s+(?:shall|will)|they\s+(?:shall|will))\b"
)


def find_conditions(
    text: str,
    start: int,
    end: int,
    deadlines: Sequence[tuple[int, int]] = (),
    inner: Sequence[tuple[int, int]] = (),
) -> tuple[tuple[int, int], ...]:
    """Half-open places of the conditions in one sentence of a clause, in order.

    Args:
        deadlines: places of deadlines; words that lie in one ("within 10 days after the withdrawal") are no condition.
        inner: those of them that may be part of a condition ("gives notice a year before it ends"), and end none.

    >>> text = "If the Front stays away, the Republic will pull out."
    >>> [text[start:end] for start, end in find_conditions(text, 0, len(text))]
    ['If the Front stays away']
    """
    found = []
    begin = start
    opening = re.compile(r"[\s\"“(]*").match(text, start, end)
    first = opening.end() if opening else start
    whoever = _WHOEVER.match(text, first, end)
    leading = _LEADING.match(text, first, end)
    if whoever:
        found.append((first, whoever.end()))
        begin = whoever.end()
    elif leading and not any(a <= first < b for a, b in deadlines):
        comma = _COMMA_THEN_WHO.search(text, leading.end(), end) or re.compile(
            r",(?!\s+(?:sub-?)?paragraphs?\b)"
        ).search(text, leading.end() - 1, end)
        stop = comma.start() if comma else _end_without_comma(text, leading, end)
        if stop is not None:
            found.append((first, stop))
            begin = stop
    while match := _TRAILING.search(text, begin, end):
        within = next((b for a, b in deadlines if a <= match.start() < b), None)
        begin = max(match.end(), begin + 1) if within is None else max(within, match.start() + 1)
        stop = match.start() + len(match.group().rstrip())
        cut = _AND_CUE.search(text, match.start(), stop)
        stop = cut.start() if cut else stop
        firm = [place for place in deadlines if place not in inner]
        stop = next((a for a, b in firm if match.start() < a < stop and b >= stop), stop)
        stop = match.start() + len(text[match.start() : stop].rstrip(" ,"))
        if within is None and match.start() > first:
            found.append((match.start(), stop))
    return tuple(found)


def _end_without_comma(text: str, leading: re.Match[str], end: int) -> int | None:
    """Where a condition that opens a sentence ends when no comma says so: before the subject of the last "shall"."""
    cues = list(re.finditer(r"\s(?:shall|will|must|may)\b", text[leading.end() : end]))
    if not cues:
        return leading.end() if re.fullmatch(r"In (?:return|exchange)", leading.group()) else None
    before = text[leading.end() : leading.end() + cues[-1].start()]
    if leading.group().lower().startswith("only") and len(cues) == 1:
        # "Only after the companies have been disarmed will the Republic": the subject stands behind "will".
        return leading.end() + cues[-1].start()
    subject = list(re.finditer(r"\s(?=(?:the|each|both|all|neither|no|its|their)\s|[A-Z])", before))
    return leading.end() + subject[-1].start() if subject else None
