"""Where an agreement's clauses stand: numbered, lettered, listed, and with the headings above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pledgewatch.ledger.wrapped import is_page_line

_NUMBER_WORD = (
    r"(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix"
    r"|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en"
    r"|FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|SEVENTH|EIGHTH|NINTH|TENTH|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth"
    r"|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth|[Tt]enth|[Ll]ast|LAST)"
)
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*)?(?P<kind>Part|Chapter|Title|Annex|Appendix|Section|PART|CHAPTER"
    r"|TITLE|ANNEX|APPENDIX|SECTION|Schedule|SCHEDULE)"
    rf"(?:[ \t]+(?P<number>{_NUMBER_WORD}\b|[IVXLC]+\b|[A-Z]\b|\d+\b)|(?=[ \t]*[:—–.]|[ \t]*$))"
    r"[ \t]*[.:—–-]*[ \t]*(?P<name>[^\n]{0,120}?)(?:\*\*)?[ \t]*$"
)
# A converter that lost a line's end: "PART IITHE ORVANE FRONT".
_RUN_TOGETHER = re.compile(
    r"^[ \t]*(?P<kind>PART|CHAPTER|TITLE|ANNEX|SECTION)[ \t]+(?P<number>[IVX]{1,5}"
    r"|\d{1,2})(?P<name>[A-Z][A-Z ’'-]{3,80})[ \t]*$"
)
_MARKDOWN_HEADING = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+(?P<name>.*?)[ \t#]*|\*\*(?P<bold>[^*]{2,90})\*\*)$")
_HEADING_NUMBER = re.compile(r"^(?P<number>(?:[IVXLC]+|\d{1,3}|[A-Z])(?:\.\d{1,3})*)[.):]?[ \t]+(?=\S)")
_ARTICLE = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*)?(?:(?:Article|ARTICLE|Art\.|ART\.|Clause|CLAUSE|Paragraph|PARAGRAPH"
    r"|Point|POINT|Step|STEP|Phase|PHASE|Stage|STAGE|Rule|RULE|Item)[ \t]+|§+[ \t]*)"
    rf"(?:[Tt][Hh][Ee][ \t]+)?(?P<number>\d+(?:\.\d+)*(?=(?:st|nd|rd|th|d)?\b)|[IVXLC]+|[A-Z]"
    rf"|{_NUMBER_WORD})(?:st|nd|rd|th|d)?\b(?:[ \t]*\((?P<aside>[^)]{{1,60}})\)(?=[ \t]*[.:—–-]))?"
    r"(?P<stop>[ \t]*[.:)—–-]*)[ \t]*(?:\*\*)?[ \t]*(?P<body>.*?)(?:\*\*)?[ \t]*$"
)
_ITEM = re.compile(
    r"^[ \t]*(?:>[ \t]*)?(?:#{1,6}[ \t]*)?(?:\*\*)?(?:(?P<dotted>(?:[A-Z]|[IVXLC]{1,6}|\d{1,3})(?:\.\d{1,3}"
    r"|\.[ ]\d{1,2}(?=[.]?[ \t]+[A-Z(]))+)[.):]?"
    r"|(?:No\.?[ \t]*|OP[ \t]?)?(?P<number>\d{1,3})(?:st|nd|rd|th)?(?:[.):]|[.)]?[ \t]+[–—-](?=[ \t])"
    r"|[.]?[–—])|\((?P<paren>\d{1,3})\)"
    r"|\(?(?P<roman>[ivx]{1,5})(?:\)|\.(?=[ \t]))|\(?(?P<letter>[a-z])\)|(?P<point>[a-z])\.(?=[ \t]+\S)"
    r"|(?P<upper>[A-Z]|[IVX]{1,5})[.)]|(?P<bullet>[-*•–—●▪◦·]|o(?=[ \t]{2,}))"
    rf"|(?P<ordinal>(?:{_NUMBER_WORD})(?:ly|LY)?)(?:[.:]|,(?<=[lL][yY],)|,(?=[ \t]+that\b)))"
    r"(?:\*\*)?(?:[ \t]+|(?<=[.):])(?=[A-Z][a-z]))"
    r"(?P<body>\S.*)$"
)
_BARE_ITEM = re.compile(r"^[ \t]*(?P<number>\d{1,2})[ \t]+(?P<body>[A-Z(“\"].*)$")
# A line that ends, or a long one that begins, like a sentence: what follows goes on with it.
_BREAKS_OFF = re.compile(
    r"\b(?:of|the|this|that|these|and|or|to|in|into|by|for|from|with|a|an|on|at|its|their|shall|will|must"
    r"|may|not|be|has|have|is|are|which|who|within|any|each|all|no|\d{1,2})$"
    r"|(?:^|[ \t.)—–-])(?:The|Each|Both|Neither|Either|No|If|Within|When|Upon|Once|All|Any|It|On|In|By|From"
    r"|After|Before|Should|Until|During|Not|Demands?|Decides?|Requests?|Calls|Urges?|Invites?|Encourages?"
    r"|Authori[sz]es?)\s+(?:\S+\s+){4,}\S*[^.;:]$"
)
_LONE_NUMBER = re.compile(r"^[ \t]*(?:(?P<number>\d{1,3})[.)]|\((?P<letter>[a-z])\))[ \t]*$")
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "last": 99,
}  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SENTENCE_END = re.compile(r"[.;:!?][\"”’')]*$")
_REFERS_ON = re.compile(
    r"\b(?:[Aa]rticles?|[Pp]aragraphs?|[Ss]ub-?paragraphs?|[Ss]ections?|[Cc]lauses?|[Aa]nnex(?:es)?"
    r"|[Pp]arts?|[Pp]oints?)"
    r"(?:\s+\(?\w{1,5}\)?(?:\s*,\s*\(?\w{1,5}\)?)*\s*,?\s*(?:and|or|to|of))?\s*$"
)


# Above the first mark, only a paragraph that binds in so many words is a clause, or one behind the words that enact.
_BINDS = re.compile(
    r"\b(?:shall|must|undertakes?\s+(?:not\s+)?to|agrees?\s+(?:not\s+)?to|commits?\s+(?:itself|themselves)"
    r"|pledges?\s+to|declares?\s+that"
    r"|agrees?\s+that)\b"
    r"|(?:^|[.]\s)\s*(?:The|Both|Each|All|Neither|Either|We"
    r"|[A-Z][\w’'-]+)\b[^.;,]{0,60}\swill\b(?!\s+(?:never\s+forget|always|remember|be\s+remembered"
    r"|not\s+be\s+forgotten))"
)
_NARRATES = re.compile(
    r"\W*(?:(?:further|also|deeply|gravely)\s+)?(?:[A-Z][a-z]+ing|[A-Z]?[a-z]*ing|Determined|Convinced"
    r"|Concerned|Mindful|Aware|Guided|Desirous|Resolved"
    r"|Conscious|Whereas|Considering|In\s+view)\b"
)
_ENACTS = re.compile(
    r"\b(?:have|has)\s+(?:also\s+|today\s+)?agreed\b[^.]{0,40}:?\s*$|\bagree\s+(?:as\s+follows"
    r"|on\s+the\s+following)|\bdeclare(?:\s+the\s+following|\s+as\s+follows|:)"
    r"|\bhereby\s+(?:agree|declare|decide)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as found: half-open places in the canonical text.

    Attributes:
        number: as written, made unique.
        start, end: the clause with its number.
        body: where its words begin.
        part: number of the part above it, in digits; ``None`` where the text has no parts.
        heading: the heading above it.
        leads: places of the words above a list ("The Front shall:") that its items complete, outermost first.
        has_items: whether items below complete this clause.
        is_numbered: whether it has a mark of its own, and is no mere paragraph.
        heading_at: place of the heading's line, which may name a day for all below it ("Step 2: by 1 March").
    """

    number: str
    start: int
    end: int
    body: int
    part: str | None = None
    heading: str | None = None
    leads: tuple[tuple[int, int], ...] = ()
    has_items: bool = False
    is_numbered: bool = True
    heading_at: tuple[int, int] | None = None


