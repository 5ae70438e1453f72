"""Ledger: what an agreement binds whom to, clause by clause, and what would show it kept or broken.

Takes the agreement's text, gives ``Commitment``s and proposes their ``Indicator``s, which a person edits in the case's
``indicators.yml``. Method: clauses by their numbers, commitments by the words that bind, forbid or allow
(``modality.yml``), deadlines by rules that can be counted again (``rules.py``), conditions by what they point to,
indicators from
a table of the acts that such agreements deal in (``acts.yml``).
"""

from pledgewatch.ledger.amendments import apply_amendment
from pledgewatch.ledger.draw import draw_ledger
from pledgewatch.ledger.graph import ConditionGraph, build_graph, write_dot, write_mermaid
from pledgewatch.ledger.indicator_file import parse_indicators, write_indicators
from pledgewatch.ledger.indicators import attach_indicators, propose_indicators
from pledgewatch.ledger.rules import recompute_deadlines

VERSION = "ledger 6"

__all__ = [
    "VERSION",
    "ConditionGraph",
    "apply_amendment",
    "attach_indicators",
    "build_graph",
    "draw_ledger",
    "parse_indicators",
    "propose_indicators",
    "recompute_deadlines",
    "write_dot",
    "write_indicators",
    "write_mermaid",
]
