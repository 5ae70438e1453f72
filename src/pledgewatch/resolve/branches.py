"""Branches told in one breath: "the Varna Relief branches in Ostrava, Lesna and Velmora" names three of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pledgewatch.resolve.lists.countries import country_code
from pledgewatch.resolve.lookup import Lookup
from pledgewatch.resolve.matching import prepare_name
from pledgewatch.text.folding import fold_name
from pledgewatch.text.states import find_state_places

_BRANCHES = re.compile(
    r"((?:[A-Z][\w’'-]+|al-[A-Z]\w+)(?:\s(?:[A-Z][\w’'-]+|al-[A-Z]\w+)){0,4})\s(?:branch(?:es)?|offices?|chapters?)\sin\s"
)
_BETWEEN = re.compile(r"\s*(?:,|and|,\s*and)?\s*(?:the\s+)?(?:(?:Union|Republic|Kingdom|State)\s+of\s+(?:the\s+)?)?")
_REACH = 300


def find_branches(text: str, lookup: Lookup, day: str | None) -> Iterator[tuple[int, int, str]]:
    """Places of the words for each branch, with the key of the one listing that it is: ``(start, end, owner)``.

    A branch is a listed group whose name holds the words of the whole and that stands in, or is named for, the country.
    """
    for match in _BRANCHES.finditer(text):
        words = [token.sounds for token in prepare_name(match[1]).words if len(token.text) > 2 and token.text != "the"]
        whole = [
            key for key, listing in lookup.listings.items() if listing.type == "group" and _holds(listing.name, words)
        ]
        if len(whole) < 2:
            continue
        last = match.end()
        for start, end, state in find_state_places(text[match.end() : match.end() + _REACH]):
            start, end = start + match.end(), end + match.end()
            if not _BETWEEN.fullmatch(text, last, start):
                break
            last = end
            code = country_code(state)
            branches = [key for key in whole if lookup.listings_of(key, day) and (_is_in(lookup, key, state, code))]
            if len(branches) == 1:
                yield start, end, branches[0]


def _holds(name: str, words: list[tuple[str, ...]]) -> bool:
    sounds = {sound for token in prepare_name(name).words for sound in token.sounds}
    return bool(words) and all(sounds & set(word) for word in words)


def _is_in(lookup: Lookup, key: str, state: str, code: str | None) -> bool:
    listing = lookup.listings[key]
    named = f" {fold_name(state)} " in f" {fold_name(listing.name)} "
    others = {country_code(word) for word in re.split(r"[^\w ]+", listing.name)} - {None, code}
    return named or (code is not None and listing.countries[:1] == (code,) and not others)
