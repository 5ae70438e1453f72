"""Relations that the remarks of a list state: few, and right rather than many."""

from __future__ import annotations

import functools
import re
from importlib import resources

import yaml

from pledgewatch.resolve.lists.names import name_words

_REFERENCE = re.compile(r"\b([A-Z]{2}[ie]\.\d{3})\b")
_SENTENCE = re.compile(r"(?<=[a-z0-9)”\"])\s*[.;](?=\s|[A-Z]|$)\s*")
_REACH = 150
"""Most letters between the words for a relation and the reference number behind the other's name."""

_CHAIN = re.compile(r"[\s,)]*(?:and |as well as |or )?[^;:]{0,90}")
_DENIED = re.compile(r"\b(?:not|no longer|never|neither|without)\b[^,]{0,30}$")
_NAME = re.compile(
    r"((?:the )?[A-Z][\w’'‘.-]*(?:[ -](?:of|al|bin|ibn|ul|the|and|[A-Z0-9][\w’'‘.-]*))*)(?=\s*(?:[.,;(\[]|$))"
)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    text = resources.files(__package__).joinpath("tables", "ties.yml").read_text("utf-8")
    table: dict[str, list[str]] = yaml.safe_load(text)
    with_reference, with_name = (
        re.compile(rf"\b({'|'.join(table[kind])})\s+", re.IGNORECASE) for kind in ("with_reference", "with_name")
    )
    return with_reference, with_name


def draw_ties(remarks: str) -> tuple[tuple[str, str], ...]:
    """The relations that remarks state: the words for each, and the other's reference number or name as listed.

    >>> draw_ties("Associated with the Varna Front (VFe.001), Orvane Relief (VFe.002) and X. Not a member of Y (VFe.003).")
    (('associated with', 'VFe.001'), ('associated with', 'VFe.002'))
    >>> draw_ties("Brother of Ardan Velmi. Owned or controlled by Varna Trading.")
    (('brother of', 'Ardan Velmi'), ('owned or controlled by', 'Varna Trading'))
    """
    ties: dict[tuple[str, str], None] = {}
    for sentence in _SENTENCE.split(" ".join(remarks.split())):
        for tie in (*_with_references(sentence), *_with_names(sentence)):
            ties[tie] = None
    return tuple(ties)


def _with_references(sentence: str) -> list[tuple[str, str]]:
    """Each reference number with the relation nearest before it; a list of references shares the relation."""
    with_reference, _ = _patterns()
    relations = [(match.end(), _words(match.group(1))) for match in with_reference.finditer(sentence) if _holds(sentence, match)]
    ties = []
    last: tuple[int, str] | None = None
    for reference in _REFERENCE.finditer(sentence):
        near = [relation for relation in relations if relation[0] <= reference.start()]
        if not near:
            continue
        start, words = near[-1]
        if last is not None and last[0] > start:
            between = sentence[last[0] : reference.start()]
            if not _goes_on(between):
                continue
        elif reference.start() - start > _REACH or not _names_one(sentence[start : reference.start()]):
            continue
        last = (reference.end(), words)
        ties.append((words, reference.group(1)))
    return ties


def _names_one(words: str) -> bool:
    """Whether words between a relation and a reference are the other's name and nothing that happened."""
    plain = re.sub(r"\([^()]*\)?", " ", re.sub(r",?\s*(?:and\s+)?(?:listed|designated) (?:as|under)\b.*", " ", words))
    small = [word for word in re.findall(r"\b[a-z][a-z]+\b", plain) if word not in _ALLOWED and word not in name_words()["particles"]]
    return not small


_ALLOWED = frozenset(
    "the of for and in to as well permanent reference number leader leaders chief head group council shura committee media"
    " mullah maulavi senior former late deceased commander l’unification jihad et en de".split()
)


def _goes_on(between: str) -> bool:
    """Whether the words between two references go on with the same list of names."""
    lower = between.strip()
    if not lower.startswith((",", ")", "and", "as well as", "or")):
        return False
    return _names_one(between) and len(between) <= _REACH and re.search(r"\b(?:and|,)?\s*(?:member|leader|brother)\b", lower) is None


def _with_names(sentence: str) -> list[tuple[str, str]]:
    _, with_name = _patterns()
    ties = []
    for match in with_name.finditer(sentence):
        name = _NAME.match(sentence, match.end())
        if name is None or not _holds(sentence, match):
            continue
        # With a reference number behind it the other pattern has it already.
        if _REFERENCE.search(sentence, name.end(), name.end() + 40) is not None:
            continue
        ties.append((_words(match.group(1)), re.sub(r"^the ", "", name.group(1))))
    return ties


def _holds(sentence: str, match: re.Match[str]) -> bool:
    return _DENIED.search(sentence[: match.start()].casefold()) is None


def _words(words: str) -> str:
    return re.sub(r"^(?:a|is) ", "", " ".join(words.casefold().split()).replace(",", ""))
