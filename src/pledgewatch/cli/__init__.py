"""The command line: people meet the stages here; errors become words and exit statuses."""

from __future__ import annotations

from pledgewatch.cli.app import app, main

__all__ = ["app", "main"]
