"""The written rules that give a status, in the order in which they are asked. A docstring is what users are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pledgewatch.model.agreement import Commitment
from pledgewatch.model.assessment import Factor, Opinion, Status
from pledgewatch.model.case import WeighPolicy
from pledgewatch.weigh.as_of import last_day

SUBSTANTIAL = 0.15
"""Mass from which a side counts as substantial."""


@dataclass(frozen=True, slots=True)
class View:
    """What the rules look at.

    Attributes:
        waits_for: statuses of the commitments that its conditions point to; to excuse another a breach must be shown
            with moderate confidence at least, and is "contested" here where it is not.
        firm_for, firm_against: origins with evidence from somebody without an interest.
        is_partial: the evidence of keeping speaks of a part.
        share: how much is done, as the newest count has it; ``None`` where nobody counts.
        is_specific: something that bears says at least as much of this commitment as of the agreement as a whole.
    """

    commitment: Commitment
    opinion: Opinion
    as_of: str
    policy: WeighPolicy
    waits_for: tuple[Status, ...] = ()
    origins_for: int = 0
    origins_against: int = 0
    firm_for: int = 0
    firm_against: int = 0
    is_partial: bool = False
    share: float | None = None
    is_specific: bool = True

    @property
    def is_due(self) -> bool:
        """Whether no deadline lies ahead; a coarse one lies ahead until its last day."""
        deadline = self.commitment.deadline
        return deadline is None or deadline.date is None or last_day(deadline.date) <= self.as_of

    @property
    def is_certain_enough(self) -> bool:
        """Whether enough of the mass is certain for any verdict."""
        return 1.0 - self.opinion.uncertainty >= self.policy.min_certain

    @property
    def shows_kept(self) -> bool:
        """Whether the opinion decides for kept."""
        return self.is_certain_enough and self.opinion.projected >= self.policy.decide_at

    @property
    def shows_broken(self) -> bool:
        """Whether the opinion decides for broken."""
        return self.is_certain_enough and self.opinion.projected <= 1.0 - self.policy.decide_at


Rule = Callable[[View], Status | None]


def permission(view: View) -> Status | None:
    """What somebody may do can be neither kept nor broken."""
    return "cannot be judged" if view.commitment.modality == "may" else None


def before_deadline(view: View) -> Status | None:
    """The deadline lies ahead, and nothing shows the duty fulfilled early."""
    if view.is_due or view.commitment.modality != "must" or (view.shows_kept and not view.is_partial):
        return None
    return "not yet due"


def condition_not_met(view: View) -> Status | None:
    """What it waits for is not yet due, or broken with moderate confidence, and nothing shows it kept all the same."""
    if view.shows_kept or not any(status in ("broken", "not yet due") for status in view.waits_for):
        return None
    return "not yet due"


def nothing_specific(view: View) -> Status | None:
    """What bears speaks only of the agreement as a whole, not of what this commitment says."""
    return None if view.is_specific else "cannot be judged"


def too_uncertain(view: View) -> Status | None:
    """There is too little evidence, or too little that can be relied on, for any verdict."""
    return None if view.is_certain_enough else "cannot be judged"


def both_sides(view: View) -> Status | None:
    """Substantial evidence speaks on both sides, on each from somebody without an interest or from several origins."""
    has_for = view.firm_for > 0 or view.origins_for > 1
    has_against = view.firm_against > 0 or view.origins_against > 1
    is_split = min(view.opinion.belief, view.opinion.disbelief) >= SUBSTANTIAL
    return "contested" if has_for and has_against and is_split else None


def deadline_missed(view: View) -> Status | None:
    """The deadline has passed, and the evidence shows the act not done."""
    deadline = view.commitment.deadline
    return "broken" if deadline and deadline.date and view.is_due and view.shows_broken else None


def breach_shown(view: View) -> Status | None:
    """The evidence shows what the commitment forbids, or that what it demands is refused."""
    return "broken" if view.shows_broken else None


def part_done(view: View) -> Status | None:
    """The evidence shows that a part of the duty is done."""
    is_duty = view.commitment.modality == "must"
    least = 0.5 + SUBSTANTIAL / 2 if view.share is None else 0.5 - SUBSTANTIAL / 2
    return "partly kept" if is_duty and view.is_partial and view.opinion.projected >= least else None


def keeping_shown(view: View) -> Status | None:
    """The evidence shows the commitment kept."""
    return "kept" if view.shows_kept else None


def disputed(view: View) -> Status | None:
    """The evidence leans to one side, but not far enough to decide against what is said on the other."""
    return "contested" if view.origins_for and view.origins_against else None


def undecided(_view: View) -> Status | None:
    """The evidence leans too little to either side."""
    return "cannot be judged"


RULES: tuple[Rule, ...] = (
    permission,
    before_deadline,
    condition_not_met,
    nothing_specific,
    too_uncertain,
    both_sides,
    deadline_missed,
    breach_shown,
    part_done,
    keeping_shown,
    disputed,
    undecided,
)
"""Asked in this order; the first that answers gives the status."""


def apply_rules(view: View) -> tuple[Status, str]:
    """The status of a commitment and the name of the rule that gave it."""
    *_, (name, status) = ask_rules(view)
    if status is None:
        raise AssertionError("the last rule always answers")
    return status, name


def ask_rules(view: View) -> Iterator[tuple[str, Status | None]]:
    """The rules in the order in which they are asked, with their answers, up to the first that gives a status."""
    for rule in RULES:
        status = rule(view)
        yield rule.__name__.replace("_", " "), status
        if status is not None:
            return


def list_numbers(view: View) -> tuple[Factor, ...]:
    """The numbers that the rules look at, as an explanation shows them."""
    policy, opinion = view.policy, view.opinion
    found = [
        Factor("projected probability", opinion.projected, "belief + base rate × uncertainty"),
        Factor("certain mass", 1.0 - opinion.uncertainty, f"must reach {policy.min_certain:g} for any verdict"),
        Factor("decided for kept from", policy.decide_at),
        Factor("decided for broken up to", round(1.0 - policy.decide_at, 9)),
        Factor("substantial on each side from", SUBSTANTIAL, "belief and disbelief, for contested"),
        Factor("origins for", view.origins_for, f"{view.firm_for} with firm words of somebody without an interest"),
        Factor(
            "origins against",
            view.origins_against,
            f"{view.firm_against} with firm words of somebody without an interest",
        ),
    ]
    if view.share is not None:
        found.append(Factor("share done", view.share, "as the newest count has it"))
    return tuple(found)


def explain_rule(name: str) -> str:
    """The explanation that users see for a rule's name; empty for a name that is none.

    >>> explain_rule("permission")
    'What somebody may do can be neither kept nor broken.'
    """
    return next(((rule.__doc__ or "") for rule in RULES if rule.__name__.replace("_", " ") == name), "")


def rate_implementation(
    commitment: Commitment, status: Status, projected: float, share: float | None = None
) -> int | None:
    """The Kroc scale of implementation: 0 none, 1 minimum, 2 intermediate, 3 full; ``None`` for duties to refrain.

    Where a count says how much is done, the scale follows it: half or more is 2, less is 1, nothing 0. A duty that is
    broken because its day passed may be done for the most part.

    Args:
        projected: probability that it is kept.
        share: of the whole that is done, 0..1; ``None`` where nobody counts.

    Source: Peace Accords Matrix, Kroc Institute, implementation coding 0-3.
    """
    if commitment.modality != "must" or status not in ("kept", "partly kept", "broken"):
        return None
    if status == "kept":
        return 3
    if share is not None:
        return 3 if share >= 1.0 else 2 if share >= 0.5 else 1 if share > 0 else 0
    if status == "partly kept":
        return 2 if projected >= 0.7 else 1
    return 0
