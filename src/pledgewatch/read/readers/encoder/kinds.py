"""The type of a mention from its kind: tables say which organisation is a body, which a group, which place a state."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from pledgewatch.model.reading import MentionType
from pledgewatch.read.readers.encoder.labels import KINDS
from pledgewatch.read.readers.encoder.lexicon import gazetteer, name_words, state_keys
from pledgewatch.read.readers.encoder.names import Name, name_key

_WORD = re.compile(r"\w+")
_SHORTEST = 3
"""Code points of a name whose other places are marked too."""
_TITLE_REACH = 60
"""Code points before a person's name in which a title stands."""


def make_name(text: str, start: int, end: int, kind: int) -> Name:
    """The mention at ``[start, end)`` of the kind with that index, which must be one of the named kinds."""
    words = text[start:end]
    type_ = _type_of(words, KINDS[kind])
    key = name_key(_bare(words))
    if type_ == "state":
        key = state_keys().get(key, key)
    return Name(start, end, type_, words, _title(text, start, words) if type_ == "person" else "", key=key)


def is_name(text: str, name: Name, sentence: tuple[int, int]) -> bool:
    """Whether the words name somebody: they have a capital, as far as their sentence has any, and are no bare title.

    A state or a people known by name needs no capital.
    """
    if not any(character.isupper() for character in name.text):
        return any(character.isalpha() for character in name.text) and (
            text[slice(*sentence)].islower() or tuple(name.text.split()) in gazetteer()
        )
    words = [word.strip(".,").lower() for word in name.text.split()]
    if name.type == "person":
        return not all(word in name_words("titles") for word in words)
    if name.type == "nationality" and name.start == sentence[0]:
        # A capital says nothing at the beginning of a sentence.
        return tuple(words) in gazetteer()
    return True


def settle_names(text: str, names: list[Name]) -> list[Name]:
    """The names in order, with what the whole document says of each: the places where it was missed, and its type.

    Where at least half of the places at which its words stand are marked, all of them are. A name is of the type that
    most of its mentions have, and a group where fighters are said to be its own.
    """
    found = _fill_in(text, names)
    by_key: dict[str, list[Name]] = {}
    for name in found:
        by_key.setdefault(name.key, []).append(name)
    for same in by_key.values():
        if any(_leads_fighters(text, name) for name in same):
            for name in same:
                name.type = "group" if name.type in ("person", "place", "nationality") else name.type
        common, count = Counter(name.type for name in same).most_common(1)[0]
        if count * 3 >= len(same) * 2:
            for name in same:
                name.type = common
    for name in found:
        _take_in_people(text, name)
    return found


def _fill_in(text: str, names: list[Name]) -> list[Name]:
    found = list(names)
    taken = bytearray(len(text))
    by_words: dict[str, list[Name]] = {}
    for name in names:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
        by_words.setdefault(name.text, []).append(name)
    begins: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        begins.setdefault(match.group(), []).append(match.start())
    for words, same in by_words.items():
        if len(words) < _SHORTEST:
            continue
        missed = [start for start in _places(text, words, begins) if not any(taken[start : start + len(words)])]
        if len(missed) <= len(same):
            for start in missed:
                found.append(replace(same[0], start=start, end=start + len(words), title=""))
                taken[start : start + len(words)] = b"\1" * len(words)
    return sorted(found, key=lambda name: (name.start, name.end))


def _places(text: str, words: str, begins: dict[str, list[int]]) -> list[int]:
    """Where the words stand as whole words, left to right; ``begins`` has the places of every word of the text.

    Looked up and not searched for: a long text with many names would else be searched once for each of them.
    """
    first = _WORD.match(words)
    if first is None:
        return [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    found: list[int] = []
    for start in begins.get(first.group(), ()):
        end = start + len(words)
        if (
            (not found or start >= found[-1] + len(words))
            and text.startswith(words, start)
            and not _WORD.match(text, end)
        ):
            found.append(start)
    return found


def _leads_fighters(text: str, name: Name) -> bool:
    """Whether "fighters" or the like stand right after a name that is no people's: what has fighters is a group."""
    after = re.match(r" (\w+)", text[name.end : name.end + 20])
    words = tuple(name.text.lower().split())
    return bool(after) and after.group(1) in name_words("group_after") and words not in gazetteer()  # type: ignore[union-attr]


def _take_in_people(text: str, name: Name) -> None:
    """Makes a person's name before "administration" and its like the name of that body."""
    after = re.match(r" (\w+)", text[name.end : name.end + 20])
    if name.type in ("person", "group") and after and after.group(1) in name_words("made_of_people"):
        name.end += after.end()
        name.text = text[name.start : name.end]
        name.type, name.title, name.key = "body", "", name_key(_bare(name.text))


def _type_of(words: str, kind: str) -> MentionType:
    if kind == "person":
        # The Vess administration is a body and not the person; so is what initials stand for.
        known = gazetteer().get(tuple(words.lower().split())) if words.isupper() else None
        if known in ("state", "body"):
            return known
        return "body" if words.split()[-1].lower() in name_words("made_of_people") else "person"
    if kind == "weapon":
        return "weapon"
    if kind == "document":
        return "document"
    bare = tuple(_bare(words).lower().replace("’s", "").replace("'s", "").split())
    known = gazetteer().get(bare) or gazetteer().get(tuple(word.replace(".", "") for word in bare))
    if kind == "nationality":
        # "Kenya officials": a state stands before what is its own, as an adjective would.
        return "state" if known == "state" else "nationality"
    heads = _heads(bare)
    if kind == "organisation":
        if known in ("state", "body"):
            return known
        return next((found for head in heads for found in _organisation(head)), "group")
    if known in ("state", "body"):
        return known
    return "facility" if heads and heads[0] in name_words("facility_words") else "place"


def _organisation(head: str) -> tuple[MentionType, ...]:
    if head in name_words("group_words"):
        return ("group",)
    return ("body",) if head in name_words("body_words") else ()


def _heads(words: tuple[str, ...]) -> list[str]:
    """The word that says what a name names: before "of" or "for", and the last one."""
    found = [words[index - 1] for index, word in enumerate(words) if index and word in ("of", "for", "on")][:1]
    return [*found, *words[-1:]]


def _bare(words: str) -> str:
    """A name without the articles and titles before it."""
    rest = words.split()
    while len(rest) > 1 and rest[0].lower().strip(".,") in name_words("titles") | {"the", "a", "an"}:
        rest = rest[1:]
    return " ".join(rest)


def _title(text: str, start: int, words: str) -> str:
    """The title before a person's name or at its front, in small letters ("foreign minister"); empty for none."""
    titles = name_words("titles")
    front = words[: len(words) - len(_bare(words))].split()
    before = re.split(r"[^\w\s.’'-]", text[max(0, start - _TITLE_REACH) : start])[-1].split()
    found: list[str] = []
    for word in reversed([*before, *front]):
        if word.lower().strip(".") not in titles:
            break
        found.insert(0, word.lower().strip("."))
    return " ".join(found)
