"""Submitted work that was returned or still waits for a review, and how long reviews usually take."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment
from roadmap.domain.mentoring.reviews import Review
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from roadmap.domain.roadmaps.outlines import MilestoneOutline
from roadmap.queries.learning.enrollments import EnrollmentView
from roadmap.state_cache import States

LAST_ANSWERS = 20
_ById = Mapping[int, States]


@dataclass(frozen=True, slots=True)
class Returned:
    """Work whose mentor requested changes; `feedback` is the first line of the review."""

    milestone: MilestoneOutline
    reviewer: str
    reviewed_at: datetime
    feedback: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that waits for a review; `expected` is the median time to a review, None before the first."""

    milestone: MilestoneOutline
    submission: str
    submitted_at: datetime
    expected: timedelta | None


def find_returned(
    session: Session, enrollments: Sequence[EnrollmentView], states: _ById
) -> dict[int, tuple[Returned, ...]]:
    """Returned work by enrollment id, the latest first, in one statement at most."""
    wanted = [
        milestone_state.review_id
        for some in states.values()
        for milestone_state in some.values()
        if _is_returned(milestone_state)
    ]
    rows = session.scalars(select(Review).where(Review.id.in_(wanted))) if wanted else ()
    reviews = {review.id: review for review in rows}
    return {
        enrollment.id: _returned(enrollment, states[enrollment.id], reviews) for enrollment in enrollments
    }


def _is_returned(milestone_state: MilestoneState) -> bool:
    return milestone_state.status is Status.DONE and milestone_state.verification is Verification.RETURNED


def _returned(
    enrollment: EnrollmentView, states: States, reviews: Mapping[int, Review]
) -> tuple[Returned, ...]:
    milestones = enrollment.stored.outline.milestones
    found = [
        Returned(
            milestones[key], review.signature, review.reviewed_at, (review.feedback or "").partition("\n")[0]
        )
        for key, milestone_state in states.items()
        if _is_returned(milestone_state)
        and (review := reviews.get(milestone_state.review_id or 0)) is not None
    ]
    return tuple(sorted(found, key=lambda work: work.reviewed_at, reverse=True))


def find_waiting(
    session: Session, enrollments: Sequence[EnrollmentView], states: _ById, *, learner: User
) -> dict[int, tuple[Waiting, ...]]:
    """Waiting work by enrollment id, the longest waiting first, in two statements at most."""
    found: dict[int, tuple[Waiting, ...]] = {enrollment.id: () for enrollment in enrollments}
    ids = [number for number, some in states.items() if any(map(_waits, some.values()))]
    if not ids:
        return found
    by_id = {enrollment.id: enrollment for enrollment in enrollments}
    usual = expected_waits(session, learner)
    is_open = (Submission.enrollment_id.in_(ids), Submission.state == SubmissionState.OPEN)
    for row in session.scalars(select(Submission).where(*is_open).order_by(Submission.submitted_at)):
        stored = by_id[row.enrollment_id].stored
        key = stored.keys.get(row.milestone_id)
        if key is not None:
            milestone, expected = stored.outline.milestones[key], usual(stored.roadmap_id)
            work = Waiting(milestone, row.public_id, row.submitted_at, expected)
            found[row.enrollment_id] += (work,)
    return found


def _waits(milestone_state: MilestoneState) -> bool:
    return milestone_state.status is Status.DONE and milestone_state.verification is Verification.SUBMITTED


def answers_by(mentor: User) -> Any:
    """A select of when the mentor's last twenty reviews were requested and given, without replacements."""
    return _answers().where(Review.reviewer_id == mentor.id).add_columns(Review.id)


def median_wait(answers: Iterable[tuple[datetime, datetime]]) -> timedelta | None:
    """The median of the times between a submission and its review; None without any."""
    waits = [(reviewed_at - submitted_at).total_seconds() for submitted_at, reviewed_at in answers]
    return timedelta(seconds=median(waits)) if waits else None


def expected_wait(session: Session, enrollment_id: int) -> timedelta | None:
    """The median time of the last twenty reviews by the current mentors of this enrollment."""
    mentors = (
        select(Mentorship.mentor_id)
        .join(Enrollment, covers_enrollment())
        .where(Enrollment.id == enrollment_id)
    )
    return _median_of(session.execute(_answers().where(Review.reviewer_id.in_(mentors))))


def expected_waits(session: Session, learner: User) -> Callable[[int], timedelta | None]:
    """A function from roadmap id to the `expected_wait` of this learner, in one statement for all."""
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
        return _median_of([covering[number] for number in sorted(covering, reverse=True)[:LAST_ANSWERS]])

    return wait_on


def _answers() -> Any:
    query = select(Review.reviewed_at, Submission.submitted_at).join(
        Submission, Submission.id == Review.submission_id
    )
    return query.where(Review.replaces_id.is_(None)).order_by(Review.id.desc()).limit(LAST_ANSWERS)


def _median_of(rows: Iterable[Any]) -> timedelta | None:
    return median_wait((row.submitted_at, row.reviewed_at) for row in rows)
