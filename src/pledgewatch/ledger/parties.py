"""An agreement's title, its date and its parties, from the words around its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pledgewatch.ledger.days import Day, find_days
from pledgewatch.ledger.deadlines import find_deadlines
from pledgewatch.ledger.provisions import Clause
from pledgewatch.ledger.rules import ENTRY, SIGNING, compute_rule, write_rule
from pledgewatch.ledger.wrapped import unwrap_words
from pledgewatch.model.agreement import Party
from pledgewatch.model.document import Document
from pledgewatch.text.states import other_names_of_state

_LIST = r"(?:[^.;:(\n]|\((?:hereinafter|hereafter|the\s|[“\"'])[^)\n]*\))+"
_BY = re.compile(
    rf"\b(?:signed|concluded|agreed|made|adopted|initialled|reached|sworn|given|done|sealed"
    rf"|drawn up)\b(?:(?!\b(?-i:will"
    rf"|shall|must|may)\b)[^.;:\n])*?\b(?:by|between)\s+(?P<names>{_LIST})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\b(?:between|by and between)\s+(?P<names>{_LIST})", re.IGNORECASE)
_PARTIES_ARE = re.compile(
    rf"\b(?:participants|parties|signatories|sides)\W{{0,4}}(?:are|:)\W{{0,4}}\s(?P<names>{_LIST})", re.IGNORECASE
)
_OFFICES = re.compile(
    rf"\b(?:of|by)\s+(?P<names>(?:the\s+)?(?:President|Prime Minister|King|Queen|Government|Minister"
    rf"|Ministry)\s{_LIST})"
    rf"|\b(?:[Mm]inisters|[Pp]residents|[Gg]overnments|[Ll]eaders|[Dd]elegations|[Rr]epresentatives"
    rf"|[Hh]eads)\s+(?:(?:of|for)\s+(?:[Ss]tate|(?:the\s+)?(?:Foreign\s+Affairs|Defence|Defense|Interior|Trade))\s+)?"
    rf"of\s+(?P<joint>{_LIST})"
)
# "Letter from the Minister of Foreign Affairs of the Kingdom of …": each letter of an exchange binds who wrote it.
_LETTER = re.compile(
    r"^\W*(?:[IVX]+\.\s*|\d+\.\s*|[A-Z]\.\s*)?(?:Letter|Note|Reply|LETTER|NOTE|REPLY)\b[^\n]{0,20}?"
    r"\b(?:from|of|by)\s+(?P<who>the\s+[^\n*]{4,120}?)(?=\s+to\s+(?P<whom>(?:the|His|Her)\s+[^\n*]{4,120})|\s*\**\s*$)",
    re.MULTILINE,
)
_OFFICE_OF = re.compile(
    r"^the\s+(?:Embassy|Ambassador|Mission|Ministry|Minister|Secretary)"
    r"(?:\s+(?:of|for)\s+[A-Z]\w+(?:\s+[A-Z]\w+)?(?=\s+of\b))?\s+of\s+(?:the\s+)?"
)
_COMMON = (
    r"(?:village|town|city|clan|tribe|canton|commune|people|peoples|district|house|parish|garrison|fighter|defender|militia"
    r"|rebel|insurgent)s?"
)
# "The garrison of Tel Marun": the body is the party, and not the place.
_ARMED = re.compile(
    r"(?:the\s+)?(?P<body>garrison|fighters|defenders|militia|rebels|insurgents)\s+of\s+(?P<place>(?:the\s+)?[A-Z][\w’'-]+"
    r"(?:\s+[A-Z][\w’'-]+)*)"
)
_NAME = rf"(?:[Tt]he\s+)?(?:{_COMMON}\s+of\s+)?[A-Z][\w’'-]+(?:\s+(?:of(?:\s+the)?|for|the|[A-Z][\w’'-]+)){{0,8}}"
_ENUMERATION = re.compile(
    rf"(?:^\W*|\b(?:that|between)\s+|^.{{0,40}}\b\d{{4}}\s+|^We,\s+)(?P<names>{_NAME}(?:,\s+{_NAME}){{0,12}},?\s+and\s+{_NAME})(?=\s*[,;]|\s*$"
    rf"|\s+(?:have|had|has|hereby|agree|declare"
    rf"|will|shall|solemnly|being|wishing|desiring|met|reached|accept|undertake|confirm|state)\b)"
)
_OFFICE = re.compile(
    r"^(?:(?:the\s+)?(?:Heads?\s+of\s+(?:State|Government)(?:\s+and\s+(?:of\s+)?Government)?"
    r"|Presidents?|Prime Ministers?|King|Queen|Emperor|(?:Foreign\s+)?Ministers?(?:\s+(?:of"
    r"|for)\s+[A-Z]\w+(?:\s+[A-Z]\w+)?)?|Ministry\s+of\s+\w+(?:\s+\w+)?|Chairman|Chair|Leaders?"
    r"|Representatives?|Commanders?(?:-in-Chief)?"
    r"|Generals?|Envoys?|Elders?|Chiefs?|Delegat(?:e|ion)s?|Heads?|People)\s+(?:of|for)\s+(?:the\s+)?)",
    re.IGNORECASE,
)
_INSTRUMENT = re.compile(
    r"\b(?:agreement|accord|treaty|truce|memorandum|protocol|convention|declaration|pact|terms|armistice"
    r"|ceasefire|exchange|understanding|communiqu[eé]|signed|concluded)\b",
    re.IGNORECASE,
)
_PROPER = re.compile(
    r"[A-Z][\w’'.-]*(?:\s+(?:(?:of|for)\s+(?:the\s+)?[\w’'-]+|of|for|the|and|de|la|al|el|bin|von|van"
    r"|[A-Z0-9][\w’'.-]*))*"
)
_STATE = re.compile(r"(?:Government|Republic|Kingdom|State|Federation|Sultanate|Emirate|Union)\s+of\s")
_AND = re.compile(
    rf",\s*(?:and\s+)?(?=(?:the\s+)?(?:{_COMMON}\s+of\s+)?[A-Z])"
    rf"|\s+and\s+(?:by\s+|of\s+)?(?=(?:the\s+)?(?:{_COMMON}\s+of\s+)?[A-Z])"
)
_NAME_END = re.compile(
    r"\s+(?:on|in|at|of this|dated|with|under|hereinafter|which|who|for|to|regarding|concerning|signed|as"
    r"|have|hereby|agree|declare|met|meet|today|will|shall|wishing|desiring|being|represented)\b.*$"
    r"|\s+\d.*$|\s+[–—].*$",
    re.S,
)
_ALSO = re.compile(
    r"(?P<full>(?:[Tt]he\s+)?[A-Z][^,;:()\n]{2,80}?)\s*"
    r"(?:,?\s*\(?(?:hereinafter|hereafter|known as|referred to as|called)"
    r"(?:\s+(?:called|referred to as|as))?\s*|\(\s*)(?:the\s+)?[\"“'‘]?(?:the\s+)?"
    r"(?P<short>[A-Z][\w -]{1,40}?)[\"”'’]?\s*[),;]"
)
_ALL = re.compile(r"^(?:both|all|common|general|final|joint|the parties|parties)\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"\b(?:signed|done|concluded|agreed|dated|made|adopted|initialled|reached|sworn|given|proclaimed|issued"
    r"|witnessed)\b",
    re.IGNORECASE,
)
# "… the Agreement on Gas signed on 12 September 2033": an earlier instrument, and not this one.
_EARLIER = re.compile(
    r"\b(?:the|its|their|said|an?|to|of)\s+(?!present\b)(?:[^.;]{0,80}\s)?(?:agreement|accord|treaty"
    r"|protocol|memorandum|convention|declaration|resolution|letter|note|truce|armistice)s?\b"
    r"[^.;]{0,120}?\b(?:signed|concluded|dated|done|made|adopted|agreed|reached)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_TESTIFIES = re.compile(
    r"\W*(?:Done|DONE|Signed|SIGNED|Given|GIVEN|Concluded|Agreed|Adopted|Sworn|Made|Sealed|Executed"
    r"|Read\s+out|Dated|So\s+(?:agreed|sworn)|In\s+witness|IN\s+WITNESS)\b"
)
_REFERS_BACK = re.compile(
    r"\b(?:the|its|their|his|an?|this|said)\s+(?:[\w’'-]+\s+){0,3}?(?:agreement|accord|treaty|protocol"
    r"|resolution|memorandum|principles|convention|letter|note"
    r"|declaration|war|attack|line|truce|armistice)s?\s+(?:(?:on|for|concerning|between|regarding)\s+[^.;]{2,120}?\s+)?(?:of|dated)\s+(?:the\s+)?$|\bsince\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ENTERS = re.compile(
    r"(?:\b(?:enters?|entered|comes?|shall\s+enter|shall\s+come|will\s+enter|will\s+come|take[s]?|shall\s+take"
    r"|will\s+take)\s+(?:into\s+force|into\s+effect|effect)\b|\bin\s+force\s+(?=(?:as\s+)?(?:of|from|since)\s))(?P<rest>[^.;\n]*(?:\n[^.;\n]+)?)",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"^\s*(?:immediately\s+)?(?:up)?on\s+(?:the\s+(?:day|date)\s+of\s+)?(?:its\s+|the\s+)?(?:signature"
    r"|signing|adoption)\b",
    re.IGNORECASE,
)
_D_DAY_IS = re.compile(r"\bD-?Day\b[^.\n]{0,30}?\b(?:is|means|shall\s+be|will\s+be)\s+(?:on\s+)?")
_DAY_ZERO_IS = re.compile(r"\b(?P<name>Day\s+(?:Zero|One|0|1))[\"”]?\s+(?:is|means|shall\s+be|will\s+be)\s+(?:on\s+)?")
_NAMED_DAY_IS = re.compile(
    r"[\"“](?:the\s+)?(?P<name>[A-Z][\w -]{1,30}?)[\"”]\s+(?:means|is|shall\s+be|shall\s+mean|denotes)\s+(?:the\s+)?"
)
_NAMED_DAY_CALLED = re.compile(
    r"\s*,?\s*\((?:hereinafter\s+)?(?:the\s+)?[\"“](?:the\s+)?(?P<name>[A-Z][\w -]{1,30}?)[\"”]\)"
)
_DATED_EVENT = re.compile(
    r"\b(?:[Tt]he|[Aa]n?)\s+(?P<name>[a-z]+(?:\s+[a-z]+)?)\s+(?:of|on|scheduled\s+for|to\s+be\s+held\s+on"
    r"|planned\s+for|set\s+for)\s+(?:the\s+)?$"
)
_OPENS_CLAUSE = re.compile(
    r"\W*(?P<name>(?!(?:The|This|That|These|Each|Both|All|No|Neither|Either|Every|Nobody|It|They|He|She|Any|If|Nothing"
    r"|Whoever|There|We)\b)[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)\s+(?:shall|will|must|may|can|[a-z]{2,}s)\b"
)
_PARTY_SUBJECT = re.compile(
    r"(?P<name>(?:The|the|Both the)\s+[A-Z][\w’'-]+(?:\s+(?:of\s+)?[A-Z][\w’'-]+)*)(?:\s+and\s+"
    r"(?P<other>the\s+[A-Z][\w’'-]+(?:\s+(?:of\s+)?[A-Z][\w’'-]+)*))?\s+(?:shall|will|undertakes?|agrees?"
    r"|may|must)\b"
)


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


def find_date(document: Document, clauses: Sequence[Clause]) -> str | None:
    """The day of signing, ISO: a full date in a sentence that says "signed" or the like, else the first one above the
    clauses.

    ``None`` when the text gives none and the document has no date of its own.
    """
    text = document.text
    head = next((clause.start for clause in clauses if clause.is_numbered), len(text))
    days = [day for day in find_days(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", day.rule) and not day.is_coarse]
    days = [
        day
        for day in days
        if not _REFERS_BACK.search(text[max(0, day.start - 160) : day.start])
        and not _EARLIER.search(_around(text, day)[0])
    ]
    due = [found.rule for found in find_deadlines(text) if found.kind in ("by", "start") and _is_iso(found.rule)]
    for day in _rank_days(text, days, head, bool(clauses)):
        # Most of what is due can't have been due before the signing.
        if 2 * sum(str(rule) < day.rule for rule in due) <= len(due):
            return day.rule
    return (document.published or "")[:10] or None


def _is_iso(rule: str | None) -> bool:
    return rule is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", rule) is not None


def _rank_days(text: str, days: Sequence[Day], head: int, has_clauses: bool) -> Iterator[Day]:
    """The days that may be that of the signing, the likeliest first."""
    above = [day for day in days if day.start < head]
    for day in above:
        before, after = _around(text, day)
        line = text[text.rfind("\n", 0, day.start) + 1 : (text + "\n").index("\n", day.end)]
        is_alone = len(line.strip(" #*_.")) <= day.end - day.start + 24
        if is_alone and not re.search(r"\b(?:of|since|until|from|to|by|before|on)\s+$", before):
            # "Lume, 5 March 2031" on a line of its own.
            yield day
            continue
        is_signed = _SIGNED.search(before) and not re.search(r"\b(?:shall|will|by|before)\s+\S*\s*$", before)
        if is_signed or re.match(r"\s*,?\s*(?:have\s+)?agreed\b", after):
            yield day
    for day in days:
        if _TESTIFIES.match(_around(text, day)[0]):
            yield day
    if has_clauses:
        yield from above[:1]
    for day in reversed(days):
        before, after = _around(text, day)
        if len(before) < 40 and not after.strip() and not re.search(r"\b(?:by|before|on|until|from)\s+$", before):
            # The last line: a place and a day.
            yield day
    yield from above[:1]


def _around(text: str, day: Day) -> tuple[str, str]:
    """What stands before and behind a day in its sentence and paragraph, without the breaks of lines."""
    begin = max(text.rfind("\n\n", 0, day.start), *(text.rfind(mark, 0, day.start) for mark in (". ", ".\n", "; "))) + 1
    before = re.sub(r"\s+", " ", text[max(begin, day.start - 400) : day.start]).lstrip(" .;")
    after = re.split(r"[.;](?:\s|$)|\n\n", text[day.end : day.end + 200])[0][:60]
    return before, re.sub(r"\s+", " ", after)


def find_parties(text: str, clauses: Sequence[Clause]) -> tuple[Party, ...]:
    """The parties, as "signed by A and B", "between A and B", "A and B, wishing …" or the headings of parts name them;
    may be empty.

    A name in brackets behind another (hereinafter "the Front") becomes its alias; a state gets its short
    names and those of its people.
    """
    head = _unwrap_head(text[: next((clause.start for clause in clauses if clause.is_numbered), len(text))])
    names = _names_in_head(head) or _names_of_letters(text)
    if not names:
        headings = dict.fromkeys(clause.heading for clause in clauses if clause.heading and clause.part)
        names = [name for heading in headings if not _ALL.match(heading) for name in _split_names(heading)]
    if len(names) < 2:
        names = names or _names_of_subjects(text) or _names_that_open(text, clauses)
    aliases = _find_aliases(head, names)
    return tuple(
        Party(name, tuple(dict.fromkeys((*aliases.get(name, ()), *other_names_of_state(name)))))
        for name in dict.fromkeys(names)
    )


def _unwrap_head(text: str) -> str:
    """The words above the clauses with one paragraph a line."""
    return "\n".join(
        unwrap_words(piece, 0, len(piece)).text for piece in re.split(r"\n[ \t]*\n", text) if piece.strip()
    )


def _names_in_head(head: str) -> list[str]:
    for pattern in (_BY, _BETWEEN):
        for match in pattern.finditer(head):
            before = head[max(0, match.start() - 120) : match.start()]
            is_title = pattern is _BY or not before.split("\n")[-1].strip() or _INSTRUMENT.search(before)
            found = _split_names(match["names"]) if is_title else []
            if len(found) > 1:
                return found
    for line in head.split("\n"):
        bare = re.sub(r"\s*\((?:[A-Z]{2,9}|(?:hereinafter|hereafter|the\s|[“\"'])[^)]*)\)", "", line)
        for enumeration in _ENUMERATION.finditer(bare):
            found = _without_persons(enumeration["names"])
            if len(found) > 1 and not _INSTRUMENT.search(enumeration["names"]):
                return found
    named = _PARTIES_ARE.search(head)
    if named:
        found = _split_names(re.sub(r"\s*\([^)]*\)", "", named["names"]))
        if len(found) > 1:
            return found
    for match in sorted(_OFFICES.finditer(head), key=lambda match: match["joint"] is None):
        listed = match["names"] or match["joint"]
        # "The President of A, Somebody, and the President of B": the person is no party.
        found = _without_persons(listed)
        if len(found) > 1:
            return found
    return []


def _without_persons(listed: str) -> list[str]:
    """The names in a list of office holders, without the persons between the offices."""
    names = _split_names(listed)
    if not re.search(r"\b(?:President|Prime Minister|Minister|King|Queen|Chancellor|Head|Leader)s?\s+of\b", listed):
        return names
    return [name for name in names if re.search(rf"(?:\b(?:of|for|the)\s+|^){re.escape(name)}", listed, re.IGNORECASE)]


def _names_of_letters(text: str) -> list[str]:
    """Those whose letters make up an exchange; empty for other texts."""
    names = dict.fromkeys(
        name
        for match in _LETTER.finditer(text)
        for words in (match["who"], match["whom"])
        for name in (_split_names(_OFFICE_OF.sub("", words))[:1] if words else ())
    )
    return list(names) if len(names) > 1 else []


def _names_of_subjects(text: str) -> list[str]:
    """Those of whom the clauses say most often that they shall: for a text that names its parties nowhere else."""
    counts: dict[str, int] = {}
    for match in _PARTY_SUBJECT.finditer(text):
        for group in ("name", "other"):
            if match[group]:
                name = re.sub(r"^(?:Both the|The|the)\s+", "", match[group])
                if len(name.split()) > 1 and not re.match(r"(?:Part|Sid)(?:y|ies|es?)\b", name):
                    counts[name] = counts.get(name, 0) + 1
    often = [name for name, times in counts.items() if times > 1 or _STATE.match(name)]
    return often if len(often) > 1 else []


def _names_that_open(text: str, clauses: Sequence[Clause]) -> list[str]:
    """The names with which clauses begin, twice at least: "Ostmere gives back …", "Brenn will let …"."""
    counts: dict[str, int] = {}
    for clause in clauses:
        match = _OPENS_CLAUSE.match(text, clause.body, clause.end)
        if match:
            counts[match["name"]] = counts.get(match["name"], 0) + 1
    often = [name for name, times in counts.items() if times > 1]
    return often if len(often) > 1 else []


def add_short_names(text: str, parties: Sequence[Party]) -> tuple[Party, ...]:
    """The parties with the short names that the agreement's own words use for them ("the Front", "the Republic",
    "Halmar").

    A short name is one capitalised word of a party's name that no other party's name holds. It is good inside the
    agreement only, so it does not become an alias of the party.
    """
    known = []
    for party in parties:
        others = {word for other in parties if other != party for word in other.name.split()}
        words = [word for word in party.name.split() if len(word) > 3 and word[0].isupper() and word not in others]
        short = [word for word in words if re.search(rf"\b[Tt]he {re.escape(word)}\b(?!\s+(?:of\s+)?[A-Z])", text)]
        last = re.sub(r"^.*\bof\s+(?:the\s+)?", "", party.name)
        if last != party.name and last not in {
            re.sub(r"^.*\bof\s+(?:the\s+)?", "", other.name) for other in parties if other != party
        }:
            people = [
                word
                for word in (
                    f"{last}ian",
                    f"{last}n",
                    f"{last}ese",
                    f"{re.sub('[ae]$', '', last)}ian",
                    f"{re.sub('a$', '', last)}an",
                )
                if re.search(rf"\b{re.escape(word)}\b", text)
            ]
            short += [last, *people]
        if _ARMED.match(party.name[0].lower() + party.name[1:]):
            short.append(party.name.split()[0].lower())
        initials = "".join(word[0] for word in party.name.split() if word[0].isupper())
        if len(initials) > 2 and re.search(rf"\b{initials}\b", text):
            short.append(initials)
        known.append(replace(party, aliases=tuple(dict.fromkeys((*party.aliases, *short)))))
    return tuple(known)


def _split_names(words: str) -> list[str]:
    """Names in a list of parties.

    >>> _split_names("the Varna Front and the Republic of Ostrava on 3 May 2019")
    ['Varna Front', 'Republic of Ostrava']
    """
    names = []
    for piece in _AND.split(re.sub(r"\s*\([^)]*\)", "", words)):
        # A converter lost a line's end: "the Orvane FrontIt shall".
        piece = re.sub(r"(?<=[a-z])(?:It|The|This|They|Each|Both)\b.*$", "", piece, flags=re.DOTALL)
        armed = _ARMED.match(piece.strip())
        if armed:
            names.append(f"{armed['body'].capitalize()} of {armed['place']}")
            continue
        name = re.sub(
            rf"^(?:and\s+)?(?:(?:the|by)\s+)?(?:{_COMMON}\s+of\s+)?(?:the\s+)?",
            "",
            _NAME_END.sub("", piece.strip()),
            flags=re.IGNORECASE,
        )
        proper = _PROPER.match(_OFFICE.sub("", name).strip(' ,"“”*_'))
        name = re.sub(r"(?:\s+(?:of|for|the|and))+$", "", proper.group()) if proper else name
        if name == "We":
            continue
        if name and name[0].isupper() and len(name) <= 80 and name not in ("Parties", "Sides"):
            names.append(name)
        elif names and name:
            # "…, weary of war": the list has ended.
            break
    return names


def _find_aliases(head: str, names: Sequence[str]) -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = {}
    for match in _ALSO.finditer(head):
        for name in names:
            if (
                match["full"].rstrip().endswith(name)
                and match["short"].strip() != name
                and match["short"].strip() not in ("Parties", "Sides")
            ):
                aliases.setdefault(name, []).append(match["short"].strip())
    return aliases


def is_about_all(heading: str | None) -> bool:
    """Whether a heading stands over duties of all parties ("Part Three: both").

    >>> is_about_all("both"), is_about_all("the Varna Front")
    (True, False)
    """
    return heading is not None and _ALL.match(heading) is not None


def find_anchors(text: str, signed: str | None) -> dict[str, str]:
    """The days from which deadlines count, by name: the signing, the entry into force, events whose day the text gives.

    >>> find_anchors("It enters into force on 1 June 2032. The vote of 17 October 2033 stands.", "2032-05-11")
    {'signing': '2032-05-11', 'entry into force': '2032-06-01', 'vote': '2033-10-17'}
    """
    anchors: dict[str, str] = {SIGNING: signed} if signed else {}
    for match in _ENTERS.finditer(text):
        before = text[max(0, match.start() - 240) : match.start()]
        if not re.search(
            r"\b(?:agreement|accord|protocol|convention|treaty|memorandum|declaration|it|instrument"
            r"|resolution|pact)\b[^.]*$",
            before,
            re.IGNORECASE,
        ):
            continue
        day = _read_entry(match["rest"], anchors)
        if day:
            anchors.setdefault(ENTRY, day)
            break
    for match in _D_DAY_IS.finditer(text):
        days = find_days(text[match.end() : match.end() + 40])
        if days and days[0].start < 6:
            anchors.setdefault("D-Day", compute_rule(days[0].rule, anchors) or days[0].rule)
    for match in _DAY_ZERO_IS.finditer(text):
        days = find_days(text[match.end() : match.end() + 40])
        day = compute_rule(days[0].rule, anchors) if days and days[0].start < 6 else None
        if day:
            name = match["name"]
            first = compute_rule(f"{day} - 1 days", {}) if name.endswith(("One", "1")) else day
            anchors |= {name: day, "D-Day": first or day}
    for match in _NAMED_DAY_IS.finditer(text):
        days = find_days(text[match.end() : match.end() + 40])
        if days and days[0].start < 6:
            anchors.setdefault(match["name"], compute_rule(days[0].rule, anchors) or days[0].rule)
    for one in find_days(text):
        called = _NAMED_DAY_CALLED.match(text, one.hour.end if one.hour and one.hour.end > one.end else one.end)
        if called:
            anchors.setdefault(called["name"], compute_rule(one.rule, anchors) or one.rule)
    for one in find_days(text):
        event = _DATED_EVENT.search(text[max(0, one.start - 60) : one.start])
        if event and re.fullmatch(r"\d{4}-\d\d-\d\d", one.rule):
            anchors.setdefault(event["name"], one.rule)
    return anchors


def _read_entry(words: str, anchors: Mapping[str, str]) -> str | None:
    if _AT_ONCE.match(words):
        return anchors.get(SIGNING)
    days = find_days(words[:80])
    if days and days[0].start < 30:
        return compute_rule(days[0].rule, anchors)
    for found in find_deadlines(words):
        if found.counts_from == "signing":
            return compute_rule(write_rule(SIGNING, found.units, found.sign), anchors)
    return None
