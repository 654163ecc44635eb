"""Reads what is on record of enrollments, once, for reports of any day."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import BindParameter, Row, Select, bindparam, select
from sqlalchemy.orm import Session

from roadmap.domain.days import recorded_day
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.errors import NotFound
from roadmap.domain.events import VALUE_COLUMNS, Event
from roadmap.domain.evidence import Evidence, EvidenceRevision
from roadmap.domain.mentorships import enrollments_seen_by
from roadmap.domain.notes import Reason
from roadmap.domain.report_making import EditionOnRecord, Record, make_report
from roadmap.domain.report_milestones import Texts
from roadmap.domain.reports import ProgressReport, ReportEvidence
from roadmap.domain.reviews import Review, signature_of
from roadmap.domain.submissions import Submission, SubmissionEvidence
from roadmap.domain.users import User
from roadmap.outlines import stored_outline

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
# Columns instead of entities, and statements that are made once: a report reads hundreds of events.
_EVENTS = (
    select(Event.enrollment_id, Event.recorded_at, Event.recorded_on)
    .add_columns(*(getattr(Event, name) for name in VALUE_COLUMNS))
    .where(Event.enrollment_id.in_(_IDS))
    .order_by(Event.enrollment_id, Event.number)
)
_REASONS = select(Reason.enrollment_id, Reason.id, Reason.text).where(Reason.enrollment_id.in_(_IDS))
_REVIEWS = (
    select(Submission.enrollment_id, Review.id, Review.reviewer_name, Review.reviewer_id)
    .join(Review, Review.submission_id == Submission.id)
    .where(Submission.enrollment_id.in_(_IDS))
)
_REVISIONS = (
    select(Evidence.enrollment_id, EvidenceRevision.id, Evidence.milestone_id)
    .add_columns(EvidenceRevision.title, EvidenceRevision.url, EvidenceRevision.text)
    .join(EvidenceRevision, EvidenceRevision.evidence_id == Evidence.id)
    .where(Evidence.enrollment_id.in_(_IDS))
)
_FROZEN = (
    select(Submission.enrollment_id, SubmissionEvidence.submission_id, SubmissionEvidence.revision_id)
    .join(SubmissionEvidence, SubmissionEvidence.submission_id == Submission.id)
    .where(Submission.enrollment_id.in_(_IDS))
    .order_by(SubmissionEvidence.submission_id, SubmissionEvidence.position)
)

Rows = Sequence[Row[Any]]
KEPT_REPORTS = 64


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
    """The report of an enrollment whose reader was authorised, in a fixed number of statements.

    Kept until there is a newer event or a text reads otherwise: people look at the page, then take its files.
    """
    learner = session.get_one(User, enrollment.user_id)
    texts = _texts(session, [enrollment.id], question)[enrollment.id]
    today = recorded_day(learner.time_zone, at, enrollment.last_recorded_on)
    as_of = question.as_of or today

    def make() -> ProgressReport:
        events = _by_enrollment(session, _EVENTS, [enrollment.id])[enrollment.id]
        record = _record(session, learner, enrollment, today=today, events=events, texts=texts)
        return make_report(record, as_of, question.since)

    key = (enrollment.last_number, learner.name, today, as_of, question.since, texts)
    return _kept(session, enrollment.public_id, key, make)


def _kept(session: Session, name: str, key: object, make: Callable[[], ProgressReport]) -> ProgressReport:
    """What `make` gives, kept under the name as long as everything it is made of is equal."""
    kept: OrderedDict[str, tuple[object, ProgressReport]]
    kept = session.info.setdefault("reports", OrderedDict())
    found = kept.pop(name, None)
    if found is None or found[0] != key:
        found = (key, make())
    kept[name] = found
    while len(kept) > KEPT_REPORTS:
        kept.popitem(last=False)
    return found[1]


def read_record(
    session: Session, enrollment: Enrollment, question: ReportQuestion, *, at: datetime
) -> Record:
    """Everything on record of an enrollment."""
    learner = session.get_one(User, enrollment.user_id)
    return read_records(session, learner, [enrollment], question, at=at)[enrollment.id]


def read_records(
    session: Session,
    learner: User,
    enrollments: Sequence[Enrollment],
    question: ReportQuestion,
    *,
    at: datetime,
) -> dict[int, Record]:
    """The same for several enrollments of one learner in as many statements, by enrollment id."""
    ids = [each.id for each in enrollments]
    events, texts = _by_enrollment(session, _EVENTS, ids), _texts(session, ids, question)
    found = {}
    for each in enrollments:
        today = recorded_day(learner.time_zone, at, each.last_recorded_on)
        found[each.id] = _record(
            session, learner, each, today=today, events=events[each.id], texts=texts[each.id]
        )
    return found


def _record(
    session: Session, learner: User, enrollment: Enrollment, *, today: date, events: Rows, texts: Texts
) -> Record:
    return Record(
        person=learner.name,
        started_on=enrollment.started_on,
        today=today,
        # A row has the fields of an event, which only its statement knows.
        events=cast("Sequence[Any]", events),
        editions=_editions(session, events),
        texts=texts,
    )


def _by_enrollment(session: Session, query: Select[*tuple[Any, ...]], ids: list[int]) -> dict[int, Rows]:
    found: dict[int, Any] = defaultdict(list)
    for row in session.connection().execute(query, {"ids": ids}):
        found[row[0]].append(row)
    return found


def _editions(session: Session, events: Rows) -> dict[int, EditionOnRecord]:
    """The editions that the events name, in the order in which they were followed first."""
    found: dict[int, EditionOnRecord] = {}
    for number in dict.fromkeys(event.edition_id for event in events):
        if number is not None:
            stored = stored_outline(session, number)
            found[number] = EditionOnRecord(stored.number, stored.outline, stored.keys, stored.plan_for)
    return found


def _texts(session: Session, ids: list[int], question: ReportQuestion) -> dict[int, Texts]:
    queries = (_REASONS, _REVIEWS, _REVISIONS, _FROZEN)
    reasons, reviews, revisions, frozen = (_by_enrollment(session, query, ids) for query in queries)
    found = {}
    for number in ids:
        pieces = _pieces(revisions[number])
        found[number] = Texts(
            reasons={row.id: row.text or "" for row in reasons[number]},
            reviewers={row.id: signature_of(row.reviewer_name, row.reviewer_id) for row in reviews[number]},
            frozen=_frozen(frozen[number], pieces),
            revisions=pieces,
            shows_evidence=question.shows_evidence,
            shows_names=question.shows_names,
        )
    return found


def _pieces(rows: Rows) -> dict[int, tuple[int, ReportEvidence]]:
    """All states of all evidence by revision id, each with its milestone's id."""
    return {row.id: (row.milestone_id, ReportEvidence(row.title or "", row.url, row.text)) for row in rows}


def _frozen(
    rows: Iterable[Row[Any]], pieces: dict[int, tuple[int, ReportEvidence]]
) -> dict[int, tuple[ReportEvidence, ...]]:
    """Evidence as it was handed in, by submission id."""
    found: dict[int, list[ReportEvidence]] = defaultdict(list)
    for row in rows:
        found[row.submission_id].append(pieces[row.revision_id][1])
    return {number: tuple(each) for number, each in found.items()}
