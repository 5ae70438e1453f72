"""Words that bind, forbid or allow, and which of them only belong to something that is said, asked or defined."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, cast

import yaml

from pledgewatch.model.agreement import Force, Modality

CueKind = Literal["modal", "infinitive", "operative"]

# "those who will not", "measures which the Board shall": but "persons who leave shall" is a subject with its own verb
# before it.
_RELATIVE = re.compile(
    r"\b(?:which,\s+[^,;]{2,40},\s+|who\s+(?:(?:also|then|now|still|otherwise|later|\w+ly)\s+)*|(?:which|whom)\s+(?:(?:also|then"
    r"|still|otherwise|later)\s+)*"
    r"(?:(?:the|it|they|he|she|its|their|each|both|any|[A-Z][\w’'-]*)\s+(?:[\w'’-]+\s+){0,4})?"
    r"|whose\s+(?:[\w'’-]+\s+){0,2})$"
)
_DESCRIBED = re.compile(r"\b(?P<noun>those|all|anyone|everyone|people|[a-z]+s|men|women)\s*$")
_STARTS_SUBJECT = re.compile(r"\s*(?:the|it|they|he|she|its|their|each|both|any|no|neither|a|an|we|you|[A-Z])\b")
_THAT = re.compile(r"\bthat\b", re.IGNORECASE)
_NOT_A_CONJUNCTION = re.compile(
    r"\b(?:after|of|before|by|since|from|upon|than|like|within|to|at|during|for|on)\s+$", re.IGNORECASE
)
_CONJUNCTION = re.compile(
    r"(?:^|[,;:(]\s*|\s)(?:as(?!\s+(?:of|from|soon|long|well|to|agreed|a)\b)|when|whenever|where|if|unless"
    r"|whether|until|till|while|because"
    r"|how|what|lest)\s+(?:[\w'’-]+\s+){1,7}$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]{3,}’|\([^()]*\)")
_NOUN_WILL = re.compile(r"\b(?:the|free|good|political|their|its|his|her|common|ill|last|sovereign)\s+$", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\b(?:purpose|aim|goal|objective|task|function|role|mandate|duty|idea|intention)s?\b[^,;]*$", re.IGNORECASE
)
_MORE_TO = re.compile(
    r"(?:,|;)?\s+(?:and|but|as well as)\s+(?:also\s+|further\s+|likewise\s+)?(?P<cue>(?P<not>(?:not"
    r"|never)\s+to|to\s+(?:refrain|abstain|desist)\s+from)|to)\s+(?=[a-z])"
)
_AND_NOT = re.compile(
    r",?\s+(?:and|but|or)\s+(?P<cue>not)\s+(?!only|later|less|more|fewer|to\b|the\b|a\b|an\b|its\b|in\b|by\b"
    r"|for\b|on\b|of\b)(?=[a-z])"
)
# "A Party that considers that the other has failed may": the sentence is about the Party.
_WHO_THINKS = re.compile(
    r"\W*(?:A|An|Any|Each|Either|Every)\s+(?:[\w-]+\s+){1,2}(?:that|which|who)\s+[a-z]+s\s+that\s+[^.;]*?"
    r"\b(?:has|have|is|are|was|were|had)\b"
)
_BOUNDARY_AFTER_THAT = re.compile(r",\s+(?:and|but|while|whereas)\s+(?!that\b)|;\s|:\s")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that bind, forbid or allow, and their half-open place.

    Attributes:
        kind: a modal verb with its subject before it; an infinitive that goes on with the subject before; or the verb
        of a
            resolution, with those who are to act behind it.
        to: what stands behind an operative verb: "that", "to" (the body itself), "them to" (others) or "thing".
        who: place of the words for those who are to act, behind an operative verb.
    """

    start: int
    end: int
    modality: Modality
    force: Force = "binding"
    kind: CueKind = "modal"
    to: str = ""
    who: tuple[int, int] | None = None


@functools.cache
def cue_table() -> dict[str, Any]:
    """The packaged table (``modality.yml``)."""
    table: dict[str, Any] = yaml.safe_load(
        resources.files("pledgewatch.ledger").joinpath("modality.yml").read_text("utf-8")
    )
    return table


