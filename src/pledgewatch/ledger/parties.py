"""An agreement's title, its date and its parties, from the words around its clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pledgewatch.ledger.provisions import Clause
from pledgewatch.model.agreement import Party
from pledgewatch.model.document import Document
from pledgewatch.text.states import other_names_of_state
from pledgewatch.text.times import find_times

_LIST = r"(?:[^.;:(\n]|\((?:hereinafter|hereafter|the\s|[“\"'])[^)\n]*\))+"
_BY = re.compile(
    rf"\b(?:signed|concluded|agreed|made|adopted|initialled|reached)\b[^.;\n]*?\b(?:by|between)\s+(?P<names>{_LIST})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\b(?:between|by and between)\s+(?P<names>{_LIST})", re.IGNORECASE)
_AND = re.compile(r",\s*(?:and\s+)?(?=(?:the\s+)?[A-Z])|\s+and\s+(?:by\s+)?(?=(?:the\s+)?[A-Z])")
_NAME_END = re.compile(
    r"\s+(?:on|in|at|of this|dated|with|under|hereinafter|which|who|for|to|regarding)\b.*$|\s+\d.*$", re.S
)
_ALSO = re.compile(
    r"(?P<full>(?:[Tt]he\s+)?[A-Z][^,;:()\n]{2,80}?)\s*"
    r"(?:,?\s*\(?(?:hereinafter|hereafter|known as|referred to as|called)"
    r"(?:\s+(?:called|referred to as|as))?\s*|\(\s*)(?:the\s+)?[\"“'‘]?(?:the\s+)?"
    r"(?P<short>[A-Z][\w -]{1,40}?)[\"”'’]?\s*[),;]"
)
_ALL = re.compile(r"^(?:both|all|common|general|final|joint|the parties|parties)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\b(?:signed|done|concluded|agreed|dated|made|adopted|initialled|reached)\b", re.IGNORECASE)


def find_title(document: Document, clauses: Sequence[Clause]) -> str:
    """The agreement's title: as the document states it, or its first line."""
    if document.title:
        return document.title.strip()
    end = clauses[0].start if clauses else len(document.text)
    for line in document.text[: max(end, 1)].split("\n"):
        bare = line.strip().lstrip("#").strip(" *_")
        if bare:
            return bare
    return document.path


def find_date(document: Document) -> str | None:
    """The day of signing, ISO: a full date in a sentence that says "signed" or the like, else the first full date.

    ``None`` when the text gives no full date and the document has no date of its own.
    """
    times = [
        time
        for time in find_times(document.text, document.published)
        if time.value and re.fullmatch(r"\d{4}-\d\d-\d\d", time.value) and time.anchored_to != "document"
    ]
    for time in times:
        begin = max(document.text.rfind("\n", 0, time.start), document.text.rfind(". ", 0, time.start)) + 1
        if _SIGNED.search(document.text, begin, time.start):
            return time.value
    return times[0].value if times else document.published


def find_parties(text: str, clauses: Sequence[Clause]) -> tuple[Party, ...]:
    """The parties, as "signed by A and B", "between A and B" or the headings of parts name them; may be empty.

    A name in brackets behind another (hereinafter "the Front") becomes its alias; a state gets its short
    names and those of its people.
    """
    head = text[: clauses[0].start] if clauses else text
    names: list[str] = []
    for pattern in (_BY, _BETWEEN):
        for match in pattern.finditer(head):
            found = _split_names(match["names"])
            if len(found) > 1:
                names = found
                break
        if names:
            break
    if not names:
        headings = dict.fromkeys(clause.heading for clause in clauses if clause.heading and clause.part)
        names = [name for heading in headings if not _ALL.match(heading) for name in _split_names(heading)]
    aliases = _find_aliases(head, names)
    return tuple(
        Party(name, tuple(dict.fromkeys((*aliases.get(name, ()), *other_names_of_state(name)))))
        for name in dict.fromkeys(names)
    )


def add_short_names(text: str, parties: Sequence[Party]) -> tuple[Party, ...]:
    """The parties with the short names that the agreement's own words use for them ("the Front", "the Republic").

    A short name is one capitalised word of a party's name that no other party's name holds. It is good inside the
    agreement only, so it does not become an alias of the party.
    """
    known = []
    for party in parties:
        others = {word for other in parties if other != party for word in other.name.split()}
        short = [
            word
            for word in party.name.split()
            if len(word) > 3
            and word[0].isupper()
            and word not in others
            and re.search(rf"\b[Tt]he {re.escape(word)}\b(?!\s+(?:of\s+)?[A-Z])", text)
        ]
        known.append(replace(party, aliases=tuple(dict.fromkeys((*party.aliases, *short)))))
    return tuple(known)


def _split_names(words: str) -> list[str]:
    """Names in a list of parties.

    >>> _split_names("the Varna Front and the Republic of Ostrava on 3 May 2019")
    ['Varna Front', 'Republic of Ostrava']
    """
    names = []
    for piece in _AND.split(re.sub(r"\s*\([^)]*\)", "", words)):
        name = re.sub(r"^(?:and\s+)?(?:the|by)\s+", "", _NAME_END.sub("", piece.strip()), flags=re.IGNORECASE)
        name = name.strip(' ,"“”*_')
        if name and name[0].isupper() and len(name) <= 80:
            names.append(name)
    return names


def _find_aliases(head: str, names: Sequence[str]) -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = {}
    for match in _ALSO.finditer(head):
        for name in names:
            if match["full"].rstrip().endswith(name) and match["short"].strip() != name:
                aliases.setdefault(name, []).append(match["short"].strip())
    return aliases


def is_about_all(heading: str | None) -> bool:
    """Whether a heading stands over duties of all parties ("Part Three: both").

    >>> is_about_all("both"), is_about_all("the Varna Front")
    (True, False)
    """
    return heading is not None and _ALL.match(heading) is not None
