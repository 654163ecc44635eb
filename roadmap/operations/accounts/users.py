"""Administration of accounts; one administrator who can sign in always remains."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.users import Installation, User
from roadmap.domain.errors import Conflict, NotFound, or_not_found
from roadmap.operations.accounts.account_deletion import erase, lock_account
from roadmap.operations.accounts.audits import record
from roadmap.operations.accounts.sign_ins import end_sessions
from roadmap.operations.accounts.tokens import forget_tokens
from roadmap.operations.mails import forget_mails_of

LAST = "This is the last administrator. Make someone else an administrator first."


def find_user(session: Session, public_id: str) -> User:
    """Return the account with this public id; raise NotFound."""
    query = select(User).where(User.public_id == public_id)
    return or_not_found(session.scalar(query), "There is no such account.")


def find_user_by_address(session: Session, email: str) -> User:
    """Return the account with this address; raise NotFound."""
    query = select(User).where(User.email == email)
    return or_not_found(session.scalar(query), f"No account has the address {email}.")


def disable_user(session: Session, user: User, *, by: User | None, at: datetime) -> None:
    """Disable an account and end its sessions and mailed links; raise Conflict for the last administrator."""
    if user.is_disabled:
        return
    _check_administrator_remains(session, user)
    user.disabled_at = at
    forget_tokens(session, user)
    forget_mails_of(session, user, only_unsent=True)
    end_sessions(session, user, by=by, at=at)
    record(session, AuditKind.USER_DISABLED, at=at, by=by, subject=user)


def enable_user(session: Session, user: User, *, by: User | None, at: datetime) -> None:
    """Enable a disabled account."""
    if user.is_disabled:
        user.disabled_at = None
        record(session, AuditKind.USER_ENABLED, at=at, by=by, subject=user)


def make_admin(session: Session, user: User, *, by: User | None, at: datetime) -> None:
    """Make a person an administrator; raise Conflict for a disabled account."""
    _check_is_enabled(user)
    if not user.is_admin:
        user.is_admin = True
        record(session, AuditKind.ADMIN_MADE, at=at, by=by, subject=user)


def end_admin(session: Session, user: User, *, by: User | None, at: datetime) -> None:
    """Remove the administrator rights of a person; raise Conflict for the last administrator."""
    if user.is_admin:
        _check_administrator_remains(session, user)
        user.is_admin = False
        record(session, AuditKind.ADMIN_ENDED, at=at, by=by, subject=user)


def approve_mentor(session: Session, user: User, *, by: User | None, at: datetime) -> None:
    """Approve an account as a mentor, which reports say; raise Conflict for a disabled account."""
    _check_is_enabled(user)
    if not user.is_approved_mentor:
        user.mentor_approved_at = at
        record(session, AuditKind.MENTOR_APPROVED, at=at, by=by, subject=user)


def end_mentor_approval(session: Session, user: User, *, by: User | None, at: datetime) -> None:
    """Take back the approval as a mentor; mentorships and reviews stay."""
    if user.is_approved_mentor:
        user.mentor_approved_at = None
        record(session, AuditKind.MENTOR_APPROVAL_ENDED, at=at, by=by, subject=user)


def delete_user(session: Session, user: User, *, by: User | None, at: datetime) -> None:
    """Delete an account and all its rows; raise Conflict for the last administrator.

    Entries of the audit log stay, without a name.
    """
    _check_administrator_remains(session, user)
    lock_account(session, user)
    record(session, AuditKind.USER_DELETED, at=at, by=by, subject=user)
    erase(session, user)


def _check_is_enabled(user: User) -> None:
    if user.is_disabled:
        raise Conflict("This account is disabled. Enable it first.")


def _check_administrator_remains(session: Session, user: User) -> None:
    # The lock makes two administrators who remove each other at the same time wait for each other.
    session.execute(select(Installation.id).with_for_update())
    present = select(User).where(User.id == user.id).execution_options(populate_existing=True)
    if session.scalar(present) is None:
        raise NotFound("There is no such account.")
    others = select(func.count()).where(User.is_admin, User.disabled_at.is_(None), User.id != user.id)
    if user.is_admin and not user.is_disabled and session.scalar(others) == 0:
        raise Conflict(LAST)
