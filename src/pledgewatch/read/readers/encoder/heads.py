"""The fullest form of a name that a document gives: surname to full name, initials to what they stand for."""

from __future__ import annotations

import re
from collections import Counter

from pledgewatch.read.readers.encoder.names import Name, name_key

_IN_BRACKETS = re.compile(r"\(\s*([A-Z][A-Za-z&.-]{1,9})\s*\)")


def _surname(name: Name) -> str:
    return name_key(name.text.split()[-1])


def find_heads(text: str, names: list[Name]) -> None:
    """Points each name at the name in the document that names it most fully."""
    first: dict[tuple[str, str], int] = {}
    people: dict[str, int] = {}
    often = Counter(name.text for name in names)

    def worth(index: int) -> tuple[int, int]:
        """The fullest form, and among those that differ in hyphens only the commonest."""
        return (len(name_key(names[index].text)), often[names[index].text])

    for index, name in enumerate(names):
        best = first.get((name.key, name.type))
        if best is None or worth(index) > worth(best):
            first[(name.key, name.type)] = index
    for index, name in enumerate(names):
        name.head = first[(name.key, name.type)] if first[(name.key, name.type)] != index else None
        if name.type == "person" and " " in name.text:
            people.setdefault(_surname(name), first[(name.key, name.type)])
    for name in names:
        if name.type == "person" and " " not in name.text and name.key in people:
            name.head = people[name.key]
    _short_heads(names)
    _initials_heads(names)
    _bracketed_heads(text, names)


def _short_heads(names: list[Name]) -> None:
    """ "The Front" is the one group in the document whose name ends in "Front"; of two it is neither."""
    ends: dict[str, set[int]] = {}
    for index, name in enumerate(names):
        words = name.key.split()
        if name.type in ("group", "body") and len(words) > 1:
            ends.setdefault(words[-1], set()).add(index if name.head is None else name.head)
    for name in names:
        full = ends.get(name.key, set())
        if name.type in ("group", "body") and len(full) == 1 and name.text[:1].isupper():
            name.head = next(iter(full))


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
