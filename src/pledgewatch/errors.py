"""The one tree of errors: exit status, HTTP status and remedy stand on each class.

Everything that can go wrong on purpose is a :class:`PledgewatchError`. The roof (``cli``, ``web``) turns it into words
and a status; nothing below the roof prints or exits.
"""

from __future__ import annotations

from typing import ClassVar


class PledgewatchError(Exception):
    """Something a person can act on: names the thing, the place and the remedy.

    Args:
        what: what is wrong, as one sentence without a full stop.
        where: the file, line, key or id concerned; ``None`` when the sentence already names it.
        remedy: what to do about it, as an imperative sentence; ``None`` takes the class's own.
    """

    exit_status: ClassVar[int] = 70
    http_status: ClassVar[int] = 500
    default_remedy: ClassVar[str] = "Please report this as a bug."

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy if remedy is not None else self.default_remedy
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}. {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders (the engines run in workers), and keyword arguments do not survive the default.
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(cls: type[PledgewatchError], what: str, where: str | None, remedy: str | None) -> PledgewatchError:
    return cls(what, where=where, remedy=remedy)


class InputError(PledgewatchError):
    """What came in is wrong: a file, a key, a date, an option."""

    exit_status = 2
    http_status = 422
    default_remedy = "Correct the input and run the command again."


class UnreadableError(InputError):
    """One document can't be read. A case turns this into an ``Unread`` record and goes on."""

    default_remedy = "Replace the file with a readable copy, or list it in .pledgewatchignore."


class ReleaseRefused(PledgewatchError):
    """Something protected would have left; nothing was written."""

    exit_status = 3
    http_status = 403
    default_remedy = "See the remedies listed with each refused sentence."


class AnchorError(PledgewatchError):
    """Words are not where their span says; the span is an orphan and is never moved to a lookalike."""

    exit_status = 4
    http_status = 409
    default_remedy = "Read the document again, or remove the mark that points into its older text."


class ExtraMissing(PledgewatchError):
    """An optional part is not installed."""

    exit_status = 5
    http_status = 501
    default_remedy = "Install the extra that the message names."


class Bug(PledgewatchError):
    """We broke a promise of our own."""
