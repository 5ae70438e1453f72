"""The second net: words of withheld documents in what is about to go out, however they got there."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence

from pledgewatch.model.document import Document

RUN = 6
"""Length of a run of words that counts as a document's own."""

_WORD = re.compile(r"\w+")
_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]*(?:[ \t\n]+[^\W\d_a-z][\w’'-]*)+")
_SHORT = re.compile(r"^[\w.-]{0,3}$")


class LeakNet:
    """Finds in a text what stands in withheld documents and in no permitted one.

    It knows runs of six words, the names of withheld things (title, path, address, id, publisher), and names of two or
    more capitalised words. Punctuation and the breaks of lines do not matter, nor does case but in names.

    Args:
        strings: every string that is about to go out; only what occurs in them is looked for.
        own_names: strings of the case's own files whose names are no leak (publishers, the case's title).
    """

    def __init__(
        self,
        strings: Sequence[str],
        permitted: Sequence[Document],
        withheld: Sequence[Document],
        own_names: Iterable[str],
    ) -> None:
        runs = {run for string in strings for run in _list_runs(_split_words(string))}
        pairs = {pair for string in strings for pair in itertools.pairwise(_split_cased(string))}
        self._runs: set[tuple[str, ...]] = set()
        self._pairs: set[tuple[str, str]] = set()
        self._titles: set[str] = set()
        for document in withheld:
            metadata = _list_metadata(document)
            for string in (document.text, *metadata):
                self._runs.update(run for run in _list_runs(_split_words(string)) if run in runs)
                self._pairs.update(pair for pair in _list_name_pairs(string) if pair in pairs)
            self._titles.update(
                title for string in metadata if not _SHORT.match(string) and (title := _flatten(string))
            )
        if self._runs or self._pairs or self._titles:
            for document in permitted:
                self._forgive((document.text, *_list_metadata(document)))
        self._forgive_names(own_names)

    def _forgive(self, strings: Iterable[str]) -> None:
        """Takes out what a permitted document says too."""
        for string in strings:
            words, flat = _split_words(string), _flatten(string, name=False)
            self._runs.difference_update(_list_runs(words))
            self._forgive_pairs(words)
            self._titles = {title for title in self._titles if title.casefold() not in flat.casefold()}

    def _forgive_names(self, names: Iterable[str]) -> None:
        for name in names:
            self._forgive_pairs(_split_words(name))
            self._titles.discard(_flatten(name))

    def _forgive_pairs(self, words: Sequence[str]) -> None:
        said = set(itertools.pairwise(words))
        self._pairs = {
            (first, second) for first, second in self._pairs if (first.casefold(), second.casefold()) not in said
        }

    def find(self, string: str) -> str | None:
        """The first words of a string that may not go out, or ``None``."""
        words = _split_words(string)
        for run in _list_runs(words):
            if run in self._runs:
                return " ".join(run)
        for pair in itertools.pairwise(_split_cased(string)):
            if pair in self._pairs:
                return " ".join(pair)
        exact, folded = _flatten(string, name=False), _flatten(string, name=False).casefold()
        return next((title.strip() for title in sorted(self._titles) if title in exact or title in folded), None)


def _split_cased(string: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", string))


def _split_words(string: str) -> list[str]:
    return _split_cased(string.casefold())


def _flatten(string: str, name: bool = True) -> str:
    """The words with one space around each. A name of one word keeps its case, since it may be a common word too."""
    words = _split_cased(string)
    flat = f" {' '.join(words)} " if words else ""
    return flat.casefold() if name and len(words) > 1 else flat


def _list_runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _list_name_pairs(string: str) -> Iterable[tuple[str, str]]:
    for match in _NAME.finditer(string):
        yield from itertools.pairwise(_split_cased(match[0]))


def _list_metadata(document: Document) -> tuple[str, ...]:
    """The strings that name a document or where it came from."""
    values = (document.id, document.title, document.path, document.address, document.publisher, document.sha256)
    return tuple(value for value in values if value)
