"""Weigh: what the evidence says of each commitment as of a day, how likely it is kept, and how sure one may be.

Takes the agreement with its indicators, what was read, traced and resolved, and the graded sources; gives an
``Assessment``. Method: subjective logic over origins; see ``docs/method.md``.
"""

from pledgewatch.weigh.likelihood import TERMS
from pledgewatch.weigh.rules import explain_rule
from pledgewatch.weigh.weighing import weigh_case

VERSION = "weigh 2"

__all__ = ["TERMS", "VERSION", "explain_rule", "weigh_case"]
