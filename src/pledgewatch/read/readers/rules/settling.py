"""What else a document says of a name: its type, where capitals leave it open, and its fullest form."""

from __future__ import annotations

import re
from collections import Counter

from pledgewatch.model.reading import MentionType
from pledgewatch.read.readers.rules.lexicon import cue_forms, cue_words, name_words
from pledgewatch.read.readers.rules.names import Name, name_key

_IN_BRACKETS = re.compile(r"\(\s*([A-Z][A-Za-z&.-]{1,9})\s*\)")


def settle_types(text: str, names: list[Name]) -> None:
    """Decides unsure types by what the whole document says of the same name."""
    surnames = {_surname(name) for name in names if name.type == "person" and name.sure and " " in name.text}
    surnames |= {
        _surname(name) for name in names if name.type == "person" and name.title and not name.title.startswith("?")
    }
    for name in names:
        if name.type == "place" and " " not in name.text and name.key in surnames and _speaks(text, name):
            name.type = "person"
    votes: dict[str, Counter[str]] = {}
    for name in names:
        if not name.sure:
            votes.setdefault(name.key, Counter()).update(_votes(text, name, surnames))
    sure: dict[str, MentionType] = {}
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
    return name_key(name.text.split()[-1])


def _speaks(text: str, name: Name) -> bool:
    """Whether a verb of speech stands beside the name."""
    before = re.findall(r"[^\W_]+", text[max(0, name.start - 20) : name.start].lower())
    after = re.findall(r"[^\W_]+", text[name.end : name.end + 20].lower())
    return bool((before and before[-1] in cue_forms()) or (after and after[0] in cue_forms()))


def _votes(text: str, name: Name, surnames: set[str]) -> Counter[str]:
    """What one occurrence says of the type of a name."""
    votes: Counter[str] = Counter()
    before = text[max(0, name.start - 24) : name.start].split()
    after = re.findall(r"[\w’']+|[^\w\s]", text[name.end : name.end + 40])
    last = before[-1].lower() if before and text[name.start - 1 : name.start] != "\n" else ""
    following = after[0].lower() if after else ""
    if _surname(name) in surnames:
        votes["person"] += 5
    if name.type == "body":
        votes["body"] += 1
    if name.type == "person":
        votes["guess"] += 1
    if last == "the":
        votes["body" if name.type == "body" else "group"] += 2
    elif last in name_words("place_before"):
        votes["place"] += 2
    if following in name_words("group_after"):
        votes["group"] += 2
    if name.type != "person" and (last in name_words("acted_on") or following in name_words("plural_verbs")):
        votes["group"] += 1
    if following in cue_forms() and following not in cue_words("also_nouns"):
        votes["person"] += 1 if last != "the" else 0
    if name.title == "?first":
        return votes
    votes["other"] += name.type != "person"
    return votes


def find_heads(text: str, names: list[Name]) -> None:
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
            head = names[index].head
            meant.setdefault(name_key(found.group(1)), index if head is None else head)
    for index, name in enumerate(names):
        target = meant.get(name.key)
        if target is not None and target != index:
            name.head = target
            name.type = names[target].type
