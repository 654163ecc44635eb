"""What the panel beside a map shows of one milestone: less than its page, in fewer statements."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from roadmap.cache.states import States, states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.learning.readiness import is_met, ready_among
from roadmap.domain.roadmaps.outlines import MilestoneOutline, SkillOutline
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A prerequisite or a milestone or skill that this one unlocks; a skill has no status of its own."""

    key: str
    title: str
    is_skill: bool
    is_met: bool
    in_plan: bool
    status: Status | None
    verification: Verification | None


@dataclass(frozen=True, slots=True)
class MilestonePanel:
    """One milestone of an enrollment with its state and its prerequisites."""

    enrollment: EnrollmentView
    milestone: MilestoneOutline
    skill: SkillOutline
    milestone_state: MilestoneState
    in_plan: bool
    ready: bool
    prerequisites: tuple[Neighbour, ...]

    @property
    def status(self) -> Status:
        return self.milestone_state.status

    @property
    def verification(self) -> Verification:
        return self.milestone_state.verification

    @property
    def occurred_on(self) -> date | None:
        return self.milestone_state.occurred_on


def find_milestone_panel(
    session: Session, public_id: str, key: str, *, seen_by: User, at: datetime
) -> MilestonePanel:
    """The panel of one milestone of the edition the enrollment follows; raises NotFound."""
    enrollment, states = find_states_with(session, public_id, key, seen_by=seen_by, at=at)
    outline = enrollment.stored.outline
    milestone = outline.milestones[key]
    return MilestonePanel(
        enrollment=enrollment,
        milestone=milestone,
        skill=outline.skill_of[key],
        milestone_state=states.get(key, UNTOUCHED),
        in_plan=key in enrollment.plan.milestones,
        ready=key in ready_among(enrollment.plan, states, [key]),
        prerequisites=tuple(neighbour_of(enrollment, states, name) for name in milestone.prerequisites),
    )


def find_states_with(
    session: Session, public_id: str, key: str, *, seen_by: User, at: datetime
) -> tuple[EnrollmentView, States]:
    """An enrollment and its states; raises NotFound, also where its edition has no milestone of this key."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    if key not in enrollment.stored.outline.milestones:
        raise NotFound("This milestone isn’t in this roadmap.")
    return enrollment, states_in(session, enrollment)


def neighbour_of(enrollment: EnrollmentView, states: States, key: str) -> Neighbour:
    """The milestone or skill of this key, as it is named beside another."""
    outline, plan = enrollment.stored.outline, enrollment.plan
    met = is_met(plan, states, key)
    if key in outline.skills:
        return Neighbour(key, outline.skills[key].title, True, met, key in plan.by_skill, None, None)
    milestone, milestone_state = outline.milestones[key], states.get(key, UNTOUCHED)
    return Neighbour(
        key,
        milestone.title,
        False,
        met,
        key in plan.milestones,
        milestone_state.status,
        milestone_state.verification,
    )
