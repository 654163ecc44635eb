"""Accounts by address and for administrators."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.users import Installation, User


def user_by_address(session: Session, email: str) -> User | None:
    """The account with this stored address, disabled or not."""
    return session.scalar(select(User).where(User.email == email))


def has_accounts(session: Session) -> bool:
    """Whether the first account was made; the next is not the administrator."""
    return session.scalar(select(Installation.first_account_at)) is not None
