"""``pledgewatch resolve``, ``screen`` and ``actor``: who somebody is, on which list, and why we think so."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

import pledgewatch.resolve
from pledgewatch.cli.lists import find_version, open_shelf
from pledgewatch.cli.show import ERRORS, OUT
from pledgewatch.errors import InputError
from pledgewatch.model.actor import Actor, ActorLink, Listing, ListVersion
from pledgewatch.model.judgement import Judgement
from pledgewatch.model.wire import to_wire
from pledgewatch.resolve import Known, about_identity, build_network, key_of, load_registry
from pledgewatch.resolve.network import Edge
from pledgewatch.resolve.places import PlaceLink
from pledgewatch.resolve.screening import Screened
from pledgewatch.store import CaseFolder
from pledgewatch.store.contract import UNDO

actor_app = typer.Typer(
    help="Who somebody is: show what is known, judge two to be the same or different, take a judgement back.",
    no_args_is_help=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print only JSON on standard output (shapes: docs/how/json.md).")]
Lists = Annotated[
    list[str] | None,
    typer.Option("--list", metavar="NAME=FILE", help="A sanctions list (un_sc=FILE), or the NAME of one added before."),
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Day on which lists and actors are asked.")]
CaseOption = Annotated[Path, typer.Option("--case", metavar="CASE", help="The case folder.", show_default=False)]


def read_known(lists: Sequence[str] | None, as_of: str | None) -> Known:
    """The registry, with the lists that were named, or with all that were added before when none was.

    A list that was added before comes with all its versions: each document is held against the one of its day.
    """
    versions: list[ListVersion] = []
    shelf = open_shelf()
    for argument in lists if lists else shelf.names():
        versions += [find_version(argument, None)] if "=" in argument else _added(argument)
    return Known(load_registry(), tuple(versions), as_of)


def _added(name: str) -> tuple[ListVersion, ...]:
    return open_shelf().versions(name) or (find_version(name, None),)


def read_names(names: Sequence[str]) -> Iterator[str]:
    """The names of a command line: each as it is, the lines of a file, or of standard input for ``-``."""
    for name in names:
        if name == "-":
            lines = sys.stdin.read().splitlines()
        elif Path(name).is_file():
            try:
                lines = Path(name).read_text("utf-8-sig").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(f"{name} can't be read: {error}", remedy="Give a text file in UTF-8.") from error
        else:
            lines = [name]
        yield from (line.strip() for line in lines if line.strip())


def show_links(path: str, links: Sequence[ActorLink], actors: Sequence[Actor]) -> None:
    """One document's links as a table: each name once, with who it is, on which list, how likely and why."""
    names = {actor.id: actor.name for actor in actors}
    rows: dict[tuple[str, str, str | None, str | None], tuple[ActorLink, int]] = {}
    for link in links:
        key = (" ".join(link.span.text.split()), link.decision, link.actor, link.listing)
        first, count = rows.get(key, (link, 0))
        rows[key] = (first, count + 1)
    OUT.print(f"[bold]{escape(path)}[/]: {len(links)} names")
    table = Table("name", "times", "decision", "who", "list", "likely", "why", pad_edge=False)
    order = {"listed": 0, "ambiguous": 1, "known": 2, "not listed": 3}
    for (name, decision, actor, _), (link, count) in sorted(
        rows.items(), key=lambda row: (order[row[0][1]], row[0][0])
    ):
        who = names.get(actor or "", "")
        if link.candidates and decision == "ambiguous":
            who = "; ".join(
                f"{one.listing or names.get(one.actor or '', one.actor or '')} {one.probability:.2f}"
                for one in link.candidates[:3]
            )
        why = "; ".join((*link.agreed, *(f"but {one}" for one in link.disagreed)))
        listed = f"{link.list} {link.listing}" if link.listing else ""
        table.add_row(*map(escape, (name, str(count), decision, who, listed, f"{link.probability:.2f}", why)))
    OUT.print(table)


