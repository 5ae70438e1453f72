"""Who is bound: the parties, bodies and others behind the words before a cue."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pledgewatch.ledger.cues import word_table
from pledgewatch.model.agreement import Party
from pledgewatch.text.folding import find_names, fold_name
from pledgewatch.text.states import find_state_places

_WE = re.compile(r"\b(?:we|us|both of us|the two of us|ourselves)\b", re.IGNORECASE)
_MY = re.compile(
    r"(?:I|we|(?:my|our)\s+(?:government|country|state|movement|side|ministry|authorities))\b", re.IGNORECASE
)
_YOUR = re.compile(r"your\s+(?:government|country|state|movement|side|excellency|authorities)\b", re.IGNORECASE)
_EXCEPT_FOR = re.compile(
    r"(?:except|save|notwithstanding|without\s+prejudice|unless|pending|for\s+each|for\s+every)\b[^,]*,\s+",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(
    r"\b(?:both|all|each|either|neither|every|no|any|the(?:\s+(?:two|three|four|five|six))?|two|three"
    r"|contracting|a|an|one)\s+(?:of\s+(?:the|them)\s*)?(?:the\s+)?"
    r"(?:(?:high|contracting|signatory|two|three|present|undersigned|other|said|above)\s+)*"
    r"(?:part(?:y|ies)|sides?|signator(?:y|ies)|contracting\s+states?|two\s+(?:states|governments|countries"
    r"|presidents|ministers|ministries|leaders|peoples|clans|villages)|of\s+them)\b"
    r"(?!\s+(?:to\s+the\s+conflict|concerned|fighting|warring|in\s+[A-Z]))",
    re.IGNORECASE,
)
# "Each service", "the ministers": those who made the agreement, where nobody else is called so.
_EACH_OF_THEM = re.compile(
    r"(?:(?:each|either|neither|both|the\s+two)\s+(?:service|government|countr|state|ministr|minister|delegation|command"
    r"|president|leader|commander)(?:s|y|ies)?|the\s+(?:services|commanders|governments|ministers|presidents|leaders|delegations))$",
    re.IGNORECASE,
)
_PLURAL_STATES = re.compile(r"\bthe\s+(?:two|three|four|five)\s+[a-z]+s\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"^(?:it|they|them|he|she|these|those|this|who|which|the\s+(?:former|latter|same)|both|each|neither|all)$",
    re.IGNORECASE,
)
_POSSESSIVE_PRONOUN = re.compile(r"^(?:its|their|his|her)\b", re.IGNORECASE)
_NONE = re.compile(r"^(?:no|neither|nobody|none|nothing|not\s+(?:a|an|one))\b", re.IGNORECASE)
_ALLIES = re.compile(r"\b(?:its|their|his)\s+(?:allies|partners|affiliates|proxies|allied\s+\w+)\b")
_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|each|every|all|any|no|both|either|neither|such|this|that|these|those)\s+)+", re.IGNORECASE
)
_FULL_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:of|for|and|on|in)\s+(?:the\s+)?[A-Z][\w’'-]+|\s+[A-Z][\w’'-]+){1,7}")
_ADVERBS = re.compile(
    r"^(?:(?:also|then|therefore|thereafter|thereupon|immediately|likewise|moreover|further|furthermore"
    r"|however|finally|accordingly|in\s+turn|in\s+addition|for\s+(?:its|their|our|his)\s+part"
    r"|and|but|or|while|whereas|that|in\s+return|in\s+exchange|respectively|jointly|together|hereby"
    r"|consequently)\b[\s,]*)+",
    re.IGNORECASE,
)
_BELONGS = re.compile(
    r"(?:\b(?:held|detained|controlled|kept|owned|operated|occupied|issued|laid|manned)\s+by"
    r"|\bbelonging\s+to|\bof|\bunder\s+the\s+(?:control|command)\s+of)\s+(?:the\s+)?(?P<who>[^,;]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of the whole agreement while a sentence is read.

    Attributes:
        parties: with the short names that the text uses.
        names: longer names in the text, by which "the Commission" is known in full.
        is_speech: running prose of a speaker, in which only those who can be named are bound.
        is_resolution: a body's resolution: its verbs bind others.
        adopter: the body behind a resolution; empty for others.
        we: whom "we" binds where it is not all parties.
        signed: ISO day of signing; days before it are no deadlines.
        proper: words that a capital marks as names where no sentence begins.
    """

    parties: tuple[Party, ...]
    names: tuple[str, ...] = ()
    is_speech: bool = False
    is_resolution: bool = False
    adopter: tuple[str, ...] = ()
    we: tuple[str, ...] = ()
    signed: str | None = None
    proper: frozenset[str] = frozenset()

    @property
    def all_names(self) -> tuple[str, ...]:
        """The parties' names."""
        return tuple(party.name for party in self.parties)


