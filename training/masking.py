"""Names taken out of a pair, the same in both texts, so that a head judges what is said and not of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pledgewatch.model.agreement import Indicator
from pledgewatch.text.folding import PreparedText, find_names
from pledgewatch.weigh.documentindex import DocumentIndex
from pledgewatch.weigh.relation import Names, places_of

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


def mask_case(
    index: DocumentIndex, pieces: Sequence[Sequence[int]], indicator: Indicator, names: Names
) -> tuple[str, str]:
    """A statement's pieces and an indicator without their actors' names, and without "they" and "the group" for them.

    Who acts is party A, and to whom, where the indicator names anybody, party B.
    """
    groups = [indicator.actors, tuple(name for name in indicator.objects if any(char.isupper() for char in name))]
    places, inside = [], []
    for number, group in enumerate(groups):
        own = places_of(index, names, group) if group else ()
        spans = set(own)
        for mention in index.reading.mentions:
            head = index.reading.mention(mention.head) if mention.head else None
            if head and any(
                (a <= head.span.start and head.span.end <= b) or (head.span.start <= a and b <= head.span.end)
                for a, b in own
            ):
                spans.add((mention.span.start, mention.span.end))
        places += [(a, b, number) for a, b in spans]
        if group:
            inside += [(a, b, number) for a, b in find_names(indicator.text, names.of(group)[0])]
    statement = " ".join(mask_places(index.text, piece[0], piece[1], places) for piece in pieces)
    said = mask_places(indicator.text, 0, len(indicator.text), inside)
    return statement, re.sub(r"(party [A-F])(?:(?:,| or| and) \1)+", r"\1", said)


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
