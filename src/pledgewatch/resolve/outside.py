"""Who of the registry and the lists a document speaks of: exact names, what the document introduces, names spelled otherwise."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

import yaml

from pledgewatch.model.actor import Actor, Candidate, Listing
from pledgewatch.model.reading import Mention
from pledgewatch.resolve.lookup import Lookup
from pledgewatch.resolve.matching import prepare_name
from pledgewatch.resolve.names import class_of, fits_acronym, strip_titles, tidy_name
from pledgewatch.resolve.spotting import KnownName, Spot, Spotter
from pledgewatch.resolve.words import resolve_words
from pledgewatch.text.folding import fold_name, prepare_text
from pledgewatch.resolve.lists.countries import country_code
from pledgewatch.text.states import find_states

DECIDE_AT = 0.80
"""From this probability on a name is linked; between this and :data:`DOUBT_AT` it is shown as ambiguous."""

DOUBT_AT = 0.45

MARGIN = 0.15
"""By so much the first candidate is likelier than the second, or both are shown."""

_INTRODUCES = re.compile(
    r"\s{0,3}(?:\(\s*(?:(?:the|or|hereinafter|hereafter|also|known as|a\.?k\.?a\.?)[\s:]+){0,3}[\"“”'’]?([^()\"“”;,]{2,40}?)[\"“”'’]?\s*(?:[,;][^()]{0,60})?\)"
    r"|/\s*([A-Z][A-Z0-9-]{1,9})\b)"
)
_COMPOUND = re.compile(
    r"[-‐‑–](?:affiliated|linked|aligned|inspired|backed|led|associated|allied|related|run|held|controlled)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Who a mention may name, from outside the case.

    Attributes:
        owner: an actor's id or a listing's key; ``None`` where it is not decided.
        probability: of ``owner``, or of the likeliest candidate.
        candidates: ``(owner, probability)``, the likeliest first.
    """

    owner: str | None
    probability: float
    agreed: tuple[str, ...] = ()
    disagreed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that names somebody from outside the case."""

    start: int
    end: int
    found: Found


@dataclass
class Outside:
    """One document and what is known outside the case, as of a day.

    Attributes:
        day: ISO day; entries listed later are not known yet. ``None`` knows them all.
        places: every place where somebody known is named, in text order.
    """

    text: str
    mentions: Sequence[Mention]
    lookup: Lookup
    day: str | None
    places: tuple[Place, ...] = ()
    _named: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _states: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        prepared = prepare_text(self.text)
        self._states = frozenset(filter(None, (country_code(state) for state in find_states(self.text))))
        spots = [spot for spot in self.lookup.spotter.find(prepared) if not self._goes_on(spot)]
        strong = [(spot, self._owners(spot, sure=True)) for spot in spots]
        for spot, owners in strong:
            if len(owners) == 1:
                self._named.setdefault(owners[0], []).append((spot.start, spot.end))
        introduced = self._introduced(strong)
        places: dict[tuple[int, int], Place] = {}
        for spot, owners in strong:
            found = self._decide(spot, owners)
            if found is not None:
                places[spot.start, spot.end] = Place(spot.start, spot.end, found)
        for spot in introduced.find(prepared):
            if not any(place.start < spot.end and spot.start < place.end for place in places.values()):
                owners = tuple(dict.fromkeys(name.of for name in spot.names))
                why = "acronym" if spot.names[0].acronym else "surname" if spot.names[0].derived else "name"
                places[spot.start, spot.end] = Place(
                    spot.start, spot.end, self._from_memory(owners, f"{why}: introduced in this document")
                )
        self.places = tuple(place for _, place in sorted(places.items()))

    def _owners(self, spot: Spot, *, sure: bool) -> tuple[str, ...]:
        """Who the words at a spot name by names that identify alone (``sure``), or by any."""
        owners: dict[str, None] = {}
        for name in spot.names:
            if not self.lookup.is_known(name.of, self.day):
                continue
            # The registry introduces its acronyms; those of a list count where the document introduces them.
            if sure and (name.weak or (name.acronym and name.of not in self.lookup.actors)):
                continue
            owners[name.of] = None
        exact = [name.of for name in spot.names if not name.derived and name.of in owners]
        return tuple(dict.fromkeys(exact)) or tuple(owners)

    def _goes_on(self, spot: Spot) -> bool:
        """Whether the name is only the beginning of a longer one that nobody knows ("al-Varna Front Youth League")."""
        after = self.text[spot.end : spot.end + 40]
        follows = re.match(r"[ \n]((?:[A-Z][\w’'-]+)(?:[ \n][A-Z][\w’'-]+)*)", after)
        if follows is None:
            return False
        words = [fold_name(word) for word in follows[1].split()]
        return bool(words) and words[0] in _going_on()

    def _decide(self, spot: Spot, owners: tuple[str, ...]) -> Found | None:
        words = self.text[spot.start : spot.end]
        if len(owners) == 1:
            return self._weigh_exact(owners[0], words, spot)
        if len(owners) > 1:
            named = [owner for owner in owners if self._otherwise_named(owner, spot)]
            if len(named) == 1:
                return Found(named[0], 0.9, (f"name: {words}", "named in full in this document"))
            return self._choose({owner: self._exact_odds(owner, words) for owner in owners}, (f"name: {words}",))
        weak = self._owners(spot, sure=False)
        named = [owner for owner in weak if self._otherwise_named(owner, spot)]
        if len(named) == 1:
            return Found(named[0], 0.9, (f"weak name: {words}", "named in full in this document"))
        return None

    def _otherwise_named(self, owner: str, spot: Spot) -> bool:
        return any(place != (spot.start, spot.end) for place in self._named.get(owner, ()))

    def _weigh_exact(self, owner: str, words: str, spot: Spot) -> Found | None:
        known = next(name for name in spot.names if name.of == owner)
        odds = self._exact_odds(owner, words) - (1.2 if known.derived else 0.0)
        extra, agreed, missing = self._context(owner, spot.start, spot.end)
        probability = _logistic(odds + extra)
        why = "name, shortened" if known.derived else "acronym" if known.acronym else "name"
        agreed = (f"{why}: {words}", *agreed)
        if probability < DECIDE_AT:
            if probability < DOUBT_AT:
                return None
            return Found(None, probability, agreed, (), missing, ((owner, probability),))
        return Found(owner, probability, agreed, (), missing, ((owner, probability),))

    def _exact_odds(self, owner: str, words: str) -> float:
        """Log-odds that a name written exactly so is the one known: rarer names say more."""
        actor = self.lookup.actors.get(owner)
        listings = self.lookup.listings_of(owner, self.day)
        is_person = actor.type == "person" if actor else any(one.type == "person" for one in listings)
        if not is_person:
            return 4.0 if actor else 3.0
        weights = self.lookup.index.weights
        name = prepare_name(words)
        weight = sum(min(token.weight, weights.get(token.key, 1.0)) for token in name.words) + 0.4 * len(name.titles)
        return (1.5 if actor else 0.0) - 2.0 + 2.4 * weight

    def _context(self, owner: str, start: int, end: int) -> tuple[float, tuple[str, ...], tuple[str, ...]]:
        """What the rest of the document says for or against an owner: log-odds, what agreed, what could not be compared."""
        actor = self.lookup.actors.get(owner)
        if actor is not None and actor.type != "person":
            return 0.0, (), ()
        odds, agreed, missing = 0.0, [], []
        listings = self.lookup.listings_of(owner, self.day)
        countries = set(actor.countries) if actor else set()
        for listing in listings:
            countries.update((*listing.nationalities, *listing.countries))
        shared = sorted(countries & self._states)
        if shared:
            odds += 0.8
            agreed.append(f"country: {', '.join(shared)}")
        elif countries and self._states:
            odds -= 0.7
            missing.append(f"country: {', '.join(sorted(countries))} not in the text")
        near = fold_name(self.text[max(0, start - 200) : end + 200])
        regimes = _regimes()
        for listing in listings:
            about = regimes.get(listing.regime or "", ())
            if any(one in self._named for one in about) or (
                listing.regime and f" {fold_name(listing.regime)} " in f" {near} "
            ):
                odds += 1.2
                agreed.append(f"regime: {listing.regime}")
            elif about:
                odds -= 0.6
                missing.append(f"regime: {listing.regime} not in the text")
            role = _shared_role(listing, near)
            if role:
                odds += 1.0
                agreed.append(f"role: {role}")
            if listing.born:
                missing.append(f"date of birth: {listing.born[0]} not in the text")
            break
        if actor is not None:
            tied = [tie.to for tie in actor.ties if tie.to in self._named]
            if tied:
                odds += 1.2
                agreed.append(f"named beside: {self.lookup.actors[tied[0]].name}")
        return odds, tuple(agreed), tuple(missing)

    def _introduced(self, strong: Sequence[tuple[Spot, tuple[str, ...]]]) -> Spotter:
        """Short names that the document gives to those it names in full: acronyms in brackets, surnames of persons."""
        names: list[KnownName] = []
        surnames: dict[str, set[str]] = {}
        for spot, owners in strong:
            if len(owners) != 1:
                continue
            owner = owners[0]
            words = self.text[spot.start : spot.end]
            after = _INTRODUCES.match(self.text, spot.end)
            if after is not None:
                short = (after[1] or after[2]).strip()
                if fits_acronym(short, words) or (short.isupper() and self._has_acronym(owner, short)):
                    names.append(KnownName(owner, short, acronym=True))
            if self._is_person(owner):
                for surname in _surnames(words):
                    surnames.setdefault(surname, set()).add(owner)
        for surname, owners_of in sorted(surnames.items()):
            names += [KnownName(owner, surname, derived=True) for owner in sorted(owners_of)]
        return Spotter(names)

    def _has_acronym(self, owner: str, short: str) -> bool:
        folded = fold_name(short)
        return any(name.of == owner for name in self.lookup.spotter.names_of(folded))

    def _is_person(self, owner: str) -> bool:
        actor = self.lookup.actors.get(owner)
        if actor is not None:
            return actor.type == "person"
        listing = self.lookup.listings.get(owner)
        return listing is not None and listing.type == "person"

    def _from_memory(self, owners: tuple[str, ...], why: str) -> Found:
        if len(owners) == 1:
            return Found(owners[0], 0.93, (why,), (), (), ((owners[0], 0.93),))
        share = round(0.95 / len(owners), 4)
        return Found(
            None, share, (why,), (), ("given name: not in the mention",), tuple((one, share) for one in owners)
        )

    def _choose(self, odds: Mapping[str, float], agreed: tuple[str, ...]) -> Found | None:
        """One of several who bear a name, where the document tells them apart; else all of them."""
        weighed = []
        for owner, value in odds.items():
            extra, more, _ = self._context(owner, 0, 0)
            weighed.append((math.exp(min(20.0, value + extra)), owner, more))
        total = 1.0 + sum(value for value, _, _ in weighed)
        ranked = sorted(
            ((value / total, owner, more) for value, owner, more in weighed), key=lambda one: (-one[0], one[1])
        )
        candidates = tuple((owner, round(share, 4)) for share, owner, _ in ranked)
        best, owner, more = ranked[0]
        if best >= DECIDE_AT:
            return Found(owner, best, (*agreed, *more), (), (), candidates)
        if sum(share for share, _, _ in ranked) < DOUBT_AT:
            return None
        return Found(None, best, agreed, (), ("who of them: the text does not say",), candidates)

    def find_mention(self, mention: Mention) -> Found | None:
        """Who a mention of the reader's names: by the known name in it, or by a name that is spelled much like it.

        ``None`` when nobody is known by it, or it is a part or an adjective of somebody ("the Front's commission").
        """
        name_start, name_end = self._core(mention)
        inside = [place for place in self.places if place.start < name_end and name_start < place.end]
        for place in inside:
            if self._stands_for(place, name_start, name_end):
                return place.found
        if inside and mention.type != "person":
            return None
        return self._similar(mention, tidy_name(self.text[name_start:name_end]))

    def _core(self, mention: Mention) -> tuple[int, int]:
        """Where the name itself stands in a mention: without *the*, titles and a possessive."""
        words = mention.span.text
        name = tidy_name(words)
        if mention.type == "person":
            name = strip_titles(name)
        squeezed = " ".join(words.split())
        offset = squeezed.rfind(name)
        if offset < 0 or squeezed != words:
            return mention.span.start, mention.span.end
        return mention.span.start + offset, mention.span.start + offset + len(name)

    def names_part(self, mention: Mention) -> bool:
        """Whether a mention is a piece of a longer known name, or runs over several of them: then it names nobody itself."""
        start, end = self._core(mention)
        touched = [place for place in self.places if place.start < end and start < place.end]
        if len(touched) > 1:
            return True
        return any(place.start < start or (place.start <= start and end < place.end) for place in touched)

    def _stands_for(self, place: Place, start: int, end: int) -> bool:
        """Whether a known name in a mention is what the whole mention names, or the mention is its first words."""
        if place.start <= start and end <= place.end:
            return place.start == start
        before, after = self.text[start : place.start], self.text[place.end : end]
        if re.match(r"[’']s?\b", after) or _COMPOUND.match(after):
            return False
        return all(_says_nothing(word) for word in (*before.split(), *after.split()))

    def _similar(self, mention: Mention, name: str) -> Found | None:
        kind = {"person": "person", "collective": "group"}.get(class_of(mention.type))
        if kind is None or mention.type == "state" or len(name) < 5:
            return None
        words = prepare_name(name).words
        if len(words) < LEAST_SIMILAR or all(word.weight < 0.5 for word in words):
            return None
        hits = [hit for hit in self.lookup.find_similar(name, kind) if self.lookup.is_known(hit.entry.of, self.day)]
        if not hits:
            return None
        ranked = []
        for hit in hits:
            extra, more, missing = self._context(hit.entry.of, mention.span.start, mention.span.end)
            # One of thousands of names is always near: what is asked is whether anybody listed is meant at all.
            odds = _odds(hit.probability) + extra - (PRIOR_PERSON if kind == "person" else PRIOR_GROUP)
            if hit.comparison.features["conflict"] >= 0.5:
                odds -= 1.5
            ranked.append((_logistic(odds), hit, more, missing))
        ranked.sort(key=lambda one: (-one[0], one[1].entry.of))
        best, hit, more, missing = ranked[0]
        if best < DOUBT_AT:
            return None
        candidates = tuple((one.entry.of, round(value, 4)) for value, one, _, _ in ranked if value >= 0.05)
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        agreed = (*(f"word: {word}" for word in hit.comparison.agreed), *more)
        sure = best >= DECIDE_AT and best - second >= MARGIN
        return Found(
            hit.entry.of if sure else None,
            best,
            agreed,
            tuple(f"word: {word}" for word in hit.comparison.disagreed),
            (*hit.comparison.could_not_compare, *missing),
            candidates,
        )

    def to_candidates(self, found: Found) -> tuple[Candidate, ...]:
        """The candidates as links carry them: an actor of the registry, or a listing."""
        result = []
        for owner, probability in found.candidates:
            actor: Actor | None = self.lookup.actors.get(owner)
            listings = self.lookup.listings_of(owner, self.day)
            result.append(
                Candidate(actor.id if actor else None, listings[0].id if listings else None, round(probability, 4))
            )
        return tuple(result)


LEAST_SIMILAR = 2
PRIOR_PERSON = 1.6
PRIOR_GROUP = 2.0


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def _odds(probability: float) -> float:
    bounded = min(1 - 1e-6, max(1e-6, probability))
    return math.log(bounded / (1 - bounded))


def _surnames(words: str) -> tuple[str, ...]:
    """By what a person may be named after the full name: the last word, with its particle, and the last two.

    >>> _surnames("Ilko Tali al-Rukhan")
    ('Rukhan', 'al-Rukhan')
    """
    parts = words.replace("\n", " ").split()
    if len(parts) < 2:
        return ()
    last = parts[-1]
    bare = re.sub(r"^(?:al|el|as|ash|an|ar|at|ad|az)[-‐–]", "", last, flags=re.IGNORECASE)
    found = [bare] if len(bare) >= 3 else []
    if bare != last:
        found.append(last)
    elif fold_name(parts[-2]) in ("al", "el", "bin", "ben", "ibn", "van", "von", "de"):
        found.append(f"{parts[-2]} {last}")
    if len(parts) >= 3 and len(fold_name(parts[-2])) > 2:
        found.append(f"{parts[-2]} {last}")
    return tuple(found)


def _says_nothing(word: str) -> bool:
    """Whether a word beside a name leaves it the same one: no name itself, a title, a demonym, a role."""
    bare = fold_name(word.strip(".,;:()[]\"“”'’"))
    tables = resolve_words()
    if not bare or bare in tables.titles or bare in tables.roles or bare in tables.role_qualifiers:
        return True
    return word[:1].islower() or bool(find_states(word))


def _shared_role(listing: Listing, near: str) -> str | None:
    words = set(near.split())
    for role in listing.roles:
        telling = [
            word for word in fold_name(role).split() if len(word) > 3 and word not in ("under", "regime", "taliban")
        ]
        if len(telling) >= 2 and sum(word in words for word in telling) >= max(2, len(telling) // 2):
            return role
    return None


@functools.cache
def _tables() -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(
        resources.files("pledgewatch.resolve").joinpath("tables/outside.yml").read_text("utf-8")
    )
    return loaded


@functools.cache
def _regimes() -> dict[str, tuple[str, ...]]:
    table = _tables()["regimes"]
    assert isinstance(table, dict)
    return {str(regime): tuple(owners) for regime, owners in table.items()}


@functools.cache
def _going_on() -> frozenset[str]:
    return frozenset(str(_tables()["goes_on"]).split())
