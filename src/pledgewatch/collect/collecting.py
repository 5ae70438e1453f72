"""One file to documents: by its content, within its limits, and never with an exception for bad content."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import replace
from urllib.parse import urlsplit

from pledgewatch.collect.canonical import clean_line, decode_text
from pledgewatch.collect.dates import date_in_name, find_dateline, parse_date
from pledgewatch.collect.formats import FORMATS
from pledgewatch.collect.formats.contract import Format, Head
from pledgewatch.collect.handling import settle_handling
from pledgewatch.collect.items import Enclosed, Item, Raw
from pledgewatch.collect.languages import name_language
from pledgewatch.collect.signatures import name_signature
from pledgewatch.collect.sources import find_source
from pledgewatch.errors import UnreadableError
from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.document import Collected, Document, Handling, Source, Unread
from pledgewatch.model.identity import make_id

_HEAD = 16_384
_DEEPEST_ENCLOSED = 3
LONGEST_TEXT = 10_000_000
"""Most code points of one document's text: some 4,000 pages. Tracing holds all texts, so a longer one costs memory."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def collect_file(
    untrusted_data: bytes, path: str, policy: CollectPolicy, sources: tuple[Source, ...] = ()
) -> Collected:
    """Collects the documents in one file: the file itself, or each message, attachment or feed entry in it.

    The format is known by content, and by the name's suffix only where texts leave it open. Whatever can't be read
    becomes an unread record that says why and what to do; nothing is raised for bad content.

    Args:
        path: where the file was found within the case; the documents' ids depend on it.
        sources: of the case; the first that matches a document gives it its source, and handling and publisher where it
            states none.

    Returns:
        The documents, what was left out on purpose, and what could not be read; ``found`` is their sum.
    """
    return _collect(untrusted_data, path, policy, sources, Handling(), 0)


def _collect(
    untrusted_data: bytes, path: str, policy: CollectPolicy, sources: tuple[Source, ...], carried: Handling, depth: int
) -> Collected:
    shown = clean_line(path, 1_000) or "?"
    try:
        form, raw = _recognise(untrusted_data, shown, policy)
        contents = form.parse(raw)
    except UnreadableError as error:
        return Collected(unread=(Unread(shown, error.what, error.remedy),))
    except RecursionError:
        remedy = "Save what matters in it as plain text, and collect that."
        return Collected(unread=(Unread(shown, "it is nested too deep to be read", remedy),))
    except Exception as error:  # parsers of third parties on bytes from outside: one bad file never stops a case
        reason = clean_line(f"{type(error).__name__}: {error}", 160)
        return Collected(unread=(Unread(shown, f"it can't be read ({reason})", UnreadableError.default_remedy),))
    sha256 = hashlib.sha256(untrusted_data).hexdigest()
    documents: list[Document] = []
    rejected, unread = list(contents.rejected), list(contents.unread)
    for item in contents.items:
        if len(item.text) > LONGEST_TEXT:
            why = f"its text has {len(item.text):,} characters, and at most {LONGEST_TEXT:,} are taken"
            unread.append(Unread(_place(shown, item), why, "Split it into documents of their own."))
        elif item.text:
            documents.append(_make_document(item, raw, sha256, sources, carried))
        else:
            unread.extend(
                item.unread
                or [Unread(_place(shown, item), "it holds no words", "Remove it, or replace it with the text.")]
            )
    inherited = Handling()
    for document in documents:
        inherited = inherited.join(document.handling)
    for enclosed, name in _own_names(contents.enclosed):
        inner = _collect_enclosed(
            enclosed, f"{shown}#{name}", policy, sources, inherited if documents else carried, depth
        )
        documents.extend(inner.documents)
        rejected.extend(inner.rejected)
        unread.extend(inner.unread)
    return Collected(tuple(documents), tuple(rejected), tuple(unread))


def _own_names(enclosed: tuple[Enclosed, ...]) -> list[tuple[Enclosed, str]]:
    """Enclosed files with names of their own: a second file of one name is numbered."""
    counts: dict[str, int] = {}
    named = []
    for file in enclosed:
        counts[file.name] = counts.get(file.name, 0) + 1
        named.append((file, file.name if counts[file.name] == 1 else f"{file.name}~{counts[file.name]}"))
    return named


def _collect_enclosed(
    enclosed: Enclosed, path: str, policy: CollectPolicy, sources: tuple[Source, ...], carried: Handling, depth: int
) -> Collected:
    if depth >= _DEEPEST_ENCLOSED:
        why = f"it is enclosed more than {_DEEPEST_ENCLOSED} files deep"
        return Collected(unread=(Unread(path, why, "Save it as a file of its own, and collect that."),))
    return _collect(enclosed.untrusted_data, path, policy, sources, carried, depth + 1)


