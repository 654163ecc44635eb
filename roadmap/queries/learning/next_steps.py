"""The next milestones of an enrollment, each with the reason why it is next."""

from dataclasses import dataclass
from datetime import date

from roadmap.domain.learning.progress import UNTOUCHED, Status
from roadmap.domain.learning.readiness import ready_milestones
from roadmap.domain.roadmaps.outlines import SkillOutline
from roadmap.queries.learning.enrollments import EnrollmentView
from roadmap.queries.learning.milestone_list import Row, make_row
from roadmap.state_cache import States

NEXT_MILESTONES = 3
_SETTLED = {Status.DONE, Status.SKIPPED}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A milestone to work on now.

    `begun_on` says since when it is in progress, `after` names what came first and is done, `opens` counts
    the open milestones of the plan that wait for it.
    """

    row: Row
    skill: SkillOutline
    begun_on: date | None
    after: tuple[str, ...]
    opens: int


def next_steps(enrollment: EnrollmentView, states: States) -> tuple[NextStep, ...]:
    """The first three that are ready, those in progress before the others."""
    ready = ready_milestones(enrollment.plan, states)[:NEXT_MILESTONES]
    return tuple(_step(enrollment, states, key, ready) for key in ready)


def _step(enrollment: EnrollmentView, states: States, key: str, ready: list[str]) -> NextStep:
    outline = enrollment.stored.outline
    milestone, milestone_state = outline.milestones[key], states.get(key, UNTOUCHED)
    before = [each for each in milestone.prerequisites if _is_settled(enrollment, states, each)]
    return NextStep(
        row=make_row(milestone, states, ready),
        skill=outline.skill_of[key],
        begun_on=milestone_state.occurred_on if milestone_state.status is Status.IN_PROGRESS else None,
        after=tuple((outline.skills.get(each) or outline.milestones[each]).title for each in before),
        opens=_opens(enrollment, states, key),
    )


def _is_settled(enrollment: EnrollmentView, states: States, key: str) -> bool:
    """Whether this milestone, or something of this skill, was really done."""
    skill = enrollment.stored.outline.skills.get(key)
    keys = [each.key for each in skill.milestones] if skill else [key]
    return any(states.get(each, UNTOUCHED).status is Status.DONE for each in keys)


def _opens(enrollment: EnrollmentView, states: States, key: str) -> int:
    opened = enrollment.stored.outline.opened_by.get(key, ())
    in_plan = [each for each in opened if each in enrollment.plan.milestones]
    return sum(states.get(each, UNTOUCHED).status not in _SETTLED for each in in_plan)
