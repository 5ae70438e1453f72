"""Names of people, groups, bodies, states and places, found by capitals, tables and what else the document says of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from pledgewatch.model.reading import MentionType
from pledgewatch.read.readers.rules.tables import cue_forms, cue_words, gazetteer, name_words, state_keys

LONGEST_NAME = 12
"""Words in a name at most."""

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+)*(?:-[^\W_]+(?:['’](?!s\b)[^\W_]+)*)*\.?|[’']s\b|\S",
)
_ACRONYM = re.compile(r"(?:[A-Z][A-Z0-9&-]{1,7}s?|(?:[A-Z]\.){2,})$")
_IN_BRACKETS = re.compile(r"\(\s*([A-Z][A-Za-z&.-]{1,9})\s*\)")
_STOPPED = frozenset(("mr.", "mrs.", "ms.", "dr.", "st.", "gen.", "lt.", "col.", "sen.", "rep.", "gov.", "jr.", "sr.", "prof."))


class Token(NamedTuple):
    """A word of a name and its place."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """In small letters, without a final stop."""
        return self.text.lower().rstrip(".").replace("’", "'") if len(self.text) > 1 else self.text.lower()


@dataclass(slots=True)
class Name:
    """A mention before it has an id; ``head`` is the place in the list of the name that names it most fully."""

    start: int
    end: int
    type: MentionType
    text: str
    title: str = ""
    head: int | None = None
    sure: bool = True
    key: str = field(default="")


def find_names(text: str, sentences: tuple[tuple[int, int], ...]) -> list[Name]:
    """The names in a text, in order, each with its type and its fullest form."""
    small = Counter(re.findall(r"\b[a-z][a-z'-]+\b", text))
    found: list[Name] = []
    for start, end in sentences:
        if end - start > 20_000:
            continue
        found.extend(_names_in(text, start, end, small))
    found.sort(key=lambda name: (name.start, -name.end))
    _settle_types(text, found)
    found = [name for name in found if name.type != "other" or name.sure]
    _find_heads(text, found)
    return found


def _tokens(text: str, start: int, end: int) -> list[Token]:
    """Words with places; a final stop stays only with initials and titles; US-led and US-Ostrava come apart."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        word, place = found.group(), found.start()
        stop = ""
        if word.endswith(".") and len(word) > 1 and not re.fullmatch(r"(?:[^\W\d_]\.)+", word) and word.lower() not in _STOPPED:
            word, stop = word[:-1], "."
        parts = word.split("-")
        if len(parts) > 1 and tuple(word.lower().split()) not in gazetteer() and (parts[0].lower(),) in gazetteer():
            offset = place
            for index, part in enumerate(parts):
                if index:
                    tokens.append(Token(offset, offset + 1, "-"))
                    offset += 1
                if part:
                    tokens.append(Token(offset, offset + len(part), part))
                offset += len(part)
        else:
            tokens.append(Token(place, place + len(word), word))
        if stop:
            tokens.append(Token(place + len(word), place + len(word) + 1, "."))
    return tokens


def _is_capital(token: Token) -> bool:
    word = token.text
    return word[0].isupper() or (word[:3].lower() in ("al-", "el-") and word[3:4].isupper())


def _names_in(text: str, start: int, end: int, small: Counter[str]) -> list[Name]:
    tokens = _tokens(text, start, end)
    words = [token for token in tokens if token.text[0].isalpha()]
    if not words:
        return []
    capitals = sum(1 for token in words if _is_capital(token))
    # In a headline or a line in capitals, capitals say nothing: only names of the tables are taken.
    headline = len(words) >= 5 and capitals > 0.6 * len(words)
    found: list[Name] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not _is_capital(token):
            index += 1
            continue
        stop = _sequence_end(tokens, index)
        sequence = tokens[index:stop]
        before = tokens[index - 1] if index else None
        after = tokens[stop] if stop < len(tokens) else None
        found.extend(_split_sequence(text, sequence, before, after, small, headline))
        index = stop
    return found


def _sequence_end(tokens: list[Token], index: int) -> int:
    """The end of the run of capitalised words that begins at ``index``, with the small words inside names."""
    stop = index + 1
    while stop < len(tokens) and stop - index < LONGEST_NAME:
        token = tokens[stop]
        if token.text == "I":
            break
        if _is_capital(token):
            stop += 1
            continue
        if token.lower in name_words("name_particles") and stop + 1 < len(tokens) and _is_capital(tokens[stop + 1]):
            stop += 2
            continue
        joined = _connected(tokens, index, stop)
        if joined:
            stop = joined
            continue
        break
    return stop


