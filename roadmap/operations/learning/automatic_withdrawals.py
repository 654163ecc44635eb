"""Withdraws open submissions when a milestone is unmarked, archived, or not in the new edition."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from roadmap.cache.states import states_by_id
from roadmap.domain.base import inline_literal
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.learning.events import OF_VERIFICATION, EventKind
from roadmap.domain.learning.milestone_states import StatesById
from roadmap.domain.learning.progress import UNTOUCHED, Status, Verification
from roadmap.domain.mentoring.submissions import Claim, Submission, SubmissionState
from roadmap.domain.roadmaps.editions import MilestoneText

Events = Sequence[Mapping[str, Any]]
_STATES = {
    EventKind.SUBMITTED: SubmissionState.OPEN,
    EventKind.WITHDRAWN: SubmissionState.WITHDRAWN,
    EventKind.REVIEWED: SubmissionState.ANSWERED,
}

_OPEN: Any = (
    select(Submission.id, Submission.milestone_id, Submission.came_from)
    .where(
        Submission.enrollment_id == bindparam("enrollment_id"),
        Submission.state == inline_literal(SubmissionState.OPEN),
    )
    .order_by(Submission.id)
)


def withdrawals_after(session: Session, enrollment: Enrollment, events: Events) -> list[dict[str, Any]]:
    """Return the events that withdraw submissions which cannot stay open after these events.

    The caller records them in the same change.
    """
    states = states_by_id(session, enrollment) if any(map(_unmarks, events)) else StatesById()
    if not any(_may_withdraw(event, states) for event in events):
        return []
    submissions = session.connection().execute(_OPEN, {"enrollment_id": enrollment.id})
    settled = {event["milestone_id"] for event in events if event["kind"] in OF_VERIFICATION}
    return [
        {
            "kind": EventKind.WITHDRAWN,
            "milestone_id": submission.milestone_id,
            "submission_id": submission.id,
            "verification": submission.came_from,
        }
        for submission in submissions
        if submission.milestone_id not in settled
        and any(_ends_submission(session, event, submission) for event in events)
    ]


def settle_submission(session: Session, row: Mapping[str, Any]) -> None:
    """Update the submission an event is about, and delete its claim when it is not open."""
    of_event = update(Submission).where(Submission.id == row["submission_id"])
    if row["kind"] is EventKind.SUBMISSION_MOVED:
        session.execute(of_event.values(milestone_id=row["milestone_id"]))
        return
    session.execute(of_event.values(state=_STATES[row["kind"]]))
    if row["kind"] is not EventKind.SUBMITTED:
        session.execute(delete(Claim).where(Claim.submission_id == row["submission_id"]))


def _unmarks(event: Mapping[str, Any]) -> bool:
    return event["kind"] is EventKind.PROGRESS_SET and event["status"] is not Status.DONE


def _may_withdraw(event: Mapping[str, Any], states: StatesById) -> bool:
    """Return whether to look for open submissions, without a query: their milestones are submitted."""
    if _unmarks(event):
        milestone_state = states.get(event["milestone_id"], UNTOUCHED)
        return milestone_state.verification is Verification.SUBMITTED
    return event["kind"] in {EventKind.SETTINGS_SET, EventKind.EDITION_SET}


def _ends_submission(session: Session, event: Mapping[str, Any], submission: Any) -> bool:
    kind = event["kind"]
    if kind is EventKind.PROGRESS_SET:
        return bool(event["milestone_id"] == submission.milestone_id and _unmarks(event))
    if kind is EventKind.SETTINGS_SET:
        return bool(event["settings"]["state"] == EnrollmentState.ARCHIVED)
    if kind is EventKind.EDITION_SET:
        of_edition = (
            MilestoneText.edition_id == event["edition_id"],
            MilestoneText.milestone_id == submission.milestone_id,
        )
        return session.scalar(select(MilestoneText.id).where(*of_edition)) is None
    return False
