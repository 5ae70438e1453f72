"""Ledger: what an agreement binds whom to, clause by clause, and what would show it kept or broken.

Takes the agreement's text, gives ``Commitment``s and proposes their ``Indicator``s, which a person edits in the case's
``indicators.yml``. Method: clauses by their numbers, commitments by the words that bind, forbid or allow
(``modality.yml``), indicators from a table of the acts that such agreements deal in (``acts.yml``).
"""

from pledgewatch.ledger.draw import draw_ledger
from pledgewatch.ledger.indicator_file import parse_indicators, write_indicators
from pledgewatch.ledger.indicators import attach_indicators, propose_indicators

VERSION = "ledger 2"

__all__ = ["VERSION", "attach_indicators", "draw_ledger", "parse_indicators", "propose_indicators", "write_indicators"]
