"""Review a submission: claim it while reading, verify it or return it with feedback, or replace a review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, invalid, or_not_found
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Verification
from roadmap.domain.mentoring.submissions import (
    CLAIM_LIFETIME,
    FEEDBACK_LENGTH,
    OWN_WORK,
    REPLACEMENT_REASON_LENGTH,
    Claim,
    Outcome,
    Review,
    Submission,
    SubmissionState,
    submission_event,
    submissions_reviewed_by,
    submissions_seen_by,
)
from roadmap.operations.learning.events import record_change
from roadmap.operations.text_rules import clean_text

_NOT_FOUND = "There is no such submission."


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
    _check_is_open(session, submission, by=by)
    claim = _check_not_claimed(session, submission, by=by, at=at)
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


def review_submission(session: Session, public_id: str, answer: Answer, *, by: User, at: datetime) -> Review:
    """Review an open submission that nobody else has claimed, or replace its review.

    Raises NotFound, Forbidden, Conflict or Invalid.
    """
    submission = lock_submission(session, public_id, by=by)
    replaced = _find_replaced(session, submission, answer.replaces) if answer.replaces else None
    if replaced is None:
        _check_is_open(session, submission, by=by)
        _check_not_claimed(session, submission, by=by, at=at)
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


def _check_is_open(session: Session, submission: Submission, *, by: User) -> None:
    """Raise Conflict unless the submission is open; the message has times in this person's time zone."""
    if submission.state is SubmissionState.WITHDRAWN:
        raise Conflict("This submission has been withdrawn, so there’s nothing to review.")
    if submission.state is SubmissionState.ANSWERED:
        query = select(Review).where(Review.submission_id == submission.id).order_by(Review.id.desc())
        review = session.scalars(query.limit(1)).one()
        moment = review.reviewed_at.astimezone(ZoneInfo(by.time_zone))
        when = f"{moment.day} {moment:%B %Y at %H:%M %Z}"
        raise Conflict(f"{review.signature} answered this on {when}: {review.outcome.value}.")


def _check_not_claimed(session: Session, submission: Submission, *, by: User, at: datetime) -> Claim | None:
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
