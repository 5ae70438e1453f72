"""Annotated agreements of our own: every commitment with its exact words, who it binds, by when and on what condition.

``dev`` may be looked at while the ledger is built; ``blind`` may not. Each agreement is a text and a YAML file of the
same name; three files of ``dev`` annotate texts that stay in ``../shared`` and quote only first and last words.
``README.md`` states how it was annotated, and ``python -m evals.agreements.check`` verifies all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from pledgewatch.collect import collect_file
from pledgewatch.errors import InputError
from pledgewatch.model.agreement import Modality
from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.span import Span

Force = Literal["binding", "call", "demand"]

FOLDER = Path(__file__).parent
"""Where the annotations lie: ``FOLDER / "dev"`` and ``FOLDER / "blind"``."""

_KEYS = frozenset(
    ("text", "signed", "parties", "title", "commitments", "not_commitments", "exclusions", "either", "amends")
)
_COMMITMENT_KEYS = frozenset(
    ("clause", "words", "occurrence", "obligor", "to", "modality", "force", "act", "deadline", "conditions")
)


@dataclass(frozen=True, slots=True)
class GoldDeadline:
    """By when: the words, the date (``None`` when nobody can compute it from the text), and what it counts from."""

    span: Span
    date: str | None
    relative_to: str | None


@dataclass(frozen=True, slots=True)
class GoldCondition:
    """On what: the words, and the places in ``GoldAgreement.commitments`` of those it waits for (may be none)."""

    span: Span
    on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldCommitment:
    """One commitment as a person annotated it: one set of obligors, one modality, one deadline."""

    clause: str | None
    span: Span
    obligor: tuple[str, ...]
    to: tuple[str, ...]
    modality: Modality
    force: Force
    act: Span
    deadline: GoldDeadline | None
    conditions: tuple[GoldCondition, ...]

    @property
    def reach(self) -> Span:
        """Where the commitment stands with a deadline or condition put in front of its subject: start and end only."""
        parts = [self.span, *(each.span for each in self.conditions)]
        parts += [self.deadline.span] if self.deadline else []
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        return Span(start, end, " " * (end - start))


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Words that take something out of a commitment ("does not apply to"): no commitment of their own."""

    span: Span
    of: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that a later agreement moves: the clause of the earlier one, and the new date."""

    clause: str
    to: str


@dataclass(frozen=True, slots=True)
class GoldAgreement:
    """An annotated agreement.

    Attributes:
        name: the stem of its files.
        not_commitments: sentences that must yield no commitment.
        either: sentences where careful readers may differ; what is found there counts neither way.
        amends: stem of the agreement whose deadlines ``moves`` moves; ``None`` for all but protocols.
    """

    name: str
    text: str
    signed: str | None
    parties: tuple[str, ...]
    title: str
    commitments: tuple[GoldCommitment, ...]
    not_commitments: tuple[Span, ...]
    exclusions: tuple[Exclusion, ...] = ()
    either: tuple[Span, ...] = ()
    amends: str | None = None
    moves: tuple[Move, ...] = ()


def load(folder: Path, shared: Path | None = None) -> tuple[GoldAgreement, ...]:
    """The annotated agreements of a folder, by name; those whose text lies in ``shared`` only when it is given.

    Raises ``InputError`` when a quote isn't in its text exactly as annotated, or a value is not one that may be.

    >>> blind = load(FOLDER / "blind")
    >>> all(commitment.span.holds_in(agreement.text) for agreement in blind for commitment in agreement.commitments)
    True
    """
    return tuple(_agreements(folder, shared))


def _agreements(folder: Path, shared: Path | None) -> Iterator[GoldAgreement]:
    for path in sorted(folder.glob("*.yml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        _only(data, _KEYS, path.name)
        if "text" not in data:
            yield _agreement(path.stem, _text_beside(path), data)
        elif shared is not None:
            yield _agreement(path.stem, _text_in(shared / data["text"]), data)


def _text_beside(path: Path) -> str:
    for suffix in (".md", ".txt"):
        if path.with_suffix(suffix).exists():
            return path.with_suffix(suffix).read_text("utf-8")
    raise InputError("the text is missing", where=path.name, remedy=f"Put {path.stem}.md or .txt beside it.")


def _text_in(path: Path) -> str:
    """The canonical text, as ``collect`` takes it: pages lose their navigation, plain files stay as they are."""
    if path.suffix == ".md":
        return path.read_text("utf-8")
    return collect_file(path.read_bytes(), path.name, CollectPolicy()).documents[0].text


def _agreement(name: str, text: str, data: dict[str, Any]) -> GoldAgreement:
    reader = _Reader(name, text)
    rows = data["commitments"]
    spans = tuple(reader.find(_with_occurrence(row)) for row in rows)
    amends = data.get("amends") or {}
    return GoldAgreement(
        name=name,
        text=text,
        signed=reader.day(data["signed"]),
        parties=tuple(data["parties"]),
        title=data["title"],
        commitments=tuple(reader.commitment(row, span, rows, spans) for row, span in zip(rows, spans, strict=True)),
        not_commitments=tuple(reader.find(quote) for quote in data["not_commitments"]),
        exclusions=tuple(
            Exclusion(reader.find(_with_occurrence(row)), row["of"]) for row in data.get("exclusions", ())
        ),
        either=tuple(reader.find(quote) for quote in data.get("either", ())),
        amends=amends.get("agreement"),
        moves=tuple(Move(each["clause"], reader.day(each["to"]) or "") for each in amends.get("moves", ())),
    )


def _with_occurrence(row: dict[str, Any]) -> object:
    """The quote of a row, with the row's ``occurrence`` put where ``_Reader.find`` looks for it."""
    return {"words": row["words"], "occurrence": row["occurrence"]} if "occurrence" in row else row["words"]


