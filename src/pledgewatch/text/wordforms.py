"""Word forms folded to one base, with their places: "trained", "trains" and "training" are one word to a rule."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

import yaml

GAP = "…"
"""In a phrase: up to ``MAX_GAP`` other words may stand here ("sever … ties")."""

MAX_GAP = 4

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_DOUBLED = re.compile(r"([bdgkmnprtv])\1$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its half-open place and its folded form."""

    start: int
    end: int
    fold: str


@functools.cache
def _irregular() -> dict[str, str]:
    table: dict[str, str] = yaml.safe_load(
        resources.files(__package__).joinpath("tables", "irregular_forms.yml").read_text("utf-8")
    )
    return table


@functools.lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """The form that all inflections of an English word share; not itself a word.

    Inflection only: "recruitment" and "recruit" stay two words. The rule is that of Porter's step 1, kept short.

    >>> fold_word("training") == fold_word("Trained") == fold_word("trains")
    True
    >>> fold_word("fought") == fold_word("fighting"), fold_word("ties") == fold_word("tie")
    (True, True)
    >>> fold_word("recruitment") == fold_word("recruit")
    False
    """
    folded = word.lower().replace("’", "'")
    folded = re.sub(r"'s?$", "", folded)
    folded = _irregular().get(folded, folded)
    if len(folded) > 4 and folded.endswith("ies"):
        folded = folded[:-3] + "y"
    elif len(folded) > 4 and re.search(r"(?:s|x|z|ch|sh)es$", folded):
        folded = folded[:-2]
    elif len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        folded = folded[:-1]
    if len(folded) > 4 and folded.endswith("ied"):
        folded = folded[:-3] + "y"
    elif len(folded) > 5 and folded.endswith("ing") and re.search(r"[aeiouy]", folded[:-3]):
        folded = _DOUBLED.sub(r"\1", folded[:-3])
    elif len(folded) > 4 and folded.endswith("ed") and re.search(r"[aeiouy]", folded[:-2]):
        folded = _DOUBLED.sub(r"\1", folded[:-2])
    folded = _irregular().get(folded, folded)
    return folded[:-1] if len(folded) > 2 and folded.endswith("e") else folded


def fold_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of ``text[start:end]`` in order, with their places in ``text``.

    >>> [word.fold for word in fold_words("They trained fighters.")]
    ['they', 'train', 'fighter']
    """
    stop = len(text) if end is None else end
    return tuple(
        Word(match.start(), match.end(), fold_word(match.group())) for match in _WORD.finditer(text, start, stop)
    )


@functools.lru_cache(maxsize=20_000)
def fold_phrase(phrase: str) -> tuple[str, ...]:
    """A phrase as folded words; the gap mark stays.

    >>> fold_phrase("severed … ties")
    ('sever', '…', 'ti')
    """
    parts = (part for piece in re.split(f"({GAP})", phrase.replace("...", GAP)) for part in [piece.strip()] if part)
    folded: list[str] = []
    for part in parts:
        folded += [GAP] if part == GAP else [word.fold for word in fold_words(part)]
    return tuple(folded)


def find_phrase(
    words: Sequence[Word], phrase: str, positions: Iterable[int] | None = None
) -> tuple[tuple[int, int], ...]:
    """Where a phrase stands among folded words, as half-open ranges of word positions, in order.

    Args:
        positions: where its first word is known to stand; ``None`` looks everywhere.

    >>> words = fold_words("They severed all ties with them.")
    >>> find_phrase(words, "sever … ties"), find_phrase(words, "sever ties")
    (((1, 4),), ())
    """
    pattern = fold_phrase(phrase)
    found = []
    for position in range(len(words)) if positions is None else positions:
        end = _match(words, position, pattern)
        if end is not None and end > position:
            found.append((position, end))
    return tuple(found)


def _match(words: Sequence[Word], position: int, pattern: tuple[str, ...]) -> int | None:
    for index, part in enumerate(pattern):
        if part == GAP:
            rest = pattern[index + 1 :]
            for skipped in range(MAX_GAP + 1):
                end = _match(words, position + skipped, rest)
                if end is not None:
                    return end
            return None
        if position >= len(words) or words[position].fold != part:
            return None
        position += 1
    return position
