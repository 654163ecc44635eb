"""What somebody has done, as keys of an edition."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import StoredOutline
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import Progress, Status


def done_milestones(session: Session, enrollment: str, stored: StoredOutline) -> frozenset[str]:
    """Return the keys of the milestones of an edition that are done in an enrollment."""
    query = (
        select(Progress.milestone_id)
        .join(Enrollment, Enrollment.id == Progress.enrollment_id)
        .where(Enrollment.public_id == enrollment, Progress.status == Status.DONE)
    )
    keys = stored.keys
    return frozenset(keys[number] for number in session.scalars(query) if number in keys)