def _only(row: dict[str, Any], known: frozenset[str], where: str) -> None:
    if unknown := sorted(set(row) - known):
        raise InputError(
            f"unknown key {unknown[0]!r}", where=where, remedy="Use the keys in evals/agreements/README.md."
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Finds the quotes of one annotation in its text, and refuses what it can't find."""

    name: str
    text: str

    def commitment(
        self, row: dict[str, Any], span: Span, rows: list[dict[str, Any]], spans: tuple[Span, ...]
    ) -> GoldCommitment:
        _only(row, _COMMITMENT_KEYS, f"{self.name}: {span.text}")
        if row["modality"] not in get_args(Modality) or row["force"] not in get_args(Force):
            self.refuse(f"modality {row['modality']!r} or force {row['force']!r}", span.text)
        deadline = row["deadline"]
        return GoldCommitment(
            clause=row["clause"],
            span=span,
            obligor=tuple(row["obligor"]),
            to=tuple(row["to"]),
            modality=row["modality"],
            force=row["force"],
            act=self.find(row["act"], span, inside=True),
            deadline=deadline
            and GoldDeadline(
                self.find(_with_occurrence(deadline), span), self.day(deadline["date"]), deadline["relative_to"]
            ),
            conditions=tuple(
                GoldCondition(self.find(_with_occurrence(each), span), self.waits_for(each["on"], span, rows, spans))
                for each in row["conditions"]
            ),
        )

    def waits_for(self, on: object, span: Span, rows: list[dict[str, Any]], spans: tuple[Span, ...]) -> tuple[int, ...]:
        """The places of the commitments that ``on`` names by clause or by first words."""
        found: list[int] = []
        names: list[str] = [] if on is None else on if isinstance(on, list) else [str(on)]
        for name in names:
            places = [i for i, row in enumerate(rows) if row["clause"] == name]
            places = places or [i for i, each in enumerate(spans) if " ".join(each.text.split()).startswith(name)]
            places = [i for i in places if spans[i] != span]
            if not places:
                self.refuse(f"a condition waits for {name!r}, which is no commitment", span.text)
            found += places
        return tuple(dict.fromkeys(found))

    def find(self, untrusted_quote: object, within: Span | None = None, inside: bool = False) -> Span:
        """The place of a quote: in ``within`` if it is there, else the last one before it; else the only one.

        A quote is a string, ``{words, occurrence}``, or ``{from, to}`` for its first and last words.
        """
        first, last, occurrence = self.parts(untrusted_quote)
        start = self._start(first, occurrence, within, inside)
        at = self.text.find(last, start + len(first) - len(last) if last in first else start)
        if at < 0:
            self.refuse(f"no {last!r} after it", first)
        return Span.cut(self.text, start, max(at + len(last), start + len(first)))

    def parts(self, untrusted_quote: object) -> tuple[str, str, int | None]:
        """First words, last words and which occurrence of a quote as the file writes it."""
        quote, occurrence = untrusted_quote, None
        while isinstance(quote, dict):
            occurrence = quote.get("occurrence", occurrence)
            if "words" not in quote:
                return str(quote["from"]), str(quote["to"]), occurrence
            quote = quote["words"]
        if not isinstance(quote, str) or not quote:
            self.refuse("a quote without words", repr(untrusted_quote))
        return str(quote), str(quote), occurrence

    def _start(self, words: str, occurrence: int | None, within: Span | None, inside: bool) -> int:
        starts = _all_starts(self.text, words)
        if within is not None:
            in_span = [at for at in starts if within.start <= at and at + len(words) <= within.end]
            before = [at for at in starts if at + len(words) <= within.start]
            starts = in_span or ([] if inside else before[-1:])
        if not starts or (occurrence is None and len(starts) > 1) or (occurrence or 1) > len(starts):
            self.refuse(f"found {len(starts)} times", words)
        return starts[(occurrence or 1) - 1]

    def day(self, value: str | None) -> str | None:
        """A date as annotated, once it is known to be ISO."""
        if value is not None:
            try:
                date.fromisoformat(value)
            except (TypeError, ValueError):
                self.refuse("not an ISO date", repr(value))
        return value

    def refuse(self, what: str, words: str) -> None:
        """Stop with the agreement and the words in question."""
        raise InputError(what, where=f"{self.name}: {words}", remedy="Correct the annotation.")


def _all_starts(text: str, words: str) -> list[int]:
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts
