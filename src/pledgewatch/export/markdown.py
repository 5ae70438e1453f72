"""The report as Markdown: numbers in the text lead to a section with the passages."""

from __future__ import annotations

import functools
import re

import jinja2

from pledgewatch.export.view import (
    explain_grade,
    group_passages,
    group_sentences,
    label_section,
    load_words,
    make_environment,
    number_passages,
    require_cleared,
    show_controls,
    show_day,
    split_title,
)
from pledgewatch.model.report import Cleared

NAME = "markdown"

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$^])")
_LINE_START = re.compile(r"^(\s*)([-+=:])")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])")


def export(cleared: Cleared) -> dict[str, bytes]:
    """``report.md``, in CommonMark with one table. White space within words is shown as one space."""
    report = require_cleared(cleared)
    text = _template().render(
        report=report,
        audience=cleared.audience,
        numbers=number_passages(report),
        passages=group_passages(report),
        words=load_words(),
    )
    return {"report.md": (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n").encode("utf-8")}


def escape_markdown(untrusted_text: object) -> str:
    """The text with every character that Markdown or HTML would act on led by a backslash, on one line.

    >>> escape_markdown("*<b>*\\n# 1. x")
    '\\\\*\\\\<b\\\\>\\\\* \\\\# 1. x'
    """
    text = " ".join(show_controls(str(untrusted_text)).split())
    text = _SPECIAL.sub(r"\\\1", text)
    text = _LINE_START.sub(r"\1\\\2", text)
    return _NUMBERED.sub(r"\1\\\2", text)


@functools.cache
def _template() -> jinja2.Template:
    environment = make_environment("pledgewatch.export", autoescape=False)
    environment.filters.update(
        md=escape_markdown,
        day=show_day,
        groups=group_sentences,
        label=label_section,
        head=split_title,
        meaning=explain_grade,
    )
    return environment.get_template("report.md.jinja")
