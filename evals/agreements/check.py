"""``python -m evals.agreements.check``: whether every annotation holds in its text, and how many there are.

Every quote must be found exactly, every date be ISO, every condition name a commitment; loading does that. Here stand
the rules between the parts: what overlaps, who is bound, what a protocol amends. Exit status 1 on a breach.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from evals.agreements import FOLDER, GoldAgreement, load
from pledgewatch.errors import InputError


def main() -> int:
    """Print one line an agreement and the totals; every breach on a line of its own."""
    shared = Path(os.environ.get("PLEDGEWATCH_SHARED", FOLDER.parents[1].parent / "shared"))
    breaches = 0
    for part in ("dev", "opened", "blind"):
        try:
            agreements = load(FOLDER / part, shared if shared.is_dir() else None)
        except InputError as error:
            print(f"{part}: {error}")
            breaches += 1
            continue
        for agreement in agreements:
            print(f"{part}/{agreement.name}: {len(agreement.commitments)} commitments")
            for breach in find_breaches(agreement, {each.name: each for each in agreements}):
                print(f"  {breach}")
                breaches += 1
        print(f"{part}: {describe_counts(agreements)}")
    return 1 if breaches else 0


def find_breaches(agreement: GoldAgreement, beside: dict[str, GoldAgreement]) -> list[str]:
    """What is wrong between the parts of one annotation, in words; empty when all holds."""
    found = []
    spans = sorted(each.span for each in agreement.commitments)
    found += [f"two commitments overlap at {right.text!r}" for left, right in pairwise(spans) if left.end > right.start]
    for quiet in (*agreement.not_commitments, *(each.span for each in agreement.exclusions), *agreement.either):
        found += [f"both a commitment and none: {quiet.text!r}" for span in spans if span.overlaps(quiet)]
    found += [f"nobody bound by {each.span.text!r}" for each in agreement.commitments if not each.obligor]
    found += [f"ends in punctuation: {span.text!r}" for span in spans if span.text[-1] in ".,;:"]
    if agreement.amends is not None:
        clauses = (
            {each.clause for each in beside[agreement.amends].commitments} if agreement.amends in beside else set()
        )
        found += [f"moves {each.clause}, which is no clause" for each in agreement.moves if each.clause not in clauses]
    return found


def describe_counts(agreements: tuple[GoldAgreement, ...]) -> str:
    """The totals of a folder in one line.

    >>> describe_counts(())
    '0 agreements, 0 commitments (none), 0 with a deadline (0 dated), 0 conditions (0 linked), 0 sentences of none'
    """
    all_of_them = [each for agreement in agreements for each in agreement.commitments]
    kinds = Counter(f"{each.modality}" for each in all_of_them) + Counter(
        each.force for each in all_of_them if each.force != "binding"
    )
    deadlines = [each.deadline for each in all_of_them if each.deadline]
    conditions = [condition for each in all_of_them for condition in each.conditions]
    return (
        f"{len(agreements)} agreements, {len(all_of_them)} commitments "
        f"({', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items())) or 'none'}), "
        f"{len(deadlines)} with a deadline ({sum(each.date is not None for each in deadlines)} dated), "
        f"{len(conditions)} conditions ({sum(bool(each.on) for each in conditions)} linked), "
        f"{sum(len(each.not_commitments) for each in agreements)} sentences of none"
    )


if __name__ == "__main__":
    sys.exit(main())
