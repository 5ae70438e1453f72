"""Which party of the agreement a person or a body speaks or acts for, where a document says so in so many words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pledgewatch.resolve.words import resolve_words
from pledgewatch.text.folding import find_names, fold_name

WINDOW = 90
"""An introduction ("…, spokesman for the Varna Front, …") stands within so many code points of the name."""

_STOP = re.compile(r"[.;:!?\"“”()]|\n\s*\n| [-–—] ")
_WORD = re.compile(r"[\w’'-]+|,")


def party_of_person(text: str, start: int, end: int, parties: Mapping[str, Iterable[str]]) -> str | None:
    """The party whose spokesman, official or minister the person at ``text[start:end]`` is introduced as.

    Three forms count: "PARTY spokesman NAME", "a spokesman for PARTY, NAME", "NAME, a spokesman for PARTY". Words such
    as "former" or "opponent" make it none.

    Args:
        parties: names and aliases by party.

    Returns:
        The party's name; ``None`` when no party or more than one is named so.

    >>> front = {"Varna Front": ["Varna Front"]}
    >>> party_of_person("Varna Front spokesman Ilko Ruk said", 22, 30, front)
    'Varna Front'
    >>> party_of_person("Ilko Ruk, a former spokesman for the Varna Front, said", 0, 8, front)
    """
    before = _clip_before(text[max(0, start - WINDOW) : start])
    after = _clip_after(text[end : end + WINDOW])
    found = {
        party
        for party, names in parties.items()
        if _leads(before, names) or _role_of(before, names) or _follows(after, names)
    }
    return found.pop() if len(found) == 1 else None


def _clip_before(text: str) -> str:
    stops = [match.end() for match in _STOP.finditer(text)]
    return text[stops[-1] :] if stops else text


def _clip_after(text: str) -> str:
    stop = _STOP.search(text)
    return text[: stop.start()] if stop else text


def _words(text: str) -> list[str]:
    return [fold_name(word) or word for word in _WORD.findall(text)]


def _is_role(words: list[str]) -> bool:
    """Whether words are a role with its qualifiers and nothing else."""
    tables = resolve_words()
    bare = [word for word in words if word != "," and word != "s"]
    return any(word in tables.roles for word in bare) and all(
        word in tables.roles or word in tables.role_qualifiers or word in tables.organs for word in bare
    )


def _leads(before: str, names: Iterable[str]) -> bool:
    """ "[the] PARTY['s] chief spokesman[,] NAME"; what stands before the party must not take it back."""
    places = find_names(before, names)
    if not places:
        return False
    start, end = places[-1]
    rest = re.sub(r"^[’']s?", "", before[end:])
    if not _is_role(_words(rest)):
        return False
    lead = [word for word in _words(before[:start]) if word != "the"]
    return not (lead and lead[-1] in resolve_words().not_members)


def _role_of(before: str, names: Iterable[str]) -> bool:
    """ "a spokesman for the PARTY, NAME"."""
    places = find_names(before, names)
    if not places:
        return False
    start, end = places[-1]
    if before[end:].strip(" ,\n") not in ("", "is", "named"):
        return False
    return _ends_in_role_for(before[:start])


def _follows(after: str, names: Iterable[str]) -> bool:
    """ "NAME, the chief spokesman for the PARTY" or "NAME, the PARTY's foreign minister"."""
    if not after.startswith(","):
        return False
    places = find_names(after, names)
    if not places:
        return False
    start, end = places[0]
    lead = _words(after[1:start])
    if any(word in resolve_words().not_members for word in lead):
        return False
    if _ends_in_role_for(after[1:start]) and "," not in lead:
        return True
    rest = re.sub(r"^[’']s?", "", after[end:]).split(",")[0]
    role = []
    for word in _words(rest):
        if word not in resolve_words().roles and word not in resolve_words().role_qualifiers:
            break
        role.append(word)
    return all(word in ("the", "a", "an") for word in lead) and _is_role(role)


def _ends_in_role_for(text: str) -> bool:
    """Whether words end in "spokesman for the" and the like."""
    words = [word for word in _words(text) if word != ","]
    while words and words[-1] == "the":
        words.pop()
    if not words or words.pop() not in ("for", "of", "from", "with", "at", "in"):
        return False
    tables = resolve_words()
    role: list[str] = []
    while words and (words[-1] in tables.roles or words[-1] in tables.role_qualifiers):
        role.append(words.pop())
    return any(word in tables.roles for word in role) and not (words and words[-1] in tables.not_members)


def party_of_body(name: str, parties: Mapping[str, Iterable[str]]) -> str | None:
    """The party of which a body is a part by its name: "government of Ostrava", "Ostrava armed forces".

    >>> party_of_body("Ostrava’s foreign ministry", {"Republic of Ostrava": ["Ostrava"]})
    'Republic of Ostrava'
    """
    found = set()
    for party, names in parties.items():
        places = find_names(name, names)
        if len(places) == 1:
            start, end = places[0]
            rest = [word for word in _words(name[:start] + " " + name[end:]) if word not in ("s", "’s", "'s", ",")]
            if rest and all(word in resolve_words().organs for word in rest):
                found.add(party)
    return found.pop() if len(found) == 1 else None
