"""A statement while it is being put together: places in the text only, no ids yet."""

from __future__ import annotations

from dataclasses import dataclass

from pledgewatch.model.reading import Basis, Form, Hedge, Stance

Range = tuple[int, int]
"""Half-open place in the text, in code points."""


@dataclass(slots=True)
class Draft:
    """Who, by which words, said what."""

    speaker: Range | None
    cue: Range | None
    content: list[Range]
    stance: Stance = "asserts"
    hedge: Hedge = "none"
    factuality: float = 3.0
    basis: Basis = "unstated"
    form: Form = "indirect"
    turn: bool = False
    """The speaker is the label of a transcript."""

    @property
    def start(self) -> int:
        """Where the attribution begins, without the content."""
        places = [place[0] for place in (self.speaker, self.cue) if place is not None]
        return min(places) if places else self.content[0][0]

    @property
    def end(self) -> int:
        """Where the attribution ends, without the content."""
        places = [place[1] for place in (self.speaker, self.cue) if place is not None]
        return max(places) if places else self.content[-1][1]

    def covers(self, place: Range) -> bool:
        """Whether a piece of the content holds the place."""
        return any(start <= place[0] and place[1] <= end for start, end in self.content)
