"""The arithmetic of one finding as tables that a person can go through with a pencil."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.table import Table
from rich.text import Text

from pledgewatch.cli.show import OUT, STATUS_STYLES
from pledgewatch.model.agreement import Commitment
from pledgewatch.model.assessment import ExplainedEvidence, ExplainedVoice, Explanation, Factor, Opinion

LONGEST_WORDS = 240


def show_explanation(explanation: Explanation, commitment: Commitment, paths: Mapping[str, str]) -> None:
    """Prints every number of a finding: evidence and factors, voices and age, origins, the sum, the rules.

    Args:
        paths: of the documents, by id.
    """
    _print(
        f"Clause {commitment.clause} ({explanation.commitment}) as of {explanation.as_of}: “{commitment.act.text}”",
        "bold",
    )
    if not explanation.evidence:
        _print("Nothing that was published by then bears on it.")
    else:
        _print("\n1. Each piece of evidence: the factors multiplied give the mass; what it lacks to 1 is uncertainty.")
        OUT.print(_draw_evidence(explanation, paths))
        half = explanation.half_life_days
        fading = f"half is left after every {half} days, unless the fact is lasting" if half else "nothing fades"
        _print(
            "2. Each voice of an origin counts once a direction, by its strongest words in the earliest document"
            f" ({fading})."
            "\n   r = 2b/u and s = 2d/u, times what is left; then b = r/(r+s+2), d = s/(r+s+2), u = 2/(r+s+2)."
        )
        OUT.print(_draw_voices(explanation))
        _print(
            "3. Within an origin the voices' r and s are averaged, weighted by 1 - u; between origins they are added:"
            " of one publisher the strongest in a direction counts whole, of the others the share shown."
        )
        OUT.print(_draw_origins(explanation))
    _print(_write_sum(explanation))
    OUT.print(_draw_rules(explanation))
    for number in explanation.numbers:
        _print(f"   {number.name}: {_number(number.value)}{f' ({number.why})' if number.why else ''}")
    _print(f"Status: {explanation.status}", STATUS_STYLES[explanation.status])
    _print(explanation.confidence_why)


def _print(line: str, style: str = "") -> None:
    OUT.print(Text(line, style))


def _table(*names: str) -> Table:
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0), show_edge=False)
    for name in names:
        numeric = name in ("#", "mass", "b", "d", "u", "days", "left", "r", "s", "1-u", "counted")
        table.add_column(name, justify="right" if numeric else "left", no_wrap=numeric)
    return table


def _draw_evidence(explanation: Explanation, paths: Mapping[str, str]) -> Table:
    table = _table("#", "who, where, which words", "bears on", "factors", "mass", "b", "d", "u")
    for line in explanation.evidence:
        one = line.evidence
        who = " ".join((one.said_by or "the narrator").split())
        words = " ".join(one.span.text.split())
        words = words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rstrip() + "…"
        where = f"{line.outlet} {line.published} [{one.grade}]\n{paths.get(one.document, one.document)}"
        table.add_row(
            str(line.number),
            Text(f"{who}, {where} {one.span.start}-{one.span.end}\n“{words}”"),
            Text(f"{one.indicator}\n{one.direction}"),
            Text(_write_factors(line)),
            _number(line.mass),
            *_masses(line.opinion),
        )
    return table


def _write_factors(line: ExplainedEvidence) -> str:
    rows = [_write_factor(factor) for factor in line.factors]
    if line.counted_part:
        rows.append("a part of what was due: half speaks against")
    return "\n".join(rows)


def _write_factor(factor: Factor) -> str:
    return f"{factor.name} {_number(factor.value)}{f' ({factor.why})' if factor.why else ''}"


def _draw_voices(explanation: Explanation) -> Table:
    table = _table("origin", "voice", "direction", "of", "counted", "days", "left", "b", "d", "u", "r", "s", "1-u")
    for origin in explanation.origins:
        for voice in origin.voices:
            opinion = voice.faded
            table.add_row(
                origin.origin,
                Text(_name_voice(voice)),
                voice.direction,
                ", ".join(f"#{number}" for number in voice.numbers),
                f"#{voice.counted}",
                str(voice.age_days),
                _number(voice.left),
                *_masses(opinion),
                _number(2 * opinion.belief / opinion.uncertainty),
                _number(2 * opinion.disbelief / opinion.uncertainty),
                _number(1 - opinion.uncertainty),
            )
    return table


def _name_voice(voice: ExplainedVoice) -> str:
    name = " ".join(voice.name.split())
    if voice.lasting:
        name += f"\nlasting: “{voice.lasting}”"
    if voice.counts_in:
        name += f"\nweighs nothing here: the same voice counts in {voice.counts_in}"
    return name


def _draw_origins(explanation: Explanation) -> Table:
    table = _table("origin, publisher", "documents", "r", "counts", "s", "counts", "b", "d", "u")
    for origin in explanation.origins:
        table.add_row(
            Text(f"{origin.origin}\n{origin.publisher or 'publisher not known'}"),
            str(len(origin.documents)),
            _number(origin.support),
            f"× {_number(origin.counted_for)}",
            _number(origin.contrary),
            f"× {_number(origin.counted_against)}",
            *_masses(origin.opinion),
        )
    return table


def _write_sum(explanation: Explanation) -> str:
    opinion = explanation.opinion
    support = sum(origin.support * origin.counted_for for origin in explanation.origins)
    contrary = sum(origin.contrary * origin.counted_against for origin in explanation.origins)
    lines = [
        f"4. Together r = {_number(support)}, s = {_number(contrary)}, so b = {_number(opinion.belief)},"
        f" d = {_number(opinion.disbelief)}, u = {_number(opinion.uncertainty)}.",
        f"   Projected probability that it is kept: b + {opinion.base_rate:g} u = {_number(explanation.projected)}.",
    ]
    if explanation.likelihood and explanation.band:
        low, high = explanation.band
        lines.append(f"   In ICD 203's terms: {explanation.likelihood} ({low}-{high} %).")
    else:
        lines.append("   No likelihood is given where nothing is judged or due, which is neither 50 % nor zero.")
    return "\n".join(lines)


def _draw_rules(explanation: Explanation) -> Table:
    table = _table("5. rule asked", "what it says", "answer")
    for rule in explanation.rules:
        table.add_row(rule.name, Text(rule.text), rule.answer or "no")
    return table


def _masses(opinion: Opinion) -> tuple[str, str, str]:
    return _number(opinion.belief), _number(opinion.disbelief), _number(opinion.uncertainty)


def _number(value: float) -> str:
    """Four places at most, none of them idle.

    >>> _number(0.9), _number(1.0), _number(0.12345)
    ('0.9', '1', '0.1235')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".")