@dataclass(slots=True)
class Memory:
    """Who was bound last, and what was last set up, while one clause is read."""

    obligor: tuple[str, ...] = ()
    body: str | None = None
    heading: tuple[str, ...] = ()
    is_instrument: bool = False
    earlier: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Bound:
    """Who the words before a cue bind.

    Attributes:
        names: of those bound; empty where the words are none that can be bound.
        is_named: the words name them: not a pronoun, a thing or the reader's guess.
        is_thing: the words are a thing ("the corridors"): the act holds them too.
    """

    names: tuple[str, ...]
    is_named: bool = True
    is_thing: bool = False
    is_negated: bool = False


def find_full_names(text: str) -> tuple[str, ...]:
    """Names of several capitalised words in a text, in order: what "the Commission" may be short for.

    >>> find_full_names("set up a Joint Ceasefire Commission. The Commission and the Panel of Experts shall meet.")
    ('Joint Ceasefire Commission', 'Panel of Experts')
    """
    names: dict[str, None] = {}
    for match in _FULL_NAME.finditer(text):
        name = re.sub(
            r"^(?:The|A|An|Each|Both|All|No|Every|This|That|In|On|If|Once|Within|And|Any|Neither|Either"
            r"|Such|By|For|At|Upon|After|Before|When|Decides|Demands|Authori[sz]es|Urges|Requests|Calls|Invites|Encourages"
            r"|Affirms|Reaffirms|Condemns|Welcomes|Directs|Instructs|Asks|Permits|Requires|Mandates|Orders|Expresses)\s+",
            "",
            match.group(),
        )
        for piece in re.split(r"\s+and\s+the\s+|\s+and\s+(?=The\b)", name):
            if len(piece.split()) > 1 and not piece.startswith(("Article", "Part ", "Chapter", "Annex")):
                names[piece] = None
    return tuple(names)


def find_proper_words(text: str) -> frozenset[str]:
    """Words that are capitalised where no sentence begins.

    >>> sorted(find_proper_words("The envoys of Halmar met. Trade grew in Lower Aarn."))
    ['Aarn', 'Halmar', 'Lower']
    """
    return frozenset(
        match.group()
        for match in re.finditer(
            r"(?<=[a-z,]\s)[A-Z][\w’'-]+|(?<=[A-Z][a-z]{2}\s)[A-Z][\w’'-]+|(?<=[a-z]{4}\s)[A-Z][\w’'-]+", text
        )
    )


