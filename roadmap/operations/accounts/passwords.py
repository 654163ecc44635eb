"""Change and reset passwords. The hash is computed by the caller, outside the transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.sessions import RESET_LIFETIME, LinkGone, TokenPurpose
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict
from roadmap.operations.accounts import mail_texts
from roadmap.operations.accounts.audits import record
from roadmap.operations.accounts.login_attempts import forget_account
from roadmap.operations.accounts.sign_ins import end_sessions
from roadmap.operations.accounts.tokens import forget_tokens, make_token, use_token
from roadmap.operations.mails import write_mail


def request_reset(
    session: Session, email: str, *, at: datetime, base_url: str, address: str | None = None
) -> None:
    """Mail a reset link if the address has an account; the result does not show whether it has one."""
    enabled = select(User).where(User.email == email, User.disabled_at.is_(None))
    user = session.scalar(enabled)
    record(session, AuditKind.PASSWORD_RESET_ASKED, at=at, subject=user, address=address)
    if user is not None:
        _mail_reset(session, user, reset_url(session, user, at=at, base_url=base_url), at=at)


def start_reset(
    session: Session, user: User, *, by: User | None, at: datetime, base_url: str, mails: bool
) -> str:
    """Start a reset for another person. Return the link, which is also mailed when `mails` is true."""
    record(session, AuditKind.PASSWORD_RESET_ASKED, at=at, by=by, subject=user)
    url = reset_url(session, user, at=at, base_url=base_url)
    if mails:
        _mail_reset(session, user, url, at=at)
    return url


def _mail_reset(session: Session, user: User, url: str, *, at: datetime) -> None:
    text = mail_texts.reset_password(user.name, url)
    write_mail(session, text, to=user, at=at, lifetime=RESET_LIFETIME)


def reset_url(session: Session, user: User, *, at: datetime, base_url: str) -> str:
    """Return the URL of a new link that sets a password once."""
    return f"{base_url}/password/reset/{make_token(session, TokenPurpose.PASSWORD, at=at, user=user)}"


def reset_password(
    session: Session, secret: str, new_hash: str, *, at: datetime, base_url: str, address: str | None = None
) -> User:
    """Set a new password with the secret of a mailed link, and end all sessions; raise NotFound."""
    token = use_token(session, secret, TokenPurpose.PASSWORD, at=at)
    enabled = select(User).where(User.id == token.user_id, User.disabled_at.is_(None))
    user = session.scalar(enabled)
    if user is None:
        raise LinkGone(TokenPurpose.PASSWORD)
    _set(session, user, new_hash, by=user, at=at, base_url=base_url, address=address)
    end_sessions(session, user, by=user, at=at)
    forget_account(session, user.email)
    return user


def change_password(
    session: Session,
    new_hash: str,
    *,
    by: User,
    at: datetime,
    base_url: str,
    keep: int,
    address: str | None = None,
) -> None:
    """Set a new password after the old one was verified, and end all sessions but `keep`.

    Raises Conflict when the password was changed since.
    """
    user = session.scalar(
        select(User).where(User.id == by.id, User.password_hash == by.password_hash).with_for_update()
    )
    if user is None:
        raise Conflict("Your password was changed elsewhere in the meantime.")
    _set(session, user, new_hash, by=user, at=at, base_url=base_url, address=address)
    end_sessions(session, user, by=user, at=at, but=keep)


def set_password(session: Session, user: User, new_hash: str, *, at: datetime, base_url: str) -> None:
    """Set a password from the command line, and end all sessions."""
    _set(session, user, new_hash, by=None, at=at, base_url=base_url)
    end_sessions(session, user, by=None, at=at)


def _set(
    session: Session,
    user: User,
    new_hash: str,
    *,
    by: User | None,
    at: datetime,
    base_url: str,
    address: str | None = None,
) -> None:
    user.password_hash = new_hash
    forget_tokens(session, user)
    record(session, AuditKind.PASSWORD_CHANGED, at=at, by=by, subject=user, address=address)
    text = mail_texts.password_changed(user.name, f"{base_url}/password/forgotten")
    write_mail(session, text, to=user, at=at)
