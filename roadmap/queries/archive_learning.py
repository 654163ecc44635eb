"""Reads what an account's archive tells of learning, a statement for each kind of record."""

from typing import cast

from sqlalchemy import case, null, or_, select
from sqlalchemy.orm import Session

from roadmap.domain.archive_learning import (
    EditionRecord,
    EnrollmentRecord,
    EventRecord,
    EvidenceRecord,
    TextRecord,
)
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.events import Event
from roadmap.domain.evidence import Evidence, EvidenceRevision
from roadmap.domain.notes import Note, Reason
from roadmap.domain.reviews import Review
from roadmap.domain.roadmaps import Edition, Milestone, Roadmap
from roadmap.domain.submissions import Submission
from roadmap.domain.users import User
from roadmap.queries.archive_rows import Query, rows_of, who


def enrollments(session: Session, *, of: User) -> tuple[EnrollmentRecord, ...]:
    """What is followed, with its settings."""
    each = Enrollment
    query = (
        select(each.public_id, Roadmap.slug, Edition.number, each.started_on, each.pathways)
        .add_columns(each.weekly_hours, each.target_on, each.state, each.shows_forecast)
        .join(Roadmap, Roadmap.id == each.roadmap_id)
        .join(Edition, Edition.id == each.edition_id)
        .where(each.user_id == of.id)
        .order_by(each.id)
    )
    return rows_of(session, EnrollmentRecord, query)


def editions(session: Session, *, of: User) -> tuple[tuple[int, EditionRecord], ...]:
    """The editions with their ids, by roadmap and number."""
    is_own = Roadmap.author_id == of.id
    query = (
        select(Edition.id, Roadmap.slug, Edition.number, Edition.title, Edition.state)
        .add_columns(case((is_own, True), else_=False), Edition.content_hash)
        .join(Roadmap, Roadmap.id == Edition.roadmap_id)
        .where(or_(is_own, Edition.id.in_(_named_editions(of))))
        .order_by(Roadmap.slug, Edition.number)
    )
    return tuple((row[0], EditionRecord(*row[1:])) for row in session.execute(query))


def _named_editions(person: User) -> Query:
    """Ids of the editions that the person's record names, and of those they wrote."""
    of_events = (
        select(Event.edition_id)
        .join(Enrollment, Enrollment.id == Event.enrollment_id)
        .where(Enrollment.user_id == person.id, Event.edition_id.is_not(None))
    )
    of_work = (
        select(Submission.edition_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(Enrollment.user_id == person.id)
    )
    return cast("Query", of_events.union(of_work))


def events(session: Session, *, of: User) -> tuple[EventRecord, ...]:
    """Every recorded fact in the order of its number."""
    each = Event
    query = (
        select(Enrollment.public_id, each.number, each.change, each.kind, who(each.actor_id, of))
        .add_columns(each.recorded_at, each.recorded_on, each.undoes, each.occurred_on, Milestone.key)
        .add_columns(each.status, each.known, each.reason_id, each.revisit_on, each.note_id)
        .add_columns(Evidence.public_id, each.revision_id, Edition.number, each.settings)
        .add_columns(each.verification, Submission.public_id, Review.public_id)
        .join(Enrollment, Enrollment.id == each.enrollment_id)
        .outerjoin(Milestone, Milestone.id == each.milestone_id)
        .outerjoin(Evidence, Evidence.id == each.evidence_id)
        .outerjoin(Edition, Edition.id == each.edition_id)
        .outerjoin(Submission, Submission.id == each.submission_id)
        .outerjoin(Review, Review.id == each.review_id)
        .where(Enrollment.user_id == of.id)
        .order_by(each.enrollment_id, each.number)
    )
    return rows_of(session, EventRecord, query)


def notes(session: Session, *, of: User) -> tuple[TextRecord, ...]:
    """Every saved state of every private note."""
    query = (
        select(Enrollment.public_id, Note.id, Milestone.key, Note.text)
        .join(Enrollment, Enrollment.id == Note.enrollment_id)
        .join(Milestone, Milestone.id == Note.milestone_id)
        .where(Enrollment.user_id == of.id)
        .order_by(Note.id)
    )
    return rows_of(session, TextRecord, query)


def reasons(session: Session, *, of: User) -> tuple[TextRecord, ...]:
    """Why marks were set; the events say which."""
    query = (
        select(Enrollment.public_id, Reason.id, null(), Reason.text)
        .join(Enrollment, Enrollment.id == Reason.enrollment_id)
        .where(Enrollment.user_id == of.id)
        .order_by(Reason.id)
    )
    return rows_of(session, TextRecord, query)


def evidence(session: Session, *, of: User) -> tuple[EvidenceRecord, ...]:
    """Every state of every piece of evidence."""
    each = EvidenceRevision
    is_current = case((Evidence.revision_id == each.id, True), else_=False)
    query = (
        select(Enrollment.public_id, Milestone.key, Evidence.public_id, each.id, is_current)
        .add_columns(each.title, each.url, each.text)
        .join(Evidence, Evidence.id == each.evidence_id)
        .join(Enrollment, Enrollment.id == Evidence.enrollment_id)
        .join(Milestone, Milestone.id == Evidence.milestone_id)
        .where(Enrollment.user_id == of.id)
        .order_by(each.id)
    )
    return rows_of(session, EvidenceRecord, query)
