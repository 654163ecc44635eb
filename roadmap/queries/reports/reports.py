"""Reports of any day, and the two numbers over time."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.mentorships import enrollments_seen_by
from roadmap.domain.reports.builder import Record, make_report
from roadmap.domain.reports.history import numbers_by_day
from roadmap.domain.reports.milestones import Texts
from roadmap.domain.reports.reports import ProgressReport, ReportQuery, SeriesPoint
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.reports.report_source import editions_of, events_of, read_record

_SEEN = (
    enrollments_seen_by(CURRENT_PERSON)
    .where(Enrollment.public_id == bindparam("public_id"))
    .options(joinedload(Enrollment.user))
)


def find_report(
    session: Session, public_id: str, question: ReportQuery, *, seen_by: User, at: datetime
) -> ProgressReport:
    """The report of an enrollment this person may see: their own, or that of a mentee."""
    return report_of(session, find_seen_enrollment(session, public_id, seen_by=seen_by), question, at=at)


def find_seen_enrollment(session: Session, public_id: str, *, seen_by: User) -> Enrollment:
    """The enrollment, with its learner, of whoever may read its report; raises NotFound for others."""
    enrollment = session.scalar(_SEEN, {"person_id": seen_by.id, "public_id": public_id})
    if enrollment is None:
        raise NotFound("There is no such roadmap.")
    return enrollment


def report_of(
    session: Session, enrollment: Enrollment, question: ReportQuery, *, at: datetime
) -> ProgressReport:
    """The report of an enrollment whose reader was authorised, in a fixed number of statements."""
    record = read_record(session, enrollment, question, at=at)
    return make_report(record, question.as_of or record.today, question.since)


def series_for(session: Session, enrollment: EnrollmentView) -> tuple[SeriesPoint, ...]:
    """Both numbers at the end of every day on which something was recorded."""
    return series_in(record_for(session, enrollment))


def series_in(record: Record) -> tuple[SeriesPoint, ...]:
    """The same from what is on record."""
    return numbers_by_day(record.events, record)[1]


def record_for(session: Session, enrollment: EnrollmentView) -> Record:
    """The events of an enrollment without their texts, which the numbers don't need."""
    events = events_of(session, [enrollment.id])[enrollment.id]
    editions, texts = editions_of(session, events), Texts({}, {}, {}, {})
    return Record(
        enrollment.learner, enrollment.started_on, enrollment.day_on_record, events, editions, texts
    )
