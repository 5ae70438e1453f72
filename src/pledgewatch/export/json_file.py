"""The report as JSON: the nouns as they are, words verbatim."""

from __future__ import annotations

import json

from pledgewatch.export.view import require_cleared
from pledgewatch.model.report import Cleared
from pledgewatch.model.wire import to_wire

NAME = "json"


def export(cleared: Cleared) -> dict[str, bytes]:
    """``report.json``: the report and the audience. What was refused to the audience is not in it."""
    value = {"report": to_wire(require_cleared(cleared)), "audience": to_wire(cleared.audience)}
    text = json.dumps(value, ensure_ascii=False, indent=1)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair in a document
        data = json.dumps(value, ensure_ascii=True, indent=1).encode("ascii")
    return {"report.json": data + b"\n"}