def find_clauses(text: str) -> tuple[Clause, ...]:
    """The numbered, lettered or listed clauses of an agreement, in order; empty when the text has none.

    Marks of a list count with or without Markdown. A list whose marks were mangled (every item "1.") is numbered by
    position; a number that occurs in several parts gets its part's number in front. A paragraph without a mark counts
    once
    the clauses have begun, and as the lead of a list.

    >>> [clause.number for clause in find_clauses("Part Two: the Front\\n1. It will go.\\n1. It will not come back.")]
    ['1', '2']
    """
    found = _link_leads(text, _scan(text))
    if not any(kind not in ("paragraph", "lead") for _, kind in found):
        return ()
    return _make_unique(_number_by_position(found))


def find_paragraphs(text: str) -> tuple[Clause, ...]:
    """Every paragraph as a clause numbered by position: for terms that were stated in running prose."""
    clauses: list[Clause] = []
    for match in re.finditer(r"\S[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*", text):
        end = match.start() + len(match.group().rstrip())
        clauses.append(Clause(str(len(clauses) + 1), match.start(), end, match.start(), is_numbered=False))
    return tuple(clauses)


@dataclass(slots=True)
class _Above:
    """What stands above the line being scanned."""

    part: str | None = None
    heading: str | None = None
    heading_at: tuple[int, int] | None = None
    article: str | None = None
    article_used: bool = False
    item: str | None = None
    letter: str | None = None
    paragraphs: int = 0


