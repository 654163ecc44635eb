"""What the panel beside a map shows of one milestone: less than its page, in fewer statements."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from roadmap.cache.states import states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.learning.readiness import ready_among
from roadmap.domain.roadmaps.outlines import MilestoneOutline, SkillOutline
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.pages.milestone import Neighbour, neighbour_of


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
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    outline = enrollment.stored.outline
    milestone = outline.milestones.get(key)
    if milestone is None:
        raise NotFound("This roadmap has no such milestone.")
    states = states_in(session, enrollment)
    return MilestonePanel(
        enrollment=enrollment,
        milestone=milestone,
        skill=outline.skill_of[key],
        milestone_state=states.get(key, UNTOUCHED),
        in_plan=key in enrollment.plan.milestones,
        ready=key in ready_among(enrollment.plan, states, [key]),
        prerequisites=tuple(neighbour_of(enrollment, states, name) for name in milestone.prerequisites),
    )
