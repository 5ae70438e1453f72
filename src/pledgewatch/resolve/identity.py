"""What people judged of identity: same, different, unsure. Judgements are remembered, can be undone, and win over the machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pledgewatch.model.actor import ActorLink, Resolution
from pledgewatch.model.judgement import Judgement
from pledgewatch.text.folding import fold_name

VERDICTS: tuple[str, ...] = ("same", "different", "unsure")

_LISTING = re.compile(r"[a-z][a-z0-9_]*:\S+")


def key_of(who: str, known: Iterable[str] = ()) -> str:
    """How judgements name somebody: an id of the registry or the case, ``list:reference``, or ``name:`` and the folded name.

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


def apply_judgements(resolution: Resolution, judgements: Sequence[Judgement]) -> Resolution:
    """The resolution as people judged it; the machine's own view stays in what agreed and disagreed.

    Args:
        judgements: those that hold, in the order they were made; the last on a pair counts.
    """
    judged = {frozenset((one.one, one.other)): one for one in read_identities(judgements)}
    if not judged:
        return resolution
    names = {actor.id: {f"name:{fold_name(actor.name)}", actor.id} for actor in resolution.actors}
    links = tuple(_judge(link, judged, names) for link in resolution.links)
    return replace(resolution, links=links)


def _judge(link: ActorLink, judged: dict[frozenset[str], _Judged], names: dict[str, set[str]]) -> ActorLink:
    own = {f"name:{fold_name(link.span.text)}", *(names.get(link.actor or "", ()))}
    for pair, one in judged.items():
        mine = pair & own
        if not mine:
            continue
        other = next(iter(pair - mine), next(iter(mine)))
        link = _apply(link, other, one)
    return link


def _apply(link: ActorLink, other: str, judged: _Judged) -> ActorLink:
    said = f"judged {judged.verdict} by {judged.by}: {other}"
    list_name, _, reference = other.partition(":")
    is_listing = bool(reference) and list_name != "name"
    points_there = (is_listing and link.listing == reference and link.list == list_name) or link.actor == other
    if judged.verdict == "same":
        if is_listing:
            return replace(
                link, decision="listed", listing=reference, list=list_name, probability=1.0, agreed=(*link.agreed, said),
                candidates=(),
            )  # fmt: skip
        return replace(link, decision="known", actor=other, probability=1.0, agreed=(*link.agreed, said), candidates=())
    if judged.verdict == "unsure" and points_there:
        return replace(link, decision="ambiguous", could_not_compare=(*link.could_not_compare, said))
    kept = tuple(
        candidate
        for candidate in link.candidates
        if not (candidate.actor == other or (is_listing and candidate.listing == reference))
    )
    if judged.verdict == "different" and (points_there or kept != link.candidates):
        decision = "not listed" if points_there or not kept else link.decision
        return replace(
            link, decision=decision, listing=None if points_there else link.listing, list=None if points_there else link.list,
            actor=None if link.actor == other else link.actor, disagreed=(*link.disagreed, said), candidates=kept,
        )  # fmt: skip
    return link
