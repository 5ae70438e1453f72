"""Origins, copies and what each changed as one self-contained page for whoever traces: it holds the whole texts."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import jinja2

from pledgewatch.export.view import make_environment, show_controls
from pledgewatch.model.document import Document
from pledgewatch.model.origin import CopyLink, Origin, SideBySide, Telling, Trace
from pledgewatch.model.span import Span

Sides = Mapping[tuple[str, str], tuple[SideBySide, ...]]
"""The rows of each link, by the ids of the copy and of what it copies."""

FEATURES = (
    ("shingles", "runs of five words taken over"),
    ("told", "told again, synonyms counted"),
    ("in_order", "told again in the same order"),
    ("own", "sentences of its own"),
    ("facts", "names and numbers in the same order"),
    ("numbers_kept", "numbers kept"),
)
"""What a link rests on, in words; the rest stands in ``--json``."""


class Piece(NamedTuple):
    """Some words of a sentence: ``kind`` is "" for the same on both sides, "changed", "added" or "dropped"."""

    text: str
    kind: str


class Copy(NamedTuple):
    """A document ``depth`` steps under the first, with its links: of a digest one for each story that it holds."""

    document: Document
    path: str
    depth: int
    links: tuple[CopyLink, ...]


def render_trace_page(
    trace: Trace,
    documents: Mapping[str, Document],
    paths: Mapping[str, str],
    sides: Sides,
    tellings: Sequence[tuple[Telling, str]],
) -> str:
    """The page; origins of many documents first.

    Args:
        documents, paths: by document id.
        sides: what :func:`pledgewatch.trace.lay_side_by_side` gives for each copy.
        tellings: what :func:`pledgewatch.trace.follow_tellings` gives, each with the words said.
    """
    told: dict[str, list[tuple[Telling, str]]] = {}
    for telling, words in tellings:
        told.setdefault(telling.document, []).append((telling, words))
    links: dict[str, tuple[CopyLink, ...]] = {}
    for link in trace.links:
        if link.kind != "cites":
            links[link.copy] = (*links.get(link.copy, ()), link)
    order = sorted(trace.origins, key=lambda origin: -len(origin.documents))
    text = _template().render(
        heading=f"{count(len(documents), 'document')}, {count(len(trace.origins), 'origin')}",
        origins=[(origin, order_copies(origin, links, documents, paths)) for origin in order],
        told=told,
        cites=[link for link in trace.links if link.kind == "cites"],
        paths=paths,
        sides=sides,
        features=FEATURES,
    )
    return show_controls(text)


def order_copies(
    origin: Origin,
    links: Mapping[str, tuple[CopyLink, ...]],
    documents: Mapping[str, Document],
    paths: Mapping[str, str],
) -> list[Copy]:
    """The documents of an origin, each under the one that it copies; ``links`` are those of each copy."""
    own = set(origin.documents)
    parents = {
        document: next((link.of for link in links.get(document, ()) if link.of in own), None)
        for document in origin.documents
    }
    children: dict[str, list[str]] = {}
    for document, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(document)
    found: list[Copy] = []
    todo = [(document, 0) for document in reversed(origin.documents) if parents[document] is None]
    while todo:
        document, depth = todo.pop()
        found.append(Copy(documents[document], paths[document], depth, links.get(document, ())))
        todo.extend((child, depth + 1) for child in reversed(children.get(document, [])))
    return found


def cut_pieces(span: Span | None, row: SideBySide, ours: bool) -> list[Piece]:
    """The words of one side of a row, cut where they begin and cease to differ from the other's."""
    if span is None:
        return []
    other = row.theirs if ours else row.ours
    if other is None:
        return [Piece(span.text, "added" if ours else "dropped")]
    pieces: list[Piece] = []
    place = span.start
    for mine, theirs in row.changed if ours else [(two, one) for one, two in row.changed]:
        if mine is None:
            continue
        pieces.append(Piece(span.text[place - span.start : mine.start - span.start], ""))
        pieces.append(Piece(mine.text, "changed" if theirs else "added" if ours else "dropped"))
        place = mine.end
    pieces.append(Piece(span.text[place - span.start :], ""))
    return [piece for piece in pieces if piece.text]


def count(number: int, thing: str) -> str:
    """The number with its noun."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


@functools.cache
def _template() -> jinja2.Template:
    environment = make_environment("pledgewatch.cli", autoescape=True)
    environment.filters.update(pieces=cut_pieces)
    return environment.get_template("trace.html.jinja")
