"""Reads what lies ahead of an enrollment, and finds somebody's enrollment by its roadmap."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.calendars import Calendar, make_calendar
from roadmap.domain.enrollments import Enrollment, EnrollmentState, enrollments_of
from roadmap.domain.errors import NotFound
from roadmap.domain.reports import ReportQuestion
from roadmap.domain.roadmaps import Roadmap
from roadmap.domain.users import User
from roadmap.queries.records import read_record


def calendar_of(
    session: Session, enrollment: Enrollment, *, at: datetime, as_of: date | None = None
) -> Calendar:
    """The calendar of an enrollment whose reader was authorised, as of today or of an earlier day."""
    question = ReportQuestion(as_of=as_of, shows_evidence=False, shows_names=False)
    record = read_record(session, enrollment, question, at=at)
    return make_calendar(record, enrollment.public_id, as_of or record.today)


def find_enrollment_on(session: Session, slug: str, *, of: User) -> Enrollment:
    """The person's enrollment on a roadmap, the latest where earlier ones are archived; raises NotFound."""
    on_roadmap = select(Roadmap.id).where(Roadmap.slug == slug).scalar_subquery()
    found = session.scalars(
        enrollments_of(of)
        .where(Enrollment.roadmap_id == on_roadmap)
        .order_by(Enrollment.state == EnrollmentState.ARCHIVED, Enrollment.id.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound(f"{of.email} is not on a roadmap named {slug}.")
    return found
