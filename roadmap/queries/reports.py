"""Reads what is on record of an enrollment, once, for reports of any day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.days import recorded_day
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.errors import NotFound
from roadmap.domain.events import Event
from roadmap.domain.evidence import Evidence, EvidenceRevision
from roadmap.domain.mentorships import enrollments_seen_by
from roadmap.domain.notes import Reason
from roadmap.domain.report_making import EditionOnRecord, Record, make_report, series_of
from roadmap.domain.report_milestones import Texts
from roadmap.domain.reports import ProgressReport, ReportEvidence, SeriesPoint
from roadmap.domain.reviews import Review
from roadmap.domain.submissions import Submission, SubmissionEvidence
from roadmap.domain.users import User
from roadmap.outlines import stored_outline
from roadmap.queries.enrollments import EnrollmentView
from roadmap.queries.kept import kept_as_of


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """Which report: as of a day (None: today), since a day, with or without evidence and names."""

    as_of: date | None = None
    since: date | None = None
    shows_evidence: bool = True
    shows_names: bool = True


def find_report(
    session: Session, public_id: str, question: ReportQuestion, *, seen_by: User, at: datetime
) -> ProgressReport:
    """The report of an enrollment this person may see: their own, or that of a mentee."""
    enrollment = session.scalar(enrollments_seen_by(seen_by).where(Enrollment.public_id == public_id))
    if enrollment is None:
        raise NotFound("There is no such roadmap of yours.")
    return report_of(session, enrollment, question, at=at)


def report_of(
    session: Session, enrollment: Enrollment, question: ReportQuestion, *, at: datetime
) -> ProgressReport:
    """The report of an enrollment whose reader was authorised, in a fixed number of statements."""
    record = read_record(session, enrollment, question, at=at)
    return make_report(record, question.as_of or record.today, question.since)


def read_record(
    session: Session, enrollment: Enrollment, question: ReportQuestion, *, at: datetime
) -> Record:
    """Everything on record of an enrollment."""
    learner = session.get_one(User, enrollment.user_id)
    events = _events(session, enrollment.id)
    return Record(
        person=learner.name,
        started_on=enrollment.started_on,
        today=recorded_day(learner.time_zone, at, enrollment.last_recorded_on),
        events=events,
        editions=_editions(session, events),
        texts=_texts(session, enrollment, question),
    )


def series_for(session: Session, enrollment: EnrollmentView) -> tuple[SeriesPoint, ...]:
    """Both numbers at the end of every day on which something was recorded, kept until there is more."""

    def make() -> tuple[SeriesPoint, ...]:
        events = _events(session, enrollment.id)
        texts = Texts({}, {}, {}, {})
        editions = _editions(session, events)
        record = Record(enrollment.learner, enrollment.started_on, enrollment.today, events, editions, texts)
        return tuple(series_of(record, events))

    return kept_as_of(session, "series", enrollment, make)


def _events(session: Session, enrollment_id: int) -> Sequence[Event]:
    query = select(Event).where(Event.enrollment_id == enrollment_id)
    return session.scalars(query.order_by(Event.number)).all()


def _editions(session: Session, events: Sequence[Event]) -> dict[int, EditionOnRecord]:
    """The editions that the events name, in the order in which they were followed first."""
    found: dict[int, EditionOnRecord] = {}
    for event in events:
        if event.edition_id is not None and event.edition_id not in found:
            stored = stored_outline(session, event.edition_id)
            found[event.edition_id] = EditionOnRecord(stored.number, stored.outline, stored.keys)
    return found


def _texts(session: Session, enrollment: Enrollment, question: ReportQuestion) -> Texts:
    reasons = select(Reason.id, Reason.text).where(Reason.enrollment_id == enrollment.id)
    reviews = select(Review).join(Submission, Submission.id == Review.submission_id)
    revisions = _revisions(session, enrollment)
    return Texts(
        reasons={number: text or "" for number, text in session.execute(reasons)},
        reviewers={
            review.id: review.signature
            for review in session.scalars(reviews.where(Submission.enrollment_id == enrollment.id))
        },
        frozen=_frozen(session, enrollment, revisions),
        revisions=revisions,
        shows_evidence=question.shows_evidence,
        shows_names=question.shows_names,
    )


def _revisions(session: Session, enrollment: Enrollment) -> dict[int, tuple[int, ReportEvidence]]:
    """All states of all evidence by revision id, each with its milestone's id."""
    query: Any = select(EvidenceRevision, Evidence.milestone_id).join(
        Evidence, Evidence.id == EvidenceRevision.evidence_id
    )
    rows = session.execute(query.where(Evidence.enrollment_id == enrollment.id))
    return {each.id: (number, ReportEvidence(each.title or "", each.url, each.text)) for each, number in rows}


def _frozen(
    session: Session, enrollment: Enrollment, revisions: dict[int, tuple[int, ReportEvidence]]
) -> dict[int, tuple[ReportEvidence, ...]]:
    """Evidence as it was handed in, by submission id."""
    rows = session.execute(
        select(SubmissionEvidence.submission_id, SubmissionEvidence.revision_id)
        .join(Submission, Submission.id == SubmissionEvidence.submission_id)
        .where(Submission.enrollment_id == enrollment.id)
        .order_by(SubmissionEvidence.submission_id, SubmissionEvidence.position)
    )
    found: dict[int, list[ReportEvidence]] = defaultdict(list)
    for submission_id, revision_id in rows:
        found[submission_id].append(revisions[revision_id][1])
    return {number: tuple(pieces) for number, pieces in found.items()}
