"""Issue a report, which stores its files for good, and withdraw one."""

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, TooMany, or_not_found
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.mentoring.mentorships import enrollments_seen_by
from roadmap.domain.reports.issued import (
    IssuedReport,
    ReportFiles,
    issued_reports_seen_by,
    may_withdraw,
    read_identifier,
)
from roadmap.domain.reports.reports import ReportDraft
from roadmap.operations.accounts.audits import record

MAX_PER_DAY = 20
ONLY_THE_LEARNER = "Only the learner can choose whether the identifier shows the name, roadmap and numbers."
TWICE_WITHIN = timedelta(minutes=1)
"""The same person issuing the same report again within this time pressed the button twice."""


def issue_report(
    session: Session, public_id: str, draft: ReportDraft, files: ReportFiles, *, by: User, at: datetime
) -> IssuedReport:
    """Store the files of a report; return the report issued a moment ago when the button is pressed twice.

    Raises NotFound when the person does not see the enrollment, Forbidden when a mentor discloses it, TooMany
    after 20 reports in a day.
    """
    seen = enrollments_seen_by(by).where(Enrollment.public_id == public_id)
    enrollment = or_not_found(
        session.scalar(seen.with_for_update(of=Enrollment)), "There is no such roadmap."
    )
    if draft.seal.is_disclosed and by.id != enrollment.user_id:
        raise Forbidden(ONLY_THE_LEARNER, ForbiddenReason.LEARNER)
    issued = IssuedReport(
        code=draft.code,
        enrollment_id=enrollment.id,
        issuer_id=by.id,
        as_of=draft.report.as_of,
        issued_at=at,
        issued_on=draft.seal.issued_on,
        shows_evidence=draft.report.shows_evidence,
        shows_names=draft.report.shows_names,
        is_disclosed=draft.seal.is_disclosed,
        listed=draft.only,
        **asdict(files),
    )
    if (duplicate := _find_duplicate(session, issued)) is not None:
        return duplicate
    _check_not_too_many(session, issued)
    session.add(issued)
    record(session, AuditKind.REPORT_ISSUED, at=at, by=by, subject=session.get_one(User, enrollment.user_id))
    if issued.is_disclosed:
        record(session, AuditKind.REPORT_DISCLOSED, at=at, by=by, subject=by)
    return issued


def withdraw_report(session: Session, identifier: str, *, by: User, at: datetime) -> IssuedReport:
    """Withdraw a report for good, as its learner or its issuer.

    Raises NotFound, Forbidden for other people, and Conflict when it was withdrawn already.
    """
    issued = _find_locked(session, identifier, by)
    learner_id = session.get_one(Enrollment, issued.enrollment_id).user_id
    if not may_withdraw(by.id, learner_id=learner_id, issuer_id=issued.issuer_id):
        raise Forbidden(
            "Only the learner or whoever issued this report can withdraw it.", ForbiddenReason.ISSUER
        )
    if issued.withdrawn_at is not None:
        raise Conflict("This report was already withdrawn.")
    issued.withdrawn_at = max(at, issued.issued_at)
    record(session, AuditKind.REPORT_WITHDRAWN, at=at, by=by, subject=session.get_one(User, learner_id))
    return issued


def disclose_report(
    session: Session, identifier: str, *, is_disclosed: bool, by: User, at: datetime
) -> IssuedReport:
    """Let the identifier alone show name, roadmap and both numbers, or not any more, as the learner.

    Raises NotFound, Forbidden for a mentor, and Conflict when the report was withdrawn.
    """
    issued = _find_locked(session, identifier, by)
    if session.get_one(Enrollment, issued.enrollment_id).user_id != by.id:
        raise Forbidden(ONLY_THE_LEARNER, ForbiddenReason.LEARNER)
    if issued.withdrawn_at is not None:
        raise Conflict("This report was withdrawn. A check shows only its dates.")
    if issued.is_disclosed is not is_disclosed:
        issued.is_disclosed = is_disclosed
        kind = AuditKind.REPORT_DISCLOSED if is_disclosed else AuditKind.REPORT_DISCLOSURE_ENDED
        record(session, kind, at=at, by=by, subject=by)
    return issued


def _find_locked(session: Session, identifier: str, person: User) -> IssuedReport:
    seen = issued_reports_seen_by(person).where(IssuedReport.code == read_identifier(identifier))
    return or_not_found(session.scalar(seen.with_for_update(of=IssuedReport)), "There is no such report.")


def _find_duplicate(session: Session, issued: IssuedReport) -> IssuedReport | None:
    """Return the same report issued by the same person a moment ago, if nothing was recorded since."""
    changed = exists(
        select(Event.number)
        .where(Event.enrollment_id == IssuedReport.enrollment_id)
        .where(Event.recorded_at > IssuedReport.issued_at)
    )
    query = select(IssuedReport).where(
        IssuedReport.issued_at > issued.issued_at - TWICE_WITHIN,
        IssuedReport.withdrawn_at.is_(None),
        *(
            getattr(IssuedReport, name) == getattr(issued, name)
            for name in (
                "enrollment_id",
                "issuer_id",
                "as_of",
                "shows_evidence",
                "shows_names",
                "is_disclosed",
            )
        ),
        IssuedReport.listed.is_not_distinct_from(issued.listed),
        ~changed,
    )
    return session.scalar(query.limit(1))


def _check_not_too_many(session: Session, issued: IssuedReport) -> None:
    same_day = (
        IssuedReport.enrollment_id == issued.enrollment_id,
        IssuedReport.issued_on == issued.issued_on,
    )
    if (session.scalar(select(func.count()).where(*same_day)) or 0) >= MAX_PER_DAY:
        raise TooMany(
            f"{MAX_PER_DAY} reports of this roadmap were frozen today. Go on tomorrow, "
            "or send one of those again.",
            retry_after=3_600,
        )
