"""Reports of any day and the two numbers over time, from the events and texts of enrollments."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, select
from sqlalchemy.orm import Session, joinedload

from roadmap.cache.editions import StoredOutline, stored_outline
from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import VALUE_COLUMNS, Event
from roadmap.domain.learning.evidence import Evidence, EvidenceRevision
from roadmap.domain.learning.progress import Reason
from roadmap.domain.learning.replay import EventValues
from roadmap.domain.local_dates import recorded_day
from roadmap.domain.mentoring.mentorships import enrollments_seen_by
from roadmap.domain.mentoring.submissions import Review, SubmissionEvidence, signature_of
from roadmap.domain.reports.builder import make_report
from roadmap.domain.reports.records import Record, Texts, numbers_by_day
from roadmap.domain.reports.reports import ProgressReport, ReportQuery, SeriesPoint
from roadmap.domain.reports.rows import INVITED, ReportEvidence, Reviewer, approved_by, domain_of
from roadmap.queries.learning.enrollment_views import EnrollmentView

_SEEN = (
    enrollments_seen_by(CURRENT_PERSON)
    .where(Enrollment.public_id == bindparam("public_id"))
    .options(joinedload(Enrollment.user))
)

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
# Columns instead of entities, and statements that are made once: a report reads hundreds of events.
_EVENTS: Any = (
    select(Event.enrollment_id, Event.change, Event.recorded_at, Event.recorded_on)
    .add_columns(*(getattr(Event, name) for name in VALUE_COLUMNS))
    .where(Event.enrollment_id.in_(_IDS))
    .order_by(Event.enrollment_id, Event.number)
)
_EVENTS_WITH_TEXTS: Any = (
    _EVENTS.outerjoin(Reason, Reason.id == Event.reason_id)
    .outerjoin(Review, Review.id == Event.review_id)
    .outerjoin(User, User.id == Review.reviewer_id)
    .add_columns(Reason.text.label("reason"), Review.reviewer_id, Review.reviewer_name)
    .add_columns(User.email, User.email_confirmed_at, User.mentor_approved_at)
)
_EVIDENCE: Any = (
    select(Evidence.enrollment_id, Evidence.milestone_id, EvidenceRevision.id)
    .add_columns(EvidenceRevision.title, EvidenceRevision.url, EvidenceRevision.text)
    .add_columns(SubmissionEvidence.submission_id)
    .join(EvidenceRevision, EvidenceRevision.evidence_id == Evidence.id)
    .outerjoin(SubmissionEvidence, SubmissionEvidence.revision_id == EvidenceRevision.id)
    .where(Evidence.enrollment_id.in_(_IDS))
    .order_by(SubmissionEvidence.position, EvidenceRevision.id)
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


def series_in(record: Record) -> tuple[SeriesPoint, ...]:
    """Both numbers at the end of every day on which something was recorded."""
    return numbers_by_day(record.events, record)[1]


def record_for(session: Session, enrollment: EnrollmentView) -> Record:
    """The events of an enrollment without their texts, which the numbers don't need."""
    events = events_of(session, [enrollment.id])[enrollment.id]
    editions, texts = editions_of(session, events), Texts({}, {}, {}, {})
    return Record(
        enrollment.learner, enrollment.started_on, enrollment.day_on_record, events, editions, texts
    )


def read_record(session: Session, enrollment: Enrollment, question: ReportQuery, *, at: datetime) -> Record:
    """All events and texts of an enrollment."""
    learner = session.get_one(User, enrollment.user_id)
    return read_records(session, learner, [enrollment], question, at=at)[enrollment.id]


def read_records(
    session: Session, learner: User, enrollments: Sequence[Enrollment], question: ReportQuery, *, at: datetime
) -> dict[int, Record]:
    """All events and texts of several enrollments of one learner in two statements, by enrollment id."""
    ids = [enrollment.id for enrollment in enrollments]
    events = _by_enrollment(session.connection().execute(_EVENTS_WITH_TEXTS, {"ids": ids}))
    evidence = _by_enrollment(session.connection().execute(_EVIDENCE, {"ids": ids}))
    return {
        enrollment.id: Record(
            person=learner.name,
            started_on=enrollment.started_on,
            today=recorded_day(learner.time_zone, at, enrollment.last_recorded_on),
            events=events[enrollment.id],
            editions=editions_of(session, events[enrollment.id]),
            texts=_texts(events[enrollment.id], evidence[enrollment.id], question),
            installation=question.installation,
        )
        for enrollment in enrollments
    }


def events_of(session: Session, ids: list[int]) -> dict[int, list[Any]]:
    """The values of all events of these enrollments in the order of their numbers, by enrollment id."""
    return _by_enrollment(session.connection().execute(_EVENTS, {"ids": ids}))


def _by_enrollment(rows: Iterable[Row[Any]]) -> dict[int, list[Any]]:
    """Rows by enrollment id. Which columns a row has is known to its statement only, not to its type."""
    by_enrollment: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_enrollment[row.enrollment_id].append(row)
    return by_enrollment


def editions_of(session: Session, events: Sequence[EventValues]) -> dict[int, StoredOutline]:
    """The editions that the events name, in the order in which they were followed first."""
    ids = dict.fromkeys(event.edition_id for event in events if event.edition_id is not None)
    return {edition_id: stored_outline(session, edition_id) for edition_id in ids}


def _texts(events: Iterable[Row[Any]], evidence: Iterable[Row[Any]], question: ReportQuery) -> Texts:
    """The texts that the events of one enrollment refer to."""
    revisions: dict[int, tuple[int, ReportEvidence]] = {}
    submitted: dict[int, list[ReportEvidence]] = defaultdict(list)
    for row in evidence:
        piece = ReportEvidence(row.title or "", row.url, row.text)
        revisions[row.id] = (row.milestone_id, piece)
        if row.submission_id is not None:
            submitted[row.submission_id].append(piece)
    return Texts(
        reasons={row.reason_id: row.reason or "" for row in events if row.reason_id is not None},
        reviewers={
            row.review_id: _reviewer(row, question.installation)
            for row in events
            if row.review_id is not None
        },
        frozen={submission_id: tuple(pieces) for submission_id, pieces in submitted.items()},
        revisions=revisions,
        shows_evidence=question.shows_evidence,
        shows_names=question.shows_names,
    )


def _reviewer(row: Row[Any], installation: str) -> Reviewer:
    """Whoever gave a review, with the name of that time, and how the account is known now."""
    is_approved, is_confirmed = row.mentor_approved_at is not None, row.email_confirmed_at is not None
    return Reviewer(
        name=signature_of(row.reviewer_name, row.reviewer_id),
        known_as=approved_by(installation) if is_approved else INVITED,
        domain=domain_of(row.email) if is_confirmed else None,
    )