@functools.cache
def word_table() -> dict[str, frozenset[str]]:
    """The packaged word lists (``words.yml``)."""
    table = yaml.load(resources.files("pledgewatch.ledger").joinpath("words.yml").read_text("utf-8"), yaml.BaseLoader)
    return {name: frozenset(words) for name, words in table.items()}


@functools.cache
def _patterns() -> tuple[tuple[Modality, re.Pattern[str]], ...]:
    table = cue_table()
    made = []
    order: tuple[Modality, ...] = ("must not", "must", "may")
    for modality in order:
        words = "|".join(f"(?:{one})" for one in table[modality])
        words = words.replace("{perform}", table["perform"]).replace("{obliged}", table["obliged"])
        made.append((modality, re.compile(rf"\b(?:{words})(?:(?!\w)|(?=seek))", re.IGNORECASE)))
    return tuple(made)


@functools.cache
def _named(name: str) -> re.Pattern[str]:
    return re.compile(cue_table()[name], re.IGNORECASE)


@functools.cache
def _operatives() -> tuple[tuple[Force, Modality, re.Pattern[str]], ...]:
    table = cue_table()
    return tuple(
        (
            cast(Force, entry["force"]),
            cast(Modality, entry.get("modality", "must")),
            re.compile(
                rf"{table['operative_adverbs']}(?P<verb>{entry['words']})\b(?P<also>(?:,? (?:also|further"
                rf"|again|once again|once more),?)?)",
                re.IGNORECASE,
            ),
        )
        for entry in table["operative"]
    )


def find_cues(text: str, start: int, end: int, is_resolution: bool = False, is_speech: bool = False) -> tuple[Cue, ...]:
    """The binding, forbidding or allowing words of one sentence ``text[start:end]``, in order, not overlapping.

    Left out are those inside a relative clause ("those who will not …"), inside what is only said or ensured ("noted
    that trade
    will grow", "ensure that posts will be kept"), in quotation marks, and those by which the text speaks of itself
    ("shall mean",
    "this Agreement shall enter into force").

    >>> [(cue.modality, cue.start) for cue in find_cues("The Front will leave and may not return.", 0, 40)]
    [('must', 10), ('must not', 25)]
    """
    found: list[Cue] = list(_find_operatives(text, start, end, is_resolution))
    for modality, pattern in _patterns():
        for match in pattern.finditer(text, start, end):
            if any(cue.start < match.end() and match.start() < cue.end for cue in found):
                continue
            if _is_loose(text, start, end, match, found, is_speech):
                continue
            found.append(Cue(match.start(), match.end(), modality))
    found.sort(key=lambda cue: cue.start)
    found = _drop_leading_verbs(text, found)
    kept = [cue for cue in found if not _is_governed(text, start, end, cue)]
    return tuple(sorted([*kept, *_find_more(text, kept, end)], key=lambda cue: cue.start))


def _drop_leading_verbs(text: str, cues: list[Cue]) -> list[Cue]:
    """Without the verb of a performative that a modal before it governs ("shall agree to", "may undertake to")."""
    kept: list[Cue] = []
    for cue in cues:
        is_governed = kept and re.fullmatch(r"\s*(?:\w+ly\s+)?", text[kept[-1].end : cue.start])
        if not is_governed or cue.kind == "operative":
            kept.append(cue)
    return kept


def _is_loose(text: str, start: int, end: int, match: re.Match[str], found: list[Cue], is_speech: bool) -> bool:
    """Whether the words only look like a cue: a month, a noun, a purpose, what the text says of itself."""
    words = match.group()
    before = text[start : match.start()]
    # "in May", and dates such as "10 May 2020", are months.
    if words == "May" or (words.lower() == "will" and _NOUN_WILL.search(before)):
        return True
    if words.lower() == "can" and is_speech:
        return True
    if re.fullmatch(r"(?:is|are) to", words, re.IGNORECASE) and _PURPOSE.search(before):
        return True
    if re.search(r"\b(?:to|may|shall|will|must|can|not)\s+$", before) and re.match(
        r"[a-z]*(?:agree|commit|undertake|promise|accept|consent|decide|resolve)", words
    ):
        return not any(cue.end >= match.start() - 1 for cue in found)
    if re.match(r"would\b", words, re.IGNORECASE) and not re.search(
        rf"\b{cue_table()['opens_terms']} that\b", before, re.IGNORECASE
    ):
        return True
    after = text[match.end() : end]
    subject = re.split(r"[,;:]\s+(?:and\s+)?|\band\s+(?=(?:this|the|it)\b)", before)[-1].strip()
    if _named("not_a_term_act").match(after):
        return True
    is_own = _named("instrument").match(subject) is not None and not re.search(
        r"\b(?:of|to)\s+the\s+(?:part|side)", subject
    )
    return is_own and _named("instrument_act").match(after) is not None


