"""The pathways of a roadmap with what each adds, and the size of a plan."""

from dataclasses import dataclass

from roadmap.domain.roadmaps.outline_totals import hours_of
from roadmap.domain.roadmaps.outlines import Outline, PathwayOutline, SkillOutline
from roadmap.domain.roadmaps.pathway_groups import GroupOutline
from roadmap.domain.roadmaps.plans import Plan, make_plan


@dataclass(frozen=True, slots=True)
class Size:
    """How many milestones count and how many hours they take, from the low to the high end."""

    milestones: int
    hours_low: float
    hours_high: float


@dataclass(frozen=True, slots=True)
class PathwayChoice:
    """A pathway, its skills, and what it alone adds to the core."""

    pathway: PathwayOutline
    skills: tuple[SkillOutline, ...]
    adds: Size


@dataclass(frozen=True, slots=True)
class PathwayGroupChoice:
    """One question with its pathways, of which learners choose some."""

    group: GroupOutline
    choices: tuple[PathwayChoice, ...]


def pathway_choices(outline: Outline) -> tuple[PathwayGroupChoice, ...]:
    """The pathways of an outline by group, in the order of the groups."""
    core = size_of(make_plan(outline, ()))
    choices: dict[str, list[PathwayChoice]] = {}
    for pathway in outline.pathways:
        added = _added(core, size_of(make_plan(outline, (pathway.key,))))
        skills = tuple(outline.skills[key] for key in pathway.skills)
        choices.setdefault(pathway.group, []).append(PathwayChoice(pathway, skills, added))
    groups = (group for group in outline.pathway_groups if group.key in choices)
    return tuple(PathwayGroupChoice(group, tuple(choices[group.key])) for group in groups)


def size_of(plan: Plan) -> Size:
    """The size of a plan; a skill with needs counts the k it needs at the mean of its milestones."""
    low, high = hours_of(plan.outline.skills[key] for key in plan.by_skill)
    return Size(sum(skill.needs for skill in plan.skills), low, high)


def _added(core: Size, whole: Size) -> Size:
    return Size(
        whole.milestones - core.milestones,
        whole.hours_low - core.hours_low,
        whole.hours_high - core.hours_high,
    )
