"""Feeds: RSS, Atom and RDF; every entry is a document of its own."""

from __future__ import annotations

import functools
import io
import re
from typing import Any

from pledgewatch.collect.canonical import clean_line, clean_text
from pledgewatch.collect.dates import make_date, parse_date
from pledgewatch.collect.formats.contract import Head
from pledgewatch.collect.items import Contents, Item, Raw, Stated
from pledgewatch.collect.tags import measure_depth, strip_tags
from pledgewatch.errors import UnreadableError
from pledgewatch.model.document import Unread

NAME = "feed"

MOST_ENTRIES = 10_000

_BEFORE_ROOT = re.compile(
    r"(?:\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE(?:[^\[<>]|<[^<>]*>)*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?(rss|feed|rdf|channel)\b([^>]{0,2000})", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s+)?[\w:.-]+\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def recognise(head: Head) -> str | None:
    """The root element says which sort of feed it is."""
    if head.text is None:
        return None
    start = _BEFORE_ROOT.match(head.text)
    match = _ROOT.match(head.text, start.end() if start else 0)
    if match is None:
        return None
    root, attributes = match.group(1).lower(), match.group(2)
    if root == "rdf" and "rss" not in head.text.lower():
        return None
    return "application/atom+xml" if root == "feed" and "rss" not in attributes.lower() else "application/rss+xml"


def parse(raw: Raw) -> Contents:
    """The entries, in the feed's order; an entry without words is rejected, as is one delivered twice."""
    _refuse_entities(raw)
    found = _parser().parse(io.BytesIO(raw.untrusted_data), sanitize_html=False, resolve_relative_uris=False)
    entries = found.get("entries") or []
    if not entries:
        if found.get("bozo") and not found.get("feed"):
            why = f"it is a damaged feed ({clean_line(str(found.get('bozo_exception')), 120)})"
            raise UnreadableError(why, where=raw.path, remedy="Fetch the feed again.")
        return Contents(rejected=(Unread(raw.path, "the feed holds no entries"),))
    items: list[Item] = []
    rejected: list[Unread] = []
    taken: dict[str, Item] = {}
    for index, entry in enumerate(entries[:MOST_ENTRIES], start=1):
        item = _read_entry(entry, found, raw, index)
        place = f"{raw.path}#{item.name}"
        if not item.text:
            rejected.append(Unread(place, "the entry has neither words nor a title"))
            continue
        twin = taken.get(item.name or "")
        if twin is not None and twin.text == item.text:
            rejected.append(Unread(place, "the feed delivers this entry twice"))
            continue
        if twin is not None:
            item = Item(item.text, item.media_type, item.stated, f"{item.name}~{index}", unread=item.unread)
        taken[item.name or ""] = item
        items.append(item)
    unread: tuple[Unread, ...] = ()
    if len(entries) > MOST_ENTRIES:
        why = f"the feed has {len(entries):,} entries; those after the first {MOST_ENTRIES:,} were not read"
        unread = (Unread(raw.path, why, "Split the feed into smaller files."),)
    return Contents(tuple(items), rejected=tuple(rejected), unread=unread)


def _refuse_entities(raw: Raw) -> None:
    """Entities made of entities unfold without end ("billion laughs"), and external ones would fetch files."""
    for match in _ENTITY.finditer(
        raw.untrusted_data.replace(b"\x00", b"") if b"\x00" in raw.untrusted_data[:64] else raw.untrusted_data
    ):
        value = match.group(2) or match.group(3) or b""
        if match.group(1) or re.search(rb"[&%][\w:.-]+;", value) or len(value) > 1_000:
            raise UnreadableError(
                "it declares XML entities that point elsewhere or unfold into each other",
                where=raw.path,
                remedy="Fetch the feed again; if it comes so from its publisher, remove its <!DOCTYPE ...> part.",
            )


def _read_entry(entry: Any, found: Any, raw: Raw, index: int) -> Item:
    title = _words(entry.get("title_detail") or {"value": entry.get("title", "")}, raw)
    bodies = [*(entry.get("content") or ()), entry.get("summary_detail") or {"value": entry.get("summary", "")}]
    texts = [_words(body, raw) for body in bodies if isinstance(body, dict)]
    # Feeds often carry a summary beside the whole; the longer one holds the words of the shorter.
    text = max(texts, key=len, default="")
    link = clean_line(str(entry.get("link") or ""), 2_000)
    name = clean_line(str(entry.get("id") or link or index), 200)
    publisher = (entry.get("source") or {}).get("title") or (found.get("feed") or {}).get("title") or ""
    language = (entry.get("content") or [{}])[0].get("language") or (found.get("feed") or {}).get("language")
    stated = Stated(
        title=clean_line(title) or None,
        publisher=clean_line(strip_tags(str(publisher))) or None,
        published=_date(entry, "published") or _date(entry, "created") or _date(entry, "updated"),
        modified=_date(entry, "updated") if entry.get("published") else None,
        address=link if link.startswith(("http://", "https://")) else None,
        language=str(language) if language else None,
    )
    return Item(text or clean_text(title), raw.media_type, stated, name)


def _words(detail: Any, raw: Raw) -> str:
    value = str(detail.get("value") or "")
    kind = str(detail.get("type") or "text/html")
    if "<" in value and ("html" in kind or re.search(r"</?[a-zA-Z][^<>]*>", value)):
        if measure_depth(value, raw.policy.max_depth + 1) > raw.policy.max_depth:
            value = re.sub(r"<[^<>]*>", " ", value)
        return clean_text(re.sub(r"\n\s*", "\n\n", strip_tags(value)), collapse=True)
    return clean_text(value, collapse=True)


def _date(entry: Any, field: str) -> str | None:
    """A date as written in the entry, else as feedparser understood it."""
    written = entry.get(field) if field in entry else None
    if isinstance(written, str) and parse_date(written):
        return written
    parsed = entry.get(f"{field}_parsed") if written else None
    return make_date(*parsed[:3]) if parsed is not None else None


@functools.cache
def _parser() -> Any:
    # Imported here: it takes a moment, and only cases with feeds need it.
    import feedparser

    return feedparser
