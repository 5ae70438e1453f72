"""Takes tags off markup in one pass of bounded cost, for fragments and for pages too strange for a parser."""

from __future__ import annotations

import functools
import html
import re

from pledgewatch.collect.plain_yaml import read_table

# Bounded by the next "<": a longer reach would make a page of unclosed tags cost the square of its length.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})[^<>]*>")


@functools.cache
def _elements(sort: str) -> tuple[str, ...]:
    return tuple(read_table("markup")[sort])


def strip_tags(untrusted_markup: str) -> str:
    """The words of markup, with a line end at each border of a block; not yet canonical.

    >>> strip_tags("<p>One <b>two</b>&amp;</p><script>x()</script><p>three")
    '\\nOne two&\\n\\nthree'
    """
    text = _drop_between(untrusted_markup, "<!--", "-->")
    for name in _elements("unseen"):
        text = _drop_element(text, name)
    text = re.sub(r"<[!?][^<>]*>", "", text)
    text = re.sub(r"\s+", " ", text)
    blocks = frozenset(_elements("blocks"))
    text = _TAG.sub(
        lambda tag: "\n" if tag.group(2).lower() in blocks else " " if tag.group(2) in ("td", "th") else "", text
    )
    return html.unescape(text)


def measure_depth(untrusted_markup: str, stop_at: int) -> int:
    """How deep elements are nested, as far as tags tell; counting ends at ``stop_at``.

    >>> measure_depth("<div><div><p><p><p></div></div>", 100)
    2
    """
    closed = frozenset((*_elements("empty"), *_elements("open_ended")))
    deepest = depth = 0
    opened: dict[str, int] = {}
    for tag in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})([^<>]*)>", untrusted_markup):
        name = tag.group(2).lower()
        if name in closed or tag.group(3).endswith("/"):
            continue
        if tag.group(1):
            if opened.get(name):
                opened[name] -= 1
                depth -= 1
        else:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
            if deepest >= stop_at:
                return deepest
    return deepest


def _drop_between(text: str, start: str, end: str) -> str:
    pieces = []
    place = 0
    while (begin := text.find(start, place)) >= 0:
        pieces.append(text[place:begin])
        stop = text.find(end, begin + len(start))
        if stop < 0:
            return "".join(pieces)
        place = stop + len(end)
    return "".join((*pieces, text[place:]))


def _drop_element(text: str, name: str) -> str:
    """Leaves out every ``name`` element, by the plain rule of browsers for scripts: up to its first end tag."""
    opening, closing = re.compile(rf"<{name}\b[^<>]*>", re.IGNORECASE), re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE)
    pieces = []
    place = 0
    while (begin := opening.search(text, place)) is not None:
        pieces.append(text[place : begin.start()])
        if begin.group().endswith("/>"):
            place = begin.end()
            continue
        stop = closing.search(text, begin.end())
        if stop is None:
            # Without an end the rest would be lost; the tag alone is dropped.
            return "".join((*pieces, text[begin.end() :]))
        place = stop.end()
    return "".join((*pieces, text[place:]))
