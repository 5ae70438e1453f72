"""Who of the registry and the lists a document speaks of: exact names, short names it introduces, other spellings."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

import yaml

from pledgewatch.model.actor import Actor, Candidate, Listing
from pledgewatch.model.reading import Mention
from pledgewatch.resolve.branches import find_branches
from pledgewatch.resolve.lists.countries import country_code
from pledgewatch.resolve.lookup import Lookup
from pledgewatch.resolve.matching import prepare_name
from pledgewatch.resolve.matching.tokens import weight_on
from pledgewatch.resolve.names import class_of, fits_acronym, strip_titles, tidy_name
from pledgewatch.resolve.spotting import KnownName, Spot, Spotter
from pledgewatch.resolve.words import resolve_words
from pledgewatch.text.folding import fold_name, prepare_text
from pledgewatch.text.states import find_state_places, find_states

DECIDE_AT = 0.80
"""From this probability on a name is linked; between this and :data:`DOUBT_AT` it is shown as ambiguous."""

DOUBT_AT = 0.45

UNMARKED_AT = 0.93
"""Least probability of a name that the reader did not mark and that nobody bears in this spelling."""

MARGIN = 0.15
"""By so much the first candidate is likelier than the second, or both are shown."""

_INTRODUCES = re.compile(
    r"\s{0,3}(?:\(\s*(?:(?:the|or|hereinafter|hereafter|also|known as|a\.?k\.?a\.?)[\s:]+){0,3}"
    r"[\"“”'’]?([^()\"“”;,]{2,40}?)[\"“”'’]?\s*(?:[,;][^()]{0,60})?\)"
    r"|/\s*([A-Z][A-Z0-9-]{1,9})\b)"
)
_PARTICLE = r"(?:al|el|bin|ben|ibn|bint|abu|abd|ul|ur|ould|ag|de)"
_RUN = re.compile(
    rf"\b[A-Z][\w’'-]+(?:\s(?:{_PARTICLE}\s)?(?:{_PARTICLE}[-‐])?[A-Z][\w’'-]+){{1,5}}|\b[A-Z][\w’'-]+\s{_PARTICLE}\s[A-Z][\w’'-]+"
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
    _persons: tuple[Mention, ...] | None = None
    _counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        prepared = prepare_text(self.text)
        named = Counter(country_code(state) for _, _, state in find_state_places(self.text))
        self._counts = {code: count for code, count in named.items() if code is not None}
        self._states = frozenset(self._counts)
        spots = [spot for spot in self.lookup.spotter.find(prepared) if not self._goes_on(spot)]
        strong = [(spot, self._owners(spot, sure=True)) for spot in spots]
        for spot, owners in strong:
            if len(owners) == 1:
                self._named.setdefault(owners[0], []).append((spot.start, spot.end))
        places: dict[tuple[int, int], Found] = {}
        for spot, owners in strong:
            found = self._decide(spot, owners)
            if found is not None:
                places[spot.start, spot.end] = found
        for spot in self._introduced(strong).find(prepared):
            if not any(start < spot.end and spot.start < end for start, end in places):
                places[spot.start, spot.end] = self._from_memory(spot)
        for start, end, owner in find_branches(self.text, self.lookup, self.day):
            said = f"branch: {self.lookup.listings[owner].name}"
            places[start, end] = Found(owner, 0.9, (said,), (), (), ((owner, 0.9),))
        for start, end in self._unmarked_names(tuple(places)):
            found = self._similar_name(start, end, tidy_name(self.text[start:end]), "person")
            if found is not None and found.owner is not None and found.probability >= UNMARKED_AT:
                places[start, end] = found
        self.places = tuple(Place(start, end, found) for (start, end), found in sorted(places.items()))

    def _unmarked_names(self, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Runs of capitalised words and a name's particles where neither the reader nor the exact pass sees a name."""
        blocked = [*taken, *((one.span.start, one.span.end) for one in self.mentions)]
        runs = []
        for match in _RUN.finditer(self.text):
            if not any(start < match.end() and match.start() < end for start, end in blocked):
                runs.append((match.start(), match.end()))
        return runs

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
        # "NATO-3", "M23-A": with a number behind a hyphen it is a designation.
        if re.match(r"[-‐‑–]\d", after):
            return True
        # "Go ahead, Jordan": a name that the reader takes for a person's is no state.
        states = all(
            name.of in self.lookup.actors and self.lookup.actors[name.of].type == "state" for name in spot.names
        )
        if states and any((one.span.start, one.span.end) == (spot.start, spot.end) for one in self._people()):
            return True
        follows = re.match(r"[ \n]((?:[A-Z][\w’'-]+)(?:[ \n][A-Z][\w’'-]+)*)", after)
        if follows is None:
            return False
        words = [fold_name(word) for word in follows[1].split()]
        return bool(words) and words[0] in _going_on()

    def _people(self) -> tuple[Mention, ...]:
        if self._persons is None:
            self._persons = tuple(mention for mention in self.mentions if mention.type == "person")
        return self._persons

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
        return self._by_country(spot, words, weak)

    def _by_country(self, spot: Spot, words: str, owners: Sequence[str]) -> Found | None:
        """Which body of a name that many bodies bear is meant: that of the country that the document is about."""
        bodies = [self.lookup.actors[owner] for owner in owners if owner in self.lookup.actors]
        bodies = [body for body in bodies if body.type in ("body", "state") and body.countries]
        total = sum(self._counts.values())
        # Of three words and borne by one alone, it says nearly by itself who is meant.
        telling = len(owners) == 1 and len(fold_name(words).split()) >= 3
        is_place = any(
            mention.type == "place" and mention.span.start <= spot.start and spot.end <= mention.span.end
            for mention in self.mentions
        )
        if not bodies or is_place or total < (1 if telling else LEAST_STATES) or words.islower():
            return None
        share = {body.id: sum(self._counts.get(code, 0) for code in body.countries[:1]) / total for body in bodies}
        best = max(sorted(share), key=lambda one: share[one])
        rest = max((value for one, value in share.items() if one != best), default=0.0)
        if share[best] < (0.1 if telling else ABOUT_SHARE) or share[best] < 3 * rest:
            return None
        probability = round(_logistic((1.3 if telling else 0.4) + 2.6 * share[best]), 4)
        country = self.lookup.actors[best].countries[0]
        why = (f"weak name: {words}", f"country: {country}, of which the text is about")
        if probability < DECIDE_AT:
            return None
        return Found(best, probability, why, (), (), ((best, probability),))

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
        weight = sum(weight_on(token, weights) for token in name.words) + 0.4 * len(name.titles)
        return (1.5 if actor else 0.0) - 2.0 + 2.4 * weight

    def _context(self, owner: str, start: int, end: int) -> tuple[float, tuple[str, ...], tuple[str, ...]]:
        """What the document says for or against an owner: log-odds, what agreed, what could not be compared."""
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

    def _from_memory(self, spot: Spot) -> Found:
        """Who is named by what the document introduced: one, or several of one surname."""
        owners = tuple(dict.fromkeys(name.of for name in spot.names))
        kind = "acronym" if spot.names[0].acronym else "surname" if spot.names[0].derived else "name"
        why = (f"{kind}: introduced in this document",)
        if len(owners) == 1:
            return Found(owners[0], 0.93, why, (), (), ((owners[0], 0.93),))
        share = round(0.95 / len(owners), 4)
        return Found(None, share, why, (), ("given name: not in the mention",), tuple((one, share) for one in owners))

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
        if mention.type == "person" and " " not in self.text[name_start:name_end].strip():
            return self._by_surname(name_start, name_end)
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
        """Whether a mention is a piece of a longer known name or runs over several of them: then it names nobody."""
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
        return all(_says_nothing(word) for word in before.split()) and all(
            fold_name(word) in _may_follow() for word in after.split() if fold_name(word)
        )

    def _by_surname(self, start: int, end: int) -> Found | None:
        """A person of the registry behind a surname alone: by a title of theirs, the country, how rare the name is."""
        surname = self.text[start:end]
        people = self.lookup.surnames.get(fold_name(surname), ())
        if not people or self._named_otherwise(surname, people):
            return None
        titles = [fold_name(word.strip(".,")) for word in self.text[max(0, start - 60) : start].split()[-4:]]
        ranked = []
        for person in people:
            odds, agreed = self._surname_odds(person, titles)
            weight = self.lookup.index.weights.get(fold_name(surname), 1.0)
            # Who is named again and again is somebody whom readers know.
            often = 0.6 if len(re.findall(rf"\b{re.escape(surname)}\b", self.text)) >= 3 else 0.0
            ranked.append((_logistic(odds + often + 1.5 * (weight - 1.0)), person, (f"surname: {surname}", *agreed)))
        ranked.sort(key=lambda one: (-one[0], one[1]))
        best, person, why = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        missing = ("given name: not in the mention",)
        candidates = tuple((one, round(value, 4)) for value, one, _ in ranked if value >= 0.1)
        if best >= DECIDE_AT and best - second >= MARGIN:
            return Found(person, best, why, (), missing, candidates)
        return Found(None, best, why, (), missing, candidates) if best >= DOUBT_AT else None

    def _named_otherwise(self, surname: str, people: Sequence[str]) -> bool:
        """Whether the document gives the surname to a person whom the registry does not know."""
        last = fold_name(surname)
        own = {place for person in people for place in self._named.get(person, ())}
        for mention in self._people():
            name = strip_titles(tidy_name(mention.span.text))
            words = fold_name(name).split()
            if len(words) > 1 and words[-1] == last:
                start, end = self._core(mention)
                if not any(place[0] < end and start < place[1] for place in own):
                    return True
        return False

    def _surname_odds(self, person: str, titles: Sequence[str]) -> tuple[float, list[str]]:
        actor = self.lookup.actors[person]
        odds, agreed = -0.9, []
        total = sum(self._counts.values())
        share = sum(self._counts.get(code, 0) for code in actor.countries) / total if total else 0.0
        if share:
            odds += 0.7 + share
            agreed.append(f"country: {', '.join(actor.countries)}")
        elif total:
            odds -= 1.0
        offices = self.lookup.offices_of(person, self.day)
        held = [office for office, still in offices if still]
        if held:
            odds += 1.0
        said = [word for word in titles if word in resolve_words().titles or word in resolve_words().roles]
        for office, still in offices:
            words = set(fold_name(" ".join((office.name, *(alias.name for alias in office.aliases)))).split())
            fitting = [word for word in said if word in words]
            if fitting:
                odds += 2.0 if still else 1.5
                agreed.append(f"title: {' '.join(fitting)} ({office.name}{'' if still else ', before'})")
                break
        else:
            # "President" before the name of somebody who never was one.
            odds -= 1.5 if any(word in _HIGH for word in said) else 0.0
        if any(tie.to in self._named for tie in actor.ties):
            odds += 0.8
            agreed.append("named beside: an office or body of theirs")
        return odds, agreed

    def _similar(self, mention: Mention, name: str) -> Found | None:
        kind = {"person": "person", "collective": "group"}.get(class_of(mention.type))
        if kind is None or mention.type == "state":
            return None
        return self._similar_name(mention.span.start, mention.span.end, name, kind)

    def _similar_name(self, start: int, end: int, name: str, kind: str) -> Found | None:
        """Who is known by a name that is spelled much like this one."""
        if len(name) < 5:
            return None
        words = prepare_name(name).words
        if len(words) < LEAST_SIMILAR or all(word.weight < 0.5 for word in words):
            return None
        hits = [hit for hit in self.lookup.find_similar(name, kind) if self.lookup.is_known(hit.entry.of, self.day)]
        if not hits:
            return None
        ranked = []
        for hit in hits:
            extra, more, missing = self._context(hit.entry.of, start, end)
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
        # A weak name never counts alone: what else the document says must speak for its bearer.
        sure = best >= DECIDE_AT and best - second >= MARGIN and (bool(more) or not hit.entry.weak)
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


