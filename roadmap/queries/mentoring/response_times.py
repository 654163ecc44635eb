"""How long answers take: the usual time of a mentor, and what a learner may expect."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment
from roadmap.domain.mentoring.reviews import Review
from roadmap.domain.mentoring.submissions import Submission

LAST_ANSWERS = 20


def answers_by(mentor: User) -> Any:
    """The mentor's last twenty first answers: when they were asked for and given."""
    return _answers().where(Review.reviewer_id == mentor.id).add_columns(Review.id)


def median_wait(answers: Iterable[tuple[datetime, datetime]]) -> timedelta | None:
    """How long answers usually took, given when they were asked for and given; None without any."""
    waits = [(reviewed_at - submitted_at).total_seconds() for submitted_at, reviewed_at in answers]
    return timedelta(seconds=median(waits)) if waits else None


def expected_wait(session: Session, enrollment_id: int) -> timedelta | None:
    """The median time of the last twenty first answers of all who mentor this enrollment now."""
    mentors = (
        select(Mentorship.mentor_id)
        .join(Enrollment, covers_enrollment())
        .where(Enrollment.id == enrollment_id)
    )
    return _middle(session.execute(_answers().where(Review.reviewer_id.in_(mentors))))


def expected_waits(session: Session, learner: User) -> Callable[[int], timedelta | None]:
    """What `expected_wait` gives, for every roadmap of a learner in one statement; asked by roadmap id."""
    ranked = (
        _answers()
        .limit(None)
        .order_by(None)
        .join(Mentorship, Mentorship.mentor_id == Review.reviewer_id)
        .where(Mentorship.learner_id == learner.id, Mentorship.ended_at.is_(None))
        .add_columns(
            Review.id,
            Mentorship.roadmap_id,
            func.row_number().over(partition_by=Mentorship.id, order_by=Review.id.desc()).label("rank"),
        )
        .subquery()
    )
    rows = session.execute(select(ranked).where(ranked.c.rank <= LAST_ANSWERS)).all()

    def wait_on(roadmap_id: int) -> timedelta | None:
        # By id, because two mentorships with the same mentor bring the same answers.
        covering = {row.id: row for row in rows if row.roadmap_id in {None, roadmap_id}}
        return _middle([covering[number] for number in sorted(covering, reverse=True)[:LAST_ANSWERS]])

    return wait_on


def _answers() -> Any:
    query = select(Review.reviewed_at, Submission.submitted_at).join(
        Submission, Submission.id == Review.submission_id
    )
    return query.where(Review.replaces_id.is_(None)).order_by(Review.id.desc()).limit(LAST_ANSWERS)


def _middle(rows: Iterable[Any]) -> timedelta | None:
    return median_wait((row.submitted_at, row.reviewed_at) for row in rows)
