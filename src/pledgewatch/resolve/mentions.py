"""Resolves mentions: which of them, within a case, name one actor, and which party that actor belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pledgewatch.model.actor import Actor, ActorLink, Candidate, Decision, Listing, Resolution
from pledgewatch.model.agreement import Agreement
from pledgewatch.model.document import Document
from pledgewatch.model.reading import Mention, Reading
from pledgewatch.model.span import Span
from pledgewatch.resolve.lists.versions import choose_version
from pledgewatch.resolve.lookup import Known, look_up, versions_by_list
from pledgewatch.resolve.membership import party_of_body, party_of_person
from pledgewatch.resolve.names import class_of, introduced_acronym, is_generic, splits_demonym, strip_titles, tidy_name
from pledgewatch.resolve.outside import Found, Outside
from pledgewatch.resolve.roster import Entry, Roster
from pledgewatch.text.folding import fold_name, is_acronym

Key = tuple[str, ...]


def resolve_mentions(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    agreement: Agreement | None,
    declared: tuple[Actor, ...] = (),
    known: Known | None = None,
) -> Resolution:
    """The actors behind the mentions of a case, and a link for each mention that names one.

    A mention is linked by a name that folds alike (case, accents, hyphens, possessives and a leading *the* do not
    count), by a declared alias, by an acronym that a document introduces in brackets, by the fuller mention that the
    reader found (``head``), or, for a person and within one document only, by the surname. People are never joined
    across documents by surname, and two different full names never by machine. Names that many bear ("the army") name
    somebody within one document only.

    Args:
        documents, readings: those of the case, readings by document id; documents without a reading are passed over.
        agreement: its parties are the first actors; ``None`` for none.
        declared: the actors of ``actors.yml``.
        known: the registry and the lists; each document is held against the version in force on its day, and an entry
            that was listed later is not known yet. ``None`` for the case alone.

    Returns:
        Declared actors first, then the others by name; links in the order of documents and places. ``decision`` is
        ``listed`` (an entry of a list), ``known`` (the case or the registry knows them), ``not listed`` (somebody of
        whom only documents speak), or ``ambiguous`` with ``candidates``. Places and other things get a link only under
        a known name. A link without a mention is a known name that the reader did not mark.

    Raises:
        InputError: a declared actor belongs to a party that the agreement does not have.
    """
    outside = _Outsides(known or Known())
    roster = Roster(agreement, declared, outside.known.registry)
    cases = [
        _InDocument(document, readings[document.id], roster, outside.of(document, readings[document.id]))
        for document in sorted(documents, key=lambda document: document.id)
        if document.id in readings
    ]
    acronyms: dict[str, set[Key]] = {}
    for case in cases:
        case.find_full_names()
    for case in cases:
        for acronym, key in case.acronyms.items():
            acronyms.setdefault(acronym, set()).add(key)
    merged = _join_demonyms(roster, cases)
    surnames = _surnames(roster)
    links = [link for case in cases for link in case.link_mentions(acronyms, merged, surnames)]
    for case in cases:
        case.find_parties()
    used = {link.actor for link in links} | {candidate.actor for link in links for candidate in link.candidates}
    declared_first = [entry.to_actor() for entry in roster.entries.values() if entry.declared]
    others = [entry.to_actor() for entry in roster.entries.values() if not entry.declared and entry.id in used]
    others.sort(key=lambda actor: (fold_name(actor.name), actor.id))
    return Resolution((*declared_first, *others), tuple(links))


class _Outsides:
    """The registry and the lists, as each document's day knows them."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._lists = versions_by_list(known.lists)

    def of(self, document: Document, reading: Reading) -> Outside | None:
        """What is known outside the case about one document; ``None`` where nothing is."""
        if not self.known.registry and not self._lists:
            return None
        day = self.known.as_of or (document.published or "")[:10] or None
        chosen = (choose_version(versions, day) for versions in self._lists.values())
        lookup = look_up(self.known, [version for version in chosen if version is not None])
        return Outside(document.text, reading.mentions, lookup, day)


def _surnames(roster: Roster) -> dict[str, list[Key]]:
    """Full names of persons by their last word, for candidates."""
    surnames: dict[str, list[Key]] = {}
    for key, entry in sorted(roster.entries.items()):
        if entry.kind == "person":
            name = fold_name(strip_titles(entry.name)) if entry.name else key[0]
            if " " in name:
                surnames.setdefault(name.split()[-1], []).append(key)
    return surnames