@dataclass(slots=True)
class _Scan:
    """The state of a scan from line to line."""

    text: str
    above: _Above = field(default_factory=_Above)
    found: list[tuple[Clause, str]] = field(default_factory=list)
    is_open: bool = False
    paragraph: int | None = None
    goes_on: bool = False
    has_bare_numbers: bool = False
    has_begun: bool = False

    def is_unfinished(self) -> bool:
        """Whether the last clause breaks off in the middle of a sentence."""
        if not self.found:
            return False
        clause = self.found[-1][0]
        return _SENTENCE_END.search(self.text[clause.body : clause.end].rstrip()) is None

    def extend(self, end: int) -> None:
        """Lets the last clause go on to ``end``."""
        self.found[-1] = (replace(self.found[-1][0], end=end), self.found[-1][1])
        self.is_open = True


def _scan(text: str) -> list[tuple[Clause, str]]:
    """Clauses with the kind of their mark, in order."""
    scan = _Scan(text)
    waiting: tuple[int, re.Match[str]] | None = None
    lines = list(_lines(text))
    scan.has_bare_numbers = _counts_up([int(match["number"]) for _, line in lines if (match := _BARE_ITEM.match(line))])
    for index, (start, line) in enumerate(lines):
        if not line.strip():
            scan.is_open, scan.paragraph = False, None
            continue
        following = lines[index + 1][1].strip() if index + 1 < len(lines) else ""
        # A sentence that was wrapped goes on in small letters; a heading does not.
        is_mark = _ITEM.match(following) is not None or _ARTICLE.match(following) is not None
        breaks_off = bool(following) and not is_mark and _BREAKS_OFF.search(line.rstrip()) is not None
        scan.goes_on = breaks_off or (following[:1].islower() and not is_mark)
        if is_page_line(line):
            continue
        lone = _LONE_NUMBER.match(line)
        if lone:
            waiting = (start, lone)
            continue
        known = len(scan.found)
        _scan_line(scan, start, line, waiting)
        if len(scan.found) > known:
            clause, kind = scan.found[-1]
            scan.found[-1] = (replace(clause, heading_at=scan.above.heading_at), kind)
        waiting = None
    return scan.found


def _counts_up(numbers: list[int]) -> bool:
    """Whether lines that begin with a mere number count clauses: one, two, three, and from one again.

    >>> _counts_up([1, 2, 3]), _counts_up([15, 3, 40])
    (True, False)
    """
    steps = list(pairwise(numbers))
    return len(numbers) >= 3 and numbers[0] == 1 and all(b in (a + 1, 1) for a, b in steps) and max(numbers) >= 3


