"""Submit a milestone to the mentors with a copy of its evidence, and withdraw a submission."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from roadmap.cache.states import state_of
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, invalid
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.mentoring.mentorships import has_mentor
from roadmap.domain.mentoring.submissions import (
    COMMENT_LENGTH,
    Submission,
    SubmissionEvidence,
    SubmissionState,
    submission_event,
)
from roadmap.operations.learning.enrollments import outline_of
from roadmap.operations.learning.events import record_change
from roadmap.operations.learning.evidence import select_evidence
from roadmap.operations.learning.progress import find_milestone
from roadmap.operations.text_rules import clean_text

NOTHING_TO_LOOK_AT = "There’s nothing to review yet. Add evidence, or submit with a comment."


def submit_milestone(
    session: Session, enrollment: Enrollment, key: str, comment: str, *, by: User, at: datetime
) -> tuple[Submission, int]:
    """Submit a done milestone with its current title, criteria and evidence; it needs evidence or a comment.

    Returns the submission and the number of the change; raises Invalid when it cannot be submitted.
    """
    milestone_id = find_milestone(session, enrollment, key)
    _check_may_submit(session, enrollment, state_of(session, enrollment, milestone_id))
    comment = clean_text(comment, field="comment", most=COMMENT_LENGTH)
    current = select_evidence(session, enrollment, key).with_only_columns(Evidence.revision_id)
    revisions = session.scalars(current.order_by(Evidence.id)).all()
    if not comment and not revisions:
        raise invalid(comment=NOTHING_TO_LOOK_AT)
    submission = new_submission(session, enrollment, key, at=at, comment=comment)
    session.add(submission)
    session.flush()
    _freeze_evidence(session, submission, revisions)
    event = submission_event(EventKind.SUBMITTED, submission, Verification.SUBMITTED)
    return submission, record_change(session, enrollment, [event], by=by, at=at)


def new_submission(
    session: Session, enrollment: Enrollment, key: str, *, at: datetime, comment: str = "", **fields: Any
) -> Submission:
    """Return a submission with the milestone's current title and criteria; the caller adds it."""
    stored = outline_of(session, enrollment)
    milestone, milestone_id = stored.outline.milestones[key], stored.ids[key]
    return Submission(
        enrollment_id=enrollment.id,
        milestone_id=milestone_id,
        edition_id=enrollment.edition_id,
        title=milestone.title,
        criteria=list(milestone.done_when),
        comment=comment or None,
        came_from=state_of(session, enrollment, milestone_id).verification,
        submitted_at=at,
        **fields,
    )


def withdraw_submission(session: Session, enrollment: Enrollment, key: str, *, by: User, at: datetime) -> int:
    """Withdraw the open submission of a milestone. Return the number of the change; raise Conflict.

    Undoing the change restores the submission with its original time.
    """
    milestone_id = find_milestone(session, enrollment, key)
    submission = open_submission(session, enrollment, milestone_id)
    if submission is None:
        raise Conflict("This milestone isn’t waiting for a mentor. It was already reviewed or withdrawn.")
    event = submission_event(EventKind.WITHDRAWN, submission, submission.came_from)
    return record_change(session, enrollment, [event], by=by, at=at)


def open_submission(session: Session, enrollment: Enrollment, milestone_id: int) -> Submission | None:
    """Return the open submission of this milestone, or None."""
    return session.scalar(
        select(Submission).where(
            Submission.enrollment_id == enrollment.id,
            Submission.milestone_id == milestone_id,
            Submission.state == SubmissionState.OPEN,
        )
    )


def _check_may_submit(session: Session, enrollment: Enrollment, milestone_state: MilestoneState) -> None:
    if milestone_state.status is not Status.DONE:
        raise invalid(comment="Mark the milestone done first, then submit it.")
    if milestone_state.verification is Verification.SUBMITTED:
        raise invalid(comment="This milestone is already waiting for a mentor.")
    if milestone_state.verification is Verification.VERIFIED:
        raise invalid(comment="This milestone is already verified.")
    if not session.scalar(select(has_mentor()).where(Enrollment.id == enrollment.id)):
        raise invalid(comment="You don’t have a mentor on this roadmap yet. Invite one first.")


def _freeze_evidence(session: Session, submission: Submission, revisions: Sequence[int | None]) -> None:
    rows = [
        {"submission_id": submission.id, "revision_id": revision_id, "position": position}
        for position, revision_id in enumerate(revisions)
    ]
    if rows:
        session.execute(insert(SubmissionEvidence), rows)
