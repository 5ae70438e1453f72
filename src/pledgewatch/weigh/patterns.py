"""The word patterns that decide how a passage bears, from the packaged table."""

from __future__ import annotations

import functools
import re
from importlib import resources

import yaml


@functools.cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of ``words.yml`` by name; case does not count."""
    table = yaml.safe_load(resources.files("pledgewatch.weigh").joinpath("words.yml").read_text("utf-8"))
    return {name: re.compile(words, re.IGNORECASE) for name, words in table.items()}