def speaks_of_itself(text: str, start: int, end: int) -> bool:
    """Whether a sentence speaks of the instrument itself, so that an "it" behind it means the instrument.

    >>> speaks_of_itself("This Convention shall be ratified.", 0, 34), speaks_of_itself("The Front shall go.", 0, 19)
    (True, False)
    """
    for _, pattern in _patterns():
        match = pattern.search(text, start, end)
        if match and _named("instrument").match(text[start : match.start()].strip()):
            return _named("instrument_act").match(text[match.end() : end]) is not None
    return re.match(r"\W*(?:this|the\s+present)\b", text[start:end], re.IGNORECASE) is not None and (
        _named("instrument").match(text[start:end].strip()) is not None
        and not any(pattern.search(text, start, end) for _, pattern in _patterns())
    )


def _is_governed(text: str, start: int, end: int, cue: Cue) -> bool:
    """Whether a cue stands in words that are only reported, ensured, described or quoted."""
    if cue.kind == "operative":
        return False
    before = text[start : cue.start]
    for match in _QUOTED.finditer(text, start, end):
        if match.start() < cue.start < match.end() and (match.start() > start + 1 or match.end() < end - 2):
            return True
    if _RELATIVE.search(before):
        return True
    conjunction = _CONJUNCTION.search(before)
    if conjunction and conjunction.start() > 0:
        between = before[conjunction.start() + 1 :].strip(", ")
        if "," not in between and not re.search(r"\band$", between):
            return True
    return _is_under_that(before)


def _is_under_that(before: str) -> bool:
    """Whether the last "that" before a cue makes it part of something said, and not a term of its own.

    >>> _is_under_that("It was agreed that the Front "), _is_under_that("They noted that trade ")
    (False, True)
    """
    if _WHO_THINKS.match(before):
        return False
    for match in reversed(list(_THAT.finditer(before))):
        after = before[match.end() :]
        lead = before[: match.start()]
        if _BOUNDARY_AFTER_THAT.search(after):
            return False
        if _NOT_A_CONJUNCTION.search(lead) or after.startswith((",", ".")):
            continue
        if not after.strip():
            return True
        noun = _DESCRIBED.search(lead)
        is_somebody = noun is not None and (
            noun["noun"].lower() in word_table()["actors"] or noun["noun"].lower() in ("those", "all", "vessels")
        )
        # "Cattle that stray are not to be kept": a sentence that begins with what "that" describes.
        opens = (
            re.fullmatch(r"(?:(?:The|Any|All|No|Each|Those|Such)\s+)?(?!It\b|They\b|We\b)[A-Z]?[a-z]+\s*", lead)
            is not None
            # "Decides that the …" decides it, and describes nobody.
            and re.search(rf"\b{cue_table()['opens_terms']},?\s*$", lead, re.IGNORECASE) is None
        )
        if (is_somebody or opens) and not re.search(r"\bthat\b", after):
            # "all groups that fight there must": what describes them has a verb of its own.
            return _STARTS_SUBJECT.match(after) is not None
        if re.search(r"(?:\b(?:and|or|but)|[,:])\s*$", lead) or not lead.strip():
            if re.search(rf"\b{cue_table()['opens_terms']}\b[^.;]*$", lead, re.IGNORECASE):
                return False
            if lead.rstrip().endswith(":"):
                return True
            continue
        return re.search(rf"\b{cue_table()['opens_terms']},?\s*$", lead, re.IGNORECASE) is None
    return False


