"""The labels that the encoder gives, in the order of its outputs."""

from __future__ import annotations

from pledgewatch.model.reading import Hedge, Stance

ROLES = ("source", "cue", "content")
ATTRIBUTION_TAGS = ("O", *(f"{side}-{role}" for role in ROLES for side in "BI"))
"""One a piece: outside, first or later piece of a role."""

KINDS = (
    "person",
    "organisation",
    "place",
    "nationality",
    "weapon",
    "document",
    "a person",
    "an organisation",
    "a place",
)
"""Kinds of mention; the last three are common nouns ("the enemy"), which are never actors by themselves."""
NAMED_KINDS = 6
MENTION_TAGS = ("O", *(f"{side}-{kind}" for kind in KINDS for side in "BI"))

PARTS_OF_SPEECH = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
    "VERB", "X",
)  # fmt: skip
STANCES: tuple[Stance, ...] = (
    "asserts", "denies", "rejects", "accuses", "demands", "promises", "declines", "admits", "asks",
)  # fmt: skip
HEDGES: tuple[Hedge, ...] = ("none", "weak", "strong")

FACTUALITIES = ("did it happen", "does the author commit to it")
"""Two questions about an event: UDS-IH2 and MegaVeridicality ask the first, MEANTIME the second."""

POINTERS = ("cue to source", "content to cue", "word to head")
"""Who points to whom; each is a softmax over the pieces of the window, its first (``[CLS]``) meaning nobody."""
POINTER_WIDTH = 64
FARTHEST = 64
"""Distances beyond this are one to a pointer."""

OUTPUTS: tuple[tuple[str, int], ...] = (
    ("attribution", len(ATTRIBUTION_TAGS)),
    ("mention", len(MENTION_TAGS)),
    ("part", len(PARTS_OF_SPEECH)),
    ("factuality", len(FACTUALITIES)),
    ("stance", len(STANCES)),
    ("hedge", len(HEDGES)),
    *((f"{name}: {side}", POINTER_WIDTH) for name in POINTERS for side in ("from", "to")),
)
"""Name and width of what the exported encoder gives for each piece, side by side."""
