"""Where an agreement's clauses stand: numbered, lettered, listed, and with the headings above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*)?(?P<kind>Part|Chapter|Title|Annex|Section)[ \t]+(?P<number>[A-Za-z]+|\d+)\b"
    r"[ \t]*[.:—–-]*[ \t]*(?P<name>[^\n]{0,120}?)(?:\*\*)?[ \t]*$"
)
_MARKDOWN_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(?P<name>.*?)[ \t#]*$")
_ARTICLE = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*)?(?:Article|Clause|Paragraph|Point)[ \t]+"
    r"(?P<number>\d+(?:\.\d+)*|[IVXLC]+|[A-Z])\b"
    r"[ \t]*[.:)—–-]*[ \t]*(?:\*\*)?[ \t]*(?P<body>.*?)(?:\*\*)?[ \t]*$",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*)?(?:(?P<dotted>\d{1,3}(?:\.\d{1,3})+)[.)]?|(?P<number>\d{1,3})[.)]"
    r"|\((?P<paren>\d{1,3})\)|\(?(?P<roman>[ivx]{1,5})\)|\(?(?P<letter>[a-z])\)"
    r"|(?P<upper>[A-Z]|[IVX]{1,5})[.)]|(?P<bullet>[-*•–]))(?:\*\*)?[ \t]+"
    r"(?P<body>\S.*)$"
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SENTENCE_END = re.compile(r"[.;:!?][\"”’')]*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as found: half-open places in the canonical text.

    Attributes:
        number: as written, made unique.
        start, end: the clause with its number.
        body: where its words begin.
        part: number of the part above it, in digits; ``None`` where the text has no parts.
        heading: the heading above it.
        lead: place of the words above a list ("The Front shall:") that its items complete; ``None`` for none.
        has_items: whether items below complete this clause.
    """

    number: str
    start: int
    end: int
    body: int
    part: str | None = None
    heading: str | None = None
    lead: tuple[int, int] | None = None
    has_items: bool = False


def find_clauses(text: str) -> tuple[Clause, ...]:
    """The numbered, lettered or listed clauses of an agreement, in order; empty when the text has none.

    Marks of a list count with or without Markdown. A list whose marks were mangled (every item "1.") is numbered by
    position; a number that occurs in several parts gets its part's number in front.

    >>> [clause.number for clause in find_clauses("Part Two: the Front\\n1. It will go.\\n1. It will not come back.")]
    ['1', '2']
    """
    return _make_unique(_number_by_position(_scan(text)))


def find_paragraphs(text: str) -> tuple[Clause, ...]:
    """Every paragraph as a clause numbered by position: for terms that were stated in running prose."""
    clauses: list[Clause] = []
    for match in re.finditer(r"\S[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*", text):
        end = match.start() + len(match.group().rstrip())
        clauses.append(Clause(str(len(clauses) + 1), match.start(), end, match.start()))
    return tuple(clauses)


@dataclass(slots=True)
class _Above:
    """What stands above the line being scanned."""

    part: str | None = None
    heading: str | None = None
    article: str | None = None
    article_used: bool = False
    item: str | None = None
    letter: str | None = None
    lead: tuple[int, int] | None = None


def _scan(text: str) -> list[tuple[Clause, str]]:
    """Clauses with the kind of their mark, in order."""
    found: list[tuple[Clause, str]] = []
    above = _Above()
    is_open = False
    for start, line in _lines(text):
        end = start + len(line.rstrip())
        if not line.strip():
            is_open = False
            continue
        heading = _HEADING.match(line)
        article = _ARTICLE.match(line)
        item = _ITEM.match(line)
        if heading and not _SENTENCE_END.search(heading["name"]) and not item:
            above = _Above(part=_to_digits(heading["number"]), heading=heading["name"] or line.strip())
            is_open = False
        elif article and (not article["body"] or not _SENTENCE_END.search(article["body"])):
            above = replace_above(above, article["number"], article["body"] or None)
            is_open = False
        elif article:
            above = replace_above(above, article["number"], None)
            above.article_used = True
            body = start + article.start("body")
            found.append((Clause(article["number"], start, end, body, above.part, above.heading), "article"))
            is_open = True
        elif item:
            found.append(_item_clause(item, start, end, above, found))
            is_open = True
        elif _MARKDOWN_HEADING.match(line):
            above = _Above(part=above.part, heading=_MARKDOWN_HEADING.match(line)["name"])  # type: ignore[index]
            is_open = False
        elif is_open and found:
            found[-1] = (replace(found[-1][0], end=end), found[-1][1])
        elif above.article and _SENTENCE_END.search(line.rstrip()):
            number = above.article if not above.article_used else f"{above.article}.{len(found) + 1}"
            above.article_used = True
            body = start + len(line) - len(line.lstrip())
            found.append((Clause(number, body, end, body, above.part, above.heading), "paragraph"))
            is_open = True
    return _link_leads(text, found)


