"""The two numbers, claimed and verified: one formula, used by every page, export and program."""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.roadmaps.plans import Plan, PlanSkill

States = Mapping[str, MilestoneState]


class Measure(NamedTuple):
    """One of the two numbers: weights in 1/`parts` hours; a skill with `needs` k counts k milestones."""

    done: int
    total: int
    parts: int
    milestones_done: int
    milestones_total: int

    @property
    def percent(self) -> int | None:
        """Whole percent, floored once; 100 only when complete, None for an empty plan."""
        return 100 * self.done // self.total if self.total else None

    @property
    def done_weight(self) -> Fraction:
        """Middle hours of what is done, exact."""
        return Fraction(self.done, self.parts)

    @property
    def total_weight(self) -> Fraction:
        """Middle hours of all that counts, exact."""
        return Fraction(self.total, self.parts)


class Numbers(NamedTuple):
    """Both numbers over the same milestones, the make-up of verified, and what is done outside the plan."""

    claimed: Measure
    verified: Measure
    reviewed: int
    self_checked: int
    extra: int = 0


class SkillTotals(NamedTuple):
    """One skill's part of the sums; weights as in its plan."""

    claimed: int
    verified: int
    total: int
    done: int
    reviewed: int
    self_checked: int
    needs: int


NOTHING = SkillTotals(*[0] * len(SkillTotals._fields))
"""What a skill outside the plan adds."""


def counts_for_claimed(milestone_state: MilestoneState) -> bool:
    """A milestone counts for claimed when the learner says it is done."""
    return milestone_state.status is Status.DONE


def counts_for_verified(milestone_state: MilestoneState, *, self_checked: bool) -> bool:
    """A milestone counts for verified when it is done and reviewed, or done and needs no review."""
    return milestone_state.status is Status.DONE and (
        self_checked or milestone_state.verification is Verification.VERIFIED
    )


def measure(plan: Plan, states: States) -> Numbers:
    """Both numbers of the whole plan; `states` by milestone key, missing ones are untouched."""
    return sum_totals(plan, total_skills(plan, states).values(), count_extra(plan, states))


def count_extra(plan: Plan, states: States) -> int:
    """How many milestones outside the plan are done."""
    return sum(counts_for_claimed(states.get(key, UNTOUCHED)) for key in plan.extras)


def total_skills(plan: Plan, states: States) -> dict[str, SkillTotals]:
    """What each skill of the plan adds, by its key; a skill or an area is measured by adding up its own."""
    done = {
        key: milestone_state for key, milestone_state in states.items() if counts_for_claimed(milestone_state)
    }
    return {skill.key: _tally(skill, done, plan.self_checked) for skill in plan.skills}


def update_totals(
    plan: Plan, tallies: Mapping[str, SkillTotals], states: States, changed: Iterable[str]
) -> dict[str, SkillTotals]:
    """The tallies after a change of these milestones, of which some may be outside the plan."""
    skills = {plan.outline.skill_of[key].key for key in changed} & plan.by_skill.keys()
    again = {key: total_skill(plan.by_skill[key], states, plan.self_checked) for key in skills}
    return {**tallies, **again}


def total_skill(skill: PlanSkill, states: States, self_checked: frozenset[str]) -> SkillTotals:
    """What one skill adds, for whoever follows changes one by one."""
    found = {key: states.get(key, UNTOUCHED) for key in skill.required}
    done = {
        key: milestone_state for key, milestone_state in found.items() if counts_for_claimed(milestone_state)
    }
    return _tally(skill, done, self_checked)


def sum_totals(plan: Plan, tallies: Collection[SkillTotals], extra: int = 0) -> Numbers:
    """Both numbers of some skills together: the weighted mean of their values."""
    columns = zip(*tallies, strict=True)
    return to_numbers(plan, SkillTotals._make(map(sum, columns)) if tallies else NOTHING, extra)


def to_numbers(plan: Plan, tally: SkillTotals, extra: int = 0) -> Numbers:
    """Both numbers of one skill, or of several that were added up."""
    verified_done = tally.reviewed + tally.self_checked
    return Numbers(
        claimed=Measure(tally.claimed, tally.total, plan.parts, tally.done, tally.needs),
        verified=Measure(tally.verified, tally.total, plan.parts, verified_done, tally.needs),
        reviewed=tally.reviewed,
        self_checked=tally.self_checked,
        extra=extra,
    )


def _tally(skill: PlanSkill, of_done: States, self_checked: frozenset[str]) -> SkillTotals:
    claimed = verified = done = reviewed = unreviewed = 0
    for key, weight in zip(skill.required, skill.weights, strict=True):
        milestone_state = of_done.get(key)
        if milestone_state is not None:
            done, claimed = done + 1, claimed + weight
            is_self = key in self_checked
            if counts_for_verified(milestone_state, self_checked=is_self):
                verified += weight
                reviewed, unreviewed = reviewed + (not is_self), unreviewed + is_self
    done, reviewed = min(done, skill.needs), min(reviewed, skill.needs)
    unreviewed = min(unreviewed, skill.needs - reviewed)
    if skill.mean is not None:
        claimed, verified = skill.mean * done, skill.mean * (reviewed + unreviewed)
    return SkillTotals(claimed, verified, skill.total, done, reviewed, unreviewed, skill.needs)
