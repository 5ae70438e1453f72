"""Reports: findings as plain sentences, each with the exact words that support it and all that it was derived from."""

from pledgewatch.report.write import write_report

VERSION = "report 1"

__all__ = ["VERSION", "write_report"]
