"""Sign off milestones: a mentor verifies what they saw or talked through, without a submission."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from roadmap.cache.states import state_of
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, ForbiddenReason, invalid, or_not_found
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.mentoring.mentorships import Mentorship, enrollments_mentored_by
from roadmap.domain.mentoring.submissions import (
    FEEDBACK_LENGTH,
    Outcome,
    Review,
    Submission,
    SubmissionState,
    submission_event,
)
from roadmap.operations.learning.enrollments import outline_of
from roadmap.operations.learning.events import record_change
from roadmap.operations.mentoring.mentorships import find_as_mentor
from roadmap.operations.mentoring.submissions import new_submission
from roadmap.operations.text_rules import clean_text


def sign_off_milestones(
    session: Session,
    mentorship_id: str,
    keys: Sequence[str],
    *,
    by: User,
    at: datetime,
    enrollment_id: str = "",
    feedback: str = "",
) -> int:
    """Verify done milestones of a mentee in one change. Return how many; verified ones are left as they are.

    Without the public id of an enrollment it is the one started last. Raises NotFound, Forbidden, or Invalid
    when nothing was chosen, or something that is not done or waits for a review.
    """
    enrollment = _lock_enrollment(session, mentorship_id, enrollment_id, by=by)
    feedback = clean_text(feedback, field="feedback", most=FEEDBACK_LENGTH)
    submissions = [
        new_submission(session, enrollment, key, at=at, state=SubmissionState.ANSWERED, signed_off=True)
        for key in _keys_to_verify(session, enrollment, keys)
    ]
    session.add_all(submissions)
    session.flush()
    reviews = [_review(submission, feedback, by=by, at=at) for submission in submissions]
    session.add_all(reviews)
    session.flush()
    pairs = zip(submissions, reviews, strict=True)
    events = [event for submission, review in pairs for event in _events(submission, review)]
    record_change(session, enrollment, events, by=by, at=at)
    return len(reviews)


def _lock_enrollment(session: Session, mentorship_id: str, public_id: str, *, by: User) -> Enrollment:
    """Return an enrollment that this mentorship covers, locked; raise NotFound or Forbidden."""
    mentorship = find_as_mentor(session, mentorship_id, by=by)
    of_mentorship = [Enrollment.user_id == mentorship.learner_id]
    if mentorship.roadmap_id is not None:
        of_mentorship.append(Enrollment.roadmap_id == mentorship.roadmap_id)
    if public_id:
        of_mentorship.append(Enrollment.public_id == public_id)
    query = select(Enrollment.id).where(*of_mentorship)
    is_archived = Enrollment.state == EnrollmentState.ARCHIVED
    number = session.scalar(query.order_by(is_archived, Enrollment.id.desc()).limit(1).with_for_update())
    # The mentorship may have ended while this waited for the lock.
    is_active = select(Mentorship.id).where(Mentorship.id == mentorship.id, Mentorship.ended_at.is_(None))
    in_scope = enrollments_mentored_by(by).where(Enrollment.id == number, is_active.exists())
    locked = in_scope.options(joinedload(Enrollment.user, innerjoin=True))
    enrollment = or_not_found(
        session.scalar(locked.execution_options(populate_existing=True)),
        "Your mentee doesn’t follow this roadmap.",
    )
    if enrollment.is_archived:
        raise Forbidden("The learner archived this roadmap, so it’s read-only.", ForbiddenReason.ARCHIVED)
    return enrollment


def _keys_to_verify(session: Session, enrollment: Enrollment, keys: Sequence[str]) -> list[str]:
    """Return the keys of those that are not verified yet; raise Invalid as `sign_off_milestones`."""
    outline, ids = outline_of(session, enrollment).outline, outline_of(session, enrollment).ids
    unknown = [key for key in keys if key not in ids]
    if unknown:
        raise invalid(milestones=f"This roadmap has no milestone “{unknown[0]}”.")
    states = {key: state_of(session, enrollment, ids[key]) for key in dict.fromkeys(keys)}
    for key, milestone_state in states.items():
        title = outline.milestones[key].title
        if milestone_state.status is not Status.DONE:
            raise invalid(milestones=f"“{title}” isn’t marked as done, so it can’t be signed off.")
        if milestone_state.verification is Verification.SUBMITTED:
            raise invalid(milestones=f"“{title}” was submitted. Review the submission instead.")
    chosen = [key for key, state in states.items() if state.verification is not Verification.VERIFIED]
    if not chosen:
        raise invalid(milestones="Choose at least one milestone that isn’t verified yet.")
    return chosen


def _review(submission: Submission, feedback: str, *, by: User, at: datetime) -> Review:
    """Return the review that verifies it, with all criteria met."""
    return Review(
        submission_id=submission.id,
        reviewer_id=by.id,
        reviewer_name=by.name,
        outcome=Outcome.VERIFIED,
        feedback=feedback or None,
        criteria=list(range(1, len(submission.criteria) + 1)),
        reviewed_at=at,
    )


def _events(submission: Submission, review: Review) -> Iterator[dict[str, Any]]:
    """Yield the two events of a sign-off."""
    yield submission_event(EventKind.SUBMITTED, submission, Verification.SUBMITTED)
    yield submission_event(EventKind.REVIEWED, submission, Verification.VERIFIED, review_id=review.id)
