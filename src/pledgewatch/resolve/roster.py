"""The actors of a case while they are being found: one entry an actor, every name that leads to it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Actor, Alias, ListedAs, Listing
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.identity import make_id
from pledgewatch.model.reading import MentionType
from pledgewatch.resolve.names import class_of
from pledgewatch.text.folding import fold_name


@dataclass
class Entry:
    """An actor in the making.

    Attributes:
        key: what the id is made of; entries of one key are one actor.
        shown: how often each spelling of the fullest name occurs; empty for declared actors and parties.
        declared: a person gave this one (party of the agreement, or actor of ``actors.yml``).
        known: the registry's actor that it is; ``listing``: the entry of a list that it is.
        party: the party it belongs to; ``claims`` are those that documents introduce it as.
    """

    key: tuple[str, ...]
    kind: str
    name: str | None = None
    type: MentionType | None = None
    declared: bool = False
    known: Actor | None = None
    listing: Listing | None = None
    party: str | None = None
    aliases: dict[str, Alias] = field(default_factory=dict)
    shown: Counter[str] = field(default_factory=Counter)
    types: Counter[MentionType] = field(default_factory=Counter)
    claims: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The registry's id, else one made of the key."""
        return self.known.id if self.known is not None else make_id("a", *self.key)

    def to_actor(self) -> Actor:
        """The finished noun."""
        claimed = next(iter(self.claims)) if len(self.claims) == 1 else None
        if self.known is not None:
            return self._to_known(self.known, claimed)
        name = self.name or max(self.shown, key=lambda shown: (self.shown[shown], len(shown), shown))
        own = fold_name(name)
        common = max(self.types, key=lambda kind: (self.types[kind], kind)) if self.types else "group"
        return Actor(
            id=self.id,
            name=name,
            type=self.type or common,
            aliases=tuple(alias for folded, alias in sorted(self.aliases.items()) if folded != own),
            party=self.party or claimed,
            listings=()
            if self.listing is None
            else (ListedAs(self.listing.list, self.listing.id, self.listing.listed_on),),
        )

    def _to_known(self, known: Actor, claimed: str | None) -> Actor:
        """The registry's actor with what the case adds: its own name for it, more aliases, its party."""
        name = self.name if self.declared and self.name else known.name
        aliases = {fold_name(alias.name): alias for alias in (*known.aliases, Alias(known.name))} | self.aliases
        return replace(
            known,
            name=name,
            type=self.type or known.type,
            aliases=tuple(alias for folded, alias in sorted(aliases.items()) if folded != fold_name(name)),
            party=self.party or claimed,
        )


class Roster:
    """All entries, and which of them a name leads to."""

    def __init__(self, agreement: Agreement | None, declared: Sequence[Actor], registry: Sequence[Actor] = ()) -> None:
        self._adopted: dict[str, Entry] = {}
        self.entries: dict[tuple[str, ...], Entry] = {}
        self._by_name: dict[str, dict[tuple[str, ...], bool]] = {}
        self.parties: dict[str, list[str]] = {}
        for party in agreement.parties if agreement is not None else ():
            self._declare(party.name, "collective", None, party.name, [Alias(name) for name in party.aliases])
        for actor in declared:
            self._declare(actor.name, class_of(actor.type), actor.type, self._party_named(actor), actor.aliases)
        self._recognise(registry)
        for entry in self.entries.values():
            # Whoever bears a party's own name is that party; a member is not another name for it.
            if entry.party is not None and entry.name == entry.party:
                strong = [alias.name for alias in entry.aliases.values() if not alias.weak]
                self.parties[entry.party] = [entry.party, *strong]

    def _recognise(self, registry: Sequence[Actor]) -> None:
        """Which of those that a person gave are actors of the registry: by id, by name, or by the only strong alias."""
        by_name: dict[str, list[Actor]] = {}
        for actor in registry:
            for alias in (Alias(actor.name), *actor.aliases):
                if not alias.weak and not alias.acronym:
                    by_name.setdefault(fold_name(alias.name), []).append(actor)
        for entry in self.entries.values():
            names = [entry.name or "", *(alias.name for alias in entry.aliases.values() if not alias.weak)]
            found = [by_name[fold_name(name)] for name in names if len(by_name.get(fold_name(name), ())) == 1]
            if found and class_of(found[0][0].type) == (entry.kind if entry.kind == "person" else "collective"):
                entry.known = found[0][0]
                self._adopted[entry.known.id] = entry
                for alias in (Alias(entry.known.name), *entry.known.aliases):
                    if not alias.weak and not alias.acronym:
                        self._know(alias.name, entry, strong=True)

    def adopt(self, owner: str, known: Actor | None, listing: Listing | None) -> Entry:
        """The entry of somebody whom the registry or a list knows; made when it is new."""
        entry = self._adopted.get(owner)
        if entry is None:
            kind = (
                "person"
                if (known or listing) and (known.type if known else listing.type if listing else "") == "person"
                else "collective"
            )
            entry = self._adopted[owner] = self.entry((owner, "known"), kind)
            entry.known, entry.listing = known, listing
            if known is None and listing is not None:
                entry.name = listing.name
                entry.type = "person" if listing.type == "person" else "group"
                for alias in listing.aliases:
                    entry.aliases.setdefault(fold_name(alias.name), alias)
        return entry

    def _party_named(self, actor: Actor) -> str | None:
        if actor.party is None:
            return None
        own = [entry for entry in self.entries.values() if entry.party == entry.name]
        for entry in own:
            if fold_name(actor.party) in {fold_name(entry.name or ""), *entry.aliases}:
                return entry.name
        if not own:
            return actor.party
        near = difflib.get_close_matches(actor.party, [entry.name or "" for entry in own], n=1, cutoff=0.4)
        raise InputError(
            f"the actor {actor.name!r} belongs to {actor.party!r}, which is no party of the agreement",
            where="actors.yml",
            remedy=f"Did you mean {near[0]!r}?"
            if near
            else f"Name one of {', '.join(entry.name or '' for entry in own)}.",
        )

    def _declare(
        self, name: str, kind: str, given: MentionType | None, party: str | None, aliases: Sequence[Alias]
    ) -> None:
        """Adds an actor that a person gave; one that is known under this name already gets the new aliases."""
        key = next((key for key, strong in self._by_name.get(fold_name(name), {}).items() if strong), None)
        entry = self.entries[key] if key is not None else self.entry((fold_name(name),), kind)
        entry.declared = True
        entry.name = entry.name or name
        entry.type = given or entry.type
        entry.party = entry.party or party
        self._know(name, entry, strong=True)
        for alias in aliases:
            entry.aliases.setdefault(fold_name(alias.name), alias)
            self._know(alias.name, entry, strong=not alias.weak)

    def _know(self, name: str, entry: Entry, *, strong: bool) -> None:
        known = self._by_name.setdefault(fold_name(name), {})
        known[entry.key] = known.get(entry.key, False) or strong

    def entry(self, key: tuple[str, ...], kind: str) -> Entry:
        """The entry of ``key``, made when it is new."""
        return self.entries.setdefault(key, Entry(key, kind))

    def declared_as(self, folded: str) -> dict[tuple[str, ...], bool]:
        """Keys of the declared actors that a name leads to, each with whether the name is strong."""
        return self._by_name.get(folded, {})

    def add_alias(self, entry: Entry, name: str) -> None:
        """Notes another name that documents use for an actor."""
        entry.aliases.setdefault(fold_name(name), Alias(name))