def show_places(places: Sequence[PlaceLink]) -> None:
    """One document's places as a table: each name once, with where it is, how precisely, and why."""
    rows: dict[tuple[str, str, str], tuple[PlaceLink, int]] = {}
    for link in places:
        key = (" ".join(link.span.text.split()), link.decision, link.place.id if link.place else "")
        first, count = rows.get(key, (link, 0))
        rows[key] = (first, count + 1)
    if not rows:
        return
    table = Table("place", "times", "decision", "where", "precision", "why", pad_edge=False)
    for (name, decision, _), (link, count) in sorted(rows.items(), key=lambda row: (row[0][1] != "place", row[0])):
        where = f"{link.place.name} ({link.place.id})" if link.place else ""
        precision = link.place.precision if link.place else ""
        why = "; ".join((*link.agreed, *(f"unknown: {one}" for one in link.could_not_compare)))
        table.add_row(*map(escape, (name, str(count), decision, where, precision, why)))
    OUT.print(table)


def show_screened(screened: Screened) -> None:
    """One name's matches."""
    if not screened.matches:
        OUT.print(f"[bold]{escape(screened.name)}[/]: not listed, and not known")
        return
    OUT.print(f"[bold]{escape(screened.name)}[/]")
    for match in screened.matches:
        who = f"{match.listing.list} {match.listing.id} {match.listing.name}" if match.listing else ""
        if match.listing is None and match.actor is not None:
            who = f"{match.actor.name} ({match.actor.kind or match.actor.type}; on no list)"
        because = "; ".join(
            (
                *match.agreed,
                *(f"but {one}" for one in match.disagreed),
                *(f"unknown: {one}" for one in match.could_not_compare),
            )
        )
        OUT.print(f"  {match.score:.2f}  {escape(who)}  [dim]{escape(match.alias)}: {escape(because)}[/]")


