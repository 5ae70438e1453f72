"""A cleared report as the exports show it: passages numbered, sentences in groups, codes with their words."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any, cast

import jinja2
import yaml

from pledgewatch.errors import Bug
from pledgewatch.model.report import Citation, CitedDocument, Cleared, Report, ReportSection, ReportSentence

_GRADE = re.compile(r"\[([A-F])([1-6])([^\[\]]*)\]")
_WORDS = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage with its number and the sentences that cite it (id and label)."""

    number: int
    citation: Citation
    cited_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PassageGroup:
    """A cited document with its passages, in the order of its text."""

    document: CitedDocument
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SentenceGroup:
    """Sentences under one heading (empty for none)."""

    key: str
    title: str
    sentences: tuple[ReportSentence, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: plain text, the document's exact ``words``, or a ``grade`` with its meaning."""

    kind: str
    text: str
    meaning: str = ""


def make_environment(package: str, autoescape: bool) -> jinja2.Environment:
    """Where a package's ``templates`` are loaded from: strict about names, blocks leave no empty lines."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package, "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=autoescape,
    )


@functools.cache
def load_words() -> dict[str, Any]:
    """The table of words around the sentences."""
    return cast(dict[str, Any], yaml.safe_load(resources.files(__package__).joinpath("words.yml").read_text("utf-8")))


def require_cleared(cleared: Cleared) -> Report:
    """The report of a ``Cleared``; raises ``Bug`` for anything else, since nothing else may go out."""
    if not isinstance(cleared, Cleared):
        raise Bug(f"an export was given a {type(cleared).__name__}; only what release cleared may go out")
    return cleared.report


def number_passages(report: Report) -> dict[str, int]:
    """The number of each citation by its id, counted from 1 in the order of reading."""
    numbers: dict[str, int] = {}
    for section in report.sections:
        for sentence in section.sentences:
            for citation in sentence.citations:
                numbers.setdefault(citation.id, len(numbers) + 1)
    return numbers


def label_section(section: ReportSection) -> str:
    """A short name for a section: "2.1" of "Clause 2.1: …", else its title."""
    return section.title.split(":", 1)[0].rsplit(" ", 1)[-1] if section.commitment else section.title


def split_title(section: ReportSection) -> tuple[str, str]:
    """The parts of a section's title before and after its first colon ("Clause 2.1", "The …")."""
    head, colon, rest = section.title.partition(": ")
    return (head, rest) if colon and section.commitment else ("", section.title)


def group_passages(report: Report) -> tuple[PassageGroup, ...]:
    """The passages by document, documents in the order of their first citation."""
    numbers = number_passages(report)
    citations: dict[str, Citation] = {}
    cited_by: dict[str, dict[str, str]] = {}
    for section in report.sections:
        for place, sentence in enumerate(section.sentences, start=1):
            for citation in sentence.citations:
                citations.setdefault(citation.id, citation)
                cited_by.setdefault(citation.id, {})[sentence.id] = f"{label_section(section)} ({place})"
    documents = {document.id: document for document in report.documents}
    grouped: dict[str, list[Citation]] = {}
    for citation in citations.values():
        grouped.setdefault(citation.document, []).append(citation)
    return tuple(
        PassageGroup(
            documents[id],
            tuple(
                Passage(numbers[citation.id], citation, tuple(cited_by[citation.id].items()))
                for citation in sorted(members, key=lambda citation: citation.span)
            ),
        )
        for id, members in grouped.items()
    )


def group_sentences(section: ReportSection) -> tuple[SentenceGroup, ...]:
    """The sentences of a section under headings; a denial stays with what it stands beside."""
    table = load_words()["groups"]
    group_of = {role: entry for entry in table for role in entry["roles"]}
    groups: list[SentenceGroup] = []
    for sentence in section.sentences:
        entry = group_of.get(sentence.role)
        if section.commitment is None:
            entry = next(item for item in table if item["key"] == "summary")
        if entry is None and groups:
            entry = next(item for item in table if item["key"] == groups[-1].key)
        entry = entry or next(item for item in table if item["key"] == "for")
        if groups and groups[-1].key == entry["key"]:
            groups[-1] = SentenceGroup(entry["key"], entry["title"], (*groups[-1].sentences, sentence))
        else:
            groups.append(SentenceGroup(entry["key"], entry["title"], (sentence,)))
    return tuple(groups)


def split_sentence(text: str) -> tuple[Piece, ...]:
    """A sentence cut into plain text, exact words and grades; joined again the pieces are the sentence.

    >>> [piece.kind for piece in split_sentence("He said: “We do.” [B3].")]
    ['text', 'words', 'text', 'grade', 'text']
    """
    pieces: list[Piece] = []
    at = 0
    places = [(match.start(), match.end(), "words", "") for match in _WORDS.finditer(text)]
    for match in _GRADE.finditer(text):
        if not any(start <= match.start() < end for start, end, _, _ in places):
            places.append((match.start(), match.end(), "grade", explain_grade(match[1] + match[2])))
    for start, end, kind, meaning in sorted(places):
        if start > at:
            pieces.append(Piece("text", text[at:start]))
        pieces.append(Piece(kind, text[start:end], meaning))
        at = end
    if at < len(text):
        pieces.append(Piece("text", text[at:]))
    return tuple(pieces)


def explain_grade(grade: str) -> str:
    """An Admiralty grade in words.

    >>> explain_grade("B3")
    'source usually reliable, information possibly true'
    """
    words = load_words()
    return f"source {words['reliability'][grade[0]]}, information {words['credibility'][int(grade[1])]}"


def show_day(date: str | None) -> str:
    """An ISO date, as coarse as it is, in English; "date not known" for ``None``.

    >>> show_day("2031-05-02"), show_day("2031-05"), show_day(None)
    ('2 May 2031', 'May 2031', 'date not known')
    """
    if date is None:
        return "date not known"
    for form, shown in (("%Y-%m-%d", "%d %B %Y"), ("%Y-%m", "%B %Y")):
        try:
            return datetime.datetime.strptime(date[:10], form).strftime(shown).lstrip("0")
        except ValueError:
            continue
    return date


def show_controls(untrusted_text: str) -> str:
    """The text with control and direction characters made visible, so that no file or screen acts on them.

    >>> show_controls("a\\x1b[2Jb")
    'a␛[2Jb'
    """
    return _CONTROLS.sub(_show_control, untrusted_text)


def _show_control(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x0D:
        return "\n"
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def link_address(untrusted_address: str | None) -> str | None:
    """The address where a browser may follow it (http or https), else ``None``."""
    if untrusted_address is None or re.search(r"[\s<>\"']", untrusted_address):
        return None
    return untrusted_address if re.match(r"https?://", untrusted_address, re.IGNORECASE) else None
