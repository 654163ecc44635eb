"""The choices of an enrollment: pathways with what each adds, and both numbers as they would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.roadmaps.outlines import Outline, PathwayGroup, PathwayOutline
from roadmap.domain.roadmaps.plans import Plan, make_plan
from roadmap.queries.learning.enrollments import EnrollmentView, find_own_enrollment
from roadmap.standings import standings_in


@dataclass(frozen=True, slots=True)
class Size:
    """How many milestones count and how many hours they take, from the low to the high end."""

    milestones: int
    hours_low: float
    hours_high: float


@dataclass(frozen=True, slots=True)
class PathwayChoice:
    """A pathway and what it alone adds to the core."""

    pathway: PathwayOutline
    adds: Size


@dataclass(frozen=True, slots=True)
class PathwayGroupChoice:
    """One question with its pathways; learners choose one or more."""

    group: PathwayGroup
    choices: tuple[PathwayChoice, ...]


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The settings with the numbers now and, for other pathways under consideration, then."""

    enrollment: EnrollmentView
    groups: tuple[PathwayGroupChoice, ...]
    numbers: Numbers
    preview: Numbers | None
    size: Size


def find_settings_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, pathways: Sequence[str] | None = None
) -> SettingsPage:
    """The settings of an enrollment; with `pathways` also what both numbers would be with those."""
    enrollment = find_own_enrollment(session, public_id, seen_by=seen_by, at=at)
    standings = standings_in(session, enrollment)
    chosen = enrollment.settings.pathways if pathways is None else pathways
    plan = enrollment.stored.plan_for(chosen)
    return SettingsPage(
        enrollment=enrollment,
        groups=pathway_choices(enrollment.stored.outline),
        numbers=measure(enrollment.plan, standings),
        preview=None if pathways is None else measure(plan, standings),
        size=size_of(plan),
    )


def pathway_choices(outline: Outline) -> tuple[PathwayGroupChoice, ...]:
    """The pathways of an outline by group, in the order of the groups."""
    core = size_of(make_plan(outline, ()))
    choices = {
        group: tuple(
            PathwayChoice(each, _added(core, size_of(make_plan(outline, (each.key,)))))
            for each in outline.pathways
            if each.group is group
        )
        for group in PathwayGroup
    }
    return tuple(PathwayGroupChoice(group, each) for group, each in choices.items() if each)


def size_of(plan: Plan) -> Size:
    """The size of a plan; a skill with needs counts the k it needs at the mean of its milestones."""
    texts = plan.outline.milestones
    low = high = 0.0
    for skill in plan.skills:
        share = skill.needs / len(skill.required)
        low += share * sum(texts[key].hours_low for key in skill.required)
        high += share * sum(texts[key].hours_high for key in skill.required)
    return Size(sum(skill.needs for skill in plan.skills), low, high)


def _added(core: Size, whole: Size) -> Size:
    return Size(
        whole.milestones - core.milestones,
        whole.hours_low - core.hours_low,
        whole.hours_high - core.hours_high,
    )
