"""The arithmetic of one finding, kept in pieces: voices, origins, the whole; and what it would be without any of them.

Within an origin each voice counts once for each direction, by its strongest words in the earliest document that carries
it: a copy, however often told and however spun, changes nothing. A voice that is known across the case (an actor, a
ministry, a party in its own praise) counts once in the whole case for each direction: in a document of its own, else in
the origin that carries its words best. Who says a thing to five reporters has said it once, and a sixth, weaker telling
takes nothing from it. The voices of an origin are averaged, then the origins cumulated; origins of one publisher (or
that credit the same one) are partly dependent, so that each but the strongest counts in part (``join_amounts``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pledgewatch.model.agreement import Shows
from pledgewatch.model.assessment import Opinion
from pledgewatch.model.case import WeighPolicy
from pledgewatch.weigh.bearing import other
from pledgewatch.weigh.evidence import EvidenceOrder, Weighed, trust_table
from pledgewatch.weigh.fusing import share_left
from pledgewatch.weigh.opinion import PRIOR_WEIGHT, average, fade, join_amounts, make_opinion

FIRM_BEARS = 0.3
"""Least bearing of a passage that may make a finding contested."""

SPECIFIC = 0.5
"""Least telling of an indicator that speaks of the commitment itself, not only of the agreement as a whole."""

VoiceKey = tuple[str, str, Shows]
"""Origin, speaker's key within it, direction."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One voice of one origin in one direction.

    Attributes:
        said: all of its evidence, in order.
        counted: the piece by which it counts.
        left: share of the evidence left after its age.
        opinion: of the counted piece, faded.
    """

    key: VoiceKey
    said: tuple[Weighed, ...]
    counted: Weighed
    age_days: int
    left: float
    opinion: Opinion

    @property
    def known_as(self) -> tuple[str, Shows] | None:
        """By what it is known in other origins; ``None`` where it is known in its own only."""
        name = self.counted.voice.known_as
        return (name, self.key[2]) if name else None

    @property
    def certainty(self) -> float:
        """Mass that is not uncertain."""
        return self.opinion.belief + self.opinion.disbelief


@dataclass(frozen=True, slots=True)
class Tally:
    """What the rules count in some origins; tallies of different origins add up."""

    origins_for: int = 0
    origins_against: int = 0
    firm_for: int = 0
    firm_against: int = 0
    specific: int = 0

    def plus(self, more: Tally, sign: int = 1) -> Tally:
        """Both together, or this one less the other."""
        return Tally(
            self.origins_for + sign * more.origins_for,
            self.origins_against + sign * more.origins_against,
            self.firm_for + sign * more.firm_for,
            self.firm_against + sign * more.firm_against,
            self.specific + sign * more.specific,
        )


@dataclass(frozen=True, slots=True)
class OriginSum:
    """One origin: the voices that count in it, those that count elsewhere (and where), and what it comes to.

    Attributes:
        house: whose choice it was to tell it; ``None`` where that is not known.
    """

    origin: str
    counted: tuple[Heard, ...]
    elsewhere: tuple[tuple[Heard, str], ...]
    opinion: Opinion
    support: float
    contrary: float
    tally: Tally
    house: str | None


@dataclass(frozen=True, slots=True)
class Sum:
    """The whole: the opinion, what the rules count, and how much is done as the newest count has it."""

    opinion: Opinion
    tally: Tally
    is_partial: bool
    share: float | None


def hear(said: Sequence[Weighed], as_of: str, policy: WeighPolicy) -> Heard:
    """One voice from all of its evidence in one origin and one direction (at least one piece)."""
    first = min((one.index.available, one.index.document.id) for one in said)
    in_first = [one for one in said if (one.index.available, one.index.document.id) == first]
    strongest = max(in_first, key=lambda one: (one.mass, one.order))
    age = max((date.fromisoformat(as_of) - date.fromisoformat(strongest.index.available)).days, 0)
    left = 1.0 if strongest.lasting else share_left(strongest.index.available, as_of, policy.half_life_days)
    key = (strongest.origin, strongest.speaker, strongest.direction)
    return Heard(
        key, tuple(sorted(said, key=lambda one: one.order)), strongest, age, left, fade(strongest.opinion, left)
    )


def reverse(one: Weighed) -> Weighed:
    """The evidence had its speaker said the contrary."""
    return replace(one, bearing=replace(one.bearing, direction=other(one.direction)), falls_short=False, lasting=None)


class Reckoner:
    """The sum of a commitment's evidence, and the sum with some of its voices changed or gone.

    A change costs what it touches and not the whole, so that every "what if" of a large case can be asked.
    """

    def __init__(self, evidence: Sequence[Weighed], as_of: str, policy: WeighPolicy) -> None:
        self._as_of, self._policy = as_of, policy
        said: dict[VoiceKey, list[Weighed]] = {}
        for one in evidence:
            said.setdefault((one.origin, one.speaker, one.direction), []).append(one)
        self.voices: dict[VoiceKey, Heard] = {key: hear(said[key], as_of, policy) for key in sorted(said)}
        self._in_origin: dict[str, list[VoiceKey]] = {}
        self._groups: dict[tuple[str, Shows], list[VoiceKey]] = {}
        for key, voice in self.voices.items():
            self._in_origin.setdefault(key[0], []).append(key)
            if voice.known_as:
                self._groups.setdefault(voice.known_as, []).append(key)
        self._best = _choose_tellings(self.voices.values())
        self._origins = {
            origin: self._sum_origin(origin, [self.voices[key] for key in keys], self._best)
            for origin, keys in self._in_origin.items()
        }
        self._tally = Tally()
        self._houses: dict[str, dict[str, OriginSum]] = {}
        for origin, part in self._origins.items():
            self._tally = self._tally.plus(part.tally)
            self._houses.setdefault(house_of(part), {})[origin] = part
        self._amounts = {house: join_origins(parts.values()) for house, parts in self._houses.items()}
        self._support, self._contrary = _add_up(self._amounts.values())
        kept = [voice for voice in self.voices.values() if voice.key[2] == "kept"]
        self._strong = sorted(((_strength(voice), voice.key) for voice in kept), reverse=True)
        self._partial = sorted(((_partial_strength(voice), voice.key) for voice in kept), reverse=True)
        self._counts = [one for voice in kept for one in voice.said if one.bearing.share is not None]

    @property
    def origins(self) -> tuple[OriginSum, ...]:
        """Every origin by itself, sorted by id."""
        return tuple(self._origins[origin] for origin in sorted(self._origins))

    def sum(self, changed: Mapping[VoiceKey, Heard | None] | None = None) -> Sum:
        """The whole, with some voices replaced, put in, or (``None``) gone."""
        changed = changed or {}
        tally = self._tally
        touched: dict[str, dict[str, OriginSum]] = {}
        for origin, fresh in self._resum(changed).items():
            old = self._origins.get(origin)
            if old is not None:
                tally = tally.plus(old.tally, -1)
                self._touch(touched, house_of(old)).pop(origin)
            if fresh is not None:
                tally = tally.plus(fresh.tally)
                self._touch(touched, house_of(fresh))[origin] = fresh
        support, contrary = [self._support], [self._contrary]
        for house, parts in touched.items():
            was, now = self._amounts.get(house, (0.0, 0.0)), join_origins(parts.values())
            support += [-was[0], now[0]]
            contrary += [-was[1], now[1]]
        opinion = _from_observations(math.fsum(support), math.fsum(contrary), self._policy.base_rate)
        return Sum(opinion, tally, *self._how_much(changed))

    def _touch(self, touched: dict[str, dict[str, OriginSum]], house: str) -> dict[str, OriginSum]:
        """A house's origins, to be changed without changing what is known of them."""
        return touched.setdefault(house, dict(self._houses.get(house, {})))

    def without(self, evidence: Iterable[Weighed]) -> dict[VoiceKey, Heard | None]:
        """The change that leaves out some pieces of evidence."""
        gone: dict[VoiceKey, set[EvidenceOrder]] = {}
        for one in evidence:
            gone.setdefault((one.origin, one.speaker, one.direction), set()).add(one.order)
        changed: dict[VoiceKey, Heard | None] = {}
        for key, orders in gone.items():
            rest = [one for one in self.voices[key].said if one.order not in orders]
            changed[key] = hear(rest, self._as_of, self._policy) if rest else None
        return changed

    def with_contrary(self, keys: Sequence[VoiceKey]) -> dict[VoiceKey, Heard | None]:
        """The change that has voices say the contrary of what they say."""
        changed: dict[VoiceKey, Heard | None] = dict.fromkeys(keys)
        for key in keys:
            contrary: VoiceKey = (key[0], key[1], other(key[2]))
            there = self.voices[contrary].said if contrary in self.voices else ()
            turned = [reverse(one) for one in self.voices[key].said]
            changed[contrary] = hear([*there, *turned], self._as_of, self._policy)
        return changed

    def list_claims(self) -> tuple[tuple[VoiceKey, ...], ...]:
        """Which voices make one claim: one known across the case in all of its origins, any other by itself.

        The voice by which the claim counts comes first.
        """
        claims: list[tuple[VoiceKey, ...]] = []
        for key, voice in self.voices.items():
            if voice.known_as is None:
                claims.append((key,))
            elif self._best[voice.known_as] == key:
                claims.append((key, *(one for one in self._groups[voice.known_as] if one != key)))
        return tuple(claims)

    def _resum(self, changed: Mapping[VoiceKey, Heard | None]) -> dict[str, OriginSum | None]:
        """Every origin that a change touches, summed anew; ``None`` for one of which nothing is left."""
        if not changed:
            return {}
        touched = {key[0] for key in changed}
        best = dict(self._best)
        groups = {
            voice.known_as
            for key, fresh in changed.items()
            for voice in (fresh, self.voices.get(key))
            if voice is not None and voice.known_as
        }
        for group in groups:
            ours = dict.fromkeys((*self._groups.get(group, ()), *changed))
            members = [changed[key] if key in changed else self.voices[key] for key in ours]
            chosen = _choose_tellings(voice for voice in members if voice is not None and voice.known_as == group)
            old, new = best.pop(group, None), chosen.get(group)
            if new is not None:
                best[group] = new
            if old != new:
                touched |= {key[0] for key in (old, new) if key is not None}
        resummed: dict[str, OriginSum | None] = {}
        for origin in sorted(touched):
            keys = sorted({*self._in_origin.get(origin, ()), *(key for key in changed if key[0] == origin)})
            voices = [changed[key] if key in changed else self.voices[key] for key in keys]
            left = [voice for voice in voices if voice is not None]
            resummed[origin] = self._sum_origin(origin, left, best) if left else None
        return resummed

    def _sum_origin(
        self, origin: str, voices: Sequence[Heard], best: Mapping[tuple[str, Shows], VoiceKey]
    ) -> OriginSum:
        counted, elsewhere = [], []
        for voice in voices:
            chosen = best[voice.known_as] if voice.known_as else voice.key
            if chosen == voice.key:
                counted.append(voice)
            else:
                elsewhere.append((voice, chosen[0]))
        opinion = average([voice.opinion for voice in counted], self._policy.base_rate)
        support, contrary = observations(opinion)
        tally = Tally(
            origins_for=int(any(voice.key[2] == "kept" for voice in voices)),
            origins_against=int(any(voice.key[2] == "broken" for voice in voices)),
            firm_for=int(any(voice.key[2] == "kept" and _is_firm(voice) for voice in voices)),
            firm_against=int(any(voice.key[2] == "broken" and _is_firm(voice) for voice in voices)),
            specific=int(any(one.indicator.telling >= SPECIFIC for voice in voices for one in voice.said)),
        )
        first = min((one for voice in voices for one in voice.said), key=lambda one: (one.index.available, one.order))
        return OriginSum(origin, tuple(counted), tuple(elsewhere), opinion, support, contrary, tally, first.house)

    def _how_much(self, changed: Mapping[VoiceKey, Heard | None]) -> tuple[bool, float | None]:
        """Whether the strongest evidence of keeping speaks of a part, and the share that the newest count gives.

        A count by somebody without an interest goes before all others.
        """
        fresh = [voice for voice in changed.values() if voice is not None and voice.key[2] == "kept"]
        counts = [one for one in self._counts if (one.origin, one.speaker, one.direction) not in changed]
        counts += [one for voice in fresh for one in voice.said if one.bearing.share is not None]
        newest = max(counts, key=lambda one: (not one.is_interested, one.index.available, one.order), default=None)
        if newest is not None and newest.bearing.share is not None:
            return newest.bearing.share < 1.0, newest.bearing.share
        strong = max([_first(self._strong, changed), *(_strength(voice) for voice in fresh)])
        partial = max([_first(self._partial, changed), *(_partial_strength(voice) for voice in fresh)])
        return partial > 0.0 and partial >= strong, None


