"""What a milestone's page shows of its review: rounds, the next step, and how long an answer takes."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.mentoring.mentorships import has_mentor
from roadmap.domain.mentoring.submissions import SubmissionState
from roadmap.domain.roadmaps.outlines import MilestoneOutline, VerificationMode
from roadmap.queries.learning.enrollments import EnrollmentView
from roadmap.queries.mentoring.response_times import expected_wait
from roadmap.queries.mentoring.reviews import Round, rounds_of


@dataclass(frozen=True, slots=True)
class SubmissionPanel:
    """Rounds are newest first; `expected` is the usual time to an answer, None before the first."""

    is_reviewed: bool
    has_mentor: bool
    may_submit: bool
    is_waiting: bool
    expected: timedelta | None
    rounds: tuple[Round, ...]


def find_submission_panel(
    session: Session, enrollment: EnrollmentView, milestone: MilestoneOutline, milestone_state: MilestoneState
) -> SubmissionPanel:
    """The panel; a milestone that needs no review has an empty one."""
    if milestone.verification is VerificationMode.SELF:
        return SubmissionPanel(
            is_reviewed=False, has_mentor=False, may_submit=False, is_waiting=False, expected=None, rounds=()
        )
    is_mentored = bool(session.scalar(select(has_mentor()).where(Enrollment.id == enrollment.id)))
    rounds = rounds_of(session, enrollment.id, enrollment.stored.ids[milestone.key])
    is_open_to = milestone_state.verification in {Verification.NONE, Verification.RETURNED}
    may_change = enrollment.is_own and not enrollment.is_archived
    return SubmissionPanel(
        is_reviewed=True,
        has_mentor=is_mentored,
        may_submit=may_change and is_mentored and milestone_state.status is Status.DONE and is_open_to,
        is_waiting=any(each.state is SubmissionState.OPEN for each in rounds),
        expected=expected_wait(session, enrollment.id) if is_mentored else None,
        rounds=tuple(reversed(rounds)),
    )
