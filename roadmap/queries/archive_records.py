"""Reads what an account's archive tells of learning, a statement for each kind of record."""

from collections import defaultdict
from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Enum, Select, case, literal, null, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from roadmap.domain.archive_records import (
    EditionRecord,
    EnrollmentRecord,
    EventRecord,
    EvidenceRecord,
    ReviewRecord,
    SubmissionRecord,
    TextRecord,
    Who,
)
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.events import Event
from roadmap.domain.evidence import Evidence, EvidenceRevision
from roadmap.domain.notes import Note, Reason
from roadmap.domain.reviews import Review, signature_of
from roadmap.domain.roadmaps import Edition, Milestone, Roadmap
from roadmap.domain.submissions import Submission, SubmissionEvidence
from roadmap.domain.users import User

Record = TypeVar("Record")
Query = Select[*tuple[Any, ...]]


def rows_of(session: Session, kind: type[Record], query: Query) -> tuple[Record, ...]:
    """The rows of a query as records; its columns stand in the order of the fields."""
    return tuple(_record(kind, *row) for row in session.execute(query))


def _record(kind: type[Record], *cells: Any) -> Record:
    return kind(*(tuple(cell) if isinstance(cell, list) else cell for cell in cells))


def one_of(values: type[StrEnum], *whens: Any, otherwise: StrEnum | None = None) -> ColumnElement[Any]:
    """The value of the first condition that holds."""
    kind = Enum(values, native_enum=False, length=32, values_callable=lambda each: [str(v) for v in each])
    cases = [(condition, literal(value, kind)) for condition, value in whens]
    return type_coerce(case(*cases, else_=literal(otherwise, kind) if otherwise else null()), kind)


def who(column: Any, person: User) -> ColumnElement[Any]:
    """The person, somebody else, or nobody any more."""
    return one_of(Who, (column == person.id, Who.SELF), (column.is_not(None), Who.OTHER))


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


def submissions(session: Session, *, of: User) -> tuple[SubmissionRecord, ...]:
    """Every round, with the numbers of the revisions that were handed in."""
    each = Submission
    query = (
        select(Enrollment.public_id, each.public_id, Milestone.key, Edition.number, each.title, each.criteria)
        .add_columns(each.comment, each.came_from, each.submitted_at, each.state, each.nudges, each.id)
        .join(Enrollment, Enrollment.id == each.enrollment_id)
        .join(Milestone, Milestone.id == each.milestone_id)
        .join(Edition, Edition.id == each.edition_id)
        .where(Enrollment.user_id == of.id)
        .order_by(each.id)
    )
    frozen = _frozen(session, of)
    return tuple(_record(SubmissionRecord, *row[:11], frozen[row.id]) for row in session.execute(query))


def _frozen(session: Session, person: User) -> dict[int, list[int]]:
    query = (
        select(SubmissionEvidence.submission_id, SubmissionEvidence.revision_id)
        .join(Submission, Submission.id == SubmissionEvidence.submission_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(Enrollment.user_id == person.id)
        .order_by(SubmissionEvidence.submission_id, SubmissionEvidence.position)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for submission_id, revision_id in session.execute(query):
        found[submission_id].append(revision_id)
    return found


def reviews(session: Session, *, of: User) -> tuple[ReviewRecord, ...]:
    """Answers got, and answers given; of those given nothing that the learner wrote."""
    each, replaced, is_mine = Review, aliased(Review), Enrollment.user_id == of.id
    query = (
        select(each.public_id, case((is_mine, Submission.public_id)))
        .add_columns(one_of(Who, (each.reviewer_id == of.id, Who.SELF), otherwise=Who.OTHER))
        .add_columns(each.reviewer_name, Submission.title, each.outcome, each.feedback, each.criteria)
        .add_columns(each.reviewed_at, replaced.public_id, each.reason, each.reviewer_id)
        .join(Submission, Submission.id == each.submission_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .outerjoin(replaced, replaced.id == each.replaces_id)
        .where(or_(is_mine, each.reviewer_id == of.id))
        .order_by(each.id)
    )
    return tuple(
        _record(ReviewRecord, *row[:3], signature_of(row[3], row[11]), *row[4:11])
        for row in session.execute(query)
    )
