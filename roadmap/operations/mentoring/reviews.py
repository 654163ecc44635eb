"""Review a submission: verify it, or return it with feedback; or replace an earlier review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, invalid, or_not_found
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Verification
from roadmap.domain.mentoring.submissions import (
    FEEDBACK_LENGTH,
    REPLACEMENT_REASON_LENGTH,
    Outcome,
    Review,
    Submission,
    SubmissionState,
    submission_event,
)
from roadmap.operations.learning.events import record_change
from roadmap.operations.mentoring.claims import check_is_open, check_not_claimed, lock_submission
from roadmap.operations.text_rules import clean_text


@dataclass(frozen=True, slots=True)
class Answer:
    """The review a mentor typed; `criteria` are the numbers, from 1, of those met.

    `replaces` is the public id of the review it replaces, which needs a reason.
    """

    outcome: Outcome
    feedback: str = ""
    criteria: Sequence[int] = ()
    replaces: str = ""
    reason: str = ""


def review_submission(session: Session, public_id: str, answer: Answer, *, by: User, at: datetime) -> Review:
    """Review an open submission that nobody else has claimed, or replace its review.

    Raises NotFound, Forbidden, Conflict or Invalid.
    """
    submission = lock_submission(session, public_id, by=by)
    replaced = _find_replaced(session, submission, answer.replaces) if answer.replaces else None
    if replaced is None:
        check_is_open(session, submission, by=by)
        check_not_claimed(session, submission, by=by, at=at)
    _check(answer, submission)
    review = Review(
        submission_id=submission.id,
        reviewer_id=by.id,
        reviewer_name=by.name,
        outcome=answer.outcome,
        feedback=clean_text(answer.feedback, field="feedback", most=FEEDBACK_LENGTH) or None,
        criteria=sorted(set(answer.criteria)),
        reviewed_at=at,
        replaces_id=replaced.id if replaced else None,
        reason=clean_text(answer.reason, field="reason", most=REPLACEMENT_REASON_LENGTH)
        if replaced
        else None,
    )
    session.add(review)
    session.flush()
    _record(session, submission, review, by=by, at=at)
    return review


def _record(session: Session, submission: Submission, review: Review, *, by: User, at: datetime) -> None:
    query = select(Enrollment).where(Enrollment.id == submission.enrollment_id)
    enrollment = session.scalars(query.options(joinedload(Enrollment.user, innerjoin=True))).one()
    if enrollment.is_archived:
        raise Forbidden("The learner archived this roadmap, so it’s read-only.", ForbiddenReason.ARCHIVED)
    verification = Verification(review.outcome.value)
    event = submission_event(EventKind.REVIEWED, submission, verification, review_id=review.id)
    record_change(session, enrollment, [event], by=by, at=at)


def _check(answer: Answer, submission: Submission) -> None:
    if answer.outcome is Outcome.RETURNED and not answer.feedback.strip():
        raise invalid(feedback="Write what’s missing. Feedback is required when you request changes.")
    if any(not 1 <= number <= len(submission.criteria) for number in answer.criteria):
        raise invalid(criteria=f"The criteria are numbered from 1 to {len(submission.criteria)}.")
    if answer.replaces and not answer.reason.strip():
        raise invalid(reason="Give a reason for replacing the earlier review.")


def _find_replaced(session: Session, submission: Submission, public_id: str) -> Review:
    """Return the review to replace; raise Conflict unless it is the latest of the latest submission."""
    query = select(Review).where(Review.public_id == public_id, Review.submission_id == submission.id)
    replaced = or_not_found(session.scalar(query), "This submission has no such review.")
    of_milestone = (
        Submission.enrollment_id == submission.enrollment_id,
        Submission.milestone_id == submission.milestone_id,
        Submission.state != SubmissionState.WITHDRAWN,
    )
    latest = session.scalar(
        select(Submission.id).where(*of_milestone).order_by(Submission.id.desc()).limit(1)
    )
    newer = session.scalar(select(Review).where(Review.replaces_id == replaced.id))
    if newer is not None or latest != submission.id:
        raise Conflict(
            "This review has been replaced, or the work was resubmitted. Open the latest submission."
        )
    return replaced
