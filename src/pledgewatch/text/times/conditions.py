"""Conditions on a match's neighbourhood that word classes alone can't say; grammar.yml names them under ``needs``."""

from __future__ import annotations

import re
from collections.abc import Callable

from pledgewatch.text.times.grammar import Hit
from pledgewatch.text.times.tokens import word_classes

_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|of|and|or|between|during|throughout|after|before|through|for|the|early|late|mid|"
    r"into|year|years|around|about|circa|that|through|than|on|as|at|this|[A-Z]\w+)|[(\[,;:–—-]|^|\n)\s*$",
    re.IGNORECASE,
)
_PEOPLE_AFTER = re.compile(
    r"\s+(?:[a-z]{3,}s|men|people|women|children|cavalry|infantry|of\s+(?:the|them|his|their))\b|,\d|\s*%"
)


def _before(hit: Hit, size: int = 24) -> str:
    return hit.tokens.text[max(0, hit.start - size) : hit.start]


def _after(hit: Hit, size: int = 32) -> str:
    return hit.tokens.text[hit.end : hit.end + size]


def bare_year(hit: Hit) -> bool:
    """A number of four digits is a year unless it counts something."""
    year = int(hit.words("year") or 0)
    before, after = _before(hit), _after(hit)
    strong = re.search(r"\b(?:in|since|until|early|late|year)\s*$|\($", before)
    if _PEOPLE_AFTER.match(after) and not strong and (year < 1500 or year % 50 == 0):
        return False
    if not 1500 <= year < 2100 and not strong:
        return False
    if re.search(
        r"(?:about|around|nearly|some|than|over|almost|roughly|approximately|least|to)\s+$", before
    ) and _PEOPLE_AFTER.match(after):
        return False
    if re.search(
        r"\b(?:No|Nos|no|Resolution|resolution|number|page|pages|p|pp|room|highway|route|Section|Article)\.?\s*$",
        before,
    ):
        return False
    if re.match(r"\s*(?:km|kilomet|mile|met(?:er|re)|feet|tons|troops|per\s?cent|pounds|dollars)", after):
        return False
    return bool(_YEAR_BEFORE.search(before)) or year >= 1700


def year_range(hit: Hit) -> bool:
    """The second year of "1939-45"."""
    tokens, first = hit.tokens, hit.first
    digits = hit.words("year") or ""
    if first < 2 or len(digits) != 2 or not digits.isdigit():
        return False
    earlier = tokens.word(first - 2)
    glued = tokens.ends[first - 2] == tokens.starts[first - 1] and tokens.ends[first - 1] == tokens.starts[first]
    return tokens.classes[first - 2] == word_classes().letters["yearno"] and glued and int(digits) > int(earlier[2:])


def day_list(hit: Hit) -> bool:
    """The second day of "June 9 and 10" or "12-15 March": a day stands just before, or a month before that."""
    letters = word_classes().letters
    tokens, first = hit.tokens, hit.first
    days = (letters["dayno"], letters["ordno"])
    month = letters["month"]
    index = first - 1
    while (
        index > 0
        and first - index < 10
        and (
            tokens.classes[index] in days
            or tokens.classes[index] in (letters["and"], letters["to"], letters["dash"], letters["comma"])
        )
    ):
        index -= 1
    if index < 0 or tokens.classes[index] != month or index + 1 >= first or tokens.classes[index + 1] not in days:
        return False
    return not re.match(
        r"\s+(?:[a-z]+s|people|men|women|children|other|others|more|per|of)\b(?<!\bwas)(?<!\bhas)(?<!\bis)", _after(hit)
    )


def century(hit: Hit) -> bool:
    """The unit is a century."""
    return hit.payload("unit") == "Ce"


def year_only(hit: Hit) -> bool:
    """The unit is one of the calendar's, and nothing says whose."""
    return hit.payload("unit") in ("Y", "M", "W", "De") and not re.match(
        r"\s*(?:that|when|he|she|it|they)\b", _after(hit)
    )


def daypart_night(hit: Hit) -> bool:
    """A unit after a weekday or before "of" is a night."""
    return hit.words_all() != "" and (not hit.has("unit") or "night" in hit.words_all().lower())


def not_before_name(hit: Hit) -> bool:
    """ "before" and "after" close a span only where nothing follows that they belong to."""
    word = (hit.words("which") or "").lower()
    if word not in ("after", "before"):
        return True
    return bool(re.match(r"\s*(?:[.,;:)]|$|\n)", _after(hit))) or hit.neighbour(0) in ("that", "this")


def bare_units(hit: Hit) -> bool:
    """ "weeks", "decades" with nothing before them are a time after a preposition of time."""
    word = hit.words_all().lower()
    if word in ("times", "seconds", "secs", "nights", "weekends", "weekdays"):
        return False
    before = _before(hit)
    return bool(
        re.search(
            r"\b(?:for|in|within|after|over|of|by|lasted|and|or|took|take|spent|during|until|than|were)\s+$", before
        )
    ) and not re.match(r"\s+of\s+(?:the\s+)?[A-Z]", _after(hit))


def no_noun_after(hit: Hit) -> bool:
    """In "the spring offensive" the article belongs to the noun that follows."""
    return not re.match(
        r"\s+(?!(?:in|of|and|or|to|on|at|by|for|with|when|while|as|but|that|was|were|is|had|has|he|she|it|they|the|a|an|before|after|"
        r"from|until|near|under|against|between|because|since|there|both|most|some|many|his|her|their|its|so|then|who|which)\b)[A-Za-z]",
        _after(hit),
    )


def these_days(hit: Hit) -> bool:
    """ "These days" and "to date"."""
    return hit.words_all().lower() in ("these days", "date") and not re.match(
        r"\s+(?:of|with|[a-z]+ing)\b", _after(hit)
    )


def noun_past(hit: Hit) -> bool:
    """ "the past" as a noun."""
    return hit.words_all().lower() == "the past" and bool(re.match(r"\s*(?:[.,;:)!?]|and\b|$)", _after(hit)))


def vague_time(hit: Hit) -> bool:
    """ "time" and "period", and "point" and "moment" only after "this" and "that"."""
    words = hit.words_all().lower()
    if words.endswith("time"):
        return not re.match(r"\s+(?:frame|line|limit|table|magazine|of\s+(?!the))", _after(hit)) and not (
            words == "the time" and re.match(r"\s+(?:of|that|when|[A-Z]|he|she|they|the|it)\b", _after(hit))
        )
    if words.endswith("period"):
        return True
    if words.endswith(("the point", "the moment")):
        return words == "the moment" and not re.match(r"\s+(?:of|that|when|[A-Z])", _after(hit))
    return words in ("this point", "that point", "this moment", "that moment") and bool(
        re.search(r"\b(?:at|from|until|by|to)\s+$", _before(hit))
    )


CONDITIONS: dict[str, Callable[[Hit], bool]] = {
    function.__name__: function
    for function in (
        bare_year, year_range, day_list, century, year_only, daypart_night, not_before_name, bare_units, no_noun_after,
        these_days, noun_past, vague_time,
    )
}  # fmt: skip
