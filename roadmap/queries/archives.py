"""Reads everything an account holds, for its owner alone, in a fixed number of statements."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from roadmap.domain.archive_learning import EditionRecord
from roadmap.domain.archives import (
    AccountArchive,
    AccountExport,
    AuditRecord,
    MailRecord,
    ProfileRecord,
    SessionRecord,
)
from roadmap.domain.audits import Audit
from roadmap.domain.days import day_in
from roadmap.domain.enrollments import Enrollment, enrollments_of
from roadmap.domain.mails import Mail
from roadmap.domain.report_making import make_report
from roadmap.domain.reports import ProgressReport, ReportQuestion
from roadmap.domain.sessions import SignIn
from roadmap.domain.users import User
from roadmap.outlines import stored_outline
from roadmap.queries import archive_learning as learning
from roadmap.queries import archive_links
from roadmap.queries import archive_mentoring as mentoring
from roadmap.queries.archive_rows import rows_of, who
from roadmap.queries.records import read_records

FORMAT: Literal[1] = 1


def account_export(session: Session, *, of: User, at: datetime) -> AccountExport:
    """The archive, the outlines of its editions, and a report as of today for each enrollment."""
    editions = learning.editions(session, of=of)
    return AccountExport(
        archive=_archive(session, of, at, tuple(each for _, each in editions)),
        today=day_in(of.time_zone, at),
        outlines=tuple((each.file, stored_outline(session, number).outline) for number, each in editions),
        reports=tuple(_reports(session, of, at)),
        frozen=archive_links.frozen_files(session, of=of),
    )


def _reports(session: Session, person: User, at: datetime) -> Iterator[tuple[str, ProgressReport]]:
    enrollments = session.scalars(enrollments_of(person).order_by(Enrollment.id)).all()
    found = read_records(session, person, enrollments, ReportQuestion(), at=at)
    for each in enrollments:
        report = make_report(found[each.id], found[each.id].today)
        yield f"reports/{report.slug}-{each.public_id}.md", report


def _archive(
    session: Session, person: User, at: datetime, editions: tuple[EditionRecord, ...]
) -> AccountArchive:
    return AccountArchive(
        format=FORMAT,
        exported_at=at,
        profile=_profile(session, person),
        editions=editions,
        enrollments=learning.enrollments(session, of=person),
        events=learning.events(session, of=person),
        notes=learning.notes(session, of=person),
        reasons=learning.reasons(session, of=person),
        evidence=learning.evidence(session, of=person),
        submissions=mentoring.submissions(session, of=person),
        reviews=mentoring.reviews(session, of=person),
        mentorships=mentoring.mentorships(session, of=person),
        invitations=mentoring.invitations(session, of=person),
        shares=archive_links.shares(session, of=person),
        feeds=archive_links.feeds(session, of=person),
        issued=archive_links.issued(session, of=person),
        sessions=_sessions(session, person, at),
        audits=_audits(session, person),
        mails=_mails(session, person),
    )


def _profile(session: Session, person: User) -> ProfileRecord:
    names = ProfileRecord.__dataclass_fields__
    row = session.execute(select(*(getattr(User, name) for name in names)).where(User.id == person.id)).one()
    return ProfileRecord(*row)


def _sessions(session: Session, person: User, at: datetime) -> tuple[SessionRecord, ...]:
    query = (
        select(SignIn.agent, SignIn.created_at, SignIn.last_seen_at, SignIn.expires_at, SignIn.is_remembered)
        .where(SignIn.user_id == person.id, SignIn.expires_at > at)
        .order_by(SignIn.id)
    )
    return rows_of(session, SessionRecord, query)


def _audits(session: Session, person: User) -> tuple[AuditRecord, ...]:
    """An address of the network is told unless it is that of somebody else."""
    by, subject = who(Audit.actor_id, person), who(Audit.subject_id, person)
    address = case((or_(Audit.actor_id == person.id, Audit.actor_id.is_(None)), Audit.address))
    query = select(Audit.at, Audit.kind, by, subject, address)
    mine = or_(Audit.actor_id == person.id, Audit.subject_id == person.id)
    return rows_of(session, AuditRecord, query.where(mine).order_by(Audit.id))


def _mails(session: Session, person: User) -> tuple[MailRecord, ...]:
    query = (
        select(Mail.recipient, Mail.subject, Mail.created_at, Mail.due_at, Mail.expires_at, Mail.sent_at)
        .where(or_(Mail.user_id == person.id, Mail.recipient == person.email))
        .order_by(Mail.id)
    )
    return rows_of(session, MailRecord, query)
