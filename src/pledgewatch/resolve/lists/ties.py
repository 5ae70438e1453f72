"""Relations that the remarks of a list state: few, and right rather than many."""

from __future__ import annotations

import functools
import re
from importlib import resources

import yaml

from pledgewatch.resolve.lists.names import name_words

_REFERENCE = re.compile(r"\b([A-Z]{2}[ie]\.\d{3})\b")
_SENTENCE = re.compile(r"(?<=[a-z0-9)”\"])\s*[.;](?=\s|[A-Z]|$)\s*")
_LONGEST = 4_000
"""Most letters of a sentence; what is longer is a list of things that happened."""

_REACH = 150
"""Most letters between the words for a relation and the reference number behind the other's name."""

_DENIED = re.compile(r"\b(?:not|no longer|never|neither|without)\b[^,]{0,30}$")
# Others of whom the relation is said: "coordinator of groups associated with", "a firm, which in turn is owned by".
_OF_OTHERS = re.compile(
    r"\b(?:companies|groups|individuals|persons|people|entities|members|elements|networks|organizations|in turn is"
    r"|of an? (?:\w+ )?(?:group|company|network))\s+(?:also |are |were )?$"
)
_FORMER = re.compile(r"\b(?:former|formerly|ex)\b[\w\s-]{0,40}$")
_ORGAN = re.compile(
    r"(?:[Tt]he )?(?:[\w’'-]+ ){0,4}?(?i:committee|council|shura|wing|katiba\w*|division|branch|cell|section|unit)\b"
    r"(?: [A-Z][\w’'-]*){0,4} of "
)
_NAME = re.compile(
    r"((?:the )?[A-Z][\w’'‘.-]*(?:[ -](?:of|al|bin|ibn|ul|the|and|[A-Z0-9][\w’'‘.-]*))*)(?=\s*(?:[.,;(\[]|$))"
)


@functools.cache
def _table() -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("tables", "ties.yml").read_text("utf-8")
    table: dict[str, list[str]] = yaml.safe_load(text)
    return table


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _table()
    with_reference, with_name = (
        re.compile(rf"\b({'|'.join(table[kind])})\s+", re.IGNORECASE) for kind in ("with_reference", "with_name")
    )
    return with_reference, with_name


def draw_ties(remarks: str) -> tuple[tuple[str, str], ...]:
    """The relations that remarks state: the words for each, and the other's reference number or name as listed.

    >>> draw_ties("Associated with the Varna Front (VFe.001), Relief (VFe.002) and X. Not a member of Y (VFe.003).")
    (('associated with', 'VFe.001'), ('associated with', 'VFe.002'))
    >>> draw_ties("Brother of Ardan Velmi. Owned or controlled by Varna Trading.")
    (('brother of', 'Ardan Velmi'), ('owned or controlled by', 'Varna Trading'))
    """
    ties: dict[tuple[str, str], None] = {}
    for sentence in _SENTENCE.split(" ".join(remarks.split())):
        if len(sentence) <= _LONGEST:
            ties.update(dict.fromkeys((*_with_references(sentence), *_with_names(sentence))))
    return tuple(ties)


def _with_references(sentence: str) -> list[tuple[str, str]]:
    """Each reference number with the relation nearest before it; a list of references shares the relation."""
    with_reference, _ = _patterns()
    relations = [
        (match.end(), _words(_former(sentence, match) + match.group(1)))
        for match in with_reference.finditer(sentence)
        if _holds(sentence, match)
    ]
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
        named = sentence[start : reference.start()]
        if re.search(r"[’']s? *\(?$", named) or ("member" in words and reference.group(1)[2] == "i"):
            # "A member of the president's (VFi.001) guard" says nothing about the president.
            continue
        organ = _ORGAN.match(named)
        ties.append((_words(f"{words} {organ.group()}") if organ else words, reference.group(1)))
    return ties


def _names_one(words: str) -> bool:
    """Whether words between a relation and a reference are the other's name and nothing that happened."""
    plain = re.sub(r",?\s*(?:and\s+)?(?:listed|designated) (?:as|under)\b.*", " ", words)
    plain = re.sub(r"\([^()]*\)?", " ", plain)
    small = set(re.findall(r"\b[a-z][a-z]+\b", plain))
    return not small - set(_table()["within_names"]) - name_words()["particles"]


def _goes_on(between: str) -> bool:
    """Whether the words between two references go on with the same list of names."""
    lower = between.strip()
    if not lower.startswith((",", ")", "and", "as well as", "or")):
        return False
    return (
        _names_one(between)
        and len(between) <= _REACH
        and re.search(r"\b(?:and|,)?\s*(?:member|leader|brother)\b", lower) is None
    )


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
        ties.append((_words(match.group(1)), re.sub(r"^the ", "", name.group(1)).rstrip(".")))
    return ties


def _holds(sentence: str, match: re.Match[str]) -> bool:
    before = sentence[: match.start()].casefold()
    # "Serves the Bank of Hask, a subordinate of the Front": that is said of the bank.
    beside = re.search(r", an? $", before + ("a " if match.group(1).casefold().startswith("a ") else "")) is not None
    return not beside and _DENIED.search(before) is None and _OF_OTHERS.search(before) is None


def _former(sentence: str, match: re.Match[str]) -> str:
    """ "former " where the words before a relation say that it is over and the relation does not."""
    over = _FORMER.search(sentence[: match.start()].casefold()) is not None
    return "former " if over and not match.group(1).casefold().startswith("former") else ""


def _words(words: str) -> str:
    return re.sub(r"^(?:a|is) ", "", " ".join(words.casefold().split()).replace(",", ""))
