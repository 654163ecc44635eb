"""Start, extend and end sessions."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.sessions import SEEN_EVERY, SignIn, expiry, hash_secret, new_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, or_not_found
from roadmap.operations.accounts.audits import record

AGENT_LENGTH = 200

# Built once and executed without the unit of work, so that signing in costs little more than its hash.
_INSERT = insert(SignIn)
_UNCHANGED = (
    select(User.id)
    .where(
        User.id == bindparam("user_id"),
        User.password_hash == bindparam("password_hash"),
        User.disabled_at.is_(None),
    )
    .with_for_update()
)


def begin_session(
    session: Session,
    *,
    by: User,
    at: datetime,
    is_remembered: bool,
    agent: str = "",
    address: str | None = None,
) -> str:
    """Start a session. Return the secret for the cookie, of which only a hash is stored."""
    secret = new_secret()
    row = {
        "token_hash": hash_secret(secret),
        "user_id": by.id,
        "created_at": at,
        "is_remembered": is_remembered,
        "agent": "".join(filter(str.isprintable, agent))[:AGENT_LENGTH],
        "last_seen_at": at,
        "expires_at": expiry(created_at=at, seen_at=at, is_remembered=is_remembered),
    }
    session.connection().execute(_INSERT, row)
    record(session, AuditKind.SIGNED_IN, at=at, by=by, subject=by, address=address)
    return secret


def mark_seen(session: Session, sign_in_id: int, *, at: datetime) -> None:
    """Update when a session was last used and when it expires; do nothing when it has ended."""
    sign_in = session.get(SignIn, sign_in_id)
    if sign_in is not None and at - sign_in.last_seen_at >= SEEN_EVERY:
        sign_in.last_seen_at = at
        sign_in.expires_at = expiry(
            created_at=sign_in.created_at, seen_at=at, is_remembered=sign_in.is_remembered
        )


def end_session(
    session: Session, sign_in_id: int, *, by: User, at: datetime, is_sign_out: bool = False
) -> None:
    """End one of the person's own sessions; raise NotFound when it has ended already."""
    # The account is locked before its sessions, as everywhere.
    session.execute(select(User.id).where(User.id == by.id).with_for_update(read=True, key_share=True))
    own = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == by.id).returning(SignIn.id)
    or_not_found(session.scalar(own), "This session has already ended.")
    kind = AuditKind.SIGNED_OUT if is_sign_out else AuditKind.SESSION_ENDED
    record(session, kind, at=at, by=by, subject=by)


def end_sessions(
    session: Session, person: User, *, by: User | None, at: datetime, but: int | None = None
) -> int:
    """End all sessions of a person except `but`; return how many ended."""
    statement = delete(SignIn).where(SignIn.user_id == person.id)
    if but is not None:
        statement = statement.where(SignIn.id != but)
    ended = len(session.execute(statement.returning(SignIn.id)).all())
    if ended:
        record(session, AuditKind.SESSION_ENDED, at=at, by=by, subject=person)
    return ended


def sign_in(
    session: Session,
    person: User,
    *,
    at: datetime,
    is_remembered: bool,
    new_hash: str | None = None,
    agent: str = "",
    address: str | None = None,
) -> str:
    """Start a session after the password was verified, and store its new hash if there is one.

    Returns the secret for the cookie. Raises Conflict when the account was changed or disabled since.
    """
    values = {"user_id": person.id, "password_hash": person.password_hash}
    if session.connection().execute(_UNCHANGED, values).first() is None:
        raise Conflict("Your account changed while you were signing in. Try again.")
    if new_hash is not None:
        session.execute(update(User).where(User.id == person.id).values(password_hash=new_hash))
    return begin_session(session, by=person, at=at, is_remembered=is_remembered, agent=agent, address=address)
