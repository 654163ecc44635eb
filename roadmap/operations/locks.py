"""What must not happen twice at once: leases for periodic jobs, locks for counting, forms sent again."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Lease
from roadmap.domain.accounts.sessions import PostedForm
from roadmap.domain.errors import SentBefore

FORM_LIFETIME = timedelta(days=1)
_TWICE_AT_ONCE = timedelta(seconds=10)


def lock_names(session: Session, *names: str) -> None:
    """Let transactions that lock the same name follow each other, so that what they count is exact.

    A name is locked until the transaction ends. SQLite has one writer at a time anyway.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    keys = {int.from_bytes(sha256(name.encode()).digest()[:8], signed=True) for name in names}
    for key in sorted(keys):
        session.execute(select(func.pg_advisory_xact_lock(key)))


def take_lease(session: Session, name: str, *, holder: str, at: datetime, until: datetime) -> bool:
    """Take or extend a lease; return False while another process holds it."""
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
    """Release a lease, so that another process can take it at once."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))


def record_form(session: Session, mark: str, *, at: datetime) -> None:
    """Record that a form was sent; raise SentBefore if it was already: by a double click, or once more.

    Call it in the transaction of what the form does: of two at once, the second waits for the first here.
    """
    try:
        with session.begin_nested():
            session.execute(insert(PostedForm).values(mark=mark, posted_at=at))
    except IntegrityError:
        first = session.get_one(PostedForm, mark)
        raise SentBefore(
            "This form was already sent. Nothing was added twice.", at - first.posted_at < _TWICE_AT_ONCE
        ) from None
