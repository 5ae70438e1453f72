"""Facts that stay so: a withdrawal, a release, a death. Evidence of them does not fade."""

from __future__ import annotations

import functools
import re
from importlib import resources

import yaml

from pledgewatch.model.agreement import Indicator
from pledgewatch.weigh.bearing import Bearing

NEAR = 30
"""Code points before the act in which a word may say that it is not done."""


def find_lasting(text: str, bearing: Bearing, indicator: Indicator) -> str | None:
    """The word of a piece of evidence that says that the fact is done for good; ``None`` for what may change again.

    A denial of such a fact ("has not withdrawn") is a state of things.

    Args:
        text: the document's canonical text, which the bearing's places point into.
    """
    if bearing.direction != indicator.shows:
        return None
    words = _words()
    found = words["done"].search(text[bearing.place[0] : bearing.place[1]])
    before = text[bearing.clause[0] : bearing.place[0]]
    if found is None or words["undone"].search(before[-NEAR:]) or words["ahead"].search(before):
        return None
    return " ".join(found.group().lower().split())


@functools.cache
def _words() -> dict[str, re.Pattern[str]]:
    table = yaml.safe_load(resources.files("pledgewatch.weigh").joinpath("lasting.yml").read_text("utf-8"))
    done = "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in table["done"])
    patterns = {"done": rf"\b(?:{done})\b", "undone": table["undone"], "ahead": table["ahead"]}
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}
