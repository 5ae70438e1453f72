"""Exports: a cleared report as bytes for others. Nothing but what ``release`` cleared is accepted."""

from types import ModuleType

from pledgewatch.export import csv_file, html, json_file, markdown
from pledgewatch.model.report import Cleared

VERSION = "export 1"

EXPORTS: tuple[ModuleType, ...] = (html, markdown, json_file, csv_file)
"""Every export that is built in. Each has ``NAME`` and ``export(cleared) -> dict[str, bytes]``."""


def export_report(cleared: Cleared) -> dict[str, bytes]:
    """All files of a cleared report, by relative path, from every export."""
    files: dict[str, bytes] = {}
    for exporter in EXPORTS:
        files.update(exporter.export(cleared))
    return files


__all__ = ["EXPORTS", "VERSION", "export_report"]