def join_origins(parts: Iterable[OriginSum]) -> tuple[float, float]:
    """Observations for and against that the origins of one house come to together."""
    known = list(parts)
    dependence = float(trust_table()["same_publisher"])
    return (
        join_amounts((one.support for one in known), dependence),
        join_amounts((one.contrary for one in known), dependence),
    )


def house_of(part: OriginSum) -> str:
    """The key of an origin's house; one that nobody knows is a house of its own."""
    return f"house {part.house}" if part.house else f"origin {part.origin}"


def _add_up(amounts: Iterable[tuple[float, float]]) -> tuple[float, float]:
    known = list(amounts)
    return math.fsum(one for one, _ in known), math.fsum(two for _, two in known)


def _choose_tellings(voices: Iterable[Heard]) -> dict[tuple[str, Shows], VoiceKey]:
    """Where each voice known across the case counts: in its own document, else where its words are carried best."""
    best: dict[tuple[str, Shows], Heard] = {}
    for voice in voices:
        if voice.known_as is None:
            continue
        known = best.get(voice.known_as)
        if known is None or _rank(voice) < _rank(known):
            best[voice.known_as] = voice
    return {group: voice.key for group, voice in best.items()}


def _rank(voice: Heard) -> tuple[bool, float, str, VoiceKey]:
    return (not voice.counted.is_own, -voice.certainty, voice.counted.index.available, voice.key)


