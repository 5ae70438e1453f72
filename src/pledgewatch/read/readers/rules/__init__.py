"""The rule-based reader."""

from pledgewatch.read.readers.rules.reader import RulesReader

__all__ = ["RulesReader"]
