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
    carries it: a copy, however often told, and however spun, changes nothing. Somebody with a name who is quoted by
    several origins counts once in all, in the origin that carries the words best. The voices of an origin are averaged,
    then the origins cumulated. Old evidence fades.
    """
    said: dict[tuple[str, str, str], list[Weighed]] = {}
    for one in evidence:
        said.setdefault((one.origin, one.speaker, one.direction), []).append(one)
    voices = {key: _hear_voice(said[key], as_of, policy) for key in sorted(said)}
    best: dict[tuple[str, str], tuple[str, str, str]] = {}
    for key, opinion in voices.items():
        if _has_name(said[key][0]) and _weight(opinion) > _weight(voices[best.get(key[1:], key)]):
            best[key[1:]] = key
        elif _has_name(said[key][0]):
            best.setdefault(key[1:], key)
    heard: dict[str, list[Opinion]] = {}
    for key, opinion in voices.items():
        if best.get(key[1:], key) == key:
            heard.setdefault(key[0], []).append(opinion)
    return cumulate((average(heard[origin], policy.base_rate) for origin in sorted(heard)), policy.base_rate)


def _weight(opinion: Opinion) -> float:
    return opinion.belief + opinion.disbelief


def _has_name(one: Weighed) -> bool:
    """Whether a speaker is one person or body: a known actor or a name; "officials" may be others each time."""
    if one.said_by is None:
        return False
    words = [word for word in one.said_by.split() if word.lower() not in ("the", "a", "an")]
    return sum(word[:1].isupper() for word in words) >= 2 or any(len(word) > 1 and word.isupper() for word in words)


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
