"""Submitted work that was returned or still waits for a review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.states import States
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.mentoring.submissions import Review, Submission, SubmissionState
from roadmap.domain.roadmaps.outlines import MilestoneOutline
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.mentoring.answer_times import AnswerTimes, answer_times

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
    """Work that waits for a review, `is_late` for longer than usual; `times` are those of the mentors."""

    milestone: MilestoneOutline
    submission: str
    submitted_at: datetime
    is_late: bool
    times: AnswerTimes


def find_returned(
    session: Session, enrollments: Sequence[EnrollmentView], states: _ById
) -> dict[int, tuple[Returned, ...]]:
    """Returned work by enrollment id, the latest first, in one statement at most."""
    wanted = [
        milestone_state.review_id
        for by_key in states.values()
        for milestone_state in by_key.values()
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
    returned = [
        Returned(
            milestones[key], review.signature, review.reviewed_at, (review.feedback or "").partition("\n")[0]
        )
        for key, milestone_state in states.items()
        if _is_returned(milestone_state)
        and (review := reviews.get(milestone_state.review_id or 0)) is not None
    ]
    return tuple(sorted(returned, key=lambda work: work.reviewed_at, reverse=True))


def find_waiting(
    session: Session, enrollments: Sequence[EnrollmentView], states: _ById, *, learner: User, at: datetime
) -> dict[int, tuple[Waiting, ...]]:
    """Waiting work by enrollment id, the longest waiting first, in two statements at most."""
    waiting: dict[int, tuple[Waiting, ...]] = {enrollment.id: () for enrollment in enrollments}
    ids = [number for number, by_key in states.items() if any(map(_waits, by_key.values()))]
    if not ids:
        return waiting
    by_id = {enrollment.id: enrollment for enrollment in enrollments}
    times_on = answer_times(session, learner.id, at=at)
    is_open = (Submission.enrollment_id.in_(ids), Submission.state == SubmissionState.OPEN)
    for row in session.scalars(select(Submission).where(*is_open).order_by(Submission.submitted_at)):
        stored = by_id[row.enrollment_id].stored
        key = stored.keys.get(row.milestone_id)
        if key is not None:
            milestone, times = stored.outline.milestones[key], times_on(stored.roadmap_id)
            is_late = times.is_late(at - row.submitted_at)
            work = Waiting(milestone, row.public_id, row.submitted_at, is_late, times)
            waiting[row.enrollment_id] += (work,)
    return waiting


def _waits(milestone_state: MilestoneState) -> bool:
    return milestone_state.status is Status.DONE and milestone_state.verification is Verification.SUBMITTED
