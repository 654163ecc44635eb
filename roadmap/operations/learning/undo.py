"""Undo a change of an enrollment by appending the values from before it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import state_of
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, or_not_found
from roadmap.domain.learning.enrollments import ARCHIVED, Enrollment, EnrollmentState
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.progress import Status
from roadmap.domain.learning.undo import check_undo, values_before
from roadmap.operations.learning.enrollments import check_only_one, conflict_if_already_active
from roadmap.operations.learning.events import record_change


def undo_change(session: Session, enrollment: Enrollment, number: int, *, by: User, at: datetime) -> int:
    """Undo the whole change an event belongs to. Return the number of the undo, which can itself be undone.

    Raises NotFound, Conflict or Forbidden when the change does not exist or cannot be undone.
    """
    query = select(Event).where(Event.enrollment_id == enrollment.id).order_by(Event.number)
    events = session.scalars(query).all()
    change_of = {event.number: event.change for event in events}
    change = or_not_found(change_of.get(number), "There is no such change.")
    check_undo(events, change, actor_id=by.id)
    restored = values_before(events, change)
    _check_submissions_return(session, enrollment, restored)
    if enrollment.is_archived:
        if not any(_leaves_archive(event) for event in restored):
            raise Forbidden(ARCHIVED, ForbiddenReason.ARCHIVED)
        check_only_one(session, enrollment.roadmap_id, by=by)
    with conflict_if_already_active():
        return record_change(session, enrollment, restored, by=by, at=at, undoes=change)


def _check_submissions_return(
    session: Session, enrollment: Enrollment, restored: list[dict[str, Any]]
) -> None:
    """Raise Conflict for a submission whose milestone is not done, or no longer in the edition."""
    done = {event["milestone_id"] for event in restored if event["status"] is Status.DONE}
    followed = next((event["edition_id"] for event in restored if event["edition_id"]), enrollment.edition_id)
    for event in restored:
        if event["kind"] is EventKind.SUBMITTED:
            milestone_id = event["milestone_id"]
            if milestone_id not in stored_outline(session, followed).keys:
                raise Conflict(
                    "This milestone is no longer in your edition, so its submission can’t be restored."
                )
            is_done = state_of(session, enrollment, milestone_id).status is Status.DONE
            if not is_done and milestone_id not in done:
                raise Conflict("Mark the milestone done first; then its submission can be restored.")


def _leaves_archive(event: dict[str, object]) -> bool:
    settings = event["settings"]
    return (
        event["kind"] is EventKind.SETTINGS_SET
        and isinstance(settings, dict)
        and settings["state"] != EnrollmentState.ARCHIVED
    )
