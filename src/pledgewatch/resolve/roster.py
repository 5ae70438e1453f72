"""The actors of a case while they are being found: one entry an actor, every name that leads to it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pledgewatch.errors import InputError
from pledgewatch.model.actor import Actor, Alias
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
        party: the party it belongs to; ``claims`` are those that documents introduce it as.
    """

    key: tuple[str, ...]
    kind: str
    name: str | None = None
    type: MentionType | None = None
    declared: bool = False
    party: str | None = None
    aliases: dict[str, Alias] = field(default_factory=dict)
    shown: Counter[str] = field(default_factory=Counter)
    types: Counter[MentionType] = field(default_factory=Counter)
    claims: set[str] = field(default_factory=set)

    def to_actor(self) -> Actor:
        """The finished noun."""
        name = self.name or max(self.shown, key=lambda shown: (self.shown[shown], len(shown), shown))
        own = fold_name(name)
        claimed = next(iter(self.claims)) if len(self.claims) == 1 else None
        common = max(self.types, key=lambda kind: (self.types[kind], kind)) if self.types else "group"
        return Actor(
            id=make_id("a", *self.key),
            name=name,
            type=self.type or common,
            aliases=tuple(alias for folded, alias in sorted(self.aliases.items()) if folded != own),
            party=self.party or claimed,
        )


class Roster:
    """All entries, and which of them a name leads to."""

    def __init__(self, agreement: Agreement | None, declared: Sequence[Actor]) -> None:
        self.entries: dict[tuple[str, ...], Entry] = {}
        self._by_name: dict[str, dict[tuple[str, ...], bool]] = {}
        self.parties: dict[str, list[str]] = {}
        for party in agreement.parties if agreement is not None else ():
            self._declare(party.name, "collective", None, party.name, [Alias(name) for name in party.aliases])
        for actor in declared:
            self._declare(actor.name, class_of(actor.type), actor.type, self._party_named(actor), actor.aliases)
        for entry in self.entries.values():
            # Whoever bears a party's own name is that party; a member is not another name for it.
            if entry.party is not None and entry.name == entry.party:
                strong = [alias.name for alias in entry.aliases.values() if not alias.weak]
                self.parties[entry.party] = [entry.party, *strong]

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
