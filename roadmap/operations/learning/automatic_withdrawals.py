"""What takes an open submission back without being asked: un-marking, archiving, an edition without it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from roadmap.domain.base import inline_literal
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.learning.events import OF_VERIFICATION, EventKind
from roadmap.domain.learning.milestone_states import StatesById
from roadmap.domain.learning.progress import UNTOUCHED, Status, Verification
from roadmap.domain.mentoring.submissions import Claim, Submission, SubmissionState
from roadmap.domain.roadmaps.editions import MilestoneText
from roadmap.state_cache import states_by_id

Facts = Sequence[Mapping[str, Any]]
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


def withdrawals_after(session: Session, enrollment: Enrollment, facts: Facts) -> list[dict[str, Any]]:
    """The events that withdraw what these facts leave without ground; they join the same change."""
    states = states_by_id(session, enrollment) if any(map(_unmarks, facts)) else StatesById()
    if not any(_may_withdraw(fact, states) for fact in facts):
        return []
    found = session.connection().execute(_OPEN, {"enrollment_id": enrollment.id})
    settled = {fact["milestone_id"] for fact in facts if fact["kind"] in OF_VERIFICATION}
    return [
        {
            "kind": EventKind.WITHDRAWN,
            "milestone_id": each.milestone_id,
            "submission_id": each.id,
            "verification": each.came_from,
        }
        for each in found
        if each.milestone_id not in settled and any(_takes_ground(session, fact, each) for fact in facts)
    ]


def settle_submission(session: Session, row: Mapping[str, Any]) -> None:
    """Bring the submission after an event on it; nobody holds what is not open."""
    of_event = Submission.id == row["submission_id"]
    session.execute(update(Submission).where(of_event).values(state=_STATES[row["kind"]]))
    if row["kind"] is not EventKind.SUBMITTED:
        session.execute(delete(Claim).where(Claim.submission_id == row["submission_id"]))


def _unmarks(fact: Mapping[str, Any]) -> bool:
    return fact["kind"] is EventKind.PROGRESS_SET and fact["status"] is not Status.DONE


def _may_withdraw(fact: Mapping[str, Any], states: StatesById) -> bool:
    """Whether it is worth to look for open submissions: a milestone that has one stands as submitted."""
    if _unmarks(fact):
        milestone_state = states.get(fact["milestone_id"], UNTOUCHED)
        return milestone_state.verification is Verification.SUBMITTED
    return fact["kind"] in {EventKind.SETTINGS_SET, EventKind.EDITION_SET}


def _takes_ground(session: Session, fact: Mapping[str, Any], submission: Any) -> bool:
    kind = fact["kind"]
    if kind is EventKind.PROGRESS_SET:
        return bool(fact["milestone_id"] == submission.milestone_id and _unmarks(fact))
    if kind is EventKind.SETTINGS_SET:
        return bool(fact["settings"]["state"] == EnrollmentState.ARCHIVED)
    if kind is EventKind.EDITION_SET:
        of_edition = (
            MilestoneText.edition_id == fact["edition_id"],
            MilestoneText.milestone_id == submission.milestone_id,
        )
        return session.scalar(select(MilestoneText.id).where(*of_edition)) is None
    return False
