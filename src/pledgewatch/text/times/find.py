"""Finds the time expressions of a text and gives them values."""

from __future__ import annotations

import re

from pledgewatch.text.times.build import BUILDERS
from pledgewatch.text.times.conditions import CONDITIONS
from pledgewatch.text.times.context import Context, is_history, parse_published
from pledgewatch.text.times.found import FoundTime
from pledgewatch.text.times.grammar import Hit, find_hits
from pledgewatch.text.times.tokens import cut_tokens, word_classes


def find_times(text: str, published: str | None) -> tuple[FoundTime, ...]:
    """Finds the time expressions of a text, in order and without overlap.

    Expressions without a year count from the document's date, or in a history from the last date told; without both
    they get an open value (``XXXX-06-10``) or none, never a guess.

    Args:
        text: canonical text; the offsets are its code points.
        published: the document's ISO date; ``None`` when unknown.

    >>> [(t.value, t.anchored_to) for t in find_times("They met on 3 May 2019 and again two days later.", "2020-01-01")]
    [('2019-05-03', 'none'), ('2019-05-05', 'text')]
    >>> [t.value for t in find_times("Prisoners go free by June 10, or within 120 days.", None)]
    ['XXXX-06-10', 'P120D']
    """
    tokens = cut_tokens(text)
    moment = parse_published(published)
    context = Context(text, moment, is_history(tokens, moment))
    found: list[FoundTime] = []

    def accept(hit: Hit) -> bool:
        needs = hit.rule.needs
        if needs is not None and not CONDITIONS[needs](hit):
            return False
        if _is_doubtful(hit):
            return False
        made = BUILDERS[hit.rule.build](hit, context)
        if made is None:
            return False
        found.append(made)
        return True

    for _ in find_hits(tokens, accept):
        pass
    return tuple(found)


def _is_doubtful(hit: Hit) -> bool:
    """Whether a lone month or weekday may be a verb or somebody's name ("May", "March", "April Jones")."""
    if hit.last - hit.first > 1:
        return False
    word = hit.words_all().lower().rstrip(".")
    if word not in word_classes().doubtful:
        return False
    text = hit.tokens.text
    after = text[hit.end : hit.end + 12]
    letter = hit.tokens.classes[hit.first - 1 : hit.first] if hit.first else ""
    letters = word_classes().letters
    prepared = letter in {
        letters[name]
        for name in (
            "in",
            "before_time",
            "to",
            "between",
            "and",
            "det",
            "of",
            "early",
            "last",
            "next",
            "this",
            "after",
            "dash",
            "comma",
            "each",
        )
    }
    if not prepared:
        # "August-September 1950"
        return not re.match(r"[-–][A-Z]", after)
    # "to April Jones", but "until June"
    person = letter in (letters["and"], letters["of"], letters["comma"]) or text[: hit.start].endswith(
        (" to ", "By ", " by ")
    )
    return person and bool(re.match(r"\s[A-Z][a-z]", after))