def _recognise(untrusted_data: bytes, path: str, policy: CollectPolicy) -> tuple[Format, Raw]:
    """Whose format the bytes are; raises ``UnreadableError`` when they are nobody's."""
    size = len(untrusted_data)
    if size > policy.max_mb * 1_000_000:
        raise UnreadableError(
            f"it has {size / 1e6:,.1f} MB, and files of more than {policy.max_mb} MB are not read",
            where=path,
            remedy="Split the file, or raise collect.max_mb in pledgewatch.toml.",
        )
    if not untrusted_data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableError("it is empty", where=path, remedy="Remove it, or fetch it again.")
    suffix = re.search(r"\.[a-z0-9]{1,10}\Z", path.split("#")[-1].lower())
    head = Head(untrusted_data, read_head(untrusted_data), suffix.group() if suffix else "")
    signature = name_signature(untrusted_data)
    for form in FORMATS:
        # A signature in the table outweighs "it is text" (RTF is), but not a format that asked for more than text.
        if signature is not None and form.NAME in ("markdown", "text", "html", "mail"):
            continue
        media_type = form.recognise(head)
        if media_type is not None:
            return form, Raw(untrusted_data, path, policy, media_type)
    if signature is not None:
        raise UnreadableError(f"it is {signature[0]}", where=path, remedy=signature[1])
    raise UnreadableError(
        "it is neither text nor a format that is read",
        where=path,
        remedy="Convert it to PDF, DOCX, HTML or plain text, or list it in .pledgewatchignore.",
    )


def read_head(untrusted_data: bytes) -> str | None:
    """The first characters of bytes that are text, without white space before them; ``None`` when they are no text.

    Text has a byte order mark, or hardly any control characters: random bytes have about one in eight.
    """
    start = untrusted_data[:_HEAD]
    marked = start.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF8))
    if not marked and start.count(0) > 0 and start[:2] in (b"\x00<", b"<\x00"):
        # XML may come in UTF-16 without a mark; its first letter shows which way round.
        text = start.decode("utf-16-be" if start[0] == 0 else "utf-16-le", "replace")
    else:
        try:
            text = (
                codecs.getincrementaldecoder("utf-8-sig")("strict").decode(start, False)
                if not marked
                else decode_text(start)[0]
            )
        except UnicodeDecodeError:
            text = decode_text(start)[0]
    text = text.lstrip("\ufeff \t\r\n")
    sample = text[:8_192]
    if not sample:
        return "" if untrusted_data.strip() else None
    odd = len(_CONTROL.findall(sample)) + 2 * sample.count("\ufffd")
    return text if odd <= max(2, len(sample) // 50) else None


def _place(path: str, item: Item) -> str:
    return path if item.name is None else f"{path}#{item.name}"


def _make_document(item: Item, raw: Raw, sha256: str, sources: tuple[Source, ...], carried: Handling) -> Document:
    place = _place(raw.path, item)
    stated = item.stated
    unread = list(item.unread)
    published, problem = _settle_published(item, place)
    unread.extend(problem)
    modified = parse_date(stated.modified)
    if stated.modified and modified is None:
        unread.append(
            Unread(
                place, f"its date of change {clean_line(stated.modified, 60)!r} is no date", "Write it as 2021-05-02."
            )
        )
    address = _settle_address(stated.address)
    source = find_source(sources, address, place, stated.publisher)
    handling, problem = settle_handling(
        item.text, replace(stated, address=address), place, published, source, raw.policy
    )
    unread.extend(problem)
    # What encloses a file protects it too; the wider circle of a public cover letter opens nothing.
    handling = Handling(handling.tlp, handling.caveats, handling.embargo_until, handling.protected_source).join(carried)
    own = (
        sha256
        if item.name is None
        else hashlib.sha256(f"{stated}\x1f{item.text}".encode("utf-8", "surrogatepass")).hexdigest()
    )
    return Document(
        id=make_id("d", stated.id) if stated.id else make_id("d", place, own),
        path=place,
        sha256=sha256,
        media_type=item.media_type,
        text=item.text,
        title=clean_line(stated.title) or None if stated.title else None,
        publisher=_settle_publisher(stated.publisher, source, raw.path, address),
        published=published,
        modified=modified,
        address=address,
        language=name_language(item.text, stated.language),
        handling=handling,
        source=source.id if source is not None else None,
        pages=item.pages,
        unread=tuple(unread),
    )


def _settle_published(item: Item, place: str) -> tuple[str | None, tuple[Unread, ...]]:
    """The day of publication as stated; where nothing is stated, of a dateline on top, else of the file's name."""
    written = item.stated.published
    if written:
        published = parse_date(written)
        if published is not None:
            return published, ()
        return None, (
            Unread(
                place, f"its date {clean_line(written, 60)!r} is no date, so it is undated", "Write it as 2021-05-02."
            ),
        )
    in_name = date_in_name(place.split("#")[0]) if item.name is None else None
    return (in_name or find_dateline(item.text, 6)), ()


def _settle_address(untrusted_address: str | None) -> str | None:
    if not untrusted_address:
        return None
    address = clean_line(untrusted_address, 2_000)
    return address if re.match(r"[a-z][a-z0-9+.-]*:\S+\Z", address, re.IGNORECASE) else None


def _settle_publisher(stated: str | None, source: Source | None, path: str, address: str | None) -> str | None:
    """As stated, else the source's name, else the middle of ``2021-02-17_gazette_truce.txt``, else the domain."""
    if stated and clean_line(stated):
        return clean_line(stated, 200)
    if source is not None:
        return source.name
    parts = re.sub(r"\.[A-Za-z0-9]{1,10}\Z", "", path.split("#")[0].rsplit("/", 1)[-1]).split("_")
    if len(parts) == 3 and date_in_name(parts[0]) and parts[1].strip():
        return parts[1].strip()
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        host = None
    return re.sub(r"\Awww\.", "", host) if host else None
