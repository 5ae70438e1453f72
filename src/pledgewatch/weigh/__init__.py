"""Weigh: what the evidence says of each commitment as of a day, how likely it is kept, and how sure one may be.

Takes the agreement with its indicators, what was read, traced and resolved, and the graded sources; gives an
``Assessment``. Method: subjective logic over origins; see ``docs/method.md``.
"""

from pledgewatch.weigh.as_of import Holdings, available_on, last_day, published_by
from pledgewatch.weigh.changing import find_changes
from pledgewatch.weigh.grading import measure_habit
from pledgewatch.weigh.likelihood import TERMS
from pledgewatch.weigh.rules import explain_rule
from pledgewatch.weigh.timeline import draw_timeline
from pledgewatch.weigh.weighing import ask_grades, explain_commitment, find_commitment, weigh_case

VERSION = "weigh 9"

__all__ = [
    "TERMS",
    "VERSION",
    "Holdings",
    "ask_grades",
    "available_on",
    "draw_timeline",
    "explain_commitment",
    "explain_rule",
    "find_changes",
    "find_commitment",
    "last_day",
    "measure_habit",
    "published_by",
    "weigh_case",
]
