"""The cast of the tests: Lena learns, Milo mentors, Otto is nobody to them."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User

PASSWORD = "correct horse battery staple"
KEY = "a key for tests, of no use elsewhere"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def add_user(
    session: Session,
    name: str = "Lena",
    *,
    email: str | None = None,
    password_hash: str = "!",
    time_zone: str = "UTC",
    at: datetime = NOON,
    is_admin: bool = False,
) -> User:
    """Add a person named so, with an address at example.org; `!` as hash lets nobody sign in."""
    user = User(
        email=email or f"{name.lower()}@example.org",
        name=name,
        password_hash=password_hash,
        time_zone=time_zone,
        created_at=at,
        is_admin=is_admin,
    )
    session.add(user)
    session.flush()
    return user
