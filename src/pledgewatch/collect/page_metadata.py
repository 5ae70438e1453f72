"""What a web page states of itself: in meta tags, JSON-LD, links and time elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html

from pledgewatch.collect.canonical import clean_line
from pledgewatch.collect.dates import parse_date
from pledgewatch.collect.items import Stated
from pledgewatch.collect.plain_yaml import read_table

_LARGEST_JSON = 500_000
_MOST_NODES = 200


def state_page(tree: Any) -> Stated:
    """What a page's markup (an lxml tree) states: title, publisher, dates, address, language.

    For each field the places are asked in the order of ``tables/page_fields.yml``; nothing is guessed from running
    text.
    """
    table = read_table("page_fields")
    metas = _read_metas(tree)
    linked = list(_linked_data(tree))
    address = _address(tree, metas, linked, table["address"])
    site = _first(metas, table["publisher"]) or _publisher(linked)
    title = _first(metas, table["title"]) or _of(linked, "headline") or _heading(tree)
    return Stated(
        title=_without_site(title, site),
        publisher=site,
        published=_published(tree, metas, linked, table["published"]),
        modified=_date(_first(metas, table["modified"])) or _date(_of(linked, "dateModified")),
        address=address,
        language=tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or _first(metas, table["language"]),
    )


def _read_metas(tree: Any) -> dict[str, str]:
    """Meta tags and elements of microdata by name, in lower case; the first of a name counts."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop", "http-equiv"):
            name, content = element.get(key), element.get("content")
            if name and content and content.strip():
                metas.setdefault(name.strip().lower(), clean_line(content))
    return metas


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The nodes of the page's JSON-LD that describe an article or page, in order."""
    wanted = set(read_table("page_fields")["articles"])
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LARGEST_JSON:
            continue
        try:
            pending: list[Any] = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not pending:
                break
            node = pending.pop(0)
            if isinstance(node, list):
                pending.extend(node[:_MOST_NODES])
            elif isinstance(node, dict):
                pending.extend(node[key] for key in ("@graph", "mainEntity") if key in node)
                kinds = node.get("@type")
                if wanted & {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}:
                    yield node


def _of(linked: list[dict[str, Any]], key: str) -> str | None:
    for node in linked:
        value = node.get(key)
        if isinstance(value, str) and value.strip():
            return clean_line(value)
    return None


def _publisher(linked: list[dict[str, Any]]) -> str | None:
    for node in linked:
        value = node.get("publisher")
        value = value[0] if isinstance(value, list) and value else value
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str) and name.strip() and not name.startswith(("http://", "https://")):
            return clean_line(name)
    return None


def _first(metas: dict[str, str], names: list[str]) -> str | None:
    return next((metas[name] for name in names if metas.get(name)), None)


def _date(untrusted_text: str | None) -> str | None:
    return untrusted_text if parse_date(untrusted_text) is not None else None


def _published(tree: Any, metas: dict[str, str], linked: list[dict[str, Any]], names: list[str]) -> str | None:
    """The day of publication as written; what is no date is passed over, since pages often carry empty fields."""
    for candidate in (_of(linked, "datePublished"), *(metas.get(name) for name in names), _of(linked, "dateCreated")):
        if _date(candidate):
            return candidate
    times = list(tree.iter("time"))
    marked = [time for time in times if time.get("pubdate") is not None or "publish" in _labels(time)]
    for time in (*marked, *times[:1]):
        for candidate in (time.get("datetime"), "".join(time.itertext())[:100]):
            if _date(candidate):
                return str(candidate)
    for element in tree.xpath("//*[@itemprop='datePublished']")[:3]:
        candidate = element.get("datetime") or "".join(element.itertext())[:100]
        if _date(candidate):
            return str(candidate)
    return None


def _labels(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}".lower()


def _address(tree: Any, metas: dict[str, str], linked: list[dict[str, Any]], names: list[str]) -> str | None:
    found = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    main = [node.get("mainEntityOfPage") for node in linked]
    mains = [value.get("@id") if isinstance(value, dict) else value for value in main]
    # A crawler that saves a site rewrites its links; a canonical address that is relative is therefore asked last.
    whole = [link for link in found if link and "://" in link]
    for candidate in (*whole, *(metas.get(name) for name in names), *mains, _of(linked, "url"), *found):
        if not isinstance(candidate, str) or not candidate.strip():
            continue
        try:
            address = urljoin(base or metas.get("og:url") or "", clean_line(candidate, 2_000))
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            return address.replace(" ", "%20")
    return None


def _heading(tree: Any) -> str | None:
    headings = [clean_line("".join(element.itertext())) for element in tree.iter("h1")]
    titles = [
        clean_line("".join(element.itertext())) for element in tree.iter("title") if element.getparent() is not None
    ]
    # A page with several first-level headings does not say which is its title.
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return next((title for title in titles if title), None)


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the name of the site that many pages put behind it."""
    if title and site:
        for mark in (" | ", " - ", " – ", " — ", " • ", " · ", " :: "):
            if title.casefold().endswith(f"{mark}{site}".casefold()):
                return title[: -len(mark) - len(site)].strip() or title
    return title


def parse_page(untrusted_markup: str) -> Any:
    """The lxml tree of a page; raises ``ValueError`` when there is nothing in it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    tree = lxml.html.document_fromstring(untrusted_markup.encode("utf-8", "replace"), parser)
    if tree is None:
        raise ValueError("no element could be read")
    return tree
