"""The audit log: an entry is written in the transaction of what it tells about."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import ADDRESS_LENGTH, Audit, AuditKind
from roadmap.domain.accounts.users import User

_ADD = insert(Audit)


def record(
    session: Session,
    kind: AuditKind,
    *,
    at: datetime,
    by: User | None = None,
    subject: User | None = None,
    address: str | None = None,
) -> None:
    """Add one entry; `by` did it to `subject`, from a network `address`; neither means the command line."""
    entry = {
        "at": at,
        "kind": kind,
        "actor_id": by.id if by else None,
        "subject_id": subject.id if subject else None,
        "address": address[:ADDRESS_LENGTH] if address else None,
    }
    # Past the unit of work, which takes longer: nobody reads the entry in the transaction that adds it.
    session.connection().execute(_ADD, entry)
