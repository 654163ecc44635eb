"""Take back a change of an enrollment by appending what was before it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.enrollments import Enrollment, EnrollmentState
from roadmap.domain.errors import Forbidden, NotFound
from roadmap.domain.events import Event, EventKind
from roadmap.domain.undo import check_undo, values_before
from roadmap.domain.users import User
from roadmap.operations.enrollments import check_only_active
from roadmap.operations.events import record_change


def undo_change(session: Session, enrollment: Enrollment, number: int, *, by: User, at: datetime) -> int:
    """Undo the whole change that an event belongs to; returns the number of the undo, which can be undone."""
    query = select(Event).where(Event.enrollment_id == enrollment.id).order_by(Event.number)
    events = session.scalars(query).all()
    change = next((event.change for event in events if event.number == number), None)
    if change is None:
        raise NotFound("There is no such change.")
    check_undo(events, change, actor_id=by.id)
    facts = values_before(events, change)
    if enrollment.is_archived:
        if not any(_leaves_archive(fact) for fact in facts):
            raise Forbidden("This roadmap is archived and read-only. Take it out of the archive first.")
        check_only_active(session, enrollment, by=by)
    return record_change(session, enrollment, facts, by=by, at=at, undoes=change)


def _leaves_archive(fact: dict[str, object]) -> bool:
    settings = fact["settings"]
    return (
        fact["kind"] is EventKind.SETTINGS_SET
        and isinstance(settings, dict)
        and settings["state"] != EnrollmentState.ARCHIVED
    )
