"""What became of work that was handed in, for several roadmaps at once: what came back, what still waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.mentoring.reviews import Review
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from roadmap.domain.roadmaps.outlines import MilestoneOutline
from roadmap.queries.learning.enrollments import EnrollmentView
from roadmap.queries.mentoring.response_times import expected_waits
from roadmap.state_cache import States

_ById = Mapping[int, States]


@dataclass(frozen=True, slots=True)
class Returned:
    """Work that came back; `feedback` is its first line."""

    milestone: MilestoneOutline
    reviewer: str
    reviewed_at: datetime
    feedback: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that waits for a mentor; `expected` is the usual time to an answer, None before the first."""

    milestone: MilestoneOutline
    submission: str
    submitted_at: datetime
    expected: timedelta | None


def find_returned(
    session: Session, enrollments: Sequence[EnrollmentView], states: _ById
) -> dict[int, tuple[Returned, ...]]:
    """What came back by enrollment, the latest first, in one statement, or none where nothing did."""
    wanted = [each.review_id for some in states.values() for each in some.values() if _came_back(each)]
    rows = session.scalars(select(Review).where(Review.id.in_(wanted))) if wanted else ()
    reviews = {review.id: review for review in rows}
    return {each.id: _returned(each, states[each.id], reviews) for each in enrollments}


def _came_back(milestone_state: MilestoneState) -> bool:
    return milestone_state.status is Status.DONE and milestone_state.verification is Verification.RETURNED


def _returned(
    enrollment: EnrollmentView, states: States, reviews: Mapping[int, Review]
) -> tuple[Returned, ...]:
    milestones = enrollment.stored.outline.milestones
    found = [
        Returned(milestones[key], each.signature, each.reviewed_at, (each.feedback or "").partition("\n")[0])
        for key, milestone_state in states.items()
        if _came_back(milestone_state) and (each := reviews.get(milestone_state.review_id or 0)) is not None
    ]
    return tuple(sorted(found, key=lambda each: each.reviewed_at, reverse=True))


def find_waiting(
    session: Session, enrollments: Sequence[EnrollmentView], states: _ById, *, learner: User
) -> dict[int, tuple[Waiting, ...]]:
    """What waits by enrollment, the longest waiting first, in two statements, or none where nothing does."""
    found: dict[int, tuple[Waiting, ...]] = {each.id: () for each in enrollments}
    ids = [number for number, some in states.items() if any(map(_waits, some.values()))]
    if not ids:
        return found
    by_id = {each.id: each for each in enrollments}
    usual = expected_waits(session, learner)
    is_open = (Submission.enrollment_id.in_(ids), Submission.state == SubmissionState.OPEN)
    for row in session.scalars(select(Submission).where(*is_open).order_by(Submission.submitted_at)):
        stored = by_id[row.enrollment_id].stored
        key = stored.keys.get(row.milestone_id)
        if key is not None:
            milestone, expected = stored.outline.milestones[key], usual(stored.roadmap_id)
            each = Waiting(milestone, row.public_id, row.submitted_at, expected)
            found[row.enrollment_id] += (each,)
    return found


def _waits(milestone_state: MilestoneState) -> bool:
    return milestone_state.status is Status.DONE and milestone_state.verification is Verification.SUBMITTED
