"""``pledgewatch list``: the versions of lists that a user has added, their entries, and what changed between two."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from pledgewatch.cli.show import ERRORS, OUT
from pledgewatch.errors import InputError
from pledgewatch.model.actor import ListChange, Listing, ListVersion
from pledgewatch.model.wire import to_wire
from pledgewatch.resolve.lists import LISTS, ListFile, compare_versions, in_force, load_list, read_card
from pledgewatch.store.list_shelf import ListShelf

TOGETHER = "+"
"""Between the files of one version where the publisher gives several (``ofac_sdn=sdn.csv+alt.csv``)."""

MOST_SHOWN = 200
"""Most rows of a table; ``--json`` has them all."""

list_app = typer.Typer(
    help="Lists of sanctioned persons and groups: add a version, show an entry, report what changed.",
    no_args_is_help=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print only JSON on standard output (shapes: docs/how/json.md).")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Day on which the list is asked.")]


def home_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where a user's own things live beside the cases: ``$PLEDGEWATCH_HOME``, else ``~/.pledgewatch``."""
    stated = (os.environ if environment is None else environment).get("PLEDGEWATCH_HOME")
    return Path(stated) if stated else Path.home() / ".pledgewatch"


def open_shelf() -> ListShelf:
    """The user's shelf of lists."""
    return ListShelf(home_folder() / "lists")


def read_list_argument(argument: str, as_of: str | None = None) -> ListVersion:
    """The version that ``NAME=FILE`` names; several files of one version stand with ``+`` between them.

    Raises:
        InputError: there is no such file, or no list in it.
    """
    name, equals, files = argument.partition("=")
    if not equals or not name or not files:
        raise InputError(
            f"{argument!r} is not of the form NAME=FILE",
            remedy=f"Name the list and its file, such as un_sc=consolidated.xml. Known are {_known()}.",
        )
    return _read_files(files, name, as_of)


def find_version(argument: str, day: str | None) -> ListVersion:
    """The list that ``NAME=FILE`` or the ``NAME`` of an added list means, as known on a day (``None``: the newest).

    Raises:
        InputError: no version of that name was added.
    """
    if "=" in argument:
        versions: tuple[ListVersion, ...] = (read_list_argument(argument),)
    else:
        shelf = open_shelf()
        shelved = shelf.shelved(argument)
        # Only what can be in force is read: the last one made by the day, else the first one of all.
        made = [one for one in shelved if day is None or one.as_of <= day]
        chosen = made[-1] if made else next(iter(shelved), None)
        found = shelf.version(argument, chosen.as_of) if chosen is not None else None
        versions = (found,) if found is not None else ()
    version = versions[0] if day is None and versions else in_force(versions, day or "")
    if version is None:
        raise _not_added(argument)
    return version


def _known() -> str:
    return ", ".join(each.NAME for each in LISTS)


def _not_added(name: str) -> InputError:
    added = ", ".join(open_shelf().names()) or "none"
    return InputError(
        f"no version of the list {name!r} was added (added are: {added})",
        remedy=f"Add one with: pledgewatch list add {name}=FILE",
    )


def _read_files(files: str, name: str | None, as_of: str | None = None) -> ListVersion:
    whole = Path(files)
    paths = [whole] if whole.is_file() else [Path(part) for part in files.split(TOGETHER)]
    read = []
    for path in paths:
        try:
            read.append(ListFile(str(path), path.read_bytes()))
        except OSError as error:
            raise InputError(
                f"{path} can't be read: {error.strerror or error}", remedy="Name the file of the list."
            ) from error
    return load_list(read, files, name, as_of)


@list_app.command("add")
def add_command(
    lists: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME=FILE...",
            help=f"Short name and file; files of one version with {TOGETHER} between them. Built in: un_sc, ofac_sdn, "
            "eu, uk, ftm; any other name takes whichever format the file has.",
            show_default=False,
        ),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="Day on which the publisher made it, where the file does not say."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add versions of lists from the publisher's files."""
    shelf = open_shelf()
    day = None if as_of is None else _day(as_of)
    answers = []
    for argument in lists:
        version = read_list_argument(argument, day)
        new = shelf.add(version)
        answers.append({**_summary(version), "new": new})
        if not as_json:
            _show_added(version, new)
    if as_json:
        _print_json(answers)


