"""What an installation holds and what waits in it, for whoever watches over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.mentoring.submissions import Submission, SubmissionState

ACTIVE_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class InstallationCounts:
    """Numbers of rows, and the age in seconds of what has waited longest, 0 where nothing waits."""

    people: int
    enrollments: Mapping[EnrollmentState, int]
    active_enrollments: int
    submissions_waiting: int
    oldest_submission: float
    mails_waiting: int
    oldest_mail: float


def count_installation(session: Session, *, at: datetime) -> InstallationCounts:
    """The counts now; an enrollment is active when something was recorded on it in the last seven days."""
    people = session.scalar(select(func.count()).select_from(User)) or 0
    by_state = dict.fromkeys(EnrollmentState, 0)
    states = select(Enrollment.state, func.count()).group_by(Enrollment.state)
    for state, number in session.execute(states):
        by_state[state] = number
    since = (at - ACTIVE_FOR).date()
    active = select(func.count()).where(Enrollment.last_recorded_on >= since)
    waiting = select(func.count(), func.min(Submission.submitted_at))
    submissions, submitted_at = session.execute(waiting.where(Submission.state == SubmissionState.OPEN)).one()
    unsent = select(func.count(), func.min(Mail.created_at))
    mails, written_at = session.execute(
        unsent.where(Mail.started_at.is_(None), Mail.due_at <= at, Mail.expires_at > at)
    ).one()
    return InstallationCounts(
        people=people,
        enrollments=by_state,
        active_enrollments=session.scalar(active) or 0,
        submissions_waiting=submissions,
        oldest_submission=_age(submitted_at, at),
        mails_waiting=mails,
        oldest_mail=_age(written_at, at),
    )


def _age(since: datetime | None, at: datetime) -> float:
    return (at - since).total_seconds() if since is not None else 0.0