@actor_app.command("show")
def show_command(
    who: Annotated[str, typer.Argument(metavar="WHO", help="A name, an id, or list:reference.", show_default=False)],
    lists: Lists = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show who somebody is: names, ties with their dates, entries on lists, and what they are easily taken for."""
    known = read_known(lists, as_of)
    actors = {actor.id: actor for actor in known.registry}
    found = [actors[who]] if who in actors else []
    listings = [one for version in known.lists for one in version.listings if f"{one.list}:{one.id}" == who]
    if not found and not listings:
        for screened in pledgewatch.resolve.screen_names([who], known, at=0.8):
            found += [match.actor for match in screened.matches if match.actor and match.actor not in found]
            listings += [match.listing for match in screened.matches if match.listing and match.listing not in listings]
    if not found and not listings:
        raise InputError(f"nobody is known as {who!r}", remedy="Try: pledgewatch screen, which shows near names too.")
    edges = build_network(known.registry, known.lists)
    keys = {actor.id for actor in found} | {f"{one.list}:{one.id}" for one in listings}
    own = [edge for edge in edges if edge.source in keys or edge.target in keys]
    if as_json:
        record = {"actors": to_wire(found), "listings": to_wire(listings), "ties": to_wire(own)}
        print(json.dumps(record, ensure_ascii=False))  # noqa: T201
        return
    for actor in found:
        _show_actor(actor, actors)
    for listing in listings:
        _show_listing(listing)
    _show_edges(own, actors)


def _show_actor(actor: Actor, actors: dict[str, Actor]) -> None:
    life = f", {actor.since or '?'} to {actor.until or 'today'}" if actor.since or actor.until else ""
    OUT.print(f"[bold]{escape(actor.name)}[/] ({escape(actor.id)}): {escape(actor.kind or actor.type)}{life}")
    strong = [alias.name for alias in actor.aliases if not alias.weak]
    weak = [alias.name for alias in actor.aliases if alias.weak]
    if strong:
        OUT.print(f"  also: {escape('; '.join(strong))}")
    if weak:
        OUT.print(f"  never alone: {escape('; '.join(weak))}")
    if actor.not_same:
        names = (actors[one].name if one in actors else one for one in actor.not_same)
        OUT.print(f"  not: {escape('; '.join(names))}")
    for listed in actor.listings:
        OUT.print(f"  on {escape(listed.list)} as {escape(listed.listing)} since {listed.since or '?'}")


def _show_listing(listing: Listing) -> None:
    OUT.print(
        f"[bold]{escape(listing.name)}[/] ({escape(listing.list)}:{escape(listing.id)}): "
        f"{listing.type}, {escape(listing.regime or '')}"
    )
    OUT.print(
        f"  listed on {listing.listed_on or '?'}; also: {escape('; '.join(alias.name for alias in listing.aliases))}"
    )


def _show_edges(edges: Sequence[Edge], actors: dict[str, Actor]) -> None:
    for edge in edges:
        ends = [actors[end].name if end in actors else end for end in (edge.source, edge.target)]
        when = f" ({edge.since or '?'} to {edge.until or 'today'})" if edge.since or edge.until else ""
        OUT.print(f"  {escape(ends[0])} {escape(edge.type)} {escape(ends[1])}{when} [dim]{edge.standing}[/]")


def judge(one: str, other: str, verdict: str, case: Path, by: str, why: str) -> Judgement:
    """Keeps a judgement of identity in a case; it counts from the next run on.

    Raises:
        InputError: the two are one and the same words.
    """
    ids = [actor.id for actor in load_registry()]
    keys = key_of(one, ids), key_of(other, ids)
    if keys[0] == keys[1]:
        raise InputError(f"{one!r} and {other!r} are the same words", remedy="Name two that are to be told apart.")
    judgement = Judgement(f"j_{uuid.uuid4().hex[:12]}", about_identity(*keys), verdict, by, _now(), why)
    with CaseFolder.open(case).open_store() as store:
        store.add_judgement(judgement)
    return judgement


One = Annotated[str, typer.Argument(metavar="ONE", help="A name, an id, or list:reference.", show_default=False)]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="The other one.", show_default=False)]
By = Annotated[str, typer.Option("--by", help="Who judges.", show_default=False)]
Why = Annotated[str, typer.Option("--why", help="The reason, in a sentence.")]


@actor_app.command("same")
def same_command(one: One, other: Other, case: CaseOption, by: By, why: Why = "") -> None:
    """Judge two to be the same."""
    _say(judge(one, other, "same", case, by, why))


@actor_app.command("different")
def different_command(one: One, other: Other, case: CaseOption, by: By, why: Why = "") -> None:
    """Judge two to be different, however alike their names are."""
    _say(judge(one, other, "different", case, by, why))


@actor_app.command("unsure")
def unsure_command(one: One, other: Other, case: CaseOption, by: By, why: Why = "") -> None:
    """Note that nobody can tell whether two are the same."""
    _say(judge(one, other, "unsure", case, by, why))


@actor_app.command("undo")
def undo_command(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its id (j_…).", show_default=False)],
    case: CaseOption,
    by: By,
    why: Why = "",
) -> None:
    """Take a judgement back. Both stay in the log."""
    with CaseFolder.open(case).open_store() as store:
        kept = {one.id: one for one in store.list_judgements()}
        if judgement not in kept:
            ids = ", ".join(one for one in kept) or "none"
            raise InputError(f"there is no judgement {judgement!r}", remedy=f"Those kept are: {ids}.")
        taken = Judgement(f"j_{uuid.uuid4().hex[:12]}", kept[judgement].about, UNDO, by, _now(), why, judgement)
        store.add_judgement(taken)
    OUT.print(f"Taken back: {escape(kept[judgement].verdict)}, {escape(kept[judgement].about)}.")


def _say(judgement: Judgement) -> None:
    OUT.print(
        f"Kept as {judgement.id}: {escape(judgement.verdict)}, {escape(judgement.about)}. "
        "It counts from the next run on."
    )
    ERRORS.print(f"[dim]Take it back with: pledgewatch actor undo {judgement.id}[/]")


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