def _connected(tokens: list[Token], index: int, stop: int) -> int:
    """The place after "of the X" or "and X" where those words go on with the name, or 0."""
    last = tokens[stop - 1].lower
    word = tokens[stop].lower
    heads = name_words("body_words") | name_words("document_words") | name_words("titles") | name_words("group_words")
    place = stop + 1
    if word in ("of", "for", "on") and (last in heads or last in ("republic", "kingdom", "state", "states", "bank", "university", "gulf")):
        if place < len(tokens) and tokens[place].lower == "the":
            place += 1
        return place + 1 if place < len(tokens) and _is_capital(tokens[place]) else 0
    if word == "and" and place < len(tokens) and _is_capital(tokens[place]):
        inside = any(token.lower in ("of", "for", "on") for token in tokens[index:stop])
        ahead = [token for token in tokens[place : place + 4]]
        run = next((spot for spot, token in enumerate(ahead) if not _is_capital(token)), len(ahead))
        closes = any(token.lower in name_words("body_words") for token in ahead[1:run])
        started = tokens[index].lower in name_words("body_words") and inside
        return place + 1 if closes or started else 0
    return 0


def _split_sequence(
    text: str, sequence: list[Token], before: Token | None, after: Token | None, small: Counter[str], headline: bool
) -> list[Name]:
    """The names in one run of capitalised words."""
    found: list[Name] = []
    tokens = list(sequence)
    first = before is None or before.text in "\"“‘'«(—–:"
    title = ""
    while tokens:
        known = _known_at(tokens)
        if known:
            length, kind = known
            if length == len(tokens) or not _goes_on(tokens, length):
                found.append(_name(text, tokens[:length], kind))
                tokens, first = tokens[length:], False
                title = ""
                continue
        lower = tokens[0].lower
        if lower in name_words("connectors") - name_words("name_particles") or lower in name_words("never") and not (len(tokens) > 1 and not first and lower not in cue_words("weekdays_and_times") and _is_organisation(tokens)):
            tokens = tokens[1:]
            continue
        if lower in name_words("titles") and not _is_organisation(tokens):
            title = f"{title} {lower}".strip()
            tokens, first = tokens[1:], False
            continue
        break
    if not tokens or headline:
        return found
    inner = _inner_title(tokens)
    if inner:
        return [
            *found,
            *_split_sequence(text, tokens[:inner], before, tokens[inner], small, headline),
            *_split_sequence(text, tokens[inner:], tokens[inner - 1], after, small, headline),
        ]
    if first and len(tokens) > 1 and tokens[1].lower in name_words("given_names") - name_words("never") and tokens[0].lower not in name_words("given_names"):
        tokens, first = tokens[1:], False
    name = _classify(text, tokens, before, after, small, first, title)
    if name is not None and after is not None and after.lower in _MADE_OF_PEOPLE and name.type in ("person", "other"):
        # The Vess administration is a body and not the person.
        name = _name(text, [*tokens, after], "body")
    if name is not None:
        found.append(name)
    return found


def _inner_title(tokens: list[Token]) -> int:
    """The place of a title inside a run that goes on with a name ("Unless President Vess"), or 0."""
    if _is_organisation(tokens):
        return 0
    for place in range(1, len(tokens) - 1):
        if tokens[place].lower in name_words("titles") and tokens[place + 1].lower not in name_words("connectors"):
            return place
    return 0


def _known_at(tokens: list[Token]) -> tuple[int, MentionType] | None:
    """The longest name of the tables at the start of the run, with the number of its words."""
    table = gazetteer()
    for length in range(min(5, len(tokens)), 0, -1):
        key = tuple(token.text.lower() for token in tokens[:length])
        kind = table.get(key) or table.get((*key[:-1], key[-1].rstrip(".")))
        if kind and not (length == 1 and key[0] in ("us", "who", "chad", "turkey", "jordan", "georgia", "mali", "niger", "victoria", "ap", "isi", "nice") and not _looks_known(tokens, key[0])):
            return length, kind
    return None


def _looks_known(tokens: list[Token], word: str) -> bool:
    """Whether a word that is also an everyday word or a given name stands for the name of the tables."""
    if word in ("us", "who", "ap", "isi"):
        return tokens[0].text.isupper()
    following = tokens[1].lower if len(tokens) > 1 else ""
    return not following or following in name_words("titles") or following in name_words("body_words")


def _goes_on(tokens: list[Token], length: int) -> bool:
    """Whether a known name is only the first part of a longer one: the Ostrava Ministry of Health."""
    rest = tokens[length:]
    if not rest:
        return False
    if rest[0].lower in name_words("titles") and not _is_organisation(rest):
        return False
    return _is_organisation(tokens)


def _is_organisation(tokens: list[Token]) -> bool:
    """Whether the head of a run of words is that of an organisation, a place, a document or the like."""
    return _head_type(tokens) is not None