def _find_more(text: str, cues: list[Cue], end: int) -> list[Cue]:
    """Infinitives that go on with a cue: "undertakes to open … and not to close", "shall leave and not return"."""
    more: list[Cue] = []
    for index, cue in enumerate(cues):
        stop = cues[index + 1].start if index + 1 < len(cues) else end
        takes_to = re.search(r"\bto$", text[cue.start : cue.end]) is not None or cue.to == "them to"
        if takes_to:
            for match in _MORE_TO.finditer(text, cue.end, stop):
                modality: Modality = (
                    "must not" if match["not"] else "must" if cue.modality == "must not" else cue.modality
                )
                more.append(Cue(match.start("cue"), match.end("cue"), modality, cue.force, "infinitive"))
        if cue.modality == "must":
            for match in _AND_NOT.finditer(text, cue.end, stop):
                if not any(one.start <= match.start("cue") < one.end for one in more):
                    more.append(Cue(match.start("cue"), match.end("cue"), "must not", cue.force, "infinitive"))
    return more


def _find_operatives(text: str, start: int, end: int, is_resolution: bool) -> list[Cue]:
    """Verbs of a resolution at the start of its paragraph or behind "and"; elsewhere "calls upon them to"."""
    found: list[Cue] = []
    places = [start]
    places += [match.end() for match in re.finditer(r",?\s+and\s+(?:also\s+)?|[,;]\s+", text[start:end])]
    for offset in places:
        at = offset if offset == start else start + offset
        for force, modality, pattern in _operatives():
            match = pattern.match(text, at, end)
            if match is None or not (is_resolution and (at == start or found)):
                continue
            made = _read_operative(text, match, end, force, modality)
            if made is not None and not any(one.start <= made.start < one.end for one in found):
                found.append(made)
            break
    if not found:
        found += _find_calls(text, start, end)
    return found


def _find_calls(text: str, start: int, end: int) -> list[Cue]:
    """ "The Parties call upon the guarantors to …" in other texts than resolutions."""
    pattern = re.compile(
        r"(?P<subject>\b(?:parties|sides|we|they|ministers?|presidents?|council|mediators?|leaders?|states"
        r"|governments?|and)\s+(?:(?:also|further|jointly|hereby|both)\s+)*)"
        r"(?P<verb>calls?\s+(?:up)?on|called\s+(?:up)?on|urged?s?|appeal(?:ed|s)?\s+to|invited?s?"
        r"|request(?:ed|s)?|encouraged?s?|demand(?:ed|s)?\s+that)\s+"
        r"(?P<who>[^,;.]{3,80}?)\s+to\s+(?=[a-z])",
        re.IGNORECASE,
    )
    made = []
    for match in pattern.finditer(text, start, end):
        force: Force = "demand" if match["verb"].lower().startswith("demand") else "call"
        made.append(Cue(match.start("verb"), match.end(), "must", force, "operative", "them to", match.span("who")))
    return made


def _read_operative(text: str, match: re.Match[str], end: int, force: Force, modality: Modality) -> Cue | None:
    after = re.compile(r"\s+").match(text, match.end(), end)
    at = after.end() if after else match.end()
    that = re.compile(r"(?:,[^,]{3,80},\s+)?that\s+").match(text, at, end)
    if that:
        return Cue(match.start(), that.end(), modality, force, "operative", "that")
    to = re.compile(r"(?:,[^,]{3,80},\s+)?to\s+").match(text, at, end)
    if to:
        return Cue(match.start(), to.end(), modality, force, "operative", "to")
    others = re.compile(
        r"(?P<who>[^;.:]{3,160}?)\s+(?P<not>not\s+)?to(?:\s+(?P<refrain>(?:refrain|abstain"
        r"|desist)\s+from))?\s+(?=[a-z:])"
    ).match(text, at, end)
    if others:
        is_not = others["not"] or others["refrain"]
        return Cue(
            match.start(),
            others.end(),
            "must not" if is_not and modality == "must" else modality,
            force,
            "operative",
            "them to",
            others.span("who"),
        )
    if text[at:end].rstrip().endswith((":", "to")) and end - at > 3:
        return Cue(match.start(), end, modality, force, "operative", "them to", (at, end))
    if force in ("demand", "call") and end > at:
        return Cue(match.start(), at, modality, force, "operative", "thing")
    return None
