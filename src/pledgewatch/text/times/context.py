"""What a time expression without a year, month or day is counted from: the document's date or a date in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pledgewatch.model.reading import TimeAnchor
from pledgewatch.text.times.calendar import Moment, days_in_month, parse_moment, shift_days, weekday_of
from pledgewatch.text.times.tokens import Tokens, word_classes

NEAR = 400
"""Characters within which an explicit date governs later ones without a year, in text that is not a history."""

_TENSE = re.compile(
    r"\b(?:(?P<forward>will|shall|is to|are to|going to|scheduled|due|plans? on|planned|upcoming|"
    r"expected to|ahead of|would|should|must|set to|deadline)|(?P<past>said|told|was|were|had|did|made|came|went|began|"
    r"took|gave|held|met|left|fell|rose|won|lost|wrote|saw|spoke|since|[a-z]{2,}ed))\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\b(?:by|until|till|before|no later than)|\bdeadline of)\s+(?:(?:the|end|of|early|late|mid|next)\s+){0,4}$",
    re.I,
)
_OPENS = re.compile(
    r"\b(?:meet|begin|start|expire|open|end|arrive|leave|vote|travel|convene|resume|reconvene|gather)s?\s+(?:on\s+|in\s+)?$"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+[A-Z\"“]|\n\s*\n")


@dataclass(slots=True)
class Context:
    """What has been read so far.

    Attributes:
        published: the document's own date, ``None`` when not known.
        history: the text tells of years before it was written, or its date is not known: dates count from each other.
        last: the latest date of the text, however it was resolved, with the offset where it ended.
        explicit: the latest date whose year the text itself gave, with its offset.
    """

    text: str
    published: Moment | None
    history: bool
    last: Moment | None = None
    last_end: int = -1
    explicit: Moment | None = None
    explicit_end: int = -1

    def note(self, moment: Moment, end: int, explicit: bool) -> None:
        """Remembers a resolved date."""
        if explicit:
            self.explicit, self.explicit_end = moment, end
        if moment.month is None and self.last is not None and self.last.year == moment.year:
            # The year alone says nothing new; the month last told still counts.
            moment = self.last
        self.last, self.last_end = moment, end

    def text_base(self, start: int) -> Moment | None:
        """The date in the text that "the next day" counts from; ``None`` when none is near enough."""
        if self.history:
            return self.last
        near = self.last is not None and start - self.last_end <= NEAR
        return self.last if near and "\n\n" not in self.text[self.last_end : start] else None

    def document_base(self) -> tuple[Moment | None, TimeAnchor]:
        """The writer's now: the document's date in news, the latest date told in a history."""
        if self.history:
            return (self.last, "text") if self.last else (None, "none")
        return (self.published, "document") if self.published else (None, "none")

    def sentence(self, start: int, end: int) -> tuple[str, str]:
        """Up to 160 characters of the sentence before, and up to 120 after."""
        before = self.text[max(0, start - 160) : start]
        borders = [match.end() - 1 for match in _SENTENCE_END.finditer(before)]
        after = self.text[end : end + 120]
        border = _SENTENCE_END.search(after)
        return before[borders[-1] :] if borders else before, after[: border.start()] if border else after

    def looks_forward(self, start: int, end: int) -> bool:
        """Whether the sentence puts this time after the writing: "will meet Thursday", "by May"."""
        before, after = self.sentence(start, end)
        tenses = list(_TENSE.finditer(before))
        if by := _BY.search(before):
            # "By May the town had fallen" looks back, "they must leave by May" ahead.
            return not (by.group().lower().startswith(("until", "before", "till")) and tenses and tenses[-1]["past"])
        if after.lstrip().lower().startswith("deadline") or _OPENS.search(before):
            return True
        told = tenses[-1] if tenses else _TENSE.search(after[:80])
        return bool(told and told["forward"])


def is_history(tokens: Tokens, published: Moment | None) -> bool:
    """Whether a text tells of years two or more before it was written, and not of the days of its week.

    A text whose own date nobody knows is read as a history: its dates can only count from each other.
    """
    if published is None:
        return True
    letters = word_classes().letters
    year, bc = letters["yearno"], letters["bc"]
    years = [int(tokens.word(index)) for index, letter in enumerate(tokens.classes) if letter == year]
    if tokens.classes.count(bc) >= 3:
        return True
    weekdays = tokens.classes.count(letters["weekday"])
    far = sum(1 for each in years if each <= published.year - 2)
    # News names the days of its week; histories hardly do.
    return len(years) >= 5 and far > 0.6 * len(years) and weekdays * 8 <= far


def resolve_day(
    context: Context, month: int, day: int | None, start: int, end: int
) -> tuple[Moment | None, TimeAnchor]:
    """The year of a month or a day that the words give without one."""
    if day is not None and day > days_in_month(2000, month):
        return None, "none"
    explicit_near = (
        context.explicit is not None
        and start - context.explicit_end <= NEAR
        and "\n\n" not in context.text[context.explicit_end : start]
    )
    if not context.history and context.published:
        if (
            explicit_near
            and context.explicit
            and context.explicit.year != context.published.year
            and context.explicit.month
        ):
            return _follow(context.explicit, month, day), "text"
        return _nearest(context.published, month, day, context.looks_forward(start, end)), "document"
    if context.last is None:
        return None, "none"
    return _follow(context.last, month, day), "text"


def _follow(last: Moment, month: int, day: int | None) -> Moment:
    """In a story that goes forward, a month far before the last one told belongs to the next year."""
    year = last.year
    if last.month is not None and last.month - month >= 9:
        year += 1
    elif last.month is not None and month - last.month >= 11:
        year -= 1
    return Moment(year, month, day)


def _nearest(published: Moment, month: int, day: int | None, forward: bool) -> Moment:
    own = (published.month or (1 if forward else 12), published.day or (1 if forward else 31))
    wanted = (month, day if day is not None else own[1])
    year = published.year
    if forward and wanted < own:
        year += 1
    if not forward and wanted > own:
        year -= 1
    if day == 29 and month == 2 and days_in_month(year, 2) == 28:
        return Moment(year, month)
    return Moment(year, month, day)


def resolve_weekday(
    context: Context, weekday: int, which: int, start: int, end: int
) -> tuple[Moment | None, TimeAnchor]:
    """The day of a weekday: the nearest past one in news, the nearest coming one where the sentence looks forward."""
    base, anchor = context.document_base()
    own = weekday_of(base) if base else None
    if base is None or own is None:
        return None, "none"
    forward = which > 0 or (which == 0 and not context.history and context.looks_forward(start, end))
    if forward:
        steps = (weekday - own) % 7
        steps = 7 if steps == 0 and which > 0 else steps
    else:
        steps = -((own - weekday) % 7)
        steps = -7 if steps == 0 and which < 0 else steps
    return shift_days(base, steps), anchor


def parse_published(published: str | None) -> Moment | None:
    """The document's date as a moment; ``None`` when unknown or no ISO date."""
    return parse_moment(published)
