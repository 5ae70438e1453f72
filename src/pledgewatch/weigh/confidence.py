"""How sure one may be, and why: a sentence of its own (rule 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pledgewatch.model.agreement import Shows
from pledgewatch.model.assessment import Confidence, Status
from pledgewatch.weigh.evidence import Weighed

_GOOD = ("A", "B")
_FAIR = ("A", "B", "C")


def rate_confidence(
    status: Status, evidence: Sequence[Weighed], is_one_sided: bool, independent: Mapping[Shows, int]
) -> tuple[Confidence, str]:
    """Confidence in a finding, from the number and independence of origins, their grades and what contradicts them.

    Args:
        independent: how many origins without an interest speak for each direction, each with a voice of its own.

    High: three origins or more, of two publishers at least, agree, two of them graded A or B, nobody without an
    interest contradicts. Moderate: two
    origins or more agree, one graded A to C, or one graded A with nobody contradicting. Low: everything less. None:
    nothing bears.
    """
    if not evidence:
        return "none", "Nothing that was published by then bears on it."
    against = [one for one in evidence if one.direction == "broken"]
    kept = [one for one in evidence if one.direction == "kept"]
    mass_for = sum(one.opinion.belief for one in kept)
    mass_against = sum(one.opinion.disbelief for one in against)
    leading, trailing = (against, kept) if status == "broken" or mass_against > mass_for else (kept, against)
    firm = [one for one in leading if not one.is_interested]
    origins = independent["broken" if leading is against else "kept"]
    letters = {one.origin: one.letter for one in firm}
    contradicted = any(not one.is_interested and one.bearing.bears >= 0.4 for one in trailing)
    reasons = [_count(len({one.origin for one in leading}), "origin"), _grades(leading)]
    if firm and origins < len(letters):
        reasons.append(f"in which only {_count(origins, 'independent voice')} speak{'s' if origins == 1 else ''}")
    if leading and not firm:
        reasons.append("all of it from an interested party")
    if trailing:
        who = "somebody without an interest" if contradicted else "an interested party or on weak words only"
        reasons.append(f"contradicted by {who}")
    if is_one_sided:
        reasons.append("everything comes from one side of the agreement")
    houses = len({one.house or one.origin for one in firm})
    good = sum(letter in _GOOD for letter in letters.values())
    if status in ("cannot be judged", "contested"):
        level: Confidence = "low"
    elif origins >= 3 and good >= 2 and houses >= 2 and not contradicted:
        level = "high"
    elif (origins >= 2 and any(letter in _FAIR for letter in letters.values())) or (
        origins and "A" in letters.values() and not contradicted
    ):
        level = "moderate"
    else:
        level = "low"
    return level, f"Confidence is {level}: it rests on {', '.join(reasons)}."


def count_independent(evidence: Iterable[Weighed], direction: Shows) -> int:
    """How many origins without an interest speak for a direction, each with a voice that no other origin needs.

    An actor who speaks in three stories and is the only voice in each bears out one of them (rule 3).
    """
    voices: dict[str, set[tuple[str, str]]] = {}
    for one in evidence:
        if one.direction == direction and not one.is_interested:
            name = ("", one.voice.known_as) if one.voice.known_as else (one.origin, one.voice.key)
            voices.setdefault(one.origin, set()).add(name)
    vouches: dict[tuple[str, str], str] = {}
    return sum(_find_voice(origin, voices, vouches, set()) for origin in sorted(voices))


def _find_voice(
    origin: str,
    voices: Mapping[str, set[tuple[str, str]]],
    vouches: dict[tuple[str, str], str],
    asked: set[tuple[str, str]],
) -> bool:
    """Whether an origin gets a voice of its own, another origin giving up one that it can do without."""
    for voice in sorted(voices[origin] - asked):
        asked.add(voice)
        if voice not in vouches or _find_voice(vouches[voice], voices, vouches, asked):
            vouches[voice] = origin
            return True
    return False


def _count(number: int, noun: str) -> str:
    return f"one {noun}" if number == 1 else f"{number} {noun}s"


def _grades(evidence: Sequence[Weighed]) -> str:
    letters = sorted({one.letter for one in evidence})
    if letters == ["F"]:
        return "of a source whose reliability cannot be judged"
    return f"graded {' and '.join(letters)}" if letters else "of no grade"
