"""The audit log as administrators read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import User

PAGE = 100


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


def find_audits_page(session: Session, *, before: int | None) -> AuditsPage:
    """The newest entries, or those with an id below `before`."""
    actor, subject = aliased(User), aliased(User)
    statement = (
        select(Audit, actor.name, subject.name)
        .outerjoin(actor, actor.id == Audit.actor_id)
        .outerjoin(subject, subject.id == Audit.subject_id)
        .order_by(Audit.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(Audit.id < before)
    found = session.execute(statement).all()
    rows = [
        AuditRow(audit.at, audit.kind, by, to, audit.address, audit.actor_id == audit.subject_id)
        for audit, by, to in found[:PAGE]
    ]
    return AuditsPage(rows, found[PAGE - 1][0].id if len(found) > PAGE else None)
