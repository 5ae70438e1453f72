"""What the words around a name say: that it is no place at all, or how much of the map is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pledgewatch.model.reading import Mention, MentionType
from pledgewatch.resolve.places.folding import fold_word
from pledgewatch.resolve.places.scan import Hit, Scan, Token
from pledgewatch.resolve.places.words import Precision, place_words

WINDOW = 60
"""Words before or after a name count within so many code points."""

_NUMERAL = re.compile(r"[\s-](?:II|III|IV|([1-9]))\b(?!\s*(?:[-–,.]\d|per|%))")
_SUFFIX = re.compile(r"[-‐‑](\w+)")
_PREFIX = re.compile(r"(\w+)[-‐‑]$")
_LINKS = frozenset({"of", "for"})
_SEAM = re.compile(r"[’']?(?:[ \u00a0]|[ \t]?\n[ \t]?)")
_NAMING: frozenset[MentionType] = frozenset({"person", "group", "body", "document", "weapon"})


def before(scan: Scan, hit: Hit) -> str:
    """The words before a name, within the window."""
    return scan.text[max(0, hit.start - WINDOW) : hit.start]


def names_an_accord(scan: Scan, hit: Hit, accords: Collection[str]) -> str | None:
    """Why a name stands for an agreement or its process, or ``None``.

    Args:
        accords: folded names by which the text names agreements elsewhere ("the X accord").
    """
    words = place_words()
    state = any(named.entry.place.precision == "country" for named in hit.names)
    after = (words.accord_after if state else words.accord_after_town).match(scan.text, hit.end)
    if after is not None:
        return f"an agreement or process: {_tidy(scan.text[hit.start : after.end()])}"
    if state:
        return None
    if (numeral := _NUMERAL.match(scan.text, hit.end)) is not None and (numeral[1] is None or hit.folded in accords):
        return f"an agreement or process: {_tidy(scan.text[hit.start : numeral.end()])}"
    verb = words.accord_verb.match(scan.text, hit.end) or words.accord_parts.match(scan.text, hit.end)
    if verb is not None:
        return f"an agreement: {_tidy(scan.text[hit.start : verb.end()])}"
    if scan.text[hit.end : hit.end + 1] in ("'", "’"):
        return None
    lead = before(scan, hit)
    found = words.accord_before.search(lead) or (
        words.accord_before_once_named.search(lead) if hit.folded in accords else None
    )
    if found is not None and not _goes_on_as_name(scan, hit):
        return f"an agreement: {_tidy(found.group() + scan.text[hit.start : hit.end])}"
    return None


def named_accords(scan: Scan) -> frozenset[str]:
    """Folded names by which a text names an agreement in so many words ("the X accord", "X II")."""
    after = place_words().accord_after
    return frozenset(hit.folded for hit in scan.hits if after.match(scan.text, hit.end))


def names_a_body(scan: Scan, hit: Hit) -> str | None:
    """Why a name is part of the name of a body, paper, court or force, or ``None``."""
    sets = place_words().sets
    end = _end_of_run(scan, hit)
    for index in range(hit.last, end):
        lower = scan.tokens[index].raw.lower().replace("’", "'")
        if lower in sets["bodies_after"] and scan.tokens[index].raw[0].isupper():
            return f"part of a name: {_tidy(scan.text[hit.start : scan.tokens[index].end])}"
    if _follower(scan, hit).lower() in sets["things_after"]:
        return f"part of a name: {_tidy(scan.text[hit.start : scan.tokens[hit.last].end])}"
    return _body_before(scan, hit)


def _body_before(scan: Scan, hit: Hit) -> str | None:
    index = hit.first - 1
    if index >= 0 and scan.tokens[index].raw == "the":
        index -= 1
    if index < 1 or not _joined(scan, index):
        return None
    link, head = scan.tokens[index].raw, scan.tokens[index - 1]
    if not head.raw[0].isupper():
        return None
    sets, word = place_words().sets, fold_word(head.raw)
    state = any(named.entry.place.precision == "country" for named in hit.names)
    fits = (
        (link == "of" and word in sets["bodies_before_of"])
        or (link == "in" and state and word in sets["bodies_before_in_a_state"])
        or (link == "for" and word in sets["bodies_before_for"])
    )
    return f"part of a name: {_tidy(scan.text[head.start : hit.end])}" if fits else None


def names_a_person(scan: Scan, hit: Hit) -> str | None:
    """Why a name is a person's, or ``None``: "Chad Brown", "Secretary Austin", "Lloyd Austin"."""
    sets = place_words().sets
    if not hit.lone:
        return None
    lead = scan.tokens[hit.first - 1] if hit.first and _joined(scan, hit.first, stop=True) else None
    state = any(named.entry.place.precision == "country" for named in hit.names)
    folded = fold_word(lead.raw) if lead is not None and lead.raw[0].isupper() else ""
    if lead is not None and folded in sets["titles"] and not _is_hit(scan, hit.first - 1):
        return f"a person: {lead.raw} {scan.text[hit.start : hit.end]}"
    given = hit.folded in sets["given_names"]
    if state and hit.first and scan.tokens[hit.first - 1].raw.lower() in sets["no_part_of_name"]:
        return None
    if lead is not None and folded in sets["given_names"] and not state and not _is_hit(scan, hit.first - 1):
        return f"a person: {lead.raw} {scan.text[hit.start : hit.end]}"
    follower = scan.tokens[hit.last] if hit.last < len(scan.tokens) and _joined(scan, hit.last) else None
    if given and follower is not None and _may_be_surname(scan, hit, follower):
        return f"a person: {scan.text[hit.start : follower.end]}"
    return None


