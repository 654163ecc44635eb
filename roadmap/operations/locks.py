"""Leases: of several processes one does a periodic job."""

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Lease


def take_lease(session: Session, name: str, *, holder: str, at: datetime, until: datetime) -> bool:
    """Take or prolong a lease; False while somebody else holds it."""
    free = or_(Lease.holder == holder, Lease.expires_at <= at)
    taken = session.execute(
        update(Lease)
        .where(Lease.name == name, free)
        .values(holder=holder, expires_at=until)
        .returning(Lease.name)
    )
    if taken.first() is not None:
        return True
    if session.get(Lease, name) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(Lease(name=name, holder=holder, expires_at=until))
    except IntegrityError:
        return False
    return True


def end_lease(session: Session, name: str, *, holder: str) -> None:
    """Give a lease back, so that another process need not wait for its end."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