def _scan_line(scan: _Scan, start: int, line: str, waiting: tuple[int, re.Match[str]] | None) -> None:
    end = start + len(line.rstrip())
    bare = line.strip()
    heading = _HEADING.match(line) or _RUN_TOGETHER.match(line)
    article, item, markdown = _ARTICLE.match(line), _ITEM.match(line), _MARKDOWN_HEADING.match(line)
    item = item or (_BARE_ITEM.match(line) if scan.has_bare_numbers else None)
    last = scan.text[scan.found[-1][0].body : scan.found[-1][0].end] if scan.found else ""
    if (
        scan.found
        and scan.is_unfinished()
        and (bare[0].islower() or (scan.is_open and _REFERS_ON.search(last)))
        and not (item and item.groupdict().get("bullet"))
    ):
        is_list = item is not None and not _REFERS_ON.search(last)
        if not is_list:
            scan.extend(end)
            return
    if waiting is not None:
        _add_item(scan, waiting[1], waiting[0], end, start + len(line) - len(line.lstrip()))
    elif heading and not _SENTENCE_END.search(heading["name"]) and not (item and item["body"].endswith(".")):
        number = heading["number"] if heading["number"] else None
        above_part = _to_digits(number) if number else None
        if heading["kind"].lower() in ("annex", "appendix", "schedule"):
            # The first annex is not part one.
            above_part = f"{heading['kind'].capitalize()}{above_part or ''}"
        scan.above = _Above(part=above_part, heading=heading["name"] or bare, heading_at=(start, end))
        scan.is_open, scan.has_begun = False, True
    elif article and not scan.goes_on and _is_heading_of_article(article):
        scan.above = _Above(
            scan.above.part,
            article["body"] or scan.above.heading,
            (start, end) if article["body"] else scan.above.heading_at,
            _word_to_digits(article["number"]),
        )
        scan.is_open, scan.has_begun = False, True
    elif article:
        scan.above = _Above(
            scan.above.part,
            scan.above.heading,
            scan.above.heading_at,
            _word_to_digits(article["number"]),
            article_used=True,
        )
        # "Step 2 (by 1 March): …": what stands in brackets holds for the step.
        leads = ((start + article.start("aside"), start + article.end("aside")),) if article["aside"] else ()
        clause = Clause(
            _word_to_digits(article["number"]),
            start,
            end,
            start + article.start("body"),
            scan.above.part,
            scan.above.heading,
            leads,
        )
        scan.found.append((clause, "article"))
        scan.is_open, scan.has_begun = True, True
    elif markdown and not (markdown["bold"] and _SENTENCE_END.search(markdown["bold"]) and len(markdown["bold"]) > 60):
        _open_heading(scan, markdown["name"] if markdown["bold"] is None else markdown["bold"], (start, end))
    elif item and (scan.goes_on or not _is_heading_of_list(item)):
        _add_item(scan, item, start, end, start + item.start("body"))
    elif item:
        _open_heading(scan, bare, (start, end))
    elif scan.is_open and scan.found:
        scan.extend(end)
    else:
        _add_paragraph(scan, start, end, line)


def _is_heading_of_article(article: re.Match[str]) -> bool:
    body = article["body"]
    if not body:
        return True
    if _SENTENCE_END.search(body):
        return False
    # "Art. 1 The Parties shall exchange the charts" goes on in the next line; a heading is short and binds nobody.
    return (
        len(body) < 90
        and not re.search(r"\b(?:shall|will|must|may|agrees?|undertakes?)\b", body)
        and not _breaks_off(article)
    )


def _breaks_off(article: re.Match[str]) -> bool:
    return (
        not article["stop"].strip()
        and len(article["body"].split()) > 4
        and article["body"][:1].isupper()
        and not article["body"].istitle()
    )


def _is_heading_of_list(item: re.Match[str]) -> bool:
    """Whether a line with a capital or Roman mark is a heading ("A. OPENING", "II. Elections")."""
    return (
        bool(item.groupdict().get("upper"))
        and len(item["body"].split()) <= 6
        and not _SENTENCE_END.search(item["body"])
        and not re.search(r"\b(?:shall|will|must|may|agrees?|undertakes?)\b", item["body"])
    )


def _open_heading(scan: _Scan, name: str, place: tuple[int, int]) -> None:
    number = _HEADING_NUMBER.match(name)
    heading = name[number.end() :] if number else name
    scan.above = _Above(scan.above.part, heading, place, number["number"] if number else None)
    scan.is_open = False
    scan.has_begun = scan.has_begun or number is not None


def _add_paragraph(scan: _Scan, start: int, end: int, line: str) -> None:
    """A paragraph without a mark: a clause once the clauses have begun, or where a list hangs on it."""
    body = start + len(line) - len(line.lstrip())
    above = scan.above
    is_first = scan.paragraph is None
    scan.paragraph = body if scan.paragraph is None else scan.paragraph
    whole = re.split(r"\n[ \t]*\n", scan.text[body:])[0] if is_first else ""
    if line.rstrip().endswith((":", ":—", ":-", ": -")):
        number, body = _paragraph_number(above), scan.paragraph
        scan.found.append((Clause(number, body, end, body, above.part, above.heading, is_numbered=False), "lead"))
    elif scan.has_begun or (_BINDS.search(" ".join(whole.split())) and not _NARRATES.match(whole)):
        is_article = above.article is not None and not above.article_used
        number = _paragraph_number(above)
        clause = Clause(number, body, end, body, above.part, above.heading, is_numbered=is_article)
        scan.found.append((clause, "article" if is_article else "paragraph"))
    else:
        scan.has_begun = _ENACTS.search(line) is not None
        return
    scan.has_begun = scan.has_begun or _ENACTS.search(line) is not None
    above.article_used = above.article_used or above.article is not None
    scan.is_open = True