def _may_be_surname(scan: Scan, hit: Hit, follower: Token) -> bool:
    sets, lower = place_words().sets, follower.raw.lower()
    return (
        follower.raw[0].isupper()
        and not follower.raw.isupper()
        and hit.end == scan.tokens[hit.last - 1].end
        and place_words().precision_of(lower) is None
        and not any(lower in sets[name] for name in ("bodies_after", "titles", "no_surnames"))
        and lower not in sets["given_names"]
        and not (_is_hit(scan, hit.last) and lower not in sets["surnames"])
    )


def speaks_for_a_state(scan: Scan, hit: Hit) -> str | None:
    """Why a name stands for a government, not for ground, or ``None``: "X said", "talks with X", "X-backed"."""
    words = place_words()
    suffix = _SUFFIX.match(scan.text, hit.end)
    if suffix is not None and suffix[1].lower() in words.sets["state_suffixes"]:
        return f"a state, not its ground: {scan.text[hit.start : suffix.end()]}"
    prefix = _PREFIX.search(before(scan, hit))
    if prefix is not None and prefix[1].lower() in words.sets["state_prefixes"]:
        return f"a state, not its ground: {prefix.group()}{scan.text[hit.start : hit.end]}"
    if not any(named.entry.capital or named.entry.place.precision == "country" for named in hit.names):
        return None
    lead = before(scan, hit)
    if (found := words.governments_before.search(lead)) is not None:
        return f"a government: {_tidy(found.group() + scan.text[hit.start : hit.end])}"
    if words.locative.search(lead) is None and (found := words.speaks.match(scan.text, hit.end)) is not None:
        return f"a government: {_tidy(scan.text[hit.start : found.end()])}"
    return None


def covered_by(hit: Hit, mentions: Sequence[Mention]) -> Mention | None:
    """The mention of somebody or something else that a name is part of, or ``None``."""
    for mention in mentions:
        longer = mention.span.start <= hit.start and hit.end <= mention.span.end
        more = mention.span.end - mention.span.start > hit.end - hit.start + 4
        if longer and mention.type in _NAMING and (more or mention.type == "person"):
            return mention
    return None


