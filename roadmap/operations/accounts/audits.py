"""Writes the audit log; an entry is written in the same transaction as what it is about."""

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
    """Add an entry: `by` did it to `subject` from a network `address`, without both on the command line."""
    entry = {
        "at": at,
        "kind": kind,
        "actor_id": by.id if by else None,
        "subject_id": subject.id if subject else None,
        "address": address[:ADDRESS_LENGTH] if address else None,
    }
    # Executed directly, which is faster than the unit of work: nothing reads the entry in this transaction.
    session.connection().execute(_ADD, entry)
