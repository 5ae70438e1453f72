"""Names taken out of a pair, the same in both texts, so that a head judges what is said and not of whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pledgewatch.text.folding import PreparedText, find_names

LETTERS = "ABCDEF"


def letter_of(number: int) -> str:
    """What stands for the actor of that number: "party A"; after the sixth all are "party F".

    >>> letter_of(0), letter_of(1)
    ('party A', 'party B')
    """
    return f"party {LETTERS[min(number, len(LETTERS) - 1)]}"


def mask_places(text: str, start: int, end: int, places: Iterable[tuple[int, int, int]]) -> str:
    """``text[start:end]`` with each place ``(start, end, number of the actor)`` replaced; of two that overlap, one.

    >>> mask_places("Varna trains them.", 0, 18, [(0, 5, 0), (13, 17, 1)])
    'party A trains party B.'
    """
    out, at = [], start
    for a, b, number in sorted(places, key=lambda one: (one[0], -one[1])):
        if a < at or b > end:
            continue
        lead = text[at:a]
        # "the Front" is "party A", not "the party A".
        if lead[-4:].lower() == "the ":
            lead = lead[:-4]
        out += [lead, letter_of(number)]
        at = b
    out.append(text[at:end])
    return " ".join("".join(out).split())


def mask_names(text: str | PreparedText, names: Sequence[Sequence[str]]) -> str:
    """A text with every name of each actor replaced by the actor's letter.

    Args:
        names: all names of each actor, in the order of the letters.

    >>> mask_names("The Varna Front’s camps", [["Varna Front", "Front"]])
    'party A’s camps'
    """
    words = text.text if isinstance(text, PreparedText) else text
    places = [(a, b, number) for number, own in enumerate(names) for a, b in find_names(text, own)]
    return mask_places(words, 0, len(words), places)
