"""Take over what was ticked in a list that somebody brought, once they start it."""

from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.operations.learning.enrollments import outline_of
from roadmap.operations.learning.progress import mark_known
from roadmap.operations.roadmaps.row_imports import take_ticked


def mark_ticked(session: Session, enrollment: Enrollment, *, by: User, at: datetime) -> int | None:
    """Mark as known before what this person had ticked in their import.

    Returns the number of the one change, or None when there was nothing.
    """
    ids = outline_of(session, enrollment).ids
    keys = [key for key in take_ticked(session, enrollment.roadmap_id, by=by) if key in ids]
    return mark_known(session, enrollment, keys, by=by, at=at) if keys else None