def _head_type(tokens: list[Token]) -> MentionType | None:
    if len(tokens) < 2:
        return None
    places = [index for index, token in enumerate(tokens) if token.lower in ("of", "for", "on")]
    heads = [tokens[-1].lower]
    if places and places[0] > 0:
        heads.insert(0, tokens[places[0] - 1].lower)
    kinds: tuple[tuple[str, MentionType], ...] = (
        ("document_words", "document"),
        ("weapon_words", "weapon"),
        ("group_words", "group"),
        ("body_words", "body"),
        ("facility_words", "facility"),
        ("place_words", "place"),
    )
    for head in heads:
        if head in name_words("titles") and not (head == tokens[-1].lower and head in name_words("body_words")):
            return None
        for key, kind in kinds:
            if head in name_words(key):
                return kind
        if head in name_words("event_words"):
            return "other"
    return None


def _classify(
    text: str, tokens: list[Token], before: Token | None, after: Token | None, small: Counter[str], first: bool, title: str
) -> Name | None:
    """A run of words outside the tables as a name, or ``None`` where it is none."""
    kind = _head_type(tokens)
    if kind is not None:
        name = _name(text, tokens, kind)
        name.sure = kind != "other"
        return name
    if len(tokens) == 1:
        return _single(text, tokens[0], before, after, small, first, title)
    if tokens[0].lower in name_words("given_names") or title:
        return _name(text, tokens, "person", title)
    if any(token.lower in name_words("connectors") - name_words("name_particles") for token in tokens):
        name = _name(text, tokens, "other")
        name.sure = False
        return name
    if _ACRONYM.match(tokens[-1].text) or any(character.isdigit() for character in tokens[-1].text):
        name = _name(text, tokens, "other")
        name.sure = False
        return name
    name = _name(text, tokens, "person" if len(tokens) <= 4 else "other", title)
    name.sure = False
    return name


def _single(
    text: str, token: Token, before: Token | None, after: Token | None, small: Counter[str], first: bool, title: str
) -> Name | None:
    word, lower = token.text, token.lower
    if lower in name_words("weapons"):
        return _name(text, [token], "weapon")
    if len(word) < 2 or lower in name_words("never") or word.isdigit():
        return None
    if title:
        return _name(text, [token], "person", title)
    if lower in name_words("given_names") and not small[lower]:
        return _name(text, [token], "person")
    if _ACRONYM.match(word):
        if _shouted(before) or _shouted(after):
            return None
        name = _name(text, [token], "body")
        name.sure = False
        return name
    common = cue_words("speakers") | name_words("body_words") | name_words("group_words") | name_words("document_words")
    if lower in common or lower in name_words("event_words") or lower in cue_words("between") or lower in name_words("facility_words"):
        return None
    if first and (small[lower] or lower.endswith(("ing", "ly", "ed"))):
        return None
    name = _name(text, [token], "other")
    name.sure = False
    if first:
        name.title = "?first"
    return name


def _shouted(token: Token | None) -> bool:
    """Whether a neighbour is in capitals too, so that capitals make no initials."""
    return token is not None and len(token.text) > 2 and token.text.isupper() and token.text.isalpha()


def _name(text: str, tokens: list[Token], kind: MentionType, title: str = "") -> Name:
    start, end = tokens[0].start, tokens[-1].end
    words = text[start:end]
    key = _key(words)
    return Name(start, end, kind, words, title, key=state_keys().get(key, key) if kind == "state" else key)


def _key(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.lower().replace("’s", "").replace("'s", "").replace(".", "")))


_ACTED_ON = frozenset(("by", "against", "with", "between", "fight", "fighting", "defeat", "attacked"))
_PLURAL_VERBS = frozenset(("have", "are", "were"))
_MADE_OF_PEOPLE = frozenset(("administration", "government", "regime", "campaign"))
_PLACE_BEFORE = frozenset(("in", "near", "at", "from", "outside", "around", "toward", "towards", "across", "throughout", "into", "through"))
_GROUP_AFTER = frozenset(
    "militants fighters forces leaders leader members member insurgents rebels commanders commander troops gunmen group movement leadership and".split()
)


def _settle_types(text: str, names: list[Name]) -> None:
    """Decides unsure types by what the whole document says of the same name."""
    surnames = {_surname(name) for name in names if name.type == "person" and name.sure and " " in name.text}
    surnames |= {_surname(name) for name in names if name.type == "person" and name.title and not name.title.startswith("?")}
    for name in names:
        if name.type == "place" and " " not in name.text and name.key in surnames and _speaks(text, name):
            name.type = "person"
    votes: dict[str, Counter[str]] = {}
    for name in names:
        if not name.sure:
            votes.setdefault(name.key, Counter()).update(_votes(text, name, surnames))
    sure = {}
    for name in names:
        if name.sure:
            sure.setdefault(name.key, name.type)
    for name in names:
        if name.sure:
            continue
        if name.key in sure:
            name.type, name.sure = sure[name.key], True
            continue
        name.type, name.sure = _decide(votes[name.key])


