"""The gazetteer: which places a name may mean, frozen once built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from pledgewatch.model.actor import Place
from pledgewatch.resolve.places.folding import ARTICLES, fold_place

Source = Literal["states", "divisions", "contested", "geonames", "user"]
ACRONYM_LONGEST = 5
"""A name of at most so many letters, all capitals, is found only in capitals."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with what helps to tell it from others of its name.

    Attributes:
        place: the place.
        source: which table it comes from.
        population: people, 0 where not known.
        capital: seat of a state's government.
        note: what there is to know where sovereignty is disputed; neutral words.
    """

    place: Place
    source: Source
    population: int = 0
    capital: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A place under one of its names; ``weak`` names (foreign spellings, no article) need something beside them."""

    entry: Entry
    weak: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """A frozen index of names to places.

    Attributes:
        entries: all places.
        names: folded name to indices of ``entries``, each twice its value, plus one for a weak name; a lone index
            stands without a tuple, which saves a third of the memory.
        longest: folded first word of a name to the number of words of the longest such name.
        acronyms: folded names that are found only in capitals.
        peoples: folded name of a people to the country's code ("syrian": "SY").
        divisions: ``(country, GeoNames first-level code)`` to the id of our division.
        no_places: folded names that are no place although a place's name is in them ("State Duma").
        same: GeoNames number to the id of the same place in our own tables.
        sources: where it comes from, with versions (rule 10).
    """

    entries: tuple[Entry, ...]
    names: Mapping[str, int | tuple[int, ...]]
    longest: Mapping[str, int]
    acronyms: frozenset[str] = frozenset()
    peoples: Mapping[str, str] = field(default_factory=dict)
    divisions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    no_places: frozenset[str] = frozenset()
    same: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def look_up(self, name: str) -> tuple[Place, ...]:
        """The places that bear a name, in the order of the tables; empty for none.

        >>> from pledgewatch.resolve.places import load_gazetteer
        >>> [place.id for place in load_gazetteer().look_up("Hilmand")]
        ['AF-HEL']
        """
        return tuple(named.entry.place for named in self.named(fold_place(name)))

    def named(self, folded: str) -> tuple[Named, ...]:
        """The places under a folded name."""
        found = self.names.get(folded)
        if found is None:
            return ()
        codes = (found,) if isinstance(found, int) else found
        return tuple(Named(self.entries[code >> 1], bool(code & 1)) for code in codes)

    def with_entries(self, more: Iterable[tuple[Entry, tuple[str, ...]]], source: str) -> Gazetteer:
        """This gazetteer and more places with their names (the first one strong, the others weak).

        A place whose id is here already only gets the names; a place of the user's stands beside ours otherwise.
        """
        index = Index(self)
        for entry, names in more:
            index.add(entry, names[:1], weak=names[1:])
        return index.freeze((*self.sources, source))


class Index:
    """A gazetteer while it is built."""

    def __init__(self, start: Gazetteer | None = None) -> None:
        self.entries: list[Entry] = list(start.entries) if start else []
        self._names: dict[str, int | tuple[int, ...]] = dict(start.names) if start else {}
        self._longest: dict[str, int] = dict(start.longest) if start else {}
        self._acronyms: set[str] = set(start.acronyms) if start else set()
        self._by_id: dict[str, int] = {entry.place.id: at for at, entry in enumerate(self.entries)}
        self.peoples: dict[str, str] = dict(start.peoples) if start else {}
        self.divisions: dict[tuple[str, str], str] = dict(start.divisions) if start else {}
        self._no_places: set[str] = set(start.no_places) if start else set()
        self.same: dict[str, str] = dict(start.same) if start else {}

    def add(self, entry: Entry, names: Iterable[str], weak: Iterable[str] = ()) -> None:
        """Adds a place, or more names of a place that is here."""
        at = self._by_id.get(entry.place.id)
        if at is None:
            at = self._by_id[entry.place.id] = len(self.entries)
            self.entries.append(entry)
        for name in names:
            self._know(name, at, weak=False)
        for name in weak:
            self._know(name, at, weak=True)

    def add_no_place(self, name: str) -> None:
        """Adds a name that is found like a place's and is none."""
        folded = fold_place(name)
        self._no_places.add(folded)
        self._names.setdefault(folded, ())
        self._note_length(folded)

    def note_people(self, place_id: str, people: int) -> None:
        """Notes how many people live in a place that is here."""
        at = self._by_id[place_id]
        self.entries[at] = replace(self.entries[at], population=people)

    def note_capital(self, place_id: str, names: Iterable[str]) -> None:
        """Notes that a place that is here is a capital, and the names by which it is known as such."""
        at = self._by_id[place_id]
        self.entries[at] = replace(self.entries[at], capital=True)
        for name in names:
            self._know(name, at, weak=False)

    def _know(self, name: str, at: int, *, weak: bool) -> None:
        folded = fold_place(name)
        if len(folded) < 2:
            return
        if name.isupper() and len(folded) <= ACRONYM_LONGEST and name.isascii():
            # A name that is also a plain word elsewhere must not become capitals-only.
            if folded not in self._names:
                self._acronyms.add(folded)
        else:
            self._acronyms.discard(folded)
        self._put(folded, at, weak)
        first, _, rest = folded.partition(" ")
        if rest and (first in ARTICLES) and len(rest) > 3:
            self._put(rest, at, weak)

    def _put(self, folded: str, at: int, weak: bool) -> None:
        code = 2 * at + weak
        known = self._names.get(folded)
        if known is None:
            self._names[folded] = code
        else:
            codes = (known,) if isinstance(known, int) else known
            if any(other >> 1 == at for other in codes):
                if not weak:
                    codes = tuple(code if other >> 1 == at else other for other in codes)
                    self._names[folded] = codes if len(codes) > 1 else codes[0]
                return
            self._names[folded] = (*codes, code)
        self._note_length(folded)

    def _note_length(self, folded: str) -> None:
        first, _, rest = folded.partition(" ")
        words = 1 + rest.count(" ") + 1 if rest else 1
        if words > self._longest.get(first, 0):
            self._longest[first] = words

    def freeze(self, sources: tuple[str, ...]) -> Gazetteer:
        """The finished gazetteer."""
        return Gazetteer(
            tuple(self.entries),
            self._names,
            self._longest,
            frozenset(self._acronyms),
            self.peoples,
            self.divisions,
            frozenset(self._no_places),
            self.same,
            sources,
        )
