"""The two numbers, claimed and verified, computed by one formula for every page, export and program."""

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, States, Status, Verification
from roadmap.domain.roadmaps.plans import Plan, PlanSkill


class Measure(NamedTuple):
    """One of the two numbers; weights are in 1/`parts` hours. A skill with `needs` k counts k milestones."""

    done: int
    total: int
    parts: int
    milestones_done: int
    milestones_total: int

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down once: 100 only when complete, None for an empty plan."""
        return 100 * self.done // self.total if self.total else None

    @property
    def done_weight(self) -> Fraction:
        """The exact middle hours of what is done."""
        return Fraction(self.done, self.parts)

    @property
    def total_weight(self) -> Fraction:
        """The exact middle hours of all that counts."""
        return Fraction(self.total, self.parts)


class Numbers(NamedTuple):
    """Both numbers of the same milestones; `extra` counts those done outside the plan.

    `signed_off` counts those of the reviewed ones that a mentor verified in person, without a submission.
    """

    claimed: Measure
    verified: Measure
    extra: int = 0
    signed_off: int = 0

    @property
    def reviewed(self) -> int:
        """How many milestones someone else reviewed and verified: the make-up of verified."""
        return self.verified.milestones_done

    @property
    def made_of(self) -> str:
        """The make-up of verified in words."""
        return describe_reviews(self.reviewed, self.signed_off)


def describe_reviews(verified: int, signed_off: int) -> str:
    """Return how many milestones are verified, and how many of them were signed off in person, in words."""
    counted = "1 milestone" if verified == 1 else f"{verified} milestones"
    if not signed_off:
        return counted
    if signed_off == verified:
        return f"{counted}, {'all ' if verified > 1 else ''}signed off in person"
    return f"{counted}, {signed_off} of them signed off in person"


class SkillTotals(NamedTuple):
    """The totals of one skill; weights are in the unit of its plan.

    `left_low` and `left_high` are the hours left, in the same unit.
    """

    claimed: int
    verified: int
    total: int
    done: int
    reviewed: int
    signed_off: int
    needs: int
    left_low: int
    left_high: int


NOTHING = SkillTotals(*[0] * len(SkillTotals._fields))
"""The totals of a skill outside the plan."""


def counts_for_claimed(milestone_state: MilestoneState) -> bool:
    """Return whether a milestone counts for claimed: the learner says it is done."""
    return milestone_state.status is Status.DONE


def counts_for_verified(milestone_state: MilestoneState) -> bool:
    """Return whether a milestone counts for verified: it is done, and a review by somebody else says so."""
    return counts_for_claimed(milestone_state) and milestone_state.verification is Verification.VERIFIED


def measure(plan: Plan, states: States) -> Numbers:
    """Return both numbers of the whole plan."""
    return sum_totals(plan, total_skills(plan, states).values(), count_extra(plan, states))


def count_extra(plan: Plan, states: States) -> int:
    """Return how many milestones outside the plan are done."""
    return sum(counts_for_claimed(states.get(key, UNTOUCHED)) for key in plan.extras)


def total_skills(plan: Plan, states: States) -> dict[str, SkillTotals]:
    """Return the totals of each skill of the plan, by its key; those of an area are their sum."""
    done = {key: state for key, state in states.items() if counts_for_claimed(state)}
    return {skill.key: _total(skill, done) for skill in plan.skills}


def total_skill(skill: PlanSkill, states: States) -> SkillTotals:
    """Return the totals of one skill, for callers that apply changes one by one."""
    required = {key: states.get(key, UNTOUCHED) for key in skill.required}
    done = {key: state for key, state in required.items() if counts_for_claimed(state)}
    return _total(skill, done)


def sum_totals(plan: Plan, totals: Collection[SkillTotals], extra: int = 0) -> Numbers:
    """Return both numbers of some skills together, which is the weighted mean of their values."""
    columns = zip(*totals, strict=True)
    return to_numbers(plan, SkillTotals._make(map(sum, columns)) if totals else NOTHING, extra)


def to_numbers(plan: Plan, totals: SkillTotals, extra: int = 0) -> Numbers:
    """Return both numbers from the totals of one skill, or of several added up."""
    return Numbers(
        claimed=Measure(totals.claimed, totals.total, plan.parts, totals.done, totals.needs),
        verified=Measure(totals.verified, totals.total, plan.parts, totals.reviewed, totals.needs),
        extra=extra,
        signed_off=totals.signed_off,
    )


def _total(skill: PlanSkill, done_states: States) -> SkillTotals:
    claimed = verified = done = reviewed = submitted = left_low = left_high = 0
    hours = zip(skill.required, skill.weights, skill.lows, skill.highs, strict=True)
    for key, weight, low, high in hours:
        milestone_state = done_states.get(key)
        if milestone_state is None:
            left_low, left_high = left_low + low, left_high + high
            continue
        done, claimed = done + 1, claimed + weight
        if counts_for_verified(milestone_state):
            reviewed, verified = reviewed + 1, verified + weight
            submitted += not milestone_state.signed_off
    done, reviewed = min(done, skill.needs), min(reviewed, skill.needs)
    if skill.mean is not None:
        claimed, verified = skill.mean * done, skill.mean * reviewed
        missing, count = skill.needs - done, len(skill.required)
        left_low, left_high = missing * (sum(skill.lows) // count), missing * (sum(skill.highs) // count)
    return SkillTotals(
        claimed=claimed,
        verified=verified,
        total=skill.total,
        done=done,
        reviewed=reviewed,
        # Of more than it needs, those with a submission count first.
        signed_off=max(0, reviewed - submitted),
        needs=skill.needs,
        left_low=left_low,
        left_high=left_high,
    )