LEAST_STATES = 3
"""A text that names states fewer times than this is about none."""

ABOUT_SHARE = 0.45
"""A text is about a country that has this share of all that it says of states."""

LEAST_SIMILAR = 2
PRIOR_PERSON = 1.6
PRIOR_GROUP = 2.0


_HIGH = frozenset(
    {"president", "chancellor", "secretary", "minister", "king", "premier", "senator", "governor", "general"}
)


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def _odds(probability: float) -> float:
    bounded = min(1 - 1e-6, max(1e-6, probability))
    return math.log(bounded / (1 - bounded))


def _surnames(words: str) -> tuple[str, ...]:
    """By what a person may be named after the full name: the last word, with its particle, and the last two.

    >>> _surnames("Ilko Tali al-Rukhan")
    ('Rukhan', 'al-Rukhan', 'Tali al-Rukhan')
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
    # "Under the regime of X" stands in every role of that list.
    common = {"under", "regime", *fold_name(listing.regime or "").split()}
    for role in listing.roles:
        telling = [word for word in fold_name(role).split() if len(word) > 3 and word not in common]
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
def _may_follow() -> frozenset[str]:
    return frozenset(str(_tables()["may_follow"]).split())


@functools.cache
def _going_on() -> frozenset[str]:
    return frozenset(str(_tables()["goes_on"]).split())
