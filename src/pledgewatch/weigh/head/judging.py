"""What the trained head says of passages and indicators of a case, with the parties' names taken out."""

from __future__ import annotations

from collections.abc import Sequence

from pledgewatch.model.agreement import Indicator
from pledgewatch.text.folding import find_names
from pledgewatch.weigh.documentindex import DocumentIndex
from pledgewatch.weigh.head.entail import Entailment, entail
from pledgewatch.weigh.head.masking import mask_names, mask_places
from pledgewatch.weigh.passages import Passage
from pledgewatch.weigh.relation import Names, places_of

Asked = tuple[DocumentIndex, Passage, Indicator]


def ask_head(asked: Sequence[Asked], names: Names) -> tuple[Entailment, ...]:
    """What each passage, taken at its word, says of its indicator's sentence."""
    return entail([write_pair(index, passage, indicator, names) for index, passage, indicator in asked])


def write_pair(index: DocumentIndex, passage: Passage, indicator: Indicator, names: Names) -> tuple[str, str]:
    """The pair as the head reads it: a passage's words and the indicator's sentence, each actor a letter in both."""
    actors = _actors_of(indicator, names)
    places = [
        (start, end, number) for number, own in enumerate(actors) for start, end in places_of(index, names, (own[0],))
    ]
    pieces = [
        mask_places(index.text, start, end, [place for place in places if start <= place[0] and place[1] <= end])
        for start, end in passage.content
    ]
    return " ".join(piece for piece in pieces if piece), mask_names(indicator.text, actors)


def _actors_of(indicator: Indicator, names: Names) -> list[tuple[str, ...]]:
    """All names of each actor in an indicator's sentence, in the order in which the sentence names them."""
    found: dict[tuple[str, ...], int] = {}
    for wanted in (*indicator.actors, *indicator.objects):
        if not any(letter.isupper() for letter in wanted):
            continue
        known, ids = names.of((wanted,))
        places = find_names(indicator.text, known)
        own = (wanted, *(name for name in known if name != wanted))
        if places and not any(ids and set(ids) & set(names.of((other[0],))[1]) for other in found):
            found[own] = places[0][0]
    return sorted(found, key=lambda own: found[own])
