"""Accounts by their address."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.domain.users import User

_BY_ADDRESS = select(User).where(User.email == bindparam("email"))


def user_by_address(session: Session, email: str) -> User | None:
    """The account with this stored address, disabled or not."""
    return session.scalar(_BY_ADDRESS, {"email": email})