def _is_firm(voice: Heard) -> bool:
    return any(not one.is_interested and one.bearing.bears * one.indicator.telling >= FIRM_BEARS for one in voice.said)


def _strength(voice: Heard) -> float:
    return max(one.bearing.bears for one in voice.said)


def _partial_strength(voice: Heard) -> float:
    return max((one.bearing.bears for one in voice.said if one.bearing.partial), default=0.0)


def _first(ranked: Sequence[tuple[float, VoiceKey]], changed: Mapping[VoiceKey, Heard | None]) -> float:
    return next((value for value, key in ranked if key not in changed), 0.0)


def observations(opinion: Opinion) -> tuple[float, float]:
    """The observations for and against that an opinion stands for.

    >>> observations(Opinion(0.5, 0.25, 0.25))
    (4.0, 2.0)
    """
    return PRIOR_WEIGHT * opinion.belief / opinion.uncertainty, PRIOR_WEIGHT * opinion.disbelief / opinion.uncertainty


def _from_observations(support: float, contrary: float, base_rate: float) -> Opinion:
    # What is left of a sum after all of it was taken away may be a hair below nothing.
    support, contrary = max(support, 0.0), max(contrary, 0.0)
    total = support + contrary + PRIOR_WEIGHT
    return make_opinion(support / total, contrary / total, base_rate)
