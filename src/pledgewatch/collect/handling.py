"""Who may see a document: the ground rules that it states of itself, its marking, and what its source and case say."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pledgewatch.collect.embargoes import cut_moment, is_unspecific, work_out_embargo
from pledgewatch.collect.items import Stated
from pledgewatch.collect.plain_yaml import read_table
from pledgewatch.collect.sources import parse_flag, parse_moment_iso
from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.document import TLP_ORDER, Caveat, CaveatKind, Handling, Source, Tlp, Unread
from pledgewatch.model.span import Span

_HEAD_LINES, _HEAD, _TAIL = 40, 12_000, 2_000
_MOST_CAVEATS = 20
_LIFTED = re.compile(
    r"\bembargo\b[^.\n]{0,30}\b(?:(?:is|was|are|been)\s+(?:now\s+)?lifted|(?:has|have)\s+(?:now\s+)?(?:been\s+lifted|expired|ended))\b"
    r"|\bno\s+longer\s+(?:under\s+)?embargo(?:ed)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: CaveatKind
    where: str
    word: str
    at_least: Tlp
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class GroundRule:
    """A ground rule found in a text.

    Attributes:
        at_least: the most open label that a document with it may have.
        until: the words for when an embargo ends; ``None`` for other rules and for an embargo without an end.
    """

    caveat: Caveat
    at_least: Tlp
    until: str | None = None
    marked: Tlp | None = None


@functools.cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            kind=cast(CaveatKind, row["kind"]),
            where=row["where"],
            word=row["word"],
            at_least=cast(Tlp, row["at_least"]),
            patterns=tuple(re.compile(pattern, re.IGNORECASE) for pattern in row["patterns"]),
            unless=tuple(re.compile(pattern, re.IGNORECASE) for pattern in row.get("unless", ())),
        )
        for row in read_table("ground_rules")
    )


def find_ground_rules(text: str) -> tuple[GroundRule, ...]:
    """Finds the ground rules that a document states of itself, in text order, with their exact words.

    A report about a briefing is not under that briefing's rules, and an arms embargo is none of ours; see the table
    ``ground_rules.yml`` for what is asked of the words.

    >>> [rule.caveat.kind for rule in find_ground_rules("Welcome. This call is on background.\\n\\nThe envoy spoke.")]
    ['on background']
    >>> find_ground_rules("An official, who spoke on background, said that the arms embargo holds until May.")
    ()
    """
    lowered = text.lower()
    found: dict[tuple[int, int], GroundRule] = {}
    for rule in _rules():
        if rule.word not in lowered:
            continue
        for low, high in _regions(text, rule.where):
            for match in _matches(rule, text, low, high):
                start, end = _trimmed(text, match)
                if not any(start < known[1] and known[0] < end for known in found):
                    found[start, end] = _ground_rule(rule, match, Span.cut(text, start, end))
    return tuple(found[place] for place in sorted(found))[:_MOST_CAVEATS]


def _regions(text: str, where: str) -> tuple[tuple[int, int], ...]:
    if where != "ends":
        return ((0, len(text)),)
    head = -1
    for _ in range(_HEAD_LINES * 2):
        head = text.find("\n", head + 1)
        if head < 0:
            break
    head = min(len(text) if head < 0 else head, _HEAD)
    tail = max(head, len(text) - _TAIL)
    return ((0, head), (tail, len(text))) if tail < len(text) else ((0, head),)


def _matches(rule: _Rule, text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    for pattern in rule.patterns:
        for match in pattern.finditer(text, low, high):
            # A pattern's \A also matches where a region begins; within a line that is no beginning.
            if low and match.start() == low and not text[low].isspace() and pattern.pattern.startswith(r"(?:\A"):
                continue
            line = text.rfind("\n", 0, match.start()) + 1
            before = text[max(line, match.start() - 120) : match.start()]
            if not any(exception.search(before) for exception in rule.unless):
                yield match


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span()
    if until := match.groupdict().get("until"):
        end = match.start("until") + len(cut_moment(until))
    while start < end and text[start] in " \t\n*_([/":
        start += 1
    while end > start and text[end - 1] in " \t\n*_/":
        end -= 1
    return start, end


def _ground_rule(rule: _Rule, match: re.Match[str], span: Span) -> GroundRule:
    groups = match.groupdict()
    marked = (groups.get("tlp") or "").upper().replace("WHITE", "CLEAR") or None
    return GroundRule(
        Caveat(rule.kind, span.text, span),
        cast(Tlp, marked) if marked else rule.at_least,
        groups.get("until"),
        cast("Tlp | None", marked),
    )


def settle_handling(
    text: str, stated: Stated, path: str, published: str | None, source: Source | None, policy: CollectPolicy
) -> tuple[Handling, tuple[Unread, ...]]:
    """Works out who may see a document, and records what of its handling could not be understood.

    The label is the document's own (front matter, else a marking in the text), else its source's, else the case's
    default with or without an address; ground rules can only raise it. An embargo holds when its end can be worked out.
    One that is said to be lifted, or that ended with an occasion whose text now stands at a public address, leaves its
    caveat only; one whose end is not known keeps the document from the public (at least AMBER).
    """
    unread: list[Unread] = []
    rules = find_ground_rules(text)
    caveats = [rule.caveat for rule in rules]
    given = source.handling if source is not None else None
    public = (stated.address or "").lower().startswith(("http://", "https://"))
    label, problem = _stated_tlp(stated, path)
    marks = [rule.marked for rule in rules if rule.marked is not None]
    default = policy.tlp_with_address if public else policy.tlp_without
    if label is not None:
        caveats.append(Caveat("marking", f"TLP:{label}"))
        base = label
    else:
        base = max(marks, key=TLP_ORDER.index) if marks else given.tlp if given is not None else default
    unread.extend(problem)
    floors: list[Tlp] = [base, *(rule.at_least for rule in rules)]
    embargo, closed = _settle_embargo(rules, published, public, bool(_LIFTED.search(text)))
    if closed:
        floors.append("AMBER")
    if stated.embargo_until:
        moment = parse_moment_iso(stated.embargo_until)
        caveats.append(Caveat("embargo", f"embargo_until: {stated.embargo_until}"))
        if moment is None:
            floors.append("AMBER")
            why = f"embargo_until {stated.embargo_until!r} is no date or date-time; the document is held at TLP AMBER"
            unread.append(Unread(path, why, "Write it as 2021-05-02 or 2021-05-02T06:00."))
        embargo = max((until for until in (embargo, moment) if until), default=None)
    if given is not None and given.embargo_until:
        embargo = max(embargo or given.embargo_until, given.embargo_until)
    protected, problem = _stated_protection(stated, path)
    unread.extend(problem)
    return Handling(
        tlp=max(floors, key=TLP_ORDER.index),
        caveats=tuple(caveats),
        embargo_until=embargo,
        protected_source=protected or (given is not None and given.protected_source),
    ), tuple(unread)


def _settle_embargo(
    rules: tuple[GroundRule, ...], published: str | None, public: bool, lifted: bool
) -> tuple[str | None, bool]:
    """When the text's embargoes end, and whether one of them has an end that is not known."""
    ends: list[str] = []
    unknown = False
    for rule in rules:
        if rule.caveat.kind != "embargo" or lifted:
            continue
        end = work_out_embargo(rule.until, published) if rule.until else None
        if end is not None:
            ends.append(end)
        elif not (rule.until and is_unspecific(rule.until) and public):
            unknown = True
    return max(ends, default=None), unknown


def _stated_tlp(stated: Stated, path: str) -> tuple[Tlp | None, tuple[Unread, ...]]:
    if not stated.tlp:
        return None, ()
    label = re.sub(r"\ATLP\s*[:-]?\s*", "", stated.tlp.strip().upper()).replace("WHITE", "CLEAR")
    if label in TLP_ORDER:
        return label, ()
    why = f"the handling label {stated.tlp!r} is not known; the document is held at TLP RED"
    return "RED", (Unread(path, why, f"Use one of {', '.join(TLP_ORDER)}."),)


def _stated_protection(stated: Stated, path: str) -> tuple[bool, tuple[Unread, ...]]:
    flag = parse_flag(stated.protected_source or "")
    if flag is not None:
        return flag, ()
    why = f"protected_source {stated.protected_source!r} is neither true nor false; the source is held to be protected"
    return True, (Unread(path, why, "Write true or false."),)
