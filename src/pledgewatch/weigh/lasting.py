"""Facts that stay so: a withdrawal, a release, a death. Evidence of them does not fade."""

from __future__ import annotations

import functools
import re
from importlib import resources

import yaml

from pledgewatch.model.agreement import Indicator
from pledgewatch.weigh.bearing import Bearing


def find_lasting(text: str, bearing: Bearing, indicator: Indicator) -> str | None:
    """The word of a piece of evidence that says that the fact is done for good; ``None`` for what may change again.

    A denial of such a fact ("has not withdrawn") is a state of things.

    Args:
        text: the document's canonical text, which the bearing's places point into.
    """
    if bearing.direction != indicator.shows:
        return None
    done, undone = _tables()
    act = text[bearing.place[0] : bearing.place[1]]
    found = done.search(act)
    if found is None or any(one.search(text[bearing.clause[0] : bearing.place[0]][-30:]) for one in undone):
        return None
    return " ".join(found.group().lower().split())


@functools.cache
def _tables() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    table = yaml.safe_load(resources.files("pledgewatch.weigh").joinpath("lasting.yml").read_text("utf-8"))
    words = "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in table["done"])
    undone = tuple(re.compile(pattern, re.IGNORECASE) for pattern in table["undone"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE), undone