def replace_above(above: _Above, number: str, heading: str | None) -> _Above:
    """What stands above the lines after an article's own heading."""
    return _Above(part=above.part, heading=heading or above.heading, article=number)


def _item_clause(
    item: re.Match[str], start: int, end: int, above: _Above, found: list[tuple[Clause, str]]
) -> tuple[Clause, str]:
    kind = next(name for name in ("dotted", "number", "paren", "roman", "letter", "upper", "bullet") if item[name])
    mark = item[kind]
    if kind == "roman" and _is_next_letter(mark, above.letter):
        kind = "letter"
    if kind == "dotted":
        number, above.item = mark, mark
    elif kind in ("number", "paren", "upper"):
        number = f"{above.article}.{mark}" if above.article else mark
        above.item = number
    else:
        position = sum(1 for clause, other in found if other == kind and clause.heading == above.heading) + 1
        mark = str(position) if kind == "bullet" else mark
        parent = above.item or above.article
        number = f"{parent}({mark})" if parent else (mark if kind == "bullet" else f"({mark})")
        above.letter = mark if kind == "letter" else above.letter
    body = start + item.start("body")
    return Clause(
        number, start + (len(item.group()) - len(item.group().lstrip())), end, body, above.part, above.heading
    ), kind


def _is_next_letter(mark: str, letter: str | None) -> bool:
    return len(mark) == 1 and letter is not None and ord(mark) == ord(letter) + 1


def _link_leads(text: str, found: list[tuple[Clause, str]]) -> list[tuple[Clause, str]]:
    """Gives the items of a list the words that they complete."""
    linked: list[tuple[Clause, str]] = []
    lead: int | None = None
    for index, (clause, kind) in enumerate(found):
        is_item = kind in ("letter", "roman", "bullet") or (kind == "paren" and lead is not None)
        if not is_item:
            lead = None
        elif lead is not None and linked[lead][0].heading == clause.heading:
            above = linked[lead][0]
            linked[lead] = (replace(above, has_items=True), linked[lead][1])
            clause = replace(clause, lead=(above.body, above.end))
        linked.append((clause, kind))
        if text[clause.body : clause.end].rstrip().endswith((":", ":—", "–", "—")) and not is_item:
            lead = index
    return linked


def _number_by_position(found: list[tuple[Clause, str]]) -> list[Clause]:
    """Numbers a list by position where its own numbers do not rise ("1." on every item)."""
    groups: dict[tuple[str | None, str | None], list[int]] = {}
    for index, (clause, kind) in enumerate(found):
        if kind == "number":
            groups.setdefault((clause.part, clause.heading), []).append(index)
    clauses = [clause for clause, _ in found]
    for members in groups.values():
        numbers = [clauses[index].number for index in members]
        if len(set(numbers)) < len(numbers) and len(set(numbers)) == 1:
            stem = numbers[0].rpartition(".")[0]
            for position, index in enumerate(members, start=1):
                clauses[index] = replace(clauses[index], number=f"{stem}.{position}" if stem else str(position))
    return clauses


def _make_unique(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Puts the part's number before numbers that occur twice, and a position behind those that still do."""
    twice = {number for number, times in Counter(clause.number for clause in clauses).items() if times > 1}
    clauses = [
        replace(clause, number=f"{clause.part}.{clause.number}") if clause.number in twice and clause.part else clause
        for clause in clauses
    ]
    seen: Counter[str] = Counter()
    unique = []
    for clause in clauses:
        seen[clause.number] += 1
        times = seen[clause.number]
        unique.append(clause if times == 1 else replace(clause, number=f"{clause.number}~{times}"))
    return tuple(unique)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _to_digits(number: str) -> str:
    """A part's number in digits where it can be read: "Two", "II" and "2" are one.

    >>> [_to_digits(number) for number in ("Two", "IV", "3", "B")]
    ['2', '4', '3', 'B']
    """
    if number.lower() in _WORDS:
        return str(_WORDS[number.lower()])
    if re.fullmatch(r"[IVXLC]+", number):
        values = [_ROMAN[letter] for letter in number]
        return str(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))
    return number
