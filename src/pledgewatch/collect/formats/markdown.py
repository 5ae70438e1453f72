"""Markdown, with or without YAML front matter."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pledgewatch.collect.canonical import clean_text, decode_text
from pledgewatch.collect.formats.contract import Head
from pledgewatch.collect.front_matter import (
    LARGEST,
    MENTIONS_HANDLING,
    UNREAD_HANDLING,
    parse_front_matter,
    split_front_matter,
)
from pledgewatch.collect.items import Contents, Item, Raw, Stated
from pledgewatch.collect.tags import strip_tags
from pledgewatch.model.document import Unread

NAME = "markdown"
MEDIA_TYPE = "text/markdown"

MOST_CHARACTERS = 5_000_000
"""A longer text is kept with its marks: walking it would take minutes."""

_FRONT = re.compile(r"---[ \t]*\r?\n(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*[A-Za-z_][\w -]{0,40}:")
# The label of a clause begins a line of its own however the source was wrapped: "1.2 The", "(a) the", "Article 3".
_LABEL = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})+\.?|\(?(?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,3})\))\s+\S|(?:Article|Section|Clause|Annex)\s+[\dIVX]+\b"
)


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def recognise(head: Head) -> str | None:
    """Front matter makes a text Markdown; so does a name ending in ``.md`` or ``.markdown``."""
    if head.text is None:
        return None
    return MEDIA_TYPE if _FRONT.match(head.text) or head.suffix in (".md", ".markdown") else None


def parse(raw: Raw) -> Contents:
    """The text without its marks, one paragraph a line, and what the front matter states."""
    decoded, _ = decode_text(raw.untrusted_data)
    text = decoded.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").lstrip("\n\ufeff")
    text = re.sub(r"\A---[ \t]+\n", "---\n", text)
    block, body = split_front_matter(text)
    stated, unread = Stated(), []
    if block is not None:
        try:
            stated = parse_front_matter(block)
        except ValueError as error:
            remedy = "Correct the lines between the two --- lines."
            unread.append(Unread(raw.path, f"its front matter can't be read: {error}", remedy))
            stated = UNREAD_HANDLING if MENTIONS_HANDLING.search(block) else Stated()
    elif _FRONT.match(text):
        why = f"its front matter has no end in the first {LARGEST:,} characters, and was taken as text"
        unread.append(Unread(raw.path, why, "Close the front matter with a line of three hyphens."))
        stated = UNREAD_HANDLING if MENTIONS_HANDLING.search(text, 0, LARGEST) else Stated()
    if len(body) > MOST_CHARACTERS:
        why = f"its {len(body):,} characters are too many to take off the marks of Markdown; they were left in"
        unread.append(Unread(raw.path, why, "Split the file into smaller ones."))
        plain = clean_text(body)
    else:
        plain = strip_markdown(body)
    return Contents((Item(plain, MEDIA_TYPE, stated, unread=tuple(unread)),))


def strip_markdown(text: str) -> str:
    """The words of a Markdown text: wrapped lines joined, one blank line between paragraphs, marks taken off.

    The numbers of ordered lists stay, since clauses are cited by them.

    >>> strip_markdown("# Truce\\n\\nThe *first*\\nline.\\n\\n2. [Second](http://a.example)")
    'Truce\\n\\nThe first line.\\n\\n2. Second'
    """
    return clean_text("\n\n".join(_blocks(_parser().parse(text))), collapse=True)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    label = ""
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "list_item_open":
            label = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield "\t".join(cells or ())
            cells = None
        elif token.type == "inline":
            words = _inline(token.children or ())
            if cells is not None:
                cells.append(words.replace("\n", " "))
            else:
                yield label + words
                label = ""
        elif token.type in ("code_block", "fence"):
            yield label + token.content
            label = ""
        elif token.type == "html_block":
            yield strip_tags(token.content)


def _inline(children: Iterable[Token]) -> str:
    """The words of a paragraph. A hard break stays a line end, a wrapped line is joined to the next."""
    pieces: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            pieces.append(child.content)
        elif child.type == "hardbreak":
            pieces.append("\x1e")
        elif child.type == "softbreak":
            pieces.append("\x1f")
        elif child.type == "image":
            # The words for a picture are a description of it by the editor, not a sentence of the text.
            continue
        elif child.type == "html_inline" and re.match(r"<br\b", child.content, re.IGNORECASE):
            pieces.append("\x1e")
    lines = re.split("([\x1e\x1f])", "".join(pieces))
    text = lines[0]
    for mark, line in zip(lines[1::2], lines[2::2], strict=True):
        text += _between(text, line, hard=mark == "\x1e") + line
    return text


def _between(before: str, line: str, *, hard: bool) -> str:
    """What stands between two lines of one paragraph: a space, a line end, or a paragraph's end."""
    opening = line.lstrip()
    if _LABEL.match(opening) and re.search(r"(?:[.;:,]|\band|\bor)[)\"”]*\s*\Z", before[-40:]):
        return "\n\n"
    # Some converters put a hard break in the middle of a sentence; a small letter after no stop gives it away.
    if not hard or (opening[:1].islower() and not re.search(r"[.!?:;]\W*\Z", before[-40:])):
        return " "
    return "\n"
