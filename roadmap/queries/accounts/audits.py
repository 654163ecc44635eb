"""The audit log as administrators read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import User
from roadmap.queries.accounts.users import ids_of_people

PAGE = 100
MAX_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry; names are empty for the command line and for deleted accounts; `is_own`: about oneself."""

    at: datetime
    kind: AuditKind
    actor: str | None
    subject: str | None
    address: str | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class AuditsPage:
    """One page of entries; `next` is the `before` of the following page."""

    rows: Sequence[AuditRow]
    next: int | None


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Entries of people with `person` in name or email, of one kind, from `since` to before `until`."""

    person: str = ""
    kind: AuditKind | None = None
    since: datetime | None = None
    until: datetime | None = None


def find_audits_page(session: Session, only: AuditFilter, *, before: int | None) -> AuditsPage:
    """The newest entries, or those with an id below `before`."""
    statement = _entries(session, only).limit(PAGE + 1)
    if before is not None:
        statement = statement.where(Audit.id < before)
    entries = session.execute(statement).all()
    rows = [_row(*entry) for entry in entries[:PAGE]]
    return AuditsPage(rows, entries[PAGE - 1][0].id if len(entries) > PAGE else None)


def audits_for(session: Session, only: AuditFilter) -> list[AuditRow]:
    """The newest entries, at most `MAX_EXPORTED`."""
    return [_row(*entry) for entry in session.execute(_entries(session, only).limit(MAX_EXPORTED))]


def _entries(session: Session, only: AuditFilter) -> Select[Audit, str, str]:
    actor, subject = aliased(User), aliased(User)
    statement = (
        select(Audit, actor.name, subject.name)
        .outerjoin(actor, actor.id == Audit.actor_id)
        .outerjoin(subject, subject.id == Audit.subject_id)
        .order_by(Audit.id.desc())
    )
    if only.person:
        # As literals, because PostgreSQL takes 65,535 parameters at most.
        people: BindParameter[int] = bindparam(
            "people", ids_of_people(session, only.person), expanding=True, literal_execute=True
        )
        statement = statement.where(or_(Audit.actor_id.in_(people), Audit.subject_id.in_(people)))
    if only.kind is not None:
        statement = statement.where(Audit.kind == only.kind)
    if only.since is not None:
        statement = statement.where(Audit.at >= only.since)
    if only.until is not None:
        statement = statement.where(Audit.at < only.until)
    return statement


def _row(audit: Audit, actor: str | None, subject: str | None) -> AuditRow:
    return AuditRow(audit.at, audit.kind, actor, subject, audit.address, audit.actor_id == audit.subject_id)
