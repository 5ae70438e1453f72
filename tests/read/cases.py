"""Loads the cases in ``tests/cases/read``: text, and who says what in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "cases" / "read"


@dataclass
class Said:
    """One statement that a case expects."""

    speaker: str
    cue: str | None
    content: tuple[str, ...]
    form: str
    stance: str
    named: str | None = None
    named_checked: bool = False


@dataclass
class Case:
    """A text and all statements in it; ``weakness`` says why the reader is known to fail on it."""

    title: str
    weakness: str = ""
    text: str = ""
    says: list[Said] = field(default_factory=list)


def load_cases(path: Path) -> list[Case]:
    """The cases of a file; raises ``ValueError`` for words that are not in the text, and for lines it does not know."""
    return parse_cases(path.read_text("utf-8"), path.name)


def parse_cases(untrusted_text: str, name: str) -> list[Case]:
    """See ``load_cases``."""
    cases: list[Case] = []
    for number, line in enumerate(untrusted_text.splitlines(), 1):
        where = f"{name}:{number}"
        if line.startswith("== "):
            cases.append(Case(line[3:].strip()))
        elif not line.strip():
            if cases and cases[-1].text and not cases[-1].says:
                cases[-1].text += "\n"
        elif line.startswith("    "):
            cases[-1].text += line[4:] + "\n"
        elif line.startswith("says: "):
            cases[-1].says.append(_said(line.removeprefix("says: "), cases[-1].text, where))
        elif line.startswith("weakness: "):
            cases[-1].weakness = line.removeprefix("weakness: ").strip()
        elif line.startswith("named: "):
            words = line.removeprefix("named: ").strip()
            cases[-1].says[-1].named = None if words == "-" else _in(words, cases[-1].text, where)
            cases[-1].says[-1].named_checked = True
        else:
            raise ValueError(f"{where}: {line!r} is no line of a case")
    return cases


def _said(words: str, text: str, where: str) -> Said:
    speaker, cue, content, last = (part.strip() for part in words.split(" | "))
    form, stance = last.split()
    pieces = () if content == "-" else tuple(_in(piece.strip(), text, where) for piece in content.split(" ; "))
    return Said(_in(speaker, text, where), None if cue == "-" else _in(cue, text, where), pieces, form, stance)


def _in(words: str, text: str, where: str) -> str:
    if words not in text:
        raise ValueError(f"{where}: the words {words!r} are not in the text of the case")
    return words
