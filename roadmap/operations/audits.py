"""The audit log: an entry is written in the transaction of what it tells about."""

from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.audits import ADDRESS_LENGTH, Audit, AuditKind
from roadmap.domain.users import User


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
    session.add(
        Audit(
            at=at,
            kind=kind,
            actor_id=by.id if by else None,
            subject_id=subject.id if subject else None,
            address=address[:ADDRESS_LENGTH] if address else None,
        )
    )