def said_precision(scan: Scan, hit: Hit) -> tuple[Precision | None, int]:
    """The precision that the words say ("X province", "the city of X"), and where name and kind word end."""
    words = place_words()
    after = words.kind_after.match(scan.text, hit.end)
    if after is not None:
        precision = words.precision_of(after[1])
        # "Syria state media", "the Manbij region": small letters say little unless the gazetteer has the kind.
        loose = after[1] in ("state", "states", "region", "regions", "department", "agency", "county")
        if precision is not None and not (
            loose and all(named.entry.place.precision != precision for named in hit.names)
        ):
            return precision, after.end()
    lead = before(scan, hit)
    if (found := words.kind_before.search(lead)) is not None and not _ends_a_name(scan, hit, found):
        return words.precision_of(found[1]), hit.end
    follower = _follower(scan, hit).lower()
    if words.town_before.search(lead) is not None or follower in words.sets["town_after"]:
        return "town", hit.end
    return None, hit.end


def _ends_a_name(scan: Scan, hit: Hit, found: re.Match[str]) -> bool:
    """Whether the kind word before "of" belongs to a name before it ("Sangin district of X")."""
    at = max(0, hit.start - WINDOW) + found.start(1)
    return any(other.end < at and scan.text[other.end : at].isspace() for other in scan.hits if other.end >= at - 3)


def is_located(scan: Scan, hit: Hit) -> bool:
    """Whether a preposition of place, or a verb that takes a place, stands before a name."""
    return place_words().locative.search(before(scan, hit)) is not None


def _end_of_run(scan: Scan, hit: Hit) -> int:
    """One past the last token of the run of capitalised words after a name."""
    end = hit.last
    while end < len(scan.tokens) and end - hit.last < 6 and _joined(scan, end):
        raw = scan.tokens[end].raw
        if not (raw[0].isupper() or raw in _LINKS) or raw == "The":
            break
        end += 1
    return end


def _goes_on_as_name(scan: Scan, hit: Hit) -> bool:
    return _follower(scan, hit)[:1].isupper()


def _follower(scan: Scan, hit: Hit) -> str:
    """The word right after a name; empty where anything but a blank parts them."""
    return scan.tokens[hit.last].raw if hit.last < len(scan.tokens) and _joined(scan, hit.last) else ""


def is_inside_a_name(scan: Scan, hit: Hit) -> bool:
    """Whether a capitalised word stands right before or after a name, as in a person's name that holds a town's."""
    neutral = place_words().sets["no_part_of_name"]
    if hit.first and _joined(scan, hit.first):
        raw = scan.tokens[hit.first - 1].raw
        if raw[0].isupper() and raw.lower() not in neutral and not _is_hit(scan, hit.first - 1):
            return True
    after = _follower(scan, hit)
    return (
        after[:1].isupper()
        and after.lower() not in neutral
        and place_words().precision_of(after) is None
        and not _is_hit(scan, hit.last)
    )


def is_possessive(scan: Scan, hit: Hit) -> bool:
    """Whether a possessive *'s* follows a name."""
    return scan.text[hit.end : hit.end + 2].lower() in ("'s", "’s")


def has_article(scan: Scan, hit: Hit) -> bool:
    """Whether "the" stands right before a name and is its own (not in "the X-based paper"): towns have none."""
    if _SUFFIX.match(scan.text, hit.end) is not None:
        return False
    return hit.first > 0 and scan.tokens[hit.first - 1].raw.lower() == "the" and _joined(scan, hit.first)


def _joined(scan: Scan, index: int, *, stop: bool = False) -> bool:
    """Whether nothing but a blank or the end of a line (or a stop and a blank) parts a token from the one before it."""
    gap = scan.text[scan.tokens[index - 1].end : scan.tokens[index].start]
    return _SEAM.fullmatch(gap) is not None or (stop and gap == ". ")


def _is_hit(scan: Scan, index: int) -> bool:
    """Whether a token belongs to a name of the gazetteer that is more than a small town."""
    return any(
        hit.first <= index < hit.last and any(named.entry.source != "geonames" for named in hit.names)
        for hit in scan.hits
    )


def _tidy(words: str) -> str:
    return " ".join(words.split())
