"""The report as one self-contained page: every number leads to the exact words in their context, and back."""

from __future__ import annotations

import functools

import jinja2

from pledgewatch.export.view import (
    explain_grade,
    group_passages,
    group_sentences,
    label_section,
    link_address,
    load_words,
    make_environment,
    number_passages,
    require_cleared,
    show_controls,
    show_day,
    split_sentence,
    split_title,
)
from pledgewatch.model.report import Cleared

NAME = "html"


def export(cleared: Cleared) -> dict[str, bytes]:
    """``index.html``: no script, no network; the page's own content policy forbids both."""
    report = require_cleared(cleared)
    text = _template().render(
        report=report,
        audience=cleared.audience,
        numbers=number_passages(report),
        passages=group_passages(report),
        words=load_words(),
    )
    # Control characters are made visible in the whole page: none has a place in HTML.
    return {"index.html": show_controls(text).encode("utf-8")}


@functools.cache
def _template() -> jinja2.Template:
    environment = make_environment("pledgewatch.export", autoescape=True)
    environment.filters.update(
        day=show_day,
        groups=group_sentences,
        label=label_section,
        head=split_title,
        meaning=explain_grade,
        pieces=split_sentence,
        link=link_address,
    )
    return environment.get_template("index.html.jinja")
