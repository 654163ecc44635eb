"""Claim a submission while reviewing it, so that two mentors do not review the same work."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, or_not_found
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.submissions import (
    CLAIM_LIFETIME,
    OWN_WORK,
    Claim,
    Review,
    Submission,
    SubmissionState,
    submissions_reviewed_by,
    submissions_seen_by,
)

_NOT_FOUND = "There is no such submission."


def lock_submission(session: Session, public_id: str, *, by: User) -> Submission:
    """Return a submission this mentor may review, with its enrollment locked until the transaction ends.

    All changes lock the enrollment, so claims, reviews and withdrawals happen one at a time. Raises NotFound,
    or Forbidden for the person's own work.
    """
    seen = submissions_seen_by(by).where(Submission.public_id == public_id)
    submission = or_not_found(session.scalar(seen), _NOT_FOUND)
    learner = select(Enrollment.user_id).where(Enrollment.id == submission.enrollment_id)
    if session.scalar(learner.with_for_update()) == by.id:
        raise Forbidden(OWN_WORK, ForbiddenReason.OWN_WORK)
    # The mentorship may have ended, or the learner have deleted the account, while this waited for the lock.
    may_answer = submissions_reviewed_by(by).where(Submission.id == submission.id)
    return or_not_found(session.scalar(may_answer.execution_options(populate_existing=True)), _NOT_FOUND)


def claim_submission(session: Session, public_id: str, *, by: User, at: datetime) -> Claim:
    """Claim a submission for 30 minutes, or renew the claim; raise Conflict while another mentor has it."""
    submission = lock_submission(session, public_id, by=by)
    check_is_open(session, submission, by=by)
    claim = check_not_claimed(session, submission, by=by, at=at)
    if claim is None:
        claim = Claim(
            submission_id=submission.id, mentor_id=by.id, claimed_at=at, expires_at=at + CLAIM_LIFETIME
        )
        session.add(claim)
    if claim.mentor_id != by.id or claim.expires_at <= at:
        claim.mentor_id, claim.claimed_at = by.id, at
    claim.expires_at = at + CLAIM_LIFETIME
    session.flush()
    return claim


def release_submission(session: Session, public_id: str, *, by: User) -> None:
    """Release the claim of this mentor; do nothing without one."""
    submission = lock_submission(session, public_id, by=by)
    session.execute(delete(Claim).where(Claim.submission_id == submission.id, Claim.mentor_id == by.id))


def check_is_open(session: Session, submission: Submission, *, by: User) -> None:
    """Raise Conflict unless the submission is open; the message has times in this person's time zone."""
    if submission.state is SubmissionState.WITHDRAWN:
        raise Conflict("This submission has been withdrawn, so there’s nothing to review.")
    if submission.state is SubmissionState.ANSWERED:
        query = select(Review).where(Review.submission_id == submission.id).order_by(Review.id.desc())
        review = session.scalars(query.limit(1)).one()
        moment = review.reviewed_at.astimezone(ZoneInfo(by.time_zone))
        when = f"{moment.day} {moment:%B %Y at %H:%M %Z}"
        raise Conflict(f"{review.signature} answered this on {when}: {review.outcome.value}.")


def check_not_claimed(session: Session, submission: Submission, *, by: User, at: datetime) -> Claim | None:
    """Return the claim if it has expired or is this mentor's; raise Conflict when another mentor has it."""
    query = select(Claim).where(Claim.submission_id == submission.id).options(joinedload(Claim.mentor))
    claim = session.scalar(query)
    if claim is not None and claim.mentor_id != by.id and claim.expires_at > at:
        since, until = (
            moment.astimezone(ZoneInfo(by.time_zone)) for moment in (claim.claimed_at, claim.expires_at)
        )
        raise Conflict(
            f"{claim.mentor.name} has held this since {since:%H:%M} and may until {until:%H:%M %Z}."
        )
    return claim
