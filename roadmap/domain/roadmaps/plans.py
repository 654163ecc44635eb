"""The plan: what an enrollment counts, worked out once for an outline and a choice of pathways."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, SkillOutline, VerificationMode

_QUARTERS = 4


def middle_hours(milestone: MilestoneOutline) -> Fraction:
    """The middle of the milestone's hours, its weight in both numbers; always a multiple of a quarter."""
    return Fraction(milestone.hours_low + milestone.hours_high) / 2


@dataclass(frozen=True)
class PlanSkill:
    """A skill of the plan: its countable milestones, `needs` of which suffice.

    Weights, lows and highs of hours are whole numbers of the plan's parts of an hour. `mean` is what each
    milestone is worth where any will do, None where every one counts with its own weight.
    """

    key: str
    required: tuple[str, ...]
    weights: tuple[int, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]
    needs: int
    mean: int | None

    @cached_property
    def total(self) -> int:
        """The skill's weight: k × mean where k suffice, the sum where all are needed."""
        return sum(self.weights) if self.mean is None else self.needs * self.mean


@dataclass(frozen=True)
class Plan:
    """The countable skills of one choice of pathways, in plan order; weights are in 1/`parts` hours."""

    outline: Outline
    skills: tuple[PlanSkill, ...]
    parts: int

    @cached_property
    def milestones(self) -> frozenset[str]:
        """Keys of the milestones that count."""
        return frozenset(key for skill in self.skills for key in skill.required)

    @cached_property
    def extras(self) -> tuple[str, ...]:
        """Keys of the milestones that do not count: optional ones, and those of other pathways."""
        return tuple(key for key in self.outline.milestones if key not in self.milestones)

    @cached_property
    def weights(self) -> dict[str, int]:
        """The weight of each milestone that counts."""
        return {
            key: weight
            for skill in self.skills
            for key, weight in zip(skill.required, skill.weights, strict=True)
        }

    @cached_property
    def by_skill(self) -> dict[str, PlanSkill]:
        """The countable skills by key."""
        return {skill.key: skill for skill in self.skills}

    @cached_property
    def self_checked(self) -> frozenset[str]:
        """Keys of countable milestones that need no review."""
        texts = self.outline.milestones
        return frozenset(key for key in self.milestones if texts[key].verification is VerificationMode.SELF)


def chosen_skills(outline: Outline, pathways: Collection[str]) -> frozenset[str]:
    """Keys of the core skills and of those the pathways bring; unknown pathway keys bring none."""
    brought = {key for pathway in outline.pathways if pathway.key in pathways for key in pathway.skills}
    return frozenset(key for key in outline.skills if key in brought or key not in outline.chosen_by_pathway)


def make_plan(outline: Outline, pathways: Collection[str]) -> Plan:
    """Work out the plan; a skill in two pathways counts once, one without required milestones not at all."""
    chosen = chosen_skills(outline, pathways)
    skills = [skill for key, skill in outline.skills.items() if key in chosen and skill.required]
    parts = _parts_of_an_hour(skills)
    return Plan(outline, tuple(_plan_skill(skill, parts) for skill in skills), parts)


def _parts_of_an_hour(skills: Iterable[SkillOutline]) -> int:
    """The parts of an hour in which every weight and mean is whole, so that sums stay exact and fast."""
    return _QUARTERS * lcm(*(len(skill.required) for skill in skills if skill.needs is not None))


def _plan_skill(skill: SkillOutline, parts: int) -> PlanSkill:
    required = skill.required
    weights = tuple(int(middle_hours(each) * parts) for each in required)
    return PlanSkill(
        key=skill.key,
        required=tuple(each.key for each in required),
        weights=weights,
        lows=tuple(int(each.hours_low * parts) for each in required),
        highs=tuple(int(each.hours_high * parts) for each in required),
        needs=len(required) if skill.needs is None else skill.needs,
        mean=None if skill.needs is None else sum(weights) // len(weights),
    )
