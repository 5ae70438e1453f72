"""Web pages: the article without its navigation, and what the page states of itself."""

from __future__ import annotations

import functools
import logging
import re
from typing import Any

from pledgewatch.collect.canonical import clean_line, clean_text, decode_text
from pledgewatch.collect.formats.contract import Head
from pledgewatch.collect.items import Contents, Item, Raw
from pledgewatch.collect.page_metadata import parse_page, state_page
from pledgewatch.collect.tags import measure_depth, strip_tags
from pledgewatch.model.document import Unread

NAME = "html"
MEDIA_TYPE = "text/html"

LARGEST_PAGE = 8_000_000
"""Characters; a longer page is taken tag by tag, because its tree would fill the memory."""

SHORT = 200
"""Characters; an article shorter than this may have been cut too close."""

DEEPEST = 400
"""Deepest nesting that parsers bear without fail (libxml2 and Python's own stack), whatever the policy allows."""

_DESCRIPTION = "//meta[@name='description' or @property='og:description']"
_LEAST_STANDFIRST = 60
_SHORT_NOTICE = 1_500
_MOST_INLINE = 8
_PROLOG = re.compile(r"(?:\s+|<!--.*?-->|<\?[^>]{0,500}>)*", re.DOTALL)
_FIRST_TAG = re.compile(r"<!doctype\s+html|<(?:html|head|body)\b", re.IGNORECASE)
_OTHER_TAG = re.compile(
    r"<(?:title|meta|div|p|h[1-6]|table|article|section|main|span|a|link|script|style|br|ul|ol)\b[^<>]*>", re.IGNORECASE
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w:.-]{2,40})",
    re.IGNORECASE,
)


def recognise(head: Head) -> str | None:
    """A doctype or root element of HTML makes a page; so does a first tag of HTML, or a fitting name with any tag."""
    if head.text is None:
        return None
    start = _PROLOG.match(head.text)
    text = head.text[start.end() if start else 0 :]
    if _FIRST_TAG.match(text) or _OTHER_TAG.match(text):
        return MEDIA_TYPE
    return MEDIA_TYPE if head.suffix in (".html", ".htm", ".xhtml") and _OTHER_TAG.search(text) else None


def parse(raw: Raw) -> Contents:
    """The article of the page; a page too deep or too large for a parser is taken tag by tag, which is said."""
    declared = _CHARSET.search(raw.untrusted_data[:4_096])
    charset = next((group.decode("ascii") for group in declared.groups() if group), None) if declared else None
    markup, _ = decode_text(raw.untrusted_data, charset)
    return Contents((read_page(markup, raw),))


def read_page(untrusted_markup: str, raw: Raw) -> Item:
    """The article and statements of a decoded page, as one item without a name."""
    markup = untrusted_markup.replace("\x00", "")
    trouble = _too_much(markup, raw)
    if trouble is not None:
        return Item(clean_text(strip_tags(markup), collapse=True), MEDIA_TYPE, unread=(trouble,))
    try:
        tree = parse_page(markup)
    except (ValueError, SyntaxError):
        return Item(clean_text(strip_tags(markup), collapse=True), MEDIA_TYPE)
    stated = state_page(tree)
    unread: tuple[Unread, ...] = ()
    try:
        text = with_standfirst(extract_article(tree), tree)
    except Exception as error:  # a third party's heuristics on markup from outside; the words are still there
        text = ""
        why = f"its article can't be told from the rest ({type(error).__name__}): all words of the page were taken"
        unread = (Unread(raw.path, why, "Save the article alone as text or HTML, and collect that."),)
    return Item(text or clean_text(strip_tags(markup), collapse=True), MEDIA_TYPE, stated, unread=unread)


def _too_much(markup: str, raw: Raw) -> Unread | None:
    limit = min(raw.policy.max_depth, DEEPEST)
    if measure_depth(markup, limit + 1) > limit:
        why = f"its tags are nested more than {limit} deep: all words of the page were taken, not the article alone"
    elif len(markup) > LARGEST_PAGE:
        why = f"its {len(markup):,} characters are too many: all words of the page were taken, not the article alone"
    else:
        return None
    return Unread(raw.path, why, "Save the article alone as text or HTML, and collect that.")


def extract_article(tree: Any) -> str:
    """The canonical text of the article in an lxml tree, a blank line between paragraphs; empty when there is none."""
    text = ""
    # Precision first: teasers and "see also" lists read as if the article said them. The wider net is for short
    # notices, of which the narrow one may leave nothing.
    for precise in (True, False):
        found = _extractor().bare_extraction(tree, include_comments=False, with_metadata=False, favor_precision=precise)
        text = clean_text(re.sub(r"\n+", "\n\n", found.text), collapse=True) if found is not None and found.text else ""
        if len(text) >= SHORT:
            break
    return text


def with_standfirst(text: str, tree: Any) -> str:
    """Puts a short notice's first paragraph back where extraction took it for a teaser.

    In a long article it is the editor's summary of what follows; of a notice it may be the one sentence that says what
    happened. It is known by standing word for word both in the page's description and in its body.
    """
    description = next((clean_line(meta.get("content") or "", 2_000) for meta in tree.xpath(_DESCRIPTION)), "")
    if not 0 < len(text) < _SHORT_NOTICE or len(description) < _LEAST_STANDFIRST or description in text:
        return text
    body = next(tree.iter("body"), None)
    for element in body.iter("p", "div", "h2") if body is not None else ():
        if len(element) <= _MOST_INLINE and clean_line("".join(element.itertext()), 2_000) == description:
            return f"{description}\n\n{text}"
    return text


@functools.cache
def _extractor() -> Any:
    # Imported here: it takes half a second, and a case of mails needs none of it.
    import trafilatura

    # It reports every odd page on the log; what we can't read, we report ourselves.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura
