"""``pledgewatch fuse``: what many sources say of many things, in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.markup import escape
from rich.table import Table

from pledgewatch.cli.show import ERRORS, OUT

MOST = 200
"""Most rows of a table; ``--json`` has them all."""


def show_fusion(answer: Mapping[str, Any]) -> None:
    """The likeliest value of each item with its rivals, then how far each source was believed."""
    table = Table("item", "value", "probability", "others", pad_edge=False)
    for item in answer["items"][:MOST]:
        rivals = [one for one in item["values"] if one["value"] != item["value"]]
        others = "; ".join(f"{one['value']} {one['probability']:.2f}" for one in rivals)
        table.add_row(*map(escape, (str(item["item"]), str(item["value"]), f"{item['probability']:.2f}", others)))
    OUT.print(table)
    sources = Table("source", "reliability", "claims", pad_edge=False)
    for one in sorted(answer["sources"], key=lambda one: (-one["reliability"], one["source"]))[:MOST]:
        sources.add_row(*map(escape, (str(one["source"]), f"{one['reliability']:.2f}", str(one["claims"]))))
    OUT.print(sources)
    for record in answer["unread"]:
        ERRORS.print(f"[yellow]unread[/] row {record['row']}: {escape(record['why'])}")
