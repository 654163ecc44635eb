"""The milestones to go on with: those in progress, then those that are ready."""

from dataclasses import dataclass
from datetime import date, timedelta

from roadmap.cache.states import States
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status
from roadmap.domain.learning.readiness import ready_milestones
from roadmap.domain.roadmaps.outlines import SkillOutline
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.milestone_list import Row, make_row

NEXT_MILESTONES = 3
SET_ASIDE_FOR = timedelta(weeks=4)
_SETTLED = {Status.DONE, Status.SKIPPED}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A milestone to work on now.

    `begun_on` says since when it is in progress, `after` names what came first and is done, `opens` counts
    the open milestones of the plan that wait for it. It can be set aside until
    `aside_until`.
    """

    row: Row
    skill: SkillOutline
    begun_on: date | None
    after: tuple[str, ...]
    opens: int
    aside_until: date


def is_set_aside(milestone_state: MilestoneState, today: date) -> bool:
    """Whether it is in progress and to be revisited on a later day; until then it stays out of the way."""
    revisit_on = milestone_state.revisit_on
    return milestone_state.status is Status.IN_PROGRESS and revisit_on is not None and revisit_on > today


def next_steps(enrollment: EnrollmentView, states: States) -> tuple[NextStep, ...]:
    """The first three that are ready, those in progress before the others, without those set aside."""
    ready = [
        key
        for key in ready_milestones(enrollment.plan, states)
        if not is_set_aside(states.get(key, UNTOUCHED), enrollment.today)
    ][:NEXT_MILESTONES]
    return tuple(_step(enrollment, states, key, ready) for key in ready)


def _step(enrollment: EnrollmentView, states: States, key: str, ready: list[str]) -> NextStep:
    outline = enrollment.stored.outline
    milestone, milestone_state = outline.milestones[key], states.get(key, UNTOUCHED)
    before = [
        prerequisite
        for prerequisite in milestone.prerequisites
        if _is_settled(enrollment, states, prerequisite)
    ]
    return NextStep(
        row=make_row(milestone, states, ready, zone=enrollment.time_zone),
        skill=outline.skill_of[key],
        begun_on=milestone_state.occurred_on if milestone_state.status is Status.IN_PROGRESS else None,
        after=tuple(
            (outline.skills.get(prerequisite) or outline.milestones[prerequisite]).title
            for prerequisite in before
        ),
        opens=_opens(enrollment, states, key),
        aside_until=enrollment.today + SET_ASIDE_FOR,
    )


def _is_settled(enrollment: EnrollmentView, states: States, key: str) -> bool:
    """Whether this milestone, or something of this skill, was really done."""
    skill = enrollment.stored.outline.skills.get(key)
    keys = [milestone.key for milestone in skill.milestones] if skill else [key]
    return any(states.get(milestone_key, UNTOUCHED).status is Status.DONE for milestone_key in keys)


def _opens(enrollment: EnrollmentView, states: States, key: str) -> int:
    opened = enrollment.stored.outline.opened_by.get(key, ())
    in_plan = [opened_key for opened_key in opened if opened_key in enrollment.plan.milestones]
    return sum(states.get(opened_key, UNTOUCHED).status not in _SETTLED for opened_key in in_plan)
