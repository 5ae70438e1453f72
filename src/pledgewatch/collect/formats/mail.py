"""Mail: one message with its attachments (EML)."""

from __future__ import annotations

import dataclasses
import email.message
import email.policy
import re
from email.parser import BytesParser

from pledgewatch.collect.canonical import clean_line, clean_text, decode_text, join_wrapped
from pledgewatch.collect.formats.contract import Head
from pledgewatch.collect.formats.html import read_page
from pledgewatch.collect.items import Contents, Enclosed, Item, Raw, Stated
from pledgewatch.collect.tags import measure_depth, strip_tags
from pledgewatch.model.document import Unread

NAME = "mail"
MEDIA_TYPE = "message/rfc822"

MOST_PARTS = 500
"""Parts of a message that are looked at."""

_WORDLESS = ("image/", "audio/", "video/", "font/", "text/css", "text/calendar", "application/pkcs7-signature")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?(.*)")
_SURE = frozenset(
    {"received", "message-id", "mime-version", "return-path", "delivered-to", "x-mailer", "content-transfer-encoding"}
)
_LIKELY = frozenset({"from", "to", "date", "subject", "cc", "reply-to", "content-type", "sender"})


def recognise(head: Head) -> str | None:
    """A block of mail headers: one that only mail has, or three that mail always has, sender and day among them."""
    if head.text is None:
        return None
    names = []
    lines = head.text.replace("\r\n", "\n").split("\n")
    for line in lines[1 if lines[0].startswith(("From ", ">From ")) else 0 : 200]:
        if not line.strip():
            break
        match = _HEADER.fullmatch(line)
        if match:
            names.append(match.group(1).lower())
        elif not line.startswith((" ", "\t")) or not names:
            return None
    sure, likely = _SURE & set(names), _LIKELY & set(names)
    if (sure and len(sure | likely) >= 2) or ({"from", "date"} <= likely and len(likely) >= 3):
        return MEDIA_TYPE
    return MEDIA_TYPE if head.suffix == ".eml" and likely else None


@dataclasses.dataclass(slots=True)
class _Parts:
    """What the parts of one message come to, while they are sorted."""

    plain: list[str] = dataclasses.field(default_factory=list)
    pages: list[Item] = dataclasses.field(default_factory=list)
    enclosed: list[Enclosed] = dataclasses.field(default_factory=list)
    rejected: list[Unread] = dataclasses.field(default_factory=list)
    unread: list[Unread] = dataclasses.field(default_factory=list)


def parse(raw: Raw) -> Contents:
    """The message's own words, its sender as publisher, its subject as title; attachments are enclosed files."""
    message = BytesParser(policy=email.policy.default).parsebytes(raw.untrusted_data)
    parts = _sort_parts(message, raw)
    text = join_wrapped(clean_text("\n\n".join(parts.plain)))
    if not text:
        text = clean_text("\n\n".join(page.text for page in parts.pages))
        parts.unread.extend(part for page in parts.pages for part in page.unread)
    stated = Stated(
        title=_header(message, "subject"),
        publisher=_sender(message),
        published=_header(message, "date"),
        address=_address(message),
        language=_header(message, "content-language"),
    )
    if not text and parts.enclosed:
        parts.rejected.append(Unread(raw.path, "the message has no words of its own, only attachments"))
        return Contents((), tuple(parts.enclosed), tuple(parts.rejected), tuple(parts.unread))
    item = Item(text or stated.title or "", MEDIA_TYPE, stated, unread=tuple(parts.unread))
    return Contents((item,), tuple(parts.enclosed), tuple(parts.rejected))


def _sort_parts(message: email.message.Message, raw: Raw) -> _Parts:
    """Sorts the parts of a message into its words, its attachments, and what is left out; walks without recursion."""
    parts = _Parts()
    pending: list[email.message.Message] = [message]
    for _ in range(MOST_PARTS):
        if not pending:
            return parts
        part = pending.pop(0)
        inner = part.get_payload() if part.is_multipart() else []
        pieces = (
            [piece for piece in inner if isinstance(piece, email.message.Message)] if isinstance(inner, list) else []
        )
        if part.get_content_type() == "message/rfc822":
            for piece in pieces:
                name = _file_name(part) or _header(piece, "subject") or f"message-{len(parts.enclosed) + 1}"
                parts.enclosed.append(Enclosed(name.replace("/", "_"), piece.as_bytes()))
        elif part.is_multipart():
            pending[:0] = pieces
        else:
            _sort_part(part, raw, parts)
    if pending:
        why = f"the message has more than {MOST_PARTS} parts; the rest was not read"
        parts.unread.append(Unread(raw.path, why, "Save the parts that matter as files of their own."))
    return parts


def _sort_part(part: email.message.Message, raw: Raw, parts: _Parts) -> None:
    kind, name = part.get_content_type(), _file_name(part)
    untrusted_data = part.get_payload(decode=True)
    if not isinstance(untrusted_data, bytes) or not untrusted_data.strip():
        return
    if name is None and kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
        words, _ = decode_text(untrusted_data, part.get_content_charset())
        if kind == "text/plain" and not re.match(r"\s*<(?:!doctype|html)\b", words, re.IGNORECASE):
            parts.plain.append(words)
        else:
            parts.pages.append(_read_body(words, raw))
    elif kind.startswith(_WORDLESS):
        why = f"an attachment of type {clean_line(kind, 60)} holds no text"
        parts.rejected.append(Unread(f"{raw.path}#{name or kind}", why))
    else:
        parts.enclosed.append(Enclosed(name or f"part-{len(parts.enclosed) + 1}", untrusted_data))


def _read_body(markup: str, raw: Raw) -> Item:
    """The words of a message in HTML: all of them, since a message has no navigation to leave out."""
    if measure_depth(markup, raw.policy.max_depth + 1) > raw.policy.max_depth:
        return read_page(markup, raw)
    return Item(clean_text(strip_tags(markup), collapse=True), "text/html")


def _header(message: email.message.Message, name: str) -> str | None:
    try:
        value = message.get(name)
        return clean_line(str(value)) or None if value is not None else None
    except Exception:  # the standard library fails on some malformed headers instead of reporting a defect
        raw_value = next((value for key, value in message.raw_items() if key.lower() == name), None)
        return clean_line(str(raw_value)) or None if raw_value is not None else None


def _sender(message: email.message.Message) -> str | None:
    """The name of the sender, or the address where there is no name."""
    value = _header(message, "from")
    if value is None:
        return None
    match = re.match(r"\s*\"?([^<\"]{1,200}?)\"?\s*<", value)
    name = match.group(1).strip() if match else ""
    return name or value.strip('<> "') or None


def _address(message: email.message.Message) -> str | None:
    """Where a mailing list's archive says that the message stands (RFC 5064)."""
    value = (_header(message, "archived-at") or "").strip("<> ")
    return value if value.startswith(("http://", "https://")) else None


def _file_name(part: email.message.Message) -> str | None:
    try:
        name = part.get_filename()
    except Exception:  # see _header
        name = None
    return clean_line(str(name), 120).replace("/", "_") or None if name else None
