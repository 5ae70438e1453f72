"""Grades: a letter for the source and a digit for the information, each asked by itself (Admiralty code).

The letter comes from the case's file of sources, as it stood on the day. The digit is proposed from corroboration by
independent origins. Whoever confirms them is asked twice, and blind: for the letter without a word of what the source
reports here, for the digit without a word of who published it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pledgewatch.model.agreement import Shows
from pledgewatch.model.assessment import Assessment, DigitQuestion, GradingHabit, LetterQuestion
from pledgewatch.model.identity import make_id
from pledgewatch.weigh.confidence import count_independent
from pledgewatch.weigh.evidence import Case, Weighed, place_of_bearing
from pledgewatch.weigh.reckoning import FIRM_BEARS

DIAGONAL = ("A1", "B2", "C3", "D4", "E5")

Digits = Mapping[tuple[str, Shows], str]
"""Proposed digit by indicator and direction."""


def propose_digits(evidence: Sequence[Weighed]) -> dict[tuple[str, Shows], str]:
    """The digit of the Admiralty code for each thing that is said, proposed from corroboration by origins.

    What three independent origins without an interest or more say of one indicator: 2, two: 3, one: 6, for one origin
    alone can't be judged; contradicted, on the commitment, by as many as bear it out: 4. A 1 ("confirmed") is for a
    person to give.
    """
    sides: tuple[tuple[Shows, Shows], ...] = (("kept", "broken"), ("broken", "kept"))
    overall = {side: count_independent(evidence, side) for side, _ in sides}
    digits: dict[tuple[str, Shows], str] = {}
    for side, contrary in sides:
        is_contradicted = overall[contrary] >= max(overall[side], 1) and _outweighs(evidence, contrary)
        for indicator in sorted({one.indicator.id for one in evidence if one.direction == side}):
            said = [one for one in evidence if one.indicator.id == indicator]
            number = count_independent(said, side)
            digits[indicator, side] = "4" if is_contradicted else "2" if number >= 3 else "3" if number == 2 else "6"
    return digits


def _outweighs(evidence: Sequence[Weighed], contrary: Shows) -> bool:
    return any(
        one.direction == contrary and not one.is_interested and one.bearing.bears * one.indicator.telling >= FIRM_BEARS
        for one in evidence
    )


def ask_letters(case: Case, evidence: Iterable[Weighed]) -> tuple[LetterQuestion, ...]:
    """One question for each source whose documents bear, by name. No words, no digits, no commitments."""
    documents: dict[str, set[str]] = {}
    for one in evidence:
        if one.index.document.source:
            documents.setdefault(one.index.document.source, set()).add(one.index.document.id)
    return tuple(
        LetterQuestion(
            source.name,
            source.kind,
            source.interested_in,
            source.reliability_on(case.as_of),
            tuple(change for change in source.history if change.until < case.as_of),
            len(documents[source.id]),
        )
        for source in sorted(case.sources, key=lambda source: (source.name.casefold(), source.id))
        if source.id in documents
    )


def ask_digits(commitment: str, evidence: Sequence[Weighed], digits: Digits) -> tuple[DigitQuestion, ...]:
    """One question for each thing said, in an order that tells nothing. No publishers, no letters."""
    questions: dict[str, DigitQuestion] = {}
    for one in evidence:
        contrary: Shows = "kept" if one.direction == "broken" else "broken"
        question = DigitQuestion(
            make_id("q", commitment, one.indicator.id, one.direction, _words(one).casefold()),
            commitment,
            one.indicator.id,
            one.direction,
            _words(one),
            _words_of_others(one, [two for two in evidence if two.indicator.id == one.indicator.id], one.direction),
            _words_of_others(one, evidence, contrary),
            digits[one.indicator.id, one.direction],
        )
        questions.setdefault(question.id, question)
    return tuple(questions[key] for key in sorted(questions))


def _words_of_others(one: Weighed, evidence: Sequence[Weighed], direction: Shows) -> tuple[str, ...]:
    """The strongest words of each other origin without an interest and of each other voice, the strongest first."""
    best: list[Weighed] = []
    voices, origins = {one.voice.known_as or one.origin}, {one.origin}
    for two in sorted(evidence, key=lambda two: (-two.bearing.bears, two.order)):
        voice = two.voice.known_as or two.origin
        if two.direction == direction and not two.is_interested and two.origin not in origins and voice not in voices:
            best.append(two)
            voices.add(voice)
            origins.add(two.origin)
    return tuple(_words(two) for two in best)


def _words(one: Weighed) -> str:
    return " ".join(one.index.text[slice(*place_of_bearing(one))].split())


def measure_habit(assessment: Assessment) -> GradingHabit:
    """How often each code was given over a case, and whether letter and digit go together out of habit.

    Who grades a source B tends to grade its information 2. The share on the diagonal is shown beside the one that the
    same letters and digits would give if they were dealt out anew.
    """
    codes = Counter(
        evidence.grade
        for finding in assessment.findings
        for evidence in (*finding.evidence_for, *finding.evidence_against)
    )
    judged = {code: number for code, number in codes.items() if code[0] != "F" and code[1] != "6"}
    total = sum(judged.values())
    shown = tuple(sorted(codes.items()))
    if not total:
        return GradingHabit(shown, 0, None, None)
    letters, digits = Counter[str](), Counter[str]()
    for code, number in judged.items():
        letters[code[0]] += number
        digits[code[1]] += number
    expected = sum(letters[code[0]] * digits[code[1]] for code in DIAGONAL) / total**2
    return GradingHabit(shown, total, sum(judged.get(code, 0) for code in DIAGONAL) / total, expected)
