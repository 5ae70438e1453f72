"""Whether the act that a passage speaks of is that of the indicator's actors, and done to its objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import Indel

from pledgewatch.model.actor import Resolution
from pledgewatch.model.agreement import Indicator
from pledgewatch.text.folding import fold_name
from pledgewatch.weigh.documentindex import DocumentIndex, Place, inside
from pledgewatch.weigh.passages import Passage
from pledgewatch.weigh.patterns import patterns

SPELLED_ALIKE = 0.87
"""Share of letters that two spellings of one name must have in common (transliterations differ by a vowel or two)."""

SHORTEST_ALIKE = 6
"""Shorter names are never taken for spellings of each other."""

_THEMSELVES = re.compile(r"\b(?:they|we|it|he|she|its|their|our|us|them|i|my)\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:[A-Z][^\W\d_]*(?:['’‘][^\W\d_]+)*|\b(?:al|el|bin|ibn|of)\b)")
_JOINED = re.compile(r"\s?[-‐‑–]?\s?")
_PRONOUN = re.compile(r"\b(?:they|we|it|he|she|you|I|who)\b")
_STANDS_IN = re.compile(
    r"\b(?:they|them|their|both|(?:the|this|that) (?:group|movement|organi[sz]ation))\b", re.IGNORECASE
)
_NEAR_WORDS = 6


@dataclass(slots=True)
class Names:
    """All names of a case, with what is known to be another name of the same actor.

    Attributes:
        resolution: actors and the links of mentions to them.
        spellings: capitalised words of the case's texts, by their folded form.
        lands: states that the agreement names and that are no party to it.
    """

    resolution: Resolution
    spellings: Mapping[str, str] = field(default_factory=dict)
    lands: frozenset[str] = frozenset()
    _known: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    _members: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def of(self, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """All names under which those named are known, and their actor ids."""
        if names not in self._known:
            self._known[names] = self._collect(names)
        return self._known[names]

    def members_of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of the persons whom the registry knows to lead those named, or to belong to them: they stand for them."""
        if names not in self._members:
            _, ids = self.of(tuple(name for name in names if any(char.isupper() for char in name)))
            self._members[names] = tuple(
                actor.id
                for actor in self.resolution.actors
                if actor.type == "person" and any(tie.type in _BELONGS and tie.to in ids for tie in actor.ties)
            )
        return self._members[names]

    def _collect(self, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        wanted = [fold_name(name) for name in names]
        ids, collected = [], list(names)
        for actor in self.resolution.actors:
            strong = [actor.name, *(alias.name for alias in actor.aliases if not alias.weak)]
            if any(is_same_name(fold_name(name), one) for name in strong for one in wanted):
                ids.append(actor.id)
                collected += strong
        for folded, name in self.spellings.items():
            if any(is_same_name(folded, one) for one in wanted):
                collected.append(name)
        return tuple(dict.fromkeys(collected)), tuple(ids)


def is_same_name(one: str, two: str) -> bool:
    """Whether two folded names are one, or two spellings of one.

    >>> is_same_name("al varna", "al verna"), is_same_name("iran", "iraq")
    (True, False)
    """
    if one == two:
        return True
    if min(len(one), len(two)) < SHORTEST_ALIKE or (one.split()[0] != two.split()[0] and len(one.split()) > 1):
        return False
    return (
        one[0] == two[0]
        and len(one.split()) == len(two.split())
        and Indel.normalized_similarity(one, two) >= SPELLED_ALIKE
    )


def collect_spellings(texts: Iterable[str]) -> dict[str, str]:
    """Capitalised words, one to three in a row, by folded form and in its order: spellings that names may have."""
    found: dict[str, str] = {}
    for text in texts:
        words = [(match.start(), match.end()) for match in _CAPITALISED.finditer(text)]
        for index, (start, _) in enumerate(words):
            for length in range(1, 4):
                row = words[index : index + length]
                if len(row) < length or any(not _JOINED.fullmatch(text, a[1], b[0]) for a, b in pairwise(row)):
                    break
                name = text[start : row[-1][1]]
                if len(name) >= SHORTEST_ALIKE:
                    found.setdefault(fold_name(name), name)
    return dict(sorted((folded, name) for folded, name in found.items() if folded))


def places_of(index: DocumentIndex, names: Names, wanted: tuple[str, ...]) -> tuple[Place, ...]:
    """Where those named are mentioned in a document: by name, by word, or by a mention resolved to them."""
    if wanted in index.known_places:
        return index.known_places[wanted]
    proper = tuple(name for name in wanted if any(char.isupper() for char in name))
    places: list[Place] = []
    if proper:
        known, ids = names.of(proper)
        places += index.name_places(known)
        for one in ids:
            places += index.links.get(one, ())
    for word in wanted:
        if word not in proper:
            places += index.phrase_places(word)
    index.known_places[wanted] = tuple(sorted(set(places)))
    return index.known_places[wanted]


def relate(
    index: DocumentIndex, passage: Passage, indicator: Indicator, act: Place, clause: Place, names: Names
) -> tuple[float, tuple[str, ...]] | None:
    """How closely a passage ties an act to actors and objects, with the reasons; ``None`` for not at all.

    One of the two must be named in the act's own sentence of the content; the other may stand in the rest of that
    sentence or, weaker and only where a pronoun stands for it, in the sentence before or the paragraph. Objects given
    by general words beside names are people whom the actor may not help: either may do the act. Objects that are only
    names, or only things ("visa"), are what the act is done to: the actor must do it, and a thing must stand near.
    """
    sentence = index.sentence_of(act)
    context = index.context_of(sentence)
    everywhere = places_of(index, names, indicator.actors)
    actors = inside(everywhere, context)
    if passage.speaker is not None:
        actors = tuple(sorted({*actors, *inside(everywhere, passage.speaker)}))
    to_whom = {*places_of(index, names, indicator.objects)}
    for member in names.members_of(indicator.objects):
        to_whom.update(index.links.get(member, ()))
    objects = tuple(
        place
        for place in inside(tuple(sorted(to_whom)), context)
        if not _belongs_to(index.text, place, actors) and not _says_only_where(index, place, act)
    )
    if _is_done_to(index.text, act, clause, actors):
        return None
    if indicator.actors and _is_by_another(index.text, act, clause, actors):
        return None
    stands_in = any(_STANDS_IN.search(index.text, *_cut(clause, piece)) for piece in passage.content)
    level = _Level(passage, sentence, context, stands_in)
    is_self = _is_speaker(index, passage, clause, actors, act) or _is_ours(
        index, passage, clause, act, indicator, names
    )
    actor = 0 if is_self or not indicator.actors else level.of(actors)
    does_it = is_self or not indicator.actors or _is_subject(index.text, act, sentence, clause, actors)
    named = [one for one in indicator.objects if any(char.isupper() for char in one)]
    if indicator.objects and not named:
        return _relate_things(index, act, clause, actor, objects) if does_it else None
    if named and len(named) == len(indicator.objects) and not does_it:
        return None
    if not indicator.objects:
        return (_SHARES[actor], (_WHERE["actor"][actor],)) if actor <= 1 and does_it else None
    target = level.of(objects)
    if actor == _NOWHERE and target == 0 and _acts_itself(indicator) and _is_in_its_land(index, sentence, names):
        # "The group trains in Varna": whoever holds the land that the agreement is about is meant without being named.
        return _SHARES[2], (_WHERE["object"][target], "in the land that the agreement is about")
    if min(actor, target) > 0 or max(actor, target) > 2:
        return None
    return _SHARES[actor] * _SHARES[target], (_WHERE["actor"][actor], _WHERE["object"][target])


@dataclass(frozen=True, slots=True)
class _Level:
    """How near to the act a name stands."""

    passage: Passage
    sentence: Place
    context: Place
    pronoun: bool

    def of(self, places: tuple[Place, ...]) -> int:
        """0: in the content; 1: in the rest of the act's sentence; 2: near, under a pronoun; 3: not near."""
        near = inside(places, self.sentence)
        if any(inside(near, piece) for piece in self.passage.content):
            return 0
        if near:
            return 1
        return 2 if self.pronoun and inside(places, self.context) else 3


def _cut(one: Place, two: Place) -> Place:
    start, end = max(one[0], two[0]), min(one[1], two[1])
    return start, max(start, end)


_CASUALTY = re.compile(r"(?:kill|wound|captur|murder|injur)ed", re.IGNORECASE)
_NO_OBJECT = re.compile(r"\s*(?:[,.;)]|\s(?:in|by|on|during|at|since|over|and|there)\b|$)")
_AUXILIARY = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?$")
_OURS = re.compile(r"\b(?:we|our)\b(?!\s+(?:partners?|allies|friends?|adversar\w+|enem\w+)\b)", re.IGNORECASE)
# Between "we" and its act: "what we went there to do: get the terrorists who attacked us".
_BREAK = re.compile(
    r"[:;—–?]|\bwho\b|\b(?:see|seen|saw|know|knew|think|thought|believe|believed|hear|heard|aware|understand|understood|learned)\b"
)
# "The risk of an attack by a group known as …": whose act a noun is.
_BY_AGENT = re.compile(
    r"\s+(?:\w+\s+){0,2}?by\s+(?:the\s+)?"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs"
    r"|Fri|Satur|Sun)day|Christmas|Easter|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)(?=(?:an?|some|any)\s|[A-Z])"
)
# "Kill him in Varna": a land that only says where is not what it is done to.
_WHERE_ONLY = re.compile(r"\b(?:in|from|inside|across|throughout|out\s+of|around)\s+(?:the\s+)?$")
_ENTERS_LAND = re.compile(r"interven|interfer|meddl|invad|invasion|occup|annex", re.IGNORECASE)
_AGAINST_US = re.compile(r"\s+(?:on\s+)?(?:us|our)\b")
_ASKER = re.compile(r"(?:Q|Question|Reporter|PRESS|The Press)\.?:?", re.IGNORECASE)

_BELONGS = ("leads", "deputy of", "member of")

_NOWHERE = 3
_SHARES = (1.0, 0.8, 0.6, 0.0)
"""Share of strength for a name in the content, in the sentence around it, near it under a pronoun, and nowhere near."""

_WHERE = {
    "actor": ("names who acts", "who acts stands in the same sentence", "who acts stands close before", ""),
    "object": ("names to whom", "to whom stands in the same sentence", "to whom stands close before", ""),
}


def _relate_things(
    index: DocumentIndex, act: Place, clause: Place, actor: int, objects: tuple[Place, ...]
) -> tuple[float, tuple[str, ...]] | None:
    near = [
        place
        for place in inside(objects, clause)
        if not (act[0] <= place[0] and place[1] <= act[1])
        and len(index.text[min(place[1], act[1]) : max(place[0], act[0])].split()) <= _NEAR_WORDS
        and not patterns()["other_agreement"].search(index.text, clause[0], place[0])
    ]
    if not near or actor > 1:
        return None
    thing = index.text[near[0][0] : near[0][1]]
    return _SHARES[actor], (_WHERE["actor"][actor], f"speaks of “{thing}”")


def _is_subject(text: str, act: Place, sentence: Place, clause: Place, actors: tuple[Place, ...]) -> bool:
    """Whether the actor does the act: it stands before it in the clause, or behind it after "by" or "of".

    A pronoun between the two stands for somebody else often enough that such a passage is left out.
    """
    for start, end in inside(actors, clause):
        if end <= act[0]:
            return not _PRONOUN.search(text, end, act[0])
        if re.fullmatch(r"[^.;]{0,60}\b(?:by|of|from)\s+(?:the\s+)?", text[act[1] : start]):
            return True
    # "… agreed, and has since honoured": the subject may stand in the clause before.
    before = [place for place in inside(actors, sentence) if place[1] <= clause[0]]
    return (
        bool(before)
        and not re.search(r"\b[A-Z]\w+|\b(?:the|a|an|some|many|those|these)\s+\w", text[clause[0] : act[0]])
        and not _PRONOUN.search(text, clause[0], act[0])
    )


def _is_speaker(index: DocumentIndex, passage: Passage, clause: Place, actors: tuple[Place, ...], act: Place) -> bool:
    """Whether the speaker is the actor and speaks of itself before the act ("they insist that they …")."""
    if passage.speaker is None or not inside(actors, passage.speaker):
        return False
    return _THEMSELVES.search(index.text, clause[0], act[0]) is not None


def _is_ours(
    index: DocumentIndex, passage: Passage, clause: Place, act: Place, indicator: Indicator, names: Names
) -> bool:
    """Whether "we" or "our" before the act is the actor: a party's own publication speaks for that party.

    Of an interview only the answers do.
    """
    ours = [match.end() for match in _OURS.finditer(index.text, clause[0], act[0])] if index.own_side else []
    if not ours or _BREAK.search(index.text, ours[-1], act[0]):
        return False
    if passage.speaker is not None and _ASKER.fullmatch(index.text[passage.speaker[0] : passage.speaker[1]].strip()):
        return False
    if _AGAINST_US.match(index.text, act[1]):
        return False
    own = {fold_name(name) for name in names.of(index.own_side)[0]}
    return any(fold_name(actor) in own for actor in indicator.actors)


def _belongs_to(text: str, place: Place, actors: tuple[Place, ...]) -> bool:
    """Whether a general word is the actor's own ("Varna fighters", "the Front's militants")."""
    if any(char.isupper() for char in text[place[0] : place[1]]):
        return False
    return any(re.fullmatch(r"(?:['’]s?\s+(?:\w+\s+)?|\s+)", text[b : place[0]]) for _, b in actors if b <= place[0])


def says_where(text: str, at: int) -> bool:
    """Whether the name that begins there only says where something is.

    >>> says_where("a camp in Varna", 10), says_where("attacked Varna", 9)
    (True, False)
    """
    return _WHERE_ONLY.search(text[max(0, at - 16) : at]) is not None


def _acts_itself(indicator: Indicator) -> bool:
    """Whether an indicator speaks of what a group does ("the Black Heron trains in areas that the Front controls")."""
    return any(indicator.text.startswith(name) for name in indicator.objects if name[0].isupper())


def _is_in_its_land(index: DocumentIndex, sentence: Place, names: Names) -> bool:
    """Whether a sentence sets what it says in a land that the agreement names and that is no party to it."""
    return any(
        sentence[0] <= start < sentence[1] and name in names.lands and says_where(index.text, start)
        for start, _, name in index.state_places()
    )


def _says_only_where(index: DocumentIndex, place: Place, act: Place) -> bool:
    """Whether a name is a state's and only says where ("attacked the camp in Varna"); one enters a state itself."""
    if _ENTERS_LAND.search(index.text, *act) or not says_where(index.text, place[0]):
        return False
    return any(start == place[0] or (start <= place[0] < end) for start, end, _ in index.state_places())


def _is_by_another(text: str, act: Place, clause: Place, actors: tuple[Place, ...]) -> bool:
    """Whether "by" behind the act names somebody who is not the actor ("an attack by another group")."""
    agent = _BY_AGENT.match(text, act[1], clause[1])
    return agent is not None and not any(agent.end() - 4 <= start <= agent.end() + 24 for start, _ in actors)


def _is_done_to(text: str, act: Place, clause: Place, actors: tuple[Place, ...]) -> bool:
    """Whether the actor is the one it is done to ("struck the Front", "the Front was attacked")."""
    if re.search(r"\b(?:with|alongside|from|away|of|to|for|off|in|by|under)$", text[act[0] : act[1]], re.IGNORECASE):
        # "fights alongside the Front": the act's own preposition says how the Front takes part.
        return False
    inner = inside(actors, clause)
    # "1,200 Varnans killed", "the number of troops wounded in Lesna": what is said of those killed is done to them.
    if (
        _CASUALTY.fullmatch(text[act[0] : act[1]])
        and _NO_OBJECT.match(text[act[1] :])
        and any(place[1] <= act[0] and not _AUXILIARY.search(text[place[1] : act[0]]) for place in inner)
    ):
        return True
    after = [place for place in inner if place[0] >= act[1]]
    before = [place for place in inner if place[1] <= act[0]]
    if before:
        last = text[before[-1][1] : act[0]]
        is_passive = re.search(r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+ly\s+)?$", last) and text[
            act[0] : act[1]
        ].endswith("ed")
        return bool(is_passive) and not after
    return (
        bool(after)
        and patterns()["patient_after"].match(text[act[1] : after[0][0]]) is not None
        and text[act[0] : act[1]][-2:] != "ns"
    )
