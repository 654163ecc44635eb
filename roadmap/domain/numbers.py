"""The two numbers, claimed and verified: one formula, used by every page, export and program."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from roadmap.domain.plans import Plan, PlanSkill
from roadmap.domain.progress import UNTOUCHED, Standing, Status, Verification

Standings = Mapping[str, Standing]


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


class Tally(NamedTuple):
    """One skill's part of the sums; weights as in its plan."""

    claimed: int
    verified: int
    total: int
    done: int
    reviewed: int
    self_checked: int
    needs: int


def counts_for_claimed(standing: Standing) -> bool:
    """A milestone counts for claimed when the learner says it is done."""
    return standing.status is Status.DONE


def counts_for_verified(standing: Standing, *, self_checked: bool) -> bool:
    """A milestone counts for verified when it is done and reviewed, or done and needs no review."""
    return standing.status is Status.DONE and (self_checked or standing.verification is Verification.VERIFIED)


def measure(plan: Plan, standings: Standings) -> Numbers:
    """Both numbers of the whole plan; `standings` by milestone key, missing ones are untouched."""
    return add_up(plan, tally_skills(plan, standings).values(), count_extra(plan, standings))


def count_extra(plan: Plan, standings: Standings) -> int:
    """How many milestones outside the plan are done."""
    return sum(counts_for_claimed(each) for key, each in standings.items() if key not in plan.milestones)


def tally_skills(plan: Plan, standings: Standings) -> dict[str, Tally]:
    """What each skill of the plan adds, by its key; a skill or an area is measured by adding up its own."""
    return {skill.key: _tally(skill, standings, plan.self_checked) for skill in plan.skills}


def add_up(plan: Plan, tallies: Iterable[Tally], extra: int = 0) -> Numbers:
    """Both numbers of some skills together: the weighted mean of their values."""
    claimed = verified = total = done = reviewed = unreviewed = needs = 0
    for tally in tallies:
        claimed += tally.claimed
        verified += tally.verified
        total += tally.total
        done += tally.done
        reviewed += tally.reviewed
        unreviewed += tally.self_checked
        needs += tally.needs
    return Numbers(
        claimed=Measure(claimed, total, plan.parts, done, needs),
        verified=Measure(verified, total, plan.parts, reviewed + unreviewed, needs),
        reviewed=reviewed,
        self_checked=unreviewed,
        extra=extra,
    )


def _tally(skill: PlanSkill, standings: Standings, self_checked: frozenset[str]) -> Tally:
    claimed = verified = done = reviewed = unreviewed = 0
    for key, weight in zip(skill.required, skill.weights, strict=True):
        standing = standings.get(key, UNTOUCHED)
        if counts_for_claimed(standing):
            done, claimed = done + 1, claimed + weight
            is_self = key in self_checked
            if counts_for_verified(standing, self_checked=is_self):
                verified += weight
                reviewed, unreviewed = reviewed + (not is_self), unreviewed + is_self
    done, reviewed = min(done, skill.needs), min(reviewed, skill.needs)
    unreviewed = min(unreviewed, skill.needs - reviewed)
    if skill.mean is not None:
        claimed, verified = skill.mean * done, skill.mean * (reviewed + unreviewed)
    return Tally(claimed, verified, skill.total, done, reviewed, unreviewed, skill.needs)
