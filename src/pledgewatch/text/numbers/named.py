"""Tells numbers that name, date, order or list something from those that measure it."""

from __future__ import annotations

import functools
import re

from pledgewatch.text.numbers.counted import read_cues
from pledgewatch.text.numbers.find import FoundNumber
from pledgewatch.text.numbers.units import unit_after, unit_before

_LABEL = re.compile(r"(?P<word>[^\W\d_]+)\.?\s{1,2}[(#]?$")
_AGED = re.compile(r"\b(?:aged|age|ages|age of)\s+$", re.IGNORECASE)
_YEARS_OLD = re.compile(r"[\s-]+(?:years?|yrs?|months?)[\s-]+(?:olds?|of age)\b", re.IGNORECASE)
_APPOSED_AGE = re.compile(r"[^\W\d_], $")
_LIST_BEFORE = re.compile(r"(?:^|\n)[ \t]{0,8}(?:[-*•#>]+[ \t]{0,3})*[(\[]?$")
_LIST_AFTER = re.compile(r"[.)\]][ \t]|[.)\]]?(?:\n|$)|\.\d")
_SYMBOL_BEFORE = re.compile(r"[#/§№@&=_]$|[^\W\d_]-$|[^\W_][.,:]$|\+\d*$|\d[-–.]\d*$|\(\d+\)\s?\d*$")
_SYMBOL_AFTER = re.compile(r"[/@_=]|:\d|[.,]\d|(?:st|nd|rd|th)\b|[-–]\d{3,}[-–]\d")
_SENTENCE_START = re.compile(r"(?:^|[.!?\n]\s*)[A-Z]\w*\s$")
_ORDINARY_AFTER = re.compile(r"\s+[a-z]")


@functools.cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    cues = read_cues()
    return frozenset(cues["names"]), frozenset(cues["names_with_capital"]), frozenset(cues["not_one_before"])


def is_name(text: str, number: FoundNumber) -> bool:
    """Whether a number is part of a name, symbol, age, list or address.

    >>> text = "Under Section 9 some 20 people, one aged 54, left."
    >>> [is_name(text, FoundNumber(at, at + 2, 0, True)) for at in (14, 21, 41)]
    [True, False, True]
    """
    start, end = number.start, number.end
    if unit_before(text, start):
        return False
    before, after = text[max(0, start - 40) : start], text[end : end + 16]
    if _AGED.search(before) or _YEARS_OLD.match(after):
        return True
    if number.digits:
        return (
            _is_symbol(text[start:end], before, after, text, end)
            or _is_list_number(text[start:end], before, after)
            or _is_labelled(text, number, before, after)
            or (bool(_APPOSED_AGE.search(before)) and after.startswith(",") and number.value < 110)
        )
    return _is_worded_name(text[start:end], before, after)


def _is_symbol(digits: str, before: str, after: str, text: str, end: int) -> bool:
    """ "F-16", "S/2001/7", "9/11", "555-1234", "192.168.0.1", "3rd", "(2015)", "'89"."""
    if _SYMBOL_BEFORE.search(before) or _SYMBOL_AFTER.match(after):
        return True
    if "/" in digits and " " not in digits:
        return not unit_after(text, end) and not re.match(r"\s+of\b", after)
    if before[-1:] in ("'", "’") and len(digits) == 2 and not after.startswith(("'", "’")):
        return True
    bracketed = before[-1:] in ("(", "[") and after[:1] in (")", "]")
    return bracketed or (len(digits) == 3 and re.match(r"-\d{4}\b", after) is not None)


def _is_list_number(digits: str, before: str, after: str) -> bool:
    """A number at the start of a line that only orders what follows ("2.", "(3)", "1.3 The parties …")."""
    if not _LIST_BEFORE.search(before):
        return False
    return bool(_LIST_AFTER.match(after)) or ("." in digits and bool(re.match(r"\s+[A-Z]", after)))


def _is_labelled(text: str, number: FoundNumber, before: str, after: str) -> bool:
    """ "Section 9", "page 12", "Channel 4 News": a word for what is numbered, or a name, stands before."""
    label = _LABEL.search(before)
    if not label or unit_after(text, number.end):
        return False
    names, with_capital, _ = _words()
    word = label["word"]
    if word.lower() in names:
        return word.lower() not in with_capital or word[0].isupper()
    if "," in text[number.start : number.end] or _ORDINARY_AFTER.match(after) or _SENTENCE_START.search(before):
        return False
    return bool(re.search(r"[A-Z][\w.]*\s$", before))


def _is_worded_name(words: str, before: str, after: str) -> bool:
    """ "Phase One", "no-one", and "one" where it is a pronoun."""
    names, _, not_one_before = _words()
    label = _LABEL.search(before)
    if label and words[0].isupper() and label["word"][0].isupper() and label["word"].lower() in names:
        return True
    if words.lower() == "one":
        follower = re.match(r"[\s-]+([a-z]+)", after)
        return follower is None or follower[1] in not_one_before
    return before[-1:] == "-" and before[-2:-1].isalpha()