@list_app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An added list, or NAME=FILE.", show_default=False)],
    reference: Annotated[
        str | None, typer.Argument(metavar="[REFERENCE]", help="The entry's reference.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show the versions of a list, or one entry of the version in force."""
    day = None if as_of is None else _day(as_of)
    if reference is None and day is None and "=" not in name:
        versions = open_shelf().versions(name)
        if not versions:
            raise _not_added(name)
        if as_json:
            _print_json({"list": name, "versions": [_summary(version) for version in versions]})
        else:
            _show_versions(name, versions)
        return
    version = find_version(name, day)
    if reference is None:
        if as_json:
            _print_json({**_summary(version), "listings": to_wire(version.listings)})
        else:
            _show_versions(version.list, (version,))
            _show_entries(version)
        return
    listing = _find_entry(version, reference, day)
    if as_json:
        _print_json({"list": version.list, "as_of": version.as_of, "listing": to_wire(listing)})
    else:
        _show_entry(listing, version)


@list_app.command("diff")
def diff_command(
    name: Annotated[
        str, typer.Argument(metavar="NAME|OLDER_FILE", help="An added list, or the older file.", show_default=False)
    ],
    first: Annotated[
        str | None,
        typer.Argument(
            metavar="[OLDER_DATE|NEWER_FILE]", help="Default: the last but one version.", show_default=False
        ),
    ] = None,
    second: Annotated[
        str | None, typer.Argument(metavar="[NEWER_DATE]", help="Default: the last version.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Report what was listed, amended and delisted between two versions."""
    older, newer = _two_versions(name, first, second)
    changes = compare_versions(older, newer)
    if as_json:
        kinds = {
            what: [_change(change) for change in changes if change.what == what]
            for what in ("listed", "amended", "delisted")
        }
        _print_json({"list": newer.list, "older": older.as_of, "newer": newer.as_of, **kinds})
    else:
        _show_changes(older, newer, changes)


def _two_versions(name: str, first: str | None, second: str | None) -> tuple[ListVersion, ListVersion]:
    if first is not None and second is None:
        return _read_files(name, None), _read_files(first, None)
    shelf = open_shelf()
    days = [shelved.as_of for shelved in shelf.shelved(name)]
    if first is None or second is None:
        if len(days) < 2:
            raise InputError(
                f"two versions of {name!r} are compared, and the shelf has {len(days)}",
                remedy=f"Add another with: pledgewatch list add {name}=FILE",
            )
        first, second = days[-2:]
    found = []
    for day in (first, second):
        version = shelf.version(name, _day(day))
        if version is None:
            raise InputError(
                f"no version of {name!r} was made on {day}", remedy=f"Added are those of {', '.join(days) or 'no day'}."
            )
        found.append(version)
    older, newer = sorted(found, key=lambda version: version.as_of)
    return older, newer


def _find_entry(version: ListVersion, reference: str, day: str | None) -> Listing:
    wanted = reference.casefold().strip()
    listing = next((one for one in version.listings if one.id.casefold() == wanted), None)
    if listing is None:
        known = f"as known on {day} " if day else ""
        raise InputError(
            f"{version.list} of {version.as_of} {known}has no entry {reference}",
            remedy="Check the reference; an entry that was listed later is not known yet on the day asked.",
        )
    return listing


def _summary(version: ListVersion) -> dict[str, Any]:
    persons = sum(listing.type == "person" for listing in version.listings)
    return {
        "list": version.list,
        "as_of": version.as_of,
        "sha256": version.sha256,
        "entries": len(version.listings),
        "persons": persons,
        "others": len(version.listings) - persons,
        "aliases": sum(len(listing.aliases) for listing in version.listings),
        "repairs": list(version.repairs),
        "unread": to_wire(version.unread),
    }


def _change(change: ListChange) -> dict[str, Any]:
    return {"listing": change.listing, "name": change.name, "fields": list(change.fields)}


def _show_added(version: ListVersion, new: bool) -> None:
    summary = _summary(version)
    counts = f"{summary['entries']:,} entries ({summary['persons']:,} persons), {summary['aliases']:,} other names"
    already = "" if new else "; it was here already"
    OUT.print(f"[bold]{escape(version.list)}[/] as of {version.as_of}: {counts}{already}.")
    OUT.print(f"  [dim]{len(version.repairs):,} things put right, {len(version.unread):,} not understood[/]")
    for record in version.unread[:10]:
        ERRORS.print(f"[yellow]not understood[/] {escape(record.path)}: {escape(record.why)}. {escape(record.remedy)}")
    if len(version.unread) > 10:
        ERRORS.print(f"[yellow]not understood[/] and {len(version.unread) - 10:,} more: see --json")


def _show_versions(name: str, versions: Sequence[ListVersion]) -> None:
    if name in {each.NAME for each in LISTS}:
        card = read_card(name)
        OUT.print(f"[bold]{escape(card.title)}[/]\n  {escape(card.publisher)}. {escape(card.licence)}")
    table = Table("as of", "entries", "persons", "others", "names", "put right", "not understood", "SHA-256", box=None)
    for version in versions:
        summary = _summary(version)
        table.add_row(
            version.as_of,
            *(f"{summary[key]:,}" for key in ("entries", "persons", "others", "aliases")),
            f"{len(version.repairs):,}",
            f"{len(version.unread):,}",
            version.sha256[:12],
        )
    OUT.print(table)


def _show_entries(version: ListVersion) -> None:
    table = Table("reference", "name", "type", "listed on", "regime", box=None, padding=(0, 2, 0, 0))
    for listing in version.listings[:MOST_SHOWN]:
        table.add_row(
            escape(listing.id),
            escape(listing.name),
            listing.type,
            listing.listed_on or "no date",
            escape(listing.regime or ""),
        )
    OUT.print(table)
    if len(version.listings) > MOST_SHOWN:
        OUT.print(f"[dim]and {len(version.listings) - MOST_SHOWN:,} more: see --json[/]")


def _show_entry(listing: Listing, version: ListVersion) -> None:
    OUT.print(f"[bold]{escape(listing.name)}[/]  {escape(listing.id)}, {escape(listing.list)} as of {version.as_of}")
    facts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    facts.add_row("type", listing.type)
    for label, values in (
        ("regime", (listing.regime or "",)),
        ("listed on", (listing.listed_on or "no date",)),
        ("updated on", listing.updated_on),
        ("born", listing.born),
        ("birthplace", listing.birthplaces),
        ("nationality", listing.nationalities),
        ("country", listing.countries),
        ("gender", (listing.gender or "",)),
        ("roles", listing.roles),
        ("numbers", tuple(f"{kind}: {number}" for kind, number in listing.identifiers)),
        ("relations", tuple(f"{words} {other}" for words, other in listing.ties)),
    ):
        if any(values):
            facts.add_row(label, escape("; ".join(values)))
    OUT.print(facts)
    names = Table("other names", "script", "what it is", box=None, padding=(0, 2, 0, 0))
    for alias in listing.aliases:
        kinds = [word for word, holds in (("weak", alias.weak), ("acronym", alias.acronym)) if holds]
        names.add_row(escape(alias.name), alias.script, ", ".join(kinds))
    if listing.aliases:
        OUT.print(names)
    for line in (listing.remarks or "").splitlines():
        OUT.print(f"  {escape(line)}", style="dim")


def _show_changes(older: ListVersion, newer: ListVersion, changes: Sequence[ListChange]) -> None:
    counts = {what: sum(change.what == what for change in changes) for what in ("listed", "amended", "delisted")}
    OUT.print(
        f"[bold]{escape(newer.list)}[/] from {older.as_of} to {newer.as_of}: {counts['listed']:,} listed, "
        f"{counts['amended']:,} amended, {counts['delisted']:,} delisted."
    )
    styles = {"listed": "green", "amended": "yellow", "delisted": "red"}
    table = Table("what", "reference", "name", "fields", box=None, padding=(0, 2, 0, 0))
    for what in ("listed", "delisted", "amended"):
        for change in [change for change in changes if change.what == what][:MOST_SHOWN]:
            fields = escape(", ".join(change.fields))
            table.add_row(f"[{styles[what]}]{what}[/]", escape(change.listing), escape(change.name), fields)
    if changes:
        OUT.print(table)
    hidden = sum(max(0, count - MOST_SHOWN) for count in counts.values())
    if hidden:
        OUT.print(f"[dim]and {hidden:,} more: see --json[/]")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError(f"{text!r} is no day", remedy="Write it as YEAR-MONTH-DAY, such as 2031-09-01.") from error


def _print_json(answer: object) -> None:
    # Imported here: the app imports this module.
    from pledgewatch.cli.app import print_json

    print_json(answer)
