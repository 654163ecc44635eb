"""Moves submissions and messages of milestones that an edition merges, and sets the verification."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import state_of
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import MilestoneState, Verification
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.mentoring.submissions import Submission, SubmissionState, submission_event

_COLUMNS = (Submission.id, Submission.milestone_id, Submission.state, Submission.came_from)


def moving_events(
    session: Session,
    enrollment: Enrollment,
    merges: Mapping[int, Sequence[int]],
    merged: Mapping[int, MilestoneState],
) -> Iterator[dict[str, Any]]:
    """Yield the values of the events that move every submission to the milestone that goes on.

    `merges` has the merged milestones by the one that goes on, `merged` the states that change. Of several
    open submissions the oldest stays open, and none does beside a verified one; the others are withdrawn.
    """
    into = {earlier: number for number, numbers in merges.items() for earlier in numbers}
    query = select(*_COLUMNS).where(
        Submission.enrollment_id == enrollment.id, Submission.milestone_id.in_([*into, *merges])
    )
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query.order_by(Submission.submitted_at, Submission.id)):
        rows[into.get(row.milestone_id, row.milestone_id)].append(row)
    for number, submissions in rows.items():
        if any(row.milestone_id != number for row in submissions):
            state = merged.get(number) or state_of(session, enrollment, number)
            yield from _events(session, enrollment, number, submissions, state)


def _events(
    session: Session, enrollment: Enrollment, number: int, submissions: Sequence[Any], state: MilestoneState
) -> Iterator[dict[str, Any]]:
    waiting = [row for row in submissions if row.state is SubmissionState.OPEN]
    stays = waiting[0] if waiting and state.verification is Verification.SUBMITTED else None
    for row in waiting:
        if row is not stays:
            yield submission_event(EventKind.WITHDRAWN, row, row.came_from)
    for row in submissions:
        if row.milestone_id != number:
            yield {"kind": EventKind.SUBMISSION_MOVED, "milestone_id": number, "submission_id": row.id}
    if stays is not None and stays.milestone_id != number:
        yield {
            "kind": EventKind.VERIFICATION_SET,
            "milestone_id": stays.milestone_id,
            "verification": stays.came_from,
            "review_id": state_of(session, enrollment, stays.milestone_id).review_id,
        }
    yield {
        "kind": EventKind.VERIFICATION_SET,
        "milestone_id": number,
        "verification": state.verification,
        "review_id": state.review_id,
        "submission_id": stays.id if stays is not None else None,
    }


def place_messages(session: Session, enrollment: Enrollment) -> None:
    """Put each message of an enrollment on the milestone that the edition it follows has for it."""
    stored = stored_outline(session, enrollment.edition_id)
    for message in session.scalars(select(Message).where(Message.enrollment_id == enrollment.id)):
        written_on = message.written_on_id or message.milestone_id
        place = stored.merged.get(written_on, written_on)
        message.milestone_id = place
        message.written_on_id = written_on if place != written_on else None
