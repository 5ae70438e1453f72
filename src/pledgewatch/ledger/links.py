"""Which commitments a condition waits for, and which of them fixes the day of an event."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pledgewatch.ledger.cues import word_table
from pledgewatch.ledger.provisions import read_part_number
from pledgewatch.text.wordforms import fold_words

_NUMBER = r"(?:\d+(?:\.\d+)*|[IVXLC]+(?:\.\d+)*|[A-Z](?:\.\d+)*)(?:\s*\([a-z0-9]{1,4}\))*|\([a-z0-9]{1,4}\)"
_POINTER = re.compile(
    rf"(?:\b(?=\w)|(?=§))(?P<kind>[Pp]arts?|[Aa]rticles?|Art\.|[Cc]lauses?|[Ss]ections?|[Pp]aragraphs?|[Ss]ub-?paragraphs?"
    rf"|[Pp]oints?|[Cc]hapters?|[Aa]nnex|[Ss]teps?|[Pp]hases?|[Rr]ules?|§§?)\s+"
    rf"(?P<number>(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ff]irst|[Ss]econd|[Tt]hird)\b|(?:{_NUMBER})(?!\w))"
    rf"(?:\s*,?\s*[Pp]aragraph\s+(?P<paragraph>{_NUMBER}))?"
    rf"(?P<more>(?:\s*(?:,|and|to|through|or|[-–])\s*(?:{_NUMBER})(?!\w))*)"
)
_ORDINAL_POINTER = re.compile(
    r"\bthe\s+(?P<which>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth"
    r"|[Nn]inth|[Tt]enth|preceding|previous|foregoing|above)\s+"
    r"(?P<kind>[Pp]art|[Aa]rticle|[Cc]lause|[Pp]aragraph|[Pp]oint|[Ss]tep|[Pp]hase|[Ss]tage|[Rr]ule|[Ii]tem)s?\b"
)
_ARTICLE_THE = re.compile(
    r"\b(?P<kind>[Pp]art|[Aa]rticle|[Cc]lause|[Pp]oint|[Ss]tep|[Pp]hase|[Ss]tage|[Rr]ule)\s+the\s+"
    r"(?P<which>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth|[Tt]enth)\b"
)
_HEADS = re.compile(
    r"\W*(?:(?:the\s+)?(?P<before>first|second|third|fourth|fifth|sixth)\s+(?:phase|stage|step)"
    r"|(?:phase|stage|step)\s+(?P<after>one|two|three|four|five|six|first|second|third|\d+|[IVX]+))\b",
    re.IGNORECASE,
)
# "Subject to 2.2": a clause by its number alone.
_BARE_POINTER = re.compile(
    r"(?<![\d.,])(\d{1,2}(?:\.\d{1,2})+)(?![\d.]*\d)(?!\s*(?:per\b|million|billion|km|kilo|metre|%|crowns))"
)
_BEGINS = re.compile(
    r"\b(?:takes?\s+effect|(?:comes?|came|enters?|coming|entry)\s+into\s+(?:force|effect)|has\s+(?:begun|started)|begins?"
    r"|starts?|(?:the\s+)?(?:beginning|start|commencement)\s+of)\b"
)
_FIGHTING = re.compile(r"\b(?:fir(?:e|ing)|hostilities|hostile|fight\w*|shoot\w*|military|operations|arms|attacks)\b")
_WAITS_FOR = re.compile(
    r"\W*(?:only\s+)?(?:once|after|when|as\s+soon\s+as|upon|following|until|on\s+completion|against)\b", re.IGNORECASE
)
_DURATION = re.compile(
    r"\b(?:(?:within|for|after|than|of)\s+)?(?:\d+|[a-z-]+)\s+(?:working\s+)?(?:hours|days|weeks|months|years)\b"
)
_KEEPING = re.compile(
    r"\b(?:keep|fulfil|fulfill|honou?r|meet|implement|carr(?:y|ies) out|compl(?:y|ies)|abide|observe"
    r"|respect|adher|perform|discharg|stand)\w*\b"
)
_WHOLE = re.compile(
    r"\b(?:commitments?|obligations?|undertakings?|word|promises?|duties|pledges?|this (?:agreement|accord"
    r"|truce)|the (?:agreement|accord|truce|terms|calendar|timetable)|its side|their side|terms)\b"
)
_IN_RETURN = re.compile(r"(?:in return|in exchange)[\s,]*", re.IGNORECASE)
# "Once this has been done", "when they have done so": what was promised just before.
# "Once the Mission has confirmed the withdrawal": it is the withdrawal that is waited for.
_CONFIRMS = re.compile(
    r"\b(?:the|a|an)\s+[\w\s-]{2,50}?\s(?:has|have)\s+(?:confirmed|verified|certified|established|reported"
    r"|declared)\b(?:\s+that)?"
)
_FOREGOING = re.compile(
    r"\W*(?:against\s+(?:this|that)|(?:this|that|the\s+foregoing)\s+(?:being|having\s+been)\s+done)\b", re.IGNORECASE
)
_THAT_THING = re.compile(
    r"\b(?:that|this|such(?:\s+an?)?|these|those|the\s+said)\s+(?P<thing>(?!these\b|those\b|such\b|this\b|they\b|have\b)[a-z]{4,})\b",
    re.IGNORECASE,
)
_NOUN_OF_ACT = re.compile(
    r"\W*(?:pending|following|upon|on|after|once)\s+(?:the\s+)?(?:completion\s+of\s+|receipt\s+of\s+)?(?:the\s+|this\s+|that\s+)?"
    r"(?P<noun>[a-z]{6,})(?:\s+(?:of|by|has|is)\b.*)?\W*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?P<count>both|two|three)\s+(?!hundred|thousand|million|thirds|quarters|hours|days|weeks|months|years|sides|parties|states|governments|armies|powers|countries|members|signator)(?:\w+\s+){0,3}?\w+s\b[^,;]{0,80}\b(?:are|have)\b",
    re.IGNORECASE,
)
_THEY_HAVE = re.compile(r"\W*(?:once|when|after|as soon as)\s+(?:they|these|those)\s+(?:have|are)\s+\w", re.IGNORECASE)
_NOTICE = re.compile(r"\b(?:notice|warning|permitting)\b")
_THIS_DONE = re.compile(
    r"\W*(?:if|once|when|after|as soon as|upon|provided that|until|(?:against|on)\s+proof\s+that)"
    r"\s+(?:(?:all\s+(?:of\s+)?)?(?:this|that"
    r"|these|it)(?:\s+(?:step|duty|condition|act)s?)?|they|he|she|the\s+other(?:\s+(?:party|side))?)\s+"
    r"(?:has|have|is|are)\s+(?:been\s+)?(?:done|so\s+done|done\s+so|carried\s+out|completed|made|fulfilled|met)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"^(?:when|once|after|as soon as|if)\s+(?:the|these|those|this|that|all|his|her|its|their)\b.*\b(?:is"
    r"|are|has|have)\b",
    re.IGNORECASE,
)
GROUPS = (
    "START",
    "END",
    "FORM",
    "WITHDRAW",
    "RELEASE",
    "VOTE",
    "FORCE",
    "CHILD",
    "PRISONER",
    "DELIVER",
    "RETURN",
    "SWEEP",
    "CEASEFIRE",
    "PAY",
)
"""Groups of words in ``words.yml`` that count as one when a condition is held against an act."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What linking needs to know of a commitment: id, clause and part, who, the words, and in which sentence they
    stand, under which heading, and how its clause opens."""

    id: str
    clause: str
    part: str | None
    obligor: tuple[str, ...]
    act: str
    words: str
    sentence: int
    heading: str = ""
    opening: str = ""
    is_duty: bool = True

    @property
    def step(self) -> str | None:
        """The number of the phase or step that the clause is, by its opening words or its heading."""
        match = _HEADS.match(self.opening) or _HEADS.match(self.heading)
        return read_part_number((match["before"] or match["after"]).lower()) if match else None


@functools.cache
def _meanings() -> dict[str, str]:
    """Folded word to the name of the group of words that count as one."""
    return {word: group for group in GROUPS for word in word_table()[f"{group.lower()}_words"]}


@functools.lru_cache(maxsize=8192)
def find_keys(words: str) -> frozenset[str]:
    """The words that tell what is done to what, so that "removed" and "removal", "begun" and "open", count as one.

    >>> sorted(find_keys("Once the barriers have been removed") & find_keys("the removal of all barriers"))
    ['barri', 'remov']
    """
    keys = set()
    for word in fold_words(words):
        if word.fold in _meanings():
            keys.add(_meanings()[word.fold])
            continue
        for piece in re.split(r"[-’']", word.fold):
            if not piece or piece in word_table()["fillers"] or (len(piece) < 3 and not piece.isdigit()):
                continue
            keys.add(_meanings().get(piece) or piece[:5])
    return frozenset(keys)


def link_condition(words: str, own: Promise, promises: Sequence[Promise], named: Sequence[str]) -> tuple[str, ...]:
    """The ids of the commitments that a condition waits for; empty when it waits for something else.

    Args:
        words: of the condition, on one line.
        own: the commitment that waits; never returned.
        promises: all of the agreement, in order.
        named: parties that the condition names.
    """
    others = [one for one in promises if one.id != own.id]
    earlier = promises[: promises.index(own)]
    if _IN_RETURN.fullmatch(words.strip()):
        before = [one for one in earlier if one.obligor != own.obligor]
        same = [one for one in before if one.clause == own.clause]
        if same:
            # "A opens the road, and in return B …": what the sentence has just said; else all that the clause asked.
            spoken = [one for one in same if one.sentence == own.sentence]
            return tuple(one.id for one in spoken[-1:] or same)
        return tuple(one.id for one in before if one.clause == before[-1].clause)
    headed = _find_headed(words, others)
    if headed:
        return tuple(one.id for one in headed)
    pointed = follow_pointers(words, own, others)
    if any(one.search(words) for one in (_POINTER, _ORDINAL_POINTER, _ARTICLE_THE)):
        return tuple(one.id for one in _narrow(words, pointed))
    bare = [one for number in _BARE_POINTER.findall(words) for one in others if one.clause == number]
    if bare:
        return tuple(one.id for one in _narrow(_BARE_POINTER.sub(" ", words), bare))
    if named and _KEEPING.search(words) and _WHOLE.search(words):
        return tuple(one.id for one in others if set(one.obligor) & set(named) and not set(one.obligor) - set(named))
    if _FOREGOING.match(words):
        return tuple(one.id for one in earlier[-1:])
    if _THIS_DONE.match(words):
        before = [one for one in earlier if one.obligor != own.obligor] or list(earlier)
        return tuple(one.id for one in before[-1:])
    several = _SEVERAL.search(words)
    count = {"both": 2, "two": 2, "three": 3}[several["count"].lower()] if several else 0
    if several and len(earlier) >= count:
        # "As soon as both stretches are clear": the two things just promised.
        return tuple(one.id for one in earlier[-count:])
    best = None if _NOTICE.search(words) else _find_alike(words, others, own) or _find_confirming(words, others)
    if best is not None:
        return (best.id,)
    thing = _find_thing(words, earlier)
    if thing is not None:
        return (thing.id,)
    if _THEY_HAVE.match(words):
        # "Once they have crossed the bridge": those of whom the same clause has just spoken.
        before = [one for one in earlier if one.clause == own.clause]
        return tuple(one.id for one in before[-1:] if one.obligor != own.obligor)
    before = [one for one in earlier if one.sentence == own.sentence and one.obligor != own.obligor]
    if (
        before
        and _DONE.match(words)
        and not re.match(r"if\b", words, re.IGNORECASE)
        and find_keys(words) & find_keys(before[-1].act)
    ):
        return (before[-1].id,)
    stem = _NOUN_OF_ACT.match(words)
    acts = [one for one in others if stem and re.search(rf"\b{stem['noun'].lower()[:4]}", one.act)]
    acts = [one for one in acts if stem and one.act.lower().startswith(stem["noun"].lower()[:4])] or acts
    # "Pending the buoyage", "on receipt of the declaration": the one who is to buoy, to declare.
    return (acts[0].id,) if len(acts) == 1 else ()


def _expand(first: str, more: str) -> list[str]:
    """The numbers that "1, 2 and 4" or "1 to 3" names."""
    numbers = [first, *re.findall(_NUMBER, more)]
    through = re.fullmatch(r"\s*(?:to|through|[-–])\s*(\d+)", more)
    if through and first.isdigit() and int(first) < int(through[1]) < int(first) + 30:
        return [str(number) for number in range(int(first), int(through[1]) + 1)]
    return numbers


def follow_pointers(words: str, own: Promise, others: Sequence[Promise]) -> list[Promise]:
    """The commitments that "Part Two" or "paragraph 3.1" points to, seen from ``own``; empty where nothing does."""
    hits: dict[str, Promise] = {}
    for match in _POINTER.finditer(words):
        for number in _expand(match["number"], match["more"] or ""):
            bare = re.sub(r"\s", "", number)
            if match["paragraph"]:
                bare = f"{bare}.{re.sub(chr(32), '', match['paragraph'])}"
            for one in _at(match["kind"].lower(), bare, own, others):
                hits[one.id] = one
    for match in (*_ORDINAL_POINTER.finditer(words), *_ARTICLE_THE.finditer(words)):
        wanted = match["which"].lower()
        if wanted in ("preceding", "previous", "foregoing", "above"):
            before = [one for one in others if one.clause != own.clause and _comes_before(one, own, others)]
            found = [one for one in before if one.clause == before[-1].clause] if before else []
        else:
            found = _at(match["kind"].lower(), read_part_number(wanted), own, others)
        hits |= {one.id: one for one in found}
    return list(hits.values())


def _comes_before(one: Promise, own: Promise, others: Sequence[Promise]) -> bool:
    return one.sentence < own.sentence and one in others


def strip_pointers(words: str) -> str:
    """The words without "Part Two" or "paragraph 3.1"."""
    return _ARTICLE_THE.sub(" ", _ORDINAL_POINTER.sub(" ", _POINTER.sub(" ", words)))


def _at(kind: str, number: str, own: Promise, others: Sequence[Promise]) -> list[Promise]:
    if kind.startswith("part") or kind.startswith("chapter"):
        part = read_part_number(number)
        found = [one for one in others if one.part == part]
        if found or kind.startswith("part"):
            return found
    digits = read_part_number(number)
    if kind.startswith(("phase", "stage", "step")):
        # "First phase. Within 60 days …": a clause may be named by its heading.
        found = [one for one in others if one.step == digits] or [one for one in others if one.clause == digits]
        if found:
            return found
    stem = re.sub(r"\([^)]*\)$", "", own.clause)
    article = own.clause.rpartition(".")[0]
    near = (f"{article}.{number}",) if article and kind.startswith(("para", "sub", "point")) else ()
    for wanted in (
        *near,
        f"{stem}{number}" if number.startswith("(") else number,
        digits,
        f"{article}.{number}",
        f"{own.part}.{number}",
        f"{stem}.{number}",
    ):
        found = [one for one in others if one.clause == wanted or re.match(rf"{re.escape(wanted)}[.(~]", one.clause)]
        if found:
            return found
    return [
        one
        for one in others
        if one.clause.endswith((f".{number}", number if number.startswith("(") else f"({number})"))
    ]


def _narrow(words: str, pointed: list[Promise]) -> list[Promise]:
    """Of several commitments of one clause, those that the condition's own words are about; all where they say
    nothing."""
    keys = find_keys(strip_pointers(words))
    alike = [one for one in pointed if keys & find_keys(one.act)]
    if not alike:
        return pointed
    if len({one.clause for one in pointed}) > 1:
        # "The releases under Article 2": those paragraphs of it that speak of releases. "Its duties in Part Two": all.
        names = find_keys(" ".join(name for one in pointed for name in one.obligor))
        said = [one for one in pointed if (keys - names) & find_keys(one.act)]
        return said if said and not _WHOLE.search(words) else pointed
    head = find_keys(" ".join(strip_pointers(words).split()[:3]))
    if len({bool(head & find_keys(one.act)) for one in alike}) == 2:
        # "Following the abolition of duties": that which abolishes them, not that which reduces them.
        return [one for one in alike if head & find_keys(one.act)]
    if any(len(keys & find_keys(one.act)) >= 2 for one in alike):
        return [one for one in alike if len(keys & find_keys(one.act)) >= 2]
    obligors = {one.obligor for one in alike}
    return [one for one in pointed if one in alike or one.obligor in obligors]


def _find_alike(words: str, others: Sequence[Promise], own: Promise) -> Promise | None:
    """The commitment to do what the condition says has been done: most keys in common, two at least."""
    keys = find_keys(_DURATION.sub(" ", _CONFIRMS.sub(" ", words)))
    position = {one.id: index for index, one in enumerate(others)}
    scored = []
    for one in others:
        shared = keys & find_keys(one.act)
        # A shared "end" or "begin" alone is no subject; names of those bound are in every clause.
        solid = {key for key in shared if key not in ("START", "END", "FORM", "RETURN", "DELIVER")} - find_keys(
            " ".join(one.obligor)
        )
        is_only = (
            len(keys) <= 3
            and 3 * len(shared) >= 2 * len(keys)
            and sum(bool(keys & find_keys(other.act) & solid) for other in others) == 1
        )
        # All that the condition says is in the commitment, its subject included: "the assembly of the fighters".
        is_whole = len(keys) >= 2 and keys <= find_keys(one.act) | find_keys(" ".join(one.obligor))
        # The one duty of somebody else in the text that is about the only thing that the condition names.
        is_lone = (
            (len(keys) == 1 or (len(keys) <= 3 and _WAITS_FOR.match(words) is not None))
            and one.obligor != own.obligor
            and solid
            and sum(bool(keys & find_keys(other.act)) for other in others) == 1
        )
        if solid and (
            is_whole or is_lone or len(shared) >= 2 or is_only or (len(keys) <= 2 and one.sentence == own.sentence)
        ):
            scored.append((len(shared), one.sentence == own.sentence, -position[one.id], one))
    return max(scored, key=lambda row: row[:3])[3] if scored else None


def _find_thing(words: str, earlier: Sequence[Promise]) -> Promise | None:
    """The last promise before that speaks of "that convoy", "such decision"; "decision" and "decide" are one."""
    for match in _THAT_THING.finditer(words):
        stem = match["thing"].lower()[:4]
        for one in reversed(earlier):
            if re.search(rf"\b{stem}", one.act, re.IGNORECASE):
                return one
    return None


def _find_headed(words: str, others: Sequence[Promise]) -> list[Promise]:
    """All that stands under the heading that the condition names: "the first exchange" for "Art. 3: First exchange"."""
    said = " ".join(re.findall(r"\w+", words.lower()))
    return [
        one
        for one in others
        if one.is_duty
        and len(name := re.findall(r"\w+", one.heading.lower())) >= 2
        and f"the {' '.join(name)} " in f"{said} "
    ]


def _find_confirming(words: str, others: Sequence[Promise]) -> Promise | None:
    """The one duty to confirm what the condition says has been confirmed, where nobody promises what is confirmed."""
    match = _CONFIRMS.search(words)
    if match is None:
        return None
    keys = find_keys(match.group())
    verb = re.split(r"\W+", match.group().removesuffix(" that"))[-1][:5]
    hits = [one for one in others if re.search(rf"\b{verb}", one.act) and keys & find_keys(" ".join(one.obligor))]
    return hits[0] if len(hits) == 1 else None


def find_event(words: str, dated: Sequence[Promise]) -> str | None:
    """The id of the commitment that fixes the day of an event ("the elections"); ``None`` where none does.

    Args:
        dated: the commitments to be done on a day, and not by it.
    """
    keys = find_keys(_BEGINS.sub(" ", words))
    if keys == {"CEASEFIRE"}:
        # "After the ceasefire takes effect": the day on which all firing is to cease.
        ends = [one for one in dated if find_keys(one.act) & {"END", "CEASEFIRE"} and _FIGHTING.search(one.act)]
        return ends[0].id if ends else None
    hits = [one for one in dated if keys and keys <= find_keys(one.act)]
    return hits[0].id if hits else None
