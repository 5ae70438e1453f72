"""How a run tells the outside how far it is. The roof decides how that looks."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Hears of each stage's start, steps and end."""

    def start_stage(self, stage: str, total: int | None) -> None:
        """A stage begins; ``total`` items are to be done, ``None`` when that is not known."""

    def step_stage(self, stage: str) -> None:
        """One item of the stage is done."""

    def finish_stage(self, stage: str, note: str) -> None:
        """The stage is done; ``note`` says in words what came of it."""


class SilentProgress:
    """Tells nobody."""

    def start_stage(self, stage: str, total: int | None) -> None:
        """Says nothing."""

    def step_stage(self, stage: str) -> None:
        """Says nothing."""

    def finish_stage(self, stage: str, note: str) -> None:
        """Says nothing."""
