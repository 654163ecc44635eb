"""Reports of any day, kept until there is something newer to report, and the two numbers over time."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.days import recorded_day
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.errors import NotFound
from roadmap.domain.mentorships import enrollments_seen_by
from roadmap.domain.report_making import Record, make_report
from roadmap.domain.report_milestones import Texts
from roadmap.domain.report_series import follow
from roadmap.domain.reports import ProgressReport, ReportQuestion, SeriesPoint
from roadmap.domain.users import ANYONE, User
from roadmap.queries.enrollments import EnrollmentView
from roadmap.queries.kept import kept_as_of, kept_while
from roadmap.queries.records import editions_of, events_of, record_of, texts_of

KEPT_REPORTS = 64
_SEEN = (
    enrollments_seen_by(ANYONE)
    .where(Enrollment.public_id == bindparam("public_id"))
    .options(joinedload(Enrollment.user))
)


def find_report(
    session: Session, public_id: str, question: ReportQuestion, *, seen_by: User, at: datetime
) -> ProgressReport:
    """The report of an enrollment this person may see: their own, or that of a mentee."""
    enrollment = session.scalar(_SEEN, {"person_id": seen_by.id, "public_id": public_id})
    if enrollment is None:
        raise NotFound("There is no such roadmap of yours.")
    return report_of(session, enrollment, question, at=at)


def report_of(
    session: Session, enrollment: Enrollment, question: ReportQuestion, *, at: datetime
) -> ProgressReport:
    """The report of an enrollment whose reader was authorised, in a fixed number of statements.

    Kept until there is a newer event or a text reads otherwise: people look at the page, then take its files.
    """
    learner = session.get_one(User, enrollment.user_id)
    texts = texts_of(session, [enrollment.id], question)[enrollment.id]
    today = recorded_day(learner.time_zone, at, enrollment.last_recorded_on)
    as_of = question.as_of or today

    def make() -> ProgressReport:
        events = events_of(session, [enrollment.id])[enrollment.id]
        record = record_of(session, learner, enrollment, today=today, events=events, texts=texts)
        return make_report(record, as_of, question.since)

    key = (enrollment.last_number, learner.name, today, as_of, question.since, texts)
    return kept_while(session, "reports", enrollment.public_id, key, make, most=KEPT_REPORTS)


def series_for(session: Session, enrollment: EnrollmentView) -> tuple[SeriesPoint, ...]:
    """Both numbers at the end of every day on which something was recorded, kept until there is more."""

    def make() -> tuple[SeriesPoint, ...]:
        events = events_of(session, [enrollment.id])[enrollment.id]
        editions, texts = editions_of(session, events), Texts({}, {}, {}, {})
        record = Record(enrollment.learner, enrollment.started_on, enrollment.today, events, editions, texts)
        return follow(record.events, record)[1]

    return kept_as_of(session, "series", enrollment, make)
