"""``python -m pledgewatch``."""

from __future__ import annotations

from pledgewatch.cli import main

main()
