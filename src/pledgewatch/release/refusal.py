"""The refusal of a release, with each refused sentence, the rule and what could be done."""

from __future__ import annotations

from pledgewatch.errors import ReleaseRefused
from pledgewatch.model.report import RefusedSentence


class SentencesRefused(ReleaseRefused):
    """Something protected would have left with these sentences; nothing is cleared.

    The message counts and does not quote: it may be printed where the sentences may not be seen.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        remedy: str | None = None,
        refused: tuple[RefusedSentence, ...] = (),
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.refused = refused

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.what, self.where, self.remedy, self.refused))


def _rebuild(
    what: str, where: str | None, remedy: str | None, refused: tuple[RefusedSentence, ...]
) -> SentencesRefused:
    return SentencesRefused(what, where=where, remedy=remedy, refused=refused)
