"""Likelihood in words: one row of the estimative terms of ICD 203."""

from __future__ import annotations

from pledgewatch.model.assessment import Likelihood

TERMS: tuple[tuple[Likelihood, int, int], ...] = (
    ("almost no chance", 1, 5),
    ("very unlikely", 5, 20),
    ("unlikely", 20, 45),
    ("roughly even chance", 45, 55),
    ("likely", 55, 80),
    ("very likely", 80, 95),
    ("almost certainly", 95, 99),
)
"""Term and its band in percent, from ICD 203 (ODNI, 2015), D.6.e(2)(a), second row."""


def name_likelihood(probability: float) -> Likelihood:
    """The term whose band holds a probability; on a border, the one nearer to an even chance.

    >>> [name_likelihood(value) for value in (0.03, 0.2, 0.45, 0.8, 0.81, 1.0)]
    ['almost no chance', 'unlikely', 'roughly even chance', 'likely', 'very likely', 'almost certainly']
    """
    percent = round(probability * 100, 9)
    if percent < 45:
        return next(term for term, _, high in TERMS if percent < high)
    return next((term for term, _, high in TERMS if high >= 55 and percent <= high), TERMS[-1][0])


def write_likelihood(probability: float) -> str:
    """The term of ICD 203 with the number beside it; nothing is ever put at 0 or at 100 per cent.

    >>> write_likelihood(0.72), write_likelihood(1.0)
    ('likely (72 %)', 'almost certainly (99 %)')
    """
    percent = min(max(round(probability * 100), TERMS[0][1]), TERMS[-1][2])
    return f"{name_likelihood(percent / 100)} ({percent} %)"
