"""What is known of the world outside a case: the registry and the lists, ready to be asked as of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pledgewatch.model.actor import Actor, Alias, Listing, ListVersion
from pledgewatch.resolve.matching import NameEntry, NameHit, NameIndex, prepare_name
from pledgewatch.resolve.spotting import KnownName, Spotter
from pledgewatch.text.folding import fold_name, is_acronym

LEAST_WORDS = 2
"""A person's name of fewer words than this never identifies alone."""

_TAIL = re.compile(r"\s*(?:\([^()]*\)|,[^,]*)\s*$")


@dataclass(frozen=True, slots=True)
class Known:
    """What resolving knows from outside the case.

    Attributes:
        registry: actors above the lists.
        lists: every version of every list that was handed in.
        as_of: ISO day whose versions are used for every document; ``None`` for each document's own day.
    """

    registry: tuple[Actor, ...] = ()
    lists: tuple[ListVersion, ...] = ()
    as_of: str | None = None


@dataclass
class Lookup:
    """Names of the registry and of one version of each list, for the exact pass and for names spelled otherwise.

    Attributes:
        actors: of the registry, by id.
        listings: by ``list:reference``.
        actor_of: the registry's actor behind a listing; ``listed_as`` the other way round.
        surnames: the registry's persons by the folded last word of their names.
    """

    registry: Sequence[Actor]
    versions: Sequence[ListVersion]
    actors: dict[str, Actor] = field(init=False)
    listings: dict[str, Listing] = field(init=False)
    actor_of: dict[str, Actor] = field(init=False)
    listed_as: dict[str, list[str]] = field(init=False)
    spotter: Spotter = field(init=False)
    index: NameIndex = field(init=False)
    surnames: dict[str, tuple[str, ...]] = field(init=False)
    _asked: dict[tuple[str, str | None], tuple[NameHit, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.actors = {actor.id: actor for actor in self.registry}
        self.listings = {
            f"{version.list}:{listing.id}": listing for version in self.versions for listing in version.listings
        }
        self.actor_of, self.listed_as = {}, {}
        own = self._own_names()
        for actor in self.registry:
            for listed in actor.listings:
                self._tie(actor, f"{listed.list}:{listed.listing}")
        # An entry's own names may be those of an actor that the registry tells apart from the entry's.
        for key, listing in self.listings.items():
            for name, weak, acronym in _names_of(listing):
                actor_id = own.get(fold_name(name))
                if actor_id is not None and not weak and not acronym and self.actors[actor_id].type != "person":
                    self._tie(self.actors[actor_id], key)
        names = [*self._registry_names(), *self._listing_names()]
        self.spotter = Spotter(names)
        self.surnames = self._surnames()
        self.index = NameIndex(self._entries())

    def _own_names(self) -> dict[str, str]:
        """Strong names of the registry, folded, each with the one actor that bears it."""
        own: dict[str, str] = {}
        for actor in self.registry:
            for alias in (Alias(actor.name), *actor.aliases):
                if not alias.weak and not alias.acronym:
                    own.setdefault(fold_name(alias.name), actor.id)
        return own

    def _tie(self, actor: Actor, key: str) -> None:
        if key in self.listings:
            self.actor_of.setdefault(key, actor)
            keys = self.listed_as.setdefault(actor.id, [])
            if key not in keys:
                keys.append(key)

    def _registry_names(self) -> Iterable[KnownName]:
        for actor in self.registry:
            one_word = actor.type == "person" and " " not in fold_name(actor.name)
            yield KnownName(actor.id, actor.name, weak=one_word)
            for alias in actor.aliases:
                yield KnownName(actor.id, alias.name, alias.weak, alias.acronym)

    def _listing_names(self) -> Iterable[KnownName]:
        own = self._own_names()
        for key, listing in self.listings.items():
            owner = self.actor_of[key].id if key in self.actor_of else key
            is_person = listing.type == "person"
            for name, weak, acronym in _names_of(listing):
                words = fold_name(name).split()
                too_short = len(words) < LEAST_WORDS and (is_person or len("".join(words)) < 5)
                # A name that the registry gives to somebody is theirs.
                bearer = own.get(" ".join(words), owner)
                yield KnownName(bearer, name, weak or too_short, acronym or (is_acronym(name) and not is_person))
            for name in _outer_names(listing) if is_person else _shorter_names(listing):
                if fold_name(name) not in own:
                    yield KnownName(owner, name, derived=True)

    def _entries(self) -> Iterable[NameEntry]:
        for actor in self.registry:
            kind = "person" if actor.type == "person" else "group"
            for name, weak in [
                (actor.name, False),
                *((alias.name, alias.weak) for alias in actor.aliases if not alias.acronym),
            ]:
                if not weak or kind == "person":
                    yield NameEntry(actor.id, name, kind, weak)
        for key, listing in self.listings.items():
            owner = self.actor_of[key].id if key in self.actor_of else key
            kind = {"person": "person", "group": "group"}.get(listing.type, "other")
            for name, weak, acronym in _names_of(listing):
                if not acronym:
                    yield NameEntry(owner, name, kind, weak)

    def _surnames(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for actor in self.registry:
            if actor.type != "person":
                continue
            for name in (actor.name, *(alias.name for alias in actor.aliases if alias.script == "Latn")):
                words = name.split()
                if len(words) > 1 and not words[-1].endswith(")"):
                    found.setdefault(fold_name(words[-1]), {})[actor.id] = None
        return {surname: tuple(ids) for surname, ids in found.items()}

    def offices_of(self, person: str, day: str | None) -> tuple[tuple[Actor, bool], ...]:
        """The offices that a person of the registry holds or has held by a day, each with whether they hold it then."""
        offices = []
        for tie in self.actors[person].ties:
            office = self.actors.get(tie.to)
            if office is None or (day is not None and tie.since is not None and tie.since > day):
                continue
            still = day is None or tie.until is None or tie.until >= day[: len(tie.until)]
            offices.append((office, tie.type in ("holds", "leads") and still))
        return tuple(offices)

    def find_similar(self, name: str, kind: str | None) -> tuple[NameHit, ...]:
        """Who may be meant by a name that is spelled in no known way, the likeliest first."""
        asked = (name, kind)
        if asked not in self._asked:
            self._asked[asked] = self.index.find(name, kind, at=0.05, most=5)
        return self._asked[asked]

    def listings_of(self, owner: str, day: str | None) -> tuple[Listing, ...]:
        """The entries of an actor (or of a listing's key) that are known on a day; an entry listed later is not."""
        keys = self.listed_as.get(owner, [owner] if owner in self.listings else [])
        found = (self.listings[key] for key in keys)
        return tuple(one for one in found if day is None or one.listed_on is None or one.listed_on <= day)

    def is_known(self, owner: str, day: str | None) -> bool:
        """Whether anything leads to this owner on a day: the registry, or an entry that was listed by then."""
        return owner in self.actors or bool(self.listings_of(owner, day))


def _names_of(listing: Listing) -> Iterable[tuple[str, bool, bool]]:
    yield listing.name, False, False
    for alias in listing.aliases:
        yield alias.name, alias.weak, alias.acronym


def _shorter_names(listing: Listing) -> tuple[str, ...]:
    """Names of a group without the brackets and the tail after a comma that the entry's own name carries."""
    found = []
    for name, weak, _ in _names_of(listing):
        short = _TAIL.sub("", name)
        if not weak and short != name and len(fold_name(short).split()) >= 2:
            found.append(short)
    return tuple(dict.fromkeys(found))


def _outer_names(listing: Listing) -> tuple[str, ...]:
    """A person's first and last word, where both are rare: "Qasim al-Rimi" for "Qasim Yahya Mahdi al-Rimi"."""
    found = []
    for name, weak, _ in _names_of(listing):
        words = prepare_name(name).words
        if not weak and len(words) >= 3 and words[0].kind == words[-1].kind == "word":
            first, last = words[0], words[-1]
            if last.weight >= 0.85 and first.text != last.text and prepare_name(name).script == "Latn":
                found += [f"{first.text.title()} {last.text.title()}", f"{first.text.title()} al {last.text.title()}"]
    return tuple(dict.fromkeys(found))


_LOOKUPS: dict[tuple[object, ...], Lookup] = {}


def look_up(known: Known, versions: Sequence[ListVersion]) -> Lookup:
    """The lookup for the registry and these versions; made once in a process."""
    key: tuple[object, ...] = (
        tuple(id(actor) for actor in known.registry),
        tuple((version.list, version.as_of, version.sha256) for version in versions),
    )
    if key not in _LOOKUPS:
        if len(_LOOKUPS) > 4:
            _LOOKUPS.clear()
        _LOOKUPS[key] = Lookup(known.registry, versions)
    return _LOOKUPS[key]


def versions_by_list(lists: Iterable[ListVersion]) -> Mapping[str, tuple[ListVersion, ...]]:
    """The versions of each list, the oldest first."""
    found: dict[str, list[ListVersion]] = {}
    for version in lists:
        found.setdefault(version.list, []).append(version)
    return {
        name: tuple(sorted(versions, key=lambda one: (one.as_of, one.sha256)))
        for name, versions in sorted(found.items())
    }
