"""The plan: the skills and milestones that count for an outline and a choice of pathways."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, SkillOutline

_QUARTERS = 4


def middle_hours(milestone: MilestoneOutline) -> Fraction:
    """Return the middle of the estimated hours, a multiple of a quarter: the weight in both numbers."""
    return Fraction(milestone.hours_low + milestone.hours_high) / 2


@dataclass(frozen=True)
class PlanSkill:
    """A skill of the plan with its milestones that count, `needs` of which are enough.

    Weights, low and high hours are integers in 1/`parts` hours of the plan. `mean` is the weight of each
    milestone when any `needs` of them are enough, None when each counts with its own weight.
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
        """The weight of the skill: k × mean when any k are enough, or the sum when all are needed."""
        return sum(self.weights) if self.mean is None else self.needs * self.mean


@dataclass(frozen=True)
class Plan:
    """The skills that count for one choice of pathways, in plan order; weights are in 1/`parts` hours."""

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
        return {
            key: weight
            for skill in self.skills
            for key, weight in zip(skill.required, skill.weights, strict=True)
        }

    @cached_property
    def by_skill(self) -> dict[str, PlanSkill]:
        return {skill.key: skill for skill in self.skills}


def chosen_skills(outline: Outline, pathways: Collection[str]) -> frozenset[str]:
    """Return the keys of the core skills and of those in the pathways; unknown pathways are ignored."""
    in_pathways = {key for pathway in outline.pathways if pathway.key in pathways for key in pathway.skills}
    return frozenset(
        key for key in outline.skills if key in in_pathways or key not in outline.chosen_by_pathway
    )


def make_plan(outline: Outline, pathways: Collection[str]) -> Plan:
    """Return the plan; a skill in two pathways counts once, one without required milestones never."""
    chosen = chosen_skills(outline, pathways)
    skills = [skill for key, skill in outline.skills.items() if key in chosen and skill.required]
    parts = _parts_of_an_hour(skills)
    return Plan(outline, tuple(_plan_skill(skill, parts) for skill in skills), parts)


def _parts_of_an_hour(skills: Iterable[SkillOutline]) -> int:
    """Return the number of parts of an hour that makes every weight and mean an integer."""
    return _QUARTERS * lcm(*(len(skill.required) for skill in skills if skill.needs is not None))


def _plan_skill(skill: SkillOutline, parts: int) -> PlanSkill:
    required = skill.required
    weights = tuple(int(middle_hours(milestone) * parts) for milestone in required)
    return PlanSkill(
        key=skill.key,
        required=tuple(milestone.key for milestone in required),
        weights=weights,
        lows=tuple(int(milestone.hours_low * parts) for milestone in required),
        highs=tuple(int(milestone.hours_high * parts) for milestone in required),
        needs=len(required) if skill.needs is None else skill.needs,
        mean=None if skill.needs is None else sum(weights) // len(weights),
    )
