"""Which words of a text name a place, which place, and how precisely: decided by what the text itself says."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pledgewatch.model.actor import Place
from pledgewatch.model.reading import Mention
from pledgewatch.model.span import Span
from pledgewatch.resolve.places import cues
from pledgewatch.resolve.places.gazetteer import Entry, Gazetteer, Named
from pledgewatch.resolve.places.geonames import ENGLISH_NAMED
from pledgewatch.resolve.places.scan import Hit, Scan, scan_text
from pledgewatch.resolve.places.words import PRECISIONS, Precision, place_words

PlaceDecision = Literal["place", "ambiguous", "not a place"]
SURE = 0.8
"""A place is taken at this share of the probability; under it the answer is "ambiguous"."""
NEAR = 250
"""A country named within so many code points says more than one named elsewhere in the text."""
BIG, MIDDLING = 1_000_000, 300_000
"""People of a town that needs nothing beside its name, and of one that needs its country alone where English names make
towns and persons alike."""

_LIST = re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?|,\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that words may name, with its share of the probability."""

    place: Place
    probability: float


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Words of a text and the place behind them, with what agreed and what did not.

    Attributes:
        span: the name, with a kind word after it ("Kunar Province").
        place: the place when the decision is ``place``; else ``None``, and ``candidates`` say what the name could be.
        probability: of the place, among all places of that name.
        agreed: what in the text speaks for it; for ``not a place``, why not.
        disagreed: what speaks against it.
        could_not_compare: what the text does not say ("town or province").
    """

    span: Span
    decision: PlaceDecision
    place: Place | None = None
    probability: float = 1.0
    agreed: tuple[str, ...] = ()
    disagreed: tuple[str, ...] = ()
    could_not_compare: tuple[str, ...] = ()
    candidates: tuple[PlaceCandidate, ...] = ()


def find_places(
    text: str, gazetteer: Gazetteer, mentions: Sequence[Mention] = (), countries: Collection[str] = ()
) -> tuple[PlaceLink, ...]:
    """The places that a text names, and the names of places in it that are none, in text order.

    A place is told from its namesakes by what the text says: what it lies in ("X in Y", "Y's X"), its kind ("X
    province"), which countries and places the text names, and only then by size. Where that does not decide, the
    answer is ``ambiguous`` with all candidates; a small town that nothing in the text speaks for gets no link at all. A
    name of both a town and its province means the province, unless it is a capital or the words say "city"; what they
    leave open stands in ``could_not_compare``. Agreements, bodies, persons and governments named after a place, or by
    it, are ``not a place``.

    Args:
        text: canonical text, in English for the words around names; names in Arabic or Cyrillic script are found as
            the gazetteer writes them, in English surroundings or others.
        mentions: of the reader, where there are any: what is part of a person's or a body's name is no place.
        countries: ISO 3166-1 alpha-2 codes of the case's countries.

    >>> from pledgewatch.resolve.places import load_gazetteer
    >>> [(link.span.text, link.decision, link.place and link.place.id)
    ...  for link in find_places("Under the Doha accord they left Kunar.", load_gazetteer())]
    [('Doha', 'not a place', None), ('Kunar', 'place', 'AF-KNR')]
    """
    scan = scan_text(text, gazetteer)
    if not scan.hits:
        return ()
    return _Finder(scan, mentions, frozenset(countries)).find()


@dataclass
class _Finder:
    """One text while its places are being found.

    Attributes:
        why_not: the reason by which a hit is no place, by index.
        states: how often countries are named, by any word; ``inside`` counts places inside them that mean one thing.
    """

    scan: Scan
    mentions: Sequence[Mention]
    countries: frozenset[str]
    why_not: dict[int, str] = field(default_factory=dict)
    states: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    state_places: list[tuple[int, str]] = field(default_factory=list)
    containers: dict[int, tuple[int, bool]] = field(default_factory=dict)
    enclosing: set[int] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    small: frozenset[str] | None = None

    def find(self) -> tuple[PlaceLink, ...]:
        """The links."""
        self._find_what_is_no_place()
        self._find_context()
        links = []
        for index, hit in enumerate(self.scan.hits):
            reason = self.why_not.get(index)
            link = self._decide(index, hit) if reason is None else self._refuse(hit, reason)
            if link is not None:
                links.append(link)
        return tuple(links)

    def _find_what_is_no_place(self) -> None:
        accords = cues.named_accords(self.scan)
        by_place = sorted(self.mentions, key=lambda mention: mention.span.start)
        checks: tuple[Callable[[Hit], str | None], ...] = (
            lambda hit: cues.names_an_accord(self.scan, hit, accords),
            lambda hit: cues.names_a_body(self.scan, hit),
            lambda hit: self._person(hit),
            lambda hit: self._mentioned(hit, by_place),
            lambda hit: cues.speaks_for_a_state(self.scan, hit),
        )
        for index, hit in enumerate(self.scan.hits):
            reason = next((why for check in checks if (why := check(hit)) is not None), None)
            reason = reason or self._second_government(index, hit)
            if reason is not None:
                self.why_not[index] = reason
                self._note_first_speaker(index, hit, reason)
        for index, hit in enumerate(self.scan.hits):
            # Whoever was named in full is meant by the surname alone, unless the words place it.
            if index not in self.why_not and hit.folded in self.persons and not cues.is_located(self.scan, hit):
                self.why_not[index] = f"a person: {self.scan.text[hit.start : hit.end]}, named in full in this text"

    def _person(self, hit: Hit) -> str | None:
        reason = cues.names_a_person(self.scan, hit)
        if reason is not None and not any(named.entry.place.precision == "country" for named in hit.names):
            self.persons.add(hit.folded)
        return reason

    def _mentioned(self, hit: Hit, by_place: Sequence[Mention]) -> str | None:
        mention = cues.covered_by(hit, by_place) if by_place else None
        return f"part of the name of a {mention.type}: {mention.span.text}" if mention is not None else None

    def _second_government(self, index: int, hit: Hit) -> str | None:
        """ "ties between X and Y": Y is a government where X is."""
        if index == 0 or not self.why_not.get(index - 1, "").startswith("a government: "):
            return None
        other = self.scan.hits[index - 1]
        joined = re.fullmatch(r"\s+and\s+(?:the\s+)?", self.scan.text[other.end : hit.start])
        led = place_words().governments_before.search(cues.before(self.scan, other))
        if joined is None or led is None:
            return None
        return f"a government: {' '.join((led.group() + self.scan.text[other.start : hit.end]).split())}"

    def _note_first_speaker(self, index: int, hit: Hit, reason: str) -> None:
        """ "X and Y said": X speaks where Y does."""
        if index == 0 or index - 1 in self.why_not or not reason.startswith("a government: "):
            return
        other = self.scan.hits[index - 1]
        joined = re.fullmatch(r"\s+and\s+(?:the\s+)?", self.scan.text[other.end : hit.start])
        spoken = cues.speaks_for_a_state(self.scan, replace(other, end=hit.end, last=hit.last)) if joined else None
        if spoken is not None:
            self.why_not[index - 1] = spoken

    def _find_context(self) -> None:
        """What the text names that has one meaning: countries, peoples, places of our tables."""
        for token, country in self.scan.peoples:
            self.states[country] += 1
            self.state_places.append((self.scan.tokens[token].start, country))
        for index, hit in enumerate(self.scan.hits):
            if self.why_not.get(index, "").startswith("a person"):
                continue
            strong = [named.entry for named in hit.names if not named.weak and named.entry.source != "geonames"]
            capitals = [named.entry for named in hit.names if named.entry.capital and not named.weak]
            owners = {entry.place.country for entry in strong or capitals}
            if len(owners) != 1 or (owner := owners.pop()) is None:
                continue
            if strong and strong[0].place.precision == "country":
                self.states[owner] += 1
                self.state_places.append((hit.start, owner))
            elif index not in self.why_not and (strong or capitals):
                self.inside[owner] += 1
        for index, hit in enumerate(self.scan.hits[:-1]):
            self._find_container(index, hit, self.scan.hits[index + 1])

    def _find_container(self, index: int, hit: Hit, after: Hit) -> None:
        between = self.scan.text[hit.end : after.start]
        if len(between) > cues.WINDOW or index in self.why_not:
            return
        words = place_words()
        if index + 1 not in self.why_not and words.inside.fullmatch(between) and _encloses(after, hit):
            self.containers[index] = (index + 1, "," not in between)
            self.enclosing.add(index + 1)
        elif words.inside_turned.fullmatch(between) and _encloses(hit, after):
            self.containers[index + 1] = (index, True)
            self.enclosing.add(index)

    def _refuse(self, hit: Hit, reason: str) -> PlaceLink | None:
        """The record that a name is no place; none for names of small towns, which nobody would have taken for one."""
        word = hit.lone and hit.folded in place_words().sets["ordinary"]
        known = [named.entry for named in hit.names if _is_weighty(named) and not word]
        if not known:
            return None
        share = round(1 / len(known), 4)
        return PlaceLink(
            Span.cut(self.scan.text, hit.start, hit.end),
            "not a place",
            agreed=(reason,),
            candidates=tuple(PlaceCandidate(entry.place, share) for entry in known),
        )

    def _decide(self, index: int, hit: Hit) -> PlaceLink | None:
        precision, end = cues.said_precision(self.scan, hit)
        located = cues.is_located(self.scan, hit)
        container = self._container(index)
        supported = [
            named for named in hit.names if self._is_supported(named, index, hit, located, precision, container)
        ]
        if not supported:
            return None
        # The town that gives a province its name stands with it, so that the answer can say what is open.
        supported += [
            named
            for named in hit.names
            if named not in supported and any(other.entry.place.id in named.entry.place.within for other in supported)
        ]
        scores = [(self._score(named, index, hit, precision, container), named) for named in supported]
        top = max(score for score, _ in scores)
        total = sum(math.exp(score - top) for score, _ in scores)
        shares = [(math.exp(score - top) / total, named) for score, named in scores]
        shares.sort(key=lambda pair: (-pair[0], pair[1].entry.place.id))
        span = Span.cut(self.scan.text, hit.start, end)
        return self._make_link(span, shares, hit, precision, container)

    def _container(self, index: int) -> tuple[Hit, bool] | None:
        found = self.containers.get(index)
        return (self.scan.hits[found[0]], found[1]) if found is not None else None

    def _has_context(self, entry: Entry, own: Hit) -> bool:
        """Whether the text, this name aside, or the case names the country of a place."""
        country = entry.place.country
        if country is None:
            return False
        own_share = int(_means_one_country(own) == country)
        return country in self.countries or self.states[country] > 0 or self.inside[country] > own_share

    def _is_supported(
        self,
        named: Named,
        index: int,
        hit: Hit,
        located: bool,
        precision: Precision | None,
        container: tuple[Hit, bool] | None,
    ) -> bool:
        """Whether there is enough in the text to take a name for this place at all."""
        entry, sets = named.entry, place_words().sets
        said = precision == entry.place.precision and not named.weak
        if said or index in self.enclosing or (container is not None and _lies_in(entry.place, container[0])):
            return True
        context = self._has_context(entry, hit)
        if entry.source == "states":
            return located or context or not (hit.lone and self._is_written_small(hit.folded))
        personal = hit.lone and (hit.folded in sets["surnames"] or hit.folded in sets["given_names"])
        if entry.source in ("divisions", "contested"):
            if hit.lone and hit.folded in sets["own_ordinary"]:
                return context and located
            short = hit.lone and len(hit.folded) <= (3 if entry.source == "divisions" else 4)
            return not (short or personal) or context or located or self._neighbour(index, entry) is not None
        if not entry.capital and cues.has_article(self.scan, hit):
            return False
        if cues.is_inside_a_name(self.scan, hit) and (named.weak or not (entry.capital or entry.population >= BIG)):
            return False
        if hit.lone and (hit.folded in sets["ordinary"] or self._is_written_small(hit.folded)):
            return (
                context
                and located
                and not named.weak
                and entry.place.country not in ENGLISH_NAMED
                and re.search(r"\b(?:in|near|outside|around)\s+$", cues.before(self.scan, hit)) is not None
            )
        if named.weak:
            return context and (located or len(hit.folded) > 6) and not personal
        if entry.capital:
            return True
        if personal:
            known = entry.population >= MIDDLING
            own = not cues.is_possessive(self.scan, hit) or entry.population >= BIG
            return located and own and (known or (context and entry.place.country not in ENGLISH_NAMED))
        if entry.population >= BIG:
            return True
        if entry.place.country in ENGLISH_NAMED:
            return entry.population >= MIDDLING and (context or located)
        return context

    def _is_written_small(self, folded: str) -> bool:
        """Whether the text itself writes this word without a capital, too."""
        if self.small is None:
            self.small = frozenset(token.raw for token in self.scan.tokens if token.raw[0].islower())
        return folded in self.small

    def _score(
        self, named: Named, index: int, hit: Hit, precision: Precision | None, container: tuple[Hit, bool] | None
    ) -> float:
        """How much speaks for a place, in logarithms of odds; see the comments for what each part stands for."""
        entry = named.entry
        place = entry.place
        score = min(0.0, _prior(entry)) - 1.5 if named.weak else _prior(entry)
        if container is not None:
            score += 6.0 if _lies_in(place, container[0]) else -4.0
        if (
            place.precision == "town"
            and not entry.capital
            and any(other.entry.place.id in place.within for other in hit.names)
        ):
            # The chief town of a province of its name is better known than its namesakes elsewhere.
            score += 1.5
        kinds = {other.entry.place.precision for other in hit.names}
        if precision is not None and precision in kinds:
            score += 4.0 if place.precision == precision else -3.0
        country = place.country
        if country is not None:
            own_share = int(_means_one_country(hit) == country)
            if self.inside[country] > own_share:
                score += 1.5
            if place.precision != "country":
                # The United States are named in nearly every text, so that their name tells little.
                named_here = self.states[country] > 0
                score += (0.5 if country == "US" else 2.0) * named_here
                near = any(where == country and abs(at - hit.start) < NEAR for at, where in self.state_places)
                score += 1.0 if near and country != "US" else 0.0
            elif self.states[country] > 0:
                score += 1.5
            score += 5.0 if country in self.countries else 0.0
        return score + (3.5 if self._neighbour(index, entry) is not None else 0.0)

    def _neighbour(self, index: int, entry: Entry) -> Place | None:
        """A place of the same kind and surroundings that stands in one list with this one ("X, Y and Z")."""
        for other_index in (index - 1, index + 1):
            if not 0 <= other_index < len(self.scan.hits) or other_index in self.why_not:
                continue
            first, second = sorted((index, other_index))
            between = self.scan.text[self.scan.hits[first].end : self.scan.hits[second].start]
            other = self.scan.hits[other_index]
            strong = [named.entry for named in other.names if not named.weak and named.entry.source != "geonames"]
            if len(strong) != 1 or _LIST.fullmatch(between) is None:
                continue
            place = strong[0].place
            if place.precision == entry.place.precision and (
                place.precision == "country" or place.country == entry.place.country
            ):
                return place
        return None

    def _make_link(
        self,
        span: Span,
        shares: list[tuple[float, Named]],
        hit: Hit,
        precision: Precision | None,
        container: tuple[Hit, bool] | None,
    ) -> PlaceLink:
        best, probability, missing = _choose(shares, precision)
        place, disagreed, more = _as_precise_as_said(best.place, precision)
        candidates = tuple(PlaceCandidate(named.entry.place, round(share, 4)) for share, named in shares)
        if probability < SURE:
            return PlaceLink(
                span,
                "ambiguous",
                None,
                round(probability, 4),
                could_not_compare=("which of several places: nothing in the text decides",),
                candidates=candidates,
            )
        return PlaceLink(
            span,
            "place",
            place,
            round(probability, 4),
            self._agreed(best, hit, precision, container),
            disagreed,
            (*missing, *more),
            candidates if len(candidates) > 1 else (),
        )

    def _agreed(
        self, entry: Entry, hit: Hit, precision: Precision | None, container: tuple[Hit, bool] | None
    ) -> tuple[str, ...]:
        agreed = [f"name: {self.scan.text[hit.start : hit.end]}"]
        if container is not None and _lies_in(entry.place, container[0]):
            agreed.append(f"in: {self.scan.text[container[0].start : container[0].end]}")
        if precision is not None and precision == entry.place.precision:
            agreed.append(f"kind: {precision}")
        country = entry.place.country
        if country is not None and entry.place.precision != "country":
            if country in self.countries:
                agreed.append(f"country of the case: {country}")
            elif self._has_context(entry, hit):
                agreed.append(f"country in the text: {country}")
        if entry.note:
            agreed.append(f"note: {entry.note}")
        return tuple(agreed)


def _means_one_country(hit: Hit) -> str | None:
    """The country that a name adds to ``inside`` by itself."""
    strong = [named.entry for named in hit.names if not named.weak and named.entry.source != "geonames"]
    owners = {
        entry.place.country
        for entry in strong or [named.entry for named in hit.names if named.entry.capital and not named.weak]
    }
    return owners.pop() if len(owners) == 1 else None


def _is_weighty(named: Named) -> bool:
    entry = named.entry
    return entry.source != "geonames" or (not named.weak and (entry.capital or entry.population >= MIDDLING))


def _prior(entry: Entry) -> float:
    if entry.place.precision == "country":
        return 3.0
    if entry.capital:
        return 3.5
    if entry.source in ("divisions", "contested"):
        return 2.0
    return min(2.0, max(-2.0, math.log10(max(entry.population, 1)) - 5.0))


def _encloses(outer: Hit, inner: Hit) -> bool:
    return any(_lies_in(named.entry.place, outer) for named in inner.names)


def _lies_in(place: Place, outer: Hit) -> bool:
    """Whether one of the places that a name may mean lies around a place."""
    around = set(place.within)
    return any(named.entry.place.id in around for named in outer.names if named.entry.place.id != place.id)


def _choose(shares: list[tuple[float, Named]], precision: Precision | None) -> tuple[Entry, float, tuple[str, ...]]:
    """The place to take, its probability, and what the words leave open.

    A town and the province around it that share a name share the probability: the words do not tell them apart.
    """
    best = shares[0][1].entry
    family = [
        (share, named) for share, named in shares if named.entry is best or _may_be_one(named.entry.place, best.place)
    ]
    if len(family) == 1:
        return best, shares[0][0], ()
    probability = sum(share for share, _ in family)
    members = [named.entry for _, named in family]
    said = [entry for entry in members if entry.place.precision == precision]
    if said:
        return said[0], probability, ()
    capital = next((named.entry for _, named in family if named.entry.capital and not named.weak), None)
    coarse = min(members, key=lambda entry: PRECISIONS.index(entry.place.precision))
    chosen = capital if capital is not None and coarse.place.precision != "country" else coarse
    kinds = sorted({entry.place.precision for entry in members}, key=PRECISIONS.index)
    return chosen, probability, (f"{' or '.join(kinds)}: the words do not say",)


def _may_be_one(one: Place, other: Place) -> bool:
    """Whether of two places of one name one lies in the other, as far as the tables know."""
    if one.id in other.within or other.id in one.within:
        return True
    coarse, fine = sorted((one, other), key=lambda place: PRECISIONS.index(place.precision))
    return coarse.precision == "province" and fine.precision == "town" and fine.within == (coarse.country,)


def _as_precise_as_said(place: Place, precision: Precision | None) -> tuple[Place, tuple[str, ...], tuple[str, ...]]:
    """The place with the precision of the words, where the gazetteer knows the name at another one only."""
    if precision is None or precision == place.precision:
        return place, (), ()
    if precision in ("district", "province") and place.precision in ("town", "point"):
        around = replace(place, id=f"{place.id}/{precision}", precision=precision)
        return around, (), (f"{precision}: the gazetteer knows only the {place.precision} of this name",)
    if PRECISIONS.index(precision) > PRECISIONS.index(place.precision):
        return place, (), (f"{precision}: the gazetteer knows only the {place.precision} of this name",)
    return place, (f"kind: the text says {precision}, the gazetteer {place.precision}",), ()
