"""A statement while it is being put together: places only, no ids yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from pledgewatch.model.reading import Basis, Hedge, Stance

Range = tuple[int, int]
"""Half-open place in the text, in code points."""


@dataclass(slots=True)
class Draft:
    """Who, by which words, said what; ``after`` is where the words of the attribution itself begin in the text."""

    speaker: Range | None
    cue: Range | None
    content: list[Range]
    stance: Stance = "asserts"
    hedge: Hedge = "none"
    factuality: float = 3.0
    basis: Basis = "unstated"
    quoted: list[bool] = field(default_factory=list)
    """For each piece of content: whether all of it stands in quotation marks."""
    mixed: bool = False
    negated: bool = False
    trailing: bool = False
    """The content stands before the attribution."""
    same_speaker_as: Draft | None = None
    turn: bool = False
    lemma: str = ""

    @property
    def start(self) -> int:
        """Where the attribution begins, without the content."""
        return (
            min(place[0] for place in (self.speaker, self.cue) if place is not None)
            if self.speaker or self.cue
            else self.content[0][0]
        )

    @property
    def end(self) -> int:
        """Where the attribution ends, without the content."""
        return (
            max(place[1] for place in (self.speaker, self.cue) if place is not None)
            if self.speaker or self.cue
            else self.content[-1][1]
        )
