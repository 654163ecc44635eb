"""The rows of a mentor's mentees: their enrollments with what is asked of each, in one statement."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment
from roadmap.domain.mentoring.submissions import Review, Submission
from roadmap.queries.learning.enrollments import PLAN_COLUMNS


def _last_activity() -> Any:
    """When the learner last did something that a mentor sees; notes are private, even that there is one."""
    own = aliased(Event)
    is_note = own.kind == EventKind.NOTE_SET
    by_learner = (own.enrollment_id == Enrollment.id, own.actor_id == Enrollment.user_id, ~is_note)
    latest = select(own.recorded_at).where(*by_learner).order_by(own.number.desc()).limit(1)
    return latest.correlate(Enrollment).scalar_subquery()


def _last_review_by(mentor: User) -> Any:
    given = (
        select(func.max(Review.reviewed_at))
        .join(Submission, Submission.id == Review.submission_id)
        .where(Submission.enrollment_id == Enrollment.id, Review.reviewer_id == mentor.id)
    )
    return given.correlate(Enrollment).scalar_subquery()


def _mentored(mentor: User) -> Any:
    return (
        select(
            Mentorship.public_id.label("mentorship"),
            Mentorship.started_at,
            *PLAN_COLUMNS,
            _last_activity().label("activity"),
            _last_review_by(mentor).label("contact"),
        )
        .join(Enrollment, covers_enrollment())
        .join(User, User.id == Enrollment.user_id)
        .where(Mentorship.mentor_id == mentor.id)
        .order_by(Mentorship.id.desc())
    )


MENTORED: Any = _mentored(CURRENT_PERSON)
