"""Bare names against the lists: who may be meant, how likely, and why. No match is a normal answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pledgewatch.model.actor import Actor, Listing
from pledgewatch.resolve.lists.versions import choose_version
from pledgewatch.resolve.lookup import Known, look_up, versions_by_list
from pledgewatch.text.folding import fold_name

SHOW_AT = 0.30
"""A match less likely than this is not shown."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, or an actor of the registry that stands on no list, whom a name may mean.

    Attributes:
        alias: the name of theirs that compares best.
        score: probability, 0..1, that the name and the alias name one; no context is known.
    """

    listing: Listing | None
    actor: Actor | None
    alias: str
    score: float
    agreed: tuple[str, ...] = ()
    disagreed: tuple[str, ...] = ()
    could_not_compare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screened:
    """A name and its matches, the likeliest first."""

    name: str
    matches: tuple[Match, ...]


def screen_names(
    names: Iterable[str], known: Known, kind: str | None = None, at: float = SHOW_AT
) -> Iterator[Screened]:
    """Every name with whom it may mean on ``known.as_of``.

    Args:
        kind: ``person`` or ``group``; ``None`` where it is not known.
        at: least score of a match.
    """
    chosen = (choose_version(versions, known.as_of) for versions in versions_by_list(known.lists).values())
    lookup = look_up(known, [version for version in chosen if version is not None])
    for name in names:
        matches: dict[tuple[str, str], Match] = {}
        # A known name that folds alike, acronyms among them; then names that are spelled much like it.
        for own in lookup.spotter.names_of(fold_name(name)):
            alone = not own.weak and (not own.acronym or own.name == name)
            score = 0.5 if not alone else 0.9 if own.derived else 0.98
            missing = () if alone else ("full name: the name given identifies nobody alone",)
            for match in _matches(lookup.listings_of(own.of, known.as_of), lookup.actors.get(own.of), own.name, score):
                better = Match(match.listing, match.actor, match.alias, score, (f"name: {own.name}",), (), missing)
                key = (
                    (match.listing.list, match.listing.id)
                    if match.listing
                    else ("", match.actor.id if match.actor else "")
                )
                if key not in matches or matches[key].score < score:
                    matches[key] = better
        for hit in lookup.find_similar(name, kind):
            score = hit.probability * (0.6 if hit.entry.weak else 1.0)
            comparison = hit.comparison
            for match in _matches(
                lookup.listings_of(hit.entry.of, known.as_of), lookup.actors.get(hit.entry.of), hit.entry.name, score
            ):
                key = (
                    (match.listing.list, match.listing.id)
                    if match.listing
                    else ("", match.actor.id if match.actor else "")
                )
                if key not in matches or matches[key].score < score:
                    matches[key] = Match(
                        match.listing, match.actor, match.alias, score, comparison.agreed, comparison.disagreed,
                        comparison.could_not_compare,
                    )  # fmt: skip
        ranked = sorted((match for match in matches.values() if match.score >= at), key=_order)
        yield Screened(name, tuple(ranked))


def _order(match: Match) -> tuple[float, str, str]:
    return (
        -match.score,
        match.listing.list if match.listing else "~",
        match.listing.id if match.listing else match.alias,
    )


def _matches(listings: tuple[Listing, ...], actor: Actor | None, alias: str, score: float) -> Iterator[Match]:
    if listings:
        for listing in listings:
            yield Match(listing, actor, alias, score)
    elif actor is not None:
        yield Match(None, actor, alias, score)
