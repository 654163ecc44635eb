"""What lies ahead of an enrollment."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.calendars import Calendar, make_calendar
from roadmap.domain.reports.reports import ReportQuery
from roadmap.queries.reports.report_source import read_record


def calendar_of(
    session: Session, enrollment: Enrollment, *, at: datetime, as_of: date | None = None
) -> Calendar:
    """The calendar of an enrollment whose reader was authorised, as of today or of an earlier day."""
    question = ReportQuery(as_of=as_of, shows_evidence=False, shows_names=False)
    record = read_record(session, enrollment, question, at=at)
    return make_calendar(record, enrollment.public_id, as_of or record.today)
