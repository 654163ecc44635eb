"""Reads what is on record of enrollments, once, for reports of any day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import BindParameter, Row, bindparam, literal_column, null, select, union_all
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import VALUE_COLUMNS, Event
from roadmap.domain.learning.evidence import Evidence, EvidenceRevision
from roadmap.domain.learning.notes import Reason
from roadmap.domain.learning.replay import RecordedValues
from roadmap.domain.local_dates import recorded_day
from roadmap.domain.mentoring.reviews import Review, signature_of
from roadmap.domain.mentoring.submissions import Submission, SubmissionEvidence
from roadmap.domain.reports.builder import EditionOnRecord, Record
from roadmap.domain.reports.milestones import Texts
from roadmap.domain.reports.reports import ReportEvidence, ReportQuery
from roadmap.edition_cache import stored_outline

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
# Columns instead of entities, and statements that are made once: a report reads hundreds of events.
_EVENTS = (
    select(Event.enrollment_id, Event.recorded_at, Event.recorded_on)
    .add_columns(*(getattr(Event, name) for name in VALUE_COLUMNS))
    .where(Event.enrollment_id.in_(_IDS))
    .order_by(Event.enrollment_id, Event.number)
)
# All that people wrote is one statement, whose columns have the names of the first; a number is that of the
# milestone, the revision or the reviewer.
_NONE: Any = null()
_FIRST: Any = literal_column("0")
_REVISIONS: Any = (
    select(literal_column("'revision'").label("kind"), Evidence.enrollment_id)
    .add_columns(EvidenceRevision.id.label("id"), Evidence.milestone_id.label("number"))
    .add_columns(EvidenceRevision.text, EvidenceRevision.title, EvidenceRevision.url, _FIRST.label("place"))
    .join(EvidenceRevision, EvidenceRevision.evidence_id == Evidence.id)
    .where(Evidence.enrollment_id.in_(_IDS))
)
_FROZEN: Any = (
    select(literal_column("'frozen'"), Submission.enrollment_id)
    .add_columns(SubmissionEvidence.submission_id, SubmissionEvidence.revision_id)
    .add_columns(_NONE, _NONE, _NONE, SubmissionEvidence.position)
    .join(SubmissionEvidence, SubmissionEvidence.submission_id == Submission.id)
    .where(Submission.enrollment_id.in_(_IDS))
)
_REASONS: Any = (
    select(literal_column("'reason'"), Reason.enrollment_id, Reason.id, _NONE, Reason.text)
    .add_columns(_NONE, _NONE, _FIRST)
    .where(Reason.enrollment_id.in_(_IDS))
)
_REVIEWS: Any = (
    select(literal_column("'review'"), Submission.enrollment_id, Review.id, Review.reviewer_id)
    .add_columns(Review.reviewer_name, _NONE, _NONE, _FIRST)
    .join(Review, Review.submission_id == Submission.id)
    .where(Submission.enrollment_id.in_(_IDS))
)
_TEXTS: Any = union_all(_REVISIONS, _FROZEN, _REASONS, _REVIEWS).order_by("id", "place")

Rows = Sequence[Row[Any]]


def read_record(session: Session, enrollment: Enrollment, question: ReportQuery, *, at: datetime) -> Record:
    """Everything on record of an enrollment."""
    learner = session.get_one(User, enrollment.user_id)
    return read_records(session, learner, [enrollment], question, at=at)[enrollment.id]


def read_records(
    session: Session,
    learner: User,
    enrollments: Sequence[Enrollment],
    question: ReportQuery,
    *,
    at: datetime,
) -> dict[int, Record]:
    """The same for several enrollments of one learner in as many statements, by enrollment id."""
    ids = [each.id for each in enrollments]
    events, texts = events_of(session, ids), texts_of(session, ids, question)
    found = {}
    for each in enrollments:
        today = recorded_day(learner.time_zone, at, each.last_recorded_on)
        found[each.id] = record_of(
            session, learner, each, today=today, events=events[each.id], texts=texts[each.id]
        )
    return found


def events_of(session: Session, ids: list[int]) -> dict[int, Sequence[RecordedValues]]:
    """All events of these enrollments in the order of their numbers, by enrollment id."""
    found: dict[int, Any] = defaultdict(list)
    for row in session.connection().execute(_EVENTS, {"ids": ids}):
        found[row.enrollment_id].append(row)
    # A row has the fields of an event, which only its statement knows.
    return cast("dict[int, Sequence[RecordedValues]]", found)


def record_of(
    session: Session,
    learner: User,
    enrollment: Enrollment,
    *,
    today: date,
    events: Sequence[RecordedValues],
    texts: Texts,
) -> Record:
    """Events and texts with the editions that the events name."""
    return Record(
        person=learner.name,
        started_on=enrollment.started_on,
        today=today,
        events=events,
        editions=editions_of(session, events),
        texts=texts,
    )


def editions_of(session: Session, events: Sequence[RecordedValues]) -> dict[int, EditionOnRecord]:
    """The editions that the events name, in the order in which they were followed first."""
    found: dict[int, EditionOnRecord] = {}
    for number in dict.fromkeys(event.edition_id for event in events):
        if number is not None:
            stored = stored_outline(session, number)
            found[number] = EditionOnRecord(stored.number, stored.outline, stored.keys, stored.plan_for)
    return found


def texts_of(session: Session, ids: list[int], question: ReportQuery) -> dict[int, Texts]:
    """What people wrote, less what the question leaves out, by enrollment id."""
    rows: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in session.connection().execute(_TEXTS, {"ids": ids}):
        rows[row.enrollment_id, row.kind].append(row)
    found = {}
    for number in ids:
        pieces = _pieces(rows[number, "revision"])
        found[number] = Texts(
            reasons={row.id: row.text or "" for row in rows[number, "reason"]},
            reviewers={row.id: signature_of(row.text, row.number) for row in rows[number, "review"]},
            frozen=_frozen(rows[number, "frozen"], pieces),
            revisions=pieces,
            shows_evidence=question.shows_evidence,
            shows_names=question.shows_names,
        )
    return found


def _pieces(rows: Rows) -> dict[int, tuple[int, ReportEvidence]]:
    """All states of all evidence by revision id, each with its milestone's id."""
    return {row.id: (row.number, ReportEvidence(row.title or "", row.url, row.text)) for row in rows}


def _frozen(
    rows: Iterable[Row[Any]], pieces: dict[int, tuple[int, ReportEvidence]]
) -> dict[int, tuple[ReportEvidence, ...]]:
    """Evidence as it was handed in, by submission id."""
    found: dict[int, list[ReportEvidence]] = defaultdict(list)
    for row in rows:
        found[row.id].append(pieces[row.number][1])
    return {number: tuple(each) for number, each in found.items()}
