"""Issued reports as those who may see them have them: what is to be frozen, the list, one file."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.local_dates import recorded_day
from roadmap.domain.reports.file_names import name_file
from roadmap.domain.reports.issued import (
    IssuedReport,
    issued_reports_seen_by,
    may_withdraw,
    new_code,
    read_identifier,
    write_identifier,
)
from roadmap.domain.reports.reports import ReportDraft, ReportQuery
from roadmap.domain.reports.rows import Listed
from roadmap.domain.reports.seals import IssuedAs, Seal
from roadmap.domain.reports.selections import without_planning
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.reports.reports import find_report


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One frozen report; `issuer` is None for an account that is gone."""

    report: IssuedReport
    issuer: str | None
    is_mine: bool
    withdrawn_on: date | None
    may_withdraw: bool
    is_disclosed: bool
    may_disclose: bool


@dataclass(frozen=True, slots=True)
class IssuedPage:
    """The frozen reports of one enrollment, the newest first."""

    enrollment: EnrollmentView
    rows: list[IssuedRow]


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """The stored bytes, a name for them without its ending, and whose report it is."""

    content: bytes
    name: str
    enrollment: str
    withdrawn_on: date | None


def draft_report(
    session: Session,
    public_id: str,
    question: ReportQuery,
    *,
    seen_by: User,
    at: datetime,
    base_url: str,
    is_disclosed: bool = False,
    only: Listed | None = None,
) -> ReportDraft:
    """The report of an enrollment this person may see, without planning, and a new identifier."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    report, code = find_report(session, public_id, question, seen_by=seen_by, at=at), new_code()
    issued_as = IssuedAs.LEARNER if enrollment.is_own else IssuedAs.MENTOR
    identifier = write_identifier(code)
    seal = Seal(
        identifier=identifier,
        verify_at=f"{base_url}/verify?id={identifier}",
        issued_on=enrollment.day_on_record,
        issued_as=issued_as,
        issued_by=seen_by.name if enrollment.is_own or question.shows_names else None,
        is_disclosed=is_disclosed,
    )
    return ReportDraft(code, without_planning(report), seal, only)


def find_issued_page(session: Session, public_id: str, *, seen_by: User, at: datetime) -> IssuedPage:
    """The list for a person who may see the enrollment."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    query = (
        select(IssuedReport, User.name, _LEARNER_ZONE)
        .outerjoin(User, User.id == IssuedReport.issuer_id)
        .where(IssuedReport.enrollment_id == enrollment.id)
        .order_by(IssuedReport.id.desc())
    )
    rows = [
        _row(issued, name, zone, enrollment, seen_by) for issued, name, zone in session.execute(query).all()
    ]
    return IssuedPage(enrollment, rows)


def find_issued_file(session: Session, identifier: str, extension: str, *, seen_by: User) -> IssuedFile:
    """The stored file of a report this person may see, `json` or `pdf`."""
    column = {"json": IssuedReport.json, "pdf": IssuedReport.pdf}[extension]
    query = (
        issued_reports_seen_by(seen_by)
        .join(User, User.id == Enrollment.user_id)
        .join(Roadmap, Roadmap.id == Enrollment.roadmap_id)
        .add_columns(column, Enrollment.public_id, User.time_zone, User.name, Roadmap.slug)
    )
    row = session.execute(query.where(IssuedReport.code == read_identifier(identifier))).one_or_none()
    if row is None:
        raise NotFound("There is no such report.")
    issued, content, public_id, zone, person, slug = row
    name = f"{name_file(person, slug, issued.as_of)}-{issued.identifier}"
    return IssuedFile(content, name, public_id, withdrawal_day(issued, zone))


_LEARNER_ZONE = (
    select(User.time_zone)
    .join(Enrollment, Enrollment.user_id == User.id)
    .where(Enrollment.id == IssuedReport.enrollment_id)
    .correlate(IssuedReport)
    .scalar_subquery()
)


def withdrawal_day(issued: IssuedReport, zone: str) -> date | None:
    """The learner's day on which it was withdrawn."""
    return recorded_day(zone, issued.withdrawn_at, issued.issued_on) if issued.withdrawn_at else None


def _row(
    issued: IssuedReport, issuer: str | None, zone: str, enrollment: EnrollmentView, seen_by: User
) -> IssuedRow:
    is_allowed = may_withdraw(seen_by.id, learner_id=enrollment.learner_id, issuer_id=issued.issuer_id)
    return IssuedRow(
        report=issued,
        issuer=issuer,
        is_mine=issued.issuer_id == seen_by.id,
        withdrawn_on=withdrawal_day(issued, zone),
        may_withdraw=is_allowed and issued.withdrawn_at is None,
        is_disclosed=issued.is_disclosed and issued.withdrawn_at is None,
        may_disclose=enrollment.is_own and issued.withdrawn_at is None,
    )
