"""Bytes to text, and text to canonical text: the one form in which every span of the system counts code points."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from pledgewatch.text.sentences import split_paragraphs

_GUESS_FROM = 65_536
"""Bytes that the guess of a charset looks at."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers do with these labels (WHATWG Encoding, 4.2): pages so labelled hold the letters of Windows.
_MEANT = {"latin-1": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028]|\u2029")
# Soft hyphens, zero-width spaces, joiners of words and marks that turn the direction: they hide in words and defeat
# every search. The two joiners U+200C and U+200D stay, because Persian and the Indic scripts spell with them.
_INVISIBLE = {
    **dict.fromkeys((*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0))),
    **dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF)),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC))),
    **dict.fromkeys(range(0xD800, 0xE000)),
    **dict.fromkeys(range(0xE0000, 0xE0080)),
    **dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
}
_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_RUNS = re.compile(r"[ \t]{2,}")


def decode_text(untrusted_data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decodes bytes by byte order mark, declared charset, UTF-8, then a guess; what can't be decoded becomes U+FFFD.

    Args:
        declared: charset that a header, an XML declaration or a ``meta`` tag names; it is not believed when it can't
        be.

    Returns:
        The text and the name of the charset.

    >>> decode_text("né".encode("cp1252"), "latin-1")
    ('né', 'cp1252')
    """
    for mark, charset in _BOMS:
        if untrusted_data.startswith(mark):
            return untrusted_data[len(mark) :].decode(charset, "replace"), charset
    # Labels for plain Latin letters are what programs write that do not know; UTF-8 can hardly be met by chance.
    unsure = (declared or "").strip().lower().replace("_", "-") in _MEANT
    for label in ("utf-8", declared) if unsure else (declared, "utf-8"):
        codec = _text_codec(label)
        if codec is None:
            continue
        try:
            return untrusted_data.decode(codec), codec
        except (UnicodeError, ValueError):
            continue
    best = from_bytes(untrusted_data[:_GUESS_FROM]).best()
    codec = (_text_codec(best.encoding) if best is not None else None) or "cp1252"
    return untrusted_data.decode(codec, "replace"), codec


def _text_codec(declared: str | None) -> str | None:
    """The codec that a label means, or ``None`` when it means none that turns bytes into text."""
    if not declared:
        return None
    label = declared.strip().strip("\"'").lower()
    label = _MEANT.get(label.replace("_", "-"), label)
    try:
        name = codecs.lookup(label).name
        # "zip" and "rot13" are codecs and no charsets, and one that unpacks would unpack a bomb; decoding a letter
        # tells.
        b"a".decode(name, "replace")
        return name
    except (LookupError, TypeError, ValueError, UnicodeError):
        return None


def clean_text(untrusted_text: str, *, collapse: bool = False) -> str:
    """Makes text canonical: NFC, one sort of line end and of space, nothing invisible, at most one blank line in a row.

    Args:
        collapse: also make one space of each run of spaces and tabs, for formats where runs mean nothing.

    Cleaning is done once: a clean text stays as it is.

    >>> clean_text("One\\r\\ntwo\\x00 \\n\\n\\n\\nthree\\u00a0x")
    'One\\ntwo\\n\\nthree x'
    """
    text = _LINE_ENDS.sub(lambda end: "\n\n" if end.group() in "\u2029\x0c" else "\n", untrusted_text)
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    if collapse:
        text = _RUNS.sub(" ", text)
        text = re.sub(r"\n[ \t]+", "\n", text)
    text = _TRAILING.sub("", text)
    text = _BLANK_LINES.sub("\n\n", text)
    return text.strip("\n \t")


def clean_line(untrusted_text: str, most: int = 500) -> str:
    """Makes one printable line of text from outside (a title, a name, a path), cut at ``most`` code points.

    >>> clean_line("A\\x1b[31m title \\n in two lines")
    'A[31m title in two lines'
    """
    line = " ".join(clean_text(untrusted_text[: most * 8]).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def join_wrapped(text: str) -> str:
    """Joins lines that a typist or a mail program wrapped, so that each paragraph stands on one line; input is clean.

    Which breaks are wrapping is decided as everywhere else in the system, see ``text.sentences.split_paragraphs``.

    >>> join_wrapped("The council of the town met on the first day\\nof the month, and it voted.\\n\\nEnd.")
    'The council of the town met on the first day of the month, and it voted.\\n\\nEnd.'
    """
    pieces = []
    last = 0
    for start, end in split_paragraphs(text):
        pieces.append("\n\n" if "\n\n" in text[last:start] else "\n")
        pieces.append(re.sub(r"[ \t]*\n[ \t]*", " ", text[start:end]))
        last = end
    return "".join(pieces[1:])
