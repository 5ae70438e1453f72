"""From pieces of evidence to one opinion: averaged within an origin, cumulated between origins (rule 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pledgewatch.model.assessment import Opinion
from pledgewatch.model.case import WeighPolicy
from pledgewatch.weigh.evidence import Weighed
from pledgewatch.weigh.opinion import average, cumulate, fade


def fuse_evidence(evidence: Sequence[Weighed], as_of: str, policy: WeighPolicy) -> Opinion:
    """The opinion that a commitment is kept, from everything that bears on it.

    Within an origin each voice counts once for each direction, by its strongest words in the earliest document that
    carries it: a copy, however often told, and however spun, changes nothing. The voices of an origin are averaged,
    then the origins cumulated. Old evidence fades.
    """
    origins = sorted({one.origin for one in evidence})
    return cumulate(
        (_fuse_origin([one for one in evidence if one.origin == origin], as_of, policy) for origin in origins),
        policy.base_rate,
    )


def _fuse_origin(evidence: Sequence[Weighed], as_of: str, policy: WeighPolicy) -> Opinion:
    voices: dict[tuple[str, str], list[Weighed]] = {}
    for one in evidence:
        voices.setdefault((one.speaker, one.direction), []).append(one)
    heard = [_hear_voice(voices[key], as_of, policy) for key in sorted(voices)]
    return average(heard, policy.base_rate)


def _hear_voice(said: Sequence[Weighed], as_of: str, policy: WeighPolicy) -> Opinion:
    first = min((one.index.available, one.index.document.id) for one in said)
    in_first = [one for one in said if (one.index.available, one.index.document.id) == first]
    strongest = max(in_first, key=lambda one: (one.opinion.belief + one.opinion.disbelief, one.order))
    return fade(strongest.opinion, share_left(strongest.index.available, as_of, policy.half_life_days))


def share_left(day: str, as_of: str, half_life_days: int) -> float:
    """The share of evidence left after its age: one half for every half-life; all of it where there is none.

    >>> share_left("2021-01-01", "2022-01-01", 365), share_left("2021-01-01", "2022-01-01", 0)
    (0.5, 1.0)
    """
    if half_life_days <= 0:
        return 1.0
    age = (date.fromisoformat(as_of) - date.fromisoformat(day)).days
    return float(0.5 ** (max(age, 0) / half_life_days))
