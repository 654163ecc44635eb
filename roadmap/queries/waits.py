"""How long answers take: the usual time of a mentor, and what a learner may expect."""

from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.enrollments import Enrollment
from roadmap.domain.mentorships import Mentorship, covers_enrollment
from roadmap.domain.reviews import Review
from roadmap.domain.submissions import Submission
from roadmap.domain.users import ANYONE, User

LAST_ANSWERS = 20


def usual_wait(session: Session, mentor: User) -> timedelta | None:
    """The median time of the mentor's last twenty first answers, None before the first."""
    return _median(session, _ANSWERS_BY, {"person_id": mentor.id})


def expected_wait(session: Session, enrollment_id: int) -> timedelta | None:
    """The median time of the last twenty first answers of all who mentor this enrollment now."""
    mentors = (
        select(Mentorship.mentor_id)
        .join(Enrollment, covers_enrollment())
        .where(Enrollment.id == enrollment_id)
    )
    return _median(session, _answers().where(Review.reviewer_id.in_(mentors)))


def _answers() -> Any:
    query = select(Review.reviewed_at, Submission.submitted_at).join(
        Submission, Submission.id == Review.submission_id
    )
    return query.where(Review.replaces_id.is_(None)).order_by(Review.id.desc()).limit(LAST_ANSWERS)


_ANSWERS_BY = _answers().where(Review.reviewer_id == ANYONE.id)


def _median(session: Session, query: Any, asked: dict[str, int] | None = None) -> timedelta | None:
    rows = session.connection().execute(query, asked)
    waits = [(row.reviewed_at - row.submitted_at).total_seconds() for row in rows]
    return timedelta(seconds=median(waits)) if waits else None