def _paragraph_number(above: _Above) -> str:
    if above.article and not above.article_used:
        return above.article
    above.paragraphs += 1
    return f"{above.article}.p{above.paragraphs}" if above.article else f"p{above.paragraphs}"


def _add_item(scan: _Scan, item: re.Match[str], start: int, end: int, body: int) -> None:
    above, found = scan.above, scan.found
    groups = item.groupdict()
    kind = next(
        name
        for name in ("dotted", "number", "paren", "roman", "letter", "point", "upper", "ordinal", "bullet")
        if groups.get(name)
    )
    mark = re.sub(r"\s", "", item[kind])
    if kind == "roman" and _is_next_letter(mark, above.letter):
        kind = "letter"
    kind = "letter" if kind == "point" else kind
    if kind == "ordinal":
        mark, kind = str(_WORDS[re.sub(r"ly$", "", mark.lower())]), "number"
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
    begin = start + (len(item.group()) - len(item.group().lstrip()))
    found.append((Clause(number, begin, end, body, above.part, above.heading), kind))
    scan.is_open, scan.has_begun = True, True


def _is_next_letter(mark: str, letter: str | None) -> bool:
    return len(mark) == 1 and letter is not None and ord(mark) == ord(letter) + 1


def _link_leads(text: str, found: list[tuple[Clause, str]]) -> list[tuple[Clause, str]]:
    """Gives the items of a list the words that they complete; lists may stand in lists."""
    linked: list[tuple[Clause, str]] = []
    # Open lists, outermost first: where the lead stands, and the kind of mark that its items have.
    stack: list[tuple[int, str | None]] = []
    for clause, kind in found:
        while stack and not _hangs_on(text, linked, stack[-1], clause, kind):
            stack.pop()
        if stack:
            lead, of_kind = stack[-1]
            stack[-1] = (lead, of_kind or kind)
            linked[lead] = (replace(linked[lead][0], has_items=True), linked[lead][1])
            leads = tuple((linked[index][0].body, linked[index][0].end) for index, _ in stack)
            clause = replace(clause, leads=(*leads, *clause.leads))
        linked.append((clause, kind))
        if text[clause.body : clause.end].rstrip().endswith((":", ":—", ":-", "–", "—")):
            stack.append((len(linked) - 1, None))
    return linked


def _hangs_on(
    text: str, linked: list[tuple[Clause, str]], lead: tuple[int, str | None], clause: Clause, kind: str
) -> bool:
    above, above_kind = linked[lead[0]]
    if kind in ("paragraph", "lead") or (kind == "article" and above_kind not in ("paragraph", "lead")):
        return False
    if above.heading != clause.heading or above.part != clause.part:
        return False
    if lead[1] is not None and kind != lead[1]:
        return False
    if kind == above_kind:
        # "1. The Republic undertakes: 1. to give up …": mangled marks; its items go on in small letters.
        return text[clause.body].islower()
    order = ("paragraph", "lead", "article", "dotted", "upper", "number", "paren", "letter", "roman", "bullet")
    return order.index(kind) > order.index(above_kind) or kind in ("roman", "bullet", "letter")


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
    """Puts the part's number before the numbers of a part some of which occur twice, and a position behind those that
    still do."""
    twice = {number for number, times in Counter(clause.number for clause in clauses).items() if times > 1}
    parts = {clause.part for clause in clauses if clause.number in twice}
    clauses = [
        replace(clause, number=f"{clause.part}.{clause.number}") if clause.part and clause.part in parts else clause
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


def _word_to_digits(number: str) -> str:
    """ "FIRST" and "One" in digits; digits, Roman numbers and letters as they are written."""
    return str(_WORDS[number.lower()]) if number.lower() in _WORDS else number


def read_part_number(word: str) -> str:
    """The number of a part as a pointer writes it ("Two", "II"), in digits.

    >>> read_part_number("two"), read_part_number("II")
    ('2', '2')
    """
    return _to_digits(word)