@functools.lru_cache(maxsize=512)
def _party_names(parties: tuple[Party, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    by_name = {fold_name(name): party.name for party in parties for name in (party.name, *party.aliases)}
    return by_name, tuple(name for party in parties for name in (party.name, *party.aliases))


def find_party_places(
    text: str, start: int, end: int, parties: Sequence[Party]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where parties are named in ``text[start:end]``: place and names ("both sides" names all)."""
    by_name, written = _party_names(tuple(parties))
    piece = text[start:end]
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for a, b in find_names(piece, written):
        name = by_name.get(fold_name(piece[a:b]))
        # "French-led" names somebody else; "the Front Line" is another name.
        if name and not re.match(r"[-‐‑–](?:led|backed|made)\b", piece[b:]):
            found.append((start + a, start + b, (name,)))
    for match in _COLLECTIVE.finditer(piece):
        place = (start + match.start(), start + match.end())
        if parties and not any(a < place[1] and place[0] < b for a, b, _ in found):
            found.append((*place, tuple(party.name for party in parties)))
    return sorted(found)


def name_parties(words: str, parties: Sequence[Party]) -> tuple[str, ...]:
    """The parties that some words name, in order."""
    return tuple(
        dict.fromkeys(name for _, _, names in find_party_places(words, 0, len(words), parties) for name in names)
    )


def read_subject(words: str, frame: Frame, memory: Memory, is_passive: bool) -> Bound:
    """Who is bound by the words for a subject.

    A passive binds whoever has the thing in hand ("prisoners held by the Front"), else whoever was bound before, else
    the party of
    the heading, else all. In a speech only somebody who can be named is bound.
    """
    bare = _EXCEPT_FOR.sub("", _ADVERBS.sub("", words.strip(" ,;:")).strip(" ,;:"), count=1)
    is_negated = _NONE.match(bare) is not None
    if not bare:
        return Bound(memory.obligor or memory.heading or _everybody(frame), False)
    pronoun = re.sub(r",.*$", "", bare).strip()
    if _PRONOUN.match(pronoun) and not is_passive:
        if pronoun.lower() == "it" and memory.body:
            return Bound((memory.body,), False)
        if pronoun.lower() == "it" and len(memory.obligor) == 2 and memory.obligor[1].startswith(("its ", "their ")):
            return Bound(memory.obligor[:1], False)
        return Bound(memory.obligor or memory.heading or _everybody(frame), False)
    if bare.lower() == "there":
        return Bound(memory.heading or _everybody(frame) or ("the parties",), False, True)
    if re.fullmatch(r"the\s+other(?:\s+(?:party|side))?", bare, re.IGNORECASE) and len(frame.parties) == 2:
        return Bound(turn_round(memory.obligor, frame) if len(memory.obligor) == 1 else frame.all_names)
    if _YOUR.match(bare) and memory.heading and turn_round(memory.heading, frame) != memory.heading:
        return Bound(turn_round(memory.heading, frame))
    if _MY.match(bare) and memory.heading:
        # Each letter of an exchange speaks for who wrote it.
        return Bound(memory.heading)
    if _WE.match(bare):
        return Bound(frame.we or frame.all_names or ("we",))
    if is_passive:
        return _read_passive(bare, frame, memory, is_negated)
    return _read_active(bare, frame, memory, is_negated)


def _everybody(frame: Frame) -> tuple[str, ...]:
    return frame.adopter if frame.is_resolution else frame.all_names


def _head(words: str) -> str:
    """The words without what hangs on them: "of", "by", "held", "in", relative clauses."""
    return re.split(
        r"\s+(?:of|by|in|on|at|from|with|under|for|to|held|belonging|who|which|that|without|within|along"
        r"|between|listed|released|present|fighting|warring|concerned|heavier|where|whose|as)\b|,",
        words,
    )[0]


def _is_actor(head: str) -> bool:
    last = re.sub(r"['’]s?$", "", head.split()[-1]) if head.split() else ""
    return last.lower() in word_table()["actors"] or (
        last.endswith("s") and last[:-1].lower() in word_table()["actors"]
    )


def _read_active(bare: str, frame: Frame, memory: Memory, is_negated: bool) -> Bound:
    head = _head(bare)
    places = find_party_places(bare, 0, len(bare), frame.parties)
    allies = tuple(match.group() for match in _ALLIES.finditer(bare))
    named = tuple(dict.fromkeys(name for _, _, names in places for name in names))
    in_head = [names for a, _, names in places if a <= len(head)]
    is_list = re.search(r"\s+and\s+|,\s", bare) is not None
    if re.match(r"whoever|whosoever|he\s+who|anyone\s+who", bare, re.IGNORECASE):
        return Bound(frame.all_names, True, False)
    if _shares_head(head, frame) or _PLURAL_STATES.match(bare) or (frame.parties and _EACH_OF_THEM.match(bare)):
        return Bound(frame.all_names, bool(frame.parties), False, is_negated)
    if named and (in_head or is_list or _is_actor(head)) and not _is_somebody_elses(bare, head, places):
        return Bound((*named, *allies), True, False, is_negated)
    if _POSSESSIVE_PRONOUN.match(bare) and not re.match(r"\w+\s+[A-Z]", bare):
        if allies:
            return Bound(allies)
        return Bound(memory.obligor or _everybody(frame), False, True)
    if is_negated:
        return Bound(named or _everybody(frame) or frame.we or (_DETERMINER.sub("", bare),), bool(named), False, True)
    if re.match(
        r"(?:all|any)\s+(?:of\s+)?(?:the\s+)?(?:other\s+)?(?:[a-z]+\s+){0,2}(?:part(?:y|ies)|sides|groups"
        r"|states|forces)\b",
        bare,
        re.IGNORECASE,
    ):
        return Bound((bare[0].lower() + bare[1:],), True, False, is_negated)
    states = find_state_places(bare)
    if frame.is_speech and states:
        return _read_states(bare, states)
    if frame.is_speech and (head.split() or [""])[-1].lower() in word_table()["fighting"]:
        return Bound(frame.we or frame.all_names or ("all parties",), True, True)
    full = _expand(bare, head, frame)
    if full:
        return Bound((full,), True, False, is_negated)
    if _is_actor(head) or _is_actor(bare):
        return Bound(
            (
                _DETERMINER.sub("", bare)
                if not re.match(r"(?:all|any)\s", bare, re.IGNORECASE)
                else bare[0].lower() + bare[1:],
            )
        )
    if frame.is_speech:
        words = [word for word in _DETERMINER.sub("", bare).split() if word not in ("and", "of", "the")]
        is_name = bool(words) and all(word in frame.proper for word in words)
        return Bound(tuple(re.split(r"\s+and\s+(?:the\s+)?", _DETERMINER.sub("", bare))) if is_name else ())
    proper = _PROPER_BODY.fullmatch(head.strip())
    if proper and proper["last"].lower() not in (*word_table()["things"], *word_table()["actors"]):
        # "The Presidency shall appoint": a name of its own, and no party's.
        return Bound((_DETERMINER.sub("", head.strip()),))
    return Bound(memory.heading or _everybody(frame) or (bare,), False, True)


_PROPER_BODY = re.compile(r"[Tt]he\s+(?:[A-Z][\w’'-]+\s+)*(?P<last>[A-Z][\w’'-]+)")


def _is_somebody_elses(bare: str, head: str, places: Sequence[tuple[int, int, tuple[str, ...]]]) -> bool:
    """Whether the words name somebody other than the party in them: "Fishermen of both Parties", "prisoners of the
    Front"."""
    first = places[0][0] if places else 0
    if first < len(head) or not re.search(
        r"\b(?:of|from)\s+(?:the\s+|both\s+|all\s+|either\s+)?$|\bof\s+$", bare[:first] + " "
    ):
        return False
    last = head.split()[-1].lower() if head.split() else ""
    return last not in word_table()["actors"] or last in {
        "fishermen",
        "prisoners",
        "traders",
        "farmers",
        "residents",
        "refugees",
        "villagers",
        "families",
        "inhabitants",
    }


def _shares_head(head: str, frame: Frame) -> bool:
    """Whether the head is the word that the parties' names have in common ("neither clan")."""
    words = _DETERMINER.sub("", head).split()
    if (
        len(words) != 1
        or len(frame.parties) < 2
        or not re.match(r"(?:both|all|each|either|neither|every|no|the\s+two)\b", head, re.IGNORECASE)
    ):
        return False
    stem = words[0].lower().rstrip("s")
    return all(stem in {part.lower().rstrip("s") for part in party.name.split()} for party in frame.parties)


def _read_states(bare: str, states: Sequence[tuple[int, int, str]]) -> Bound:
    rest = bare
    for start, end, _ in reversed(states):
        rest = rest[:start] + rest[end:]
    names = tuple(dict.fromkeys(name for _, _, name in states))
    is_only = not re.sub(r"\b(?:the|and|both)\b|[\s,]", "", rest, flags=re.IGNORECASE)
    return Bound(names if is_only or _is_actor(_head(bare)) or _is_actor(bare) else ())


def _expand(bare: str, head: str, frame: Frame) -> str | None:
    """The full name behind a short one ("the Commission"), or the name as it stands."""
    short = _DETERMINER.sub("", head)
    if (
        not short
        or not short[0].isupper()
        or not re.fullmatch(r"[A-Z][\w’'-]*(?:\s+(?:[A-Z][\w’'-]*|of|for|the|and))*", short)
    ):
        return None
    if re.search(r"\bof\s+(?:both|all|either|each|the)\s+(?:two\s+)?(?:[Pp]art|[Ss]ide)", bare) or re.match(
        r"(?:all|any|each|every|other)\b", bare, re.IGNORECASE
    ):
        return None
    name = re.match(
        r"[A-Z][\w’'-]*(?:\s+(?:of|for|and|on)\s+(?:the\s+)?[A-Z][\w’'-]*|\s+[A-Z][\w’'-]*)*", _DETERMINER.sub("", bare)
    )
    written = name.group() if name else short
    if len(written.split()) == 1:
        for full in frame.names:
            if re.search(rf"(?:^|\s){re.escape(written)}(?:$|\s(?:of|for|in|on)\s)", full):
                return full
    return written if len(written.split()) > 1 or _is_actor(written) else None


def _read_passive(bare: str, frame: Frame, memory: Memory, is_negated: bool) -> Bound:
    belongs = _BELONGS.search(bare)
    possessive = find_party_places(bare, 0, len(bare), frame.parties)
    names: tuple[str, ...] = ()
    if belongs:
        names = name_parties(belongs["who"], frame.parties)
        if not names and re.match(r"belonging", belongs.group(), re.IGNORECASE):
            names = (_DETERMINER.sub("", belongs["who"].strip()),)
    if not names and possessive:
        names = tuple(dict.fromkeys(name for _, _, many in possessive for name in many))
    if names and re.match(r"(?:\S+\s+){0,6}(?:prisoners|detainees|captives|hostages)\s+of\b", bare):
        # The prisoners of a party are in the other's hands.
        names = turn_round(names, frame)
    return Bound(names or memory.obligor or memory.heading or _everybody(frame), bool(names), True, is_negated)


def turn_round(names: tuple[str, ...], frame: Frame) -> tuple[str, ...]:
    """The other side: who must not prosecute "members of the Council's forces" is not the Council."""
    others = tuple(name for name in frame.all_names if name not in names)
    return others or names


def read_agent(words: str, frame: Frame) -> tuple[str, ...]:
    """Those behind "by" in a passive; empty when it is nobody who can be bound."""
    named: list[str] = []
    for piece in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", words.strip()):
        bound = _read_active(piece.strip(), frame, Memory(), False)
        if not bound.names or bound.is_thing or not bound.is_named:
            break
        named += bound.names
    return tuple(dict.fromkeys(named))
