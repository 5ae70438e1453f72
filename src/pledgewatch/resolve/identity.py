"""What people judged of identity: same, different, unsure. Judgements can be undone, and win over the machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pledgewatch.model.actor import Actor, ActorLink, Candidate, Resolution
from pledgewatch.model.judgement import Judgement
from pledgewatch.text.folding import fold_name

VERDICTS: tuple[str, ...] = ("same", "different", "unsure")

_LISTING = re.compile(r"[a-z][a-z0-9_]*:\S+")


def key_of(who: str, known: Iterable[str] = ()) -> str:
    """How judgements name somebody: an id of registry or case, ``list:reference``, or ``name:`` and the folded name.

    >>> key_of("un_sc:QDe.004"), key_of("Varna  Front"), key_of("varna-front", ["varna-front"])
    ('un_sc:QDe.004', 'name:varna front', 'varna-front')
    """
    if _LISTING.fullmatch(who) or who in set(known) or re.fullmatch(r"a_[0-9a-f]+", who):
        return who
    return f"name:{fold_name(who)}"


def about_identity(one: str, other: str) -> str:
    """What a judgement of the identity of two is about, in either order (keys of :func:`key_of`)."""
    first, second = sorted((one, other))
    return f"identity:{first}|{second}"


@dataclass(frozen=True, slots=True)
class _Judged:
    one: str
    other: str
    verdict: str
    by: str


def read_identities(judgements: Sequence[Judgement]) -> tuple[_Judged, ...]:
    """The judgements of identity among those that hold."""
    found = []
    for judgement in judgements:
        if judgement.about.startswith("identity:") and judgement.verdict in VERDICTS:
            one, _, other = judgement.about.removeprefix("identity:").partition("|")
            found.append(_Judged(one, other, judgement.verdict, judgement.by))
    return tuple(found)


def apply_judgements(
    resolution: Resolution, judgements: Sequence[Judgement], registry: Sequence[Actor] = ()
) -> Resolution:
    """The resolution as people judged it; the machine's own view stays in what agreed and disagreed.

    Two names that are judged the same lead to one actor: the registry's before a list's, a list's before one of whom
    only documents speak. A name that nobody of the case bears changes nothing.

    Args:
        judgements: those that hold, in the order they were made; the last on a pair counts.
        registry: who may be judged to be meant though no document names them; they join the actors then.
    """
    judged = {frozenset((one.one, one.other)): one for one in read_identities(judgements)}
    if not judged:
        return resolution
    bearers = _Bearers(resolution)
    links = tuple(_judge(link, judged, bearers) for link in resolution.links)
    meant = {link.actor for link in links} - {actor.id for actor in resolution.actors}
    joined = tuple(actor for actor in registry if actor.id in meant)
    return replace(resolution, actors=(*resolution.actors, *joined), links=links)


class _Bearers:
    """Which actor of a resolution a key means, and which of two comes first."""

    def __init__(self, resolution: Resolution) -> None:
        self.actors = {actor.id: actor for actor in resolution.actors}
        self.names = {actor.id: {f"name:{fold_name(actor.name)}", actor.id} for actor in resolution.actors}
        self._by_key: dict[str, str] = {}
        self._entries: dict[tuple[str, str], tuple[str | None, str | None]] = {}
        listed = {link.actor for link in resolution.links if link.decision == "listed"}
        place = {actor.id: number for number, actor in enumerate(resolution.actors)}
        self._rank = {
            actor: (actor.startswith("a_"), actor not in listed, number, actor) for actor, number in place.items()
        }
        for actor in resolution.actors:
            self._by_key.setdefault(f"name:{fold_name(actor.name)}", actor.id)
        for link in resolution.links:
            if link.actor is not None and link.decision != "ambiguous":
                self._by_key.setdefault(f"name:{fold_name(link.span.text)}", link.actor)
            if link.actor is not None and link.decision == "listed":
                self._entries.setdefault((link.document, link.actor), (link.list, link.listing))

    def actor_of(self, key: str) -> str | None:
        """The actor that a key means; ``None`` for a name that nobody bears."""
        return self._by_key.get(key) if key.startswith("name:") else key

    def first_of(self, one: str, other: str | None) -> str:
        """Under whom two that are the same are known."""
        unknown = len(self._rank)
        return min(
            (one, other or one),
            key=lambda actor: self._rank.get(actor, (actor.startswith("a_"), True, unknown, actor)),
        )

    def entry_of(self, document: str, actor: str) -> tuple[str | None, str | None]:
        """List and reference of an actor's entry as one document's day knows it."""
        return self._entries.get((document, actor), (None, None))

    def is_entry(self, actor: str | None, list_name: str, reference: str) -> bool:
        """Whether an actor is known from this entry of a list alone."""
        known = self.actors.get(actor or "")
        if known is None or not known.id.startswith("a_"):
            return False
        return any((one.list, one.listing) == (list_name, reference) for one in known.listings)


def _judge(link: ActorLink, judged: dict[frozenset[str], _Judged], bearers: _Bearers) -> ActorLink:
    own = {f"name:{fold_name(link.span.text)}", *bearers.names.get(link.actor or "", (link.actor or "",))}
    for pair, one in judged.items():
        mine = pair & own
        if not mine:
            continue
        # A name judged against the very actor that it was linked to: the actor is the other one.
        other = next(iter(pair - mine), min(mine, key=lambda key: (key.startswith("name:"), key)))
        link = _apply(link, other, one, bearers)
    return link


def _apply(link: ActorLink, other: str, judged: _Judged, bearers: _Bearers) -> ActorLink:
    said = f"judged {judged.verdict} by {judged.by}: {other}"
    list_name, _, reference = other.partition(":")
    if reference and list_name != "name":
        return _apply_entry(link, list_name, reference, judged, said, bearers)
    actor = bearers.actor_of(other)
    if actor is None:
        return link
    if judged.verdict == "same":
        chosen = bearers.first_of(actor, link.actor)
        entry = (link.list, link.listing) if chosen == link.actor else bearers.entry_of(link.document, chosen)
        return replace(
            link, decision="listed" if entry[1] else "known", actor=chosen, list=entry[0], listing=entry[1],
            probability=1.0, agreed=(*link.agreed, said), candidates=(),
        )  # fmt: skip
    kept = tuple(candidate for candidate in link.candidates if candidate.actor != actor)
    return _part(link, link.actor == actor, kept, judged, said, gone=True)


def _apply_entry(
    link: ActorLink, list_name: str, reference: str, judged: _Judged, said: str, bearers: _Bearers
) -> ActorLink:
    points_there = link.listing == reference and link.list == list_name
    if judged.verdict == "same":
        return replace(
            link, decision="listed", listing=reference, list=list_name, probability=1.0, agreed=(*link.agreed, said),
            candidates=(),
        )  # fmt: skip
    kept = tuple(candidate for candidate in link.candidates if candidate.listing != reference)
    return _part(link, points_there, kept, judged, said, gone=bearers.is_entry(link.actor, list_name, reference))


def _part(
    link: ActorLink, points_there: bool, kept: tuple[Candidate, ...], judged: _Judged, said: str, *, gone: bool
) -> ActorLink:
    """A link after a judgement that it may not, or does not, lead there; ``gone``: its actor stands for nobody else."""
    if judged.verdict == "unsure":
        if not points_there:
            return link
        return replace(link, decision="ambiguous", could_not_compare=(*link.could_not_compare, said))
    if not points_there and kept == link.candidates:
        return link
    disagreed = (*link.disagreed, said)
    if points_there:
        actor = None if gone else link.actor
        return replace(
            link, decision="not listed", listing=None, list=None, actor=actor, disagreed=disagreed, candidates=kept
        )
    return replace(link, decision=link.decision if kept else "not listed", disagreed=disagreed, candidates=kept)
