"""Pieces of words, as our trained networks read them: MiniLM's vocabulary, shared by every stage that has one."""

from __future__ import annotations

import functools
from importlib import resources

from tokenizers import Tokenizer


@functools.cache
def load_pieces() -> Tokenizer:
    """The tokenizer, without truncation or padding; loaded once in a process.

    >>> load_pieces().encode("a ceasefire", add_special_tokens=False).tokens
    ['a', 'ceasefire']
    """
    found = Tokenizer.from_str(resources.files("pledgewatch.text").joinpath("tables", "pieces.json").read_text("utf-8"))
    found.no_truncation()
    found.no_padding()
    return found