def _join_demonyms(roster: Roster, cases: Sequence[_InDocument]) -> dict[Key, Key]:
    """Which names with a demonym before them are the name without it: "the Ostravan Varna Front" is "Varna Front".

    Only when one document uses both, and no second demonym stands before that name anywhere in the case: with an
    Ostravan and a Lesnan Red Guard about, nobody knows which one "the Red Guard" is.
    """
    collective = sorted(key for key, entry in roster.entries.items() if entry.kind == "collective" and len(key) == 1)
    bare = {key[0]: key for key in collective}
    variants: dict[Key, list[Key]] = {}
    for key in collective:
        rest = key[0].split(" ", 1)[-1]
        if rest in bare and splits_demonym(key[0], rest) and not roster.entries[key].declared:
            variants.setdefault(bare[rest], []).append(key)
    return {
        keys[0]: short
        for short, keys in variants.items()
        if len(keys) == 1 and any({short, keys[0]} <= case.named for case in cases)
    }


@dataclass
class _InDocument:
    """One document while its mentions are being resolved.

    Attributes:
        keys: the actor of each mention that names one fully, by mention id.
        acronyms: folded acronyms that the document introduces.
        named: keys of all actors it names fully.
        found: who of the registry or a list a mention names, or may name.
        parts: mentions that are a piece of a longer known name, or run over several.
    """

    document: Document
    reading: Reading
    roster: Roster
    outside: Outside | None = None
    found: dict[str, Found] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    keys: dict[str, Key] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    acronyms: dict[str, Key] = field(default_factory=dict)
    named: set[Key] = field(default_factory=set)
    by_id: dict[str, Mention] = field(default_factory=dict)
    linked: dict[str, Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {mention.id: mention for mention in self.reading.mentions}

    def find_full_names(self) -> None:
        """Finds the mentions that name somebody fully, and the acronyms introduced beside them."""
        for mention in self.reading.mentions:
            key = self._declared_key(mention) or self._outside_key(mention)
            if key is None and self.outside is not None and self.outside.names_part(mention):
                self.parts.add(mention.id)
                continue
            key = key or self._full_key(mention)
            if key is None:
                continue
            self.keys[mention.id] = key
            self.named.add(key)
            entry = self.roster.entries[key]
            name = tidy_name(mention.span.text)
            entry.types[mention.type] += 1
            if not entry.declared and entry.known is None and entry.listing is None:
                entry.shown[strip_titles(name) if entry.kind == "person" else name] += 1
            if entry.kind == "collective":
                introduced = introduced_acronym(name, self.document.text, mention.span.end)
                if introduced is not None:
                    self.acronyms.setdefault(fold_name(introduced[0]), key)
                    self.roster.add_alias(entry, introduced[0])

    def _outside_key(self, mention: Mention) -> Key | None:
        """The actor of the registry or the entry of a list that a mention names; doubts are kept for its link."""
        if self.outside is None or class_of(mention.type) not in ("person", "collective", "nationality"):
            return None
        found = self.outside.find_mention(mention)
        if found is None:
            return None
        self.found[mention.id] = found
        return None if found.owner is None else self._adopt(found.owner)

    def _adopt(self, owner: str) -> Key | None:
        assert self.outside is not None
        lookup = self.outside.lookup
        listings = lookup.listings_of(owner, self.outside.day)
        return self.roster.adopt(owner, lookup.actors.get(owner), listings[0] if listings else None).key

    def _declared_key(self, mention: Mention) -> Key | None:
        """The one declared actor that a mention names strongly and whose type it may have."""
        strong = [key for key, is_strong in self._declared(mention).items() if is_strong]
        if len(strong) != 1:
            return None
        name = fold_name(self._name(mention))
        own = fold_name(self.roster.entries[strong[0]].name or "")
        self.why[mention.id] = "name: as declared" if name == own else f"alias: {tidy_name(mention.span.text)}"
        return strong[0]

    def _declared(self, mention: Mention) -> dict[Key, bool]:
        names = {fold_name(tidy_name(mention.span.text)), fold_name(self._name(mention))}
        known = {key: strong for name in sorted(names) for key, strong in self.roster.declared_as(name).items()}
        return {key: strong for key, strong in known.items() if _may_be(mention, self.roster.entries[key].kind)}

    def _name(self, mention: Mention) -> str:
        name = tidy_name(mention.span.text)
        return strip_titles(name) if mention.type == "person" else name

    def _full_key(self, mention: Mention) -> Key | None:
        """The key of a mention that is its own head and a full name; the entry is made when it is new."""
        kind = class_of(mention.type)
        if kind not in ("person", "collective") or mention.head is not None:
            return None
        name = self._name(mention)
        folded = fold_name(name)
        if not folded or self._declared(mention):
            return None
        if kind == "person":
            if " " not in folded:
                return None
            key: Key = (folded, kind)
        elif is_acronym(name) and " " not in name:
            return None
        else:
            key = (folded, kind, self.document.id) if is_generic(folded) else (folded,)
        self.why[mention.id] = "name"
        return self.roster.entry(key, kind).key

    def link_mentions(
        self, acronyms: Mapping[str, set[Key]], merged: Mapping[Key, Key], surnames: Mapping[str, list[Key]]
    ) -> list[ActorLink]:
        """The links of this document's mentions."""
        own_surnames: dict[str, set[Key]] = {}
        for key in self.named:
            entry = self.roster.entries[key]
            if entry.kind == "person":
                folded = fold_name(strip_titles(entry.name)) if entry.name else key[0]
                own_surnames.setdefault(folded.split()[-1], set()).add(key)
        links = []
        for mention in self.reading.mentions:
            if mention.id in self.parts:
                continue
            found = self._resolve(mention, acronyms, merged, own_surnames, surnames)
            if found is None:
                continue
            keys, why, missing = found
            settled = self._settled(keys, self.found.get(mention.id))
            if settled is not None:
                self.linked[mention.id] = settled
            links.append(self._make_link(mention, keys, why, missing))
        links += self._unmarked(links)
        return sorted(links, key=lambda link: (link.span.start, link.span.end, link.mention))

    def _unmarked(self, links: Sequence[ActorLink]) -> list[ActorLink]:
        """Links of known names that the reader did not mark as mentions."""
        if self.outside is None:
            return []
        taken = [(link.span.start, link.span.end) for link in links if link.actor is not None or link.candidates]
        unmarked = []
        for place in self.outside.places:
            if any(start <= place.start and place.end <= end for start, end in taken):
                continue
            span = Span(place.start, place.end, self.document.text[place.start : place.end])
            owner = place.found.owner
            key = self._adopt(owner) if owner is not None else None
            unmarked.append(self._outside_link("", span, place.found, key))
        return unmarked

    def _resolve(
        self,
        mention: Mention,
        acronyms: Mapping[str, set[Key]],
        merged: Mapping[Key, Key],
        own_surnames: Mapping[str, set[Key]],
        surnames: Mapping[str, list[Key]],
    ) -> tuple[list[Key], str, str] | None:
        """``(actors, what agreed, what could not be compared)``; several actors when they can't be told apart."""
        if mention.id in self.keys:
            key = self.keys[mention.id]
            if mention.id in self.found:
                return [key], "", ""
            if key in merged:
                self.roster.add_alias(self.roster.entries[merged[key]], tidy_name(mention.span.text))
                return [merged[key]], "name: with a demonym, both used in this document", ""
            return [key], self.why[mention.id], ""
        weak = sorted(self._declared(mention))
        if weak:
            named = [key for key in weak if key in self.named]
            if len(named) == 1:
                return named, f"weak alias: {tidy_name(mention.span.text)}, full name in this document", ""
            return weak, f"alias: {tidy_name(mention.span.text)}", "full name: not in this document"
        head = self._head_key(mention, merged)
        if head is not None:
            return [head], "head: the fuller name in this document", ""
        kind = class_of(mention.type)
        folded = fold_name(self._name(mention))
        if kind == "collective" and folded:
            return self._resolve_acronym(folded, mention, acronyms)
        if kind == "person" and folded:
            return self._resolve_surname(folded, own_surnames, surnames, mention)
        return None

    def _head_key(self, mention: Mention, merged: Mapping[Key, Key]) -> Key | None:
        seen = {mention.id}
        head = self.by_id.get(mention.head or "")
        while head is not None and head.id not in seen:
            if head.id in self.keys:
                key = self.keys[head.id]
                return merged.get(key, key) if _may_be(mention, self.roster.entries[key].kind) else None
            seen.add(head.id)
            head = self.by_id.get(head.head or "")
        return None

    def _resolve_acronym(
        self, folded: str, mention: Mention, acronyms: Mapping[str, set[Key]]
    ) -> tuple[list[Key], str, str]:
        if folded in self.acronyms:
            return [self.acronyms[folded]], "acronym: introduced in this document", ""
        elsewhere = sorted(acronyms.get(folded, ()))
        if len(elsewhere) == 1:
            return elsewhere, "acronym: introduced in another document, where alone", ""
        if elsewhere:
            return elsewhere, "acronym: introduced in other documents, for several", "full name: not in this document"
        entry = self.roster.entry((folded,), "collective")
        entry.types[mention.type] += 1
        entry.shown[tidy_name(mention.span.text)] += 1
        return [entry.key], "name", ""

    def _resolve_surname(
        self,
        folded: str,
        own_surnames: Mapping[str, set[Key]],
        surnames: Mapping[str, list[Key]],
        mention: Mention,
    ) -> tuple[list[Key], str, str]:
        here = sorted(own_surnames.get(folded.split()[-1], ()))
        if here and " " not in folded:
            why = f"surname: {self._name(mention)}, full name in this document"
            return here, why, "" if len(here) == 1 else "given name: not in the mention"
        elsewhere = surnames.get(folded, [])
        if elsewhere:
            return list(elsewhere), "surname", "full name: not in this document"
        entry = self.roster.entry((folded, "person", self.document.id), "person")
        entry.types[mention.type] += 1
        entry.shown[self._name(mention)] += 1
        return [entry.key], "name: in this document only", "full name: not in this document"

    def _make_link(self, mention: Mention, keys: Sequence[Key], why: str, missing: str) -> ActorLink:
        found = self.found.get(mention.id)
        if found is not None:
            return self._outside_link(mention.id, mention.span, found, self._settled(keys, found))
        # A single candidate by a surname or a weak alias alone is a candidate still, not a decision.
        undecided = len(keys) > 1 or why == "surname" or (missing != "" and why.startswith("alias"))
        share = round(1.0 / (len(keys) + (1 if undecided else 0)), 4)
        entry = self.roster.entries[keys[0]]
        listing = None if undecided else self._listing_of(entry)
        decision: Decision = "ambiguous" if undecided else "listed" if listing else "known"
        if decision == "known" and not entry.declared and entry.known is None and self.outside is not None:
            decision = "not listed"
        return ActorLink(
            document=self.document.id,
            mention=mention.id,
            span=mention.span,
            decision=decision,
            actor=None if undecided else entry.id,
            listing=listing.id if listing else None,
            list=listing.list if listing else None,
            probability=share,
            agreed=(why,) if why else (),
            could_not_compare=(missing,) if missing else (),
            candidates=tuple(Candidate(self.roster.entries[key].id, None, share) for key in keys) if undecided else (),
        )

    def _settled(self, keys: Sequence[Key], found: Found | None) -> Key | None:
        """The one actor that a mention names; none where it may be several, or one of those that are in doubt."""
        if len(keys) != 1:
            return None
        entry = self.roster.entries[keys[0]]
        in_doubt = found is not None and found.owner is None and (entry.known or entry.listing) is not None
        return None if in_doubt else keys[0]

    def _listing_of(self, entry: Entry) -> Listing | None:
        """The entry of a list behind an actor, as the document's day knows it."""
        if self.outside is None:
            return None
        owner = entry.known.id if entry.known is not None else entry.key[0]
        listings = self.outside.lookup.listings_of(owner, self.outside.day)
        return listings[0] if listings else None

    def _outside_link(self, mention: str, span: Span, found: Found, key: Key | None) -> ActorLink:
        assert self.outside is not None
        entry = self.roster.entries[key] if key is not None else None
        listing = self._listing_of(entry) if entry is not None and found.owner is not None else None
        decision: Decision = "ambiguous" if found.owner is None else "listed" if listing else "known"
        return ActorLink(
            document=self.document.id,
            mention=mention,
            span=span,
            decision=decision,
            actor=entry.id if entry is not None else None,
            listing=listing.id if listing else None,
            list=listing.list if listing else None,
            probability=round(found.probability, 4),
            agreed=found.agreed,
            disagreed=found.disagreed,
            could_not_compare=found.missing,
            candidates=self.outside.to_candidates(found) if found.owner is None or len(found.candidates) > 1 else (),
        )

    def find_parties(self) -> None:
        """Notes which party the persons and bodies of this document are said to belong to."""
        for mention in self.reading.mentions:
            key = self.linked.get(mention.id)
            entry = self.roster.entries[key] if key is not None else None
            if entry is None or entry.party is not None:
                continue
            if entry.kind == "person":
                place = self._name_place(mention)
                party = party_of_person(self.document.text, *place, self.roster.parties)
            else:
                party = party_of_body(tidy_name(mention.span.text), self.roster.parties)
            if party is not None:
                entry.claims.add(party)

    def _name_place(self, mention: Mention) -> tuple[int, int]:
        """Where the name itself stands; titles inside the mention belong to the introduction before it."""
        name = self._name(mention)
        offset = mention.span.text.rfind(name)
        return (mention.span.start + max(0, offset), mention.span.end)


def _may_be(mention: Mention, kind: str) -> bool:
    """Whether a mention's type goes with an actor's class; states come as places and demonyms too."""
    own = class_of(mention.type)
    return own == kind or own == "other" or (kind == "collective" and own in ("place", "nationality"))