def _decide(votes: Counter[str]) -> tuple[MentionType, bool]:
    """The type that the votes say, and whether the words are a name at all."""
    order: tuple[MentionType, ...] = ("person", "group", "place", "body")
    # Most occurrences say nothing: one in ten that says something decides.
    best = max(order, key=lambda kind: (votes[kind], -order.index(kind)))
    if votes[best] and votes[best] * 10 >= votes["guess"] + votes["other"]:
        return best, True
    if votes["guess"]:
        return "person", True
    return "other", votes["other"] > 0


def _surname(name: Name) -> str:
    return _key(name.text.split()[-1])


def _speaks(text: str, name: Name) -> bool:
    """Whether a verb of speech stands beside the name."""
    before = re.findall(r"[^\W_]+", text[max(0, name.start - 20) : name.start].lower())
    after = re.findall(r"[^\W_]+", text[name.end : name.end + 20].lower())
    return bool(before and before[-1] in cue_forms() or after and after[0] in cue_forms())


def _votes(text: str, name: Name, surnames: set[str]) -> Counter[str]:
    """What one occurrence says of the type of a name."""
    votes: Counter[str] = Counter()
    before = text[max(0, name.start - 24) : name.start].split()
    after = re.findall(r"[\w’']+|[^\w\s]", text[name.end : name.end + 40])
    last = before[-1].lower() if before and not text[name.start - 1 : name.start] == "\n" else ""
    following = after[0].lower() if after else ""
    if _surname(name) in surnames:
        votes["person"] += 5
    if name.type == "body":
        votes["body"] += 1
    if name.type == "person":
        votes["guess"] += 1
    if last == "the":
        votes["body" if name.type == "body" else "group"] += 2
    elif last in _PLACE_BEFORE:
        votes["place"] += 2
    if following in _GROUP_AFTER and following != "and":
        votes["group"] += 2
    if name.type != "person" and (last in _ACTED_ON or following in _PLURAL_VERBS):
        votes["group"] += 1
    if following in cue_forms() and following not in cue_words("also_nouns"):
        votes["person"] += 1 if last != "the" else 0
    if name.title == "?first":
        return votes
    votes["other"] += name.type != "person"
    return votes


def _find_heads(text: str, names: list[Name]) -> None:
    """Points each name at the name in the document that names it most fully."""
    first: dict[tuple[str, str], int] = {}
    people: dict[str, int] = {}
    for index, name in enumerate(names):
        best = first.get((name.key, name.type))
        if best is None or len(name.text) > len(names[best].text):
            first[(name.key, name.type)] = index
    for index, name in enumerate(names):
        name.head = first[(name.key, name.type)] if first[(name.key, name.type)] != index else None
        if name.type == "person" and " " in name.text:
            people.setdefault(_surname(name), first[(name.key, name.type)])
    for name in names:
        if name.type == "person" and " " not in name.text and name.key in people:
            name.head = people[name.key]
    _initials_heads(names)
    _bracketed_heads(text, names)


def _initials_heads(names: list[Name]) -> None:
    """Initials stand for the one long name in the document that they are the initials of."""
    spelled: dict[str, int] = {}
    for index, name in enumerate(names):
        if name.head is None and " " in name.text and name.type in ("body", "group", "state"):
            initials = "".join(word[0] for word in re.findall(r"[^\W_]+", name.text) if word[0].isupper())
            spelled.setdefault(initials, index)
    for index, name in enumerate(names):
        letters = name.text.replace(".", "")
        target = spelled.get(letters) if letters.isupper() and 2 <= len(letters) <= 8 else None
        if target is not None and target != index:
            name.head = target


def _bracketed_heads(text: str, names: list[Name]) -> None:
    """Initials in brackets after a long name stand for it everywhere."""
    ends = {name.end: index for index, name in enumerate(names)}
    meant: dict[str, int] = {}
    for found in _IN_BRACKETS.finditer(text):
        stop = found.start()
        while stop > 0 and text[stop - 1].isspace():
            stop -= 1
        index = ends.get(stop)
        if index is None:
            continue
        initials = [word[0] for word in re.findall(r"[^\W_]+", names[index].text) if word[0].isupper()]
        letters = [character.upper() for character in found.group(1) if character.isalpha()]
        if letters and letters[0] in initials and len(set(letters) & set(initials)) * 2 >= len(set(letters)):
            meant.setdefault(_key(found.group(1)), names[index].head if names[index].head is not None else index)
    for index, name in enumerate(names):
        target = meant.get(name.key)
        if target is not None and target != index:
            name.head = target
            name.type = names[target].type
