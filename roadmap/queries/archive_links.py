"""Reads what an account's archive tells of links to reports, without what opens them, and of frozen ones."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.archives import FeedRecord, IssuedRecord, ShareRecord
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.feeds import Feed
from roadmap.domain.issued_reports import IssuedReport, write_identifier
from roadmap.domain.shares import Share
from roadmap.domain.users import User
from roadmap.queries.archive_rows import rows_of, who


def shares(session: Session, *, of: User) -> tuple[ShareRecord, ...]:
    """Every share link, revoked and expired ones too."""
    each = Share
    query = (
        select(each.public_id, Enrollment.public_id, each.created_at, each.created_on, each.expires_on)
        .add_columns(each.as_of, each.shows_evidence, each.shows_names)
        .add_columns(each.opens, each.last_opened_at, each.revoked_at)
        .join(Enrollment, Enrollment.id == each.enrollment_id)
        .where(Enrollment.user_id == of.id)
        .order_by(each.id)
    )
    return rows_of(session, ShareRecord, query)


def feeds(session: Session, *, of: User) -> tuple[FeedRecord, ...]:
    """Every badge and calendar, revoked ones too."""
    query = (
        select(Feed.public_id, Enrollment.public_id, Feed.purpose, Feed.created_at, Feed.revoked_at)
        .join(Enrollment, Enrollment.id == Feed.enrollment_id)
        .where(Enrollment.user_id == of.id)
        .order_by(Feed.id)
    )
    return rows_of(session, FeedRecord, query)


def issued(session: Session, *, of: User) -> tuple[IssuedRecord, ...]:
    """Every frozen report about the person, withdrawn ones too."""
    each = IssuedReport
    query = (
        select(each.code, Enrollment.public_id, who(each.issuer_id, of), each.as_of, each.issued_at)
        .add_columns(each.issued_on, each.shows_evidence, each.shows_names)
        .add_columns(each.json_hash, each.pdf_hash, each.withdrawn_at)
        .join(Enrollment, Enrollment.id == each.enrollment_id)
        .where(Enrollment.user_id == of.id)
        .order_by(each.id)
    )
    return rows_of(session, IssuedRecord, query)


def frozen_files(session: Session, *, of: User) -> tuple[tuple[str, bytes], ...]:
    """The files of these reports by their place in the archive, byte for byte."""
    query = (
        select(IssuedReport.code, IssuedReport.json, IssuedReport.pdf)
        .join(Enrollment, Enrollment.id == IssuedReport.enrollment_id)
        .where(Enrollment.user_id == of.id)
        .order_by(IssuedReport.id)
    )
    return tuple(
        (f"reports/{write_identifier(row.code)}.{ending}", content)
        for row in session.execute(query)
        for ending, content in (("json", row.json), ("pdf", row.pdf))
    )
